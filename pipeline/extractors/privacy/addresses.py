"""Home addresses: an address is one where the words before it name a person or say that somebody lives there.

The words before an address are looked for first, since they are rarer than what looks like an address; then whether
an address stands behind them. Where a postcode ends it, all up to the postcode is withheld; else house and street
alone, so that the village is still told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from pipeline.document import Block, Document
from pipeline.extractors.privacy.found import Cue, Found, any_of, cues, stretches, words

NEAR = 160
"""Characters before an address in which the words stand that make it private."""
REACH = 90
"""Characters before an address in which words tell that it is public."""
CONTEXT = 600
"""Characters before a name without a title in which the public must be said to speak."""
LABEL = 40
"""Characters of a label before and behind its word "address"."""
LETTERHEAD = 400
"""Characters of a letter's head, above "Dear"."""
HEAD, SHORT = 8, 45
"""Lines above "Dear" that head a letter, and their characters at most."""
FORM = 250
"""Characters of a form between a person's name and the address."""
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lady|Rev|Revd|Reverend|Messrs)\b\.?"
NAME = r"[A-Z][\w'’.-]*"
POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
SEPARATED = r"(?:\s?[,(–:;\t|]\s?(?:(?:of|from|at)\s)?|\s-\s|\s*\n\s*|\s(?:of|from|at)\s)"
PERSON = Cue(
    "private.person_at", "It stands behind a person's name.", 0.92,
    re.compile(
        rf"\b{TITLE}(?:\s(?:and|&)\s{TITLE})?(?:\s{NAME}){{1,4}}?"
        rf"(?:\s(?:and|&)\s(?:{TITLE}\s)?{NAME}(?:\s{NAME}){{0,2}}?)?{SEPARATED}"
    ),
)
PLAIN = Cue(
    "private.name_at", "It stands behind a name where the public speaks, petitions or objects.", 0.8,
    re.compile(
        r"\b(?:[A-Z]\.\s?(?:[A-Z]\.\s?)?|[A-Z]\s(?:(?:&|and)\s)?(?:[A-Z]\s)?|[A-Z][a-z'’-]+\s(?:(?:&|and)\s[A-Z][a-z'’-]+\s)?(?:[A-Z]\.?\s)?)[A-Z][\w'’-]+"
        rf"(?:\s\([a-z ]+\))?{SEPARATED}"
    ),
)
LETTER = Cue("private.letterhead", "It heads a letter to the authority.", 0.85, re.compile(r"\n\s*Dear\s"))
COLUMN = Cue("private.column", "It stands in a column of addresses beside persons' names.", 0.9, re.compile(""))
OFFICE = re.compile(r"\b(?:MP|MSP|MS|AM|MLA|MEP|PC|Sgt|Insp)\b")
THE, A_BODY = re.compile(r"\bthe\s*$"), re.compile(r"[A-Z][\w'’-]+,\s\d")
"""Behind "the" a name and a number are those of a body ("from the Duchy, 10 Mill Row") and no house's."""
OBJECTED = re.compile(
    r"object|complained|wrote|commented|,\s(?:his|her|their|my|our)\s(?:(?:former|own|previous|home)\s)?(?:address|home)"
)
NUMBERED = re.compile(r"[\d,]")
ADDRESS = re.compile("[Aa]ddress|ADDRESS|Home|HOME|Residence|Dwelling")
LINE = re.compile(r"(?m)^[^\n]+$")
VALUE = re.compile(r"[^\n\t]{4,}")
ADDRESS_HEAD = re.compile(r"(?i)^(?:home |postal |private |full )?address(?:es)?(?: and postcode)?$")
NAME_HEAD = re.compile(
    r"(?i)^(?:full |print )?(?:name|names|resident|objector|petitioner|lead petitioner|questioner|householder|"
    r"signatory|complainant|name of (?:objector|resident|petitioner|signatory|questioner))s?$"
)


