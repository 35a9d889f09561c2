"""A person's word on a record, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pipeline.records import Evidence
from pipeline.store.corrections import Correction
from pipeline.store.explain import Unknown, explanation_in
from pipeline.store.query import open_read_only
from pipeline.store.reviewed import AROUND, REVIEWABLE, NoChange, changed, text_of
from pipeline.store.schema import BY_TABLE


def correction_of(
    db: Path, record_id: str, verdict: Literal["accept", "correct", "reject"], changes: Mapping[str, Any] | None = None
) -> Correction:
    """What is kept of a person's word on the record with that id; an empty value means that there is none.

    Raises `explain.Unknown`, `reviewed.NoChange` for a value that the field cannot have, `query.Refused`.
    """
    connection = open_read_only(db)
    try:
        found = explanation_in(connection, record_id)
        kind = BY_TABLE[found.table]
        if not issubclass(kind, Evidence) or kind not in REVIEWABLE:
            raise Unknown(f"{record_id} is no record that can be reviewed.")
        known = {name: value for name, value in found.row.items() if name in kind.model_fields}
        wanted = {name: value if value != "" else None for name, value in (changes or {}).items()}
        if verdict == "correct" and not wanted:
            raise NoChange("Say which field is to be what: field=value.")
        if wanted:
            changed(kind.model_validate(known), wanted)
        document_id = found.row["document_id"]
        (row,) = connection.execute(
            "SELECT sha256, path FROM documents WHERE document_id = $1", [document_id]
        ).fetchall()
        text, (start, end) = text_of(connection, document_id), (known["char_start"], known["char_end"])
    finally:
        connection.close()
    return Correction(
        verdict=verdict, table=found.table, record_id=record_id, sha256=row[0], document=row[1], char_start=start,
        char_end=end, words=text[start:end], before=text[max(start - AROUND, 0):start], after=text[end:end + AROUND],
        changes=wanted,
    )
