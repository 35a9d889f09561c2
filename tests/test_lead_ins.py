"""Lines in bold that begin a list are no headings: what a paper recommends stands under them."""

from __future__ import annotations

import pytest
from structure_papers import paper

from pipeline.document import Block
from pipeline.extractors.decisions import extract
from pipeline.layout.lead_ins import set_lead_ins
from pipeline.records import Resolution, ResolutionClause
from pipeline.structure import outline


@pytest.mark.parametrize(("text", "role"), [
    ("That Cabinet:", "paragraph"),
    ("That:", "paragraph"),
    ("Members are asked to:", "paragraph"),
    ("Recommendations:", "heading"),
    ("That was the year", "heading"),
])
def test_what_leads_into_a_list_is_no_heading(text: str, role: str) -> None:
    block = Block("heading", text, 1, bold=True)
    set_lead_ins([block])
    assert block.role == role


def test_recommendations_below_a_lead_in_in_bold_are_read() -> None:
    document = paper(
        "Wexley District Council", "Cabinet", "10 October 2023", "Purpose of Report", "To set out options.",
        "Recommendations", "That Cabinet:", "1. Approves Option 3.", "2. Notes the cost.", "Background", "It is old.",
    )
    for block in document.blocks:
        if block.text in ("Recommendations", "That Cabinet:", "Background"):
            block.role, block.bold = "heading", True
    set_lead_ins(document.blocks)
    records = extract(outline(document))
    assert [r.text for r in records if isinstance(r, Resolution)] == [
        "That Cabinet:\n1. Approves Option 3.\n2. Notes the cost."
    ]
    assert [r.action for r in records if isinstance(r, ResolutionClause)] == ["approve", "note"]