@lru_cache(maxsize=1)
def grammar() -> re.Pattern[str]:
    """An address: (flat, house) number and street, or the name of a house; up to the postcode, where there is one."""
    street = "|".join(sorted(set(words("streets")), key=len, reverse=True))
    house = "|".join(sorted(set(words("houses")), key=len, reverse=True))
    number = r"\d{1,4}[A-Za-z]?(?:\s?(?:[-–/&,]|and|to|or)\s?\d{1,4}[A-Za-z]?){0,8}"
    other = rf"(?!{TITLE}|Councillor\b|Cllr\b)"
    named = rf"{other}(?:(?:{other}[A-Z][\w'’.-]*|of|the|and|upon|[a-z]{{1,2}}['’])\s){{1,4}}?"
    welsh = r"(?:Heol|Ffordd|Stryd|Lôn|Clos|Maes|Rhodfa|Bryn|Parc)(?:\s(?:[A-Z][\w'’-]+|yr?|Yr?))+"
    road = rf"(?:(?:(?:The\s)?{named})(?:{street})\b(?:\s(?:{street})\b)?|The\s(?:{street})\b|{welsh})"
    flat = (
        r"(?:(?:(?:(?:Top|First|Second|Ground)\sFloor\s)?Flat|Apartment|Apt\.?|Unit|Room|Caravan|Plot)(?:\s\w{1,4})?,?\s"
        rf"|(?:Flats|Apartments|Bungalow|Bungalows|Chalet|Pitch)\s{number},?\s)"
    )
    hall = rf"(?:The\s)?(?:{other}[A-Z][\w'’-]+\s){{1,3}}(?:{house})\b(?!\s(?:{street})\b)"
    any_house = rf"{other}[A-Z][\w'’-]+(?:\s{other}[A-Z][\w'’-]+){{0,3}}"
    tail = rf"(?:(?:[,.]?\s+|,)(?:[A-Z][\w'’.-]*|upon|on|in|le|under|by|the|next|and)){{0,10}}?(?:[,.]?\s+|,){POSTCODE}"
    return re.compile(
        rf"(?:Nos?\.?\s)?(?:{flat}(?:{any_house},?\s)?)?(?:{number},?\s{road}|{any_house},\s(?:{number},?\s)?{road}"
        rf"|{flat}{hall}|{flat}{road}|{hall}|Flat\s\d{{1,4}}[A-Za-z]?\b)(?:{tail})?|{POSTCODE}"
    )


@lru_cache(maxsize=1)
def next_one() -> re.Pattern[str]:
    """What stands between two addresses of a list."""
    return re.compile(
        r"(?:\s?[,;]\s?(?:and\s)?|\sand\s(?:(?:from|at|of)\s)?|\s*\n\s*(?:[•●*-]\s|\(?[a-z\d]{1,2}[.)]\s)?)"
    )


def addresses(document: Document) -> Iterator[Found]:
    """Every home address of the document; some may be given twice."""
    text = document.text
    yield from _behind_words(text)
    yield from _in_forms(text)
    yield from _on_letters(text)
    for block in document.blocks:
        if block.table is not None:
            yield from _in_columns(block)


@lru_cache(maxsize=1)
def _signs() -> tuple[re.Pattern[str], ...]:
    """What every address holds: it is looked for before anything that costs more."""
    street = "|".join(sorted(set(words("streets")), key=len, reverse=True))
    house = "|".join(sorted(set(words("houses")), key=len, reverse=True))
    return (
        re.compile(
            rf"\d[A-Za-z]?,?\s(?:(?:The\s|(?:[A-Z][\w'’.-]*\s){{1,4}}?)(?:{street})\b"
            r"|(?:Heol|Ffordd|Stryd|Lôn|Clos|Maes|Rhodfa|Bryn|Parc)\s|[A-Z]{2}\b)|\d[A-Z]{2}\b"
        ),
        re.compile(rf"(?:{house}|Flat\s\d+)\b"),
        re.compile(rf", (?:(?:Heol|Ffordd|Stryd) |(?:[A-Z][\w'’-]+ ){{1,2}}?(?:{street})\b)"),
    )


def _behind_words(text: str) -> Iterator[Found]:
    for begin, end in _near_signs(text):
        for cue in (*cues("before_address"), PERSON, PLAIN):
            yield from _behind(text, begin, end, cue)
    [objected] = cues("objects_behind")
    for begin, end in stretches(text, OBJECTED, NEAR, 0):
        if not any(signs.search(text, begin, end) for signs in _signs()):
            continue
        for home in grammar().finditer(text, begin, end):
            if NUMBERED.search(home.group()) and objected.pattern.match(text, home.end()):
                yield objected.found(home.start(), home.end(), "home_address")


def _near_signs(text: str) -> Iterator[tuple[int, int]]:
    """The text before the signs of addresses, each part of it once."""
    begin = end = 0
    for first, last in sorted(one for signs in _signs() for one in stretches(text, signs, NEAR, 0)):
        if first > end:
            yield begin, end
            begin = first
        end = max(end, last)
    yield begin, end


