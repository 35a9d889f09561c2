"""Pages whose layout was lost on the way: copies of web pages, transcripts in one line, other sites' pages."""

from __future__ import annotations

from datetime import date, time

import pytest
from structure_papers import items, paper

from pipeline.structure import outline

HEAD = ("NETHERFIELD TOWN COUNCIL", "Minutes of the meeting held on Monday 3 February 2025", "Present: Cllr A Fern")


def test_titles_stand_above_the_numbers_of_the_minutes() -> None:
    read = outline(paper(
        *HEAD, "NOTICE OF FILMING", "2031 The Mayor said that a film was being made.", "MINUTES",
        "2032 RESOLVED:- That they be signed.", "MAYOR'S ANNOUNCEMENTS", "2033 The Mayor had opened the fair.",
    ))
    assert items(read) == [("2031", "NOTICE OF FILMING"), ("2032", "MINUTES"), ("2033", "MAYOR'S ANNOUNCEMENTS")]


def test_minutes_in_one_line_are_cut_at_their_numbers() -> None:
    line = (
        "Wexley Parish Council Minutes of a Meeting of Wexley Parish Council held at 7.00pm on Monday 4 February 2008 "
        "in the hall Pc/41/07-08 Apologies for Absence Apologies for absence were received from Cllr Moss With regret "
        "it was resolved to accept them. Pc/42/07-08 Declarations of Interest Cllr Fern declared an interest in the "
        "pond. Pc/43/07-08 Matters arising There were none. Pc/44/07-08 Finance It was RESOLVED to pay £40 for paint. "
        "Pc/45/07-08 DITCHES AT HOB LANE The clerk would write to the county about the ditches, which had not been "
        "cleared since the spring, and would ask for a date. The meeting closed at 9.10pm."
    )
    read = outline(paper(line))
    assert items(read) == [
        ("Pc/41/07-08", "Apologies for Absence"), ("Pc/42/07-08", "Declarations of Interest"),
        ("Pc/43/07-08", "Matters arising"), ("Pc/44/07-08", "Finance"), ("Pc/45/07-08", "DITCHES AT HOB LANE"),
    ]
    assert (read.kind, read.held_on, read.starts_at) == ("minutes", date(2008, 2, 4), time(19))
    assert [a.name for a in read.attendances] == ["Cllr Moss"]
    at = read.document.text.index("pay £40")
    assert read.item_index_at(at) == 3


def test_rows_of_a_table_whose_numbers_were_lost() -> None:
    read = outline(paper(
        "Venue: Shire Hall", "No. | Item |", "Declarations of Interest Please note that members must say so. Minutes: "
        "None. |", "|", "Welcome and Fire Drill In the event of a fire, leave. Minutes: The Chair welcomed all. |", "|",
        "Review of Ferry Tolls To receive a report. Minutes:", "The Panel noted the review.", "|",
    ))
    assert items(read) == [
        (None, "Declarations of Interest"), (None, "Welcome and Fire Drill"), (None, "Review of Ferry Tolls"),
    ]
    assert read.kind == "minutes"


def test_rows_of_a_table_end_their_titles_at_the_site_s_labels() -> None:
    read = outline(paper(
        "Agenda and minutes", "Scrutiny Panel - Tuesday 8 March 2022 6.00 pm",
        [["No.", "Item"], ["31.", "Apologies for Absence Minutes: Councillor Hart sent hers."],
         ["32.", "Ferry Tolls PDF 1 MB Report of the Harbour Master. Minutes: The Panel noted the report."],
         ["33.", "Minutes of the Last Meeting To confirm them. Minutes: RESOLVED that they be confirmed."]],
    ))
    assert items(read) == [
        ("31", "Apologies for Absence"), ("32", "Ferry Tolls"), ("33", "Minutes of the Last Meeting"),
    ]


