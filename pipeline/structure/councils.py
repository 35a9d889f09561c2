"""Printed names of authorities in a document's heads. Linking knows the councils; here they are only found by form,
so that a body's name can be told without its authority's ("Netherfield Borough Council - Licensing Panel")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pipeline import rules
from pipeline.structure.known import union
from pipeline.structure.lines import Line

HEADING_LINES = 14
_OF_PLACE = re.compile(r"(?i:venue|location|place|contact|nominated by)\b")
_DESIGNATION = (
    r"(?:County Borough|Metropolitan Borough|Metropolitan District|Royal Borough|County|Borough|City|District|"
    r"Town|Parish|"
    r"Community|Unitary|Metropolitan|Islands?|Village|Neighbourhood)"
)
AUTHORITIES = "|".join(
    entry["designation"].replace(" and ", r" (?:and|&) ").replace(" ", r"\s+")
    for entry in sorted(rules.load("bodies")["authorities"], key=lambda entry: -len(entry["designation"]))
)
"""What authorities of one purpose are called behind their places ("fire authority"), the longest first."""
_KIND = rf"(?:{_DESIGNATION}\s+Council|(?i:{AUTHORITIES})|Corporation|Council)"
_WORD = r"(?:St\.|[A-ZÀ-ÞŴŶ][\w'’-]*)"
_JOIN = r"(?:and|of|on|upon|in|the|with|under|le|next|by|y|yr|&|cum|super|-)"
_PLACE = rf"{_WORD}(?:[ ](?:{_JOIN}[ ]){{0,2}}{_WORD}){{0,5}}"
_NAMED = re.compile(
    rf"\b(?P<of>(?:London Borough|Royal Borough|City and County|Borough|City|County Borough|County|Comhairle|"
    rf"Council|District|"
    rf"Corporation) (?:Council )?of (?:the )?{_PLACE}(?:[ ]{_KIND})?)"
    rf"|\b(?P<council>(?:(?:{_WORD} ?){{1,2}}, ){{1,3}}(?:{_WORD} ){{1,3}}(?:and|&) {_PLACE}[ ]{_KIND})\b"
    rf"|\b(?P<one>{_PLACE}[ ]{_KIND})\b"
    rf"|\b(?P<short>{_PLACE}[ ](?:MBC|CBC|BC|DC|CC|PC|MDC|TC|RBC|LBC))\b"
    rf"|\b(?P<welsh>(?:Cyngor|Awdurdod) (?:Sir |Bwrdeistref Sirol |Dinas |Cymuned |Tref )?{_PLACE})"
    rf"|\b(?P<nhs>NHS {_PLACE} (?:Clinical Commissioning Group|CCG|(?:Foundation )?Trust))\b"
)
_CABINET = re.compile(rf"(?:the )?(?P<place>{_PLACE}) (?P<body>(?i:cabinet|executive))")
"""What is the council's own alone where the place is a known council's: "Babergh Cabinet"."""
_CAPITALS = re.compile(
    rf"\bCYNGOR (?:SIR|BWRDEISTREF SIROL|DINAS|CYMUNED|TREF) [A-Z'’ -]{{3,40}}\b|"
    rf"\b(?:[A-Z]{{3,}}, )*[A-Z][A-Z'’ .&-]{{1,50}} (?:{_DESIGNATION.upper()} COUNCIL|"
    rf"(?:MAYORAL )?COMBINED (?:COUNTY )?AUTHORITY|COUNCIL)\b"
)
_OF_CAPITALS = r"(?:LONDON BOROUGH|ROYAL BOROUGH|BOROUGH|CITY AND COUNTY|CITY|COUNTY|CORPORATION) OF (?:THE )?"
_NO_PLACE = re.compile(
    r"^(?:the|this|that|each|every|full|annual|a|an|of|to|by|for|from|and|minutes?|meetings?|agenda|report|"
    r"extract|members?|chair(?:man)?|"
    r"clerk|leader|county|city|district|parish|borough|town|community|metropolitan|local|all|any|notice|"
    r"special|ordinary|"
    r"extraordinary|your|our|its|constitution|democratic|both|dear|welcome|combined|youth|unitary|other|new|"
    r"when|if|at|budget|fire|"
    r"in|on|shadow|joint|national|arts|research|british|privy|security|european|housing|cabinet|with|watch|"
    r"view|contact|modern|draft|next|health|university|teaching|integrated|integration|clinical|mayoral|valuation|waste|"
    r"passenger|police|strategic|statutory|public|elections?|appointments?|adults?|children[’']?s?|pensions?|january|february|april|june|july|"
    r"august|september|october|november|december)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?i:minutes?|notes|agenda|extracts?|report|of|the|an?|meeting|annual|extraordinary|ordinary|special|"
    r"draft|held|by|"
    r"to|for|from|at|on|and|confirmed|unconfirmed|virtual|full|chairman|chair|clerk|signed|adoption|notice|"
    r"statutory|monthly)\s+)+"
)
_OF_BODY = re.compile(
    r"(?i:.*\b(?:committee|panel|board|forum|cabinet|executive|group|party|commission|assembly|full council|"
    r"meetings?)(?:\s+[A-Z\d])?(?:\s+of\s+(?:the\s+)?|\s*,\s*))(?=[A-Z])"
)
"""A body before its council: "Finance Committee of Wexley Council"."""
_OF_A_COUNCIL = re.compile(rf"\bof the (?:{_DESIGNATION} )?Council$")
"""What a council has is no name of one: "Vice Chair of the Parish Council"."""
_BODY_BEFORE = re.compile(r"(?i:\b(?:committee|panel|board|forum|cabinet|executive)\s*,\s*$)")
_BODY_BEHIND = re.compile(
    r"\s+(?:[A-Z][\w&'’-]*,? (?:(?:and|&|of|for) )*){0,6}(?:Committee|Panel|Board|Forum|Cabinet|Executive)\b"
)
_COUNCIL_AT_END = re.compile(
    rf"(?i:\b(?:(?:(?:county|parish|town|community|city|borough|district)\s+)?council|{AUTHORITIES})$)"
)
_BODY_NOUN = re.compile(
    r"(?i:\b(?:committee|cabinet|board|panel|executive|forum|assembly|commission|group|party|partnership|council)\b)"
)


def printed_name(head: Sequence[Line]) -> str | None:
    """The authority's name in the first headings, as printed; None where no heading is one.

    Whoever is named as present, as the place or as a contact is another.
    """
    people = union("structure", "attendance")
    for line in head[:HEADING_LINES]:
        label = line.text.split(":")[0].strip()
        if people.fullmatch(label.rstrip(" -–:")):
            return None
        if len(line.text) < 220 and not _OF_PLACE.match(label):
            for name in names_in(line.text):
                return name
    return None


def names_in(text: str) -> list[str]:
    """Names of authorities by their form: "Netherfield Borough Council", "London Borough of X".

    A bare "X Council" is one where it is the whole text or X is a known council's place.
    """
    capitals = [*_of_capitals().finditer(text), *_CAPITALS.finditer(text)]
    spans = [(m.start(), m.end()) for m in capitals]
    found = [(m.start(), m[0]) for m in capitals]
    found += [(m.start(), m[0]) for m in _NAMED.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
    names = []
    for start, printed in sorted(found):
        of_body = _OF_BODY.match(printed)
        beside = _BODY_BEFORE.search(text[:start]) or (start == 0 and _BODY_BEHIND.match(text, len(printed)))
        name = printed[of_body.end():] if of_body else printed
        name = re.sub(r"\s+", " ", _LEADING.sub("", name)).split(" - ")[0].strip(" .,-")
        if _is_name(name, name if of_body or beside else _LEADING.sub("", text).split(" - ")[0]):
            names.append(name)
    return names


def without_council(text: str) -> str:
    """A heading without the authority's name in it; what is left of "X Parish Council" is "Parish Council"."""
    for name in names_in(text):
        welsh = re.match(r"(?i:cyngor (?:sir|bwrdeistref sirol|dinas|cymuned|tref))\b", name)
        kind = welsh or _COUNCIL_AT_END.search(name)
        of = re.match(r"(?i:(?:london borough|royal borough|borough|city|county|corporation) of)", name)
        rest = re.sub(rf"{re.escape(name)}(?:['’]s\b)?", " ", text, count=1)
        own_board = re.search(rf"{re.escape(name)}(?:['’]s?)?\s+(?i:board)\b", text)
        if of is None and kind and (own_board or not _BODY_NOUN.search(rest)):
            rest = text.replace(name, kind[0], 1)
        text = rest
    return without_place(text)


