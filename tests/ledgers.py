"""Archives as a scrape leaves them, without a site: what each council of a run announced and what of it came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pipeline.scrape.archive import Archive
from pipeline.scrape.ledger import (
    Committee,
    CouncilOutcome,
    CouncilRun,
    Document,
    DocumentKind,
    Listing,
    Meeting,
    Run,
    Visit,
)

MONDAY = datetime(2026, 3, 2, 3, 30)
"""When the first run is."""


@dataclass(frozen=True)
class Paper:
    """A paper that a council lists with a meeting; without `words` its bytes cannot be had."""

    kind: DocumentKind
    words: str | None = None
    why: str = "the site answered 500"


@dataclass(frozen=True)
class Met:
    """A meeting that a council announces."""

    held_on: date
    committee: str = "Cabinet"
    papers: tuple[Paper, ...] = ()
    cancelled: bool = False
    minutes_published: bool | None = None


@dataclass(frozen=True)
class Answer:
    """What became of asking a council."""

    meetings: Sequence[Met] = ()
    outcome: CouncilOutcome = "complete"
    kind: str | None = None
    why: str | None = None
    ended: Sequence[str] = ()
    lists_read: bool = True
    name: str | None = None
    """What the list of sites calls it."""


def scrape(folder: Path, answers: Mapping[str, Answer], at: datetime = MONDAY) -> str:
    """Write a run of the scraper at that time into the archive in `folder`. Gives the run's id."""
    run = Run(f"scrape-{at:%Y-%m-%d}", at, at + timedelta(minutes=9), "test", len(answers))
    with Archive(folder) as archive:
        archive.ledger.put(run)
        for council_id, answer in answers.items():
            _asked(archive, run, council_id, answer, at)
    return run.run_id


def _asked(archive: Archive, run: Run, council_id: str, answer: Answer, at: datetime) -> None:
    seen = at + timedelta(minutes=1)
    failed = new = 0
    if answer.lists_read:
        archive.ledger.put(Listing(council_id, "all", at.date() - timedelta(days=365), seen))
    for met in answer.meetings:
        meeting_id = f"{met.committee[:3]}{met.held_on:%y%m%d}"
        archive.ledger.put(
            Committee(council_id, met.committee, met.committee, None, met.committee in answer.ended, None, seen, seen),
            Meeting(council_id, meeting_id, met.committee, met.held_on, "6.30 pm", None, met.cancelled, True, None,
                    met.minutes_published, f"https://{council_id}.example/{meeting_id}", seen, seen),
        )
        for paper in met.papers:
            address = f"https://{council_id}.example/{meeting_id}/{paper.kind}"
            archive.ledger.put(Document(council_id, address, met.committee, meeting_id, paper.kind.title(), paper.kind,
                                        seen, seen))
            visit = Visit(0, run.run_id, council_id, address, seen, 500, 3, 0, 0.1, "failed", paper.why)
            if paper.words is None:
                failed += 1
            else:
                outcome = _kept(archive, address, paper.words, seen, run.run_id)
                new += outcome == "new"
                visit = replace(visit, status=200, outcome=outcome, why=None, bytes=len(paper.words))
            archive.ledger.add(visit)
    archive.ledger.put(CouncilRun(
        run.run_id, council_id, "moderngov", f"https://{council_id}.example", at, at + timedelta(minutes=5),
        answer.outcome, answer.why, answer.kind, len({met.committee for met in answer.meetings}), len(answer.meetings),
        requests=1 + len(answer.meetings), bytes=1_000, new_documents=new, failed_documents=failed,
        council=answer.name,
    ))


def _kept(archive: Archive, address: str, words: str, at: datetime, run_id: str) -> str:
    content = words.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    download = archive.unfinished(address)
    download.write_bytes(content)
    archive.keep(download, sha256, "txt")
    return archive.note(address, sha256, len(content), "text/plain", at, {}, run_id)
