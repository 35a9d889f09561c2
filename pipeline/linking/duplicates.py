"""Sketches of texts, by which a document is known again inside a pack or as a second print with other bytes.

A text's runs of five words are hashed, and of a long text's hashes those are kept that a fixed number divides: the
same run of words is kept or left out in every text, so that the kept hashes that two texts share measure how much of
the one is in the other (FracMinHash). Short texts keep all, since notices on one form differ in a few words. What
sketches tell of each other is found out when all documents are published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from zlib import crc32

from pipeline.bookkeeping import TextSketch
from pipeline.document import Document
from pipeline.records import DocumentPart

RUN = 5
"""Words in a run."""
ONE_IN = 8
"""One hash of so many is kept of a long text."""
LONG = 1000
"""Words of a long text."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text without case and punctuation, which prints differ in."""
    return _WORD.findall(text.lower())


def shingles(words: list[str]) -> list[int]:
    """The kept hashes of the runs of words, ascending, each once."""
    encoded = [word.encode() for word in words]
    text = b" ".join(encoded)
    starts = [0, *accumulate(len(word) + 1 for word in encoded)]  # where each word begins, and the one after the last
    hashes = {crc32(text[start:end - 1]) for start, end in zip(starts, starts[RUN:], strict=False)}
    return sorted(hashes if len(words) < LONG else (h for h in hashes if h % ONE_IN == 0))


def sketches_of(document: Document, parts: Iterable[DocumentPart]) -> Iterator[TextSketch]:
    """A sketch of the document, and one of each of its parts."""
    yield _sketch(document.document_id, document.document_id, document.text)
    for part in parts:
        yield _sketch(part.part_id, document.document_id, document.text[part.char_start:part.char_end])


def _sketch(sketch_id: str, document_id: str, text: str) -> TextSketch:
    words = words_of(text)
    return TextSketch(sketch_id=sketch_id, document_id=document_id, words=len(words), shingles=shingles(words))
