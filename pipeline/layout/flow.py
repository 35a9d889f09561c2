"""What stands between blocks: sentences that go on over a page break, levels of lists and headings."""

from __future__ import annotations

import re

from pipeline.document import Block
from pipeline.labels import split_label
from pipeline.layout.words import join_text

OPEN = re.compile(r"[^.:;!?\"”)]$|\b(?:and|or|the|of|to|a|in|for|that|with|by),?$")


def heal_breaks(pages: list[list[Block]]) -> list[Block]:
    """All pages' blocks in one list; a paragraph that a page break cuts in two is one again."""
    blocks: list[Block] = []
    for page in pages:
        rest = page
        if blocks and page and _goes_on(blocks[-1], page[0]):
            _append(blocks[-1], page[0])
            rest = page[1:]
        blocks.extend(rest)
    return blocks


def _goes_on(last: Block, first: Block) -> bool:
    if last.role not in ("paragraph", "list_item") or first.role != "paragraph" or first.label:
        return False
    if abs(last.size - first.size) > 0.6 or not OPEN.search(last.text):
        return False
    start = first.text.lstrip("\"“'‘(")[:1]
    if start.islower() or last.text.endswith(("-", ",")):
        return True
    return len(last.words) > 8 and bool(re.search(r"\b(?:and|or|the|of|to|a|in|for|that|with|by)$", last.text))


def _append(last: Block, first: Block) -> None:
    last.text = join_text(last.text, first.text)
    last.words.extend(first.words)
    last.pages.extend(p for p in first.pages if p not in last.pages)


def set_levels(blocks: list[Block]) -> None:
    """Lists: how many lists an item's own stands in. Headings: rank of their size and weight, from 1.

    Minutes often set "(a)" as far left as "1.", so the label's form nests as well as its indent.
    """
    looks = sorted({_look(b) for b in blocks if b.role == "heading"}, reverse=True)
    lists: list[tuple[float, str]] = []
    for block in blocks:
        if block.role == "heading":
            block.level = looks.index(_look(block)) + 1
            lists.clear()
        elif block.role == "list_item" and block.label:
            form = _form(block.label)
            while lists and lists[-1][0] > block.indent + 3:
                lists.pop()
            same = next((i for i, (x, f) in enumerate(lists) if f == form and abs(x - block.indent) < 9), None)
            if same is not None:
                del lists[same + 1:]
            else:
                lists.append((block.indent, form))
            block.level = len(lists) - 1


def _form(label: str) -> str:
    found, _ = split_label(label, bare=True)
    return label if found is None else f"{found.form} {found.kinds[0]}"


def _look(block: Block) -> tuple[float, bool, bool]:
    return round(block.size), block.bold, block.text.isupper()
