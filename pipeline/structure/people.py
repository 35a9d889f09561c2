"""Lists of people as minutes print them: names with titles, initials, roles in brackets and letters after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_COUNCILLOR = (
    r"(?:(?:County |City |Borough |District |Unitary |Town |Parish |Community |Independent )*"
    r"(?:Councillors?|Cllrs?|Cllr\(s\)|Cyng(?:horwyr|horydd)?|Councilor))"
)
_TITLE = (
    rf"(?:{_COUNCILLOR}|Mr|Mrs|Ms|Miss|Mx|Messrs|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Rev(?:eren)?d?|"
    rf"Revd|Canon|Father|Fr|"
    r"Ald(?:erman|erwoman)?|Bailie|Right Hon(?:ourable)?|Hon|Capt(?:ain)?|Col(?:onel)?|Major|PC|PCSO|Sgt|Supt|"
    r"Insp(?:ector)?|"
    r"Deputy(?= [A-Z][a-z]+ [A-Z]))"
)
_TITLES = re.compile(rf"^(?:(?:The |Y )?{_TITLE}\.?\s+)+")
_PLURAL = re.compile(
    r"^(?:(?:County|City|Borough|District|Town|Parish|Community|Independent) )*(?:Councillors|Cllrs|Cllr\(s\)|"
    r"Messrs|(?:Y )?Cynghorwyr)\.?\s+"
)
_BEFORE_TITLE = re.compile(rf"(?<=[\w)\].])\s+(?=(?:{_TITLE}|(?:Town |Parish |Deputy )?Clerk)\b\.?\s+[A-Z])")
_TITLE_AT_END = re.compile(
    rf"(?:{_TITLE}|Clerk|Unitary|County|City|Borough|District|Town|Parish|Community|Independent)\.?$"
)
_AFTER_NAME = re.compile(
    r"^(?:OBE|MBE|CBE|KBE|DBE|JP|QC|KC|MP|MSP|MS|AM|DL|CPFA|BSc|MA|PhD|FRSA|BEM|QPM|VD|TD|Jnr|Snr|Jr)$"
)
_ROLE_NOUN = (
    r"(?:vice[- ]chair|chair|vice[- ]convener|mayor|leader|clerk|director|head of|manager|officer|secretary|"
    r"treasurer|cabinet member|"
    r"portfolio holder|convener|provost|solicitor|accountant|engineer|planner|lawyer|advis[eo]r|consultant|"
    r"representative|executive|"
    r"substitut\w*|observer|counsel|auditor|analyst|president|governor|headteacher|administrator|assistant|"
    r"co-?ordinator|"
    r"commissioner|constable|warden|(?:is-)?gadeirydd|cadeirydd|clerc|trustee|nurse|rfo|minutes?|spokesperson|"
    r"member|lead|co-?opted|acting|interim)(?:man|woman|person|s)?\b"
)
_ROLE = re.compile(rf"^(?:the |as |in the )?(?:[\w'’&-]+ ){{0,5}}?{_ROLE_NOUN}.*", re.IGNORECASE)
_IN_BRACKETS_ROLE = re.compile(
    rf"(?i:\b{_ROLE_NOUN}|in the chair|v/?c$|\bfor\b|\bof\b|\bfrom item\b|\buntil\b|\bvia\b|virtual|remote)"
)
_LEADING_ROLE = re.compile(
    r"^(?P<role>(?:The )?(?:Deputy |Vice[- ]|Acting |Town |Parish |Lord )*(?:Chair(?:man|woman|person)?|Clerk|"
    r"Mayor|Leader|Provost|"
    r"Convener|Secretary|Treasurer|RFO|Officers?|Public|Guest|Minutes))(?:\s*[:–-]\s*|\s+)(?=[A-Z])"
)
_POST_WITH_NAME = re.compile(
    rf"^(?P<role>(?:the |"
    rf"The )?(?:[\w'’&-]+ ){{0,4}}(?i:{_ROLE_NOUN}))\s*[,(]\s*(?P<name>{_TITLE}\.?\s[^()]{{2,40}})\)?$"
)
_UNNAMED = re.compile(
    r"(?:the (?:[\w]+ ){0,2}(?i:clerk|mayor|press|public)$|(?i:and )?\d|"
    r"(?i:(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|several|some|other) (?:other )?"
    r"(?:members?|residents?|people|parishioners)\b))"
)
_TRAILING_ROLE = re.compile(
    r"(?P<name>.{3,60}?),?\s+(?P<role>CHAIR(?:MAN)?|VICE[- ]CHAIR(?:MAN)?|CLERK|Chair(?:man|person)?|"
    r"Vice[- ]Chair(?:man|person)?|Clerk)$"
)
_TITLED_WITH_POST = re.compile(
    rf"(?P<name>{_TITLE}\.? (?:[A-Z]\.? ?){{0,4}}[A-Z][\w'’-]+),? (?P<role>(?:\w+ ){{0,2}}(?i:{_ROLE_NOUN}).*)$"
)
_DASHED_ROLE = re.compile(r"(?P<name>.{3,60}?)\s+(?:[-–—]|as|representing)\s+(?P<role>.{2,})$")
_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?")
_PARTICLE = frozenset([
    "de", "da", "du", "del", "della", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "ap", "ab", "y", "of",
])
_NO_NAME = re.compile(
    r"(?i:\b(?:public|none|nil|apologies|member(?:s)?|press|residents?|received|absence|council|committee|"
    r"officers?|attended|present|quorum|meeting|items?|vacanc(?:y|ies)|minutes?|representatives?|others?|community|"
    r"were|was|there|also|parishioners?|no|view|declarations?|business|agenda|held|from|north|south|date|time|venue|"
    r"councillors?|clerk|mayor|part|section|unrestricted|exempt|open|welcome|introductions?|substitut\w+|chair\w*|"
    r"deputy|assistant|parish|town|director|manager|head of|chief|nhs|healthwatch|trust|partnership|services?|"
    r"department|university|association|society|ltd|limited|"
    r"datganiad(?:au)?|ddiddordeb|cofnodion|cyfarwyddwr|pennaeth|swyddog)\b|\d|@|/)"
)
_ORGANISATION = re.compile(
    r"\b(?:NHS|ICB|CCG|Healthwatch|Trust|Partnership|University|Association|Society|Ltd|Limited|Council)\b"
)
_REASON = re.compile(
    r"\b(?:attending|attended|represented|holiday|illness|unwell|work|leave|commitments?|family|business|arrived|left|"
    r"others|further)\b"
)
"""Why somebody was away, or when they came: no post."""
_INITIALS_AND_POST = re.compile(
    r"^\W*(?P<name>[A-Z][^(),;:]{3,50}?)\s*\((?P<initials>[A-Z][A-Za-z]{1,3})\)[\s,–-]+(?P<role>[A-Z][^;()\d]{3,})$"
)
_MORE_BEHIND = re.compile(
    r"\s+(?:(?:has |have |had )?(?:sent|gave|tendered)\b.*"
    r"|(?:plus|together with|along with)\s+(?:\d+|[a-z]+)\s+[a-z]+.*)$"
)
"""What is said behind the last name: "sent apologies", "plus ten guests"."""
_CUT = re.compile(
    r"\s*[;,•·\t|]\s*(?:(?:and|a|ac|&)\s+)?|\s+(?:and|&|ac|a)\s+(?=[A-Z\d]|the (?i:clerk|mayor|chair|leader|"
    r"press|public))|\s{2,}"
    r"|(?<=[a-z]{3})\.\s+(?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name without its role, and its place in the text that was given."""

    name: str
    start: int
    end: int
    role: str | None = None
    organisation: str | None = None


