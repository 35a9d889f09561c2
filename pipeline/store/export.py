"""The whole database in forms that other programs read: CSV, Parquet, JSON Lines, Excel, a data package, SQLite.

Tables and views go out under their own names; what only the machinery needs (sketches, readings, the index of search)
stays. In files that spreadsheets open, text that would be taken for a formula is told to be text: the words of a
document are strangers' words.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.bookkeeping import PrivateWords, Problem, Reading, Run, TextSketch
from pipeline.records import Record
from pipeline.store.cells import harmless, plain
from pipeline.store.civic import write_civic
from pipeline.store.query import open_read_only
from pipeline.store.schema import TABLES, columns, meaning, quoted
from pipeline.store.views import VIEWS

RECORDS: tuple[type[Record], ...] = tuple(
    record for record in TABLES if record not in (TextSketch, Reading, PrivateWords)
)
OF_THE_RUN = {"ingested_at", "modified_at"}
"""Columns that tell of a run over papers and of their files, not of the papers."""
PATHS = {"path", "link", "message"}
"""Columns that may hold the path of a file."""
SHEET_ROWS, CELL = 1_048_575, 32_767
"""What a sheet of Excel holds below its heading, and a cell."""
UNDATED = datetime(2000, 1, 1)
"""When a workbook says that it was made: the true day would make it another file each time."""
BATCH = 10_000
FIELD_TYPES = {
    "BOOLEAN": "boolean", "BIGINT": "integer", "DOUBLE": "number", "DATE": "date", "TIMESTAMP": "datetime",
    "TIME": "time", "DECIMAL(18,2)": "number",
}


class NotExported(Exception):
    """The export cannot be made; the message says why."""


@dataclass
class Source:
    """What goes out: an open database, which tables of it, and whether what tells of a run is left out."""

    connection: duckdb.DuckDBPyConnection
    records: tuple[type[Record], ...] = RECORDS
    reproducible: bool = False
    root: str = ""
    """The folder that all files lie in, where paths are to be told from there."""

    def names(self) -> list[str]:
        """The tables and views that go out."""
        return [record.table for record in self.records] + [view.name for view in VIEWS]

    def select(self, name: str) -> str:
        """The question for all rows of a table or view, in a fixed order."""
        changed = []
        if self.reproducible:
            for column, *_ in self.connection.execute(f'DESCRIBE "{name}"').fetchall():
                if column in OF_THE_RUN:
                    changed.append(f'NULL AS "{column}"')
                elif column in PATHS:
                    changed.append(f'{self._from_root(column)} AS "{column}"')
        if self.reproducible and name == Problem.table:
            # The id of a file that could not be opened is made of its path.
            of_path = f"'problem-' || left(sha256(kind || {self._from_root('path')}), 16)"
            changed.append(f"if(document_id IS NULL, {of_path}, problem_id) AS problem_id")
        replaced = f" REPLACE ({', '.join(changed)})" if changed else ""
        return f'SELECT *{replaced} FROM "{name}" ORDER BY ALL'

    def _from_root(self, column: str) -> str:
        return f"replace(\"{column}\", {quoted(self.root)}, '')"


def export(db: Path, folder: Path, form: str, *, with_private: bool = False, reproducible: bool = False) -> list[Path]:
    """Write the database to `folder` in `form` (one of FORMS). Gives the files. Raises NotExported, `query.Refused`.

    `with_private` adds the table of the words that were withheld, which is empty unless they were kept.
    `reproducible` leaves out what tells of the run (the table `runs`, OF_THE_RUN), and tells paths from the folder that
    all files lie in: the same papers then make the same bytes, wherever and whenever they were read.
    """
    open_read_only(db).close()
    connection = duckdb.connect(str(db), read_only=True)  # one that may write files, for questions of our own
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = Source(connection)
        if with_private:
            source.records = (*source.records, PrivateWords)
        if reproducible:
            source.records = tuple(record for record in source.records if record is not Run)
            source.reproducible, source.root = True, _root(connection)
        return FORMS[form](source, folder)
    except (OSError, sqlite3.Error) as error:
        raise NotExported(f"{folder} cannot be written: {error}") from error
    except duckdb.CatalogException as error:
        raise NotExported(f"{db} was made by an older version: run `minutebook ingest` on any folder once.") from error
    finally:
        connection.close()


def _root(connection: duckdb.DuckDBPyConnection) -> str:
    """The deepest folder that all files lie in, with a slash at its end; empty where there is none."""
    paths = connection.execute("SELECT path FROM document_paths UNION SELECT path FROM problems").fetchall()
    folders = [path.rpartition("/")[0] for (path,) in paths]
    return os.path.commonpath(folders).rstrip("/") + "/" if folders else ""


def _rows(source: Source, name: str) -> tuple[list[tuple[str, str]], Iterator[tuple[Any, ...]]]:
    """Columns (name, SQL type) and rows of a table, in a fixed order."""
    cursor = source.connection.cursor()
    cursor.execute(source.select(name))
    told = [(column[0], str(column[1])) for column in cursor.description or ()]

    def rows() -> Iterator[tuple[Any, ...]]:
        while batch := cursor.fetchmany(BATCH):
            yield from batch

    return told, rows()


def _csv(source: Source, folder: Path) -> list[Path]:
    files = []
    for name in source.names():
        told, rows = _rows(source, name)
        files.append(folder / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(column for column, _ in told)
            for row in rows:
                writer.writerow(str(v).lower() if isinstance(v, bool) else harmless(plain(v)) for v in row)
    return files


def _parquet(source: Source, folder: Path) -> list[Path]:
    return _copied(source, folder, "parquet", "FORMAT parquet, COMPRESSION zstd")


def _jsonl(source: Source, folder: Path) -> list[Path]:
    return _copied(source, folder, "jsonl", "FORMAT json")


def _copied(source: Source, folder: Path, suffix: str, how: str) -> list[Path]:
    """What DuckDB writes itself."""
    files = []
    for name in source.names():
        files.append(folder / f"{name}.{suffix}")
        source.connection.execute(f"COPY ({source.select(name)}) TO {quoted(str(files[-1]))} ({how})")
    return files


def _xlsx(source: Source, folder: Path) -> list[Path]:
    """One workbook, a sheet for each table and view; the first says what each holds."""
    import xlsxwriter

    file = folder / "minutebook.xlsx"
    with xlsxwriter.Workbook(
        str(file), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": UNDATED})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        first = book.add_worksheet("contents")
        about = [(r.table, meaning(r)) for r in source.records] + [(v.name, v.comment) for v in VIEWS]
        for n, (name, comment) in enumerate([("sheet", "what a row is"), *about]):
            first.write_string(n, 0, name, bold if n == 0 else None)
            first.write_string(n, 1, comment, bold if n == 0 else None)
        for name in source.names():
            told, rows = _rows(source, name)
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


def _frictionless(source: Source, folder: Path) -> list[Path]:
    """A Frictionless data package: CSV files, and a description with the data dictionary in it."""
    files = _csv(source, folder)
    resources = [
        _resource(record.table, meaning(record), _fields(record), list(record.key)) for record in source.records
    ]
    for view in VIEWS:
        told, _ = _rows(source, view.name)
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


def _sqlite(source: Source, folder: Path) -> list[Path]:
    """A SQLite file for Datasette: tables, views as tables, a full-text index of the passages, and what Datasette
    shows beside them."""
    file, about = folder / "minutebook.sqlite", folder / "metadata.json"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as lite:
        for name in [*source.names(), "search_passages"]:
            heads, rows = _rows(source, name)
            listed = ", ".join(f'"{column}" {_affinity(kind)}' for column, kind in heads)
            lite.execute(f'CREATE TABLE "{name}" ({listed})')
            marks = ", ".join("?" * len(heads))
            lite.executemany(f'INSERT INTO "{name}" VALUES ({marks})', (tuple(map(_for_sqlite, row)) for row in rows))
        for record in source.records:
            listed = ", ".join(f'"{column}"' for column in record.key)
            lite.execute(f'CREATE INDEX "{record.table}_key" ON "{record.table}" ({listed})')
        lite.execute("CREATE VIRTUAL TABLE search_passages_fts USING fts5("
                     "text, content='search_passages', content_rowid='passage', tokenize='porter unicode61')")
        lite.execute("INSERT INTO search_passages_fts(search_passages_fts) VALUES ('rebuild')")
    lite.close()
    told_of = {record.table: {"description": meaning(record), "columns": {c.name: c.comment for c in columns(record)}}
               for record in source.records}
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


def _civic(source: Source, folder: Path) -> list[Path]:
    return write_civic(source.connection, folder, source.root)


FORMS: dict[str, Callable[[Source, Path], list[Path]]] = {
    "csv": _csv, "parquet": _parquet, "jsonl": _jsonl, "xlsx": _xlsx, "frictionless": _frictionless,
    "ocd": _civic, "sqlite": _sqlite,
}
