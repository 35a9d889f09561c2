"""How far one text says what another says: by its words, whatever their inflection, and word by word for the eye."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import snowballstemmer

from pipeline.labels import split_label

SILENT = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "in",
    "into", "is", "it", "its", "of", "on", "or", "that", "the", "their", "them", "there", "these", "they", "this",
    "those", "to", "was", "were", "which", "will", "with",
))
"""Words that tell no text from another."""
_WORD = re.compile(r"£?\d[\d.,]*\d(?:[a-z%]+)?|£?\d[a-z%]*|[^\W\d_]+(?:['’][^\W\d_]+)?", re.IGNORECASE)
_PLACE = r"(?:section|paragraph|appendix|annex|table|report|schedule)s?\b"
_MARK = r"(?:[A-Z]\b|\d[\w.]*)"
_POINTER = re.compile(
    r",?\s*\(?(?:(?:as\s+)?(?:set out|shown|detailed|described|listed|attached|outlined|contained|appended)?\s*"
    rf"(?:in|at|as)|(?:please )?(?:refer to|see))\s+(?:the\s+)?{_PLACE}"
    rf"(?:\s+{_MARK}(?:(?:,\s*and|,|\s*(?:and|to|[-–]))\s*(?:{_PLACE}\s+)?{_MARK})*)?"
    r"(?:\s+(?:of|to)\s+(?:the|this)\s+report)?\)?",
    re.IGNORECASE,
)
"""Where the details stand, which a report tells by its paragraphs and minutes by the report."""
_POINTS = re.compile(rf"(?:in|at|as|to|see)\s+(?:the\s+)?{_PLACE}", re.IGNORECASE)
"""What every pointer has: the pattern itself is tried at each letter, which is half the work of preparing a text."""
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word in lower case without its ending."""
    return word if word in SILENT or not word[:1].isalpha() else str(_stemmer.stemWord(word))


FRAME = SILENT | {stem(word) for word in (
    "agree", "resolve", "recommend", "decide", "cabinet", "council", "committee", "board", "panel", "executive",
    "members", "authority", "ask", "invite", "request", "meeting", "full", "county", "city", "borough", "district",
    "parish", "town",
)}
"""Stems of the words that lead into a decision: who decides, and that they do."""


def stems(text: str) -> list[str]:
    """The words of a text without case, endings and those that tell nothing."""
    return [s for s in (stem(w) for w in words(text.lower().replace("’", "'"))) if s not in SILENT]


def words(text: str) -> list[str]:
    """The words and amounts of a text as they stand."""
    return _WORD.findall(text)


def bare(text: str) -> str:
    """A decision's text without the labels of its limbs and without what points into a report."""
    lines = []
    for line in text.split("\n"):
        _, start = split_label(line)
        lines.append(line[start:])
    said = "\n".join(lines)
    return _POINTER.sub(" ", said) if _POINTS.search(said) else said


@dataclass(frozen=True)
class Wording:
    """A decision's words, prepared for comparison."""

    text: str
    counted: Counter[str]
    size: int

    @property
    def numbers(self) -> set[str]:
        """Amounts, dates, percentages."""
        return {word.rstrip(".,") for word in self.counted if any(c.isdigit() for c in word)}


def wording(text: str) -> Wording:
    """What `text` says, beyond that somebody decides it."""
    said = stems(bare(text))
    lead = next((i for i, word in enumerate(said) if word not in FRAME), len(said))
    counted = Counter(said[lead:])
    return Wording(text, counted, sum(counted.values()))


def alike(one: Wording, other: Wording) -> float:
    """Share of their words that both have, in any order (Dice), 0 to 1."""
    if not one.size or not other.size:
        return 0.0
    return 2 * _common(one, other) / (one.size + other.size)


def at_most_alike(one: Wording, other: Wording) -> float:
    """What `alike` can give at most, by their sizes alone."""
    return 2 * min(one.size, other.size) / max(one.size + other.size, 1)


def _common(one: Wording, other: Wording) -> int:
    """How many words both have."""
    return sum(min(one.counted[word], other.counted[word]) for word in one.counted.keys() & other.counted.keys())


def held_in(part: Wording, whole: Wording) -> float:
    """Share of the words of `part` that are in `whole`, 0 to 1."""
    return _common(part, whole) / part.size if part.size else 0.0


def changes(before: str, after: str) -> str:
    """`after` with what was put in as {+words+} and what was taken out as [-words-]."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, [_plain(w) for w in old], [_plain(w) for w in new], autojunk=False)
    told: list[str] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            told += new[c:d]
            continue
        if b > a:
            told.append(f"[-{' '.join(old[a:b])}-]")
        if d > c:
            told.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(told)


def _plain(word: str) -> str:
    """A word as two prints of it are compared: without case, punctuation and endings."""
    return stem(word.lower().strip(".,;:()[]“”\"'‘’")) or word
