"""An answer as a table for the eye, CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pipeline.store.cells import harmless
from pipeline.store.query import Answer

if TYPE_CHECKING:
    from rich.console import RenderableType

NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE", "FLOAT"}
WIDTH_OF_FILES = 200
"""Columns of a table that goes to a file or a pipe, which have no width of their own."""
LEAST_WIDTH = 14
"""Characters below which a column of words cannot be read."""


MOST_ROWS = 5_000
"""Rows of a table for the eye."""
LONGEST_CELL = 20_000
"""Characters of one of its cells."""


class NoPlace(Exception):
    """The answer cannot be written there."""


def write(answer: Answer, form: str, output: Path | None) -> None:
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


def _write_table(answer: Answer, stream: IO[str]) -> None:
    """Columns side by side, or one row below the other where side by side no word would fit."""
    from rich.console import Console

    rows = list(islice(answer.rows(), MOST_ROWS + 1))
    console = Console(file=stream, width=None if stream.isatty() else WIDTH_OF_FILES, highlight=False)
    if len(rows) > MOST_ROWS:
        console.print(f"More than {MOST_ROWS:,} rows are not for reading: use --format csv, or LIMIT. The first ten:")
        rows = rows[:10]
    if rows:
        crowded = len(answer.columns) * LEAST_WIDTH > console.width
        console.print(_cards(answer, rows) if crowded else _table(answer, rows))
    console.print(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}")


def _table(answer: Answer, rows: list[tuple[object, ...]]) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    for name, kind in answer.columns:
        number = kind in NUMBERS or kind.startswith("DECIMAL")
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)[:LONGEST_CELL]) for value in row))
    return table


def _cards(answer: Answer, rows: list[tuple[object, ...]]) -> RenderableType:
    """Each row by itself, a line a column, empty ones left out."""
    from rich.table import Table
    from rich.text import Text

    cards = Table(box=None, show_header=False, padding=(0, 1))
    cards.add_column(justify="right", style="dim", no_wrap=True)
    cards.add_column(overflow="fold")
    for row in rows:
        for (name, _), value in zip(answer.columns, row, strict=True):
            if value is not None:
                cards.add_row(Text(name), Text(str(value)))
        cards.add_row("", "")
    return cards


def _write_csv(answer: Answer, stream: IO[str]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(harmless(name) for name, _ in answer.columns)
    writer.writerows([harmless(value) for value in row] for row in answer.rows())


def _write_json(answer: Answer, stream: IO[str]) -> None:
    """A JSON array with an object on each line, so that large answers are written as they come."""
    names = [name for name, _ in answer.columns]
    before = "[\n"
    for row in answer.rows():
        item = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_jsonable)
        stream.write(before + item)
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def _jsonable(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, (timedelta, bytes)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _write_parquet(answer: Answer, output: Path) -> None:
    import pyarrow.parquet as pq

    reader = answer.batches()
    try:
        with pq.ParquetWriter(output, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
    except OSError as error:
        raise NoPlace(f"{output} cannot be written: {error.strerror or error}.") from error
