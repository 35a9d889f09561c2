"""The marks of a printed list of alternatives, and which mark comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Block

LOOSE = re.compile(r"^(?P<mark>[A-H])\s+(?=[A-Za-z])")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
ROMAN = re.compile(r"^\((?P<mark>[ivIV]{2,4})\)$")
LETTERED = re.compile(r"^\(?(?P<mark>[A-Z]|\d{1,2})[.)]\s+(?=\S)")


def glyph(block: Block) -> str:
    """The form of a label: "(a)" for any letter in brackets, "1." for any number with a stop, a bullet itself."""
    label = block.label or ""
    if label in ("o", "v"):
        return label
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "1", label))


def comes_next(block: Block, last: str) -> bool:
    """Whether an unrecognised list item carries the mark behind `last` ("G." behind "F")."""
    roman = ROMAN.match(block.label or "")
    if roman is not None and last in ROMANS[:-1]:
        return roman["mark"].upper() == ROMANS[ROMANS.index(last) + 1]
    found = LETTERED.match(block.text)
    if found is None:
        return False
    if last.isdigit():
        return found["mark"].isdigit() and int(found["mark"]) == int(last) + 1
    return len(last) == 1 and found["mark"] == chr(ord(last) + 1)


def letters_follow(blocks: Sequence[Block], index: int, listed: int) -> bool:
    """Whether lines "A keep …", "B charter …" follow a lead-in, their letters without a stop; `listed` stand above."""
    here = LOOSE.match(blocks[index].text)
    if here is None:
        return False
    there = LOOSE.match(blocks[index + 1].text) if index + 1 < len(blocks) else None
    return here["mark"] == chr(ord("A") + listed) and (listed > 0 or (there is not None and there["mark"] == "B"))
