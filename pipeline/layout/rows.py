"""Lines as rows of a table: their runs of words, and which lines make one row."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import Box, Word
from pipeline.layout.lines import Line
from pipeline.layout.numbers import is_entry, is_figure

GAP, NARROW = 0.75, 0.3
"""Ems between two columns at least, and between two columns of figures; spaces between words are 0.25 to 0.35."""

Span = tuple[float, float]


@dataclass(slots=True)
class Run:
    """Words of a line with no gap between them."""

    words: list[Word]
    x0: float
    x1: float
    entry: bool
    figure: bool


@dataclass(slots=True)
class Row:
    """A line with its runs."""

    line: Line
    runs: list[Run]

    @property
    def entries(self) -> list[Run]:
        """The runs that can stand in a column of figures."""
        return [run for run in self.runs if run.entry]


def runs_of(line: Line) -> list[Run]:
    """Parts of a line that gaps separate; figures are always parted from each other. Worked out once."""
    if line.runs is None:
        line.runs = [run_of(group) for group in _groups(line)]
    return line.runs


def _groups(line: Line) -> list[list[Word]]:
    if line.widest <= NARROW * line.size:
        return [line.words]
    groups: list[list[Word]] = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        gap = right.x0 - left.x1
        between_figures = gap > NARROW * line.size and is_entry(left.text) and is_entry(right.text)
        if gap > GAP * line.size or between_figures:
            groups.append([right])
        else:
            groups[-1].append(right)
    return groups


def run_of(words: list[Word]) -> Run:
    """A run of words that are in order already."""
    text = "".join(w.text for w in words)
    entry = len(words) <= 3 and is_entry(text)
    return Run(words, words[0].x0, words[-1].x1, entry, entry and is_figure(text))


def box_of(run: Run) -> Box:
    """The box round a run."""
    return run.x0, min(w.top for w in run.words), run.x1, max(w.bottom for w in run.words)


def overlap(a: Span, b: Span) -> float:
    """Points that two ranges share; negative where a gap parts them."""
    (a0, a1), (b0, b1) = a, b
    return (a1 if a1 < b1 else b1) - (a0 if a0 > b0 else b0)
