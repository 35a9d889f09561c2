"""An answer as a table for the eye, CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import duckdb

BATCH = 10_000


class NoPlace(Exception):
    """The answer cannot be written there."""


def write(answer: duckdb.DuckDBPyConnection, form: str, output: Path | None) -> None:
    """Write an answer in `form` (table, csv, json, parquet) to `output`, or to standard output. Raises NoPlace."""
    if form == "parquet":
        if output is None:
            raise NoPlace("Parquet is not for reading on a screen: name a file with --output.")
        _write_parquet(answer, output)
        return
    with _opened(output) as stream:
        {"table": _write_table, "csv": _write_csv, "json": _write_json}[form](answer, stream)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise NoPlace(f"{output} cannot be written: {error.strerror}.") from error


def _names(answer: duckdb.DuckDBPyConnection) -> list[str]:
    return [column[0] for column in answer.description or ()]


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := answer.fetchmany(BATCH):
        yield from batch


def _write_table(answer: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    names = _names(answer)
    rows = [["" if v is None else str(v) for v in row] for row in _rows(answer)]
    numbers = {"INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT"}
    for name, column in zip(names, answer.description or (), strict=True):
        kind = str(column[1])
        table.add_column(name, justify="right" if kind in numbers or kind.startswith("DECIMAL") else "left",
                         overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console = Console(file=stream, width=None if stream.isatty() else 200)
    console.print(table, markup=False) if rows else None
    console.print(f"{len(rows):,} row{'s' if len(rows) != 1 else ''}", highlight=False)


def _plain(cell: str) -> Any:
    from rich.text import Text

    return Text(cell)


def _write_csv(answer: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_names(answer))
    writer.writerows(_rows(answer))


def _write_json(answer: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    """A JSON array with an object on each line, so that large answers are written as they come."""
    names = _names(answer)
    before = "[\n"
    for row in _rows(answer):
        item = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_jsonable)
        stream.write(before + item)
        before = ",\n"
    stream.write("\n]\n" if before != "[\n" else "[]\n")


def _jsonable(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (timedelta, bytes)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _write_parquet(answer: duckdb.DuckDBPyConnection, output: Path) -> None:
    import pyarrow.parquet as pq

    reader: Any = answer.to_arrow_reader(BATCH)
    try:
        with pq.ParquetWriter(output, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
    except OSError as error:
        raise NoPlace(f"{output} cannot be written: {error.strerror or error}.") from error
