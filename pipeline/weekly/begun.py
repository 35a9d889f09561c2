"""A round that was begun and is not told yet: what a round that goes on after a kill must know.

    .minutebook.duckdb.weekly/before.duckdb    the database as it was when the last digest was made
    .minutebook.duckdb.weekly/round.json       which round it is

What is new is what the database has beside `before.duckdb`, however many processes it took to get there.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from pipeline.records import identify


class Begun(BaseModel):
    """A round: its id, when it was begun, whether there was a database before it."""

    round_id: str
    started_at: datetime
    had_database: bool


def _place(db: Path) -> Path:
    return db.with_name(f".{db.name}.weekly")


def begin(db: Path, now: datetime, told: set[str]) -> tuple[Begun, bool]:
    """The round under way, and whether an earlier process began it. `told` are ids of rounds whose digest is kept."""
    place = _place(db)
    try:
        begun = Begun.model_validate_json((place / "round.json").read_bytes())
        if begun.round_id not in told and (begun.had_database is False or (place / "before.duckdb").exists()):
            return begun, True
    except (OSError, ValidationError):  # none, or one that was killed before it had written down what it is
        pass
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if db.exists():
        _second_name(db, place / "before.duckdb")
    begun = Begun(round_id=identify("round", now), started_at=now, had_database=db.exists())
    unfinished = place / "round.json.part"
    unfinished.write_text(begun.model_dump_json())
    unfinished.replace(place / "round.json")
    return begun, False


def before(db: Path, begun: Begun) -> Path | None:
    """The database as it was before the round; None where there was none."""
    return _place(db) / "before.duckdb" if begun.had_database else None


def end(db: Path) -> None:
    """The round is told: forget it."""
    shutil.rmtree(_place(db), ignore_errors=True)


def _second_name(db: Path, name: Path) -> None:
    """Keep the file as it is: publishing puts another in its place, so that a second name costs no space."""
    try:
        os.link(db, name)
    except OSError:  # a file system without second names
        shutil.copy2(db, name)
