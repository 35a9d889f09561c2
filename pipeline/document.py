"""What we read: a document's words, its blocks in reading order, and the outline of its business.

Three states of one thing. An ingester gives a `Document` whose pages hold words with boxes and ruled lines
(or, for formats without pages, whose `blocks` already follow each other). Layout gives every document blocks
in reading order and one text with offsets. Structure reads an `Outline` off it. Offsets always count
characters of `Document.text`; lengths are points (1/72 inch) from a page's top left.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Literal

from pipeline.bookkeeping import Problem
from pipeline.records import Attendance, DocumentKind, PartKind, identify

Role = Literal["heading", "paragraph", "list_item", "table", "furniture"]
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""
TYPED = "typed"
"""Style of a block of plain text set with spaces: its words have places by which layout finds columns."""


@dataclass(slots=True)
class Word:
    """A word as it stands on a page. `start`/`end` are set by layout."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class Edge:
    """A ruled line: horizontal where top equals bottom, vertical where x0 equals x1."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    """A page. `number` is None for formats without pages."""

    number: int | None
    width: float | None = None
    height: float | None = None
    words: list[Word] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    method: Literal["text", "ocr"] = "text"
    turn: int = 0
    """Degrees clockwise by which the page was turned to be read; size and boxes are those of the turned page."""
    skew: float = 0.0
    """Degrees by which the lines of a scan fall to the right; words stand where they would if it were straight."""
    text: str = ""
    start: int = 0
    furniture: list[str] = field(default_factory=list)
    """Running heads and feet that layout took out of the text."""


@dataclass(slots=True)
class Cell:
    """A cell of a table; row and column count from 0 in the whole table, across its pages."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    bold: bool = False
    start: int = -1
    end: int = -1
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table; `cells` in reading order, empty cells left out. `header_rows` are its first rows."""

    cells: list[Cell]
    rows: int
    columns: int
    header_rows: int = 0
    ruled: bool = True

    def grid(self) -> list[list[Cell | None]]:
        """Cells by row and column; a spanning cell stands in every place that it covers."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for c in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    grid[r][c] = cell
        return grid


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or table, in reading order.

    `text` is one line (a table: a line per row, cells separated by tabs) and includes the printed `label` of
    a list item or numbered paragraph; `body` leaves the label out. `style` is the source's own word for it
    (an HTML class, a Word style), never interpreted by ingesters.
    """

    role: Role
    text: str
    page: int | None = None
    start: int = -1
    end: int = -1
    label: str | None = None
    body_offset: int = 0
    level: int = 0
    indent: float = 0.0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    """Whether all of it is in italics or underlined, which sets a slight heading apart."""
    style: str = ""
    table: Table | None = None
    words: list[Word] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    """Every page that it touches, where it goes on over a page break."""

    @property
    def body(self) -> str:
        """Its text without the label."""
        return self.text[self.body_offset:]

    @property
    def body_start(self) -> int:
        """Offset of `body` in the document's text."""
        return self.start + self.body_offset


@lru_cache(maxsize=16)
def _document_id(sha256: str) -> str:
    """Kept, since each record of a document asks for it."""
    return identify("doc", sha256)


@dataclass(slots=True)
class Document:
    """A file that was read."""

    sha256: str
    path: str
    media_type: str
    pages: list[Page] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    """Title that the file's own metadata give, which is often wrong."""
    source_url: str | None = None
    links: list[str] = field(default_factory=list)
    """Addresses that the file points at; they can tell whose site it comes from."""
    problems: list[Problem] = field(default_factory=list)
    text: str = ""

    @property
    def document_id(self) -> str:
        """Stable id, derived from the bytes."""
        return _document_id(self.sha256)

    @property
    def paged(self) -> bool:
        """Whether the format has pages."""
        return bool(self.pages) and self.pages[0].number is not None

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands; None for formats without pages.

        Of a paragraph that a page break cuts it is the page on which it begins.
        """
        if not self.paged:
            return None
        block = self.blocks[self.block_at(offset)] if self.blocks else None
        if block is not None and block.table is not None and len(block.pages) > 1:
            cells = block.table.cells
            return cells[max(bisect_right(cells, offset, key=lambda cell: cell.start) - 1, 0)].page
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(at, 0)].number

    def block_at(self, offset: int) -> int:
        """Index of the last block that starts at or before `offset` (0 where none does)."""
        return max(bisect_right(self.blocks, offset, key=lambda block: block.start) - 1, 0)


@dataclass(slots=True)
class Item:
    """An agenda item: its heading's words, and the blocks from `first` up to but not including `last`."""

    number: str | None
    title: str
    start: int
    """Offset of the heading (number or title, whichever is first)."""
    end: int
    """Offset after the heading."""
    first: int
    last: int
    reference: str | None = None
    truncated: bool = False
    rule: str = "item"
    confidence: float = 1.0
    report: tuple[int, int] | None = None
    """Blocks (first, up to) of its report, where a pack binds it in behind the agenda."""


@dataclass(slots=True)
class Section:
    """A headed part of a document ("Recommendations", "Minutes:"): blocks from `first` up to `last`.

    `first` is the block after the heading. `item` is the index of the agenda item that holds it.
    """

    heading: str
    first: int
    last: int
    level: int = 0
    item: int | None = None
    number: str | None = None


@dataclass(slots=True)
class Part:
    """A document bound into this one: blocks from `first` up to `last`. `item` is the index of its agenda item."""

    kind: PartKind
    title: str | None
    first: int
    last: int
    item: int | None = None
    body: str | None = None
    held_on: date | None = None
    """Of bound-in minutes: which body met, and when."""
    rule: str = "part"
    confidence: float = 1.0


@dataclass(slots=True)
class Outline:
    """What a document is about: its header, its items of business, its headed sections."""

    document: Document
    kind: DocumentKind = "other"
    title: str | None = None
    reference: str | None = None
    council: str | None = None
    """The authority's name as printed, where structure is sure of it."""
    body: str | None = None
    held_on: date | None = None
    starts_at: time | None = None
    venue: str | None = None
    published_on: date | None = None
    items: list[Item] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    """Of a pack: its front sheet and what is bound in behind it."""
    draft: bool = False
    """Whether it says that it is a draft, or still to be confirmed."""

    @property
    def document_id(self) -> str:
        """The document's id."""
        return self.document.document_id

    def item_index_at(self, offset: int) -> int | None:
        """Index in `items` of the item that holds the character at `offset`."""
        at = bisect_right(self.items, offset, key=lambda item: item.start) - 1
        if at < 0:
            return None
        item = self.items[at]
        block = self.document.block_at(offset)
        bound = (i for i, one in enumerate(self.items) if one.report and one.report[0] <= block < one.report[1])
        if (report := next(bound, None)) is not None:
            return report
        return at if item.first <= block < max(item.last, item.first + 1) or offset < item.end else None

    def item_id(self, index: int | None) -> str | None:
        """The id of the record of the item at `index`."""
        if index is None:
            return None
        item = self.items[index]
        return identify("item", self.document_id, item.start, item.number, item.title)

    def item_id_at(self, offset: int) -> str | None:
        """The id of the item that holds the character at `offset`."""
        return self.item_id(self.item_index_at(offset))

    def part_at(self, block: int) -> Part | None:
        """The part of a pack that holds the block with that index."""
        return next((part for part in self.parts if part.first <= block < part.last), None)
