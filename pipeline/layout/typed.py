"""Tables that were typed with spaces: the words that an ingester placed, read as an unruled table of a page is."""

from __future__ import annotations

from pipeline.document import TYPED, Block
from pipeline.layout.aligned import find_aligned
from pipeline.layout.lines import Line, gather_lines
from pipeline.layout.tables import build_table


def set_typed(blocks: list[Block]) -> list[Block]:
    """The blocks, those of typed lines become tables, and paragraphs where lines are no table."""
    return [part for block in blocks for part in (_parts(block) if block.style == TYPED else [block])]


def _parts(block: Block) -> list[Block]:
    lines = gather_lines(block.words)
    parts: list[Block] = []
    at = 0
    for found in find_aligned(lines):
        parts += [_paragraph(line) for line in lines[at:found.first]]
        table = build_table(found.grid, None)
        parts += [_unplaced(table)] if table else []
        at = found.last
    return parts + [_paragraph(line) for line in lines[at:]]


def _paragraph(line: Line) -> Block:
    return Block("paragraph", line.text)


def _unplaced(block: Block) -> Block:
    """The table without the places that its words were given: it stands on no page."""
    assert block.table is not None
    for cell in block.table.cells:
        cell.box, cell.words, cell.bold = None, [], False
    block.words, block.size, block.indent = [], 0.0, 0.0
    return block
