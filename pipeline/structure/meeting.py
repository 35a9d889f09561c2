"""Which body met (or is reported to), when, at what time and where: what a document's head says of its meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from pipeline.document import Document
from pipeline.records import DocumentKind
from pipeline.structure.bodies import bodies_named, body_in, is_body, tidy
from pipeline.structure.dates import FoundDate, find_dates, find_times
from pipeline.structure.form import Field, first
from pipeline.structure.known import pattern
from pipeline.structure.lines import Line

_OPENING = 40
"""Characters within which a date opens a line: "ABERSTRATH, 22 March 2023. Minute of Meeting of ..."."""
_SUBTITLE = "mgSubTitleTxt"
_ISSUE = re.compile(r"^Meeting:\s+(?P<date>\d\d?/\d\d?/\d{4})\s+[-–]\s+(?P<body>.+?)(?:\s+\(Item\s+.*\))?$")
_DECIDED_AT = re.compile(r"(?P<date>\d\d?/\d\d?/\d{4})\s+[-–]\s+(?P<body>.+)$")
_ASKED = re.compile(
    r"^(?:That )?(?:[Tt]he )?(?P<body>[A-Z][\w'’&,() -]{2,110}?) (?:(?:is|are) (?:asked|recommended|requested|invited)\b|(?:is|are) to\b|"
    r"(?:formally )?(?:approves?|agrees?|notes?|adopts?|resolves?)\b)"
)
_REPORT_TO = re.compile(r"(?i:\b(?:report|paper)\b.{0,60}? to (?:the )?)(?P<body>[A-Z].{3,80})$")
_COME_BACK = re.compile(r"(?:[Rr]eport|[Uu]pdate|[Pp]aper)s? (?:\w+ ){0,4}(?:brought|back|come|submitted|presented)(?: back)? to (?:the )?(?P<body>[A-Z][\w'’&, ]{3,90}?)(?= (?:for|at|in|on|by|with|before)\b|[.,;])")
_MEETING_OF = re.compile(
    r"(?i:\b(?:meetings?|minutes?|notes) of (?:meeting of )?(?:the |a )?)(?P<rest>[A-Z].{2,160}?)"
    r"(?=\s+(?:held|which|on|at|took|was|that|in)\b|[,.:;]|$)"
)
_OWN_NOUN = re.compile(
    r"\b[Tt]he (Sub[- ]?Committee|Committee|Board|Panel|Executive|Cabinet|Forum|Commission|Partnership)\b(?! [A-Z])"
)
_SIGNED = re.compile(r"(?i:^\W*(?:signed|signature|dated?)\b|\bsigned\b.*\bdated?\b)")
_MINUTES_OF = re.compile(r"(?i:\b(?:minutes?|notes|record|proceedings|extracts?|excerpts?)\b.*?\b(?:of|from)\b)")


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is told of the meeting; None for what is not."""

    body: str | None = None
    held_on: date | None = None
    starts_at: time | None = None
    venue: str | None = None


