"""The period, or the one thing, an amount is for: "£18 an hour", "an annual cost of £3m", "a unit price of £40"."""

from __future__ import annotations

import re

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.circumstances import is_level, is_of_household
from pipeline.extractors.money.wording import is_sold_singly
from pipeline.needles import Sought
from pipeline.records import BudgetFigure, Per

PRICE_OF = r"\b(?:price|cost|rate|charge|fee|rent|stay|pay)s?\b[^,;]{0,12}\b(?:of|for|per) (?:an? |one )?"
PERIODS_BEFORE: tuple[tuple[Sought, Per], ...] = (
    (Sought(re.compile(r"\b(?:annual(?:ly|ised)?|yearly|full[- ]year)\b(?=(?:\s\S+){0,9}\s?$)", re.I)), "year"),
    (Sought(re.compile(r"\bmonthly\b", re.I)), "month"),
    (Sought(re.compile(rf"\bweekly\b|{PRICE_OF}week\b", re.I)), "week"),
    (Sought(re.compile(rf"\b(?:daily|nightly|day rates?)\b|{PRICE_OF}(?:day|night)\b", re.I)), "day"),
    (
        Sought(re.compile(
            rf"\bhourly\b|{PRICE_OF}hour\b|\bhours?(?: of [\w ]{{1,30}})? (?:at|@)(?=\s?$)", re.I
        )),
        "hour",
    ),
    (
        Sought(re.compile(
            r"\b(?:unit|average) (?:price|cost) (?:of|for|per) (?:(?:an?|each) \w+|place|case|home|unit)\b", re.I
        )),
        "unit",
    ),
    (
        Sought(re.compile(
            r"\b(?:costs?|prices?|charges?|spend|rates?|contributions?|fees?) "
            r"per (?!annum|year|quarter|month|week|day|night|hour)\w+\b(?=[^,;]{0,20}$)",
            re.I,
        )),
        "unit",
    ),
    (Sought(re.compile(r"\beach (?:\w+ ){1,2}(?:will |would )?costs?\b", re.I)), "unit"),
)
NAMED_PRICE = re.compile(r"\b(?:rate|fee|charge|rent|price)s?(?::| (?:is|of|be|at|for [^£.;]{1,40}))? ?$", re.I)
LIVING_WAGE = re.compile(r"\b(?:living|minimum) wage\b", re.I)
COIN_MOST = 20
"""Pounds up to which a heading tells that a price is that of one thing sold singly."""
UNIT_MOST = 1_000
"""Pounds that a thing sold singly costs at most."""


def period(sentence: str, amount: Amount) -> Per | None:
    """The period behind the amount, or words in front of it ("annual", "hourly", "the price of an hour") that tell."""
    if amount.per or amount.unit == "percent":
        return amount.per
    lead = re.split(r"[.;£]", sentence[max(0, amount.start - 70) : amount.start])[-1]
    for pattern, per in PERIODS_BEFORE:
        if pattern.search(lead):
            return per
    return (
        "year" if re.match(r"\s*(?:\w+\s){0,2}(?:annual(?:ly)?|full[- ]year)\b", sentence[amount.end :], re.I) else None
    )


def period_around(sentence: str, amount: Amount, earlier: list[BudgetFigure], heading: str) -> Per | None:
    """A household's tax is a year's; the level that a rise of so much a week leads to is a week's, a second price that
    of the first's time; a price of what is sold one by one is that of one."""
    if is_of_household(sentence, amount):
        return "year"
    if amount.low < COIN_MOST and LIVING_WAGE.search(sentence):
        return "hour"
    if earlier and (is_level(sentence, amount) or earlier[-1].measure == "rate" and not _named(sentence, amount)):
        return earlier[-1].per
    single = is_sold_singly(sentence) or amount.low < COIN_MOST and is_sold_singly(f"{heading} {sentence}")
    return "unit" if amount.low < UNIT_MOST and single else None


def _named(sentence: str, amount: Amount) -> bool:
    """Whether the amount is given to a thing by its own name ("and the bed rate: £657.90")."""
    return NAMED_PRICE.search(sentence[: amount.start]) is not None
