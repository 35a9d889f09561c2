"""Families of papers that other authorities write: small councils' numbers, copies of pages, one item alone."""

from __future__ import annotations

import pytest
from structure_papers import paper

from pipeline.document import Outline
from pipeline.structure import outline


def items(read: Outline) -> list[tuple[str | None, str]]:
    return [(item.number, item.title) for item in read.items]


def test_a_bracket_and_a_dot_behind_the_number() -> None:
    read = outline(paper(
        "WEXLEY PARISH COUNCIL", "A meeting of the Finance Committee was held on Monday, 2nd December 2024, at 8pm.",
        "Present were:-", "Councillor A. Moss", "1). Apologies:-", "Councillor Fern was ill.",
        "2). Minutes of the meeting held on Monday 2nd September 2024:-", "They were agreed and signed.",
        "3). Grants for the fair:-", "It was agreed to award £200.",
    ))
    assert items(read) == [
        ("1", "Apologies"), ("2", "Minutes of the meeting held on Monday 2nd September 2024"),
        ("3", "Grants for the fair"),
    ]
    assert str(read.held_on) == "2024-12-02"


def test_minutes_before_a_date_are_no_number() -> None:
    read = outline(paper(
        "Agenda and minutes", "Venue: Shire Hall", "No. | Item |", "APOLOGIES FOR ABSENCE - receive. Minutes: None. |",
        "DISCLOSURE OF INTERESTS Members must say so. Minutes: There were none.",
        "MINUTES 9 MARCH 2023 To approve the minutes. Minutes: They were agreed. |",
        "APPLICATIONS FOR DECISION See the document |",
        "P0007.23 4 ELM AVENUE Report attached. Minutes: The Committee considered the report.",
        "It was RESOLVED that permission be granted.",
    ))
    assert items(read) == [
        (None, "APOLOGIES FOR ABSENCE"), (None, "DISCLOSURE OF INTERESTS"), (None, "MINUTES 9 MARCH 2023"),
        (None, "APPLICATIONS FOR DECISION"), (None, "P0007.23 4 ELM AVENUE"),
    ]


def test_a_page_without_its_head_begins_behind_venue_and_contact() -> None:
    read = outline(paper(
        "Venue: The Corn Exchange", "Contact: A. Clerk Email:",
        "Apologies for Absence To receive any. Minutes: None. |",
        "Tram Fares Report on fares. Minutes: The Board received a report. |",
        "Additional documents: Minutes: The Board considered a plan. |",
    ))
    assert items(read) == [(None, "Apologies for Absence"), (None, "Tram Fares")]


@pytest.mark.parametrize(("lines", "kind"), [
    (("The Cabinet Member introduced the report.", "Members' attention was drawn to the fares.",
      "RESOLVED - That the fares be agreed."), "minutes"),
    (("RESOLVED:", "That the Cabinet Member agreed the fees.", "Reasons for decisions", "4.1 Costs have risen.",
      "Alternative options considered.", "5.1 Not to raise fees."), "decision_notice"),
    (("Full Council", "Date: Tuesday, 1 Feb 2022 Time: 7:00 PM", "1. The Mayor's Business", "2. Apologies",
      "3. Declarations of Members' Interests", "4. Minutes of Council Meeting held Tuesday 4 January 2022 (attached)",
      "5. Seal Documents"), "agenda"),
    (("Agenda item", "Tram Fares", "To consider the recommendations.", "The Chairman advised that there were two.",
      "Council considered the first.", "RESOLVED that it be approved.", "RESOLVED that £120 be paid."), "minutes"),
    (("Venue: City Hall", "Apologies Additional documents: Minutes: None came. |",
      "Bonfires Additional documents: Minutes: The Committee was told. |"), "minutes"),
    (("Agenda item", "Tram Fares", "Decision:", "Resolved:", "(a) That the fares be agreed."), "minutes"),
])
def test_a_paper_without_a_head_tells_its_kind(lines: tuple[str, ...], kind: str) -> None:
    assert outline(paper(*lines)).kind == kind


