"""A document's header: kind, body, day, hour, place, title, reference, authority; packs and their reports."""

from __future__ import annotations

from datetime import date, time

import pytest
from structure_papers import paper

from pipeline.document import Document
from pipeline.structure import outline

PARISH = paper(
    "HOLLOWAY ST MARY PARISH COUNCIL",
    "Minutes of the Annual Meeting of the Parish Council held on Tuesday 14th May 2024 at 7.30 pm in the Village Hall",
    "Present: Cllrs A Fern (Chair) and B Moss",
    "24/13 Apologies for absence",
    "None.",
    "24/14 Minutes of the last meeting",
    "RESOLVED that the minutes of 9 April 2024 be signed.",
    "24/15 Date of next meeting",
    "11 June 2024. The meeting closed at 8.55 pm.",
)
SUB_COMMITTEE = paper(
    "NORTHMOOR DISTRICT COUNCIL",
    "At a meeting of the Licensing Sub-Committee held at the Civic Centre on Wednesday 12 June 2024 at 10.00 a.m.",
    "PRESENT",
    "Councillor P Gorse in the Chair",
    "12. DECLARATIONS OF INTEREST",
    "None.",
    "13. THE OLD SHIP",
    "RESOLVED that the licence be granted.",
)
EXTRACT = paper(
    "Constitution Review Appendix 1 – County Council 20 March 2025",
    "Minutes extract from Member Services Committee – 13 February 2025",
    "# Item 6 – Working Party Updates",
    "1. The Clerk presented the paper.",
    "2. RESOLVED that it be noted.",
)
SCOTS = paper(
    "# ABERSTRATH COUNCIL",
    "ABERSTRATH, 22 March 2023. Minute of Meeting of the EDUCATION POLICY COMMITTEE. "
    "Present:- Councillor McBeath, Convener; and Councillors Alba and Bruce.",
    "The Committee resolved:- to note the report.",
)
WELSH = paper(
    "CYNGOR CYMUNED LLANFAIR",
    "Cofnodion y cyfarfod a gynhaliwyd nos Lun, 3ydd Hydref, 2022 am 7.00 yh",
    "PRESENNOL: Cyng. A Rhys (Cadeirydd), B Owen",
    "1. YMDDIHEURIADAU",
    "Dim.",
    "2. DATGANIADAU O FUDDIANT",
    "Dim.",
    "3. COFNODION",
    "PENDERFYNWYD derbyn y cofnodion.",
)
COPIED = paper(
    "Agenda and draft minutes",
    "Health Scrutiny Panel - Tuesday, 5th March, 2024 10.00 am",
    "Venue: Room 1, Shire Hall. View directions",
    "Items",
    "No. Item",
    "11.",
    "Apologies",
    "Minutes:",
    "None.",
    "12.",
    "Work Programme",
    "Minutes:",
    "Noted.",
)
AGENDA = paper(
    "BOROUGH OF SALTMARSH",
    "NOTICE OF MEETING",
    "CABINET",
    "Date: Tuesday 4 March 2025",
    "Time: 6.00 pm",
    "Venue: Council Chamber, Town Hall",
    "AGENDA",
    "1. Apologies for absence",
    "2. Minutes",
    "To confirm the minutes of the meeting held on 4 February 2025. (Pages 3 - 10)",
    "3. Budget monitoring Q3 (Pages 11 - 30)",
    "Wednesday, 26 February 2025",
)
REPORT = paper(
    "MOORSIDE COUNCIL",
    "Report to: Audit & Governance Committee",
    "Date of meeting: 18th July 2023",
    "Subject: Annual governance statement",
    "Report of: Head of Audit",
    "Wards affected: All",
    "1. Purpose of report",
    "1.1 To present the statement, which was first approved on 4 May 2022.",
    "2. Recommendations",
    "2.1 That the Committee approve the statement.",
)
REPORT_BY_LETTER = paper(
    "From: Ann Orr, Director of Finance",
    "To: Cabinet – 30 January 2025",
    "Subject: Budget monitoring – November 2024",
    "# Summary:",
    "The attached report sets out the position as at 30 November 2024.",
    "# Recommendation(s):",
    "Cabinet is asked to:",
    "a) NOTE the forecast.",
)
REPORT_IN_TABLE = paper(
    [
        ["Item No. 6", "Classification: Open", "Date: 19 February 2004", "Meeting Name: Executive"],
        ["Report title:", "Adoption of planning guidance"],
        ["From:", "Director of Regeneration"],
    ],
    "# RECOMMENDATION",
    "1. That the Executive adopts the guidance.",
)
REPORT_WITH_MONTH = paper(
    [
        ["Item No.", "Classification:", "Date:", "Decision maker:"],
        ["", "Open", "February 2015", "Cabinet Member for Planning and Transport"],
        ["Report title", "Rehousing"],
    ],
    "# RECOMMENDATION",
    "1. That the Cabinet Member approves the rehousing.",
)
DECISION = paper(
    "# BRIARSHIRE COUNTY COUNCIL – RECORD OF DECISION",
    "DECISION TO BE TAKEN BY:",
    "Mrs Sue Chant, Cabinet Member for Children’s Services",
    "DECISION NO:",
    "24/00093",
    "# Subject Matter / Title of Decision",
    "Family hubs",
    "# Decision:",
    "As Cabinet Member I agree to:",
    "APPROVE the closure of two hubs when their contracts end on 31 March 2025.",
    "# Reason(s) for decision:",
    "Their cost.",
    "# Any alternatives considered and rejected:",
    "None.",
    "17/1/2025",
    ".......... ..........",
    "signed date",
)
DECISION_PAGE = paper(
    "Decision details",
    "Award of home care contracts",
    "Decision Maker: Cabinet Member for Adults",
    "Decision status: Recommendations Approved",
    "Is Key decision?: Yes",
    "Purpose:",
    "To award contracts.",
    "Decision:",
    "1. Approve the award.",
    "Reasons for the decision:",
    "Best value.",
    "Publication date: 12/05/2022",
    "Date of decision: 09/05/2022",
    "Effective from: 17/05/2022",
)
AMENDMENT = paper(
    "# Briarshire County Council Green Group – Another Budget",
    "# Amendment to the Revenue Budget 2025-26",
    "Proposed by Mr A Wren",
    "Seconded by Mrs B Robin",
    "The County Council is asked to agree as follows:",
)
APPENDIX = paper("# APPENDIX A - CAPITAL SUMMARY 2025-26", [["Directorate", "£000s"], ["Children", "1,204"]])
BROWSE = paper(
    "[mgMainTitleTxt] Browse meetings",
    "[mgSubTitleTxt] Harbour Panel",
    "15 Jun 2026 7:30 pm",
    "3 Mar 2026 7:30 pm",
)
CANCELLED = paper(
    "[mgMainTitleTxt] Meeting",
    "[mgSubTitleTxt] Harbour Panel - Tuesday 11 November 2025 6:00 pm, CANCELLED",
    "No documents are available for this meeting",
)
ONE_ITEM = paper(
    "Agenda item",
    "Ferry fares",
    "Minutes:",
    "The Sub-Committee heard of the fares.",
    "The Harbour Sub-Committee had asked for this on 21 September 2017.",
    "RESOLVED that the fares rise.",
)


