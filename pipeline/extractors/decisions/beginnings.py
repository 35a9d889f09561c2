"""Whether a passage begins a decision or a motion of its own, so that the one before it ends."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extractors.decisions.markers import find_marker
from pipeline.extractors.decisions.motions import motion_in
from pipeline.extractors.decisions.paragraph_ends import CLAUSE_START, cut
from pipeline.extractors.decisions.passages import Passage

LOOKED_AT = 400
"""Characters of a passage within which it would tell."""


def begins_another(passage: Passage) -> bool:
    """Whether a passage begins a decision or a motion of its own."""
    return _begins(passage.body[:LOOKED_AT])


@lru_cache(maxsize=4096)
def _begins(body: str) -> bool:
    marker = find_marker(body)
    if marker is not None and marker.capitals and marker.start < 60:
        return True
    if marker is not None and marker.start <= 3 and not marker.plain:
        return True
    if re.match(r"(?:Motion|Amendment)\s+(?:\d+|[A-Z])\b|(?:Motion|Amendment)\s*:", body):
        return True
    if CLAUSE_START.match(body):
        body = cut(body)[0]  # who moved the decision is named behind its last clause
    motion = motion_in(body, 0, 0, ends_passage=True)
    return motion is not None and motion.seconder is not None
