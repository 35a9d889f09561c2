"""What stands around a cell of a table of money: its row, and the texts above the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

BIDDERS = re.compile(
    r"\b(?:tenders|quotations|quotes|bids|offers) (?:\w+ ){0,3}(?:received|submitted|opened|for)\b"
    r"|\b(?:submitted|received) tenders\b|\b(?:grants?|donations?) (?:\w+ ){0,2}(?:to|applications?|requests?)\b",
    re.I,
)
INTRODUCES = re.compile(r":\s*$|\b(?:below|following|as follows|listed|these|tables?|received)\b[^.]*\.?\s*$", re.I)
"""How a paragraph ends that speaks of the table below it, and not of other tenders and grants."""


@dataclass(slots=True)
class Surroundings:
    """What stands around a table: its title, the heading above, the year and unit that hold for all of it."""

    title: str
    heading: str
    document_title: str
    lead: str
    """The paragraph above the table."""
    footnotes: dict[str, str]
    year: str | None = None
    """The financial year of the part of the document, where it names one only."""
    corner: str = ""
    """The heading of the rows' labels."""

    @property
    def names_bidders(self) -> bool:
        """Whether the rows are those who tender, or who ask for a grant."""
        return _bid_in(self.title, self.lead, self.corner)


@lru_cache(maxsize=64)
def _bid_in(title: str, lead: str, corner: str) -> bool:
    """Kept, since every cell of a table asks."""
    led = lead if INTRODUCES.search(lead) else ""
    return BIDDERS.search(f"{title} {led} {corner}") is not None


@dataclass(slots=True)
class Row:
    """A row of numbers: its label, the band above it, whether it is a total."""

    index: int
    label: str
    first: str
    band: str
    is_total: bool
    year: str | None
    organisation: str | None = None
    """Who a column of bodies says is paid, or asks."""
