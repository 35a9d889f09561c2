"""Masks a document's private details in every record that was read out of it.

A block stands for each letter, so that every offset and box still holds. A detail that stands once as private and
elsewhere as public (a petitioner's home that is also the site of an application) is masked where it is private: in
the page's text there, and in the records that were read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.bookkeeping import PrivateWords
from pipeline.document import Document
from pipeline.records import Evidence, PageRow, PrivateDetail, Record

BLOCK = "█"
NOT_WORDS = {"rule", "table", "path", "sha256", "media_type", "kind", "masked", "why", "version", "method"}
"""Fields that hold no words of the document; nor do those that end in `_id`."""
LEAST = 5
"""Characters of a piece of a detail that is looked for by itself."""


@dataclass(frozen=True)
class _Withheld:
    """A detail's words as a pattern, the spans where it is private, and whether it is so wherever it stands."""

    pattern: re.Pattern[str]
    spans: tuple[tuple[int, int], ...]
    everywhere: bool


def withhold(document: Document, records: Iterable[Record]) -> list[PrivateWords]:
    """Mask the words that rows of `pii` among the records name. Returns what was withheld."""
    rows = list(records)
    details = [row for row in rows if isinstance(row, PrivateDetail)]
    if not details:
        return []
    text = document.text
    spans = [(one.char_start, one.char_end) for one in details]
    withheld = _withheld(text, spans)
    hidden = _hide(text, spans)
    for row in rows:
        if isinstance(row, PageRow):
            row.text = hidden[row.char_start:row.char_start + len(row.text)]
        elif isinstance(row, PrivateDetail):
            row.masked = hidden[row.char_start:row.char_end]
        else:
            _mask(row, text, hidden, withheld)
    return [
        PrivateWords(pii_id=one.pii_id, document_id=one.document_id, text=text[one.char_start:one.char_end])
        for one in details
    ]


def masked(text: str) -> str:
    """The text with a block for each letter and digit, as long as it was."""
    return "".join(BLOCK if letter.isalnum() else letter for letter in text)


def _hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], masked(text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _withheld(text: str, spans: Sequence[tuple[int, int]]) -> list[_Withheld]:
    """The details and their lines, longest first."""
    private: dict[str, list[tuple[int, int]]] = {}
    for start, end in spans:
        words = text[start:end]
        for piece in {words, *re.split(r"[\n\t]", words)}:
            if len(piece.strip()) >= LEAST:
                private.setdefault(" ".join(piece.split()), []).append((start, end))
    found = []
    for words in sorted(private, key=len, reverse=True):
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        places = private[words]
        everywhere = all(any(a <= m.start() < b for a, b in places) for m in pattern.finditer(text))
        found.append(_Withheld(pattern, tuple(places), everywhere))
    return found


def _mask(row: Record, text: str, hidden: str, withheld: Sequence[_Withheld]) -> None:
    """Mask a row's words: those that are its place in the document by that place, others by the words themselves."""
    start, end = (row.char_start, row.char_end) if isinstance(row, Evidence) else (-1, -1)
    for name, value in list(row):
        if not isinstance(value, str) or name in NOT_WORDS or name.endswith("_id") or not value:
            continue
        if value == text[start:end]:
            new = hidden[start:end]
        else:
            new = value
            for one in withheld:
                if one.everywhere or any(a < end and start < b for a, b in one.spans):
                    new = one.pattern.sub(lambda match: masked(match.group()), new)
        if new != value:
            setattr(row, name, new)
