"""The reasons given for a decision, verbatim: the part headed so that follows it."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.places import heading_of

NEAR = 12
"""Passages after a decision within which its reasons begin."""
LONGEST = 6000
INLINE = re.compile(r"[\[(]?\s*(?:REASONS?|Reasons?)\b[^:–—\-]{0,60}[:–—\-]\s*(?P<why>.+?)[\])]?\s*$", re.DOTALL)


def reasons_of(draft: Draft, passages: list[Passage], text: str) -> str | None:
    """The reasons of a draft as the document has them; None where it gives none near by."""
    inline = INLINE.match(draft.extent.after)
    if inline:
        return inline["why"].strip()
    for passage in passages[draft.extent.last + 1 : draft.extent.last + 1 + NEAR]:
        if passage.item != passages[draft.first].item:
            return None
        heading = heading_of(passage.body.lstrip("[( "))
        if heading is None:
            continue
        if heading[0].get("place") in ("decision", "minutes"):
            return None
        if heading[0].get("place") == "reasons":
            return _part(passage, heading[1], passages, text)
    return None


def _part(passage: Passage, skip: int, passages: list[Passage], text: str) -> str | None:
    lead = len(passage.body) - len(passage.body.lstrip("[( "))
    start, end = passage.body_start + skip + lead, passage.end
    if not passage.body[skip + lead :].strip():
        for further in passages[passage.index + 1 :]:
            if further.item != passage.item or further.place != "reasons" or heading_of(further.body) is not None:
                break
            end = further.end
            if end - start > LONGEST:
                break
        if end == passage.end:
            return None
    return text[start:end].strip(" \n]") or None
