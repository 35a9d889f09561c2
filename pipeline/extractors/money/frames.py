"""Wordings that have a place for the amount ("let at £9,000 a year") and say what it measures.

A cue claims whatever amounts stand near it; a frame speaks of the one amount in its place, so it settles what the cues
claimed. The frames are data, `frames` of `rules/measures.yaml`; the first that fits an amount holds. Keys of a frame:
`before` and `after` (the words directly around the amount), `lead` (anywhere in its sentence before it), `sentence` and
`around` (anywhere in the sentence; in it and the one before), `claims` (measures or ids of cues that it may correct;
any where left out), `periods` (`none` for no period), `most` and `least` (pounds). The value `same` is the measure of
the amount before it. In a pattern `{about}` stands for the small words that may lead to an amount ("the", "no more
than").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.context import Claim
from pipeline.needles import Sought
from pipeline.records import Measure, Per
from pipeline.rules import load

REACH = 180
"""Characters before or behind the amount that `before` and `after` may take in."""
ABOUT = (
    "(?:an? |the |about |under |well |around |some |circa |approximately |just |up to |nearly |almost |over |only "
    "|(?:an )?estimated |no more than |not more than |more than "
    "|in excess of |another |further |additional |extra |(?:total|sum) of )*"
)
OWN = 13.5
"""The strength from which an amount's own noun is not overruled by what stands before it."""
FRAMED = 12.0
"""The strength of a frame's claim."""


@dataclass(slots=True, frozen=True)
class Frame:
    """One wording, compiled."""

    rule: str
    value: str
    before: Sought | None
    after: re.Pattern[str] | None
    sentence: Sought | None
    around: Sought | None
    lead: Sought | None
    claims: frozenset[str]
    periods: frozenset[str]
    most: float
    least: float

    def corrects(self, measure: str, rule: str) -> bool:
        """Whether it may settle a claim of that measure and rule."""
        return not self.claims or measure in self.claims or rule in self.claims

    def fits(self, place: Place, per: Per | None) -> bool:
        """Whether the amount stands in the frame's place."""
        if self.periods and (per or "none") not in self.periods or not self.least <= place.size < self.most:
            return False
        if self.after is not None and self.after.match(place.sentence, place.end, place.end + REACH) is None:
            return False
        if self.before is not None and not (
            self.before.may_match(place.folded) and self.before.pattern.search(place.ahead)
        ):
            return False
        if self.lead is not None and self.lead.search(place.ahead) is None:
            return False
        return (self.sentence is None or self.sentence.search(place.sentence) is not None) and (
            self.around is None or self.around.search(place.around) is not None
        )


@dataclass(slots=True, frozen=True)
class Place:
    """Where an amount stands: its sentence, that with the one before, what leads to it, as it is and folded."""

    sentence: str
    around: str
    ahead: str
    folded: str
    end: int
    size: float

    @classmethod
    def of(cls, sentence: str, before: str, amount: Amount) -> Place:
        """The place of an amount of a sentence, `before` being the sentence before."""
        ahead = sentence[max(0, amount.start - REACH) : amount.start]
        return cls(sentence, f"{before} {sentence}", ahead, ahead.casefold(), amount.end, float(abs(amount.low)))


def _compiled(rule: dict[str, Any], key: str, end: str = "") -> re.Pattern[str] | None:
    return re.compile(f"(?:{rule[key].replace('{about}', ABOUT)}){end}", re.I) if key in rule else None


def _sought(rule: dict[str, Any], key: str, end: str = "") -> Sought | None:
    pattern = _compiled(rule, key, end)
    return None if pattern is None else Sought(pattern)


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame, in the order in which they are tried."""
    return tuple(
        Frame(
            rule["id"],
            rule["value"],
            _sought(rule, "before", "$"),
            _compiled(rule, "after"),
            _sought(rule, "sentence"),
            _sought(rule, "around"),
            _sought(rule, "lead"),
            frozenset(rule.get("claims", ())),
            frozenset(rule.get("periods", ())),
            float(rule.get("most", "inf")),
            float(rule.get("least", 0)),
        )
        for rule in load("measures")["frames"]
    )


@lru_cache(maxsize=1024)
def _frames_for(measure: str, rule: str) -> tuple[Frame, ...]:
    """The frames that may settle such a claim, in the order in which they are tried."""
    return tuple(frame for frame in frames() if frame.corrects(measure, rule))


def framed(
    claim: Claim, sentence: str, before: str, amount: Amount, per: Per | None, earlier: Sequence[Measure]
) -> Claim:
    """The claim as the frame that fits makes it out; itself where none does.

    `before` is the sentence before, `earlier` what the amounts before in this sentence measure.
    """
    place = Place.of(sentence, before, amount)
    for frame in _frames_for(claim.measure, claim.rule):
        if frame.fits(place, per):
            measure = frame.value
            if measure == "same":
                measure = earlier[-1] if earlier and claim.strength < OWN else "same"
                if measure in ("same", "rate"):
                    continue  # what so much an hour comes to is no rate
            return Claim(measure, max(claim.strength, FRAMED), frame.rule)  # type: ignore[arg-type]
    return claim