def people_in(text: str) -> list[Person]:
    """Everybody named in a list such as "Councillors A. Hart (Chair), B. Moss MBE and Mrs C. Lea, Town Clerk"."""
    alone = _with_initials(text)
    if alone:
        return [alone]
    people: list[Person] = []
    plural = False
    for start, piece in _pieces(text):
        bare = piece.strip(" .")
        if people and _goes_on_with_role(
            people[-1], text[: people[-1].end].endswith(")"), text[people[-1].end:start], bare
        ):
            people[-1] = replace(people[-1], role=f"{people[-1].role} and {bare}", end=start + len(piece.rstrip()))
            continue
        if people and (_AFTER_NAME.match(bare) or _belongs_to_name_before(bare)):
            people[-1] = _with(people[-1], bare, start + len(piece.rstrip()))
            continue
        plural = plural or bool(_PLURAL.match(bare))
        person = _person(piece, start, plural)
        if people and person and _is_whom_they_serve(people, person, text[people[-1].end:start]):
            people[-1] = replace(people[-1], organisation=people[-1].organisation or person.name)
            continue
        if person is not None:
            people.append(person)
        elif people and _ORGANISATION.search(bare) and re.fullmatch(r"\s*,\s+", text[people[-1].end:start]):
            people[-1] = replace(people[-1], organisation=people[-1].organisation or bare)
    return people


