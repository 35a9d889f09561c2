"""Tables printed one under the other, units that a heading lost, and sums whose reading is believed."""

from decimal import Decimal

from pipeline.document import Block, Cell, Document, Outline, Table
from pipeline.extractors.money import extract
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure, BudgetTable, Reconciliation, Record


def read(*rows: list[str], header_rows: int = 1, below: tuple[Block, ...] = ()) -> list[Record]:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(cell for cell in row if cell) for row in rows)
    block = Block("table", text, table=Table(cells, len(rows), max(len(row) for row in rows), header_rows))
    return extract(Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=[block, *below]))))


def figures(records: list[Record]) -> list[BudgetFigure]:
    return [record for record in records if isinstance(record, BudgetFigure)]


def sums(records: list[Record]) -> list[tuple[Decimal, Decimal, bool]]:
    return [(r.stated, r.computed, r.holds) for r in records if isinstance(r, Reconciliation)]


TWO_TABLES = (
    ["Service", "2011/12 budget", "Savings", "2012/13 budget"],
    ["", "£000", "£000", "£000"],
    ["Parks", "408", "(262)", "146"],
    ["Baths", "119", "", "119"],
    ["Total", "527", "(262)", "265"],
    ["", "2010/11", "2011/12", ""],
    ["Kind of spending", "£000", "£000", ""],
    ["Employees", "300", "310", ""],
    ["Transport", "210", "217", ""],
    ["Total expenditure", "510", "527", ""],
)


def test_a_row_without_a_label_that_sums_unlike_rows_is_their_total_and_measures_what_the_first_does() -> None:
    rows = (["2026/27", "£000"], ["Savings", "-300"], ["Income from fees", "-40"], ["Grants", "-5"])
    assert [(f.amount, f.measure, f.is_total) for f in figures(read(*rows, ["", "-345"]))][-1] == (
        Decimal(-345_000), "saving", True
    )
    assert [(f.amount, f.measure, f.is_total) for f in figures(read(*rows, ["", "-12"]))][-1] == (
        Decimal(-12_000), "funding", False
    )


def test_a_numbered_caption_below_a_table_is_its_title_unless_it_is_the_next_tables() -> None:
    rows = (["Service", "Budget £000", "Forecast £000"], ["Parks", "408", "415"], ["Baths", "119", "122"])
    caption, following = Block("heading", "Table 1: Forecast of the year 2022/23"), Block("paragraph", "Parks rose.")
    other = Block("table", "Fees\t5", table=Table([Cell("Fees", 0, 0), Cell("5", 0, 1)], 1, 2, 0))
    for behind, title in ((following, caption.text), (other, None)):
        [table, *_] = [r for r in read(*rows, below=(caption, behind)) if isinstance(r, BudgetTable)]
        assert table.title == title


def test_a_new_row_of_units_starts_a_new_table_with_its_own_headings() -> None:
    records = read(*TWO_TABLES, header_rows=2)
    assert sum(isinstance(record, BudgetTable) for record in records) == 2
    employees = [f for f in figures(records) if f.row_label == "Employees"]
    assert [(f.amount, f.financial_year, f.column_label) for f in employees] == [
        (Decimal(300_000), "2010/11", "2010/11 £000"),
        (Decimal(310_000), "2011/12", "2011/12 £000"),
    ]


def test_a_unit_is_no_amount() -> None:
    records = read(*TWO_TABLES, header_rows=1)
    assert [f.raw for f in figures(records) if f.amount == 0] == []


def test_a_column_that_lost_its_unit_takes_that_of_the_others() -> None:
    records = read(["Service", "Budget £000", "Forecast"], ["Parks", "1,408", "1,262"], ["Baths", "1,119", "1,204"])
    assert [f.amount for f in figures(records)] == [
        Decimal(1_408_000),
        Decimal(1_262_000),
        Decimal(1_119_000),
        Decimal(1_204_000),
    ]


def test_a_column_without_a_unit_beside_two_units_is_left_out() -> None:
    records = read(["Service", "Budget £000", "Plan £m", "Forecast"], ["Parks", "1,408", "1.4", "1,262"])
    assert [f.raw for f in figures(records)] == ["1,408", "1.4"]


def test_years_of_life_of_a_loan_are_no_money() -> None:
    records = read(["Lender", "Balance £m", "Average life yrs"], ["Board", "24.5", "15.11"], ["Banks", "3.5", "39.38"])
    assert [f.raw for f in figures(records)] == ["24.5", "3.5"]


def test_thousands_hold_within_their_rounding_and_whole_pounds_do_not() -> None:
    rounded = read(["Service", "Budget £000"], ["Parks", "481"], ["Baths", "80"], ["Total", "562"])
    exact = read(["Payee", "Paid £"], ["Parks", "481"], ["Baths", "80"], ["Total", "562"])
    assert sums(rounded) == [(Decimal(562_000), Decimal(561_000), True)]
    assert sums(exact) == [(Decimal(562), Decimal(561), False)]


def test_a_total_that_adds_rows_of_another_page_is_not_reported_as_failing() -> None:
    assert sums(read(["Service", "Budget £000"], ["Parks", "481"], ["Baths", "80"], ["Total", "9,562"])) == []


def test_a_failure_beside_sums_that_hold_is_reported() -> None:
    records = read(
        ["Service", "2023/24 £000", "2024/25 £000"],
        ["Parks", "481", "500"],
        ["Baths", "80", "90"],
        ["Total", "561", "640"],
    )
    assert sums(records) == [
        (Decimal(561_000), Decimal(561_000), True),
        (Decimal(640_000), Decimal(590_000), False),
    ]


