"""PDF: pages with words and ruled lines, through pdfium.

pdfium is not thread-safe: one process reads one document at a time. A document that cannot be opened is
`Unreadable`; a page that cannot be read is a row of `problems`, and the others are kept.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from pipeline.document import Document, Page
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.pdf_edges import EdgeReader, TooManyObjects
from pipeline.ingesters.pdf_words import WordReader
from pipeline.records import Problem, identify

CHARACTERS = 150_000
"""A page holds at most so many; the densest budget page has some 15,000."""
OBJECTS = 200_000
"""Path objects and segments that are looked at on a page."""

Place = Callable[[float, float], tuple[float, float]]


def read_pdf(document: Document, data: bytes) -> Document:
    """Fill `document.pages`. Raises `Unreadable` where the file has no page that can be opened."""
    pdf = _open(data)
    try:
        document.title = (pdf.get_metadata_value("Title") or "").strip("\x00 ") or None
        for index in range(len(pdf)):
            document.pages.append(_read_page(document, pdf, index))
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


def _read_page(document: Document, pdf: PdfDocument, index: int) -> Page:
    number = index + 1
    handle = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not handle:
        note(document, "bad_page", f"Page {number} is damaged and was left out.", number)
        return Page(number)
    try:
        page = Page(number, pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle))
        place = _placing(handle)
        _read_words(document, page, handle, place)
        try:
            page.edges = EdgeReader(place, OBJECTS).read(handle)
        except TooManyObjects:
            note(document, "page_too_large", f"Page {number} is a drawing of very many lines; its ruled lines "
                 "were not read, so a table on it may be read without its rules.", number)
    finally:
        pdfium.FPDF_ClosePage(handle)
    return page


def _read_words(document: Document, page: Page, handle: Any, place: Place) -> None:
    text_page = pdfium.FPDFText_LoadPage(handle)
    if not text_page:
        note(document, "bad_page", f"The text of page {page.number} is damaged and was left out.", page.number)
        return
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > CHARACTERS:
            note(document, "page_too_large",
                 f"Page {page.number} holds {count:,} characters; only the first {CHARACTERS:,} were read.", page.number)
        page.words = WordReader(text_page, place).read(CHARACTERS)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


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


def note(document: Document, kind: str, message: str, page: int | None) -> None:
    """Add a row to the document's problems."""
    document.problems.append(Problem(
        problem_id=identify("problem", document.sha256, "words", kind, page),
        document_id=document.document_id, path=document.path, stage="words", kind=kind, message=message, page=page,
    ))
