"""Whose paper it is where no council's own name says so: fire authorities, parks, bodies that each council has."""

from __future__ import annotations

from datetime import date

import pytest
from structure_papers import paper

from pipeline.linking.councils import council_of, known_councils
from pipeline.structure import outline


@pytest.mark.parametrize(("text", "official"), [
    ("Wexley & Calder Fire and Rescue Authority - Monday 6 May", "Wexley & Calder Fire and Rescue Authority"),
    ("minutes of the Netherfield & Wexley Fire Authority held", "Netherfield & Wexley Fire Authority"),
    ("Calder District National Park Authority", "Calder District National Park Authority"),
    ("CALDER DALES NATIONAL PARK AUTHORITY", "Calder Dales National Park Authority"),
    ("KIRKMOOR CITY HEALTH AND SOCIAL CARE INTEGRATION JOINT BOARD",
     "Kirkmoor City Health and Social Care Integration Joint Board"),
    ("the Kirkmoor Integration Joint Board met", "Kirkmoor Integration Joint Board"),
    ("COMBINED FIRE AUTHORITY FOR COUNTY WEXLEY AND CALDER", "County Wexley and Calder Combined Fire Authority"),
    ("the Police and Crime Commissioner for Wexley said", "Wexley Police and Crime Commissioner"),
])
def test_an_authority_of_one_purpose_by_the_form_of_its_name(text: str, official: str) -> None:
    (mention,) = known_councils().mentions(text)
    assert mention.council is not None
    assert (mention.council.official_name, mention.council.kind) == (official, "other")


@pytest.mark.parametrize(("text", "name", "official", "kind"), [
    ("Wexley and Harrowmoor Combined Authority", "Wexley and Harrowmoor",
     "Wexley and Harrowmoor Combined Authority", "combined_authority"),
    ("MINUTES OF NHS WEXLEY AND HOB ICB BOARD", "Wexley and Hob", "Wexley and Hob ICB", "integrated_care_board"),
    ("the Wexley University Health Board met", "Wexley", "Wexley University Health Board", "other"),
    ("Broad Wexley Town Parish Council. Minutes", "Broad Wexley Town", "Broad Wexley Town Parish Council", "parish"),
    ("meeting of the Strathcalder Pension Fund Committee are", "Strathcalder", "Strathcalder", "other"),
    ("Hob and Calder Council - Thursday, 24 November 2016", "Hob and Calder", "Hob and Calder Council", "other"),
    ("Officer (Vale of Calder Council).", "Vale of Calder", "Vale of Calder Council", "other"),
])
def test_an_authority_in_no_list_by_the_form_of_its_name(text: str, name: str, official: str, kind: str) -> None:
    (mention,) = known_councils().mentions(text)
    assert mention.council is not None
    assert (mention.council.name, mention.council.official_name, mention.council.kind) == (name, official, kind)


def test_a_listed_council_s_own_body_is_that_council_s() -> None:
    (mention,) = known_councils().mentions("minutes of the Sefton Pension Committee")
    assert mention.council is not None
    assert mention.council.id == "E08000014"


@pytest.mark.parametrize(("lines", "name"), [
    (("A meeting of Llanwexley Community Council will be held remotely on Thursday 15th June 2023 at 6.30 p.m. to "
      "transact the business that is set out below by the Clerk:", "1. Apologies", "2. Minutes"), "Llanwexley"),
    (("Decision details", "Repair fund", "Decision Maker: Cabinet", "Decision status: Approved", "Decision:",
      "That the sum awarded to Sefton be accepted."), "Sefton"),
    (("Wexley Parish Council", "Minutes of the meeting held on 4 May 2021", "Present: Cllrs A Bell (Kent County "
      "Council), B Moss", "1. Roads", "Kent County Council would mend them. Kent County Council was thanked."),
     "Wexley"),
])
def test_whose_paper_by_its_preamble_or_by_the_one_council_it_names(lines: tuple[str, ...], name: str) -> None:
    council = council_of(outline(paper(*lines)))
    assert council is not None
    assert council.name == name


def test_a_person_s_name_is_no_council() -> None:
    read = outline(paper("Schools Forum", "Minutes of the Meeting held on Wednesday 18 January, 2012",
                         "Present: Gill Edge, Brent Moss, Sian Hart", "1. Apologies", "2. Minutes", "Agreed."))
    assert council_of(read) is None


def test_a_parish_s_minutes_are_not_the_county_s_that_they_name() -> None:
    read = outline(paper("Minutes of the Parish Council Meeting held on 4 May 2021", "Present: Cllrs A Bell, B Moss",
                         "1. Roads", "Kent County Council would mend them. Kent County Council was thanked.",
                         "2. Bus", "Kent County Council had been asked."))
    assert council_of(read) is None


@pytest.mark.parametrize("text", [
    "the Fire Authority", "the precept of the Fire and Rescue Authority", "a National Park Authority",
    "the Health and Social Care Integration Joint Board", "Cyngor Cymuned Council",
    "Swansea Valley Pool Project", "apologies from A. Bell (Coventry)",
])
def test_words_that_name_no_authority(text: str) -> None:
    assert known_councils().mentions(text) == []


def test_a_county_that_had_ended_is_not_named_by_its_place() -> None:
    assert known_councils().mentions("the Cleveland Panel", date(2019, 2, 1)) == []


def test_the_hall_where_a_meeting_is_held_is_not_its_authority() -> None:
    read = outline(paper("Agenda and minutes", "Venue: Council Chamber, Sandwell Council House, Oldbury", "Items"))
    assert council_of(read) is None


