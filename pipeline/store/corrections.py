"""What people said of records, in a file of its own that no run of the machine writes.

A line of JSON for each word of a person, only ever added to and on the disk before the next question is asked: a
review that is killed loses nothing. A line names the document by its content and the record by its place and words,
so that it finds the record again when other code reads the document anew.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError


class Correction(BaseModel):
    """What a person said of one record."""

    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(tzinfo=None))
    verdict: Literal["accept", "correct", "reject"]
    table: str
    record_id: str
    sha256: str
    """Of the document."""
    document: str
    """Its path then, for a person who reads the file."""
    char_start: int
    char_end: int
    words: str
    """The document's text between those offsets."""
    before: str = ""
    after: str = ""
    """The text around it, which tells apart records of the same words."""
    changes: dict[str, Any] = Field(default_factory=dict)
    """The right value of each field that was wrong."""


class Damaged(ValueError):
    """A line of the file is no correction; the message names it."""


def beside(db: Path) -> Path:
    """Where a database's corrections are, unless a person says otherwise."""
    return db.with_name(f"{db.stem}.corrections.jsonl")


def append(path: Path, correction: Correction) -> None:
    """Add a line, and wait until it is on the disk. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        line = correction.model_dump_json().encode() + b"\n"
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a line that was cut when the power went
                line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read(path: Path) -> list[Correction]:
    """All corrections in the order in which they were given; none where there is no file. Raises Damaged.

    A line that is no JSON was cut while it was written, and says nothing.
    """
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(Correction.model_validate(json.loads(line)))
        except ValidationError as error:
            raise Damaged(f"{path}, line {number}, is no correction: {error.errors()[0]['msg']}.") from error
        except ValueError:
            continue
    return found


def summed(corrections: Iterable[Correction]) -> list[Correction]:
    """One for each record: the last verdict, with all changes, the last of a field holding."""
    last: dict[tuple[str, str, str], Correction] = {}
    for one in corrections:
        key = (one.sha256, one.table, one.record_id)
        before = last.pop(key, None)
        changes = {**before.changes, **one.changes} if before else dict(one.changes)
        verdict = one.verdict if one.verdict == "reject" else "correct" if changes else "accept"
        last[key] = one.model_copy(update={"changes": changes, "verdict": verdict})
    return list(last.values())
