"""Authorities of one purpose that carry the places they serve in their name: fire authorities, national parks.

No list of them is kept; like parish councils they are known by the form of their name.
"""

from __future__ import annotations

from pipeline.linking.council_names import CONNECTORS, NATIONAL, Join, LocalName, Words, may_name, spelt

DESIGNATIONS = (
    ("combined", "fire", "and", "rescue", "authority"),
    ("fire", "and", "rescue", "authority"),
    ("combined", "fire", "authority"),
    ("fire", "authority"),
    ("national", "park", "authority"),
    ("waste", "disposal", "authority"),
    ("health", "and", "social", "care", "integration", "joint", "board"),
    ("integration", "joint", "board"),
)
"""What such an authority is called behind its places, longest first where one ends like another."""
LAST_WORDS = frozenset(designation[-1] for designation in DESIGNATIONS)
_MOST_WORDS = 7


def authority_name(words: Words, end: int) -> LocalName | None:
    """The authority whose name ends with the token `end`: "Wexley & Calderbrook Fire Authority"; None where no
    place stands before the designation ("the Fire Authority")."""
    for designation in DESIGNATIONS:
        at = end + 1 - len(designation)
        if at < 1 or tuple(words.folded[at:end + 1]) != designation:
            continue
        titled = words.tokens[at][0].isupper() and words.tokens[end][0].isupper()
        if not titled or not words.joined(at - 1, end + 1, Join.SPACE) or words.folded[at - 1] in CONNECTORS:
            return None
        start = at - 1 if words.folded[at - 1] == "city" else at
        least = max(0, at - _MOST_WORDS)
        while start > least and words.joins[start] == Join.SPACE and may_name(words, start - 1):
            start -= 1
        while start < at and words.folded[start] in CONNECTORS:
            start += 1
        if start == at or NATIONAL & set(words.folded[start:at]):
            return None
        called = " ".join(word if word in CONNECTORS else word.capitalize() for word in designation)
        return LocalName(start, end + 1, spelt(words, start, at), called, "other")
    return None
