"""Parts in Parquet: what the workers of a cluster write, by table, council and year, and what a database is made from.

`PARTS/resolutions/council=E08000004/year=2024/BATCH.parquet` holds rows of the documents of one batch. A file is
written once and whole, under a name that follows from the batch, so that a batch that is read again, since its machine
was lost, writes the same files again. `PARTS/readings/BATCH.parquet` comes last: without it a batch does not count.
Where a document was read more than once, the batch that was written last counts.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from pipeline.bookkeeping import DocumentPath, Reading, Review
from pipeline.records import Council, Record, Service
from pipeline.store.leaving import OF_NO_DOCUMENT, OWNERS
from pipeline.store.schema import BY_TABLE, TABLES, quoted

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

OBJECTS = ("s3", "s3a", "gs", "gcs", "abfs", "az", "memory")
"""Stores in which a file appears whole or not at all; elsewhere it is written under another name first."""
NONE = "none"
"""Stands for a council or a year that a document does not tell."""
WHOLE = (Reading.table, DocumentPath.table)
"""Tables that are not divided: they tell what there is."""
KEPT = [record for record in TABLES if record in (Council, DocumentPath)
        or record not in (*OF_NO_DOCUMENT, Service, Review)]
"""Tables that parts hold; the others are found out from them."""


def place(table: str, council: str | None, year: int | str | None, batch: str) -> str:
    """Where a batch's rows of a table lie within the parts."""
    if table in WHOLE:
        return f"{table}/{batch}.parquet"
    safe = re.sub(r"[^\w-]", "_", council) if council else NONE
    return f"{table}/council={safe}/year={year or NONE}/{batch}.parquet"


