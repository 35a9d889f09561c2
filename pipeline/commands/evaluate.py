"""`minutebook evaluate`: hold a database against gold."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@db_option
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the figures there too.")
def evaluate(gold: Path, db: Path, json_file: Path | None) -> None:
    """Hold the database against GOLD, a folder of annotated documents.

    Prints precision, recall, F1 and whole-record score for each record type and each council.

    \b
    minutebook evaluate corpus/gold
    minutebook evaluate corpus/gold --json figures.json
    """
    import json

    from pipeline import evaluate as evaluation
    from pipeline.store.query import Refused

    try:
        result = evaluation.evaluate(db, gold)
    except (Refused, evaluation.NoGold) as error:
        raise Mistake(str(error)) from error
    click.echo(result.page())
    if json_file:
        json_file.write_text(json.dumps(result.figures(), indent=1) + "\n", encoding="utf-8")
