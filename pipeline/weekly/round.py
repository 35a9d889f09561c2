"""One round: scrape, ingest, publish, say what is new. A round that is killed goes on from where it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from pipeline import run
from pipeline.news import finding, shelf
from pipeline.news.digest import Digest
from pipeline.news.watches import Watch
from pipeline.news.wording import Addresses
from pipeline.scrape import scraping
from pipeline.scrape.ledger import CouncilRun
from pipeline.scrape.manners import Budget, Manners
from pipeline.scrape.sites import Site
from pipeline.scrape.visit import Scope
from pipeline.scrape.watcher import Watcher
from pipeline.weekly import begun as under_way
from pipeline.weekly.alone import alone
from pipeline.weekly.log import Log

FOR_SCRAPING = 0.6
"""Share of the time after which no more is fetched: what was fetched is to be read and told in the same round."""


class Status(IntEnum):
    """How a round ended: the command's exit status (2 is wrong usage)."""

    WELL = 0
    LOOK = 1
    """It is told, and something is to be looked at: a council that failed, a paper that could not be had or read."""
    HELD = 3
    """Another round is under way: nothing was done."""
    CUT_SHORT = 4
    """Time or space was up, or it was interrupted; the next round goes on from there."""
    BROKEN = 5
    """It could not do its work: nobody answered, or something could not be written."""


@dataclass(frozen=True)
class Errand:
    """What a round is sent to do."""

    sites: Sequence[Site]
    archive: Path
    db: Path
    news: Path
    manners: Manners
    scope: Scope
    watches: Sequence[Watch] = ()
    addresses: Addresses = field(default_factory=Addresses)
    workers: int | None = None
    hosts_at_once: int = scraping.HOSTS_AT_ONCE
    stand_in: tuple[str, int] | None = None


@dataclass(frozen=True)
class Result:
    """How a round ended, what it told, and where the page is; both None where it did not come so far."""

    status: Status
    digest: Digest | None = None
    page: Path | None = None


def make(errand: Errand, budget: Budget, log: Log) -> Result:
    """Make a round; `budget` may be stopped from a signal handler.

    Raises `alone.Held`, `archive.Occupied`, `ledger.NotALedger`, `manners.Misused`, `publish.NotOurs`,
    `corrections.Damaged`, `shelf.Damaged`, OSError; whatever was done by then is kept, and the next round goes on.
    """
    clock = budget.clock
    errand.db.parent.mkdir(parents=True, exist_ok=True)
    with alone(errand.db, clock.now()):
        earlier = shelf.kept_digests(errand.news)
        begun, again = under_way.begin(errand.db, clock.now(), {digest.round_id for digest in earlier})
        log.round_id = begun.round_id
        log.tell("round resumed" if again else "round begun", councils=len(errand.sites), archive=errand.archive,
                 database=errand.db)
        stop = _bounds(budget)
        outcome = _scraped(errand, budget, log)
        if outcome.run.stopped == "interrupted":
            return _ended(log, Result(Status.CUT_SHORT), outcome, None)
        read = run.ingest([errand.archive], errand.db, workers=errand.workers, stop=stop)
        log.tell("ingested", seen=read.seen, read=read.ingested, failed=read.failed, left=read.left, pages=read.pages,
                 seconds=round(read.seconds, 1))
        digest = finding.digest(
            under_way.before(errand.db, begun), errand.db, errand.watches, round_id=begun.round_id,
            made_at=clock.now(), last=earlier[-1].made_at if earlier else None, scrape_run=outcome.run.run_id,
        )
        page = shelf.put(digest, errand.news, errand.addresses)
        under_way.end(errand.db)
        log.tell("told", page=page, new=digest.count, watches={w.name: sum(w.counts.values()) for w in digest.watches})
        return _ended(log, Result(_status(outcome, read, digest), digest, page), outcome, read)


def _bounds(budget: Budget) -> Callable[[], bool]:
    """Split the time of the budget; the answer says whether the reading, too, must end."""
    whole, clock, begun = budget.seconds, budget.clock, budget.clock.seconds()
    if whole is not None:
        budget.seconds = whole * FOR_SCRAPING

    def over() -> bool:
        return budget.stopped == "interrupted" or (whole is not None and clock.seconds() - begun >= whole)

    return over


def _scraped(errand: Errand, budget: Budget, log: Log) -> scraping.Outcome:
    outcome = scraping.scrape(
        errand.archive, errand.sites, errand.manners, errand.scope, budget, watcher=_Telling(log, errand.sites),
        hosts_at_once=errand.hosts_at_once, stand_in=errand.stand_in,
    )
    log.tell("scraped", run=outcome.run.run_id, stopped=outcome.run.stopped, bytes=budget.used)
    return outcome


class _Telling(Watcher):
    """A line for each council that was asked."""

    def __init__(self, log: Log, sites: Sequence[Site]) -> None:
        self._log, self._names = log, {site.council_id: site.name for site in sites}

    def council_done(self, row: CouncilRun) -> None:
        if row.outcome != "no_address":
            self._log.tell(
                "council", council=self._names.get(row.council_id, row.council_id), council_id=row.council_id,
                outcome=row.outcome, kind=row.kind, why=row.why, meetings=row.meetings, new=row.new_documents,
                changed=row.changed_documents, failed=row.failed_documents, requests=row.requests, bytes=row.bytes,
            )


def _status(outcome: scraping.Outcome, read: run.Summary, digest: Digest) -> Status:
    asked = [row for row in outcome.councils if row.outcome != "no_address"]
    if asked and not any(row.outcome in ("complete", "partial", "stopped") for row in asked):
        return Status.BROKEN
    if outcome.run.stopped or read.left:
        return Status.CUT_SHORT
    wrong = read.failed or outcome.count("partial", "failed", "forbidden", "stopped")
    return Status.LOOK if wrong or any(t.severity == "fail" for t in digest.troubles) else Status.WELL


def _ended(log: Log, result: Result, outcome: scraping.Outcome, read: run.Summary | None) -> Result:
    """The line that sums up, which is the last."""
    asked = [row for row in outcome.councils if row.outcome != "no_address"]
    log.tell(
        "summary", status=int(result.status), ended=result.status.name.lower(), asked=len(asked),
        answered=outcome.count("complete", "partial"), failed=outcome.count("failed", "forbidden"),
        without_address=len(outcome.councils) - len(asked), stopped=outcome.run.stopped,
        requests=sum(row.requests for row in asked), bytes=sum(row.bytes for row in asked),
        papers_new=sum(row.new_documents for row in asked), papers_changed=sum(row.changed_documents for row in asked),
        papers_failed=sum(row.failed_documents for row in asked), papers_read=read.ingested if read else 0,
        papers_left=read.left if read else 0, news=result.digest.count if result.digest else None,
        page=str(result.page) if result.page else None,
    )
    return result