def _is_whom_they_serve(people: list[Person], named: Person, between: str) -> bool:
    """"Mr D. Logue, Operations Director, Skills for Calder": the name after a post, in a list of titled people,
    has no title and is no person's."""
    if people[-1].role is None or re.fullmatch(r"\s*,\s+", between) is None or re.search(r"\b[A-Z]\b", named.name):
        return False
    return bool(_TITLES.match(people[-1].name)) and not _TITLES.match(named.name) and named.role is None


def _with_initials(text: str) -> Person | None:
    """One person to a line, with initials and post: "Ann Teak (AT) Lay Member for Finance and Estates"."""
    told = _INITIALS_AND_POST.match(text)
    if told is None or not is_name(told["name"]) or len(told["role"].split()) > 20:
        return None
    name = _TITLES.sub("", told["name"] + " ").split()
    if told["initials"][0] != name[0][0] or told["initials"].upper()[-1] not in name[-1].upper():
        return None
    return Person(told["name"], told.start("name"), len(text.rstrip()), told["role"].strip(" ."))


def _goes_on_with_role(person: Person, closed: bool, between: str, piece: str) -> bool:
    """Whether "and Development" goes on with the post of a person who has a title, which the piece has not; never with
    one that stood in brackets, which are closed."""
    if person.role is None or re.fullmatch(r"\s+(?:and|&)\s+", between) is None or not piece or closed:
        return False
    if _TITLES.match(piece) or _LEADING_ROLE.match(piece) or _POST_WITH_NAME.match(piece) or _UNNAMED.match(piece):
        return False
    return not is_name(piece) or (_TITLES.match(person.name) is not None and is_role(person.role))


def _belongs_to_name_before(piece: str) -> bool:
    """Whether a piece is the office of the person named just before it; "the Clerk" is somebody else."""
    dashed = _DASHED_ROLE.match(piece)
    if dashed and is_name(dashed["name"]):
        return False
    other = is_name(piece) or _TITLES.match(piece) or _POST_WITH_NAME.match(piece) or _UNNAMED.match(piece)
    return is_role(piece) and not other


def is_name(text: str, surname_only: bool = False) -> bool:
    """Whether a text could be a person's name: two to six words, each a name, an initial or a particle.

    A single word counts behind a title, or where `surname_only` says that the list gives surnames.
    """
    bare = _TITLES.sub("", text.strip() + " ").strip(" ,.")
    titled = bare != text.strip(" ,.")
    words = bare.split()
    if not words or len(words) > 6 or _NO_NAME.search(bare) or (len(words) == 1 and not titled and not surname_only):
        return False
    if not any(len(re.sub(r"[^\w]", "", w)) > 1 for w in words):
        return False
    return all(re.match(r"[A-ZÀ-ÞŴŶ][\w'’.-]*\.?$", w) or w.lower() in _PARTICLE for w in words)


