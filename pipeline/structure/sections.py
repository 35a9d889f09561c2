"""The headed parts of a document: "Recommendations", "Reasons for decision", "Minutes:", "3. Options"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block, Document, Item, Section
from pipeline.structure.form import key_of
from pipeline.structure.known import union
from pipeline.structure.lines import bold_prefix, is_capitals

MOST_WORDS = 16
FORM_LEVEL = 4
"""The level of a form's label cells, below every heading in the text."""
_NUMBER = re.compile(
    r"^(?P<number>(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?=\.)|[ivx]{1,4}(?=[.)])|"
    r"\([a-z\d]\)))(?![\d/])[.)]?\s*(?:[-–]\s*|\|\s*)?(?=\S)"
)
_MARKUP = re.compile(r"^\*\*(?P<text>.+?)\*\*:?$")
_NO_SECTION = re.compile(r"^(?:Page \d+|\W*|\d[\d ,./-]*|That\b[^.;]{0,80}:\W*)$")
_RUN_IN = re.compile(r"^(?P<heading>[^:.]{3,80}?)\s*:-?\s+\S")
_LEVELS = {"mgSubItemTitleTxt": 3, "mgSubSubTitleTxt": 3, "mgAiTitleTxt": 2, "mgSectionTitle": 1}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, the block it stands in, and where its part begins (the same block for a run-in heading)."""

    text: str
    number: str | None
    level: int
    block: int
    first: int


def sections_of(document: Document, items: Sequence[Item]) -> list[Section]:
    """Every headed part: blocks after its heading, up to the next heading of its level or the end of its item.

    A heading that runs into its text ("Recommendation: Cabinet is asked to ...") and a form's label cell have no
    block of their own: their part begins with the block that holds them.
    """
    blocks = document.blocks
    found = list(_headings(blocks, items))
    sections: list[Section] = []
    for index, heading in enumerate(found):
        item = _item_of(items, heading.block)
        stop = items[item].last if item is not None else _next_item(items, heading.block, len(blocks))
        following = next((h for h in found[index + 1:] if h.level <= heading.level and h.block > heading.block), None)
        last = min(stop, following.block if following else len(blocks))
        last = max(last, heading.first)
        sections.append(Section(heading.text, heading.first, last, heading.level, item, heading.number))
    return sections


def _headings(blocks: Sequence[Block], items: Sequence[Item]) -> Iterator[Heading]:
    of_items = {item.first: item for item in items}
    item: Item | None = None
    for index, block in enumerate(blocks):
        if block.table is not None:
            yield from _labels_in_table(block, index)
            continue
        item = of_items.get(index, item)
        if item is not None and block.start < item.end and block.end <= item.end + 2:
            continue
        heading = _heading(block, index)
        if heading is not None:
            yield heading


def _heading(block: Block, index: int) -> Heading | None:
    text = block.text.strip()
    marked = _MARKUP.match(text)
    text = marked["text"] if marked else text
    if _NO_SECTION.match(text) or _is_field(text):
        return None
    number, title = _split_number(text)
    title = title.rstrip(" :-–")
    known = _known(title)
    if len(title.split()) <= MOST_WORDS and (
        block.role == "heading" or marked or _style_level(block) or (known and _short(block, title))
        or (block.bold and not text.endswith(".")) or is_capitals(title)
    ):
        return Heading(title, number, _level(block, number, known), index, index + 1)
    bold = bold_prefix(block)
    if bold and 1 < len(bold) < 90:
        number, title = _split_number(bold)
        if len(title.split()) <= MOST_WORDS and (title.rstrip().endswith(":") or _known(title)):
            return Heading(title.rstrip(" :-–"), number, _level(block, number, False), index, index)
    run_in = _RUN_IN.match(text)
    if run_in:
        number, title = _split_number(run_in["heading"])
        if _known(title):
            return Heading(title, number, _level(block, number, True), index, index)
    return None


def _is_field(text: str) -> bool:
    """A line of the header form ("Meeting: Cabinet") is no heading, whatever its type."""
    label, colon, value = text.partition(":")
    return bool(colon and value.strip()) and key_of(label) is not None and not _known(label)


def _known(title: str) -> bool:
    """Whether a title is one that papers usually have."""
    return union("structure", "sections").fullmatch(title.strip(" :-–")) is not None


def _short(block: Block, title: str) -> bool:
    """A known title in plain type is a heading where it stands alone and begins with a capital."""
    return title[:1].isupper() and not block.text.rstrip().endswith((".", ";", ","))


def _split_number(text: str) -> tuple[str | None, str]:
    printed = _NUMBER.match(text)
    if printed is None:
        return None, text
    return printed["number"].strip("()"), text[printed.end():]


def _style_level(block: Block) -> int:
    return next((level for style, level in _LEVELS.items() if style in block.style), 0)


def _level(block: Block, number: str | None, known: bool) -> int:
    """A site's own levels, else the depth of the number ("2.1" is below "2"), else what layout saw."""
    if _style_level(block):
        return _style_level(block)
    if number and number[0].isdigit():
        parts = number.split(".")
        return len(parts) - (1 if len(parts) > 1 and parts[-1] == "0" else 0)
    return 1 if known else max(block.level, 1)


def _labels_in_table(block: Block, index: int) -> Iterator[Heading]:
    """Cells of a form that are a known title: the label of a row, or a row to itself."""
    assert block.table is not None
    for cell in block.table.cells:
        number, title = _split_number(cell.text.strip())
        title = title.rstrip(" :-–")
        if cell.column == 0 and title and len(title.split()) <= MOST_WORDS and _known(title):
            yield Heading(title, number, FORM_LEVEL, index, index)


def _item_of(items: Sequence[Item], block: int) -> int | None:
    return next((i for i in range(len(items) - 1, -1, -1) if items[i].first <= block < items[i].last), None)


def _next_item(items: Sequence[Item], block: int, end: int) -> int:
    return next((item.first for item in items if item.first > block), end)
