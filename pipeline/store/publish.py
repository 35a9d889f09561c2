"""Publishes a database: a new file beside the old one, then `os.replace`.

Readers keep the file that they opened; nobody sees half a run. The new file begins as a copy of the old one's bytes,
in which the rows of documents that were read again or are gone are replaced, with what hangs on them, so that a
publication costs what is new and not what is there. Where another state of the program laid the old file out, or most
of it would change, the rows that stay are copied into a fresh file instead; to that, all of them are new.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline import rules
from pipeline.bookkeeping import DocumentPath, Problem, Run
from pipeline.records import Council, Meeting, Outcome, Record, Return, Service
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PaperVersion, PublishedPaper, Scraped
from pipeline.store import (
    corrections,
    joined,
    leaving,
    parquet,
    parts,
    reviewed,
    scope,
    search,
    sketches,
    versions,
)
from pipeline.store.corrections import Correction
from pipeline.store.duplicates import link_duplicates
from pipeline.store.joined import Linking
from pipeline.store.parquet import Parts
from pipeline.store.room import room_needed
from pipeline.store.schema import TABLES, arrow_table, columns, comment_on, create_table, quoted
from pipeline.store.versions import ABOUT_AS_KNOWN, AS_KNOWN, link_versions, note_sources
from pipeline.store.views import ABOUT_OVERDUE, OVERDUE, VIEWS

SCRAPED: tuple[type[Record], ...] = (Asking, AnnouncedMeeting, PublishedPaper, CoverageFlag, PaperVersion)
"""Tables that the ledger of an archive tells anew whenever its folder is ingested."""


class NotOurs(Exception):
    """The file is no database of Minutebook's, or another program is writing it."""


@dataclass
class Change:
    """What a run found out: the parts that it read, and where the files lie now."""

    run: Run | None
    """The run that found it out; None where only corrections are applied."""
    parts: Sequence[Path] = ()
    stored: Parts | None = None
    """Parts in Parquet, which a cluster has written: what they hold and the database does not is new."""
    paths: Sequence[DocumentPath] = ()
    """Every file that was seen."""
    gone: Sequence[str] = ()
    """Paths to forget."""
    outdated: Sequence[str] = ()
    """Paths whose problems without a document are told anew in `problems`, or are over."""
    problems: Sequence[Problem] = ()
    """Files that could not even be opened."""
    councils: Sequence[Council] = field(default_factory=list)
    services: Sequence[Service] = field(default_factory=list)
    scraped: Scraped | None = None
    """What the ledger of an archive among the folders tells; None where there is none: what is known is kept."""
    corrections: Path | None = None
    """The file of what people said; by default the one beside the database."""
    anew: bool = False
    """Whether to make all anew, even where little has changed."""


@room_needed()
def publish(db: Path, workplace: Path, change: Change, linking: Linking | None = None) -> None:
    """Make `db` hold what it held, changed by `change`, as people say it is.

    Raises NotOurs, `corrections.Damaged`, or OSError where the disk is full.

    `workplace` is a folder on the same file system, in which the new file is built. `linking` finds the links between
    documents; without it there are none.
    """
    said = corrections.read(change.corrections or corrections.beside(db))
    new = workplace / "next.duckdb"
    for leftover in (new, new.with_name(new.name + ".wal")):
        leftover.unlink(missing_ok=True)
    fresh = parts.collect(change.parts)
    again = fresh["readings"]["document_id"].to_pylist() if fresh else []
    if change.stored is not None:
        again += parquet.new_in(change.stored, db)
    grows = db.exists() and not change.anew and _may_grow(db, again)
    if grows:
        _copy(db, new)
    connection = duckdb.connect(str(new))
    try:
        # Rows are called by their places, which stay as they are until what was deleted is cleared away at the end.
        connection.execute("SET wal_autocheckpoint = '1TB'")
        for name, column, values in (("again", "document_id", again), ("outdated", "path", list(change.outdated))):
            connection.execute(f"CREATE TEMP TABLE {name} AS SELECT unnest($1::VARCHAR[]) AS {column}", [values])
        connection.execute(f"CREATE TEMP TABLE seen AS FROM {DocumentPath.table} LIMIT 0" if grows else
                           create_table(DocumentPath).replace(f'TABLE "{DocumentPath.table}"', "TEMP TABLE seen", 1))
        _insert_rows(connection, DocumentPath, change.paths, into="seen")
        if change.stored is not None:
            change.stored.open(connection)
            connection.execute("INSERT INTO seen BY NAME FROM parts_document_paths")
        if grows:
            joined.begin(connection)
            leaving.take_out(connection, change.gone, [Service, *(SCRAPED if change.scraped else ())])
        else:
            _begin_anew(connection, db if db.exists() else None, change)
            joined.begin(connection)
        since = scope.marks(connection) if grows else None
        _add(connection, fresh, change)
        _derive(connection, said, linking, since)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    _to_disk(new)
    new.replace(db)
    _to_disk(db.parent)


