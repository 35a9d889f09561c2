"""Decisions whose word stands alone on a line above them: "Agreed", or a heading "Recommendation to Full Council"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.debate import MOVED_BY
from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.verb_lists import is_clause

ALONE_ABOVE = re.compile(r"(?P<verb>Agreed|Decided|Approved|Determined)\s*[.:]?")
RECOMMENDS_TO = re.compile(
    r"Recommend(?:ation|ed)s?\s+to\s+(?:the\s+)?(?P<to>(?:Full\s+)?(?:Council|Cabinet|Executive))\W*", re.IGNORECASE
)


def above_list(passages: list[Passage], gatherer: Gatherer, passage: Passage) -> Draft | None:
    """The decision that stands below a passage which is nothing but its word; None where it is none."""
    return _recommended(passages, gatherer, passage) or _settled(passages, gatherer, passage)


def _recommended(passages: list[Passage], gatherer: Gatherer, passage: Passage) -> Draft | None:
    """What the body recommends to another, under a heading of its own below those who moved it."""
    to = RECOMMENDS_TO.fullmatch(passage.body)
    above = passages[passage.index - 1] if passage.index else None
    if to is None or above is None or above.item != passage.item or MOVED_BY.match(above.body.rstrip(".")) is None:
        return None
    extent = gatherer.from_marker(passage.index, passage.end, whole=True)
    if extent is None:
        return None
    rule = "decision.recommendation-moved"
    draft = Draft(extent, "recommended", "decided", rule, 0.9, passage.item, passage.index)
    draft.place, draft.formal, draft.addressed_to = passage.place, True, to["to"]
    return draft


def _settled(passages: list[Passage], gatherer: Gatherer, passage: Passage) -> Draft | None:
    """ "Agreed" alone above a list whose first clause says what shall be done."""
    found = ALONE_ABOVE.fullmatch(passage.body)
    below = passages[passage.index + 1] if passage.index + 1 < len(passages) else None
    if found is None or below is None or below.item != passage.item or below.label is None:
        return None
    if not (below.label.first and is_clause(below)):
        return None
    extent = gatherer.from_marker(passage.index, passage.end, whole=True)
    if extent is None:
        return None
    kind = KINDS.get(found["verb"].lower(), "other")
    draft = Draft(extent, kind, "decided", "decision.word-above-list", 0.88, passage.item, passage.index)
    draft.place, draft.formal = passage.place, True
    return draft
