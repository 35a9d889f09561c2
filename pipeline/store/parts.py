"""One document's records in one file, until they are published.

A worker writes a part as soon as it has read a document, so that a run that is killed goes on where it stopped.
A part is a row of Arrow streams (compressed), one for each table; it appears under its name only when whole.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from pipeline.records import Record, record_id
from pipeline.store.schema import BY_TABLE, arrow_table


def distinct(records: Iterable[Record]) -> tuple[list[Record], list[str]]:
    """The records without those whose id another had before, and these ids."""
    seen: set[tuple[str, str]] = set()
    kept: list[Record] = []
    repeated: list[str] = []
    for record in records:
        key = (record.table, record_id(record))
        if key in seen:
            repeated.append(key[1])
        else:
            seen.add(key)
            kept.append(record)
    return kept, repeated


def write(path: Path, records: Iterable[Record]) -> None:
    """Write a document's records.

    Raises OSError where the disk is full, `pyarrow.ArrowInvalid` for a value that its column cannot hold.
    """
    by_table: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_table[record.table].append(record)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        # The quickest compression, and none of Arrow's threads: a part is small and lives until the run's end.
        options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
        for name, rows in by_table.items():
            table = arrow_table(BY_TABLE[name], rows).replace_schema_metadata({"table": name})
            with pa.ipc.new_stream(file, table.schema, options=options) as stream:
                stream.write_table(table)
    unfinished.replace(path)


def read(path: Path) -> dict[str, pa.Table]:
    """A part's rows by table. Raises `pyarrow.ArrowInvalid` or OSError for a part that is damaged."""
    tables: dict[str, pa.Table] = {}
    options = pa.ipc.IpcReadOptions(use_threads=False)  # as in writing: to wake threads for a few rows costs more
    with pa.OSFile(str(path)) as file:
        while file.tell() < file.size():
            with pa.ipc.open_stream(file, options=options) as stream:
                name = stream.schema.metadata[b"table"].decode()
                tables[name] = stream.read_all()
    return tables


def collect(paths: Iterable[Path]) -> dict[str, pa.Table]:
    """All parts' rows by table."""
    gathered: dict[str, list[pa.Table]] = defaultdict(list)
    for path in paths:
        for name, table in read(path).items():
            gathered[name].append(table)
    return {name: pa.concat_tables(tables) for name, tables in gathered.items()}
