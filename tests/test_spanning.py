"""Headings over groups of columns in unruled tables, wherever they stand over their group."""

from __future__ import annotations

import pytest
from pdf_pages import Sheet, laid_out, table_of

FIGURES = [("Adult care", "61.2", "41.2", "63.0", "42.1"), ("Children", "40.4", "30.1", "41.0", "31.0"),
           ("Total", "101.6", "71.3", "104.0", "73.1")]
EDGES = (290, 360, 430, 500)
"""Right edges of four columns of figures whose cells are 70 points wide."""


def _table(sheet: Sheet, place: str, corner: str) -> None:
    sheet.text(72, 100, corner)
    for words, right in (("2024/25", EDGES[1]), ("2025/26", EDGES[3])):
        width = sheet.canvas.stringWidth(words, "Helvetica", 11)
        x = {"left": right - 136, "middle": right - 70 - width / 2, "right": right - width}[place]
        sheet.text(x, 100, words)
    for i, row in enumerate([("", "Gross", "Net", "Gross", "Net"), ("", "£m", "£m", "£m", "£m"), *FIGURES]):
        sheet.text(72, 118 + 18 * i, row[0])
        for words, right in zip(row[1:], EDGES, strict=True):
            sheet.right(right, 118 + 18 * i, words)


@pytest.mark.parametrize("place", ["left", "middle", "right"])
@pytest.mark.parametrize("corner", ["", "Service"])
def test_headings_that_come_back_in_every_group_tell_how_far_the_ones_above_reach(place: str, corner: str) -> None:
    (block,) = laid_out(lambda sheet: _table(sheet, place, corner)).blocks
    assert table_of(block) == [
        [corner or None, "2024/25", "2024/25", "2025/26", "2025/26"],
        [None, "Gross", "Net", "Gross", "Net"], [None, "£m", "£m", "£m", "£m"], *map(list, FIGURES),
    ]
    assert block.table is not None and block.table.header_rows == 3


def test_the_unit_at_the_end_of_a_heading_is_no_figure() -> None:
    rows = [("Ward", "Gross £000", "Net £000"), ("North", "150", "120"), ("South", "157", "131"), ("Mere", "164", "99")]

    def draw(sheet: Sheet) -> None:
        for i, row in enumerate(rows):
            sheet.text(72, 100 + 20 * i, row[0])
            sheet.right(250, 100 + 20 * i, row[1])
            sheet.right(330, 100 + 20 * i, row[2])

    (block,) = laid_out(draw).blocks
    assert table_of(block) == [list(row) for row in rows]
