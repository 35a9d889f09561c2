"""Which documents a step of a publication is about: tables and views of the connection, of which no file knows.

`reindexed` names documents, and the views `scoped_…` show their rows. Of rows that were just added the places are
known, so that those before them need not be looked through: a column of texts is most of a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from pipeline.store.schema import quoted
from pipeline.store.search import SCOPED

PIECE, MOST_PIECES = 20_000, 50
"""So many documents are indexed at once, which is what fits into memory; in so many pieces at most, since a search
looks into each."""


def marks(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """For each table that is indexed, the place before which no row stands that is added from now on."""
    return {
        table: connection.execute(f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}").fetchall()[0][0]
        for table in SCOPED
    }


def ranges(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """All documents in pieces: the first id of each piece, and of the next (None after the last)."""
    (documents,) = connection.execute("SELECT count(*) FROM documents").fetchall()[0]
    most = max(PIECE, documents // MOST_PIECES)
    starts: list[str] = [start for (start,) in connection.execute(
        "SELECT document_id FROM documents QUALIFY (row_number() OVER (ORDER BY document_id) - 1) % $1 = 0 "
        "ORDER BY document_id", [most],
    ).fetchall()]
    starts = starts or [""]  # a database of no documents, too, has an index: an empty one
    return list(zip(starts, [*starts[1:], None], strict=True))


def show_range(connection: duckdb.DuckDBPyConnection, first: str, after: str | None) -> None:
    """Let the views show the documents from the id `first` up to the one before `after`."""
    until = "" if after is None else f" AND document_id < {quoted(after)}"
    for table in SCOPED:
        _view(connection, table, f"SELECT * FROM {table} WHERE document_id >= {quoted(first)}{until}")


def show_named(connection: duckdb.DuckDBPyConnection, since: Mapping[str, int], anywhere: bool) -> None:
    """Let the views show the documents in `reindexed`: rows from `since` on, and with `anywhere` those before it."""
    for table in SCOPED:
        added = f"SELECT t.* FROM {table} t SEMI JOIN reindexed USING (document_id) WHERE t.rowid >= {since[table]}"
        before = f" UNION ALL SELECT t.* FROM {table} t SEMI JOIN reindexed USING (document_id) " \
                 f"WHERE t.rowid < {since[table]}"
        _view(connection, table, added + (before if anywhere else ""))


def name(connection: duckdb.DuckDBPyConnection, table: str, queries: Iterable[str]) -> None:
    """Make a table of the connection that names every document that one of the queries gives."""
    union = " UNION ".join(f"SELECT document_id FROM ({query})" for query in queries)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {union}")


def _view(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW scoped_{table} AS {query}")
