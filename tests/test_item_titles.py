"""Agenda items told by their titles: where a title ends, and how it stands where no number tells it."""

from __future__ import annotations

from structure_papers import items, paper

from pipeline.structure import outline


def test_a_row_whose_title_was_lost_is_no_item() -> None:
    read = outline(paper(
        "No. | Item |", "Members may send ... view the full agenda text for item 12 Minutes: None came. |",
        "Declarations of Interest Minutes: None. |", "Lights on the Exchange To receive a draft. Minutes:",
        "The Committee received a draft.", "RESOLVED: that it be ... view the full minutes text for item 14 |",
        "Grants Report attached. Minutes: RESOLVED that they be paid. |",
    ))
    assert items(read) == [(None, "Declarations of Interest"), (None, "Lights on the Exchange"), (None, "Grants")]


def test_the_numbered_heading_over_a_site_s_minutes_is_an_item_alone() -> None:
    title = "Lane and Bridge Budget and Progress on 2022/23 Schemes and Proposals for the 2023/24 Programmes of Work"
    read = outline(paper("# Calderbrook County Council - Cabinet", "12 April 2023", f"# 312 {title}",
                         "Report of the Director on lanes.", "# Minutes:", "The Cabinet considered the Report."))
    assert items(read) == [("312", title)]


def test_dates_with_dots_and_notes_of_papers_in_titles() -> None:
    read = outline(paper(
        "AGENDA", "Town Council, Monday 7 March 2016", "1 Apologies",
        "2 To confirm the Open Minutes of the Meeting held on 25.01.2016 (CL/88-CL/97).",
        "3 To receive declarations of interest.", "4 Correspondence (report attached)", "5 Seals (copy to follow)",
    ))
    assert items(read) == [
        ("1", "Apologies"), ("2", "To confirm the Open Minutes of the Meeting held on 25.01.2016 (CL/88-CL/97)"),
        ("3", "To receive declarations of interest"), ("4", "Correspondence"), ("5", "Seals"),
    ]


def test_a_long_title_with_a_full_stop_ends_where_people_are_told() -> None:
    read = outline(paper(
        "Minutes of Wexley Parish Council held on 3 May 2021", "Present: Cllr Ash",
        "1. Welcome and to resolve to receive apologies and accept reasons for absence. Cllr Frost gave no reason.",
        "2. Members' gifts and hospitality", "None.", "3. Cemetery path", "It was RESOLVED to mend it.",
    ))
    assert items(read)[0] == ("1", "Welcome and to resolve to receive apologies and accept reasons for absence")


def test_a_title_over_the_site_s_minutes_without_any_head() -> None:
    lines = ("Members may suggest items.", "Minutes:", "It was noted that the next meeting was on 24th November.")
    assert items(outline(paper("Dates of future meetings", *lines))) == [(None, "Dates of future meetings")]
    assert items(outline(paper("Members of the Board are invited to suggest items.", *lines[1:]))) == []


def test_titles_in_plain_type_between_sentences() -> None:
    read = outline(paper(
        "HOB LANE PARISH COUNCIL", "Minutes of the meeting held on Tuesday 14th May 2024 at 7pm",
        "Present: Cllrs A Moss (Chair), B Fern", "Apologies", "Cllr Hart sent apologies.", "Declarations of interest",
        "None.", "Minutes of the last meeting", "Approved and signed.", "Village hall roof",
        "The clerk had received two quotes.", "Date of next meeting", "11th June 2024.",
    ))
    assert items(read) == [
        (None, "Apologies"), (None, "Declarations of interest"), (None, "Minutes of the last meeting"),
        (None, "Village hall roof"), (None, "Date of next meeting"),
    ]