MEETINGS_OF_ONE_ITEM = [
    (("Agenda item", "Tram Fares", "Executive - Monday, 6 January 2025 6.00 pm", "Minutes:", "They were agreed."),
     None, "Executive", "2025-01-06"),
    (("Agenda item", "Tram Fares", "Minutes of Cabinet, 20 May 2024", "Cabinet considered a report on fares.",
      "Resolved that the fares be agreed."), None, "Cabinet", "2024-05-20"),
    (("Agenda item", "Tram Fares", "Meeting of Harbour Board, Tuesday, 14th November, 2023 7.00 pm (Item 61.)",
      "Minutes:", "RESOLVED: that the fares be agreed."), "61", "Harbour Board", "2023-11-14"),
    (("Issue - meetings", "Tram Fares", "Meeting: 14/03/2023 - Cabinet (Item 4:)", "Tram Fares",
      "Decision:", "The fares were noted."), "4", "Cabinet", "2023-03-14"),
    (("Tram Fares", "Meeting: 18/07/2023 - Cabinet (Item 25)", "Decision:", "As recommended.", "Minutes:",
      "Councillor Moss introduced the report."), "25", "Cabinet", "2023-07-18"),
]


@pytest.mark.parametrize(("lines", "number", "body", "held_on"), MEETINGS_OF_ONE_ITEM)
def test_the_meeting_below_the_title_of_a_page_s_one_item(
    lines: tuple[str, ...], number: str | None, body: str, held_on: str
) -> None:
    read = outline(paper(*lines))
    assert items(read) == [(number, "Tram Fares")]
    assert (read.kind, read.body, str(read.held_on)) == ("minutes", body, held_on)


def test_a_row_whose_title_was_lost_is_no_item() -> None:
    read = outline(paper(
        "No. | Item |", "Members may send ... view the full agenda text for item 12 Minutes: None came. |",
        "Declarations of Interest Minutes: None. |", "Lights on the Exchange To receive a draft. Minutes:",
        "The Committee received a draft.", "RESOLVED: that it be ... view the full minutes text for item 14 |",
        "Grants Report attached. Minutes: RESOLVED that they be paid. |",
    ))
    assert items(read) == [(None, "Declarations of Interest"), (None, "Lights on the Exchange"), (None, "Grants")]


def test_a_title_glued_to_its_number() -> None:
    lines = ("A23/014 APOLOGIES", "None.", "A23/015COMMITTEE FEES 2024/25", "They were agreed.", "A23/016 GRANTS", "-")
    assert items(outline(paper("Minutes of the Town Council held on 3 May 2023", *lines))) == [
        ("A23/014", "APOLOGIES"), ("A23/015", "COMMITTEE FEES 2024/25"), ("A23/016", "GRANTS"),
    ]


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


def test_rows_torn_off_a_table_go_on_with_its_numbers() -> None:
    read = outline(paper(
        "Fire and Rescue Authority", "23 July 2025",
        [["Item no.", "Agenda Item", "Details"], ["01", "Apologies for Absence", "-"], ["02", "Public Questions", "-"]],
        "Members are asked to receive any questions.", [["03", "Governance"]], "The Authority is asked to decide. |",
        "| 04 | Protocol on Member / Officer Relations |", "This report sets out amendments. |",
    ))
    assert items(read) == [
        ("01", "Apologies for Absence"), ("02", "Public Questions"), ("03", "Governance"),
        ("04", "Protocol on Member / Officer Relations"),
    ]


