"""The word that governs an amount in a sentence, and the heading that does in a table; whose year it is."""

from datetime import date

import pytest

from pipeline.document import Block, Cell, Document, Item, Outline, Table
from pipeline.extractors.money import extract
from pipeline.extractors.money.amounts import find_amounts
from pipeline.extractors.money.context import find_cues
from pipeline.extractors.money.governors import governed
from pipeline.extractors.money.wording import per_after
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The projected overspend for the Housing Portfolio and the contracts was £7m.", ["overspend"]),
        ("In 2024/25, the budget for these grants is £300,000.", ["budget"]),
        ("Without these grants the under spend would have been £3.9m.", ["underspend"]),
        ("There was an expected carry forward for the Schools Block of just under £0.8m.", ["transfer"]),
        ("It would declare a surplus on the business rates collection fund of £2.4m.", ["underspend"]),
        ("The spending budget had increased from £38.2m to £39.4m.", ["budget", "budget"]),
        ("To reduce the proposed budget for fleet replacement by £500,000 to £3.3m.", ["variance", "budget"]),
        ("The grant changes increase the budget by £361.3 million.", ["variance"]),
        ("Members noted a £255m budget and the £2m savings programme.", ["budget", "saving"]),
        ("To allocate £13,054 of play provision section 106 funding to the park.", ["contribution"]),
        ("The outturn was £3m over budget.", [None]),
        ("Each £1m of borrowing costs £68,000.", ["debt", None]),
        ("The figure is £3m.", [None]),
    ],
)
def test_the_word_that_governs_an_amount_claims_it(sentence: str, measures: list[str | None]) -> None:
    amounts, cues = find_amounts(sentence), find_cues(sentence)
    spans = [(amount.start, amount.end) for amount in amounts]
    claims = [governed(sentence, amount, cues, spans) for amount in amounts]
    assert [claim and claim.measure for claim in claims] == measures


def cells(*rows: list[str], before: tuple[str, ...] = ()) -> list[BudgetFigure]:
    table = Table(
        [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)], len(rows), len(rows[0]), 1
    )
    text = "\n".join("\t".join(row) for row in rows)
    blocks = [*(Block("paragraph", text) for text in before), Block("table", text, table=table)]
    outline = Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=blocks)))
    return [record for record in extract(outline) if isinstance(record, BudgetFigure)]


def test_a_table_of_sources_holds_funding_to_its_total() -> None:
    found = cells(
        ["Source", "2023/24 £'000", "2024/25 £'000"],
        ["Borrowing", "120", "480"],
        ["Total", "120", "480"],
        before=("The new depot will be paid for as shown.",),
    )
    assert [figure.measure for figure in found] == ["funding"] * 4


def test_columns_of_reserves_tell_what_moves_and_what_stands() -> None:
    found = cells(
        ["Reserve", "Opening balance £m", "Use of reserve £m", "Closing balance £m"],
        ["Carers", "0.36", "(0.06)", "0.30"],
    )
    assert [figure.measure for figure in found] == ["reserve", "transfer", "reserve"]


def test_what_a_budget_has_left_is_a_variance_and_a_budgeted_deficit_a_budget() -> None:
    found = cells(
        ["Service", "Budget £", "Spent £", "Remaining £"],
        ["Allotments", "12,500", "2,086", "10,414"],
        ["Deficit", "17,958", "18,084", "(126)"],
    )
    assert [figure.measure for figure in found] == ["budget", "expenditure", "variance"] * 2


@pytest.mark.parametrize(
    ("text", "per"),
    [(" per employee", "unit"), (" per bed per week", "week"), (" per head per annum", "year"), (" per cent", None)],
)
def test_so_much_for_each_and_by_time_is_by_time(text: str, per: str | None) -> None:
    assert per_after(text, 0)[0] == per


@pytest.mark.parametrize(
    ("title", "held", "year"),
    [
        ("Quarter 2 Financial Report", date(2023, 11, 24), "2023/24"),
        ("Budget Monitoring", date(2024, 2, 6), "2023/24"),
        ("Quarter 4 Outturn", date(2023, 7, 4), None),
        ("Budget Monitoring", date(2023, 5, 9), None),
    ],
)
def test_how_a_year_goes_is_told_of_the_year_of_the_meeting(title: str, held: date, year: str | None) -> None:
    document = compose(
        Document("0" * 64, "made.txt", "text/plain", blocks=[Block("paragraph", "An overspend of £2.3m was forecast.")])
    )
    outline = Outline(document, held_on=held, items=[Item("4", title, 0, 0, 0, 1)])
    assert [record.financial_year for record in extract(outline) if isinstance(record, BudgetFigure)] == [year]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The level of reserves at 31 March but before allowing for agreed carry forwards was £9.6m.", ["reserve"]),
        ("These brought the total net underspend for the year against the budget to £0.4m.", ["underspend"]),
        ("To set the allowance payable to the Chairman of the Committee at £2,517.", ["rate"]),
        ("It agreed to pay for a gate with a contribution from the field committee of £662.", ["contribution"]),
        ("A gap between income and expenditure of £27.3m.", ["overspend"]),
        ("With management action this would reduce to £3.7m.", [None]),
    ],
)
def test_the_last_noun_before_the_verb_is_the_head_of_its_phrase(sentence: str, measures: list[str | None]) -> None:
    test_the_word_that_governs_an_amount_claims_it(sentence, measures)


def test_a_year_behind_an_amount_is_no_part_of_it() -> None:
    assert [amount.raw for amount in find_amounts("phased £70,000, 2019-20 £2,210,000")] == ["£70,000", "£2,210,000"]


def test_parts_of_a_row_built_alike_measure_one_thing() -> None:
    text = "Providing £265m to councils to support pay deals, £50m to health and £9m to police."
    outline = Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=[Block("paragraph", text)])))
    assert [record.measure for record in extract(outline) if isinstance(record, BudgetFigure)] == ["funding"] * 3


def test_an_aside_between_a_subject_and_its_verb_tells_nothing() -> None:
    text = "The total contract value over the full term (including all variations) is £43 million."
    test_the_word_that_governs_an_amount_claims_it(text, ["contract"])
