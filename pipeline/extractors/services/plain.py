"""Text in one plain form for matching, and the way back to the offsets of what is printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

BREAK = "|"
"""Stands where no phrase may go on: between paragraphs and between a table's cells."""

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "‑": "-", "\u2010": "-", "\x02": "-", "\u00a0": " "})
# Each pattern begins with the characters that it changes: what stands before them is asked for behind them, since `re`
# goes from one such character to the next five times as fast as it tries a place.
_LINKS = re.compile(r"[-/](?:(?<=\w.)(?=[A-Za-z])|(?<=[A-Za-z].)(?=\w))")
_CHANGES = re.compile(r"[\s&'\u00ad](?:(?<=\s)\s+|(?<=[\t\n\r\f\v&\u00ad])|(?<=\w'))")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text (`original`) and its plain form (`text`): no apostrophes, hyphens, ampersands or spare white space."""

    original: str
    text: str
    places: list[int]
    """Offsets in `text`, rising, from which on `printed` offsets run parallel."""
    printed: list[int]

    def start(self, offset: int) -> int:
        """The offset as printed of the character at `offset`."""
        at = bisect_right(self.places, offset) - 1
        return self.printed[at] + offset - self.places[at]

    def end(self, offset: int) -> int:
        """The offset as printed after the character before `offset`."""
        return self.start(offset - 1) + 1


def plain(text: str) -> Plain:
    """Put `text` into the plain form: "children’s\\n home-care & respite" is "childrens home care and respite"."""
    source = _LINKS.sub(" ", text.translate(_SAME_LENGTH))
    parts: list[str] = []
    places, printed = [0], [0]
    length = last = 0
    for change in _CHANGES.finditer(source):
        new = _plainer(change)
        parts += (source[last:change.start()], new)
        length += change.start() - last + len(new)
        last = change.end()
        if len(new) != len(change[0]):
            places.append(length)
            printed.append(last)
    parts.append(source[last:])
    return Plain(text, "".join(parts), places, printed)


def _plainer(change: re.Match[str]) -> str:
    old = change[0]
    if old == "&":
        return f"{' ' * _touches(change, -1)}and{' ' * _touches(change, 0)}"
    if old in "'\u00ad":
        return ""
    return f" {BREAK} " if "\t" in old or old.count("\n") > 1 else " "


def _touches(change: re.Match[str], side: int) -> bool:
    """Whether the character before (-1) or after (0) the change is part of a word."""
    at = change.start() + side if side else change.end()
    return 0 <= at < len(change.string) and not change.string[at].isspace()
