"""Where in a paper a passage stands: in the minutes, under a decision, among reasons, options, recommendations.

The words of headings are rules (`places` in `rules/decisions.yaml`); this file only applies them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from pipeline.extractors.decisions.grammar import Rule, rules_of

Place = Literal[
    "narrative",
    "agenda",
    "minutes",
    "decision",
    "recommendation",
    "motion",
    "reasons",
    "options",
    "votes",
    "apart",
]

TAIL = re.compile(r"\s*(?::\s*-?|[-–—](?:\s|$)|\.?\s*$)\s*")
SUB_HEADING_STYLE = re.compile(r"mgSubItemTitleTxt|mgSubSubTitle", re.IGNORECASE)


@lru_cache(maxsize=4096)
def heading_of(body: str) -> tuple[Rule, int] | None:
    """The rule of the heading that opens `body`, and the offset of the words after it.

    A heading is all of the passage, or is followed by a colon or a dash ("REASON - To comply with ...").
    """
    for rule in rules_of("places"):
        found = rule.pattern.match(body)
        if found is None:
            continue
        tail = TAIL.match(body, found.end())
        if tail is not None:
            return rule, tail.end()
        if rule.values.get("runs_on"):
            return rule, found.end()
    return None


def place_of(body: str) -> Place | None:
    """The place that begins with this passage; None where it is no heading that we know."""
    found = heading_of(body)
    return cast(Place, found[0].get("place")) if found else None


def is_decision_label(body: str) -> bool:
    """Whether a passage is the label "Decision:" of a web page, alone on its line."""
    return re.fullmatch(r"(?:decisions?|penderfyniad(?:au)?)\s*:", body.strip(), re.IGNORECASE) is not None


def sub_heading(style: str, body: str) -> bool:
    """Whether this is a heading inside an agenda item, as web pages print them ("Minutes:", "Decision:")."""
    if SUB_HEADING_STYLE.search(style):
        return True
    return (
        re.fullmatch(r"(?:minutes|decisions?|cofnodion|penderfyniad(?:au)?)\s*:", body.strip(), re.IGNORECASE)
        is not None
    )
