"""Gives a document its one text: blocks in order, one line each, and every offset into it.

A block's words (paged formats) are located in its text, so that a record's boxes can be found from its
offsets. Pages begin where their first block begins; a block that goes on over a page break belongs to the page
on which it starts.
"""

from __future__ import annotations

from pipeline.document import Block, Document, Page


def compose(document: Document) -> Document:
    """Set `text`, and the offsets of pages, blocks, cells and words. Returns the same document."""
    if not document.pages:
        document.pages = [Page(number=None)]
    offset = 0
    parts: list[str] = []
    starts: dict[int | None, int] = {}
    for block in document.blocks:
        block.start = offset
        block.end = offset + len(block.text)
        starts.setdefault(block.page, offset)
        _locate_cells(block)
        _locate_words(block)
        parts.append(block.text)
        parts.append("\n")
        offset = block.end + 1
    document.text = "".join(parts)
    _cut_pages(document, starts)
    return document


def _locate_cells(block: Block) -> None:
    """Cells stand in the block's text in reading order, separated by tabs and line ends."""
    if block.table is None:
        return
    at = 0
    for cell in block.table.cells:
        found = block.text.find(cell.text, at)
        if found < 0:
            raise ValueError(f"cell {cell.text!r} is not in its table's text")
        cell.start, cell.end = block.start + found, block.start + found + len(cell.text)
        at = found + len(cell.text)


def _locate_words(block: Block) -> None:
    """A word whose text was changed by healing is found by its beginning, and keeps the place in between."""
    at = 0
    for word in block.words:
        found = block.text.find(word.text, at)
        if found < 0:
            stem = word.text.rstrip("-\u00ad\u2010\x02")
            found = block.text.find(stem, at) if stem else -1
            length = len(stem)
        else:
            length = len(word.text)
        if found < 0:
            continue
        word.start, word.end = block.start + found, block.start + found + length
        at = found + length


def _cut_pages(document: Document, starts: dict[int | None, int]) -> None:
    """Cut the text into the pages' texts; a page without blocks is empty and stands where the next begins."""
    following = len(document.text)
    for page in reversed(document.pages):
        page.start = min(starts.get(page.number, following), following)
        page.text = document.text[page.start:following]
        following = page.start
    if document.pages and following > 0:
        first = document.pages[0]
        first.text = document.text[: first.start] + first.text
        first.start = 0
