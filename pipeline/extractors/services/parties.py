"""Who provides and commissions a service, and from when to when, where its own sentence tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.extractors.services.matching import Found, pattern
from pipeline.extractors.services.plain import Plain
from pipeline.rules import load

MOST_WORDS = 9
_NAME = re.compile(r"[A-Z]\w*(?:\.\w+)*(?: (?:of|and|for|in|the)(?: the)?(?= [A-Z])| [A-Z]\w*(?:\.\w+)*)*")
_SENTENCE_END = re.compile(r"[.!?|·•▪](?:(?<=[.!?])[\")]* (?=[A-Z(])|(?<= [|·•▪]) )")
_DASH = re.compile(r" ?[–—:-] (?=[A-Z])")
_STARTS = re.compile(r"\b(?:from|(?:commenc\w+|start(?:s|ing|ed)?|begin(?:s|ning)?)(?: on| from)?) $", re.IGNORECASE)
_ENDS = re.compile(r"(?:\b(?:to|until|(?:end(?:s|ing)?|expir\w+)(?: on)?)| [–—-]) $", re.IGNORECASE)
_CELL_END = re.compile(r" ?(?:\||[,;.(]|$)")


@dataclass(slots=True)
class Terms:
    """What a sentence tells of a service beside its name."""

    provider: str | None = None
    commissioner: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def terms(text: Plain, found: list[Found]) -> list[Terms]:
    """The terms of each of `found`, which are in order of place, in the same order."""
    told = [Terms() for _ in found]
    starts = {service.start for service in found}  # "managed by Housing Options" names no organisation
    ends = [match.end() for match in _SENTENCE_END.finditer(text.text)]
    for first, last in _naming(found, ends, len(text.text)):
        for role in ("provider", "commissioner"):
            for match in pattern(role).finditer(text.text, first, last):
                name = None if match.end() in starts else _name(text, match.end())
                at = _nearest(found, ends, match.start()) if name else None
                if at is not None and getattr(told[at], role) is None:
                    setattr(told[at], role, name)
    for service, told_of in zip(found, told, strict=True):
        told_of.provider = told_of.provider or _listed(text, service)
    for where, start, end in _dated(text.text, ends):
        at = _nearest(found, ends, where)
        if at is not None:
            told[at].starts_on = told[at].starts_on or start
            told[at].ends_on = told[at].ends_on or end
    return told


def _naming(found: list[Found], ends: list[int], length: int) -> list[tuple[int, int]]:
    """The sentences that name a service, by their first and last characters."""
    named = sorted({bisect_right(ends, service.start) for service in found})
    return [(ends[at - 1] if at else 0, ends[at] if at < len(ends) else length) for at in named]


def _nearest(found: list[Found], ends: list[int], place: int) -> int | None:
    """Index of the last service before `place` in the sentence around it, else of the first after it there."""
    at = bisect_right(ends, place)
    first, last = ends[at - 1] if at else 0, ends[at] if at < len(ends) else None
    index = bisect_left(found, place, key=lambda service: service.start)
    if index and found[index - 1].start >= first:
        return index - 1
    if index < len(found) and (last is None or found[index].end <= last):
        return index
    return None


def _name(text: Plain, offset: int) -> str | None:
    """The organisation named at `offset`, as printed."""
    match = _NAME.match(text.text, offset)
    if match is None or pattern("not_names").match(match[0]):
        return None
    printed = text.original[text.start(match.start()): text.end(match.end())]
    name = re.sub(r"\s+", " ", printed)
    return name if len(name.split()) <= MOST_WORDS else None


def _listed(text: Plain, service: Found) -> str | None:
    """The provider in a list of the form "Respite care – Calderbrook Homes Ltd"."""
    dash = _DASH.match(text.text, service.end)
    if dash is None:
        return None
    match = _NAME.match(text.text, dash.end())
    if match is None or not _CELL_END.match(text.text, match.end()) or not pattern("organisation").search(match[0]):
        return None
    return _name(text, dash.end())


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name.lower(): number for number, names in enumerate(load("calendar")["months"], 1) for name in names}


@lru_cache(maxsize=1)
def _days() -> re.Pattern[str]:
    months = "|".join(_months())
    return re.compile(
        rf"\b\d{{1,2}}(?:(?:st|nd|rd|th)? (?:{months}),? |/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{4}}\b", re.IGNORECASE
    )


def _dated(text: str, ends: list[int]) -> Iterator[tuple[int, date | None, date | None]]:
    """Each first or last day of a contract: where it stands, and the day."""
    for match in _days().finditer(text):
        at = bisect_right(ends, match.start())
        first, last = ends[at - 1] if at else 0, ends[at] if at < len(ends) else len(text)
        if not pattern("terms").search(text, first, last):
            continue
        before = text[max(first, match.start() - 40): match.start()]
        if _STARTS.search(before):
            yield match.start(), _day(match[0]), None
        elif _ENDS.search(before):
            yield match.start(), None, _day(match[0])


def _day(printed: str) -> date | None:
    parts = re.findall(r"\d+|[A-Za-z]{3,}", printed)
    month = int(parts[1]) if parts[1].isdigit() else _months()[parts[1].lower()]
    try:
        return date(int(parts[2]), month, int(parts[0]))
    except ValueError:
        return None
