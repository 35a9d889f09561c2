"""Holds a database against gold, document by document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.evaluate.outcomes import Outcome, absent, outcomes, rows
from pipeline.evaluate.result import Judged, Result
from pipeline.matching import Gold, Row
from pipeline.store.query import open_read_only


class NoGold(Exception):
    """The folder holds no gold, or the documents that it speaks of are not there."""


@dataclass
class GoldFile:
    """An annotated document: what its gold says, and its SHA-256."""

    gold: Gold
    sha256: str
    sort: str = field(default="")
    """The folder in which the document lies: who wrote it, where gold does not name a council."""

    @property
    def authority(self) -> str:
        """The council that it belongs to, or the folder in brackets."""
        return str(self.gold.get("council") or f"({self.sort})")


def gold_files(places: Sequence[Path]) -> list[GoldFile]:
    """The annotated documents of some gold files or folders of them. Raises NoGold."""
    found = []
    for place in places:
        files = [place] if place.is_file() else sorted(place.rglob("*.json"))
        if not files:
            raise NoGold(f"There are no gold files (*.json) in {place}.")
        found += [_gold_file(file) for file in files]
    return found


def _gold_file(file: Path) -> GoldFile:
    """The gold in a file, and the document that it speaks of, which lies beside the folder named gold."""
    gold = json.loads(file.read_text(encoding="utf-8"))
    root = next((parent for parent in file.resolve().parents if parent.name == "gold"), file.resolve().parent).parent
    document = root / gold["document"]
    try:
        digest = hashlib.sha256(document.read_bytes()).hexdigest()
    except OSError as error:
        raise NoGold(f"{file} speaks of {gold['document']}, which is not in {root}.") from error
    return GoldFile(gold, digest, document.parent.name)


def evaluate(db: Path, *places: Path) -> Result:
    """Hold `db` against gold files, or all in folders. Raises NoGold, `store.query.Refused`."""
    files = gold_files(places)
    connection = open_read_only(db)
    try:
        return Result([judged(connection, file) for file in files])
    finally:
        connection.close()


def judged(connection: duckdb.DuckDBPyConnection, file: GoldFile) -> Judged:
    """What became of one annotated document."""
    document = _document(connection, file.sha256)
    found: list[Outcome] = list(absent(file.gold) if document is None else outcomes(connection, file.gold, document))
    return Judged(file.gold["document"], file.authority, document or {}, found)


def _document(connection: duckdb.DuckDBPyConnection, digest: str) -> Row | None:
    found = rows(
        connection,
        "SELECT d.*, m.body, m.held_on, c.name AS council FROM documents d "
        "LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id "
        "WHERE d.sha256 = $1",
        digest,
    )
    return found[0] if found else None
