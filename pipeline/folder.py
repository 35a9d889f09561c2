"""Which files lie in the folders that a user names."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

IGNORE = ".minutebook-ignore"
"""A folder that holds a file of this name is passed by, with all that lies under it."""


@dataclass(frozen=True)
class File:
    """A file to read. `name` is its absolute path as it is stored and shown."""

    path: Path
    name: str
    size: int
    modified_at: datetime


@dataclass(frozen=True)
class Unopened:
    """A file or folder that could not be opened, and why."""

    name: str
    kind: str
    message: str


def shown(path: Path | str) -> str:
    """An absolute path as text: bytes that are no text in this system's encoding are written as escapes."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100 (links stay)


def files(places: Iterable[Path]) -> tuple[list[File], list[Unopened]]:
    """The files in `places` (folders with all under them, or single files), each once, by name.

    Hidden files, marked folders and what is no regular file (a pipe would hang) are passed by; links are
    followed, each folder once.
    """
    found: dict[str, File] = {}
    unopened: dict[str, Unopened] = {}
    entered: set[tuple[int, int]] = set()
    for place in places:
        for entry in _walk(place, entered):
            if isinstance(entry, Unopened):
                unopened[entry.name] = entry
            else:
                found[entry.name] = entry
    return sorted(found.values(), key=lambda f: f.name), sorted(unopened.values(), key=lambda u: u.name)


def _walk(place: Path, entered: set[tuple[int, int]]) -> Iterator[File | Unopened]:
    try:
        status = place.stat()
        if stat.S_ISREG(status.st_mode):
            yield File(place, shown(place), status.st_size, _moment(status.st_mtime_ns))
        if not stat.S_ISDIR(status.st_mode) or (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        with os.scandir(place) as listing:
            names = sorted(entry.name for entry in listing)
    except OSError as error:
        yield unopened_because(shown(place), error)
        return
    if IGNORE in names:
        return
    for name in names:
        if not name.startswith("."):
            yield from _walk(place / name, entered)


def _moment(nanoseconds: int) -> datetime:
    """A file's time to the microsecond, as the database keeps it."""
    seconds, rest = divmod(nanoseconds // 1000, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest, tzinfo=None)


def unopened_because(name: str, error: OSError) -> Unopened:
    """The reason in words for a person."""
    if isinstance(error, PermissionError):
        return Unopened(name, "no_permission", "You may not read it: change its permissions, or run as its owner.")
    if isinstance(error, FileNotFoundError):
        return Unopened(name, "vanished", "It is not there: a link that leads nowhere, or a file deleted meanwhile.")
    return Unopened(name, "unopened", f"The system could not open it: {error.strerror or error}.")


def sha256(path: Path) -> str:
    """SHA-256 of the file's bytes, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
