"""Telephone numbers and e-mail addresses of private persons.

The line tells: an office, a body or a councillor on it makes the number official, words for a private person that are
nearer make it private. One that is official once is official everywhere in the document, and one that is private is
withheld wherever it stands again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extractors.privacy.found import Cue, Found, any_of, cues, stretches, words
from pipeline.records import PrivateKind

AT = re.compile("@")
MAIL = re.compile(r"[\w.+'’-]{1,64}@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w£.,/])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)\d(?:[\s()-]{0,2}\d){7,9}(?![\d/])")
OFFICIAL = re.compile(
    r"(?i)@(?:[\w-]+\.)*(?:gov|nhs|police|parliament|mod|sch|ac)\.(?:uk|wales|scot)\b|@(?:[\w-]+\.)*(?:gov\.wales|"
    r"gov\.scot|nhs\.net|parliament\.scot|senedd\.wales)\b"
)
REACH = 160
"""Characters of lines above that may say whose a number is."""
OWNERS = 300
"""Characters before a box in which the person may be named whose it is."""
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Rev)\b\.?(?:\s[A-Z][\w'’.-]*){0,3}?\s(?P<name>[A-Z][\w'’-]+)\b,?\s?(?:the\s)?"
)
CLAUSE, CLAUSES = re.compile(r"[;\n]|\.\s"), 60
"""What ends a clause, and characters of it in which an office makes a private provider's box official."""
SHORT = 60
"""Characters of a line in a form or a list, which those above it explain."""
BESIDE = 160
"""Characters between a withheld address and the number of the same person."""
PROVIDER = Cue("private.mail_provider", "It is with a provider of e-mail for private persons.", 0.8, re.compile(""))
OWNER = Cue("private.mail_of_person", "It holds the name of a person beside it without an office.", 0.9, re.compile(""))
BESIDE_HOME = Cue("private.beside_home", "It stands beside a home address.", 0.85, re.compile(""))
MOBILE = Cue("private.mobile", "It is a mobile telephone that nothing says to be an office's.", 0.6, re.compile(""))


@dataclass(frozen=True)
class Number:
    """A telephone number or an e-mail address as it stands, and folded, by which it is known again."""

    start: int
    end: int
    kind: PrivateKind
    folded: str


def contacts(text: str, homes: Sequence[Found]) -> Iterator[Found]:
    """The numbers and addresses that are private. `homes` are the withheld home addresses."""
    numbers = [*_mails(text), *_phones(text)]
    verdicts: dict[str, Cue] = {}
    official: set[str] = set()
    for number in numbers:
        cue = _told(text, number, homes)
        if isinstance(cue, Cue):
            verdicts.setdefault(number.folded, cue)
        elif cue:
            official.add(number.folded)
    for number in numbers:
        if number.folded in verdicts and number.folded not in official:
            yield verdicts[number.folded].found(number.start, number.end, number.kind)


def _mails(text: str) -> Iterator[Number]:
    for begin, end in stretches(text, AT, 64, 100):
        for match in MAIL.finditer(text, begin, end):
            yield Number(match.start(), match.end(), "personal_email", match.group().casefold())


def _phones(text: str) -> Iterator[Number]:
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group().replace("(0)", ""))
        national = "0" + digits[2:] if match.group().startswith("+") else digits
        if 10 <= len(national) <= 11 and national[1] in "1237":
            yield Number(match.start(), match.end(), "personal_telephone", national)


def _told(text: str, number: Number, homes: Sequence[Found]) -> Cue | bool:
    """The cue that makes it private; True where it is official; False where nothing tells."""
    begin = text.rfind("\n", 0, number.start) + 1
    end = text.find("\n", number.end)
    line = text[begin:end if end >= 0 else len(text)]
    at, left = number.start - begin, len(line) - (number.end - begin)
    if number.kind == "personal_email":
        if OFFICIAL.search(text, number.start, number.end):
            return True
        by_provider = _by_provider(number.folded)
        if by_provider is True:
            return True
        if by_provider and _of_a_person(text, number):
            return OWNER
        if by_provider and not any_of("official_near").search(CLAUSE.split(line[:at])[-1][-CLAUSES:]):
            return by_provider
    by_line = _by_words(line, at, left)
    if by_line is not None:
        return by_line
    if any(home.start - BESIDE < number.start < home.end + BESIDE for home in homes):
        return BESIDE_HOME
    if any_of("contact_label").search(line, 0, at) or OFFICIAL.search(line):
        return True
    _, title = cues("private_near")
    if title.pattern.search(line, 0, at):
        return title
    if len(line) < SHORT:
        above = text[max(begin - REACH, 0):begin]
        by_above = _by_words(above, len(above), 0)
        if by_above is not None:
            return by_above
    return MOBILE if number.kind == "personal_telephone" and number.folded.startswith("07") else False


def _of_a_person(text: str, number: Number) -> bool:
    """Whether a box is named after a person beside it who has no office."""
    before = text[max(number.start - OWNERS, 0):number.start]
    for match in TITLED.finditer(before):
        if match["name"].casefold() in number.folded and len(match["name"]) > 2:
            return not (any_of("not_private_before").search(before[:match.start()])
                        or any_of("official_near").match(before, match.end()))
    return False


def _by_words(line: str, at: int, left: int) -> Cue | bool | None:
    """What the words of a line say of the number that stands at `at`, with `left` characters from its end on."""
    strong, _ = cues("private_near")
    official = _last(any_of("official_near"), line, at)
    private = _last(strong.pattern, line, at)
    if private > official:
        return strong
    if official >= 0 or any_of("official_near").search(line, len(line) - left):
        return True
    return strong if strong.pattern.search(line, len(line) - left) else None


def _last(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Where what the pattern finds last before `at` ends; -1 where it finds nothing."""
    return max((match.end() for match in pattern.finditer(line, 0, at)), default=-1)


def _by_provider(address: str) -> Cue | bool:
    """Whether a private person's provider keeps the box, and its name is not that of an office."""
    name, _, domain = address.partition("@")
    if _boxes().search(name):
        return True
    return PROVIDER if domain.split(".")[0] in words("mail", "providers") else False


@lru_cache(maxsize=1)
def _boxes() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("mail", "boxes"))))
