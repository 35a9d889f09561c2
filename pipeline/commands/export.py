"""`minutebook export`: the whole database for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option

FORMATS = ("csv", "parquet", "jsonl", "xlsx", "frictionless", "ocd", "sqlite")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@db_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True, help="See above.")
@click.option("--with-private", is_flag=True, help="Add the words of private details, where `ingest` kept them.")
@click.option("--reproducible", is_flag=True, help="Leave out what tells of the run: same papers, same bytes.")
def export(folder: Path, db: Path, form: str, with_private: bool, reproducible: bool) -> None:
    """Write the whole database into FOLDER.

    csv, parquet, jsonl: a file for each table and view. xlsx: one Excel workbook. frictionless: a data package, CSV
    with the data dictionary. ocd: Open Civic Data, events and votes. sqlite: a file for Datasette, with full-text
    search. In CSV, text that a spreadsheet would take for a formula stands behind an apostrophe.

    \b
    minutebook export out --format xlsx
    minutebook export package --format frictionless
    """
    from pipeline.store import export as exports
    from pipeline.store.query import Refused

    try:
        files = exports.export(db, folder, form, with_private=with_private, reproducible=reproducible)
    except (exports.NotExported, Refused) as error:
        raise Mistake(str(error)) from error
    size = sum(file.stat().st_size for file in files)
    click.echo(f"{len(files)} file{'' if len(files) == 1 else 's'} in {folder}, {size / 1e6:,.1f} MB.")
