"""ModernGov through its web service, `mgWebService.asmx`: minutes in full, where its pages cut them.

It knows no decisions register: officers' decisions and those of single members are read from the pages, also where
the service answers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.scrape import addresses
from pipeline.scrape.ledger import DocumentKind
from pipeline.scrape.platforms import moderngov_pages as site
from pipeline.scrape.platforms.base import (
    Ask,
    CommitteeSeen,
    Contents,
    Listed,
    MeetingSeen,
    Paper,
    inside,
)
from pipeline.scrape.platforms.pages import british_day
from pipeline.scrape.trouble import Refused

SPACES = re.compile(r"\s+")
TAGS = re.compile(r"<[^>]+>")


class ModernGovService:
    """A ModernGov site whose web service is open."""

    def __init__(self, address: str) -> None:
        self.base = address.rstrip("/")
        self._pages = site.ModernGovPages(address)

    def overview(self, ask: Ask, since: date, until: date) -> Contents:
        """GetCommittees: one list of meetings for each, and the registers of decisions."""
        root = _parse(ask(self._call("GetCommittees", lDummy=0), "xml"), "committees")
        found = Contents()
        for element in _all(root, "committee"):
            if _text(element, "committeedeleted") == "True":
                continue
            number, ended = _text(element, "committeeid"), _text(element, "committeeexpired") == "True"
            found.committees.append(CommitteeSeen(
                number, _text(element, "committeetitle"), _text(element, "committeecategory") or None,
                ended, f"{self.base}/mgCommitteeDetails.aspx?ID={number}",
            ))
            found.listings.append(Listed(f"committee {number}", ended=ended))
        found.listings += site.registers(since, until)
        return found

    def read(self, ask: Ask, listing: Listed, since: date, until: date) -> Contents:
        """GetMeetings of a committee, or what the pages say of a register."""
        if not listing.listing_id.startswith("committee "):
            return self._pages.read(ask, listing, since, until)
        number = listing.listing_id.removeprefix("committee ")
        call = self._call(
            "GetMeetings", lCommitteeId=number, sFromDate=f"{since:%d/%m/%Y}", sToDate=f"{until:%d/%m/%Y}"
        )
        root = _parse(ask(call, "xml"), "getmeetings")
        meetings = [meeting for element in _all(root, "meeting") if (meeting := self._meeting(element, number))]
        return Contents(meetings=meetings)

    def papers_of(self, meeting: MeetingSeen) -> Sequence[Paper]:
        """GetMeeting: the agenda with its minutes."""
        address = self._call("GetMeeting", lMeetingId=meeting.meeting_id)
        return [Paper(
            address, f"Meeting of {meeting.held_on:%d %B %Y}", "meeting", "xml", meeting.held_on, meeting.meeting_id,
            meeting.committee_id,
        )]

    def leads_to(self, paper: Paper, content: bytes) -> Contents:
        """What GetMeeting says of what is published, and its documents; the pages' word for a decision's page."""
        if paper.kind != "meeting":
            return self._pages.leads_to(paper, content)
        root = _parse(content, "meeting")
        assert paper.meeting_id is not None and paper.committee_id is not None
        seen = self._meeting(root, paper.committee_id)
        if seen is None:
            raise Refused("layout", "an answer of the web service without a meeting's date")
        seen = replace(
            seen, meeting_id=paper.meeting_id, agenda=_flag(root, "agendapublished"),
            decisions=_flag(root, "decisionpublished"), minutes=_flag(root, "minutepublished"),
        )
        found = Contents(meetings=[seen])
        if _text(root, "isdisplayallowed") != "False":
            found.papers = [*self._attachments(root, paper), *self._prints(root, seen, paper)]
        return found

    def mark(self, paper: Paper, content: bytes) -> str | None:
        """The service says the same in the same bytes."""
        return None if paper.kind == "meeting" else self._pages.mark(paper, content)

    def _call(self, method: str, **arguments: object) -> str:
        said = "&".join(f"{name}={value}" for name, value in arguments.items())
        address = addresses.clean(f"{self.base}/mgWebService.asmx/{method}?{said}")
        assert address is not None
        return address

    def _meeting(self, element: Element, committee: str) -> MeetingSeen | None:
        day = british_day(_text(element, "meetingdate"))
        number = _text(element, "meetingid")
        if day is None or not number:
            return None
        return MeetingSeen(
            number, committee, day, _text(element, "meetingtime") or None, _text(element, "meetingstatus") or None,
            url=f"{self.base}/ieListDocuments.aspx?CId={committee}&MId={number}&Ver=4",
        )

    def _attachments(self, root: Element, of: Paper) -> Iterator[Paper]:
        for item in _all(root, "agendaitem"):
            if _text(item, "isdisplayallowed") == "False":
                continue
            for linked in _all(item, "linkeddoc"):
                address = self._own(_text(linked, "url"))
                if address and _text(linked, "isrestricted") != "True" and _text(linked, "isurl") != "True":
                    yield Paper(
                        address, _text(linked, "title"), "report", "pdf" if "mgConvert2PDF" in address else "paper",
                        of.day, of.meeting_id, of.committee_id,
                    )

    def _own(self, url: str) -> str | None:
        """A document's address on this site, by whichever of its names the service calls it."""
        path, _, query = url.partition("?")
        if path.lower().endswith("/mgconvert2pdf.aspx"):
            return addresses.clean(f"{self.base}/mgConvert2PDF.aspx?{query}")
        return inside(self.base, self.base + "/", url)

    def _prints(self, root: Element, seen: MeetingSeen, of: Paper) -> Iterator[Paper]:
        """The agenda's and the minutes' prints: the service does not name them, but they are called by number."""
        number = _text(root, "agendaid") or seen.meeting_id
        prints: tuple[tuple[bool | None, int, DocumentKind, str], ...] = (
            (seen.agenda, 0, "agenda", "Agenda"), (seen.minutes, 1, "minutes", "Printed minutes"),
        )
        for published, code, kind, title in prints:
            if published:
                yield Paper(
                    f"{self.base}/mgConvert2PDF.aspx?ID={number}&T={code}", f"{title} {seen.held_on:%d %B %Y}", kind,
                    "pdf", of.day, of.meeting_id, of.committee_id, guessed=True,
                )


def _parse(content: bytes, root_name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("layout", f"its answer cannot be read ({error})") from error
    elements = root.iter() if root is not None else iter(())
    found = next((element for element in elements if _name(element) == root_name), None)
    if found is None:
        raise Refused("layout", f"its answer has no <{root_name}>")
    return found


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _all(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if _name(element) == name]


def _text(element: Element, name: str) -> str:
    """A field on one line; titles come escaped twice."""
    child = next((child for child in element if _name(child) == name), None)
    if child is None:
        return ""
    text = etree.tostring(child, method="text", encoding="unicode", with_tail=False)
    return SPACES.sub(" ", TAGS.sub("", html.unescape(text))).strip()


def _flag(element: Element, name: str) -> bool | None:
    return {"True": True, "False": False}.get(_text(element, name))