def has_personal_title(text: str) -> bool:
    """Whether a text opens with a person's title ("Cllr", "Mrs")."""
    return _TITLES.match(text.lstrip(" *•")) is not None


def is_role(text: str) -> bool:
    """Whether a text names an office or a post."""
    return _ROLE.match(text) is not None and not _LEADING_ROLE.match(text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut at commas, semicolons, "and", and before a title that follows a name; never inside brackets."""
    depth, begin, at = 0, 0, 0
    while at < len(text):
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth = max(depth - 1, 0)
        cut = _cut_at(text, at) if depth == 0 else 0
        if cut:
            yield begin, text[begin:at]
            begin = at = at + cut
        else:
            at += 1
    yield begin, text[begin:]


def _cut_at(text: str, at: int) -> int:
    cut = _CUT.match(text, at)
    if cut and cut.end() > at:
        return cut.end() - at
    before = _BEFORE_TITLE.match(text, at)
    if before and not _TITLE_AT_END.search(text[:at]):
        return before.end() - at
    return 0


def _with(person: Person, extra: str, end: int) -> Person:
    if _AFTER_NAME.match(extra):
        return replace(person, name=f"{person.name} {extra}", end=end)
    role = f"{person.role}, {extra}" if person.role else extra
    return replace(person, role=role.strip(" ."), end=end)


def _person(piece: str, start: int, plural: bool) -> Person | None:
    begin = start + len(piece) - len(piece.lstrip())
    stars = re.match(r"\s*\*+\s*", piece)
    piece = _MORE_BEHIND.sub("", piece)
    bare = re.sub(r"\s+(?:&|and)$", "", piece[stars.end() if stars else 0:].strip().rstrip(".;:"))
    begin += stars.end() if stars else 0
    post = _POST_WITH_NAME.match(bare)
    if post:
        at = begin + post.start("name")
        return Person(post["name"].strip(), at, at + len(post["name"]), post["role"].strip())
    role: str | None = None
    leading = _LEADING_ROLE.match(bare)
    if leading:
        role, bare = leading["role"].strip(), bare[leading.end():]
        begin += leading.end()
    bracket = _BRACKET.search(bare)
    name = bare[: bracket.start()] if bracket else bare
    presiding = re.search(r",?\s+\(?in the [Cc]hair\)?$", name)
    if presiding:
        name, role = name[: presiding.start()], "in the Chair"
    dash = _DASHED_ROLE.match(name)
    if dash and is_name(dash["name"]):
        name, role = dash["name"], dash["role"].strip()
    trailing = _TITLED_WITH_POST.match(name) or _TRAILING_ROLE.match(name)
    if trailing:
        name, role = trailing["name"], trailing["role"]
    if not is_name(name, plural or (bracket is not None and is_role(bracket["inside"]))):
        return None
    inside, organisation = _in_brackets(bracket["inside"].strip(), name) if bracket else (None, None)
    role = ", ".join(r for r in (role, inside) if r) or None
    if bracket and re.match(r"(?i:\s*in the chair)", bare[bracket.end():]):
        role = role or "in the Chair"
    return Person(_PLURAL.sub("", name.strip(" ,")), begin, start + len(piece.rstrip()), role, organisation)


def _in_brackets(inside: str, name: str) -> tuple[str | None, str | None]:
    """(role, organisation): initials and reasons are neither, a short capitalised name is an organisation."""
    words = _TITLES.sub("", name + " ").split()
    initials = "".join(word[0] for word in words)
    kept = [part for part in re.split(r"\s*,\s*", inside) if not _is_initials(part, initials)]
    rest = ", ".join(kept)
    if not rest or _REASON.search(rest):
        return None, None
    if _IN_BRACKETS_ROLE.search(rest) or len(rest.split()) > 4 or rest[0].islower():
        return rest, None
    return None, rest


def _is_initials(part: str, initials: str) -> bool:
    compact = re.sub(r"[^A-Za-z]", "", part)
    return (part.isupper() and " " not in part and 1 < len(compact) <= 4
            and compact[0] == initials[:1] and compact[-1] in initials[1:])
