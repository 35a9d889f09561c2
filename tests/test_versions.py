"""What a site replaced counts no more, stays to be asked for, and is what one knew on the day."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline import run
from pipeline.scrape.archive import Archive
from pipeline.scrape.ledger import CouncilRun, Document, Run

PAGE = "https://democracy.ashbourne-vale.example/documents/g412/Printed minutes.pdf?T=1"
OTHER = "https://democracy.ashbourne-vale.example/documents/s77/Minutes.pdf"
HEAD = """Ashbourne Vale Borough Council

CABINET

Minutes of the meeting of the Cabinet held on Tuesday 3 March 2026 at 6.00 pm in the Guildhall

"""
DRAFT = HEAD + """1. Repairs to the market hall

The Cabinet considered a report of the Director of Place.

RESOLVED: That repairs to the market hall be approved at a cost of £40,000.
"""
FINAL = HEAD + """1. Market hall

A report on the roof was received and its author thanked for the photographs.

RESOLVED: That the roof of the market hall be renewed for £45,000, and that tenders be invited in April.
"""


class Site:
    """An archive into which editions of papers are put by hand, on days of May 2026."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def gives(self, day: int, content: str | None, address: str = PAGE) -> None:
        """On that day the address gives this; None: nothing any more."""
        at = datetime(2026, 5, day, 12)
        with Archive(self.folder) as archive:
            name = f"run-{day}"
            archive.ledger.put(
                Run(name, at), CouncilRun(name, "E07000222", "moderngov", None, at, at, "complete", meetings=1),
                Document("E07000222", address, None, None, "Minutes", "minutes", at, at),
            )
            if content is None:
                archive.note_gone(address, at, name)
                return
            data = content.encode()
            file = archive.unfinished(address)
            file.write_bytes(data)
            sha256 = hashlib.sha256(data).hexdigest()
            archive.keep(file, sha256, "txt")
            archive.note(address, sha256, len(data), "text/plain", at, {}, name)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Ingest the archive and ask the database."""
        db = self.folder.with_name("papers.duckdb")
        run.ingest([self.folder], db, workers=1)
        with duckdb.connect(str(db), read_only=True) as connection:
            return connection.execute(question).fetchall()


def sums(site: Site, source: str = "decisions") -> list[str]:
    """The amounts in what counts as decided."""
    found = site.ask(f"SELECT regexp_extract(text, '£[0-9,]+[0-9]') FROM {source} ORDER BY 1")
    return [str(amount) for (amount,) in found]


def test_documents_tell_where_they_came_from_when_and_whose_they_are(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    site.gives(4, DRAFT.replace("Ashbourne Vale Borough Council", "Minutes"))
    assert site.ask("SELECT source_url, fetched_at, council_id FROM documents") == [
        (PAGE, datetime(2026, 5, 4, 12), "E07000222")
    ]


def test_a_version_that_was_replaced_counts_no_more_in_whatever_words(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    site.gives(4, DRAFT)
    assert sums(site) == ["£40,000"]
    site.gives(18, FINAL)
    assert sums(site) == ["£45,000"]
    assert site.ask(
        "SELECT n.fetched_at::DATE::VARCHAR, o.fetched_at::DATE::VARCHAR "
        "FROM documents n JOIN documents o ON n.supersedes = o.document_id"
    ) == [("2026-05-18", "2026-05-04")]


def test_decisions_as_known_on_a_day_are_those_of_the_version_of_that_day(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    site.gives(4, DRAFT)
    site.gives(18, FINAL)
    known = {day: sums(site, f"decisions_as_known_on('2026-05-{day:02d}')") for day in (3, 4, 17, 18, 30)}
    assert known == {3: [], 4: ["£40,000"], 17: ["£40,000"], 18: ["£45,000"], 30: ["£45,000"]}


def test_what_comes_back_after_a_correction_counts_again(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    for day, content in ((4, DRAFT), (11, FINAL), (18, DRAFT)):
        site.gives(day, content)
    assert sums(site) == ["£40,000"]


def test_what_still_stands_at_another_address_counts_on(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    site.gives(4, DRAFT)
    site.gives(4, DRAFT, OTHER)
    site.gives(18, FINAL)
    assert sums(site) == ["£40,000", "£45,000"]


def test_what_was_withdrawn_stays_known_and_says_since_when_it_is_gone(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    site.gives(4, DRAFT)
    site.gives(25, None)
    assert sums(site) == ["£40,000"]
    told = site.ask("SELECT replaced_at::DATE::VARCHAR, document_id IS NULL FROM paper_versions ORDER BY first_seen")
    assert told == [
        ("2026-05-25", False), (None, True)
    ]


def test_of_three_editions_the_last_counts_alone(tmp_path: Path) -> None:
    site = Site(tmp_path / "archive")
    for day, amount in ((4, "£40,000"), (11, "£41,000"), (18, "£42,000")):
        site.gives(day, DRAFT.replace("£40,000", amount))
    assert sums(site) == ["£42,000"]
    assert sums(site, "decisions_as_known_on('2026-05-12')") == ["£41,000"]
