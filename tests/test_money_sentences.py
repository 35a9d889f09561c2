"""Money in sentences of every trade of a council: who gives, what a thing costs, what comes in, sums told again."""

from decimal import Decimal

import pytest

from pipeline.document import Block, Cell, Document, Item, Outline, Table
from pipeline.extractors.money import extract
from pipeline.layout.compose import compose
from pipeline.records import BudgetFigure


def figures(*texts: str, heading: str = "", item: str | None = None) -> list[BudgetFigure]:
    blocks = [Block("heading", heading)] if heading else []
    document = compose(
        Document("0" * 64, "made.txt", "text/plain", blocks=[*blocks, *(Block("paragraph", text) for text in texts)])
    )
    outline = Outline(document)
    if item is not None:
        outline.items.append(Item(None, item, 0, 0, 0, len(texts)))
    return [record for record in extract(outline) if isinstance(record, BudgetFigure)]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The half-year precept payment of £6,250 was received in April.", ["income"]),
        ("VAT of £2,316.80 had been reclaimed.", ["income"]),
        ("The trading company paid a dividend of £250,000 to the Council.", ["income"]),
        ("The debt charges would be £112,000 a year.", ["cost"]),
        ("Backlog maintenance of £6.8m has been found across the estate.", ["cost"]),
        ("Insurance renewal: £1,034.27 for the year.", ["cost"]),
        ("Election expenses of £1,128.43 had been claimed.", ["cost"]),
        ("The addition of £600k for a new income system was approved.", ["budget"]),
        ("The Marsh Board had offered £340,000.", ["funding"]),
        ("The operator pays the Council a fee of £265,000 a year.", ["income"]),
        ("The Council would lose rent of £4,000.", ["income"]),
        ("To waive up to £18,000 of hire charges.", ["income"]),
        ("The District Council had agreed to pay £3,000 towards the shelter, leaving £2,450 to be found.",
         ["contribution", "cost"]),
        ("At the end of September the Council had £63m invested.", ["value"]),
        ("Transport is £2.9m over budget, placements £1.4m and legal costs £0.5m.", ["overspend"] * 3),
        ("Against this, staffing is £1.1m under.", ["underspend"]),
        ("An offer of £425,000 has been received from a developer.", ["value"]),
        ("The contract be awarded to Redfern Coaches at £2.4m a year.", ["contract"]),
        ("The Better Care Fund for 2023/24 totals £18.1m, with the Council contributing £10.1m.",
         ["budget", "contribution"]),
        ("Sums of £120k, £95k and £60k respectively were allocated to the three areas.", ["budget"] * 3),
        ("The alarm was old. Fitting out is put at £190,000.", ["cost"]),
        ("Loans of up to £25,000 per property are offered.", ["debt"]),
        ("The Band D precept be increased by £1.72 to £90.35.", ["share", "rate"]),
        ("Members agreed action plans of £2.1m to meet the gross overspend of £5.2m and so cut the net overspend, "
         "after mitigating actions, of £3.1m.", ["saving", "overspend", "overspend"]),
        ("A charge of £7 a week be increased to £9.", ["rate", "rate"]),
        ("An award of a grant of £2,410,000, as it exceeded £400,000 but below £1,500,000.",
         ["funding", "other", "other"]),
        ("Capital spend was £163.9m, £41.5m below the budget to date of £205.4m.",
         ["expenditure", "underspend", "budget"]),
        ("Care packages exceeded budget by £2.9m.", ["overspend"]),
        ("A budget of £304m, made up of £146m for transport, £152m for skills and £6m for running costs.",
         ["budget"] * 4),
        ("The grant for 2020/21 has been confirmed at £591.4m.", ["funding"]),
        ("The charge is £310 and it was proposed to raise it to £345.", ["rate", "rate"]),
        ("It was proposed that £0.5m, or 0.11% of the Schools Block, be transferred to high needs.",
         ["transfer", "share"]),
        ("The debt is £5m. The growth fund was agreed at £1.1m.", ["debt", "budget"]),
        ("Prescribing was £3.9m over plan at month 7.", ["overspend"]),
        ("Receipts were short. Receipts of £41,230, payments of £38,912 and balances carried forward of £19,455.",
         ["income", "expenditure", "reserve"]),
        ("Savings a/c £31,008.27.", ["reserve"]),
        ("A pavement licence would be £500 for two years.", ["rate"]),
        ("The scale fee was £164,350.", ["cost"]),
        ("The county had received £4.87m from the Pothole Action Fund.", ["funding"]),
        ("Each meal is sold at £2.50.", ["rate"]),
        ("It was asked whether the £30m fund would be open to parishes.", ["funding"]),
        ("Core spending power rises to £212.4m.", ["funding"]),
        ("It was agreed to add £40,000 to the General Reserve.", ["transfer"]),
        ("Energy is forecast to be over by £0.2m.", ["overspend"]),
        ("The Council leases the halls for two years at a management fee of £1.65m.", ["cost"]),
        ("The average cost of a place has gone from £4,650 to £5,180 a week.", ["cost", "cost"]),
        ("Mae gorwariant o £8.3m a thanwariant o £460,000.", ["overspend", "underspend"]),
        ("Cymeradwyo trosglwyddiad o £1.2m; dyfarnu’r cytundeb ar gost o hyd at £2.7m y flwyddyn.",
         ["transfer", "contract"]),
        ("The Clerk presented the draft budget. Expenditure of £611,480 was proposed.", ["budget"]),
        ("Net expenditure is £2.7m lower than budget to date.", ["underspend"]),
        ("Lot 1 (North): Tenderer B, at £2,481,600.", ["contract"]),
        ("A course at £4,000, giving a clear net gain in income of £900.", ["cost", "income"]),
    ],
)
def test_measures(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures(sentence)] == measures


