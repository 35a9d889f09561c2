"""An alternative and the set that it is weighed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extractors.options.wording import LabelFound
from pipeline.records import OptionStatus

WORDS = re.compile(r"[A-Za-z]{2}")
SEPARATOR = re.compile(r"^[\s:;.,)–—-]+")
BARE = re.compile(r"^\(?(?P<mark>\d{1,2}|[A-Za-z]|[ivx]{2,4})[.):]?\)?$")


@dataclass(slots=True)
class Alternative:
    """One alternative: its words' place, its label, the blocks of reasons behind it."""

    opens: int
    """Offset where it is set out: at the label, where that is printed right before the words."""
    start: int
    end: int
    text: str
    """Its words, without the label."""
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

    def tells_more(self, lengths: dict[str, int]) -> bool:
        """Whether it sets out every option of these marks, each in more characters than are given."""
        told_of = {one.mark: one.end - one.start for one in self.alternatives if one.mark}
        return bool(lengths) and all(told_of.get(mark, 0) > length for mark, length in lengths.items())


def take(
    text: str, start: int, label: LabelFound | None, rule: str, block: int, opens: int | None = None
) -> Alternative | None:
    """An alternative of the words at document offset `start`, its label at `opens`; None where there are no words."""
    cut = SEPARATOR.match(text)
    lead = cut.end() if cut and label is not None else 0
    words = text[lead:].rstrip()
    if not WORDS.search(words):
        return None  # a row of figures is no alternative
    at = start + lead
    return Alternative(
        at if opens is None else opens,
        at,
        at + len(words),
        words,
        label.printed if label else None,
        label.mark if label else "",
        rule,
        block,
    )
