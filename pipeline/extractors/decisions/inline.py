"""Limbs printed on in one paragraph: "that (a) the plan be approved; (b) the clerk reply"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.order import goes_on
from pipeline.labels import Label, split_label

TOKEN = re.compile(
    r"(?:(?<=\s)|^|(?<=[;:,.]))(?:\[\d{1,2}\]|\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})\)"
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
    if bare := _bare_letters(text, opened):
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


def opened_inline(text: str) -> tuple[int, int, Label] | None:
    """The first label of a list behind the last colon of a lead-in ("that the Board: (a) notes"); None without one."""
    found = [token for token in TOKEN.finditer(text) if text[: token.start()].rstrip(" -–—").endswith(":")]
    if len(found) != 1:
        return None
    label, length = split_label(text[found[0].start() :])
    return (found[0].start(), found[0].start() + length, label) if label is not None and label.first else None


def _bare_letters(text: str, opened: Label | None) -> list[tuple[int, int, Label]]:
    """Capital letters without marks that count on from A behind a colon, or from `opened`; [] without such a list."""
    if opened is not None and re.fullmatch(r"[A-Y]", opened.printed) is None:
        return []
    found: list[tuple[int, int, Label]] = []
    first = ord("A") if opened is None else ord(opened.printed) + 1
    for token in BARE.finditer(text):
        wanted = chr(first + len(found))
        led_in = bool(found) or opened is not None or text[: token.start()].rstrip().endswith(":")
        if token["word"] != wanted or not led_in:
            continue
        label, _ = split_label(f"{wanted}. x")
        assert label is not None
        found.append((token.start(), token.end() + 1, Label(wanted, "{}", label.readings, sure=False)))
    return found if len(found) > 1 or opened is not None else []