def meeting_of(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> Meeting:
    """The meeting that a document's head tells of. `head` ends where its business begins."""
    held = _held_on(document, kind, head, fields)
    return Meeting(
        _body(document, kind, head, fields),
        held.value if held else None,
        _starts_at(head, fields, held),
        _venue(fields),
    )


# --- the body -------------------------------------------------------------------------------------------------


def _body(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> str | None:
    ways = (_body_of_page, _body_of_form) if kind == "other" else (
        _body_of_page, _body_of_form, _body_of_heading, _body_of_preamble, _council_in_heading)
    for find in ways:
        body = find(head, fields, kind)
        if body:
            return body
    return _body_of_text(document, kind)


def _body_of_page(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    """A meeting's page on a site names it in its second heading: "Planning Panel - Monday 3 May 2021 7.00 pm"."""
    for line in head:
        issue = _ISSUE.match(line.text)
        if issue:
            return tidy(issue["body"])
        if _SUBTITLE in line.style and kind != "decision_notice":
            dates = find_dates(line.text)
            name = line.text[: dates[0].start] if dates else line.text
            name = re.sub(r"(?i:^(?:extra-?ordinary|special|annual|urgent)(?: meeting)?,\s*|,?\s*\b(?:cancelled|new)$)", "", name.strip(" -–,"))
            return tidy(body_in(name) or name) if name.strip() else None
    at = first(fields, "decided_at")
    if at:
        decided = _DECIDED_AT.search(at.value)
        if decided:
            return tidy(decided["body"])
    return None


def _body_of_form(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    keys = ("decider", "to") if kind == "decision_notice" else ("to", "decider")
    for key in keys:
        for field in fields:
            if field.key == key:
                body = _body_of_value(field.value) or _with_label(head[field.line - 1] if field.line else None, field)
                if body:
                    return body
    for line in head:
        unlabelled = re.match(r"(?:To|TO|Report to|REPORT TO|Report to the|To the)\s+(.+)$", line.text)
        body = body_in(unlabelled[1]) if unlabelled else None
        if body:
            return body
    return None


def _with_label(label: Line | None, field: Field) -> str | None:
    """"Committee" over "HOUSING" is the Housing Committee."""
    noun = re.search(r"\b(?:Committee|Panel|Board|Forum)\b", label.text) if label else None
    name = find_dates(field.value)[0].start if find_dates(field.value) else len(field.value)
    plain = re.fullmatch(r"[A-Za-z][A-Za-z &,]{2,50}", field.value[:name].strip())
    return body_in(f"{plain[0].title()} {noun[0]}") if noun and plain else None


def _body_of_value(value: str) -> str | None:
    """"Cabinet - 4 March 2025", "Mrs A. Bell, Cabinet Member for Parks", "Cabinet 3 May 2021 Council 9 May 2021"."""
    member = re.search(r"\b(?:Cabinet|Executive|Lead|Portfolio) (?:Member|Holder|Councillor)s? (?:for|with).*$", value)
    dates = find_dates(value)
    pieces = [value, value[: dates[0].start] if dates else "", member[0] if member else "",
              re.split(r"\s[-–—]\s|;|\s\(", value)[0], value.split(",")[0]]
    for piece in pieces:
        body = body_in(piece) if piece.strip() else None
        if body:
            return body
    return None


def _body_of_heading(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    """The heading that names a committee, best one that calls its minutes so; not one that names the council."""
    named = _named_in_headings(head)
    of_minutes = [body for line, body in named if _MINUTES_OF.search(line.text) and not _is_council(body)]
    if of_minutes:
        return of_minutes[0]
    return next((body for _, body in named if not _is_council(body)), None)


def _council_in_heading(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    """The council itself, where no heading and no preamble names another body; a decision names it as its letterhead."""
    named = _named_in_headings(head)
    if not named or kind == "decision_notice":
        return None
    plain = [body for line, body in named if re.match(r"(?i:(?:the )?(?:full |county |city |borough |district )?council\W*$)", line.text)]
    return plain[0] if plain else named[0][1]


def _named_in_headings(head: Sequence[Line]) -> list[tuple[Line, str]]:
    found = ((line, body_in(line.text)) for line in head[:20] if len(line.text) < 220 and not _speaks_of_others(line.text))
    return [(line, body) for line, body in found if body]


def _speaks_of_others(text: str) -> bool:
    return re.match(r"(?i:\W*(?:apolog|present|in attendance|previous pathway|past pathway|contact|report (?:by|of)|from:?|by:?)\b)", text) is not None


def _is_council(body: str) -> bool:
    return re.fullmatch(r"(?i:(?:[\w-]+ ){0,3}council)", body) is not None


def _body_of_preamble(head: Sequence[Line], fields: Sequence[Field], kind: DocumentKind) -> str | None:
    """"At a meeting of the Licensing Panel held ..."; "the Council" alone is told better by the letterhead."""
    for line in head:
        of = _MEETING_OF.search(line.text)
        body = body_in(of["rest"]) if of else None
        if body and not _is_council(body):
            return body
    return None


def _body_of_text(document: Document, kind: DocumentKind) -> str | None:
    """Who is asked to decide; else the body that the text names most, where it speaks of one as its own."""
    if kind != "minutes":
        for line in {text: None for page in document.pages for text in page.furniture}:
            told = _REPORT_TO.search(line)
            body = body_in(told["body"]) if told else None
            if body:
                return body
        for block in document.blocks[:80]:
            asked = _ASKED.match(block.body or block.text)
            body = body_in(asked["body"]) if asked else None
            if body:
                return body
        purpose = re.search(r"(?i:\bto (?:provide|update|inform|advise|ask|seek) (?:the )?)(?P<body>[A-Z][\w'’&, ]{2,90}?)(?= (?:with|on|of|about|to|in)\b)", document.text[:4000])
        body = body_in(purpose["body"]) if purpose else None
        if body:
            return body
        return None
    return _body_of_narrative(document.text)


def _body_of_narrative(text: str) -> str | None:
    """The named body whose noun minutes use of themselves ("the Sub-Committee noted"), or to which it comes back."""
    back = Counter(body for m in _COME_BACK.finditer(text) if (body := body_in(m["body"])))
    own = Counter(_folded(noun) for noun in _OWN_NOUN.findall(text))
    if own:
        noun = own.most_common(1)[0][0]
        named = Counter(name for name in bodies_named(text) if _folded(name).endswith(noun) and is_body(name))
        spelt: dict[str, Counter[str]] = {}
        for name, count in named.items():
            spelt.setdefault(_folded(name), Counter())[name] += count
        if spelt:
            most = max(spelt.values(), key=lambda forms: forms.total())
            return max(most, key=lambda name: (most[name], "-" in name))
    return back.most_common(1)[0][0] if back else None


def _folded(name: str) -> str:
    return re.sub(r"[- ]", "", name).lower()


# --- the day --------------------------------------------------------------------------------------------------


def _held_on(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> FoundDate | None:
    if kind == "other":
        return _day_of_page(head)
    if kind == "decision_notice":
        return _day_of_decision(document, head, fields)
    return _day_of_page(head) or _day_of_form(fields) or _day_of_head(head)


def _day_of_page(head: Sequence[Line]) -> FoundDate | None:
    for line in head:
        if _SUBTITLE in line.style or _ISSUE.match(line.text):
            dates = find_dates(line.text)
            if dates:
                return dates[0]
    return None


def _day_of_decision(document: Document, head: Sequence[Line], fields: Sequence[Field]) -> FoundDate | None:
    for field in fields:
        if field.key in ("decision_date", "decided_at"):
            dates = find_dates(field.value)
            if dates:
                return dates[0]
    signed = _day_signed(document)
    if signed:
        return signed
    return _day_of_page(head) or _day_of_form(fields) or _day_of_head(head)


def _day_signed(document: Document) -> FoundDate | None:
    """The date beside (or just above) the place for a signature at the end of a decision's record."""
    tail = [block for block in document.blocks[-30:] if block.text.strip()]
    for index, block in enumerate(tail):
        if not _SIGNED.search(block.text):
            continue
        for near in (block, *tail[index + 1:index + 3], *reversed(tail[max(index - 2, 0):index])):
            dates = find_dates(near.text)
            if dates and len(near.text) < 160:
                return dates[-1]
    return None


def _day_of_form(fields: Sequence[Field]) -> FoundDate | None:
    for field in fields:
        if field.key in ("date", "to"):
            dates = find_dates(field.value)
            if dates and not _other_day(field.value[: dates[0].start]):
                return dates[0]
    return None


def _day_of_head(head: Sequence[Line]) -> FoundDate | None:
    """The date in a heading or the preamble: best beside the words "minutes" and "held", or a weekday."""
    best: tuple[float, int, FoundDate] | None = None
    for position, line in enumerate(head):
        for found in find_dates(line.text):
            weight = _weight(line, found)
            if weight > 0 and (best is None or weight > best[0]):
                best = (weight, position, found)
    return best[2] if best else None


def _weight(line: Line, found: FoundDate) -> float:
    """How surely a date in the head is the meeting's: 0 for one that is another day."""
    before = line.text[: found.start]
    short = len(line.text.split()) <= 16
    opens = found.start < _OPENING and _MINUTES_OF.search(line.text) is not None
    if _other_day(before) or (not short and not opens and not _held(before)):
        return 0
    weight = 1.0
    if _MINUTES_OF.search(before) or re.search(r"(?i:\bagenda\b)", before):
        weight += 2
    if _held(before):
        weight += 2
    if found.weekday_agrees is not None:
        weight += 1
    if body_in(line.text):
        weight += 1.5
    if re.match(r"(?i:.{0,40}\b(?:appendix|annex)\b)", line.text):
        weight -= 1
    return weight


def _held(before: str) -> bool:
    return pattern("structure", "held", "date.held").search(before) is not None


def _other_day(before: str) -> bool:
    return pattern("structure", "not_this_meeting", "date.other_meeting").search(before) is not None


# --- hour and place -------------------------------------------------------------------------------------------


def _starts_at(head: Sequence[Line], fields: Sequence[Field], held: FoundDate | None) -> time | None:
    field = first(fields, "time", "date")
    for text in _texts_of_hour(head, field, held):
        times = find_times(text)
        if times:
            return times[0].value
    return None


def _texts_of_hour(head: Sequence[Line], field: Field | None, held: FoundDate | None) -> Iterator[str]:
    if field:
        yield field.value
    if held is None:
        return
    for position, line in enumerate(head):
        if any(d.value == held.value for d in find_dates(line.text)):
            yield line.text
            yield from (following.text for following in head[position + 1:position + 3]
                        if len(following.text) < 80 and not re.search(r"(?i:closed|ended|tel)", following.text))


def _venue(fields: Sequence[Field]) -> str | None:
    field = first(fields, "venue")
    if field is None:
        return None
    venue = re.sub(r"\s*\bView directions\b\s*$", "", field.value).strip(" .,")
    return venue or None
