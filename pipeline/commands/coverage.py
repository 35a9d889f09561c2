"""`minutebook coverage`: what councils announced, and how much of it came and was read."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option

WIDTH = 120
"""Columns where the output is no terminal."""


@click.command()
@click.argument("councils", metavar="[COUNCIL]...", nargs=-1)
@db_option
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, metavar="N",
              help="How many months.")
@click.option("--until", type=click.DateTime(["%Y-%m"]), metavar="YYYY-MM",
              help="The last of them.  [default: the month in which councils were asked last]")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write a heat map there instead, one file that can be mailed.")
def coverage(councils: tuple[str, ...], db: Path, months: int, until: datetime | None, page: Path | None) -> None:
    """Show councils as rows and months as columns: of how many meetings, whose minutes are due, they were found.

    What looks wrong is told below the table: ✗ fails a council, whose figures are not to be relied on, ! warns. The
    bounds are in rules/weekly/bounds.yaml. Committee by committee it is the view `coverage`.

    \b
    minutebook coverage
    minutebook coverage Kent Oldham --months 24
    minutebook coverage --html coverage.html

    Ends with status 0 where no council fails, 1 where one does, 2 for wrong usage.
    """
    from rich.console import Console

    from pipeline.coverage.matrix import matrix
    from pipeline.coverage.terminal import printed
    from pipeline.store.query import Refused

    try:
        found = matrix(db, months, until.date() if until else None, councils)
    except Refused as error:
        raise Mistake(str(error)) from error
    if page is None:
        printed(found, Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False))
    else:
        from pipeline.web.heat_map import heat_map

        try:
            page.write_text(heat_map(found), encoding="utf-8")
        except OSError as error:
            raise Mistake(f"{page} cannot be written: {error.strerror}.") from error
        click.echo(f"Written to {page}.")
    sys.exit(1 if any(line.severity == "fail" for line in found.lines) else 0)
