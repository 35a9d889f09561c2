"""One page: its lines and ruled grids into blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Block, Box, Page, Word
from pipeline.layout.aligned import find_aligned
from pipeline.layout.banded import find_banded
from pipeline.layout.beside import halves
from pipeline.layout.boxes import Use, rows_of, use_of, with_label
from pipeline.layout.columns import in_columns
from pipeline.layout.forms import find_forms, form_blocks, unstack
from pipeline.layout.lines import Body, Line, gather_lines, line_pitch, lines_of
from pipeline.layout.numbers import is_entry, is_figure
from pipeline.layout.paragraphs import Setting, gather_paragraphs, make_block, setting_of
from pipeline.layout.refine import refine
from pipeline.layout.rows import runs_of
from pipeline.layout.ruled import Grid, Slot, find_grids, take_words
from pipeline.layout.slight import are_underlined, may_be_slight
from pipeline.layout.tables import build_table
from pipeline.layout.worded import find_worded

RULES_AGREE = 4.0
"""Points by which a vertical rule may stand elsewhere on the next page."""
CELL_PADDING = 5.0
"""Points between a cell's rule and its text."""


@dataclass(slots=True)
class Placed:
    """Blocks that stand together from `top` to `bottom`."""

    top: float
    bottom: float
    blocks: list[Block]


@dataclass(slots=True)
class Ending:
    """The ruled grid that a page ends with: the next page's first, if ruled alike, goes on with it. `rows_alone`: it
    rules only its rows."""

    bounds: list[float] = field(default_factory=list)
    use: Use = "frame"
    rows_alone: bool = False

    def goes_on_in(self, grid: Grid) -> bool:
        """Whether the grid has the same vertical rules."""
        return not self.rows_alone and len(self.bounds) > 2 and len(self.bounds) == len(grid.bounds) and all(
            abs(a - b) < RULES_AGREE for a, b in zip(self.bounds, grid.bounds, strict=True)
        )


def lay_out_page(page: Page, lines: list[Line], body: Body, before: Ending) -> tuple[list[Block], Ending]:
    """Blocks of a page from its lines (running heads gone), and what it ends with.

    `body` is how the document is set, `before` what the page before ended with.
    """
    words = [word for line in lines for word in line.words]
    placed: list[Placed] = []
    ending = Ending()
    grids, boxes = find_grids(page)
    for grid in grids:
        rest = take_words(grid, words)
        if len(rest) == len(words):
            continue
        use = _use(grid, _outside(rest, grid, grids), before if not placed else Ending())
        if use == "table":
            block = build_table(refine(unstack(grid, body)), page.number)
            blocks = [block] if block else []
        elif use == "prose":
            blocks = _prose_rows(page, grid, body)
        else:
            continue
        placed.append(Placed(grid.box[1], grid.box[3], blocks))
        words = rest
        ending = Ending(grid.bounds, use)
    for grid in find_banded(page, words, lines, before.bounds if before.rows_alone and not placed else ()):
        held = {id(word) for slot in grid.slots for word in slot.words}
        rest = [word for word in words if id(word) not in held]
        if use_of(grid, rest) != "partial":
            block = build_table(refine(grid), page.number)
            placed.append(Placed(grid.box[1], grid.box[3], [block] if block else []))
            words = rest
            ending = Ending(grid.bounds, "table", rows_alone=True)
    for box in boxes:
        blocks, words = _box_beside_others(page, box, words, body)
        if blocks:
            placed.append(Placed(box[1], box[3], blocks))
    if placed:
        placed.sort(key=lambda p: p.top)
        lines = lines_of(words, lines)
        if any(line.top > placed[-1].top for line in lines):
            ending = Ending()
    return _interleave(page, lines, placed, body), ending


def _outside(words: list[Word], grid: Grid, grids: list[Grid]) -> list[Word]:
    """The words that stand in no other ruled table beside this one."""
    beside = [
        other.box for other in grids
        if other is not grid and min(other.rows, other.columns) > 1
        and other.box[1] < grid.box[3] and other.box[3] > grid.box[1]
    ]
    if not beside:
        return words
    return [w for w in words if not any(x0 <= w.x0 < x1 and top <= w.top < bottom for x0, top, x1, bottom in beside)]


def _use(grid: Grid, outside: list[Word], before: Ending) -> Use:
    use = use_of(grid, outside)
    if use != "partial" and before.goes_on_in(grid):
        return before.use
    if use == "table" and _one_row(grid) and _goes_on(grid, outside):
        return "partial"
    return use


def _one_row(grid: Grid) -> bool:
    return len({slot.row for slot in grid.slots if slot.words}) == 1


