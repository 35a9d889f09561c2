"""Layout: pages of words into blocks in reading order, and every document's blocks into one text."""

from __future__ import annotations

from pipeline.document import TYPED, Block, Document
from pipeline.layout.compose import compose
from pipeline.layout.lead_ins import set_lead_ins
from pipeline.layout.slight import set_slight


def lay_out(document: Document) -> Document:
    """Set `blocks` (paged documents), `text` and all offsets. Returns the same document."""
    if document.paged and not document.blocks:
        _lay_out_pages(document)
    elif any(block.style == TYPED for block in document.blocks):
        from pipeline.layout.typed import set_typed

        document.blocks = set_typed(document.blocks)
    if not document.paged:
        set_slight(document.blocks)
        set_lead_ins(document.blocks)
    return compose(document)


def _lay_out_pages(document: Document) -> None:
    from pipeline.layout.continued import join_tables
    from pipeline.layout.flow import heal_breaks, set_levels
    from pipeline.layout.furniture import take_furniture
    from pipeline.layout.hyphens import mark_split_words
    from pipeline.layout.lines import body_of, gather_lines
    from pipeline.layout.page import Ending, lay_out_page
    from pipeline.layout.watermarks import take_watermarks

    take_watermarks(document.pages)
    mark_split_words(document.pages)
    lines = take_furniture(document.pages, [gather_lines(page.words) for page in document.pages])
    body = body_of(line for page in lines for line in page)
    pages: list[list[Block]] = []
    ending = Ending()
    for page, own in zip(document.pages, lines, strict=True):
        blocks, ending = lay_out_page(page, own, body, ending)
        pages.append(blocks)
    join_tables(pages, document.pages)
    document.blocks = heal_breaks(pages)
    set_slight(document.blocks)
    set_lead_ins(document.blocks)
    set_levels(document.blocks)
