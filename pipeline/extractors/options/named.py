"""Options that a decision page only names: "Options 1, 2 and 3 were rejected … That Option 4 be approved".

The report that sets them out is another paper. Where a page of decisions or minutes says of several labelled options
at once how they fared, and nothing under its item sets any out, each is an alternative that was weighed; its words are
the sentence that tells its fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Outline
from pipeline.extractors.options.alternatives import Setting
from pipeline.extractors.options.wording import chosen_marks, marks_named, told
from pipeline.extractors.sentences import sentences
from pipeline.records import OptionStatus

SEVERAL = 2
"""Options that one sentence must turn down or name, so that it tells of a weighing."""
RANKS: dict[OptionStatus, int] = {"considered": 0, "rejected": 1, "preferred": 2}
TURNED_DOWN = re.compile(r"\bdiscount\b|\bno longer\b", re.I)


@dataclass(slots=True, frozen=True)
class Named:
    """An option by its mark, its fate, and the sentence that tells it."""

    mark: str
    status: OptionStatus
    start: int
    end: int


def named_options(outline: Outline, sets: list[Setting]) -> list[list[Named]]:
    """For each item (the whole document where it has none) the options that it only names; none where any is set out.
    Only minutes and decisions are asked: a report refers to options of other papers."""
    if outline.kind not in ("minutes", "decision_notice"):
        return []
    taken = {outline.item_index_at(one.alternatives[0].start) for one in sets}
    by_item: dict[int | None, list[tuple[int, int, set[str], OptionStatus]]] = {}
    for item, start, end in _sentences(outline):
        if item not in taken:
            sentence = outline.document.text[start:end]
            by_item.setdefault(item, []).append((start, end, marks_named(sentence), _fate(sentence)))
    return [found for told_of in by_item.values() if (found := _weighed(told_of))]


def _sentences(outline: Outline) -> Iterator[tuple[int | None, int, int]]:
    """Item, start and end of every sentence that names labelled options."""
    for block in outline.document.blocks:
        if block.table is not None or "ption" not in block.text:
            continue
        for start, end in sentences(block.text):
            if marks_named(block.text[start:end]):
                yield outline.item_index_at(block.start), block.start + start, block.start + end


def _fate(sentence: str) -> OptionStatus:
    if told("rejected", sentence) or TURNED_DOWN.search(sentence):
        return "rejected"
    return "preferred" if chosen_marks(sentence, settled=True) else "considered"


def _weighed(told_of: list[tuple[int, int, set[str], OptionStatus]]) -> list[Named]:
    """The options in the order of their marks; none where no sentence turns several down."""
    if not any(fate == "rejected" and len(marks) >= SEVERAL for _, _, marks, fate in told_of):
        return []
    best: dict[str, Named] = {}
    for start, end, marks, fate in told_of:
        for mark in marks:
            if mark not in best or RANKS[fate] > RANKS[best[mark].status]:
                best[mark] = Named(mark, fate, start, end)
    return sorted(best.values(), key=lambda one: (one.mark.isalpha(), one.mark.zfill(3)))
