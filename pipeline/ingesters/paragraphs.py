"""Blocks of flowing formats: which text opens with a label, and how a table's source cells become blocks.

HTML, Word and plain text differ in how they say "paragraph" and "cell"; what they make of them is the same
and is here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.document import Block, Cell, Table
from pipeline.ingesters.characters import tidy
from pipeline.labels import Label, follows, split_label

LAYOUT_CELL = 600
"""Characters beyond which a cell of a table without rules holds a part of a page, not a datum."""
UNFINISHED = re.compile(
    r"\b(?:the|a|an|of|in|for|with|by|at|on|from|into|between|their|its|his|her|our|this|these|those|whether|which|was"
    r"|were|been)$",
    re.IGNORECASE,
)
UNFINISHED_FROM = 50
NUMERIC = re.compile(r"[-–(+]?\s*£?\s*[-–]?\d[\d,]*(?:\.\d+)?\s*(?:%|m|k|bn|M|K)?\s*\)?[*†¹²³]*")


@dataclass(slots=True)
class SourceCell:
    """A cell as the source has it: its place, and the blocks that it holds."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    blocks: list[Block] = field(default_factory=list)
    heading: bool = False

    @property
    def text(self) -> str:
        """Its text on one line."""
        return tidy(" ".join(block.text for block in self.blocks))


def mark_labels(blocks: list[Block]) -> None:
    """Set `label` and `body_offset` of the blocks that open with a printed label.

    A label that may be something else (an initial, a footnote's star) counts where a neighbour continues it.
    A label alone on its line is no list item: it may be the number of the heading that comes next.
    """
    found = [split_label(block.text) if block.table is None else (None, 0) for block in blocks]
    for at, (block, (label, offset)) in enumerate(zip(blocks, found, strict=True)):
        if label is None or block.label is not None or offset >= len(block.text):
            continue
        before = found[at - 1][0] if at else None
        after = found[at + 1][0] if at + 1 < len(found) else None
        if label.sure or (before and follows(before, label)) or (after and follows(label, after)):
            set_label(block, label, offset)


def heal(blocks: list[Block]) -> list[Block]:
    """Join paragraphs that a page break of the original cut in the middle of a sentence.

    Only where the first part ends with a word that cannot end one and the second goes on in lower case:
    clauses without labels also begin in lower case, after "that", "to" or "and".
    """
    healed: list[Block] = []
    for block in blocks:
        before = healed[-1] if healed else None
        if (
            before is not None
            and before.role in ("paragraph", "list_item")
            and block.role == "paragraph"
            and block.label is None
            and block.style == before.style
            and len(before.text) >= UNFINISHED_FROM
            and UNFINISHED.search(before.text)
            and block.text[:1].islower()
        ):
            before.text = f"{before.text} {block.text}"
        else:
            healed.append(block)
    return healed


def set_label(block: Block, label: Label, offset: int) -> None:
    """Give a block its label; what was a plain paragraph becomes a list item, unless it is numbered like 7.1."""
    block.label, block.body_offset = label.printed, offset
    if block.role == "paragraph" and label.kinds != ("nested",):
        block.role = "list_item"


def prefix(block: Block, printed: str, *, both: bool = False) -> Block:
    """Put a label before a block's text, as the reader of the page sees it.

    A label that the text has already wins (pages carry a list's numbers twice), unless the source prints
    `both`, as Word does for a number typed into a numbered paragraph.
    """
    own, offset = split_label(block.text)
    label, _ = split_label(printed, bare=True)
    bullet = label is not None and label.bullet
    if own is not None and own.sure and offset < len(block.text) and (bullet or not both):
        set_label(block, own, offset)
        return block
    block.text = f"{printed} {block.text}"
    block.label, block.body_offset = printed, len(printed) + 1
    if block.role == "paragraph" and not (label and label.kinds == ("nested",)):
        block.role = "list_item"
    return block


def arrange(cells: list[SourceCell], *, ruled: bool | None, header_rows: int = 0) -> list[Block]:
    """The blocks of a source table: one table block, or what it holds where the table only places it.

    `ruled` tells whether it is drawn with borders; None where the source does not say. A table places text,
    and is no table of data, where one column holds everything, where its first column holds nothing but
    labels, or where without rules its cells hold other tables or long passages.
    """
    filled = _unstacked([cell for cell in cells if cell.text])
    columns = {cell.column for cell in filled}
    if len(columns) <= 1:
        return [block for cell in filled for block in cell.blocks]
    if _numbers_text(filled, ruled):
        return list(_numbered_rows(filled))
    nested = any(block.table for cell in filled for block in cell.blocks)
    passages = any(len(cell.text) > LAYOUT_CELL and len(cell.blocks) > 1 for cell in filled)
    heading = any(cell.heading for cell in filled)
    if passages and _mostly_numbers(filled, min(columns)):
        return [block for cell in filled for block in cell.blocks]
    if not heading and ruled is not True and (nested or passages):
        return [block for cell in filled for block in cell.blocks]
    return [table_block(filled, header_rows=header_rows, ruled=ruled is not False)]


