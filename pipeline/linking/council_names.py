"""How councils are named: folding of spellings, designations ("Borough Council"), and parish councils."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline import rules

APOSTROPHES = re.compile(r"['’‘`]")
WORDS = re.compile(r"[a-z0-9]+")
# B&NES is one word; King's is one word; Stoke-on-Trent is three; an ampersand stands for "and".
TOKENS = re.compile(r"([A-Z]+&[A-Z]+\b|[^\W_]+(?:['’][^\W_]+)*|&)")

# What may follow a place's name, and what is meant by it.
DESIGNATIONS = {
    "council": "council",
    "county council": "county",
    "city council": "city",
    "city and district council": "district",
    "borough council": "borough",
    "district council": "district",
    "county borough council": "county borough",
    "metropolitan borough council": "metropolitan",
    "metropolitan district council": "metropolitan",
    "metropolitan borough": "metropolitan",
    "metropolitan council": "metropolitan",
    "unitary authority": "unitary",
    "unitary council": "unitary",
    "combined authority": "combined",
    "mayoral combined authority": "combined",
    "combined county authority": "combined",
    "mayoral combined county authority": "combined",
    "integrated care board": "health",
    "icb": "health",
    "mbc": "metropolitan",
    "mdc": "metropolitan",
    "cc": "county or city",
    "bc": "borough",
    "dc": "district",
    "cbc": "county borough",
}
BUILDINGS = frozenset({"house", "offices", "chamber", "chambers", "buildings"})
# What may stand before it.
PREFIXES = {
    "london borough of": "london",
    "royal borough of": "royal",
    "metropolitan borough of": "metropolitan",
    "borough council of": "borough",
    "borough of": "borough",
    "lb of": "london",
    "lb": "london",
    "council of the city of": "city",
    "nhs": "health",
}
# Beside these a place's name is a person's or a street's.
PERSONAL_TITLES = frozenset({
    "cllr", "councillor", "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "baroness",
    "prof", "professor", "rev", "reverend",
})
STREETS = frozenset({
    "road", "street", "lane", "avenue", "close", "drive", "way", "crescent", "gardens", "terrace", "place",
    "square", "grove", "walk", "row", "rd", "st", "ave", "court", "house", "bridge", "mews", "parade",
    "valley", "bay", "beach", "canal", "station", "docks", "marina", "park", "moor", "estuary", "downs", "hills",
})
# Institutions that bear the name of a place and serve several councils' areas.
INSTITUTIONS = frozenset({
    "university", "universities", "hospital", "hospitals", "infirmary", "college", "cathedral", "airport",
    "brookes", "racecourse", "united", "rovers",
})
SEATS = frozenset({"university of", "bishop of", "diocese of", "archdeacon of"})

# What stands before "Council", and the kind of authority that it tells where the name is in no list.
LOCAL_KINDS = {
    "parish": "parish", "town": "parish", "community": "parish", "city": "parish", "village": "parish",
    "county": "county", "borough": "district", "district": "district", "regional": "other", "islands": "unitary",
}
WIDER = {("metropolitan", "borough"): "metropolitan", ("county", "borough"): "unitary"}
WELSH_LOCAL_KINDS = {"cymuned": "Community", "tref": "Town", "dinas": "City"}
CONNECTORS = frozenset({
    "of", "the", "on", "upon", "in", "with", "and", "cum", "le", "la", "next", "under", "by", "near",
    "juxta", "super", "sub", "de", "y", "yr", "&",
})
MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
})
NAMES_WITH_OF = frozenset({"isle", "isles", "vale", "forest", "bridge", "mull", "hundred", "liberty"})
# Councils that govern no place.
NATIONAL = frozenset({
    "arts", "british", "research", "privy", "security", "european", "schools", "youth", "national", "sports",
    "faith", "funding", "skills", "older", "safeguarding", "trades", "churches", "care", "health", "joint",
    "shadow", "strategic", "statutory", "combined", "modern",
})
# Words that stand before a parish council's name and are no part of it.
FRAME = frozenset({
    "budget", "youth", "minutes", "meeting", "meetings", "minute", "council", "councils", "councillor",
    "councillors", "cllr", "clerk", "chair", "chairman", "chairwoman", "chairperson", "annual", "ordinary",
    "extraordinary", "extra", "full", "monthly", "special", "virtual", "agenda", "notice", "report",
    "reports", "member", "members", "present", "attending", "attendance", "draft", "approved", "welcome",
    "behalf", "to", "from", "for", "at", "held", "that", "this", "is", "was", "local", "relevant", "each",
    "every", "any", "all", "both", "neighbouring", "adjoining", "other", "either", "no", "new", "our",
    "your", "their", "its", "some", "many", "such", "a", "an", "my", "former", "emergency", "parish",
    "town", "community", "signed", "website", "item", "items", "appendix", "leader", "deputy", "mayor",
    "principal", "shire", "host", "upper", "lower", "tier", "labour", "conservative", "party", "group",
    "cabinet", "committee", "executive", "district", "borough", "city", "officer", "officers", "non",
    "where", "when", "if", "as", "welsh", "scottish", "english", "cyngor", "cymuned",
})


_PRINTED = re.compile(
    r"(?i:the )?(?:(?P<designation>(?i:borough|city|district|county)) (?i:of (?:the )?)(?P<of>[A-Z].+?)(?i: council)?"
    r"|(?P<short>[A-Z].+?) (?:MBC|MDC|RBC|LBC|CBC|BC|DC|CC|PC|TC)|(?P<bare>[A-Z].+?) (?i:council))"
)


class Join(IntEnum):
    """What stands between a token and the one before it."""

    SPACE = 0  # or a hyphen, or the full stop of "St."
    LINE = 1  # one line end, or a tab
    COMMA = 2
    BREAK = 3  # anything that ends a phrase


class Words(NamedTuple):
    """A text cut into tokens: as printed, folded, where they begin, and what joins each to the one before."""

    text: str
    tokens: list[str]
    folded: list[str]
    starts: list[int]
    joins: list[Join]

    def end(self, token: int) -> int:
        """Where the token ends in the text."""
        return self.starts[token] + len(self.tokens[token])

    def joined(self, first: int, last: int, by: Join) -> bool:
        """Whether nothing stronger than `by` parts the tokens from `first` to before `last`."""
        return last <= len(self.tokens) and all(join <= by for join in self.joins[first + 1 : last])


class LocalName(NamedTuple):
    """A council named in a text by the form of its name alone, by tokens `start` to before `end`."""

    start: int
    end: int
    place: str
    designation: str  # Parish, Town, Community, Metropolitan Borough ...
    kind: str


def cut(text: str) -> Words:
    """The tokens of a text."""
    parts = TOKENS.split(text)  # gap, token, gap, token ... gap
    tokens = parts[1::2]
    folded = [token.lower() if token.isascii() and token.isalnum() else fold_word(token) for token in tokens]
    space = Join.SPACE
    joins = [
        space if gap == " " else _join(gap, before == "st")
        for gap, before in zip(parts[:-1:2], ["", *folded], strict=False)
    ]
    starts = list(accumulate(map(len, parts)))[:-1:2]
    return Words(text, tokens, folded, starts, joins)


@lru_cache(maxsize=1024)
def _join(gap: str, saint: bool) -> Join:
    if gap in ("' ", "’ "):
        return Join.SPACE  # "Schools' Forum"
    mark = gap.strip(" \t\r\n\u00a0-" + ("." if saint else ""))
    if mark not in ("", ",") or gap.count("\n") > 1:
        return Join.BREAK
    if mark:
        return Join.COMMA
    return Join.LINE if "\n" in gap or "\t" in gap else Join.SPACE  # a tab parts the cells of a row


def fold(text: str) -> str:
    """One spelling for all of a name's: lower case without accents, punctuation or a leading "the".

    Folding what is folded changes nothing.
    """
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold()).replace("&", " and ")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = WORDS.findall(APOSTROPHES.sub("", plain).casefold())
    while words and words[0] == "the":
        words.pop(0)
    return " ".join(words)


def fold_word(token: str) -> str:
    """The folded spelling of one token of a text; "the" stays."""
    return "and" if token == "&" else fold(f"x {token}")[2:]


def slug(text: str) -> str:
    """The folded name joined with hyphens, for ids."""
    return fold(text).replace(" ", "-")


@cache
def called(group: str) -> frozenset[str]:
    """What the bodies of a group of `rules/bodies.yaml` are called behind their places, folded."""
    return frozenset(fold(entry["designation"]) for entry in rules.load("bodies")[group])


def suffix_after(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """The longest designation that begins at `at`: how many words it has, and what it means."""
    for length in (5, 4, 3, 2, 1):
        phrase = " ".join(words[at : at + length])
        meaning = DESIGNATIONS.get(phrase) or ("council" if phrase in called("own_bodies") else None)
        if len(words) >= at + length and meaning:
            return length, meaning
    return None


def prefix_before(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """The longest prefix that ends before `at`: how many words it has, and what it means."""
    for length in (5, 4, 3, 2, 1):
        phrase = " ".join(words[at - length : at]) if at >= length else ""
        if phrase in PREFIXES:
            return length, PREFIXES[phrase]
    return None


def local_name(words: Words, at: int) -> LocalName | None:
    """The council whose designation ("Parish Council", "Cyngor Tref") begins at token `at`, or None."""
    folded, tokens, joins = words.folded, words.tokens, words.joins
    if folded[at] == "cyngor":
        return _welsh_local_name(words, at)
    if folded[at] == "council":
        return _headed_name(words, at)
    if folded[at : at + 2] == ["borough", "of"]:
        return _borough_of(words, at)
    named = folded[at] in LOCAL_KINDS and folded[at + 1 : at + 2] == ["council"]
    if not named or joins[at + 1] > Join.LINE or not all(token[0].isupper() for token in tokens[at : at + 2]):
        return None
    # A heading in capitals may break its line before the designation; running text may not.
    heading = at > 0 and joins[at] == Join.LINE and tokens[at].isupper() and tokens[at - 1].isupper()
    if joins[at] != Join.SPACE and not heading:
        return None
    if at == 0 or folded[at - 1] in CONNECTORS:
        return None  # "residents and the Parish Council"
    start = at
    while start > 0 and (start == at or joins[start] == Join.SPACE) and at - start < 7:
        if not may_name(words, start - 1):
            break
        start -= 1
    start = _list_start(words, start, at)
    while start < at and folded[start] in CONNECTORS:
        start += 1  # "of Milburn Parish Council" begins with its name
    wide = WIDER.get((folded[at - 1], folded[at]))
    last = at - 1 if wide else at
    if start >= last:
        return None
    designation = " ".join(word.capitalize() for word in folded[last : at + 1])
    return LocalName(start, at + 2, spelt(words, start, last), designation, wide or LOCAL_KINDS[folded[at]])


def _list_start(words: Words, start: int, at: int) -> int:
    """Where a list of places begins whose last is joined by "and": "Wexley, Hob & Calder Parish Council"."""
    if not {"and", "&"} & set(words.folded[start:at]):
        return start
    while start > 0 and words.joins[start] == Join.COMMA and may_name(words, start - 1):
        start -= 1
        while words.joins[start] == Join.SPACE and start > 0 and may_name(words, start - 1):
            start -= 1
    return start


def may_name(words: Words, at: int) -> bool:
    """Whether the token may be part of a local council's name, given that those after it are."""
    if words.folded[at] in FRAME and not (
        _town_of_a_parish(words, at) or _city_of_a_list(words, at) or _district_of_a_park(words, at)
    ):
        return False
    if words.folded[at] not in CONNECTORS:
        # "the March County Council" is a meeting; March Town Council is a council.
        dated = words.folded[at] in MONTHS and words.folded[at + 1 : at + 2] != ["town"]
        return words.tokens[at][0].isupper() and not dated
    # "the meeting of Milburn Parish Council": a connector joins two names, never a name and its frame.
    before = at - 1
    while before >= 0 and words.folded[before] in CONNECTORS:
        before -= 1
    if before < 0 or not words.joined(before, at + 1, Join.SPACE):
        return False
    if _city_of_a_list(words, before):
        return True
    if "of" in words.folded[before + 1 : at + 1] and words.folded[before] not in NAMES_WITH_OF:
        return False  # "residents of the Netherfield Parish Council"
    return words.tokens[before][0].isupper() and words.folded[before] not in FRAME


