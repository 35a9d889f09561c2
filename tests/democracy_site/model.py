"""What invented councils publish over some years: committees, meetings, papers, decisions."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from democracy_site import papers
from democracy_site.papers import Item

PLACES = (
    "Ashbourne Vale", "Netherfield", "Calderbrook", "Eastmarsh", "Hollinmere", "Kirkmoray", "Stowmere", "Tyneholme",
    "Wexley", "Brackenshire", "Porthwen", "Mereshire", "Thornbeck", "Oxcombe", "Harrowdale", "Lindwater", "Penbury",
    "Rushmoor End", "Saltwick", "Fenbridge",
)
KINDS = ("Borough", "District")
COMMITTEES = ("Cabinet", "Planning Committee", "Health & Care Scrutiny Panel", "Licensing Sub-Committee", "Council")
MIX = (
    "service", "service", "pages", "service", "cmis", "service", "service", "links", "service", "pages",
)
"""How the councils publish, in turn: ModernGov with its web service, ModernGov without, CMIS, a page of links."""


@dataclass
class Paper:
    """A document: `key` is the number in its address, `name` what makes its bytes its own."""

    key: int
    title: str
    name: str
    edition: int = 1
    withdrawn: bool = False
    restricted: bool = False

    @property
    def content(self) -> bytes:
        """Its bytes now."""
        return papers.pdf(self.name, self.edition)


@dataclass
class Meeting:
    """A meeting: `agenda_id` is another number than its own, as with some sites."""

    key: int
    committee: Committee
    day: date
    time: str
    items: list[Item]
    status: str = "Confirmed"
    attachments: dict[int, list[Paper]] = field(default_factory=dict)
    """By the place of the item."""
    agenda: Paper | None = None
    minutes: Paper | None = None
    pack: Paper | None = None
    hidden_item: int | None = None
    """The place of an item that the public may not see."""
    cut_item: int | None = None
    """The place of an item whose minutes the meeting's page cuts off."""

    @property
    def agenda_id(self) -> int:
        """The number under which its prints are kept."""
        return self.key + 9

    def visible(self) -> Iterator[Paper]:
        """The attachments that anybody may see."""
        for place, attached in self.attachments.items():
            if place != self.hidden_item:
                yield from (paper for paper in attached if not paper.restricted)


@dataclass
class Committee:
    """A committee."""

    key: int
    title: str
    meetings: list[Meeting] = field(default_factory=list)
    vanished: bool = False
    ended: bool = False


@dataclass
class Decision:
    """A decision of an officer or a member."""

    key: int
    title: str
    day: date
    officer: bool
    paper: Paper | None = None


@dataclass
class Council:
    """A council and its site."""

    number: int
    name: str
    way: str
    host: str
    committees: list[Committee] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    robots: str = ""
    has_prints: bool = True
    """Whether the web service's numbers lead to prints of agendas and minutes, or to a page that says sorry."""
    mood: str = "well"
    """well, walled (its pages are behind a wall), moved, empty, login, relaid (another layout)."""

    @property
    def council_id(self) -> str:
        """Its id."""
        return f"x-stand-in-{self.number:02d}"

    @property
    def base(self) -> str:
        """The address that its line of data has."""
        return f"http://{self.host}" + {"cmis": f"/{self.folder}", "links": "/meetings/papers.html"}.get(self.way, "")

    @property
    def folder(self) -> str:
        """The name of its folder, for CMIS."""
        return self.host.split(".")[1].replace("-", "")

    def meetings(self) -> list[Meeting]:
        """All meetings of committees that are listed."""
        return [meeting for committee in self.committees if not committee.vanished for meeting in committee.meetings]

    def line(self) -> dict[str, object]:
        """Its line of data."""
        platform = {"service": "moderngov", "pages": "moderngov"}.get(self.way, self.way)
        return {"id": self.council_id, "name": self.name, "platform": platform, "papers_url": self.base}

    def published(self) -> dict[str, Paper]:
        """Every PDF that a visitor can come to, by its name."""
        found: list[Paper] = []
        for meeting in self.meetings():
            found += meeting.visible()
            if self.has_prints:
                found += [paper for paper in (meeting.agenda, meeting.minutes) if paper]
            if self.way != "service" and meeting.pack:  # the web service does not tell of packs
                found.append(meeting.pack)
        if self.way in ("service", "pages") and self.mood != "walled":
            found += [decision.paper for decision in self.decisions if decision.paper]
        return {paper.name: paper for paper in found if not paper.withdrawn}

    def hashes(self) -> set[str]:
        """The SHA-256 of every PDF that a visitor can come to."""
        return {hashlib.sha256(paper.content).hexdigest() for paper in self.published().values()}


def councils(number: int, years: int, today: date, *, a_year: int = 6, committees: int = 4) -> list[Council]:
    """So many councils, with what they have published in so many years up to `today`, and announced beyond."""
    return [_council(i, years, today, a_year, committees) for i in range(number)]


def _council(number: int, years: int, today: date, a_year: int, committees: int) -> Council:
    rng = random.Random(number)
    name = f"{PLACES[number % len(PLACES)]} {KINDS[number // len(PLACES) % 2]}"
    slug = name.lower().replace(" ", "-")
    way = MIX[number % len(MIX)]
    council = Council(number, name, way, f"{'cmis' if way == 'cmis' else 'democracy'}.{slug}.example")
    keys = iter(range(1000 + 7 * number, 10**9))
    for title in COMMITTEES[:committees]:
        committee = Committee(next(keys), title)
        council.committees.append(committee)
        step = timedelta(days=365 // a_year)
        day = today + timedelta(days=40 + rng.randrange(20))
        while day > today - timedelta(days=365 * years):
            committee.meetings.append(_meeting(council, committee, day, today, keys, rng))
            day -= step + timedelta(days=rng.randrange(-5, 6))
    if way in ("service", "pages"):
        for i in range(8 * years):
            day = today - timedelta(days=5 + 365 * years * i // (8 * years + 1))
            key = next(keys)
            paper = Paper(next(keys), "Background report", f"{council.host} decision {key}") if i % 3 == 0 else None
            by_officer = i % 2 == 0 and number % 4 != 3  # some publish no decisions of officers
            council.decisions.append(Decision(key, f"Award of contract {key}", day, by_officer, paper))
    return council


def _meeting(
    council: Council, committee: Committee, day: date, today: date, keys: Iterator[int], rng: random.Random
) -> Meeting:
    items = papers.meetings()[rng.randrange(len(papers.meetings()))]
    meeting = Meeting(next(keys), committee, day, "7.30 pm", items)
    name = f"{council.host} {meeting.key}"
    if rng.random() < 0.05:
        meeting.status = "Cancelled"
        return meeting
    if day > today + timedelta(days=14):
        return meeting
    for place in sorted(rng.sample(range(len(items)), min(2, len(items)))):
        meeting.attachments[place] = [Paper(next(keys), f"Report on item {place + 1}", f"{name} report {place}")]
    meeting.agenda = Paper(next(keys), "Agenda frontsheet", f"{name} agenda")
    if day < today - timedelta(days=20):
        meeting.minutes = Paper(next(keys), "Printed minutes", f"{name} minutes")
        meeting.cut_item = len(items) - 1
    if rng.random() < 0.2:
        meeting.pack = Paper(next(keys), "Agenda reports pack", f"{name} pack")
    if rng.random() < 0.1:
        first = next(iter(meeting.attachments))
        meeting.hidden_item = first
    return meeting
