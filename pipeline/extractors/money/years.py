"""Financial years: "2024/25", "2024-25", "24/25", "2024 to 2025", "FY25".

A financial year runs from 1 April to 31 March (Local Government Act 2003, and the Accounts and Audit Regulations
2015, for councils in England). It is written here as `2024/25`. Spans of several years ("2013-2017") are none.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from pipeline.document import Outline

YEAR = re.compile(
    r"(?<![\d/.£-])(?:(?P<long>(?:19|20)\d{2})\s?(?:/|-|–|—|‑|\bto\b)\s?(?P<next>(?:19|20)?\d{2}|(?<=/)\d)"
    r"|(?P<short>\d{2})/(?P<after>\d{2})|FY\s?'?(?:20)?(?P<fy>\d{2}))(?![\d/]|-\d|\.\d)"
)

JOINED_FIGURES = re.compile(r"\d\d\s?(?:[/–—‑-]|to\b)\s?\d\d|\d\d/\d\b")
"""What every form of a year but "FY25" holds, quickly looked for since it begins with a figure."""
MARCH = re.compile(
    r"\b(?:year (?:end(?:ed|ing)|to)|(?:as )?at|on|by)(?: the)? (?:31(?:st)? )?March,? (?P<march>(?:19|20)\d{2})\b",
    re.I,
)
"""The last day of a financial year, and the year that ends on it."""
MONITORING = re.compile(r"\b(?:monitoring|outturn|forecast|financial position)\b", re.I)
IN_YEAR = re.compile(
    r"\b(?:quarter(?:ly)?|Q[1-3]\b|period \d|month \d|(?:budget|revenue|capital|financial|finance) monitoring"
    r"|(?:revenue|capital|budget|financial) forecast)",
    re.I,
)
"""An item on how a year goes."""
CLOSED = re.compile(
    r"\b(?:outturn|provisional|year[- ]end|Q4|quarter (?:4|four)|fourth quarter|final|annual|strategy)\b", re.I
)
"""An item on a year that is over, or to come."""
MONTH = re.compile(
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December),?\s(?P<year>20\d{2})\b",
    re.I,
)
DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?:(?P<a>[-/. ])(?P<number>\d{2})(?P=a)|[-/. ]?"
    r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[-/., ]{1,2})(?P<year>20\d{2}|\d{2})\b",
    re.I,
)
MONTH_ALONE = re.compile(
    r"\W*(?:(?:as )?at |to )?(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[-., ’']{1,2}"
    r"(?P<year>20\d{2}|\d{2})(?:\s*[(£][£mk0s' )]*)?\W*",
    re.I,
)
"""A heading that is a month and nothing else but a unit; that of a draft ("Draft (Nov 2024)") dates the draft."""
AGAINST = re.compile(
    r"\b(?:increase|decrease|reduction|rise|fall|change|uplift|growth|movement|more|less|higher|lower|up|down|compared)\b"
    r"(?:[^.;]|\.(?=\d)){0,40}\b(?:on|than|since|from|against|over|with|to)\s(?:the\s|that\s(?:of|for|in)\s|in\s)?$",
    re.I,
)
"""What leads to a year that another is compared with."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
JOINED = re.compile(r"(?:\s(?:an?|per|each)\s\w+)?\s?\(?(?:(?:in|for|during|of|by)\s(?:the\s)?)?")


def financial_years(text: str) -> list[tuple[int, int, str]]:
    """Start, end and normalised form of every financial year named in `text`."""
    return list(_financial_years(text))


@lru_cache(maxsize=4096)
def _financial_years(text: str) -> tuple[tuple[int, int, str], ...]:
    found = []
    for match in YEAR.finditer(text) if "FY" in text or JOINED_FIGURES.search(text) else ():
        if match["fy"]:
            last = 2000 + int(match["fy"])
            found.append((match.start(), match.end(), f"{last - 1}/{last % 100:02d}"))
            continue
        if match["long"]:
            first, second = int(match["long"]), int(match["next"]) % 100
            if len(match["next"]) == 1:
                second = (first + 1) % 100 if (first + 1) % 10 == second else -1
        else:
            first, second = 2000 + int(match["short"]), int(match["after"])
            if not 0 <= first - 2000 <= 60:
                continue
        if (first + 1) % 100 == second:
            found.append((match.start(), match.end(), f"{first}/{second:02d}"))
    if "March" in text:
        for match in MARCH.finditer(text):
            last = int(match["march"])
            found.append((match.start(), match.end(), f"{last - 1}/{last % 100:02d}"))
        found.sort()
    return tuple(found)


