"""The archive of what councils published: each content once, each change a version, nothing lost."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline import folder as papers
from pipeline.records import identify
from pipeline.scrape.announced import told
from pipeline.scrape.archive import Archive, Occupied
from pipeline.scrape.ledger import CouncilRun, Document, Ledger, Meeting, NotALedger, Version, Visit
from pipeline.scraped import PaperVersion

MINUTES = "https://meetings.ashbourne-vale.example/documents/g412/Minutes.pdf"
DRAFT, FINAL = b"%PDF-1.7 draft minutes", b"%PDF-1.7 minutes as approved"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def deliver(archive: Archive, content: bytes, day: int, address: str = MINUTES, **headers: str) -> str:
    """What the guest does with a finished download."""
    listed = datetime(2026, 5, day)
    archive.ledger.put(Document("x-av", address, "7", "412", "Minutes", "minutes", listed, listed))
    download = archive.unfinished(address)
    download.write_bytes(content)
    archive.keep(download, sha(content), "pdf")
    return archive.note(
        address, sha(content), len(content), "application/pdf", datetime(2026, 5, day), headers, "run-1"
    )


def paper(content: bytes) -> str:
    """The id of the document with this content."""
    return identify("doc", sha(content))


def versions(folder: Path) -> list[PaperVersion]:
    """What `minutebook ingest` is told of the archive's addresses."""
    scraped = told(folder)
    assert scraped is not None
    return sorted(scraped.versions, key=lambda version: version.first_seen)


def test_a_changed_document_is_a_version_of_its_own_and_the_old_one_stays(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        outcomes = [deliver(archive, content, day) for day, content in enumerate((DRAFT, DRAFT, FINAL), 1)]
        versions = archive.ledger.rows(Version)
    assert outcomes == ["new", "unchanged", "changed"]
    assert [(v.sha256, v.first_seen.day, v.last_seen.day, v.supersedes) for v in versions] == [
        (sha(DRAFT), 1, 2, None), (sha(FINAL), 3, 3, versions[0].version_id),
    ]
    assert archive.path_of(sha(DRAFT), "pdf").read_bytes() == DRAFT
    assert archive.path_of(sha(FINAL), "pdf").read_bytes() == FINAL


def test_the_same_content_at_two_addresses_is_one_file_with_two_origins(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        assert deliver(archive, DRAFT, 1) == "new"
        assert deliver(archive, DRAFT, 2, MINUTES + "?T=1") == "new"
    files, unopened = papers.files([tmp_path])
    assert [Path(f.name).name for f in files] == [f"{sha(DRAFT)}.pdf"] and unopened == []
    assert [(v.document_id, v.address) for v in versions(tmp_path)] == [
        (paper(DRAFT), MINUTES), (paper(DRAFT), MINUTES + "?T=1")
    ]


def test_a_page_withdrawn_ends_its_version_and_comes_back_as_its_successor(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        deliver(archive, DRAFT, 1)
        archive.note_gone(MINUTES, datetime(2026, 5, 8), "run-2")
        archive.note_gone(MINUTES, datetime(2026, 5, 9), "run-3")
        gone = archive.ledger.current(MINUTES)
        assert gone is not None and (gone.sha256, gone.first_seen.day) == (None, 8)
        assert deliver(archive, FINAL, 15) == "changed"
    assert [(v.document_id, v.first_seen.day, v.replaced_at, v.supersedes) for v in versions(tmp_path)] == [
        (paper(DRAFT), 1, datetime(2026, 5, 8), None), (None, 8, datetime(2026, 5, 15), None),
        (paper(FINAL), 15, None, paper(DRAFT)),
    ]


def test_validators_and_headers_are_those_of_the_last_answer(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        deliver(archive, DRAFT, 1, ETag='"a"', Server="IIS")
        deliver(archive, DRAFT, 2, ETag='"b"')
        version = archive.ledger.current(MINUTES)
    assert version is not None
    assert (version.etag, version.headers, version.last_seen.day) == ('"b"', {"ETag": '"b"'}, 2)


def test_two_runs_never_write_one_archive(tmp_path: Path) -> None:
    with Archive(tmp_path), pytest.raises(Occupied, match="another run is writing"):
        Archive(tmp_path)
    Archive(tmp_path).close()


def test_a_row_written_again_keeps_when_it_was_first_seen(tmp_path: Path) -> None:
    def meeting(day: int, cancelled: bool) -> Meeting:
        seen = datetime(2026, 5, day)
        return Meeting(
            "x-av", "412", "7", date(2026, 5, 20), "7.30 pm", None, cancelled, True, None, False, None, seen, seen
        )

    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.put(meeting(1, False))
    ledger.put(meeting(9, True))
    (row,) = ledger.rows(Meeting)
    assert (row.first_seen.day, row.last_seen.day, row.cancelled) == (1, 9, True)
    assert (row.agenda_published, row.decisions_published, row.minutes_published) == (True, None, False)


def test_what_was_half_written_is_not_written(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    with pytest.raises(RuntimeError), ledger.transaction():
        ledger.put(CouncilRun("run-1", "x-av", "moderngov", None, datetime(2026, 5, 1)))
        raise RuntimeError
    assert ledger.rows(CouncilRun) == []


def test_a_ledger_of_an_earlier_version_gets_the_columns_that_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    Ledger(file).close()
    listed = "2026-05-01 00:00:00.000000"
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE documents DROP COLUMN promise")
        connection.execute("ALTER TABLE council_runs DROP COLUMN meetings")
        connection.execute("INSERT INTO council_runs (run_id, council_id, started_at, outcome, committees, requests, "
                           "bytes, new_documents, changed_documents, failed_documents) VALUES "
                           "('run-0', 'x-av', '2026-04-01 00:00:00', 'complete', 1, 1, 1, 1, 0, 0)")
        connection.execute(
            "INSERT INTO documents VALUES ('x-av', 'https://a.example/1', NULL, '4', 'Minutes', 'minutes', ?, ?)",
            (listed, listed),
        )
    ledger = Ledger(file)
    (document,) = ledger.rows(Document)
    assert (document.title, document.promise, document.first_listed) == ("Minutes", "paper", datetime(2026, 5, 1))
    ledger.put(CouncilRun("run-1", "x-av", "cmis", None, datetime(2026, 5, 1), meetings=7))
    assert [row.meetings for row in ledger.rows(CouncilRun)] == [0, 7]


def test_another_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "ledger.sqlite").write_text("Minutes of the Parish Council, held in the hall." * 40)
    with pytest.raises(NotALedger, match="name another archive"):
        Archive(tmp_path)


def test_old_visits_and_parts_of_downloads_are_forgotten_but_each_addresss_last(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        for month in (1, 2, 11):
            archive.ledger.add(Visit(0, "run", "x-av", MINUTES, datetime(2026, month, 1), 200, 1, 9, 0.1, "new"))
        archive.ledger.add(Visit(0, "run", "x-av", MINUTES + "x", datetime(2026, 1, 1), 404, 1, 9, 0.1, "gone"))
        parts = [archive.unfinished(name) for name in ("old", "new")]
        for part, month in zip(parts, (1, 11), strict=True):
            part.write_bytes(b"%PDF")
            moment = datetime(2026, month, 1).timestamp()
            os.utime(part, (moment, moment))
        archive.tidy(datetime(2026, 11, 20))
        assert [(visit.address, visit.at.month) for visit in archive.ledger.rows(Visit)] == [
            (MINUTES, 11), (MINUTES + "x", 1)
        ]
        assert [part.exists() for part in parts] == [False, True]
