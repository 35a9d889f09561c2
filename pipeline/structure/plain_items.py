"""Items without numbers: headings of minutes, known as items by the usual titles among them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Block
from pipeline.structure.found import Found, clean_title, reference_in
from pipeline.structure.known import union

LEAST_USUAL = 3
"""So many headings must be an agenda's usual ones before headings without numbers are taken for items."""


def usual_headings(blocks: Sequence[Block]) -> list[Found]:
    """Headings of one make, three of which are titles that every agenda has."""
    usual = [i for i, block in enumerate(blocks) if _is_heading(block) and _usual(block.text)]
    if len(usual) < LEAST_USUAL:
        return []
    makes = {_make(blocks[i]) for i in usual}
    first = usual[0]
    attendance = union("structure", "attendance")
    return [
        Found(None, title, block.start, block.end, index, "item.usual", 0.7, reference_in(title))
        for index, block in enumerate(blocks[first:], first)
        if _is_heading(block) and _make(block) in makes and (title := clean_title(block.text))
        and (index in usual or not attendance.fullmatch(title)) and len(title.split()) <= 20
    ]


def _is_heading(block: Block) -> bool:
    return block.role == "heading" and block.table is None and len(block.text) < 200


def _make(block: Block) -> tuple[str, int, bool, int]:
    return block.style, block.level, block.bold, round(block.size)


def _usual(text: str) -> bool:
    return union("structure", "usual_items").fullmatch(clean_title(text)) is not None