SMALL_COUNCILS = [
    (("41a/19 Apologies: None received", "41b/19   Declarations of Interest & Prejudice: None declared.",
      "41c/19   Reports from police: No reports.", "42/19    Finance:", "The balance was noted."),
     [("41a/19", "Apologies"), ("41b/19", "Declarations of Interest & Prejudice"),
      ("41c/19", "Reports from police"), ("42/19", "Finance")]),
    (("1. Apologies for absence were received from Councillor Fern.", "2. Declarations of interest … There were none.",
      "3. Annual return (AGAR):", "3.1 It was RESOLVED to adopt it.", "4. Date of the next meeting … Noted as 25-7."),
     [("1", "Apologies for absence"), ("2", "Declarations of interest"), ("3", "Annual return (AGAR)"),
      ("4", "Date of the next meeting")]),
    (("1) Apologies – Councillors S Alder and N Birch.", "2) Declarations of Interest – PM and GW in the field",
      "3) Minutes of previous meeting", "They were approved.", "4) Website update", "The work goes on."),
     [("1", "Apologies"), ("2", "Declarations of Interest"), ("3", "Minutes of previous meeting"),
      ("4", "Website update")]),
    (("31/20/FC Apologies", "None.", "32/20/FC Declarations of Interest", "None.", "33/20/FC Fees", "Agreed."),
     [("31/20/FC", "Apologies"), ("32/20/FC", "Declarations of Interest"), ("33/20/FC", "Fees")]),
    (("1-0607/8 - Welcome and Apologies.", "The Chairman welcomed all.", "2-0607/8 - Declarations of Interest", "None.",
      "3-0607/8 – Footpaths", "The council agreed to pay £4."),
     [("1-0607/8", "Welcome and Apologies"), ("2-0607/8", "Declarations of Interest"), ("3-0607/8", "Footpaths")]),
]


@pytest.mark.parametrize(("lines", "expected"), SMALL_COUNCILS)
def test_numbers_and_titles_of_small_councils(
    lines: tuple[str, ...], expected: list[tuple[str | None, str]]
) -> None:
    head = ("Minutes of the Parish Council Meeting held on Monday 6th December 2021", "Present: Cllr Alder")
    assert items(outline(paper(*head, *lines))) == expected


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


def test_numbers_alone_below_titles_in_plain_type() -> None:
    read = outline(paper(
        "Meeting Details", "Audit Panel", "8 Mar 2021 - 10:00", "Apologies for Absence", "1",
        "Councillor Moss sent apologies.", "Minutes of the last meeting", "2", "The minutes were approved as correct.",
        "Risk Register", "3", "The Panel considered the register.", "RESOLVED that it be noted.",
    ))
    assert items(read) == [("1", "Apologies for Absence"), ("2", "Minutes of the last meeting"), ("3", "Risk Register")]


def test_a_summons_names_the_committee_that_is_to_meet() -> None:
    read = outline(paper(
        "NETHERFIELD TOWN COUNCIL", "You are hereby summoned to attend a meeting of the Policy & Finance Committee "
        "to be held in the Town Hall on Tuesday 14th May 2024 at 7pm.", "AGENDA", "PF24/01 To receive apologies.",
        "PF24/02 To receive declarations of interest.", "PF24/03 To consider a grant of £500.",
    ))
    assert (read.body, str(read.held_on)) == ("Policy & Finance Committee", "2024-05-14")


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


def test_letters_in_brackets_before_headings() -> None:
    read = outline(paper(
        "# LICENSING PANEL", "Minutes of a meeting held on 16th June, 2015.", "Present: Councillors A. Bell, B. Moss",
        "(a) Election of Chair", "Councillor Moss was elected.", "(b) Declarations of Interest", "There were none.",
        "(c) Licensing Act 2003 - The Old Mill, Hob", "RESOLVED - That it be granted, subject to:",
        "(a) doors being closed at nine;", "(b) no music.", "(d) Exclusion of Press and Public", "RESOLVED - So done.",
    ))
    assert items(read) == [
        ("(a)", "Election of Chair"), ("(b)", "Declarations of Interest"),
        ("(c)", "Licensing Act 2003 - The Old Mill, Hob"), ("(d)", "Exclusion of Press and Public"),
    ]


def test_lettered_limbs_are_no_items() -> None:
    read = outline(paper("# CABINET", "Minutes of the meeting held on 16th June, 2015.", "RESOLVED - That",
                         "(a) Approval be given to the plan", "(b) Officers be thanked", "(c) Trees be planted"))
    assert [one for one in items(read) if one[0]] == []


