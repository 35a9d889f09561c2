"""Dates and times in running text, in all the forms that councils print them. Day first, as the British do.

A date is read only where day, month and year are all there: "9 January" says no year and is no date here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from pipeline import rules
from pipeline.needles import Sought


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands in a text; `weekday_agrees` is None where no weekday is printed with it."""

    start: int
    end: int
    value: date
    weekday_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day as it stands in a text."""

    start: int
    end: int
    value: time


def _names(kind: str) -> dict[str, int]:
    """Lower-case names of months (1 to 12) or weekdays (0 Monday) in English and Welsh, from the rules."""
    table = cast("dict[str, list[Any]]", rules.load("calendar")[kind])
    first = 1 if kind == "months" else 0
    return {name.lower(): number for number, names in enumerate(table, first) for name in names}


MONTHS = _names("months")
WEEKDAYS = _names("weekdays")
_MORNING = 8
"""Before this hour no meeting begins; "7.30" may be an evening's, "07:30" is not."""


def _any_of(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_WEEKDAY = rf"(?:(?:dydd\s+)?(?P<weekday>{_any_of(WEEKDAYS)})\b\.?\s*,?\s*(?:the\s+)?)?"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|af|ail|il|ydd|edd|eg|ain|fed|ed))?"
_MONTH = rf"(?P<month>{_any_of(MONTHS)})"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]\d\d)"
_DAY = r"(?<![\d/.£])(?P<day>0?[1-9]|[12]\d|3[01])"
_FORMS = tuple(Sought(re.compile(form, re.IGNORECASE)) for form in (
    rf"{_WEEKDAY}{_DAY}{_ORDINAL}(?:\s*(?:day\s+)?of\s+|\s+o\s+|"
    rf"\s*[-–,/]?\s*){_MONTH}\.?(?![a-z])\s*[-–,/]?\s*{_YEAR}(?!\d)",
    rf"{_WEEKDAY}(?<![a-z]){_MONTH}\.?\s+(?P<day>0?[1-9]|[12]\d|3[01]){_ORDINAL}\s*,?\s+{_YEAR}(?!\d)",
    rf"{_WEEKDAY}{_DAY}(?P<mark>[/.\-])(?P<number>0?[1-9]|1[0-2])(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/]|\.\d)",
    rf"{_WEEKDAY}(?<![\d/.])(?P<year>(?:19|20)\d\d)(?P<mark>[/.\-])(?P<number>0?[1-9]|1[0-2])(?P=mark)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
))
_HELD = re.compile(r"\d\d")
"""What every form holds: a year's last two digits."""
_TIME = re.compile(
    r"(?<![\d:.£])(?P<hour>[01]?\d|2[0-3])(?:\s?[.:]\s?(?P<minute>[0-5]\d))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m(?![a-z])\.?|\s*(?P<welsh>y\.?[bhp])\b\.?|(?P<clock>\s*(?:hours|hrs)\b)"
    r"|(?P<gloch>\s*o[’']r gloch\b)|(?![\d:]))"
    r"|(?<!\w)(?:12\s*)?(?P<word>noon|midday)\b",
    re.IGNORECASE,
)


def find_dates(text: str) -> list[FoundDate]:
    """Every full date in `text`, in order, none overlapping another."""
    if _HELD.search(text) is None:
        return []
    found: list[FoundDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            value = _date_of(match)
            if value is not None:
                found.append(FoundDate(match.start(), match.end(), value, _agrees(match, value)))
    found.sort(key=lambda d: (d.start, -d.end))
    return list(_apart(found))


def find_times(text: str) -> list[FoundTime]:
    """Every time of day in `text`; a bare number counts only with am, pm, minutes or the word noon."""
    dates = find_dates(text)
    found = []
    for match in _TIME.finditer(text):
        value = _time_of(match)
        inside = any(d.start <= match.start() < d.end for d in dates)
        if value is not None and not inside:
            found.append(FoundTime(match.start(), match.end(), value))
    return found


def _date_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else MONTHS[groups["month"].lower()]
    digits = groups["year"].lstrip("'’")
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    try:
        return date(year, month, int(groups["day"]))
    except ValueError:
        return None


def _agrees(match: re.Match[str], value: date) -> bool | None:
    weekday = match["weekday"]
    return None if weekday is None else WEEKDAYS[weekday.lower()] == value.weekday()


def _apart(found: list[FoundDate]) -> Iterator[FoundDate]:
    end = -1
    for date_found in found:
        if date_found.start >= end:
            yield date_found
            end = date_found.end


def _time_of(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(12)
    if not (match["minute"] or match["half"] or match["welsh"]):
        return None
    if match["gloch"] and int(match["hour"]) < 8:
        return None  # an afternoon's or a morning's, the text does not say
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or {"b": "a", "h": "p", "p": "p"}.get((match["welsh"] or " ")[-1].lower(), "")).lower()
    if not half and 0 < hour < _MORNING and len(match["hour"]) == 1:
        return None  # "at 7.30" in a village hall is an evening's
    if hour <= 12 and half == "p":
        hour = hour % 12 + 12
    elif hour <= 12 and half == "a":
        hour %= 12
    return time(hour, minute) if hour < 24 else None
