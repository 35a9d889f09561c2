"""Tables that go on over a page break: one table, its repeated headings dropped."""

from __future__ import annotations

import re

from pipeline.document import Block, Cell, Page, Table
from pipeline.layout.lines import gather_lines
from pipeline.layout.numbers import is_figure
from pipeline.layout.rows import box_of, overlap, runs_of
from pipeline.layout.tables import table_block
from pipeline.layout.words import join_text

NEAR = 8.0
"""Points by which a column may stand elsewhere on the next page."""
TITLE_BLOCKS = 4
"""Blocks between the two parts that may repeat the table's title."""
APART = 40.0
"""Points between a table and the box of its total at most."""
REST_BLOCKS = 8
"""Blocks at the head of a page that may be the rest of a cell."""
CONTINUED = re.compile(r"[\s(\[–-]*cont(?:inued|['’]?d)?\.{0,3}[)\]]?\s*$", re.IGNORECASE)
ENDING = 16
"""Characters that the word for it takes at most."""


def join_tables(pages: list[list[Block]], furniture: list[Page]) -> None:
    """Join tables across pages, in place; a title that comes back with them becomes furniture.

    A table whose first line of headings stands alone at the foot of the page before gets it back.
    """
    last: Block | None = None
    before: set[str] = set()
    above: list[Block] = []
    for page, blocks in zip(furniture, pages, strict=True):
        _join_totals(blocks)
        tables = (i for i, block in enumerate(blocks[:REST_BLOCKS]) if block.table is not None)
        at = next((i for i in tables if _title(blocks[i]) not in before), None)
        if last is not None and at is not None and _goes_on(last, blocks, at, before, page):
            del blocks[: at + 1]
            if not blocks:
                continue
        elif at == 0 and above and _take_heading(above[-1], blocks[0]):
            del above[-1]
        titles = {_title(block) for block in blocks if block.table is None or block.table.rows == 1}
        before = titles | (before if last in blocks else set())
        if blocks:
            last = blocks[-1] if blocks[-1].table is not None else None
            above = blocks


def _join_totals(blocks: list[Block]) -> None:
    """Give a ruled table the boxed total that stands below it, a little apart."""
    for at in range(len(blocks) - 1, 0, -1):
        upper, lower = blocks[at - 1].table, blocks[at].table
        if upper is None or lower is None or not (upper.ruled and lower.ruled and upper.header_rows):
            continue
        if lower.rows == 1 and not lower.header_rows and any(is_figure(cell.text) for cell in lower.cells) \
                and _distance(upper, lower) < APART and _append(blocks[at - 1], blocks[at]):
            del blocks[at]


def _distance(upper: Table, lower: Table) -> float:
    """Points of white between two tables of one page."""
    bottom = max(cell.box[3] for cell in upper.cells if cell.box is not None)
    return min(cell.box[1] for cell in lower.cells if cell.box is not None) - bottom


def _goes_on(last: Block, blocks: list[Block], at: int, before: set[str], page: Page) -> bool:
    """Append the table `blocks[at]` to `last`, if only its title, or the rest of a cell, stands above it."""
    ahead = blocks[:at]
    if _heads_next(blocks, at):
        return False
    if at < TITLE_BLOCKS and all(_title(block) in before for block in ahead):
        if not _append(last, blocks[at]):
            return False
        page.furniture.extend(block.text for block in ahead)
        return True
    table, lower = last.table, blocks[at].table
    cell = _cell_of(ahead, table) if table is not None and lower is not None and not lower.header_rows else None
    if cell is None or not _append(last, blocks[at]):
        return False
    for block in ahead:
        cell.text = join_text(cell.text, block.text)
        cell.words.extend(block.words)
    _refresh(last)
    return True


def _heads_next(blocks: list[Block], at: int) -> bool:
    """Whether a table is a box of one row that stands over a table with headings of its own."""
    box, below = blocks[at].table, blocks[at + 1].table if at + 1 < len(blocks) else None
    return box is not None and below is not None and box.rows == 1 and below.header_rows > 0


