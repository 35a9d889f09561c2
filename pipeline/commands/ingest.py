"""`minutebook ingest`: read papers into the database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands.common import Mistake, corrections_option, db_option


@click.command()
@click.argument("places", metavar="FOLDER...", nargs=-1, required=True)
@db_option
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one per core]")
@click.option("--force", is_flag=True, help="Read every file again, and forget those that are gone.")
@click.option("--rebuild", is_flag=True, help="Make the database file anew, even where little is new.")
@click.option("--keep-private", is_flag=True, help="Keep the words of private details, in the table private_words.")
@corrections_option
@click.option("--scheduler", metavar="ADDRESS",
              help="Read on a Dask cluster: tcp://HOST:8786, or `local` for one on this machine.")
@click.option("--parts", metavar="FOLDER", help="Where a cluster writes its Parquet parts.  [default: beside --db]")
@click.option("--store", type=click.Choice(["duckdb", "parquet"]), default="duckdb", show_default=True,
              help="What to make; parquet stops at a cluster's parts.")
def ingest(
    places: tuple[str, ...], db: Path, workers: int | None, force: bool, rebuild: bool, keep_private: bool,
    corrections: Path | None, scheduler: str | None, parts: str | None, store: str,
) -> None:
    """Read the papers in FOLDER, its sub-folders too, into the database.

    What was read already is not read again. Hidden files, and folders that hold a file named
    .minutebook-ignore, are passed by. Private persons' home addresses, e-mail addresses, telephone numbers and
    signatures are masked in every table; the table pii says where they stood, and why.

    \b
    minutebook ingest corpus
    minutebook ingest ~/papers ~/more --db papers.duckdb --workers 4
    minutebook ingest s3://papers --scheduler tcp://cluster:8786 --parts s3://papers-read/parts

    With --scheduler, FOLDER and PARTS may be addresses that fsspec knows (s3://, gs://, sftp://).

    Ends with status 0 where all was read, 1 where something failed (the rest is stored; `problems` says what and
    why), 2 for wrong usage.
    """
    from pipeline.progress import report, watching
    from pipeline.reading import read_document, read_keeping_private
    from pipeline.run import ingest as run
    from pipeline.store.publish import NotOurs

    missing = [place for place in places if "://" not in place and not Path(place).exists()]
    if missing:
        raise Mistake(f"{missing[0]} does not exist.")
    reader = read_keeping_private if keep_private else read_document
    if scheduler or store == "parquet" or any("://" in place for place in places):
        from pipeline import cluster

        if force:
            raise Mistake("A cluster writes each part once: for a fresh start name another folder with --parts.")
        try:
            with watching() as watcher:
                summary = cluster.ingest(
                    places, db, scheduler or "local", store=parts or str(db.with_suffix(".parts")), reader=reader,
                    only_parts=store == "parquet", watcher=watcher, workers=workers,
                )
        except (NotOurs, cluster.NoCluster, ValueError, OSError) as error:
            raise Mistake(str(error)) from error
        if store == "parquet":
            click.echo(f"{summary.ingested:,} files read, {summary.unchanged:,} unchanged, {summary.failed:,} failed; "
                       f"{summary.pages:,} pages. The parts are {parts or db.with_suffix('.parts')}.")
        else:
            report(summary)
        sys.exit(1 if summary.failed else 0)
    try:
        with watching() as watcher:
            summary = run([Path(place) for place in places], db, workers=workers, force=force, rebuild=rebuild,
                          watcher=watcher, corrections=corrections, reader=reader)
    except (NotOurs, ValueError) as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"{db}: {error.strerror or error}.") from error
    except KeyboardInterrupt:
        click.echo("Stopped. What was read is kept: run the same command again to go on.", err=True)
        sys.exit(130)
    report(summary)
    sys.exit(1 if summary.failed else 0)