def test_headings_that_layout_joined_to_the_text_above() -> None:
    read = outline(paper(
        "Wexley Parish Council Minutes 14 January 2020", "Present: Cllrs A Bell, B Moss (C Toms, Clerk) 61a/20 "
        "Apologies: D Fern", "61b/20 Declarations of Interest: None declared", "62/20 Finance:",
        "The precept was set. 63/20 Highways: Holes at Hob Cross have been reported. As minute 12/20 said, they grow.",
        "64/20 Flood store: It was agreed to visit it. 65/20 Date of next meeting: 3rd March 2020",
    ))
    assert items(read) == [
        ("61a/20", "Apologies"), ("61b/20", "Declarations of Interest"), ("62/20", "Finance"), ("63/20", "Highways"),
        ("64/20", "Flood store"), ("65/20", "Date of next meeting"),
    ]


def test_an_agenda_that_shows_but_some_of_its_items() -> None:
    read = outline(paper(
        "Meeting Details", "Council", "25 Nov 2021 - 19:00", "1 Notice of Recording", "2 Apologies",
        "3 Declarations of Interest", "4 Chair's Business", "15 Councillor Fern to move -", "That the gate be mended.",
        "16 Councillor Moss to move -", "That the fence be mended.",
    ))
    assert [number for number, _ in items(read)] == ["1", "2", "3", "4", "15", "16"]


def test_dashes_before_titles_and_before_points() -> None:
    read = outline(paper(
        "11-21-23 FC MINS", "MINUTES OF THE WEXLEY TOWN COUNCIL FINANCE COMMITTEE", "HELD IN THE OLD COURT ROOM",
        "ON TUESDAY 21st NOVEMBER 2023", "Present Councillor Mrs. A. Bell (in the chair).",
        "* - Apologies for Absence", "Councillor Fern was ill.", "* - Declarations of Interest", "There were none.",
        "* - Budget 2024/25", "The Committee saw a draft. It was RESOLVED to:-",
        "* - Put the draft to the Council with a precept of £311,540.", "* - Renew the insurance.",
        "* - Cemetery Fees", "It was RESOLVED to raise them.", "* - Next Meeting", "9th January 2024.",
    ))
    assert items(read) == [
        (None, "Apologies for Absence"), (None, "Declarations of Interest"), (None, "Budget 2024/25"),
        (None, "Cemetery Fees"), (None, "Next Meeting"),
    ]
    assert str(read.held_on) == "2023-11-21"


def test_an_item_s_list_and_its_motion_are_not_its_title() -> None:
    read = outline(paper(
        "A meeting of Llanwexley Community Council will be held on Thursday 15th June 2023 at 6.30 p.m.",
        "* 1. To receive apologies for absence.", "* 2. Council Committees – a) Park Committee: works of £310.",
        '* 3. Motion from Cllr Fern "That the Council gives £750 to the fair."', "* 4. To agree accounts for payment.",
    ))
    assert items(read) == [
        ("1", "To receive apologies for absence"), ("2", "Council Committees"), ("3", "Motion from Cllr Fern"),
        ("4", "To agree accounts for payment"),
    ]


def test_an_issue_s_title_with_a_full_stop_is_its_meeting_s_item() -> None:
    read = outline(paper(
        "Issue - meetings", "055001 - Full Application - Six Lodges at Hob Farm, Wexley.",
        "Meeting: 22/02/2017 - Planning Committee (Item 131)", "Additional documents:",
        "That planning permission be refused.",
    ))
    assert items(read) == [("131", "055001 - Full Application - Six Lodges at Hob Farm, Wexley")]


def test_boxes_below_one_item_s_minutes_are_no_items() -> None:
    read = outline(paper(
        "Award of Contract: Supported Living", "Minutes:", "RESOLVED:", "That the tender of Hob Care be accepted.", "|",
        "Relevant Select Committee |", "Health |", "|", "Officer to action |", "A. Bell |", "|", "Directorate |",
    ))
    assert items(read) == [(None, "Award of Contract: Supported Living")]


