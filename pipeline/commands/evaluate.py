"""`minutebook evaluate`: hold a database against gold."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option


@click.command()
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@db_option
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the figures there too, and what became of each record.")
@click.option("--against", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="Print the records gained and lost since --json wrote that.")
def evaluate(gold: tuple[Path, ...], db: Path, json_file: Path | None, against: Path | None) -> None:
    """Hold the database against GOLD, folders of annotated documents.

    Prints precision, recall, F1 and whole-record score for each record type and each council, between which bounds
    they lie, what share of the attributes is right, whether confidence holds what it promises, and what goes wrong,
    the worst first.

    \b
    minutebook evaluate corpus/gold
    minutebook evaluate corpus/gold --json figures.json
    minutebook evaluate corpus/gold --against figures.json
    """
    import json

    from pipeline import evaluate as judge
    from pipeline.evaluate.against import NotJudged
    from pipeline.evaluate.against import against as since
    from pipeline.evaluate.telling import told, told_against
    from pipeline.store.query import Refused

    try:
        before = json.loads(against.read_text(encoding="utf-8")) if against else None
        result = judge.evaluate(db, *gold)
        moved = since(before, result.records()) if before is not None else None
    except (Refused, judge.NoGold) as error:
        raise Mistake(str(error)) from error
    except (NotJudged, ValueError) as error:
        raise Mistake(f"{against} cannot be compared: {error}") from error
    click.echo(told(result))
    if moved is not None:
        click.echo(f"\nsince {against}: {told_against(*moved)}")
    if json_file:
        json_file.write_text(json.dumps(result.figures(), indent=1) + "\n", encoding="utf-8")
