"""The sentences that every form of a digest has."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pipeline.coverage.matrix import counted
from pipeline.news.digest import Digest, Item, Listing, Sort
from pipeline.web.telling import day

NOUNS: dict[Sort, str] = {
    "decision": "decision", "contract": "contract", "budget": "budget figure",
    "follow_up": "follow-up due and not seen",
}
PLURALS: dict[Sort, str] = {"follow_up": "follow-ups due and not seen"}


@dataclass(frozen=True)
class Addresses:
    """Where readers of a digest find what it tells of: `base` is where `minutebook serve` answers."""

    base: str = "http://127.0.0.1:8470"

    def record(self, record_id: str) -> str:
        """The page of a record, which shows it boxed on the picture of its paper's page."""
        return f"{self.base.rstrip('/')}/record/{quote(record_id, safe='')}"


def heading(digest: Digest) -> str:
    """What is new, and since when."""
    span = f"{day(digest.since.date())} to {day(digest.made_at.date())}" if digest.since else day(digest.made_at.date())
    return f"What is new: {span}"


def sentences(digest: Digest) -> list[str]:
    """Who was asked and what came of it: also, and above all, where nothing is new."""
    told, asked = [], digest.asked
    if asked.asked:
        left = f"; the round did not come to {counted(asked.left, 'council')}" if asked.left else ""
        told.append(
            f"{counted(asked.asked, 'council')} asked: {asked.answered:,} answered, {asked.failed:,} did not{left}. "
            f"{counted(asked.new_papers, 'new paper')} and {counted(asked.changed_papers, 'changed paper')} came, "
            f"{asked.failed_papers:,} could not be had."
        )
    else:
        told.append("No council was asked in this round.")
    read = f"{counted(digest.papers, 'paper')} read for the first time"
    told.append(read + (f"; {digest.unread:,} in the archive could not be read, or not yet." if digest.unread else "."))
    if not digest.count:
        told.append("Nothing new was found in what answered." if asked.answered else
                    "Nothing new is known, because nobody answered." if asked.asked else "Nothing new was found.")
    return told


def summary(listing: Listing) -> str:
    """How much there is of each sort, and how much of it is not listed."""
    parts = [f"{count:,} {NOUNS[sort] if count == 1 else PLURALS.get(sort, NOUNS[sort] + 's')}"
             for sort, count in listing.counts.items()]
    if listing.routine:
        parts.append(f"{counted(listing.routine, 'routine decision')} not listed")
    told = ", ".join(parts) or "nothing"
    rest = f" {listing.left_out:,} of them are not listed." if listing.left_out else ""
    return f"{told[0].upper()}{told[1:]}.{rest}"


def place(item: Item, with_council: bool) -> str:
    """Who, when, on what: "Cabinet, 2 March 2026, Home care"."""
    parts = [item.council if with_council else None, item.body, day(item.held_on) if item.held_on else None,
             item.item_title]
    return ", ".join(part for part in parts if part) or item.document


def worded(address: str) -> str:
    """An address without characters that would end a link in Markdown."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
