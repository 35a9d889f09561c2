"""The whole database in forms that other programs read: CSV, Parquet, JSON Lines, Excel, a data package, SQLite.

Tables and views go out under their own names; what only the machinery needs (sketches, readings, the index of search)
stays. In files that spreadsheets open, text that would be taken for a formula is told to be text: the words of a
document are strangers' words.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.bookkeeping import Reading, TextSketch
from pipeline.records import Record
from pipeline.store.civic import write_civic
from pipeline.store.query import open_read_only
from pipeline.store.schema import TABLES, columns, meaning, quoted
from pipeline.store.views import VIEWS

RECORDS: tuple[type[Record], ...] = tuple(record for record in TABLES if record not in (TextSketch, Reading))
FORMULA = re.compile(r"\s*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would reckon out."""
SHEET_ROWS, CELL = 1_048_575, 32_767
"""What a sheet of Excel holds below its heading, and a cell."""
BATCH = 10_000
FIELD_TYPES = {
    "BOOLEAN": "boolean", "BIGINT": "integer", "DOUBLE": "number", "DATE": "date", "TIMESTAMP": "datetime",
    "TIME": "time", "DECIMAL(18,2)": "number",
}


class NotExported(Exception):
    """The export cannot be made; the message says why."""


def export(db: Path, folder: Path, form: str) -> list[Path]:
    """Write the database to `folder` in `form` (one of FORMS). Gives the files. Raises NotExported, `query.Refused`."""
    open_read_only(db).close()
    connection = duckdb.connect(str(db), read_only=True)  # one that may write files, for questions of our own
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FORMS[form](connection, folder)
    except (OSError, sqlite3.Error) as error:
        raise NotExported(f"{folder} cannot be written: {error}") from error
    except duckdb.CatalogException as error:
        raise NotExported(f"{db} was made by an older version: run `minutebook ingest` on any folder once.") from error
    finally:
        connection.close()


def names() -> list[str]:
    """The tables and views that go out."""
    return [record.table for record in RECORDS] + [view.name for view in VIEWS]


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[list[tuple[str, str]], Iterator[tuple[Any, ...]]]:
    """Columns (name, SQL type) and rows of a table, in a fixed order."""
    cursor = connection.cursor()
    cursor.execute(f'SELECT * FROM "{name}" ORDER BY ALL')
    told = [(column[0], str(column[1])) for column in cursor.description or ()]

    def rows() -> Iterator[tuple[Any, ...]]:
        while batch := cursor.fetchmany(BATCH):
            yield from batch

    return told, rows()


