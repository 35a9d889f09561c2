"""Coverage as a table of councils and months, read out of a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import duckdb

from pipeline.store.query import Refused, open_read_only

State = Literal["nothing", "not_due", "all", "most", "some", "none"]
MOST = 0.8
"""Share of the minutes that are due from which most are there."""
GAPS_SHOWN = 500


@dataclass(frozen=True)
class Cell:
    """A council's month, its committees together."""

    announced: int = 0
    cancelled: int = 0
    agendas: int = 0
    minutes_expected: int = 0
    minutes_found: int = 0
    minutes_read: int = 0
    papers: int = 0
    papers_found: int = 0
    papers_read: int = 0
    failed: int = 0

    @property
    def state(self) -> State:
        """How much of what is due is there."""
        if not self.minutes_expected:
            return "not_due" if self.announced else "nothing"
        share = self.minutes_found / self.minutes_expected
        return "all" if share == 1 else "most" if share >= MOST else "some" if share else "none"

    @property
    def figures(self) -> str:
        """What stands in the cell: minutes found of those expected, or how many meetings where none are due yet."""
        if self.minutes_expected:
            return f"{self.minutes_found}/{self.minutes_expected}"
        return f"({self.announced})" if self.announced else ""

    @property
    def words(self) -> str:
        """The cell as a sentence."""
        if not (self.announced or self.cancelled or self.papers):
            return "nothing announced"
        parts = [f"{counted(self.announced, 'meeting')} announced", f"{counted(self.agendas, 'agenda')} found",
                 f"minutes of {self.minutes_found} of {self.minutes_expected} found, of {self.minutes_read} read"]
        if self.cancelled:
            parts.insert(1, f"{self.cancelled} cancelled")
        if self.failed:
            parts.append(f"{counted(self.failed, 'paper')} failed")
        return ", ".join(parts)


@dataclass(frozen=True)
class Flag:
    """Something that looks wrong (`coverage_flags`)."""

    severity: str
    rule: str
    reason: str


@dataclass
class Line:
    """A council: its months, what looks wrong, and what became of asking it last."""

    council_id: str
    council: str
    cells: dict[date, Cell] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    asked_at: datetime | None = None
    outcome: str | None = None

    @property
    def severity(self) -> str | None:
        """fail, warn, or None where nothing looks wrong."""
        found = {flag.severity for flag in self.flags}
        return "fail" if "fail" in found else "warn" if found else None

    @property
    def answered(self) -> bool:
        """Whether its lists could be had when it was asked last."""
        return self.outcome in ("complete", "partial")


@dataclass(frozen=True)
class Gap:
    """A committee's month of which something is missing or failed."""

    council: str
    committee: str | None
    month: date
    minutes_missing: int
    failed: int
    why: str | None


@dataclass
class Matrix:
    """The table: months in order, councils by name."""

    months: list[date]
    lines: list[Line]
    gaps: list[Gap]
    without_address: list[str]
    """Councils that could not be asked, since nobody has told where they publish."""

    @property
    def total(self) -> Cell:
        """All councils and months together."""
        cells = [cell for line in self.lines for month, cell in line.cells.items() if month in self.months]
        return Cell(*(sum(getattr(cell, name) for cell in cells) for name in COUNTS))

    @property
    def sentence(self) -> str:
        """How many councils were asked, how many answered, and what of their papers is here."""
        total = self.total
        return (
            f"{self._told_of_asking()}; {self._count('fail'):,} not to be relied on, {self._count('warn'):,} to look "
            f"at. {counted(total.announced, 'meeting')} announced, minutes of {total.minutes_found:,} of "
            f"{total.minutes_expected:,} that are due found, of {total.minutes_read:,} read; "
            f"{counted(total.failed, 'paper')} failed."
        )

    def _count(self, severity: str) -> int:
        return sum(line.severity == severity for line in self.lines)

    def _told_of_asking(self) -> str:
        asked = [line for line in self.lines if line.outcome not in (None, "no_address")]
        answered, left = sum(line.answered for line in asked), sum(line.outcome == "stopped" for line in asked)
        last = max((line.asked_at for line in asked if line.asked_at), default=None)
        parts = [
            f"{counted(len(asked), 'council')} asked" + (f", the last on {last.day} {last:%B %Y}" if last else ""),
            f"{answered:,} answered, {len(asked) - answered - left:,} did not",
        ]
        told = ": ".join(parts)
        if left:
            told += f", {left:,} were not come to"
        if self.without_address:
            told += f", besides {counted(len(self.without_address), 'council')} without a known address"
        return told


