"""Sentences that announce: the verb nearest to a date tells whether it lies ahead or behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.extractors.milestones.whens import DATED, When, find_whens
from pipeline.needles import Sought
from pipeline.rules import load

REACH = 150
"""Characters between a verb and the date that it governs."""
LONGEST = 300
"""Characters of a clause that is worth quoting."""

_BORDER = re.compile(
    r"[;:]\s|\s[–—]\s|\.\s+(?=[A-Z])"
    r"|,\s(?=(?:and|but|with|while|whilst|which|who|where|whereas|although|so|then|before|after)\s)"
)
_COMMA = re.compile(rf"{_BORDER.pattern}|,\s")
_LABEL = re.compile(r"^\W*(?:(?:\(?[a-z\d]{1,3}[.)]|\d+(?:\.\d+)+)\s|\d+\.(?=[A-Z]))?\W*")
_ASIDE = re.compile(r"(?:which|who|where)\s")
_JOINT = re.compile(r"(?:and|but|which|who|so|then)\s")


Verb = tuple[int, int, str]
"""Start, end and rule of a verb that announces."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A dated event: offsets of its clause (`what`) and of its date words (`when`), within one line."""

    start: int
    end: int
    when: When
    rule: str
    confidence: float


@cache
def rules(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Id and compiled pattern of the rules of one group, in the order of the file."""
    return tuple((rule["id"], re.compile(rule["pattern"])) for rule in load("milestones")[group])


@cache
def rule(name: str) -> re.Pattern[str]:
    """The compiled pattern of the rule `milestones.<name>`."""
    return next(
        found for group in load("milestones") for key, found in rules(group) if key == f"milestones.{name}"
    )


def may_announce(text: str) -> bool:
    """Whether a text holds a date and a word that announces; cheap, so that most lines end here."""
    return DATED.search(text) is not None and any(sought.search(text) for sought in _planning())


@cache
def _planning() -> tuple[Sought, ...]:
    return tuple(Sought(pattern) for _, pattern in rules("planning"))


def announced(line: str, today: date | None) -> Iterator[Announced]:
    """The events that one sentence announces; with `today` known, only those that are not past by then."""
    whens = find_whens(line)
    if not whens:
        return
    planning = sorted((m.start(), m.end(), key) for key, found in rules("planning") for m in found.finditer(line))
    for when in whens:
        verb = _governing(line, when, planning) if _datable(line, when) else None
        if verb is None or not ahead(when, today):
            continue
        start, end = _clause(line, min(verb[0], when.start), max(verb[1], when.end))
        if end - start > LONGEST or not _fits(line, when, verb, line[start:end]):
            continue
        certain = when.dated and today is not None
        yield Announced(start, end, when, verb[2], 0.85 if certain else 0.7 if when.dated else 0.6)


def _datable(line: str, when: When) -> bool:
    """Whether the words may date an event: not a paper, a period, a day of every year, a bare "30 October Budget"."""
    if not when.dated and (not when.lead or when.kind not in ("day", "month")):
        return False
    if not when.dated and re.search(r"[a-z]\s\d+$", line[when.start : when.end]):
        return False  # "from April 25" may be a day or a year
    named = rule("history").search(line[: _words_start(line, when)])
    return named is None and not rule("recurring").match(line[when.end :])


def _fits(line: str, when: When, verb: Verb, clause: str) -> bool:
    """Whether a vague date may stand: a bare year dates only an event, a day without a year no sum of money."""
    if when.dated and when.kind not in ("year", "financial_year"):
        return True
    if re.search(r"[£%]", clause):
        return False
    governed = line[verb[0] : when.start] if verb[0] < when.start else line[when.end : verb[1] + 40]
    return not when.dated or rule("strict").search(governed) is not None


def ahead(when: When, today: date | None) -> bool:
    """Whether an event may still lie ahead of the meeting; a date that is the meeting's own does not."""
    if today is None or not when.dated:
        return True
    final = when.last or when.first
    return final is not None and final >= today and not (when.kind == "day" and when.first == when.last == today)


def _words_start(line: str, when: When) -> int:
    """Where the date begins behind its preposition."""
    return when.start + len(when.lead) + 1 if when.lead else when.start


def _governing(line: str, when: When, planning: list[Verb]) -> Verb | None:
    """The verb that announces the date; None where one that tells of the past stands nearer."""
    begin = max(0, when.start - REACH)
    begin = max([begin, *(m.end() for m in _BORDER.finditer(line, begin, when.start) if m[0][0] in ".;")])
    before = [verb for verb in planning if begin <= verb[0] < when.start]
    past = max((m.start() for m in _happened(line[: when.start]) if m.start() >= begin), default=-1)
    for verb in reversed(before):
        if past > verb[0] and not verb[0] <= past <= verb[1]:
            return None
        if verb[2] != "milestones.until" or _lasts(line[verb[1] : when.start], when):
            return verb
    if before or past >= 0 or _LABEL.sub("", line[begin : when.start]).strip():
        return None
    behind = next((verb for verb in planning if when.end <= verb[0] <= when.end + 90), None)
    if behind is None or _BORDER.search(line, when.end, behind[0]):
        return None
    return None if any(when.end <= m.start() for m in _happened(line[: behind[0]])) else behind


def _happened(text: str) -> Iterator[re.Match[str]]:
    for _, found in rules("happened"):
        yield from found.finditer(text)


def _lasts(between: str, when: When) -> bool:
    """Whether what goes on does so until, to or from the date, and not some other one named before it."""
    lead = when.lead in ("until", "till", "from", "up to") or re.search(r"\b(?:to|until|till)\b[^,;]{0,60}$", between)
    return bool(lead) and not DATED.search(between)


def _clause(line: str, first: int, last: int) -> tuple[int, int]:
    """The clause around the verb and the date; of a long one what stands between its commas."""
    start, end = _within(_BORDER, line, first, last)
    if end - start > LONGEST:
        start, end = _within(_COMMA, line, first, last)
    opening = _LABEL.match(line)
    start = opening.end() if opening and start == 0 and opening.end() <= first else start
    joint = _JOINT.match(line, start)
    start = joint.end() if joint and joint.end() <= first else start
    return start, start + len(line[start:end].rstrip(" .,;:"))


def _within(border: re.Pattern[str], line: str, first: int, last: int) -> tuple[int, int]:
    """The borders next to the verb and the date; ", which …," stands between a subject and its verb and is none."""
    borders = list(border.finditer(line))
    ends = [match.end() for match in borders if match.end() <= first]
    start = max((end for end in ends if not (_ASIDE.match(line, end) and "," in line[end:first])), default=0)
    return start, min((match.start() for match in borders if match.start() >= last), default=len(line))