def test_numbers_glued_to_titles() -> None:
    read = outline(paper(
        "Agenda and minutes", "Hob Moor National Park Authority - Friday, 3rd December, 2021 10.00 am", "Items",
        "No. Item", "141/21Correspondence", "Minutes:", "None was received.", "142/21Minutes", "Minutes:", "RESOLVED:",
        "To approve them.", "143/21Budget Monitoring", "Minutes:", "RESOLVED:", "To note it.",
    ))
    assert items(read) == [("141/21", "Correspondence"), ("142/21", "Minutes"), ("143/21", "Budget Monitoring")]


def test_an_agenda_that_shows_but_some_of_its_items() -> None:
    read = outline(paper(
        "Meeting Details", "Council", "25 Nov 2021 - 19:00", "1 Notice of Recording", "2 Apologies",
        "3 Declarations of Interest", "4 Chair's Business", "15 Councillor Fern to move -", "That the gate be mended.",
        "16 Councillor Moss to move -", "That the fence be mended.",
    ))
    assert [number for number, _ in items(read)] == ["1", "2", "3", "4", "15", "16"]


def test_numbers_alone_before_titles_that_run_into_their_text() -> None:
    read = outline(paper(
        "Minutes of the meeting of Wexley Town Council Finance Committee held on Monday 20 January 2014 at 7.30 pm",
        "1", "To receive apologies for absence Apologies were received from Councillor Fern",
        "2", "Declarations of interest None", "3", "Draft budget for 2014/15 The committee considered a draft.",
        "4", "Minutes of the last meeting RESOLVED: That they be signed.", "5", "Grants Two requests had come.",
    ))
    assert items(read) == [
        ("1", "To receive apologies for absence"), ("2", "Declarations of interest"),
        ("3", "Draft budget for 2014/15"), ("4", "Minutes of the last meeting"), ("5", "Grants"),
    ]


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


@pytest.mark.parametrize(("lines", "council", "body", "day"), [
    (("Minutes of the ordinary meeting of Wexley, Hobwell & Fern's Leap Parish Council held by video conference on "
      "Monday 9th November 2020 - draft.", "1. Apologies", "None.", "2. Minutes", "Agreed."),
     "Wexley, Hobwell & Fern's Leap Parish Council", "Parish Council", "2020-11-09"),
    (("Minutes of Meeting, Tuesday, 7th March 2023", "The Little Wexley Parish Council met on Tuesday, 7th March.",
      "571. Apologies: none", "572. Minutes", "Agreed."),
     "Little Wexley Parish Council", "Parish Council", "2023-03-07"),
    (("CAR PARK CHARGES", "Executive Summary", "This report sets out charges.", "Recommendations",
      "That Cabinet recommends to Full Council:", "1. Purpose of the report",
      "1.1 To ask Cabinet, at its meeting on 2 December 2024, to recommend charges."), None, "Cabinet", "2024-12-02"),
    (("FLOODS", "Executive Summary", "This report tells of floods.", "Recommendations", "That Cabinet notes it:",
      "1. Background", "1.1 Cabinet asked, at its meeting on 2 December 2024, for a report."), None, "Cabinet", "None"),
])
def test_heads_of_small_councils_and_of_reports(
    lines: tuple[str, ...], council: str | None, body: str, day: str
) -> None:
    read = outline(paper(*lines))
    assert (read.council, read.body, str(read.held_on)) == (council, body, day)


def test_every_item_has_the_number_one() -> None:
    read = outline(paper(
        "Minutes for Parish Council meeting 12th April 2021", "Present: Councillors – Ken Ash(Chair), Joy Ash",
        "* 1. Apologies: Cllr Warne", "* 1. To receive declarations of interest: none",
        "* 1. To approve the Minutes of the Meeting held 8th March 2021:", "They were passed.",
        "* 1. Woods - Hob Park: decide on quotes for work. Clerk to obtain quotes.", "* 1. Date of next meeting: May",
    ))
    assert [number for number, _ in items(read)] == ["1"] * 5
    assert [title for _, title in items(read)][::4] == ["Apologies", "Date of next meeting"]
    assert [(one.name, one.role) for one in read.attendances][:2] == [("Ken Ash", "Chair"), ("Joy Ash", None)]


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