def own_years(label: str) -> list[str]:
    """Years that a label names for itself: "increase from 2024-25" is not of 2024/25."""
    return [
        year
        for start, _, year in financial_years(label)
        if not re.search(r"\b(?:from|since|than|to|against|over)\s$", label[:start])
    ]


@lru_cache(maxsize=4096)
def heading_years(label: str) -> tuple[str, ...]:
    """Years that a column's heading names: by themselves, or else by a day ("30-Sep-24", "31/03/2024") or as a month
    alone ("March 24")."""
    named = own_years(label)
    if named:
        return tuple(named)
    months = [
        (int(day["number"]) if day["number"] else _month(day["name"]), day["year"]) for day in DAY.finditer(label)
    ]
    if not months and (alone := MONTH_ALONE.fullmatch(label)):
        months = [(_month(alone["name"]), alone["year"])]
    return tuple(_year_of_month(month, int(year) % 100 + 2000) for month, year in months if 1 <= month <= 12)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _year_of_month(month: int, year: int) -> str:
    """The financial year in which a month of a calendar year lies."""
    first = year - (month < 4)
    return f"{first}/{(first + 1) % 100:02d}"


def own_of(text: str, years: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The years that a sentence is about, without those that something is compared with."""
    return [span for span in years if not AGAINST.search(text[: span[0]])]


def year_for(text: str, start: int, end: int, years: list[tuple[int, int, str]]) -> str | None:
    """The year of the amount at `start`–`end`: one joined to it ("£4m in 2023/24"), else the nearest.

    A year that a movement is told against ("an increase of £1m on 2023/24") is not the movement's own, nor is one
    of which the amount is said to be so much more.
    """
    years = own_of(text, years)

    def distance(span: tuple[int, int, str]) -> float:
        if span[1] <= start:
            return start - span[1]
        return -1 if JOINED.fullmatch(text[end : span[0]]) else (span[0] - end) * 1.2

    return min(years, key=distance)[2] if years else None


def _monitored_year(title: str) -> str | None:
    """The year that a monitoring report is about, by the month in its title ("Budget monitoring – September 2024")."""
    month = MONTH.search(title) if MONITORING.search(title) else None
    if month is None:
        return None
    return _year_of_month(_month(month["month"]), int(month["year"]))


def section_years(outline: Outline) -> list[str | None]:
    """For each block the financial year of its agenda item's title, else the one that the item names; else the only one
    that its document names, which in a pack is the paper that is bound in."""
    blocks = outline.document.blocks
    found: list[str | None] = []
    for first, last, title in _papers(outline):
        named = [{year for _, _, year in financial_years(block.text)} for block in blocks[first:last]]
        items = [outline.item_index_at(b.start) if outline.items else None for b in blocks[first:last]]
        by_item: dict[int | None, set[str]] = {}
        for item, years in zip(items, named, strict=True):
            by_item.setdefault(item, set()).update(years)
        everywhere = set().union(*named) if named else set()
        only = next(iter(everywhere)) if len(everywhere) == 1 else _monitored_year(title)
        titled: dict[int | None, str | None] = {
            item: _foremost(outline.items[item].title) for item in set(items) if item is not None
        }
        for item in titled:
            if item is not None and not by_item[item]:
                titled[item] = titled[item] or _year_of_sitting(outline, item)
        found += [
            titled.get(item) or (next(iter(by_item[item])) if len(by_item[item]) == 1 else only) for item in items
        ]
    return found


def _year_of_sitting(outline: Outline, item: int) -> str | None:
    """The year in which a meeting is held that is told how the year goes; one held soon after a year ends may be told
    of that."""
    title, held = outline.items[item].title or "", outline.held_on
    if held is None or 4 <= held.month <= 6 or not IN_YEAR.search(title) or CLOSED.search(title):
        return None
    return _year_of_month(held.month, held.year)


def _foremost(title: str | None) -> str | None:
    """The financial year that a title names, or names more often than any other."""
    counted = Counter(year for _, _, year in financial_years(title or "")).most_common(2)
    return counted[0][0] if counted and (len(counted) == 1 or counted[0][1] > counted[1][1]) else None


def _papers(outline: Outline) -> list[tuple[int, int, str]]:
    """First block, last and title of the document, or of each that is bound in."""
    if not outline.parts:
        return [(0, len(outline.document.blocks), outline.title or "")]
    return [(part.first, part.last, part.title or "") for part in outline.parts]
