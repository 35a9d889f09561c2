"""Money as councils that were never seen before write it: movements, comparisons, limits, lists, short names."""

from decimal import Decimal

import pytest

from pipeline.document import Block, Document, Outline
from pipeline.extractors.money import extract
from pipeline.extractors.sentences import sentences
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure


def figures(*blocks: Block | str, title: str | None = None) -> list[BudgetFigure]:
    made = [Block("paragraph", block) if isinstance(block, str) else block for block in blocks]
    document = compose(Document("0" * 64, "made.txt", "text/plain", blocks=made))
    return [record for record in extract(Outline(document, title=title)) if isinstance(record, BudgetFigure)]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The overspend had grown from £14m to £15m because hotels cost more.", ["overspend", "overspend"]),
        ("Spending was £3m, an improvement on the July position of £0.6m.", ["expenditure", "variance"]),
        ("The overspend is £3.3m, compared to £3.9m in August.", ["overspend", "overspend"]),
        ("There was an underspend against the borrowing budget of £1.5m.", ["underspend"]),
        ("The account made a surplus over its planned budget by £0.04m.", ["underspend"]),
        ("Home care is £4.7m over budget.", ["overspend"]),
        ("Debt is £33m more than a year ago.", ["variance"]),
        ("The band D council tax be set at £189.14.", ["rate"]),
        ("A demand on the Collection Fund of £4.6m was approved.", ["income"]),
        ("The daily payment limit is raised from £1200 to £2500.", ["other", "other"]),
        ("The Fund's budget is noted as £18m, with a contribution of £10m.", ["budget", "contribution"]),
        ("The net decrease in the costs of later years totalling £0.4m was noted.", ["variance"]),
        ("Sums of £21,000 (which included bank costs) had been spent.", ["expenditure"]),
        ("Allowances follow the £1,290 lump sum Pay Award.", ["rate"]),
        ("Cabinet accepts £563,028 from the Shared Prosperity Fund.", ["funding"]),
        ("The £3.8bn Better Care Fund was announced in June.", ["funding"]),
        ("The contract was let at a total value of £2.8m.", ["contract"]),
        ("Members preferred new boilers at £41m.", ["cost"]),
        ("Income was £74,000 and permits for a second car £160.", ["income", "rate"]),
        ("The accounts show receipts of £18,406 and payments of £16,951.", ["income", "expenditure"]),
    ],
)
def test_measures(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures(sentence)] == measures


def test_the_period_of_the_second_price_is_that_of_the_first() -> None:
    first, second = figures("The average rate would increase from £100.97 to £108.04 per week.")
    assert [(f.measure, f.per) for f in (first, second)] == [("rate", "week"), ("rate", "week")]


def test_pence_count_as_money_but_the_lines_of_a_picture_do_not() -> None:
    fees = figures("Fees for buses should rise from 87p to 90p.")
    assert [f.amount for f in fees] == [Decimal("0.87"), Decimal("0.90")]
    assert figures("The meeting is filmed in 720p.") == []


def test_two_parts_of_a_sum_are_no_range() -> None:
    first, _ = figures("The grant is split between £2m capital and £1m revenue.")
    assert (first.qualifier, first.amount_high) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "shares"),
    [
        ("Garage rents rise, an average increase of 7.64%.", ["7.64"]),
        ("A 10.7% reduction to service charges was agreed.", ["10.7"]),
        ("Reports of fly tipping increased by 10%.", []),
        ("An increase of 12% in referrals raised the cost of the service.", []),
    ],
)
def test_a_movement_is_a_share_of_money_where_money_moves(sentence: str, shares: list[str]) -> None:
    assert [f.amount for f in figures(sentence)] == [Decimal(share) for share in shares]


def test_a_label_c_is_no_circa() -> None:
    limb = Block("list_item", "c. £140,744 being the amount by which (a) exceeds (b)", label="c.", body_offset=3)
    assert [f.qualifier for f in figures(limb)] == [None]


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("The estimated cost was £12.6m.", "about"),
        ("The backlog was put at £61m.", "about"),
        ("The deficit may reach £58m, or thereabouts.", "about"),
        ("The limit on borrowing be set at £475m.", "up_to"),
    ],
)
def test_qualifiers(sentence: str, qualifier: str) -> None:
    assert [f.qualifier for f in figures(sentence)] == [qualifier]


def test_entries_under_an_amount_are_parts_of_it_and_entries_of_payments_are_payments() -> None:
    risks = figures("Risks could add £13m to the forecast overspend:", "£4m in Adult Social Care", "£8m in Highways")
    assert [f.measure for f in risks] == ["overspend"] * 3
    paid = figures("Resolved to pay:", Block("list_item", "– The Clerk, salary, £110.00", label="–", body_offset=2))
    assert [f.measure for f in paid] == ["expenditure"]


@pytest.mark.parametrize(
    ("sentence", "organisation", "fund"),
    [
        ("Borrowing stands at £346m in the HRA.", None, "HRA"),
        ("Around £300m would be needed to fully fund the freeze.", None, None),
        ("The rate was 4% and £6m came from the external fund manager.", None, None),
        ("Council tax makes up £20m of income.", None, None),
        ("A fee of £300 was proposed by the Licensing Committee.", None, None),
        ("Grants of £6m to Harrow City Council, £3m to Quayside Homes.", "Harrow City Council", None),
    ],
)
def test_parties(sentence: str, organisation: str | None, fund: str | None) -> None:
    assert (figures(sentence)[0].organisation, figures(sentence)[0].fund) == (organisation, fund)


def test_a_second_payee_is_its_own() -> None:
    assert figures("Grants of £6m to Harrow City Council, £3m to Quayside Homes.")[1].organisation == "Quayside Homes"


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        (None, "Debt was £160m at 31 March 2018.", "2017/18"),
        (None, "In the year to March 2024 interest was £13m.", "2023/24"),
        ("Revenue Budget Monitoring – September 2024", "The overspend is £14m.", "2024/25"),
        ("Revenue Outturn – March 2024", "The overspend was £14m.", "2023/24"),
        ("Minutes – September 2024", "The overspend is £14m.", None),
        ("Budget 2025/26", "Last year the overspend was £14m.", None),
    ],
)
def test_years(title: str | None, text: str, year: str | None) -> None:
    assert [f.financial_year for f in figures(text, title=title)] == [year]


def test_one_year_named_in_the_document_is_the_year_of_its_figures() -> None:
    assert figures("The budget for 2023/24 is £9m.", "Parking lost £1m of income.")[1].financial_year == "2023/24"
    assert figures("The budgets for 2023/24 and 2024/25 follow.", "Parking lost £1m.")[0].financial_year is None


def test_a_sentence_ends_behind_an_amount_in_millions() -> None:
    text = "The Council would give £11.04m and the Group £7.36m. Any overspend would be shared."
    assert [text[a:b] for a, b in sentences(text)][1] == "Any overspend would be shared."
