"""The command line. What is heavy is imported inside the command that needs it, so that `--help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline import __version__

DEFAULT_DB = Path("data/minutebook.duckdb")

Command = TypeVar("Command", bound=Callable[..., Any])


def db_option(command: Command) -> Command:
    """The option that names the database."""
    return click.option(
        "--db", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_DB, show_default=True,
        metavar="FILE", help="The database.",
    )(command)


class Mistake(click.ClickException):
    """An error that the user can mend: wrong usage, status 2."""

    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="minutebook")
def main() -> None:
    """The published papers of UK councils as a database, each record traceable to words on a page.

    \b
    minutebook ingest ~/papers
    minutebook query "SELECT council, held_on, text FROM decisions WHERE text ILIKE '%home care%'"
    minutebook explain resolution-1f0c9a2b3d4e5f60 --image page.png
    """


@main.command()
@click.argument("places", metavar="FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@db_option
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one per core]")
@click.option("--force", is_flag=True, help="Read every file again, and forget those that are gone.")
def ingest(places: tuple[Path, ...], db: Path, workers: int | None, force: bool) -> None:
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
            summary = run(places, db, workers=workers, force=force, watcher=watcher)
    except (NotOurs, ValueError) as error:
        raise Mistake(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Stopped. What was read is kept: run the same command again to go on.", err=True)
        sys.exit(130)
    report(summary)
    sys.exit(1 if summary.failed else 0)


@main.command()
@click.argument("sql")
@db_option
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
    from pipeline.store import export
    from pipeline.store.query import Refused, ask

    try:
        with ask(db, sql) as answer:
            export.write(answer, form, output)
    except (Refused, export.NoPlace) as error:
        raise Mistake(str(error)) from error


@main.command()
@click.argument("record", metavar="ID")
@db_option
@click.option(
    "--image", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Draw the page there, as PNG, with the words boxed.",
)
def explain(record: str, db: Path, image: Path | None) -> None:
    """Show a record, the rule that made it, the words around it, and its page.

    \b
    minutebook explain resolution-1f0c9a2b3d4e5f60
    minutebook explain figure-0a1b2c3d4e5f6071 --image page.png
    """
    from pipeline.store.explain import Unknown, explanation
    from pipeline.store.picture import NoPicture, draw
    from pipeline.store.query import Refused

    try:
        found = explanation(db, record)
        click.echo(found.words())
        if image:
            draw(found, image)
            click.echo(f"The page is drawn in {image}.")
    except (Refused, Unknown, NoPicture) as error:
        raise Mistake(str(error)) from error


@main.command()
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


@main.command()
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True,
              help="A data dictionary, or a JSON Schema.")
def schema(form: str) -> None:
    """Describe every table, view and column.

    \b
    minutebook schema
    minutebook schema --format json
    """
    import json

    from pipeline.store.schema import dictionary, json_schema

    click.echo(dictionary() if form == "markdown" else json.dumps(json_schema(), indent=2, ensure_ascii=False))
