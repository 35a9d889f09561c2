"""Which words and cells are figures: what columns of numbers are recognised by."""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER = re.compile(
    r"^[-–−+~]?\(?[-–−+]?£?\s?[-–−+]?\(?(?:\d{1,3}(?:[,\s]\d{3})+|\d+)?(?:\.\d+)?"
    r"\s?(?:m|k|bn|%|p|pp|cr|dr)?\)?-?[%*#†‡^⁰¹²³⁴-⁹]*$",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"^[‘'’]?(?:19|20)\d\d(?:\s?[-/–]\s?(?:\d\d|(?:19|20)\d\d))?$|^\d\d/\d\d$")
NIL = re.compile(r"^(?:[-–−—]|nil|n/?a|£?0|-0|\(0\)|£-|£–)$", re.IGNORECASE)
UNIT = re.compile(
    r"^\(?(?:£|€)?\s?['’,]?(?:£|%|0{3}['’]?s?|m|mn|k|bn|millions?|thousands?|per cent)\)?s?$",
    re.IGNORECASE,
)
REMEMBERED = 10_000
"""Texts whose nature is kept: the same words are asked about again and again."""


@lru_cache(maxsize=REMEMBERED)
def is_figure(text: str) -> bool:
    """Whether a cell's text is an amount, a count or a share. A year is a heading, a dash is no figure."""
    return bool(DIGIT.search(text)) and bool(NUMBER.match(text)) and not YEAR.match(text)


@lru_cache(maxsize=REMEMBERED)
def is_entry(text: str) -> bool:
    """Whether a cell's text may stand in a column of figures: a figure, or the dash that stands for none."""
    return is_figure(text) or bool(NIL.match(text))


def is_unit(text: str) -> bool:
    """Whether a heading is a unit of money: £m, £000s, £, %."""
    return bool(UNIT.match(text))