@pytest.mark.parametrize(
    ("document", "kind", "body", "held_on"),
    [
        (PARISH, "minutes", "Parish Council", date(2024, 5, 14)),
        (SUB_COMMITTEE, "minutes", "Licensing Sub-Committee", date(2024, 6, 12)),
        (EXTRACT, "minutes", "Member Services Committee", date(2025, 2, 13)),
        (SCOTS, "minutes", "Education Policy Committee", date(2023, 3, 22)),
        (WELSH, "minutes", "Cyngor Cymuned", date(2022, 10, 3)),
        (COPIED, "minutes", "Health Scrutiny Panel", date(2024, 3, 5)),
        (ONE_ITEM, "minutes", "Harbour Sub-Committee", None),
        (AGENDA, "agenda", "Cabinet", date(2025, 3, 4)),
        (CANCELLED, "agenda", "Harbour Panel", date(2025, 11, 11)),
        (REPORT, "report", "Audit & Governance Committee", date(2023, 7, 18)),
        (REPORT_BY_LETTER, "report", "Cabinet", date(2025, 1, 30)),
        (REPORT_IN_TABLE, "report", "Executive", date(2004, 2, 19)),
        (REPORT_WITH_MONTH, "report", "Cabinet Member for Planning and Transport", None),
        (DECISION, "decision_notice", "Cabinet Member for Children’s Services", date(2025, 1, 17)),
        (DECISION_PAGE, "decision_notice", "Cabinet Member for Adults", date(2022, 5, 9)),
        (AMENDMENT, "other", "County Council", None),
        (APPENDIX, "other", None, None),
        (BROWSE, "other", "Harbour Panel", None),
    ],
)
def test_kind_body_and_day(document: Document, kind: str, body: str | None, held_on: date | None) -> None:
    read = outline(document)
    assert (read.kind, read.body, read.held_on) == (kind, body, held_on)


