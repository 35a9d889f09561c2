"""Agenda items in every way that minutes and agendas print them."""

from __future__ import annotations

import pytest
from structure_papers import items, paper

from pipeline.document import Outline
from pipeline.structure import outline

HEAD = (
    "NETHERFIELD TOWN COUNCIL",
    "Minutes of the meeting held in the Guildhall on Monday, 3 February 2025 at 6.30pm",
    "PRESENT: Councillors J Alder (Chairman), K Birch and L Cedar",
)


def texts(read: Outline, index: int) -> list[str]:
    item = read.items[index]
    return [block.text for block in read.document.blocks[item.first : item.last]]


FORMS = [
    ("{}. Street lights", "{}", "Street lights"),
    ("{} STREET LIGHTS", "{}", "STREET LIGHTS"),
    ("24/{} Street lights", "24/{}", "Street lights"),
    ("{}/24 Street lights", "{}/24", "Street lights"),
    ("25.02.{} Street lights", "25.02.{}", "Street lights"),
    ("25..02.{} Street lights", "25.02.{}", "Street lights"),
    ("C0{}/23 1. STREET LIGHTS.", "C0{}/23", "STREET LIGHTS"),
    ("Minute {} - Street lights", "{}", "Street lights"),
    ("Item {} – Street lights", "{}", "Street lights"),
    ("{}. Street lights: the lamp at Mill Lane was out again.", "{}", "Street lights"),
    ("{}. Street lights – to resolve which lamps to mend", "{}", "Street lights"),
]


@pytest.mark.parametrize(("form", "number", "title"), FORMS)
def test_a_number_is_told_as_printed_without_its_dot(form: str, number: str, title: str) -> None:
    lines = [line for value in (11, 12, 13) for line in (form.format(value), "It was resolved to mend it.")]
    assert items(outline(paper(*HEAD, *lines))) == [
        (number.format(value), title) for value in (11, 12, 13)
    ]


def test_roman_numbers_count_items_before_capitals() -> None:
    lines = (
        "I APOLOGIES",
        "None.",
        "II DECLARATIONS OF INTEREST",
        "None.",
        "III FERRY FARES",
        "The Board agreed them.",
    )
    assert items(outline(paper(*HEAD, *lines))) == [
        ("I", "APOLOGIES"),
        ("II", "DECLARATIONS OF INTEREST"),
        ("III", "FERRY FARES"),
    ]


def test_paragraph_numbers_within_an_item_are_no_items() -> None:
    read = outline(
        paper(
            *HEAD,
            "# 76. Apologies",
            "None.",
            "# 77. Budget monitoring",
            "1. The Treasurer introduced the report.",
            "2. Members asked about reserves.",
            "3. RESOLVED that the report be noted.",
            "# 78. Risk register",
            "1. The Clerk said that nothing had changed.",
            "2. RESOLVED that it be noted.",
        )
    )
    assert [(i.number, i.title) for i in read.items] == [
        ("76", "Apologies"),
        ("77", "Budget monitoring"),
        ("78", "Risk register"),
    ]
    assert texts(read, 1)[-1] == "3. RESOLVED that the report be noted."


def test_the_agendas_number_behind_a_title_is_not_the_minutes_number() -> None:
    lines = ("# 76. Apologies", "(Item 1)", "None.", "# 77. Ferry fares (Item 2)", "RESOLVED that they rise.")
    assert items(outline(paper(*HEAD, *lines))) == [("76", "Apologies"), ("77", "Ferry fares")]


def test_without_a_minute_number_the_agendas_number_is_it() -> None:
    lines = (
        "# Apologies",
        "(Item 1)",
        "None.",
        "# Ferry fares",
        "(Item 2)",
        "RESOLVED that they rise.",
        "# Pier repairs",
        "Noted.",
        "# Work programme",
        "(Item 4)",
        "Noted.",
    )
    assert items(outline(paper(*HEAD, *lines))) == [
        ("1", "Apologies"),
        ("2", "Ferry fares"),
        (None, "Pier repairs"),
        ("4", "Work programme"),
    ]


def test_headings_without_numbers_are_items_where_usual_ones_are_among_them() -> None:
    lines = (
        "# Apologies",
        "None.",
        "# Declarations of interest",
        "None.",
        "# Minutes of last meeting",
        "Agreed.",
        "# Potholes",
        "The Clerk would report these.",
    )
    assert items(outline(paper(*HEAD, *lines))) == [
        (None, "Apologies"),
        (None, "Declarations of interest"),
        (None, "Minutes of last meeting"),
        (None, "Potholes"),
    ]


