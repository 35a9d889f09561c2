"""Boxes around a record's words: one for each run of words on a line of a page."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipeline.document import Document, Word
from pipeline.records import Evidence, EvidenceBox, record_id

Placed = tuple[int, Word]
"""A page's number and a word on it."""


class Places:
    """A document's words in the order of its text, each with its page."""

    def __init__(self, document: Document) -> None:
        # A block may go on over a page break, so that the page of a word is told by the page that holds it.
        held = {id(word): page.number for page in document.pages for word in page.words}
        placed: list[Placed] = []
        for block in document.blocks:
            for word in block.words:
                page = held.get(id(word), block.page)
                if word.start >= 0 and page is not None:
                    placed.append((page, word))
        placed.sort(key=lambda p: p[1].start)
        self._placed = placed
        self._ends = [word.end for _, word in placed]
        for i in range(1, len(self._ends)):
            self._ends[i] = max(self._ends[i], self._ends[i - 1])

    def between(self, start: int, end: int) -> Iterator[Placed]:
        """The words between two offsets of the text."""
        for i in range(bisect_left(self._ends, start + 1), len(self._placed)):
            page, word = self._placed[i]
            if word.start >= end:
                return
            if word.end > start:
                yield page, word


def boxes(document: Document, records: Iterable[Evidence]) -> list[EvidenceBox]:
    """The boxes of all records, none for formats without pages.

    Sets each record's `page` to that of its first word, which a block's page cannot tell where the block goes
    on over a page break.
    """
    if not document.paged:
        return []
    places = Places(document)
    document_id = document.document_id
    found: list[EvidenceBox] = []
    for record in records:
        runs = list(_lines(places.between(record.char_start, record.char_end)))
        if runs:
            record.page = runs[0][0]
        key = record_id(record)
        found.extend(
            EvidenceBox(
                record_id=key, document_id=document_id, page=page,
                x0=_down(x0), top=_down(top), x1=_up(x1), bottom=_up(bottom),
            )
            for page, x0, top, x1, bottom in runs
        )
    return found


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
