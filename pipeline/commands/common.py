"""What the commands share: the option that names the database, and the error that a user can mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DEFAULT_DB = Path("data/minutebook.duckdb")

Command = TypeVar("Command", bound=Callable[..., Any])


def db_option(command: Command) -> Command:
    """The option that names the database."""
    return click.option(
        "--db", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_DB, show_default=True,
        metavar="FILE", help="The database.",
    )(command)


def corrections_option(command: Command) -> Command:
    """The option that names the file of what people said."""
    return click.option(
        "--corrections", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        help="What people said of records.  [default: beside the database, as .corrections.jsonl]",
    )(command)


class Mistake(click.ClickException):
    """An error that the user can mend: wrong usage, status 2."""

    exit_code = 2
