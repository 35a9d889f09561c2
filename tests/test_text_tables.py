"""Tables of plain text: between pipes without edges, drawn, typed with spaces, one cell to a line; prose in columns."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_pages import table_of, texts

from pipeline.document import Document
from pipeline.extractors import decisions, money
from pipeline.ingesters.text import read_text
from pipeline.layout import lay_out
from pipeline.records import BudgetFigure, Reconciliation, Resolution
from pipeline.structure import outline


def document_of(text: str) -> Document:
    return lay_out(read_text(Document("0" * 64, "paper.txt", "text/plain"), text.encode()))


def tables_of(text: str) -> list[list[list[str | None]]]:
    return [table_of(block) for block in document_of(text).blocks if block.table is not None]


PIPES = "Service | Budget | Forecast\nRoads | 1,200 | 1,310\nParks | 300 | 290\nTotal | 1,500 | 1,600\n"
DRAWN = """
+---------+--------+----------+
| Service | Budget | Forecast |
+=========+========+==========+
| Roads   | 1,200  | 1,310    |
| Parks   | 300    | 290      |
+---------+--------+----------+
| Total   | 1,500  | 1,600    |
+---------+--------+----------+
"""
SPACED = """
Service          Budget     Forecast
-----------------------------------
Roads             1,200        1,310
Parks               300          290
                 ------       ------
Total             1,500        1,600
                 ======       ======
"""
LINES = "\n\n".join(PIPES.replace(" | ", "\n").splitlines())
CLOSED = LINES.replace("\n\n", ".\n\n") + "."
"""As tables are written to be read aloud."""


@pytest.mark.parametrize(
    "table", [PIPES, DRAWN, SPACED, LINES, CLOSED], ids=["pipes", "drawn", "spaces", "lines", "closed"]
)
def test_a_table_is_one_however_it_is_typed(table: str) -> None:
    document = document_of(f"Revenue budget 2024/25 (£000)\n\n{table}\n\nThe report was noted.\n")
    assert [block.role for block in document.blocks][1:] == ["table", "paragraph"]
    assert table_of(document.blocks[1]) == [
        ["Service", "Budget", "Forecast"], ["Roads", "1,200", "1,310"], ["Parks", "300", "290"],
        ["Total", "1,500", "1,600"],
    ]
    records = money.extract(outline(document))
    figures = [r for r in records if isinstance(r, BudgetFigure)]
    assert [(f.row_label, f.column_label, f.amount) for f in figures][:2] == [
        ("Roads", "Budget", Decimal(1_200_000)), ("Roads", "Forecast", Decimal(1_310_000)),
    ]
    sums = [r for r in records if isinstance(r, Reconciliation)]
    assert len(sums) == 2 and all(check.holds for check in sums)
    for figure in figures:
        assert document.text[figure.char_start:figure.char_end] == figure.raw


def test_typed_headings_of_several_lines_wrapped_labels_and_blanks() -> None:
    (table,) = tables_of(
        "                      2023/24    2024/25\n"
        "                       Actual     Budget\n"
        "Roads and\n"
        "  street lights         1,200      1,250\n"
        "Less: grants             (90)       (95)\n"
        "Parks                                850\n"
        "Total                   1,110      2,005\n"
    )
    assert table == [
        [None, "2023/24 Actual", "2024/25 Budget"], ["Roads and street lights", "1,200", "1,250"],
        ["Less: grants", "(90)", "(95)"], ["Parks", None, "850"], ["Total", "1,110", "2,005"],
    ]


@pytest.mark.parametrize("text", [
    "For\n12\nAgainst\n3\nAbstain\n1\n",
    "Apologies              1\nMinutes                2\nBudget                 7\n",
    "Present:    Councillor A Marsh\n            Councillor B Thorn\nClerk:      Mrs Hill\n",
    "Home | Council | Meetings\nYou are here | Agenda\n",
    "1\nApologies\n2\nMinutes\n3\nBudget 2024/25\n",
])
def test_votes_contents_names_and_paths_are_no_tables(text: str) -> None:
    assert tables_of(text) == []


def test_payments_without_headings() -> None:
    (table,) = tables_of("Clerk             £450.00\nHall hire          £30.00\nGrass cutting     £180.50\n")
    assert table == [["Clerk", "£450.00"], ["Hall hire", "£30.00"], ["Grass cutting", "£180.50"]]


def test_prose_in_two_columns_is_read_left_column_first() -> None:
    left = [
        "The Committee met to consider the", "winter service plan for the coming",
        "season, and asked about the barn at", "Thornley, which is to be filled soon.",
    ]
    right = [
        "Councillor Marsh asked whether the", "parish councils had been consulted.",
        "The Head of Highways said they had", "all been sent the plan in the spring.",
    ]
    typed = "\n".join(f"{one:42}{other}" for one, other in zip(left, right, strict=True))
    assert texts(document_of(typed)) == [" ".join(left), " ".join(right)]


@given(st.lists(st.text(alphabet="ab1£|-=+ ,.\t", max_size=30), min_size=1, max_size=25))
def test_no_word_is_lost_and_offsets_hold(lines: list[str]) -> None:
    text = "Budget papers\n" + "\n".join(lines)
    document = document_of(text)
    for block in document.blocks:
        assert document.text[block.start:block.end] == block.text
        for cell in block.table.cells if block.table else ():
            assert document.text[cell.start:cell.end] == cell.text
    assert sorted(c for c in document.text if c in "b1£") == sorted(c for c in text if c in "b1£")

def test_a_table_that_a_limb_leads_in_belongs_to_it() -> None:
    text = (
        "Ashbourne Vale Parish Council\n\nMinutes of the meeting held on 4 March 2024\n\n5. Finance\n\n"
        "RESOLVED that the following payments be made\n\n"
        "Clerk’s salary            £287.50\n\nHall hire                  £30.00\n\n"
        "Grass                      £95.00\n\n6. Budget\n\n"
        "RESOLVED:\n(a) that the following amounts be set for 2024/25:\n\n"
        "Item | £\nPrecept | 12,400\nGrants | 1,100\n\n(b) that the clerk publish them.\n"
    )
    found = [r for r in decisions.extract(outline(document_of(text))) if isinstance(r, Resolution)]
    assert [" ".join(r.text.split()) for r in found] == [
        "that the following payments be made Clerk’s salary £287.50 Hall hire £30.00 Grass £95.00",
        "(a) that the following amounts be set for 2024/25: Item £ Precept 12,400 Grants 1,100 "
        "(b) that the clerk publish them.",
    ]
