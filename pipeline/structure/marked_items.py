"""Items whose headings the source marks: a site's styles, a copied page's layout, "(Item 5)" behind a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document import Block
from pipeline.structure.found import Found, clean_number, clean_title, reference_in
from pipeline.structure.known import union
from pipeline.structure.lines import is_capitals
from pipeline.structure.people import has_personal_title
from pipeline.structure.run_in import before_text
from pipeline.structure.site_marks import ISSUE_MEETING, ITEM_MEETING, SITE_LABEL

_NUMBER_CELL = "mgItemNumberCell"
_TITLE = "mgAiTitleTxt"
_NUMBER_ALONE = re.compile(
    r"^(?:\*\s*)?(?:\d{1,4}[A-Za-z]?|\d{1,4}/\d{1,4}|[A-Z]{1,4}[./]?\d{1,4}|"
    r"(?=[A-Z/-]*\d)(?=[\d-]*[A-Z/])[A-Z\d]{1,6}(?:[-/][A-Z\d]{1,6}){1,3})(?:\.\d{1,3})?\.?$"
)
_FRONT = re.compile(r"[A-Z]{2,6}")
_COPIED_HEAD = re.compile(r"(?i:^(?:(?:note\s+)?no\.?\s*\|?\s*item\b.*|items|rhif eitem|rhif\.?\s+eitem)$)")
_MOST_TITLE_WORDS = 40
_WIDEST_STEP = 6
_AGENDA_NUMBER = re.compile(
    r"\((?i:agenda\s+no|"
    r"(?:agenda\s+)?item)\.?\s*(?:no\.?\s*)?(?P<number>[A-Z]?\d{1,3}[A-Za-z]?(?:\.\d+)?)\s*\)\s*\.?$"
)
_OWN_NUMBER = re.compile(r"^(?P<number>\d{1,4}(?:[./]\d{1,4}){0,2}[a-z]?)\.?\s+(?=\S)")
_AGENDA_ITEM = re.compile(r"(?i:^(?:agenda item|eitem agenda)$)")


def marked_by_style(blocks: Sequence[Block]) -> list[Found]:
    """Items of a ModernGov page or web-service answer, by the styles of its number and title cells."""
    found: list[Found] = []
    number: Block | None = None
    at = 0
    for index, block in enumerate(blocks):
        if _NUMBER_CELL in block.style:
            number, at = block, index
        elif _TITLE in block.style:
            title = clean_title(block.text)
            own = number if number is not None and index - at <= 2 else None
            first, start = (at, own.start) if own else (index, block.start)
            if title:
                found.append(Found(clean_number(own.text) or None if own else None, title, start, block.end, first,
                                   "item.style", reference=reference_in(title)))
            number = None
    return found


def agenda_item_page(blocks: Sequence[Block]) -> list[Found]:
    """The one item of a page that shows a single item: "Agenda item", its title, "Minutes:"."""
    issue = list(_issue_meetings(blocks))
    if issue:
        return issue
    head = [i for i, block in enumerate(blocks[:6]) if _AGENDA_ITEM.match(block.text.strip())]
    at = head[0] + 1 if head else len(blocks)
    if at >= len(blocks) or SITE_LABEL.match(blocks[at].text.strip()):
        return []
    block = blocks[at]
    if len(block.text.split()) > _MOST_TITLE_WORDS or re.search(r"[a-z]\.$", block.text.strip()):
        return []
    title = clean_title(block.text)
    own = _OWN_NUMBER.match(title)
    number: str | None
    if own and own["number"] and "." in title[: own.end()]:
        number, title = clean_number(own["number"]), title[own.end():]
    else:
        number = next((m["number"] for b in blocks[at + 1:at + 4] if (m := ITEM_MEETING.match(b.text.strip()))), None)
    return [Found(number, title, block.start, block.end, at, "item.page", reference=reference_in(title))]


def _issue_meetings(blocks: Sequence[Block]) -> Iterator[Found]:
    """An issue's page lists the meetings that took it, each with its item below."""
    for index, block in enumerate(blocks[:-1]):
        meeting = ISSUE_MEETING.match(block.text)
        if meeting is None:
            continue
        at = index + 1
        if SITE_LABEL.match(blocks[at].text.strip()) and index and _plain_title(blocks[index - 1]):
            at = index - 1  # the issue's title stands above its one meeting
        heading = blocks[at]
        own = _OWN_NUMBER.match(heading.text)
        title = clean_title(heading.text[own.end():] if own else heading.text)
        if title and not SITE_LABEL.match(heading.text.strip()):
            number = clean_number(own["number"]) if own else meeting["number"]
            yield Found(number, title, heading.start, heading.end, at, "item.issue", reference=reference_in(title))


def _plain_title(block: Block) -> bool:
    text = block.text.strip()
    return (block.table is None and 0 < len(text.split()) <= _MOST_TITLE_WORDS and not SITE_LABEL.match(text)
            and not ISSUE_MEETING.match(text) and not text.endswith("|"))


def copied_page(blocks: Sequence[Block]) -> list[Found]:
    """Items of a meeting's page copied as text: a number alone in its line, the title in the next."""
    start = next((i + 1 for i, block in enumerate(blocks) if _COPIED_HEAD.match(block.text.strip())), None)
    labels = sum(1 for block in blocks if SITE_LABEL.match(block.text.strip()))
    alone = list(_numbers_alone(blocks, start or 0))
    fronts = {_front(blocks, index) for index in alone}
    plain = start is None and labels < 2 and (len(alone) < 3 or len(fronts) > 1 or None in fronts)
    if len(alone) < (3 if plain else 2) or any(block.table for block in blocks[:3]):
        return []
    if plain and not _plainly_items(blocks, alone):
        return []
    found: list[Found] = []
    for index in alone:
        title = blocks[index + 1]
        printed = before_text(title.text)
        text = clean_title(printed)
        front = _front(blocks, index)
        first = index - 1 if front else index
        number = clean_number(f"{front} {blocks[index].text}" if front else blocks[index].text)
        if text:
            found.append(Found(number, text, blocks[first].start, title.start + len(printed), first, "item.copied",
                               0.95, reference_in(text)))
    return found


