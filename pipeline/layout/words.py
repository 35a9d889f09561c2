"""Words into running text: spaces between them, line ends healed."""

from __future__ import annotations

import re

from pipeline.document import Word
from pipeline.layout.hyphens import SPLIT

ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
"""A web address that a line end, or a narrow cell, may cut anywhere."""


def join_lines(lines: list[list[Word]]) -> str:
    """The lines' words as one text; a word split over a line end is healed."""
    text = ""
    for line in lines:
        text = join_text(text, " ".join(word.text for word in line))
    return text.replace(SPLIT, "-")


def join_text(left: str, right: str) -> str:
    """Two lines' texts as one: a space between them, or none where a hyphen ends the first."""
    if not left or not right:
        return left or right
    if left.endswith(SPLIT):
        return left[:-1] + right
    if ADDRESS.search(left) and (right[0].islower() or right[0] in "/_.?=&"):
        return left + right
    first = right.split(maxsplit=1)[0].lower()
    hyphen = left.endswith("-") and left[-2:-1].isalnum() and first not in ("and", "or", "to")
    if hyphen and right[0].isalnum() or left.endswith("/") and left[-2:-1].isalnum() and right[0].isalnum():
        return left + right
    return left + " " + right
