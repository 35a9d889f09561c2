"""The tables checked by eye: the file is well formed, its own sums are right, and the rules that judge by it hold.

None of this needs the papers.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from evaluation.peer_readers import markdown_tables
from evaluation.peers import joined
from evaluation.tables import judging
from evaluation.tables.checked import MINUS, CheckedCell, CheckedTable, Total, amount, last_digit, load

TABLES = load()
TOTALS = [(table, total) for table in TABLES for total in table.totals]
UNITS = {"£", "£s", "£m", "£000", "£000s", "£'000", "£000's"}


def test_there_are_forty_tables_of_nine_documents_or_more() -> None:
    assert len(TABLES) == 40
    assert len({table.id for table in TABLES}) == 40
    assert len({table.sha256 for table in TABLES}) == len({table.document for table in TABLES}) >= 9


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_a_table_is_well_formed(table: CheckedTable) -> None:
    assert table.pages == tuple(range(table.pages[0], table.pages[-1] + 1))
    assert len(table.sha256) == 64
    assert table.unit in UNITS
    assert 9 <= len(table.cells) <= 20
    assert table.columns > len({cell.column for cell in table.cells}) - 1
    assert len(table.kinds) >= 2
    for cell in table.cells:
        assert judging.words(cell.row)
        assert any(ch.isdigit() for ch in cell.value) or cell.value == "-"
    assert not {(cell.row, cell.column) for cell in table.cells} & set(table.blank) - repeated(table)


def repeated(table: CheckedTable) -> set[tuple[str, str]]:
    """Places of rows that bear the same label: one of them may be blank and another not."""
    cells = Counter((cell.row, cell.column) for cell in table.cells)
    totals = Counter((total.row, total.column) for total in table.totals if total.kind == "row")
    return {place for places in (cells, totals) for place, times in places.items() if times > 1}


def test_labels_are_short_and_no_page_text() -> None:
    labels = {label for table in TABLES for label in table.labels | table.headings}
    assert max(map(len, labels)) < 100
    assert not [label for label in labels if len(label.split()) > 14]


def test_totals_that_hold_really_add_up() -> None:
    for table, total in TOTALS:
        assert total.kind in ("row", "column")
        assert len(total.parts) >= 2
        difference = amount(total.stated) - total.computed
        assert difference == total.difference, (table.id, total)
        assert (abs(difference) < total.rounding or difference == 0) == total.holds, (table.id, total)


def test_totals_that_do_not_add_up_exactly_say_why() -> None:
    for table, total in TOTALS:
        assert bool(total.difference) == bool(total.why), (table.id, total)
        assert total.holds or total.why != "rounding"


def test_a_sampled_total_is_printed_as_its_cell() -> None:
    for table, total in TOTALS:
        same = [c.value for c in table.cells if (c.row, c.column) == (total.row, total.column)]
        assert len(same) != 1 or (total.row, total.column) in repeated(table) or same == [total.stated], total


@pytest.mark.parametrize(("printed", "number", "digit"), [
    ("1,428,670.2", "1428670.2", "0.1"), ("(224.0)", "-224.0", "0.1"), ("-£23.0m", "-23.0", "0.1"),
    ("+ 23.3", "23.3", "0.1"), ("£912.14", "912.14", "0.01"), ("-", "0", "1"), ("(0,038)", "-38", "1"),
])
def test_printed_numbers_are_understood(printed: str, number: str, digit: str) -> None:
    assert amount(printed) == Decimal(number)
    assert last_digit(printed) == Decimal(digit)


def test_a_part_may_be_taken_away() -> None:
    total = Total("row", "Waste", "Variance", "-1.5", ("8.0", f"{MINUS}9.5"), True, Decimal(0), None)
    assert total.is_difference
    assert total.computed == Decimal("-1.5")


CELL = CheckedCell("Parks & Open Spaces", "2031-32 > Core", "1,204.5")
GRID = [
    ["", "2031-32", "", "2032-33", ""],
    ["", "Core", "External", "Core", "External"],
    ["Libraries", "310.0", "0.0", "311.0", "0.0"],
    ["3 Parks & Open\nSpaces", "1,204.5", "20.0", "1,210.0", "20.0"],
]


def test_the_common_rule_wants_value_label_and_heading_together() -> None:
    assert judging.right_in_grids([GRID], CELL)
    assert not judging.right_in_grids([GRID[2:]], CELL)
    assert not judging.right_in_grids([[*GRID[:3], ["Parks & Open"], ["Spaces", *GRID[3][1:]]]], CELL)
    assert not judging.right_in_grids([GRID], CheckedCell(CELL.row, "2031-32 > External", CELL.value))


def test_the_common_rule_for_text_wants_one_line() -> None:
    assert judging.right_in_lines(["Libraries 310.0", "Parks & Open Spaces  1,204.5  20.0"], CELL)
    assert not judging.right_in_lines(["Parks & Open", "Spaces  1,204.5  20.0"], CELL)


@pytest.mark.parametrize(("label", "right"), [
    ("Parks & Open Spaces", True), ("3 Parks & Open Spaces PAR", True), ("Spaces", False),
    ("Libraries Parks & Open Spaces", False), ("Parks & Open Spaces Libraries", False),
    ("Parks & Open Spaces paid late, as Libraries was", True),
])
def test_the_strict_rule_for_rows_takes_no_other_rows_words(label: str, right: bool) -> None:
    assert judging.row_label_right(label, CELL, {"Libraries", CELL.row}) == right


@pytest.mark.parametrize(("label", "right"), [
    ("2031-32 Core £000s", True), ("Core", False), ("2031-32 2032-33 Core", False), ("2031-32 Core External", False),
])
def test_the_strict_rule_for_columns_wants_the_spanning_heading_and_no_other(label: str, right: bool) -> None:
    others = {"2031-32 > Core", "2031-32 > External", "2032-33 > Core"}
    assert judging.column_label_right(label, CELL, others) == right


def test_a_markdown_table_keeps_its_empty_first_cell() -> None:
    text = "Words.\n\n||**2031-32**|Total|\n|---|---|---|\n|Parks<br>& Open Spaces|310.0||\n\nMore.\n|A|\n|---|\n|1|\n"
    assert markdown_tables(text) == [[["", "2031-32", "Total"], ["Parks & Open Spaces", "310.0", ""]], [["A"], ["1"]]]


def test_a_table_goes_on_over_the_page_for_every_tool() -> None:
    table = next(table for table in TABLES if len(table.pages) == 2)
    first, second = table.pages
    grids = joined(table, {first: [[["A", "1"]], [["B", "2"]]], second: [[["C", "3"]], [["D"]]]})
    assert grids == [[["A", "1"]], [["B", "2"], ["C", "3"]], [["D"]]]