COUNTS = tuple(Cell.__dataclass_fields__)


def counted(number: int, noun: str) -> str:
    """So many of something: 1 meeting, 2 meetings."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def matrix(db: Path, months: int = 12, until: date | None = None, councils: Sequence[str] = ()) -> Matrix:
    """The last `months` months, up to that of `until` (by default the one in which was asked last).

    `councils` are names or ids; all where none is given. Raises Refused.
    """
    connection = open_read_only(db)
    try:
        found = matrix_in(connection, months, until)
    finally:
        connection.close()
    if councils:
        wanted = {name.casefold() for name in councils}
        known = {name for line in found.lines for name in (line.council_id.casefold(), line.council.casefold())}
        if wanted - known:
            raise Refused(f"Nobody was asked who is called {', '.join(sorted(wanted - known))}.")
        found.lines = [ln for ln in found.lines if {ln.council_id.casefold(), ln.council.casefold()} & wanted]
        found.without_address = []
        names = {line.council for line in found.lines}
        found.gaps = [gap for gap in found.gaps if gap.council in names]
    return found


def matrix_in(connection: duckdb.DuckDBPyConnection, months: int = 12, until: date | None = None) -> Matrix:
    """The same, of all councils, out of a database that is open. Raises Refused."""
    try:
        return _read(connection, months, until)
    except duckdb.CatalogException as error:
        raise Refused("This database is of an older version: run `minutebook ingest` on any folder once.") from error


def _read(connection: duckdb.DuckDBPyConnection, months: int, until: date | None) -> Matrix:
    lines = {row[0]: Line(row[0], row[1], asked_at=row[2], outcome=row[3])
             for row in connection.execute(LAST_ASKED).fetchall()}
    if until is None:
        until = max((line.asked_at.date() for line in lines.values() if line.asked_at), default=None)
    if until is None:
        raise Refused("Nobody was asked yet: `minutebook scrape` does, `minutebook ingest` stores what it found.")
    shown = _months(until, months)
    for council_id, council, month, *values in connection.execute(CELLS, [shown[0], shown[-1]]).fetchall():
        lines.setdefault(council_id, Line(council_id, council)).cells[month] = Cell(*values)
    for council_id, *values in connection.execute(
        "SELECT council_id, severity, rule, reason FROM coverage_flags ORDER BY severity, rule, about"
    ).fetchall():
        lines[council_id].flags.append(Flag(*values))
    gaps = [Gap(*row) for row in connection.execute(GAPS, [shown[0], shown[-1], GAPS_SHOWN]).fetchall()]
    ordered = sorted(lines.values(), key=lambda line: (line.council.casefold(), line.council_id))
    asked = [line for line in ordered if line.outcome != "no_address" or line.cells or line.flags]
    return Matrix(shown, asked, gaps, [line.council for line in ordered if line.outcome == "no_address"])


def _months(until: date, count: int) -> list[date]:
    """So many first days of months, the last that of `until`."""
    last = until.year * 12 + until.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]


LAST_ASKED = """
SELECT a.council_id, coalesce(c.name, c.official_name, a.council_id), a.asked_at, a.outcome
FROM (FROM askings QUALIFY 1 = row_number() OVER (PARTITION BY council_id ORDER BY asked_at DESC)) a
LEFT JOIN councils c USING (council_id)
"""
CELLS = f"""
SELECT council_id, council, month, {", ".join(f"sum({name})::BIGINT" for name in COUNTS)}
FROM coverage WHERE month BETWEEN $1 AND $2 GROUP BY ALL
"""
GAPS = """
SELECT council, committee, month, minutes_expected - minutes_found, failed, why FROM coverage
WHERE month BETWEEN $1 AND $2 AND (minutes_expected > minutes_found OR failed > 0)
ORDER BY month DESC, council, committee LIMIT $3
"""
