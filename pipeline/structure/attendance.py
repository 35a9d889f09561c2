"""Who was at a meeting and who sent apologies, from its heads, its item of apologies, or a site's list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from pipeline.document import Document, Item
from pipeline.records import Attendance, Presence, identify
from pipeline.structure.known import patterns
from pipeline.structure.lines import Line, lines_of
from pipeline.structure.people import Person, has_personal_title, is_name, is_role, people_in

_LABELLED = re.compile(r"^\W*(?P<label>[A-Za-z][\w ,'’()/-]{2,48}?)\s*(?::-?|\s[-–—]\s|\t)\s*(?P<rest>.*)$")
_LABEL_WITHIN = re.compile(r"[.;)]\s+(?P<label>[A-Z][\w ’']{3,40})(?=\s*(?::-?|[-–—])\s)")
_SENTENCE = re.compile(
    r"(?i:\b(?:apolog(?:y|ies)|ymddiheuriad(?:au)?)\b)(?:(?!\bfrom\b|\bon behalf of\b|\bgiven by\b)[^.;:]){0,110}?"
    r"(?:(?i:\bfrom|\bon behalf of|\bgiven by|\bsubmitted by|\breceived for|\bgan(?: y)?|"
    r"\boddi wrth(?: y)?))\s*:?\s*(?P<names>.+)$"
)
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Cllr)(?<!Cllrs)\.(?:\s|$)|\s(?:who|to whom|with|With|due to|"
    r"because|for whom|for lateness)\b"
)
_STARRED = re.compile(
    r"(?i:\*\s*(?:=|-|–|:)?\s*(?:denot\w+|indicat\w+|mark\w*|signif\w+|those|members?)?\s*(?:\w+\s+){0,3}?"
    r"(?:(?P<absent>absen\w+|apolog\w+)|attend\w*|presen\w+|in attendance)\W*$)"
)
"""What a star before a name says: "* denotes attendance"."""
_GROUP = re.compile(r"\s*(?i:(?:cyng/?)?(?:cllrs?|councillors?|members?)\.?)\s*(?::-?|[-–—])\s*(?=[A-Z])")
"""Who the names are, between the label and them: "Present: Councillors – A. Bell"."""
_LEGEND = re.compile(r"(?i:\b[PA]\s*=\s*(?:present|apolog|absent))")
"""Letters behind the names say who came; they are not read."""
_TELLS = re.compile(r"(?i:\b(?:welcomed|opened|introduced|explained|advised|stated|asked)\b)")
"""A person who did something at the meeting was there."""
_OPENS_LIST = re.compile(r"(?i:\bapologies\b.{0,60}\b(?:of|from|for)\s*:-?\s*$)")
_COLUMN = re.compile(r"(?i:members?|names?|roles?|organisations?|posts?)")
_APOLOGIES_TITLE = re.compile(r"(?i:\b(?:apolog|ymddiheur))")
_ATTENDEE = "attendee"
_STATUS = re.compile(r"(?i:present|in attendance|absent|apolog|expected|ymddiheur)")


def attendances_of(document: Document, items: Sequence[Item]) -> list[Attendance]:
    """One record for each name; a person listed twice in the same way is told once."""
    found: list[tuple[Person, int, Presence, str]] = [
        *_from_site(document), *_from_head(document, items), *_from_items(document, items),
    ]
    records: dict[tuple[str, Presence], Attendance] = {}
    for person, start, presence, rule in found:
        key = (person.name.lower(), presence)
        records.setdefault(key, Attendance(
            page=document.page_at(start), char_start=start, char_end=start + person.end - person.start, rule=rule,
            confidence=0.9, attendance_id=identify("attendance", document.document_id, start, person.name, presence),
            document_id=document.document_id, name=person.name, role=person.role, organisation=person.organisation,
            presence=presence,
        ))
    excused = {name for name, presence in records if presence == "apologies"}
    return [record for (name, presence), record in records.items() if presence != "absent" or name not in excused]


def presence_of(label: str) -> Presence | None:
    """What a heading says of the names below it; None for a text that is no such heading."""
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", label.strip().rstrip(":-–— ").strip())
    for text in (bare, *(part.strip() for part in bare.split("/"))):  # a label may be printed in two tongues
        for rule in patterns("structure", "attendance"):
            if rule.pattern.fullmatch(text):
                return cast(Presence, rule.id)
    return None


def _from_site(document: Document) -> Iterator[tuple[Person, int, Presence, str]]:
    """A web service's attendees, each a block: "Name, role, Present"."""
    for block in document.blocks:
        if _ATTENDEE not in block.style.lower():
            continue
        name, *told = (part.strip() for part in block.text.split("|"))
        role = next((part for part in told if not _STATUS.match(part)), None)
        if name:
            yield Person(name, 0, len(name), role), block.start, _status(" ".join(told)), "attendance.site"