def _front(blocks: Sequence[Block], index: int) -> str | None:
    """The body's letters in the line above a number: "CAB" above "141/09"; None where other words stand there."""
    text = blocks[index - 1].text.strip() if index else ""
    return text if _FRONT.fullmatch(text) and "/" in blocks[index].text else None


def _plainly_items(blocks: Sequence[Block], alone: Sequence[int]) -> bool:
    """Numbers before titles, two of which all agendas have; three where the numbers have no dot."""
    titles = [before_text(blocks[index + 1].text) for index in alone]
    usual = union("structure", "usual_items")
    dotted = all(blocks[index].text.strip().endswith(".") for index in alone)
    least = 2 if dotted or all(is_capitals(title) for title in titles) else 3
    least = 1 if all("/" in blocks[index].text and "-" in blocks[index].text for index in alone) else least
    return (all(title[0].isupper() and len(title) < 160 for title in titles)
            and sum(1 for title in titles if usual.fullmatch(clean_title(title))) >= least)


def _numbers_alone(blocks: Sequence[Block], first: int) -> Iterator[int]:
    """Indices of blocks that are nothing but the next item's number; a label never is an item's title."""
    previous: list[int] = []
    for index in range(first, len(blocks) - 1):
        text = blocks[index].text.strip()
        if not _NUMBER_ALONE.match(text) or SITE_LABEL.match(blocks[index + 1].text.strip()):
            continue
        below = blocks[index + 1].text
        if _NUMBER_ALONE.match(below.strip()) or len(before_text(below)) > 300:
            continue
        value = [int(digits) for digits in re.findall(r"\d+", text)]
        if not previous or _may_follow(previous, value):
            previous = value
            yield index


def _may_follow(previous: Sequence[int], value: Sequence[int]) -> bool:
    """Whether a number comes soon after another: "142/21" after "141/21", "18-19/FRA/2" after "18-19/FRA/1"."""
    if len(previous) != len(value):
        return previous[0] <= value[0] <= previous[0] + _WIDEST_STEP
    steps = [b - a for a, b in zip(previous, value, strict=True) if a != b]
    return not steps or (len(steps) == 1 and 0 < steps[0] <= _WIDEST_STEP) or 0 < value[0] - previous[0] <= _WIDEST_STEP


def with_agenda_number(blocks: Sequence[Block]) -> list[Found]:
    """Titles with the agenda's number behind them: "76. Apologies" and "(Item 1)" in the same or the next line.

    A minute number before the title is the item's number; without one, the agenda's is.
    """
    found: list[Found] = []
    for index, block in enumerate(blocks):
        mark = _AGENDA_NUMBER.search(block.text)
        if mark is None or block.table is not None:
            continue
        alone = mark.start() == 0
        at = index - 1 if alone else index
        if at < 0 or (found and found[-1].block >= at) or len(block.text) > 400:
            continue
        heading = blocks[at]
        if alone and not _could_be_title(heading):
            continue
        title = heading.text if alone else block.text[: mark.start()]
        if has_personal_title(title):  # somebody who came for that item
            continue
        first, title = _title_above(blocks, at, title) if alone else (at, title)
        own = _OWN_NUMBER.match(title)
        number = clean_number(own["number"]) if own else mark["number"]
        title = clean_title(title[own.end():] if own else title)
        if title:
            found.append(Found(number, title, blocks[first].start, block.end, first, "item.agenda_number",
                               reference=reference_in(title)))
    return _with_unmarked(blocks, found) if len(found) >= 2 else []


def _with_unmarked(blocks: Sequence[Block], found: Sequence[Found]) -> list[Found]:
    """Put in headings of the same make that lack their "(Item 8)", where just so many numbers are left out.

    Their number is not printed, so they have none.
    """
    filled: list[Found] = []
    for before, one in zip([None, *found], found, strict=False):
        if before and (before.number or "").isdigit() and (one.number or "").isdigit():
            lost = [i for i in range(before.block + 1, one.block)
                    if blocks[i].role == "heading" and _make(blocks[i]) == _make(blocks[one.block])]
            if lost and len(lost) == int(one.number or 0) - int(before.number or 0) - 1:
                filled += [Found(None, clean_title(blocks[i].text), blocks[i].start, blocks[i].end, i,
                                 "item.unmarked", 0.7) for i in lost]
        filled.append(one)
    return filled


def _make(block: Block) -> tuple[int, bool, int]:
    return block.level, block.bold, round(block.size)


def _could_be_title(block: Block) -> bool:
    if block.table is not None or len(block.text) > 400:
        return False
    return block.role == "heading" or not block.text.rstrip().endswith(".")


def _title_above(blocks: Sequence[Block], at: int, title: str) -> tuple[int, str]:
    """A title that layout left in two blocks is joined to the one above that bears the number."""
    above = blocks[at - 1] if at else None
    if (above is not None and not _OWN_NUMBER.match(title) and above.role == "heading" and blocks[at].role == "heading"
            and above.page == blocks[at].page and _OWN_NUMBER.match(above.text) and above.bold == blocks[at].bold):
        return at - 1, f"{above.text} {title}"
    return at, title
