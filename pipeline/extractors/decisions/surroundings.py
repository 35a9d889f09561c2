"""What is printed right above and right behind a decision: who moved it, who seconded it, who voted how."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.debate import names_above
from pipeline.extractors.decisions.draft import Draft, Extent
from pipeline.extractors.decisions.markers import find_marker
from pipeline.extractors.decisions.motions import is_vote_line, motion_in, outcome_of
from pipeline.extractors.decisions.paragraph_ends import sentences
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import people_in

AFTERWARDS = re.compile(
    r"^[\[(]?\s*(?:Proposed|Proposer|Prop\b|Moved|Seconded|Voting|Votes?\b|Carried|CARRIED|Unanimous|All\s+in\s+favour|\d+\s+(?:votes?\s+)?(?:for|in\s+favour)|For\b|Against\b|Abst)",
    re.IGNORECASE,
)
DULY = re.compile(
    r"\b(?:moved|proposed)\s+by\b[^.]{3,80}\bseconded\b[^.]{0,20}$"
    r"|\b(?:moved|proposed)\s+(?:the\s+)?(?:adoption|approval|acceptance|minutes?|report|recommendations?)\b",
    re.IGNORECASE,
)
"""A paragraph that leads on to the decision and does not name the seconder ("moved by Mr Hale, duly seconded, and",
"The Chair, Mr Hale, moved the minutes")."""


def movers_above(passages: list[Passage], draft: Draft, drafts: list[Draft]) -> tuple[str | None, str | None]:
    """Movers told in the paragraph above a decision, where it belongs to no decision itself."""
    above = passages[draft.first - 1] if draft.first else None
    if above is None or above.item != draft.item or (drafts and drafts[-1].extent.last >= above.index):
        return None, None
    names, first = names_above(passages, draft.first)
    outcome = outcome_of(names)
    if outcome is not None and outcome[0] != "carried" or (drafts and drafts[-1].extent.last >= first):
        return None, None
    mover, seconder = people_in(names)
    return (mover, seconder) if mover and (seconder or DULY.search(names)) else (None, None)


def words_behind(passages: list[Passage], extent: Extent) -> str:
    """The words around the end of a decision that tell who moved it and who voted how."""
    rest = passages[extent.last].body[max(0, extent.end - passages[extent.last].body_start) :].lstrip(" .")
    parts = [extent.after, extent.between, rest if AFTERWARDS.match(rest) else ""]
    for passage in passages[extent.last + 1 : extent.last + 3]:
        if not AFTERWARDS.match(passage.body) or is_vote_line(passage.body) and "unanim" not in passage.body.lower():
            break
        if motion_in(passage.body, passage.index, passage.body_start, ends_passage=True) and len(passage.body) > 120:
            break
        markers = (find_marker(passage.body[start:end]) for start, end in sentences(passage.body))
        if any(marker is not None and not marker.plain for marker in markers):
            break
        parts.append(passage.body)
    return " ".join(part for part in parts if part)
