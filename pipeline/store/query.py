"""Read-only answers out of a database: one SELECT, no files, no settings, in a process that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

SECONDS = 60.0
"""So long a question may take, the fetching of its answer included."""
GRACE = 5.0
"""Seconds that a process whose answer is out may take to end."""
OUT_OF_MEMORY = 4
OWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "2GB",
    "lock_configuration": True,
}
"""Settings of a connection for questions of our own; those of strangers run in `jail`."""


class Refused(Exception):
    """A question that cannot be answered; the message says what to do."""


def open_read_only(db: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read this file and nothing else. Raises Refused."""
    _there(db)
    try:
        return duckdb.connect(str(db), read_only=True, config=OWN)
    except duckdb.Error as error:
        raise Refused(f"{db} cannot be opened as a database: {error}") from error


def _there(db: Path) -> None:
    if not db.is_file():
        raise Refused(f"There is no database {db}: make one with `minutebook ingest FOLDER --db {db}`.")


class Answer:
    """The answer to one question, as it comes out of the jail."""

    def __init__(self, columns: list[tuple[str, str]], reader: pa.RecordBatchReader, ended: Callable[[], None]) -> None:
        self.columns = columns
        """Name and SQL type of each column."""
        self._reader, self._ended = reader, ended

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows in order. Raises Refused where the question fails on the way."""
        as_python = [_converter(kind) for _, kind in self.columns]
        for batch in self._whole():
            values = [column.to_pylist() for column in batch.columns]
            for n, convert in enumerate(as_python):
                if convert is not None:
                    values[n] = [None if value is None else convert(value) for value in values[n]]
            yield from zip(*values, strict=True)

    def batches(self) -> pa.RecordBatchReader:
        """The rows as Arrow batches. Raises Refused where the question fails on the way."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(self._reader.schema, self._whole())

    def _whole(self) -> Iterator[pa.RecordBatch]:
        """All batches; a stream that breaks off must not look like one that ends."""
        import pyarrow as pa

        try:
            yield from self._reader
        except (pa.ArrowException, OSError):
            self._ended()
            raise
        self._ended()


def _converter(kind: str) -> Callable[[Any], Any] | None:
    """Whole numbers beyond 64 bits travel as decimals."""
    return int if kind in ("HUGEINT", "UHUGEINT") else None


@contextmanager
def ask(db: Path, sql: str, seconds: float = SECONDS) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the `with`. Raises Refused, then too.

    The question runs in a process of its own, which is ended after `seconds`, or when the `with` is left.
    """
    import pyarrow as pa

    if not (db / "readings").is_dir():  # no folder of parts
        _there(db)
    prisoner = subprocess.Popen(
        [sys.executable, "-m", "pipeline.store.jail"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LC_ALL": "C.UTF-8"},
    )
    assert prisoner.stdin is not None and prisoner.stdout is not None and prisoner.stderr is not None

    def ended() -> None:
        try:
            status = prisoner.wait(GRACE)
        except subprocess.TimeoutExpired:
            return
        if status != 0:
            raise Refused(_why(prisoner, seconds))

    try:
        with suppress(BrokenPipeError), prisoner.stdin as stdin:
            stdin.write(json.dumps({"db": str(db.absolute()), "sql": sql, "seconds": seconds}).encode())
        line = prisoner.stdout.readline()
        if not line:
            ended()
            raise Refused("The question could not be answered.")
        columns = [(name, kind) for name, kind in json.loads(line)["columns"]]
        yield Answer(columns, pa.ipc.open_stream(prisoner.stdout), ended)
    finally:
        prisoner.kill()
        prisoner.stdout.close()
        prisoner.stderr.close()
        prisoner.wait()


def _why(prisoner: subprocess.Popen[bytes], seconds: float) -> str:
    """What to say of a question whose process ended before its time."""
    assert prisoner.stderr is not None
    if prisoner.returncode == -signal.SIGALRM:
        return f"The answer takes longer than {seconds:g} seconds: ask for less, or narrow it with WHERE."
    if prisoner.returncode == OUT_OF_MEMORY or prisoner.returncode < 0:
        return "The answer needs more memory than a question may have: ask for less, or narrow it with WHERE."
    said = prisoner.stderr.read().decode("utf-8", "replace").strip()
    return said or "The question could not be answered."
