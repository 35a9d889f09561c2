"""Words into running text: spaces between them, line ends healed."""

from __future__ import annotations

import re

from pipeline.document import Word

KEEP = re.compile(
    r"(?:^|[-–\s])(?:non|self|co|re|pre|post|multi|cross|inter|sub|semi|ex|anti|all|well|long|short|high|low|part|"
    r"full|half|first|second|third|mid|year|on|off|in|out|up|over|under|one|two|three|four|five|six|ten|end|"
    r"decision|cost|council|county|city|borough|government|service|community|evidence|user|person|child|"
    r"health|care|value|risk|rate|grant|not|day|time|vice|by|e|un)-$",
    re.IGNORECASE,
)
"""First halves after which a hyphen at a line's end is the word's own."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
"""A web address that a line end, or a narrow cell, may cut anywhere."""


def join_lines(lines: list[list[Word]]) -> str:
    """The lines' words as one text; a word split over a line end is healed."""
    text = ""
    for line in lines:
        text = join_text(text, " ".join(word.text for word in line))
    return text


def join_text(left: str, right: str) -> str:
    """Two lines' texts as one: a space between them, or none where a hyphen splits a word."""
    if not left or not right:
        return left or right
    if ADDRESS.search(left) and (right[0].islower() or right[0] in "/_.?=&"):
        return left + right
    if left.endswith("-") and len(left) > 1 and left[-2].isalpha():
        first = right.split(maxsplit=1)[0]
        if not first[0].isalpha():
            return left + " " + right if first[0] in "-–(&" else left + right
        if first[0].isupper() or first.lower() in ("and", "or", "to") or KEEP.search(left.rsplit(maxsplit=1)[-1]):
            return left + (" " if first.lower() in ("and", "or", "to") else "") + right
        return left[:-1] + right
    if left.endswith(("/", "–")) and left[-2:-1].strip() and right[0].isalnum() and left[-1] == "/":
        return left + right
    return left + " " + right
