"""One round at a time on a database, and who it is that makes it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout


class Held(Exception):
    """Another round is under way; the message says whose."""


@contextmanager
def alone(db: Path, now: datetime) -> Iterator[None]:
    """Hold the round's lock on `db` until the `with` ends. Raises Held.

    The system lets go of the lock when its process ends, however that ends: a round that was killed holds nobody up.
    """
    holder = db.with_name(f".{db.name}.weekly.holder.json")
    lock = FileLock(db.with_name(f".{db.name}.weekly.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Held(f"another round is under way on {db}: {_told(holder)}. This one did nothing.") from error
    try:
        said = {"process": os.getpid(), "machine": socket.gethostname(), "since": f"{now:%Y-%m-%d %H:%M:%S} UTC"}
        holder.write_text(json.dumps(said))
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _told(holder: Path) -> str:
    """Who holds the lock, in words."""
    try:
        said = json.loads(holder.read_text())
        return f"process {said['process']} on {said['machine']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it is just beginning, or just ending
        return "nobody has said whose"