@pytest.mark.parametrize(
    ("sentence", "organisations"),
    [
        ("Marsh Ambulance would give £200 towards it.", ["Marsh Ambulance"]),
        ("The Environment Agency had offered £340,000.", ["Environment Agency"]),
        ("Fenwick had quoted £2,340 and Harle £2,105.", ["Fenwick", "Harle"]),
        ("That Northway be authorised to spend £1.5m on carriageways.", ["Northway"]),
        ("That £96,000 has been offered by VisitMoorland through its fund.", ["VisitMoorland"]),
        ("Of this £410,000 is to be met by grant from Brightheat.", ["Brightheat"]),
        ("Members agreed to give £300 to the fair.", [None]),
        ("The board of Marsh Rail would fund £12m of it.", ["Marsh Rail"]),
        ("An estimate of £1.4m be approved by Council.", [None]),
        ("Cllr Hobbs offered £20 for the frame.", [None]),
        ("The Leader of the Council had given £3m.", ["Council"]),
    ],
)
def test_who_gives_offers_or_quotes(sentence: str, organisations: list[str | None]) -> None:
    assert [figure.organisation for figure in figures(sentence)] == organisations


def test_a_movement_by_so_much_to_so_much_is_no_range() -> None:
    rise, level = figures("The tax for a Band D home will go up by £4.95 to £171.36 a year.")
    assert (rise.amount, rise.amount_high, rise.measure) == (Decimal("4.95"), None, "share")
    assert (level.amount, level.measure, level.per) == (Decimal("171.36"), "rate", "year")


def test_a_second_price_has_the_period_of_the_first() -> None:
    assert [f.per for f in figures("The fee is £745 a week, or £812 with dementia.")] == ["week", "week"]
    [paid] = figures("The lengthsman worked 14 hours at £13.50.")
    assert (paid.measure, paid.per) == ("rate", "hour")


