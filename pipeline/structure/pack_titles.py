"""Papers bound into a pack that bear no mark but their title: it is that of an item on the agenda.

The papers stand in the order of the agenda. A title at the top of a page begins the paper of a later item than the
one before; what was found there by other marks (page numbers that begin anew) is then known for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document import Block, Item
from pipeline.structure.lines import Line, is_capitals, lines_of
from pipeline.structure.packs import Bound

TOP = 7
"""Lines at the top of a page among which a paper's title stands."""
ALIKE = 0.8
"""Share of the words of two titles that both have."""
FRONT = 3
"""Pages of an agenda at most, where no mark tells where it ends."""
LEAST = 2
"""Papers that must be found by their titles where there is no other mark of a pack."""
_NOISE = re.compile(r"^\W*(?:\d{1,3}[A-Za-z]?[.)]?\s+)?(?:(?i:report|title|subject)\s*:\s*)?")


def titled_pages(blocks: Sequence[Block], items: Sequence[Item], bound: Sequence[Bound]) -> dict[int, str]:
    """The pages on which papers begin that only their titles tell, with the numbers of their items ("" for none).

    `bound` is what other marks tell; where there is none, two titles at least must be found.
    """
    fronts = [bound[0].first] if bound else _fronts(blocks)
    titled = max((_titled(blocks, items, bound, front) for front in fronts), key=len, default={})
    return titled if bound or len(titled) >= LEAST else {}


def _titled(blocks: Sequence[Block], items: Sequence[Item], bound: Sequence[Bound], front: int) -> dict[int, str]:
    """The pages, where the front sheet ends before the block `front`."""
    known = {part.first: part for part in bound}
    own = [item for item in items if item.start < blocks[front].start]
    titled: dict[int, str] = {}
    last = -1
    for index, top in _pages(blocks, front):
        part = known.get(index)
        if part is not None and part.number is not None and part.kind != "appendix":
            last = max([last, *(i for i, item in enumerate(own) if item.number == part.number)])
            continue
        at = _item_at(top, own, last + 1)
        if at is not None and (part is None or part.kind != "minutes"):
            titled[blocks[index].page or 0], last = own[at].number or "", at
    return titled


def _fronts(blocks: Sequence[Block]) -> list[int]:
    """The blocks with which the second page and the next begin: the agenda ends before one of them."""
    pages: dict[int | None, int] = {}
    for index, block in enumerate(blocks):
        pages.setdefault(block.page, index)
    return list(pages.values())[1:FRONT + 1]


def _pages(blocks: Sequence[Block], front: int) -> Iterator[tuple[int, list[Line]]]:
    """The first block of each page behind the front sheet, and the lines at its top."""
    page: int | None = None
    for index in range(front, len(blocks)):
        if blocks[index].page != page:
            page = blocks[index].page
            lines = lines_of(blocks, index, index + TOP)
            yield index, [line for line in lines if line.page == page][:TOP]


def _item_at(top: Sequence[Line], items: Sequence[Item], first: int) -> int | None:
    """The item, from the `first` on, whose title a line at the top of a page is."""
    for line in top:
        if not (line.heading or line.bold or line.row is not None or is_capitals(line.text) or ":" in line.text):
            continue
        words = _words(line.text)
        for at in range(first, len(items)):
            title = _words(items[at].title)
            if len(title) > 1 and len(words & title) >= ALIKE * len(words | title):
                return at
    return None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _NOISE.sub("", text).lower()))
