"""What everything is held against: pdfium's bare extraction of words, boxes and fonts, nothing made of them.

The calls are those that our own reader makes, through pypdfium2's own bindings, as any program would make them (ours
go round their checks, `pipeline/ingesters/pdf_calls.py`): a page's characters in one call, the box of a word's first
and last character, its text object, and each object's size, matrix, font, weight and mode once.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

WORD = re.compile(r"\S+")
Bare = tuple[str, tuple[float, float, float, float], tuple[Any, ...]]
"""A word, its box in PDF's coordinates, and its typeface."""


def read(path: Path) -> list[list[Bare]]:
    """Every page's words; none where the file cannot be opened."""
    try:
        pdf = PdfDocument(path.read_bytes())
    except PdfiumError:
        return []
    try:
        return [list(_words(pdf.raw, index)) for index in range(len(pdf))]
    finally:
        pdf.close()


def _words(pdf: Any, index: int) -> Iterator[Bare]:
    page = pdfium.FPDF_LoadPage(pdf, index)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text_page, 0, count, buffer)
        box, faces = pdfium.FS_RECTF(), {}
        for match in WORD.finditer(bytes(buffer)[:-2].decode("utf-16-le", "replace")):
            first, last = match.start(), match.end() - 1
            pdfium.FPDFText_GetLooseCharBox(text_page, first, ctypes.byref(box))
            left, top, right, bottom = box.left, box.top, box.right, box.bottom
            if last > first:
                pdfium.FPDFText_GetLooseCharBox(text_page, last, ctypes.byref(box))
                left, right = min(left, box.left), max(right, box.right)
                top, bottom = max(top, box.top), min(bottom, box.bottom)
            handle = pdfium.FPDFText_GetTextObject(text_page, first)
            key = ctypes.addressof(handle.contents) if handle else 0
            if key not in faces:
                faces[key] = _face(text_page, first, handle) if handle else ()
            yield match[0], (left, top, right, bottom), faces[key]
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _face(text_page: Any, index: int, handle: Any) -> tuple[Any, ...]:
    matrix, name = pdfium.FS_MATRIX(), ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    font = pdfium.FPDFTextObj_GetFont(handle)
    pdfium.FPDFFont_GetBaseFontName(font, name, 256)
    return (
        pdfium.FPDFText_GetFontSize(text_page, index), matrix.a, matrix.b, matrix.c, matrix.d, name.value,
        pdfium.FPDFFont_GetFlags(font), pdfium.FPDFTextObj_GetTextRenderMode(handle),
    )
