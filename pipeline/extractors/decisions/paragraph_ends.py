"""Where a decision ends within its own paragraph: before votes and reasons printed on, before what people did next."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extractors.decisions.grammar import first_match, likely
from pipeline.extractors.sentences import sentences as _sentences

CLAUSE_START = re.compile(r"(?:[\"'“‘]\s*)?(?:and\s+|also\s+|further\s+)?(?:that|to|in\s+addition)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:had|was|were)\b|\b(?:makes?|offers?)\s+the\s+following\s+(?:comments?|observations?)\b")
MANDATE = re.compile(r"\b(?:be|shall|must|will|should)\b")
ANOTHER = re.compile(r"(?:It\s+was\s+(?:\w+\s+)?)?(?:RESOLVED|RECOMMENDED)\b(?=\s*[:–—-]|\s+(?:that|to)\b)")
"""A further decision printed on in the same paragraph."""

sentences = lru_cache(maxsize=16384)(_sentences)


def leaves_room(after: str) -> bool:
    """Whether what was cut off a limb leaves room for further limbs (a vote or a mover does)."""
    no_end = r"[\[(]?\s*(?:REASON|Reason|view the)|\.\.\.|,?\s*for\s+the\s+(?:following\s+)?reasons?\b"
    return not re.match(no_end, after)


def cut(text: str) -> tuple[str, str]:
    """A text without what is printed on behind it (movers, votes, reasons), and that."""
    starts = [m.start() for m in (rule.pattern.search(text) for rule in likely("cuts", text)) if m and m.start() > 0]
    best = min(starts, default=None)
    if best is None:
        return text.rstrip(), ""
    return text[:best].rstrip(), text[best:].strip()


def own_sentences(text: str) -> tuple[str, str]:
    """The sentences of a paragraph that belong to its decision, and the rest: what people did around it."""
    spans = sentences(text)
    for start, end in spans[1:]:
        later = text[start:end]
        if ANOTHER.match(later):
            return text[:start].rstrip(), ""
        told = TOLD.search(later) and not (MANDATE.search(later) or CLAUSE_START.match(later))
        if told or first_match("ends", text[start:]) is not None:
            return text[:start].rstrip(), text[start:]
    return text, ""
