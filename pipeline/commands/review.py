"""`minutebook review`: a person looks at what the machine is least sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.common import DEFAULT_DB, Mistake, corrections_option

if TYPE_CHECKING:
    from pipeline.review import Unsure

SORTS = ("items", "resolutions", "figures", "options")
KEYS = "[a]ccept  [c]orrect  [r]eject  [i]mage  [s]kip  [q]uit"


@dataclass(frozen=True)
class Place:
    """The database, and the file of what people said."""

    db: Path
    corrections: Path


def places(command: Any) -> Any:
    """The options that name the database and the file of corrections; may stand before or behind the sub-command."""
    named = click.option("--db", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                         help=f"The database.  [default: {DEFAULT_DB}]")
    return named(corrections_option(command))


def place(context: click.Context, db: Path | None, corrections: Path | None) -> Place:
    """Where they are, as said here or before the sub-command."""
    from pipeline.store.corrections import beside

    outer = context.parent.params if context.parent and context.parent.command is review else {}
    db = db or outer.get("db") or DEFAULT_DB
    return Place(db, corrections or outer.get("corrections") or beside(db))


@click.group(invoke_without_command=True)
@places
@click.option("--type", "sort", type=click.Choice(SORTS), help="Only records of this sort.")
@click.option("--below", type=click.FloatRange(0, 1.01), default=0.9, show_default=True,
              help="Records less sure than this.")
@click.option("--image", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", default=Path("page.png"),
              show_default=True, help="Where the key i draws the page.")
@click.pass_context
def review(
    context: click.Context, db: Path | None, corrections: Path | None, sort: str | None, below: float, image: Path
) -> None:
    """Look at the least sure records beside their page, and accept, correct or reject them.

    Every answer is on the disk, in a file of its own, before the next question. It holds when the papers are read
    again, whatever the machine reads then; a record that is found no more becomes a row of `problems`.

    \b
    minutebook review
    minutebook review --type figures --below 0.6
    minutebook review list
    minutebook review correct figure-0a1b2c3d4e5f6071 measure=saving financial_year=2024/25
    minutebook review export checked/          (as gold, for minutebook evaluate)
    """
    if context.invoked_subcommand is None:
        _ask(place(context, db, corrections), sort, below, image)


@review.command("list")
@places
@click.option("--type", "sort", type=click.Choice(SORTS), help="Only records of this sort.")
@click.option("--below", type=click.FloatRange(0, 1.01), default=0.9, show_default=True,
              help="Records less sure than this.")
@click.option("--most", type=click.IntRange(1), metavar="N", help="So many at most.")
@click.pass_context
def list_records(
    context: click.Context, db: Path | None, corrections: Path | None, sort: str | None, below: float,
    most: int | None,
) -> None:
    """Print the records that wait for a person, the least sure first."""
    for one in _unsure(place(context, db, corrections), sort, below, most):
        click.echo(one.line())


@review.command()
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@places
@click.pass_context
def accept(context: click.Context, records: tuple[str, ...], db: Path | None, corrections: Path | None) -> None:
    """Say that records are right."""
    _say(place(context, db, corrections), records, "accept", {})


@review.command()
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@places
@click.pass_context
def reject(context: click.Context, records: tuple[str, ...], db: Path | None, corrections: Path | None) -> None:
    """Say that records are none: they leave their table, and stay in `reviews`."""
    _say(place(context, db, corrections), records, "reject", {})


@review.command()
@click.argument("record", metavar="ID")
@click.argument("changes", metavar="FIELD=VALUE...", nargs=-1, required=True)
@places
@click.pass_context
def correct(
    context: click.Context, record: str, changes: tuple[str, ...], db: Path | None, corrections: Path | None
) -> None:
    """Say what a field of a record is; nothing behind the = means that it has none.

    \b
    minutebook review correct figure-0a1b2c3d4e5f6071 measure=saving fund=
    minutebook review correct resolution-1f0c9a2b3d4e5f60/2 action=delegate     (the second limb)
    """
    _say(place(context, db, corrections), [record], "correct", _values(changes))


@review.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@places
@click.pass_context
def export(context: click.Context, folder: Path, db: Path | None, corrections: Path | None) -> None:
    """Write what was reviewed as gold into FOLDER/gold, with copies of the papers beside."""
    from pipeline.review import export as written
    from pipeline.store.query import Refused

    at = place(context, db, corrections)
    try:
        done = written(at.db, folder)
    except (Refused, OSError) as error:
        raise Mistake(str(error)) from error
    for path in done.gone:
        click.echo(f"{path} is gone or was changed: what was said of it is left out.", err=True)
    click.echo(f"{done.records} records of {len(done.files)} documents are in {folder / 'gold'}: "
               f"minutebook evaluate {folder / 'gold'} --db {at.db}")


def _values(changes: Sequence[str]) -> dict[str, str]:
    """Fields with their values. Raises Mistake."""
    for change in changes:
        if "=" not in change:
            raise Mistake(f"{change!r} is no FIELD=VALUE.")
    return {name.strip(): value.strip() for name, _, value in (change.partition("=") for change in changes)}


def _unsure(at: Place, sort: str | None, below: float, most: int | None) -> list[Unsure]:
    from pipeline.review import unsure
    from pipeline.store.query import Refused

    try:
        return unsure(at.db, sort=sort, below=below, most=most)
    except Refused as error:
        raise Mistake(str(error)) from error


def _say(at: Place, records: Sequence[str], verdict: Any, changes: dict[str, str]) -> None:
    """Keep a person's word on each record, and publish the database as it says."""
    from pipeline.review import correction_of
    from pipeline.store.corrections import append
    from pipeline.store.explain import Unknown
    from pipeline.store.query import Refused
    from pipeline.store.reviewed import NoChange

    try:
        said = [correction_of(at.db, record, verdict, changes) for record in records]
        for correction in said:
            append(at.corrections, correction)
    except (Refused, Unknown, NoChange, OSError) as error:
        raise Mistake(str(error)) from error
    _publish(at)
    click.echo(f"{len(said)} kept in {at.corrections}.")