def _behind(text: str, begin: int, end: int, cue: Cue) -> Iterator[Found]:
    for match in cue.pattern.finditer(text, begin, end):
        behind = grammar().match(text, match.end())
        if behind is None or not _private(text, match.start(), behind, cue):
            continue
        if THE.search(match.group()) and A_BODY.match(behind.group()):
            continue
        if cue is PLAIN and not _of_the_public(text, match, behind):
            continue
        yield cue.found(behind.start(), behind.end(), "home_address")
        if cue is not PERSON and cue is not PLAIN:
            yield from _more(text, behind, cue)


def _more(text: str, last: re.Match[str], cue: Cue) -> Iterator[Found]:
    """The other addresses of a list that the words before its first speak of."""
    while (between := next_one().match(text, last.end())) and (behind := grammar().match(text, between.end())):
        if any_of("not_private_behind").match(text, behind.end()):
            return
        yield cue.found(behind.start(), behind.end(), "home_address")
        last = behind


def _private(text: str, begin: int, address: re.Match[str], cue: Cue) -> bool:
    """Whether nothing around the address says that it is a site, an office or a firm's."""
    if any_of("not_private_behind").search(text[address.end():address.end() + 40]):
        return False
    if any_of("not_private_inside").search(address.group()):
        return False
    line = text.rfind("\n", 0, begin) + 1
    before = text[max(line, begin - REACH):begin]
    if cue.id == "private.resident":
        return True
    if cue is PERSON and OFFICE.search(text, begin, address.start()):
        return False
    return any_of("not_private_before").search(before) is None


def _of_the_public(text: str, match: re.Match[str], address: re.Match[str]) -> bool:
    """Whether a name without a title is a person's who speaks, petitions or objects as one of the public."""
    if any_of("organisations").search(match.group()) or not NUMBERED.search(address.group()):
        return False
    if not set(match.group().split()).isdisjoint(words("streets")):  # the end of an address before it
        return False
    return any_of("public_context").search(text[max(match.start() - CONTEXT, 0):match.start()]) is not None


def _in_forms(text: str) -> Iterator[Found]:
    *homes, field, name = cues("labels")
    for cue in (*homes, field):
        matches = [
            match for begin, end in stretches(text, ADDRESS, LABEL, LABEL)
            for match in cue.pattern.finditer(text, begin, end)
        ]
        for match in matches:
            if cue is field and not _beside_a_person(text, match.start(), name):
                continue
            behind = grammar().match(text, match.end())
            if behind is not None:
                yield cue.found(behind.start(), behind.end(), "home_address")
            elif cue is homes[0] and ":" in match.group() and (rest := VALUE.match(text, match.end())):
                yield cue.found(rest.start(), rest.end(), "home_address")


def _beside_a_person(text: str, at: int, name: Cue) -> bool:
    """Whether the form's field for a name stands before its address, with no organisation's in it."""
    form = text[max(at - FORM, 0):at]
    names = list(name.pattern.finditer(form))
    return bool(names) and any_of("organisations").search(form[names[-1].end():]) is None


def _on_letters(text: str) -> Iterator[Found]:
    """The address that heads a letter: the lines above "Dear" up to a postcode, if no office is among them."""
    for dear in LETTER.pattern.finditer(text):
        head = list(LINE.finditer(text, max(dear.start() - LETTERHEAD, 0), dear.start()))[-HEAD:]
        short = list(takewhile(lambda line: line.end() - line.start() <= SHORT, reversed(head)))
        whole = "\n".join(line.group() for line in short)
        if any_of("organisations").search(whole) or any_of("official_near").search(whole):
            continue
        for line in short:
            behind = grammar().match(text, line.start())
            if behind is not None and line.end() <= behind.end() <= dear.start():
                yield LETTER.found(behind.start(), behind.end(), "home_address")


def _in_columns(block: Block) -> Iterator[Found]:
    """The cells of a column of addresses, where another column has names, row by row of persons."""
    table = block.table
    assert table is not None
    heads = {cell.column: " ".join(cell.text.split()) for cell in table.cells if cell.row == 0}
    homes = [column for column, head in heads.items() if ADDRESS_HEAD.match(head)]
    people = [column for column, head in heads.items() if NAME_HEAD.match(head)]
    if not homes or not people:
        return
    names = {cell.row: cell.text for cell in table.cells if cell.column in people}
    for cell in table.cells:
        named = names.get(cell.row, "")
        person = bool(named) and not any_of("organisations").search(named)
        if cell.row and cell.column in homes and cell.start >= 0 and person:
            yield COLUMN.found(cell.start, cell.end, "home_address")

