"""Words that date an event, and the first and last day that they allow: "by the end of March 2027", "Spring 2025".

Nothing is assumed that the words do not say: "in June" has no year and so no days; "by March 2027" has a last day and
no first, "from April 2026" a first and no last. A season is the meteorological one (Met Office: spring is March to
May), a quarter with a financial year is counted from April, and one with a bare year is left open, being either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.parser import ParserError, parse
from dateutil.relativedelta import relativedelta

from pipeline.extractors.money.years import financial_years
from pipeline.needles import Sought

Kind = Literal["day", "month", "season", "quarter", "year", "financial_year"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ANY_MONTH = rf"(?:{_MONTH}\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?<![\d/.£,:-])(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![\d,%])"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:the\s)?)?"
_YEAR = r"(?:19|20)\d\d(?![\d/])(?!\s?[-–]\s?\d\d\b)"
_PART = (
    r"(?i:(?:the\s)?(?:end|close|beginning|start|middle)\s(?:of\s(?:the\s)?|(?=[a-z]))|(?:early|mid|late)[\s-](?:in\s|to\smid\s)?"
    r"|(?:the\s)?(?:week\s(?:commencing|beginning|ending)\s|w/c\s))?"
)
_LEAD = (
    r"(?:(?P<lead>(?i:prior\sto|beyond|no\slater\sthan|not\slater\sthan|with\seffect\sfrom|effective\sfrom|starting\s(?:from|on|in)"
    r"|commencing\s(?:on|in|from)?|as\sof|in\sor\saround|on\sor\sbefore|up\sto|(?:in|on)\sor\safter"
    r"|by|before|until|till|from|after|since|between|in|on|during|for|to|of|at))\s(?:the\s|either\s)?)?"
)
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("day", re.compile(
        rf"(?:\b|(?<=[a-z])(?=\d)){_LEAD}(?P<words>(?P<part>{_PART}){_WEEKDAY}(?:(?P<from>{_DAY})\s?(?:to|–|-|and|&)\s?)?(?:the\s)?"
        rf"(?P<date>{_DAY}\s?(?:of\s)?{_ANY_MONTH},?(?:\s?(?P<year>{_YEAR}))?))"
    )),
    ("day", re.compile(
        rf"\b{_LEAD}(?P<words>(?P<part>{_PART}){_WEEKDAY}(?P<date>{_MONTH}\s{_DAY},?\s(?P<year>{_YEAR})))"
    )),
    ("day", re.compile(
        rf"(?<![\w/.-]){_LEAD}(?P<words>(?P<part>){_WEEKDAY}(?P<date>(?:{_DAY}/(?:0?[1-9]|1[0-2])/"
        r"|(?<![£\d.])[0-3]\d\.[01]\d\.)(?P<year>(?:20)?\d\d))(?![\d/.]\d))"
    )),
    ("day", re.compile(
        rf"\b(?P<lead>from|between)\s(?P<words>(?P<part>)(?P<date>{_MONTH}\s{_DAY}))(?P<year>)(?!\s\d)"
    )),
    ("month", re.compile(
        rf"\b{_LEAD}(?P<words>(?P<part>{_PART})(?:(?P<from>{_ANY_MONTH})\s?(?:to|–|-|/|and)\s?)?"
        rf"(?P<date>{_ANY_MONTH}),?\s(?P<year>{_YEAR}))"
    )),
    ("month", re.compile(
        r"\b(?P<lead>(?i:in|by|from|until|till|before|during|after))\s"
        rf"(?P<words>(?P<part>{_PART})(?P<date>{_MONTH})\b)(?!\s(?:be|have|not|also|need|\d))(?P<year>)"
    )),
    ("season", re.compile(
        rf"\b{_LEAD}(?P<words>(?P<part>{_PART})(?:(?P<from>{_SEASON})\s?(?:to|or|–|-|/)\s?)?(?P<date>{_SEASON})"
        r"(?:\s(?:of|term))?\s"
        r"(?P<year>20\d\d)(?:\s?[/–-]\s?(?:20)?\d\d\b)?)"
    )),
    ("quarter", re.compile(
        rf"\b{_LEAD}(?P<words>(?P<part>{_PART})(?:(?:Quarter|quarter|Qtr|Q)\s?(?P<number>[1-4])"
        r"|(?P<word>first|second|third|fourth|final|last)\squarter)(?:\s(?:of|in|for))?(?:\sthe)?(?:\sfinancial\syear)?,?\s"
        r"(?P<date>(?P<year>20\d\d)(?:\s?[/–-]\s?(?P<next>(?:20)?\d\d)\b)?))"
    )),
    ("year", re.compile(
        rf"\b(?P<lead>(?i:by|in|before|during|until|after|from))\s(?P<words>(?P<part>{_PART})(?P<date>(?P<year>{_YEAR})))"
    )),
)
_SOUGHT = [(kind, Sought(form)) for kind, form in _FORMS]
_LED = re.compile(rf"\b(?P<lead>(?i:in|by|from|during|before|until))\s(?:the\s)?(?P<part>{_PART})$")
_JOIN = re.compile(r"\s?(?:to|until|till|and|or|[-–—]|through to)\s?(?:the\s)?")
_BETWEEN = re.compile(r"(?:from|between)")
_HOLDS = re.compile(rf"\d|{_MONTH}")
"""What every form holds."""
DATED = re.compile(
    rf"\b(?:20\d\d|\d\d?/\d\d?/\d\d)\b|{_MONTH}\b|\b(?i:spring|summer|autumn|winter|quarter)\b"
)
"""What a line must hold for a date to be looked for."""


@dataclass(frozen=True, slots=True)
class When:
    """Words at `start`–`end` that date something; `first` and `last` are the days that they allow, None where open."""

    start: int
    end: int
    kind: Kind
    lead: str
    first: date | None
    last: date | None
    whole: tuple[date, date] | None
    """The period named, whatever stands before it."""

    @property
    def dated(self) -> bool:
        """Whether the words say a year."""
        return self.whole is not None


def find_whens(text: str) -> list[When]:
    """All words of `text` that date something, in order, none inside another, ranges as one."""
    if _HOLDS.search(text) is None:
        return []
    read = [(match.start(), match.end(), _read(kind, match)) for kind, form in _SOUGHT for match in form.finditer(text)]
    read += [(when.start, when.end, when) for when in _financial_years(text)]
    read.sort(key=lambda one: (one[0], -one[1]))
    apart: list[When] = []
    end = 0
    for start, stop, when in read:
        if start >= end:  # "31 June 2026" is no day, and its "June 2026" no month either
            end = stop
            apart += [when] if when else []
    return list(_ranges(text, apart))


def _read(kind: Kind, match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    lead = (groups["lead"] or "").lower()
    if lead in ("of", "to", "for", "at"):
        lead, start = "", match.start("words")
    else:
        start = match.start()
    whole: tuple[date, date] | None = None
    if groups["year"]:
        try:
            whole = _period(kind, groups)
        except (ValueError, OverflowError, ParserError):
            return None
        if whole is None and kind != "quarter":
            return None
    bounded = groups.get("from") and lead in ("from", "between")
    first, last = _allowed("" if bounded else lead, whole)
    return When(start, match.end(), kind, lead, first, last, whole)


def _period(kind: Kind, groups: dict[str, str | None]) -> tuple[date, date] | None:
    year = int(groups["year"] or 0)
    words = groups["date"] or ""
    if kind == "day":
        day = parse(re.sub(r"\bof\b", " ", words), dayfirst=True).date()
        begin = int(re.sub(r"\D", "", groups["from"] or "")) if groups.get("from") else day.day
        return _week(groups["part"] or "", day.replace(day=begin), day) if begin <= day.day else None
    if kind == "month":
        last = date(year, _month(words), 1) + relativedelta(day=31)
        first = date(year, _month(groups["from"] or words), 1)
        return (first, last) if first <= last else (first - relativedelta(years=1), last)
    if kind == "season":
        last = date(year, SEASONS[words.lower()], 1) + relativedelta(months=3, days=-1)
        first = date(year, SEASONS[(groups["from"] or words).lower()], 1)
        return (first, last) if first <= last else (first - relativedelta(years=1), last)
    if kind == "quarter":
        if not groups["next"] or (year + 1) % 100 != int(groups["next"]) % 100:
            return None
        number = int(groups["number"]) if groups["number"] else QUARTERS[(groups["word"] or "").lower()]
        first = date(year, 4, 1) + relativedelta(months=3 * (number - 1))
        return first, first + relativedelta(months=3, days=-1)
    return date(year, 1, 1), date(year, 12, 31)


def _month(words: str) -> int:
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(words[:3]))


def _week(part: str, first: date, last: date) -> tuple[date, date]:
    """A week commencing or ending on a day; without such words the day itself."""
    if part.lower().startswith(("week", "the week", "w/c")):
        return (last - timedelta(days=6), last) if "ending" in part else (first, first + timedelta(days=6))
    return first, last


def _financial_years(text: str) -> Iterator[When]:
    for start, end, named in financial_years(text):
        before = _LED.search(text[:start])
        if before:
            whole = date(int(named[:4]), 4, 1), date(int(named[:4]) + 1, 3, 31)
            lead = before["lead"].lower()
            yield When(before.start(), end, "financial_year", lead, *_allowed(lead, whole), whole=whole)


def _allowed(lead: str, whole: tuple[date, date] | None) -> tuple[date | None, date | None]:
    """First and last day that the word before a period leaves."""
    if whole is None:
        return None, None
    first, last = whole
    if lead in ("before", "prior to"):
        return None, first - timedelta(days=1)
    if lead in ("by", "until", "till", "no later than", "not later than", "on or before", "up to"):
        return None, last
    if lead in ("after", "beyond"):
        return last + timedelta(days=1), None
    if "from" in lead or lead.startswith(("starting", "commencing")) or lead in ("as of", "since", "on or after"):
        return first, None
    return first, last


def _ranges(text: str, found: list[When]) -> Iterator[When]:
    """Two dates that bound one period become one; the year of the second is that of the first where it has none."""
    at = 0
    while at < len(found):
        one, other = found[at], found[at + 1] if at + 1 < len(found) else None
        joined = _join(text, one, other) if other else None
        yield joined or one
        at += 2 if joined else 1


def _join(text: str, one: When, other: When) -> When | None:
    between = text[one.end : other.start] + (text[other.start : other.end].split(" ")[0] if other.lead else "")
    gap = re.sub(r"\s(until|till)$", r" until", f" {between.strip()}").strip()
    leads = gap if not other.lead else gap.removesuffix(other.lead).strip() + " " + other.lead
    if not _JOIN.fullmatch(f" {leads.strip()} ") or (leads.strip() == "and" and one.lead != "between"):
        return None
    if leads.strip() in ("until", "till") and not _BETWEEN.match(one.lead):
        return None
    if other.whole is None or {one.kind, other.kind} & {"financial_year", "quarter"}:
        return None if other.whole is None and one.whole is not None else replace(one, end=other.end)
    first = one.whole[0] if one.whole else _borrowed(text[one.start : one.end], other)
    if first is None or first > other.whole[1]:
        return None
    whole = first, other.whole[1]
    allowed = whole if one.lead in ("from", "between") else _allowed(one.lead, whole)
    return When(one.start, other.end, other.kind, one.lead, *allowed, whole=whole)


def _borrowed(words: str, other: When) -> date | None:
    """The first day of words without a year, in the year of the date that ends their period."""
    assert other.whole is not None
    month = next((i for i, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name[:3]}", words)), None)
    day = re.search(r"\d+", words)
    if month is None:
        return None
    try:
        return date(other.whole[1].year, month, int(day[0]) if day else 1)
    except ValueError:
        return None
