"""Applies what people said to a database that is being published.

First every record that was changed for a person's sake is put back as the machine read it, then all corrections are
applied afresh: so they can be applied any number of times, and one that is taken out of the file leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import duckdb
from pydantic import ValidationError

from pipeline.bookkeeping import Problem, Review
from pipeline.records import (
    AgendaItem,
    Attendance,
    BudgetFigure,
    Evidence,
    EvidenceBox,
    Fund,
    LegalReference,
    Milestone,
    Option,
    OptionsAppraisal,
    Record,
    Resolution,
    ResolutionClause,
    ServiceMention,
    identify,
    record_id,
)
from pipeline.store.corrections import Correction, summed
from pipeline.store.schema import BY_TABLE, arrow_table

REVIEWABLE: tuple[type[Evidence], ...] = (
    AgendaItem, Resolution, ResolutionClause, BudgetFigure, Option, ServiceMention, Fund, LegalReference, Milestone,
    Attendance,
)
"""Records on which a person's word counts."""
OWNERS: dict[type[Record], type[Record]] = {ResolutionClause: Resolution, Option: OptionsAppraisal}
"""Records that belong to a document through another's."""
FIXED = {"page", "char_start", "char_end", "rule", "confidence", "reviewed", "position", "document_id", "meeting_id"}
"""Fields that follow from the place of a record; ids are fixed too."""
NEAR = 3
"""Characters by which the same words may have moved and still be the same record."""
AROUND = 40
"""Characters of context that are compared."""
DISPLACED = "correction_lost"
STAGE = "review"


class NoChange(Exception):
    """What a person asks for cannot be: the message says what can."""


def apply(connection: duckdb.DuckDBPyConnection, corrections: Iterable[Correction]) -> None:
    """Make the database say what people said; a correction whose record is gone becomes a row of `problems`."""
    restore(connection)
    connection.execute("DELETE FROM problems WHERE stage = $1", [STAGE])
    # Limbs before their decisions, which take the limbs that nobody has looked at with them.
    for correction in sorted(summed(corrections), key=lambda one: one.table == Resolution.table):
        # None where the database does not hold the document.
        for document in _rows(
            connection, "SELECT document_id, path FROM documents WHERE sha256 = $1", correction.sha256
        ):
            record = find(connection, correction, document["document_id"])
            if record is None:
                insert(connection, Problem, [_lost(correction, **document)])
            else:
                _apply_one(connection, correction, record, document["document_id"])


def restore(connection: duckdb.DuckDBPyConnection) -> None:
    """Put every record back as the machine read it."""
    for (machine,) in connection.execute("SELECT machine FROM reviews").fetchall():
        for table, rows in json.loads(machine).items():
            records = [BY_TABLE[table].model_validate(row) for row in rows]
            for record in records:
                if table != EvidenceBox.table:
                    delete(connection, record)
            insert(connection, BY_TABLE[table], records)
    connection.execute("DELETE FROM reviews")


def find(connection: duckdb.DuckDBPyConnection, correction: Correction, document_id: str) -> Evidence | None:
    """The record that is meant: by its id; or by its words, where they stand as before or among the same words."""
    kind = BY_TABLE.get(correction.table)
    if kind not in REVIEWABLE:
        return None
    rows = records_of(connection, kind, document_id)
    for row in rows:
        if record_id(row) == correction.record_id:
            return row
    text = text_of(connection, document_id)
    same = [row for row in rows if _told(text[row.char_start:row.char_end]) == _told(correction.words)]
    likes: Sequence[Callable[[Evidence], bool]] = (
        lambda row: abs(row.char_start - correction.char_start) <= NEAR,
        lambda row: _around(text, row) == (_told(correction.before), _told(correction.after)),
    )
    for alike in likes:
        matching = [row for row in same if alike(row)]
        if len(matching) == 1:
            return matching[0]
    return None


def records_of(
    connection: duckdb.DuckDBPyConnection, kind: type[Evidence], document_id: str
) -> list[Evidence]:
    """A document's records of a sort."""
    source, where = f'"{kind.table}"', "document_id = $1"
    owner = OWNERS.get(kind)
    if owner:
        where = f'{owner.key[0]} IN (SELECT {owner.key[0]} FROM "{owner.table}" WHERE document_id = $1)'
    return [kind.model_validate(row) for row in _rows(connection, f"SELECT * FROM {source} WHERE {where}", document_id)]


def text_of(connection: duckdb.DuckDBPyConnection, document_id: str) -> str:
    """A document's text, into which the offsets of its records point."""
    pages = connection.execute(
        "SELECT text FROM pages WHERE document_id = $1 ORDER BY char_start, length(text)", [document_id]
    ).fetchall()
    return "".join(text for (text,) in pages)


