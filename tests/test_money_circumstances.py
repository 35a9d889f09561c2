"""Measures that the circumstances of an amount settle, and the parties, funds and periods told around it."""

import pytest

from pipeline.document import Block, Document, Item, Outline
from pipeline.extractors.money import extract
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure


def figures(*blocks: str) -> list[BudgetFigure]:
    made = [Block("paragraph", block) for block in blocks]
    document = compose(Document("0" * 64, "made.txt", "text/plain", blocks=made))
    return [record for record in extract(Outline(document)) if isinstance(record, BudgetFigure)]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("A precept of £104.20 at Band D was set.", ["rate"]),
        ("The parish precept of £104,200 was set.", ["income"]),
        ("The Band D precept be increased by £2.10 to £104.20.", ["share", "rate"]),
        ("Spending on roads increased by £2.10 to £9.40.", ["variance", "expenditure"]),
        ("The fee for a brown bin should rise from £42 to £49 a year if costs are to be met.", ["rate", "rate"]),
        ("The budget includes £5.0m for fee uplifts.", ["budget"]),
        ("Members kept the price of a swim at £4.50.", ["rate"]),
        ("The price of the site is £450,000.", ["cost"]),
        ("The tender of Alder Works was accepted at a cost of £91,000.", ["contract"]),
        ("The cost of the new contracts is estimated at £1.4m.", ["cost"]),
        ("Quotations of £900 and £1,250 had been received.", ["contract", "contract"]),
        ("Cheques: Clerk's salary £312.60; hall hire £36; stamps £12.", ["expenditure"] * 3),
        ("Under a legal agreement the builder owes £816 per dwelling for libraries.", ["contribution"]),
        ("Each parish is offered a grant of £3,000 each.", ["funding"]),
        ("The rent increase be set at an average of 5.1%, or £4.92 a week.", ["share", "share"]),
        ("The levy of £7m on the district was more than it spent.", ["income"]),
        ("Reserves, which stood at £28m, are falling.", ["reserve"]),
        ("The Council donates £750 towards the river festival.", ["contribution"]),
        ("The authority may vary the budget by up to £1m.", ["variance"]),
        ("Total income was budgeted at £17.9m.", ["income"]),
        ("The remaining £90,000 be funded by district partners.", ["contribution"]),
        ("Parking income was £212,000 below budget.", ["variance"]),
        ("Street cleaning was £212,000 below budget.", ["underspend"]),
        ("Government funding was cut by £3m.", ["variance"]),
        ("The district holds £14m in earmarked reserves.", ["reserve"]),
        ("The provisional settlement was £12.2m.", ["funding"]),
        ("The insurance premium was £1,450.", ["cost"]),
        ("Section 106 monies of £75,000 are held.", ["contribution"]),
        ("The reserve had been drawn down by £1.2m, leaving a balance of £3.4m.", ["transfer", "reserve"]),
    ],
)
def test_measures(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures(sentence)] == measures


def test_a_list_under_accounts_to_be_paid_is_of_payments() -> None:
    found = figures(
        "It was agreed that the following accounts be paid.", "Hall rental £30.00", "Playground Ltd £226.80"
    )
    assert [figure.measure for figure in found] == ["expenditure", "expenditure"]


@pytest.mark.parametrize(
    ("sentence", "organisation"),
    [
        ("A grant of £900 to Second Night Theatre be approved.", "Second Night Theatre"),
        ("The tender of Alder Plant in the sum of £88,450 be accepted.", "Alder Plant"),
        ("The developer would pay £612,000 for school places.", "developer"),
        ("The Department for Culture had allocated £27m of funding.", "Department for Culture"),
        ("The budget offered by NHS Northmoor of £158m was noted.", "NHS Northmoor"),
        ("Funding per pupil is £1,012.", None),
    ],
)
def test_organisations(sentence: str, organisation: str | None) -> None:
    assert figures(sentence)[0].organisation == organisation


@pytest.mark.parametrize(
    ("sentence", "fund"),
    [
        ("The scheme takes £1.3m of Old Bridges Funding.", "Old Bridges Funding"),
        ("A sum of £690,000 is set aside in the capital programme.", "capital programme"),
        ("The Better Baths Fund grant of £9m, Green Homes Grant of £2m.", "Better Baths Fund grant"),
        ("A replacement pool would cost £9m.", None),
    ],
)
def test_funds(sentence: str, fund: str | None) -> None:
    assert figures(sentence)[0].fund == fund


def test_the_tax_of_a_household_is_a_years_and_a_new_level_has_the_period_of_its_rise() -> None:
    assert [figure.per for figure in figures("The charge at band D is £1,698.30.")] == ["year"]
    rise = figures("The average rent would increase by £2.29 per week, from £84.85 to £87.14.")
    assert [figure.per for figure in rise] == ["week", "week", "week"]


