"""The published database as the web application reads it.

A run publishes a new file in the old one's place (`os.replace`). DuckDB keeps one instance per path and process, so
the old one must be closed before the new one can be seen: requests under way end on the old, later ones get the new.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import numpy.typing as npt

from pipeline.store.query import Refused
from pipeline.store.schema import quoted
from pipeline.web.columns import Columns
from pipeline.web.listing import LISTING

SETTINGS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "4GB"}
LOCKED = ("SET enable_external_access = false", "SET autoinstall_known_extensions = false",
          "SET autoload_known_extensions = false", "SET lock_configuration = true")
KEPT_ANSWERS = 2_000

Row = dict[str, Any]
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Snapshot:
    """One published state of the database. `ask` answers a question of ours; equal questions are worked out once."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.mark = _mark(db)
        self._spilled = tempfile.TemporaryDirectory(prefix="minutebook-")  # else it would be where the server was begun
        try:
            # In memory and beside the file, since a listing made for the eye has no place in a read-only file.
            self._root = duckdb.connect(":memory:", config={**SETTINGS, "temp_directory": self._spilled.name})
            self._root.execute(f"ATTACH {quoted(str(db))} AS papers (READ_ONLY)")
            for statement in LISTING:
                self._root.execute(statement)
            self.columns = Columns.of(self._root)
            self._root.execute("USE papers")
            for statement in LOCKED:
                self._root.execute(statement)
        except duckdb.Error as error:
            raise Refused(f"{db} cannot be served: {error}") from error
        self._kept = lru_cache(maxsize=KEPT_ANSWERS)(self._work_out)
        self._once = lru_cache(maxsize=KEPT_ANSWERS)(lambda work, asked: work(self, asked))

    def ask(self, sql: str, *values: object) -> list[Row]:
        """The rows of an answer to a question with `?`, or with `$name` and one mapping of values. The caller must not
        change them: they may be shown again."""
        named = isinstance(values[0], dict) if values else False
        return self._kept(sql, tuple(values[0].items()) if named else values, named)  # type: ignore[attr-defined]

    def once(self, work: Callable[[Snapshot, Asked], Answer], asked: Asked) -> Answer:
        """What `work` makes of this snapshot and a question (which must be hashable), worked out once."""
        return cast("Answer", self._once(work, asked))

    def arrays(self, sql: str, *values: object) -> dict[str, npt.NDArray[Any]]:
        """The columns of an answer of numbers, none of them NULL."""
        cursor = self.cursor()
        try:
            return cast("dict[str, npt.NDArray[Any]]", cursor.execute(sql, list(values)).fetchnumpy())
        finally:
            cursor.close()

    def one(self, sql: str, *values: object) -> Row | None:
        """The first row of an answer, or None."""
        return next(iter(self.ask(sql, *values)), None)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own, to be closed by it before its `reading` ends."""
        cursor = self._root.cursor()
        cursor.execute("USE papers")
        return cursor

    def _work_out(self, sql: str, values: tuple[Any, ...], named: bool) -> list[Row]:
        cursor = self.cursor()
        try:
            plain = dict(values) if named else [list(v) if isinstance(v, tuple) else v for v in values]
            answer = cursor.execute(sql, plain)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        finally:
            cursor.close()

    def close(self) -> None:
        """Let go of the file."""
        self._root.close()
        self._spilled.cleanup()


class Published:
    """Whatever is published now. `reading()` lends its snapshot to a request."""

    def __init__(self, db: Path, open_snapshot: Callable[[Path], Snapshot] = Snapshot) -> None:
        if not db.is_file():
            raise Refused(f"There is no database {db}: make one with `minutebook ingest FOLDER --db {db}`.")
        self._db, self._open = db, open_snapshot
        self._snapshot = open_snapshot(db)
        self._readers = 0
        self._changed = threading.Condition()

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """The newest snapshot, kept open until the `with` ends."""
        with self._changed:
            while self._outdated() and self._readers:
                self._changed.wait()
            if self._outdated():
                self._snapshot.close()
                self._snapshot = self._open(self._db)
            self._readers += 1
            snapshot = self._snapshot
        try:
            yield snapshot
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def _outdated(self) -> bool:
        """Whether another file stands at the path. One that is gone is no news: what is open is still read."""
        return self._db.exists() and _mark(self._db) != self._snapshot.mark


def _mark(db: Path) -> tuple[int, int, int]:
    status = db.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