def test_a_price_with_its_own_name_has_no_period_of_another() -> None:
    share, hourly, bed = figures("That care rates rise by 8.74% to £19.66 p/hr, and the Bed Rate: £657.90.")
    assert (share.unit, hourly.per, bed.measure, bed.per) == ("percent", "hour", "rate", None)
    assert [f.per for f in figures("The levels of £3,750 per primary pupil and £18 a call are paid.")] == ["unit"] * 2
    assert [f.per for f in figures("A fee of £7 a week be raised to £9.")] == ["week", "week"]
    assert [f.per for f in figures("The National Living Wage goes up from £9.50 to £10.42.")] == ["hour", "hour"]
    [net] = figures("That would cut the net overspend, after mitigating actions, of £3.1m.")
    assert net.basis == "net"


def test_a_coin_has_the_unit_that_the_heading_tells() -> None:
    assert [f.per for f in figures("The fee went from 20p to 50p.", heading="Review of toilet charges")] == ["unit"] * 2
    assert [f.per for f in figures("The fee is 50p.", item="Review of toilet charges")] == ["unit"]


def test_a_grant_is_funding_though_the_sum_is_only_given() -> None:
    given = figures("Two grant requests had come in. RESOLVED: That £400 be granted to the scouts.")
    assert [f.measure for f in given] == ["funding"]


def test_a_sum_told_again_keeps_its_payer_and_measure() -> None:
    first, again, bare = figures(
        "Marsh Agency had offered a grant of £215,000.",
        "RESOLVED: To accept the grant offer of £215,000.",
        "The £215,000 was much needed.",
    )
    assert [f.organisation for f in (first, again, bare)] == ["Marsh Agency"] * 3
    assert (bare.measure, bare.rule) == ("funding", "money.prose/measure.repeated")


def test_a_small_amount_told_again_is_not_taken_for_the_same() -> None:
    _, other = figures("Marsh Agency had offered a grant of £20.", "A sum of £20 was found.")
    assert other.organisation is None


def table(*rows: list[str]) -> Block:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(cell for cell in row if cell) for row in rows)
    return Block("table", text, table=Table(cells, len(rows), max(len(row) for row in rows), 1))


def in_table(*blocks: Block) -> list[BudgetFigure]:
    document = compose(Document("0" * 64, "made.txt", "text/plain", blocks=list(blocks)))
    return [record for record in extract(Outline(document)) if isinstance(record, BudgetFigure)]


def test_the_sentence_that_introduces_a_table_says_what_it_holds() -> None:
    rows = table(["", "£"], ["Labour", "31,902"], ["Tractor hire", "17,450"])
    lead = Block("paragraph", "The work is to be paid for from April. Cleaning cost £49,352, made up as follows:")
    found = in_table(Block("paragraph", "1.1 How cleaning is to be paid for."), lead, rows)
    assert [f.measure for f in found if f.table_id] == ["cost", "cost"]


def test_the_heading_of_the_labels_says_what_the_rows_are() -> None:
    rows = table(["Payments", "Date", "Amount"], ["Mowing", "8/7/24", "£486.00"], ["Rent", "1/8/24", "£25.00"])
    assert [f.measure for f in in_table(rows)] == ["expenditure", "expenditure"]


def test_rows_of_tenders_are_those_who_tender() -> None:
    lead = Block("paragraph", "The following tenders were received:")
    found = in_table(lead, table(["", "£"], ["Dunmore Truck", "128,950"], ["Faraday", "124,300"]))
    assert [(f.organisation, f.measure) for f in found] == [("Dunmore Truck", "contract"), ("Faraday", "contract")]


