"""An alternative and the set that it is weighed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extractors.options.wording import LabelFound
from pipeline.records import OptionStatus

SEPARATOR = re.compile(r"^[\s:;.,)–—-]+")
BARE = re.compile(r"^\(?(?P<mark>\d{1,2}|[A-Za-z])[.):]?\)?$")


@dataclass(slots=True)
class Alternative:
    """One alternative: its words' place, its label, the blocks of reasons behind it."""

    start: int
    end: int
    text: str
    label: str | None
    mark: str
    rule: str
    block: int
    status: OptionStatus | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Setting:
    """A set of alternatives: the status that its heading or lead-in gives, and whose section it is."""

    alternatives: list[Alternative]
    status: OptionStatus | None
    subject: str | None
    notes: dict[str, str] = field(default_factory=dict)
    """What a table says about options that were set out elsewhere, by mark."""
    votes: dict[str, int] = field(default_factory=dict)
    """How many voted for each option, by mark."""


def take(text: str, start: int, label: LabelFound | None, rule: str, block: int) -> Alternative | None:
    """An alternative of the words at document offset `start`; None where there are none."""
    cut = SEPARATOR.match(text)
    lead = cut.end() if cut and label is not None else 0
    words = text[lead:].rstrip()
    if not words:
        return None
    at = start + lead
    return Alternative(
        at, at + len(words), words, label.printed if label else None, label.mark if label else "", rule, block
    )
