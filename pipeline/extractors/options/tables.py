"""Alternatives in tables: rows that set options out, and rows that only comment on options set out elsewhere."""

from __future__ import annotations

import re

from pipeline.document import Block, Cell
from pipeline.extractors.options.alternatives import BARE, SEPARATOR, WORDS, Alternative, take
from pipeline.extractors.options.wording import LabelFound, compiled, heading_status, is_none, labels_in, mark_of
from pipeline.records import OptionStatus

REMARKED = re.compile(
    r"^\(?(?P<mark>\d{1,2}|[A-Z])[.):]?\s+(?P<remark>\((?:preferred|recommended|rejected|discounted)[^)]*\))$", re.I
)
LEADING = re.compile(r"^\(?(?P<mark>\d{1,2}|[A-Z])\s?[.):–—-]\s*(?P<rest>[^\W\d].{2,})$")
"""A cell of the column of options that holds mark and words: "A - no increase", "1. No transfer"."""
COUNTED = re.compile(r"^(?P<mark>\d{1,2})\s+(?P<rest>[A-Z].{2,})$")
"""The same without a stop ("3 Lease"), where the number is that of the row."""
HEADS = re.compile(r"\b(?:options?|alternatives?|models?|scenarios?)\b", re.I)


def read_table(index: int, block: Block) -> tuple[list[Alternative], dict[str, str]]:
    """The alternatives that a table sets out, and its comments by mark; both empty for any other table."""
    table = block.table
    if table is None or table.columns < 2 or table.rows < 2:
        return [], {}
    grid = table.grid()
    head = [cell.text if cell else "" for cell in grid[0]]
    across = [labels_in(text) for text in head]
    if sum(bool(found) for found in across) >= 2:
        return _columns(grid, across, index), {}
    if not any(HEADS.search(text) for text in head):
        return [], {}
    found: list[Alternative] = []
    comments: dict[str, str] = {}
    for row in grid[1:]:
        label, words, notes = _row(head, row)
        if words is None:
            if label is not None and (WORDS.search(notes) or not notes):
                comments[label.mark] = notes  # figures alone say nothing of how it fared
            continue
        opens = next((cell.start for cell in row if cell and cell.start < words.start <= cell.end), None)
        taken = take(words.text, words.start, label, "options.table", index, opens)
        if taken is not None and not is_none(taken.text) and (label is not None or HEADS.search(head[words.column])):
            taken.reasons += [notes] if notes else []
            found.append(taken)
    return found, comments


def in_form(index: int, block: Block) -> tuple[OptionStatus, list[Alternative]] | None:
    """The labelled alternatives in the rows of a form under a row that heads them, up to the next part of the form."""
    if block.table is None:
        return None
    status: OptionStatus | None = None
    found: list[Alternative] = []
    for row in block.table.grid():
        cells = [cell for cell in row if cell is not None]
        headed = next((told for cell in cells if (told := heading_status(cell.text))), None)
        if headed is not None:
            status = headed[0]
        elif status is not None and cells and row[0] is not None:
            break  # the next part of the form
        elif status is not None:
            for cell in cells:
                labels = labels_in(cell.text)
                if labels and labels[0].start == 0:
                    label = labels[0]
                    at = cell.start + label.end
                    taken = take(cell.text[label.end :], at, label, "options.table", index, cell.start)
                    found += [taken] if taken is not None else []
    return (status, found) if status is not None and found else None


def _columns(grid: list[list[Cell | None]], across: list[list[LabelFound]], index: int) -> list[Alternative]:
    """Options side by side: a label heads each column, its words behind it or in the row below, then reasons."""
    found: list[Alternative] = []
    for column, labels in enumerate(across):
        heading, below = grid[0][column], [cell for row in grid[1:] if (cell := row[column]) is not None]
        if not labels or heading is None:
            continue
        taken = take(
            heading.text[labels[0].end :], heading.start + labels[0].end, labels[0], "options.table", index,
            heading.start + labels[0].start,
        )
        if taken is None and below:
            words, *below = below
            taken = take(words.text, words.start, labels[0], "options.table", index)
        if taken is not None and not is_none(taken.text):
            taken.reasons += [cell.text for cell in below]
            found.append(taken)
    return found


def _row(head: list[str], row: list[Cell | None]) -> tuple[LabelFound | None, Cell | None, str]:
    """Label, the cell that sets the option out (None: the row only comments), and the comments of a row."""
    label: LabelFound | None = None
    words: Cell | None = None
    notes: list[str] = []
    for title, cell in zip(head, row, strict=False):
        if cell is None:
            continue
        found, bare = labels_in(cell.text), BARE.match(cell.text) or REMARKED.match(cell.text)
        if label is None and (found and found[0].start == 0):
            label = found[0]
            rest = SEPARATOR.sub("", cell.text[label.end :])
            if rest:
                words = Cell(rest, cell.row, cell.column, start=cell.end - len(rest), end=cell.end)
        elif label is None and HEADS.search(title) and (leading := _leading(cell)):
            label = LabelFound(0, 0, f"Option {leading['mark']}", mark_of(leading["mark"]))
            start = cell.start + leading.start("rest")
            words = Cell(leading["rest"], cell.row, cell.column, start=start, end=cell.end)
        elif label is None and bare and (cell.column == 0 or HEADS.search(title) or bare.re is REMARKED):
            label = LabelFound(0, 0, f"Option {bare['mark'].upper()}", mark_of(bare["mark"]))
            if bare.re is REMARKED:
                notes.append(bare["remark"])
        elif words is None and not any(p.search(title) for p, _, _ in compiled("annotations")):
            words = cell
        else:
            notes.append(cell.text)
    return label, words, " ".join(notes)


def _leading(cell: Cell) -> re.Match[str] | None:
    """Mark and words of a cell in the column of options."""
    counted = COUNTED.match(cell.text)
    return LEADING.match(cell.text) or (counted if counted and int(counted["mark"]) == cell.row else None)
