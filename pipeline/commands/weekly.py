"""`minutebook weekly`: the whole round, unattended."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.common import Mistake, db_option
from pipeline.commands.scrape import DAY, DEFAULT_ARCHIVE, clock_of, place_of

if TYPE_CHECKING:
    from pipeline.scrape.manners import Budget, Clock
    from pipeline.weekly.log import Log
    from pipeline.weekly.round import Errand, Result

DEFAULT_WATCHES = Path("data/watches.yaml")


@click.command()
@click.argument("councils", metavar="[COUNCIL]...", nargs=-1)
@click.option("--archive", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_ARCHIVE,
              show_default=True, metavar="FOLDER", help="Where papers and ledger are kept.")
@db_option
@click.option("--news", type=click.Path(path_type=Path, file_okay=False), default=Path("data/news"),
              show_default=True, metavar="FOLDER", help="Where digests and feeds are written.")
@click.option("--watches", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=f"What to be told of, as rules/weekly/watches.example.yaml.  [default: {DEFAULT_WATCHES}, if there]")
@click.option("--contact", envvar="MINUTEBOOK_CONTACT", default="", metavar="ADDRESS", show_envvar=True,
              help="Your e-mail or web address, by which whoever runs a site can reach you.")
@click.option("--since", type=DAY, metavar="DATE", help="The first day of meetings to ask for.  [default: a year ago]")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), metavar="N",
              help="Begin nothing new after so long; the next round goes on.")
@click.option("--max-megabytes", type=click.FloatRange(min=0, min_open=True), metavar="N",
              help="Fetch no more than that.")
@click.option("--address", default="http://127.0.0.1:8470", show_default=True, metavar="URL",
              help="Where `minutebook serve` answers the readers of digests.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one per core]")
@click.option("--log", "log_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Append the log there.  [default: standard error]")
@click.option("--sites", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Other councils than those of rules/councils.yaml, in the same form.")
@click.option("--stand-in", metavar="HOST:PORT", hidden=True, help="A server of this machine in place of the internet.")
@click.option("--time-lapse", type=click.FloatRange(1), default=1.0, hidden=True, help="Only with --stand-in.")
@click.option("--today", type=DAY, hidden=True, help="Only with --stand-in.")
def weekly(log_file: Path | None, max_minutes: float | None, max_megabytes: float | None, stand_in: str | None,
           time_lapse: float, today: datetime | None, **asked: object) -> None:
    """Scrape COUNCILs (by default all), ingest what came, publish, and say what is new.

    The digest (Markdown, HTML, JSON) and an Atom feed for each watch and council come into the folder of --news. A
    round that was killed, or came to its bounds, goes on from there in the next. The log is lines of JSON, the last
    of which sums up.

    \b
    minutebook weekly --contact you@example.org
    minutebook weekly Kent Oldham --watches watches.yaml --max-minutes 120 --max-megabytes 2000

    Exit status: 0 all is well; 1 something is to be looked at, the digest says what; 2 wrong usage; 3 another round is
    under way, this one did nothing; 4 time or space was up; 5 the round could not do its work.
    """
    from pipeline.scrape.ledger import NotALedger
    from pipeline.scrape.manners import Budget, Misused
    from pipeline.weekly.log import Log

    with ExitStack() as opened:
        try:
            clock = clock_of(stand_in, time_lapse, today)
            errand = _errand(clock, place_of(stand_in), **asked)  # type: ignore[arg-type]
            if log_file is not None:
                log_file.parent.mkdir(parents=True, exist_ok=True)
            stream = opened.enter_context(log_file.open("a", encoding="utf-8")) if log_file else sys.stderr
            budget = Budget(
                clock, max_minutes and max_minutes * 60, int(max_megabytes * 1_000_000) if max_megabytes else None
            )
            opened.enter_context(_stopped_by_signals(budget))
            result = _made(errand, budget, Log(stream, clock.now))
        except (Misused, NotALedger) as error:
            raise Mistake(str(error)) from error
    sys.exit(_shown(result))


def _errand(
    clock: Clock, stand_in: tuple[str, int] | None, *, councils: tuple[str, ...], archive: Path, db: Path, news: Path,
    watches: Path | None, contact: str, since: datetime | None, address: str, workers: int | None, sites: Path | None,
) -> Errand:
    """What the round is sent to do. Raises Misused; Mistake for watches that cannot be used."""
    from pipeline.news.watches import WrongWatches, read
    from pipeline.news.wording import Addresses
    from pipeline.scrape.manners import Manners
    from pipeline.scrape.sites import chosen, known_sites, sites_in
    from pipeline.scrape.visit import Scope
    from pipeline.weekly.round import Errand

    file = watches or (DEFAULT_WATCHES if DEFAULT_WATCHES.exists() else None)
    try:
        watched = read(file) if file else []
    except WrongWatches as error:
        raise Mistake(str(error)) from error
    first = since.date() if since else (clock.now() - timedelta(days=365)).date()
    return Errand(
        chosen(sites_in(sites) if sites else known_sites(), councils), archive, db, news, Manners(contact),
        Scope(first), watched, Addresses(address), workers, stand_in=stand_in,
    )


def _made(errand: Errand, budget: Budget, log: Log) -> Result:
    """Make the round; say what stood in its way where another holds the lock or where it broke."""
    from pipeline.news.shelf import Damaged
    from pipeline.run import Busy
    from pipeline.scrape.archive import Occupied
    from pipeline.scrape.ledger import NotALedger
    from pipeline.scrape.manners import Misused
    from pipeline.store.corrections import Damaged as DamagedCorrections
    from pipeline.store.publish import NotOurs
    from pipeline.weekly.alone import Held
    from pipeline.weekly.round import Result, Status, make

    try:
        return make(errand, budget, log)
    except (Held, Occupied, Busy) as error:
        status, why = Status.HELD, str(error)
    except (OSError, NotOurs, Damaged, DamagedCorrections) as error:
        status, why = Status.BROKEN, f"{error}. What was done is kept; the next round goes on from there."
    except (Misused, NotALedger):
        raise
    except Exception as error:  # or a monitor would take Python's own status, 1, for that of a round that is told
        log.tell("fault", trace=traceback.format_exc())
        status, why = Status.BROKEN, f"Minutebook itself failed ({type(error).__name__}: {error}): please report this."
    log.tell("summary", status=int(status), ended=status.name.lower(), why=why)
    click.echo(f"Error: {why}", err=True)
    return Result(status)


def _shown(result: Result) -> int:
    """Tell a person how it ended. Gives the exit status."""
    from pipeline.news.wording import sentences

    if result.digest is not None:
        for sentence in sentences(result.digest):
            click.echo(sentence)
        for listing in result.digest.watches:
            click.echo(f"{listing.name}: {sum(listing.counts.values()):,} new.")
        click.echo(f"Read it: {result.page}")
    return int(result.status)


@contextmanager
def _stopped_by_signals(budget: Budget) -> Iterator[None]:
    """End in good order when asked to: what is done is kept, and the next round goes on."""
    numbers = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, lambda *_: budget.stop("interrupted")) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