@dataclass(frozen=True)
class Parts:
    """A folder of parts, named by a path or by the address of a store (`s3://bucket/parts`)."""

    url: str

    @property
    def files(self) -> tuple[AbstractFileSystem, str]:
        """The file system, and the folder in it."""
        from fsspec.core import url_to_fs

        system, root = url_to_fs(self.url)
        return system, root.rstrip("/")

    def write(self, batch: str, tables: Mapping[str, pa.Table]) -> None:
        """Write a batch's rows by table. Raises OSError."""
        when = dict(_days(tables))
        owners = _owners(tables)
        papers = tables["documents"].select(["document_id", "council_id"]).to_pylist() if "documents" in tables else []
        councils = {row["document_id"]: row["council_id"] for row in papers}
        for name in sorted(tables, key=lambda one: one == Reading.table):
            table = tables[name].append_column("batch", pa.array([batch] * len(tables[name]), pa.string()))
            if name == Reading.table:
                now = datetime.now(UTC).replace(tzinfo=None)
                table = table.append_column("written_at", pa.array([now] * len(table), pa.timestamp("us")))
            groups: dict[str, list[int]] = {}
            for row, document in enumerate(owners(name)):
                groups.setdefault(place(name, councils.get(document), when.get(document), batch), []).append(row)
            for path, rows in sorted(groups.items()):
                self._put(path, table.take(rows))

    def _put(self, path: str, table: pa.Table) -> None:
        import pyarrow.parquet as pq

        system, root = self.files
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        target = f"{root}/{path}"
        if system.protocol in OBJECTS or any(protocol in OBJECTS for protocol in system.protocol):
            system.pipe_file(target, buffer.getvalue())
            return
        unfinished = f"{target}.{os.getpid()}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.pipe_file(unfinished, buffer.getvalue())
        system.mv(unfinished, target)

    def open(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make views `parts_TABLE` in the connection that show the rows that count, of every table that parts hold."""
        system, root = self.files
        if "file" in system.protocol:
            prefix = ""
        else:
            protocol = system.protocol if isinstance(system.protocol, str) else system.protocol[0]
            prefix = f"{protocol}://"
            with suppress(duckdb.InvalidInputException):  # known to the connection already
                connection.register_filesystem(system)
        for record in sorted(KEPT, key=lambda one: one is not Reading):  # which batch counts is found out from these
            depth = "*.parquet" if record.table in WHOLE else "*/*/*.parquet"
            source: str | None = (
                f"read_parquet({quoted(f'{prefix}{root}/{record.table}/{depth}')}, hive_partitioning = false)")
            try:
                connection.execute(f"FROM {source} LIMIT 0")
            except duckdb.IOException as error:
                if "No files found" not in str(error):
                    raise
                source = None
            for statement in views(record, source):
                connection.execute(statement)

    def told(self) -> list[tuple[Any, ...]]:
        """Path, document, hash, size, time and version of every file of which these parts hold the records."""
        with duckdb.connect() as connection:
            self.open(connection)
            return connection.execute(
                "SELECT path, document_id, sha256, size, modified_at, version "
                "FROM parts_document_paths JOIN parts_readings USING (document_id)"
            ).fetchall()


def views(record: type[Record], source: str | None) -> list[str]:
    """The statements that make the views over a table's parts: `parts_all_TABLE`, all rows; `parts_TABLE`, those that
    count. `source` is the SQL of a table; None where there is none."""
    from pipeline.store.schema import columns

    name = record.table
    told = ", ".join(f'"{column.name}"' for column in columns(record))
    if source is None:
        nothing = ", ".join(f'NULL::{column.sql_type} AS "{column.name}"' for column in columns(record))
        source = f"(SELECT {nothing}, NULL::VARCHAR AS batch, NULL::TIMESTAMP AS written_at WHERE false)"
    statements = [f"CREATE OR REPLACE TEMP VIEW parts_all_{name} AS FROM {source}"]
    if record is Reading:
        counts = ("SELECT * FROM parts_all_readings "
                  "QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY written_at DESC, batch DESC) = 1")
        statements.append(f"CREATE OR REPLACE TEMP TABLE parts_counting AS SELECT document_id, batch FROM ({counts})")
        query = f"SELECT {told} FROM ({counts})"
    elif record is DocumentPath:
        query = (f"SELECT {told} FROM (SELECT p.*, r.written_at AS came FROM parts_all_document_paths p "
                 "JOIN (SELECT DISTINCT batch, written_at FROM parts_all_readings) r USING (batch)) "
                 "QUALIFY row_number() OVER (PARTITION BY path ORDER BY came DESC, batch DESC) = 1")
    elif record is Council:
        query = (f"SELECT {told} FROM parts_all_councils QUALIFY row_number() "
                 "OVER (PARTITION BY council_id ORDER BY batch DESC) = 1")
    elif record in OWNERS:
        owner = OWNERS[record]
        query = (f"SELECT {told} FROM parts_all_{name} SEMI JOIN (FROM parts_all_{owner.table} "
                 f"SEMI JOIN parts_counting USING (document_id, batch)) USING ({owner.key[0]}, batch)")
    else:
        query = f"SELECT {told} FROM parts_all_{name} SEMI JOIN parts_counting USING (document_id, batch)"
    return [*statements, f"CREATE OR REPLACE TEMP VIEW parts_{name} AS {query}"]


def new_in(parts: Parts, db: Path) -> list[str]:
    """The documents whose reading in the parts is not the one in the database, which may not exist yet."""
    from pipeline.store.publish import attach

    with duckdb.connect() as connection:
        parts.open(connection)
        sql = "SELECT document_id, version FROM parts_readings"
        if db.exists():
            attach(connection, db)
            sql += " EXCEPT SELECT document_id, version FROM old.readings"
        return [id_ for id_, _ in connection.execute(sql).fetchall()]


def insert(connection: duckdb.DuckDBPyConnection) -> None:
    """Insert the parts' rows of the documents in the table `again`, once `Parts.open` has shown them."""
    for record in sorted(KEPT, key=lambda one: one in OWNERS):  # owners first
        if record is DocumentPath:
            continue
        condition = "document_id IN (FROM again)"
        if record is Council:
            condition = "true"
        elif record in OWNERS:
            key, owner = OWNERS[record].key[0], OWNERS[record].table
            condition = f'{key} IN (SELECT {key} FROM "{owner}" WHERE document_id IN (FROM again))'
        connection.execute(f'INSERT INTO "{record.table}" BY NAME SELECT * FROM parts_{record.table} WHERE {condition}')


def _days(tables: Mapping[str, pa.Table]) -> Iterable[tuple[str, str]]:
    """The year of each document's meeting."""
    if "meeting_statements" in tables:
        rows = tables["meeting_statements"].select(["document_id", "held_on"]).to_pylist()
        yield from ((row["document_id"], str(row["held_on"].year)) for row in rows if row["held_on"])


def _owners(tables: Mapping[str, pa.Table]) -> Any:
    """A function that gives the document of each row of a table."""
    def of(name: str) -> list[str | None]:
        record = BY_TABLE[name]
        if record is Council:
            return [None] * len(tables[name])
        if record in OWNERS:
            owner = OWNERS[record]
            keys = tables[owner.table].select([owner.key[0], "document_id"]).to_pylist()
            documents = {row[owner.key[0]]: row["document_id"] for row in keys}
            return [documents[key] for key in tables[name][owner.key[0]].to_pylist()]
        return list(tables[name]["document_id"].to_pylist())

    return of
