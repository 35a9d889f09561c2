"""Boxes around a record's words: one for each run of words on a line of a page."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, repeat

from pydantic import TypeAdapter

from pipeline.document import Block, Document, Page, Word
from pipeline.records import Evidence, EvidenceBox, record_id

Placed = tuple[int, Word]
"""A page's number and a word on it."""
BOXES = TypeAdapter(list[EvidenceBox])
"""Makes boxes many at a time, since there are more of them than of all other records."""


class Places:
    """A document's words in the order of its text, each with its page."""

    def __init__(self, document: Document) -> None:
        placed = [one for block in document.blocks for one in _of_block(block, document) if one[1].start >= 0]
        placed.sort(key=lambda p: p[1].start)
        self._placed = placed
        self._starts = [word.start for _, word in placed]
        self._ends = list(accumulate((word.end for _, word in placed), max))

    def between(self, start: int, end: int) -> list[Placed]:
        """The words between two offsets of the text."""
        first = bisect_left(self._ends, start + 1)
        return [one for one in self._placed[first:bisect_left(self._starts, end, first)] if one[1].end > start]


def _of_block(block: Block, document: Document) -> Iterator[Placed]:
    """The block's words. Where it goes on over a page break, the page that holds a word tells which is the word's."""
    if len(block.pages) < 2:
        return zip(repeat(block.page), block.words) if block.page is not None else iter(())
    held = {id(word): page.number for page in document.pages if page.number in block.pages for word in page.words}
    return ((page, word) for word in block.words if (page := held.get(id(word), block.page)) is not None)


def boxes(document: Document, records: Iterable[Evidence]) -> list[EvidenceBox]:
    """The boxes of all records, none for formats without pages.

    Sets each record's `page` to that of its first word, which a block's page cannot tell where the block goes
    on over a page break; and makes its `confidence` less by the doubt about words that were recognised in a picture.
    """
    if not document.paged:
        return []
    places = Places(document)
    document_id = document.document_id
    found: list[dict[str, object]] = []
    recognised = any(page.method == "ocr" for page in document.pages)
    askew = {page.number: page for page in document.pages if page.skew}
    for record in records:
        if recognised:
            record.confidence = round(record.confidence * _sureness(places, record), 3)
        words = places.between(record.char_start, record.char_end)
        runs = [_as_scanned(one, askew) for one in words] if askew else list(_lines(words))
        if runs:
            record.page = runs[0][0]
        key = record_id(record)
        for page, x0, top, x1, bottom in runs:
            found.append({
                "record_id": key, "document_id": document_id, "page": page,
                "x0": _down(x0), "top": _down(top), "x1": _up(x1), "bottom": _up(bottom),
            })
    return BOXES.validate_python(found)


def _as_scanned(placed: Placed, askew: dict[int | None, Page]) -> tuple[int, float, float, float, float]:
    """Where a word stands on its page as it was scanned, askew: page, x0, top, x1, bottom."""
    number, word = placed
    page = askew.get(number)
    if page is None:
        return number, word.x0, word.top, word.x1, word.bottom
    x, y = (page.width or 0.0) / 2, (page.height or 0.0) / 2
    cos, sin = math.cos(math.radians(page.skew)), math.sin(math.radians(page.skew))
    corners = [
        (x + (a - x) * cos - (b - y) * sin, y + (a - x) * sin + (b - y) * cos)
        for a in (word.x0, word.x1) for b in (word.top, word.bottom)
    ]
    xs, ys = zip(*corners, strict=True)
    return number, min(xs), min(ys), max(xs), max(ys)


def _sureness(places: Places, record: Evidence) -> float:
    """How sure the words are that a record was read from: their mean by letters, 1 where they were printed as text."""
    words = [word for _, word in places.between(record.char_start, record.char_end)]
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 1.0


def _lines(placed: Iterable[Placed]) -> Iterator[tuple[int, float, float, float, float]]:
    """Runs of words that follow each other to the right on one line, as page, x0, top, x1, bottom."""
    run: tuple[int, float, float, float, float] | None = None
    for page, word in placed:
        if run is not None and run[0] == page and _goes_on(run, word):
            run = (page, min(run[1], word.x0), min(run[2], word.top), max(run[3], word.x1), max(run[4], word.bottom))
            continue
        if run is not None:
            yield run
        run = (page, word.x0, word.top, word.x1, word.bottom)
    if run is not None:
        yield run


def _goes_on(run: tuple[int, float, float, float, float], word: Word) -> bool:
    """Whether the word stands on the run's line, right of its beginning."""
    middle = (word.top + word.bottom) / 2
    return run[2] <= middle <= run[4] and word.x0 >= run[1]


def _down(value: float) -> float:
    return math.floor(value * 100) / 100


def _up(value: float) -> float:
    return math.ceil(value * 100) / 100
