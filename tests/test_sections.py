"""Headed parts of a document."""

from __future__ import annotations

from structure_papers import paper

from pipeline.document import Document
from pipeline.structure import outline


def parts(document: Document) -> list[tuple[str, str | None, list[str]]]:
    read = outline(document)
    return [
        (s.heading, s.number, [b.text for b in read.document.blocks[s.first : s.last]]) for s in read.sections
    ]


def test_numbered_headings_hold_their_paragraphs() -> None:
    found = parts(
        paper(
            "Report to: Cabinet",
            "# 1.0 Purpose of Report",
            "1.1 To set out the cost.",
            "# 2.0 Recommendations",
            "2.1 Cabinet is asked to approve it.",
            "# 3.0 Options considered",
            "3.1 Do nothing.",
        )
    )
    assert found == [
        ("Purpose of Report", "1.0", ["1.1 To set out the cost."]),
        ("Recommendations", "2.0", ["2.1 Cabinet is asked to approve it."]),
        ("Options considered", "3.0", ["3.1 Do nothing."]),
    ]


def test_a_lower_heading_stands_within_the_higher() -> None:
    found = parts(
        paper(
            "Report to: Cabinet",
            "# 1. Background",
            "Old.",
            "# 1.1 The pier",
            "Rusty.",
            "# 2. Recommendations",
            "Mend it.",
        )
    )
    assert [(heading, len(texts)) for heading, _, texts in found] == [
        ("Background", 3),
        ("The pier", 1),
        ("Recommendations", 1),
    ]


def test_known_titles_are_headings_in_plain_type() -> None:
    found = parts(
        paper(
            "Report to: Cabinet",
            "Recommendation",
            "That it be mended.",
            "Reasons for recommendation",
            "It is rusty.",
        )
    )
    assert [heading for heading, _, _ in found] == ["Recommendation", "Reasons for recommendation"]


def test_a_run_in_heading_begins_with_its_own_block() -> None:
    found = parts(
        paper(
            "To: Cabinet",
            "Recommendation: Cabinet is asked to note the report.",
            "# Introduction",
            "It is short.",
        )
    )
    assert found[0] == ("Recommendation", None, ["Recommendation: Cabinet is asked to note the report."])


def test_lines_of_the_form_are_no_headings() -> None:
    found = parts(paper("# Meeting: Cabinet", "# Wards affected: All", "# Purpose", "To note."))
    assert [heading for heading, _, _ in found] == ["Purpose"]


def test_labels_of_a_table_head_their_rows() -> None:
    found = parts(
        paper(
            "# Record of Officer Decision",
            [
                ["Decision maker", "Director of Place"],
                ["Decision", "To award it."],
                ["Reasons for decision", "Lowest price."],
            ],
        )
    )
    assert [heading for heading, _, _ in found][1:] == ["Decision", "Reasons for decision"]


def test_minutes_and_decision_of_an_item_belong_to_it() -> None:
    read = outline(
        paper(
            "[mgMainTitleTxt] Agenda and minutes",
            "[mgSubTitleTxt] Harbour Panel - Tuesday 5 March 2024 10.00 am",
            "[mgItemNumberCell] 7.",
            "[mgAiTitleTxt] Ferry fares",
            "[mgSubItemTitleTxt] Decision:",
            "[mgWordPara] That they rise.",
            "[mgSubItemTitleTxt] Minutes:",
            "[mgWordPara] The Panel heard of costs.",
            "[mgItemNumberCell] 8.",
            "[mgAiTitleTxt] Finance",
            "[mgSubItemTitleTxt] Minutes:",
            "[mgWordPara] Noted.",
        )
    )
    inside = [(s.heading, s.item, s.first, s.last) for s in read.sections if s.item is not None]
    assert inside == [("Decision", 0, 5, 6), ("Minutes", 0, 7, 8), ("Minutes", 1, 11, 12)]


def test_dates_and_rules_are_no_headings() -> None:
    assert parts(paper("# Purpose", "To note.", "# 17/1/2025", "# ........")) == [
        ("Purpose", None, ["To note.", "17/1/2025", "........"]),
    ]