def _status(text: str) -> Presence:
    lower = text.lower()
    if "apolog" in lower or "ymddiheur" in lower:
        return "apologies"
    if re.search(r"\babsent\b|not present", lower):
        return "absent"
    if "in attendance" in lower:
        return "in_attendance"
    return "present"


def _from_head(document: Document, items: Sequence[Item]) -> Iterator[tuple[Person, int, Presence, str]]:
    """Lists under "Present", "In attendance", "Apologies" ahead of the first item (or within the first 60 blocks)."""
    last = items[0].first if items else min(len(document.blocks), 60)
    lines = list(lines_of(document.blocks, 0, last))
    starred = next((told for line in lines if (told := _STARRED.search(line.text))), None)
    if starred is None:
        yield from _listed(lines, None)
        return
    marked, other = ("absent", "present") if starred["absent"] else ("present", "absent")
    lines = [line for line in lines if not _STARRED.search(line.text)]
    opens = next((i for i, line in enumerate(lines) if line.text.lstrip().startswith("*")), 0)
    unlabelled = not any(_split(line)[0] for line in lines[:opens + 1])
    for person, start, presence, rule in _listed(lines[opens if unlabelled else 0:], "present" if unlabelled else None):
        star = "*" in document.text[max(start - 2, 0):start]
        yield person, start, cast(Presence, marked if star else other) if presence == "present" else presence, rule


def _listed(
    lines: Sequence[Line], presence: Presence | None
) -> Iterator[tuple[Person, int, Presence, str]]:
    """People under the headings among `lines`; `presence` is what a heading before them said. A line that is
    nothing but a post tells the post of the person in the line above."""
    waiting: tuple[Person, int, Presence, str] | None = None
    for line in (part for whole in lines for part in _labelled_parts(whole)):
        label, rest = _split(line)
        if label is None and waiting and waiting[0].role is None and line.row is None and _is_post(line.text):
            yield replace(waiting[0], role=line.text.strip(" .")), *waiting[1:]
            waiting = None
            continue
        if waiting:
            yield waiting
            waiting = None
        if label is not None:
            presence = label
        elif presence is None:
            continue
        elif _ends_list(line):
            presence = None
            continue
        if presence is None or (label is not None and not rest):
            continue
        *told, waiting = [*_people(line, rest, presence), None]
        if told and len(told) == 1:
            told, waiting = [], told[0]
        yield from told
    if waiting:
        yield waiting


def _is_post(text: str) -> bool:
    """A line that names an office, alone, and nobody who holds it."""
    post = is_role(text) or text.startswith("Nominated by ")
    return post and len(text.split()) <= 14 and not has_personal_title(text) and not is_name(text)


def _labelled_parts(line: Line) -> Iterator[Line]:
    """A line that goes on from one list to the next, in parts: "... Clerk: A. Firth. Apologies: Cllr B. Moss"."""
    cuts = [m.end() - len(m["label"]) for m in _LABEL_WITHIN.finditer(line.text) if presence_of(m["label"])]
    for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        yield replace(line, text=line.text[start:end].rstrip(), start=line.start + start)


