"""PDF: pages with words and ruled lines, through pdfium.

pdfium is not thread-safe: one process reads one document at a time. A document that cannot be opened is
`Unreadable`; a page that cannot be read is a row of `problems`, and the others are kept.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from pipeline.document import Document, Page
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.ocr import DPI, NoRecognition, Recognised, recognise
from pipeline.ingesters.ocr_vocabulary import mend_doubtful
from pipeline.ingesters.pdf_edges import EdgeReader, TooManyObjects
from pipeline.ingesters.pdf_trust import Trust, trust_in, usual_words
from pipeline.ingesters.pdf_turn import turn_page
from pipeline.ingesters.pdf_words import Place, WordReader
from pipeline.ingesters.problems import note

CHARACTERS = 150_000
"""A page holds at most so many; the densest budget page has some 15,000."""
OBJECTS = 200_000
"""Path objects and segments that are looked at on a page."""
SIDE = 5000
"""Pixels of a rendered page's longer side at most."""
COARSEST = 30 / 72
"""Pixels to a point at least: letters of a coarser picture cannot be told apart."""
DOUBTS: dict[Trust, tuple[str, str]] = {
    "none": ("no_text", "has no text"),
    "garbled": ("garbled_text", "has letters whose font does not tell what they are"),
    "doubtful": ("doubtful_text", "has a text that was poorly recognised by some other program"),
}
TOGETHER = 8
"""Pages at most that are recognised together."""


def read_pdf(document: Document, data: bytes) -> Document:
    """Fill `document.pages`. Raises `Unreadable` where the file has no page that can be opened."""
    pdf = _open(data)
    try:
        document.title = (pdf.get_metadata_value("Title") or "").strip("\x00 ") or None
        doubted: list[tuple[Page, Trust]] = []
        for index in range(len(pdf)):
            document.pages.append(_read_page(document, pdf, index, doubted))
        if doubted:
            _recognise(document, pdf, doubted)
        if any(page.method == "ocr" for page in document.pages):
            mend_doubtful(word for page in document.pages for word in page.words)
    finally:
        pdf.close()
    return document


def _open(data: bytes) -> PdfDocument:
    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable(
                "encrypted", "The PDF opens only with a password. Save a copy without one, and read that."
            ) from error
        raise Unreadable(
            "corrupt", "The PDF is damaged or cut off, and cannot be opened. Fetch it again from where it came."
        ) from error
    if len(pdf) == 0:
        pdf.close()
        raise Unreadable("empty", "The PDF has no pages. Fetch it again from where it came.")
    return pdf


def _read_page(document: Document, pdf: PdfDocument, index: int, doubted: list[tuple[Page, Trust]]) -> Page:
    """The page as its text says; one whose text is not to be trusted is put among the `doubted`."""
    number = index + 1
    handle = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not handle:
        note(document, "bad_page", f"Page {number} is damaged and was left out.", stage="words", page=number)
        return Page(number)
    try:
        page = Page(number, pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle))
        place = _placing(handle)
        reader = _read_words(document, page, handle, place)
        pictures = _read_edges(document, page, handle, place)
        turn = (reader.turn + pdfium.FPDFPage_GetRotation(handle)) % 4
    finally:
        pdfium.FPDF_ClosePage(handle)
    share = pictures / max((page.width or 1) * (page.height or 1), 1.0)
    trust = trust_in(page.words, share, 2 * reader.hidden > len(page.words))
    if turn and trust in ("good", "doubtful"):
        turn_page(page, turn)
    elif trust != "good":
        doubted.append((page, trust))
    return page


def _read_words(document: Document, page: Page, handle: Any, place: Place) -> WordReader:
    """Fill the page's words. Returns their reader, which knows how they stand."""
    text_page = pdfium.FPDFText_LoadPage(handle)
    reader = WordReader(text_page, place)
    if not text_page:
        note(document, "bad_page", f"The text of page {page.number} is damaged and was left out.",
             stage="words", page=page.number)
        return reader
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > CHARACTERS:
            note(document, "page_too_large",
                 f"Page {page.number} holds {count:,} characters; only the first {CHARACTERS:,} were read.",
                 stage="words", page=page.number)
        page.words = reader.read(CHARACTERS)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return reader


def _read_edges(document: Document, page: Page, handle: Any, place: Place) -> float:
    """Fill the page's edges. Returns the area of its pictures."""
    reader = EdgeReader(place, OBJECTS)
    try:
        page.edges = reader.read(handle)
    except TooManyObjects:
        note(document, "page_too_large", f"Page {page.number} is a drawing of very many lines; its ruled lines "
             "were not read, so a table on it may be read without its rules.", stage="words", page=page.number)
    return reader.pictures


def _recognise(document: Document, pdf: PdfDocument, doubted: Sequence[tuple[Page, Trust]]) -> None:
    """Read the pages' pictures instead of their text; a row of `problems` says so where that fails."""
    def scale(doubt: tuple[Page, Trust]) -> float:
        return min(DPI / 72, SIDE / max(doubt[0].width or 1, doubt[0].height or 1, 1))

    for page, _ in (doubt for doubt in doubted if scale(doubt) < COARSEST):
        note(document, "page_too_large", f"Page {page.number} is larger than any paper; no picture of it was read.",
             stage="words", page=page.number)
    for resolution, alike in groupby((doubt for doubt in doubted if scale(doubt) >= COARSEST), scale):
        pages = list(alike)
        for at in range(0, len(pages), TOGETHER):
            some = pages[at:at + TOGETHER]
            images = [pdf[(page.number or 1) - 1].render(scale=resolution, grayscale=True).to_pil() for page, _ in some]
            for (page, trust), found in zip(some, recognise(images, round(resolution * 72)), strict=True):
                _take(document, page, trust, found)


def _take(document: Document, page: Page, trust: Trust, found: Recognised | NoRecognition) -> None:
    """Give the page the words that were found in its picture, if they are better than those it had."""
    kind, what = DOUBTS[trust]
    if isinstance(found, NoRecognition):
        note(document, kind, f"{document.path}: page {page.number} {what}. {found}", stage="words", page=page.number)
        return
    if trust == "doubtful" and usual_words(found.words) <= usual_words(page.words):
        return
    if not found.words and trust == "none":
        note(document, kind, f"{document.path}: page {page.number} is blank, or a picture without words.",
             stage="words", page=page.number)
        return
    page.words, page.method, page.turn, page.skew = found.words, "ocr", found.turn, found.skew
    if found.turn or found.skew:
        page.edges = []
    if found.turn % 180:
        page.width, page.height = page.height, page.width


def _placing(handle: Any) -> Place:
    """How PDF coordinates (from the bottom left of an unturned page) become points from the top left as shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(box))
    left, right, top, bottom = box.left, box.right, box.top, box.bottom
    turn = pdfium.FPDFPage_GetRotation(handle)
    if turn == 1:
        return lambda x, y: (y - bottom, x - left)
    if turn == 2:
        return lambda x, y: (right - x, y - bottom)
    if turn == 3:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)
