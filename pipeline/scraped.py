"""What is stored of a scrape: who was asked, what they announce, which of it came, what looks wrong.

As in `records`, a class is a table. The rows are told by an archive's ledger when its folder is ingested; the view
`coverage` counts them by council, committee and month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from pipeline.records import Record

Outcome = Literal["complete", "partial", "failed", "forbidden", "stopped", "no_address"]
Severity = Literal["fail", "warn"]


class Asking(Record):
    """A council in a run of the scraper, also one that could not be reached."""

    table = "askings"
    key = ("run_id", "council_id")
    run_id: str = Field(description="The run of the scraper.")
    council_id: str = Field(description="The authority that was asked.")
    council: str | None = Field(None, description="What the list of sites calls it.")
    asked_at: datetime = Field(description="When, UTC.")
    outcome: Outcome = Field(
        description="complete: all that it lists came; partial: some failed; failed: not even its lists could be had; "
        "forbidden: its robots.txt keeps us out; stopped: time or space was up; no_address: nobody told where it is."
    )
    kind: str | None = Field(None, description="What went wrong, in a word.", examples=["login", "moved", "layout"])
    why: str | None = Field(None, description="What went wrong, for a person; NULL where it is complete.")
    meetings: int = Field(description="Meetings that its lists gave in this run.")
    requests: int = Field(description="Requests that were made.")
    bytes: int = Field(description="Bytes that came.")
    new_papers: int = Field(description="Papers that came for the first time.")
    changed_papers: int = Field(description="Papers that came in a new version.")
    failed_papers: int = Field(description="Papers that could not be had.")


class AnnouncedMeeting(Record):
    """A meeting as its council announces it on its site, whether or not any paper of it was read."""

    table = "announced_meetings"
    key = ("council_id", "site_meeting")
    council_id: str = Field(description="The authority.")
    site_meeting: str = Field(description="The site's own number for it.")
    committee: str | None = Field(None, description="The committee as its site names it.")
    held_on: date = Field(description="Day of the meeting.")
    cancelled: bool = Field(description="Whether the site says that it is cancelled.")
    agenda_published: bool | None = Field(None, description="Whether the site says that there is an agenda.")
    minutes_published: bool | None = Field(None, description="Whether the site says that there are minutes.")
    minutes_expected: bool = Field(
        description="Whether minutes should be there: the site says so, or it met so long ago that they are due."
    )
    first_listed: datetime = Field(description="When its site listed it first, UTC.")
    last_listed: datetime = Field(description="When its site listed it last, UTC.")
    address: str | None = Field(None, description="Its page.")


class PublishedPaper(Record):
    """An address at which a council publishes a paper, whether or not its bytes could be had."""

    table = "published_papers"
    key = ("council_id", "address")
    council_id: str = Field(description="The authority.")
    address: str = Field(description="The web address.")
    site_meeting: str | None = Field(None, description="Its meeting, by the site's number; NULL where it has none.")
    committee: str | None = Field(None, description="The committee as its site names it.")
    kind: str = Field(description="As the site presents it: agenda, minutes, decisions, pack, report, meeting, …")
    title: str = Field(description="As the site names it.")
    dated: date = Field(description="Day of its meeting; of a paper without one, the day on which it was first listed.")
    document_id: str | None = Field(
        None, description="What the address gave last; NULL where its bytes could not be had. In `documents` once read."
    )
    why: str | None = Field(None, description="Why its bytes could not be had.")


class CoverageFlag(Record):
    """Something about a council's site or papers that looks wrong, as of the last time that it was asked."""

    table = "coverage_flags"
    key = ("council_id", "rule", "about")
    council_id: str = Field(description="The authority.")
    severity: Severity = Field(description="fail: do not rely on its figures; warn: have a look.")
    rule: str = Field(description="The bound or the outcome that told.", examples=["bounds.listed", "asked.login"])
    about: str = Field("", description="The committee that it is about; empty where it is the whole council.")
    reason: str = Field(description="What looks wrong, for a person.")
    noticed_at: datetime = Field(description="When the council was asked, UTC.")


class PaperVersion(Record):
    """What an address gave from some day on: a document, or nothing any more."""

    table = "paper_versions"
    key = ("address", "first_seen", "council_id")
    address: str = Field(description="The web address.")
    first_seen: datetime = Field(description="When it was first found to give this, UTC.")
    council_id: str = Field(description="The authority that publishes at the address.")
    last_seen: datetime = Field(description="When it was last found to give this, UTC.")
    replaced_at: datetime | None = Field(None, description="When it was first found to give something else, UTC.")
    document_id: str | None = Field(None, description="The document; NULL where the page was withdrawn.")
    supersedes: str | None = Field(None, description="The document that the address gave before.")


@dataclass
class Scraped:
    """All that the ledger of an archive tells of what was asked and announced."""

    askings: Sequence[Asking] = field(default_factory=list)
    meetings: Sequence[AnnouncedMeeting] = field(default_factory=list)
    papers: Sequence[PublishedPaper] = field(default_factory=list)
    flags: Sequence[CoverageFlag] = field(default_factory=list)
    versions: Sequence[PaperVersion] = field(default_factory=list)
