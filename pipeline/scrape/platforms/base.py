"""What a platform has to tell: where its lists are, what stands in them, and to what papers a page leads.

A platform holds no state and fetches nothing by itself: it asks for pages with what it is given, so that robots, pace,
retries and the ledger are the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from pipeline.scrape import addresses
from pipeline.scrape.content import Promise
from pipeline.scrape.ledger import DocumentKind
from pipeline.scrape.trouble import Trouble

CANCELLED = re.compile(r"\b(?:cancell?ed|postponed|withdrawn|abandoned|not held|canslwyd|gohiri)", re.IGNORECASE)
MOST_PAGES = 400
"""Pages of one list beyond which its links are taken to run in a circle."""
TITLES: tuple[tuple[DocumentKind, str], ...] = (
    ("minutes", r"\bminutes?\b(?! of (?:the )?(?:previous|last|meeting))|\bcofnodion\b"),
    ("pack", r"\b(?:reports? pack|agenda pack|public pack|agenda (?:and|with) reports|full agenda)\b"),
    ("supplement", r"\b(?:supplement|supplementary|late (?:material|papers?|items?)|tabled|addendum|to follow)\b"),
    ("decisions", r"\b(?:decisions?|decision sheet|record of decisions|penderfyniad)\b"),
    ("agenda", r"\b(?:agenda|summons|notice of meeting|rhaglen)\b"),
)
KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in TITLES)


class Ask(Protocol):
    """Gives the content of a page. Raises Trouble, Stopped."""

    def __call__(self, address: str, promise: Promise = "page") -> bytes: ...


@dataclass(frozen=True)
class Listed:
    """A list that the site keeps: a committee's meetings, a month of its calendar, a quarter of its decisions."""

    listing_id: str
    last: date | None = None
    """The last day of which it tells; None where it goes on and on."""
    ended: bool = False
    """Whether the site says that nothing is added to it any more."""
    optional: bool = False
    """Whether sites do without it: that it is not there is then no failure."""


@dataclass(frozen=True)
class CommitteeSeen:
    """A committee, with the site's own id."""

    committee_id: str
    title: str
    category: str | None = None
    ended: bool = False
    url: str | None = None


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting as a list or its own page announces it. None: not said there."""

    meeting_id: str
    committee_id: str
    held_on: date
    starts_at: str | None = None
    status: str | None = None
    agenda: bool | None = None
    decisions: bool | None = None
    minutes: bool | None = None
    url: str | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it says that it is not to be held."""
        return bool(self.status and CANCELLED.search(self.status))


@dataclass(frozen=True)
class Paper:
    """A document to fetch."""

    address: str
    title: str
    kind: DocumentKind
    promise: Promise
    day: date | None = None
    """The day that it is about: old papers change less than new ones."""
    meeting_id: str | None = None
    committee_id: str | None = None
    guessed: bool = False
    """Whether no page links to it: that it is not there is then no failure."""


@dataclass
class Contents:
    """What stands in a list or on a page."""

    committees: list[CommitteeSeen] = field(default_factory=list)
    listings: list[Listed] = field(default_factory=list)
    meetings: list[MeetingSeen] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    cut: Trouble | None = None
    """Why the rest of it could not be had; None where this is all of it."""


class Platform(Protocol):
    """A kind of site. Its methods raise Refused("layout", ...) where a page is not what it should be."""

    def overview(self, ask: Ask, since: date, until: date) -> Contents:
        """The site's committees, and the lists in which meetings from `since` to `until` stand."""
        ...

    def read(self, ask: Ask, listing: Listed, since: date, until: date) -> Contents:
        """What stands in one of those lists, all its pages; as far as it could be had, where `cut` says so."""
        ...

    def papers_of(self, meeting: MeetingSeen) -> Sequence[Paper]:
        """The papers of a meeting whose addresses follow from its id."""
        ...

    def leads_to(self, paper: Paper, content: bytes) -> Contents:
        """What a page that was fetched says besides, and to what it leads. Asks for nothing."""
        ...

    def mark(self, paper: Paper, content: bytes) -> str | None:
        """What is the same while a page says the same; None where its bytes are that."""
        ...


def kind_of(title: str, otherwise: DocumentKind = "other") -> DocumentKind:
    """What a document is by its title."""
    return next((kind for kind, words in KINDS if words.search(title)), otherwise)


def promise_of(address: str) -> Promise:
    """What the address of a document promises by its ending."""
    path = address.partition("?")[0].lower()
    if path.endswith(".pdf"):
        return "pdf"
    return "page" if path.endswith((".htm", ".html")) else "paper"


def months(first: date, last: date, step: int = 1) -> Iterator[tuple[date, date]]:
    """The periods of `step` months in which the days from `first` to `last` lie: their first and last days."""
    month = first.year * 12 + (first.month - 1) // step * step
    while True:
        start = date(month // 12, month % 12 + 1, 1)
        if start > last:
            return
        month += step
        yield start, date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


def inside(site: str, page: str, link: str) -> str | None:
    """The address of a link, where it stays on the host of `site`."""
    address = addresses.join(page, link)
    return address if address and addresses.same_site(site, address) else None
