"""What a digest holds. As JSON it is kept beside the pages that tell it, and later feeds are made of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Sort = Literal["decision", "contract", "budget", "follow_up"]
SORTS: tuple[Sort, ...] = get_args(Sort)
HEADINGS: dict[Sort, str] = {
    "decision": "Decisions", "contract": "Contracts", "budget": "Budgets",
    "follow_up": "Due by now and not seen",
}


class Strict(BaseModel):
    """A part of a digest: a file that somebody edited is refused rather than half understood."""

    model_config = ConfigDict(extra="forbid")


class Item(Strict):
    """One thing that is new. `record_id` is the resolution's or the figure's, as in the database."""

    sort: Sort
    record_id: str
    told: str
    """What happened, as the beginning of a sentence: "resolved", "budget of £1,200,000 for 2026/27"."""
    text: str
    """The words of the paper."""
    council_id: str | None = None
    council: str | None = None
    body: str | None = None
    held_on: date | None = None
    item_title: str | None = None
    amount: Decimal | None = None
    """The largest amount that it names, in pounds."""
    services: list[str] = Field(default_factory=list)
    before: str | None = None
    """What an earlier paper said instead, where one did."""
    due_on: date | None = None
    page: int | None = None
    document: str
    link: str | None = None
    """Where the paper was published, at its page where that can be named."""
    routine: bool = False
    """Whether it is business of every meeting, which is counted and not listed."""


class Listing(Strict):
    """Items of one council or one watch: those that are listed, and how many there are of each sort."""

    name: str
    council_id: str | None = None
    items: list[Item] = Field(default_factory=list)
    counts: dict[Sort, int] = Field(default_factory=dict)
    routine: int = 0

    @property
    def left_out(self) -> int:
        """How many are counted and not listed, routine business apart."""
        return sum(self.counts.values()) - len(self.items)


class Trouble(Strict):
    """A council that did not answer, or whose site or papers look wrong."""

    council_id: str
    council: str
    severity: Literal["fail", "warn"]
    reason: str


class Asked(Strict):
    """What became of asking councils in the round."""

    asked: int = 0
    answered: int = 0
    failed: int = 0
    left: int = 0
    """Councils that the round did not come to."""
    requests: int = 0
    megabytes: float = 0.0
    new_papers: int = 0
    changed_papers: int = 0
    failed_papers: int = 0


class Digest(Strict):
    """What is new since `since` (None: since ever), told at `made_at` (UTC)."""

    round_id: str
    made_at: datetime
    since: datetime | None = None
    asked: Asked = Field(default_factory=Asked)
    papers: int = 0
    """Papers that were read for the first time."""
    unread: int = 0
    """Papers in the archive that could not be read, or not yet."""
    councils: list[Listing] = Field(default_factory=list)
    watches: list[Listing] = Field(default_factory=list)
    troubles: list[Trouble] = Field(default_factory=list)

    @property
    def count(self) -> int:
        """How many new things there are, routine business apart."""
        return sum(sum(listing.counts.values()) for listing in self.councils)
