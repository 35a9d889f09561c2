"""What stands between blocks: sentences that go on over a page break, levels of lists and headings."""

from __future__ import annotations

import re

from pipeline.document import Block
from pipeline.labels import split_label
from pipeline.layout.words import join_text

OPEN = re.compile(r"[^.:;!?\"”)]$|\b(?:and|or|the|of|to|a|in|for|that|with|by),?$")
NOTE = re.compile(r"[\d⁰¹²³⁴-⁹*†‡]{1,3}\s?\S")
"""How a footnote begins."""
NOTES = 4
"""Footnotes at the foot of a page at most."""
SMALLER = 0.8
"""Points by which footnotes are smaller than the text."""


def heal_breaks(pages: list[list[Block]]) -> list[Block]:
    """All pages' blocks in one list; a paragraph that a page break cuts in two is one again."""
    blocks: list[Block] = []
    for page in pages:
        rest = page
        last = _last_of_text(blocks)
        if last is not None and page and _goes_on(last, page[0]):
            _append(last, page[0])
            rest = page[1:]
        blocks.extend(rest)
    return blocks


def _last_of_text(blocks: list[Block]) -> Block | None:
    """The last block of the text so far, footnotes at the foot of its page passed over."""
    for block in blocks[:-NOTES - 2:-1]:
        larger = any(one.size > block.size + SMALLER for one in blocks[-NOTES - 1:] if one.page == block.page)
        if not (larger and NOTE.match(block.text)):
            return block
    return None


def _goes_on(last: Block, first: Block) -> bool:
    if last.role not in ("paragraph", "list_item") or first.role != "paragraph" or first.label:
        return False
    if abs(last.size - first.size) > 0.6 or not OPEN.search(last.text):
        return False
    start = first.text.lstrip("\"“'‘(")[:1]
    if start.islower() or last.text.endswith(("-", ",")):
        return True
    if len(last.words) <= 8:
        return False
    return bool(re.search(r"\b(?:and|or|the|of|to|a|in|for|that|with|by)$", last.text)) or _ran_full(last, first)


def _ran_full(last: Block, first: Block) -> bool:
    """Whether the last of several lines had no room for the next page's first word, which stands as far left."""
    foot, head = last.words[-1], first.words[0]
    above = [word for word in last.words if word.bottom < foot.top + 1]
    if not above or min(word.x0 for word in above) < head.x0 - 3:
        return False
    room = max(word.x1 for word in above) - foot.x1
    return room < head.x1 - head.x0 and abs(min(w.x0 for w in last.words if w.bottom > foot.top + 1) - head.x0) < 3


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
