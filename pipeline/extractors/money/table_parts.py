"""A table in which a new line of headings begins is several tables, printed one under the other.

Layout keeps tables that share their rulings or columns together; a row of units or years without a number, below
rows of numbers, tells that other columns start there.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import Cell, Table
from pipeline.extractors.money.table_headings import is_number, unit_in
from pipeline.extractors.money.years import financial_years


def parts(table: Table) -> list[Table]:
    """The tables of `table`, top to bottom: `[table]` itself where it has one set of headings."""
    grid = table.grid()
    starts = [0]
    numbers_above = False
    for r, row in enumerate(grid):
        if _has_numbers(row):
            numbers_above = True
        elif numbers_above and r > table.header_rows and _is_unit_row(row):
            starts.append(_first_heading(grid, r, starts[-1]))
            numbers_above = False
    if len(starts) == 1:
        return [table]
    return [_part(table, a, b) for a, b in zip(starts, [*starts[1:], table.rows], strict=True)]


def _part(table: Table, first: int, end: int) -> Table:
    cells = [
        replace(cell, row=cell.row - first, row_span=min(cell.row_span, end - cell.row))
        for cell in table.cells
        if first <= cell.row < end
    ]
    head = max(table.header_rows - first, 0) if first == 0 else 0
    return Table(cells, end - first, table.columns, head, table.ruled)


def _first_heading(grid: list[list[Cell | None]], unit_row: int, bound: int) -> int:
    """The first of the rows of headings above a row of units: no numbers, words right of the first column."""
    first = unit_row
    while first - 1 > bound and not _has_numbers(grid[first - 1]) and any(grid[first - 1][1:]):
        first -= 1
    return first


def _has_numbers(row: list[Cell | None]) -> bool:
    return any(
        cell is not None and is_number(cell.text) and not financial_years(cell.text) and unit_in(cell.text)[0] is None
        for cell in row
    )


def _is_unit_row(row: list[Cell | None]) -> bool:
    """Whether a cell right of the first holds nothing but a unit ("£000")."""
    for cell in row[1:]:
        if cell is not None:
            factor, words = unit_in(cell.text)
            if factor is not None and words is not None and len(cell.text.strip("() ")) <= len(words) + 2:
                return True
    return False
