"""The agenda items of minutes and agendas, whatever way their numbers and titles are printed.

A site's own marks are sure, and are taken where there are any: its styles, its page copied as text (a number alone,
then the title), a title with "(Item 5)" behind it. Otherwise each way of reading a page tries its hand (rows of a
table, a run of numbers, titles that all agendas have, pages whose layout was lost), and the reading that looks most
like an agenda is taken. Reports have no items: their numbers count paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.document import Block, Document, Item
from pipeline.records import DocumentKind
from pipeline.structure.flattened_items import (
    rows_without_numbers,
    run_on_minutes,
    site_page_without_labels,
    titles_above_numbers,
    untitled_articles,
)
from pipeline.structure.found import Found, worth
from pipeline.structure.joined_items import with_joined
from pipeline.structure.known import union
from pipeline.structure.lettered_items import with_lettered
from pipeline.structure.marked_items import agenda_item_page, copied_page, marked_by_style, with_agenda_number
from pipeline.structure.numbered_items import decisions_listed, heal_numbers, numbered_headings
from pipeline.structure.plain_items import (
    bulleted_titles,
    single_heading,
    title_over_minutes,
    titles_in_plain_type,
    usual_headings,
)

_MARKED: tuple[Callable[[Sequence[Block]], list[Found]], ...] = (
    marked_by_style, agenda_item_page, copied_page, with_agenda_number,
)
_BY_FORM: tuple[Callable[[Sequence[Block]], list[Found]], ...] = (
    numbered_headings, titles_above_numbers, run_on_minutes, rows_without_numbers, usual_headings, bulleted_titles,
    site_page_without_labels, untitled_articles, single_heading, title_over_minutes, titles_in_plain_type,
)
"""Ways of reading, that which marks items most plainly first."""
_CLEARLY_MORE = 1.3
"""So many times as much a reading must be worth to be taken before one whose items are more plainly marked."""


def items_of(document: Document, kind: DocumentKind, end: int | None = None) -> list[Item]:
    """The items of a document that has any, in order, each with the blocks up to the next.

    `end` is the block at which a pack's front sheet ends.
    """
    if kind in ("report", "other"):
        return []
    blocks = document.blocks
    if kind == "decision_notice":
        return _with_ranges(blocks, decisions_listed(blocks))
    own = blocks[:end]
    found = next((found for way in _MARKED if (found := way(own))), None) or _best_by_form(own)
    if document.paged and any(page.method == "ocr" for page in document.pages):
        found = heal_numbers(own, found)
    return _with_ranges(own, with_lettered(own, with_joined(own, found)))


def _best_by_form(blocks: Sequence[Block]) -> list[Found]:
    best: list[Found] = []
    for way in _BY_FORM:
        found = way(blocks)
        if found and worth(found) > _CLEARLY_MORE * worth(best):
            best = found
    return best


def _with_ranges(blocks: Sequence[Block], found: Sequence[Found]) -> list[Item]:
    items: list[Item] = []
    for index, one in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        last = len(blocks) if following is None else following.block
        if following is not None and blocks[following.block].table is not None and following.in_table:
            last = following.block + 1
        items.append(Item(
            number=one.number, title=one.title, start=one.start, end=one.end, first=one.block,
            last=max(last, one.block + 1), reference=one.reference,
            truncated=_truncated(blocks, one, following), rule=one.rule, confidence=one.confidence,
        ))
    return items


def _truncated(blocks: Sequence[Block], one: Found, following: Found | None) -> bool:
    """Whether the page says, within the item, that its minutes go on elsewhere."""
    end = following.start if following else blocks[-1].end
    mark = union("structure", "truncated")
    return any(
        mark.search(block.text) is not None
        for block in blocks[one.block:]
        if block.start < end and block.end > one.start
    )