def test_a_number_of_three_parts_alone_in_its_line() -> None:
    read = outline(paper(
        "Agenda and minutes", "Items", "No. Item", "18-19/FRA/1", "Apologies", "Minutes:", "None.",
        "18-19/FRA/2", "Membership", "Minutes:", "As before.", "18-19/FRA/3", "Election of Chair", "Minutes:", "Done.",
    ))
    assert items(read) == [("18-19/FRA/1", "Apologies"), ("18-19/FRA/2", "Membership"),
                           ("18-19/FRA/3", "Election of Chair")]


def test_who_was_there_as_the_first_numbered_item() -> None:
    read = outline(paper(
        "Minutes of the Community Council Meeting held on Tuesday, 19th July 2022.", "1 Present",
        "Councillors, Mr Tim Owain (Chair), Mrs Ann Moss & Mr J Fern (Clerk).", "2 Apologies", "None.", "3 Welcome",
        "All were welcomed.", "4 Minutes of the last meeting", "Agreed.",
    ))
    assert [(one.name, one.presence) for one in read.attendances] == [
        ("Mr Tim Owain", "present"), ("Mrs Ann Moss", "present"), ("Mr J Fern", "present"),
    ]


def test_minutes_in_one_line_with_their_head() -> None:
    text = (
        "London Borough of Wexley Cabinet Minutes Monday 4 March 2013 PRESENT Councillor Ann Bell, Leader "
        "161. MINUTES OF THE CABINET MEETING HELD ON 11 FEBRUARY 2013 RESOLVED: That the minutes of the meeting held "
        "on 11th February 2013 be confirmed and signed, and that the outstanding actions be noted. 162. "
        "APOLOGIES FOR ABSENCE There were no apologies. 163. DECLARATIONS OF INTERESTS There were no declarations of "
        "interest. 164. BUDGET VARIATIONS AT QUARTER 3 RESOLVED: That "
        "approval be given to the variations that are set out in the report, and that a further report be brought to "
        "the Cabinet once the accounts of the year have been closed and the auditor has said what he thinks of them."
    )
    read = outline(paper(text))
    assert [number for number, _ in items(read)] == ["161", "162", "163", "164"]
    assert str(read.held_on) == "2013-03-04"


def test_a_page_of_reports_to_be_considered_is_an_agenda() -> None:
    read = outline(paper(
        "National Park Authority", "Meeting Date : 03/06/2020", "1. To receive apologies for absence",
        "2. To receive any disclosures of interest", "3. To confirm the minutes of the meeting held on 6 May 2020",
        "4. To consider the report of the meeting of the Member Support Committee held on 6 May 2020",
        "5. To consider the following reports :", "Members are asked to approve the plan.",
    ))
    assert (read.kind, read.body, str(read.held_on)) == ("agenda", "National Park Authority", "2020-06-03")
    assert len(read.items) == 5


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


def test_numbers_in_parts() -> None:
    read = outline(paper(
        "GOVERNING BODY", "Minutes of meeting held on TUESDAY 9TH FEBRUARY 2016 1pm", "PRESENT: Dr A Bell, Ms B Moss",
        "PART 1: INTRODUCTIONS", "1.1 DECLARATIONS OF INTEREST", "There were none.", "1.2 MINUTES OF THE LAST MEETING",
        "They were agreed.", "PART 2: UPDATES", "2.1 CHIEF OFFICER'S UPDATE", "It was noted.", "PART 5: GOVERNANCE",
        "5.1 FINANCE UPDATE", "It was noted.", "5.2 RISK REGISTER", "It was noted.",
    ))
    assert [number for number, _ in items(read)] == ["1.1", "1.2", "2.1", "5.1", "5.2"]


