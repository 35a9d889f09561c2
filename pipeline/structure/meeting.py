"""When a meeting was held, at what hour and where, beside which body met: what a document's head says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from pipeline.document import Document
from pipeline.records import DocumentKind
from pipeline.structure.bodies import body_in
from pipeline.structure.dates import FoundDate, find_dates, find_times
from pipeline.structure.form import Field, first
from pipeline.structure.known import pattern
from pipeline.structure.lines import Line
from pipeline.structure.meeting_body import body_of
from pipeline.structure.site_marks import ISSUE_MEETING, ITEM_MEETING, SUBTITLE

_OPENING = 40
"""Characters within which a date opens a line: "ABERSTRATH, 22 March 2023. Minute of Meeting of ..."."""
_HOUR_NEAR = 120
"""Characters around the day within which its hour is told."""
_OWN_LINE = re.compile(r"\s+[-–]\s+\S")
"""What follows the day on an issue's page: "25/01/2024 - Budget"."""
_FEW_WORDS = 12
"""A paper in one line tells authority, body and day in fewer words."""
_NEXT_LINE = 12
"""Characters within which a date opens a line that goes on with the one above."""
_BROKEN_OFF = re.compile(r"(?i:\b(?:held|on|at|meeting(?: of)?|in|the)\s*$)")
_PURPOSE_BLOCKS = 40
_ASKS_AT = re.compile(
    r"(?:\d[\d.]*\s+)?(?:To (?:ask|seek|request|invite)|This (?:report|paper) (?:asks|seeks))\b[^.]*?\bat "
    r"(?:its|their) (?:\w+ )?meeting (?:on|of) "
)
_SIGNED = re.compile(r"(?i:^\W*(?:signed|signature|dated?)\b|\bsigned\b.*\bdated?\b)")
_MINUTES_OF = re.compile(r"(?i:\b(?:minutes?|notes|record|proceedings|extracts?|excerpts?)\b.*?\b(?:of|from)\b)")
_OF_LAST_MINUTES = re.compile(
    r"(?i:[^.]{0,60}\b(?:was|were)\s+(?:then |duly )?"
    r"(?:held as read|taken as read|submitted|approved|confirmed|agreed|signed|received|noted)\b)"
)
"""What is told of the minutes of an earlier meeting, behind its day."""
_RESOLVED = re.compile(r"\b(?:RESOLVED?|RECOMMENDED)\b|(?i:\bsubject to\b)")
"""What stands before the days of a resolution."""


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
        body_of(document, kind, head, fields),
        held.value if held else None,
        _starts_at(head, fields, held),
        _venue(fields),
    )


def names_meeting(text: str) -> bool:
    """Whether a line is nothing but the name and day of a meeting: "Executive - Monday, 6 January 2025 6.00 pm"."""
    marked = ISSUE_MEETING.match(text) or ITEM_MEETING.match(text)
    return marked is not None or (len(text) < 120 and bool(find_dates(text)) and body_in(text) is not None)


def _held_on(document: Document, kind: DocumentKind, head: Sequence[Line], fields: Sequence[Field]) -> FoundDate | None:
    if kind == "other":
        return _day_of_page(head)
    if kind == "decision_notice":
        return _day_of_decision(document, head, fields)
    asked = _day_asked(document) if kind == "report" else None
    return _day_of_page(head) or _day_of_form(fields) or _day_of_head(head) or asked


def _day_asked(document: Document) -> FoundDate | None:
    """The day for which a report's purpose asks: "To ask Cabinet, at its meeting on 2 December 2024, to ..."."""
    for block in document.blocks[:_PURPOSE_BLOCKS]:
        asked = _ASKS_AT.match(block.text)
        dates = find_dates(block.text[asked.end():]) if asked else []
        if dates and dates[0].start == 0:
            return dates[0]
    return None


def _day_of_page(head: Sequence[Line]) -> FoundDate | None:
    for line in head:
        if SUBTITLE in line.style or ISSUE_MEETING.match(line.text) or ITEM_MEETING.match(line.text):
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
    """The form's date; of several, as where a letter of summons has its own, the one with its weekday."""
    found = [
        dates[0] for field in fields
        if field.key in ("date", "to") and (dates := find_dates(field.value))
        and not _other_day(field.value[: dates[0].start])
    ]
    return next((day for day in found if day.weekday_agrees), next(iter(found), None))


def _day_of_head(head: Sequence[Line]) -> FoundDate | None:
    """The date in a heading or the preamble: best beside the words "minutes" and "held", or a weekday. Below the day on
    which it was held, an earlier one is that of the minutes to be confirmed."""
    best: tuple[float, int, FoundDate] | None = None
    held: date | None = None
    for position, line in enumerate(head):
        for found in find_dates(line.text):
            if held and found.value < held:
                continue
            if found.weekday_agrees and _held(line.text[: found.start]):
                held = held or found.value
            goes_on = found.start <= _NEXT_LINE and _OWN_LINE.match(line.text, found.end) is None
            above = head[position - 1].text if position and goes_on else ""
            weight = _weight(line, found, f"{above} " if _BROKEN_OFF.search(above) else "")
            if weight > 0 and (best is None or weight > best[0]):
                best = (weight, position, found)
    return best[2] if best else None


def _weight(line: Line, found: FoundDate, above: str) -> float:
    """How surely a date in the head is the meeting's: 0 for one that is another day. `above` is the line before,
    where it breaks off before the date."""
    before = above + line.text[: found.start]
    short = len(line.text.split()) <= 16 or (found.weekday_agrees is not None and body_in(line.text) is not None)
    opens = found.start < _OPENING and (
        _MINUTES_OF.search(line.text) is not None or (found.start == 0 and found.weekday_agrees is not None)
    )
    opens = opens or (line.block == 0 and found.weekday_agrees is not None and len(before.split()) <= _FEW_WORDS)
    if _OF_LAST_MINUTES.match(line.text, found.end) and _MINUTES_OF.search(before):
        return 0
    if _RESOLVED.search(before):
        return 0
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
        days = [d for d in find_dates(line.text) if d.value == held.value]
        if days:  # a paper may stand in one line: its hour is near its day
            yield line.text[max(days[0].start - _HOUR_NEAR, 0):days[0].end + _HOUR_NEAR]
            yield from (following.text for following in head[position + 1:position + 3]
                        if len(following.text) < 80 and not re.search(r"(?i:closed|ended|tel)", following.text))


def _venue(fields: Sequence[Field]) -> str | None:
    field = first(fields, "venue")
    if field is None:
        return None
    venue = re.sub(r"\s*\bView directions\b\s*$", "", field.value).strip(" .,")
    return venue or None
