"""`minutebook ingest`: read papers into the database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands.common import Mistake, corrections_option, db_option


@click.command()
@click.argument("places", metavar="FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@db_option
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one per core]")
@click.option("--force", is_flag=True, help="Read every file again, and forget those that are gone.")
@corrections_option
def ingest(places: tuple[Path, ...], db: Path, workers: int | None, force: bool, corrections: Path | None) -> None:
    """Read the papers in FOLDER, its sub-folders too, into the database.

    What was read already is not read again. Hidden files, and folders that hold a file named
    .minutebook-ignore, are passed by.

    \b
    minutebook ingest corpus
    minutebook ingest ~/papers ~/more --db papers.duckdb --workers 4

    Ends with status 0 where all was read, 1 where something failed (the rest is stored; `problems` says what and
    why), 2 for wrong usage.
    """
    from pipeline.progress import report, watching
    from pipeline.run import ingest as run
    from pipeline.store.publish import NotOurs

    try:
        with watching() as watcher:
            summary = run(places, db, workers=workers, force=force, watcher=watcher, corrections=corrections)
    except (NotOurs, ValueError) as error:
        raise Mistake(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Stopped. What was read is kept: run the same command again to go on.", err=True)
        sys.exit(130)
    report(summary)
    sys.exit(1 if summary.failed else 0)
