"""Names in sentences about pooled funds: the funds themselves, who hosts them, who the partners are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.extractors.authorities import short_names
from pipeline.extractors.money.parties import is_organisation
from pipeline.records import FundKind
from pipeline.rules import load

FUND_NOUN = re.compile(r"\b(?:funds?|budgets?|grants?|allocations?|pools?|BCF|iBCF)\b", re.IGNORECASE)
LINKS = frozenset({"and", "of", "with", "for", "&"})
BODIES = frozenset({"Group", "Board", "Trust"})
"""Bodies named by one word that are too vague elsewhere, not in a list of partners."""

_JOINT = re.compile(r",?\s(?:and|&)\s|,\s")
_ARTICLE = re.compile(
    r"(?:(?:currently|both|either|all|that|where|while|and|now|at present),?\s)*(?:(?:the|a|an|its|our)\s)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:\s\([^()]*\)|,?\s(?:worth|valued at|totall?ing|which)\b.*)\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a line and where they stand in it."""

    start: int
    end: int
    text: str


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of the rule `funds.<name>`."""
    return next(re.compile(rule["pattern"]) for rule in load("funds")["patterns"] if rule["id"] == f"funds.{name}")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("funds")[name]["words"])


def kind_of(words: str) -> FundKind:
    """aligned wherever it is said, since a "pooled aligned budget" stays with each partner."""
    return "aligned" if "aligned" in words.lower() else "pooled"


def telling(word: str) -> bool:
    """Whether a word names something: it has a capital, or is one of the things that pooled funds are for."""
    bare = word.strip("(),;:.\"“”")
    if not bare or bare.lower() in _words("generic"):
        return False
    return bare[0].isupper() or bare.lower() in _words("subjects")


def parties(line: str, start: int, end: int) -> list[Span]:
    """The bodies of a list such as "Netherfield Council and the ICB"; none where a part of it is no body."""
    cut = pattern("party_end").search(line, start, end)
    listed = list(atoms(line, start, cut.start() if cut else end))
    found: list[Span] = []
    at = 0
    while at < len(listed):
        for last in range(at, len(listed)):
            name = line[listed[at].start : listed[last].end]
            if _is_body(name):
                found.append(Span(listed[at].start, listed[last].end, name))
                at = last
                break
        else:
            return found
        at += 1
    return found


def _is_body(name: str) -> bool:
    return name in BODIES or name in short_names() or (name[:1].isupper() and is_organisation(name))


def atoms(line: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a list between its commas and "and"s, without articles."""
    at = start
    for joint in [*_JOINT.finditer(line, start, end), None]:
        stop = joint.start() if joint else end
        article = _ARTICLE.match(line, at, stop)
        begin = article.end() if article else at
        text = line[begin:stop].rstrip()
        if text:
            yield Span(begin, begin + len(text), text)
        at = joint.end() if joint else end


def subjects(line: str, start: int, end: int) -> list[Span]:
    """The funds that a sentence's subject lists: "The Carers budget and the Equipment Fund"."""
    aside = _ASIDE.search(line, start, end)
    end = aside.start() if aside else end
    listed = list(atoms(line, start, end))
    plural = bool(listed) and bool(re.search(r"\b(?:budgets|funds)$", listed[-1].text))
    found: list[Span] = []
    begin: int | None = None
    for at, atom in enumerate(listed):
        begin = atom.start if begin is None else begin
        text = line[begin : atom.end]
        if FUND_NOUN.search(text) or (plural and telling(text.split()[0])) or at == len(listed) - 1:
            found.append(_without_plural(Span(begin, atom.end, text)))
            begin = None
    good = all(len(one.text.split()) <= 8 and _names_a_fund(one.text) for one in found)
    return found if good else []


def _without_plural(span: Span) -> Span:
    """"Better Care Fund budgets" is the Better Care Fund; "carers budgets" of a list is carers."""
    text = re.sub(r"\s(?:budgets|funds)$", "", span.text)
    return Span(span.start, span.start + len(text), text)


def _names_a_fund(text: str) -> bool:
    words = text.split()
    return any(telling(word) for word in words) and not any(mark in text for mark in "£%:(") and not _is_body(text)


def before(line: str, end: int) -> Span | None:
    """What is named directly before "pooled budget", which begins at `end`: "Older People's", "Section 75"."""
    section = re.search(r"\b(?:[Ss]ection|[Ss]\.?)\s?75\s$", line[max(0, end - 12) : end])
    if section:
        start = max(0, end - 12) + section.start()
        return Span(start, end - 1, line[start : end - 1])
    words = list(re.finditer(r"[\w’'\-]+(?=\s)", line[max(0, end - 90) : end]))
    start = end
    for at in range(len(words) - 1, -1, -1):
        place = max(0, end - 90) + words[at].start()
        if line[place + len(words[at][0]) : start].strip():
            break
        linked = words[at][0] in LINKS and at > 0 and telling(words[at - 1][0]) and start < end
        if not linked and not telling(words[at][0]):
            break
        start = place
    return Span(start, end - 1, line[start : end - 1]) if start < end else None


def purpose(line: str, start: int) -> Span | None:
    """What is named behind "pooled fund for": "older people", "the Better Care Fund"."""
    lead = re.compile(r"\sfor\s(?:the\s)?").match(line, start)
    if not lead:
        return None
    end = at = lead.end()
    for word in re.finditer(r"([\w’'\-]+)([\s,.;:)]|$)", line[at:]):
        place = lead.end() + word.start()
        link = word[1] in LINKS
        if place != at or not (link or telling(word[1]) or FUND_NOUN.fullmatch(word[1])):
            break
        at = lead.end() + word.end()
        if not link:
            end = lead.end() + word.end(1)
        if word[2] != " ":
            break
    return Span(lead.end(), end, line[lead.end() : end]) if end > lead.end() else None


def stem(name: str) -> str:
    """What two printings of a name share: "Older Person's Pooled Budget" and "older people pooled fund" are one."""
    words = [re.sub(r"[’']s?$", "", word).rstrip("s") for word in re.findall(r"[\w’'\-]+", name.lower())]
    generic = _words("generic")
    kept = [word for word in words if word not in generic and word + "s" not in generic]
    return " ".join("people" if word == "person" else word for word in kept)
