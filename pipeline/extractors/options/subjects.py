"""What alternatives were weighed about: the item, the part of a report that weighs several things, or the paper."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.options.alternatives import Setting
from pipeline.extractors.options.wording import heading_status
from pipeline.rules import any_of

FIRST_LINES = 14
"""Blocks at the head of a paper among which its title stands."""
LEAST, MOST = 8, 160
"""Characters of a line that can be a title."""
_NUMBERED = re.compile(
    r"^(?:[A-Z]?\d[\d.]*[.)]|\d[\d.]*\.\d+|[A-Z][.)]|[A-Z]\.\d)\s+|^\d{1,2}\s+(?!(?:[A-Z][a-z]*|[A-Z]+)\s+\d{4})"
)
_LABELLED = re.compile(r"^[^:]{2,45}:(?:\s|$)")
"""A line of a form ("Decision Maker: Cabinet")."""
_SENTENCE = re.compile(r"^[\"“(]|[.;,]$|\b(?:is|are|was|were|be|been|has|have|shall|will|do|does) (?!.*[–:]\s)")


def subjects(outline: Outline, sets: list[Setting]) -> list[str | None]:
    """The subject of each set of alternatives, in their order.

    A report that weighs one thing weighs what its title names; one that weighs several, and minutes, name each in the
    heading of its section. Headings that every paper has name nothing.
    """
    items = [outline.item_index_at(one.alternatives[0].start) for one in sets]
    paper: str | None = None
    asked = False
    told: list[str | None] = []
    for current, index in zip(sets, items, strict=True):
        title = outline.items[index].title if index is not None else None
        named = title if naming(title) is not None else None
        section = naming(current.subject)
        alike = {naming(other.subject) for other, its in zip(sets, items, strict=True) if its == index}
        if named is None and not asked:
            paper, asked = title_of(outline, sets[0].alternatives[0].opens), True
        own = len(alike) > 1 or outline.kind != "report"
        told.append(named or (section if own else None) or paper or section)
    return told


def title_of(outline: Outline, before: int) -> str | None:
    """The paper's title, or the first line at its head, in front of an offset, that can be one; None where none can."""
    if (title := naming(outline.title)) is not None and len(title) <= MOST and title[0] not in "\"“(":
        return title
    for block in outline.document.blocks[:FIRST_LINES]:
        if block.table is not None:
            continue
        if block.end > before or heading_status(block.text) or any_of("options", "opening").match(block.text):
            break  # the paper's first section
        line = naming(block.text)
        if line is None or not LEAST <= len(line) <= MOST or _LABELLED.match(line) or _SENTENCE.search(line):
            continue
        if block.label is None or block.role == "heading":
            return line
    return None


def naming(heading: str | None) -> str | None:
    """What a heading names without its number, None for that of a section or a form which every paper has."""
    if heading is None:
        return None
    named = _NUMBERED.sub("", heading).strip(" :-–.")
    return None if not named or any_of("options", "sections").search(named) else named
