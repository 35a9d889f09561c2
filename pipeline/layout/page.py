"""One page: its lines and ruled grids into blocks in reading order."""

from __future__ import annotations

from pipeline.document import Block, Page, Word
from pipeline.layout.lines import Line, gather_lines
from pipeline.layout.paragraphs import Setting, gather_paragraphs, make_block, setting_of
from pipeline.layout.ruled import Grid, find_grids, take_words
from pipeline.layout.tables import build_table


def lay_out_page(page: Page, lines: list[Line], size: float) -> list[Block]:
    """Blocks of a page from its lines (running heads gone); `size` is the document's body size."""
    words = [word for line in lines for word in line.words]
    tables: list[tuple[float, Block]] = []
    for grid in find_grids(page):
        rest = take_words(grid, words)
        if len(rest) == len(words) or _is_box(grid):
            continue
        block = build_table(grid, page.number)
        if block is not None and block.table is not None and block.table.columns > 1:
            tables.append((grid.box[1], block))
            words = rest
    return _interleave(page, _remaining(lines, words), tables, size)


def _is_box(grid: Grid) -> bool:
    """A frame round text: all its words stand in one column."""
    return len({slot.column for slot in grid.slots if slot.words}) < 2


def _remaining(lines: list[Line], words: list[Word]) -> list[Line]:
    if sum(len(line.words) for line in lines) == len(words):
        return lines
    return gather_lines(words)


def _interleave(page: Page, lines: list[Line], tables: list[tuple[float, Block]], size: float) -> list[Block]:
    setting = setting_of(lines, size)
    blocks: list[Block] = []
    at = 0
    for top, table in sorted(tables, key=lambda t: t[0]):
        end = next((i for i in range(at, len(lines)) if lines[i].top + lines[i].bottom > 2 * top), len(lines))
        blocks.extend(_prose(page, lines[at:end], setting))
        blocks.append(table)
        at = end
    blocks.extend(_prose(page, lines[at:], setting))
    return blocks


def _prose(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    return [make_block(p, page.number, setting) for p in gather_paragraphs(lines, setting)]