def test_numbers_alone_before_capitals() -> None:
    read = outline(paper(
        "HOB COUNCIL", "POLICY COMMITTEE", "Meeting of Tuesday, 19 September 2017", "at 10.30am, Council Offices",
        "1", "SEDERUNT AND APOLOGIES", "14 Members present, 4 apologies.", "2", "DECLARATIONS OF INTEREST", "NONE",
        "3", "MINUTE OF MEETING OF 13 JUNE 2017", "Decision", "APPROVED", "4", "ROADS", "Decision", "NOTED",
        "4.1 the overspend of £1.284m;",
    ))
    assert [number for number, _ in items(read)] == ["1", "2", "3", "4"]
    assert str(read.held_on) == "2017-09-19"


def test_the_first_numbers_have_dots_and_the_others_none() -> None:
    read = outline(paper(
        "Minutes of Annual Meeting of Wexley Parish Council held on Tuesday 8 May 2012", "1.  Welcome.",
        "Cllr. Johns welcomed everyone.", "2.  Apologies.", "None.", "3  Election of Chair", "Cllr. Park was elected.",
        "4  Election of Vice Chair", "Cllr. How was elected.", "5  Contracts", "They were let.",
    ))
    assert [number for number, _ in items(read)] == ["1", "2", "3", "4", "5"]


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


@pytest.mark.parametrize(("lines", "kind", "body"), [
    (("WEXLEY CITY COUNCIL", "EXECUTIVE DECISION MAKING", "CABINET", "MINUTES OF MEETING HELD ON 18 FEBRUARY 2013",
      "Present:", "Councillors Bell and Moss", "96. RECORD OF THE PREVIOUS DECISION MAKING", "It was noted.",
      "97. BUSES", "DECISION MADE: (Ref: 9311)", "To agree.", "98. GRANT", "DECISION MADE: (Ref: 9320)", "To agree."),
     "minutes", "Cabinet"),
    (("MINUTES OF THE PROCEEDINGS OF THE MEETING OF THE WEXLEY AND HOB BOROUGH COUNCIL HELD IN WEXLEY ON 27 NOVEMBER "
      "2017", "1 PRAYER", "2 APOLOGIES", "None."), "minutes", "Council"),
    (("WEXLEY BOROUGH COUNCIL", "EXECUTIVE", "COMMITTEE 3rd November 2010", "GRANTS", "1. RECOMMENDATIONS",
      "The Committee is asked to agree.", "2. BACKGROUND"), "report", "Executive Committee"),
    (("Example Parish Council Minutes", "Parish Council Meeting Minutes", "Date: April 18, 2024",
      "1. Opening (Chairperson):", "Mr. Bell called the meeting to order.", "2. Approval of Minutes:", "Agreed."),
     "minutes", "Parish Council"),
    (("Minutes 10th September 2024", "CYNGOR CYMUNED", "LLANWEXLEY", "COMMUNITY COUNCIL", "Minutes of the Meeting,",
      "Present: Ann Bell (Chair)", "1. Apologies", "None."), "minutes", "Community Council"),
    (("Report of Meeting Date", "Director of Communities", "(Introduced by Executive Executive Cabinet Thursday, 23 "
      "February 2023", "Member (Early Intervention))", "Wexley Council", "The Pool", "Purpose of the Report",
      "1. To set out the survey.", "Recommendations to Executive Cabinet"), "report", "Executive Cabinet"),
    (("Cabinet Meetings", "The Cabinet comprises seven Councillors.", "Table of minutes and agendas",
      "7th March 2011 Agenda 07.pdf [pdf] 9MB Cabinet Minutes 07.pdf [pdf] 46KB Decision Notice 07.pdf [pdf] 1KB"),
     "other", None),
])
def test_kinds_and_bodies_of_other_papers(lines: tuple[str, ...], kind: str, body: str | None) -> None:
    read = outline(paper(*lines))
    assert (read.kind, read.body) == (kind, body)


