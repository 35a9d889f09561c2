"""Which alternative was taken and which were turned down: by their own words, by what is decided or recommended."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.options.alternatives import Alternative, Setting
from pipeline.extractors.options.wording import (
    chosen_by_words,
    chosen_marks,
    names_another,
    own_status,
    rejected_marks,
    share_taken_up,
    told,
)
from pipeline.records import OptionStatus

Verdict = tuple[OptionStatus | None, float]
"""A status and how sure it is."""
NEAR = 2_000
"""Characters behind a set within which a mere preference is of these options; further on it is somebody's answer."""
DECISION_REACH = 3
"""Blocks behind a set within which the decision on it begins."""
FIGURE = re.compile(r"£\d[\d,]*(?:\.\d+)?(?:\s?(?:million|m|bn|k)\b)?|\d+(?:\.\d+)?\s?%")
OPENING = 60
"""Characters of an alternative within which its own figure stands ("a rise of 4%, which …")."""
FELL = re.compile(r"\b(?:lost|fell|defeated|not carried|not supported)\b", re.I)
LEFT_OVER = 0.25
"""Of the words of the one alternative that was not turned down, the share by which a decision is known to take it."""


def verdicts(outline: Outline, current: Setting, following: int, alone: bool) -> list[Verdict]:
    """The verdict on each alternative of a set.

    `following` is the document offset at which the next set begins; `alone` tells whether no other set has the same
    labels, so that these mean this one wherever its item speaks of them.
    """
    index = outline.item_index_at(current.alternatives[0].start)
    item = outline.items[index] if index is not None else None
    text, blocks = outline.document.text, outline.document.blocks
    begin, end = (item.start, blocks[max(item.last - 1, item.first)].end) if item is not None else (0, len(text))
    first, last = current.alternatives[0], current.alternatives[-1]
    behind = text[last.end : min(end, following)].replace("\n", ". ")
    around = f"{text[begin : first.opens]}\n{text[last.end : end]}".replace("\n", ". ") if alone else ""
    chosen, refused = _spoken_of(current, behind)
    if not chosen:
        elsewhere = chosen_marks(around, decided=True, among=_marks(current))
        chosen = elsewhere if len(elsewhere) == 1 else set()
    given = [_status(one, current, chosen, refused) for one in current.alternatives]
    minuted = outline.kind in ("minutes", "decision_notice")
    if minuted and all(status == "considered" for status, _ in given):
        taken_up = _taken_up(outline, current)
        taken_up = _by_figure(outline, current, end) if taken_up is None else taken_up
        if taken_up is not None:
            return [("preferred", 0.6) if at == taken_up else ("rejected", 0.6) for at in range(len(given))]
    left = [at for at, (status, _) in enumerate(given) if status != "rejected"]
    if minuted and len(given) > 1 and len(left) == 1 and given[left[0]][0] == "considered":
        decision = _decided_behind(outline, current, end)
        if decision and share_taken_up(current.alternatives[left[0]].text, decision) >= LEFT_OVER:
            given[left[0]] = ("preferred", 0.6)
    taken = sum(status == "preferred" for status, _ in given)
    if _settled(current, behind if minuted else around) or (outline.kind == "decision_notice" and taken == 1):
        given = [v if v[0] in ("preferred", "rejected") else ("rejected", 0.7) for v in given]
    return given


def _marks(current: Setting) -> frozenset[str]:
    return frozenset(one.mark for one in current.alternatives if one.mark)


def _spoken_of(current: Setting, behind: str) -> tuple[set[str], set[str]]:
    """Marks that the text behind a set chooses and turns down; what settles the matter goes before a preference."""
    own = _marks(current)
    if not own:
        return set(), set()
    chosen = chosen_marks(behind, settled=True, among=own) or chosen_marks(behind[:NEAR], among=own)
    return chosen, rejected_marks(behind)


def _by_figure(outline: Outline, current: Setting, end: int) -> int | None:
    """Index of the alternative whose own rate or sum the decision of the item repeats, and none of the others'."""
    opening = [FIGURE.search(one.text[:OPENING]) for one in current.alternatives]
    figures = [figure[0] if figure else "" for figure in opening]
    if sum(map(bool, figures)) < len(figures) - 1 or len(set(figures)) < len(figures):
        return None
    decision = _decided_behind(outline, current, end)
    if FELL.search(decision):
        return None
    said = set(FIGURE.findall(decision))
    taken = [at for at, figure in enumerate(figures) if figure and figure in said]
    return taken[0] if len(taken) == 1 else None


def _taken_up(outline: Outline, current: Setting) -> int | None:
    """Index of the alternative that the decision right behind the set repeats in its own words."""
    last = current.alternatives[-1]
    blocks = outline.document.blocks
    behind = outline.document.text[last.end : blocks[last.block].end]
    for text in (behind, *(block.text for block in blocks[last.block + 1 : last.block + 1 + DECISION_REACH])):
        if told("decides", text):
            return chosen_by_words([one.text for one in current.alternatives], text)
    return None


def _decided_behind(outline: Outline, current: Setting, end: int) -> str:
    """The first words behind a set that decide, and the blocks of the decision, up to the end of its item."""
    blocks = outline.document.blocks
    for at in range(current.alternatives[-1].block + 1, len(blocks)):
        if blocks[at].start >= end:
            break
        if told("decides", blocks[at].text):
            return " ".join(block.text for block in blocks[at : at + DECISION_REACH])
    return ""


def _settled(current: Setting, spoken: str) -> bool:
    """Whether one of the options is taken by decision, recommendation or vote, so that the others fall."""
    if current.votes:
        return True
    return bool(chosen_marks(spoken, settled=True, among=_marks(current)))


def _status(one: Alternative, current: Setting, chosen: set[str], refused: set[str]) -> Verdict:
    """By what a table notes of it, by its own words, by the decision, by the heading."""
    if one.mark in current.votes:
        won = max(current.votes.values())
        first = current.votes[one.mark] == won and list(current.votes.values()).count(won) == 1
        return "preferred" if first else "rejected", 0.85
    note = own_status(current.notes[one.mark]) if one.mark in current.notes else None
    if one.mark in current.notes:
        return note or "rejected", 0.85
    reasons = [text for text in one.reasons if not names_another(text, one.mark)]
    own = own_status(one.text) or next((s for text in reasons if (s := own_status(text))), None)
    if own == "rejected" and told("preferred", one.text) is None:
        return own, 0.85
    if own:
        return own, 0.85
    if one.mark and one.mark in chosen and one.mark not in refused and len(chosen) * 2 < len(current.alternatives) + 1:
        return "preferred", 0.75
    if one.mark and one.mark in refused:
        return "rejected", 0.8
    return current.status or "considered", 0.7 if current.status else 0.5
