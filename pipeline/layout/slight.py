"""Headings that only italics, or a line drawn under their words, set apart from the text that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document import Block, Edge, Word

WORDS = 10
"""Words of such a heading at most."""
FOLLOWING = 8
"""Words of the text under it at least."""
OPENS = re.compile(r"(?:\(?[a-z0-9.]{1,5}[.)]?\s+)?[A-Z]")
ENDS = re.compile(r"[.;,!]\W*$")
NO_HEADING = re.compile(
    r"@|https?:|www\.|£|\b(?:was|were|is|are|be|been|has|have|had|left|joined|arrived|returned|declared|withdrew|took"
    r"|entered|will|moved|seconded|resolved|agreed|noted|that)\b",
    re.IGNORECASE,
)
"""What an address has, or a sentence without its stop."""
BELOW, ABOVE = 0.15, 0.4
"""Ems below and above the bottom of a word's box between which a line under it is drawn."""
BEYOND = 3.0
"""Points by which such a line goes on beyond the words; a rule of the page goes further."""
COVERED = 0.75
"""Share of the words' width that it covers at least: some printers leave out the letters that reach down."""


def may_be_slight(text: str) -> bool:
    """Whether words could be a heading by themselves."""
    return OPENS.match(text) is not None and len(text.split()) <= WORDS and not ENDS.search(text) \
        and not NO_HEADING.search(text)


def set_slight(blocks: Sequence[Block]) -> None:
    """Make headings of slight lines above a text that is set otherwise, in place."""
    for block, below in pairwise(blocks):
        if (
            block.italic and block.role == "paragraph" and block.table is None and below.table is None
            and below.role != "heading" and not below.italic and len(below.text.split()) >= FOLLOWING
            and block.indent < below.indent + BEYOND and may_be_slight(block.text)
        ):
            block.role = "heading"


def are_underlined(words: Sequence[Word], level: Sequence[Edge]) -> bool:
    """Whether a line is drawn under all these words, and no further; `level` are the page's level edges."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(round(word.bottom), []).append(word)
    return bool(rows) and all(_is_underlined(row, level) for row in rows.values())


def _is_underlined(row: Sequence[Word], level: Sequence[Edge]) -> bool:
    bottom, size = row[0].bottom, row[0].size or 10.0
    x0, x1 = min(word.x0 for word in row), max(word.x1 for word in row)
    under = [
        edge for edge in level
        if bottom - ABOVE * size < edge.top < bottom + BELOW * size and edge.x1 > x0 and edge.x0 < x1
    ]
    if any(edge.x0 < x0 - BEYOND or edge.x1 > x1 + BEYOND for edge in under):
        return False
    return sum(edge.x1 - edge.x0 for edge in under) > COVERED * (x1 - x0)
