"""Opens a file and hands its bytes to the reader for what they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.document import Document
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.sniff import DOCX, ODT, MediaType, media_type

LARGEST = 512 * 2**20
"""Bytes; the longest packs that councils publish stay well below."""


def read(path: Path) -> Document:
    """Read a file. Raises Unreadable, and nothing else, where the file is at fault."""
    data = _bytes(path)
    kind = media_type(data)
    document = Document(sha256=hashlib.sha256(data).hexdigest(), path=str(path), media_type=kind)
    try:
        return _read(kind, document, data)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("too_deep", "This file nests deeper than any document does; it is broken.") from error


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable("too_large", f"The file has {size // 2**20:,} MB; the most is {LARGEST // 2**20:,} MB.")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("no_access", f"The file cannot be opened: {error.strerror or error}.") from error


def _read(kind: MediaType, document: Document, data: bytes) -> Document:
    # Each reader is imported where it is needed: a folder of web pages must not wait for the PDF engine.
    if kind == "application/pdf":
        from pipeline.ingesters.pdf import read_pdf

        return read_pdf(document, data)
    if kind == "text/html":
        from pipeline.ingesters.html import read_html

        return read_html(document, data)
    if kind == "application/xml":
        from pipeline.ingesters.moderngov_xml import read_xml

        return read_xml(document, data)
    if kind == DOCX:
        from pipeline.ingesters.docx import read_docx

        return read_docx(document, data)
    if kind in ("application/msword", "application/rtf", ODT):
        from pipeline.ingesters.legacy import read_legacy

        return read_legacy(document, data, kind)
    from pipeline.ingesters.text import read_text

    return read_text(document, data)
