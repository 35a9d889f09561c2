"""A site of its own that lists its papers as plain links: one page, and those that its "next" leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from lxml.html import HtmlElement

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
    promise_of,
)
from pipeline.scrape.platforms.pages import day_in, links, mark_of, parse, words
from pipeline.scrape.trouble import Gone, Passing, Refused

FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt)$", re.IGNORECASE)
NEXT = re.compile(r"^(?:next|older|earlier)\b|^[›»>]+$", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary")
FURNITURE = ("nav", "footer", "header")


class Links:
    """A page of links to documents; the heading above them names the committee."""

    def __init__(self, address: str) -> None:
        self.base = address

    def overview(self, ask: Ask, since: date, until: date) -> Contents:
        """One list, the page itself."""
        return Contents(listings=[Listed("page")])

    def read(self, ask: Ask, listing: Listed, since: date, until: date) -> Contents:
        """Every document of every page, and the meetings that their titles tell of."""
        found = Contents()
        page: str | None = self.base
        asked: list[str] = []
        while page is not None and page not in asked:
            asked.append(page)
            try:
                page = self._page(found, page, ask, since, until)
            except (Gone, Passing, Refused) as error:
                if page == self.base:
                    raise
                found.cut = error  # what the pages before it said is kept
                return found
            if len(asked) > MOST_PAGES:
                raise Refused("layout", f"its list goes on beyond {MOST_PAGES} pages")
        return found

    def _page(self, found: Contents, page: str, ask: Ask, since: date, until: date) -> str | None:
        """Add what one page has; the page to which it leads on.

        A page that leads neither to a document nor on is an excuse sent with a good status, not the list's end.
        """
        root = parse(ask(page))
        papers, onward = list(self._papers(root, page)), self._next(root, page)
        if not papers and onward is None:
            raise Refused("empty", f"its page {page} leads to no document")
        for paper, heading in papers:
            if paper.day is None or since <= paper.day <= until:
                _add(found, paper, heading)
        return onward

    def _papers(self, root: HtmlElement, page: str) -> Iterator[tuple[Paper, str]]:
        heading = ""
        for element in root.iter():
            if element.tag in HEADINGS:
                heading = words(element)
            elif element.tag == "a" and not any(above.tag in FURNITURE for above in element.iterancestors()):
                address = inside(self.base, page, element.get("href") or "")
                if address and FILE.search(address.partition("?")[0]):
                    text = words(element)
                    day = day_in(text) or day_in(address.rpartition("/")[2].replace("_", "-")) or day_in(heading)
                    kind = kind_of(text) if kind_of(text) != "other" else kind_of(heading)
                    yield Paper(address, text or address.rpartition("/")[2], kind, promise_of(address), day), heading

    def _next(self, root: HtmlElement, page: str) -> str | None:
        for anchor, href, text in links(root):
            if (anchor.get("rel") or "").lower() == "next" or NEXT.match(text):
                return inside(self.base, page, href)
        return None

    def papers_of(self, meeting: MeetingSeen) -> Sequence[Paper]:
        """None: the page itself has them all."""
        return []

    def leads_to(self, paper: Paper, content: bytes) -> Contents:
        """Nothing: documents lead nowhere."""
        return Contents()

    def mark(self, paper: Paper, content: bytes) -> str | None:
        """What a page says."""
        return mark_of(parse(content))


def _add(found: Contents, paper: Paper, heading: str) -> None:
    """A paper, with the meeting that it is of where its title says when that was."""
    committee = re.sub(r"\b(?:agendas?|minutes|papers|documents|meetings?|and|20\d\d)\b|[^\w\s'’]", " ", heading)
    title = " ".join(committee.split()) or "Council"
    number = re.sub(r"\W+", "-", title.lower()).strip("-")
    if paper.day is None or paper.kind == "other":
        found.papers.append(paper)
        return
    meeting = MeetingSeen(f"{number} {paper.day}", number, paper.day, url=None)
    if all(known.committee_id != number for known in found.committees):
        found.committees.append(CommitteeSeen(number, title))
    if all(known.meeting_id != meeting.meeting_id for known in found.meetings):
        found.meetings.append(meeting)
    found.papers.append(Paper(
        paper.address, paper.title, paper.kind, paper.promise, paper.day, meeting.meeting_id, number
    ))
