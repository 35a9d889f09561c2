"""Amounts as printed, and the property that what is printed is what is read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.money.amounts import find_amounts
from pipeline.extractors.money.years import financial_years, heading_years


def read(text: str) -> list[tuple[object, ...]]:
    return [(format(a.low.normalize(), "f"), a.high, a.unit, a.per, a.qualifier) for a in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("circa £430 million per annum", [("430000000", None, "GBP", "year", "about")]),
        ("£18.6 millions a year", [("18600000", None, "GBP", "year", None)]),
        ("3.5 millions of pounds", [("3500000", None, "GBP", None, None)]),
        (
            "£60 million (net) and £89 million (gross)",
            [("60000000", None, "GBP", None, None), ("89000000", None, "GBP", None, None)],
        ),
        ("paid at £11.44/hr", [("11.44", None, "GBP", "hour", None)]),
        ("£29,500pa", [("29500", None, "GBP", "year", None)]),
        ("£19.66 p/hr", [("19.66", None, "GBP", "hour", None)]),
        ("£1, 002,318", [("1002318", None, "GBP", None, None)]),
        ("£ 53.18", [("53.18", None, "GBP", None, None)]),
        ("£0.75p per week", [("0.75", None, "GBP", "week", None)]),
        ("£0.033m", [("33000", None, "GBP", None, None)]),
        ("£2.1bn", [("2100000000", None, "GBP", None, None)]),
        ("£500.0k", [("500000", None, "GBP", None, None)]),
        ("around £7-8m", [("7000000", Decimal(8000000), "GBP", None, "about")]),
        ("£250 to 300k", [("250000", Decimal(300000), "GBP", None, None)]),
        ("7 pence a mile", [("0.07", None, "GBP", "unit", None)]),
        ("up to £7500 per point", [("7500", None, "GBP", "unit", "up_to")]),
        ("not exceeding £250", [("250", None, "GBP", None, "up_to")]),
        ("in excess of £500,000", [("500000", None, "GBP", None, "over")]),
        ("£5m or more", [("5000000", None, "GBP", None, "at_least")]),
        ("+£23.3m", [("23300000", None, "GBP", None, None)]),
        ("-£111.6m", [("-111600000", None, "GBP", None, None)]),
        ("an aside (£37.3m) in prose", [("37300000", None, "GBP", None, None)]),
        ("4.99 per cent", [("4.99", None, "percent", None, None)]),
        ("Fifteen per cent", [("15", None, "percent", None, None)]),
        ("a 60/40 split", [("60", None, "percent", None, None)]),
        ("nearly three quarters of the spend", [("75", None, "percent", None, "under")]),
    ],
)
def test_one_amount_is_read_as_printed(text: str, expected: list[tuple[object, ...]]) -> None:
    assert read(text) == expected


def test_a_range_is_one_amount_and_a_change_is_two() -> None:
    assert read("a supplementary estimate of £1.4m to £1.8m") == [("1400000", Decimal("1800000"), "GBP", None, None)]
    assert read("reduced from £124.5m to £119.6m") == [
        ("124500000", None, "GBP", None, None),
        ("119600000", None, "GBP", None, None),
    ]


def test_a_range_shares_the_scale_of_its_upper_end() -> None:
    assert read("£3 - £4 million") == [("3000000", Decimal("4000000"), "GBP", None, None)]
    assert read("£250k-£450k") == [("250000", Decimal("450000"), "GBP", None, None)]
    assert read("between £40 and £60") == [("40", Decimal("60"), "GBP", None, "between")]
    assert read("10 to 11 percent") == [("10", Decimal("11"), "percent", None, None)]


@pytest.mark.parametrize(
    "text",
    ["keep the local £ local", "PDF 188 KB", "40,000 to 55,000 patients", "Rule 17.1", "section 75", "at 7.30 pm"],
)
def test_what_is_no_money_stays_out(text: str) -> None:
    assert find_amounts(text) == []


@given(st.integers(1, 10**9), st.booleans())
def test_whole_pounds_round_trip(pounds: int, commas: bool) -> None:
    printed = f"£{pounds:,}" if commas else f"£{pounds}"
    [amount] = find_amounts(f"the sum of {printed} was agreed")
    assert (amount.low, amount.raw) == (Decimal(pounds), printed)


SCALES = ["k", " thousands", "m", "mln", " million", " millions", "bn", " billion", " Billions"]


@given(st.decimals("0.01", "9999", places=2), st.sampled_from(SCALES))
def test_scaled_amounts_round_trip(number: Decimal, scale: str) -> None:
    [amount] = find_amounts(f"(£{number}{scale})")
    factor = {"k": 10**3, "t": 10**3, "m": 10**6, "b": 10**9}[scale.strip()[0].lower()]
    assert amount.low == number * factor


@given(st.text(alphabet="£0123456789.,-–+km%p /abc", max_size=60))
def test_offsets_name_the_words_and_never_overlap(text: str) -> None:
    last = 0
    for amount in find_amounts(text):
        assert text[amount.start : amount.end] == amount.raw
        assert amount.start >= last
        last = amount.end


@pytest.mark.parametrize(("label", "years"), [
    ("March 24", ("2023/24",)),
    ("Sept 25", ("2025/26",)),
    ("As at April 2024 £000s", ("2024/25",)),
    ("30-Sep-24", ("2024/25",)),
    ("Draft (Nov 2024)", ()),
    ("March 24 caseload", ()),
])
def test_a_heading_that_is_a_month_or_a_day_names_its_year(label: str, years: tuple[str, ...]) -> None:
    """The title's year had been given to columns that are headed by months of other years."""
    assert heading_years(label) == years


@given(st.integers(1990, 2059), st.sampled_from(["/", "-", "–", " - "]), st.booleans())
def test_financial_years_are_normalised(first: int, dash: str, long: bool) -> None:
    second = str(first + 1) if long else f"{(first + 1) % 100:02d}"
    [(_, _, year)] = financial_years(f"for {first}{dash}{second} only")
    assert year == f"{first}/{(first + 1) % 100:02d}"


@pytest.mark.parametrize("text", ["2013-2017", "2014-25", "20-19", "minute 60/17", "01/04/2025", "£1,200-25"])
def test_spans_typos_and_dates_are_no_financial_year(text: str) -> None:
    assert financial_years(text) == []


def test_a_unit_of_energy_and_a_split_told_before_its_shares() -> None:
    assert read("28.4p/kWh") == [("0.284", None, "GBP", "unit", None)]
    assert read("the pool is split 60:40") == [("60", None, "percent", None, None)]
    assert read("Band C £1,605.78") == [("1605.78", None, "GBP", None, None)]