def test_a_sentence_broken_over_lines_is_read_as_one() -> None:
    assert [f.measure for f in figures("The charge be raised from £52.00 to\n£57.50 a year.")] == ["rate", "rate"]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("The lodge was let until 2022 at £14,500 per annum.", ["income"]),
        ("Approve a budget of up to £85,000 from the Repairs Reserve.", ["budget"]),
        ("The Panel allowed councils to raise Band D by £5.", ["share"]),
        ("The lowest tender, at £2.94m, was £310k above the estimate.", ["contract", "variance"]),
        ("Quotations were opened: Softstep Ltd £6,840; Playground £7,115.", ["contract", "contract"]),
        ("The council had only £2,300 in its play area fund.", ["reserve"]),
        ("Advice will cost £95,000, of which £50,000 is to come from the Change Fund.", ["cost", "contribution"]),
        ("The provision would be increased by £40,000 from the Capital Contingency.", ["transfer"]),
        ("Option B is estimated to produce an additional £61k.", ["income"]),
    ],
)
def test_a_frame_settles_what_its_amount_measures(text: str, measured: list[str]) -> None:
    assert [figure.measure for figure in figures(text)] == measured


def test_entries_of_a_list_without_a_colon_are_payments_under_their_labels() -> None:
    found = figures(
        "The following were approved for payment",
        "000812 Clerk's pay £318.75",
        "E.on street lights £402.16",
        "Village hall £54.00",
    )
    assert [(figure.measure, figure.row_label) for figure in found] == [
        ("expenditure", "000812 Clerk's pay"),
        ("expenditure", "E.on street lights"),
        ("expenditure", "Village hall"),
    ]


def test_the_title_of_an_item_gives_the_year_though_its_text_names_another() -> None:
    texts = ("An underspend of £0.8m was shown.", "The programme for 2019/20 was noted.")
    made = [Block("heading", "Outturn 2018/19"), *(Block("paragraph", text) for text in texts)]
    document = compose(Document("0" * 64, "made.txt", "text/plain", blocks=made))
    item = Item("1", "Outturn 2018/19", made[0].start, made[0].end, 0, 3)
    found = [r for r in extract(Outline(document, items=[item])) if isinstance(r, BudgetFigure)]
    assert [figure.financial_year for figure in found] == ["2018/19"]


def test_a_bracket_round_the_amount_itself_is_a_minus() -> None:
    found = figures("The underspend of (£2.052m) was noted. Interest (£5.1m) was met.")
    assert [(figure.raw, figure.amount) for figure in found] == [("(£2.052m)", -2052000), ("£5.1m", 5100000)]


def test_a_year_that_is_compared_with_is_not_the_amounts_own() -> None:
    found = figures("The fund in 2024/25 was £33.4m, an increase of £1.7m on 2023/24. It held a grant of £9.9m.")
    assert [figure.financial_year for figure in found] == ["2024/25", "2024/25", "2024/25"]


def test_a_fare_without_a_period_is_that_of_one_journey() -> None:
    assert [figure.per for figure in figures("The single fare, now £2, stays. The rent is £25.")] == ["unit", None]


def test_a_percentage_in_brackets_behind_an_amount_is_a_share() -> None:
    assert [figure.raw for figure in figures("The levy is £18.4m, up by £0.9m (5.1%).")] == ["£18.4m", "£0.9m", "5.1%"]


def test_what_somebody_would_fund_is_no_fund() -> None:
    assert [figure.fund for figure in figures("DAERA would fund 80% of the cost.")] == [None]


def test_the_cost_per_place_is_that_of_a_unit() -> None:
    found = figures("The cost per place is £14,200.")
    assert [(figure.measure, figure.per) for figure in found] == [("cost", "unit")]


def test_a_plain_line_that_names_a_fund_heads_what_follows() -> None:
    found = figures("Housing Revenue Account", "Net spending was £2.4m higher than budget.")
    assert [figure.fund for figure in found] == ["Housing Revenue Account"]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("The budgets are £7,987 and £3,250, giving a total of £11,237.", ["budget", "budget", "budget"]),
        ("This should reduce the draw on borrowing to fund spend by £23m.", ["variance"]),
    ],
)
def test_sums_and_movements_told_by_a_verb(text: str, measured: list[str]) -> None:
    assert [figure.measure for figure in figures(text)] == measured


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("There was £18,204.36 in the current account.", ["reserve"]),
        ("That the Revenue Budget for 2019/20 of £385.4m be approved.", ["budget"]),
        ("Income from season tickets is £7,150.", ["income"]),
        ("Cameras cost £92,800, of which £60,000 will be met by TfL.", ["cost", "funding"]),
        ("The battery had failed. A new one was £189.", ["cost"]),
        ("Each 1% on council tax was worth £570k.", ["share", "income"]),
    ],
)
def test_more_frames(text: str, measured: list[str]) -> None:
    assert [figure.measure for figure in figures(text)] == measured


def test_a_year_may_end_in_one_figure() -> None:
    assert [figure.financial_year for figure in figures("Only £3,000 was in the 2004/5 budget.")] == ["2004/05"]
