"""A decision while it is being read, before it becomes records."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.records import ResolutionKind, ResolutionStatus


@dataclass(slots=True)
class Limb:
    """A numbered, lettered, bulleted or plain clause: its words without the label, by offsets."""

    start: int
    end: int
    label: str | None = None


@dataclass(slots=True)
class Extent:
    """What a decision covers. `lead_in_end` is where the words before the first limb end (`start` without any)."""

    start: int
    end: int
    limbs: list[Limb] = field(default_factory=list)
    lead_in_end: int = -1
    last: int = -1
    """Index of the last passage that it covers."""
    after: str = ""
    """Words cut off its end: movers, votes, reasons printed in the same paragraph."""
    between: str = ""
    """Lines between its limbs that are none: sub-headings, votes on a limb."""
    read: int = 0
    """Where its marker ends, if behind its words, so that the marker is not read again for another decision."""


@dataclass(slots=True)
class Votes:
    """How a vote went; None where the text does not tell."""

    ayes: int | None = None
    noes: int | None = None
    abstentions: int | None = None
    unanimous: bool | None = None

    def __bool__(self) -> bool:
        return any(v is not None for v in (self.ayes, self.noes, self.abstentions, self.unanimous))

    def filled_from(self, other: Votes) -> Votes:
        """These votes, with what they lack taken from `other` if they tell nothing at all."""
        return self if self else other


@dataclass(slots=True)
class Draft:
    """A decision or proposal as read so far. Offsets count characters of the document's text."""

    extent: Extent
    kind: ResolutionKind
    status: ResolutionStatus
    rule: str
    confidence: float
    item: int | None
    first: int
    """Index of the passage that holds its marker."""
    decided_by: str | None = None
    addressed_to: str | None = None
    mover: str | None = None
    seconder: str | None = None
    votes: Votes = field(default_factory=Votes)
    reasons: str | None = None
    action: str = ""
    """Action that its rule knows, where the sentence itself is the decision."""
    lead: str = ""
    """Action of the marker's own sentence, which its words only fill out ("agreed to recommend to Council that")."""
    place: str = "narrative"
    formal: bool = False
    """Printed so that nothing else can be meant: in capitals, under a label, before a colon."""
    adopts: bool = False
    """Its words are those of a motion that it adopts."""
    plain: bool = False
    """An ordinary sentence could say it too: it yields to surer ones in its item."""
