"""Titles of Acts, of instruments and of cases, told by their form: capitals, the noun that ends them, the year.

A title is looked for backwards from its noun ("Act", "Regulations"), so that lines without one cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.rules import load

REACH = 170
"""Characters before its noun in which a title must begin."""

_WORD = r"[A-Z][\w’'\-]*\.?"
_BRACKETED = r"\((?:[A-Z][^()\t]{0,60}|No\.?\s?\d+)\)"
_LINK = r"(?:of\sthe|of|and|for|to|in|at|from|by|on|with|the|etc\.?|&|OF|AND|FOR|TO|IN)"
_LISTED = r"(?:,(?=[^,;]*(?:,[^,;]*)*\s(?:and|&)\s))?"
"""A comma, where a list ended by "and" follows: "Police, Crime, Sentencing and Courts Act"."""
_TITLE = re.compile(
    rf"(?<![\w’'])(?:{_BRACKETED}\s)?{_WORD}{_LISTED}"
    rf"(?:\s(?:{_LINK}\s(?={_WORD}|\())?(?:{_WORD}{_LISTED}|{_BRACKETED}))*(?:\setc\.?)?\s$"
)
_ACT = re.compile(
    r"\b(?P<noun>Acts?|ACTS?)\b"
    r"(?:(?:\s|,\s?)(?P<open>\()?(?P<digits>(?:1[89]|20)\d\d)(?(open)\))(?!\d|/\d))?(?:\([a-z]\))?"
)
_BY = re.compile(
    r"\s(?P<body>(?:\([A-Z][^()]{1,80}\)\s?)+(?:(?:[A-Z][\w’'\-]*|and|of|to|for)\s){0,6}?(?:Regulations|Order|Rules))"
    r"(?:\s\(?(?P<digits>(?:19|20)\d\d)\)?)?"
)
_INSTRUMENT = re.compile(r"\b(?:Regulations|Orders?|Rules|Measure|Directive)\s\(?(?P<digits>(?:19|20)\d\d)\)?(?![\d/])")
_DIRECTIVE = re.compile(r"\b(?:EU\s|EC\s|Council\s)?Directive\s(?P<digits>(?:19|20)\d\d)/\d+(?:/E[UC]C?)?")
_WELSH = re.compile(
    r"\bDeddf\s(?:[A-Z]\w+|[a-z]{1,4}|\([A-Z][^()]*\))"
    r"(?:\s(?:[A-Z][\w’]+|[a-z’]{1,4}|\([A-Z][^()]*\)))*\s(?P<digits>(?:19|20)\d\d)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<digits>(?:18|19|20)\d\d)\s$")
_CITATION = re.compile(
    r"\s?,?\s?[\[(](?P<digits>(?:1[89]|20)\d\d)[\])](?:\s\d{1,2})?\s(?:[A-Z][A-Za-z.]*\s){1,3}(?:\d+)(?:\s\([A-Z][a-z]+\))?"
    r"|\s(?=(?:case|judge?ment|ruling|decision)\b)"
)
_PARTY = r"(?:[A-Z][\w’'.\-]*|R\s\([^()]{1,80}\))(?:\s(?:(?:of|the|and|for|&|on)\s)*(?:[A-Z(][\w’'.\-)]*))*"
_CASE = re.compile(rf"\b(?P<case>{_PARTY}\s[vV]s?\.?\s{_PARTY})")


@dataclass(frozen=True, slots=True)
class Named:
    """An Act, instrument or case named in a line: `title` as printed, without its year."""

    start: int
    end: int
    title: str
    year: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Rules:
    openers: frozenset[str]
    owner: re.Pattern[str]
    not_instrument: re.Pattern[str]
    not_title: re.Pattern[str]
    initials: re.Pattern[str]
    abbreviated: dict[str, tuple[str, frozenset[int]]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rules = load("legal")
    patterns = {rule["id"]: re.compile(rule["pattern"]) for rule in rules["patterns"]}
    table = {entry["initials"]: (entry["act"], frozenset(entry["years"])) for entry in rules["abbreviations"]}
    initials = "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
    return _Rules(
        openers=frozenset(rules["openers"]["words"]),
        owner=patterns["legal.owner"],
        not_instrument=patterns["legal.not_instrument"],
        not_title=patterns["legal.not_title"],
        initials=re.compile(rf"(?<![\w(])(?P<initials>{initials})\s?(?P<digits>(?:18|19|20)\d\d)(?!\d|/)"),
        abbreviated=table,
    )


def named_in(line: str) -> list[Named]:
    """Every Act, instrument and case named in `line`, in order, none inside another."""
    found = [*_acts(line), *_instruments(line), *_abbreviated(line), *_cases(line), *_foreign(line)]
    found.sort(key=lambda one: (one.start, -one.end))
    apart: list[Named] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _acts(line: str) -> Iterator[Named]:
    for match in _ACT.finditer(line):
        start = _title_start(line, match.start())
        if start is None:
            continue
        made = _BY.match(line, match.end())
        if made and match["digits"] and made["digits"]:
            yield Named(start, made.end(), line[start : made.end("body")], int(made["digits"]), "legal.instrument")
            continue
        noun = match["noun"]
        capitals = noun.isupper()
        year = int(match["digits"]) if match["digits"] else None
        first = _YEAR_FIRST.search(line, max(0, start - 5), start)
        if year is None and (capitals or _rules().not_title.match(line, match.end())):
            continue
        title = line[start : match.start() + len("Act")]
        end = match.end() if year is not None else match.start() + len(noun)
        if year is None and first:
            year, start = int(first["digits"]), first.start()
        yield Named(start, end, title, year, "legal.act")


def _title_start(line: str, end: int) -> int | None:
    """Where the title begins whose noun stands at `end`; None where nothing before it is a title."""
    begin = max(0, end - REACH)
    match = _TITLE.search(line[begin:end])
    if not match:
        return None
    words = list(re.finditer(r"\S+", match[0]))
    kept = 0
    for at, word in enumerate(words):
        if _rules().owner.search(word[0]) or word[0] in ("Act", "Acts", "Act,"):
            kept = at + 1
    openers = _rules().openers | {"&"}
    while kept < len(words) and (words[kept][0] in openers or words[kept][0][0].islower()):
        kept += 1
    if kept == len(words) or not re.search(r"[A-Z][a-z’'\-]|[A-Z]{3}", match[0][words[kept].start():]):
        return None
    return begin + match.start() + words[kept].start()


def _instruments(line: str) -> Iterator[Named]:
    for match in _INSTRUMENT.finditer(line):
        start = _title_start(line, match.start())
        noun = line[match.start() : match.start("digits")].rstrip(" (")
        if start is None or _rules().not_instrument.search(line[start : match.end()]):
            continue
        yield Named(start, match.end(), line[start : match.start()] + noun, int(match["digits"]), "legal.instrument")


def _abbreviated(line: str) -> Iterator[Named]:
    for match in _rules().initials.finditer(line):
        act, years = _rules().abbreviated[match["initials"]]
        if int(match["digits"]) in years:
            yield Named(match.start(), match.end(), act, int(match["digits"]), "legal.abbreviation")


def _cases(line: str) -> Iterator[Named]:
    for match in _CASE.finditer(line):
        cited = _CITATION.match(line, match.end())
        if not cited:
            continue
        first = match["case"].split(" ", 1)
        start = match.start() + (len(first[0]) + 1 if first[0] in _rules().openers else 0)
        year = int(cited["digits"]) if cited["digits"] else None
        yield Named(start, cited.end() if year else match.end(), line[start : match.end()], year, "legal.case")


def _foreign(line: str) -> Iterator[Named]:
    for match in _DIRECTIVE.finditer(line):
        yield Named(match.start(), match.end(), match[0], int(match["digits"]), "legal.directive")
    for match in _WELSH.finditer(line):
        title = line[match.start() : match.start("digits")].rstrip()
        yield Named(match.start(), match.end(), title, int(match["digits"]), "legal.welsh_act")
