"""`minutebook questions`: what scrutiny officers ask, ready to be asked."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option


@click.command()
@click.argument("name", metavar="[N|NAME]", required=False)
@db_option
@click.option("--sql", "show", is_flag=True, help="Print the SQL instead of the answer, to be changed and asked.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True,
    help="Form of the answer.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it there.")
def questions(name: str | None, db: Path, show: bool, form: str, output: Path | None) -> None:
    """List questions that scrutiny officers ask, or ask one of them by number or name.

    \b
    minutebook questions
    minutebook questions came-back-late
    minutebook questions 1 --sql
    """
    from pipeline.store import answers
    from pipeline.store.query import Refused, ask
    from pipeline.store.questions import NoSuchQuestion, question
    from pipeline.store.questions import questions as all_questions

    if name is None:
        for one in all_questions():
            click.echo(f"{one.number:3}  {one.id:24} {one.title}")
        return
    try:
        asked = question(name)
        if show:
            click.echo(f"-- {asked.title}\n-- {asked.why}\n{asked.sql}", nl=False)
            return
        click.echo(f"{asked.title}\n{asked.why}", err=True)
        with ask(db, asked.sql) as answer:
            answers.write(answer, form, output)
    except (NoSuchQuestion, Refused, answers.NoPlace) as error:
        raise Mistake(str(error)) from error
