"""Readers that do what a document may do to a worker, told by the document's own first word.

They stand in for the whole journey of reading, so that the tests of a run need none of its rooms. Workers import
them by name.
"""

from __future__ import annotations

import os
import signal
from datetime import datetime
from pathlib import Path

from pipeline.reading import Reading
from pipeline.records import DocumentRow, MeetingStatement, PageRow, Record, Resolution, identify

CALLS = ".calls"
"""A hidden file beside the documents, to which each reading adds a line."""


def read(path: Path, document_id: str) -> Reading:
    """A document of one page whose text is its only decision; or a fault."""
    text = path.read_text(encoding="utf-8")
    with (path.parent / CALLS).open("a", errors="surrogateescape") as calls:
        calls.write(path.name + "\n")
    match text.split(" ", 1)[0]:
        case "ABORT":
            os.abort()
        case "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case "HANG":
            while True:
                pass
        case "TELL":
            # The other end reads the end of the file when this process has ended, and not before.
            os.write(os.open(text.split()[1], os.O_WRONLY), b"reading")
            while True:
                pass
        case "EAT":
            return Reading(document_id, [bytearray(50_000_000_000)])  # type: ignore[list-item]
        case "TWICE":
            return Reading(document_id, records(path, document_id, text) * 2)
        case "FAIL":
            raise ValueError("a fault of ours")
    return Reading(document_id, records(path, document_id, text))


def records(path: Path, document_id: str, text: str) -> list[Record]:
    """The rows of a sound document."""
    meeting_id = identify("meeting", document_id)
    return [
        DocumentRow(
            document_id=document_id, sha256="0" * 64, path=str(path), media_type="text/plain", kind="minutes",
            title=path.stem.encode(errors="replace").decode(), meeting_id=meeting_id, page_count=1,
            ingested_at=datetime(2024, 5, 6, 7, 8, 9),
        ),
        MeetingStatement(document_id=document_id, meeting_id=meeting_id, body="Cabinet"),
        PageRow(document_id=document_id, page=1, text=text, char_start=0),
        Resolution(
            resolution_id=identify("resolution", document_id, 0), document_id=document_id, meeting_id=meeting_id,
            position=1, status="decided", kind="agreed", text=text, page=1, char_start=0, char_end=len(text),
            rule="test",
        ),
    ]
