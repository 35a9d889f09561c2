"""Timetables: tables with a column of dates, lists of dated steps, and the date of the next meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.document import Block, Cell, Document
from pipeline.extractors.milestones.announced import ahead, rule
from pipeline.extractors.milestones.whens import DATED, When, find_whens

LINE = 180
"""Characters of a step in a list."""
FAR = 14
"""Blocks from a timetable's heading to its last step."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a timetable: what happens, and its date at offsets of the document's text."""

    what: str
    start: int
    when: When
    rule: str
    confidence: float


def steps(document: Document, today: date | None) -> Iterator[Step]:
    """The steps of all timetables of the document."""
    heading = -FAR - 1
    for at, block in enumerate(document.blocks):
        if block.table is not None:
            yield from _in_table(block, today, at - heading <= 3)
            continue
        if len(block.text) <= LINE and rule("timetable").search(block.text) and not DATED.search(block.text):
            heading = at
        elif block.role == "heading" and not DATED.search(block.text):
            heading = -FAR - 1
        elif at - heading <= FAR and len(block.text) <= LINE:
            yield from _in_list(document, block, today)
        if at + 1 < len(document.blocks) and _heads_next_meeting(block.text):
            yield from _next_meeting(document, block, document.blocks[at + 1], today)


def _heads_next_meeting(text: str) -> bool:
    return len(text) < 90 and rule("next_meeting").search(text) is not None and not DATED.search(text)


def _in_table(block: Block, today: date | None, announced: bool) -> Iterator[Step]:
    assert block.table is not None
    if not DATED.search(block.text):
        return
    grid = block.table.grid()
    columns = _columns(grid[0]) if grid else None
    rows = grid[1:]
    if columns is None and announced and block.table.columns == 2:
        columns = next(((1 - c, c) for c in (0, 1) if _mostly_dates([row[c] for row in grid])), None)
        rows = grid
    if columns is None:
        return
    event, column = columns
    for row in rows:
        what, cell = row[event], row[column]
        if what is None or cell is None or what is cell or cell.start < 0 or not re.search(r"[A-Za-z]{3}", what.text):
            continue
        for when in _dates(cell):
            if ahead(when, today):
                yield Step(what.text.strip(), cell.start, when, "milestones.table", 0.85 if today else 0.7)


def _columns(head: list[Cell | None]) -> tuple[int, int] | None:
    """Columns of the event and of its date, by their headings."""
    events = [c for c, cell in enumerate(head) if cell and rule("event_column").search(cell.text.strip())]
    dates = [c for c, cell in enumerate(head) if cell and rule("date_column").search(cell.text.strip())]
    return (events[0], dates[0]) if events and dates and events[0] != dates[0] else None


def _mostly_dates(cells: list[Cell | None]) -> bool:
    return len(cells) > 1 and sum(bool(_dates(cell)) for cell in cells) * 10 >= len(cells) * 6


def _dates(cell: Cell | None) -> list[When]:
    """The dates of a cell that holds little else."""
    if cell is None:
        return []
    found = [when for when in find_whens(cell.text) if when.dated]
    covered = sum(when.end - when.start for when in found)
    return found if covered * 10 >= len(cell.text.strip()) * 6 else []


def _in_list(document: Document, block: Block, today: date | None) -> Iterator[Step]:
    """A line "Contract award – January 2026", or the other way round."""
    text = document.text[block.body_start : block.end]
    found = [when for when in find_whens(text) if when.dated]
    if len(found) != 1 or not ahead(found[0], today):
        return
    when = found[0]
    before, behind = text[: when.start], text[when.end :]
    if len(before.strip()) > 4 and not behind.strip(" .;)") and re.search(r"(?:[-–—:\t(]|\s{2,})\s?$", before):
        what = re.sub(r"\s?[-–—:(\t]\s?$", "", before.rstrip())
    elif not before.strip() and (split := re.match(r"\s?[-–—:\t]\s?(?=\S)", behind)):
        what = behind[split.end() :].rstrip(" .;")
    else:
        return
    if re.search(r"[A-Za-z]{3}", what):
        yield Step(what.strip(), block.body_start, when, "milestones.list", 0.75 if today else 0.65)


def _next_meeting(document: Document, heading: Block, block: Block, today: date | None) -> Iterator[Step]:
    """The date that stands alone under "Date of next meeting"."""
    text = document.text[block.start : block.end]
    found = [when for when in find_whens(text) if when.kind == "day" and when.dated]
    if block.table is not None or len(text) > LINE or not found or not ahead(found[0], today):
        return
    what = re.sub(r"^[\d./]+\s+", "", document.text[heading.body_start : heading.end]).strip(" :.")
    yield Step(what, block.start, found[0], "milestones.next_meeting", 0.9 if today else 0.7)