def _split(line: Line) -> tuple[Presence | None, int]:
    """(what the line's label says, offset of the names after it); the offset is 0 where the line is all label."""
    labelled = _LABELLED.match(line.text)
    if labelled:
        presence = presence_of(labelled["label"])
        if presence:
            return presence, labelled.start("rest") if labelled["rest"].strip() else 0
    presence = presence_of(line.text)
    if presence:
        return presence, 0
    opening = re.match(r"(?P<label>PRESENT|Present|Members|APOLOGIES|IN ATTENDANCE|SEDERUNT)\s+(?=[A-Z])", line.text)
    if opening and people_in(line.text[opening.end():]):
        return presence_of(opening["label"]), opening.end()
    return None, 0


def _ends_list(line: Line) -> bool:
    """A heading without names, or a long paragraph that is no list, ends it."""
    people = people_in(line.text) or _SENTENCE.search(line.text)
    if line.heading and not has_personal_title(line.text):
        return True
    return not people and len(line.text.split()) > 12


def _people(line: Line, offset: int, presence: Presence) -> Iterator[tuple[Person, int, Presence, str]]:
    group = _GROUP.match(line.text, offset)
    offset = group.end() if group else offset
    sentence = _SENTENCE.search(line.text)
    if sentence:
        before = re.search(r"^.*\.(?=\s)", line.text[offset:sentence.start()])
        if before:
            yield from ((person, line.start + offset + person.start, presence, "attendance.list")
                        for person in people_in(before[0]))
        yield from _apologies(line.text, line.start)
        return
    for person in people_in(line.text[offset:]):
        presides = presence == "in_attendance" and (person.role or "").lower().endswith("in the chair")
        yield person, line.start + offset + person.start, "present" if presides else presence, "attendance.list"


def _from_items(document: Document, items: Sequence[Item]) -> Iterator[tuple[Person, int, Presence, str]]:
    """Apologies told in their item: "Apologies were received from Councillors A, B and C."."""
    for index, item in enumerate(items[:8]):
        listed = presence_of(item.title)
        if listed and listed != "apologies":  # minutes may number the list of who was there
            end = items[index + 1].start if index + 1 < len(items) else document.blocks[-1].end
            lines = [line for line in lines_of(document.blocks, item.first, item.last) if item.end <= line.start < end]
            yield from () if any(_LEGEND.search(line.text) for line in lines) else _listed(lines, listed)
        if not _APOLOGIES_TITLE.search(item.title):
            continue
        end = items[index + 1].start if index + 1 < len(items) else document.blocks[-1].end
        lines = [line for line in lines_of(document.blocks, item.first, item.last) if item.end <= line.start < end]
        opens = next((i for i, line in enumerate(lines) if _OPENS_LIST.search(line.text)), None)
        if opens is not None:
            names = [line for line in lines[opens + 1:] if not _COLUMN.fullmatch(line.text.strip())]
            yield from _listed(names, "apologies")
            continue
        if any(_split(line)[0] for line in lines):
            yield from _listed(lines, None)
            continue
        for line in lines_of(document.blocks, item.first, item.last):
            if line.start >= end or line.end <= item.start:
                continue
            text, base = line.text, line.start
            if base < item.end:
                text, base = document.text[item.end:line.end], item.end
            if _SENTENCE.search(text):
                yield from _apologies(text, base)
            elif re.match(r"^\W*(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr)\b", text):
                shift = len(text) - len(text.lstrip(" :.-–"))
                for person in () if _TELLS.search(text) else people_in(text[shift:]):
                    yield person, base + shift + person.start, "apologies", "attendance.apologies_item"


def _apologies(text: str, base: int) -> Iterator[tuple[Person, int, Presence, str]]:
    for clause in re.finditer(r"(?:(?!(?<=[a-z)])\.\s+[A-Z]).)+", text):
        sentence = _SENTENCE.search(clause[0])
        if sentence is None:
            continue
        names = sentence["names"]
        end = _SENTENCE_END.search(names)
        names = names[: end.start()] if end else names
        start = base + clause.start() + sentence.start("names")
        for person in people_in(names):
            yield person, start + person.start, "apologies", "attendance.apologies"
