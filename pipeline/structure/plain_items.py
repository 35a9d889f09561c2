"""Items without numbers: headings of minutes, known as items by the usual titles among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Block
from pipeline.labels import split_label
from pipeline.structure.bodies import body_in
from pipeline.structure.councils import names_in
from pipeline.structure.form import key_of
from pipeline.structure.found import Found, clean_title, reference_in
from pipeline.structure.known import pattern, union
from pipeline.structure.lines import is_capitals
from pipeline.structure.people import has_personal_title
from pipeline.structure.site_marks import SITE_LABEL

LEAST_USUAL = 3
"""So many headings must be an agenda's usual ones before headings without numbers are taken for items."""
_MOST_ABOVE = 10
"""Blocks of the agenda's text that may stand between a title and its minutes."""
_MOST_PLAIN = 25
_MOST_UNMARKED = 8
_HEAD = 20
"""Blocks within which it is told who was there."""
_LEAST_SENTENCE = 4
"""A sentence below a title has more words."""
_OWN_NAME = re.compile(r"(?i:\b(?:minutes|meeting|agenda|held|present|apologies)\b)")


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


def bulleted_titles(blocks: Sequence[Block]) -> list[Found]:
    """Titles that are marked with bullets or dashes, as lists whose numbers were lost; three of them usual ones.

    Another line of the list is a title where text follows it that is no point of the list, and no colon goes ahead.
    """
    listed = [(i, label, offset) for i, block in enumerate(blocks) if block.table is None
              for label, offset in [split_label(block.text)] if label is not None and label.bullet]
    usual = [(i, label) for i, label, offset in listed if _usual(blocks[i].text[offset:])]
    if len(usual) < LEAST_USUAL:
        return []
    printed = {label.printed for _, label in usual}
    capitals = all(is_capitals(blocks[i].text) for i, _ in usual)
    points = {i for i, _, _ in listed}
    found = []
    for index, label, offset in listed:
        text = blocks[index].text[offset:]
        alone = index + 1 not in points and not blocks[index - 1].text.rstrip().endswith((":", ":-"))
        titled = alone and len(text.split()) <= _MOST_UNMARKED and re.search(r"[\w)’']$", text) is not None
        titled = is_capitals(text) if capitals else titled and index >= usual[0][0]
        if label.printed in printed and (titled or _usual(text)):
            title = clean_title(text)
            found.append(Found(None, title, blocks[index].start, blocks[index].end, index, "item.bulleted", 0.6,
                               reference_in(title)))
    return found


def single_heading(blocks: Sequence[Block]) -> list[Found]:
    """The one item of a page that shows a single item's minutes under its title, with no list of who was there."""
    attendance = union("structure", "attendance")
    if any(attendance.fullmatch(block.text.split(":")[0].strip()) for block in blocks[:12]):
        return []
    tops = [i for i, block in enumerate(blocks) if _is_heading(block) and block.level <= 1
            and not union("structure", "sections").fullmatch(clean_title(block.text))]
    if not tops or tops[0] > 4:
        return []
    titles = [i for i in tops if body_in(blocks[i].text) is None and not names_in(blocks[i].text)]
    if len(titles) != 1 or _OWN_NAME.search(blocks[titles[0]].text):
        return []
    block = blocks[titles[0]]
    title = clean_title(block.text)
    return [Found(None, title, block.start, block.end, titles[0], "item.single", 0.6, reference_in(title))]


def title_over_minutes(blocks: Sequence[Block]) -> list[Found]:
    """The one item of a page that lost its head: its title in the first line, and the site's "Minutes:" once below."""
    labels = [i for i, block in enumerate(blocks) if SITE_LABEL.match(block.text.strip())]
    minutes = [i for i in labels if blocks[i].text.strip() == "Minutes:"]
    if len(minutes) != 1 or not 1 <= labels[0] <= _MOST_ABOVE:
        return []
    block = blocks[0]
    title = clean_title(block.text)
    words = len(title.split())
    whole = title[:1].isupper() and block.text.strip()[-1:].isalnum()
    plain = block.table is None and 2 <= words <= _MOST_PLAIN and whole
    if not plain or body_in(title) is not None or names_in(title) or key_of(title.partition(":")[0]) is not None:
        return []
    return [Found(None, title, block.start, block.end, 0, "item.over_minutes", 0.5, reference_in(title))]


def titles_in_plain_type(blocks: Sequence[Block]) -> list[Found]:
    """Minutes copied as text, headings and all in one type: short lines, three of them titles that all agendas have.

    Another short line is a title only between the end of a sentence and the beginning of one.
    """
    people = pattern("structure", "attendance", "present")
    present = max((i for i, block in enumerate(blocks[:_HEAD]) if people.fullmatch(block.text.split(":")[0].strip())),
                  default=-1)
    lines = [i for i, block in enumerate(blocks) if i > present and _could_be_title(block)]
    usual = [i for i in lines if _usual(blocks[i].text)]
    if len(usual) < LEAST_USUAL or any(block.role == "heading" for block in blocks[usual[0]:]):
        return []
    capitals = any(is_capitals(blocks[i].text) for i in usual)
    chosen = [i for i in lines if (i in usual or (i >= usual[0] and _between_sentences(blocks, i))
                                   or (capitals and is_capitals(blocks[i].text)))]
    return [Found(None, title, blocks[i].start, blocks[i].end, i, "item.plain", 0.4, reference_in(title))
            for i in chosen if (title := clean_title(blocks[i].text))]


def _could_be_title(block: Block) -> bool:
    text = block.text.strip()
    if block.table is not None or not text[:1].isupper() or not 0 < len(text.split()) <= _MOST_UNMARKED:
        return False
    return re.search(r"[:£]|[^\w’')]$", text) is None and not has_personal_title(text)


def _between_sentences(blocks: Sequence[Block], at: int) -> bool:
    above, below = blocks[at - 1].text.rstrip(), blocks[at + 1].text.strip() if at + 1 < len(blocks) else ""
    return (len(blocks[at].text.split()) > 1 and above.endswith((".", ")", "!", "?"))
            and below.endswith(".") and len(below.split()) > _LEAST_SENTENCE and below[0].isupper())


def _is_heading(block: Block) -> bool:
    own = SITE_LABEL.match(block.text.strip()) is None
    return block.role == "heading" and block.table is None and len(block.text) < 200 and own


def _make(block: Block) -> tuple[str, int, bool, int]:
    return block.style, block.level, block.bold, round(block.size)


def _usual(text: str) -> bool:
    return union("structure", "usual_items").fullmatch(clean_title(text)) is not None