def _publish(at: Place) -> None:
    from pipeline.run import apply_corrections
    from pipeline.store.publish import NotOurs

    try:
        apply_corrections(at.db, at.corrections)
    except (NotOurs, OSError, ValueError) as error:
        raise Mistake(f"{error} What was said is kept in {at.corrections}.") from error


def _ask(at: Place, sort: str | None, below: float, image: Path) -> None:
    """Ask about each record in turn; publish at the end, however it comes."""
    from pipeline.run import said_since
    from pipeline.store.corrections import append

    waiting = _unsure(at, sort, below, None)
    if said_since(at.db, at.corrections):  # by a review that was killed
        _publish(at)
        waiting = _unsure(at, sort, below, None)
    said = 0
    try:
        for number, one in enumerate(waiting, start=1):
            correction = _asked(at, one, f"{number} of {len(waiting)}", image)
            if correction == "quit":
                break
            if correction is not None:
                append(at.corrections, correction)
                said += 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped.", err=True)
    finally:
        if said:
            _publish(at)
    click.echo(f"{said} kept in {at.corrections}." if said else "Nothing was said." if waiting else
               "No record waits for a person.")


def _asked(at: Place, one: Unsure, where: str, image: Path) -> Any:
    """What a person says of a record: its correction, "quit", or None for a record that is skipped."""
    from pipeline.review import correction_of
    from pipeline.store.explain import explanation
    from pipeline.store.picture import NoPicture, draw
    from pipeline.store.reviewed import NoChange

    found = explanation(at.db, one.record_id)
    lit = click.style("»", bold=True, fg="yellow", reset=False)
    shown = found.words().replace("»", lit).replace("«", "«" + click.style("", reset=True))
    click.echo(f"\n{click.style(where, bold=True)}  {one.record_id}\n{shown}\n")
    while True:
        key = click.prompt(KEYS, prompt_suffix=" > ", default="s", show_default=False).strip().lower()[:1]
        if key == "q":
            return "quit"
        if key == "s":
            return None
        if key in ("a", "r"):
            return correction_of(at.db, one.record_id, "accept" if key == "a" else "reject")
        if key == "c":
            change = click.prompt("FIELD=VALUE, or several separated by ;", default="", show_default=False)
            try:
                return correction_of(at.db, one.record_id, "correct", _values(change.split(";")))
            except (NoChange, Mistake) as error:
                click.echo(str(error))
        elif key == "i":
            try:
                draw(found, image)
                click.echo(f"The page is drawn in {image}.")
            except NoPicture as error:
                click.echo(str(error))
