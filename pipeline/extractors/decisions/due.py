"""By when something must come back or be done: the words, and the day where they and the meeting's date give one."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta
from word2number import w2n

from pipeline.extractors.decisions.grammar import expand

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
NUMBERS = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "eighteen"]
WELSH_MONTHS = [
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
]
DAY = expand(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd"
    r"|th)?\s+(?:of\s+)?(?P<month>{{month}}|" + "|".join(WELSH_MONTHS) + r"),?(?:\s+(?P<year>(?:19|20)\d\d))?"
)
LEAD = (
    r"\b(?:hyd\s+(?:y\s+|at\s+)?(?:gyfarfod|cyfarfod)(?:\s+ar)?|by|no\s+later\s+than|not\s+later\s+than|before|until|with\s+effect\s+from|effective\s+from"
    r"|from|on\s+or\s+before|commencing(?:\s+on)?|"
    r"(?:at|to|until|for)\s+(?:its|the|their|a|an)\s+(?:[\w’'-]+\s+){0,5}?(?:meeting|session|council"
    r"|committee|cabinet|board)\s+(?:to\s+be\s+)?(?:held\s+)?(?:on|in|of)|"
    r"(?:to|at)\s+the\s+meeting\s+of\s+(?:the\s+)?(?:[\w’'-]+\s+){1,6}?(?:to\s+be\s+)?(?:held\s+)?on|"
    r"(?:brought?|bring|come|report)\b[^.;]{0,60}\bback\s+on|\breceives?\b[^.;]{3,60}?\bon|(?:put\s+off|deferred|adjourned|postponed)\s+(?:to|until)|"
    r"to\s+(?:the\s+)?(?:[A-Z][\w-]*\s+){0,4}(?:Council|Cabinet|Committee|Board|Executive|Panel)\s+on)\s*"
)
DATED = re.compile(rf"{LEAD}{DAY}", re.IGNORECASE)
FROM = re.compile(r"^\W*(?:from|commencing)", re.IGNORECASE)
BACKWARD = re.compile(
    r"\b(?:held|published|dated|agreed|minutes|(?<!be )approved|received|ends?|expires?|expiry|reach\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
PERIOD = re.compile(
    rf"\b(?:with)?in\s+(?:the\s+next\s+)?(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})\s+(?:working\s+)?"
    rf"(?P<unit>day|week|month|year)s?[’']?(?:\s+time)?\b|"
    r"\bafter\s+(?P<count2>\d{1,2}|a|one|two|three|six|nine|twelve|eighteen)\s+(?P<unit2>month|week|year)s?\b",
    re.IGNORECASE,
)
LOOSE = re.compile(
    expand(
        r"\b(?:by|in|before|at|to)\s+(?:the\s+)?(?:(?:end\s+of|early|late|spring|summer|autumn"
        r"|winter)\s+)*(?:{{month}})(?:\s+20\d\d)?(?:\s+(?:meeting|cycle))?"
        r"|\b(?:by|in|before|during)\s+(?:the\s+)?(?:early\s+|late\s+)?(?:spring|summer|autumn|winter)\b"
        r"(?:\s+(?:of\s+)?20\d\d)?"
        r"|\b(?:at|to|until|for)\s+(?:the|its|a)\s+(?:next|following|future|(?:{{month}}))"
        r"(?:\s+\w+){0,2}\s+meeting(?:\s+of\s+(?:the\s+)?[A-Z][\w ]{2,40})?"
        r"|\bby\s+the\s+end\s+of\s+(?:the\s+)?(?:financial\s+|calendar\s+|municipal\s+)?year\b"
        r"|\blater\s+(?:this|in\s+the)\s+year\b"
    ),
    re.IGNORECASE,
)
ACTS = re.compile(
    r"\b(?:transfer|implement|take\s+effect|come\s+into|with\s+effect|increase|adopt|introduc|start"
    r"|begin|commence|apply|return|report|back|present|submit|refer|complete|clos|pay|appl|final"
    r"|consider|decision|review)",
    re.IGNORECASE,
)


def due_in(text: str, held_on: date | None) -> tuple[str | None, date | None]:
    """The words of a clause that set a time, and the day that they mean.

    A period ("in six months' time") counts from `held_on`. A day without a year is the next one after `held_on`.
    """
    for found in DATED.finditer(text):
        before = text[: found.start()]
        if BACKWARD.search(before) or (FROM.match(found[0]) and not ACTS.search(before[-260:])):
            continue
        day = _day(found, held_on)
        if day is not None or held_on is None:
            return found[0].strip(), day
    period = PERIOD.search(text)
    if period:
        return period[0].strip(), _after(period, held_on)
    loose = LOOSE.search(text)
    if (
        loose
        and ACTS.search(text)
        and not re.match(r"\W*(?:that\s+\w+\s+)?not(?:e|es|ed|ing)\b", text, re.IGNORECASE)
        and not BACKWARD.search(text[: loose.start()])
    ):
        return loose[0].strip(), None
    return None, None


def _day(found: re.Match[str], held_on: date | None) -> date | None:
    name = found["month"].lower()
    month = (MONTHS if name in MONTHS else WELSH_MONTHS).index(name) + 1
    day = int(found["day"])
    try:
        if found["year"]:
            return date(int(found["year"]), month, day)
        if held_on is None:
            return None
        this_year = date(held_on.year, month, day)
        return this_year if this_year >= held_on else date(held_on.year + 1, month, day)
    except ValueError:
        return None


def _after(found: re.Match[str], held_on: date | None) -> date | None:
    """The day a period ends that begins with the meeting; working days need a calendar of holidays and give None."""
    if held_on is None or "working" in found[0].lower():
        return None
    unit, count = (found["unit"] or found["unit2"]).lower(), (found["count"] or found["count2"]).lower()
    number = int(count) if count.isdigit() else 1 if count == "a" else int(w2n.word_to_num(count))
    return held_on + relativedelta(**{f"{unit}s": number})  # type: ignore[arg-type]
