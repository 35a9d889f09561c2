"""What stands before, above and below the numbers of items: stars, a body's letters, parts with titles of their own."""

from __future__ import annotations

import pytest
from structure_papers import items, paper

from pipeline.structure import outline


def items_of(*lines: str) -> list[tuple[str | None, str]]:
    return items(outline(paper(*lines)))


def test_a_star_before_a_number_and_a_letter_behind_it() -> None:
    assert items_of(
        "NETHERFIELD AND CALDER FIRE AUTHORITY", "Minutes of the meeting held on 6 May 2019",
        "*NCFA/7     Minutes", "RESOLVED that the Minutes be signed.",
        "NCFA/8     Reports from Committees",
        "*NCFA/8a     Estates Committee", "RESOLVED that the report be adopted.",
        "*NCFA/8b     Standards Committee", "RESOLVED that the report be received.",
        "NCFA/9     Pumping Station", "The Authority heard from the Treasurer.",
    ) == [
        ("NCFA/7", "Minutes"), ("NCFA/8", "Reports from Committees"), ("NCFA/8a", "Estates Committee"),
        ("NCFA/8b", "Standards Committee"), ("NCFA/9", "Pumping Station"),
    ]


def test_a_number_with_its_year_printed_twice_in_plain_type() -> None:
    assert items_of(
        "WEXLEY COMMUNITY COUNCIL", "Minutes of the meeting held on 6 May 2019",
        "41/19 Apologies for Absence", "Mr T Hale",
        "42/19 Playing field", "Resolved to mow it.",
        "42/19 Bus shelter", "Resolved to paint it.",
    ) == [("41/19", "Apologies for Absence"), ("42/19", "Playing field"), ("42/19", "Bus shelter")]


def test_a_body_s_letters_in_the_line_above_the_number() -> None:
    assert items_of(
        "Ashbourne Vale Borough Council", "Executive Minutes", "6 May 2009", "Item Description Decision",
        "EXE", "12/09", "MINUTES", "The minutes were signed.",
        "EXE", "13/09", "2009/10 ESTIMATES", "RESOLVED that the estimates be approved.",
        "EXE", "14/09", "MARKET SQUARE", "RESOLVED that the paving be renewed.",
    ) == [("EXE 12/09", "MINUTES"), ("EXE 13/09", "2009/10 ESTIMATES"), ("EXE 14/09", "MARKET SQUARE")]


def test_a_usual_title_with_a_date_ends_at_its_full_stop() -> None:
    assert items_of(
        "Milburn Town Council", "Minutes of the meeting held on 11 June 2019",
        "71. Public Participation. Nobody had come.",
        "72. Minutes of the Meeting held on 14th May 2019. The Minutes, sent out before, were held to be right.",
        "73. Finance. (a) Balances at the bank",
        "74. Duck pond. The clerk had one price.",
    ) == [
        ("71", "Public Participation"), ("72", "Minutes of the Meeting held on 14th May 2019"), ("73", "Finance"),
        ("74", "Duck pond"),
    ]


HEAD = ("MINUTES OF MILBURN PARISH COUNCIL", "held on 11 June 2019", "1. APOLOGIES", "Cllr Hale.")


def test_parts_with_titles_are_items() -> None:
    assert items_of(
        *HEAD, "2. FINANCE", "2.1 Bills to be paid", "RESOLVED to pay them.", "2.2 Brass band", "It wanted a tuba.",
        "3. DATE OF NEXT MEETING", "9 July 2019.",
    ) == [("1", "APOLOGIES"), ("2", "FINANCE"), ("2.1", "Bills to be paid"), ("2.2", "Brass band"),
          ("3", "DATE OF NEXT MEETING")]


def test_paragraphs_numbered_as_parts_are_no_items() -> None:
    assert items_of(
        *HEAD, "2. FINANCE", "2.1 The Clerk reported on the balances.", "There was more than last year.",
        "2.2 Brass band", "It wanted a tuba.", "3. ROADS", "3.1 High Street", "3.2 Mill Lane",
        "4. DATE OF NEXT MEETING", "9 July 2019.",
    ) == [("1", "APOLOGIES"), ("2", "FINANCE"), ("3", "ROADS"), ("4", "DATE OF NEXT MEETING")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("04/08:01 APOLOGIES", "Cllr Hale.", "04/08:02 DUCK POND", "It is dry."),
            [("04/08:01", "APOLOGIES"), ("04/08:02", "DUCK POND")],
        ),
        (
            ("M/14/2006:- APOLOGIES", "Cllr Hale.", "M/15/2006:- DUCK POND", "It is dry."),
            [("M/14/2006", "APOLOGIES"), ("M/15/2006", "DUCK POND")],
        ),
        (
            ("1. To elect a Chair for the coming year and receive the Declaration of Acceptance of Office, witnessed "
             "by the Clerk.", "Cllr Hale was elected.", "2. To RESOLVE to receive apologies and accept the reasons.",
             "Cllr Ince was ill.", "3. Chair’s welcome:", "All were welcome."),
            [("1", "To elect a Chair for the coming year and receive the Declaration of Acceptance of Office, "
              "witnessed by the Clerk"), ("2", "To RESOLVE to receive apologies and accept the reasons"),
             ("3", "Chair’s welcome")],
        ),
        (
            ("66-24/25", "To receive apologies for absence and reasons given.", "All had come.", "67-24/25",
             "Receive updates from the Chair.", "The gate was mended.", "68-24/25", "Consider the map.", "It was old."),
            [("66-24/25", "To receive apologies for absence and reasons given"),
             ("67-24/25", "Receive updates from the Chair"), ("68-24/25", "Consider the map")],
        ),
        (
            ("1. APOLOGIES. There were none.", "2. PARK TREES. Soil testing has been done.",
             "3. CO-OPTION OF COUNCILLOR(S). Cllr Hale was co-opted."),
            [("1", "APOLOGIES"), ("2", "PARK TREES"), ("3", "CO-OPTION OF COUNCILLOR(S)")],
        ),
        (
            ("45 Draft report on the summer's floods PDF 269 KB", "Additional documents:", "Minutes:", "It was read."),
            [("45", "Draft report on the summer's floods")],
        ),
    ],
)
def test_marks_of_numbers_seldom_seen(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert items_of("Milburn Parish Council", "Minutes of the meeting held on 11 June 2019", *lines) == expected