def test_hour_place_and_days_of_publication() -> None:
    assert (outline(AGENDA).starts_at, outline(AGENDA).venue) == (time(18), "Council Chamber, Town Hall")
    assert (outline(COPIED).starts_at, outline(COPIED).venue) == (time(10), "Room 1, Shire Hall")
    assert outline(PARISH).starts_at == time(19, 30)
    assert outline(DECISION_PAGE).published_on == date(2022, 5, 12)


@pytest.mark.parametrize(
    ("document", "title", "reference"),
    [
        (REPORT, "Annual governance statement", None),
        (REPORT_IN_TABLE, "Adoption of planning guidance", None),
        (DECISION, "Family hubs", "24/00093"),
        (DECISION_PAGE, "Award of home care contracts", None),
        (CANCELLED, "Harbour Panel - Tuesday 11 November 2025 6:00 pm, CANCELLED", None),
        (paper("To: Cabinet", "Subject: Joint Panel (JP) Terms of Reference: Update"),
         "Joint Panel (JP) Terms of Reference: Update", None),
        (paper("# Draft Budget 2025-26 and Plan for 2025-28,", "# and Draft Programme of Works", "# Appendices"),
         "Draft Budget 2025-26 and Plan for 2025-28, and Draft Programme of Works", None),
    ],
)
def test_title_and_reference(document: Document, title: str, reference: str | None) -> None:
    assert (outline(document).title, outline(document).reference) == (title, reference)


@pytest.mark.parametrize(
    ("document", "council"),
    [
        (PARISH, "HOLLOWAY ST MARY PARISH COUNCIL"),
        (AGENDA, "BOROUGH OF SALTMARSH"),
        (REPORT, "MOORSIDE COUNCIL"),
        (DECISION, "BRIARSHIRE COUNTY COUNCIL"),
        (REPORT_BY_LETTER, None),
    ],
)
def test_the_authority_as_printed_in_the_head(document: Document, council: str | None) -> None:
    assert outline(document).council == council


def test_a_weekday_that_disagrees_keeps_the_headings_date() -> None:
    read = outline(
        paper(
            "ASHBOURNE VALE COUNCIL",
            "CABINET",
            "Minutes of the meeting held on Monday 6th November 2018",
            "PRESENT: Mr A Bee",
            "# 1. Apologies",
            "None.",
            "# 2. Minutes",
            "RESOLVED that they be signed.",
        )
    )
    assert read.held_on == date(2018, 11, 6)


def test_earlier_and_later_meetings_are_not_this_one() -> None:
    read = outline(
        paper(
            "CABINET",
            "Minutes",
            "PRESENT: Mr A Bee",
            "# 1. Apologies",
            "None.",
            "# 2. Minutes of the meeting held on 9 January 2025",
            "RESOLVED that they be signed.",
            "# 3. Date of next meeting",
            "3 March 2025",
        )
    )
    assert (read.kind, read.held_on) == ("minutes", None)