def _cell_of(ahead: list[Block], table: Table) -> Cell | None:
    """The cell of the last row in whose column all these blocks stand, where they are no labels of rows: in the first
    column they go on with the words of one that had no room."""
    spans = _columns(table)
    label = len(ahead) == 1 and (ahead[0].text[0].islower() or _had_no_room(ahead[0], table, spans[0]))
    words = [word for block in ahead for word in block.words]
    inside = [
        i for i, span in enumerate(spans)
        if (i or label) and span and all(span[0] - 2 < w.x0 and w.x1 < span[1] + 2 for w in words)
    ]
    last = [cell for cell in table.cells if cell.row == table.rows - 1 and cell.column in inside]
    return last[0] if len(inside) == len(last) == 1 and all(block.role != "heading" for block in ahead) else None


def _had_no_room(rest: Block, table: Table, column: tuple[float, float] | None) -> bool:
    """Whether the first word of a text would not have fitted behind the last row's label, under which it stands."""
    last = next((c for c in table.cells if c.row == table.rows - 1 and c.column == 0 and c.words), None)
    if last is None or column is None or not rest.words or abs(rest.words[0].x0 - last.words[0].x0) > 1.5:
        return False
    end, word = last.words[-1], rest.words[0]
    return end.bold == word.bold and end.x1 + 0.25 * end.size + word.x1 - word.x0 > column[1] + 1


def _refresh(block: Block) -> None:
    """Give a table's block the text and words that its cells now have."""
    assert block.table is not None
    joined = table_block(block.table, block.page)
    block.text, block.words = joined.text, joined.words


def _take_heading(line: Block, block: Block) -> bool:
    """Put a page's last line over the table that begins the next page, if it is the first line of its headings."""
    table = block.table
    if table is None or table.ruled or not line.words or line.table is not None:
        return False
    lines = gather_lines(line.words)
    runs = runs_of(lines[0])
    spans = [span for span in _columns(table) if span is not None]
    places = [[i for i, span in enumerate(spans) if overlap((run.x0, run.x1), span) > 0] for run in runs]
    taken = [own[0] for own in places if len(own) == 1]
    apart = len(taken) == len(runs) == len(set(taken)) and len(spans) == table.columns
    if len(lines) > 1 or not apart or len(runs) < max(3, table.columns - 1) or any(run.figure for run in runs):
        return False
    for cell in table.cells:
        cell.row += 1
    head = [
        Cell(" ".join(w.text for w in run.words), 0, column, page=line.page, box=box_of(run),
             bold=all(w.bold for w in run.words), words=run.words)
        for run, column in zip(runs, taken, strict=True)
    ]
    table.cells[:0] = head
    table.rows += 1
    table.header_rows += 1
    _refresh(block)
    block.pages = [page for page in (line.page, *block.pages) if page is not None]
    return True


def _title(block: Block) -> str:
    title = block.text.strip().lower()
    return CONTINUED.sub("", title).strip() if "cont" in title[-ENDING:] else title


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
    rest = [cell for cell in lower.cells if cell.row == repeated]
    if (upper.ruled or any(cell.text[0].islower() for cell in rest)) and _rest_of_row(upper, rest, places):
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
    _refresh(first)
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
    """How many first rows of the lower table repeat the upper's headings, or the last of them."""
    above, below = _texts(upper, max(upper.header_rows, 1)), _texts(lower, min(max(upper.header_rows, 1), lower.rows))
    if above == below:
        return len(below)
    own = lower.header_rows
    return own if 1 < own < len(above) and above[-own:] == below[:own] else 0


def _texts(table: Table, rows: int) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(rows)]


def _titled(table: Table) -> bool:
    """Whether its first row names its columns, as a table of its own does."""
    first: list[Cell] = [c for c in table.cells if c.row < table.header_rows]
    return len({c.column for c in first}) >= max(2, table.columns - 1)
