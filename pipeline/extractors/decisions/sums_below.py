"""A decision to pay that goes on in lines below it, each with its sum: "that the following accounts be paid"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.decisions.draft import Extent
from pipeline.extractors.decisions.passages import Passage

FOLLOWING_SUMS = re.compile(
    r"\bfollowing\s+(?:\w+\s+){0,3}(?:accounts|payments|invoices|cheques|bills|sums|grants|donations|expenses)\b"
    r"[^:;]{0,60}[.:]?\s*$"
)
SUM_LINE = re.compile(r".{2,90}?£\s?\d[\d,]*(?:\.\d\d)?\)?\.?")


def lists_sums(passages: Sequence[Passage], index: int, text: str) -> bool:
    """Whether a decision to pay, whose words are `text` of passage `index`, goes on in lines that each end with a
    sum."""
    following = passages[index + 1] if index + 1 < len(passages) else None
    one = following is not None and following.label is None and SUM_LINE.fullmatch(following.body) is not None
    if following is not None and following.in_table and not passages[index].in_table:
        return FOLLOWING_SUMS.search(text) is not None
    return one and (FOLLOWING_SUMS.search(text) is not None or (text.endswith(":") and sums_follow(passages, index)))


def sums_follow(passages: Sequence[Passage], index: int) -> bool:
    """Whether the next two lines each end with a sum and have no label."""
    lines = passages[index + 1 : index + 3]
    return len(lines) == 2 and all(p.label is None and SUM_LINE.fullmatch(p.body) is not None for p in lines)


def take_sums(passages: Sequence[Passage], extent: Extent, index: int) -> None:
    """Take the lines below passage `index`, each with its sum, into a decision's extent."""
    for passage in passages[index + 1 :]:
        lone = passage.label is None and not passage.heading and passage.item == passages[index].item
        in_table = passage.in_table and not passages[index].in_table
        if not in_table and (not lone or SUM_LINE.fullmatch(passage.body) is None):
            return
        extent.end, extent.last = passage.end, passage.index