def _town_of_a_parish(words: Words, at: int) -> bool:
    """Whether "Town" belongs to the place: "Broad Town Parish Council" has its designation behind it."""
    after = words.folded[at + 1 : at + 3]
    return words.folded[at] == "town" and after in (["parish", "council"], ["community", "council"])


def _district_of_a_park(words: Words, at: int) -> bool:
    """Whether "District" belongs to the place: "Calder District National Park Authority" is named so."""
    after = words.folded[at + 1 : at + 4]
    return words.folded[at] == "district" and after == ["national", "park", "authority"]


def _city_of_a_list(words: Words, at: int) -> bool:
    """Whether it is the "City" of "Wexleyshire and City of Wexley Fire Authority"."""
    last_of_list = at > 1 and words.folded[at - 1] == "and" and words.tokens[at - 2][0].isupper()
    return words.folded[at] == "city" and words.folded[at + 1 : at + 2] == ["of"] and last_of_list


def _welsh_local_name(words: Words, at: int) -> LocalName | None:
    kind = words.folded[at + 1] if at + 1 < len(words.folded) else ""
    end = at + 2
    if kind not in WELSH_LOCAL_KINDS:
        return None
    while words.joined(at, end + 1, Join.SPACE) and words.tokens[end][0].isupper() and end - at < 6:
        if "council" in words.folded[end : end + 2]:
            break  # "Cyngor Cymuned Milburn Community Council" tells its kind in both tongues
        end += 1
    if end == at + 2:
        return None
    return LocalName(at, end, spelt(words, at + 2, end), WELSH_LOCAL_KINDS[kind], "parish")


