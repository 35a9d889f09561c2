"""What the published database already knows, so that nothing is read twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.store.publish import NotOurs, attach


@dataclass(frozen=True)
class KnownFile:
    """A file as it was when it was last seen."""

    document_id: str
    sha256: str
    size: int
    modified_at: datetime


@dataclass
class Known:
    """Files of the folders asked for by path, documents with the version that read them, what could not be opened."""

    files: dict[str, KnownFile] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    unopened: dict[str, str] = field(default_factory=dict)
    """Path to kind of problem, for files whose bytes could not be had."""
    asked: set[tuple[str, str, str]] = field(default_factory=set)
    """Run of the scraper, council and outcome, of all that it asked."""


def known(db: Path, roots: Sequence[str] | None = None) -> Known:
    """What `db` holds, of files those in the folders `roots` alone; nothing where there is no database yet.

    Raises `publish.NotOurs`.
    """
    result = Known()
    if not db.exists():
        return result
    connection = duckdb.connect()
    try:
        attach(connection, db)
        tables = {t for (t,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'old'").fetchall()}
        if tables and "readings" not in tables:
            raise NotOurs(f"{db} holds another program's tables: name another file with --db")
        if not tables:
            return result
        for path, *facts in connection.execute(
            "SELECT path, document_id, sha256, size, modified_at FROM old.document_paths WHERE $1 IS NULL OR len("
            "list_filter($1::VARCHAR[], lambda root: path = root OR starts_with(path, rtrim(root, '/') || '/'))) > 0",
            [None if roots is None else list(roots)],
        ).fetchall():
            result.files[path] = KnownFile(*facts)
        for document_id, version, failed in connection.execute(
            "SELECT document_id, version, failed FROM old.readings"
        ).fetchall():
            result.versions[document_id] = version
            if failed:
                result.failed.add(document_id)
        result.unopened = dict(connection.execute(
            "SELECT path, kind FROM old.problems WHERE document_id IS NULL").fetchall())
        if "askings" in tables:
            result.asked = set(connection.execute("SELECT run_id, council_id, outcome FROM old.askings").fetchall())
    finally:
        connection.close()
    return result
