"""What an amount measures, whose it is, and what a table of money holds."""

from decimal import Decimal

import pytest

from pipeline.document import Block, Cell, Document, Outline, Table
from pipeline.extractors.money import extract
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure, BudgetTable, Reconciliation


def outline(*blocks: Block | str) -> Outline:
    made = [Block("paragraph", block) if isinstance(block, str) else block for block in blocks]
    return Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=made)))


def table(*rows: list[str], header_rows: int = 1) -> Block:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(cell for cell in row if cell) for row in rows)
    return Block("table", text, table=Table(cells, len(rows), max(len(row) for row in rows), header_rows))


def figures(*blocks: Block | str) -> list[BudgetFigure]:
    return [record for record in extract(outline(*blocks)) if isinstance(record, BudgetFigure)]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The service reported an overspend of £431k.", ["overspend"]),
        ("Members welcomed the £2.4m underspend on capital works.", ["underspend"]),
        ("Savings of £1.9m would be found.", ["saving"]),
        ("The Trust was awarded a grant of £40,000.", ["funding"]),
        ("The Council contributes £12m to the pooled fund.", ["contribution"]),
        ("It was resolved to pay the invoice of £78 for timber.", ["expenditure"]),
        ("The annual cost would be approximately £12.7m.", ["cost"]),
        ("A virement of £250,000 was requested.", ["transfer"]),
        ("The rent would rise to £92.10 per week.", ["rate"]),
        ("An increase in the grant for rural buses in 2025-26 of £4m was announced.", ["variance"]),
        ("The precept of £18,500 was set.", ["income"]),
        ("A key decision is one of more than £500,000.", ["other"]),
        ("The site was valued at £3.2m.", ["value"]),
        ("Debt of £14m remained outstanding.", ["debt"]),
        ("General reserves of £9m would be held.", ["reserve"]),
        ("The budget was £60 million (net), of which £12m was for roads.", ["budget", "budget"]),
        ("The forecast is +£3.4m, an overspend on Delegated Budgets.", ["overspend"]),
    ],
)
def test_the_words_near_an_amount_say_what_it_measures(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures(sentence)] == measures


def test_a_change_is_two_amounts_of_one_measure() -> None:
    first, second = figures("The net budget was revised from £124.5m in May to £119.6m.")
    assert (first.measure, second.measure) == ("budget", "budget")
    assert (first.basis, second.basis) == ("net", "net")


def test_organisation_fund_year_and_basis_come_from_the_sentence() -> None:
    [figure] = figures("In 2024/25 the Netherfield Health Trust paid £3m net into the Better Care Fund.")
    assert (figure.organisation, figure.fund) == ("Netherfield Health Trust", "Better Care Fund")
    assert (figure.financial_year, figure.basis) == ("2024/25", "net")


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Quality would be 60% of the tender evaluation.", 1),
        ("Council tax would rise by 4.99%.", 1),
        ("Nearly 70% of care home places are rated good.", 0),
        ("Some 64% of tenants named damp as what worries them most.", 0),
        ("The team collects 100% of NHS numbers.", 0),
    ],
)
def test_a_percentage_counts_only_as_a_share_of_money(sentence: str, kept: int) -> None:
    assert len(figures(sentence)) == kept


def test_a_table_gives_each_cell_its_labels_unit_and_year() -> None:
    block = table(
        ["Directorate", "2025-26 £000s", "2026-27 £000s"],
        ["Adult Care", "1,204", "(75)"],
        ["Roads", "96", ""],
        ["Total", "1,300", "(75)"],
    )
    found = figures("Capital programme budget", block)
    assert [(f.raw, f.amount, f.row_label, f.financial_year, f.is_total) for f in found] == [
        ("1,204", Decimal(1_204_000), "Adult Care", "2025/26", False),
        ("(75)", Decimal(-75_000), "Adult Care", "2026/27", False),
        ("96", Decimal(96_000), "Roads", "2025/26", False),
        ("1,300", Decimal(1_300_000), "Total", "2025/26", True),
        ("(75)", Decimal(-75_000), "Total", "2026/27", True),
    ]
    assert {f.measure for f in found} == {"budget"}


def test_a_cell_with_its_own_unit_keeps_it() -> None:
    found = figures(table(["Partner", "Existing Contribution"], ["County", "£78m*"], ["Group", "£30m"]))
    assert [(f.amount, f.measure, f.column_label) for f in found] == [
        (Decimal(78_000_000), "contribution", "Existing Contribution"),
        (Decimal(30_000_000), "contribution", "Existing Contribution"),
    ]


def test_counts_references_and_dates_in_tables_are_no_money() -> None:
    block = table(
        ["Row ref", "Scheme", "Number of homes", "Completion date", "Total cost £"],
        ["1", "Mill Lane", "14", "2026", "250,000"],
        ["2", "Weir Street", "9", "2027", "75,000"],
    )
    assert [f.raw for f in figures(block)] == ["250,000", "75,000"]


def test_a_band_governs_the_rows_under_it() -> None:
    block = table(
        ["Scheme", "Total cost £000s"],
        ["Mill Lane", "40"],
        ["Funded by:", ""],
        ["Borrowing", "25"],
        ["Receipts", "15"],
    )
    assert [(f.row_label, f.measure) for f in figures(block)] == [
        ("Mill Lane", "cost"),
        ("Borrowing", "funding"),
        ("Receipts", "funding"),
    ]


def test_a_footnote_mark_leads_to_its_words() -> None:
    found = figures(table(["Partner", "Contribution"], ["County", "£78m*"], ["Group", "£30m"]), "* after transfers")
    assert [f.footnote for f in found] == ["after transfers", None]


def test_sums_that_hold_and_sums_that_do_not_are_reported() -> None:
    block = table(["Service", "Cost £"], ["Roads", "100"], ["Parks", "40"], ["Total", "141"])
    checks = [r for r in extract(outline(block)) if isinstance(r, Reconciliation)]
    assert [(c.stated, c.computed, c.holds) for c in checks] == [(Decimal(141), Decimal(140), False)]
    block = table(
        ["Partner", "Existing £m", "Additional £m", "Total £m"],
        ["County", "78", "21", "99"],
        ["Group", "30", "66", "96"],
    )
    checks = [r for r in extract(outline(block)) if isinstance(r, Reconciliation)]
    assert [(c.stated, c.holds) for c in checks] == [(Decimal(99_000_000), True), (Decimal(96_000_000), True)]


def test_a_table_without_money_is_none() -> None:
    records = extract(outline(table(["Name", "Pupils"], ["Mill School", "240"])))
    assert not any(isinstance(record, BudgetTable) for record in records)


def test_shares_of_a_pool_are_held_against_what_the_partners_pay() -> None:
    pool = table(
        ["", "Existing Contribution", "Total Contribution"],
        ["Borough Council", "£40m", "£61m"],
        ["Health Trust", "£20m", "£39.5m"],
    )
    text = "Overspends of the pooled budget would fall 61% to the Borough Council and 39% to the Health Trust."
    checks = [r for r in extract(outline(pool, text)) if isinstance(r, Reconciliation) and r.rule == "reconcile.shares"]
    assert [(c.stated, c.computed, c.holds) for c in checks] == [
        (Decimal(61), Decimal("60.70"), True),
        (Decimal(39), Decimal("39.30"), True),
    ]
