"""The tables as DDL, as Arrow schemas and as a data dictionary, all derived from the records.

A field's annotation gives the column's type, its description the comment, its example the dictionary's example.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic.fields import FieldInfo

from pipeline.bookkeeping import DocumentPath, PrivateWords, Problem, Reading, Review, Run, TextSketch
from pipeline.records import (
    AgendaItem,
    Attendance,
    BudgetFigure,
    BudgetTable,
    Council,
    DocumentPart,
    DocumentRow,
    EvidenceBox,
    Fund,
    LegalReference,
    Meeting,
    MeetingStatement,
    Milestone,
    Option,
    OptionsAppraisal,
    Outcome,
    PageRow,
    PrivateDetail,
    Reconciliation,
    Record,
    Resolution,
    ResolutionClause,
    Return,
    Service,
    ServiceMention,
)
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PaperVersion, PublishedPaper

TABLES: tuple[type[Record], ...] = (
    Council, DocumentRow, DocumentPart, DocumentPath, Reading, TextSketch, PageRow, Meeting, MeetingStatement,
    Attendance, AgendaItem, Resolution, ResolutionClause, Outcome, Return, BudgetFigure, BudgetTable, Reconciliation,
    Fund, Service, ServiceMention, OptionsAppraisal, Option, LegalReference, Milestone, PrivateDetail, PrivateWords,
    EvidenceBox, Problem, Review,
    Run, Asking, AnnouncedMeeting, PublishedPaper, CoverageFlag, PaperVersion,
)
BY_TABLE: dict[str, type[Record]] = {record.table: record for record in TABLES}
MONEY = (18, 2)
SQL_TYPES: dict[Any, str] = {
    bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", str: "VARCHAR", date: "DATE", datetime: "TIMESTAMP",
    time: "TIME", list[int]: "BIGINT[]", Decimal: f"DECIMAL({MONEY[0]},{MONEY[1]})",
}
ARROW_TYPES: dict[str, pa.DataType] = {
    "BOOLEAN": pa.bool_(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(),
    "DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"), "TIME": pa.time64("us"),
    "BIGINT[]": pa.list_(pa.int64()),
    SQL_TYPES[Decimal]: pa.decimal128(*MONEY),
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its SQL type, whether a row may lack it, what it means."""

    name: str
    sql_type: str
    required: bool
    comment: str
    values: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()


def columns(record: type[Record]) -> list[Column]:
    """The columns of a record's table: its own first, the evidence that it inherits last."""
    inherited = [name for base in record.__mro__[1:] if issubclass(base, Record) for name in base.model_fields]
    names = [n for n in record.model_fields if n not in inherited] + [n for n in record.model_fields if n in inherited]
    return [_column(name, record.model_fields[name]) for name in names]


def _column(name: str, field: FieldInfo) -> Column:
    kind, optional = _without_none(field.annotation)
    values = tuple(get_args(kind)) if get_origin(kind) is Literal else ()
    return Column(
        name=name,
        sql_type=SQL_TYPES[str if values else kind],
        required=not optional,
        comment=field.description or "",
        values=values,
        examples=tuple(field.examples or ()),
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The annotation without `| None`, and whether it had it."""
    if get_origin(annotation) in (Union, types.UnionType):
        (kind,) = (a for a in get_args(annotation) if a is not type(None))
        return kind, True
    return annotation, False


def create_table(record: type[Record]) -> str:
    """The CREATE TABLE statement. Keys are NOT NULL; that they are unique is seen to before loading,
    since an index over every key would double the file."""
    lines = [f'    "{c.name}" {c.sql_type}{" NOT NULL" if c.required and c.name in record.key else ""}'
             for c in columns(record)]
    return f'CREATE TABLE "{record.table}" (\n' + ",\n".join(lines) + "\n);"


def comment_on(record: type[Record]) -> list[str]:
    """COMMENT statements for the table and each of its columns."""
    statements = [f'COMMENT ON TABLE "{record.table}" IS {quoted(meaning(record))};']
    statements += [f'COMMENT ON COLUMN "{record.table}"."{c.name}" IS {quoted(c.comment)};' for c in columns(record)]
    return statements


def ddl(records: Iterable[type[Record]] = TABLES) -> str:
    """Every statement that makes the empty tables with their comments."""
    return "\n".join(s for record in records for s in (create_table(record), *comment_on(record)))


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def meaning(record: type[Record]) -> str:
    """What a row is: the first paragraph of the record's docstring, on one line."""
    return " ".join((record.__doc__ or "").strip().split("\n\n")[0].split())


@cache
def arrow_schema(record: type[Record]) -> pa.Schema:
    """The Arrow schema in which rows of this table travel."""
    return pa.schema([pa.field(c.name, ARROW_TYPES[c.sql_type]) for c in columns(record)])


def arrow_table(record: type[Record], rows: Iterable[Record]) -> pa.Table:
    """Rows as an Arrow table. Raises `pyarrow.ArrowInvalid` for a value that its column cannot hold."""
    schema = arrow_schema(record)
    values = [row.__dict__ for row in rows]
    try:
        structs = pa.array(values, pa.struct(list(schema)))
    except UnicodeEncodeError:
        structs = pa.array([_whole(value) for value in values], pa.struct(list(schema)))
    return pa.Table.from_arrays(structs.flatten(), schema=schema)


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """The row with one character for each half of a surrogate pair, so that offsets stay."""
    return {
        name: value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
        for name, value in row.items()
    }


def json_schema() -> dict[str, Any]:
    """One JSON Schema for all tables: a definition for each, and an object that holds lists of them."""
    definitions: dict[str, Any] = {}
    for record in TABLES:
        schema = record.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
        definitions.update(schema.pop("$defs", {}))
        schema["title"] = record.table
        schema["description"] = meaning(record)
        definitions[record.table] = schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Minutebook",
        "type": "object",
        "properties": {r.table: {"type": "array", "items": {"$ref": f"#/$defs/{r.table}"}} for r in TABLES},
        "$defs": definitions,
    }


def dictionary() -> str:
    """The data dictionary of tables and views, in Markdown."""
    from pipeline.store import search
    from pipeline.store.views import VIEWS

    parts = ["# Data dictionary", ""]
    for record in TABLES:
        parts += [f"## {record.table}", "", meaning(record), "", f"Key: {', '.join(f'`{k}`' for k in record.key)}", ""]
        parts += ["| column | type | may be NULL | meaning |", "| --- | --- | --- | --- |"]
        parts += [_dictionary_line(c) for c in columns(record)] + [""]
    parts += ["# Views", ""]
    for view in VIEWS:
        parts += [f"## {view.name}", "", view.comment, "", "| column | meaning |", "| --- | --- |"]
        parts += [f"| `{name}` | {comment} |" for name, comment in view.columns.items()] + [""]
    parts += ["# Search", "", search.ABOUT, "", "| column | meaning |", "| --- | --- |"]
    parts += [f"| `{name}` | {comment} |" for name, comment in search.RESULT.items()] + [""]
    return "\n".join(parts)


def _dictionary_line(column: Column) -> str:
    comment = column.comment
    if column.values:
        comment += " One of: " + ", ".join(f"`{v}`" for v in column.values) + "."
    if column.examples:
        comment += " For example " + ", ".join(f"`{e}`" for e in column.examples) + "."
    comment = comment.replace("|", "\\|")
    return f"| `{column.name}` | {column.sql_type} | {'no' if column.required else 'yes'} | {comment} |"
