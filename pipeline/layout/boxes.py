"""What a ruled grid is: a table of facts, a form or a minute book that rules its paragraphs, or a mere frame."""

from __future__ import annotations

from typing import Literal

from pipeline.document import Word
from pipeline.layout.labels import is_list_label
from pipeline.layout.lines import Line, gather_lines, make_line
from pipeline.layout.numbers import is_figure
from pipeline.layout.rows import runs_of
from pipeline.layout.ruled import Grid, Slot

TIGHT = 0.65
"""Ems between two words that belong to one text; columns leave more."""
Use = Literal["table", "prose", "frame", "partial"]
LONG = 45
"""Words in a cell that is prose rather than an entry."""


def use_of(grid: Grid, outside: list[Word]) -> Use:
    """How to read a grid that holds its words; `outside` are the page's words that it does not hold.

    `frame`: its words stand in one column. `partial`: its rules enclose only some of a table's rows or columns.
    `prose`: cells hold paragraphs, to be read one after the other.
    """
    filled = [slot for slot in grid.slots if slot.words]
    if len({slot.column for slot in filled}) < 2:
        return "frame" if not _beside(grid, filled, outside) else "partial"
    if _flows_across(grid):
        return "frame"
    if _coarse(filled) or _beside(grid, filled, outside):
        return "partial"
    return "prose" if _is_prose(filled) else "table"


def _flows_across(grid: Grid) -> bool:
    """Shades behind a text, or a rule through it: its words run on from cell to cell with no more than a space."""
    gaps: list[float] = []
    for row in rows_of(grid):
        lines = [slot.lines for slot in row] if len(row) > 1 else []
        for left, right in zip(lines, lines[1:], strict=False):
            gaps.extend((b.x0 - a.x1) / a.size for a in left for b in right if abs(a.bottom - b.bottom) < 0.3 * a.size)
    return bool(gaps) and sum(gap < TIGHT for gap in gaps) > 0.7 * len(gaps)


def _coarse(filled: list[Slot]) -> bool:
    """Whether cells hold columns or rows of figures of their own."""
    for slot in filled:
        if len(slot.words) < 6:
            continue
        figures = sum(is_figure(word.text) for word in slot.words)
        if figures < 5 or figures < 0.4 * len(slot.words):
            continue
        lines = slot.lines
        if sum(any(run.figure for run in runs_of(line)) for line in lines) >= 3:
            return True
    return False


def _beside(grid: Grid, filled: list[Slot], outside: list[Word]) -> bool:
    """Whether most of its rows go on outside it, to the left or right."""
    x0, top, x1, bottom = grid.box
    near = [w for w in outside if top <= (w.top + w.bottom) / 2 < bottom and (w.x1 <= x0 + 3 or w.x0 >= x1 - 3)]
    if not near:
        return False
    inside = gather_lines([word for slot in filled for word in slot.words])
    joined = sum(any(abs(w.bottom - line.bottom) < 0.5 * line.size for w in near) for line in inside)
    return joined >= max(1, 0.4 * len(inside))


def _is_prose(filled: list[Slot]) -> bool:
    total = sum(len(slot.words) for slot in filled)
    columns: dict[int, list[Slot]] = {}
    for slot in filled:
        columns.setdefault(slot.column, []).append(slot)
    long = [slot for slot in filled if len(slot.words) >= LONG]
    if len(columns) == 2 and _numbers_only(columns[min(columns)]) and any(_holds_list(s) for s in filled):
        return True
    figures = sum(len(slot.words) <= 3 and is_figure(slot.words[0].text) for slot in filled)
    if not long or figures > 0.35 * len(filled):
        return False
    if _is_form(filled, long):
        return False
    main = max(sum(len(slot.words) for slot in own) for own in columns.values())
    in_long = sum(len(slot.words) for slot in long)
    if len(columns) == 2:
        return in_long > 0.5 * total
    return main > 0.7 * total and in_long > 0.6 * main


def _is_form(filled: list[Slot], long: list[Slot]) -> bool:
    """Whether cells are labels and values, as in the head of an officer's report, though a value may be long."""
    labels = sum(any(word.text.endswith(":") for word in slot.words[:5]) for slot in filled if slot not in long)
    return labels > 0.3 * len(filled) and not any(
        is_list_label(line) for slot in long for line in slot.lines
    )


def _numbers_only(slots: list[Slot]) -> bool:
    """Whether a column holds nothing but item numbers, under a heading at most."""
    return sum(len(s.words) == 1 and any(c.isdigit() for c in s.words[0].text) for s in slots) >= len(slots) - 1


def _holds_list(slot: Slot) -> bool:
    return len(slot.words) >= LONG or any(is_list_label(line) for line in slot.lines[1:])


def rows_of(grid: Grid) -> list[list[Slot]]:
    """The filled slots, row by row from left to right."""
    rows: dict[int, list[Slot]] = {}
    for slot in grid.slots:
        if slot.words:
            rows.setdefault(slot.row, []).append(slot)
    return [sorted(rows[row], key=lambda s: s.column) for row in sorted(rows)]


def with_label(label: Slot, body: list[Line]) -> list[Line]:
    """A cell's lines, the short label from the cell to their left put before the first."""
    words = [word for line in label.lines for word in line.words]
    return [make_line(words + body[0].words), *body[1:]] if body else gather_lines(words)
