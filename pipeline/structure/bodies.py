"""The names of bodies that meet and decide: what is one, and where one stands in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.structure.councils import without_council, without_place
from pipeline.structure.dates import find_dates, find_times
from pipeline.structure.known import pattern, union
from pipeline.structure.lines import is_capitals

_SMALL = frozenset([
    "a", "an", "and", "as", "at", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with", "within",
])
_INITIALS = frozenset(["icb", "ijb", "nhs", "sen", "send", "sacre"])
_MAY_OPEN = "(&-'‘\"0123456789"
_CONNECTORS = r"(?:and|of|for|the|on|in|to|with|&|a)"
_EDGES = " \t,;:.-–—|()[]"
_LEAD = re.compile(
    r"^(?:(?!(?i:annual (?:parish|town|community) meeting))(?i:(?:the |an? )?(?:draft |unconfirmed |"
    r"confirmed )?(?:minutes?|notes?|record|proceedings|agenda|summons|extracts?|"
    r"excerpts?|report|decisions?(?: (?:taken|made))?)\b(?: except| excerpt)?(?: (?:of|from|for|to|"
    r"by))*(?: (?:the|an?))?|"
    r"(?:(?:an?|the) )?(?:extra-?ordinary|special|annual|ordinary|inquorate|virtual|remote|informal|public|"
    r"monthly|quarterly|next|"
    r"adjourned|budget|statutory)\b"
    r"(?: (?:general))?|(?:the )?(?:virtual |remote |online )?meetings?\b(?: (?:of|for))?(?: the)?|of|that|the|for|"
    r"from|to)\s*[-–:,]?\s+)+"
)
_TAIL = re.compile(
    r"(?i:(?:\s+|\s*[-–,:]\s*)(?:(?:annual|extra-?ordinary|special|ordinary|budget)\s+)*"
    r"(?:meeting|agenda|date:?$|date:|dogfennau|documents|minutes|held|cancelled|new|(?:record|notice|statement|schedule|"
    r"summary) of (?:\w+ )*decisions?|"
    r"decisions?(?![- ]making)(?: (?:sheet|notice|record|list|taken|made)s?)?)\b.*)$"
)

_WELSH = re.compile(r"(?i:(?:y |yr )?(?:cyngor|(?:is-?)?bwyllgor|pwyllgor|bwrdd|fforwm|comhairle)\b)")
_OTHER_TONGUE = re.compile(rf"(?i:(?:^|\s/\s+){_WELSH.pattern}.*\s/\s|\s/\s+{_WELSH.pattern})")
"""A heading in two tongues: "PWYLLGOR CRAFFU / SCRUTINY COMMITTEE"."""
_CLAUSE = re.compile(r"^\(?\w{1,3}\)\s|(?i:\b(?:that|is|was|were|be)\b)")
"""A limb that ends in a body's name, or holds one, is no name."""
_POINTS = re.compile(r"(?i:(?:this|that|these|each|every|any|such|our|your)\b)")
"""Words that point at a body instead of naming it: "This Council notes"."""
_NAMED_MEETING = re.compile(
    r"^(.*?\b(?i:council|committee|board|panel|cabinet|executive|forum)(?: [A-Z]\b)?)\s+(?:[\w-]+\s+){0,2}"
    r"(?i:meetings?)\b.*$"
)
_HOW_MET = re.compile(r"\s+[-–—(]\s*(?i:blended|hybrid|virtual|remote|online|on-?line)(?i: meeting\b).*$")
"""What stands behind a body's name: "AREA COMMITTEE – BLENDED MEETING, Committee Room 1"."""


def body_in(text: str) -> str | None:
    """The body that a heading or a form's value names, where that is all that it names (date and time apart).

    "Cabinet, 30 January 2025" is the Cabinet; "MINUTES of a meeting of the Licensing Panel held in ..." the
    Licensing Panel; "Cabinet Member updates" is none.
    """
    if _OTHER_TONGUE.search(text):
        return next((body for part in re.split(r"\s+/\s+", text) if (body := body_in(part)) and not _WELSH.match(body)),
                    None)
    rest = without_council(_without_dates(_HOW_MET.sub("", text)))
    named = _LEAD.sub("", rest.strip(_EDGES) + " ").strip(_EDGES)
    rest = named if pattern("bodies", "whole", "body.meeting").fullmatch(named) else without_place(_trim(rest))
    if not rest or len(rest) > 140 or len(rest.split()) > 18:
        return None
    return tidy(rest) if is_body(rest) else None


