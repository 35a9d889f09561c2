"""Ruled tables: pdfplumber's geometry over the edges that the page draws."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Box, Edge, Page, Word
from pipeline.layout.crossings import closed_boxes
from pipeline.layout.lines import Line, gather_lines

SNAP = 3.0
"""Points within which pdfplumber takes two lines for one."""
OPEN_COLUMNS = 4
"""Vertical rules that end together, with no rule across, where a page break cut a table of three columns."""
MAX_EDGES = 20_000
MAX_CROSSINGS = 40_000
"""Edges of a page before, and horizontal times vertical ones after they are merged: beyond it is a drawing, not a
table, and pdfplumber would be busy for minutes. The densest budget page has some 2,600 crossings."""


@dataclass(slots=True)
class Slot:
    """A cell before it has text: its place in rows and columns, and the words in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    words: list[Word] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list, repr=False, compare=False)

    @property
    def lines(self) -> list[Line]:
        """Its words as lines; asked for when it holds all its words, and worked out once."""
        if self.words and not self._lines:
            self._lines = gather_lines(self.words)
        return self._lines


@dataclass(slots=True)
class Grid:
    """A table's geometry on one page."""

    box: Box
    rows: int
    columns: int
    slots: list[Slot]
    bounds: list[float] = field(default_factory=list)
    """The x of the bounds of its columns, left to right; empty where they are not known."""
    ruled: bool = True
    """Whether its columns are ruled."""


def find_grids(page: Page) -> tuple[list[Grid], list[Box]]:
    """The ruled tables of a page, top to bottom, without words; and the boxes that stand alone."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, merge_edges

    across = sum(1 for e in page.edges if e.top == e.bottom)
    down = len(page.edges) - across
    if across < 2 or down < 2 or across + down > MAX_EDGES:
        return [], []
    drawn = [as_plumber(edge) for edge in [*page.edges, *_open_ends(page.edges)]]
    edges = [edge for edge in merge_edges(drawn, SNAP, SNAP, SNAP, SNAP) if _length(edge) >= SNAP]
    level = sum(edge["orientation"] == "h" for edge in edges)
    if level * (len(edges) - level) > MAX_CROSSINGS:
        return [], []
    cells = closed_boxes(edges_to_intersections(edges, SNAP, SNAP))
    tables = cells_to_tables(cells)
    held = {cell for table in tables for cell in table}
    return [_grid(table) for table in tables], [cell for cell in cells if cell not in held]


def _open_ends(edges: list[Edge]) -> list[Edge]:
    """Rules that a page break left out: where the columns of a table are ruled beyond its first or last row's rule."""
    down = [e for e in edges if e.x0 == e.x1]
    across = sorted(e.top for e in edges if e.top == e.bottom)
    found: list[Edge] = []
    for upper in (True, False):
        ends: dict[int, list[Edge]] = {}
        for edge in down:
            ends.setdefault(round(edge.top if upper else edge.bottom), []).append(edge)
        for own in ends.values():
            y = own[0].top if upper else own[0].bottom
            xs = sorted({round(edge.x0) for edge in own})
            at = bisect_left(across, y - SNAP)
            if len(xs) >= OPEN_COLUMNS and not (at < len(across) and across[at] <= y + SNAP):
                found.append(Edge(min(e.x0 for e in own), y, max(e.x0 for e in own), y))
    return found


def as_plumber(edge: Edge) -> dict[str, Any]:
    """The edge as pdfplumber's functions take it."""
    horizontal = edge.top == edge.bottom
    return {
        "x0": edge.x0, "x1": edge.x1, "top": edge.top, "bottom": edge.bottom,
        "width": edge.x1 - edge.x0, "height": edge.bottom - edge.top,
        "orientation": "h" if horizontal else "v",
    }


def _length(edge: dict[str, Any]) -> float:
    return float(edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"])


def _grid(cells: list[Box]) -> Grid:
    xs = sorted({x for c in cells for x in (c[0], c[2])})
    ys = sorted({y for c in cells for y in (c[1], c[3])})
    slots = []
    for x0, top, x1, bottom in sorted(cells, key=lambda c: (c[1], c[0])):
        row, column = ys.index(top), xs.index(x0)
        slots.append(Slot(row, column, ys.index(bottom) - row, xs.index(x1) - column, (x0, top, x1, bottom)))
    slots.extend(_gaps(slots, xs, ys))
    slots.sort(key=lambda s: (s.row, s.column))
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, len(xs) - 1, slots, xs)


def _gaps(slots: list[Slot], xs: list[float], ys: list[float]) -> list[Slot]:
    """Places inside the table's outline that no complete box covers: words may stand there too."""
    covered = {
        (row, column)
        for slot in slots
        for row in range(slot.row, slot.row + slot.row_span)
        for column in range(slot.column, slot.column + slot.column_span)
    }
    return [
        Slot(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
        for r in range(len(ys) - 1) for c in range(len(xs) - 1) if (r, c) not in covered
    ]


def take_words(grid: Grid, words: list[Word]) -> list[Word]:
    """Put words into the grid's slots by their middles. Returns those that stand outside."""
    tops = sorted({slot.box[1] for slot in grid.slots})
    rows: dict[float, list[Slot]] = {}
    for slot in grid.slots:
        for top in tops[bisect_left(tops, slot.box[1]):bisect_left(tops, slot.box[3] - 0.01)]:
            rows.setdefault(top, []).append(slot)
    x0, top, x1, bottom = grid.box
    outside: list[Word] = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not (x0 <= x < x1 and top <= y < bottom):
            outside.append(word)
            continue
        band = rows.get(tops[max(bisect_right(tops, y) - 1, 0)], [])
        found = next((s for s in band if s.box[0] <= x < s.box[2] and s.box[1] <= y < s.box[3]), None)
        if found is None:
            outside.append(word)
        else:
            found.words.append(word)
    return outside