def test_the_day_of_the_last_minutes_and_the_council_behind_its_meeting() -> None:
    read = outline(
        paper(
            "Minutes of the Annual Parish Council Meeting of Milburn Parish Council",
            "At a meeting held at Milburn on 20th June, 2002.",
            "The minute of meeting held on 13th June, 2002 was held as read.",
            "RESOLVED that the notes of the meeting held on 7th June, 2002 be signed.",
        )
    )
    assert (read.council, read.held_on) == ("Milburn Parish Council", date(2002, 6, 20))


@pytest.mark.parametrize(
    ("heading", "council", "body"),
    [
        ("Minutes of the Cemetery Committee Meeting of Milburn Parish Council held on Tuesday 6 August 2024",
         "Milburn Parish Council", "Cemetery Committee"),
        ("Non-Exempt Minutes of the Meeting of Netherfield and Calder Fire and Rescue Authority held on 6 May 2019",
         "Netherfield and Calder Fire and Rescue Authority", "Fire and Rescue Authority"),
        ("MINUTES OF THE FINANCE & PARKS COMMITTEE OF THE COUNCIL HELD ON MONDAY 23rd MAY 2011", None,
         "Finance & Parks Committee"),
        ("Draft MILBURN PARISH COUNCIL", "MILBURN PARISH COUNCIL", "Parish Council"),
    ],
)
def test_a_meeting_of_a_council(heading: str, council: str | None, body: str) -> None:
    read = outline(paper(heading, "Minutes of the meeting", "PRESENT: Mr A Bee", "# 1. Apologies", "None."))
    assert (read.council, read.body) == (council, body)


def test_labels_stand_over_their_values_where_rules_were_lost() -> None:
    from pipeline.document import Block, Page, Word
    from pipeline.layout.compose import compose

    def row(top: float, *words: tuple[str, float]) -> Block:
        placed = [Word(text, x, top, x + 6 * len(text), top + 10, size=10) for text, x in words]
        return Block("paragraph", " ".join(text for text, _ in words), page=1, words=placed)

    document = Document(
        sha256="00",
        path="scan",
        media_type="application/pdf",
        pages=[Page(1, 595, 842)],
        blocks=[
            row(40, ("Item", 40), ("No", 70), ("Classification", 140), ("Committee", 280), ("Date", 420)),
            row(
                55,
                ("84", 45),
                ("Open", 150),
                ("HOUSING", 285),
                ("15th", 410),
                ("December", 440),
                ("1998", 500),
            ),
            row(80, ("From", 40), ("Title", 300), ("of", 336), ("Report", 352)),
            row(95, ("DIRECTOR", 40), ("ROOF", 300), ("REPAIRS", 330)),
            row(130, ("1.", 40), ("PURPOSE", 60)),
            row(150, ("1.1", 40), ("To", 62), ("inform", 80), ("Committee.", 120)),
            row(170, ("2.", 40), ("RECOMMENDATIONS", 60)),
        ],
    )
    read = outline(compose(document))
    assert (read.kind, read.body, read.held_on, read.title) == (
        "report",
        "Housing Committee",
        date(1998, 12, 15),
        "ROOF REPAIRS",
    )


def test_a_pack_binds_reports_to_its_items() -> None:
    from pipeline.document import Page
    from pipeline.layout.compose import compose

    document = paper(
        "AGENDA",
        "OVERVIEW COMMITTEE",
        "Thursday, 13 June 2024 at 6.30 pm",
        "1. Apologies for absence",
        "2. Declarations of interest",
        "3. Housing repairs (page 2)",
        "4. Work programme",
        "Agenda Item 3",
        "Report of the Head of Housing",
        "1. Recommendations",
        "1.1 That the Committee notes it.",
    )
    document.pages = [Page(1), Page(2)]
    for index, block in enumerate(document.blocks):
        block.page = 1 if index < 7 else 2
    read = outline(compose(document))
    assert (read.kind, read.body) == ("pack", "Overview Committee")
    assert [(item.number, item.report) for item in read.items] == [
        ("1", None),
        ("2", None),
        ("3", (7, 11)),
        ("4", None),
    ]
    assert read.item_index_at(read.document.text.index("1.1 That")) == 2
