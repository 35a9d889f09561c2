"""Which documents a step of a publication is about: tables and views of the connection, of which no file knows.

`reindexed` names documents, and the views `scoped_…` show their rows. Of rows that were just added the places are
known, so that those before them need not be looked through: a column of texts is most of a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

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


def pieces(connection: duckdb.DuckDBPyConnection) -> int:
    """Divide all documents into pieces, in the order in which they stand, and say how many there are."""
    documents = int(connection.execute("SELECT count(*) FROM documents").fetchall()[0][0])
    most = max(PIECE, documents // MOST_PIECES)
    connection.execute("CREATE OR REPLACE TEMP TABLE divided AS SELECT document_id, "
                       f"((row_number() OVER (ORDER BY rowid) - 1) // {most})::INTEGER AS piece FROM documents")
    connection.execute("CREATE OR REPLACE TEMP TABLE extents AS " + " UNION ALL ".join(
        f"SELECT '{table}' AS name, piece, min(t.rowid) AS first, max(t.rowid) AS last "
        f"FROM {table} t JOIN divided USING (document_id) GROUP BY piece" for table in SCOPED))
    return max(1, -(-documents // most))  # a database of no documents, too, has an index: an empty one


def show_piece(connection: duckdb.DuckDBPyConnection, piece: int) -> None:
    """Let the views show the documents of a piece. Its rows mostly stand together, so that of the others no text need
    be looked through."""
    name(connection, "reindexed", [f"FROM divided WHERE piece = {piece}"])
    extents = {table: (first, last) for table, first, last in connection.execute(
        "SELECT name, first, last FROM extents WHERE piece = $1", [piece]).fetchall()}
    for table in SCOPED:
        first, last = extents.get(table, (0, -1))
        _view(connection, table, f"SELECT t.* FROM {table} t SEMI JOIN reindexed USING (document_id) "
                                 f"WHERE t.rowid BETWEEN {first} AND {last}")


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
