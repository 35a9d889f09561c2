"""One decision printed twice: under "Decision:" and again in the minutes, or at the end of a report."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.extractors.decisions.draft import Draft

ALIKE = 90.0
"""Likeness in per cent of words in order from which two printings are one decision."""
ADOPTED = 75.0
"""Likeness from which a motion that was adopted is the decision printed above the minutes in words of its own."""
SHORTEST = 4
"""Words below which two short decisions ("Agreed", "that the report be noted") may each be their own."""


def words(text: str) -> list[str]:
    """Lower-case words and numbers, without list labels and punctuation."""
    return re.findall(r"[a-z]+|\d+", re.sub(r"(?:^|\s)\(?(?:[a-z]|[ivx]+|\d{1,2})[.)]\s", " ", text.lower()))


def without_twins(drafts: list[Draft], text: str) -> list[Draft]:
    """The drafts without later printings of the same decision; what only the later one tells is kept."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((d for d in kept if _same(d, draft, text)), None)
        if twin is None:
            kept.append(draft)
            continue
        twin.mover, twin.seconder = twin.mover or draft.mover, twin.seconder or draft.seconder
        twin.votes = twin.votes.filled_from(draft.votes)
    return kept


def _same(first: Draft, second: Draft, text: str) -> bool:
    if first.status != second.status or (first.decided_by != second.decided_by and not second.adopts):
        return False
    if first.status == "decided" and (first.item != second.item or first.kind == "lost" or second.kind == "lost"):
        return False
    a, b = words(text[first.extent.start : first.extent.end]), words(text[second.extent.start : second.extent.end])
    if first.status == "proposed":
        return " ".join(a) == " ".join(b)
    if second.adopts and first.place == "decision" and fuzz.token_set_ratio(" ".join(a), " ".join(b)) >= ADOPTED:
        return True
    shorter, longer = sorted((a, b), key=len)
    if (
        len(shorter) > SHORTEST
        and longer[: len(shorter)] == shorter
        and (first.place != second.place or len(shorter) < len(longer))
    ):
        return True
    return first.place != second.place and fuzz.ratio(" ".join(a), " ".join(b)) >= ALIKE or a == b and len(a) > SHORTEST