def _may_grow(db: Path, again: Sequence[str]) -> bool:
    """Whether the new file can begin as a copy: this state of the program made the old one, and most of it stays."""
    with duckdb.connect() as connection:
        attach(connection, db)
        present = connection.execute("SELECT table_name, column_name FROM duckdb_columns() "
                                     "WHERE database_name = 'old'").fetchall()
        wanted = {(record.table, column.name) for record in TABLES for column in columns(record)}
        if not wanted | {("layouts", "layout")} <= set(present):
            return False
        ((same, held, read_again),) = connection.execute(
            "SELECT (SELECT layout FROM old.layouts) = $1, (SELECT count(*) FROM old.readings), "
            "(SELECT count(*) FROM old.readings WHERE document_id IN (SELECT unnest($2::VARCHAR[])))",
            [layout(), list(again)],
        ).fetchall()
        return bool(same and 2 * read_again <= held)


@cache
def layout() -> str:
    """The state of what lays records out and finds what hangs on them: another one makes a file anew."""
    here = Path(__file__).parent
    ground = [here.parent / name for name in ("records.py", "bookkeeping.py", "scraped.py", "wording.py")]
    digest = hashlib.sha256(rules.version().encode())
    for path in sorted([*here.glob("*.py"), *(here.parent / "linking").glob("*.py"), *ground]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _copy(old: Path, new: Path) -> None:
    """Copy the file inside the kernel; where the file system can share blocks between files, nothing is copied."""
    try:
        with old.open("rb") as source, new.open("wb") as target:
            left = os.fstat(source.fileno()).st_size
            while left > 0:
                done = os.copy_file_range(source.fileno(), target.fileno(), left)
                if not done:
                    raise OSError("the file ended before its time")
                left -= done
    except (AttributeError, OSError):  # another system, or two file systems
        shutil.copyfile(old, new)


def _begin_anew(connection: duckdb.DuckDBPyConnection, old: Path | None, change: Change) -> None:
    """Lay the tables and views out, and copy the rows of the old database that stay."""
    connection.begin()  # or each of some six hundred comments would be written to the disk by itself
    for record in TABLES:
        connection.execute(create_table(record))
    sketches.create(connection)
    search.create(connection)
    connection.execute("CREATE TABLE layouts AS SELECT $1 AS layout", [layout()])
    connection.execute("COMMENT ON TABLE layouts IS 'The state of the program that laid this file out.'")
    for view in VIEWS:
        for statement in view.statements():
            connection.execute(statement)
    connection.execute(OVERDUE)
    connection.execute(f"COMMENT ON MACRO TABLE overdue IS {quoted(ABOUT_OVERDUE)}")
    connection.execute(AS_KNOWN)
    connection.execute(f"COMMENT ON MACRO TABLE decisions_as_known_on IS {quoted(ABOUT_AS_KNOWN)}")
    for record in TABLES:
        for statement in comment_on(record):
            connection.execute(statement)
    connection.commit()
    if old is not None:
        attach(connection, old)
    _note_paths(connection, old is not None, change)
    if old is not None:
        _copy_kept(connection, SCRAPED if change.scraped else ())
        connection.execute("DETACH old")
    for statement in leaving.NOTHING:
        connection.execute(statement)


def _add(connection: duckdb.DuckDBPyConnection, fresh: dict[str, pa.Table], change: Change) -> None:
    """Add what the run found out."""
    for name, table in fresh.items():
        _insert(connection, name, table)
    if change.stored is not None:
        parquet.insert(connection)
    _insert_rows(connection, Council, change.councils)
    connection.execute(COUNCILS)
    _insert_rows(connection, Service, change.services)
    _insert_rows(connection, Run, [change.run] if change.run else [])
    _insert_rows(connection, Problem, change.problems)
    if change.scraped is not None:
        told = change.scraped
        rows_of = (told.askings, told.meetings, told.papers, told.flags, told.versions)
        for scraped, rows in zip(SCRAPED, rows_of, strict=True):
            _insert_rows(connection, scraped, rows)


def _derive(
    connection: duckdb.DuckDBPyConnection, said: Sequence[Correction], linking: Linking | None,
    since: Mapping[str, int] | None,
) -> None:
    """Make what hangs on the records: all of it, or what hangs on those that left and on rows from `since` on."""
    scope.name(connection, "arrived", ["FROM documents" if since is None else "FROM again"])
    scope.name(connection, "nameless", [NAMELESS])
    joined.note(connection, "nameless")
    note_sources(connection)
    for table in ("documents", "problems"):
        connection.execute(FIRST_PATH.format(table=table))
    for statement in MEETINGS:
        connection.execute(statement)
    scope.name(connection, "reviewed", ["FROM reviews"])
    reviewed.apply(connection, said)
    scope.name(connection, "reviewed", ["FROM reviews", "FROM reviewed"])
    sketches.compare(connection)
    scope.name(connection, "concerned", ["FROM concerned", "FROM reviewed", "FROM nameless", versions.ALTERED])
    link_duplicates(connection)
    link_versions(connection)
    scope.name(connection, "turned", [leaving.TURNED])
    for table in ("reviewed", "nameless", "turned"):
        joined.note(connection, table)
    if linking is not None:
        joined.note_arrived(connection, linking)
        joined.links(connection, linking)
    _index(connection, since)


def _index(connection: duckdb.DuckDBPyConnection, since: Mapping[str, int] | None) -> None:
    """Bring the index of `search` to what the tables hold."""
    if since is None:
        for piece in range(scope.pieces(connection)):
            scope.show_piece(connection, piece)
            search.add(connection)
        return
    scope.name(connection, "reindexed", ["FROM leaving", "FROM reviewed", "FROM turned"])
    search.remove(connection)
    scope.name(connection, "reindexed", ["FROM arrived", "FROM reviewed", "FROM turned"])
    (elsewhere,) = connection.execute(
        "SELECT count(*) > 0 FROM reindexed ANTI JOIN arrived USING (document_id)").fetchall()[0]
    scope.show_named(connection, since, elsewhere)
    search.add(connection)
    search.tidy(connection)


def attach(connection: duckdb.DuckDBPyConnection, old: Path) -> None:
    """Attach the published database as `old`, read-only. Raises NotOurs."""
    try:
        connection.execute(f"ATTACH {quoted(str(old))} AS old (READ_ONLY)")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise NotOurs(f"{old} is open for writing in another program: close it there, then run again") from error
        raise NotOurs(f"{old} is not a DuckDB database: name another file with --db") from error


def _note_paths(connection: duckdb.DuckDBPyConnection, has_old: bool, change: Change) -> None:
    """Paths seen now, and those of other folders as they were."""
    if has_old and _columns_of_old(connection, DocumentPath):
        connection.execute(
            "INSERT INTO document_paths BY NAME SELECT * FROM old.document_paths "
            "WHERE path NOT IN (SELECT path FROM seen UNION SELECT unnest($1::VARCHAR[]))", [list(change.gone)],
        )
    connection.execute("INSERT INTO document_paths BY NAME FROM seen")


def _copy_kept(
    connection: duckdb.DuckDBPyConnection, told_anew: Sequence[type[Record]],
) -> None:
    """Copy the rows of documents that still have a file and were not read again, and of tables not told anew."""
    kept = "SELECT document_id FROM document_paths WHERE document_id NOT IN (FROM again)"
    for record in TABLES:
        if record in (Service, DocumentPath, Meeting, Outcome, Return, *told_anew):
            continue
        names = _columns_of_old(connection, record)
        if not names:
            continue
        listed = ", ".join(f'"{name}"' for name in names)
        if record in (Council, Run, *SCRAPED):
            condition = "true"
        elif record in leaving.OWNERS:
            owner = leaving.OWNERS[record]
            key = owner.key[0]
            condition = f'{key} IN (SELECT {key} FROM old."{owner.table}" WHERE document_id IN ({kept}))'
        elif record is Problem:
            # Without a document: a file whose bytes could not be had.
            condition = f"document_id IN ({kept}) OR (document_id IS NULL AND path NOT IN (FROM outdated))"
        else:
            condition = f"document_id IN ({kept})"
        connection.execute(
            f'INSERT INTO "{record.table}" BY NAME SELECT {listed} FROM old."{record.table}" WHERE {condition}'
        )


def _columns_of_old(connection: duckdb.DuckDBPyConnection, record: type[Record]) -> list[str]:
    """Columns that the old database's table has too; empty where it has no such table."""
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'old' AND table_name = $1", [record.table]
    ).fetchall()
    present = {name for (name,) in found}
    return [c.name for c in columns(record) if c.name in present]


