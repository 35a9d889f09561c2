"""The matter before a body, where the words that settle it name no deed of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Outline
from pipeline.extractors.decisions.actions import own_action
from pipeline.extractors.decisions.passages import Passage

ABOUT_MINUTES = re.compile(
    r"(?:\w+\s+){0,3}minutes?\b|to\s+(?:approve|confirm|agree|sign|adopt|accept)\b[\w ,]{0,60}\bminutes\b",
    re.IGNORECASE,
)
"""Titles of the item at which the last minutes are approved."""


def at_last_minutes(outline: Outline, passage: Passage) -> bool:
    """Whether a passage stands in the item at which the last minutes are approved."""
    return passage.item is not None and ABOUT_MINUTES.match(outline.items[passage.item].title) is not None


def action_of_matter(outline: Outline, passages: Sequence[Passage], passage: Passage) -> str:
    """What is done where a sentence only names the movers: as the line above or the item's title asks; else ""."""
    above = passages[passage.index - 1] if passage.index else None
    titles = [above.body] if above is not None and above.item == passage.item and len(above.body) < 120 else []
    titles += [outline.items[passage.item].title] if passage.item is not None else []
    if any(ABOUT_MINUTES.match(title) for title in titles):
        return "confirm_minutes"
    return next((action for title in titles if (action := own_action(title)) is not None), "")