def changed(record: Evidence, changes: dict[str, Any]) -> Evidence:
    """The record as a person says it is. Raises NoChange."""
    kind = type(record)
    for name in changes:
        if name not in kind.model_fields:
            raise NoChange(f"{kind.table} has no field {name}: {', '.join(_free(kind))}.")
        if name in FIXED or name.endswith("_id"):
            raise NoChange(f"{name} follows from where the record stands; what can be corrected: "
                           f"{', '.join(_free(kind))}.")
    try:
        return kind.model_validate({**record.model_dump(), **changes})
    except ValidationError as error:
        fault = error.errors()[0]
        raise NoChange(f"{fault['loc'][0]} cannot be {fault['input']!r}: {fault['msg']}.") from error


def insert(connection: duckdb.DuckDBPyConnection, kind: type[Record], rows: Iterable[Record]) -> None:
    """Add rows to their table."""
    connection.register("incoming", arrow_table(kind, rows))
    connection.execute(f'INSERT INTO "{kind.table}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


def delete(connection: duckdb.DuckDBPyConnection, record: Record) -> None:
    """Take a row out of its table."""
    condition = " AND ".join(f'"{name}" = ${i}' for i, name in enumerate(record.key, start=1))
    connection.execute(f'DELETE FROM "{record.table}" WHERE {condition}', [getattr(record, n) for n in record.key])


def _apply_one(
    connection: duckdb.DuckDBPyConnection, correction: Correction, record: Evidence, document_id: str
) -> None:
    limbs: list[ResolutionClause] = []
    if isinstance(record, Resolution):
        limbs = [ResolutionClause.model_validate(row) for row in _rows(
            connection, "SELECT * FROM resolution_clauses WHERE resolution_id = $1", record.resolution_id)]
    rejected = correction.verdict == "reject"
    machine: dict[str, list[Any]] = {record.table: [record]}
    if limbs:
        machine[ResolutionClause.table] = [one for one in limbs if not one.reviewed]
    if rejected:
        machine[EvidenceBox.table] = [
            EvidenceBox.model_validate(row) for one in (record, *limbs)
            for row in _rows(connection, "SELECT * FROM evidence WHERE record_id = $1", record_id(one))
        ]
        for one in (record, *limbs):
            connection.execute("DELETE FROM evidence WHERE record_id = $1", [record_id(one)])
    verdict = "rejected" if rejected else "corrected" if correction.changes else "accepted"
    _keep(connection, record, document_id, verdict, correction, machine)
    for one in (record, *limbs):
        delete(connection, one)
    if not rejected:
        try:
            now = changed(record, correction.changes)
        except NoChange:  # a vocabulary that has changed since
            now = record
        sure = {"confidence": 1.0, "reviewed": verdict}
        insert(connection, type(record), [now.model_copy(update=sure)])
        # Who accepts a decision has read its limbs; one that was corrected by itself keeps that word.
        insert(connection, ResolutionClause, [
            one if one.reviewed else one.model_copy(update={"confidence": 1.0, "reviewed": "accepted"})
            for one in limbs
        ])


def _keep(
    connection: duckdb.DuckDBPyConnection, record: Evidence, document_id: str, verdict: str, correction: Correction,
    machine: dict[str, list[Any]],
) -> None:
    """Note the record as the machine read it, unless that is noted already under another correction."""
    key = identify("review", record.table, record_id(record))
    if _rows(connection, "SELECT review_id FROM reviews WHERE review_id = $1", key):
        connection.execute("UPDATE reviews SET verdict = $1 WHERE review_id = $2", [verdict, key])
        return
    insert(connection, Review, [Review(
        review_id=key, document_id=document_id,
        table_name=record.table, record_id=record_id(record), verdict=verdict,
        changes=json.dumps(correction.changes, ensure_ascii=False) if correction.changes else None,
        machine=json.dumps({table: [json.loads(row.model_dump_json()) for row in rows]
                            for table, rows in machine.items()}, ensure_ascii=False),
        reviewed_at=correction.at,
    )])


def _lost(correction: Correction, document_id: str, path: str) -> Problem:
    said = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}[correction.verdict]
    changes = ", ".join(f"{name} = {value}" for name, value in correction.changes.items())
    words = " ".join(correction.words.split())[:160]
    return Problem(
        problem_id=identify("problem", document_id, STAGE, correction.table, correction.record_id),
        document_id=document_id, path=path, stage=STAGE, kind=DISPLACED, page=None,
        message=f"On {correction.at:%Y-%m-%d} a person {said} a record of {correction.table} that is not found any "
                f"more{f' ({changes})' if changes else ''}: “{words}”. It is kept in the file of corrections; "
                "look whether the record is right as it is read now.",
    )


def _free(kind: type[Record]) -> list[str]:
    return [name for name in kind.model_fields if name not in FIXED and not name.endswith("_id")]


def _around(text: str, row: Evidence) -> tuple[str, str]:
    return _told(text[max(row.char_start - AROUND, 0):row.char_start]), _told(text[row.char_end:row.char_end + AROUND])


def _told(text: str) -> str:
    """Text without white space: how lines are broken is not what it says."""
    return "".join(text.split())


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, value: object) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, [value])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