def test_a_copied_page_gives_numbers_alone_and_says_what_it_cuts() -> None:
    read = outline(
        paper(
            "Agenda and minutes",
            "Harbour Panel - Tuesday, 5th March, 2024 10.00 am",
            "Items",
            "No. Item",
            "11.",
            "Apologies",
            "Minutes:",
            "None.",
            "12.",
            "Pier repairs pdf icon PDF 2 MB",
            "To consider tenders.",
            "Additional documents:",
            "Minutes:",
            "The Panel heard ... view the full minutes text for item 12.",
            "13.",
            "Minutes",
            "Minutes:",
            "Agreed.",
        )
    )
    assert [(i.number, i.title, i.truncated) for i in read.items] == [
        ("11", "Apologies", False),
        ("12", "Pier repairs", True),
        ("13", "Minutes", False),
    ]


def test_a_sites_styles_mark_items() -> None:
    read = outline(
        paper(
            "[mgMainTitleTxt] Agenda and draft minutes",
            "[mgSubTitleTxt] Harbour Panel - Tuesday 5 March 2024 10.00 am",
            "[mgItemNumberCell] 7.",
            "[mgAiTitleTxt] 24/00011 - Ferry fares PDF 161 KB",
            "[mgSubItemTitleTxt] Minutes:",
            "[mgWordPara] RESOLVED that they rise.",
            "[mgAiTitleTxt] Urgent business",
            "[mgWordPara] There was none.",
        )
    )
    assert [(i.number, i.title, i.reference) for i in read.items] == [
        ("7", "24/00011 - Ferry fares", "24/00011"),
        (None, "Urgent business", None),
    ]


def test_a_page_of_one_item_has_one_item_without_a_number() -> None:
    document = paper("Agenda item", "Ferry fares", "Minutes:", "The Panel noted the fares.")
    assert items(outline(document)) == [(None, "Ferry fares")]


def test_an_issues_page_has_the_item_of_each_meeting() -> None:
    document = paper(
        "Issue - meetings",
        "Ferry fares",
        "Meeting: 20/09/2017 - Council (Item 52)",
        "52 Ferry fares PDF 164 KB",
        "Minutes:",
        "RESOLVED that they rise.",
    )
    assert items(outline(document)) == [("52", "Ferry fares")]


def test_rows_of_a_table_of_minutes_are_items() -> None:
    table = [
        ["Item", "Discussion", "Action"],
        ["1", "Welcome and apologies. The Chair welcomed all.", ""],
        ["2", "Declarations of interest: none.", "AB"],
        ["3", "Minutes of the previous meeting. Agreed.", ""],
    ]
    read = outline(paper(*HEAD, table))
    assert [(i.number, i.title) for i in read.items] == [
        ("1", "Welcome and apologies"),
        ("2", "Declarations of interest"),
        ("3", "Minutes of the previous meeting"),
    ]
    second = read.document.text.index("none.")
    assert read.item_index_at(second) == 1


def test_rows_of_a_table_of_figures_are_no_items() -> None:
    table = [
        ["Row", "Service", "£000s"],
        ["1", "Libraries", "120"],
        ["2", "Parks", "80"],
        ["3", "Roads", "410"],
    ]
    assert (
        outline(paper(*HEAD, "1. Apologies", "None.", table, "2. Finance", "Noted.")).items[0].title
        == "Apologies"
    )
    assert len(outline(paper(*HEAD, "1. Apologies", "None.", table, "2. Finance", "Noted.")).items) == 2


def test_a_report_has_no_items() -> None:
    read = outline(
        paper(
            "Report to: Cabinet",
            "Subject: Pier repairs",
            "1. Purpose of report",
            "1.1 To set out the cost.",
            "2. Recommendations",
            "2.1 Cabinet is asked to approve them.",
        )
    )
    assert (read.kind, read.items) == ("report", [])


def test_items_without_text_follow_each_other_in_an_agenda() -> None:
    read = outline(
        paper(
            "AGENDA",
            "CABINET",
            "1. Apologies",
            "2. Minutes of the meeting held on 9th January 2025 (Pages 1 - 10)",
            "3. Ferry fares: the tenth year (page 11)",
        )
    )
    assert [(i.number, i.title, i.first, i.last) for i in read.items] == [
        ("1", "Apologies", 2, 3),
        ("2", "Minutes of the meeting held on 9th January 2025", 3, 4),
        ("3", "Ferry fares: the tenth year", 4, 5),
    ]


def test_a_repeated_number_keeps_both_items() -> None:
    lines = (
        "# 4. Matters arising",
        "None.",
        "# 5. Ferry fares",
        "Noted.",
        "# 5. Pier repairs",
        "Noted.",
        "# 6. Finance",
        "Noted.",
    )
    assert [number for number, _ in items(outline(paper(*HEAD, *lines)))] == ["4", "5", "5", "6"]
