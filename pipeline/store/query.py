"""Read-only answers out of a database: one SELECT, no files, no settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 10_000
QUESTIONS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
JAIL: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "2GB",
    "lock_configuration": True,
}


class Refused(Exception):
    """A question that cannot be answered; the message says what to do."""


def open_read_only(db: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read this file and nothing else. Raises Refused."""
    if not db.is_file():
        raise Refused(f"There is no database {db}: make one with `minutebook ingest FOLDER --db {db}`.")
    try:
        return duckdb.connect(str(db), read_only=True, config=JAIL)
    except duckdb.Error as error:
        raise Refused(f"{db} cannot be opened as a database: {error}") from error


class Answer:
    """The answer to one question; it is worked out when it is fetched."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, question: duckdb.Statement) -> None:
        self._connection, self._question = connection, question

    @cached_property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(self._question)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Name and SQL type of each column."""
        return [(column[0], str(column[1])) for column in self._cursor.description or []]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows in order."""
        while batch := self._cursor.fetchmany(BATCH):
            yield from batch

    def batches(self) -> pa.RecordBatchReader:
        """The rows as Arrow batches."""
        return self._connection.sql(self._question).to_arrow_reader(BATCH)


@contextmanager
def ask(db: Path, sql: str) -> Iterator[Answer]:
    """The answer to one SELECT, to be fetched inside the `with`. Raises Refused, then too."""
    connection = open_read_only(db)
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in QUESTIONS:
            raise Refused("Ask one SELECT; the database can be read but not changed.")
        yield Answer(connection, statements[0])
    except duckdb.Error as error:
        raise Refused(f"{error}\n`minutebook schema` lists the tables and their columns.") from error
    finally:
        connection.close()
