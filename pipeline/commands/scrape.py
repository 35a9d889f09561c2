"""`minutebook scrape`: fetch what councils have published."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.common import Mistake

if TYPE_CHECKING:
    from pipeline.scrape.ledger import CouncilRun
    from pipeline.scrape.manners import Budget, Clock
    from pipeline.scrape.scraping import Outcome
    from pipeline.scrape.watcher import Watcher

DEFAULT_ARCHIVE = Path("data/archive")
LOCKED = 3
"""Exit status where another run has the archive."""
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("councils", metavar="[COUNCIL]...", nargs=-1)
@click.option("--archive", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_ARCHIVE,
              show_default=True, metavar="FOLDER", help="Where papers and ledger are kept.")
@click.option("--contact", envvar="MINUTEBOOK_CONTACT", default="", metavar="ADDRESS", show_envvar=True,
              help="Your e-mail or web address, by which whoever runs a site can reach you.")
@click.option("--since", type=DAY, metavar="DATE", help="The first day of meetings to ask for.  [default: a year ago]")
@click.option("--recheck", is_flag=True, help="Look again at every paper, also at those that have long settled.")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), metavar="N", help="End after so long.")
@click.option("--max-megabytes", type=click.FloatRange(min=0, min_open=True), metavar="N",
              help="End after having fetched so much.")
@click.option("--largest", type=click.IntRange(1), default=300, show_default=True, metavar="MB",
              help="Papers beyond this size are left out.")
@click.option("--hosts", type=click.IntRange(1, 64), default=16, show_default=True, metavar="N",
              help="How many sites are asked at a time, each over one connection.")
@click.option("--pause", type=float, default=1.0, show_default=True, metavar="SECONDS",
              help="From one request to a site to the next; never less than 1.")
@click.option("--sites", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Other councils than those of rules/councils.yaml, in the same form.")
@click.option("--stand-in", metavar="HOST:PORT", hidden=True, help="A server of this machine in place of the internet.")
@click.option("--time-lapse", type=click.FloatRange(1), default=1.0, hidden=True, help="Only with --stand-in.")
@click.option("--time-out", type=click.FloatRange(min=0, min_open=True), default=60.0, hidden=True,
              help="Seconds without a byte after which an answer is given up.")
@click.option("--today", type=DAY, hidden=True, help="Only with --stand-in.")
def scrape(
    councils: tuple[str, ...], archive: Path, contact: str, since: datetime | None, recheck: bool,
    max_minutes: float | None, max_megabytes: float | None, largest: int, hosts: int, pause: float, sites: Path | None,
    stand_in: str | None, time_lapse: float, time_out: float, today: datetime | None,
) -> None:
    """Fetch what COUNCILs (by default all) have published into an archive, politely.

    At most one request a second goes to a site; its robots.txt is obeyed; nothing is fetched twice that has not
    changed. What changed is kept in both versions. A run that is killed goes on from where it was.

    \b
    minutebook scrape Oldham "Kingston upon Thames" --contact you@example.org
    minutebook ingest data/archive

    Exit status: 0 all papers of all councils came; 1 some did not, see the lines; 2 wrong usage; 3 another run has the
    archive.
    """
    from pipeline.scrape import scraping
    from pipeline.scrape.archive import Occupied
    from pipeline.scrape.ledger import NotALedger
    from pipeline.scrape.manners import Budget, Manners, Misused
    from pipeline.scrape.sites import chosen, known_sites, sites_in
    from pipeline.scrape.visit import Scope

    try:
        clock = clock_of(stand_in, time_lapse, today)
        first = since.date() if since else (clock.now() - timedelta(days=365)).date()
        budget = Budget(
            clock, max_minutes and max_minutes * 60, int(max_megabytes * 1_000_000) if max_megabytes else None
        )
        with _stopped_by_signals(budget):
            outcome = scraping.scrape(
                archive, chosen(sites_in(sites) if sites else known_sites(), councils),
                Manners(contact, pause, time_out=time_out, largest_paper=largest * 2**20),
                Scope(first, recheck), budget, watcher=_teller(), hosts_at_once=hosts, stand_in=place_of(stand_in),
            )
    except Occupied as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(LOCKED)
    except (Misused, NotALedger) as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{archive} cannot be written ({error}): make room, then run again") from error
    click.echo(summary(outcome))
    sys.exit(0 if outcome.count("complete") == len(outcome.councils) else 1)


def summary(outcome: Outcome) -> str:
    """The run in one line."""
    rows = outcome.councils
    parts = [
        f"{len(rows)} councils: {outcome.count('complete')} complete, {outcome.count('partial', 'stopped')} in part, "
        f"{outcome.count('failed', 'forbidden')} failed, {outcome.count('no_address')} without an address",
        f"{sum(row.new_documents for row in rows):,} new papers and {sum(row.changed_documents for row in rows):,} "
        f"changed in {sum(row.requests for row in rows):,} requests and "
        f"{sum(row.bytes for row in rows) / 1_000_000:,.1f} MB",
    ]
    if outcome.run.stopped:
        parts.append(f"ended early: {outcome.run.stopped}")
    return "; ".join(parts)


def told(row: CouncilRun, name: str) -> str:
    """What became of a council, in a line."""
    line = f"{name}: {row.outcome}, {row.new_documents} new, {row.changed_documents} changed"
    return f"{line} ({row.why})" if row.why else line


def _teller() -> Watcher:
    from pipeline.scrape.sites import Site
    from pipeline.scrape.watcher import Watcher

    class Teller(Watcher):
        """A line for each council that is done."""

        def __init__(self) -> None:
            self._names: dict[str, str] = {}

        def council_begun(self, site: Site) -> None:
            self._names[site.council_id] = site.name

        def council_done(self, row: CouncilRun) -> None:
            if row.outcome != "no_address":
                click.echo(told(row, self._names.get(row.council_id, row.council_id)), err=True)

    return Teller()


def place_of(stand_in: str | None) -> tuple[str, int] | None:
    """The server that stands in for the internet; one of this machine alone. Raises Misused."""
    from ipaddress import ip_address

    from pipeline.scrape.manners import Misused

    if stand_in is None:
        return None
    host, _, port = stand_in.rpartition(":")
    try:
        if ip_address(host).is_loopback:
            return host, int(port)
    except ValueError:
        pass
    raise Misused("--stand-in takes an address of this machine and a port, 127.0.0.1:8000")


def clock_of(stand_in: str | None, lapse: float, today: datetime | None) -> Clock:
    """Real time; in a test before a server of its own, another day and a faster pace. Raises Misused."""
    from pipeline.scrape.manners import Clock, Misused

    if stand_in is None and (lapse != 1.0 or today is not None):
        raise Misused("--time-lapse and --today are for tests before a --stand-in")
    midnight = datetime.now(UTC).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return Clock(lapse, today - midnight if today else timedelta())


@contextmanager
def _stopped_by_signals(budget: Budget) -> Iterator[None]:
    """End in good order when asked to: what is fetched is kept, and the ledger says that the rest is owed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: budget.stop("interrupted"))
              for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
