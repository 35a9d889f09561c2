"""Read-only answers out of a database: one SELECT, no files, no settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

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


@contextmanager
def ask(db: Path, sql: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection with the answer to one SELECT, ready to be fetched. Raises Refused."""
    connection = open_read_only(db)
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in (
            duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN
        ):
            raise Refused("Ask one SELECT; the database can be read but not changed.")
        yield connection.execute(statements[0])
    except duckdb.Error as error:
        raise Refused(f"{error}\n`minutebook schema` lists the tables and their columns.") from error
    finally:
        connection.close()
