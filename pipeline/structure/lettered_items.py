"""Parts of an item that bear letters and titles of their own: "1 PROCEDURAL MATTERS" over "A Recording", "B Apologies".

Each holds business that is decided apart, as items do; the item above only gathers them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Block
from pipeline.structure.found import Found, clean_title
from pipeline.structure.known import union

_LETTERED = re.compile(r"(?P<letter>[A-Z])[.)]?\s+(?P<title>[A-Z][^.:;]{3,120})$")
_FEWEST = 3
_FEWEST_USUAL = 2
"""Lettered headings may be a report's sections: as many have to bear titles that open all agendas."""


def with_lettered(blocks: Sequence[Block], found: Sequence[Found]) -> list[Found]:
    """The items with the lettered parts of each put in behind it, in order."""
    items: list[Found] = []
    for index, one in enumerate(found):
        following = found[index + 1].block if index + 1 < len(found) else len(blocks)
        items += [one, *_parts(blocks, one.block + 1, following)]
    return items


def _parts(blocks: Sequence[Block], first: int, end: int) -> list[Found]:
    """Headings from block `first` on that are lettered from A without a gap; none where they are too few."""
    parts: list[Found] = []
    for index in range(first, end):
        block = blocks[index]
        printed = _LETTERED.match(block.text.strip()) if block.role == "heading" else None
        if printed is None or printed["letter"] != chr(ord("A") + len(parts)):
            if not parts:
                return []  # the first part stands right below its item
            continue
        title = clean_title(printed["title"])
        parts.append(Found(printed["letter"], title, block.start, block.end, index, "item.lettered", 0.8))
    usual = sum(1 for part in parts if union("structure", "usual_items").match(part.title))
    return parts if len(parts) >= _FEWEST and usual >= _FEWEST_USUAL else []
