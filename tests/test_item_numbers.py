"""Agenda items told by their numbers, as other authorities print them."""

from __future__ import annotations

import pytest
from structure_papers import items, paper

from pipeline.structure import outline


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


def test_a_title_glued_to_its_number() -> None:
    lines = ("A23/014 APOLOGIES", "None.", "A23/015COMMITTEE FEES 2024/25", "They were agreed.", "A23/016 GRANTS", "-")
    assert items(outline(paper("Minutes of the Town Council held on 3 May 2023", *lines))) == [
        ("A23/014", "APOLOGIES"), ("A23/015", "COMMITTEE FEES 2024/25"), ("A23/016", "GRANTS"),
    ]


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


def test_numbers_alone_below_titles_in_plain_type() -> None:
    read = outline(paper(
        "Meeting Details", "Audit Panel", "8 Mar 2021 - 10:00", "Apologies for Absence", "1",
        "Councillor Moss sent apologies.", "Minutes of the last meeting", "2", "The minutes were approved as correct.",
        "Risk Register", "3", "The Panel considered the register.", "RESOLVED that it be noted.",
    ))
    assert items(read) == [("1", "Apologies for Absence"), ("2", "Minutes of the last meeting"), ("3", "Risk Register")]


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


def test_parts_with_letters() -> None:
    read = outline(paper(
        "London Borough of Wexley", "SCRUTINY COMMITTEE", "Tuesday, 14 November 2023 at 7.00 p.m.",
        "A1 Apologies for Absence", "A2 Declarations of Interest", "A3 Minutes (Pages 1 - 8)",
        "B1 Budget Scrutiny 2024/25 (Pages 9 - 40)", "B2 Work Programme (Pages 41 - 44)", "C1 Exclusion of the Public",
    ))
    assert [number for number, _ in items(read)] == ["A1", "A2", "A3", "B1", "B2", "C1"]


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
