"""Structure: a laid-out document into an outline of its business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.document import Document, Item, Outline, Section
from pipeline.structure.attendance import attendances_of
from pipeline.structure.councils import printed_name
from pipeline.structure.dates import find_dates
from pipeline.structure.form import Field, first, read_form
from pipeline.structure.items import items_of
from pipeline.structure.kind import kind_of
from pipeline.structure.known import patterns, union
from pipeline.structure.lines import Line, head_lines
from pipeline.structure.meeting import meeting_of, names_meeting
from pipeline.structure.pack_titles import titled_pages
from pipeline.structure.packs import bound_parts, is_pack, parts_of, speaks_of_agenda, with_reports
from pipeline.structure.sections import FORM_LEVEL, sections_of
from pipeline.structure.titles import reference_of, title_of

__all__ = ["outline"]

PACK_PAGES = 12
"""An agenda of more pages than this has its reports bound in."""
MEETING_BELOW = 3
"""Lines below the title of a page's one item among which its meeting may be named."""
SHORT_HEAD = 8
"""Lines that count as the head of a paper that begins with its first part at once."""


def outline(document: Document) -> Outline:
    """What a document is about: its kind, its meeting, its items and its headed parts.

    The document must be laid out (blocks, text and offsets set). Never raises for what a document lacks: what it
    does not say is None or empty.
    """
    lines = head_lines(document)
    kind = kind_of(document, lines)
    called = kind == "agenda" or speaks_of_agenda(document)
    bound = bound_parts(document.blocks, document.pages) if called else []
    if kind != "agenda" and not is_pack(document, bound):
        bound = []
    if bound:
        kind = "agenda"  # whatever is bound in behind it
    if kind == "agenda" and (bound or len(document.pages) > PACK_PAGES):
        kind = "pack"
    items = items_of(document, kind, bound[0].first if bound else None)
    titled = titled_pages(document.blocks, items, bound) if kind == "pack" else {}
    if titled:
        bound = bound_parts(document.blocks, document.pages, titled)
        items = items_of(document, kind, bound[0].first)
    parts = parts_of(document, items, bound)
    items = with_reports(items, parts)
    sections = sections_of(document, items)
    head = _before_business(lines, items, sections)
    fields = read_form(lines if kind == "decision_notice" else head)
    meeting = meeting_of(document, kind, head, fields)
    published = first(fields, "published")
    return Outline(
        document=document,
        kind=kind,
        title=title_of(document, kind, head, fields),
        reference=reference_of(fields),
        council=printed_name(head),
        body=meeting.body,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        venue=meeting.venue,
        published_on=_date_of(published),
        items=items,
        sections=sections,
        attendances=attendances_of(document, items) if kind in ("minutes", "agenda", "pack") else [],
        parts=parts,
        draft=_is_draft(document, lines),
    )


def _is_draft(document: Document, lines: Sequence[Line]) -> bool:
    """Whether its first lines, or what runs over or across its first page, say that it is still to be confirmed."""
    said = [*(line.text for line in lines[:30]), *document.pages[0].furniture]
    return any(rule.pattern.search(text) for rule in patterns("structure", "drafts") for text in said)


def _before_business(lines: Sequence[Line], items: Sequence[Item], sections: Sequence[Section]) -> list[Line]:
    """The head proper: lines ahead of the first item or, in a paper without items, of its second numbered part."""
    if items:
        alone = items[0].rule in ("item.page", "item.issue")
        below = [line for line in lines if line.start >= items[0].end][:MEETING_BELOW] if alone else []
        return [
            *(_until(line, items[0].start) for line in lines if line.start < items[0].start),
            *(line for line in below if names_meeting(line.text)),
        ]
    known = union("structure", "sections")
    begun = (s.first for s in sections if s.number is not None or (s.level < FORM_LEVEL and known.fullmatch(s.heading)))
    end = next(begun, None)
    head = [line for line in lines if end is None or line.block < end]
    return head if len(head) > 2 else list(lines[:SHORT_HEAD])


def _until(line: Line, end: int) -> Line:
    """The line as far as `end`: minutes may stand in one line with the head that goes before them."""
    return line if line.end <= end or line.row is not None else replace(line, text=line.text[: end - line.start])


def _date_of(field: Field | None) -> date | None:
    dates = find_dates(field.value) if field else []
    return dates[0].value if dates else None
