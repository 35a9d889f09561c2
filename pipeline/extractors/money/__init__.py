"""Every amount of money and every share of money, in prose and in tables, and the sums that they imply."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.money.prose import figures_in
from pipeline.extractors.money.reconcile import reconcile_table
from pipeline.extractors.money.tables import MoneyTable, Surroundings, read_table
from pipeline.records import Record

FOOTNOTE = re.compile(r"^(?P<mark>[*†‡#^]{1,2})\s*(?P<words>\S.*)$")
CAPTION_REACH = 3


def extract(outline: Outline) -> list[Record]:
    """Budget figures, budget tables and reconciliations of a document, in reading order."""
    records: list[Record] = []
    heading = ""
    blocks = outline.document.blocks
    for index, block in enumerate(blocks):
        if block.table is not None:
            read = read_table(outline, block, _surroundings(outline, index, heading))
            if read is not None:
                records += _of_table(outline, read)
            continue
        if block.role == "heading":
            heading = block.text
        records += figures_in(outline, block, heading)
    return records


def _of_table(outline: Outline, read: MoneyTable) -> list[Record]:
    return [read.record, *read.figures, *reconcile_table(outline, read)]


def _surroundings(outline: Outline, index: int, heading: str) -> Surroundings:
    """The caption (a short block directly above), the heading, and the footnotes below a table."""
    blocks = outline.document.blocks
    title = ""
    for block in reversed(blocks[max(0, index - CAPTION_REACH) : index]):
        if block.table is not None or len(block.text) > 160:
            break
        title = f"{block.text} {title}".strip()
        if block.role == "heading":
            break
    notes = {}
    for block in blocks[index + 1 : index + 6]:
        found = FOOTNOTE.match(block.text)
        if found:
            notes[found["mark"]] = found["words"]
    return Surroundings(title, heading, outline.title or "", notes)
