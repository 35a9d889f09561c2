"""The words of a motion on notice: up to the numbered argument, and its clauses by "To ..."."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.draft import Limb
from pipeline.extractors.decisions.passages import Passage

TO_DO = re.compile(r"(?:To|That)\s+\w+")


def last_of_notice(passages: list[Passage], index: int) -> int:
    """The last passage before the paper turns to numbered paragraphs or a heading with a number."""
    last = index
    for passage in passages[index + 1 :]:
        if passage.heading and re.match(r"\d{1,2}\.?\s+[A-Z]", passage.body):
            break
        numbered = passage.label is not None and not passage.label.bullet and passage.label.number[:1].isdigit()
        if (
            numbered
            and passage.label is not None
            and passage.label.first
            and (passage.heading or passage.label.form == "{}")
        ):
            break
        last = passage.index
    return last


def limbs_of_notice(passages: list[Passage]) -> list[Limb]:
    """One clause for each paragraph that begins with "To"; what stands between belongs to the one above."""
    starts = [p for p in passages if p.label is None and TO_DO.match(p.body) and not p.heading]
    if len(starts) < 2:
        return []
    limbs: list[Limb] = []
    follows_with = False
    for passage in passages:
        opens = passage in starts and not follows_with
        follows_with = passage in starts and re.search(r"\bwith\s*:?\s*$", passage.body) is not None
        if opens:
            limbs.append(Limb(passage.body_start, passage.end))
        elif limbs:
            limbs[-1].end = passage.end
    return limbs
