"""What the readers of private details give, and the rules that they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import rules
from pipeline.records import PrivateKind


@dataclass(frozen=True)
class Found:
    """A private detail: offsets in the document's text, kind, which rule tells that it is private, and why."""

    start: int
    end: int
    kind: PrivateKind
    rule: str
    why: str
    confidence: float


@dataclass(frozen=True)
class Cue:
    """Words around a detail that make it private."""

    id: str
    why: str
    confidence: float
    pattern: re.Pattern[str]

    def found(self, start: int, end: int, kind: PrivateKind) -> Found:
        """The detail between two offsets, private for this cue's sake."""
        return Found(start, end, kind, self.id, self.why, self.confidence)


@cache
def cues(group: str) -> tuple[Cue, ...]:
    """The rules of a group of `rules/privacy.yaml`."""
    return tuple(
        Cue(rule["id"], rule["why"], rule.get("confidence", 0.0), re.compile(rule["pattern"]))
        for rule in rules.load("privacy")[group]
    )


@cache
def any_of(group: str) -> re.Pattern[str]:
    """All patterns of a group as one, for those that only say yes or no."""
    return rules.any_of("privacy", group, re.NOFLAG)


def words(group: str, key: str = "words") -> list[str]:
    """A list of words of `rules/privacy.yaml`."""
    listed: Any = rules.load("privacy")[group][key]
    return list(listed)


def stretches(text: str, signs: re.Pattern[str], before: int, behind: int) -> Iterator[tuple[int, int]]:
    """Where to look: the text around each sign, so many characters before and behind it; none twice."""
    begin, end = 0, -1
    for match in signs.finditer(text):
        first = max(match.start() - before, 0)
        if first > end >= 0:
            yield begin, end
        if first > end:
            begin = first
        end = min(match.end() + behind, len(text))
    if end >= 0:
        yield begin, end