def test_a_site_s_page_without_numbers_and_labels() -> None:
    read = outline(paper(
        "Agenda and draft minutes", "Harbour Board - Wednesday, 26th June, 2024 2.00 pm", "To receive any apologies.",
        "Election of Chair", "That Cllr Fern be elected.", "Minutes pdf icon PDF 138 KB", "To confirm the minutes.",
        "Ferry Tolls 2024/25 pdf icon PDF 118 KB", "To consider a report.", "Urgent business", "There was none.",
    ))
    assert items(read) == [
        (None, "Election of Chair"), (None, "Minutes"), (None, "Ferry Tolls 2024/25"), (None, "Urgent business"),
    ]
    assert (read.body, read.held_on) == ("Harbour Board", date(2024, 6, 26))


@pytest.mark.parametrize("number", ["RC/19", "* RC/19"])
def test_a_page_with_a_column_of_notes(number: str) -> None:
    read = outline(paper(
        "Agenda and minutes", "Items", "Note No. Item", number, "Minutes pdf icon PDF 138 KB", "Minutes:",
        "RESOLVED that they be signed.", number.replace("19", "20"), "Ferry Tolls", "Minutes:", "Noted.",
    ))
    assert items(read) == [("RC/19", "Minutes"), ("RC/20", "Ferry Tolls")]


def test_another_site_s_meeting_page_is_an_agenda_until_minutes_stand_below_its_items() -> None:
    head = ("Meeting Details", "Planning applications committee", "10 Sep 2020 - 10:00", "Documents", "Public Agenda")
    agenda = outline(paper(*head, "1 Apologies", "To receive apologies.", "2 pdf Minutes (233Kb)", "To approve them.",
                           "3 Planning applications", "Please note the rules for speakers."))
    assert (agenda.kind, agenda.body, agenda.held_on) == (
        "agenda", "Planning applications committee", date(2020, 9, 10))
    assert items(agenda) == [("1", "Apologies"), ("2", "Minutes"), ("3", "Planning applications")]
    minutes = outline(paper(
        *head, "1 Apologies", "36", "Apologies were received from Councillor Hart.", "2 Minutes", "37",
        "DECISION: That the minutes be approved.", "3 Ferry tolls", "38", "Councillor Bell introduced the report.",
    ))
    assert minutes.kind == "minutes"
    assert [i.title for i in minutes.items] == ["Apologies", "Minutes", "Ferry tolls"]


def test_an_agenda_with_its_numbers_in_lines_of_their_own() -> None:
    read = outline(paper(
        "Committee Document", "Harbour Sub-Committee", "Date:", "11th September 2007",
        "A meeting of the Harbour Sub-Committee will be held as follows:-", "DATE:", "WEDNESDAY, 19TH SEPTEMBER 2007",
        "TIME:", "2.00 P.M.", "AGENDA", "1.", "ELECTION OF CHAIR", "To elect one.", "2.", "APOLOGIES FOR ABSENCE",
        "To receive any.", "3.", "FERRY TOLLS", "To receive a report.",
    ))
    assert items(read) == [("1", "ELECTION OF CHAIR"), ("2", "APOLOGIES FOR ABSENCE"), ("3", "FERRY TOLLS")]
    assert read.held_on == date(2007, 9, 19)


def test_a_page_of_the_decisions_on_an_issue() -> None:
    read = outline(paper(
        "Issue - decisions", "Supply of Bread", "13/12/2017 - Contracts for the Supply of Bread to Canteens",
        "The Cabinet resolved to:", "(i) Approve the contract; and", "(ii) Thank the bakers.",
    ))
    assert (read.kind, read.body, read.held_on) == ("decision_notice", "Cabinet", date(2017, 12, 13))


def test_a_day_that_stands_on_the_next_line() -> None:
    read = outline(paper(
        "Minutes from Ordinary Meeting held on", "Monday 6th July 2020 at", "7pm in the hall",
        "1. Apologies were received from Cllr Fern", "2. The minutes of a meeting held on 9th March 2020 were signed.",
    ))
    assert read.held_on == date(2020, 7, 6)


