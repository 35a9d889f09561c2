"""Tables that pages cut or rules leave half drawn: headings lost over a break, labels of several lines, open ends."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_pages import HEIGHT, Draw, Sheet, laid_out, table_of, texts
from test_layout import FULL
from test_tables import columns

FIGURES = (300.0, 380.0, 460.0)


def across(sheet: Sheet, *ys: float, x0: float = 72, x1: float = 500) -> None:
    for y in ys:
        sheet.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)


def headings(sheet: Sheet, y: float, words: Sequence[str], at: Sequence[float] = FIGURES) -> None:
    for x, word in zip(at, words, strict=True):
        sheet.right(x, y, word)


def test_a_ruled_table_goes_on_though_the_break_took_its_upper_rule() -> None:
    rows = [[f"Scheme {i}", str(100 + i), str(200 + i), str(300 + 2 * i)] for i in range(34)]
    edges = (72, 232, 312, 392, 472)

    def first(sheet: Sheet) -> None:
        sheet.ruled(72, 80, [160, 80, 80, 80], [["Scheme", "2014/15", "Later", "Total"], *rows[:30]], height=22)

    def second(sheet: Sheet) -> None:
        for x in edges:
            sheet.canvas.line(x, HEIGHT - 60, x, HEIGHT - 60 - 4 * 22)
        across(sheet, *(60 + 22 * i for i in range(1, 5)), x1=472)
        for i, row in enumerate(rows[30:]):
            for x, cell in zip(edges, row, strict=False):
                sheet.text(x + 4, 74 + 22 * i, cell, size=10)

    [block] = laid_out(first, second).blocks
    assert [row[0] for row in table_of(block)] == ["Scheme", *(row[0] for row in rows)]
    assert block.pages == [1, 2]


def test_the_first_line_of_headings_at_a_page_s_foot_is_given_back() -> None:
    def first(sheet: Sheet) -> None:
        sheet.lines(72, 80, [FULL, "are set out below."])
        sheet.text(380, 760, "All figures in £m")
        sheet.text(72, 780, "Department", font="Helvetica-Bold")
        headings(sheet, 780, ("Revenue", "Revenue", "Revenue"))

    def second(sheet: Sheet) -> None:
        headings(sheet, 60, ("Budget", "Forecast", "Variance"))
        columns(sheet, 80, [("Roads", "58.1", "62.6", "+4.5"), ("Parks", "43.6", "42.8", "-0.8"),
                            ("Total", "101.7", "105.4", "+3.7")], FIGURES)

    document = laid_out(first, second)
    assert document.blocks[-2].text == "All figures in £m"
    assert table_of(document.blocks[-1])[:2] == [
        ["Department", "Revenue", "Revenue", "Revenue"], [None, "Budget", "Forecast", "Variance"],
    ]


def test_rules_tell_which_lines_are_one_row() -> None:
    def draw(sheet: Sheet) -> None:
        headings(sheet, 92, ("Target", "Forecast", "Gap"))
        across(sheet, 100, 120, 152, 172, 192)
        columns(sheet, 114, [("Roads", "12.0", "11.5", "0.5")], FIGURES)
        sheet.text(72, 132, "Deputy Director's")
        columns(sheet, 146, [("Department", "8.0", "7.0", "1.0")], FIGURES)
        columns(sheet, 166, [("Parks", "3.0", "3.0", "0.0")], FIGURES)
        columns(sheet, 186, [("Total", "23.0", "21.5", "1.5")], FIGURES)

    [block] = laid_out(draw).blocks
    assert [row[0] for row in table_of(block)] == [None, "Roads", "Deputy Director's Department", "Parks", "Total"]


def test_a_label_printed_once_between_rules_holds_for_every_line_of_figures() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(72, 92, "Project")
        headings(sheet, 92, ("Before", "After", "Change"))
        across(sheet, 100, 120, 154, 174, 194, 214)
        columns(sheet, 114, [("Town bridge", "1.20", "1.30", "+0.10")], FIGURES)
        columns(sheet, 132, [("Cycle lanes", "0.40", "0.50", "+0.10")], FIGURES)
        headings(sheet, 146, ("0.15", "0.20", "+0.05"))
        for i, label in enumerate(("Depot", "Market hall", "Quay")):
            columns(sheet, 168 + 20 * i, [(label, "2.00", "2.10", "+0.10")], FIGURES)

    [block] = laid_out(draw).blocks
    assert [(row[0], row[3]) for row in table_of(block)[2:4]] == [("Cycle lanes", "+0.10"), ("Cycle lanes", "+0.05")]


def test_white_tells_which_lines_are_one_row() -> None:
    entries = [(["Mowing of the green"], "£486.00"),
               (["Netherfield Brokers:", "Insurance for swings"], "£25.00"),
               (["Rent of the hall"], "£125.00"),
               (["Playground Safety:", "Yearly inspection", "Repair of the gate"], "£99.60")]

    def draw(sheet: Sheet) -> None:
        y = 100.0
        for label, amount in entries:
            sheet.lines(72, y, label, pitch=13)
            sheet.right(300, y + 13 * (len(label) - 1), amount)
            y += 13 * len(label) + 13

    [block] = laid_out(draw).blocks
    assert table_of(block) == [[" ".join(label), amount] for label, amount in entries]


def test_notes_between_headings_and_rows_do_not_part_them() -> None:
    def draw(sheet: Sheet) -> None:
        headings(sheet, 100, ("Core", "Grant", "Total"))
        headings(sheet, 114, ("£000s", "£000s", "£000s"))
        sheet.lines(72, 128, ["* rolled forward and to be", "brought up to date later"])
        columns(sheet, 160, [("Roads", "310.5", "95.0", "405.5"), ("Parks", "95.1", "0.0", "95.1")], FIGURES)

    [block] = laid_out(draw).blocks
    assert table_of(block)[:2] == [[None, "Core", "Grant", "Total"], [None, "£000s", "£000s", "£000s"]]
    assert block.table is not None and block.table.header_rows == 2


def test_a_column_that_only_its_unit_shows_keeps_its_place() -> None:
    def draw(sheet: Sheet) -> None:
        headings(sheet, 100, ("Core", "Grant", "Total"))
        headings(sheet, 114, ("£000s", "£000s", "£000s"))
        for i, (label, total) in enumerate((("Roads", "405.5"), ("Parks", "95.1"), ("All", "500.6"))):
            sheet.text(72, 130 + 14 * i, label)
            sheet.right(460, 130 + 14 * i, total)

    [block] = laid_out(draw).blocks
    assert table_of(block)[2] == ["Roads", None, None, "405.5"]


def test_a_dash_close_to_a_label_stands_in_the_column_of_figures() -> None:
    def draw(sheet: Sheet) -> None:
        for i, (past, label, now) in enumerate((
            ("1,310.0", "Roads", "1,405.5"), ("82.4", "Parks", "95.1"), ("-", "Quays", "12.0"),
            ("1,392.4", "All", "1,512.6"),
        )):
            sheet.right(120, 100 + 14 * i, past)
            sheet.text(124, 100 + 14 * i, label)
            sheet.right(300, 100 + 14 * i, now)

    [block] = laid_out(draw).blocks
    assert table_of(block)[2] == ["-", "Quays", "12.0"]


def test_a_shaded_column_stays_in_its_row() -> None:
    def draw(sheet: Sheet) -> None:
        rows = [("Roads", "310", "295", "15"), ("Parks", "95", "90", "5"), ("Quays", "80", "82", "2")]
        for i, row in enumerate(rows):
            columns(sheet, 120 + 20 * i, [row], FIGURES)
            sheet.canvas.rect(352, HEIGHT - 126 - 20 * i, 32, 18)

    [block] = laid_out(draw).blocks
    assert table_of(block)[0] == ["Roads", "310", "295", "15"]


def test_the_boxed_number_of_a_section_is_read_apart_from_its_heading() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(100, 100, "Executive Summary", size=14)
        sheet.text(78, 100, "1", size=14)
        sheet.canvas.rect(72, HEIGHT - 105, 20, 20)
        sheet.lines(72, 130, [FULL, "set the budget."])

    assert texts(laid_out(draw))[:2] == ["1", "Executive Summary"]


def test_remarks_beside_figures_are_a_column_of_the_table() -> None:
    rows = [(f"Town quay {i}", f"+0.{100 + i}", f"Grant from the harbour trust no {i}") for i in range(9)]

    def draw(sheet: Sheet) -> None:
        for i, (label, amount, reason) in enumerate(rows):
            sheet.text(72, 100 + 14 * i, label)
            sheet.right(260, 100 + 14 * i, amount)
            sheet.text(300, 100 + 14 * i, reason)

    [block] = laid_out(draw).blocks
    assert table_of(block) == [list(row) for row in rows]


def test_a_total_below_the_last_rule_is_a_row() -> None:
    rows = [("Older people", "0.0", "(230.2)", ["Covered by a grant for", "mental health."]),
            ("Highways", "(25.0)", "0.0", ["Fewer potholes were filled", "than planned."])]

    def draw(sheet: Sheet) -> None:
        y = 100.0
        for label, first, second, reasons in rows:
            across(sheet, y)
            sheet.text(76, y + 14, label)
            sheet.lines(180, y + 14, reasons)
            headings(sheet, y + 14, (first, second), (420, 490))
            y += 36
        across(sheet, y)
        sheet.text(76, y + 14, "Total")
        headings(sheet, y + 14, ("(25.0)", "(230.2)"), (420, 490))

    [block] = laid_out(draw).blocks
    assert table_of(block)[-1] == ["Total", None, "(25.0)", "(230.2)"]


def test_a_boxed_total_of_two_lines_has_one_label() -> None:
    def draw(sheet: Sheet) -> None:
        columns(sheet, 100, [("Roads", "310", "295", "15"), ("Parks", "95", "90", "5")], FIGURES)
        across(sheet, 122, 152)
        sheet.text(72, 134, "TOWN", font="Helvetica-Bold")
        sheet.text(72, 146, "SERVICES", font="Helvetica-Bold")
        sheet.canvas.setFont("Helvetica-Bold", 11)
        for x, figure in zip(FIGURES, ("405", "385", "20"), strict=True):
            sheet.canvas.drawRightString(x, HEIGHT - 146, figure)

    [block] = laid_out(draw).blocks
    assert table_of(block)[-1] == ["TOWN SERVICES", "405", "385", "20"]


def monitored(sheet: Sheet, y: float, rows: Sequence[tuple[str, str, str, list[str]]]) -> float:
    """Rows with a rule above each; where the last one ends."""
    for label, budget, variance, detail in rows:
        across(sheet, y)
        sheet.text(76, y + 14, label)
        headings(sheet, y + 14, (budget, variance), (220, 290))
        sheet.lines(310, y + 14, detail)
        y += 14 * len(detail) + 8
    return y


def test_a_last_row_without_a_rule_goes_on_in_its_cell_on_the_next_page() -> None:
    start = [("Service", "Budget £m", "Gap £m", ["Detail"]),
             ("Older people", "46.7", "-3.2", ["Fewer people were", "living in homes."]),
             ("Highways", "38.7", "+1.4", ["More works at night", "than were planned."]),
             ("School buses", "96.3", "-8.6", ["More pupils travel", "by train, and the"])]
    rest = [("Waste", "52.6", "+0.8", ["More tonnes went to", "the incinerator."]),
            ("Libraries", "11.1", "-0.5", ["More income came", "from lettings."])]

    def second(sheet: Sheet) -> None:
        sheet.lines(310, 60, ["contracts let anew", "cost less."])
        across(sheet, monitored(sheet, 82, rest))

    [block] = laid_out(lambda s: None if monitored(s, 640, start) else None, second).blocks
    table = table_of(block)
    assert [row[0] for row in table] == ["Service", "Older people", "Highways", "School buses", "Waste", "Libraries"]
    assert table[3][3] == "More pupils travel by train, and the contracts let anew cost less."


def test_the_boxed_total_below_a_ruled_table_is_its_last_row() -> None:
    widths = (160, 80, 80)

    def draw(sheet: Sheet) -> None:
        sheet.ruled(72, 100, widths, [["Scheme", "2024/25", "2025/26"], ["Depot", "104", "20"], ["Quay", "10", "31"]])
        sheet.ruled(72, 172, widths, [["All schemes", "114", "51"]])

    [block] = laid_out(draw).blocks
    assert table_of(block)[-1] == ["All schemes", "114", "51"]


def test_a_box_that_comes_back_over_a_table_on_every_page_is_no_row_of_it() -> None:
    def page(first: int) -> Draw:
        rows = [(f"Risk {i}", str(i), str(2 * i)) for i in range(first, first + 20)]

        def draw(sheet: Sheet) -> None:
            sheet.ruled(232, 190, (80, 80), [("334.7", "290.0")])
            sheet.ruled(72, 230, (160, 80, 80), [("Risk", "Yearly £m", "Once £m"), *rows], height=26)

        return draw

    [box, block] = laid_out(page(1), page(21)).blocks
    assert table_of(box) == [["334.7", "290.0"]]
    assert [row[0] for row in table_of(block)] == ["Risk", *(f"Risk {i}" for i in range(1, 41))]


def test_units_beside_their_columns_are_headings() -> None:
    def draw(sheet: Sheet) -> None:
        for x in (350, 477):
            sheet.right(x, 100, "2011/12" if x == 350 else "2012/13", size=10)
            sheet.right(x - 8, 113, "£000", size=10)
        columns(sheet, 128, [("Revenue requirement", "323,021", "308,197"), ("Precept", "30,671", "30,682"),
                             ("Total", "353,692", "338,879")], (384, 516))

    [block] = laid_out(draw).blocks
    assert table_of(block)[:2] == [[None, "2011/12", "2012/13"], [None, "£000", "£000"]]


def test_the_first_row_s_label_may_begin_on_the_line_above_it() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(72, 100, "Base (number of band D")
        columns(sheet, 113, [("equivalent homes)", "96,419", "100,031"), ("Tax", "£912.14", "£912.14")])

    [block] = laid_out(draw).blocks
    assert [row[0] for row in table_of(block)] == ["Base (number of band D equivalent homes)", "Tax"]


def test_a_table_that_rules_only_its_rows_goes_on_at_the_head_of_the_next_page() -> None:
    xs = (72, 170, 220, 270)

    def row(sheet: Sheet, y: float, label: str, budget: str, change: str, lines: list[str]) -> float:
        for x, words in zip(xs, (label, budget, change), strict=False):
            sheet.text(x, y + 6 * (len(lines) - 1), words, size=10)
        for i, line in enumerate(lines):
            sheet.text(xs[3], y + 12 * i, line, size=10)
        return y + 12 * len(lines) + 4

    def rule(sheet: Sheet, y: float) -> None:
        sheet.canvas.line(70, HEIGHT - y + 10, 520, HEIGHT - y + 10)

    def first(sheet: Sheet) -> None:
        y = 620.0
        rule(sheet, y)
        y = row(sheet, y, "Service", "Budget", "Change", ["What happened"])
        for name, budget, change in (("Roads", "1.2", "0.4"), ("Parks", "2.1", "-0.3"), ("Waste", "3.3", "0.6")):
            rule(sheet, y)
            said = ["More was asked of the service than", "in other years; part of it"]
            y = row(sheet, y, name, budget, change, said)
        rule(sheet, y)

    def second(sheet: Sheet) -> None:
        y = row(sheet, 90, "", "", "", ["comes back next year and will be met", "out of the reserve for it."])
        rule(sheet, y)
        y = row(sheet, y, "Libraries", "4.0", "0.2", ["The van was mended after the flood,", "and a roof replaced."])
        rule(sheet, y)
        row(sheet, y, "Schools", "5.7", "-0.9", ["Fewer pupils came than had been", "expected in the spring."])

    (block,) = laid_out(first, second).blocks
    assert table_of(block) == [
        ["Service", "Budget", "Change", "What happened"],
        ["Roads", "1.2", "0.4", "More was asked of the service than in other years; part of it"],
        ["Parks", "2.1", "-0.3", "More was asked of the service than in other years; part of it"],
        ["Waste", "3.3", "0.6", "More was asked of the service than in other years; part of it comes back next year "
                                "and will be met out of the reserve for it."],
        ["Libraries", "4.0", "0.2", "The van was mended after the flood, and a roof replaced."],
        ["Schools", "5.7", "-0.9", "Fewer pupils came than had been expected in the spring."],
    ]


def test_units_under_headings_of_their_own_begin_another_table() -> None:
    rows = [
        ("Division", "2024/25", "Growth", "2025/26"), ("", "£000", "£000", "£000"), ("Care", "340", "20", "360"),
        ("Schools", "210", "15", "225"), ("", "", "", ""), ("", "Outturn", "Budget", ""),
        ("Spending", "£000", "£000", ""), ("Staff", "400", "420", ""), ("Premises", "130", "165", ""),
    ]

    def draw(sheet: Sheet) -> None:
        for i, row in enumerate(rows):
            sheet.text(72, 100 + 16 * i, row[0])
            for right, words in zip((240, 320, 400), row[1:], strict=True):
                sheet.right(right, 100 + 16 * i, words)

    first, second = laid_out(draw).blocks
    assert table_of(first) == [[cell or None for cell in row] for row in rows[:4]]
    assert table_of(second) == [[cell or None for cell in row[:3]] for row in rows[5:]]
