"""What a visit sees, written into the ledger: what a list does not say is kept as another page said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.scrape.ledger import GUESS, Committee, Document, Ledger, Listing, Meeting, Version, Visit
from pipeline.scrape.platforms.base import CommitteeSeen, Listed, MeetingSeen, Paper
from pipeline.scrape.revisiting import DEAD


@dataclass(frozen=True)
class Register:
    """One council's pages of the ledger."""

    ledger: Ledger
    council_id: str

    def committees(self, seen: Iterable[CommitteeSeen], now: datetime) -> None:
        """Committees that a list has."""
        self.ledger.put(*(
            Committee(self.council_id, c.committee_id, c.title, c.category, c.ended, c.url, now, now) for c in seen
        ))

    def meetings(self, seen: Iterable[MeetingSeen], now: datetime) -> set[str]:
        """Meetings that a list or a page announces; the ids of those that are new, or otherwise than before."""
        told: set[str] = set()
        with self.ledger.transaction():
            for meeting in seen:
                before = self.meeting(meeting.meeting_id)
                row = self._merged(meeting, before, now)
                self.ledger.put(row)
                if before is None or _says(before) != _says(row):
                    told.add(meeting.meeting_id)
        return told

    def meeting(self, meeting_id: str) -> Meeting | None:
        """The meeting as the ledger has it."""
        found = self.ledger.rows(Meeting, "council_id = ? AND meeting_id = ?", self.council_id, meeting_id)
        return found[0] if found else None

    def _merged(self, seen: MeetingSeen, before: Meeting | None, now: datetime) -> Meeting:
        def kept(new: bool | None, old: bool | None) -> bool | None:
            return old if new is None else new

        status = seen.status or (before.status if before else None)
        return Meeting(
            self.council_id, seen.meeting_id, seen.committee_id, seen.held_on,
            seen.starts_at or (before.starts_at if before else None), status,
            seen.cancelled if seen.status else bool(before and before.cancelled),
            kept(seen.agenda, before.agenda_published if before else None),
            kept(seen.decisions, before.decisions_published if before else None),
            kept(seen.minutes, before.minutes_published if before else None),
            seen.url or (before.url if before else None), now, now,
        )

    def documents(self, papers: Iterable[Paper], now: datetime) -> None:
        """Documents to which a page leads."""
        self.ledger.put(*(
            Document(
                self.council_id, p.address, p.committee_id, p.meeting_id, p.title, p.kind, now, now,
                GUESS if p.guessed else p.promise,
            ) for p in papers
        ))

    def listed(self, listing: Listed) -> Listing | None:
        """When a list was read to its end, if ever."""
        found = self.ledger.rows(Listing, "council_id = ? AND listing_id = ?", self.council_id, listing.listing_id)
        return found[0] if found else None

    def note_listed(self, listing: Listed, since: date, now: datetime) -> None:
        """Say that a list was read to its end, as far back as `since`."""
        before = self.listed(listing)
        first = min(since, before.since) if before else since
        self.ledger.put(Listing(self.council_id, listing.listing_id, first, now))

    def owed(self, now: datetime) -> list[Document]:
        """Documents that never came; of those that were asked for in vain again and again, only now and then."""
        found = self.ledger.rows(Document, OWED, self.council_id)
        return [document for document in found if not self._hopeless(document, now)]

    def _hopeless(self, document: Document, now: datetime) -> bool:
        tried = self.ledger.rows(Visit, "address = ?", document.address)
        if document.promise == GUESS and len(tried) >= GUESSES and _is_nothing(tried[-1]):
            return True
        if not tried or now - tried[-1].at >= DEAD:
            return False
        return tried[-1].outcome == "gone" or len(tried) >= OFTEN

    def is_not_there(self, address: str, now: datetime) -> bool:
        """Whether an address to which no page leads gave nothing, or something else, when it was asked lately."""
        found = self.ledger.rows(Visit, "visit_id = (SELECT max(visit_id) FROM visits WHERE address = ?)", address)
        return bool(found) and now - found[0].at < DEAD and _is_nothing(found[0])

    def version(self, address: str) -> Version | None:
        """What an address gave last, if it still gives something."""
        version = self.ledger.current(address)
        return version if version is not None and version.sha256 is not None else None


def _says(meeting: Meeting) -> tuple[object, ...]:
    return (
        meeting.held_on, meeting.starts_at, meeting.status, meeting.agenda_published, meeting.decisions_published,
        meeting.minutes_published,
    )


def _is_nothing(visit: Visit) -> bool:
    """Whether there was nothing, or a web page in place of a document."""
    return visit.outcome == "gone" or (visit.why or "").startswith("not_promised")


OFTEN = 9
"""Visits in vain, three to a run at most, after which an address is asked for only now and then."""
GUESSES = 4
"""Visits in vain after which what nothing leads to is taken not to be there."""
OWED = """
council_id = ? AND NOT EXISTS (
    SELECT 1 FROM versions WHERE versions.address = documents.address AND versions.sha256 IS NOT NULL
)
"""