def test_numbers_in_brackets_before_capitals_and_a_day_that_opens_the_page() -> None:
    read = outline(paper(
        "10 NOVEMBER 2011", "Minutes of a meeting of the DEVELOPMENT COMMITTEE held in the Council Chamber at 9.30 am:",
        "Councillors", "Mrs S Bell (Chairman)", "(139) APOLOGIES FOR ABSENCE", "There were none.", "(140) MINUTES",
        "They were signed.", "(141) HOBTON - 20060770 - Conversion of a barn; North Street", "RESOLVED",
        "That it be refused.",
    ))
    assert items(read) == [
        ("139", "APOLOGIES FOR ABSENCE"), ("140", "MINUTES"),
        ("141", "HOBTON - 20060770 - Conversion of a barn; North Street"),
    ]
    assert (read.body, str(read.held_on)) == ("Development Committee", "2011-11-10")


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


def test_a_site_s_list_of_its_bodies_names_none_that_met() -> None:
    read = outline(paper(
        "Those that will be broadcast are as follows: (a) Council; (b) Cabinet; (c) General Purposes Committee; "
        "(d) Planning Committee; and (e) Scrutiny Committee.", "Venue: Council Chamber", "No. | Item |",
        "Apologies To receive any. Minutes: The Committee had none. |", "|",
        "Minutes To sign them. Minutes: The Committee signed them. |",
    ))
    assert read.body is None


def test_parts_with_letters() -> None:
    read = outline(paper(
        "London Borough of Wexley", "SCRUTINY COMMITTEE", "Tuesday, 14 November 2023 at 7.00 p.m.",
        "A1 Apologies for Absence", "A2 Declarations of Interest", "A3 Minutes (Pages 1 - 8)",
        "B1 Budget Scrutiny 2024/25 (Pages 9 - 40)", "B2 Work Programme (Pages 41 - 44)", "C1 Exclusion of the Public",
    ))
    assert [number for number, _ in items(read)] == ["A1", "A2", "A3", "B1", "B2", "C1"]


@pytest.mark.parametrize(("lines", "body"), [
    (("RECORD OF DECISION OF EXECUTIVE MEMBER", "Executive Member: Councillor A Bell, Executive Member for Highways",
      "Subject: Resurfacing", "Date decision taken: 4 July 2023", "Decision: That it be awarded."),
     "Executive Member for Highways"),
    (("MINUTE of MEETING of the HOBSHIRE LICENSING BOARD held in the Council Chambers, Hobton, on 14 June 2023",
      "SEDERUNT: Councillors Ann Bell (Convener), Ben Moss", "1. MINUTE", "Approved.", "2. GAMBLING", "Agreed."),
     "Licensing Board"),
    (("Northside Ward Forum", "Notes of meeting 12th October 2022", "Attendees", "Cllr Ann Bell (chair)", "1. Welcome",
      "Cllr Bell welcomed everyone.", "2. Police", "All was well."), "Northside Ward Forum"),
])
def test_bodies_by_label_place_and_ward(lines: tuple[str, ...], body: str) -> None:
    assert outline(paper(*lines)).body == body


@pytest.mark.parametrize(("lines", "kind", "body", "day"), [
    (("Issue - decisions", "Minutes of the previous meeting",
      "25/01/2024 - To confirm the minutes of the meeting held on 14 December 2023", "RESOLVED: That they stand."),
     "decision_notice", None, "2024-01-25"),
    (("Cabinet - Monday, 2nd October, 2023 6.00 pm", "No. Item", "Record of Decisions",
      "To agree the record of the decisions of the meeting held on 4 September 2023.",
      "It was agreed that the record be approved.", "Declarations of Interest", "There were none."),
     "minutes", "Cabinet", "2023-10-02"),
    (("Notice of motion submitted by Councillor Hale, seconded by Councillor Bell", "This Council notes:",
      "* - that fares have risen.", "This Council resolves to:", "1. Ask for a report."), "other", None, "None"),
    (("REQUEST FOR MAYORAL DECISION – MD2790", "Title: Skills Fund", "Executive summary:", "It seeks approval.",
      "Decision:", "The Mayor approves it.", "Signature: A Bell   Date: 12 May 2023"),
     "decision_notice", "Mayor", "2023-05-12"),
])
def test_kinds_and_days_that_titles_of_items_hide(
    lines: tuple[str, ...], kind: str, body: str | None, day: str
) -> None:
    read = outline(paper(*lines))
    assert (read.kind, read.body, str(read.held_on)) == (kind, body, day)


