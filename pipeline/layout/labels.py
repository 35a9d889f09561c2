"""List labels at the start of a line, told by their form and by the gap after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.labels import Label, split_label
from pipeline.layout.lines import Line

COMPOUND = re.compile(
    r"(?:\d{1,3}\.?\(?[a-z]{1,4}\)|\([a-z0-9]{1,3}\)\([a-z0-9]{1,4}\)|(?!(?:19|20)\d\d/\d\d)\d{1,4}/\d{1,3}[a-z]?\.?|[A-Z]\d{1,2}\.?"
    r"|\d{1,3}[a-z]\.?|[a-z]\.)(?=\s|$)"
)
"""Labels of two parts ("7(a)", "24/13", "A1"), which only their place proves to be labels."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A label as it stands on a line: its words, where its text begins, whether the gap after it proves it."""

    text: str
    words: int
    offset: int
    sure: bool
    bullet: bool
    wide: bool
    label: Label | None = None
    """What it may be, where its form is one of those that count."""


def label_of(line: Line) -> Printed | None:
    """The label that opens the line, if any. `wide` where more than a space follows, or nothing does."""
    first = line.words[0].text
    if len(first) > 10 or first[0].isalpha() and len(first) > 2 and first[-1] not in ".):":
        return None
    text = line.text if len(line.words) < 5 else " ".join(w.text for w in line.words[:5])
    label, offset = split_label(text, bare=True)
    printed, sure, bullet = (label.printed, label.sure, label.bullet) if label else ("", False, False)
    if label is None:
        compound = COMPOUND.match(first)
        if compound is None:
            return None
        printed, offset = compound[0], len(first) + 1
    words, length = 0, 0
    while words < len(line.words) and length + len(line.words[words].text) <= len(printed):
        length += len(line.words[words].text) + 1
        words += 1
    if words == 0:  # printed without a space: "1.Apologies"
        return Printed(printed, 0, len(printed), sure, bullet, True, label)
    wide = words == len(line.words) or line.words[words].x0 - line.words[words - 1].x1 > 0.55 * line.size
    return Printed(printed, words, offset, sure, bullet, wide, label)


def is_list_label(line: Line) -> bool:
    """Whether the line opens with a label."""
    label = label_of(line)
    return label is not None and (label.sure or label.wide)
