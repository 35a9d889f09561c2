"""Packs: where bound-in documents begin, what they are, whose they are."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from evaluation.packs import Style, bind, found_in
from pipeline.document import Block, Document, Outline, Page
from pipeline.ingesters import read
from pipeline.layout import lay_out
from pipeline.layout.compose import compose
from pipeline.run import ingest
from pipeline.structure import outline

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

AGENDA = (
    "# AGENDA", "# HARBOUR COMMITTEE", "Thursday 16 January 2025 at 10.00 am", "1. Apologies",
    "2. Minutes of the last meeting (Pages 3 - 4)", "3. Ferry tolls (Pages 5 - 8)", "4. Quay repairs and dredging plan",
)
MINUTES = (
    "CALDERBROOK COUNCIL", "MINUTES of a meeting of the Harbour Committee held in the Guildhall on 5 December 2024",
    "Present: Mr A Fern and Mrs B Moss", "RESOLVED that the tolls be kept.",
)
REPORT = ("Report to: Harbour Committee", "Subject: Ferry tolls", "Report of: The Harbour Master", "Tolls are low.")


def bound(*pages: tuple[str, ...], furniture: dict[int, str] | None = None) -> Outline:
    """The outline of a document of such pages; `furniture` gives pages their running head or foot."""
    document = Document(sha256="00", path="pack", media_type="application/pdf")
    for number, lines in enumerate(pages, 1):
        told = [furniture[number]] if furniture and number in furniture else []
        document.pages.append(Page(number, 595, 842, furniture=told))
        for line in lines:
            heading = line.startswith("# ")
            text = line.removeprefix("# ")
            document.blocks.append(Block("heading" if heading else "paragraph", text, page=number, bold=heading))
    return outline(compose(document))


def parts(read: Outline) -> list[tuple[str, int | None, str | None]]:
    """Kind, first page and the agenda item's number of each part."""
    return [
        (part.kind, read.document.blocks[part.first].page,
         read.items[part.item].number if part.item is not None else None)
        for part in read.parts
    ]


def test_parts_begin_where_their_pages_tell_the_item() -> None:
    read = bound(AGENDA, ("Agenda Item 3", *REPORT), ("More of it.",), ("Agenda Item 4", "# Quay repairs", "Text."))
    assert read.kind == "pack"
    assert parts(read) == [("agenda", 1, None), ("report", 2, "3"), ("report", 4, "4")]
    assert [part.title for part in read.parts] == [None, "Ferry tolls", "Quay repairs"]
    inside = read.document.text.index("More of it.")
    assert read.items[read.item_index_at(inside) or 0].title == "Ferry tolls"


def test_minutes_of_the_last_meeting_have_their_own_day() -> None:
    read = bound(AGENDA, MINUTES, ("Agenda Item 3", *REPORT))
    assert parts(read) == [("agenda", 1, None), ("minutes", 2, "2"), ("report", 3, "3")]
    assert (read.parts[1].body, read.parts[1].held_on) == ("Harbour Committee", date(2024, 12, 5))
    assert read.held_on == date(2025, 1, 16)


def test_appendices_follow_their_report() -> None:
    read = bound(
        AGENDA, ("Agenda Item 3", *REPORT), ("# Appendix 1 - Tolls by ferry", "A list."),
        ("# Appendix 1 - Tolls", "Goes on."),
        ("# Appendix 2", "Another."), ("Appendix 1 and Appendix 2 are above, as was said.", "Text."),
    )
    assert parts(read) == [
        ("agenda", 1, None), ("report", 2, "3"), ("appendix", 3, "3"), ("appendix", 5, "3"),
    ]


def test_the_pack_s_own_page_numbers_lead_to_the_papers() -> None:
    stamps = {number: f"Page {number + 1}" for number in range(1, 8)}
    read = bound(AGENDA, MINUTES, ("Goes on.",), ("The tolls were last put up in 2019.",), ("a",), ("b",), ("c",),
                 furniture=stamps)
    assert parts(read)[1:] == [("minutes", 2, "2"), ("report", 4, "3")]


