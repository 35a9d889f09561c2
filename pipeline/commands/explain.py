"""`minutebook explain`: where a record comes from."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.common import Mistake, db_option


@click.command()
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