def test_titles_in_capitals_behind_bullets_before_the_first_usual_one() -> None:
    read = outline(paper(
        "Minutes of Parish Council Meeting held on 2 July 2020", "Present: Cllr A Moss",
        "* • AMENDMENT TO STANDING ORDERS", "It was AGREED.", "* • QUESTIONS FROM THE PUBLIC", "None.",
        "* • APOLOGIES", "Cllr B Fern.", "* • DECLARATIONS OF INTEREST", "None", "* • MATTERS ARISING",
        "* • The grass has been cut.", "* • REPORTS FROM COUNCILLORS", "* • None present.",
    ))
    assert [title for _, title in items(read)] == [
        "AMENDMENT TO STANDING ORDERS", "QUESTIONS FROM THE PUBLIC", "APOLOGIES", "DECLARATIONS OF INTEREST",
        "MATTERS ARISING", "REPORTS FROM COUNCILLORS",
    ]


def test_a_page_without_numbers_and_labels_has_its_code_of_conduct_as_an_item() -> None:
    read = outline(paper(
        "Agenda and minutes", "Wexley Vale Police and Crime Panel", "Friday, 2nd February, 2018 10.00 am", "No. Item",
        "Apologies for absence were received from Councillor A Daw.",
        "Code of Conduct - Declaration of Interests. Relevant Authorities Regulations 2012", "There were none.",
        "Public Participation", "Nobody wished to speak.", "Minutes of Previous Meeting", "RESOLVED That they stand.",
    ))
    assert [title for _, title in items(read)] == [
        "Code of Conduct - Declaration of Interests. Relevant Authorities Regulations 2012", "Public Participation",
        "Minutes of Previous Meeting",
    ]


def test_titles_in_capitals_over_points() -> None:
    read = outline(paper(
        "Minutes 10th September 2024", "Minutes of the Council Meeting, 10th September 2024", "Present: Ann Bell",
        "Declarations of Interest", "* • Hob Field - Peter", "Minutes of last meeting", "* • Signed.", "WEBSITE",
        "* • To be renewed at £96.", "GRASS CUTTING", "* • Three choices.", "NEXT MEETING", "* • 8th October 2024",
    ))
    assert [title for _, title in items(read)] == [
        "Declarations of Interest", "Minutes of last meeting", "WEBSITE", "GRASS CUTTING", "NEXT MEETING",
    ]
    assert str(read.held_on) == "2024-09-10"


def test_a_page_without_numbers_whose_titles_are_not_usual_ones() -> None:
    read = outline(paper(
        "Agenda and minutes", "Shadow Harbour Board", "Monday, 5th December, 2011 9.00 a.m.", "No. Item",
        "Board Introductions", "The Chairman welcomed everyone to the meeting.", "Background and Context",
        "The Harbour Master gave an overview of the aims.", "It was agreed to review them.", "Terms of Reference",
        "The Board considered a report.",
    ))
    assert items(read) == [
        (None, "Board Introductions"), (None, "Background and Context"), (None, "Terms of Reference"),
    ]


def test_rows_that_no_bar_closes() -> None:
    read = outline(paper(
        "Venue: Via MS Teams", "No. | Item |", "Apologies To receive any apologies. Minutes: None were received.",
        "Declarations of Interest To receive any. Minutes: None were reported.",
        "Forward Work Programme To receive it. Minutes: It was received.", "RESOLVED accordingly.",
    ))
    assert items(read) == [
        (None, "Apologies"), (None, "Declarations of Interest"), (None, "Forward Work Programme"),
    ]


def test_titles_that_run_into_sentences_about_them() -> None:
    read = outline(paper(
        "Minutes of the Hobby Parish Council Meeting held on 24th September 2020",
        "21/20 Minutes of the meeting of 23rd July 2020 These had been circulated. A. Bell proposed acceptance.",
        "22/20 Finance", "The balance was £7,306.91.",
        "23/20 Hedge on Hob Road County Highways had said it was the owner's duty.",
        "24/20 Precept 2021-22 Members thought a standstill was wanted.",
        "25/20 Co-option One application, from Mrs C. Moss, had been received.",
    ))
    assert items(read) == [
        ("21/20", "Minutes of the meeting of 23rd July 2020"), ("22/20", "Finance"), ("23/20", "Hedge on Hob Road"),
        ("24/20", "Precept 2021-22"), ("25/20", "Co-option"),
    ]
