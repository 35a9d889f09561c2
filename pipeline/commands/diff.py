"""`minutebook diff`: what a run added, changed, removed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands.common import Mistake


@click.command()
@click.argument("old", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
              help="Form of the list.")
def diff(old: Path, new: Path, form: str) -> None:
    """List what the database NEW has more, less or otherwise than OLD, by the ids of records.

    \b
    cp data/minutebook.duckdb before.duckdb
    minutebook ingest ~/papers
    minutebook diff before.duckdb data/minutebook.duckdb

    Ends with status 0 where nothing differs, 1 where something does, 2 for wrong usage.
    """
    import csv
    import json
    from dataclasses import asdict

    from pipeline.store.difference import differences
    from pipeline.store.query import Refused

    try:
        found = list(differences(old, new))
    except Refused as error:
        raise Mistake(str(error)) from error
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["table", "change", "record_id", "columns", "words"])
        writer.writerows([one.table, one.change, one.record_id, " ".join(one.columns), one.words] for one in found)
    else:
        marks = {"added": "+", "removed": "-", "changed": "~"}
        for one in found:
            which = f" [{', '.join(one.columns)}]" if one.columns else ""
            click.echo(f"{marks[one.change]} {one.table} {one.record_id}{which} {one.words}".rstrip())
        counts = {change: sum(one.change == change for one in found) for change in marks}
        click.echo(", ".join(f"{count:,} {change}" for change, count in counts.items()) + ".")
    sys.exit(1 if found else 0)
