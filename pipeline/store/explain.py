"""Where a record comes from: its words among their neighbours, its page, the rule that made it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline import rules
from pipeline.records import Evidence, Record
from pipeline.store.query import open_read_only
from pipeline.store.schema import TABLES

BEFORE, AFTER = 300, 200
WIDTH = 100
PLACE = {"page", "char_start", "char_end", "rule", "confidence"}
NOT_RULES = ("councils", "services")
"""Rule files of names, too long to be searched and without rules that match text."""


class Unknown(Exception):
    """No record has that id."""


@dataclass
class Explanation:
    """A record with its origin. `boxes` are (page, x0, top, x1, bottom) in points from the page's top left."""

    table: str
    row: dict[str, Any]
    document: dict[str, Any] = field(default_factory=dict)
    item: str | None = None
    limbs: list[dict[str, Any]] = field(default_factory=list)
    before: str = ""
    text: str = ""
    after: str = ""
    rule: dict[str, Any] = field(default_factory=dict)
    boxes: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    withheld: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Boxes (x0, top, x1, bottom) of private details on the page on which it begins, which no picture may show."""
    turn: int = 0
    """Degrees clockwise by which the page was turned to be read, and must be drawn."""

    def words(self) -> str:
        """The explanation as text for a terminal; the record's words stand between » and «."""
        lines = [self.table.replace("_", " ")]
        lines += [
            _indented(name, value) for name, value in self.row.items() if value is not None and name not in PLACE
        ]
        for limb in self.limbs:
            lines.append(_indented(f"limb {limb['position']}", f"[{limb['action']}] {limb['text']}"))
        if self.text:
            around = f"{_open(self.before)}»{self.text}«{_close(self.after)}"
            lines += ["", "in its place"]
            for line in around.splitlines():
                lines += textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="  ")
        if self.document:
            lines += ["", "document"]
            lines += [_indented(name, value) for name, value in self.document.items() if value is not None]
            if self.item:
                lines.append(_indented("agenda item", self.item))
            if self.row.get("page") is not None:
                lines.append(_indented("page", self.row["page"]))
        if "rule" in self.row:
            lines += ["", f"rule {self.row['rule']}, confidence {self.row['confidence']:.2f}"]
            if self.rule.get("comment"):
                lines.append(_indented("what it does", self.rule["comment"]))
            for example in (self.rule.get("examples") or [])[:3]:
                lines.append(_indented("example", example))
        return "\n".join(lines)


def explanation(db: Path, record_id: str) -> Explanation:
    """Everything about the record with that id. Raises Unknown, `query.Refused`."""
    connection = open_read_only(db)
    try:
        return explanation_in(connection, record_id)
    finally:
        connection.close()


Condition = Callable[[str, str, str], str]
"""The SQL condition that, in a table, a column has the value of a parameter."""


def equal(table: str, column: str, parameter: str) -> str:
    """The plain condition, which any database can answer."""
    return f"{column} = {parameter}"


def explanation_in(connection: duckdb.DuckDBPyConnection, record_id: str, where: Condition = equal) -> Explanation:
    """The same, asked of an open database. `where` tells how to find a row by its id. Raises Unknown."""
    begins = record_id.split("-")[0]  # as most ids do with the name of their table's key, so it is looked at first
    for record in sorted(TABLES, key=lambda record: not record.key[0].startswith(begins)):
        row = _row(connection, record, record_id, where)
        if row is not None:
            found = Explanation(record.table, row)
            _explain(connection, record, record_id, found, where)
            return found
    raise Unknown(f"No record has the id {record_id}. Ids are in the columns that end in _id: for instance "
                  "`minutebook query \"SELECT resolution_id, text FROM decisions LIMIT 5\"`.")