def _goes_on(grid: Grid, outside: list[Word]) -> bool:
    """A boxed total: the rows above or below it, unruled, have figures in the same columns."""
    inside = [run for slot in grid.slots if slot.words for line in slot.lines for run in runs_of(line)]
    figures = [run for run in inside if run.figure]
    height = grid.box[3] - grid.box[1]
    near = [w for w in outside if grid.box[1] - 2 * height < w.bottom and w.top < grid.box[3] + 2 * height]
    beyond = [run for line in gather_lines(near) if len(runs_of(line)) > 1 for run in runs_of(line) if run.figure]
    return any(abs(a.x1 - b.x1) < 6 for a in figures for b in beyond)


def _box_beside_others(page: Page, box: Box, words: list[Word], body: Body) -> tuple[list[Block], list[Word]]:
    """The text of a box that has other text to its left or right, and the words left; no blocks for other boxes."""
    x0, top, x1, bottom = box
    level = [w for w in words if top <= (w.top + w.bottom) / 2 < bottom]
    inside = [w for w in level if x0 <= (w.x0 + w.x1) / 2 < x1]
    if not inside or len(inside) == len(level):
        return [], words
    held = {id(word) for word in inside}
    if all(is_entry(w.text) for w in inside) and any(is_figure(w.text) for w in level if id(w) not in held):
        return [], words  # a shaded column of figures is no box of text
    lines = gather_lines(inside)
    blocks = _paragraphs(page, lines, _cell_setting(Slot(0, 0, 1, 1, box), lines, body))
    return blocks, [word for word in words if id(word) not in held]


def _prose_rows(page: Page, grid: Grid, body: Body) -> list[Block]:
    """A grid of paragraphs: cells one after the other, a short label before the text beside it."""
    blocks: list[Block] = []
    for row in rows_of(grid):
        for index, slot in enumerate(row):
            if index + 1 < len(row) and _is_label(slot):
                continue
            lines = slot.lines
            if index and _is_label(row[index - 1]):
                lines = with_label(row[index - 1], lines)
            blocks.extend(_running(page, lines, _cell_setting(slot, lines, body)))
    return blocks


def _is_label(slot: Slot) -> bool:
    text = " ".join(word.text for word in slot.words)
    return len(slot.words) <= 2 and len(text) <= 8 and any(c.isdigit() for c in text)


def _cell_setting(slot: Slot, lines: list[Line], body: Body) -> Setting:
    right = max(slot.box[2] - CELL_PADDING, max(line.x1 for line in lines))
    return Setting(slot.box[0] + CELL_PADDING, right, line_pitch(lines, body.size), body)


def _interleave(page: Page, lines: list[Line], placed: list[Placed], body: Body) -> list[Block]:
    setting = setting_of(lines, body)
    blocks: list[Block] = []
    at = 0
    for region in placed:
        end = next((i for i in range(at, len(lines)) if lines[i].top + lines[i].bottom > 2 * region.top), len(lines))
        blocks.extend(_columns(page, lines[at:end], setting))
        blocks.extend(region.blocks)
        at = end
    blocks.extend(_columns(page, lines[at:], setting))
    return blocks


def _columns(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    """Text of one column is measured with the page's; columns side by side each by themselves."""
    runs = in_columns(lines)
    if len(runs) == 1:
        return _running(page, lines, setting)
    return [block for run in runs for block in _running(page, run, setting_of(run, setting.body))]


def _running(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    """Text and the unruled tables in it."""
    blocks: list[Block] = []
    at = 0
    for table in find_aligned(lines, page.edges):
        blocks.extend(_paragraphs(page, lines[at:table.first], setting))
        built = (build_table(grid, page.number) for grid in halves(table.grid))
        blocks.extend(block for block in built if block is not None)
        at = table.last
    blocks.extend(_paragraphs(page, lines[at:], setting))
    return blocks


def _paragraphs(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    """Text, and the tables of words in it."""
    blocks: list[Block] = []
    at = 0
    for table in find_worded(lines):
        blocks.extend(_forms(page, lines[at:table.first], setting))
        built = build_table(table.grid, page.number)
        blocks.extend([built] if built else [])
        at = table.last
    blocks.extend(_forms(page, lines[at:], setting))
    return blocks


def _forms(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    """Text, and the forms of label and value in it."""
    blocks: list[Block] = []
    at = 0
    for form in find_forms(lines, setting):
        blocks.extend(_plain(page, lines[at:form.first], setting))
        blocks.extend(form_blocks(form, page.number, setting))
        at = form.last
    blocks.extend(_plain(page, lines[at:], setting))
    return blocks


def _plain(page: Page, lines: list[Line], setting: Setting) -> list[Block]:
    """Paragraphs, a line under a few words told as italics are."""
    blocks = [make_block(p, page.number, setting) for p in gather_paragraphs(lines, setting)]
    for block in blocks:
        if page.edges and block.role == "paragraph" and may_be_slight(block.text):
            block.italic = block.italic or are_underlined(block.words, [e for e in page.edges if e.top == e.bottom])
    return blocks
