"""Who pays or holds an amount, and which fund it belongs to: names printed near it.

Names are told by their form (capitals, the noun that ends them), the nouns being data in `rules/parties.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extractors.authorities import short_names
from pipeline.needles import Sought
from pipeline.rules import load

CAPITAL = r"[A-Z][\w’'\-]*"
CAPITALISED = re.compile(
    rf"\b{CAPITAL}(?:(?:\s(?:of|and|the|in)(?:\sthe)?(?=\s[A-Z])|\sfor(?=\s[A-Z])|,(?=\s[A-Z][\w’']+,?\s(?:and|&)?)|\s&)?\s{CAPITAL})*"
)


@lru_cache(maxsize=1)
def _fund_pattern() -> Sought:
    nouns = load("parties")["fund_nouns"]["pattern"]
    return Sought(re.compile(
        rf"(?<![’'])\b(?P<proper>{CAPITAL}(?:\s(?:of|for|and|the|&|to)(?=\s[A-Z])|\s{CAPITAL}|\s(?!of\b|for\b|in\b|to\b|from\b|and\b)[a-z]+(?=\s(?:{nouns})\b))*"
        rf"\s(?i:{nouns})(?:\s\d)?)\b|"
        rf"(?<![’'])\b(?P<plain>(?:[a-z][\w’'-]*\s){{1,3}}(?:fund|grant|reserve|pool)s?)\b(?! man)"
    ))


@lru_cache(maxsize=1)
def _short_funds() -> Sought:
    return Sought(re.compile(rf"\b(?:{'|'.join(load('parties')['fund_names']['words'])})\b"))


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(load("parties")[group]["words"])


OWNER = re.compile(r"^(?:Council|Authority|Board|Group|Trust)[’']s\s")
"""Whose a fund is, which is no part of its name."""
VERB_FUND = re.compile(
    r"\b(?:to|would|will|could|can|may|should|must|shall) (?:help |part )?(?:fund|grant|pool|reserve)$"
)
"""What somebody would fund is no fund."""
COUNCIL_ACRONYM = re.compile(r"[A-Z]{1,3}(?:CC|DC|BC|MBC|CCG|ICB|IJB)")
"""Counties, districts, boroughs and health bodies by their initials ("AVDC"); other capitals are mostly no bodies."""
NO_BODY = re.compile(
    r"(?:Leader|Chair(?:man|woman)?|Director|Head|Clerk|Members?|Treasurer)\sof\b|Full Council\b"
    r"|(?:Town|City|Village)\sCentre\b"
    r"|Council\s(?:tax|houses?|homes?|housing|dwellings?|size|meetings?|offices?)\b",
    re.I,
)
"""Words that look like a council and are none that pays; people in it."""
DECIDES = re.compile(
    r"\b(?:approv|agre|consider|determin|not|endors|recommend|adopt|authoris|ratifi|report|resolv|referr|submitt)"
    r"(?:ed|es|s|d)? (?:by|to) (?:the |full )?$",
    re.I,
)
"""Who decides or is asked to pays nothing thereby ("be approved by Council")."""
OFFER = re.compile(
    rf"\b(?:tender|quotation|quote|bid|application|request|claim)s? (?:of|from|by|submitted by) (?:the )?"
    rf"(?P<name>{CAPITAL}(?:\s(?:&\s|and\s)?{CAPITAL})*)"
)
"""Who offers or asks ("the tender of Alpha Plant")."""
RECIPIENT = re.compile(
    rf"\s(?:(?:be|was|is|were|grant|award|donation)\s)?(?:(?:awarded|made|given|paid|granted|issued)\s)?"
    rf"to (?:the )?(?P<name>{CAPITAL}(?:\s(?:(?:of|for|the|&|and)\s)*{CAPITAL})+)"
)
"""Who is given the amount in front of it."""
ENTRY_NAME = re.compile(
    rf"(?P<name>{CAPITAL}(?:\s(?:(?:and|of|the|&)\s)?(?:{CAPITAL}|group|club|society|association)){{1,4}})\s?[-–:]?\s?"
)
"""A list's entry that is a name and its amount."""
NAMED = rf"(?P<name>{CAPITAL}(?:\s(?:(?:of|and|&|for|the)\s(?=[A-Z]))?{CAPITAL})*)"
GIVER = re.compile(
    rf"\b{NAMED}(?:\s(?:has|have|had|would|will|could|may|is|are|was|were|to|also|now|already|be|been|so|then))*"
    r"(?:\s(?:agreed|offered|undertaken|prepared|willing|expected|authorised) to)?"
    r"\s(?:giv(?:es?|en)|gave|offer(?:s|ed)?|pledge[ds]?|award(?:s|ed)?|grant(?:s|ed)?|contribut(?:e|es|ed)|pa(?:y|ys|id)|bear"
    r"|meet|quot(?:e|es|ed)|provid(?:e|es|ed)|donat(?:e|es|ed)|spend|find|tendered|allocat(?:e|es|ed)|want(?:s|ed)|sought"
    r"|ask(?:s|ed) for|requested|promise[ds]?|fund(?:s|ed)?)"
    r"(?:\s(?:the|this|our|council|parish|us|an?|further|additional|extra|another|grant|contribution|sum|total|of|up to"
    r"|about|around|some|approximately|only|just|nearly|over))*\s?(?=£)"
)
"""Who gives, offers, quotes or asks for the amount behind it ("Welsh Government had offered £215,000")."""
NEXT_GIVER = re.compile(rf"(?:,|;|\band)\s{NAMED}\s(?=£)")
"""The next of several that give or quote ("Wicksteed had quoted £2,340 and Playdale £2,105")."""
GIVEN_BY = re.compile(
    r"(?:offered|given|awarded|provided|paid|met|funded|received|sought|granted|donated|available|grant|contribution|money)"
    rf"(?:\s(?:in part|by (?:an? )?grant))?\s(?:by|from)\s(?:an?\s|the\s)?{NAMED}"
)
"""The same, the giver told behind ("offered by VisitScotland")."""
NO_NAME = re.compile(r"[£%]|\b(?:\d{4}|000s?)\b|\b(?i:totals?|of which)\b")
"""What a row's or a column's heading has that no organisation's name has."""
MOST_WORDS = 10
"""Words of an organisation's name; what a row tells of a scheme may end with one."""
DEVELOPERS = re.compile(r"\bdevelopers?\b", re.I)
ENTERED = frozenset({"contract", "funding"})
GIVEN = frozenset({"funding", "contribution", "expenditure"})
STOP_WORDS = frozenset(load("parties")["stop_words"]["words"])
OPENERS = frozenset(load("parties")["openers"]["words"])


