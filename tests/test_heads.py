"""Heads of papers that other authorities write: what kind a paper is, which body met, on which day."""

from __future__ import annotations

import pytest
from structure_papers import items, paper

from pipeline.structure import outline


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
    (("Agenda for Harbour Board on Monday, 3 June 2024, 6.00 pm", "Agenda and minutes", "Items", "4.", "Apologies",
      "Minutes:", "None came.", "5.", "Tram Fares", "Minutes:", "RESOLVED: That they be agreed."), "minutes"),
    (("Cabinet", "11 January 2023", "Tram Fares", "Report of the Director of Harbours", "1) Recommendation",
      "That the Cabinet be asked to:", "(a) note the fares."), "report"),
    (("Agenda for Harbour Board on Monday, 3 June 2024, 6.00 pm", "Items", "4.", "Apologies", "5.", "Tram Fares",
      "To consider the fares."), "agenda"),
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


def test_a_summons_names_the_committee_that_is_to_meet() -> None:
    read = outline(paper(
        "NETHERFIELD TOWN COUNCIL", "You are hereby summoned to attend a meeting of the Policy & Finance Committee "
        "to be held in the Town Hall on Tuesday 14th May 2024 at 7pm.", "AGENDA", "PF24/01 To receive apologies.",
        "PF24/02 To receive declarations of interest.", "PF24/03 To consider a grant of £500.",
    ))
    assert (read.body, str(read.held_on)) == ("Policy & Finance Committee", "2024-05-14")


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


def test_a_site_s_list_of_its_bodies_names_none_that_met() -> None:
    read = outline(paper(
        "Those that will be broadcast are as follows: (a) Council; (b) Cabinet; (c) General Purposes Committee; "
        "(d) Planning Committee; and (e) Scrutiny Committee.", "Venue: Council Chamber", "No. | Item |",
        "Apologies To receive any. Minutes: The Committee had none. |", "|",
        "Minutes To sign them. Minutes: The Committee signed them. |",
    ))
    assert read.body is None


@pytest.mark.parametrize(("lines", "body"), [
    (("RECORD OF DECISION OF EXECUTIVE MEMBER", "Executive Member: Councillor A Bell, Executive Member for Highways",
      "Subject: Resurfacing", "Date decision taken: 4 July 2023", "Decision: That it be awarded."),
     "Executive Member for Highways"),
    (("MINUTE of MEETING of the HOBSHIRE LICENSING BOARD held in the Council Chambers, Hobton, on 14 June 2023",
      "SEDERUNT: Councillors Ann Bell (Convener), Ben Moss", "1. MINUTE", "Approved.", "2. GAMBLING", "Agreed."),
     "Licensing Board"),
    (("Northside Ward Forum", "Notes of meeting 12th October 2022", "Attendees", "Cllr Ann Bell (chair)", "1. Welcome",
      "Cllr Bell welcomed everyone.", "2. Police", "All was well."), "Northside Ward Forum"),
    (("WEXLEY AND CALDER BOROUGH COUNCIL", "A hybrid meeting (in person and via Zoom) of the Environment Committee was "
      "held at the Council Chamber, Wexley, on Wednesday, 7 June 2023 at 7.00 pm.", "PRESENT:",
      "Councillors Bell, Moss", "1. APOLOGIES", "None.", "2. Minutes", "RESOLVED: That the minutes be confirmed."),
     "Environment Committee"),
    (("EXECUTIVE DECISION", "made by a Cabinet Member", "2 Decision maker (Cabinet member name and portfolio title): "
      "Councillor Ann Bell (Cabinet Member for Health)", "4 Decision to be taken:", "To approve the fees."),
     "Cabinet Member for Health"),
    (("Decision details", "Refuge", "Decision Maker: City Mayor (Individual Decision)", "Decision:", "Approved."),
     "City Mayor"),
    (("Decision details", "Refuge", "Decision Maker: Cabinet Member - Housing (Delegated)", "Decision:", "Approved."),
     "Cabinet Member - Housing"),
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


def test_the_day_it_was_held_comes_before_that_of_the_minutes_to_be_confirmed() -> None:
    read = outline(paper(
        "At a Meeting of the Fire Authority held at the Fire Station, Wexley, on Monday 18 February 2019 at 10.00 a.m.",
        "Present:", "Councillors A Bell and B Moss.",
        "A2Minutes of the meeting held on 10 December 2018",
        "The minutes of the meeting held on 10 December 2018 were confirmed.",
    ))
    assert str(read.held_on) == "2019-02-18"


@pytest.mark.parametrize(("lines", "body"), [
    (("THE FIFE COUNCIL - HARBOURS AND FERRIES AREA COMMITTEE – BLENDED MEETING", "Committee Room 1, Custom House",
      "8th November, 2023", "PRESENT: Councillors A. Bell and C. Moss", "Decision", "The Committee noted it."),
     "Harbours and Ferries Area Committee"),
    (("REPORT", "Fares Update", "Edinburgh Integration Joint Board", "13 December 2022",
      "The purpose of this report is to provide the Board with an update on fares."), "Integration Joint Board"),
    (("NORTH AYRSHIRE", "Health and Social Care Partnership", "Integration Joint Board", "17 November 2022", "Subject:",
      "Fares", "The purpose of this report is to tell of the fares."), "Integration Joint Board"),
    (("Decision details", "Decision Maker: Babergh Cabinet", "Decision:", "That the fares be agreed."), "Cabinet"),
])
def test_a_body_by_its_own_name_alone(lines: tuple[str, ...], body: str) -> None:
    assert outline(paper(*lines)).body == body
