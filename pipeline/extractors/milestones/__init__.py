"""Milestones: dated events that a document announces, in its sentences and in its timetables.

What lies before the meeting is history and no milestone. Where no day of meeting or publication is known, the verb
alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document import Outline
from pipeline.extractors.milestones.announced import announced, may_announce
from pipeline.extractors.milestones.timetables import steps
from pipeline.extractors.milestones.whens import When
from pipeline.extractors.sentences import sentences
from pipeline.records import Milestone, Record, identify

CELL = 40
"""Characters from which a table's cell is read as prose."""


def extract(outline: Outline) -> list[Record]:
    """Every milestone of the document, in reading order, one that is printed again left out."""
    found = [*_in_timetables(outline), *_in_prose(outline)]
    kept: dict[tuple[object, ...], Milestone] = {}
    places: set[int] = set()
    for one in found:
        key = (one.what.lower(), one.starts_on, one.ends_on, one.raw if one.starts_on is one.ends_on is None else "")
        if one.char_start not in places:
            kept.setdefault(key, one)
            places.add(one.char_start)
    ordered = sorted(kept.values(), key=lambda one: one.char_start)
    return [*ordered]


def _in_timetables(outline: Outline) -> Iterator[Milestone]:
    today = outline.held_on or outline.published_on
    for step in steps(outline.document, today):
        yield _record(outline, step.start, step.when, step.what, step.rule, step.confidence)


def _in_prose(outline: Outline) -> Iterator[Milestone]:
    document = outline.document
    today = outline.held_on or outline.published_on
    for block in document.blocks:
        text = document.text[block.start : block.end]
        for part in re.finditer(r"[^\t\n]+", text):
            if block.table is not None and len(part[0]) < CELL or not may_announce(part[0]):
                continue
            for start, end in sentences(part[0]):
                offset = block.start + part.start() + start
                line = part[0][start:end]
                for one in announced(line, today):
                    yield _record(outline, offset, one.when, line[one.start : one.end], one.rule, one.confidence)


def _record(outline: Outline, offset: int, when: When, what: str, rule: str, confidence: float) -> Milestone:
    start, end = offset + when.start, offset + when.end
    return Milestone(
        milestone_id=identify("milestone", outline.document_id, start),
        document_id=outline.document_id,
        item_id=outline.item_id_at(start),
        what=what,
        raw=outline.document.text[start:end],
        starts_on=when.first,
        ends_on=when.last,
        page=outline.document.page_at(start),
        char_start=start,
        char_end=end,
        rule=rule,
        confidence=confidence,
    )
