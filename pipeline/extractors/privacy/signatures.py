"""Signatures that are letters: a name that stands for its writer's hand, and the cells of a column of signatures.

The typed name below a letter is no signature, nor is that of who signs for a council: a name without a column of its
own counts only where the public speaks, petitions or writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document import Document
from pipeline.extractors.privacy.found import Cue, Found, any_of, cues, stretches

CONTEXT = 1500
"""Characters before a signature in which the public must be said to speak, or a letter to begin."""
SHORT = 50
"""Characters of a line below a signature that tells whose it is."""
SIGNS = re.compile(r"[Ss]igned|[Ss]ignature|SIGN|/s/|[Ss]gd")
HAND = re.compile(r"[^\W\d_][\w'’.-]*(?:[ ][^\W\d_][\w'’.-]*){0,4}")
HEAD = re.compile(r"(?i)^signatures?(?: of \w+)?$")
ENDS = re.compile(r"\s(?:Date[d]?|On|Position|Name|Print)\b")
COLUMN = Cue("private.signed_column", "It stands in a column of signatures.", 0.9, re.compile(""))


def signatures(document: Document) -> Iterator[Found]:
    """Every signature of a private person."""
    text = document.text
    for begin, end in stretches(text, SIGNS, 4, 60):
        for cue in cues("signatures"):
            for match in cue.pattern.finditer(text, begin, end):
                yield from _behind(text, match.end(), cue)
    for block in document.blocks:
        if block.table is None:
            continue
        columns = {cell.column for cell in block.table.cells if cell.row == 0 and HEAD.match(cell.text.strip())}
        for cell in block.table.cells if columns else ():
            if cell.row and cell.column in columns and cell.start >= 0 and cell.text.strip():
                yield COLUMN.found(cell.start, cell.end, "signature")


def _behind(text: str, at: int, cue: Cue) -> Iterator[Found]:
    hand = HAND.match(text, at)
    before = text[max(at - CONTEXT, 0):at]
    if hand is None or not any_of("signing_context").search(before):
        return
    ends = ENDS.search(hand.group())
    end = at + ends.start() if ends else hand.end()
    line, _, rest = text[at:end + 120].partition("\n")
    below = rest.partition("\n")[0]
    title = len(below) < SHORT and not below.rstrip().endswith(".")
    around = f"{line} {below}" if title else line
    if end > at and not any_of("official_near").search(around) and not re.match(r"(?i)date|chair|name\b", hand.group()):
        yield cue.found(at, end, "signature")
