"""Formats that LibreOffice (or antiword) turns into one that we read: Word before 2007, RTF, OpenDocument."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.document import Document
from pipeline.ingesters.antiword import read_antiword
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
        either = "antiword (`apt-get install antiword`) or " if media_type == "application/msword" else ""
        raise Unreadable(
            kind,
            f"This is {what}, which needs {either}LibreOffice: `apt-get install libreoffice-writer`. "
            "Or save it as .docx and read that.",
        )
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        source = Path(folder, "source").with_suffix(SUFFIXES[media_type])
        source.write_bytes(data)
        faults: list[Exception] = []
        for convert in (_through_office, _through_antiword):
            program = office if convert is _through_office else antiword
            try:
                if program is not None:
                    return convert(document, program, source)
            except (OSError, subprocess.SubprocessError) as error:
                faults.append(error)
    failed = f"This is {what}; its conversion failed. Save it as .docx and read that."
    raise Unreadable(kind, failed) from faults[0]


def _through_antiword(document: Document, antiword: str, source: Path) -> Document:
    text = _run([antiword, "-w", "0", "-m", "UTF-8.txt", str(source)])
    try:
        return read_antiword(document, _run([antiword, "-x", "db", str(source)]), text)
    except Unreadable:
        return read_text(document, text)


def _through_office(document: Document, office: str, source: Path) -> Document:
    return read_docx(document, _to_docx(office, source))


def _to_docx(office: str, source: Path) -> bytes:
    # A profile of its own: LibreOffice refuses to start twice on one profile, and workers run side by side.
    profile = (source.parent / "profile").as_uri()
    _run([office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir",
          str(source.parent), str(source)])
    return source.with_suffix(".docx").read_bytes()


def _run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE).stdout