@pytest.mark.parametrize(
    ("heading", "row", "measure"),
    [
        ("Planned budget £", "Top up funding", "budget"),
        ("Estimate £", "Top up grant", "funding"),
        ("Net effect £", "Option B", "variance"),
        ("Care costs avoided £", "Option B", "saving"),
        ("2023/24 Impact £m", "Slippage", "variance"),
        ("Over/(Under) Spend £m", "Roads", "variance"),
        ("Forecast 2023/24 £", "Lending income", "income"),
        ("Annual value £", "Lot 1 – floating support", "contract"),
    ],
)
def test_what_a_cell_measures(heading: str, row: str, measure: str) -> None:
    assert [f.measure for f in in_table(table(["", heading], [row, "1,250"], ["Other things", "2,400"]))][0] == measure


def test_a_column_that_lost_its_unit_has_that_of_those_beside_it() -> None:
    rows = table(["Area", "Budget £m", "Over/(Under) Spend"], ["Care", "208.114", "1.246"], ["Art", "86.5", "(0.3)"])
    assert [f.amount for f in in_table(rows)] == [208114000, 1246000, 86500000, -300000]


def test_a_share_of_a_fund_is_no_rate_though_its_row_names_interest() -> None:
    rows = table(["Asset", "Actual % of Fund"], ["UK shares", "41.0%"], ["Fixed interest", "11.3%"])
    assert [(f.unit, f.measure) for f in in_table(rows)] == [("percent", "share")] * 2


@pytest.mark.parametrize(
    ("title", "corner", "heading", "row", "measure"),
    [
        ("Table 2: council tax per band", "Band", "2020/21 £", "D", "rate"),
        ("Table 1: forecast", "Directorate", "Forecast Deviation £m", "Place", "variance"),
        ("Table 1: forecast", "Expenditure and income", "Revised Budget £000", "Place", "budget"),
        ("Table 1: forecast", "Explanation", "Changes to Expenditure Budget £000", "Place", "variance"),
        ("Table 1: forecast", "Directorate", "(Overspend)/underspend £m", "Place", "variance"),
        ("Table 3: Capital programme amendments", "Scheme", "2023/24 £000", "Town square", "variance"),
        ("Table 1: finance plan (£000)", "", "2020/21", "Pay inflation", "cost"),
        ("Table 1: finance plan (£000)", "", "2020/21", "Business rates", "income"),
        ("Table 1: General Budget (£000)", "", "2020/21", "Gross expenditure", "budget"),
        ("Table 1: General Budget (£000)", "", "Directorate total", "Gross expenditure", "expenditure"),
        ("6.1 Thirteen tenders were received:", "Tenderer", "Price £", "Tenderer B", "contract"),
    ],
)
def test_what_the_rows_of_plans_and_bands_measure(
    title: str, corner: str, heading: str, row: str, measure: str
) -> None:
    rows = table([corner or "Item", heading], [row, "481.25" if row == "D" else "4,812"], ["E", "588.19"])
    found = in_table(Block("heading", title), rows)
    assert found[0].measure == measure


def test_marks_are_no_money_though_their_total_is_called_so() -> None:
    rows = table(["Tenderer", "Price £", "Quality score", "Total"], ["B", "2,481,600", "51.2", "89.1"],
                 ["E", "2,390,050", "45.8", "85.1"])
    assert [f.raw for f in in_table(rows)] == ["2,481,600", "2,390,050"]


def test_a_row_that_has_but_a_number_is_labelled_by_it() -> None:
    rows = table(["Option", "Net cost £000"], ["1", "1,015"], ["2", "612"], ["3", "748"])
    assert [(f.row_label, f.measure) for f in in_table(rows)] == [("1", "cost"), ("2", "cost"), ("3", "cost")]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The position was a net contribution to reserves of £536,000.", ["contribution"]),
        ("The theatre is set to receive £187,500 a year and the gallery would be given £130,000.", ["funding"] * 2),
        ("£5.379m was requested to be slipped into 2024/25.", ["transfer"]),
        ("Option 2 – transfer to the trust for the building of homes at a cost of £1.74m.", ["cost"]),
    ],
)
def test_what_governs_from_afar(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures(sentence)] == measures
