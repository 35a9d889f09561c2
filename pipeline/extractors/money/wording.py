"""The words around an amount that say how exact it is and for which period or unit it is paid.

The vocabularies are data, `rules/money.yaml`: `qualifiers` and `periods`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from pipeline.records import Per, Qualifier
from pipeline.rules import any_of, load


@cache
def _compiled(group: str, before: bool) -> list[tuple[re.Pattern[str], str]]:
    rules = [rule for rule in load("money")[group] if bool(rule.get("before", True)) is before]
    anchor = r"(?:{})\s*$" if before else r"\s*(?:{})"
    return [(re.compile(anchor.format(rule["pattern"]), re.I), rule["value"]) for rule in rules]


def qualifier_before(text: str, start: int) -> Qualifier | None:
    """ "circa", "up to", "over" and the like directly before the amount at `start`."""
    lead = text[max(0, start - 40) : start]
    for pattern, value in _compiled("qualifiers", True):
        if pattern.search(lead):
            return cast(Qualifier, value)
    return None


def qualifier_after(text: str, end: int) -> Qualifier | None:
    """ "or more", "or less", "+" directly behind the amount that ends at `end`."""
    for pattern, value in _compiled("qualifiers", False):
        if pattern.match(text, end, end + 24):
            return cast(Qualifier, value)
    return None


def per_after(text: str, end: int) -> tuple[Per | None, int]:
    """ "per hour", "/hr", "pa" behind the amount that ends at `end`; and where those words end."""
    for pattern, value in _compiled("periods", False):
        match = pattern.match(text, end, end + 40)
        if match:
            time, behind = per_after(text, match.end()) if value == "unit" else (None, end)
            return (time, behind) if time not in (None, "unit") else (cast(Per, value), match.end())
    return None, end


def is_sold_singly(sentence: str) -> bool:
    """Whether a price in the sentence is that of one thing, no period being told ("the fare is £2")."""
    singly, by_time = any_of("money", "sold_singly"), any_of("money", "paid_by_time")
    return bool(singly.search(sentence)) and not by_time.search(sentence)