@pytest.mark.parametrize(
    ("numbers", "begins"),
    [
        ({3: "Page 1 of 2", 4: "Page 2 of 2"}, [3]),
        ({2: "1", 3: "2", 4: "1", 5: "2"}, [2, 4]),
        ({2: "Page 1 of 2", 3: "Page 2 of 2", 5: "Page 2 of 2"}, [2, 4]),
        ({2: "8", 3: "9", 4: "5", 5: "6"}, [4]),
        ({2: "8", 3: "9", 4: "10", 5: "11"}, []),
        ({}, []),
    ],
)
def test_numbers_that_begin_anew_tell_another_document(numbers: dict[int, str], begins: list[int]) -> None:
    page = ("The quay wall is old.",)
    read = bound(AGENDA, page, page, page, page, furniture=numbers)
    assert [first for _, first, _ in parts(read) if first != 1] == begins


def test_a_report_s_form_and_a_decision_s_title_begin_parts() -> None:
    record = ("# RECORD OF DECISION", "Decision taken by: The Mayor", "To mend the quay.")
    plan = ("Report to: Harbour Committee", "Subject: Quay repairs and dredging plan", "Report of: The Engineer")
    read = bound(AGENDA, plan, ("More.",), record, ("Decision record goes on.",))
    assert parts(read) == [("agenda", 1, None), ("report", 2, "4"), ("decision_notice", 4, None)]
    proposed = ("# PROPOSED RECORD OF DECISION", "To be taken by: The Mayor", "To paint the quay.")
    read = bound(AGENDA, plan, record, proposed)
    assert parts(read)[2:] == [("decision_notice", 3, None), ("decision_notice", 4, None)]


def test_an_agenda_of_two_pages_is_no_pack() -> None:
    read = bound(AGENDA, ("5. Minutes of the meeting of the sub-committee", "6. Urgent business"))
    assert (read.kind, read.parts) == ("agenda", [])
    assert read.items[-1].title == "Urgent business"


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("DRAFT MINUTES", True), ("Minutes (unconfirmed)", True), ("DRAFT", True), ("Agenda and draft minutes", True),
        ("These minutes are subject to confirmation at the next meeting.", True), ("MINUTES", False),
        ("Draft budget 2025/26", False),
    ],
)
def test_a_draft_says_so(line: str, draft: bool) -> None:
    assert bound((line, *MINUTES)).draft is draft


def test_a_pack_of_papers_by_several_authors_is_split_into_them() -> None:
    document = lay_out(read(CORPUS / "netherfield" / "cabinet-pack-2025-01-21.pdf"))
    found = outline(document)
    assert (found.kind, found.body, found.held_on) == ("pack", "Cabinet", date(2025, 1, 21))
    assert [item.number for item in found.items] == ["1", "2", "3", "4", "5", "6"]
    blocks = document.blocks
    assert [
        (part.kind, part.title, blocks[part.first].page, max(blocks[part.last - 1].pages),
         None if part.item is None else found.items[part.item].number)
        for part in found.parts
    ] == [
        ("agenda", None, 1, 1, None),
        ("minutes", "MINUTES of the Cabinet’s meeting in the Darcy Room, County Hall, Meryton on Tuesday, "
                    "26 November 2024", 3, 5, "3"),
        ("report", "Revenue and Capital Monitoring – September 2024", 7, 9, "4"),
        ("appendix", "Appendix C – Capital programme 2025-26 to 2027-28", 11, 12, "4"),
        ("report", "Winter service on the county’s roads", 13, 14, "5"),
        ("appendix", "Appendix 1 – Routes and what they cost", 15, 15, "5"),
        ("appendix", "Appendix 2 – Equality impact assessment", 17, 17, "5"),
    ]
    assert [(part.body, part.held_on) for part in found.parts if part.kind == "minutes"] == [
        ("Cabinet", date(2024, 11, 26)),
    ]


