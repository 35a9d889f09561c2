"""The ledger of an archive: who was asked, what they announce, what came of it. One SQLite file, which survives kills.

Moments are UTC without a zone, days are days; in the file both are ISO text, so that they sort. A class here is a
table, its fields the columns, in order. `minutebook coverage` is derived from it so:

- *asked*: `council_runs` has a row for every council of a run, also for one that could not be reached; `outcome` and
  `why` tell what became of it.
- *meetings announced*: rows of `meetings`, by the month of `held_on`; not those that are `cancelled`.
- *agendas*, *minutes*, *decisions* expected: the flags that the site itself gives with a meeting (None: it does not
  say), and minutes of any meeting that was held some weeks ago.
- *found*: `documents` of the meeting by `kind`, with a row of `versions` that has bytes (`sha256`).
- *failed, and why*: `documents` without such a version; their last row of `visits` says why. Not those whose address
  is a GUESS that gave nothing.
- *read*: `versions.sha256` among the database's `documents.sha256`.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, get_type_hints

SCHEMA_VERSION = 1
GUESS = "guess"
"""The promise of a PDF whose address is only guessed: that it is not there is no failure."""
CouncilOutcome = Literal["complete", "partial", "failed", "forbidden", "stopped", "no_address"]
"""complete: everything that it lists was asked for and came; partial: some of it failed; failed: its lists themselves
could not be had, or were not what they should be; forbidden: its robots.txt keeps us out; stopped: time or space was
up; no_address: nobody has told where it publishes."""
VisitOutcome = Literal["new", "changed", "unchanged", "listing", "gone", "refused", "failed"]
"""new, changed, unchanged: a document; listing: a page that only leads to others; gone: 404 or 410; refused: by us
(too large, a forbidden redirect, not what was promised); failed: by the site or on the way."""
DocumentKind = Literal["agenda", "minutes", "decisions", "pack", "supplement", "report", "meeting", "item", "decision",
                       "other"]
"""As the site presents it, before anybody read it. meeting: the meeting's own page or web-service answer; item: one
item's page; decision: a decision's page; decisions: a sheet of them."""


@dataclass(frozen=True)
class Run:
    """A run of `minutebook scrape`. One that was killed has no `finished_at`."""

    table: ClassVar[str] = "runs"
    key: ClassVar[tuple[str, ...]] = ("run_id",)
    run_id: str
    started_at: datetime
    finished_at: datetime | None = None
    version: str = ""
    councils: int = 0
    """How many were to be asked."""
    stopped: str | None = None
    """Why it ended before all was done: minutes, megabytes, interrupted."""


@dataclass(frozen=True)
class CouncilRun:
    """What became of a council in a run. Written at its start with outcome `stopped`, and again at its end."""

    table: ClassVar[str] = "council_runs"
    key: ClassVar[tuple[str, ...]] = ("run_id", "council_id")
    run_id: str
    council_id: str
    platform: str | None
    address: str | None
    started_at: datetime
    finished_at: datetime | None = None
    outcome: CouncilOutcome = "stopped"
    why: str | None = None
    """In words, for a person; None where it is complete."""
    kind: str | None = None
    """The same as a word for programs: empty, login, wall, moved, layout, robots, unreachable, error, ..."""
    committees: int = 0
    meetings: int = 0
    """Committees and meetings that its lists gave in this run, not those known from before."""
    requests: int = 0
    bytes: int = 0
    new_documents: int = 0
    changed_documents: int = 0
    failed_documents: int = 0
    council: str | None = None
    """What its line of data calls it."""


@dataclass(frozen=True)
class Committee:
    """A committee as its council lists it."""

    table: ClassVar[str] = "committees"
    key: ClassVar[tuple[str, ...]] = ("council_id", "committee_id")
    council_id: str
    committee_id: str
    """The site's own id."""
    title: str
    category: str | None
    ended: bool
    """Whether the site calls it expired or deleted."""
    url: str | None
    first_seen: datetime
    last_seen: datetime
    """When a list had it last: one that vanished stays behind the others."""


@dataclass(frozen=True)
class Listing:
    """A list of the site (a committee's meetings, a month of the calendar) that was read to its end."""

    table: ClassVar[str] = "listings"
    key: ClassVar[tuple[str, ...]] = ("council_id", "listing_id")
    council_id: str
    listing_id: str
    since: date
    """How far back it was read the first time: what is older was never asked for."""
    read_at: datetime


