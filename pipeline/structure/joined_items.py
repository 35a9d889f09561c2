"""Headings that layout joined to the text above them: the numbers that a run of items leaves out, looked for within.

"... as a true record. C074/24 4. MATTERS ARISING" hides the item between C073/24 and C075/24.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document import Block
from pipeline.structure.found import TELLS, Found, clean_number, reference_in
from pipeline.structure.known import union
from pipeline.structure.run_in import heading_of

_DIGITS = re.compile(r"\d{1,5}")
_LEAST_DOTS = 2
_MOST_WORDS = 20
_MOST_PART_WORDS = 14
_DOES = re.compile(
    r"(?:To|That|It|There|This|These|The \w+ \w+(?:ed|s)|Members|Councillors?|Cllrs?|Apologies|None|No)\b"
)
"""How a paragraph begins that is no part's title."""
_AHEAD_OF_FIRST = 2
_BLOCKS_AHEAD = 12
_BEHIND_LAST = 3
"""So many more items may follow the last that stands in a line of its own, or go ahead of the first."""
_SENTENCE_ENDS = (".", ":", ";", ")", "!", "?", "”", '"', "…")
_TITLE = re.compile(r"(?:\d{1,2}[.)]\s+)?(?=[A-Z‘“(])")
"""What stands between the number and a title: nothing, or the agenda's own number."""


def with_joined(blocks: Sequence[Block], found: Sequence[Found]) -> list[Found]:
    """`found` with the headings that stand within the blocks between them, ahead of the first and behind the last."""
    numbered = len(found) > 1 and all(one.rule == "item.numbered" and one.number and not one.in_table for one in found)
    shape = _shape([str(one.number) for one in found]) if numbered else None
    if shape is None:
        return list(found)
    filled: list[Found] = []
    for before, after in zip([None, *found], [*found, None], strict=True):
        filled += [before] if before else []
        filled += _between(blocks, shape, before, after)
        filled += (_parts_of(blocks, before, after) or _titled_parts(blocks, before, after)) if before else []
    return filled


def _parts_of(blocks: Sequence[Block], item: Found, after: Found | None) -> list[Found]:
    """The numbered parts of an item, where its own number tells that no paragraph is meant: "05.02.04.01 Payments"
    below "05.02.04 Finance"."""
    if str(item.number).count(".") < _LEAST_DOTS:
        return []
    return [part for part, _ in _numbered_within(blocks, item, after) if len(part.title.split()) <= _MOST_WORDS]


def _titled_parts(blocks: Sequence[Block], item: Found, after: Found | None) -> list[Found]:
    """The parts of an item numbered plainly, where every one of them is a title with text in the lines below it:
    "6.1 Accounts" and "6.2 Brass band" below "6 FINANCE". Paragraphs are numbered so too, but they tell something."""
    if not str(item.number).isdigit():
        return []
    parts = list(_numbered_within(blocks, item, after))
    last = after.block if after else len(blocks)
    ends = [part.block for part, _ in parts[1:]] + [last]
    running = [str(part.number) for part, _ in parts] == [f"{item.number}.{n}" for n in range(1, len(parts) + 1)]
    titled = all(
        whole and part.title[0].isupper() and len(part.title.split()) <= _MOST_PART_WORDS
        and not TELLS.search(part.title) and not _DOES.match(part.title) and end > part.block + 1
        for (part, whole), end in zip(parts, ends, strict=False)
    )
    return [part for part, _ in parts] if len(parts) > 1 and running and titled else []


def _numbered_within(blocks: Sequence[Block], item: Found, after: Found | None) -> Iterator[tuple[Found, bool]]:
    """Blocks between two items whose number goes on from the first's, and whether the title is the whole block."""
    part = re.compile(rf"(?P<number>{re.escape(str(item.number))}\.\d{{1,2}})\.?\s+(?=\S)")
    for index in range(item.block + 1, after.block if after else len(blocks)):
        block = blocks[index]
        printed = part.match(block.text) if block.table is None else None
        title, length = heading_of(block, block.text[printed.end():], printed.end()) if printed else ("", 0)
        if printed and title:
            end = printed.end() + length
            yield Found(printed["number"], title, block.start, block.start + end, index, "item.part", 0.6,
                        reference_in(title)), not block.text[end:].strip(" .")


