"""Structure: a laid-out document into an outline of its business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.document import Document, Item, Outline, Section
from pipeline.structure.attendance import attendances_of
from pipeline.structure.councils import evidence_of, names_in
from pipeline.structure.dates import find_dates
from pipeline.structure.form import Field, first, read_form
from pipeline.structure.items import items_of
from pipeline.structure.kind import kind_of
from pipeline.structure.lines import Line, head_lines
from pipeline.structure.meeting import meeting_of
from pipeline.structure.sections import sections_of
from pipeline.structure.titles import reference_of, title_of

__all__ = ["outline"]


def outline(document: Document) -> Outline:
    """What a document is about: its kind, its meeting, its items and its headed parts.

    The document must be laid out (blocks, text and offsets set). Never raises for what a document lacks: what it
    does not say is None or empty.
    """
    lines = head_lines(document)
    kind = kind_of(document, lines)
    items = items_of(document, kind)
    sections = sections_of(document, items)
    head = _before_business(lines, items, sections)
    fields = read_form(lines if kind == "decision_notice" else head)
    meeting = meeting_of(document, kind, head, fields)
    published = first(fields, "published")
    evidence = evidence_of(document, lines)
    printed = [name for line in head[:14] for name in names_in(line.text)]
    return Outline(
        document=document,
        kind=kind,
        title=title_of(document, kind, head, fields),
        reference=reference_of(fields),
        council_evidence=evidence,
        council=printed[0] if printed else None,
        body=meeting.body,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        venue=meeting.venue,
        published_on=_date_of(published),
        items=items,
        sections=sections,
        attendances=attendances_of(document, items) if kind in ("minutes", "agenda", "pack") else [],
    )


def _before_business(lines: Sequence[Line], items: Sequence[Item], sections: Sequence[Section]) -> list[Line]:
    """The head proper: lines ahead of the first item or, in a paper without items, of its second numbered part."""
    if items:
        return [line for line in lines if line.start < items[0].start]
    numbered = [section for section in sections if section.number is not None]
    end = numbered[0].first if numbered else None
    head = [line for line in lines if end is None or line.block < end]
    return head if head else list(lines[:3])


def _date_of(field: Field | None) -> date | None:
    dates = find_dates(field.value) if field else []
    return dates[0].value if dates else None
