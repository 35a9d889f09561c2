"""Resolutions and recommendations, clause by clause.

`extract` is the only door. Minutes and decision notices are read by `minutes`, reports and agendas by
`proposals`; what both know about markers, verbs and votes is data in `rules/`.
"""

from __future__ import annotations

from pipeline.document import Outline
from pipeline.extractors.decisions.assemble import records_of
from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.minutes import MinutesReader
from pipeline.extractors.decisions.passages import Passage, passages_of
from pipeline.extractors.decisions.proposals import ProposalReader, motion_on_notice
from pipeline.extractors.decisions.reasons import reasons_of
from pipeline.extractors.decisions.twins import without_twins
from pipeline.records import Record

__all__ = ["extract"]


def extract(outline: Outline) -> list[Record]:
    """The decisions and proposals of a document: `Resolution` records, each followed by its clauses."""
    passages = passages_of(outline)
    drafts = without_twins(_surest(_drafts(outline, passages)), outline.document.text)
    records: list[Record] = []
    for position, draft in enumerate(drafts, 1):
        records += records_of(draft, outline, position, reasons_of(draft, passages, outline.document.text))
    return records


def _drafts(outline: Outline, passages: list[Passage]) -> list[Draft]:
    if outline.kind in ("minutes", "decision_notice"):
        return MinutesReader(outline, passages).read()
    if outline.kind in ("report", "agenda", "pack"):
        return ProposalReader(outline, passages).read()
    return motion_on_notice(outline, passages)


def _surest(drafts: list[Draft]) -> list[Draft]:
    """Without ordinary sentences in items that have a decision in capitals or under a label: there they are talk."""
    marked = {d.item for d in drafts if not d.plain and (d.formal or d.place == "decision")}
    return [d for d in drafts if not (d.plain and d.item in marked)]