def _insert_rows(
    connection: duckdb.DuckDBPyConnection, record: type[Record], rows: Iterable[Record], into: str | None = None
) -> None:
    _insert(connection, into or record.table, arrow_table(record, rows))


def _insert(connection: duckdb.DuckDBPyConnection, name: str, table: object) -> None:
    connection.register("incoming", table)
    connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


def _to_disk(path: Path) -> None:
    """Wait until the file's bytes (or the folder's names) are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# A council may come from the rules, from documents, and from the old database: the last to say so is right, and one
# that neither the rules nor any document names any more is dropped.
COUNCILS = """
DELETE FROM councils WHERE rowid NOT IN (SELECT max(rowid) FROM councils GROUP BY council_id)
"""

# A document is shown under the first of its names, whichever run read it.
FIRST_PATH = """
UPDATE {table} SET path = first.path
FROM (SELECT document_id, min(path) AS path FROM document_paths GROUP BY document_id) AS first
WHERE first.document_id = {table}.document_id AND first.path <> {table}.path
"""

# Papers that the ledger of an archive may name a council for.
NAMELESS = """
SELECT document_id FROM documents
WHERE council_id IS NULL AND document_id IN (SELECT document_id FROM paper_versions)
"""

# Minutes know best where and when a meeting was held; the smallest id settles ties, so that order settles none.
TOLD_OF_MEETINGS = """
SELECT meeting_id, any_value(council_id) AS council_id, arg_min(body, rank) AS body, any_value(held_on) AS held_on,
    arg_min(starts_at, rank) AS starts_at, arg_min(venue, rank) AS venue
FROM (
    SELECT s.*, concat(coalesce(list_position(['minutes', 'decision_notice', 'agenda', 'pack'], d.kind), 9),
                       d.document_id) AS rank
    FROM meeting_statements s {among} JOIN documents d USING (document_id)
) GROUP BY meeting_id ORDER BY meeting_id
"""
MEETINGS = (
    """INSERT INTO met SELECT DISTINCT meeting_id FROM meeting_statements SEMI JOIN arrived USING (document_id)
    WHERE meeting_id NOT IN (FROM met)""",
    "DELETE FROM meetings WHERE meeting_id IN (FROM met)",
    f"INSERT INTO meetings BY NAME {TOLD_OF_MEETINGS.format(among='SEMI JOIN met USING (meeting_id)')}",
)

__all__ = ["Change", "NotOurs", "publish"]
