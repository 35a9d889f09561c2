"""What a table leaves unruled inside its cells: headings without lines between them, rows without lines below them.

Spreadsheets printed with some of their rules give one wide cell that holds several columns, and one high row
that holds several lines of figures. Both are cut along the columns and lines that their words keep to.
"""

from __future__ import annotations

from bisect import bisect_right

from pipeline.document import Word
from pipeline.layout.lines import Line, make_line
from pipeline.layout.rows import Run, runs_of
from pipeline.layout.ruled import Grid, Slot

WIDE = 0.45
"""Ems: wider than a space."""


def refine(grid: Grid) -> Grid:
    """The same grid, such cells cut."""
    grid.slots = [
        part
        for slot in grid.slots
        for part in (_cut_columns(slot, grid.bounds) if slot.column_span > 1 else [slot])
    ]
    return _cut_rows(grid)


def _cut_columns(slot: Slot, bounds: list[float]) -> list[Slot]:
    """A cell over several columns, by the columns that its runs of words stand in."""
    if len(slot.words) < 2:
        return [slot]
    inner = bounds[slot.column + 1:slot.column + slot.column_span]
    lines = [part for line in slot.lines for part in _at_bounds(line, inner)]
    groups = _groups([run for line in lines for run in runs_of(line)])
    if len(groups) < 2:
        return [slot]
    parts: list[Slot] = []
    for group in groups:
        x0, x1 = min(run.x0 for run in group), max(run.x1 for run in group)
        first = max(bisect_right(bounds, x0 + 1) - 1, slot.column)
        last = min(max(bisect_right(bounds, x1 - 1) - 1, first), slot.column + slot.column_span - 1)
        if parts and first < parts[-1].column + parts[-1].column_span:
            return [slot]
        words = [word for run in group for word in run.words]
        box = (bounds[first], slot.box[1], bounds[last + 1], slot.box[3])
        parts.append(Slot(slot.row, first, slot.row_span, last - first + 1, box, words))
    return parts


def _at_bounds(line: Line, bounds: list[float]) -> list[Line]:
    """The line in pieces, where a column's bound runs through a gap that is wider than a space."""
    gaps = [right.x0 - left.x1 for left, right in zip(line.words, line.words[1:], strict=False)]
    needed = max(WIDE * line.size, 1.5 * min(gaps) if len(gaps) > 1 else 0.0)
    pieces: list[list[Word]] = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 - left.x1 > needed and any(left.x1 - 1 < x < right.x0 + 1 for x in bounds):
            pieces.append([right])
        else:
            pieces[-1].append(right)
    return [make_line(piece) for piece in pieces]


def _groups(runs: list[Run]) -> list[list[Run]]:
    """Runs of all lines that stand over each other, left to right."""
    groups: list[list[Run]] = []
    right = 0.0
    for run in sorted(runs, key=lambda r: r.x0):
        if groups and run.x0 < right + 1:
            groups[-1].append(run)
        else:
            groups.append([run])
        right = max(right, run.x1) if len(groups[-1]) > 1 else run.x1
    return groups


def _cut_rows(grid: Grid) -> Grid:
    """Rows whose cells hold several figures each, one under the other, become as many rows."""
    shift = 0
    slots: list[Slot] = []
    rows: dict[int, list[Slot]] = {}
    for slot in grid.slots:
        rows.setdefault(slot.row, []).append(slot)
    for row in range(grid.rows):
        own = rows.get(row, [])
        marks = _baselines([slot for slot in own if slot.words]) if all(slot.row_span == 1 for slot in own) else []
        for slot in own:
            slot.row += shift
        slots.extend(part for slot in own for part in (_split(slot, marks) if marks else [slot]))
        shift += max(len(marks) - 1, 0)
    grid.slots = slots
    grid.rows += shift
    return grid


def _baselines(slots: list[Slot]) -> list[float]:
    """The lines on which at least two cells of a row show a figure each; none where a cell does not keep to them."""
    if sum(len(slot.words) > 1 for slot in slots) < 2:
        return []
    columns = [slot.lines for slot in slots]
    figures = [lines for lines in columns if len(lines) > 1 and all(_one_figure(line) for line in lines)]
    if len(figures) < 2:
        return []
    marks = [line.bottom for line in max(figures, key=len)]
    size = figures[0][0].size
    for lines in figures:
        if any(min(abs(line.bottom - mark) for mark in marks) > 0.4 * size for line in lines):
            return []
    labels = [lines for lines in columns if lines not in figures]
    return marks if all(len(lines) <= len(marks) or len(lines) > 1 for lines in labels) else []


def _one_figure(line: Line) -> bool:
    runs = runs_of(line)
    return len(runs) == 1 and runs[0].entry


def _split(slot: Slot, marks: list[float]) -> list[Slot]:
    rows: dict[int, list[Word]] = {}
    for line in slot.lines:
        nearest = min(range(len(marks)), key=lambda i: abs(line.bottom - marks[i]))
        rows.setdefault(nearest, []).extend(line.words)
    return [
        Slot(slot.row + i, slot.column, 1, slot.column_span, (
            slot.box[0], min(w.top for w in words), slot.box[2], max(w.bottom for w in words),
        ), words)
        for i, words in sorted(rows.items())
    ]
