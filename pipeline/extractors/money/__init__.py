"""Every amount of money and every share of money, in prose and in tables, and the sums that they imply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Block, Outline
from pipeline.extractors.money.claims import Passage
from pipeline.extractors.money.prose import figures_in, tells_money
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
ENDING = 120
"""Characters at a text's end in which all stands that introduces a list."""
ENTRY = re.compile(
    r"(?:\(?[a-z0-9]{1,3}[.)]\s)?(?P<label>(?!.*\b(?:is|was|were|are|be|has|had|have|been|will|would|that)\b)[A-Z0-9][^;£]{1,70}?)"
    r"\s?:?\s?[–-]?\s?£\s?[\d,]+(?:\.\d\d)?[;,]?(?:\s(?:and|or))?$"
)
"""A thing and its amount ("Hall rental £30.00"), nothing being said of it."""
PLAIN_HEADING = re.compile(r"(?=.{4,60}$)[A-Z][a-z]+(?:\s(?:of|and|for|the|to|in|[A-Z][a-z’']+))+")
"""A line in plain type that is a name and no sentence ("Housing Revenue Account")."""
PARAGRAPH_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
CAPTION_REACH, CAPTION_LENGTH = 3, 160
NUMBERED_TABLE = re.compile(r"(?:Table|TABLE|Tabl) \d+[A-Za-z]?\s*[:.–—-]\s")


@dataclass(slots=True)
class InForce:
    """The heading and the lead-in under which a block stands, and where they do."""

    heading: str = ""
    heading_at: int = -1
    lead: str = ""
    lead_at: int = -1
    lead_measure: Measure | None = None

    def within_item(self, outline: Outline, start: int) -> None:
        """Under a new item, nothing of the one before is in force: its title is the heading."""
        index = outline.item_index_at(start) if outline.items else None
        if index is None:
            return
        begins = outline.items[index].start
        if self.heading_at < begins:
            self.heading, self.heading_at = outline.items[index].title or "", begins
        if self.lead_at < begins:
            self.lead, self.lead_measure = "", None


def extract(outline: Outline) -> list[Record]:
    """Budget figures, budget tables and reconciliations of a document, in reading order."""
    records: list[Record] = []
    tables: list[MoneyTable] = []
    now = InForce()
    years = section_years(outline)
    for index, block in enumerate(outline.document.blocks):
        if block.table is not None:
            now.within_item(outline, block.start)
            for read in read_tables(outline, block, _surroundings(outline, index, now.heading, years[index])):
                tables.append(read)
                records += [read.record, *read.figures, *reconcile_table(outline, read)]
            continue
        if block.role == "heading" or PLAIN_HEADING.fullmatch(block.text):
            now.heading, now.heading_at, now.lead = block.text, block.start, ""
        elif _introduces(block):
            now.lead, now.lead_at = block.text, block.start
        elif block.role == "paragraph" and not _continues(block):
            now.lead = ""
        if tells_money(block.body):
            records += _block_figures(outline, index, block, now, years[index])
        elif block.text is now.lead or not now.lead:
            now.lead_measure = None
    figures = [record for record in records if isinstance(record, BudgetFigure)]
    settle_repeats(figures)
    return [*records, *reconcile_shares(outline, figures, tables)]


def _block_figures(
    outline: Outline, index: int, block: Block, now: InForce, year: str | None
) -> list[BudgetFigure]:
    """The figures of a paragraph, heading or list item."""
    now.within_item(outline, block.start)
    blocks = outline.document.blocks
    entry = ENTRY.fullmatch(block.body)
    listed = entry is not None and (bool(now.lead) or _beside_entry(blocks, index))
    if listed and not now.lead and index and blocks[index - 1].table is None:
        now.lead, now.lead_at = blocks[index - 1].text, block.start  # the entries say that a list follows, no colon
    opens = block.text is now.lead
    text = " " * block.body_offset + block.body  # a label "c." is no "circa"
    lead, measure = ("", None) if opens else (now.lead, now.lead_measure)
    found = figures_in(outline, Passage(text, block.start, now.heading, lead, measure, year))
    if listed and entry is not None and found:
        found[-1].row_label = entry["label"].rstrip(" –-:")
    if opens or not now.lead:
        now.lead_measure = found[-1].measure if opens and found and found[-1].unit == "GBP" else None
    return found


def _introduces(block: Block) -> bool:
    """Whether a list follows: the block ends in a colon, or in a semicolon and is itself no limb of a list."""
    if INTRODUCES.search(block.text.rstrip()[-ENDING:]):
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


def _caption_below(blocks: Sequence[Block], index: int) -> str | None:
    """"Table 1: Forecast 2022/23" behind a table, where no other table follows to which it could belong."""
    below = blocks[index + 1 : index + 3]
    if not below or not NUMBERED_TABLE.match(below[0].text) or len(below[0].text) > CAPTION_LENGTH:
        return None
    return None if len(below) > 1 and below[1].table is not None else below[0].text


def _surroundings(outline: Outline, index: int, heading: str, year: str | None) -> Surroundings:
    """The caption (short blocks directly above, or one below), the paragraph above, the heading, the footnotes below a
    table."""
    blocks = outline.document.blocks
    title = ""
    for block in reversed(blocks[max(0, index - CAPTION_REACH) : index]):
        if block.table is not None or len(block.text) > CAPTION_LENGTH:
            break
        title = f"{block.text} {title}".strip()
        if block.role == "heading":
            break
    if not NUMBERED_TABLE.search(title):
        title = _caption_below(blocks, index) or title
    above = [b.text for b in blocks[max(0, index - CAPTION_REACH) : index] if b.table is None]
    notes = {}
    for block in blocks[index + 1 : index + 6]:
        found = FOOTNOTE.match(block.text)
        if found:
            notes[found["mark"]] = found["words"]
    return Surroundings(title, heading, outline.title or "", above[-1] if above else "", notes, year)
