"""Drafts become records: a resolution and its clauses."""

from __future__ import annotations

import re
from typing import cast

from pipeline.document import Outline
from pipeline.extractors.decisions.actions import THAT_LAST, action_of, opens_with_verb, own_action, passive_action
from pipeline.extractors.decisions.clauses import split_clauses
from pipeline.extractors.decisions.delegation import delegated_to
from pipeline.extractors.decisions.draft import Draft, Limb
from pipeline.extractors.decisions.due import due_in
from pipeline.extractors.decisions.paragraph_ends import CLAUSE_START
from pipeline.extractors.decisions.sureness import clause_confidence, confidence_of
from pipeline.records import Action, Record, Resolution, ResolutionClause, identify

LEADS_TO_NAMES = re.compile(r"\b(?:following|below|these)\b[^.;]*:?\s*$", re.IGNORECASE)
"""Lines without labels below "that the following appointments be made:" are names, no clauses."""
EDGES = " \t\n:;,-–—"


def records_of(draft: Draft, outline: Outline, position: int, reasons: str | None) -> list[Record]:
    """A resolution and its clauses."""
    document = outline.document
    start, end = _trimmed(draft, document.text)
    resolution_id = identify("resolution", document.document_id, start, draft.status, draft.decided_by)
    resolution = Resolution(
        resolution_id=resolution_id,
        document_id=document.document_id,
        meeting_id=None,
        item_id=outline.item_id(draft.item),
        position=position,
        status=draft.status,
        kind=draft.kind,
        decided_by=draft.decided_by,
        addressed_to=draft.addressed_to,
        text=document.text[start:end],
        mover=draft.mover,
        seconder=draft.seconder,
        vote_for=draft.votes.ayes,
        vote_against=draft.votes.noes,
        vote_abstain=draft.votes.abstentions,
        unanimous=draft.votes.unanimous,
        reasons=reasons,
        page=document.page_at(start),
        char_start=start,
        char_end=end,
        rule=draft.rule,
        confidence=draft.confidence,
    )
    clauses = _clauses(draft, outline, resolution_id, start, end)
    actions = [clause.action for clause in clauses]
    resolution.confidence = confidence_of(draft, outline, resolution.text, actions)
    for clause in clauses:
        clause.confidence = clause_confidence(resolution.confidence, clause.action, given=bool(draft.action))
    return [resolution, *clauses]


def _trimmed(draft: Draft, text: str) -> tuple[int, int]:
    """The span without marks at its edges."""
    start, end = draft.extent.start, draft.extent.end
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return start, end


def only_conditions(draft: Draft, text: str) -> bool:
    """Whether the limbs only spell out a decision that its lead-in makes alone: conditions, sums, options.

    Bullets below "That the virements be approved:" are no clauses, nor anything below "subject to".
    """
    extent = draft.extent
    if not extent.limbs or extent.lead_in_end <= extent.start:
        return False
    lead_in = text[extent.start : extent.lead_in_end].strip()
    if re.search(
        r"\b(?:subject\s+to|on\s+condition|with)\b[^.;]{0,60}\b(?:conditions?|following"
        r"|reasons?)\b[^.;]{0,40}:?\s*$|\bfor\b[^.;]{0,40}\breasons?\b[^.;]{0,20}:?\s*$|\bsubject\s+to\s*:?$",
        lead_in,
    ):
        return True
    if LEADS_TO_NAMES.search(lead_in) and not any(
        limb.label or CLAUSE_START.match(words) or opens_with_verb(words)
        for limb in extent.limbs
        for words in (text[limb.start : limb.end],)
    ):
        return True
    bullets = all(limb.label is not None and not re.search(r"[A-Za-z0-9]", limb.label) for limb in extent.limbs)
    return bullets and passive_action(lead_in) is not None


def _clauses(draft: Draft, outline: Outline, resolution_id: str, start: int, end: int) -> list[ResolutionClause]:
    text = outline.document.text
    limbs = [] if only_conditions(draft, text) else draft.extent.limbs
    if len(limbs) == 1 and limbs[0].label is None and limbs[0].start - start < 8:
        limbs = []  # a paragraph of its own below the marker
    listed = bool(limbs)
    limbs = limbs or ([Limb(start, end)] if draft.action else split_clauses(text[start:end], start))
    if not listed and len(limbs) > 1 and _approves_minutes(text[start : limbs[0].end]):
        limbs = [Limb(start, end)]  # to approve minutes and to have them signed is one thing
    lead_in = text[start : max(start, draft.extent.lead_in_end)] if listed and draft.extent.lead_in_end > start else ""
    lead = cast(Action, draft.lead) if draft.lead else own_action(lead_in) if lead_in.strip() else None
    if lead == "recommend" and _own_statements(limbs, text, lead_in):
        lead = None
    records: list[ResolutionClause] = []
    first: Action | None = None
    for position, limb in enumerate(limbs, 1):
        words = " ".join(text[limb.start : limb.end].split())
        if draft.action:
            action = cast(Action, draft.action)
        else:
            action = action_of(
                words, lead=lead, lead_in=lead_in, marker=draft.kind if draft.status == "decided" else ""
            )
            if first == "confirm_minutes" and re.search(r"\bsign(?:ed)?\b", words) and position == 2:
                action = "confirm_minutes"
        first = first or action
        due_raw, due_on = due_in(words, outline.held_on)
        records.append(
            ResolutionClause(
                resolution_id=resolution_id,
                position=position,
                label=limb.label,
                text=text[limb.start : limb.end],
                action=action,
                delegated_to=delegated_to(words),
                due_raw=due_raw,
                due_on=due_on,
                page=outline.document.page_at(limb.start),
                char_start=limb.start,
                char_end=limb.end,
                rule=draft.rule,
                confidence=draft.confidence,
            )
        )
    return records


def _own_statements(limbs: list[Limb], text: str, lead_in: str) -> bool:
    """Whether what is recommended is told in whole sentences: each limb begins with "that", or all hang on one."""
    return lead_in.strip() != "" and (
        THAT_LAST.search(lead_in) is not None
        or all(re.match(r"[Tt]hat\b", text[limb.start : limb.end]) for limb in limbs)
    )


def _approves_minutes(words: str) -> bool:
    """Whether words in the infinitive approve minutes."""
    plain = " ".join(words.split())
    return re.match(r"\W*that\b", plain, re.IGNORECASE) is None and own_action(plain) == "confirm_minutes"
