"""Formats that LibreOffice (or antiword) turns into one that we read: Word before 2007, RTF, OpenDocument."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.document import Document
from pipeline.ingesters.docx import read_docx
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.sniff import ODT, MediaType
from pipeline.ingesters.text import read_text

SUFFIXES: dict[str, str] = {"application/msword": ".doc", "application/rtf": ".rtf", ODT: ".odt"}
KINDS: dict[str, tuple[str, str]] = {
    "application/msword": ("legacy_word", "a Word document from before 2007 (.doc)"),
    "application/rtf": ("rtf", "a rich text document (.rtf)"),
    ODT: ("opendocument", "an OpenDocument text (.odt)"),
}
PATIENCE = 120.0
"""Seconds that a conversion may take."""


def read_legacy(document: Document, data: bytes, media_type: MediaType) -> Document:
    """Convert and read. Raises Unreadable where no converter is installed or the conversion fails."""
    kind, what = KINDS[media_type]
    office = shutil.which("soffice") or shutil.which("libreoffice")
    antiword = shutil.which("antiword") if media_type == "application/msword" else None
    if office is None and antiword is None:
        raise Unreadable(
            kind,
            f"This is {what}, which needs LibreOffice: `apt-get install libreoffice-writer`. "
            "Or save it as .docx and read that.",
        )
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        source = Path(folder, "source").with_suffix(SUFFIXES[media_type])
        source.write_bytes(data)
        try:
            if office is not None:
                return read_docx(document, _to_docx(office, source))
            return read_text(document, _run([str(antiword), "-w", "0", "-m", "UTF-8.txt", str(source)]))
        except (OSError, subprocess.SubprocessError) as error:
            raise Unreadable(kind, f"This is {what}; its conversion failed. Save it as .docx and read that.") from error


def _to_docx(office: str, source: Path) -> bytes:
    # A profile of its own: LibreOffice refuses to start twice on one profile, and workers run side by side.
    profile = (source.parent / "profile").as_uri()
    _run([office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir",
          str(source.parent), str(source)])
    return source.with_suffix(".docx").read_bytes()


def _run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE).stdout
