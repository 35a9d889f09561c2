"""`minutebook schema`: the data dictionary."""

from __future__ import annotations

import click


@click.command()
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
