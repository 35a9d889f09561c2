"""Every way of numbering items, before titles in small letters and in capitals, is read from the same minutes."""

from __future__ import annotations

import pytest
from structure_papers import paper

from pipeline.structure import outline

BUSINESS = [
    ("Apologies for Absence", ["Apologies were received from Councillor Fern."]),
    ("Declarations of Interest", ["There were none."]),
    ("Minutes of the Previous Meeting", ["RESOLVED: That the minutes of the meeting held on 4 July 2023 be signed."]),
    ("Budget Monitoring Quarter 2", ["The Director introduced the report.", "RESOLVED:", "1. That it be noted.",
                                     "2. That a further report be brought to the next meeting."]),
    ("Road Safety Scheme, Hob Lane", ["RESOLVED - That the scheme be approved at a cost of £45,000."]),
    ("Fees and Charges 2024/25", ["RESOLVED:", "(a) that fees rise by 5%;", "(b) that parking fees be held."]),
    ("Date of Next Meeting", ["7 November 2023."]),
]
HEAD = ("Wexley Borough Council", "Scrutiny Panel",
        "Minutes of the meeting held on Tuesday 5 September 2023 at 7.00 pm",
        "Present: Councillors Ann Bell (Chair), Ben Moss and Cara Ash")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")
SCHEMES = {
    "{n}. ": "{n}", "{n}) ": "{n}", "{n} ": "{n}", "{n} - ": "{n}", "{n} – ": "{n}", "{n}: ": "{n}", "{n}.": "{n}",
    "Item {n} - ": "{n}", "Item {n}: ": "{n}", "Agenda Item {n}: ": "{n}", "ITEM NO. {n} ": "{n}", "No.{n} ": "{n}",
    "Article {n}. ": "{n}", "Minute 4{n} ": "4{n}", "Min. 4{n}: ": "4{n}", "Minute No. 4{n} - ": "4{n}",
    "4{n}/23 ": "4{n}/23", "4{n}/23-24 ": "4{n}/23-24", "4{n}/2023 - ": "4{n}/2023", "2023/04{n} ": "2023/04{n}",
    "2023-4{n} ": "2023-4{n}", "23.4{n} ": "23.4{n}", "2309.0{n} ": "2309.0{n}", "PL/23/04{n} ": "PL/23/04{n}",
    "PC4{n} ": "PC4{n}", "PC.4{n} ": "PC.4{n}", "C04{n}/23 ": "C04{n}/23", "FC4{n}/23-24 ": "FC4{n}/23-24",
    "EX/4{n} ": "EX/4{n}", "4{n}.23 ": "4{n}.23", "{n}.0 ": "{n}.0", "{n}.1 ": "{n}.1", "00{n} ": "00{n}",
    "({n}) ": "{n}", "{A}. ": "{A}", "{A}) ": "{A}", "({a}) ": "({a})", "{a}) ": "{a}", "{a}. ": "{a}",
    "{R}. ": "{R}", "{r}) ": "{r}",
}


def printed(scheme: str, place: int) -> str:
    letter, roman = "ABCDEFG"[place - 1], ROMANS[place - 1]
    return scheme.format(n=place, A=letter, a=letter.lower(), R=roman, r=roman.lower())


@pytest.mark.parametrize("capitals", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_way_of_numbering(scheme: str, capitals: bool) -> None:
    titles = [title.upper() if capitals else title for title, _ in BUSINESS]
    lines = [line for place, (title, (_, text)) in enumerate(zip(titles, BUSINESS, strict=True), 1)
             for line in (printed(scheme, place) + title, *text)]
    read = outline(paper(*HEAD, *lines))
    numbers = [printed(SCHEMES[scheme], place) for place in range(1, len(BUSINESS) + 1)]
    assert [(item.number, item.title) for item in read.items] == list(zip(numbers, titles, strict=True))
    assert (read.kind, read.body, str(read.held_on)) == ("minutes", "Scrutiny Panel", "2023-09-05")


def test_limbs_alone_are_no_items() -> None:
    read = outline(paper(*HEAD, "The Director introduced the report.", "RESOLVED:", "1. That it be noted.",
                         "2. That a further report be brought to the next meeting."))
    assert read.items == []


def test_lettered_parts_of_an_item_are_items_and_a_reports_lettered_sections_are_not() -> None:
    first = ("# 1 OPENING MATTERS", "# A Recording of Meeting", "Done.", "# B Apologies for Absence", "None.",
             "# C Declarations of Interest", "None.")
    rest = ("# 2 ROAD SAFETY SCHEME", "RESOLVED: That it be approved.", "# 3 FEES AND CHARGES", "They rise.")
    read = outline(paper(*HEAD, *first, *rest))
    assert [item.number for item in read.items] == ["1", "A", "B", "C", "2", "3"]
    sections = ("# 1 OPENING MATTERS", "# A Roads", "Dry.", "# B Bridges", "Wet.", "# C Apologies for Absence", "None.")
    assert [item.number for item in outline(paper(*HEAD, *sections, *rest)).items] == ["1", "2", "3"]
