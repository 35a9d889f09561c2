"""What came back: the later item of business that brought what a decision had asked for.

A limb that asks for a report, or puts a matter off, is linked to an item of a later meeting of the same body: one that
names the day of the earlier meeting, one with the same title, or one whose title is what the report was to be about.
An item that stands on every agenda (`Finance`) came back on the day that was named, or not to anybody's knowledge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from pipeline.records import LinkBasis, Return, identify
from pipeline.wording import stems

EARLY, LATE = timedelta(days=45), timedelta(days=400)
"""So long before the day that was set, and after it, something may come back."""
STANDING = 4
"""An item whose title is on so many meetings of a body, not long before or after, stands on its agenda."""
SUBJECT = re.compile(
    r"\b(?:report|update|plan|paper|briefing|review|evaluation|assessment|case|proposals?|details)\b(?:\s+back)?\s+"
    r"(?:on|about|into|concerning|regarding|of|for|with)\s+(?P<subject>.{6,160})", re.IGNORECASE | re.DOTALL
)
"""What a report that is asked for is to be about."""
SUBJECT_ENDS = re.compile(
    r"\b(?:be|is|are|to (?:the|this|a|cabinet|council|committee|its|our|be)|at (?:the|its|a)|by|in|within|after|before"
    r"|no later)\b|[.;]", re.IGNORECASE
)
ENOUGH = 0.75
"""Share of the subject's words that the title of the later item must have."""


@dataclass(frozen=True)
class Limb:
    """A limb that asks for something."""

    resolution_id: str
    position: int
    text: str
    due_on: date | None
    council_id: str
    body: str
    held_on: date
    title: str | None

    @cached_property
    def subject(self) -> frozenset[str]:
        """What is to come back, by its own words."""
        found = SUBJECT.search(self.text)
        return frozenset(stems(SUBJECT_ENDS.split(found["subject"])[0])) if found else frozenset()

    @cached_property
    def matter(self) -> frozenset[str]:
        """The words of its item's title."""
        return matter(self.title or "")

    @property
    def may_end(self) -> tuple[date, date]:
        """The first and the last day on which what it asks for may come back."""
        due = self.due_on or self.held_on
        return max(self.held_on + timedelta(days=1), due - EARLY), due + LATE


@dataclass(frozen=True)
class Later:
    """An item of business of a meeting."""

    item_id: str
    document_id: str
    document_kind: str
    council_id: str
    body: str
    held_on: date
    title: str
    days: list[str]
    """What its text says that may be the day of a meeting, with the sign before it and the one behind."""

    @cached_property
    def matter(self) -> frozenset[str]:
        """The words of its title."""
        return matter(self.title)


class Agendas:
    """The items of all meetings of one body, by day."""

    def __init__(self, items: Iterable[Later]) -> None:
        self._items = sorted(items, key=lambda item: item.held_on)
        self._held_on = [item.held_on for item in self._items]
        self._days: dict[frozenset[str], list[date]] = defaultdict(list)
        for item in self._items:
            days = self._days[item.matter]
            if not days or days[-1] != item.held_on:
                days.append(item.held_on)

    def between(self, first: date, last: date) -> Iterator[Later]:
        """The items of the meetings from the one day to the other."""
        for at in range(bisect_left(self._held_on, first), bisect_right(self._held_on, last)):
            yield self._items[at]

    def standing(self, title: frozenset[str], about: date) -> bool:
        """Whether a title stands on the body's agendas about that time."""
        days = self._days[title]
        return bisect_right(days, about + LATE) - bisect_left(days, about - LATE) >= STANDING


Found = tuple[LinkBasis, str, float]
"""Basis, rule and confidence."""


@lru_cache(maxsize=10_000)
def matter(title: str) -> frozenset[str]:
    """What a title is about, by its words: most stand on many agendas."""
    return frozenset(stems(title))


def returns(limb_rows: Iterable[Mapping[str, Any]], item_rows: Iterable[Mapping[str, Any]]) -> list[Return]:
    """What came back of all that the limbs ask for, among the items; rows are the fields of Limb and Later by name."""
    items: dict[tuple[str, str], list[Later]] = defaultdict(list)
    for row in item_rows:
        item = Later(**row)
        items[(item.council_id, item.body.lower())].append(item)
    agendas = defaultdict(lambda: Agendas(()), {body: Agendas(held) for body, held in items.items()})
    limbs = (Limb(**row) for row in limb_rows)
    found = (_returned(limb, agendas[limb.council_id, limb.body.lower()]) for limb in limbs)
    return [one for one in found if one is not None]


def _returned(limb: Limb, agendas: Agendas) -> Return | None:
    """The item that brought it back: the surest, of equals the first."""
    best: tuple[float, int, str] | None = None
    kept: tuple[Later, Found] | None = None
    for item in agendas.between(*limb.may_end):
        found = _fits(limb, item, agendas) if item.matter else None
        if found is None:
            continue
        rank = (-found[2], item.held_on.toordinal(), f"{item.document_kind != 'minutes'} {item.item_id}")
        if best is None or rank < best:
            best, kept = rank, (item, found)
    if kept is None:
        return None
    item, (basis, rule, confidence) = kept
    return Return(
        return_id=identify("return", limb.resolution_id, limb.position, item.item_id),
        resolution_id=limb.resolution_id, position=limb.position, item_id=item.item_id, basis=basis, rule=rule,
        confidence=confidence,
    )


def _fits(limb: Limb, item: Later, agendas: Agendas) -> Found | None:
    """Why the item is what was asked for; None where it is not."""
    same = bool(limb.matter) and limb.matter == item.matter
    about = _about(limb.subject, item.matter)
    if not same and not about and not (limb.matter & item.matter and limb.subject & item.matter):
        return None
    if any(_names(text, limb.held_on) for text in item.days):
        return "stated", "return.names_the_meeting", 0.95
    if agendas.standing(item.matter, limb.held_on):
        return ("inferred", "return.standing_item", 0.6) if item.held_on == limb.due_on else None
    if same:
        soon = limb.due_on is None or item.held_on <= limb.due_on + EARLY
        return "inferred", "return.same_title", 0.9 if soon else 0.8
    return ("inferred", "return.subject", 0.75) if about else None


def _about(subject: frozenset[str], title: frozenset[str]) -> bool:
    """Whether a title is what a report was to be about."""
    common = len(subject & title)
    return common >= 2 and common >= ENOUGH * min(len(subject), len(title))


def _names(text: str, day: date) -> bool:
    """Whether a text names that day in words: 12 March 2024, 12th March, 2024."""
    return re.search(rf"\b{day.day}(?:st|nd|rd|th)?\s+(?:of\s+)?{day:%B},?\s+{day.year}\b", text) is not None