def test_papers_in_a_pack_that_are_documents_too_count_once(tmp_path: Path) -> None:
    folder = CORPUS / "netherfield"
    names = ["cabinet-pack-2025-01-21", "cabinet-minutes-2024-11-26", "revenue-monitoring-report-2024-11",
             "capital-programme-appendix-2025-28"]
    for name in names:
        shutil.copy(folder / f"{name}.pdf", tmp_path)
    ingest([tmp_path], tmp_path / "papers.duckdb", workers=1)
    with duckdb.connect(str(tmp_path / "papers.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT p.position, parse_filename(d.path, true) FROM document_parts p "
            "JOIN documents d ON d.document_id = p.same_as ORDER BY 1"
        ).fetchall()
        decided = connection.execute("SELECT held_on, count(*) FROM decisions GROUP BY 1").fetchall()
        proposed = connection.execute("SELECT count(*) FROM proposals").fetchall()
    assert found == [(2, names[1]), (3, names[2]), (4, names[3])]
    assert decided == [(date(2024, 11, 26), 6)]
    assert proposed == [(2,)]


@pytest.mark.parametrize("style", ["stamped", "bare"])
def test_every_paper_of_a_long_pack_is_found_with_its_pages_and_its_item(style: Style, tmp_path: Path) -> None:
    pack = bind(100, style)
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack.data)
    assert pack.pages == 132 and len(pack.parts) == 45
    assert found_in(path) == pack.parts


TITLED = ("# QUAY REPAIRS AND DREDGING PLAN", "Report by the Engineer", "The north quay leans.")


def test_papers_without_any_mark_are_known_by_the_titles_of_their_items() -> None:
    tolls = ("# Ferry Tolls", "Author: The Treasurer", "Tolls are low.")
    goes_on = ("# Quay walls", "The quay is old.")
    read = bound(AGENDA, MINUTES, tolls, ("# Appendix A", "A list."), TITLED, goes_on, ("# Appendix A", "A map."),
                 *[("The quay is old.",)] * 6)
    assert parts(read) == [
        ("agenda", 1, None), ("minutes", 2, "2"), ("report", 3, "3"), ("appendix", 4, "3"), ("report", 5, "4"),
        ("appendix", 7, "4"),
    ]
    assert [part.rule for part in read.parts if part.kind == "report"] == ["part.item_title"] * 2


def test_a_title_of_an_earlier_item_or_in_running_text_begins_no_paper() -> None:
    plain = ("Quay repairs and dredging plan", "The plan was made in 1998, before the storm.")
    read = bound(AGENDA, MINUTES, TITLED, ("# Ferry tolls", "Tolls pay for the quay."), plain, *[("Text.",)] * 8)
    assert parts(read) == [("agenda", 1, None), ("minutes", 2, "2"), ("report", 3, "4")]


def test_a_pack_may_begin_with_a_notice_of_the_meeting() -> None:
    notice = (
        "# PUBLIC DOCUMENT PACK", "# NOTICE OF MEETING", "# HARBOUR COMMITTEE", "Thursday 16 January 2025, 10.00 am",
    )
    read = bound(notice, ("# AGENDA", *AGENDA[3:]), MINUTES, ("The meeting closed at noon.",), REPORT)
    assert (read.kind, read.body, read.held_on) == ("pack", "Harbour Committee", date(2025, 1, 16))
    assert [part[0] for part in parts(read)] == ["agenda", "minutes", "report"]


def test_a_pack_whose_front_sheet_is_a_list_of_papers_is_known_by_the_stamps_of_its_items() -> None:
    front = (
        "# HARBOUR COMMITTEE", "Thursday 16 January 2025", "1 Apologies", "2 Minutes of the meeting on 5 December 2024",
        "3 Ferry tolls", "4 Quay repairs and dredging plan",
    )
    plan = ("Report to: Harbour Committee", "Subject: Quay repairs and dredging plan", "Report of: The Engineer")
    stamps = {2: "Agenda Item 2", 4: "Agenda Item 3", 5: "Agenda Item 4"}
    read = bound(front, MINUTES, ("The meeting closed at noon.",), REPORT, plan, furniture=stamps)
    assert (read.kind, read.held_on) == ("pack", date(2025, 1, 16))
    assert [part[0] for part in parts(read)] == ["agenda", "minutes", "report", "report"]


def test_minutes_that_begin_items_at_the_top_of_pages_are_no_pack() -> None:
    third, fourth = ("Agenda Item 3", "RESOLVED that the tolls be kept."), ("Agenda Item 4", "The plan was noted.")
    read = bound(MINUTES, third, fourth)
    assert (read.kind, read.parts) == ("minutes", [])
