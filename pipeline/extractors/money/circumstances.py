"""What an amount may be by its size, its period and its place in a movement, before any noun is weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.context import SUBORDINATE, Cue
from pipeline.records import Per

HOUSEHOLD = re.compile(r"\bband [a-h]\b", re.I)
HOUSEHOLD_MOST = 5_000
"""Pounds a year that a household pays at most."""
PRICE_MOST = 100_000
"""A price, a fee or a rent is less; what is more is a budget or an income from many."""
BESIDE = 20
"""Characters between an amount and a word that it belongs to."""
LEVEL = re.compile(r"\b(?:from|(?<!up )to) (?:about |around |circa |some )?$", re.I)


def is_level(sentence: str, amount: Amount) -> bool:
    """Whether the amount is where a movement starts or ends ("from £42 to £49"), so not the movement."""
    return bool(LEVEL.search(sentence[: amount.start]))


def is_of_household(sentence: str, amount: Amount) -> bool:
    """Whether the amount is what a household of a band pays."""
    return abs(amount.low) < HOUSEHOLD_MOST and bool(HOUSEHOLD.search(sentence))


def cues_of_level(sentence: str, cues: Sequence[Cue], amount: Amount) -> list[Cue]:
    """The cues that may tell a level's measure: no movement, and of those behind it only what stands next to it."""
    told = [cue for cue in cues if cue.measure != "variance"]
    return [cue for cue in told if cue.end <= amount.start or _beside(sentence[amount.end : cue.start])]


def _beside(gap: str) -> bool:
    return len(gap) < BESIDE and not SUBORDINATE.search(gap)


def is_price(amount: Amount, per: Per | None) -> bool:
    """Whether an amount may be a price at all, by its size or its period."""
    return per in ("hour", "day", "week", "unit") or abs(amount.low) < PRICE_MOST
