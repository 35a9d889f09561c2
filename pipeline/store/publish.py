"""Publishes a database whole: a new file beside the old one, then `os.replace`.

Readers keep the file that they opened; nobody sees half a run. The new file is the old one's rows, less those of
documents that were read again or whose files are gone, plus the parts of this run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.bookkeeping import DocumentPath, Problem, Run
from pipeline.records import (
    Council,
    Meeting,
    Option,
    OptionsAppraisal,
    Outcome,
    Record,
    Resolution,
    ResolutionClause,
    Return,
    Service,
)
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PaperVersion, PublishedPaper, Scraped
from pipeline.store import corrections, parts, reviewed, search
from pipeline.store.corrections import Correction
from pipeline.store.duplicates import link_duplicates
from pipeline.store.joined import Linking, links
from pipeline.store.schema import TABLES, arrow_table, columns, comment_on, create_table, quoted
from pipeline.store.versions import ABOUT_AS_KNOWN, AS_KNOWN, link_versions, note_sources
from pipeline.store.views import ABOUT_OVERDUE, OVERDUE, VIEWS

OWNERS: dict[type[Record], type[Record]] = {ResolutionClause: Resolution, Option: OptionsAppraisal}
"""Tables whose rows belong to a document through another table's row."""
LINKS: tuple[type[Record], ...] = (Outcome, Return)
"""Tables that tell how records hang together, found out anew over all of them."""

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
    connection = duckdb.connect(str(new))
    try:
        _fill(connection, db if db.exists() else None, change, said, linking)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    _to_disk(new)
    new.replace(db)
    _to_disk(db.parent)


def _fill(
    connection: duckdb.DuckDBPyConnection, old: Path | None, change: Change, said: Sequence[Correction],
    linking: Linking | None,
) -> None:
    for record in TABLES:
        connection.execute(create_table(record))
    fresh = parts.collect(change.parts)
    if old is not None:
        attach(connection, old)
    _note_paths(connection, old is not None, change)
    if old is not None:
        again = fresh["readings"]["document_id"].to_pylist() if fresh else []
        _copy_kept(connection, again, change.outdated, SCRAPED if change.scraped else ())
        connection.execute("DETACH old")
    for name, table in fresh.items():
        _insert(connection, name, table)
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
    note_sources(connection)
    for table in ("documents", "problems"):
        connection.execute(FIRST_PATH.format(table=table))
    connection.execute(MEETINGS)
    reviewed.apply(connection, said)
    link_duplicates(connection)
    link_versions(connection)
    if linking is not None:
        became, back = links(connection, linking)
        _insert_rows(connection, Outcome, became)
        _insert_rows(connection, Return, back)
    search.index(connection)
    connection.begin()  # or each of some six hundred comments would be written to the disk by itself
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
        seen = [row.path for row in change.paths] + list(change.gone)
        connection.execute(
            "INSERT INTO document_paths BY NAME SELECT * FROM old.document_paths "
            "WHERE path NOT IN (SELECT unnest($1::VARCHAR[]))", [seen],
        )
    _insert_rows(connection, DocumentPath, change.paths)


def _copy_kept(
    connection: duckdb.DuckDBPyConnection, read_again: list[str], outdated: Sequence[str],
    told_anew: Sequence[type[Record]],
) -> None:
    """Copy the rows of documents that still have a file and were not read again, and of tables not told anew."""
    connection.execute("CREATE TEMP TABLE again AS SELECT unnest($1::VARCHAR[]) AS document_id", [read_again])
    connection.execute("CREATE TEMP TABLE outdated AS SELECT unnest($1::VARCHAR[]) AS path", [list(outdated)])
    kept = "SELECT document_id FROM document_paths WHERE document_id NOT IN (FROM again)"
    for record in TABLES:
        if record in (Service, DocumentPath, Meeting, *LINKS, *told_anew):
            continue
        names = _columns_of_old(connection, record)
        if not names:
            continue
        listed = ", ".join(f'"{name}"' for name in names)
        if record in (Council, Run, *SCRAPED):
            condition = "true"
        elif record in OWNERS:
            owner = OWNERS[record]
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


def _insert_rows(connection: duckdb.DuckDBPyConnection, record: type[Record], rows: Iterable[Record]) -> None:
    _insert(connection, record.table, arrow_table(record, rows))


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

# Minutes know best where and when a meeting was held; the smallest id settles ties, so that order settles none.
MEETINGS = """
INSERT INTO meetings BY NAME
SELECT meeting_id, any_value(council_id) AS council_id, arg_min(body, rank) AS body, any_value(held_on) AS held_on,
    arg_min(starts_at, rank) AS starts_at, arg_min(venue, rank) AS venue
FROM (
    SELECT s.*, concat(coalesce(list_position(['minutes', 'decision_notice', 'agenda', 'pack'], d.kind), 9),
                       d.document_id) AS rank
    FROM meeting_statements s JOIN documents d USING (document_id)
) GROUP BY meeting_id ORDER BY meeting_id
"""

__all__ = ["Change", "NotOurs", "publish"]
