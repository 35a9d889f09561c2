"""A marker behind the words that it decides: "We go ahead. AGREED", "that we adjourn, and it was agreed"."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.deciders import subject_before
from pipeline.extractors.decisions.draft import Extent
from pipeline.extractors.decisions.markers import Marker
from pipeline.extractors.decisions.passages import Passage

LEADS_ON = re.compile(
    r"(?:\b(?:was|were|is|and|then|therefore|it|hands|vote|unanimously|majority)|[,:;–-])\s*$", re.IGNORECASE
)
MOVED_THAT = re.compile(r"\b(?:proposed|moved)\s+(?=that\b)", re.IGNORECASE)
SECONDED_THAT = re.compile(r"\b(?:proposed|moved|seconded)\b[^.;]{0,90}?,?\s+(?=that\b)", re.IGNORECASE)


def stands_behind(passage: Passage, sentence: str, offset: int, marker: Marker, since: int) -> bool:
    """Whether a marker in capitals ends a paragraph whose words, from `since` on, are the decision."""
    before = passage.body[since - passage.body_start : offset - passage.body_start + marker.start]
    after = sentence[marker.end :].strip(" .")
    stops = offset + len(sentence) >= passage.end or sentence.rstrip().endswith(".")
    ends = stops and not after and not sentence.rstrip().endswith((":", "-", "–"))
    return marker.capitals and ends and len(before.split()) > 3 and LEADS_ON.search(before) is None


def before_marker(passage: Passage, sentence: str, offset: int, marker: Marker, since: int) -> Extent | None:
    """The words before a marker that ends its sentence; None where they are no decision's."""
    before = re.sub(r"(?:[,;–—-]|\band\b|\bwhich\b|\bwas\b|\bit\b|\s)+$", "", sentence[: marker.start])
    moved = MOVED_THAT.search(before)
    if subject_before(f"{before} ") == before.strip():
        return None
    start = moved.end() if moved else 0
    if len(before) - start < 8:
        if stands_behind(passage, sentence, offset, marker, since):
            return _words_since(passage, since, offset + len(sentence.rstrip()), offset + marker.start)
        if not marker.capitals:
            return None
        return Extent(offset + marker.start, offset + len(sentence.rstrip(" .")), last=passage.index)
    return Extent(offset + start, offset + len(before), last=passage.index)


def _words_since(passage: Passage, since: int, end: int, marked: int) -> Extent:
    """The words that a marker behind them decides: what was moved, else all since the last decision."""
    before = passage.body[since - passage.body_start : marked - passage.body_start]
    moved = list(SECONDED_THAT.finditer(before))
    if not moved:
        return Extent(since, end, last=passage.index)
    words = before.rstrip(" .–—-")
    return Extent(since + moved[-1].end(), since + len(words), last=passage.index, after=before[: moved[-1].end()])
