"""Lists whose clauses each open with their own verb in capitals: "1) APPROVED the award; 2) DELEGATED authority"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.actions import opens_with_verb
from pipeline.extractors.decisions.draft import Draft, Extent, Limb
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.limbs import Gatherer, cut
from pipeline.extractors.decisions.order import goes_on
from pipeline.extractors.decisions.passages import Passage

CAPITAL_VERB = re.compile(r"(?!RESOLVED|RECOMMENDED|ORDERED)(?P<verb>[A-Z]{3,}(?:ED|EN))\b(?!\s*(?:[:–—-]|\.?\s*$))")


def capital_list(passages: list[Passage], gatherer: Gatherer, index: int) -> Draft | None:
    """The decision that begins with passage `index`, where it and the next each open so; None elsewhere."""
    first = passages[index]
    found = _verb(first)
    following = passages[index + 1] if index + 1 < len(passages) else None
    if found is None or following is None or following.item != first.item or _verb(following) is None:
        return None
    extent: Extent | None
    if first.label is not None and following.label is not None:
        if not first.label.first or not goes_on(first.label, following.label):
            return None
        extent = gatherer.from_passage(index)
    elif first.label is None and following.label is None and first.place == "decision":
        extent = _paragraphs(passages, index)
    else:
        return None
    if extent is None or len(extent.limbs) < 2:
        return None
    kind = KINDS.get(found.lower(), "decided")
    return Draft(
        extent, kind, "decided", "decision.capital-verbs", 0.88, first.item, index, place=first.place, formal=True
    )


def _verb(passage: Passage) -> str | None:
    found = CAPITAL_VERB.match(passage.body)
    return found["verb"] if found and opens_with_verb(passage.body) else None


def _paragraphs(passages: list[Passage], index: int) -> Extent:
    first = passages[index]
    extent = Extent(first.body_start, first.body_start, lead_in_end=first.body_start)
    for passage in passages[index:]:
        if passage.item != first.item or passage.label is not None or _verb(passage) is None:
            break
        text, after = cut(passage.body)
        extent.limbs.append(Limb(passage.body_start, passage.body_start + len(text)))
        extent.end, extent.last, extent.after = extent.limbs[-1].end, passage.index, after
    return extent
