"""What an agenda asked for, on web pages that print below it what was then decided."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.places import sub_heading
from pipeline.extractors.decisions.proposals import ProposalReader

RECOMMENDED = re.compile(r"(?:It\s+is\s+)?(?:Recommended|RECOMMENDED)\s*(?:[:–—-]+|$|(?=that\b))")


def asked_above_minutes(outline: Outline, passages: list[Passage]) -> list[Draft]:
    """Recommendations that stand above the "Minutes:" or "Decision:" of their item, under a word of their own."""
    opened = {p.item: p.index for p in reversed(passages) if sub_heading(p.block.style, p.body)}
    if not opened:
        return []
    reader = ProposalReader(outline, passages)
    found = reader.read_headed_parts()
    for passage in passages:
        marker = RECOMMENDED.match(passage.body) if passage.place == "agenda" else None
        if marker is None:
            continue
        extent = reader.gatherer.from_marker(passage.index, passage.body_start + marker.end(), whole=True)
        if extent is not None:
            draft = Draft(
                extent,
                "recommended",
                "proposed",
                "proposal.on-agenda",
                0.85,
                passage.item,
                passage.index,
                place="agenda",
            )
            found.append(draft)
    return [d for d in found if d.item is not None and d.extent.last < opened.get(d.item, -1)]