def test_a_page_s_number_goes_before_the_minutes_numbers() -> None:
    read = outline(paper(
        "MINUTES OF THE MEETING OF WEXLEY CITY COUNCIL HELD ON TUESDAY, 5 FEBRUARY 2019 AT 1400 HOURS", "PRESENT:-",
        "Ann Bell Ben Moss Cara Fern", "3682", "NOTICE OF RECORDING", "19152 The Lord Mayor spoke of it.", "MINUTES",
        "19153 RESOLVED:- That they be confirmed.", "ANNOUNCEMENTS", "19154 The Lord Mayor announced a death.",
    ))
    assert [number for number, _ in items(read)] == ["19152", "19153", "19154"]


def test_a_telephone_number_is_no_item_s() -> None:
    read = outline(paper(
        "Meeting of the Review Panel held on 19/09/2007", "Fax No:", "01632-960495", "AGENDA", "1.", "ELECTION",
        "To elect one.", "2.", "APOLOGIES FOR ABSENCE", "To receive any.", "3.", "DISCLOSURE OF INTERESTS", "To hear.",
    ))
    assert [number for number, _ in items(read)] == ["1", "2", "3"]


def test_numbers_with_a_low_line() -> None:
    read = outline(paper(
        "Minutes of the meeting of Hob Cloud Parish Council, 7.30pm on Tuesday 10th November 2020",
        "2020-11_1 PUBLIC PARTICIPATION", "None.", "2020-11_2 APOLOGIES FOR ABSENCE", "None.",
        "2020-11_3 CLERKS REPORT", "The clerk reported.",
    ))
    assert [number for number, _ in items(read)] == ["2020-11_1", "2020-11_2", "2020-11_3"]


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


def test_the_parts_of_an_item_whose_number_has_three_parts() -> None:
    read = outline(paper(
        "HOBTON PARISH COUNCIL", "Minutes of the Meeting of the Council held on Monday 14th February 2005",
        "05.02.01 Apologies for absence", "None.", "05.02.02 Finance", "05.02.02.01 Cash reconciliation",
        "The Clerk reported £18,204.36.", "05.02.02.02 Grass cutting 2005", "Three quotes were looked at.",
        "05.02.03 Planning", "None.",
    ))
    assert [number for number, _ in items(read)] == [
        "05.02.01", "05.02.02", "05.02.02.01", "05.02.02.02", "05.02.03",
    ]


@pytest.mark.parametrize(("lines", "kind", "body", "day"), [
    (("Hobshire Care Partnership", "Meeting: ICP Board", "Meeting Date: 9 September 2021", "Key Decisions and Actions:",
      "Finance", "The system had a surplus.", "Decision/Action: The Board agreed that a group be set up.",
      "Winter", "Decision/Action: The Board welcomed it."), "minutes", "ICP Board", "2021-09-09"),
    (("NON-KEY DECISION TAKEN BY A CABINET MEMBER UNDER DELEGATED POWERS", "London Borough of Wexley",
      "1. Title of report", "School Streets", "3. Decision maker", "Councillor Moss, Cabinet Member for Transport",
      "4. Date of Decision", "4 October 2023", "5. Date report made available", "26 September 2023", "6. Decision",
      "That the orders be made."), "decision_notice", "Cabinet Member for Transport", "2023-10-04"),
    (("Hobthame Town Council", "POLICY & RESOURCES COMMITTEE  DATE: 22 June 2021", "AGENDA ITEM: 9",
      "SUBJECT: Public Toilets", "REPORT BY: Asset Manager", "1. Introduction", "They were closed."),
     "report", "Policy & Resources Committee", "2021-06-22"),
])
def test_forms_with_numbers_and_labels_within_lines(
    lines: tuple[str, ...], kind: str, body: str, day: str
) -> None:
    read = outline(paper(*lines))
    assert (read.kind, read.body, str(read.held_on)) == (kind, body, day)