def without_place(text: str) -> str:
    """The body alone, where a place stands before one that each council has: "Schools' Forum"."""
    cabinet = _CABINET.fullmatch(text.strip())
    if cabinet and cabinet["place"].title() in _places():
        return cabinet["body"]
    own = _own_body().match(text.strip())
    if own is None or (own["place"].title() not in _places() and _NO_PLACE.match(own["place"].split()[0])):
        return text
    return own["body"]


def _is_name(name: str, text: str) -> bool:
    words = name.split()
    if re.match(r"(?i:(?:london borough|royal borough|borough|city|county|council|corporation)\b.* of )", f"{name} "):
        return True
    if re.match(r"NHS |(?i:cyngor )", name):
        return True
    if len(words) < 2 or _NO_PLACE.match(words[0]) or _OF_A_COUNCIL.search(name):
        return False
    bare = re.fullmatch(r"(?P<place>.+) (?i:council)", name)
    if bare is None or re.search(rf"(?i:{_DESIGNATION})$", bare["place"]):
        return True
    return name == text.strip(" .,:-–") or bare["place"].title() in _places()


@lru_cache(maxsize=1)
def _own_body() -> re.Pattern[str]:
    """A place before a body that each council has one of: "Netherfield Schools' Forum"."""
    places = "|".join(re.escape(place) for place in sorted(_places(), key=len, reverse=True))
    bodies = union("bodies", "one_each").pattern
    return re.compile(rf"(?:the )?(?P<place>(?i:{places})|{_PLACE}) (?P<body>(?:{bodies}).*)$")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Places that are councils' names, in title case, from the rules."""
    councils: list[dict[str, Any]] = rules.load("councils")
    return frozenset(str(name).title() for c in councils for name in (c["name"], *c.get("names", ())))


@lru_cache(maxsize=1)
def _of_capitals() -> re.Pattern[str]:
    """"LONDON BOROUGH OF X" in a heading: X is a known council's place, else the next word and what "and" adds."""
    known = "|".join(re.escape(place.upper()) for place in sorted(_places(), key=len, reverse=True))
    return re.compile(
        rf"\b{_OF_CAPITALS}(?:{known}|[A-Z'’-]+(?: (?:AND|UPON|ON|&) [A-Z'’-]+)*)"
        r"(?: (?:COUNTY BOROUGH |CITY |BOROUGH )?COUNCIL)?\b"
    )