def test_a_fire_authority_s_page_tells_authority_and_body() -> None:
    read = outline(paper(
        "Agenda and minutes", "Wexley & Calder Fire Authority - Wednesday, 15th February, 2023 11.00 am", "Items",
        "No. Item", "31.", "Minutes", "Minutes:", "The minutes of the Audit Committee were received.",
        "32.", "Budget", "Minutes:", "The Audit Committee had noted it.",
    ))
    council = council_of(read)
    assert council is not None
    assert (council.name, read.body) == ("Wexley & Calder", "Fire Authority")


def test_a_body_that_each_council_has_is_told_apart_from_its_council() -> None:
    read = outline(paper([["Report to:", "East Sussex Schools' Forum"], ["Date of meeting:", "14 November 2025"]],
                         "# Recommendations", "The Forum is recommended to agree the transfer.", "# 1. Background"))
    council = council_of(read)
    assert council is not None
    assert (council.name, read.body) == ("East Sussex", "Schools' Forum")


def test_a_council_s_committee_is_told_without_the_council() -> None:
    read = outline(paper("Minutes of Wexley Parish Council's Finance Committee, held on Monday 19th July 2021",
                         "Present: Cllr Ash"))
    assert read.body == "Finance Committee"


def test_a_table_of_many_meetings_is_no_form() -> None:
    read = outline(paper("# CABINET", "20 December 2023", "# Fees and Charges",
                         [["Meeting", "Date"], ["Advisory Committees", "December 2023"],
                          ["Cabinet", "20 December 2023"]],
                         "# Executive Summary", "This report gives the fees.", "# Background"))
    assert read.body == "Cabinet"


def test_a_name_in_both_tongues_is_one_council() -> None:
    (mention,) = known_councils().mentions("held by Cyngor Cymuned Milburn Community Council")
    assert mention.council is not None
    assert (mention.council.name, mention.council.official_name) == ("Milburn", "Milburn Community Council")


@pytest.mark.parametrize(("lines", "body"), [
    (("WEXLEY, CALDER & HOB DISTRICT COUNCIL", "Minutes of Council Meeting held on Monday 6 November 2017"), "Council"),
    (("MM 27.08.2019 & CITY COUNCIL", "Minutes of the Monthly Meeting of Council held on 27 August, 2019"), "Council"),
    (("Netherfield Council", "Monday 6 November 2017", "Roger Wilson", "Chief Executive", "AGENDA"), "Council"),
])
def test_what_is_left_of_a_council_s_name_is_no_body(lines: tuple[str, ...], body: str) -> None:
    assert outline(paper(*lines, "PRESENT: Councillor A Moss", "1. APOLOGIES", "2. MINUTES")).body == body


def test_a_decision_that_is_due_names_who_is_to_take_it_and_no_day_of_a_meeting() -> None:
    read = outline(paper("Decision details", "Tram Fares", "Decision type: Key Decision",
                         "Decision status: Recommendations Approved", "Decision due: 13 Dec 2023 by Harbour Board"))
    assert (read.kind, read.body, read.held_on) == ("decision_notice", "Harbour Board", None)


def test_the_label_before_a_body_on_a_meeting_s_page_is_no_part_of_its_name() -> None:
    read = outline(paper("# Meeting Details", "Committee: Licensing Sub-Committee A", "Date/Time: 3 Aug 2026 - 10:00"))
    assert (read.body, str(read.held_on)) == ("Licensing Sub-Committee A", "2026-08-03")


@pytest.mark.parametrize(("lines", "body"), [
    (("At a MEETING of the KIRKMOOR CITY HEALTH AND SOCIAL CARE INTEGRATION JOINT BOARD held remotely on 20th April, "
      "2022.", "Present:-"), "Health and Social Care Integration Joint Board"),
    (("Minutes of the Board", "MINUTES OF NHS WEXLEY AND HOB ICB BOARD PUBLIC MEETING", "HELD ON 18th May, 2023",
      "Present"), "ICB Board"),
    (("Wexley and Hob Combined Authority", "Combined Authority Board", "Date: Tuesday 28 January 2025, 2.00 pm",
      "Present: Mayor Finch"), "Combined Authority Board"),
    (("# MINUTES", "Wexley and Hob Combined Authority", "Date: Tuesday 28 January 2025, 2.00 pm",
      "Present: Mayor Finch"), "Combined Authority"),
    (("# MINUTES", "Wexley Vale Police and Crime Panel", "3 May 2021", "Present: A. Bell"),
     "Wexley Vale Police and Crime Panel"),
    (("The minutes of today's meeting of the Strathcalder Pension Fund Committee are now available.",
      "The Committee approved a new fund."), "Pension Fund Committee"),
])
def test_a_joint_body_without_its_places(lines: tuple[str, ...], body: str) -> None:
    assert outline(paper(*lines)).body == body


def test_a_partner_in_passing_is_not_whose_paper_it_is() -> None:
    read = outline(paper(
        "Cabinet", "Minutes of the meeting held on Wednesday, 30 January 2019", "Present: Councillor Moss",
        "1. Apologies", "None were received from members, nor from any of the officers.", "2. Grants",
        "The applications that had been put off in November were considered once more, and it was said that the Hob "
        "Vale Clinical Commissioning Group had sent a letter.",
    ))
    assert council_of(read) is None


def test_a_form_of_many_words_is_cut_at_its_verb() -> None:
    read = outline(paper("Issue - decisions", "Response to the petition", "11/12/2007 - Petition",
                         "That the Executive Member for Adult Social Services note receipt of the petition."))
    assert read.body == "Executive Member for Adult Social Services"
