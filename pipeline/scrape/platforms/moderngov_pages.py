"""ModernGov through its pages, where the web service is switched off. What they say stands in `div#modgov`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml.html import HtmlElement

from pipeline.scrape.addresses import join, parameter
from pipeline.scrape.content import Promise
from pipeline.scrape.ledger import DocumentKind
from pipeline.scrape.platforms.base import (
    MOST_PAGES,
    Ask,
    CommitteeSeen,
    Contents,
    Listed,
    MeetingSeen,
    Paper,
    inside,
    kind_of,
    months,
    promise_of,
)
from pipeline.scrape.platforms.pages import day_in, find, links, mark_of, parse, words
from pipeline.scrape.trouble import Refused

BY_PRINT: dict[str, DocumentKind] = {"0": "agenda", "1": "minutes", "2": "decisions", "9": "supplement", "10": "pack"}
"""What the parameter T of a printed paper says."""
TRAIL = re.compile(
    r"(?:\s*,\s*item\s+\w[\w.]*)?(?:\s*\b(?:PDF|DOCX?|XLSX?)\s+[\d.,]+\s*[KM]B)?\s*$", re.IGNORECASE
)
"""What a link says behind a document's title."""
FILES = re.compile(r"(?:^|/)(?:documents/[a-z]\d+/|data/.+\.\w+$|mgConvert2PDF\.aspx)", re.IGNORECASE)
TIME = re.compile(r"\b\d{1,2}[.:]\d{2}\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
DECISIONS = (
    "mgDelegatedDecisions.aspx?XXR=0&DR={first}-{last}&ACT=Find&RP=0&K=0&V=0&DM=0&HD=0&DS=2&Next=true"
    "&META=mgdelegateddecisions"
)
OFFICERS = (
    "mgListOfficerDecisions.aspx?XXR=0&FULL=1&BAM=1&DR={first}-{last}&ACT=Find&K=0&DM=0&DEP=0&PH=0&LO=0&C3=0"
    "&Next=true"
)
REGISTERS = {"decisions": DECISIONS, "officer decisions": OFFICERS}


def registers(since: date, until: date) -> Iterator[Listed]:
    """The registers of decisions, by quarters."""
    for name in REGISTERS:
        for first, last in months(since, until, step=3):
            yield Listed(f"{name} {first:%Y-%m}", last, optional=True)


class ModernGovPages:
    """A ModernGov site, by its pages."""

    def __init__(self, address: str) -> None:
        self.base = address.rstrip("/")

    def overview(self, ask: Ask, since: date, until: date) -> Contents:
        """mgListCommittees: one list of meetings for each, and the registers of decisions."""
        page = f"{self.base}/mgListCommittees.aspx"
        committees: dict[str, CommitteeSeen] = {}
        for _, href, text in links(_content(ask(page))):
            number = parameter(join(page, href) or "", "ID")
            if number and text and "mgcommitteedetails.aspx" in href.lower() and "info=1" not in href.lower():
                address = f"{self.base}/mgCommitteeDetails.aspx?ID={number}"
                committees.setdefault(number, CommitteeSeen(number, text, url=address))
        listings = [Listed(f"committee {number}") for number in committees]
        return Contents(list(committees.values()), [*listings, *registers(since, until)])

    def read(self, ask: Ask, listing: Listed, since: date, until: date) -> Contents:
        """The meetings of a committee, or the decisions of a quarter."""
        name, _, which = listing.listing_id.rpartition(" ")
        if name == "committee":
            return Contents(meetings=list(self._meetings(ask, which, since, until)))
        assert listing.last is not None
        first = date.fromisoformat(which + "-01")
        period = {"first": f"{first:%d%%2f%m%%2f%Y}", "last": f"{listing.last:%d%%2f%m%%2f%Y}"}
        page = f"{self.base}/{REGISTERS[name].format(**period)}"
        return Contents(papers=list(self._decisions(page, _content(ask(page)))))

    def _meetings(self, ask: Ask, committee: str, since: date, until: date) -> Iterator[MeetingSeen]:
        """All pages of the list, 15 meetings to each, in both directions from the one that it shows first."""
        waiting = [f"{self.base}/ieListMeetings.aspx?CommitteeId={committee}"]
        asked: set[str] = set()
        seen: set[str] = set()
        while waiting:
            page = waiting.pop()
            if page in asked:
                continue
            asked.add(page)
            if len(asked) > MOST_PAGES:
                raise Refused("layout", f"its list of meetings goes on beyond {MOST_PAGES} pages")
            root = _content(ask(page))
            here = list(self._rows(root, page, committee))
            fresh = [meeting for meeting in here if meeting.meeting_id not in seen]
            seen.update(meeting.meeting_id for meeting in here)
            yield from (meeting for meeting in fresh if since <= meeting.held_on <= until)
            days = [meeting.held_on for meeting in here]
            for direction, wanted in (
                ("earlier", bool(fresh) and min(days) >= since), ("later", bool(fresh) and max(days) <= until)
            ):
                waiting += [target for target in _neighbours(root, page, direction) if wanted]

    def _rows(self, root: HtmlElement, page: str, committee: str) -> Iterator[MeetingSeen]:
        for anchor, href, text in links(root):
            address = join(page, href)
            number = parameter(address, "MId", "MeetingId", "MID") if address else None
            day = day_in(text)
            if address is None or number is None or day is None or "ielistdocuments" not in address.lower():
                continue
            row = anchor.getparent()
            tail = words(row).removeprefix(text) if row is not None else ""
            time = TIME.search(text)
            yield MeetingSeen(
                number, committee, day, time[0] if time else None, tail.strip(" -") or None,
                "agenda" in tail.lower(), "decision" in tail.lower(), "minutes" in tail.lower(),
                f"{self.base}/ieListDocuments.aspx?CId={committee}&MId={number}&Ver=4",
            )

    def _decisions(self, page: str, root: HtmlElement) -> Iterator[Paper]:
        for row in find(root, ".//tr"):
            for _, href, text in links(row):
                address = inside(self.base, page, href)
                number = parameter(address, "ID") if address else None
                if number and "iedecisiondetails.aspx" in href.lower():
                    title = re.sub(r"\s*ref: \d+$", "", text)
                    days = [day for cell in find(row, "./td")[1:] if (day := day_in(words(cell)))]
                    address = f"{self.base}/ieDecisionDetails.aspx?ID={number}"
                    yield Paper(address, title, "decision", "page", days[0] if days else None)

    def papers_of(self, meeting: MeetingSeen) -> Sequence[Paper]:
        """The meeting's page."""
        assert meeting.url is not None
        return [Paper(
            meeting.url, f"Meeting of {meeting.held_on:%d %B %Y}", "meeting", "page", meeting.held_on,
            meeting.meeting_id, meeting.committee_id,
        )]

    def leads_to(self, paper: Paper, content: bytes) -> Contents:
        """The documents of a meeting or of a decision, and the items and decisions that have a page of their own."""
        root = _content(content)
        found: dict[str, Paper] = {}
        for anchor, href, text in links(root):
            address = inside(self.base, paper.address, href)
            if address is None:
                continue
            if FILES.search(address.partition("?")[0]):
                title = TRAIL.sub("", text) or anchor.get("title") or address
                found.setdefault(address, Paper(
                    address, title, self._kind(address, title), _promise(address), paper.day, paper.meeting_id,
                    paper.committee_id,
                ))
            elif paper.kind == "meeting" and (page := self._page_of(address, text)):
                found.setdefault(page[0], Paper(
                    page[0], text, page[1], "page", paper.day, paper.meeting_id, paper.committee_id
                ))
        return Contents(papers=list(found.values()))

    def _page_of(self, address: str, text: str) -> tuple[str, DocumentKind] | None:
        """An item's page, which has the words that the meeting's page cuts off, or a decision's."""
        path = address.partition("?")[0].lower()
        if path.endswith("/mgai.aspx") and (number := parameter(address, "ID")):
            return f"{self.base}/mgAi.aspx?ID={number}", "item"
        if path.endswith("/iedecisiondetails.aspx"):
            if number := parameter(address, "ID"):
                return f"{self.base}/ieDecisionDetails.aspx?ID={number}", "decision"
            if number := parameter(address, "AIId"):
                return f"{self.base}/ieDecisionDetails.aspx?AIId={number}", "decision"
        return None

    def _kind(self, address: str, title: str) -> DocumentKind:
        if kind := BY_PRINT.get(parameter(address, "T") or ""):
            return kind
        return "report" if re.search(r"/documents/s\d", address, re.IGNORECASE) else kind_of(title, "report")

    def mark(self, paper: Paper, content: bytes) -> str | None:
        """What its content says, without what surrounds it."""
        return mark_of(_content(content))


def _promise(address: str) -> Promise:
    return "pdf" if "mgconvert2pdf" in address.lower() else promise_of(address)


def _neighbours(root: HtmlElement, page: str, direction: str) -> list[str]:
    found = (join(page, href) for _, href, _ in links(root))
    return [address for address in found if address and parameter(address, "Act") == direction]


def _content(page: bytes) -> HtmlElement:
    """What a page says. Raises Refused where it is not a page of ModernGov's."""
    found = find(parse(page), "//div[@id='modgov']")
    if not found:
        raise Refused("layout", "its page is not laid out as ModernGov's are (no div#modgov)")
    return found[0]


__all__ = ["ModernGovPages", "registers"]
