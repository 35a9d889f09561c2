"""Resolutions and recommendations, clause by clause.

`extract` is the only door. Minutes and decision notices are read by `minutes`, reports and agendas by
`proposals`; what both know about markers, verbs and votes is data in `rules/`.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.document import Outline
from pipeline.extractors.decisions.asked import asked_above_minutes
from pipeline.extractors.decisions.assemble import records_of
from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.grammar import rules_of
from pipeline.extractors.decisions.minutes import MinutesReader
from pipeline.extractors.decisions.notices_of_motion import motions_on_agenda
from pipeline.extractors.decisions.passages import Passage, passages_of
from pipeline.extractors.decisions.places import is_decision_label
from pipeline.extractors.decisions.plain import MOVED_AND_SETTLED
from pipeline.extractors.decisions.proposals import ProposalReader, motion_on_notice
from pipeline.extractors.decisions.reasons import reasons_of
from pipeline.extractors.decisions.twins import without_twins
from pipeline.records import Record

__all__ = ["extract"]

STANDS_ALONE = ("decision.deferred-line", "decision.elected-to-chair", "decision.not-supported")
"""Lines that settle one of several matters under an item, whatever is resolved on the others."""
SETTLING = ("decision.body-agreed", "decision.body-decided", "decision.it-was-agreed", "decision.it-was-decided")
DEED_APART = re.compile(r"to\s+(?!note|consider|discuss|support)\w+")
DEED_BEHIND = re.compile(
    rf"{DEED_APART.pattern}|that\s[^.]{{3,160}}?\s(?:be|would|will|should)\s|(?!that\s|to\s).*\bseconded\b"
)
"""What is settled to do; behind the decision in capitals also what is to be done."""
ALIKE = 62
"""Likeness in per cent from which a sentence and a marked decision of its item are about the same."""
NEIGHBOURS = 4
"""Passages within which talk and decision are taken for one matter, where no items were found."""
ABOUT_MINUTES = ("decision.minutes-approved", "decision.minutes-proposed")
"""Sentences that are no talk about another decision: the minutes are approved whatever else the item holds."""


def extract(outline: Outline) -> list[Record]:
    """The decisions and proposals of a document: `Resolution` records, each followed by its clauses."""
    passages = passages_of(outline)
    drafts = without_twins(_surest(_drafts(outline, passages), passages, outline.document.text), outline.document.text)
    records: list[Record] = []
    for position, draft in enumerate(drafts, 1):
        records += records_of(draft, outline, position, reasons_of(draft, passages, outline.document.text))
    return records


def _drafts(outline: Outline, passages: list[Passage]) -> list[Draft]:
    if outline.kind in ("minutes", "decision_notice"):
        found = [*MinutesReader(outline, passages).read(), *asked_above_minutes(outline, passages)]
        return sorted(found, key=lambda d: d.extent.start)
    if outline.kind in ("report", "agenda", "pack"):
        asked = [*motions_on_agenda(outline, passages), *ProposalReader(outline, passages).read()]
        return [*_decided_on_page(outline, passages), *sorted(asked, key=lambda d: d.extent.start)]
    return (
        motion_on_notice(outline, passages)
        or _formal_only(outline, passages)
        or ProposalReader(outline, passages).read_headed_parts()
    )


def _decided_on_page(outline: Outline, passages: list[Passage]) -> list[Draft]:
    """A page of an agenda item that has since been decided: "Decision:" and, below it, "Resolved:"."""
    if outline.kind != "agenda" or not any(is_decision_label(p.body) for p in passages):
        return []
    return [d for d in MinutesReader(outline, passages).read() if d.formal and d.place == "decision"]


def _formal_only(outline: Outline, passages: list[Passage]) -> list[Draft]:
    """A page that does not tell what it is has decisions only where a marker in capitals opens a paragraph."""
    capitals = (rule.sought.needles for rule in rules_of("markers") if rule.id.endswith("-capitals"))
    if not any(word.upper() in outline.document.text for words in capitals for word in words):
        return []
    return [
        d
        for d in MinutesReader(outline, passages).read()
        if d.formal and d.status == "decided" and d.rule.endswith("-capitals")
    ]


def _surest(drafts: list[Draft], passages: list[Passage], text: str) -> list[Draft]:
    """Without ordinary sentences in items that have a decision in capitals or under a label: there they are talk."""
    marked = [d for d in drafts if not d.plain and (d.formal or d.place == "decision")]
    kept = []
    for draft in drafts:
        talk = draft.plain and draft.rule not in STANDS_ALONE and not _settles_apart(draft, marked, text)
        beside = [m for m in marked if talk and _beside(draft, m, passages)]
        if draft.rule in ABOUT_MINUTES:
            sure = [m for m in drafts if not m.plain and m.item == draft.item]
            beside = [m for m in (*beside, *sure) if "minutes" in text[m.extent.start : m.extent.end].lower()]
        if not beside:
            kept.append(draft)
    return kept


def _settles_apart(draft: Draft, marked: list[Draft], text: str) -> bool:
    """Whether an ordinary sentence settles something to do that no marked decision of its item tells again."""
    words = text[draft.extent.start : draft.extent.end]
    said = _telling(words)
    beside = [m for m in marked if m.item == draft.item]
    behind = draft.item is not None and all(m.extent.last < draft.first for m in beside)
    deed = DEED_BEHIND if behind else DEED_APART
    if draft.rule not in (*SETTLING, *((MOVED_AND_SETTLED,) if behind else ())) or deed.match(words) is None:
        return False
    return all(
        fuzz.token_set_ratio(said, _telling(text[m.extent.start : m.extent.end])) < ALIKE
        for m in beside
    )


def _telling(words: str) -> str:
    """The longer words, in lower case."""
    return " ".join(re.findall(r"[a-z]{4,}", words.lower()))


def _beside(draft: Draft, marked: Draft, passages: list[Passage]) -> bool:
    """Whether both stand in one item; where no items were found, whether no title stands between them."""
    if draft.item != marked.item or draft.item is not None:
        return draft.item == marked.item
    first, last = sorted((draft, marked), key=lambda d: d.first)
    if last.first - max(first.extent.last, first.first) > NEIGHBOURS:
        return False
    return not any(p.heading or p.titled for p in passages[min(first.extent.last, last.first) + 1 : last.first + 1])
