"""The command line as tests call it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from pipeline.cli import main


def call(*arguments: object, keys: str | None = None) -> Result:
    """Run the command; `keys` are what a person types."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=keys)
