"""An item's heading as it was found, and its title as it should be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.known import patterns, union

_REFERENCE = re.compile(r"^(?P<reference>(?=[A-Z\d/ -]*\d)[A-Z]{0,6}\d{2,4}[/-]\d{2,6}[A-Z]?)\s*[-–:]\s+(?=\S)")
TELLS = re.compile(
    r"\b(?:was|were|had been|has been|have been|noted that|stated|said|reported|advised|explained|asked|"
    r"thanked|confirmed|"
    r"informed|considered|agreed that|RESOLVED|is asked|are asked)\b"
)
"""Verbs of a sentence that tells what was said or done; hardly ever of a title."""
_MOST_WORDS = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: printed number (without a final dot), title, place, and the way by which it was found."""

    number: str | None
    title: str
    start: int
    end: int
    block: int
    rule: str
    confidence: float = 1.0
    reference: str | None = None
    in_table: bool = False


def worth(found: Sequence[Found]) -> float:
    """How much a reading looks like an agenda: titles that all agendas have count twice, sentences hardly at all;
    each as surely as its way of reading is right."""
    usual = union("structure", "usual_items")
    return sum(
        one.confidence * (1 + (usual.fullmatch(one.title) is not None) - 0.8 * _is_sentence(one.title)) for one in found
    )


def _is_sentence(title: str) -> bool:
    return TELLS.search(title) is not None or len(title.split()) > _MOST_WORDS


def clean_title(text: str) -> str:
    """The title without what a page prints behind it: file sizes, page numbers, "(Item 5)", a colon."""
    text = re.sub(r"^pdf\s+(?=[A-Z])", "", text)
    before = None
    while before != text:
        before = text
        for rule in patterns("structure", "item_tails"):
            text = rule.pattern.sub("", text)
        text = text.strip().rstrip(":;-–—|").strip()
    stops = re.search(r"\.(?!\d)", text[:-1])  # of a shortened word, or of a sentence before; not within a date
    return text[:-1] if text.endswith(".") and stops is None else text


def clean_number(text: str) -> str:
    """A printed number without its word, brackets and final dot: "Item 6" is "6", "11..23.05" is "11.23.05"."""
    text = re.sub(r"(?i:^(?:agenda item|minute|cofnod|item|min|no)\.?\s*(?:no\.?\s*)?)", "", text.strip())
    text = re.sub(r"\.{2,}", ".", text)
    return text.strip(" *.:()[]-–").strip()


def reference_in(title: str) -> str | None:
    """A decision's or report's number that opens a title: "24/00108 - Budget monitoring"."""
    found = _REFERENCE.match(title)
    return found["reference"] if found else None
