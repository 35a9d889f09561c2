"""Sums of tables: rows that add up whatever they are called, columns that compare, and what is left unsaid."""

from __future__ import annotations

from decimal import Decimal

from test_money_table_parts import figures, read

from pipeline.records import Reconciliation, Record


def checks(records: list[Record], of: str) -> list[tuple[str, bool]]:
    """What is said of a row or a column, without the sums, and whether it holds."""
    found = [r for r in records if isinstance(r, Reconciliation) and of in r.what]
    return [(r.what.rsplit(": ", 1)[1], r.holds) for r in found]


HEAD = ["", "Core £000s", "External £000s", "Total £000s"]
PLAN = (
    HEAD,
    ["Original base", "1,429.5", "0.0", "1,429.5"],
    ["Internal adjustments", "-83.6", "83.6", "0.0"],
    ["Revised base", "1,345.9", "83.6", "1,429.5"],
    ["Prices", "41.4", "1.9", "43.3"],
    ["Pay", "21.8", "0.6", "22.4"],
    ["TOTAL SPENDING", "63.2", "2.5", "65.7"],
    ["Income", "-20.1", "-4.0", "-24.1"],
    ["Efficiency", "-8.5", "0.0", "-8.5"],
    ["TOTAL SAVINGS", "-28.6", "-4.0", "-32.6"],
    ["NET CHANGE", "34.6", "-1.5", "33.1"],
    ["NET BUDGET", "1,380.5", "82.1", "1,462.6"],
)


def test_sums_within_sums_are_found_whatever_they_are_called() -> None:
    records = read(*PLAN)
    assert checks(records, "column Core £000s: Revised base") == [("1,429.5 + -83.6 = 1,345.9", True)]
    assert checks(records, "column Core £000s: NET CHANGE") == [("63.2 + -28.6 = 34.6", True)]
    assert checks(records, "column Core £000s: NET BUDGET") == [("1,345.9 + 34.6 = 1,380.5", True)]
    assert not [r for r in records if isinstance(r, Reconciliation) and not r.holds]


def test_a_memorandum_is_no_part_of_the_sums_below_it() -> None:
    aside = (["MEMORANDUM:"], ["Of existing schemes", "-12.0", "-4.0", "-16.0"],
             ["New schemes", "-16.6", "0.0", "-16.6"])
    records = read(*PLAN[:10], *aside, ["RESERVES"], ["Drawn from reserves", "-5.0", "-1.0", "-6.0"],
                   ["Paid into reserves", "2.0", "0.5", "2.5"], ["TOTAL RESERVES", "-3.0", "-0.5", "-3.5"],
                   ["NET CHANGE", "31.6", "-2.0", "29.6"])
    assert checks(records, "column Total £000s: NET CHANGE") == [("65.7 + -32.6 + -3.5 = 29.6", True)]


def test_a_row_less_a_row_is_a_difference() -> None:
    records = read(["", "2024 £m", "2025 £m"], ["Loans", "700.2", "680.4"], ["Bonds", "71.7", "66.4"],
                   ["Total borrowing", "771.9", "746.8"], ["Deposits", "280.1", "312.9"], ["Cash", "173.3", "189.7"],
                   ["Total investments", "453.4", "502.6"], ["Net borrowing", "318.5", "244.2"])
    assert checks(records, "Net borrowing") == [("771.9 - 453.4 = 318.5", True), ("746.8 - 502.6 = 244.2", True)]


def test_a_total_without_a_named_part() -> None:
    records = read(["", "Staff £000", "Other £000"], ["Roads", "120.4", "310.7"], ["Schools", "608.1", "177.5"],
                   ["Budget requirement", "728.5", "488.2"],
                   ["Budget requirement (excluding Schools)", "120.4", "310.7"])
    assert checks(records, "(excluding Schools)") == [("728.5 - 608.1 = 120.4", True), ("488.2 - 177.5 = 310.7", True)]


def test_rows_that_happen_to_add_up_in_one_small_column_are_no_sum() -> None:
    records = read(["", "Cost £000"], ["Roads", "2"], ["Parks", "3"], ["Quays", "5"], ["Baths", "7"])
    assert not [r for r in records if isinstance(r, Reconciliation)]


def test_a_column_that_compares_two_others() -> None:
    records = read(
        ["Service", "Budget £m", "Forecast £m", "Variance £m"], ["Adults", "586.1", "621.6", "+35.4"],
        ["Children", "430.6", "420.8", "-9.9"], ["Places", "202.9", "209.2", "+6.3"],
        ["Corporate", "30.5", "29.3", "-1.2"], ["Total", "1,250.1", "1,280.9", "+30.8"],
    )
    assert checks(records, "row Adults: Variance") == [("621.6 - 586.1 = +35.4", True)]
    assert checks(records, "row Total: Variance") == [("1,280.9 - 1,250.1 = +30.8", True)]


