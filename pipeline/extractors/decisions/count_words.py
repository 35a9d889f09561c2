"""Counts of people, printed as digits or in words."""

from __future__ import annotations

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
NOBODY = ("none", "nil", "nobody")


def number(word: str) -> int:
    """A count printed as digits or in words up to twenty; "none", "nil" and "nobody" are 0. Raises ValueError."""
    lower = word.lower()
    if lower.isdigit():
        return int(lower)
    return 0 if lower in NOBODY else WORDS.index(lower)
