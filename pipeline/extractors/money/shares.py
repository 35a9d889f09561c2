"""Which percentages are shares of money.

A percentage counts when the words next to it speak of money ("of the contract value", "council tax increase of",
"60% County Council" of a pooled budget's risk) and not when they count things ("70% of care home places"). The words
are data, `rules/shares.yaml`.
"""

from __future__ import annotations

import re
from functools import partial

from pipeline.rules import any_of

UP_TO_AMOUNT = re.compile(r"[£;]")
"""What a percentage is of stands before the next amount."""
NEAR = 100
"""Within how many characters a movement needs a noun of money or an amount of it."""
MOVED = re.compile(
    r"\s?(?:\([^)]*\)\s)?(?:\w+\s)?"
    r"(?:increase|decrease|reduction|rise|uplift|cut|discount|more|less|higher|lower)s?\b",
    re.I,
)
MOVED_BY = re.compile(
    r"\b(?:increas|decreas|reduc|ris|uplift|rais|uprat)\w*\s"
    r"(?:[^\s;.£%]+\s){0,12}?(?:of|by|up to|to)\s(?:an?\s(?:average\sof\s)?)?$",
    re.I,
)
_pattern = partial(any_of, "shares")


def is_share_of_money(sentence: str, start: int, end: int, heading: str = "") -> tuple[bool, str]:
    """Whether the percentage at `start`–`end` of `sentence` is a share of money, and the rule that says so."""
    after, before = sentence[end : end + 70], sentence[max(0, start - 90) : start]
    head = re.match(r"\s*(?:of|in|on)\s(?:the\s|a\s|its\s|their\s|all\s|total\s)?(?P<of>[^,.;:()]{1,60})", after, re.I)
    if head:
        if _pattern("counts").match(head["of"]) or _pattern("counts").search(_head_noun(head["of"])):
            return False, "share.count"
        if _pattern("money").search(head["of"]):
            return True, "share.of_money"
    if _pattern("counts").match(after.lstrip()) or _pattern("opinions").match(after):
        return False, "share.count"
    if _pattern("money").search(after[:45]) or _pattern("money").search(before[-60:]):
        return True, "share.near_money"
    near = sentence[max(0, start - NEAR) : end + NEAR]
    if _moves(before, after) and ("£" in near or _pattern("money").search(near)):
        return True, "share.movement"
    if _pattern("topics").search(sentence) or _pattern("topics").search(heading):
        return True, "share.topic"
    return False, "share.none"


def _moves(before: str, after: str) -> bool:
    """Whether the percentage is a movement ("an increase of 4%", "a 4% rise") of something that is not counted."""
    behind = UP_TO_AMOUNT.split(after[:50], maxsplit=1)[0]
    moved = MOVED.match(after) or (MOVED_BY.search(before) and not _pattern("counts").search(behind))
    return bool(moved) and not _pattern("counts").search(f"{before[-50:]} {behind}")


def _head_noun(phrase: str) -> str:
    """The head of an English noun phrase: its last word before a preposition or verb."""
    cut = re.split(
        r"\b(?:of|in|for|who|which|that|were|are|is|was|had|have|by|from|to|with|and)\b", phrase, maxsplit=1
    )[0]
    words = cut.split()
    return words[-1] if words else ""
