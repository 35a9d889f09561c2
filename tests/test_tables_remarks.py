"""Tables whose rows stand apart: remarks between them, parts of a sum in a column of their own, stray dashes."""

from __future__ import annotations

from decimal import Decimal

from pdf_pages import HEIGHT, Draw, Sheet, laid_out, table_of

from pipeline.extractors import money
from pipeline.records import BudgetFigure, Reconciliation
from pipeline.structure import outline

EDGES = (60, 540)
RIGHTS = (300, 380, 460, 540)


def rule(sheet: Sheet, y: float) -> None:
    sheet.canvas.line(EDGES[0], HEIGHT - y, EDGES[1], HEIGHT - y)


def row(sheet: Sheet, y: float, label: str, *figures: str, x: float = 62) -> None:
    sheet.text(x, y, label, 10)
    for right, figure in zip(RIGHTS, figures, strict=False):
        sheet.right(right, y, figure, 10)


def saving(sheet: Sheet, y: float, label: str, figures: tuple[str, ...], *remark: str) -> float:
    """A row between two rules, and a remark under it; where the next begins."""
    rule(sheet, y)
    row(sheet, y + 14, label, *figures)
    rule(sheet, y + 20)
    for i, line in enumerate(remark):
        sheet.text(180, y + 34 + 12 * i, line, 10)
    return y + 34 + 12 * len(remark)


HEAD = ("Target", "Forecast", "Variance", "Next year")
REMARK = "The lease on the second ferry was given up in May, two months late,"


def page(first: str, second: str) -> object:
    def draw(sheet: Sheet) -> None:
        rule(sheet, 80)
        row(sheet, 96, "Saving £000", *HEAD)
        y = saving(sheet, 104, first, ("(1,200)", "(900)", "300", "-"), REMARK, "which cost £12,000 in dues.")
        y = saving(sheet, y, second, ("(800)", "(800)", "0", "(150)"), "On course; no more is to be done about it now.")
        rule(sheet, y)

    return draw


def test_remarks_between_the_rows_of_a_table_stand_in_rows_of_their_own() -> None:
    document = laid_out(page("Ferries", "Street lights"), page("Night bus", "Quay office"))  # type: ignore[arg-type]
    [table] = [block for block in document.blocks if block.table is not None]
    grid = table_of(table)
    assert grid[0] == ["Saving £000", *HEAD]
    assert [line[0] for line in grid[1::2]] == ["Ferries", "Street lights", "Night bus", "Quay office"]
    assert grid[1][1:] == ["(1,200)", "(900)", "300", "-"]
    assert set(grid[2]) == {f"{REMARK} which cost £12,000 in dues."}
    assert table.pages == [1, 2]
    figures = [r for r in money.extract(outline(document)) if isinstance(r, BudgetFigure)]
    assert [figure.page for figure in figures if figure.raw == "£12,000"] == [1, 2]
    assert {figure.row_label for figure in figures if figure.raw == "(150)"} == {"Street lights", "Quay office"}


def test_parts_of_a_sum_beside_the_column_are_rows_of_the_same_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.right(344, 90, "2024/25", 10)
        sheet.right(504, 90, "2025/26", 10)
        for y, label, figures in (
            (110, "Ferries", ("", "4,100", "", "4,300")), (124, "Total needed", ("", "6,100", "", "6,400")),
            (138, "Tolls", ("(900)", "", "(950)", "")), (152, "Dues", ("(600)", "(1,500)", "(650)", "(1,600)")),
            (166, "From council tax", ("", "4,600", "", "4,800")),
        ):
            row(sheet, y, label, *figures)

    [table] = [block for block in laid_out(draw).blocks if block.table is not None]
    assert table_of(table) == [
        [None, "2024/25", "2024/25", "2025/26", "2025/26"],
        ["Ferries", None, "4,100", None, "4,300"], ["Total needed", None, "6,100", None, "6,400"],
        ["Tolls", "(900)", None, "(950)", None], ["Dues", "(600)", "(1,500)", "(650)", "(1,600)"],
        ["From council tax", None, "4,600", None, "4,800"],
    ]


def test_a_stray_dash_behind_one_figure_is_no_minus_where_brackets_are() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 70, "Budget 2025/26 (£000)", font="Helvetica-Bold")
        row(sheet, 90, "Subject", "2023/24", "2024/25", "2025/26")
        for y, label, figures in (
            (110, "Employees", ("474", "532", "532-")), (124, "Premises", ("41", "5", "5")),
            (138, "Fees", ("(57)", "(66)", "(81)")), (152, "Total", ("458", "471", "456")),
        ):
            row(sheet, y, label, *figures)

    records = money.extract(outline(laid_out(draw)))
    amounts = {r.raw: r.amount for r in records if isinstance(r, BudgetFigure)}
    assert (amounts["532-"], amounts["(81)"]) == (Decimal(532_000), Decimal(-81_000))
    sums = [r for r in records if isinstance(r, Reconciliation)]
    assert len(sums) == 3 and all(check.holds for check in sums)