def _borough_of(words: Words, at: int) -> LocalName | None:
    """ "London Borough of Wexley", "Royal Borough of Wexley and Calder"."""
    style = words.folded[at - 1] if at else ""
    end = at + 2
    while words.joined(at - 1, end + 1, Join.SPACE) and end - at < 8:
        after_and = words.folded[end] in ("and", "upon", "&") and words.joined(end, end + 2, Join.SPACE)
        dashed = words.text[words.end(end - 1):words.starts[end]].strip() == "-"
        if dashed or (not words.tokens[end][0].isupper() and not (end > at + 2 and after_and)):
            break
        end += 1
    if style not in ("london", "royal") or end == at + 2:
        return None
    return LocalName(at - 1, end, spelt(words, at + 2, end), f"{style.capitalize()} Borough", "london_borough")


def printed_name(text: str) -> LocalName | None:
    """The council that a heading names by a form that running text may not have: "Borough of Wexley", "Wexley MBC"."""
    printed = _PRINTED.fullmatch(" ".join(text.split()))
    if printed is None:
        return None
    words = cut(printed["of"] or printed["short"] or printed["bare"])
    if not words.tokens or len(words.tokens) > 6 or NATIONAL & set(words.folded):
        return None
    called = (printed["designation"] or "").title()
    kind = LOCAL_KINDS.get(called.lower(), "other") if called != "City" else "district"
    return LocalName(0, len(words.tokens), spelt(words, 0, len(words.tokens)), called, kind)