def test_capitals_end_where_the_officer_s_line_begins() -> None:
    read = outline(paper(
        "CITY OF HARROWMOOR", "HARBOUR COMMITTEE", "TUESDAY, 08 MAY 2018 AT 14:00 HOURS IN COMMITTEE ROOM 6, THE QUAY, "
        "HARROWMOOR, , HM1 1AA", "A G E N D A", "1 APOLOGIES", "2 MINUTES 5 - 10 To confirm the last minutes",
        "Page 1 of 64 3 FERRY TOLLS 31 - 34 Report of the Harbour Master.",
    ))
    assert items(read) == [("1", "APOLOGIES"), ("2", "MINUTES"), ("3", "FERRY TOLLS")]
    assert (read.held_on, read.starts_at) == (date(2018, 5, 8), time(14))


def test_short_titles_with_a_full_stop_are_titles() -> None:
    read = outline(paper(
        *HEAD, "1. Election of Chair. Cllr Moss proposed that Cllr Fern go on for a year.",
        "2. Apologies – PCSO Ann Teak and County Cllr Ling", "3. Ditches at Hob Lane. The clerk would write.",
        "4. Disclosure of Interests None.",
    ))
    assert items(read) == [
        ("1", "Election of Chair"), ("2", "Apologies"), ("3", "Ditches at Hob Lane"), ("4", "Disclosure of Interests"),
    ]


def test_one_who_came_for_an_item_is_no_item() -> None:
    read = outline(paper(
        "Minutes of the Harbour Committee held on 6 November 2013", "Also in attendance:",
        "Mr D Logue, Operations Director, Skills for Calder (Item 4)", "Ms M Macrae, Manager, Ferry Trust (Item 13)",
        "# 1. Apologies for Absence", "Mr B Moss.", "# 2. Declarations of Interest", "None.", "# 3. Tolls", "Noted.",
    ))
    assert items(read) == [("1", "Apologies for Absence"), ("2", "Declarations of Interest"), ("3", "Tolls")]


def test_articles_without_titles_are_told_by_how_they_begin() -> None:
    read = outline(paper(
        "# ABERSTRATH COUNCIL", "ABERSTRATH, 22 March 2023. Minute of Meeting of the HARBOUR COMMITTEE. Present:- "
        "Councillor Elder, Convener.", "1. The Committee had before it a report on tolls. It ran to four pages.",
        "The Committee resolved:- to note it.", "2. There was submitted the minute of the last meeting.", "Approved.",
        "3. With reference to article 4, the Committee had before it a plan of the quay.", "Agreed.",
    ))
    assert items(read) == [
        ("1", "The Committee had before it a report on tolls"),
        ("2", "There was submitted the minute of the last meeting"),
        ("3", "With reference to article 4, the Committee had before it a plan of the quay"),
    ]


def test_a_list_of_decisions_taken_by_a_body() -> None:
    read = outline(paper(
        "NOTICE OF EXECUTIVE DECISIONS", "Published 6 March 2025",
        "The following decisions were taken by the Executive on 4 March 2025", "5. Ferry tolls",
        "RESOLVED that the tolls be raised.", "6. Quay wall", "RESOLVED that it be mended.",
    ))
    assert (read.kind, read.body, read.held_on) == ("decision_notice", "Executive", date(2025, 3, 4))
    assert items(read) == [("5", "Ferry tolls"), ("6", "Quay wall")]


def test_an_issue_that_is_not_decided_is_no_decision() -> None:
    read = outline(paper("Issue details", "Ferry Tolls", "Decision type: Key", "Decision status: For Determination"))
    assert read.kind == "other"


def test_the_hour_is_told_near_the_day() -> None:
    filler = "Requests for scrutiny of a decision must be signed by five members and come in good time. "
    read = outline(paper(
        "Cabinet. Wednesday, 30 January 2019",
        "1 Cabinet Wednesday, 30 January 2019 Also in attendance: Councillor Hart " + filler * 2
        + "They must come by 5pm on 7 February. 320 Minutes RESOLVED that they be confirmed.",
    ))
    assert (read.held_on, read.starts_at) == (date(2019, 1, 30), None)
