"""Two unruled tables side by side: each has labels of its own left of its figures, under headings that come back."""

from __future__ import annotations

from pipeline.layout.numbers import is_figure
from pipeline.layout.ruled import Grid, Slot

LABELLED = 0.6
"""Share of the rows of figures that have a label on both sides."""


def halves(grid: Grid) -> list[Grid]:
    """The grid, or the two tables that it holds side by side."""
    middle = grid.columns // 2
    if grid.columns < 4 or grid.columns % 2 or any(
        slot.column < middle < slot.column + slot.column_span for slot in grid.slots
    ):
        return [grid]
    rows: dict[int, dict[int, str]] = {}
    for slot in grid.slots:
        rows.setdefault(slot.row, {})[slot.column] = " ".join(word.text for word in slot.words)
    figured = [row for row in rows.values() if any(is_figure(text) for text in row.values())]
    labelled = sum(_is_label(row.get(0)) and _is_label(row.get(middle)) for row in figured)
    if not figured or labelled < LABELLED * len(figured):
        return [grid]
    if any(is_figure(row.get(column, "")) for row in figured for column in (0, middle)):
        return [grid]
    head = next(iter(rows.values()))
    own = [head.get(column) for column in range(1, middle)]
    if None in own or own != [head.get(middle + column) for column in range(1, middle)]:
        return [grid]
    return [_half(grid, 0, middle), _half(grid, middle, grid.columns)]


def _is_label(text: str | None) -> bool:
    return text is not None and any(c.isalpha() for c in text)


def _half(grid: Grid, first: int, last: int) -> Grid:
    slots = [
        Slot(slot.row, slot.column - first, slot.row_span, slot.column_span, slot.box, slot.words)
        for slot in grid.slots if first <= slot.column < last
    ]
    boxes = [slot.box for slot in slots]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(box, grid.rows, last - first, slots, ruled=False)
