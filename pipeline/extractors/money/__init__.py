"""Every amount of money and every share of money, in prose and in tables, and the sums that they imply."""

from __future__ import annotations

import re

from pipeline.document import Block, Outline
from pipeline.extractors.money.claims import Passage
from pipeline.extractors.money.prose import figures_in
from pipeline.extractors.money.reconcile import reconcile_table
from pipeline.extractors.money.reconcile_shares import reconcile_shares
from pipeline.extractors.money.repeats import settle_repeats
from pipeline.extractors.money.table_context import Surroundings
from pipeline.extractors.money.tables import MoneyTable, read_tables
from pipeline.extractors.money.years import section_years
from pipeline.records import BudgetFigure, Measure, Record

FOOTNOTE = re.compile(r"^(?P<mark>[*†‡#^⁰¹²³⁴-⁹]{1,2})\s*(?P<words>\S.*)$")
INTRODUCES = re.compile(
    r":\s*[-–]?\s*$|\b(?:following|as follows|below)[;,.]?\s*$"
    r"|\bfollowing (?:accounts|payments|invoices|cheques|receipts|sums|grants)\b[^.;]{0,60}\.?\s*$",
    re.I,
)
ENTRY = re.compile(
    r"(?:\(?[a-z0-9]{1,3}[.)]\s)?(?P<label>(?!.*\b(?:is|was|were|are|be|has|had|have|been|will|would|that)\b)[A-Z0-9][^;£]{1,70}?)"
    r"\s?:?\s?[–-]?\s?£\s?[\d,]+(?:\.\d\d)?[;,]?(?:\s(?:and|or))?$"
)
"""A thing and its amount ("Hall rental £30.00"), nothing being said of it."""
PLAIN_HEADING = re.compile(r"(?=.{4,60}$)[A-Z][a-z]+(?:\s(?:of|and|for|the|to|in|[A-Z][a-z’']+))+")
"""A line in plain type that is a name and no sentence ("Housing Revenue Account")."""
PARAGRAPH_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
CAPTION_REACH, CAPTION_LENGTH = 3, 160


def extract(outline: Outline) -> list[Record]:
    """Budget figures, budget tables and reconciliations of a document, in reading order."""
    records: list[Record] = []
    tables: list[MoneyTable] = []
    heading = lead = ""
    lead_measure: Measure | None = None
    years = section_years(outline)
    item: int | None = None
    for index, block in enumerate(outline.document.blocks):
        within = outline.item_index_at(block.start) if outline.items else None
        if within != item:
            item = within
            heading, lead = (outline.items[item].title or "" if item is not None else ""), ""
        if block.table is not None:
            for read in read_tables(outline, block, _surroundings(outline, index, heading, years[index])):
                tables.append(read)
                records += [read.record, *read.figures, *reconcile_table(outline, read)]
            continue
        if block.role == "heading" or PLAIN_HEADING.fullmatch(block.text):
            heading, lead = block.text, ""
        elif _introduces(block):
            lead = block.text
        elif block.role == "paragraph" and not _continues(block):
            lead = ""
        entry = ENTRY.fullmatch(block.body)
        listed = entry is not None and (bool(lead) or _beside_entry(outline.document.blocks, index))
        if listed and not lead and index and outline.document.blocks[index - 1].table is None:
            lead = outline.document.blocks[index - 1].text  # no colon says that a list follows; the entries do
        opens = block.text is lead
        text = " " * block.body_offset + block.body  # a label "c." is no "circa"
        passage = Passage(
            text, block.start, heading, "" if opens else lead, None if opens else lead_measure, years[index]
        )
        found = figures_in(outline, passage)
        if listed and entry is not None and found:
            found[-1].row_label = entry["label"].rstrip(" –-:")
        if opens or not lead:
            lead_measure = found[-1].measure if opens and found and found[-1].unit == "GBP" else None
        records += found
    figures = [record for record in records if isinstance(record, BudgetFigure)]
    settle_repeats(figures)
    return [*records, *reconcile_shares(outline, figures, tables)]


def _introduces(block: Block) -> bool:
    """Whether a list follows: the block ends in a colon, or in a semicolon and is itself no limb of a list."""
    if INTRODUCES.search(block.text):
        return True
    return block.text.endswith(";") and (block.label is None or bool(PARAGRAPH_NUMBER.fullmatch(block.label)))


def _beside_entry(blocks: list[Block], index: int) -> bool:
    """Whether the next block or the one before is an entry too."""
    beside = [*blocks[max(index - 1, 0) : index], *blocks[index + 1 : index + 2]]
    return any(ENTRY.fullmatch(block.body) for block in beside)


def _continues(block: Block) -> bool:
    """Whether a paragraph is one more entry under the lead-in before it: a short line that starts with a share,
    or a thing and its amount ("Hall rental £30.00")."""
    return bool(ENTRY.fullmatch(block.text)) or (len(block.text) < 200 and block.text[:1] in "£0123456789+-(")


def _surroundings(outline: Outline, index: int, heading: str, year: str | None) -> Surroundings:
    """The caption (short blocks directly above), the paragraph above, the heading, the footnotes below a table."""
    blocks = outline.document.blocks
    title = ""
    for block in reversed(blocks[max(0, index - CAPTION_REACH) : index]):
        if block.table is not None or len(block.text) > CAPTION_LENGTH:
            break
        title = f"{block.text} {title}".strip()
        if block.role == "heading":
            break
    above = [b.text for b in blocks[max(0, index - CAPTION_REACH) : index] if b.table is None]
    notes = {}
    for block in blocks[index + 1 : index + 6]:
        found = FOOTNOTE.match(block.text)
        if found:
            notes[found["mark"]] = found["words"]
    return Surroundings(title, heading, outline.title or "", above[-1] if above else "", notes, year)
