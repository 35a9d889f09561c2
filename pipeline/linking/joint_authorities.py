"""Authorities that carry the places they serve in their name: fire authorities, health boards, combined authorities.

No list of them is kept; like parish councils they are known by the form of their name. What they are called behind
their places is data (`rules/bodies.yaml`, `authorities`, `own_bodies`, `partners`).
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.linking.council_names import CONNECTORS, NATIONAL, Join, LocalName, Words, fold, may_name, spelt
from pipeline.rules import load

_MOST_WORDS = 7
_HEALTH = "nhs"


@lru_cache(maxsize=1)
def designations() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """(words, kind of authority) by the last of the words, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    groups = load("bodies")
    for name in ("authorities", "own_bodies", "partners"):
        for entry in groups[name]:
            words = tuple(fold(entry["designation"]).split())
            found.setdefault(words[-1], []).append((words, entry["kind"]))
    return {last: sorted(entries, key=lambda e: -len(e[0])) for last, entries in found.items()}


def authority_name(words: Words, end: int) -> LocalName | None:
    """The authority whose designation ends with the token `end`, with its places before it ("Wexley & Calderbrook Fire
    Authority") or behind ("Fire Authority for Wexley and Calderbrook"); None where it has none ("the Fire
    Authority")."""
    for designation, kind in designations().get(words.folded[end], ()):
        at = end + 1 - len(designation)
        if at < 0 or tuple(words.folded[at:end + 1]) != designation:
            continue
        titled = words.tokens[at][0].isupper() and words.tokens[end][0].isupper()
        if not titled or not words.joined(at, end + 1, Join.SPACE):
            return None
        return _after_its_places(words, at, end, kind) or _before_its_places(words, at, end, kind)
    return None


def _after_its_places(words: Words, at: int, end: int, kind: str) -> LocalName | None:
    if at == 0 or words.joins[at] != Join.SPACE or words.folded[at - 1] in CONNECTORS:
        return None
    start = at - 1 if words.folded[at - 1] == "city" else at
    least = max(0, at - _MOST_WORDS)
    while start > least and words.joins[start] == Join.SPACE and may_name(words, start - 1):
        start -= 1
    while start < at and words.folded[start] in CONNECTORS | {_HEALTH}:
        start += 1
    last = at - 1 if words.folded[at - 1] == "city" and at - 1 > start else at
    return _named(words, (start, last), (last, end + 1), (start, end + 1), kind)


def _before_its_places(words: Words, at: int, end: int, kind: str) -> LocalName | None:
    first = end + 2
    if not words.joined(end, first + 1, Join.SPACE) or words.folded[end + 1] not in ("for", "of"):
        return None
    last = first
    while words.joined(first, last + 1, Join.SPACE) and last - first < _MOST_WORDS and (
        words.tokens[last][0].isupper() or (last > first and words.folded[last] in CONNECTORS)
    ):
        last += 1
    while last > first and words.folded[last - 1] in CONNECTORS:
        last -= 1
    start = at - 1 if at and words.folded[at - 1] == "combined" and words.joins[at] == Join.SPACE else at
    return _named(words, (first, last), (start, end + 1), (start, last), kind)


def _named(
    words: Words, place: tuple[int, int], called: tuple[int, int], whole: tuple[int, int], kind: str
) -> LocalName | None:
    """The name of which these tokens are the places, the designation and the whole; None where the places are none."""
    first, last = place
    if first == last or any(character.isdigit() for token in words.tokens[first:last] for character in token):
        return None
    if NATIONAL & set(words.folded[first:last]):
        return None
    designation = " ".join(words.text[words.starts[called[0]]:words.end(called[1] - 1)].split())
    return LocalName(*whole, spelt(words, first, last), spelt_title(designation), kind)


def spelt_title(called: str) -> str:
    """A designation as a title has it, where it is printed in capitals; short forms ("ICB") stay."""
    if not called.isupper() or len(called) <= 3:
        return called
    small = {word.upper() for word in CONNECTORS}
    return " ".join(word.lower() if word in small else word.capitalize() for word in called.split())
