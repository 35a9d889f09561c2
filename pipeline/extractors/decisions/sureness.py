"""How sure a decision is: its rule's own confidence, less for each circumstance in which such rules go wrong."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.decisions.draft import Draft
from pipeline.records import Action

UNKNOWN_KIND = 0.85
"""The page does not tell what it is."""
OUTSIDE_ITEMS = 0.95
"""The paper has items, and the decision stands in none."""
RUNS_ON = 0.75
"""Long, and without limbs: its end was hardly found."""
WORDLESS = 0.8
"""Hardly a word, and none that settles anything."""
WITHOUT_VERB = 0.9
"""An ordinary sentence in which no clause has an action."""
FALLEN_BACK = 0.85
"""A clause whose action is the one that is left over."""
LONG = 1800
"""Characters that a decision without limbs seldom has."""
SETTLES = re.compile(r"agree|approv|not|defer|refus|grant|accept|adopt|carried|lost|no\b|resolv", re.IGNORECASE)


def confidence_of(draft: Draft, outline: Outline, text: str, actions: list[Action]) -> float:
    """The confidence, from 0 to 1, of a decision with these words and these actions of its clauses."""
    sure = draft.confidence
    if outline.kind == "other":
        sure *= UNKNOWN_KIND
    if outline.items and draft.item is None and draft.status == "decided":
        sure *= OUTSIDE_ITEMS
    if len(text) > LONG and not draft.extent.limbs:
        sure *= RUNS_ON
    if len(text.split()) < 3 and SETTLES.search(text) is None:
        sure *= WORDLESS
    if draft.plain and all(action == "other" for action in actions) and draft.kind != "lost":
        sure *= WITHOUT_VERB
    return round(sure, 3)


def clause_confidence(sure: float, action: Action, *, given: bool) -> float:
    """A clause is as sure as its decision, less where its action is only what is left over. `given`: by its rule."""
    return sure if given or action != "other" else round(sure * FALLEN_BACK, 3)