def _unstacked(filled: list[SourceCell]) -> list[SourceCell]:
    """The cells of a form, a row that holds a stack of labels beside a stack of as many values put into rows."""
    rows: dict[int, list[SourceCell]] = {}
    for cell in filled:
        rows.setdefault(cell.row, []).append(cell)
    if not any(len(own) == 2 and _is_stack(*own) for own in rows.values()):
        return filled
    apart: list[SourceCell] = []
    shift = 0
    for row in sorted(rows):
        own = rows[row]
        depth = len(own[0].blocks) if len(own) == 2 and _is_stack(*own) else 1
        for cell in own:
            parts = [[block] for block in cell.blocks] if depth > 1 else [cell.blocks]
            apart += [replace(cell, row=row + shift + at, blocks=part) for at, part in enumerate(parts)]
        shift += depth - 1
    return apart


def _is_stack(labels: SourceCell, values: SourceCell) -> bool:
    """Whether a cell holds nothing but labels, and the one beside it as many paragraphs."""
    return (
        labels.row_span == values.row_span == 1 and 1 < len(labels.blocks) == len(values.blocks)
        and all(block.text.endswith(":") for block in labels.blocks)
        and not any(block.text.endswith(":") or block.table for block in values.blocks)
    )


def _numbers_text(filled: list[SourceCell], ruled: bool | None) -> bool:
    """Whether the first of two columns holds only labels: a list drawn as a table, or a run of agenda items."""
    columns = sorted({cell.column for cell in filled})
    if len(columns) != 2 or any(cell.heading for cell in filled):
        return False
    labels = [split_label(cell.text, bare=ruled is False) for cell in filled if cell.column == columns[0]]
    alone = [cell.text for cell in filled if cell.column == columns[0]]
    return all(label and offset == len(text) for (label, offset), text in zip(labels, alone, strict=True))


def _mostly_numbers(filled: list[SourceCell], column: int) -> bool:
    """Whether a column is that of item numbers, as in minutes that are one long table."""
    cells = [cell.text for cell in filled if cell.column == column]
    numbers = [text for text in cells if split_label(text, bare=True)[1] == len(text)]
    return len(numbers) * 2 > len(cells)


def _numbered_rows(filled: list[SourceCell]) -> Iterable[Block]:
    first = min(cell.column for cell in filled)
    pending = ""
    for cell in sorted(filled, key=lambda cell: (cell.row, cell.column)):
        if cell.column == first:
            if pending:
                yield Block("paragraph", pending)
            pending = cell.text
            continue
        for block in cell.blocks:
            if pending and block.table is None:
                block, pending = prefix(block, pending), ""
            yield block
    if pending:
        yield Block("paragraph", pending)


def table_block(cells: list[SourceCell], *, header_rows: int = 0, ruled: bool = True) -> Block:
    """A table block of the cells that hold text; rows and columns in which none begins are left out.

    Without `header_rows`, rows at the top whose every cell is bold are taken for headings, or a first row of
    words over columns of numbers.
    """
    cells = sorted((cell for cell in cells if cell.text), key=lambda cell: (cell.row, cell.column))
    rows_kept = sorted({cell.row for cell in cells})
    columns_kept = sorted({cell.column for cell in cells})
    rows = {row: at for at, row in enumerate(rows_kept)}
    columns = {column: at for at, column in enumerate(columns_kept)}
    placed = [
        Cell(
            cell.text,
            rows[cell.row],
            columns[cell.column],
            bisect_left(rows_kept, cell.row + cell.row_span) - rows[cell.row],
            bisect_left(columns_kept, cell.column + cell.column_span) - columns[cell.column],
            bold=cell.heading or all(block.bold for block in cell.blocks),
        )
        for cell in cells
    ]
    kept = sum(row < header_rows for row in rows)
    headings = kept or _bold_rows(placed, len(rows)) or _row_over_numbers(placed)
    table = Table(placed, len(rows), len(columns), header_rows=headings, ruled=ruled)
    lines = [[""] * len(columns) for _ in rows]
    for cell in placed:
        lines[cell.row][cell.column] = cell.text
    text = "\n".join("\t".join(line).rstrip("\t") for line in lines)
    return Block("table", text, table=table)


def _row_over_numbers(cells: list[Cell]) -> int:
    first = [cell for cell in cells if cell.row == 0 and cell.column > 0]
    below = [cell for cell in cells if cell.row > 0 and cell.column > 0]
    if not first or any(NUMERIC.fullmatch(cell.text) for cell in first):
        return 0
    return int(0 < len(below) <= 2 * sum(bool(NUMERIC.fullmatch(cell.text)) for cell in below))


def _bold_rows(cells: list[Cell], rows: int) -> int:
    leading = min((cell.row for cell in cells if not cell.bold), default=rows)
    return leading if leading < rows else 0

