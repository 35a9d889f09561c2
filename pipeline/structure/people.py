"""Lists of people as minutes print them: names with titles, initials, roles in brackets and letters after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.structure.known import union
from pipeline.structure.lines import is_capitals

_TITLE = (
    r"(?:(?:County |City |Borough |District |Town |Parish |Community |Independent )*(?:Councillors?|Cllrs?|Cllr\(s\)|Cyng(?:horw?yr|horydd)?|Councilor)\.?"
    r"|Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Rev(?:eren)?d?|Revd|Canon|Father|Fr|Ald(?:erman|erwoman)?|Bailie|Provost|"
    r"Right Hon(?:ourable)?|Hon|Capt(?:ain)?|Col(?:onel)?|Major|PC|PCSO|Sgt|Supt|Insp(?:ector)?|Deputy(?= [A-Z][a-z]+ [A-Z]))"
)
_TITLES = re.compile(rf"^(?:(?:The )?{_TITLE}\.?\s+)+")
_BEFORE_TITLE = re.compile(rf"(?<=[\w)\].])\s+(?=(?:{_TITLE}|(?:Town |Parish |Deputy )?Clerk)\b\.?\s+[A-Z])")
_AFTER_NAME = re.compile(r"^(?:OBE|MBE|CBE|KBE|DBE|JP|QC|KC|MP|MSP|MS|AM|DL|CPFA|BSc|MA|PhD|FRSA|BEM|QPM|VD|TD|Jnr|Snr|Jr)$")
_ROLE = re.compile(
    r"^(?:(?:the|as|acting|interim|assistant|associate|deputy|vice|senior|principal|corporate|executive|strategic|group|chief|joint|"
    r"lead|service|area|town|parish|county|borough|district|democratic|independent|in the|is|non-voting|co-opted)[ -])*"
    r"(?:chair(?:man|woman|person)?|vice[- ]chair(?:man|woman|person)?|mayor|leader|clerk|director|head|manager|officer|secretary|treasurer|"
    r"member|cabinet|portfolio|convener|provost|solicitor|accountant|engineer|planner|lawyer|adviser|advisor|consultant|representative|"
    r"executive|substitute|substituting|observer|minute|note|chief|general counsel|monitoring|rfo|counsel|auditor|analyst|lead|president|"
    r"governor|headteacher|administrator|assistant|coordinator|co-ordinator|partner|commissioner|constable|warden|trustee|minutes)\b.*",
    re.IGNORECASE,
)
_LEADING_ROLE = re.compile(
    r"^(?P<role>(?:The )?(?:Deputy |Vice[- ]|Acting |Town |Parish )*(?:Chair(?:man|woman|person)?|Clerk|Mayor|Leader|Provost|Convener|"
    r"Secretary|Treasurer|RFO|Officers?|Public|Guest|Minutes))(?:\s*[:–-]\s*|\s+)(?=[A-Z])"
)
_PARTICLE = frozenset("de da du del della van von der den la le al el bin ap ab y of".split())
_NO_NAME = re.compile(
    r"(?i:\b(?:public|none|nil|apologies|member(?:s)?|press|residents?|received|absence|council|committee|officers?|attended|present|"
    r"quorum|meeting|item|vacanc(?:y|ies)|minutes?|representatives?|others?|community|were|was|there|also|parishioners?|no|view|"
    r"declarations?|business|agenda|held|from|north|south|date|time|venue|councillors?)\b|\d|@|/)"
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
    people: list[Person] = []
    for start, piece in _pieces(text):
        bare = piece.strip()
        if people and (_AFTER_NAME.match(bare) or _is_role(bare)):
            people[-1] = _with(people[-1], bare, text, start + len(piece.rstrip()))
            continue
        person = _person(piece, start)
        if person is not None:
            people.append(person)
    return people


def is_name(text: str) -> bool:
    """Whether a text could be a person's name: two to seven words, each a name, an initial or a particle."""
    bare = _TITLES.sub("", text.strip() + " ").strip(" ,.")
    titled = bare != text.strip(" ,.")
    words = bare.split()
    if not words or len(words) > 6 or _NO_NAME.search(bare) or (len(words) == 1 and not titled):
        return False
    if not any(len(re.sub(r"[^\w]", "", w)) > 1 for w in words):
        return False
    return all(re.match(r"[A-ZÀ-ÞŴŶ][\w'’.-]*\.?$", w) or w.lower() in _PARTICLE for w in words)


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


