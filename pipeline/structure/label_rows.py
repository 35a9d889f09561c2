"""Header forms whose rules and cells were lost: a row of labels, and under each label its value.

    Item No.   Classification   Committee   Date
    7          Open             Housing     15th December 1998

A value's words stand nearer to its own label than to another; a line that runs across from column to column is no
value any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.document import Word
from pipeline.structure.bodies import is_body
from pipeline.structure.dates import find_dates
from pipeline.structure.known import patterns
from pipeline.structure.lines import Line

_LEAST_COVERED = 0.75
_MOST_LINES = 3
_MOST_BODY_WORDS = 8
_SPACE = 6.0
"""Points: words nearer than this are one text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A label of the row: its key, and where it begins and ends from the left, in points."""

    key: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2


def columns_of(line: Line) -> list[Column]:
    """The labels of a line that is nothing but labels, two or more; else none."""
    columns = []
    found = labels_of(line) if line.words else []
    for start, end, key in found:
        inside = [w for w in line.words if start <= w.start - line.start < end]
        if inside:
            columns.append(Column(key, min(w.x0 for w in inside), max(w.x1 for w in inside)))
    return columns if len(columns) == len(found) else []


def labels_of(line: Line) -> list[tuple[int, int, str]]:
    """(start, end, key) of each label of a line that is nothing but labels, two or more; else none."""
    if line.row is not None or len(line.text) > 120:
        return []
    found = [(m.start(), m.end(), str(m.lastgroup)) for m in _labels().finditer(line.text) if m[0].strip()]
    letters = sum(1 for c in line.text if c.isalnum())
    covered = sum(1 for start, end, _ in found for c in line.text[start:end] if c.isalnum())
    return [] if len(found) < 2 or not letters or covered / letters < _LEAST_COVERED else found


def body_and_day_under(labels: Sequence[str], below: Sequence[Line]) -> tuple[int, int, int, int] | None:
    """(line, start of the body, start and end of the day) in the first lines below labels that ask for both, where the
    columns were lost: "(Introduced by the Leader   Cabinet   3 May 2023". The body is what stands right before the day.
    """
    if not {"to", "date"} <= set(labels):
        return None
    for index, line in enumerate(below[:_MOST_LINES]):
        dates = find_dates(line.text)
        starts = [m.start() for m in re.finditer(r"\S+", line.text[: dates[0].start])] if dates else []
        for start in starts[-_MOST_BODY_WORDS:]:
            words = line.text[start:dates[0].start].split()
            if len(set(words)) == len(words) and is_body(" ".join(words).strip(" ,")):
                return index, start, dates[0].start, dates[0].end
    return None


def values_under(columns: Sequence[Column], below: Sequence[Line]) -> tuple[dict[int, list[Word]], int]:
    """(words of each column by its index, how many lines they take)."""
    values: dict[int, list[Word]] = {i: [] for i in range(len(columns))}
    taken = 0
    for line in below[:_MOST_LINES]:
        if not line.words or line.row is not None or columns_of(line) or _runs_across(columns, line.words):
            break
        for word in line.words:
            values[_nearest(columns, word)].append(word)
        taken += 1
    return values, taken


def _nearest(columns: Sequence[Column], word: Word) -> int:
    middle = (word.x0 + word.x1) / 2
    bounds = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    return sum(1 for bound in bounds if middle > bound)


def _runs_across(columns: Sequence[Column], words: Sequence[Word]) -> bool:
    return any(
        _nearest(columns, a) != _nearest(columns, b) and 0 <= b.x0 - a.x1 < _SPACE
        for a, b in pairwise(sorted(words, key=lambda w: (round(w.top), w.x0)))
        if abs(a.top - b.top) < 3
    )


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<{rule.id}>{rule.pattern.pattern})" for rule in patterns("structure", "labels"))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)\s*[.:]?")