@dataclass(frozen=True)
class Meeting:
    """A meeting as it is announced."""

    table: ClassVar[str] = "meetings"
    key: ClassVar[tuple[str, ...]] = ("council_id", "meeting_id")
    council_id: str
    meeting_id: str
    committee_id: str
    held_on: date
    starts_at: str | None
    """As printed: "10.00 am"."""
    status: str | None
    """As printed: Confirmed, Cancelled, Provisional, ..."""
    cancelled: bool
    agenda_published: bool | None
    decisions_published: bool | None
    minutes_published: bool | None
    url: str | None
    """The meeting's page, for a person."""
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Document:
    """An address at which a council publishes a document, whether or not its bytes could be had."""

    table: ClassVar[str] = "documents"
    key: ClassVar[tuple[str, ...]] = ("council_id", "address")
    council_id: str
    address: str
    committee_id: str | None
    meeting_id: str | None
    title: str
    kind: DocumentKind
    first_listed: datetime
    last_listed: datetime
    promise: str = "paper"
    """What it should be: see `content.Promise`; GUESS where no page leads to it."""


@dataclass(frozen=True)
class Version:
    """What an address gave from `first_seen` on. `sha256` is None where the page was withdrawn."""

    table: ClassVar[str] = "versions"
    key: ClassVar[tuple[str, ...]] = ("version_id",)
    version_id: int
    address: str
    sha256: str | None
    size: int
    media_type: str | None
    first_seen: datetime
    last_seen: datetime
    """When it was last found to be still what the address gives."""
    etag: str | None = None
    last_modified: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    supersedes: int | None = None
    """The version that stood at the address before."""
    run_id: str = ""
    mark: str | None = None
    """What tells whether a page says something else, where its bytes differ at every visit (session numbers)."""


@dataclass(frozen=True)
class Visit:
    """A request for an address, with all its retries, and what came of it."""

    table: ClassVar[str] = "visits"
    key: ClassVar[tuple[str, ...]] = ("visit_id",)
    visit_id: int
    run_id: str
    council_id: str
    address: str
    at: datetime
    status: int | None
    """The HTTP status; None where there was no answer, or no question (robots.txt)."""
    requests: int
    bytes: int
    """As they came over the wire."""
    seconds: float
    outcome: VisitOutcome
    why: str | None = None


Row = Run | CouncilRun | Committee | Listing | Meeting | Document | Version | Visit
TABLES: tuple[type[Row], ...] = (Run, CouncilRun, Committee, Listing, Meeting, Document, Version, Visit)
SQL_TYPES = {int: "INTEGER", float: "REAL", bool: "INTEGER"}
INDEXES = (
    'CREATE INDEX IF NOT EXISTS versions_of ON versions (address, version_id)',
    'CREATE INDEX IF NOT EXISTS versions_with ON versions (sha256)',
    'CREATE INDEX IF NOT EXISTS visits_to ON visits (address, visit_id)',
    'CREATE INDEX IF NOT EXISTS visits_in ON visits (run_id, council_id)',
    'CREATE INDEX IF NOT EXISTS documents_of ON documents (council_id, meeting_id)',
)
AnyRow = TypeVar("AnyRow", bound=Row)


class NotALedger(Exception):
    """The file is no ledger, or that of a later version."""


