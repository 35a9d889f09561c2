"""Limbs printed on in one paragraph: "that (a) the plan be approved; (b) the clerk reply"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.order import goes_on
from pipeline.labels import Label, split_label

TOKEN = re.compile(
    r"(?:(?<=\s)|^|(?<=[;:,.]))(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})\)"
    r"|\d{1,2}\.(?=\s+[A-Z]))(?=\s|[A-Za-z])"
)
BEFORE_FIRST = re.compile(r"(?:^|[:;–—-]|\b(?:that|to|following|by|be|and|the|of|for))[\s\"'“‘]*$", re.IGNORECASE)
BEFORE_NEXT = re.compile(r"(?:[;,.:)”\"’]|\band|\bor|\w)\s*$")


def split_inline(text: str, opened: Label | None = None) -> list[tuple[int, int, Label]]:
    """Where labels stand within `text`: (offset of the label, offset of its words, label), in order.

    The first must open a list where a list may begin, or go on from `opened`; each further one goes on from
    the last. A single one counts only at the very start.
    """
    found: list[tuple[int, int, Label]] = []
    last = opened
    for token in TOKEN.finditer(text):
        label, length = split_label(text[token.start() :])
        if label is None or label.bullet:
            continue
        before = text[: token.start()]
        fits = (
            (label.first and BEFORE_FIRST.search(before))
            if last is None
            else (goes_on(last, label) and BEFORE_NEXT.search(before))
        )
        if fits:
            found.append((token.start(), token.start() + length, label))
            last = label
    if opened is None and len(found) == 1 and text[: found[0][0]].strip(" -–—:").lower() not in ("", "that", "to"):
        return []
    return found