def plain(value: Any) -> Any:
    """A value as text, number or None: lists as JSON, days and times as ISO 8601 has them."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _csv(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    files = []
    for name in names():
        told, rows = _rows(connection, name)
        files.append(folder / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(column for column, _ in told)
            for row in rows:
                writer.writerow(str(v).lower() if isinstance(v, bool) else harmless(plain(v)) for v in row)
    return files


def _parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    return _copied(connection, folder, "parquet", "FORMAT parquet, COMPRESSION zstd")


def _jsonl(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    return _copied(connection, folder, "jsonl", "FORMAT json")


def _copied(connection: duckdb.DuckDBPyConnection, folder: Path, suffix: str, how: str) -> list[Path]:
    """What DuckDB writes itself."""
    files = []
    for name in names():
        files.append(folder / f"{name}.{suffix}")
        connection.execute(f'COPY (SELECT * FROM "{name}" ORDER BY ALL) TO {quoted(str(files[-1]))} ({how})')
    return files


def _xlsx(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """One workbook, a sheet for each table and view; the first says what each holds."""
    import xlsxwriter

    file = folder / "minutebook.xlsx"
    with xlsxwriter.Workbook(
        str(file), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        first = book.add_worksheet("contents")
        about = [(r.table, meaning(r)) for r in RECORDS] + [(v.name, v.comment) for v in VIEWS]
        for n, (name, comment) in enumerate([("sheet", "what a row is"), *about]):
            first.write_string(n, 0, name, bold if n == 0 else None)
            first.write_string(n, 1, comment, bold if n == 0 else None)
        for name in names():
            told, rows = _rows(connection, name)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, (column, _) in enumerate(told):
                sheet.write_string(0, at, column, bold)
            for n, row in enumerate(rows, 1):
                if n > SHEET_ROWS:
                    raise NotExported(f"{name} has more rows than a sheet of Excel holds: use another format.")
                for at, value in enumerate(row):
                    _cell(sheet, n, at, value, day)
    return [file]


def _cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
        sheet.write_datetime(row, column, value, day)
    elif value is not None:
        sheet.write_string(row, column, str(plain(value))[:CELL])


def _frictionless(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """A Frictionless data package: CSV files, and a description with the data dictionary in it."""
    files = _csv(connection, folder)
    resources = [_resource(record.table, meaning(record), _fields(record), list(record.key)) for record in RECORDS]
    for view in VIEWS:
        told, _ = _rows(connection, view.name)
        fields = [{"name": n, "type": FIELD_TYPES.get(t, "string"), "description": view.columns[n]} for n, t in told]
        resources.append(_resource(view.name, view.comment, fields, []))
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "minutebook", "title": "Decisions and money from council papers",
        "description": "Text that a spreadsheet would take for a formula stands behind an apostrophe. "
                       "Lists are JSON.",
        "resources": resources,
    }
    description = folder / "datapackage.json"
    description.write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*files, description]


def _fields(record: type[Record]) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = []
    for column in columns(record):
        field: dict[str, Any] = {"name": column.name, "type": FIELD_TYPES.get(column.sql_type, "string"),
                                 "description": column.comment}
        constraints: dict[str, Any] = {}
        # An empty text is a gap to who reads CSV, and a page may be empty.
        if column.required and (column.name in record.key or column.sql_type != "VARCHAR"):
            constraints["required"] = True
        if column.values:
            constraints["enum"] = list(column.values)
        if constraints:
            field["constraints"] = constraints
        if column.examples:
            field["example"] = str(column.examples[0])
        fields.append(field)
    return fields


def _resource(name: str, comment: str, fields: list[dict[str, Any]], key: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    # A page of a document without pages has no number, and a key must have no gap.
    if key and name != "pages":
        schema["primaryKey"] = key
    return {"name": name.replace("_", "-"), "path": f"{name}.csv", "description": comment, "type": "table",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema}


def _sqlite(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """A SQLite file for Datasette: tables, views as tables, a full-text index of the passages, and what Datasette
    shows beside them."""
    file, about = folder / "minutebook.sqlite", folder / "metadata.json"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as lite:
        for name in [*names(), "search_passages"]:
            heads, rows = _rows(connection, name)
            listed = ", ".join(f'"{column}" {_affinity(kind)}' for column, kind in heads)
            lite.execute(f'CREATE TABLE "{name}" ({listed})')
            marks = ", ".join("?" * len(heads))
            lite.executemany(f'INSERT INTO "{name}" VALUES ({marks})', (tuple(map(_for_sqlite, row)) for row in rows))
        for record in RECORDS:
            listed = ", ".join(f'"{column}"' for column in record.key)
            lite.execute(f'CREATE INDEX "{record.table}_key" ON "{record.table}" ({listed})')
        lite.execute("CREATE VIRTUAL TABLE search_passages_fts USING fts5("
                     "text, content='search_passages', content_rowid='passage', tokenize='porter unicode61')")
        lite.execute("INSERT INTO search_passages_fts(search_passages_fts) VALUES ('rebuild')")
    lite.close()
    told_of = {record.table: {"description": meaning(record), "columns": {c.name: c.comment for c in columns(record)}}
               for record in RECORDS}
    told_of |= {view.name: {"description": view.comment, "columns": view.columns} for view in VIEWS}
    told = {"databases": {"minutebook": {"tables": told_of}}}
    about.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [file, about]


def _affinity(kind: str) -> str:
    if kind in ("BIGINT", "INTEGER", "BOOLEAN"):
        return "INTEGER"
    return "REAL" if kind == "DOUBLE" or kind.startswith("DECIMAL") else "TEXT"


def _for_sqlite(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else plain(value)


FORMS: dict[str, Callable[[duckdb.DuckDBPyConnection, Path], list[Path]]] = {
    "csv": _csv, "parquet": _parquet, "jsonl": _jsonl, "xlsx": _xlsx, "frictionless": _frictionless,
    "ocd": write_civic, "sqlite": _sqlite,
}