class Ledger:
    """The ledger's file, open. Its methods may be called from several threads; each is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open the ledger at `path`, or begin one. Raises NotALedger."""
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=60)
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A kill loses nothing; a power cut may lose the last rows, and what they told of is asked for again.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._begin()
        except sqlite3.DatabaseError as error:
            raise NotALedger(f"{path} is no ledger of Minutebook's ({error}): name another archive") from error

    def _begin(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise NotALedger("this archive was written by a later version of Minutebook: update this one")
        with self.transaction():
            for row in TABLES:
                self._connection.execute(create_table(row))
                self._add_columns(row)
            for statement in INDEXES:
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _add_columns(self, row: type[Row]) -> None:
        """Give a table the columns that it had not yet when the ledger was begun."""
        present = {name for _, name, *_ in self._connection.execute(f"PRAGMA table_info({row.table})")}
        for column in fields(row):
            if column.name not in present:
                named = f'"{column.name}" {_sql_type(row, column.name)}'
                default = f"'{column.default}'" if isinstance(column.default, int | str) else "NULL"
                self._connection.execute(f"ALTER TABLE {row.table} ADD COLUMN {named} DEFAULT {default}")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written within is there when it ends, and gone where it raises."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def put(self, *rows: Row) -> None:
        """Write rows; one whose key is there takes its place, but keeps its `first_seen` or `first_listed`."""
        with self.transaction() as connection:
            for row in rows:
                connection.execute(_UPSERTS[type(row)], _to_sql(row))

    def add(self, row: Version | Visit) -> int:
        """Write a row whose id is 0 under the next id, which is returned."""
        values = _to_sql(row)[1:]
        names = ", ".join(f'"{f.name}"' for f in fields(row)[1:])
        with self.transaction() as connection:
            cursor = connection.execute(
                f'INSERT INTO {row.table} ({names}) VALUES ({", ".join("?" * len(values))})', values
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def rows(self, of: type[AnyRow], where: str = "true", *values: object) -> list[AnyRow]:
        """The rows of a table for which the SQL condition `where` holds, in the order of their keys."""
        order = ", ".join(of.key)
        names = ", ".join(f'"{column.name}"' for column in fields(of))
        with self._lock:
            found = self._connection.execute(f"SELECT {names} FROM {of.table} WHERE {where} ORDER BY {order}", values)
            return [_from_sql(of, row) for row in found.fetchall()]

    def prune(self, before: datetime) -> None:
        """Forget visits before that moment, but the last to each address: the ledger would grow without end."""
        with self.transaction() as connection:
            connection.execute(
                "DELETE FROM visits WHERE at < ? "
                "AND visit_id NOT IN (SELECT max(visit_id) FROM visits GROUP BY address)", [_value(before)],
            )

    def current(self, address: str) -> Version | None:
        """What `address` gave when it was last asked; None where it never gave anything."""
        found = self.rows(
            Version, "version_id = (SELECT max(version_id) FROM versions WHERE address = ?)", address
        )
        return found[0] if found else None


def create_table(row: type[Row]) -> str:
    """The CREATE TABLE statement of a row's class."""
    lines = []
    for column in fields(row):
        sql_type = _sql_type(row, column.name)
        counted = " PRIMARY KEY AUTOINCREMENT" if row in (Version, Visit) and column.name in row.key else ""
        lines.append(f'"{column.name}" {sql_type}{counted}')
    if row not in (Version, Visit):
        lines.append(f"PRIMARY KEY ({', '.join(row.key)})")
    return f"CREATE TABLE IF NOT EXISTS {row.table} ({', '.join(lines)})"


def _sql_type(row: type[Row], column: str) -> str:
    kind = get_type_hints(row)[column]
    return next((SQL_TYPES[plain] for plain in (bool, float, int) if _is(kind, plain)), "TEXT")


def _is(annotation: Any, kind: type) -> bool:
    return annotation is kind or annotation == kind | None


def _upsert(row: type[Row]) -> str:
    names = [f.name for f in fields(row)]
    kept = {*row.key, "first_seen", "first_listed"}
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in kept)
    listed = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {row.table} ({listed}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT ({', '.join(row.key)}) DO UPDATE SET {changes}"
    )


_UPSERTS = {row: _upsert(row) for row in TABLES}


def _to_sql(row: Row) -> list[object]:
    return [_value(value) for value in astuple(row)]


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value


def _from_sql(of: type[AnyRow], values: tuple[Any, ...]) -> AnyRow:
    return of(*(_read(kind, value) for kind, value in zip(_KINDS[of], values, strict=True)))


_KINDS: dict[Any, tuple[Any, ...]] = {
    row: tuple(get_type_hints(row)[column.name] for column in fields(row)) for row in TABLES
}
"""The annotations of a row's fields, in order: to work them out for each of a million rows would take minutes."""


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if _is(kind, datetime):
        return datetime.fromisoformat(value)
    if _is(kind, date):
        return date.fromisoformat(value)
    if _is(kind, bool):
        return bool(value)
    return json.loads(value) if kind == dict[str, str] else value