@dataclass(slots=True, frozen=True)
class Name:
    """A name and where it stands."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
def is_organisation(name: str) -> bool:
    """Whether a capitalised name is an organisation or a directorate by its form."""
    words = re.findall(r"[\w’'\-]+", name)
    if not words or len(words) > MOST_WORDS or NO_NAME.search(name):
        return False
    if words[-1] in _words("organisation_nouns") and not (
        len(words) == 1 and words[-1] in ("Service", "Group", "Centre", "Board")
    ):
        return True
    if len(words) > 1 and words[0] in _words("ministries") and words[-1][0].isupper():
        return True
    if " ".join(words) in _words("national_bodies"):
        return True
    if len(words) == 1:
        return words[0] in _words("body_acronyms") or bool(COUNCIL_ACRONYM.fullmatch(words[0]))
    capital = [w for w in words if w[0].isupper()]
    return len(capital) >= 2 and all(w in _words("directorate_words") for w in capital)


def is_name(label: str) -> bool:
    """Whether a label is written as names are: each word but the small ones with a capital."""
    return CAPITALISED.fullmatch(label.rstrip(" .:")) is not None


def find_organisations(text: str) -> list[Name]:
    """Every organisation named in `text`, and every council by its place ("Kent’s allocation")."""
    found = []
    for match in CAPITALISED.finditer(text):
        name, start = match[0], match.start()
        first = name.split(" ", 1)
        if first[0] in OPENERS and len(first) == 2:
            start += len(first[0]) + 1
            name = first[1]
        name = re.sub(r"[’']s$", "", name.rstrip(","))
        if DECIDES.search(text, 0, start):
            continue
        if (is_organisation(name) and not NO_BODY.match(text, start)) or name in short_names():
            found.append(Name(start, start + len(name), name))
    return _with_givers(text, found) if "£" in text else found


def _with_givers(text: str, found: list[Name]) -> list[Name]:
    """The organisations, and whoever gives or asks for an amount, whatever the form of the name."""
    givers = [*GIVER.finditer(text), *GIVEN_BY.finditer(text)]
    if givers:
        givers += NEXT_GIVER.finditer(text, givers[0].end())
    for match in givers:
        name, start = match["name"], match.start("name")
        first, _, rest = name.partition(" ")
        if first in OPENERS:
            name, start = rest, start + len(first) + 1
        words = frozenset(name.split(" "))
        taken = any(start < one.end and one.start < start + len(name) for one in found)
        if name and not taken and not words & _words("no_givers") and not find_funds(name):
            found.append(Name(start, start + len(name), name))
    return found


def find_funds(text: str) -> list[Name]:
    """Every fund, grant or reserve named in `text`."""
    found = []
    for match in _fund_pattern().finditer(text):
        words = match[0].split(" ")
        if match["plain"]:
            kept = max((i + 1 for i, word in enumerate(words[:-1]) if word.lower() in STOP_WORDS), default=0)
        else:
            kept = next((i for i, word in enumerate(words) if word == "New" or word.lower() not in STOP_WORDS), 0)
        name = OWNER.sub("", " ".join(words[kept:]))
        if " " in name and name.lower() not in _words("not_funds") and not _no_fund(name):
            found.append(Name(match.end() - len(name), match.end(), name))
    found += [Name(m.start(), m.end(), m[0]) for m in _short_funds().finditer(text)]
    return found


def _no_fund(name: str) -> bool:
    """Whether a wording that ends as a fund's name does is a verb, a heading ("RISKS AND RESERVES") or a paper."""
    if VERB_FUND.search(name) or name.split(" ", 1)[0] in _words("fund_openers_not"):
        return True
    return name.isupper() and ("&" in name or " AND " in name)


