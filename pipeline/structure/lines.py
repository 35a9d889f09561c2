"""A document as lines: a block is a line, and so is each cell of a table. Headers are read off lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document import Block, Document, Word


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or table cell; `row` and `column` are set for cells only."""

    text: str
    start: int
    block: int
    page: int | None
    heading: bool = False
    bold: bool = False
    size: float = 0.0
    style: str = ""
    row: int | None = None
    column: int | None = None
    indent: float = 0.0
    words: tuple[Word, ...] = ()

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)


def lines_of(blocks: Sequence[Block], first: int = 0, last: int | None = None) -> Iterator[Line]:
    """The lines of the blocks from `first` up to `last`."""
    for index, block in enumerate(blocks[first:last], first):
        if block.table is None:
            words = tuple(word for word in block.words if word.start >= 0)
            yield Line(block.text, block.start, index, block.page, block.role == "heading", block.bold,
                       block.size, block.style, indent=block.indent, words=words)
            continue
        for cell in block.table.cells:
            if cell.text.strip():
                yield Line(cell.text, cell.start, index, block.page, False, cell.bold, block.size,
                           block.style, cell.row, cell.column)


def head_lines(document: Document, limit: int = 60) -> list[Line]:
    """The first lines of a document, from which its kind, body and date are told (a page or so).

    A heading whose lines were broken on purpose (the next word would have fitted) is given line by line:
    "BOROUGH OF NETHERFIELD / LICENSING PANEL" names a council and its panel, not one thing.
    """
    margins = _margins(document)
    head: list[Line] = []
    for line in lines_of(document.blocks, 0, limit):
        if len(head) >= limit:
            break
        head += _as_printed(document.blocks[line.block], line, margins) if line.heading else [line]
    return head


def _margins(document: Document) -> tuple[float, float]:
    """Where the words of the first pages begin and end, in points from the left."""
    words = [word for page in document.pages[:3] for word in page.words]
    return min((w.x0 for w in words), default=0.0), max((w.x1 for w in words), default=0.0)


def _as_printed(block: Block, line: Line, margins: tuple[float, float]) -> list[Line]:
    rows: list[list[Word]] = []
    for word in block.words:
        if word.start < 0:
            continue
        if rows and abs(word.top - rows[-1][-1].top) < max(word.size, 4) * 0.6:
            rows[-1].append(word)
        else:
            rows.append([word])
    cuts = [
        below[0].start - block.start
        for above, below in pairwise(rows)
        if above[-1].x1 - above[0].x0 + (below[0].x1 - below[0].x0) + 4 < 0.97 * (margins[1] - margins[0])
    ]
    ends = [*cuts, len(line.text)]
    return [
        replace(line, text=line.text[a:b].strip(), start=line.start + a,
                words=tuple(w for w in line.words if a <= w.start - line.start < b))
        for a, b in zip([0, *cuts], ends, strict=True)
        if line.text[a:b].strip()
    ]


def is_capitals(text: str) -> bool:
    """Whether a text is set in capitals: four letters or more, none of them small."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and not any(c.islower() for c in letters)


def bold_prefix(block: Block) -> str:
    """The words at a block's start that are bold, where the rest is not; empty where there is no such split."""
    if block.bold or not block.words or not block.words[0].bold:
        return ""
    end = 0
    for word in block.words:
        if not word.bold:
            return block.text[:end].rstrip()
        if word.end >= 0:
            end = word.end - block.start
    return ""
