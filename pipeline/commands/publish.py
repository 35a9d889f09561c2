"""`minutebook publish`: make a database from parts in Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, corrections_option, db_option


@click.command()
@click.argument("parts", metavar="PARTS")
@db_option
@click.option("--rebuild", is_flag=True, help="Make the database file anew, even where little is new.")
@corrections_option
def publish(parts: str, db: Path, rebuild: bool, corrections: Path | None) -> None:
    """Make the database from PARTS, the Parquet files that `ingest --scheduler` writes: a folder or an address.

    Of what the database holds already, only what was read anew is taken from there.

    \b
    minutebook publish s3://papers/parts --db papers.duckdb
    """
    from pipeline.run import publish_parts
    from pipeline.store.parquet import Parts
    from pipeline.store.publish import NotOurs

    try:
        publish_parts(db, Parts(parts), rebuild=rebuild, corrections=corrections)
    except (NotOurs, OSError, ValueError) as error:
        raise Mistake(str(error)) from error
    click.echo(f"The database is {db}.")
