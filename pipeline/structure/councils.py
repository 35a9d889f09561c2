"""Words and addresses that may tell whose paper it is. Linking knows the councils; here they are only found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pipeline import rules
from pipeline.document import Document
from pipeline.structure.lines import Line

_KIND = (
    r"(?:(?:County Borough|Metropolitan Borough|Metropolitan District|Royal Borough|County|Borough|City|District|Town|Parish|"
    r"Community|Unitary|Metropolitan|Combined|Mayoral Combined|Fire|Islands?|Village|Neighbourhood)\s+)?"
    r"(?:Council|Combined Authority|Authority|Corporation|Assembly)"
)
_WORD = r"[A-Z][\w'’.-]*"
_PLACE = rf"{_WORD}(?:[ ](?:(?:and|of|on|upon|in|the|with|under|le|next|by|&)[ ]){{0,2}}{_WORD}){{0,5}}"
_NAMED = re.compile(
    rf"\b(?P<of>(?:London Borough|Royal Borough|City and County|Borough|City|County Borough|County|Comhairle|Council|District|Corporation)"
    rf" (?:Council )?of (?:the )?{_PLACE}(?:[ ]{_KIND})?)"
    rf"|\b(?P<council>{_PLACE}[ ]{_KIND})\b"
    rf"|\b(?P<short>{_PLACE}[ ](?:MBC|CBC|BC|DC|CC|PC|MDC|TC|RBC|LBC))\b"
    rf"|\b(?P<welsh>(?:Cyngor|Awdurdod) (?:Sir |Bwrdeistref Sirol |Dinas |Cymuned |Tref )?{_PLACE})"
)
_OF_CAPITALS = r"(?:LONDON BOROUGH|ROYAL BOROUGH|BOROUGH|CITY AND COUNTY|CITY|COUNTY|CORPORATION) OF (?:THE )?"
_CAPITALS = re.compile(
    r"\b(?:[A-Z][A-Z'’ .&-]{1,50} (?:(?:COUNTY|BOROUGH|CITY|DISTRICT|TOWN|PARISH|COMMUNITY|METROPOLITAN BOROUGH|COUNTY BOROUGH|METROPOLITAN) )?"
    r"(?:COUNCIL|COMBINED AUTHORITY))\b"
)
_HOST = re.compile(r"(?<![\w.-])((?:[\w-]+\.)+(?:gov\.uk|gov\.wales|gov\.scot|nhs\.uk|moderngov\.co\.uk|org\.uk|org|com|co\.uk))\b", re.IGNORECASE)
_MAIL_HOST = re.compile(r"@((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_COUNCIL_HOST = re.compile(r"(?:\.gov\.(?:uk|wales|scot)|\.moderngov\.co\.uk|\.nhs\.uk)$", re.IGNORECASE)
_NO_COUNCILS_HOST = re.compile(
    r"^(?:www\.)?(?:gov\.uk|legislation\.gov\.uk|.*\b(?:parliament|ons|service|planningportal|communities|education|"
    r"dwp|hmrc|ico|local|cabinetoffice|publishing\.service)\.(?:gov\.)?uk|.*moderngov\.co\.uk/help.*|(?:www\.)?moderngov\.co\.uk)$",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"^(?:the|this|that|each|every|full|annual|a|of|to|by|for|from|and|minutes|meeting|agenda|report|extract|member|members|chair(?:man)?|"
    r"clerk|leader|county|city|district|parish|borough|town|community|metropolitan|local|all|any|notice|special|ordinary|"
    r"extraordinary|your|our|its|constitution|democratic|full|both|dear|welcome|combined|youth|unitary|other|new|when|if|at|"
    r"in|on|shadow|joint|national|arts|research|british|privy|security|european|housing)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?i:minutes?|notes|agenda|extracts?|report|of|the|an?|meeting|annual|extraordinary|ordinary|special|draft|held|by|"
    r"to|for|from|at|on|and|confirmed|unconfirmed|virtual|full|chairman|chair|clerk|signed|adoption)\s+)+"
)


def evidence_of(document: Document, head: Sequence[Line]) -> list[str]:
    """What may name the authority, surest first: the site, printed heads, addresses, then names in the text."""
    found: list[str] = []
    found += _hosts([document.source_url or ""])
    for line in _heading_zone(head):
        found += names_in(line)
    furniture = Counter(text for page in document.pages for text in page.furniture)
    for text, _ in furniture.most_common(12):
        found += names_in(text)
    found += names_in(document.title or "")
    found += _by_frequency(_hosts([document.text]), least=1)
    found += _by_frequency(_hosts(document.links), least=1)
    found += _by_frequency(names_in(document.text), least=1)[:8]
    found += _short_forms(document.text)
    found += _places(document.text)
    return list(dict.fromkeys(found))


def names_in(text: str) -> list[str]:
    """Printed names of authorities, by their form: "Netherfield Borough Council", "London Borough of X"."""
    capitals = [*_of_capitals().finditer(text), *_CAPITALS.finditer(text)]
    found = [(m.start(), m[0]) for m in capitals]
    spans = [(m.start(), m.end()) for m in capitals]
    found += [(m.start(), m[0]) for m in _NAMED.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
    cleaned = (re.sub(r"\s+", " ", _LEADING.sub("", name)).strip(" .,-") for _, name in sorted(found))
    return [name for name in cleaned if _has_place(name)]


def without_council(text: str) -> str:
    """A heading without the authority's name in it; what is left of "X Parish Council" is "Parish Council"."""
    for name in names_in(text):
        kind = re.search(rf"(?i:\b(?:(?:county|parish|town|community|city|borough|district)\s+)?council$)", name)
        of = re.match(r"(?i:(?:london borough|royal borough|borough|city|county|corporation) of)", name)
        rest = text.replace(name, " ", 1)
        if of is None and kind and not _other_body(rest):
            rest = text.replace(name, kind[0], 1)
        text = rest
    return text


