"""`minutebook report`: a council's or a service's page as one file."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option


@click.command()
@click.argument("name", metavar="COUNCIL|SERVICE")
@db_option
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write it there.  [default: the name, as .html, in this folder]")
def report(name: str, db: Path, output: Path | None) -> None:
    """Write a page with plots that can be mailed: decisions by month, money by year, follow-ups kept.

    \b
    minutebook report Kent
    minutebook report "home care" --output home-care.html
    minutebook report E10000016
    """
    from pipeline.store.query import Refused
    from pipeline.web.report import NotFound
    from pipeline.web.report import report as made

    target = output or Path("-".join(name.casefold().split()).replace("/", "-") + ".html")
    try:
        target.write_text(made(db, name), encoding="utf-8")
    except (NotFound, Refused) as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        raise Mistake(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(f"Written to {target}.")
