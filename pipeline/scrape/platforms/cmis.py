"""CMIS: a calendar month by month, a page for each meeting, documents behind tokens that nobody can guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml.html import HtmlElement

from pipeline.scrape.platforms.base import (
    Ask,
    CommitteeSeen,
    Contents,
    Listed,
    MeetingSeen,
    Paper,
    inside,
    kind_of,
    months,
)
from pipeline.scrape.platforms.pages import MONTHS, day_in, find, links, mark_of, parse, with_class, words
from pipeline.scrape.trouble import Gone, Refused

ENTRIES = ("Meetings.aspx", "MeetingsCalendar.aspx", "CalendarofMeetings.aspx")
MODULE = re.compile(r"dnn[$_]ctr(\d+)[$_]MeetingCalendar|MeetingCalendarPublic(?:NoJava)?/mid/(\d+)", re.IGNORECASE)
TAB = re.compile(r"/([^/]+)/tabid/(\d+)/", re.IGNORECASE)
MEETING = re.compile(r"/Meeting/(\d+)/Committee/(\d+)", re.IGNORECASE)
CALENDAR_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2})[a-z]*")
TIMED = re.compile(r"^(\d{1,2}[:.]\d{2})\s+")


class Cmis:
    """A CMIS site. `address` is the folder in which its Meetings.aspx stands."""

    def __init__(self, address: str) -> None:
        self.base = address.rstrip("/")

    def overview(self, ask: Ask, since: date, until: date) -> Contents:
        """One list for each month; CMIS names a committee only with its meetings."""
        calendar = self._calendar(ask)
        return Contents(listings=[
            Listed(f"{calendar}/Date/{first:%Y-%m-%d}/Default.aspx", last) for first, last in months(since, until)
        ])

    def _calendar(self, ask: Ask) -> str:
        """The calendar's address, up to the month: its page tells the number of its module and of its tab."""
        for entry in ENTRIES:
            try:
                page = ask(f"{self.base}/{entry}")
            except Gone:
                continue
            text = page.decode("utf-8", "replace")
            module, tab = MODULE.search(text), TAB.search(text)
            if module and tab:
                number = module[1] or module[2]
                return f"{self.base}/{tab[1]}/tabid/{tab[2]}/ctl/MeetingCalendarPublicNoJava/mid/{number}"
        raise Refused("layout", f"none of {', '.join(ENTRIES)} is a calendar of CMIS's")

    def read(self, ask: Ask, listing: Listed, since: date, until: date) -> Contents:
        """The meetings of a month."""
        assert listing.last is not None
        root = parse(ask(listing.listing_id))
        if not find(root, f"//td[{with_class('SimpleCalendarDate')}]"):
            raise Refused("layout", "its calendar is not laid out as CMIS's is (no td.SimpleCalendarDate)")
        found = Contents()
        for row in find(root, f"//tr[td[{with_class('SimpleCalendarDate')}]]"):
            day = _day_of(words(find(row, f"./td[{with_class('SimpleCalendarDate')}]")[0]), listing.last)
            for meeting, committee in self._meetings(row, listing.listing_id, day):
                if since <= meeting.held_on <= until:
                    found.meetings.append(meeting)
                    if committee not in found.committees:
                        found.committees.append(committee)
        return found

    def _meetings(self, row: HtmlElement, page: str, day: date | None) -> Iterator[tuple[MeetingSeen, CommitteeSeen]]:
        for _, href, text in links(row):
            address = inside(self.base, page, href)
            numbers = MEETING.search(address) if address else None
            if address is None or numbers is None or day is None:
                continue
            time = TIMED.match(text)
            title = TIMED.sub("", text)
            name = re.sub(r"\s*[-(]*\s*(?:cancelled|postponed)\)?\s*$", "", title, flags=re.IGNORECASE)
            status = title.removeprefix(name).strip(" -()") or None
            yield (
                MeetingSeen(numbers[1], numbers[2], day, time[1] if time else None, status, url=address),
                CommitteeSeen(numbers[2], name),
            )

    def papers_of(self, meeting: MeetingSeen) -> Sequence[Paper]:
        """The meeting's page, at its tab of documents."""
        assert meeting.url is not None
        address = meeting.url
        if "/SelectedTab/" not in address:
            address = re.sub(r"/Default\.aspx$", "/SelectedTab/Documents/Default.aspx", address, flags=re.IGNORECASE)
        return [Paper(
            address, f"Meeting of {meeting.held_on:%d %B %Y}", "meeting", "page", meeting.held_on, meeting.meeting_id,
            meeting.committee_id,
        )]

    def leads_to(self, paper: Paper, content: bytes) -> Contents:
        """The meeting's documents, each once: an item and the list above it may show the same."""
        root = _pane(parse(content))
        found: dict[str, Paper] = {}
        for item in find(root, f".//li[{with_class('DocumentListItem')}]"):
            for _, href, text in links(item):
                address = inside(self.base, paper.address, href)
                if address and "document.ashx" in address.lower():
                    found.setdefault(address, Paper(
                        address, text, kind_of(text, "report"), "paper", paper.day, paper.meeting_id,
                        paper.committee_id,
                    ))
        contents = Contents(papers=list(found.values()))
        if paper.kind == "meeting" and (status := _value(root, "Status")):
            assert paper.meeting_id is not None and paper.committee_id is not None and paper.day is not None
            kinds = {document.kind for document in contents.papers}
            contents.meetings.append(MeetingSeen(
                paper.meeting_id, paper.committee_id, paper.day, None, status, bool(kinds & {"agenda", "pack"}),
                "decisions" in kinds, "minutes" in kinds, paper.address,
            ))
        return contents

    def mark(self, paper: Paper, content: bytes) -> str | None:
        """What its middle says; around it stand numbers that differ at each visit."""
        return mark_of(_pane(parse(content)))


def _pane(root: HtmlElement) -> HtmlElement:
    """The part of a page that is the meeting's. Raises Refused where there is none."""
    for condition in ("@id='dnn_ContentPane'", with_class("ModCMISMeetingsC")):
        if found := find(root, f"//*[{condition}]"):
            return found[0]
    raise Refused("layout", "its page is not laid out as CMIS's are (no #dnn_ContentPane)")


def _day_of(text: str, last: date) -> date | None:
    """The day of a calendar's row, "Monday, 8 June", whose year only the address tells."""
    if (day := day_in(text)) is not None:
        return day
    match = CALENDAR_DAY.search(text)
    if match is None or match[2].lower() not in MONTHS:
        return None
    try:
        return date(last.year, MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None


def _value(root: HtmlElement, label: str) -> str | None:
    """What stands beside a label; the classes of the values lie."""
    for holder in find(root, f".//div[{with_class('holder')}]"):
        labels = find(holder, f"./div[{with_class('DNNLabel')}]")
        values = find(holder, f"./div[{with_class('Value')}]")
        if labels and values and words(labels[0]).rstrip(": ").lower() == label.lower():
            return words(values[0]) or None
    return None
