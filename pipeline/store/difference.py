"""What two databases differ in: rows added, removed and changed, table by table, by their stable ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.bookkeeping import DocumentPath, PrivateWords, Reading, Run, TextSketch
from pipeline.records import EvidenceBox, Record
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PaperVersion, PublishedPaper
from pipeline.store.query import Refused
from pipeline.store.schema import TABLES, columns, quoted

LEFT_OUT: tuple[type[Record], ...] = (
    Run, Reading, TextSketch, PrivateWords, EvidenceBox, DocumentPath, Asking, AnnouncedMeeting, PublishedPaper,
    CoverageFlag, PaperVersion,
)
"""What tells of runs, sites and files, or follows from other tables."""
PASSING = {"ingested_at", "fetched_at"}
"""Columns that differ between two runs over the same papers."""
SHOWN = ("text", "title", "raw", "name", "what", "message", "path")
"""The first of these that a table has tells a person which row it is."""


@dataclass(frozen=True)
class Difference:
    """A row that is in one database only, or is other there: `columns` are those that differ."""

    table: str
    change: str
    """added, removed or changed."""
    record_id: str
    columns: tuple[str, ...]
    words: str


def differences(old: Path, new: Path) -> Iterator[Difference]:
    """Every difference, table by table, in order of ids. Raises Refused."""
    with duckdb.connect() as connection:
        for path, name in ((old, "old"), (new, "new")):
            if not path.is_file():
                raise Refused(f"There is no database {path}.")
            try:
                connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
            except duckdb.Error as error:
                raise Refused(f"{path} cannot be opened as a database: {error}") from error
        for record in TABLES:
            if record not in LEFT_OUT:
                yield from _of_table(connection, record)


def _of_table(connection: duckdb.DuckDBPyConnection, record: type[Record]) -> Iterator[Difference]:
    present = {side: _columns(connection, side, record.table) for side in ("old", "new")}
    if not all(present.values()):
        return  # a table that one of the two versions does not know
    common = [c.name for c in columns(record) if c.name in present["old"] & present["new"] and c.name not in PASSING]
    rest = [name for name in common if name not in record.key]
    matched = " AND ".join(f'a."{k}" IS NOT DISTINCT FROM b."{k}"' for k in record.key)
    changed = ", ".join(f"CASE WHEN a.\"{c}\" IS DISTINCT FROM b.\"{c}\" THEN '{c}' END" for c in rest)
    named = " || '/' || ".join(f"coalesce(coalesce(b.\"{k}\", a.\"{k}\")::VARCHAR, '')" for k in record.key)
    shown = next((c for c in SHOWN if c in common), None)
    words = f'coalesce(b."{shown}", a."{shown}")' if shown else "''"
    rows = connection.execute(f"""
        SELECT * FROM (
            SELECT
                CASE WHEN a.here IS NULL THEN 'added' WHEN b.here IS NULL THEN 'removed' ELSE 'changed' END AS change,
                {named} AS id, list_filter([{changed}]::VARCHAR[], lambda n: n IS NOT NULL) AS which, {words} AS words
            FROM (SELECT *, true AS here FROM old."{record.table}") a
            FULL JOIN (SELECT *, true AS here FROM new."{record.table}") b ON {matched}
        ) WHERE change <> 'changed' OR len(which) > 0 ORDER BY change, id
    """).fetchall()
    for change, key, which, text in rows:
        yield Difference(record.table, change, key, tuple(which) if change == "changed" else (),
                         " ".join(str(text or "").split())[:100])


def _columns(connection: duckdb.DuckDBPyConnection, side: str, table: str) -> set[str]:
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = $1 AND table_name = $2", [side, table]
    ).fetchall()
    return {name for (name,) in found}