def party(text: str, start: int, end: int, names: list[Name], measure: str) -> str | None:
    """Who pays, holds, gets or offers the amount at `start`–`end` of a sentence; None where it tells nobody.

    A form that can mean nobody else goes first: who is given a grant, who tenders; else the nearest organisation.
    """
    given = RECIPIENT.match(text, end) if measure in GIVEN else None
    if given:
        return given["name"]
    offers = [m for m in OFFER.finditer(text, 0, start) if "£" not in text[m.end() : start]]
    if offers:
        return offers[-1]["name"]
    entry = ENTRY_NAME.fullmatch(text[:start].lstrip(" ()0123456789.")) if measure in ENTERED else None
    if entry and not find_funds(entry["name"]) and entry["name"].split(" ")[0] not in OPENERS:
        return entry["name"]
    found = nearest(text, start, end, names)
    if found is None and measure == "contribution":
        developer = DEVELOPERS.search(text)
        return developer[0].lower() if developer else None
    return found


def only_fund(text: str) -> str | None:
    """The fund that `text` names, where it names one only."""
    names = {name.text for name in find_funds(text)}
    return names.pop() if len(names) == 1 else None


def nearest(text: str, start: int, end: int, names: list[Name], reach: int = 130) -> str | None:
    """The name nearest to the amount at `start`–`end`; None beyond `reach` characters.

    Other amounts, brackets and clause borders on the way make a name stand further off; a preposition that leads
    from the amount to the name ("£2m from the Care Fund") brings it nearer.
    """
    best, found = float(reach), None
    for name in names:
        if name.end <= start:
            gap, distance = text[name.end : start], float(start - name.end)
            if re.fullmatch(r"\s(?:\w+\s)?(?:of|is|was|at|holds|stands at)\s(?:about\s)?", gap):
                distance *= 0.25
            elif re.fullmatch(r",?\sand\s", gap):
                distance += 40  # the amount opens the next clause
        elif name.start >= end:
            gap, distance = text[end : name.start], float(name.start - end)
            if re.fullmatch(r",\s(?:the\s)?|,?\sand\s(?:the\s)?", gap):
                distance += 60  # the name opens the next clause
            if re.fullmatch(r"\s\(?(?:\S+\s){0,3}(?:from|into|to|for|in|of|by)\s(?:the\s)?", gap):
                distance *= 0.25
        else:
            continue
        distance += 30 * gap.count("£") + 40 * gap.count(";") + 30 * len(re.findall(r"[()]", gap))
        distance += 40 * len(re.findall(r"\b(?:of which|while|whilst|whereas|compared)\b", gap))
        if distance < best:
            best, found = distance, name.text
    return found
