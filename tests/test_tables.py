"""Ruled, half-ruled and unruled tables; tables over page breaks; frames and forms."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_pages import HEIGHT, Sheet, laid_out, table_of, texts
from test_layout import FULL, check_offsets

from pipeline.layout.numbers import is_entry, is_figure, is_unit

BUDGET = [
    ["Service", "2023/24 £000", "2024/25 £000"],
    ["Home care", "1,204", "1,310"],
    ["Day centres", "(45)", ""],
    ["Total", "1,159", "1,310"],
]


def test_a_ruled_table_has_its_cells() -> None:
    document = laid_out(lambda s: (s.lines(72, 80, [FULL, "set the budget."]), s.ruled(72, 120, [150, 90, 90], BUDGET)))
    [prose, block] = document.blocks
    assert prose.text.endswith("set the budget.")
    assert table_of(block) == [[cell or None for cell in row] for row in BUDGET]
    assert block.table is not None and block.table.header_rows == 1 and block.table.ruled
    assert block.text == "\n".join("\t".join(row).rstrip() for row in BUDGET)
    check_offsets(document)


def test_lines_of_a_cell_are_joined() -> None:
    rows = [["Option", "Why it was not taken"], ["1", "Costs more than\nthe grant"], ["2", "Not lawful"]]
    [block] = laid_out(lambda s: s.ruled(72, 120, [60, 200], rows, height=32)).blocks
    assert table_of(block)[1] == ["1", "Costs more than the grant"]


def test_a_heading_over_two_columns_spans_them() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(
            72, 138, [120, 80, 80], [["Service", "Gross", "Net"], ["Parks", "310", "280"], ["Roads", "95", "90"]]
        )
        sheet.canvas.line(192, HEIGHT - 120, 352, HEIGHT - 120)
        for x in (192, 352):
            sheet.canvas.line(x, HEIGHT - 120, x, HEIGHT - 138)
        sheet.text(250, 132, "2024/25", size=10)

    [block] = laid_out(draw).blocks
    assert table_of(block)[0] == [None, "2024/25", "2024/25"]
    assert block.table is not None and block.table.header_rows == 2


def test_cells_and_rows_that_the_rules_leave_together_are_cut() -> None:
    def draw(sheet: Sheet) -> None:
        edges = [72, 222, 312, 402]
        for y in (120, 138, 200):
            sheet.canvas.line(72, HEIGHT - y, 402, HEIGHT - y)
        for x in edges:
            sheet.canvas.line(x, HEIGHT - (138 if x in (222, 312) else 120), x, HEIGHT - 200)
        sheet.text(76, 132, "Loan", size=10)
        sheet.text(240, 132, "Balance", size=10)
        sheet.text(330, 132, "Rate", size=10)
        for i, row in enumerate(
            [("Long term", "771.9", "4.35"), ("Short term", "44.4", "4.96"), ("Cash", "128.9", "4.99")]
        ):
            sheet.text(76, 152 + 16 * i, row[0], size=10)
            sheet.right(300, 152 + 16 * i, row[1], size=10)
            sheet.right(390, 152 + 16 * i, row[2], size=10)

    [block] = laid_out(draw).blocks
    assert table_of(block) == [
        ["Loan", "Balance", "Rate"],
        ["Long term", "771.9", "4.35"],
        ["Short term", "44.4", "4.96"],
        ["Cash", "128.9", "4.99"],
    ]


def columns(sheet: Sheet, y: float, rows: Sequence[Sequence[str]], at: Sequence[float] = (380, 470)) -> None:
    """Labels at the left, figures right-aligned, no rules."""
    for i, (label, *figures) in enumerate(rows):
        sheet.text(72, y + 18 * i, label)
        for x, figure in zip(at, figures, strict=False):
            sheet.right(x, y + 18 * i, figure)


def test_an_unruled_table_is_known_by_its_columns_of_figures() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(72, 80, [FULL, "set the budget set out below."])
        columns(
            sheet,
            150,
            [
                ("", "2023/24", "2024/25"),
                ("", "£000", "£000"),
                ("Home care", "1,204", "1,310"),
                ("Day centres", "(45)", ""),
                ("Total", "1,159", "1,310"),
            ],
        )
        sheet.lines(72, 280, [FULL, "was content."])

    document = laid_out(draw)
    before, block, after = document.blocks
    assert before.text.endswith("set out below.") and after.text.endswith("was content.")
    assert table_of(block) == [
        [None, "2023/24", "2024/25"],
        [None, "£000", "£000"],
        ["Home care", "1,204", "1,310"],
        ["Day centres", "(45)", None],
        ["Total", "1,159", "1,310"],
    ]
    assert block.table is not None and block.table.header_rows == 2 and not block.table.ruled
    check_offsets(document)


def test_an_unruled_label_of_two_lines_is_one_row() -> None:
    def draw(sheet: Sheet) -> None:
        columns(sheet, 150, [("Roads", "310", "295"), ("Parks", "95", "90")])
        sheet.text(72, 186, "Grants to voluntary bodies")
        columns(sheet, 199, [("and local societies", "12", "14")])
        columns(sheet, 217, [("Total", "417", "399")])

    [block] = laid_out(draw).blocks
    assert table_of(block)[2] == ["Grants to voluntary bodies and local societies", "12", "14"]


def test_figures_left_of_the_labels_are_a_column() -> None:
    def draw(sheet: Sheet) -> None:
        for i, (old, label, new) in enumerate(
            [("90.4", "Children", "85.9"), ("(3.6)", "Interest", "(3.5)"), ("86.8", "Total", "82.4")]
        ):
            sheet.right(110, 150 + 18 * i, old)
            sheet.text(130, 150 + 18 * i, label)
            sheet.right(400, 150 + 18 * i, new)

    [block] = laid_out(draw).blocks
    assert table_of(block) == [["90.4", "Children", "85.9"], ["(3.6)", "Interest", "(3.5)"], ["86.8", "Total", "82.4"]]


def test_headings_over_groups_of_unruled_columns_span_them() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(255, 132, "2024/25")
        sheet.text(405, 132, "2025/26")
        at = (260, 320, 410, 470)
        columns(sheet, 150, [("", "Core", "Total", "Core", "Total")], at)
        columns(sheet, 168, [("Pay", "1,204", "1,310", "1,222", "1,340"), ("Prices", "845", "921", "860", "944")], at)

    [block] = laid_out(draw).blocks
    assert table_of(block)[0] == [None, "2024/25", "2024/25", "2025/26", "2025/26"]
    assert table_of(block)[1] == [None, "Core", "Total", "Core", "Total"]


def test_a_list_of_contents_is_no_table() -> None:
    document = laid_out(lambda s: columns(s, 150, [("1. Apologies", "3"), ("2. Minutes", "5"), ("3. Budget", "12")]))
    assert [b.role for b in document.blocks] == ["list_item"] * 3


def test_bullets_with_shares_are_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        for i, (share, whom) in enumerate(
            [("75%", "the County Council"), ("14%", "the Fire Authority"), ("11%", "the District")]
        ):
            sheet.text(90, 150 + 14 * i, "\u2022")
            sheet.text(108, 150 + 14 * i, share)
            sheet.text(150, 150 + 14 * i, whom)

    assert [b.role for b in laid_out(draw).blocks] == ["list_item"] * 3


def page_of_table(first: int, last: int, head: bool) -> list[list[str]]:
    rows = [[f"Scheme {n}", f"{n},100", f"{n},250"] for n in range(first, last)]
    return ([["Scheme", "Cost £", "Grant £"]] if head else []) + rows


@pytest.mark.parametrize("head", [True, False])
def test_a_ruled_table_over_two_pages_is_one(head: bool) -> None:
    document = laid_out(
        lambda s: (
            s.text(72, 90, "Capital schemes", font="Helvetica-Bold"),
            s.ruled(72, 600, [150, 90, 90], page_of_table(1, 9, True)),
        ),
        lambda s: (
            s.ruled(72, 80, [150, 90, 90], page_of_table(9, 14, head)),
            s.lines(72, 400, [FULL, "was content."]),
        ),
    )
    [_, block, _] = document.blocks
    assert block.table is not None
    assert table_of(block) == page_of_table(1, 14, True)
    assert block.pages == [1, 2] and block.table.header_rows == 1
    assert [cell.page for cell in block.table.cells if cell.column == 0] == [1] * 9 + [2] * 5
    check_offsets(document)


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    document = laid_out(
        lambda s: s.ruled(
            72, 700, [40, 150, 200], [["No", "Option", "Effect"], ["A", "Close the site", "Saves the rent, though"]]
        ),
        lambda s: s.ruled(72, 80, [40, 150, 200], [["", "", "staff must move"], ["B", "Keep it", "No change"]]),
    )
    [block] = document.blocks
    assert table_of(block) == [
        ["No", "Option", "Effect"],
        ["A", "Close the site", "Saves the rent, though staff must move"],
        ["B", "Keep it", "No change"],
    ]


def test_tables_with_other_headings_stay_apart() -> None:
    document = laid_out(
        lambda s: s.ruled(72, 700, [150, 90, 90], page_of_table(1, 4, True)),
        lambda s: s.ruled(
            72, 80, [150, 90, 90], [["Reserve", "Opening £", "Closing £"], ["General", "5,000", "4,800"]]
        ),
    )
    assert len(document.blocks) == 2


def box(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> None:
    sheet.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=1, fill=0)


def test_a_box_round_recommendations_reads_as_text() -> None:
    def draw(sheet: Sheet) -> None:
        box(sheet, 60, 100, 540, 130)
        box(sheet, 60, 130, 540, 220)
        sheet.text(66, 120, "Recommendations", font="Helvetica-Bold")
        for i, letter in enumerate("ab"):
            sheet.text(66, 150 + 20 * i, f"({letter})")
            sheet.text(
                90, 150 + 20 * i, "that the scheme be approved and the Director be authorised to let the contract;"
            )

    document = laid_out(draw)
    assert [(b.role, b.label) for b in document.blocks] == [
        ("heading", None),
        ("list_item", "(a)"),
        ("list_item", "(b)"),
    ]


def test_a_form_of_label_and_value_is_a_table_of_two_columns() -> None:
    rows = [["Report to:", "Cabinet"], ["Date:", "4 March 2025"], ["Subject:", "Winter service"], ["Item:", "3"]]
    [block] = laid_out(lambda s: s.ruled(72, 100, [120, 300], rows)).blocks
    assert table_of(block) == rows
    assert block.table is not None and block.table.header_rows == 0


def test_minutes_ruled_as_a_table_read_as_minutes() -> None:
    def draw(sheet: Sheet) -> None:
        for x0, x1 in ((60, 110), (110, 540)):
            box(sheet, x0, 100, x1, 130)
            box(sheet, x0, 130, x1, 260)
        sheet.text(66, 120, "Item")
        sheet.text(116, 120, "Minute")
        sheet.text(66, 150, "5")
        sheet.text(116, 150, "Investment update", font="Helvetica-Bold")
        for i in range(4):
            sheet.text(120, 170 + 20 * i, "\u2022")
            sheet.text(136, 170 + 20 * i, "The fund had done less well than its benchmark in the quarter to December.")

    document = laid_out(draw)
    assert [(b.role, b.label) for b in document.blocks[-5:]] == [("heading", "5"), *[("list_item", "\u2022")] * 4]
    assert document.blocks[-5].body == "Investment update"


def test_a_shade_behind_words_is_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFillGray(0.9)
        for x0, x1 in ((70, 201), (201, 480)):
            for top in (90, 104):
                sheet.canvas.rect(x0, HEIGHT - top - 14, x1 - x0, 14, stroke=0, fill=1)
        sheet.canvas.setFillGray(0)
        sheet.lines(
            72,
            101,
            ["The clerk had asked the contractor for a price for the lane, which was to", "be sent to all members."],
        )

    assert texts(laid_out(draw)) == [
        "The clerk had asked the contractor for a price for the lane, which was to be sent to all members."
    ]


@pytest.mark.parametrize(
    "text", ["1,204", "(45)", "-3.5", "£21.3m", "12%", "0.0", "1,204*", "£9.50", "-£3k", "3.1-", "1,204CR"]
)
def test_figures(text: str) -> None:
    assert is_figure(text) and is_entry(text)


@pytest.mark.parametrize("text", ["2024/25", "2024", "Total", "-", "n/a", "17/03/2025", "12a", "£m", "A1"])
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize("text", ["£000", "£000s", "£'000", "£m", "£", "%", "(£000s)"])
def test_units(text: str) -> None:
    assert is_unit(text)


def test_headings_that_run_upward_are_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(72, 180, [150, 40, 40], [["Roads", "310", "295"], ["Parks", "95", "90"]])
        sheet.canvas.line(72, HEIGHT - 100, 302, HEIGHT - 100)
        for x in (72, 222, 262, 302):
            sheet.canvas.line(x, HEIGHT - 100, x, HEIGHT - 180)
        sheet.text(76, 170, "Service", size=10)
        for x, words in ((245, "Budget 2024"), (285, "Outturn 2024")):
            sheet.canvas.saveState()
            sheet.canvas.translate(x, HEIGHT - 176)
            sheet.canvas.rotate(90)
            sheet.canvas.drawString(0, 0, words)
            sheet.canvas.restoreState()

    [block] = laid_out(draw).blocks
    assert table_of(block)[0] == ["Service", "Budget 2024", "Outturn 2024"]


def test_a_table_that_rules_only_its_rows_keeps_its_wrapped_cells_apart() -> None:
    rows = [
        (["Service"], "Variance", ["Reason"]),
        (["Older people"], "+27.4", ["Savings were not made in", "time, and more people", "needed care."]),
        (["Highways"], "-1.2", ["Fewer potholes were filled", "than planned."]),
    ]

    def draw(sheet: Sheet) -> None:
        y = 100.0
        for labels, figure, reasons in rows:
            sheet.canvas.line(72, HEIGHT - y, 500, HEIGHT - y)
            sheet.lines(76, y + 14, labels)
            sheet.right(260, y + 14, figure)
            sheet.lines(300, y + 14, reasons)
            y += 14 * len(reasons) + 8
        sheet.canvas.line(72, HEIGHT - y, 500, HEIGHT - y)

    [block] = laid_out(draw).blocks
    assert table_of(block) == [[" ".join(labels), figure, " ".join(reasons)] for labels, figure, reasons in rows]


def test_lines_of_a_label_are_told_by_their_distance() -> None:
    def draw(sheet: Sheet) -> None:
        columns(sheet, 150, [("Roads", "310", "295"), ("Parks", "95", "90"), ("Libraries", "80", "82")])
        sheet.text(72, 205, "Revenue Contribution to Investment")
        columns(sheet, 217, [("Programme", "12", "14"), ("Museums", "20", "19"), ("Total", "517", "500")])

    [block] = laid_out(draw).blocks
    assert [row[0] for row in table_of(block)] == [
        "Roads",
        "Parks",
        "Libraries",
        "Revenue Contribution to Investment Programme",
        "Museums",
        "Total",
    ]


def test_headings_set_close_stand_over_their_own_columns() -> None:
    def draw(sheet: Sheet) -> None:
        at = (260, 302, 348)
        for x, words in zip(at, ("Growth", "Saving", "Change"), strict=True):
            sheet.right(x, 132, words, size=11)
        columns(sheet, 150, [("Roads", "310", "295", "15"), ("Parks", "95", "90", "5"), ("Waste", "80", "82", "2")], at)

    [block] = laid_out(draw).blocks
    assert table_of(block)[0] == [None, "Growth", "Saving", "Change"]


LEFT = [["Income", "2024", "2025"], ["Rates", "1,200", "1,300"], ["Fees", "300", "310"], ["Total", "1,500", "1,610"]]
RIGHT = [["Spending", "2024", "2025"], ["Pay", "900", "950"], ["Goods", "600", "660"], ["Total", "1,500", "1,610"]]


@pytest.mark.parametrize("ruled", [True, False])
def test_two_tables_side_by_side_are_two(ruled: bool) -> None:
    def draw(sheet: Sheet) -> None:
        for x, rows in ((50, LEFT), (310, RIGHT)):
            if ruled:
                sheet.ruled(x, 100, [90, 60, 60], rows)
                continue
            for i, row in enumerate(rows):
                sheet.text(x, 100 + 18 * i, row[0])
                sheet.right(x + 150, 100 + 18 * i, row[1])
                sheet.right(x + 210, 100 + 18 * i, row[2])

    assert [table_of(block) for block in laid_out(draw).blocks] == [LEFT, RIGHT]


def test_figures_of_earlier_years_left_of_their_labels_are_one_table() -> None:
    rows = [["2023", "2024", "", "2025", "2026"], ["1,200", "1,250", "Staff", "1,300", "1,340"],
            ["300", "310", "Goods", "320", "330"], ["1,500", "1,560", "Total", "1,620", "1,670"]]

    def draw(sheet: Sheet) -> None:
        for i, row in enumerate(rows):
            for right, words in zip((120, 190, 0, 380, 450), row, strict=True):
                if right:
                    sheet.right(right, 100 + 18 * i, words)
            sheet.text(215, 100 + 18 * i, row[2])

    (block,) = laid_out(draw).blocks
    assert table_of(block) == [[cell or None for cell in row] for row in rows]


def test_an_unruled_table_of_words_alone_is_known_by_its_headings() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 70, "The actions below are those that are still open, with who is to act on them.")
        for x, head in zip((60, 200, 330, 430), ("Action", "Who", "Due", "Progress"), strict=True):
            sheet.text(x, 100, head, font="Helvetica-Bold")
        for y, row in (
            (120, ("Bring a report on", "Harbour Master", "June 2025", "Figures from the")),
            (133, ("season tickets", "", "", "office awaited")),
            (153, ("Write to the users", "Clerk", "March", "Done")), (166, ("", "", "2025", "")),
            (186, ("Look at the stage", "Head of Quays", "May 2025", "Not begun")),
        ):
            for x, words in zip((60, 200, 330, 430), row, strict=True):
                sheet.text(x, y, words)
        sheet.text(60, 216, "Next meeting")
        sheet.text(60, 232, "The next meeting will look at all of them again, and at what the panel asks for.")

    blocks = laid_out(draw).blocks
    assert [block.role for block in blocks] == ["paragraph", "table", "paragraph", "paragraph"]
    assert blocks[1].table is not None and blocks[1].table.header_rows == 1
    assert table_of(blocks[1]) == [
        ["Action", "Who", "Due", "Progress"],
        ["Bring a report on season tickets", "Harbour Master", "June 2025", "Figures from the office awaited"],
        ["Write to the users", "Clerk", "March 2025", "Done"],
        ["Look at the stage", "Head of Quays", "May 2025", "Not begun"],
    ]


def test_items_under_headings_of_columns_are_no_table_of_words() -> None:
    def draw(sheet: Sheet) -> None:
        for x, head in zip((60, 110, 430), ("No", "Subject", "Action"), strict=True):
            sheet.text(x, 100, head, font="Helvetica-Bold")
        for y, row in (
            (120, ("1.", "Apologies", "None")), (140, ("2.", "Ferry tolls", "Clerk")), (160, ("3.", "Quay", "Clerk")),
        ):
            for x, words in zip((60, 110, 430), row, strict=True):
                sheet.text(x, y, words)

    assert not any(block.table for block in laid_out(draw).blocks)


def test_a_caption_between_two_unruled_tables_parts_them() -> None:
    def draw(sheet: Sheet) -> None:
        for top, caption, heads, rows in (
            (60, "Table 1: Spending", ("Budget", "Forecast", "Variance"),
             (("Quays", "112", "115", "3"), ("Dues", "68", "67", "(1)"))),
            (150, "Table 2: Reserves", ("April", "Out", "March"),
             (("General", "12,400", "1,150-", "11,250"), ("Storms", "3,020", "310-", "2,710"))),
        ):
            sheet.text(60, top, caption, font="Helvetica-Bold", size=12)
            for i, (label, *figures) in enumerate((("£000", *heads), *rows)):
                sheet.text(60, top + 20 + 14 * i, label, 10)
                for x, figure in zip((260, 340, 420), figures, strict=True):
                    sheet.right(x, top + 20 + 14 * i, figure, 10)

    blocks = laid_out(draw).blocks
    assert [(block.role, block.text) for block in blocks if block.table is None] == [
        ("heading", "Table 1: Spending"), ("heading", "Table 2: Reserves"),
    ]
    assert table_of(blocks[1])[0] == ["£000", "Budget", "Forecast", "Variance"]
    assert table_of(blocks[3]) == [
        ["£000", "April", "Out", "March"], ["General", "12,400", "1,150-", "11,250"],
        ["Storms", "3,020", "310-", "2,710"],
    ]
