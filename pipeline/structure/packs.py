"""Reports bound into an agenda's pack, and the agenda items to which they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block, Item, Page
from pipeline.structure.lines import lines_of

_ITEM = re.compile(r"^(?i:agenda item|item)\s*(?i:no\.?|number)?\s*:?\s*(?P<number>\d{1,3}[A-Za-z]?(?:\.\d+)?)\.?$")
_LABEL = re.compile(r"(?i:(?:agenda )?item(?:\s*no\.?)?)")
_VALUE = re.compile(r"\d{1,3}[A-Za-z]?(?:\.\d+)?")
_OPENING_LINES = 14


@dataclass(frozen=True, slots=True)
class BoundReport:
    """A report in a pack: the number of its agenda item, and its blocks from `first` up to `last`."""

    number: str
    first: int
    last: int


def bound_reports(blocks: Sequence[Block], pages: Sequence[Page]) -> list[BoundReport]:
    """Reports that tell their agenda item at the top of a page after the first ("Agenda Item 5", "Item No. | 5")."""
    starts = list(_starts(blocks, pages))
    ends = [start for _, start in starts[1:]] + [len(blocks)]
    return [BoundReport(number, start, end) for (number, start), end in zip(starts, ends, strict=False)]


def with_reports(items: Sequence[Item], reports: Sequence[BoundReport]) -> list[Item]:
    """Give items of an agenda (which end where the first report begins) their reports' blocks."""
    if not items or not reports:
        return list(items)
    by_number = {report.number.lower(): report for report in reports}
    for item in items:
        report = by_number.get((item.number or "").lower())
        if report is not None:
            item.report = (report.first, report.last)
    return list(items)


def _starts(blocks: Sequence[Block], pages: Sequence[Page]) -> Iterator[tuple[str, int]]:
    furniture = {page.number: page.furniture for page in pages}
    seen: set[int | None] = set()
    told: str | None = None
    for index, block in enumerate(blocks):
        if block.page in seen:
            continue
        seen.add(block.page)
        if block.page is None or block.page == blocks[0].page:
            continue
        number = _number_at(blocks, index, furniture.get(block.page, []))
        if number is not None and number != told:
            told = number
            yield number, index


def _number_at(blocks: Sequence[Block], index: int, furniture: Sequence[str]) -> str | None:
    """The agenda item that the top of a page names, in its running head or in the form of a report."""
    for text in [*furniture, *(block.text for block in blocks[index:index + 2])]:
        named = _ITEM.match(text.strip())
        if named:
            return named["number"]
    page = blocks[index].page
    top = [line for line in lines_of(blocks, index, index + _OPENING_LINES) if line.page == page][:_OPENING_LINES]
    for line, following in zip(top, top[1:], strict=False):
        value = following.text.strip()
        if _LABEL.fullmatch(line.text.strip(" :")) and _VALUE.fullmatch(value):
            return value
    return None
