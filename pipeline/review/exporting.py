"""What people said as gold: a file for each document, in the format by which `minutebook evaluate` judges.

Records that a person has accepted or corrected are entries; all others of the same document are optional ones, which
count neither for nor against. Agenda items know no optional entries, so that they are written only where a person has
seen all of a document's.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.store.query import open_read_only

Entry = dict[str, Any]
QUOTED = 9
"""Words of a quotation at most."""
RESOLUTIONS = (
    "SELECT r.*, i.number AS item_number FROM resolutions r LEFT JOIN agenda_items i USING (item_id) "
    "WHERE r.document_id = $1 ORDER BY r.position"
)
OPTIONS = (
    "SELECT o.*, a.subject, i.number AS item_number FROM options o JOIN options_appraisals a USING (appraisal_id) "
    "LEFT JOIN agenda_items i ON i.item_id = a.item_id WHERE a.document_id = $1 ORDER BY o.char_start"
)
FIGURES = (
    "SELECT f.*, i.number AS item_number FROM budget_figures f LEFT JOIN agenda_items i USING (item_id) "
    "WHERE f.document_id = $1 ORDER BY f.char_start"
)
ITEMS = "SELECT * FROM agenda_items WHERE document_id = $1 ORDER BY position"
REVIEWED = "SELECT document_id, list(table_name) FROM reviews GROUP BY document_id ORDER BY document_id"


@dataclass
class Exported:
    """What was written: how many entries that a person stands by, in which files; and papers that are gone."""

    records: int = 0
    files: list[Path] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def export(db: Path, folder: Path) -> Exported:
    """Write gold into `folder`/gold, and copies of the papers that it speaks of beside. Raises `query.Refused`,
    OSError."""
    done = Exported()
    connection = open_read_only(db)
    try:
        for document_id, tables in connection.execute(REVIEWED).fetchall():
            _export_document(connection, document_id, set(tables), folder, done)
    finally:
        connection.close()
    return done


def _export_document(
    connection: duckdb.DuckDBPyConnection, document_id: str, tables: set[str], folder: Path, done: Exported
) -> None:
    (document,) = _rows(connection, "SELECT * FROM documents WHERE document_id = $1", document_id)
    paper = Path(document["path"])
    if not paper.is_file() or hashlib.sha256(paper.read_bytes()).hexdigest() != document["sha256"]:
        done.gone.append(document["path"])
        return
    gold: Entry = {"kind": document["kind"], "council": None, "body": None, "items": None, "services": None}
    items = _rows(connection, ITEMS, document_id)
    if "agenda_items" in tables and items and all(row["reviewed"] for row in items):
        gold["items"] = [_item(row) for row in items]
    limbs = defaultdict(list)
    for limb in _rows(connection, "SELECT k.* FROM resolution_clauses k JOIN resolutions r USING (resolution_id) "
                      "WHERE r.document_id = $1 ORDER BY k.position", document_id):
        limbs[limb["resolution_id"]].append(limb)
    sorts: tuple[tuple[str, str, Callable[[Entry], Entry]], ...] = (
        ("resolutions", RESOLUTIONS, lambda row: _resolution(row, limbs[row["resolution_id"]])),
        ("budget_figures", FIGURES, _figure),
        ("options", OPTIONS, _option),
    )
    for table, sql, entry in sorts:
        gold[table] = None
        if tables & {table, "resolution_clauses" if table == "resolutions" else table}:
            rows = _rows(connection, sql, document_id)
            gold[table] = [{**entry(row), **({} if row["reviewed"] else {"optional": True})} for row in rows]
    name = f"{paper.stem}-{document['sha256'][:8]}"
    done.records += sum(not entry.get("optional") for key in ("items", "resolutions", "budget_figures", "options")
                        for entry in gold[key] or ())
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "gold").mkdir(exist_ok=True)
    copy = folder / "papers" / f"{name}{paper.suffix}"
    shutil.copyfile(paper, copy)
    file = folder / "gold" / f"{name}.json"
    told = {"document": f"papers/{copy.name}", **gold}
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    done.files.append(file)


def _item(row: Entry) -> Entry:
    return {"number": row["number"], "title": row["title"], **({"truncated": True} if row["truncated"] else {})}


def _resolution(row: Entry, limbs: list[Entry]) -> Entry:
    words = row["text"].split()
    entry = {
        "item": row["item_number"], "status": row["status"], "kind": row["kind"], "by": row["decided_by"],
        "starts": " ".join(words[:QUOTED]), "ends": " ".join(words[-QUOTED:]), "clauses": len(limbs),
        "actions": [limb["action"] for limb in limbs], "mover": row["mover"], "seconder": row["seconder"],
        "vote": _vote(row), "due_on": next((str(limb["due_on"]) for limb in limbs if limb["due_on"]), None),
    }
    return _told(entry)


def _vote(row: Entry) -> Entry | str | None:
    if row["unanimous"]:
        return "unanimous"
    votes = {side: row[f"vote_{side}"] for side in ("for", "against", "abstain") if row[f"vote_{side}"] is not None}
    return votes or None


def _figure(row: Entry) -> Entry:
    named = {
        "item": "item_number", "raw": "raw", "qualifier": "qualifier", "measure": "measure", "basis": "basis",
        "per": "per", "year": "financial_year", "organisation": "organisation", "fund": "fund", "service": "service",
        "row": "row_label", "column": "column_label",
    }
    entry = {key: row[column] for key, column in named.items()}
    unit = None if row["unit"] == "GBP" else row["unit"]
    return _told({**entry, "amount": _number(row["amount"]), "high": _number(row["amount_high"]), "unit": unit})


def _option(row: Entry) -> Entry:
    starts = " ".join(row["text"].split()[:QUOTED])
    return {**_told({"subject": row["subject"], "item": row["item_number"], "status": row["status"]}),
            "label": row["label"], "starts": starts, "do_nothing": row["do_nothing"]}


def _told(entry: Entry) -> Entry:
    """What is there to tell."""
    return {name: value for name, value in entry.items() if value is not None}


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, value: object) -> list[Entry]:
    cursor = connection.execute(sql, [value])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
