"""What the ledger of an archive tells of councils, as rows for the database: the source of `coverage`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline import rules
from pipeline.records import identify
from pipeline.scrape.archive import LEDGER
from pipeline.scrape.bounds import flags
from pipeline.scrape.ledger import CouncilRun, Document, Ledger, Version
from pipeline.scraped import AnnouncedMeeting, Asking, PaperVersion, PublishedPaper, Scraped

NOT_HAD = ("failed", "refused", "gone")
"""Outcomes of a visit that brought nothing."""


def told(folder: Path) -> Scraped | None:
    """What the archive in `folder` tells; None where it is no archive. Raises `ledger.NotALedger`."""
    if not (folder / LEDGER).exists():
        return None
    ledger = Ledger(folder / LEDGER)
    try:
        askings = [_asking(run) for run in ledger.rows(CouncilRun)]
        days = {asking.council_id: asking.asked_at.date() for asking in sorted(askings, key=lambda a: a.asked_at)}
        with ledger.transaction() as connection:
            connection.row_factory = sqlite3.Row
            try:
                meetings = list(_meetings(connection, days))
                papers = list(_papers(connection))
            finally:
                connection.row_factory = None
        return Scraped(
            askings, meetings, papers, flags(ledger, askings, meetings, papers), list(_versions(ledger))
        )
    finally:
        ledger.close()


def asked(folder: Path) -> set[tuple[str, str, str]]:
    """Run, council and outcome of all askings of the archive in `folder`. Raises `ledger.NotALedger`."""
    if not (folder / LEDGER).exists():
        return set()
    ledger = Ledger(folder / LEDGER)
    try:
        return {(run.run_id, run.council_id, run.outcome) for run in ledger.rows(CouncilRun)}
    finally:
        ledger.close()


def _asking(run: CouncilRun) -> Asking:
    return Asking(
        run_id=run.run_id, council_id=run.council_id, council=run.council, asked_at=run.started_at,
        outcome=run.outcome, kind=run.kind, why=run.why, meetings=run.meetings, requests=run.requests, bytes=run.bytes,
        new_papers=run.new_documents, changed_papers=run.changed_documents, failed_papers=run.failed_documents,
    )


def _meetings(connection: sqlite3.Connection, days: dict[str, date]) -> Iterator[AnnouncedMeeting]:
    due = timedelta(days=rules.load("weekly/bounds")["minutes_due_days"])
    for row in connection.execute(MEETINGS):
        held_on = date.fromisoformat(row["held_on"])
        published = _said(row["minutes_published"])
        asked_on = days.get(row["council_id"], held_on)
        yield AnnouncedMeeting(
            council_id=row["council_id"], site_meeting=row["meeting_id"], committee=row["committee"], held_on=held_on,
            cancelled=bool(row["cancelled"]), agenda_published=_said(row["agenda_published"]),
            minutes_published=published,
            minutes_expected=not row["cancelled"] and (published is True or held_on + due <= asked_on),
            first_listed=datetime.fromisoformat(row["first_seen"]),
            last_listed=datetime.fromisoformat(row["last_seen"]), address=row["url"],
        )


def _papers(connection: sqlite3.Connection) -> Iterator[PublishedPaper]:
    for row in connection.execute(PAPERS):
        failed = row["outcome"] in NOT_HAD or row["sha256"] is None
        yield PublishedPaper(
            council_id=row["council_id"], address=row["address"], site_meeting=row["meeting_id"],
            committee=row["committee"], kind=row["kind"], title=row["title"],
            dated=date.fromisoformat((row["held_on"] or row["first_listed"])[:10]),
            document_id=identify("doc", row["sha256"]) if row["sha256"] else None,
            why=(row["why"] or "not asked for yet") if failed else None,
        )


def _versions(ledger: Ledger) -> Iterator[PaperVersion]:
    """What each address gave, and gave before; an installation of two councils tells it of both."""
    councils: dict[str, set[str]] = defaultdict(set)
    for document in ledger.rows(Document):
        councils[document.address].add(document.council_id)
    history: dict[str, list[Version]] = defaultdict(list)
    for version in ledger.rows(Version):
        history[version.address].append(version)
    for address, versions in history.items():
        before: str | None = None
        for version, later in zip(versions, [*versions[1:], None], strict=True):
            document_id = identify("doc", version.sha256) if version.sha256 else None
            for council in sorted(councils[address]):
                yield PaperVersion(
                    address=address, first_seen=version.first_seen, council_id=council, last_seen=version.last_seen,
                    replaced_at=later.first_seen if later else None, document_id=document_id,
                    supersedes=before if document_id else None,
                )
            before = document_id or before


def _said(flag: Any) -> bool | None:
    return None if flag is None else bool(flag)


MEETINGS = """
SELECT m.*, c.title AS committee FROM meetings m LEFT JOIN committees c USING (council_id, committee_id)
ORDER BY m.council_id, m.meeting_id
"""
PAPERS = """
SELECT d.*, c.title AS committee, m.held_on, t.outcome, t.why,
    (SELECT v.sha256 FROM versions v WHERE v.address = d.address AND v.sha256 IS NOT NULL
     ORDER BY v.version_id DESC LIMIT 1) AS sha256
FROM documents d
LEFT JOIN meetings m USING (council_id, meeting_id)
LEFT JOIN committees c ON c.council_id = d.council_id AND c.committee_id = coalesce(d.committee_id, m.committee_id)
LEFT JOIN visits t ON t.visit_id = (SELECT max(x.visit_id) FROM visits x WHERE x.address = d.address)
WHERE d.promise <> 'guess' OR sha256 IS NOT NULL OR t.outcome <> 'gone' AND t.why NOT LIKE 'not_promised%'
ORDER BY d.council_id, d.address
"""
