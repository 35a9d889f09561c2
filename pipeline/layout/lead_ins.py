"""Lines in a heading's type that begin a list: "That Cabinet:", "Members are asked to:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Block

_LEADS_IN = re.compile(
    r"\W*(?:that\b[^.;]{0,80}|[^.;]{3,80}\b(?:is|are) (?:asked|recommended|requested|invited) to)\s*[:–-]\W*",
    re.IGNORECASE,
)


def set_lead_ins(blocks: Sequence[Block]) -> None:
    """Make paragraphs of them, in place: what stands under one goes on with its sentence, and belongs to what it is
    itself under."""
    for block in blocks:
        if block.role == "heading" and _LEADS_IN.fullmatch(block.text):
            block.role = "paragraph"
