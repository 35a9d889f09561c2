"""Every record of every corpus document stands where it says: its words in the text, its boxes on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from pipeline import folder
from pipeline.document import Block, Document, Page, Word
from pipeline.layout.compose import compose
from pipeline.linking.evidence import boxes as boxes_of
from pipeline.reading import read_document
from pipeline.records import AgendaItem, Evidence, EvidenceBox, PageRow, Record, identify, record_id

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PAPERS = [file.path for file in folder.files([CORPUS])[0] if file.path.suffix != ".py"]


@cache
def records(path: Path) -> tuple[Record, ...]:
    """What reading the document gives."""
    reading = read_document(path, identify("doc", folder.sha256(path)))
    assert not reading.failed, [record for record in reading.records if record.table == "problems"]
    return tuple(reading.records)


def letters(text: str) -> str:
    """Letters and digits alone: white space, hyphens at line ends and styles of quotes do not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def verbatim(record: Record) -> str | None:
    """The words that the record quotes."""
    return getattr(record, "raw", None) or getattr(record, "text", None)


def text_of(path: Path) -> str:
    """The document's text, whose characters offsets count."""
    return "".join(record.text for record in records(path) if isinstance(record, PageRow))


def boxes(path: Path) -> dict[str, list[EvidenceBox]]:
    """Boxes by record."""
    found = defaultdict(list)
    for record in records(path):
        if isinstance(record, EvidenceBox):
            found[record.record_id].append(record)
    return found


def named(path: Path) -> str:
    """A name for the test."""
    return path.relative_to(CORPUS).as_posix()


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_words_between_the_offsets_are_the_records_words(path: Path) -> None:
    text = text_of(path)
    wrong = [
        (record_id(record), quoted, text[record.char_start:record.char_end])
        for record in records(path)
        if isinstance(record, Evidence) and (quoted := verbatim(record)) is not None
        and letters(quoted) != letters(text[record.char_start:record.char_end])
    ]
    assert wrong == []


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_records_lie_on_their_pages(path: Path) -> None:
    pages = {r.page: r for r in records(path) if isinstance(r, PageRow)}
    for record in records(path):
        if isinstance(record, Evidence):
            assert record.page in pages, record
            assert 0 <= record.char_start < record.char_end <= len(text_of(path)), record
        if isinstance(record, EvidenceBox):
            page = pages[record.page]
            assert 0 <= record.x0 < record.x1 <= (page.width or 0), record
            assert 0 <= record.top < record.bottom <= (page.height or 0), record


@pytest.mark.parametrize("path", [p for p in PAPERS if p.suffix == ".pdf"], ids=named)
def test_boxes_hold_the_records_words(path: Path) -> None:
    """What pdfium itself finds inside the boxes has every word of the record, and not a line more."""
    found, text = boxes(path), text_of(path)
    scanned = {r.page for r in records(path) if isinstance(r, PageRow) and r.method == "ocr"}
    pdf = pypdfium2.PdfDocument(path)
    for record in records(path):
        if not isinstance(record, Evidence) or record.page in scanned:
            continue
        places = found[record_id(record)]
        assert places, record
        assert places[0].page == record.page
        inside = letters("".join(words_in(pdf, box) for box in places))
        wanted = letters(text[record.char_start:record.char_end])
        assert wanted in inside, (record, inside)
        assert len(inside) <= len(wanted) + 12 * len(places), (record, inside)


def words_in(pdf: pypdfium2.PdfDocument, box: EvidenceBox) -> str:
    """The text that pdfium sees in a box; a little less high, since it counts letters that merely reach in."""
    page = pdf[box.page - 1]
    height, slack = page.get_height(), (box.bottom - box.top) / 4
    bottom, top = height - box.bottom + slack, height - box.top - slack
    return str(page.get_textpage().get_text_bounded(box.x0 - 1, bottom, box.x1 + 1, top))


def test_a_record_read_from_doubtful_words_of_a_scan_is_less_sure() -> None:
    sure = [Word("Highways", 72, 100, 130, 112, confidence=0.98), Word("budget", 135, 100, 170, 112, confidence=0.96)]
    doubtful = [Word("£l,2S0", 72, 120, 130, 132, confidence=0.4), Word("a", 135, 120, 140, 132, confidence=1.0)]
    lines = [Block("paragraph", " ".join(word.text for word in words), 1, words=words) for words in (sure, doubtful)]
    page = Page(1, 595, 842, words=[*sure, *doubtful], method="ocr")
    document = compose(Document("0" * 64, "scan.pdf", "application/pdf", pages=[page], blocks=lines))
    items = [
        AgendaItem(item_id=str(line.start), document_id=document.document_id, meeting_id=None, position=1, number=None,
                   title=line.text, reference=None, truncated=False, page=1, char_start=line.start, char_end=line.end,
                   rule="item", confidence=0.9)
        for line in lines
    ]
    boxes_of(document, items)
    assert [item.confidence for item in items] == [0.874, 0.437]
    page.method = "text"
    boxes_of(document, items)
    assert [item.confidence for item in items] == [0.874, 0.437]
