"""Tables that go on over a page break: one table, its repeated headings dropped."""

from __future__ import annotations

import re

from pipeline.document import Block, Cell, Page, Table
from pipeline.layout.numbers import is_figure
from pipeline.layout.tables import table_block
from pipeline.layout.words import join_text

NEAR = 8.0
"""Points by which a column may stand elsewhere on the next page."""
TITLE_BLOCKS = 4
"""Blocks between the two parts that may repeat the table's title."""
CONTINUED = re.compile(r"[\s(\[–-]*cont(?:inued|['’]?d)?\.{0,3}[)\]]?\s*$", re.IGNORECASE)


def join_tables(pages: list[list[Block]], furniture: list[Page]) -> None:
    """Join tables across pages, in place; a title that comes back with them becomes furniture."""
    last: Block | None = None
    before: set[str] = set()
    for page, blocks in zip(furniture, pages, strict=True):
        at = next((i for i, block in enumerate(blocks[:TITLE_BLOCKS]) if block.table is not None), None)
        if last is not None and at is not None and all(_title(b) in before for b in blocks[:at]) \
                and _append(last, blocks[at]):
            page.furniture.extend(block.text for block in blocks[:at])
            del blocks[: at + 1]
            if not blocks:
                continue
        before = {_title(b) for b in blocks if b.table is None} | (before if last in blocks else set())
        if blocks:
            last = blocks[-1] if blocks[-1].table is not None else None


def _title(block: Block) -> str:
    return CONTINUED.sub("", block.text).strip().lower()


def _append(first: Block, second: Block) -> bool:
    """Append the second table's rows, if its columns are the first's."""
    upper, lower = first.table, second.table
    if upper is None or lower is None:
        return False
    places = _places(upper, lower)
    if places is None:
        return False
    repeated = _repeated(upper, lower)
    if lower.header_rows and not repeated and upper.header_rows and _titled(lower):
        return False
    if upper.ruled and _rest_of_row(upper, [cell for cell in lower.cells if cell.row == repeated], places):
        repeated += 1
    shift = upper.rows - repeated
    for cell in lower.cells:
        if cell.row < repeated:
            continue
        cell.row += shift
        last = places[min(cell.column + cell.column_span, lower.columns) - 1]
        cell.column = places[cell.column]
        cell.column_span = last - cell.column + 1
        upper.cells.append(cell)
    upper.rows += lower.rows - repeated
    upper.cells.sort(key=lambda cell: (cell.row, cell.column))
    joined = table_block(upper, first.page)
    first.text, first.words = joined.text, joined.words
    first.pages.extend(page for page in second.pages if page not in first.pages)
    return True


def _rest_of_row(upper: Table, rest: list[Cell], places: list[int]) -> bool:
    """Put the rest of a row that the page break cut into the upper table's last row. Returns whether it was one."""
    last = {cell.column: cell for cell in upper.cells if cell.row + cell.row_span >= upper.rows}
    columns = [places[cell.column] for cell in rest]
    if not rest or not last or any(is_figure(cell.text) for cell in rest):
        return False
    unlabelled = 0 in last and 0 not in columns
    broken = len(rest) == 1 and (rest[0].text[0].islower() or rest[0].text[0] in "(&")
    if not unlabelled and not broken or any(column not in last for column in columns):
        return False
    for cell, column in zip(rest, columns, strict=True):
        whole = last[column]
        whole.text = join_text(whole.text, cell.text)
        whole.words.extend(cell.words)
    return True


def _places(upper: Table, lower: Table) -> list[int] | None:
    """For each column of the lower table, the upper one's that it continues; None where they do not agree."""
    above, below = _columns(upper), _columns(lower)
    if lower.columns > upper.columns or upper.ruled != lower.ruled:
        return None
    places: list[int] = []
    for span in below:
        if span is None:
            return None
        hit = [i for i, other in enumerate(above) if other is not None and _agree(span, other, upper.ruled)]
        if not hit or (places and hit[0] <= places[-1] and hit[-1] <= places[-1]):
            return None
        places.append(next(i for i in hit if not places or i > places[-1]))
    return places if len(places) == upper.columns or len(places) > 2 or upper.ruled else None


def _agree(a: tuple[float, float], b: tuple[float, float], ruled: bool) -> bool:
    if ruled:
        return abs(a[0] - b[0]) < NEAR and abs(a[1] - b[1]) < NEAR
    return min(a[1], b[1]) - max(a[0], b[0]) > 0 or abs(a[1] - b[1]) < NEAR


def _columns(table: Table) -> list[tuple[float, float] | None]:
    """Left and right of each column, by the cells that stand in it alone."""
    spans: list[tuple[float, float] | None] = [None] * table.columns
    for cell in table.cells:
        if cell.column_span > 1 or cell.box is None:
            continue
        known = spans[cell.column]
        x0, x1 = cell.box[0], cell.box[2]
        if known is None:
            spans[cell.column] = (x0, x1)
        elif table.ruled:
            spans[cell.column] = (max(known[0], x0), min(known[1], x1)) if x0 < known[1] and x1 > known[0] else known
        else:
            spans[cell.column] = (min(known[0], x0), max(known[1], x1))
    return spans


def _repeated(upper: Table, lower: Table) -> int:
    """How many first rows of the lower table repeat the upper's headings."""
    count = 0
    for row in range(min(max(upper.header_rows, 1), lower.rows)):
        above = [c.text for c in upper.cells if c.row == row]
        below = [c.text for c in lower.cells if c.row == row]
        if above != below:
            break
        count += 1
    return count if count == upper.header_rows or (upper.header_rows == 0 and count == 1) else 0


def _titled(table: Table) -> bool:
    """Whether its first row names its columns, as a table of its own does."""
    first: list[Cell] = [c for c in table.cells if c.row < table.header_rows]
    return len({c.column for c in first}) >= max(2, table.columns - 1)
