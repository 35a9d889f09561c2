"""Grids with words into tables: rows and columns that hold something, cells with text, headings told apart."""

from __future__ import annotations

from pipeline.document import Block, Cell, Table, Word
from pipeline.layout.numbers import is_figure, is_unit
from pipeline.layout.ruled import Grid, Slot
from pipeline.layout.words import join_lines

NOTES = 6
"""Lines of notes between a table's headings and its first row at most."""


def build_table(grid: Grid, page: int | None) -> Block | None:
    """A table block, or None where no slot holds a word."""
    filled = [slot for slot in grid.slots if slot.words]
    if not filled:
        return None
    rows = _used(filled, rows=True)
    columns = _used(filled, rows=False)
    cells = [_cell(slot, rows, columns, page) for slot in filled]
    cells.sort(key=lambda c: (c.row, c.column))
    table = Table(cells, len(rows), len(columns), ruled=grid.ruled)
    _close_columns(table)
    table.header_rows = count_header_rows(table)
    return table_block(table, page)


def _close_columns(table: Table) -> None:
    """Make one of two columns that most cells cover together and no row parts: a rule drawn twice parts them."""
    grid = table.grid()
    for left in range(table.columns - 2, -1, -1):
        pairs = [(row[left], row[left + 1]) for row in grid if row[left] is not None or row[left + 1] is not None]
        both = sum(a is b for a, b in pairs)
        if 2 * both < len(pairs) or any(a is not None and b is not None and a is not b for a, b in pairs):
            continue
        for cell in table.cells:
            if cell.column <= left < cell.column + cell.column_span - 1:
                cell.column_span -= 1
            elif cell.column > left:
                cell.column -= 1
        table.columns -= 1
        grid = table.grid()


def table_block(table: Table, page: int | None) -> Block:
    """The block that holds `table`: its rows as lines, its cells parted by tabs."""
    words = [word for cell in table.cells for word in cell.words]
    sizes = [w.size for w in words]
    return Block(
        "table", table_text(table), page, table=table, words=words, pages=[page] if page is not None else [],
        size=max(set(sizes), key=sizes.count) if sizes else 0.0, indent=min((w.x0 for w in words), default=0.0),
    )


def table_text(table: Table) -> str:
    """A line for each row, a tab between columns; a spanning cell stands once, where it begins."""
    rows: list[list[str]] = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return "\n".join("\t".join(row).rstrip("\t") for row in rows)


def _used(slots: list[Slot], rows: bool) -> dict[int, int]:
    """Old index to new, for the rows (or columns) in which some slot begins that holds words."""
    begun = sorted({slot.row if rows else slot.column for slot in slots})
    return {old: new for new, old in enumerate(begun)}


def _cell(slot: Slot, rows: dict[int, int], columns: dict[int, int], page: int | None) -> Cell:
    words = [word for line in slot.lines for word in line.words]
    return Cell(
        join_lines([line.words for line in slot.lines]), rows[slot.row], columns[slot.column],
        sum(1 for r in range(slot.row, slot.row + slot.row_span) if r in rows),
        sum(1 for c in range(slot.column, slot.column + slot.column_span) if c in columns),
        page, slot.box, all(word.bold for word in words), words=words,
    )


def count_header_rows(table: Table) -> int:
    """How many first rows are headings: rows without numbers above rows with them, or bold above plain."""
    grid: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row].append(cell)
    numeric = [sum(is_figure(c.text) and not is_unit(c.text) for c in row) for row in grid]
    if table.columns > 1 and sum(map(bool, numeric)) >= max(1.0, 0.3 * (table.rows - 1)):
        first = next(i for i, n in enumerate(numeric) if n)
        figured = {c.column for row in grid for c in row if is_figure(c.text)}
        headings = [i for i in range(first) if any(c.column > 0 for c in grid[i]) and not _is_note(grid[i], figured)]
        if table.columns == 2 and first > 1:  # a form's first entries are no headings
            headings = [i for i in headings if grid[i][0].column > 0]
        return headings[-1] + 1 if headings and headings[-1] < 6 and first <= 6 + NOTES else 0
    if table.columns < 3 or table.rows < 2:
        plain = any(not c.bold for row in grid[1:] for c in row)
        both = len(grid[0]) == table.columns == 2 and all(c.bold for c in grid[0])
        return 1 if both and table.rows > 2 and plain and not all(r and r[0].bold for r in grid) else 0
    return 1 if all(c.bold for c in grid[0]) or _titles(grid[0], table.columns) else 0


def _is_note(row: list[Cell], figured: set[int]) -> bool:
    """Whether a row stands in the column of labels alone."""
    return len(row) == 1 and row[0].column_span == 1 and row[0].column not in figured


def _titles(row: list[Cell], columns: int) -> bool:
    return len(row) == columns and all(len(c.text) < 40 and not c.text.endswith(".") for c in row)


def words_of(grid: Grid) -> list[Word]:
    """All words in a grid."""
    return [word for slot in grid.slots for word in slot.words]
