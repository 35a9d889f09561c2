"""`minutebook query`: ask one SELECT."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import DEFAULT_DB, Mistake


@click.command()
@click.argument("sql")
@click.option("--db", type=click.Path(path_type=Path), default=DEFAULT_DB, show_default=True, metavar="FILE",
              help="The database, or a folder of Parquet parts.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True,
    help="Form of the answer.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there.")
def query(sql: str, db: Path, form: str, output: Path | None) -> None:
    """Ask the database one SELECT.

    \b
    minutebook query "SELECT council, held_on, text FROM decisions WHERE text ILIKE '%home care%'"
    minutebook query "FROM spending WHERE measure = 'overspend'" --format csv --output overspends.csv
    minutebook query "SELECT kind, message, path FROM problems"

    The views decisions, proposals, spending, follow_ups and options_weighed need no joins;
    `minutebook schema` describes every table.
    """
    from pipeline.store import answers
    from pipeline.store.query import Refused, ask

    try:
        with ask(db, sql) as answer:
            answers.write(answer, form, output)
    except (Refused, answers.NoPlace) as error:
        raise Mistake(str(error)) from error