def _shape(numbers: Sequence[str]) -> re.Pattern[str] | None:
    """The form of these numbers, the one part free that runs: "C071/24", "C073/24" are C(\\d+)/24."""
    parts = [_DIGITS.findall(number) for number in numbers]
    count = len(parts[0])
    running = [at for at in range(count) if len({part[at] for part in parts if len(part) == count}) > 1]
    if any(len(part) != count for part in parts) or len(running) != 1:
        return None
    pieces = _DIGITS.split(numbers[0])
    pattern = re.escape(pieces[0])
    for at in range(count):
        behind = pieces[at + 1]
        if at == running[0]:
            pattern += rf"(?P<running>\d{{1,5}})(?P<letter>[a-z])?{re.escape(re.sub(r'^[a-z]', '', behind))}"
        else:
            pattern += parts[0][at] + re.escape(behind)
    return re.compile(rf"(?<![\w/.£-])(?P<number>{pattern})(?P<mark>\)\.|[.:)])?\s+")


def _between(
    blocks: Sequence[Block], shape: re.Pattern[str], before: Found | None, after: Found | None
) -> Iterator[Found]:
    """Headings of this form behind `before` and ahead of `after`, their numbers between both."""
    low, high = _value(shape, before), _value(shape, after)
    if low is None:
        low = max((high or 1) - _AHEAD_OF_FIRST - 1, 0)
    if high is None:
        high = low + _BEHIND_LAST + 1
    first = before.block if before else max(0, (after.block if after else 0) - _BLOCKS_AHEAD)
    for index in range(first, (after.block if after else len(blocks) - 1) + 1):
        block = blocks[index]
        if block.table is not None:
            continue
        for printed in shape.finditer(block.text):
            place = block.start + printed.start()
            within = (not before or place >= before.end) and (not after or place < after.start)
            value = int(printed["running"])
            between = low < value < high or (printed["letter"] and low <= value <= high)
            one = _heading(block, index, printed) if within and between else None
            if one:
                low = value
                yield one


def _heading(block: Block, index: int, printed: re.Match[str]) -> Found | None:
    """The heading at this number, where a line or a sentence begins there."""
    above = block.text[: printed.start()].rstrip()
    opens = not above or _opens_line(block, printed.start())
    distinctive = not printed["number"].isdigit()
    if not opens and not (above.endswith(_SENTENCE_ENDS) and (distinctive or printed["mark"])):
        return None
    begins = _TITLE.match(block.text, printed.end())
    if begins is None:
        return None
    title, length = heading_of(Block("paragraph", block.text[begins.end():]), block.text[begins.end():], 0)
    usual = union("structure", "usual_items").fullmatch(title) is not None
    if not title or len(title.split()) > _MOST_WORDS or not (distinctive or usual or (opens and printed["mark"])):
        return None
    return Found(clean_number(printed["number"]), title, block.start + printed.start(),
                 block.start + begins.end() + length, index, "item.joined", 0.7, reference_in(title))


def _opens_line(block: Block, offset: int) -> bool:
    """Whether the word at `offset` of the block's text is the first on its printed line."""
    at = next((i for i, word in enumerate(block.words) if word.start == block.start + offset), None)
    if at is None:
        return False
    return at == 0 or abs(block.words[at].top - block.words[at - 1].top) > max(block.words[at].size, 4) * 0.6


def _value(shape: re.Pattern[str], one: Found | None) -> int | None:
    printed = shape.match(f"{one.number} ") if one else None
    return int(printed["running"]) if printed else None