def test_a_total_that_repeats_its_only_part_adds_nothing() -> None:
    records = read(["Row", "£000"], ["Staff", "500"], ["Total cost", "500"], ["Fees", "(24)"], ["Total income", "(24)"])
    assert sums(records) == []


def test_a_column_that_counts_holds_no_shares_of_money() -> None:
    records = read(["House", "No. retaining at least 80% of their value"], ["Elm House", "259"], ["Oak House", "156"])
    assert figures(records) == []


def test_percentages_alone_in_a_table_need_words_of_money() -> None:
    assert figures(read(["Effect", "Loss"], ["Negligible", "0 - 20%"], ["Major", "40%"])) == []


def test_a_day_in_a_heading_tells_the_year() -> None:
    records = read(
        ["Lender", "31-Mar-24 Balance £m", "30/09/2024 Balance £m", "1 April 2025 £m"],
        ["Board", "24.5", "23.1", "22.9"],
    )
    assert [f.financial_year for f in figures(records)] == ["2023/24", "2024/25", "2025/26"]


def test_a_flat_for_four_persons_is_no_four_pence() -> None:
    assert figures(read(["Flat", "Least area"], ["2-bed", "61 (3p) / 71 (4p)"], ["3-bed", "86 (5p)"])) == []


def test_bare_tenths_and_counts_by_year_have_no_unit_and_are_left_out() -> None:
    assert (
        figures(read(["Directorate", "Budget", "Forecast"], ["Care", "586.1", "621.6"], ["Roads", "30.5", "29.3"]))
        == []
    )
    assert (
        figures(read(["School", "2023-24", "2024-25"], ["Special", "5,118", "5,591"], ["Other", "1,126", "1,348"]))
        == []
    )


def test_a_score_beside_money_is_none() -> None:
    records = read(
        ["Risk", "Exposure £m", "Likelihood (1-5)"],
        ["Fees", "10.0", "4"],
        ["Staff", "12.0", "3"],
        ["Under £1m", "2.0", "£1m"],
    )
    assert [f.raw for f in figures(records) if f.column_label == "Likelihood (1-5)"] == ["£1m"]


def test_a_column_of_ranks_is_no_money() -> None:
    rows = [[name, str(rank), f"1,1{rank}4.30"] for rank, name in zip((3, 1, 5, 2, 4), "ABCDE", strict=True)]
    assert {f.column_label for f in figures(read(["Borough", "", "Council tax £"], *rows))} == {"Council tax £"}


def test_a_row_that_has_no_numbers_is_no_band() -> None:
    records = read(["Kind", "£000"], ["Staff", "500"], ["Transfer payments", ""], ["Other grants", "(20)"])
    assert [f.measure for f in figures(records)][-1] == "funding"


def test_words_that_a_narrow_heading_broke_are_read() -> None:
    records = read(["Service", "Revenu e Forecas t £m", "Revenu e Varianc e £m"], ["Care", "41.7", "+0.9"])
    assert [f.measure for f in figures(records)] == ["expenditure", "variance"]


def test_an_aside_in_a_heading_makes_no_movement() -> None:
    records = read(["Band", "2025-26 (incl. increase in levy) £p", "Increase £p"], ["Rent", "1,691.19", "80.37"])
    assert [f.measure for f in figures(records)] == ["rate", "variance"]


def test_a_title_inside_the_table_names_no_column_and_the_nearest_year_counts() -> None:
    title = "Investment 2025-26 to 2034-35 (£000s)"
    cells = [Cell(title, 0, 0, column_span=3), Cell("Scheme", 1, 0), Cell("2026-27", 1, 1), Cell("2027-28", 1, 2)]
    cells += [Cell("Bridge", 2, 0), Cell("1,515", 2, 1), Cell("250", 2, 2)]
    text = f"{title}\nScheme\t2026-27\t2027-28\nBridge\t1,515\t250"
    block = Block("table", text, table=Table(cells, 3, 3, 2))
    records = extract(Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=[block]))))
    assert [(f.amount, f.financial_year, f.column_label) for f in figures(records)] == [
        (Decimal(1_515_000), "2026/27", "2026-27"),
        (Decimal(250_000), "2027/28", "2027-28"),
    ]


def test_a_heading_that_ends_in_a_word_of_money_is_money_whatever_it_is_for() -> None:
    title = "Spending (£000)"
    cells = [Cell(title, 0, 0, column_span=4)]
    heads = ["Service", "Staff costs", "Spend to date", "Number of payments"]
    cells += [Cell(head, 1, c) for c, head in enumerate(heads)]
    cells += [Cell(text, 2, c) for c, text in enumerate(["Parks", "1,515", "250", "12"])]
    text = f"{title}\n" + "\t".join(heads) + "\nParks\t1,515\t250\t12"
    block = Block("table", text, table=Table(cells, 3, 4, 2))
    records = extract(Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=[block]))))
    assert [(f.raw, f.column_label) for f in figures(records)] == [("1,515", "Staff costs"), ("250", "Spend to date")]


def test_a_total_budget_of_each_of_several_years_is_no_total_of_others() -> None:
    """It had been left out of every sum of what is no total, with all the budgets of a book."""
    records = read(
        ["Service", "2011/12 Total budget £000", "2012/13 Total budget £000", "Total £000"],
        ["Parks", "408", "146", "554"],
        ["Total", "408", "146", "554"],
    )
    assert [(f.row_label, f.column_label, f.is_total) for f in figures(records)] == [
        ("Parks", "2011/12 Total budget £000", False),
        ("Parks", "2012/13 Total budget £000", False),
        ("Parks", "Total £000", True),
        ("Total", "2011/12 Total budget £000", True),
        ("Total", "2012/13 Total budget £000", True),
        ("Total", "Total £000", True),
    ]
