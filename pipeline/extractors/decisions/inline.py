"""Limbs printed on in one paragraph: "that (a) the plan be approved; (b) the clerk reply"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.order import goes_on
from pipeline.labels import Label, split_label

TOKEN = re.compile(
    r"(?:(?<=\s)|^|(?<=[;:,.]))(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})\)"
    r"|\d{1,2}\.(?=\s+[A-Z]))(?=\s|[A-Za-z])"
)
BARE = re.compile(r"(?<=[:.;,]\s)(?P<word>[A-Z])(?=\s+[A-Z][a-z]+\s)")
"""Capital letters that lost their marks ("to: A Note the plan. B Delegate ..."): at least two that follow on."""
BEFORE_FIRST = re.compile(r"(?:^|[:;–—-]|\b(?:that|to|following|by|be|and|the|of|for))[\s\"'“‘]*$", re.IGNORECASE)
BEFORE_NEXT = re.compile(r"(?:[;,.:)”\"’]|\band|\bor|\w)\s*$")


def split_inline(text: str, opened: Label | None = None) -> list[tuple[int, int, Label]]:
    """Where labels stand within `text`: (offset of the label, offset of its words, label), in order.

    The first must open a list where a list may begin, or go on from `opened`; each further one goes on from
    the last. A single one counts only at the very start.
    """
    found: list[tuple[int, int, Label]] = []
    if opened is None and (bare := _bare_letters(text)):
        return bare
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


def _bare_letters(text: str) -> list[tuple[int, int, Label]]:
    """Capital letters without marks that count on from A behind a colon; [] where there is no such list."""
    found: list[tuple[int, int, Label]] = []
    for token in BARE.finditer(text):
        wanted = chr(ord("A") + len(found))
        if token["word"] != wanted or (not found and not text[: token.start()].rstrip().endswith(":")):
            continue
        label, _ = split_label(f"{wanted}. x")
        assert label is not None
        found.append((token.start(), token.end() + 1, Label(wanted, "{}", label.readings, sure=False)))
    return found if len(found) > 1 else []