def is_body(text: str) -> bool:
    """Whether the whole text is the name of a body."""
    if _POINTS.match(text):
        return False
    if union("bodies", "whole").fullmatch(text):
        own_way = any(pattern("bodies", "whole", name).fullmatch(text) for name in ("body.member", "body.meeting"))
        return own_way or not (_CLAUSE.search(text) or pattern("bodies", "not_bodies", "body.not.phrase").search(text))
    if pattern("bodies", "not_bodies", "body.not.phrase").search(text) or re.search(r"\s-\s|[–—]", text):
        return False
    words = text.split()
    noun = _noun_at_end().search(text)
    if noun is None or len(words) > 14 or noun.start() == 0:
        return False
    titled = all(word[0].isupper() or word[0] in _MAY_OPEN or word.lower() in _SMALL for word in words)
    return is_capitals(text) or titled


def bodies_named(text: str) -> list[str]:
    """Bodies named within prose, in order, each as often as it is named; single common nouns are left out."""
    named = (tidy(re.split(r",\s+the\s+", m["name"])[-1]) for m in _named().finditer(text))
    return [name for name in named if not re.fullmatch(r"(?i:sub[- ]?committee|\w+)", name)]


def tidy(name: str) -> str:
    """The name without leading articles and stray marks; capitals become a title's small letters."""
    name = re.sub(r"\s+", " ", name).strip(_EDGES if name.count("(") != name.count(")") else " \t,;:.-–—|/")
    name = re.sub(r"\s*\((?:(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|[A-Z]{2,3}C)\)$", "", name)
    name = re.sub(r"(?i)(?<=committee) of the council$", "", name)
    name = re.sub(r"^(?i:the|draft)\s+(?=[A-Z])", "", name)
    if is_capitals(name):
        name = title_case(name)
    name = re.sub(r"(?<=[a-z]) council$", " Council", name)
    return name[:1].upper() + name[1:]


def title_case(text: str) -> str:
    """Words of a heading in capitals as a title has them: "BOARD OF GOVERNORS" is "Board of Governors"."""
    words = text.lower().split(" ")
    cased = [
        w.upper() if w in _INITIALS else w if w in _SMALL and i
        else re.sub(r"(?:^|(?<=[-/(‘'\"]))[a-z]", lambda m: m[0].upper(), w)
        for i, w in enumerate(words)
    ]
    return re.sub(r"(?<=['’])S\b", "s", " ".join(cased))


def _without_dates(text: str) -> str:
    spans = [(d.start, d.end) for d in find_dates(text)] + [(t.start, t.end) for t in find_times(text)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _trim(text: str) -> str:
    """Cut "Minutes of a meeting of the ... held in the hall at" down to the name."""
    before = None
    while before != text:
        before = text
        text = re.sub(r"\s+", " ", text).strip(" \t,;:.-–—|")
        text = _LEAD.sub("", text + " ").strip()
        text = _TAIL.sub("", _NAMED_MEETING.sub(r"\1", text)).strip()
        text = re.sub(r"(?i:\s+(?:on|at|of|the|for))$", "", text)
    return text


@lru_cache(maxsize=1)
def _noun_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s-]){pattern('bodies', 'nouns', 'body.noun').pattern}(?:\s+\((?:[^()]*)\))?$")


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    noun = (
        r"(?:Sub[- ]?Committee|Committee|Cabinet|Executive|Board|Panel|Forum|Assembly|Commission|Working Group|"
        r"Working Party|Partnership|Council)"
    )
    return re.compile(
        rf"(?P<name>\b[A-Z][\w'’-]*(?:,?\s+(?:{_CONNECTORS}\s+)*[A-Z][\w'’-]*)*\s+{noun})(?![\w-])(?!\s+(?:Member|"
        rf"Tax|Chamber|Officer|Manager|Clerk|Services?|Support|Secretary|Administrator|Team|of ))"
    )
