"""Tables of plain text whose columns are told by spaces alone."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingesters.spaced import spaced_rows
from pipeline.ingesters.text import text_blocks


def test_figures_under_their_headings_are_a_table() -> None:
    lines = [
        "     Option              Capital cost     Annual saving",
        "     1. Mend the roof    £310,000         £0",
        "     2. New plant        £1,240,000       £52,000",
    ]
    assert spaced_rows(lines) == (
        0,
        3,
        [
            ["Option", "Capital cost", "Annual saving"],
            ["1. Mend the roof", "£310,000", "£0"],
            ["2. New plant", "£1,240,000", "£52,000"],
        ],
    )
    assert [block.role for block in text_blocks(lines)] == ["table"]


def test_headings_stand_over_figures_that_are_set_to_the_right() -> None:
    found = spaced_rows(
        ["                 Hall      Park", "Rent           98,000    12,500", "Hire            1,000       200"]
    )
    assert found == (0, 3, [["", "Hall", "Park"], ["Rent", "98,000", "12,500"], ["Hire", "1,000", "200"]])


def test_a_sentence_before_the_table_stays_a_paragraph() -> None:
    blocks = text_blocks(["The fees are these:", "Adult swim      £4.20", "Junior swim     £2.10"])
    assert [block.role for block in blocks] == ["paragraph", "table"]


def test_names_dates_and_times_are_no_table() -> None:
    assert spaced_rows(["Date:     4 May 2021", "Time:     7.00 pm", "Venue:    Town Hall"]) is None
    assert spaced_rows(["Cllr A Ash        Cllr B Birch", "Cllr C Cole       Cllr D Dean"]) is None


@given(st.lists(st.text(alphabet="ab 1£,.", max_size=30), max_size=6))
def test_rows_hold_no_more_words_than_the_lines(lines: list[str]) -> None:
    found = spaced_rows(lines)
    if found is not None:
        first, behind, rows = found
        assert "".join("".join(row) for row in rows).replace(" ", "") == "".join(lines[first:behind]).replace(" ", "")
