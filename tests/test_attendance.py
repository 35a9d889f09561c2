"""People at meetings: lists as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structure_papers import paper

from pipeline.structure import outline
from pipeline.structure.attendance import presence_of
from pipeline.structure.people import people_in

ITEMS = ("# 1. Apologies", "None.", "# 2. Declarations of interest", "None.", "# 3. Finance", "Noted.")


def told(*lines: str | list[list[str]]) -> list[tuple[str, str, str | None]]:
    head = ("NETHERFIELD TOWN COUNCIL", "Minutes of the meeting held on 3 February 2025")
    read = outline(paper(*head, *lines))
    return [(a.presence, a.name, a.role) for a in read.attendances]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr R W Gable (Chairman), Mrs C Bell, OBE and Dr A Ghent",
            [("Mr R W Gable", "Chairman"), ("Mrs C Bell OBE", None), ("Dr A Ghent", None)],
        ),
        (
            "Councillors K. Hatton, J.W. Thomas & Mrs. D. Pratt",
            [("K. Hatton", None), ("J.W. Thomas", None), ("Mrs. D. Pratt", None)],
        ),
        (
            "Cllrs Hayward, Hobbs, County Cllr Weir & the Clerk",
            [("Hayward", None), ("Hobbs", None), ("County Cllr Weir", None)],
        ),
        (
            "Ann Teak (AT); Bob Pine (BP) and 4 members of the public",
            [("Ann Teak", None), ("Bob Pine", None)],
        ),
        (
            "Sue Chant, Cabinet Member for Parks and Culture",
            [
                ("Sue Chant", "Cabinet Member for Parks"),
            ],
        ),
        ("D Rich (Chair) P Moor Clerk J Conn Mr L Page as Broadband Representative", None),
        (
            "Ms C Moss (Director of Education) and Lea (Acting Accountant), Mr D Dale (V/C)",
            [("Ms C Moss", "Director of Education"), ("Lea", "Acting Accountant"), ("Mr D Dale", "V/C")],
        ),
        ("Councillors Hale and Moss (and 43 others whose names are in the book)", [("Hale", None), ("Moss", None)]),
        ("Mrs M Dogwood - Town Clerk", [("Mrs M Dogwood", "Town Clerk")]),
        ("Councillor P Gorse in the Chair", [("Councillor P Gorse", "in the Chair")]),
        ("Mr W Ide Clerk", [("Mr W Ide", "Clerk")]),
        ("None", []),
        ("12 members of the public", []),
    ],
)
def test_a_list_gives_names_and_roles(text: str, expected: list[tuple[str, str | None]] | None) -> None:
    found = [(p.name, p.role) for p in people_in(text)]
    if expected is None:
        assert ("Mr L Page", "Broadband Representative") in found
        assert ("J Conn", "Clerk") in found
    else:
        assert [name for name, _ in found] == [name for name, _ in expected]
        for (_, role), (_, wanted) in zip(found, expected, strict=True):
            assert (role or "").startswith(wanted or "")


def test_brackets_tell_an_organisation_where_they_tell_no_role() -> None:
    people = people_in(
        "Cllr M Byrne (CDC), Mr S Winch (Healthwatch), Mrs B Garth (Clerk), Ms D Roe (from item 4)"
    )
    assert [(p.role, p.organisation) for p in people] == [
        (None, "CDC"),
        (None, "Healthwatch"),
        ("Clerk", None),
        ("from item 4", None),
    ]


@pytest.mark.parametrize(
    ("label", "presence"),
    [
        ("PRESENT:", "present"),
        ("Members present", "present"),
        ("SEDERUNT", "present"),
        ("PRESENNOL", "present"),
        ("Also in attendance:", "in_attendance"),
        ("Officers", "in_attendance"),
        ("APOLOGIES FOR ABSENCE", "apologies"),
        ("YMDDIHEURIADAU", "apologies"),
        ("Absent", "absent"),
        ("Presentation", None),
        ("Finance", None),
    ],
)
def test_labels_tell_presence(label: str, presence: str | None) -> None:
    assert presence_of(label) == presence


def test_lists_under_their_labels() -> None:
    assert told(
        "PRESENT:",
        "Councillor J Alder (Chairman)",
        "Councillor K Birch",
        "Also present:",
        "Mrs M Dogwood - Town Clerk",
        "Apologies: Councillor L Cedar",
        *ITEMS,
    ) == [
        ("present", "Councillor J Alder", "Chairman"),
        ("present", "Councillor K Birch", None),
        ("in_attendance", "Mrs M Dogwood", "Town Clerk"),
        ("apologies", "Councillor L Cedar", None),
    ]


def test_one_line_may_hold_several_lists() -> None:
    assert told("Present: Cllrs M Pugh (Chair), D Rees. Clerk: T Moss. Apologies: Cllr I Gwynn", *ITEMS) == [
        ("present", "M Pugh", "Chair"),
        ("present", "D Rees", None),
        ("in_attendance", "T Moss", None),
        ("apologies", "Cllr I Gwynn", None),
    ]


def test_a_table_of_those_present() -> None:
    assert told(
        [
            ["Present:", "Councillor Maud Elm (Chairman), Dr Piers Lamb"],
            ["Officers:", "Ms F Reed (Law Officer)"],
        ],
        *ITEMS,
    ) == [
        ("present", "Councillor Maud Elm", "Chairman"),
        ("present", "Dr Piers Lamb", None),
        ("in_attendance", "Ms F Reed", "Law Officer"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Apologies for absence were received from Councillors N Elder and O Fir.",
        "Apologies had been received from Councillors N Elder (holiday) and O Fir who was unwell.",
        "Apologies were submitted on behalf of Councillors N Elder and O Fir.",
        "Councillors N Elder and O Fir.",
    ],
)
def test_apologies_told_in_their_item(sentence: str) -> None:
    assert told("# 1. Apologies for absence", sentence, *ITEMS[2:]) == [
        ("apologies", "N Elder", None),
        ("apologies", "O Fir", None),
    ]


def test_a_sites_attendees() -> None:
    read = outline(
        paper(
            "[mgMainTitleTxt] Agenda and minutes",
            "[mgSubTitleTxt] Harbour Panel - Tuesday 5 March 2024 10.00 am",
            "[attendee] Councillor Jo Hill | Chair | Present, as expected",
            "[attendee] Pat Marsh | Officer | In attendance",
            "[attendee] Councillor Al Wood | Committee Member | Apologies",
            "[mgItemNumberCell] 7.",
            "[mgAiTitleTxt] Ferry fares",
            "[mgSubItemTitleTxt] Minutes:",
            "[mgWordPara] Noted.",
        )
    )
    assert [(a.presence, a.name, a.role) for a in read.attendances] == [
        ("present", "Councillor Jo Hill", "Chair"),
        ("in_attendance", "Pat Marsh", "Officer"),
        ("apologies", "Councillor Al Wood", "Committee Member"),
    ]


def test_every_record_points_at_its_words() -> None:
    read = outline(
        paper(
            "NETHERFIELD TOWN COUNCIL",
            "Minutes of the meeting held on 3 February 2025",
            "PRESENT: Mr A Bee (Chairman), Mrs C Dee and Ms E Eff",
            *ITEMS,
        )
    )
    assert [read.document.text[a.char_start : a.char_end].split(" (")[0] for a in read.attendances] == [
        "Mr A Bee",
        "Mrs C Dee",
        "Ms E Eff",
    ]


@given(st.text(alphabet=st.sampled_from("ABCde ,;.()[]&-*Mrs Cllr\\t1"), max_size=120))
def test_no_list_breaks_the_reading(text: str) -> None:
    for person in people_in(text):
        assert 0 <= person.start <= person.end <= len(text)
        assert person.name


@pytest.mark.parametrize(
    ("text", "name", "role", "organisation"),
    [
        ("Ann Teak (AT) Lay Member for Finance and Estates", "Ann Teak", "Lay Member for Finance and Estates", None),
        ("Dr Bob Pine (BP) Governing Body GP", "Dr Bob Pine", "Governing Body GP", None),
        ("Mr C Oak, Director of Parks and Open Spaces", "Mr C Oak", "Director of Parks and Open Spaces", None),
        ("Mr D Elm, Operations Director, Skills Development Calder", "Mr D Elm", "Operations Director",
         "Skills Development Calder"),
        ("Ms E Fir, NHS Calder", "Ms E Fir", None, "NHS Calder"),
        ("Cllr F Ash (family commitment)", "Cllr F Ash", None, None),
        ("Cllr G Yew sent apologies", "Cllr G Yew", None, None),
    ],
)
def test_what_a_person_is(text: str, name: str, role: str | None, organisation: str | None) -> None:
    assert [(p.name, p.role, p.organisation) for p in people_in(text)] == [(name, role, organisation)]


def test_a_list_of_surnames_goes_on_behind_one_with_a_title() -> None:
    names = [p.name for p in people_in("Councillors Adams, Mrs Barrow, Bennett and West")]
    assert names == ["Adams", "Mrs Barrow", "Bennett", "West"]


def test_posts_in_lines_of_their_own_belong_to_the_person_above() -> None:
    assert told(
        "Present:-", "Members", "Una McKAY (Vice Chair)", "Nominated by Health Board", "Ken LOCH", "Chief Officer",
        "Non-members in attendance at request of Chief Officer:-", "Joan ELLIS", "Head of Health and Community Care",
        *ITEMS,
    ) == [
        ("present", "Una McKAY", "Vice Chair"), ("present", "Ken LOCH", "Chief Officer"),
        ("in_attendance", "Joan ELLIS", "Head of Health and Community Care"),
    ]


def test_guests_without_names_behind_the_last_name() -> None:
    people = people_in("Councillors A Lumb and A Metcalfe plus ten guests")
    assert [person.name for person in people] == ["A Lumb", "A Metcalfe"]


def test_a_roll_called_in_the_item_of_apologies() -> None:
    assert told(
        "# 1. Calling of the Roll and Apologies for Absence", "Present:", "Mr G Adam, Mrs J Bell", "In Attendance:",
        "Mr B Lobb in the Chair", "Apologies for absence were intimated on behalf of Mr S Mack.",
        "# 2. Declarations of interest", "None.", "# 3. Finance", "Noted.",
    ) == [
        ("present", "Mr G Adam", None), ("present", "Mrs J Bell", None), ("present", "Mr B Lobb", "in the Chair"),
        ("apologies", "Mr S Mack", None),
    ]


def test_apologies_listed_below_their_sentence() -> None:
    assert told(
        "# 1. Apologies", "Apologies for absence were submitted on behalf of:-", "Members", "Role", "Ann OTTER",
        "Chief Social Work Officer", "# 2. Declarations of interest", "None.", "# 3. Finance", "Noted.",
    ) == [("apologies", "Ann OTTER", "Chief Social Work Officer")]


def test_apologies_told_at_the_end_of_the_list_of_those_present() -> None:
    assert told(
        "PRESENT: Councillor D. Mitt (chairman), who presided, Councillors Mrs G. Cope and J. Gove. There were "
        "apologies from Councillors P. Critch and R. Hen.", *ITEMS,
    ) == [
        ("present", "Councillor D. Mitt", "chairman"), ("present", "Mrs G. Cope", None), ("present", "J. Gove", None),
        ("apologies", "P. Critch", None), ("apologies", "R. Hen", None),
    ]


@pytest.mark.parametrize(
    ("mark", "starred", "plain"), [("attendance", "present", "absent"), ("apologies", "absent", "present")]
)
def test_a_star_says_who_was_there(mark: str, starred: str, plain: str) -> None:
    assert told("[p] * Cllr A Fern (Chair)", "[p] Cllr B Moss", f"[p] * denotes {mark}", *ITEMS) == [
        (starred, "Cllr A Fern", "Chair"), (plain, "Cllr B Moss", None),
    ]


def test_one_who_sent_apologies_was_not_merely_absent() -> None:
    assert told(
        "Present:", "[p] *Cllr A Fern", "[p] Cllr B Moss", "[p] * Denotes attendance", "# 1. Apologies",
        "Cllr B Moss.", "# 2. Declarations of interest", "None.", "# 3. Finance", "Noted.",
    ) == [("present", "Cllr A Fern", None), ("apologies", "Cllr B Moss", None)]
