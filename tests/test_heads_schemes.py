"""Heads of minutes in many layouts, for authorities in no list by every form of their names."""

from __future__ import annotations

import pytest
from structure_papers import paper

from pipeline.linking.councils import council_of
from pipeline.structure import outline

BODY = "Finance and Assets Committee"
COUNCILS = {
    "Hobmere Parish Council": "Hobmere", "HOBMERE TOWN COUNCIL": "Hobmere",
    "Hobmere-on-Sea Community Council": "Hobmere-on-Sea", "North Hobshire District Council": "North Hobshire",
    "Borough of Hobmere": "Hobmere", "HOBSHIRE COUNTY COUNCIL": "Hobshire", "City of Hobchester Council": "Hobchester",
    "Hobchester City Council": "Hobchester", "London Borough of Hobwell": "Hobwell",
    "Royal Borough of Hobwell": "Hobwell", "Hobshire Council": "Hobshire", "The Hobland Council": "Hobland",
    "Hob and Moss Combined Authority": "Hob and Moss", "Hobshire Fire and Rescue Authority": "Hobshire",
    "Hob Moor National Park Authority": "Hob Moor", "NHS Hobshire Integrated Care Board": "Hobshire",
    "Hobland Islands Council": "Hobland", "Mid Hob Metropolitan Borough Council": "Mid Hob",
    "Hobwen County Borough Council": "Hobwen", "Hobmere MBC": "Hobmere", "St Hob's Parish Council": "St Hob's",
    "Hob Magna and Hob Parva Parish Council": "Hob Magna and Hob Parva",
}
LAYOUTS = {
    "three lines": ("{c}", "{b}", "Minutes of the meeting held on Tuesday 5 September 2023 at 7.00 pm in the Hall"),
    "one line": ("MINUTES of the {b} of {c} held at the Guildhall on 5th September 2023 at 7.00pm",),
    "dashed": ("{c} - {b}", "Tuesday, 5th September, 2023 7.00 pm", "Minutes"),
    "month first": ("Draft Minutes", "Minutes of a meeting of the {b} of {c}, held on Tuesday, September 5, 2023."),
    "figures": ("{c}", "{b} Meeting – 05/09/2023", "MINUTES"),
    "site": ("Agenda and minutes", "{b}, {c} - Tuesday, 5th September, 2023 7.00 pm", "Venue: Guildhall"),
    "at a meeting": ("{c}", "At a meeting of the {b} held in the Guildhall on Tuesday the 5th day of September 2023"),
    "form": ("MINUTES", "Meeting: {b}", "Date: 5 September 2023", "Time: 7.00 pm", "Venue: Guildhall", "{c}"),
}
BUSINESS = (
    "Present: Councillors Ann Bell (Chair), Ben Moss and Cara Ash", "1. Apologies for absence", "Councillor Fern.",
    "2. Declarations of interest", "There were none.", "3. Minutes", "RESOLVED: That the minutes of 4 July 2023 stand.",
    "4. Budget", "The Director introduced the report.", "RESOLVED: That it be noted.",
)


@pytest.mark.parametrize("council", COUNCILS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_head(layout: str, council: str) -> None:
    read = outline(paper(*(line.format(b=BODY, c=council) for line in LAYOUTS[layout]), *BUSINESS))
    whose = council_of(read)
    assert (read.kind, read.body, str(read.held_on)) == ("minutes", BODY, "2023-09-05")
    assert whose is not None
    assert whose.name == COUNCILS[council]


@pytest.mark.parametrize("body", [
    "Cabinet", "Full Council", "Planning Committee", "Health and Wellbeing Board", "Overview & Scrutiny Panel",
    "Licensing Sub-Committee B", "Executive", "Policy & Resources Committee", "Staff Consultative Forum",
    "Audit, Risk and Governance Committee", "Children and Young People's Scrutiny Commission", "Town Deal Board",
    "Strategic Planning Committee (North)", "Climate Change Working Group", "Standards Committee",
])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_body(layout: str, body: str) -> None:
    read = outline(paper(*(line.format(b=body, c="Hobmere Borough Council") for line in LAYOUTS[layout]), *BUSINESS))
    assert (read.kind, read.body, str(read.held_on)) == ("minutes", body, "2023-09-05")