def test_one_row_that_does_not_compare_is_told() -> None:
    rows = [["A", "912.40", "957.10", "44.70"], ["B", "1,064.47", "1,116.62", "55.12"],
            ["C", "1,216.53", "1,276.13", "59.60"], ["D", "1,368.60", "1,435.65", "67.05"],
            ["E", "1,672.73", "1,754.68", "81.95"], ["F", "1,976.87", "2,073.72", "96.85"]]
    records = read(["Band", "2024-25 £", "2025-26 £", "Increase £"], *rows)
    assert [holds for _, holds in checks(records, ": Increase")] == [True, False, True, True, True, True]


def test_a_closing_balance_adds_the_movement_to_the_opening_one() -> None:
    records = read(["", "Balance 1 April £m", "Movement £m", "Balance 31 March £m"],
                   ["General", "43.0", "-7.1", "35.9"], ["Plant", "20.3", "0.8", "21.1"],
                   ["Smoothing", "151.2", "-13.9", "137.3"])
    assert checks(records, "row Plant: Balance 31 March") == [("20.3 + 0.8 = 21.1", True)]


def test_the_kinds_of_a_variance_add_up_to_it() -> None:
    records = read(["", "Budget £m", "Variance £m", "Real variance £m", "Timing variance £m"],
                   ["Adults", "2.410", "-0.318", "0.057", "-0.375"],
                   ["Children", "96.120", "-41.386", "-0.612", "-40.774"],
                   ["Places", "187.905", "-36.540", "7.215", "-43.755"])
    assert checks(records, "row Places: Variance") == [("7.215 + -43.755 = -36.540", True)]


def test_gross_and_net_are_sums_of_the_columns_before_them() -> None:
    records = read(["", "Staff £000", "Other £000", "Gross £000", "Income £000", "Net £000"],
                   ["Adults", "120.5", "816.2", "936.7", "-293.5", "643.2"],
                   ["Places", "60.1", "219.9", "280.0", "-78.4", "201.6"],
                   ["Chief executive", "25.0", "15.5", "40.5", "-15.1", "25.4"])
    assert checks(records, "row Adults: Gross") == [("120.5 + 816.2 = 936.7", True)]
    assert checks(records, "row Adults: Net") == [("936.7 + -293.5 = 643.2", True)]


def test_a_column_of_a_total_that_fails_is_told_by_how_the_others_add() -> None:
    records = read(["", "2022 £000", "2023 £000", "2024 £000"], ["Roads", "106.1", "200.5", "310.0"],
                   ["Parks", "49.3", "60.0", "61.0"], ["Total", "155.4", "265.5", "371.0"])
    assert checks(records, "Total") == [
        ("106.1 + 49.3 = 155.4", True), ("200.5 + 60.0 = 265.5", False), ("310.0 + 61.0 = 371.0", True),
    ]


def test_the_unit_of_all_figures_is_that_of_every_column() -> None:
    records = read(["", "", "All figures in £m"], ["", "Budget", "Forecast"], ["Roads", "58.1", "62.6"],
                   ["Parks", "43.6", "42.8"], header_rows=2)
    assert [(f.amount, f.column_label) for f in figures(records)][:2] == [
        (Decimal(58_100_000), "Budget"), (Decimal(62_600_000), "Forecast"),
    ]


def test_thousands_with_a_comma_and_pence() -> None:
    records = read(["Works", "2022/23 £,000"], ["Roads", "14,210"], ["Drains", "1,200"])
    assert [f.amount for f in figures(records)] == [Decimal(14_210_000), Decimal(1_200_000)]
    records = read(["Tariff", "Current"], ["One hour", "£1.10"], ["Evening", "80p"])
    assert [f.amount for f in figures(records)] == [Decimal("1.10"), Decimal("0.80")]


def test_a_bare_number_under_a_movement_in_per_cent_is_a_share_of_the_money_beside_it() -> None:
    records = read(["Care", "Current £", "Proposed £", "Increase %"], ["Homes", "683.00", "751.30", "10.0"],
                   ["At home", "20.94", "22.83", "9.0"])
    assert [(f.amount, f.unit) for f in figures(records) if f.unit == "percent"] == [
        (Decimal("10.0"), "percent"), (Decimal("9.0"), "percent"),
    ]


def test_a_bare_number_in_a_column_without_heading_is_no_money_though_others_print_a_pound_sign() -> None:
    records = read(["To be raised", "120,902", "121,800"], ["Deficit", "65", "124"], ["Base", "98,994", "100,031"],
                   ["Tax of band D", "£1,221.96", "£1,218.86"], header_rows=0)
    assert [f.raw for f in figures(records)] == ["£1,221.96", "£1,218.86"]


def test_a_row_that_counts_is_no_money() -> None:
    records = read(["", "2025-26 £000"], ["Revenue budget", "3,240.3"], ["Full time equivalent (FTE) staff", "1,460.2"])
    assert [f.row_label for f in figures(records)] == ["Revenue budget"]