def _other_body(text: str) -> bool:
    return re.search(
        r"(?i:\b(?:committee|cabinet|board|panel|executive|forum|assembly|commission|group|party|partnership|council)\b)", text
    ) is not None


def _has_place(name: str) -> bool:
    if re.match(r"(?i:london borough of|royal borough of|borough of|city of|county of|council of|corporation of)", name):
        return True
    first = name.split()[0]
    return not _NO_PLACE.match(first) and len(name.split()) > 1


def _heading_zone(head: Sequence[Line]) -> list[str]:
    return [line.text for line in head[:14] if len(line.text) < 220]


def _hosts(texts: Iterable[str]) -> list[str]:
    hosts: list[str] = []
    for text in texts:
        hosts += [m[1].lower() for m in _HOST.finditer(text)]
        hosts += [m[1].lower() for m in _MAIL_HOST.finditer(text)]
    return [h for h in hosts if _COUNCIL_HOST.search(h) and not _NO_COUNCILS_HOST.match(h)]


def _by_frequency(values: Sequence[str], least: int) -> list[str]:
    return [value for value, count in Counter(values).most_common() if count >= least]


@lru_cache(maxsize=1)
def _of_capitals() -> re.Pattern[str]:
    """"LONDON BOROUGH OF X" in a heading: X is a known council's place, else the next word and what "and" adds."""
    known = _known()[0].upper()
    return re.compile(rf"\b{_OF_CAPITALS}(?:{known}|[A-Z'’-]+(?: (?:AND|UPON|ON|&) [A-Z'’-]+)*)(?: (?:COUNTY BOROUGH |CITY |BOROUGH )?COUNCIL)?\b")


@lru_cache(maxsize=1)
def _known() -> tuple[str, frozenset[str]]:
    """Places that are councils' names as one alternation, and the councils' short forms, from the rules."""
    councils: list[dict[str, Any]] = rules.load("councils")
    names = {str(c["name"]) for c in councils}
    short = {str(a) for c in councils for a in c.get("abbreviations", ())}
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)), frozenset(short)


def _short_forms(text: str) -> list[str]:
    """Abbreviations such as LBB or KCC that the text uses twice or more."""
    known = _known()[1]
    return _by_frequency([w for w in re.findall(r"\b[A-Z][A-Z&]{2,5}\b", text) if w in known], least=2)[:3]


def _places(text: str) -> list[str]:
    """Councils' places by how often the text names them: the weakest evidence."""
    return _by_frequency(_place_pattern().findall(text), least=2)[:4]


@lru_cache(maxsize=1)
def _place_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_known()[0]})(?![\w-])")
