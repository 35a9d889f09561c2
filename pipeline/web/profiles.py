"""What is known of a council or of a service: counts, and the series behind the plots.

Money is never added up here: a sum over papers counts a budget as often as it is printed, and a total with its parts.
What is plotted is the largest single figure that the papers state, which can be opened and cited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.web.snapshot import Row, Snapshot

MEASURES_SHOWN = 4
RECENT = 10
NOT_SPENDING = ("rate", "share", "other", "fine", "value")
"""Measures that make no series of a body's money: prices, percentages, thresholds, single assets."""


@dataclass(frozen=True)
class Spending:
    """The largest figure stated for a financial year and measure."""

    year: str
    measure: str
    amount: Decimal
    figure_id: str


@dataclass
class Profile:
    """A council's or a service's papers in numbers. `follow_ups` counts what was to come back by its fate."""

    name: str
    about: Row
    counts: dict[str, int]
    months: list[tuple[str, int]]
    """Decisions by month (as 2024-03), months without any between the first and the last included."""
    spending: list[Spending]
    follow_ups: dict[str, int]
    until: date | None = None
    """Day of the last meeting."""
    recent: list[int] = field(default_factory=list)
    """Numbers of the latest decisions in the listing."""
    others: list[Row] = field(default_factory=list)
    """A council's bodies, or the councils that a service is met in, with how many decisions."""


def council(snapshot: Snapshot, council_id: str) -> Profile | None:
    """The profile of a council; None where the database has nothing of it."""
    about = snapshot.one("SELECT * FROM councils WHERE council_id = ?", council_id)
    if about is None:
        return None
    bodies = snapshot.ask(
        "SELECT body AS name, count(*) AS n FROM memory.listing WHERE council_id = ? AND sort = 'decision' "
        "AND body IS NOT NULL GROUP BY 1 ORDER BY n DESC, name", council_id,
    )
    return _profile(snapshot, about["name"] or about["official_name"], about, "l.council_id = ?", council_id, bodies)


def service(snapshot: Snapshot, service_id: str) -> Profile | None:
    """The profile of a service; None where the taxonomy has no such service."""
    about = snapshot.one(
        "SELECT s.*, p.name AS parent FROM services s LEFT JOIN services p ON p.service_id = s.parent_id "
        "WHERE s.service_id = ?", service_id,
    )
    if about is None:
        return None
    condition = "l.n IN (SELECT n FROM memory.listing_services WHERE service_id = ?)"
    councils = snapshot.ask(
        f"SELECT l.council AS name, l.council_id, count(*) AS n FROM memory.listing l WHERE {condition} "
        "AND l.council IS NOT NULL GROUP BY ALL ORDER BY n DESC, name", service_id,
    )
    return _profile(snapshot, about["name"], about, condition, service_id, councils)


def _profile(snapshot: Snapshot, name: str, about: Row, condition: str, value: str, others: list[Row]) -> Profile:
    counts = snapshot.ask(f"SELECT l.sort, count(*) AS n FROM memory.listing l WHERE {condition} GROUP BY 1", value)
    recent = snapshot.ask(
        f"SELECT l.n FROM memory.listing l WHERE {condition} AND l.sort = 'decision' "
        f"ORDER BY l.held_on DESC NULLS LAST, l.document_id, l.char_start LIMIT {RECENT}", value,
    )
    return Profile(
        name, about, {row["sort"]: row["n"] for row in counts}, _months(snapshot, condition, value),
        _spending(snapshot, condition, value), _follow_ups(snapshot, condition, value),
        snapshot.ask(f"SELECT max(l.held_on) AS until FROM memory.listing l WHERE {condition}", value)[0]["until"],
        [row["n"] for row in recent], others,
    )


def _months(snapshot: Snapshot, condition: str, value: str) -> list[tuple[str, int]]:
    rows = snapshot.ask(
        f"""
        WITH met AS (
            SELECT date_trunc('month', l.held_on) AS month, count(*) AS n FROM memory.listing l
            WHERE {condition} AND l.sort = 'decision' AND l.held_on IS NOT NULL GROUP BY 1
        )
        SELECT strftime(m.month, '%Y-%m') AS month, coalesce(met.n, 0) AS n
        FROM (SELECT unnest(generate_series((SELECT min(month) FROM met), (SELECT max(month) FROM met),
                                            INTERVAL 1 MONTH)) AS month) m LEFT JOIN met ON met.month = m.month
        ORDER BY m.month
        """,
        value,
    )
    return [(row["month"], row["n"]) for row in rows]


def _spending(snapshot: Snapshot, condition: str, value: str) -> list[Spending]:
    rows = snapshot.ask(
        f"""
        SELECT f.financial_year AS year, f.measure, abs(f.amount) AS amount, f.figure_id
        FROM memory.listing l JOIN budget_figures f ON f.rowid = l.place
        WHERE {condition} AND l.sort = 'figure' AND f.unit = 'GBP' AND f.financial_year IS NOT NULL
            AND f.per IS NULL AND f.measure NOT IN {NOT_SPENDING}
        QUALIFY 1 = row_number() OVER (
            PARTITION BY f.financial_year, f.measure ORDER BY abs(f.amount) DESC, f.figure_id)
        ORDER BY year, f.measure
        """,
        value,
    )
    found = [Spending(**row) for row in rows]
    years = {measure: len({s.year for s in found if s.measure == measure}) for measure in {s.measure for s in found}}
    shown = sorted(years, key=lambda measure: (-years[measure], measure))[:MEASURES_SHOWN]
    return [s for s in found if s.measure in shown]


def _follow_ups(snapshot: Snapshot, condition: str, value: str) -> dict[str, int]:
    """How many promises came back in time, came back late, were not seen; those due after the last paper apart."""
    rows = snapshot.ask(
        f"""
        SELECT CASE
            WHEN u.came_back_on <= u.due_on THEN 'came back in time'
            WHEN u.came_back_on IS NOT NULL THEN 'came back late'
            WHEN u.due_on > (SELECT max(n.held_on) FROM memory.listing n
                             WHERE n.council_id IS NOT DISTINCT FROM l.council_id) THEN 'due after the last paper'
            ELSE 'not seen' END AS fate, count(*) AS n
        FROM follow_ups u JOIN memory.listing l ON l.record_id = u.resolution_id
        WHERE {condition} AND u.due_on IS NOT NULL GROUP BY 1 ORDER BY n DESC, fate
        """,
        value,
    )
    return {row["fate"]: row["n"] for row in rows}
