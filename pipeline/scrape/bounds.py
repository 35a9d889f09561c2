"""Councils whose site or papers look wrong: what became of asking them, held against what their own history bears.

The bounds are data, `rules/weekly/bounds.yaml`. An outcome that tells by itself (a login, a moved site) needs none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from statistics import mean
from typing import Any

from pipeline import rules
from pipeline.scrape.ledger import Committee, Ledger, Listing
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PublishedPaper, Severity

SEASON = timedelta(days=90)
BACK, AHEAD = timedelta(days=90), timedelta(days=170)
"""Days before and after that on which a council is asked, whose meetings it is asked for in every round."""
YEAR = timedelta(days=365)
YEARS = 5
ASKED_WELL = ("complete", "partial")
"""Outcomes of a council whose lists were had."""
OUTCOMES: dict[str, tuple[Severity, str]] = {
    "failed": ("fail", "its lists of meetings could not be had"),
    "forbidden": ("fail", "its robots.txt keeps us out"),
    "stopped": ("warn", "time or space was up before it was asked to the end; the next round goes on there"),
    "partial": ("warn", "some of its papers could not be had"),
}


@dataclass
class _Council:
    """What the ledger has of one council, its askings in order of time."""

    askings: list[Asking]
    meetings: list[AnnouncedMeeting]
    papers: list[PublishedPaper]
    committees: list[Committee]
    kind: str | None
    lists_read: bool
    """Whether its lists were read when it was asked last, and not only a short while before."""

    @property
    def last(self) -> Asking:
        return self.askings[-1]

    @property
    def day(self) -> date:
        """The day on which it was last asked."""
        return self.last.asked_at.date()

    def asked_for(self) -> list[AnnouncedMeeting]:
        """The meetings of the days for which it is asked in every round, that it lists now or listed before."""
        return [m for m in self.meetings if self.day - BACK <= m.held_on <= self.day + AHEAD]

    def is_listed(self, meeting: AnnouncedMeeting) -> bool:
        """Whether the meeting was listed when it was asked last."""
        return meeting.last_listed >= self.last.asked_at


def flags(
    ledger: Ledger, askings: Sequence[Asking], meetings: Sequence[AnnouncedMeeting], papers: Sequence[PublishedPaper]
) -> list[CoverageFlag]:
    """What looks wrong, council by council, as of the last time that each was asked."""
    by_council: dict[str, list[Asking]] = defaultdict(list)
    for asking in sorted(askings, key=lambda a: a.asked_at):
        by_council[asking.council_id].append(asking)
    held, published, listed = _grouped(meetings), _grouped(papers), _grouped(ledger.rows(Committee))
    read_at = {listing.council_id: listing.read_at for listing in sorted(ledger.rows(Listing), key=lambda x: x.read_at)}
    newest = max((asking.asked_at for asking in askings), default=datetime.min)
    found: list[CoverageFlag] = []
    for council_id, asked in sorted(by_council.items()):
        council = _Council(
            asked, held[council_id], published[council_id], listed[council_id], kinds().get(council_id),
            read_at.get(council_id, datetime.min) >= asked[-1].asked_at,
        )
        found += [*_of_outcome(council), *_of_silence(council, newest)]
        if council.last.outcome in ASKED_WELL:
            for entry in rules.load("weekly/bounds")["bounds"]:
                found += _held(council, entry)
            found += _of_committees(council)
    return found


@cache
def kinds() -> dict[str, str]:
    """Kind of authority by id, as the rules know it."""
    return {entry["id"]: entry["kind"] for name in ("councils", "councils_extra") for entry in rules.load(name)}


def _grouped(rows: Sequence[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.council_id].append(row)
    return groups


def _flag(council: _Council, severity: Severity, rule: str, reason: str, about: str = "") -> CoverageFlag:
    return CoverageFlag(
        council_id=council.last.council_id, severity=severity, rule=rule, about=about, reason=reason,
        noticed_at=council.last.asked_at,
    )


def _of_outcome(council: _Council) -> Iterator[CoverageFlag]:
    last = council.last
    if last.outcome in OUTCOMES:
        severity, words = OUTCOMES[last.outcome]
        rule = f"asked.{last.kind or last.outcome}"
        yield _flag(council, severity, rule, f"{words}: {last.why}" if last.why else words)


def _of_silence(council: _Council, newest: datetime) -> Iterator[CoverageFlag]:
    """A council that was last heard long ago."""
    heard = [asking.asked_at for asking in council.askings if asking.outcome in ASKED_WELL]
    days = (newest - max(heard, default=council.askings[0].asked_at)).days
    if days >= rules.load("weekly/bounds")["stale_days"]:
        said = f"it has not answered since {max(heard).date()}" if heard else "it has never answered"
        yield _flag(council, "fail", "bounds.stale", f"{said}, {days} days by now")


def _of_committees(council: _Council) -> Iterator[CoverageFlag]:
    """Committees of which nothing is listed any more."""
    if not council.lists_read or council.last.outcome != "complete":
        return
    before = {m.committee for m in council.asked_for()}
    now = {m.committee for m in council.asked_for() if council.is_listed(m)}
    for committee in council.committees:
        gone = committee.last_seen < council.last.asked_at and not committee.ended
        if gone and committee.title in before - now:
            yield _flag(council, "warn", rules.load("weekly/bounds")["committee"]["id"],
                        f"neither {committee.title} nor its meetings are listed any more", committee.title)


def _held(council: _Council, entry: dict[str, Any]) -> Iterator[CoverageFlag]:
    """The flag of one bound, where the council is beyond it."""
    measured = MEASURES[entry["id"]](council)
    limits = {**entry, **entry.get("kinds", {}).get(council.kind, {}),
              **entry.get("councils", {}).get(council.last.council_id, {})}
    if measured is None or measured.history < limits["least_history"]:
        return
    severities: tuple[Severity, ...] = ("fail", "warn")
    for severity in severities:
        below, above = limits.get(f"{severity}s_below"), limits.get(f"{severity}s_above")
        if (below is not None and measured.value < below) or (above is not None and measured.value > above):
            yield _flag(council, severity, entry["id"], measured.told)
            return


@dataclass(frozen=True)
class _Measured:
    """What a bound is held against, how much history stands behind it, and how a person is told."""

    value: float
    history: float
    told: str


def _listed(council: _Council) -> _Measured | None:
    if not council.lists_read or council.last.outcome != "complete":
        return None
    known = [m for m in council.asked_for() if m.first_listed < council.last.asked_at]
    if not known:
        return None
    gone = sum(not council.is_listed(m) for m in known)
    return _Measured(1 - gone / len(known), len(known), f"{gone:,} of {len(known):,} meetings that it listed before, "
                     f"from {BACK.days} days ago to {AHEAD.days} days ahead, are listed no more")


def _many(council: _Council) -> _Measured | None:
    meetings = council.asked_for()
    now = sum(council.is_listed(m) for m in meetings)
    known = sum(m.first_listed < council.last.asked_at for m in meetings)
    if not known:
        return None
    return _Measured(now / known, known, f"it lists {now:,} meetings, from {BACK.days} days ago to {AHEAD.days} days "
                     f"ahead; of these days it had listed {known:,} before")


def _season(council: _Council) -> _Measured | None:
    days = [m.held_on for m in council.meetings if not m.cancelled]
    if not days:
        return None
    counts = []
    for years in range(YEARS + 1):
        until = council.day - years * YEAR
        if min(days) > until - SEASON:
            break
        counts.append(sum(until - SEASON < day <= until for day in days))
    if len(counts) < 2:
        return None
    now, usual = counts[0], mean(counts[1:])
    if not usual:
        return None
    return _Measured(now / usual, usual,
                     f"{now:,} meetings in the last {SEASON.days} days; {usual:,.0f} in those days of other years")


def _minutes(council: _Council) -> _Measured | None:
    due = {m.site_meeting: m for m in council.meetings if m.minutes_expected and m.held_on >= council.day - YEAR}
    if not due:
        return None
    had = {p.site_meeting for p in council.papers if p.site_meeting in due and p.document_id
           and (p.kind == "minutes" or (p.kind == "meeting" and due[p.site_meeting].minutes_published))}
    return _Measured(len(had) / len(due), len(due), f"minutes of {len(had):,} of {len(due):,} meetings of the last "
                     "year are there, whose minutes are due")


def _papers(council: _Council) -> _Measured | None:
    recent = [p for p in council.papers if council.day - YEAR <= p.dated]
    if not recent:
        return None
    had = sum(p.document_id is not None for p in recent)
    return _Measured(had / len(recent), len(recent),
                     f"{had:,} of {len(recent):,} papers that it lists for the last year could be had")


MEASURES: dict[str, Callable[[_Council], _Measured | None]] = {
    "bounds.listed": _listed, "bounds.many": _many, "bounds.season": _season, "bounds.minutes": _minutes,
    "bounds.papers": _papers,
}