_CUT = re.compile(r"\s*[;,•·\t]\s*(?:(?:and|a|ac|&)\s+)?|\s+(?:and|&|ac)\s+(?=[A-Z])|\s{2,}")


def _cut_at(text: str, at: int) -> int:
    cut = _CUT.match(text, at)
    if cut:
        return cut.end() - at
    before = _BEFORE_TITLE.match(text, at)
    if before and not re.search(rf"(?:{_TITLE})\.?$", text[:at]):
        return before.end() - at
    return 0


def _is_role(text: str) -> bool:
    return _ROLE.match(text) is not None and not _LEADING_ROLE.match(text)


def _with(person: Person, extra: str, text: str, end: int) -> Person:
    if _AFTER_NAME.match(extra):
        return replace(person, name=f"{person.name} {extra}", end=end)
    role = f"{person.role}, {extra}" if person.role else extra
    return replace(person, role=role.strip(" ."), end=end)


def _person(piece: str, start: int) -> Person | None:
    begin = start + len(piece) - len(piece.lstrip())
    bare = piece.strip().rstrip(".;:")
    role: str | None = None
    leading = _LEADING_ROLE.match(bare)
    if leading:
        role, bare = leading["role"].strip(), bare[leading.end():]
        begin += leading.end()
    bracket = re.search(r"\s*[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?", bare)
    name = bare[: bracket.start()] if bracket else bare
    dash = re.match(r"(?P<name>.{3,60}?)\s+(?:[-–—]|as|representing)\s+(?P<role>.{2,})$", name)
    if dash and is_name(dash["name"]):
        name, role = dash["name"], dash["role"].strip()
    trailing = re.match(r"(?P<name>.{3,60}?)\s+(?P<role>CHAIR(?:MAN)?|VICE[- ]CHAIR(?:MAN)?|CLERK|Chair(?:man)?|Vice[- ]Chair(?:man)?|Clerk)$", name)
    if trailing:
        name, role = trailing["name"], trailing["role"]
    if not is_name(name):
        return None
    name = _plural_title(name.strip(" ,"))
    inside = bracket["inside"] if bracket else None
    organisation: str | None = None
    if inside:
        told, organisation = _in_brackets(inside, name)
        role = ", ".join(r for r in (role, told) if r) or None
    return Person(name, begin, start + len(piece.rstrip()), role, organisation)


def _plural_title(name: str) -> str:
    """"Councillors A. Hart" heads a list: the first name keeps no plural title."""
    return re.sub(r"^(?:(?:County|City|Borough|District|Town|Parish|Community) )*(?:Councillors|Cllrs|Cllr\(s\))\.?\s+", "", name)


def _in_brackets(inside: str, name: str) -> tuple[str | None, str | None]:
    """(role, organisation): initials are neither, other capitals are an organisation, the rest is a role."""
    inside = inside.strip()
    compact = re.sub(r"[^A-Za-z]", "", inside)
    initials = "".join(w[0] for w in _TITLES.sub("", name + " ").split())
    if is_capitals(inside.ljust(4, "X")) and len(compact) <= 6 and " " not in inside:
        if compact and (compact[0] == initials[:1] and compact[-1] == initials[-1:] or len(compact) < 2):
            return None, None
        return (inside, None) if union("structure", "attendance").fullmatch(inside) else (None, inside)
    return inside, None