def _headed_name(words: Words, at: int) -> LocalName | None:
    """ "CALDER VALE COUNCIL" where it is a heading's whole line, or all of it before a comma or dash; in brackets."""
    start = at
    if at and words.folded[at - 1] in LOCAL_KINDS | WELSH_LOCAL_KINDS.keys():
        return None
    while start > 0 and words.joins[start] == Join.SPACE and may_name(words, start - 1):
        start -= 1
    dashed = words.text.startswith(" - ", words.end(at))
    ends = dashed or at + 1 == len(words.tokens) or words.joins[at + 1] != Join.SPACE
    begins = words.text.rfind("\n", 0, words.starts[start]) == len(words.text[: words.starts[start]].rstrip(" ")) - 1
    enclosed = words.text.startswith("(", words.starts[start] - 1) and words.text.startswith(")", words.end(at))
    if not (begins or enclosed) or not ends or not 0 < at - start < 5 or NATIONAL & set(words.folded[start:at]):
        return None
    return LocalName(start, at + 1, spelt(words, start, at), "", "other")


def spelt(words: Words, start: int, end: int) -> str:
    """The name as people write it, where the text may have it in capitals."""
    name = " ".join(words.text[words.starts[start] : words.end(end - 1)].split())
    if not name.isupper():
        return name
    small = {word.upper() for word in CONNECTORS}
    parts = re.split(r"([^\W_]+(?:['’][^\W_]+)?)", name)
    return "".join(
        part.lower() if index > 1 and part in small else part.capitalize() for index, part in enumerate(parts)
    )