def labels(*lines: tuple[float, str, tuple[str, ...]]) -> list[str | None]:
    """The row labels of a table with a narrow column of labels, from the heights, labels and figures of its lines."""
    def draw(sheet: Sheet) -> None:
        for right, head in zip((140, 210, 270), ("2023/24", "2024/25", "2025/26"), strict=True):
            sheet.right(right, 86, head, 9)
        for y, label, figures in lines:
            sheet.text(40, y, label, 9)
            for right, figure in zip((140, 210, 270), figures, strict=False):
                sheet.right(right, y, figure, 9)

    [table] = [block for block in laid_out(draw).blocks if block.table is not None]
    return [line[0] for line in table_of(table)][1:]


def test_a_label_wraps_where_its_next_word_had_no_room() -> None:
    sums = ("407", "410", "(12)")
    assert labels(
        (100, "CHILD", ()), (111, "PROTECTION", sums), (122, "REVIEW AND", ()), (133, "RIGHTS TEAM", sums),
        (144, "SAFEGUARDING", sums),
    ) == ["CHILD PROTECTION", "REVIEW AND RIGHTS TEAM", "SAFEGUARDING"]
    assert labels(
        (100, "Fees", sums), (111, "Spending", ()), (122, "Staff", sums), (133, "Income", ()), (144, "Grants", sums),
        (155, "SAFEGUARDING", sums),
    ) == ["Fees", "Spending", "Staff", "Income", "Grants", "SAFEGUARDING"]


def test_lines_of_a_centred_label_stand_closer_than_rows() -> None:
    assert labels(
        (100, "Harbour", ()), (110, "Support", ("1", "2", "3")), (120, "Worker", ()),
        (131, "Harbour", ()), (141, "Pilot", ("4", "5", "6")), (151, "Afloat", ()),
    ) == ["Harbour Support Worker", "Harbour Pilot Afloat"]


def test_an_unruled_row_that_a_page_break_cuts_keeps_its_label_and_its_table() -> None:
    def page_of(*lines: tuple[str, tuple[str, ...]], head: bool = False) -> Draw:
        def draw(sheet: Sheet) -> None:
            y = 90.0
            if head:
                for right, year in zip((200, 260, 320), ("2024/25", "2025/26", "Total"), strict=True):
                    sheet.right(right, 94, year, 10)
            for label, figures in lines:
                y += 22 if figures else 12
                sheet.text(60, y, label, 10)
                for right, figure in zip((200, 260, 320), figures, strict=False):
                    sheet.right(right, y, figure, 10)

        return draw

    document = laid_out(
        page_of(("Saving number 1", ("3", "4", "7")), ("on the north quay", ()), ("Saving number 2", ("5", "6", "11")),
                ("on the night ferry", ()), ("Saving number", ("1", "2", "3")), head=True),
        page_of(("31 on the lights", ()), ("Saving number 4", ("7", "8", "15")), ("on the office", ()),
                ("Total", ("16", "20", "36"))),
    )
    [table] = [block for block in document.blocks if block.table is not None]
    assert table_of(table) == [
        [None, "2024/25", "2025/26", "Total"], ["Saving number 1 on the north quay", "3", "4", "7"],
        ["Saving number 2 on the night ferry", "5", "6", "11"], ["Saving number 31 on the lights", "1", "2", "3"],
        ["Saving number 4 on the office", "7", "8", "15"], ["Total", "16", "20", "36"],
    ]


def test_a_line_alone_over_two_columns_of_words_does_not_make_one_of_them() -> None:
    def draw(sheet: Sheet) -> None:
        for y, line in (
            (90, ("Payee", "Detail", "Total £", "VAT £")), (106, ("Ann Reed", "Salary for April", "82.00", "0.00")),
            (122, ("Crown", "Tax on salary", "16.00", "0.00")), (144, ("To be paid on the 28th of April",)),
            (166, ("Dale Ltd", "Grass in March", "396.00", "66.00")), (182, ("Vale Co", "Dog bins", "180.43", "30.07")),
        ):
            for x, words in zip((60, 130), line, strict=False):
                sheet.text(x, y, words, 10)
            for x, words in zip((300, 360), line[2:], strict=False):
                sheet.right(x, y, words, 10)

    [table] = [block for block in laid_out(draw).blocks if block.table is not None]
    assert [line[:2] for line in table_of(table)] == [
        ["Payee", "Detail"], ["Ann Reed", "Salary for April"], ["Crown", "Tax on salary"],
        ["To be paid on the 28th of April", None], ["Dale Ltd", "Grass in March"], ["Vale Co", "Dog bins"],
    ]