def _row(
    connection: duckdb.DuckDBPyConnection, record: type[Record], record_id: str, where: Condition
) -> dict[str, Any] | None:
    values = record_id.split("/") if len(record.key) > 1 else [record_id]
    if len(values) != len(record.key) or not (len(record.key) == 1 or issubclass(record, Evidence)):
        return None
    if len(record.key) == 1 and record.model_fields[record.key[0]].annotation is str:
        condition = where(record.table, record.key[0], "$1")
    else:
        condition = " AND ".join(f'CAST("{name}" AS VARCHAR) = ${i + 1}' for i, name in enumerate(record.key))
    rows = _rows(connection, f'SELECT * FROM "{record.table}" WHERE {condition}', *values)
    return rows[0] if rows else None


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _explain(
    connection: duckdb.DuckDBPyConnection, record: type[Record], record_id: str, found: Explanation, where: Condition
) -> None:
    row = found.row
    found.document = _document(connection, row, where)
    if record.table == "resolutions":
        found.limbs = _rows(
            connection, "SELECT * FROM resolution_clauses "
            f"WHERE {where('resolution_clauses', 'resolution_id', '$1')} ORDER BY position", record_id
        )
    if row.get("item_id") and record.table != "agenda_items":
        items = _rows(
            connection, f"SELECT number, title FROM agenda_items WHERE {where('agenda_items', 'item_id', '$1')}",
            row["item_id"],
        )
        found.item = " ".join(str(v) for i in items for v in i.values() if v)
    if issubclass(record, Evidence):
        _find_words(connection, found)
        found.rule = _rule(row["rule"])
        boxes = _rows(
            connection, "SELECT page, x0, top, x1, bottom FROM evidence "
            f"WHERE {where('evidence', 'record_id', '$1')} ORDER BY ALL", record_id
        )
        found.boxes = [tuple(box.values()) for box in boxes]
        found.withheld = _withheld(connection, row["document_id"], found.boxes[0][0]) if found.boxes else []
        turns = _rows(
            connection,
            "SELECT turn FROM pages WHERE document_id = $1 AND page = $2",
            row["document_id"], found.boxes[0][0] if found.boxes else None,
        )
        found.turn = turns[0]["turn"] if turns else 0


def _withheld(
    connection: duckdb.DuckDBPyConnection, document_id: str, page: int
) -> list[tuple[float, float, float, float]]:
    """The boxes of private details on a page; none in a database from before they were looked for."""
    try:
        boxes = _rows(
            connection,
            "SELECT e.x0, e.top, e.x1, e.bottom FROM evidence e JOIN pii ON pii.pii_id = e.record_id "
            "WHERE e.document_id = $1 AND e.page = $2 ORDER BY ALL", document_id, page,
        )
    except duckdb.CatalogException:
        return []
    return [(box["x0"], box["top"], box["x1"], box["bottom"]) for box in boxes]


def _document(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], where: Condition) -> dict[str, Any]:
    """The document that the row belongs to, be it through the record that owns it."""
    key = row.get("document_id")
    if key is None:
        for owner, table in (("resolution_id", "resolutions"), ("appraisal_id", "options_appraisals")):
            if owner in row:
                condition = where(table, owner, "$1")
                owners = _rows(connection, f"SELECT document_id FROM {table} WHERE {condition}", row[owner])
                key = owners[0]["document_id"] if owners else None
    if key is None:
        return {}
    row["document_id"] = key
    documents = _rows(
        connection,
        "SELECT d.title, d.kind, c.name AS council, m.body, m.held_on, d.path, d.source_url "
        f"FROM (FROM documents WHERE {where('documents', 'document_id', '$1')}) d "
        "LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id",
        key,
    )
    return documents[0] if documents else {}


def _find_words(connection: duckdb.DuckDBPyConnection, found: Explanation) -> None:
    start, end = found.row["char_start"], found.row["char_end"]
    pages = _rows(
        connection,
        "SELECT text, char_start FROM pages WHERE document_id = $1 AND char_start < $3 "
        "AND char_start + length(text) > $2 ORDER BY char_start, length(text)",
        found.row["document_id"], start - BEFORE, end + AFTER,
    )
    if not pages:
        return
    text, first = "".join(page["text"] for page in pages), pages[0]["char_start"]
    found.before = text[max(start - BEFORE - first, 0):start - first]
    found.text = text[start - first:end - first]
    found.after = text[end - first:end + AFTER - first]


def _rule(name: str) -> dict[str, Any]:
    """The rule with that id, from the rules; empty where code alone made the record."""
    for path in sorted(rules.folder().glob("*.yaml")):
        if not path.stem.startswith(NOT_RULES):
            loaded = rules.load(path.stem)
            groups = loaded.values() if isinstance(loaded, dict) else [loaded]
            for group in groups:
                for rule in group if isinstance(group, list) else []:
                    if isinstance(rule, dict) and rule.get("id") == name:
                        return rule
    return {}


def _indented(name: str, value: object) -> str:
    lead = f"  {name.replace('_', ' '):14} "
    return textwrap.fill(" ".join(str(value).split()), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def _open(text: str) -> str:
    """The text before, from the beginning of a word."""
    return "… " + text.split(" ", 1)[-1] if len(text) == BEFORE else text


def _close(text: str) -> str:
    """The text after, to the end of a word."""
    return text.rsplit(" ", 1)[0] + " …" if len(text) == AFTER else text
