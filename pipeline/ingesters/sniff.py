"""What a file is, by its content: downloads are misnamed, and error pages come as .pdf."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from pipeline.ingesters.characters import decode
from pipeline.ingesters.errors import Unreadable

MediaType = Literal[
    "application/pdf", "text/html", "application/xml", "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/msword", "application/rtf",
    "application/vnd.oasis.opendocument.text",
]
DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: MediaType = "application/vnd.oasis.opendocument.text"

IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM = "WordDocument".encode("utf-16-le")
POSTSCRIPT = (b"%!PS", b"\xc5\xd0\xd3\xc6", b"\x04%!PS")
OFFICE_PARTS = {"xl/workbook.xml": "spreadsheet", "ppt/presentation.xml": "slides"}
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|div|table|title|meta|link|script|center"
    r"|font|span|p|h[1-6]|ul|ol|form|iframe|base)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_SOON = re.compile(r"<html[\s>]", re.IGNORECASE)
XML = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html)|<[A-Za-z_][\w:.-]*[^<>]*>\s*<)", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
MOST_CONTROLS = 0.02
"""Share of control or undecodable characters beyond which bytes are no text."""
SAMPLE = 8192


def media_type(data: bytes) -> MediaType:
    """The media type of a file's bytes. Raises Unreadable for what Minutebook does not read."""
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty", "The file is empty. Download it again.")
    if data.startswith(POSTSCRIPT):
        raise Unreadable(
            "postscript",
            "This is a PostScript print file, whatever its name says. Convert it with `ps2pdf FILE FILE.pdf` "
            "(Ghostscript) and read the result.",
        )
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data)
    if data.startswith(OLE2):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return "application/rtf"
    if data.startswith(IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise Unreadable(
            "image", "This is a picture. Make a PDF of it (`img2pdf FILE -o FILE.pdf`) and it is read by OCR."
        )
    if data.startswith(ARCHIVES):
        raise Unreadable("archive", "This is a compressed archive. Unpack it and read what it holds.")
    return _written(data)


def _zipped(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except Exception as error:  # what zipfile raises for a hostile header is not a closed list
        raise Unreadable("broken_zip", "This document or archive is damaged. Download it again.") from error
    if "word/document.xml" in names:
        return DOCX
    if kind.startswith(ODT.encode()):
        return ODT
    for part, what in OFFICE_PARTS.items():
        if part in names:
            raise Unreadable(what, f"These are Office {what}. Save them as PDF and read that.")
    raise Unreadable("archive", "This is a zip archive without a Word document. Unpack it and read what it holds.")


def _compound(data: bytes) -> MediaType:
    if WORD_STREAM in data:
        return "application/msword"
    raise Unreadable(
        "legacy_office",
        "This is an old Office file or an e-mail, but no Word document. Save it as PDF and read that.",
    )


def _written(data: bytes) -> MediaType:
    sample = decode(data[:SAMPLE], declared=True)
    bad = len(CONTROLS.findall(sample.rstrip("\ufffd")))
    if bad > MOST_CONTROLS * len(sample):
        raise Unreadable(
            "unknown_format",
            "These bytes are no format that Minutebook reads (PDF, web page, Word, ModernGov XML, text).",
        )
    if MARKUP.match(sample) or HTML_SOON.search(sample[:4096]):
        return "text/html"
    if XML.match(sample):
        return "application/xml"
    return "text/plain"
