"""What bytes are, whether they are what was promised, and whether they are all there."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

Promise = Literal["page", "xml", "pdf", "paper", "text"]
"""What an address should give: a web page, an answer of a web service, a PDF, any document that is no web page, a
robots.txt."""
HEAD, TAIL = 4096, 4096
PDF = b"%PDF-"
MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
ROOT = re.compile(rb"\s*<\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)*<([A-Za-z_][\w:.-]*)", re.S)
TYPES = {
    "pdf": "application/pdf", "xml": "application/xml", "html": "text/html", "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "doc": "application/msword",
    "txt": "text/plain", "zip": "application/zip", "bin": "application/octet-stream",
}
EXTENSION = re.compile(r"\.(docx|docm|odt|xlsx|xls|pptx|ppt|csv)$", re.I)


class TooLarge(Exception):
    """More bytes than may be."""


def kind_of(file: Path, address: str = "") -> str:
    """The usual extension for what the file holds: pdf, xml, html, docx, doc, rtf, txt, zip, bin.

    An office file keeps the extension that its address has.
    """
    with file.open("rb") as opened:
        head = opened.read(HEAD).removeprefix(b"\xef\xbb\xbf")
    if PDF in head[:1024]:
        return "pdf"
    if MARKUP.match(head):
        return "html"
    if ROOT.match(head):
        return "xml"
    named = EXTENSION.search(address.partition("?")[0])
    if head.startswith(b"PK\x03\x04"):
        return named[1].lower() if named else "docx" if b"word/" in head or b"[Content_Types]" in head else "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return named[1].lower() if named else "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"\x00" in head:
        return "bin"
    return "html" if re.search(rb"<(?:html|body|div|table)\b", head, re.I) else "txt"


def broken_promise(kind: str, promise: Promise) -> str | None:
    """In words, how what came differs from what was promised; None where it does not."""
    held = {
        "page": kind == "html", "xml": kind == "xml", "pdf": kind == "pdf", "paper": kind not in ("html", "xml"),
        "text": True,
    }
    if held[promise]:
        return None
    names = {"page": "a web page", "xml": "an answer of the web service", "pdf": "a PDF", "paper": "a document",
             "text": "text"}
    came = {"html": "a web page", "pdf": "a PDF", "xml": "XML", "txt": "plain text"}.get(kind, f"a file ({kind})")
    return f"{names[promise]} was promised and {came} came"


def is_whole(file: Path, kind: str) -> bool:
    """Whether the file has the end that its kind has to have."""
    if kind in ("docx", "docm", "odt", "xlsx", "pptx", "zip"):
        return zipfile.is_zipfile(file)
    size = file.stat().st_size
    with file.open("rb") as opened:
        head = opened.read(HEAD)
        opened.seek(max(0, size - TAIL))
        tail = opened.read().rstrip(b"\x00 \t\r\n")
    if kind == "pdf":
        return b"%%EOF" in tail
    if kind == "html":
        return b"</html" in tail.lower() or b"<html" not in head.lower()
    if kind == "xml":
        root = ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
        return root is None or tail.endswith(b"</" + root[1] + b">") or tail.endswith(b"<" + root[1] + b"/>")
    return size > 0


class Unpacker:
    """Undoes a Content-Encoding piece by piece, never into more than `most` bytes."""

    def __init__(self, encoding: str, most: int) -> None:
        """Raises ValueError for an encoding that we did not ask for."""
        self._left = most
        coding = encoding.strip().lower()
        if coding in ("", "identity"):
            self._inflate = None
        elif coding in ("gzip", "x-gzip", "deflate"):
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        else:
            raise ValueError(f"it is packed in a way that we did not ask for ({coding})")

    def feed(self, packed: bytes) -> bytes:
        """What these bytes unpack to. Raises TooLarge, zlib.error."""
        plain = packed if self._inflate is None else self._inflate.decompress(packed, self._left + 1)
        self._left -= len(plain)
        if self._left < 0:
            raise TooLarge
        return plain

    @property
    def finished(self) -> bool:
        """Whether the packed stream came to its end."""
        return self._inflate is None or self._inflate.eof
