"""What a cell of a table measures, told by its column, its row, the band above it and the texts around the table."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.circumstances import HOUSEHOLD_MOST
from pipeline.extractors.money.claims import label_measure
from pipeline.extractors.money.context import find_cues
from pipeline.extractors.money.table_context import Row, Surroundings
from pipeline.extractors.money.table_headings import Column, pattern
from pipeline.extractors.sentences import sentences
from pipeline.records import Basis, Measure, Per

ASIDE = re.compile(r"\((?:incl|excl|note|see)[^)]*\)", re.I)
PAYMENTS = re.compile(r"\b(?:payments?|(?<!to be )paid(?! for)|receipts|cheques|expenditure|income)\b", re.I)
"""A table of payments holds payments, whatever its rows are paid for."""
ANNOUNCES = re.compile(
    r"\b(?:this|the) (?:following )?table (?:below )?(?:gives|shows|sets out|lists|compares|has)\b", re.I
)
"""A sentence that says what the table below it holds goes before the other lines above."""
INTRODUCES = re.compile(r"(?::\s*[-–]?|\b(?:as follows|below|following table)[^.]{0,30}[.:]?)\s*$", re.I)
RATED = re.compile(r"\b(?:interest|coupon|yield|return|rate)\b", re.I)
SHARED = re.compile(r"% of\b|\b(?:per cent of|share|allocation|proportion|weight\w*|split)\b", re.I)
"""A heading under which percentages are shares, whatever a row is called."""
LET = re.compile(r"\b(?:contracts?|lots?|tender\w*|framework|procur\w*)\b", re.I)
"""What makes a value that of a contract."""
EARNED = re.compile(r"\b(?:income|receipts)\b", re.I)
RESERVES = re.compile(r"\breserves?\b", re.I)
MOVEMENT = re.compile(
    r"\b(?:(?:net|total|overall|budget) )?"
    r"(?:variances?|movements?|changes?|increase|decrease|difference|adjustments?)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def healed(label: str) -> str:
    """A heading without its asides, the words that a narrow column broke ("Revenu e Varianc e") put together."""
    return re.sub(r"(?<=[a-z]{3})\s([b-z])(?=\s|$)", r"\1", ASIDE.sub("", label))


def without_codes(label: str) -> str:
    """A row's label without the row numbers and codes in front of it."""
    return re.sub(r"^(?:[\d.()]+\s+)+", "", label)


@lru_cache(maxsize=8192)
def _label_measure(text: str) -> Measure | None:
    return label_measure(text)


@lru_cache(maxsize=8192)
def _tells(group: str, label: str) -> bool:
    """Whether a label is of a group of `rules/tables.yaml`."""
    return pattern(group).search(label) is not None


@lru_cache(maxsize=64)
def _governed(*around: str) -> Measure | None:
    """What the first of the texts around a table measures that speaks of payments."""
    return next((_label_measure(text) for text in around if PAYMENTS.search(text)), None)


def measure_of_cell(amount: Amount, column: Column, row: Row, around: Surroundings) -> tuple[Measure, str, float]:
    """The band first (it governs its rows), a movement, then column and row, title, paragraph above, heading.

    A column that only says "estimate" or "budget" yields to a row that says what is estimated.
    """
    if amount.unit == "percent":
        rated = RATED.search(column.label) or (RATED.search(row.first) and not SHARED.search(column.label))
        return ("rate" if rated else "share"), "percent", 0.8
    heading = healed(column.label)
    if MOVEMENT.search(heading) or MOVEMENT.match(without_codes(row.first)):
        return "variance", "movement", 0.95
    introduced = _introduced(around.lead)
    governed = _governed(introduced, around.lead, around.title, around.corner)
    by_column, by_row = _label_measure(heading), _label_measure(row.first)
    by_row = by_row or (None if by_column else _label_measure(around.corner))
    if _tells("reserve_moves", heading) and RESERVES.search(f"{heading} {around.title} {around.heading}"):
        return "transfer", "column", 0.8
    if _tells("sources", around.corner):
        return "funding", "corner", 0.8
    band = band_measure(row.band, by_row)
    if band and not (row.is_total and by_row):
        return band, "band", 0.55 if by_column and by_row and by_row != by_column else 0.85
    if BAND.fullmatch(row.first) and abs(amount.low) < HOUSEHOLD_MOST and (
        "band" in f"{around.title} {around.corner} {column.label}".lower()
    ):
        return "rate", "row", 0.8
    if by_row == "rate" and "band d" in row.first.lower() and abs(amount.low) < HOUSEHOLD_MOST:
        return "rate", "row", 0.8
    planned = _of_plan(amount, column, row, around) if by_column in (None, "budget") else None
    if planned:
        return planned, "row", 0.7
    if by_column in ("value", "cost") and TENDERED.search(f"{around.corner} {row.first}"):
        return "contract", "column", 0.8
    if by_column == "value" and LET.search(f"{around.lead} {around.title} {row.first}"):
        return "contract", "column", 0.8
    if by_column == "expenditure" and by_row == "income" and EARNED.search(row.first):
        return "income", "row", 0.8
    if by_column and not (by_column == "budget" and _row_goes_first(by_row, heading)):
        vague = by_column == "budget" and "budget" not in heading.lower()  # an estimate of what, nobody says
        return by_column, "column", 0.65 if vague else 0.8 if by_row and by_row != by_column else 0.9
    if by_column and by_row:
        return by_row, "row", 0.8
    if introduced and not by_row and (told := _label_measure(introduced)) and told != "variance":
        return told, "lead", 0.6
    if not by_column and not governed and RESERVES.search(around.title) and _label_measure(around.title) == "reserve":
        return "reserve", "title", 0.75
    if governed and not (governed == "expenditure" and by_row == "income"):
        return governed, "title", 0.8
    if by_row:
        return by_row, "row", 0.65 if by_row == "budget" and "budget" not in row.first.lower() else 0.8
    for source, text, confidence in (
        ("lead", around.lead if ANNOUNCES.search(around.lead) else "", 0.65),
        ("title", around.title, 0.7),
        ("lead", around.lead, 0.6),
        ("heading", around.heading, 0.6),
        ("document", around.document_title, 0.5),
    ):
        told = _label_measure(text)
        if told and told != "variance":  # "increases in council tax" heads what they are and were, too
            return told, source, confidence
    return ("budget", "year", 0.5) if column.year else ("other", "none", 0.4)


LARGE = 10_000
"""Pounds from which a row of a budget is no price."""
BAND = re.compile(r"(?:band )?[A-H]\.?", re.I)
TENDERED = re.compile(r"\b(?:tenderer|bidder|supplier|contractor)s?\b", re.I)
PROGRAMME = re.compile(r"\bprogrammes?\b", re.I)
"""A plan of spending, in which a grant is given."""
FEES = re.compile(r"\b(?:rents?|fees|charges?|fares|receipts)\b", re.I)


def _of_plan(amount: Amount, column: Column, row: Row, around: Surroundings) -> Measure | None:
    """What a row of a plan or a budget is by its name: a tax that pays, what makes costs grow, what is changed."""
    name = without_codes(row.first).strip()
    if pattern("amended").search(around.title):
        return "variance"
    if pattern("plan_income").search(name):
        return "income"
    if pattern("plan_cost").search(name):
        return "cost"
    by_row, title = _label_measure(name), _label_measure(around.title)
    if by_row == "funding" and amount.low > 0 and column.year and PROGRAMME.search(around.title):
        return "budget"
    if abs(amount.low) < LARGE or by_row not in ("rate", "expenditure", "cost"):
        return None
    if by_row == "rate" and amount.low < 0 and FEES.search(name):
        return "income"
    return "budget" if title == "budget" and column.year and amount.low > 0 else None


@lru_cache(maxsize=512)
def _introduced(lead: str) -> str:
    """The last clause of a paragraph that says what the table below it holds ("The cost was £58,214, made up as
    follows:"); empty where none does."""
    if not INTRODUCES.search(lead):
        return ""
    start = max((start for start, _ in sentences(lead)), default=0)
    return lead[start:]


def _row_goes_first(by_row: Measure | None, heading: str) -> bool:
    """Whether a row says more than a column "Budget" or "Estimate"; a grant that is budgeted is a budget."""
    if by_row in RESULTS and "budget" in heading.lower():
        return False
    return by_row in ROW_OVER_BUDGET or (by_row in ROW_OVER_ESTIMATE and "budget" not in heading.lower())


ROW_OVER_BUDGET = frozenset({"saving", "income", "contribution", "transfer", "debt", "overspend", "underspend"})
"""What a row may be under a column "Budget" or "Estimate"; a cost that is budgeted is a budget."""
RESULTS = frozenset({"overspend", "underspend"})
"""What is left of a budget is a budget while it is planned."""
ROW_OVER_ESTIMATE = frozenset({"funding", "reserve"})


def band_measure(band: str, by_row: Measure | None) -> Measure | None:
    """What a band says of its rows; one that names several ("Savings, income and grant") leaves the choice to them."""
    if not band or not pattern("bands").search(band):
        return None
    named = measures_of(band)
    if len(set(named)) > 1:
        return by_row if by_row in named else named[0]
    return _label_measure(band)


def measures_of(band: str) -> list[Measure]:
    """Every measure that a band names."""
    return [cue.measure for cue in find_cues(band, label=True)]


def basis_of_labels(*labels: str) -> Basis | None:
    """net or gross, where a label of the cell says so."""
    return next((basis for label in labels if (basis := _basis_in(label))), None)


@lru_cache(maxsize=8192)
def _basis_in(label: str) -> Basis | None:
    if re.search(r"\bnet\b", label, re.I):
        return "net"
    return "gross" if re.search(r"\bgross\b", label, re.I) else None


PERIODS: tuple[tuple[Per, re.Pattern[str]], ...] = (
    ("year", re.compile(r"\b(?:per annum|p\.?a\.?|annual|(?:per|a|each|every) year|annually)(?!\w)", re.I)),
    ("hour", re.compile(r"\bper hour|\bhourly\b", re.I)),
    ("week", re.compile(r"\bper week|\bweekly\b", re.I)),
    ("month", re.compile(r"\bper month|\bmonthly\b", re.I)),
    ("day", re.compile(r"\bper (?:day|night)\b", re.I)),
    (
        "unit",
        re.compile(
            r"\bper (?:unit|head|person|place|visit|property|pupil|child|dwelling|household)\b|\bunit (?:cost|price)\b",
            re.I,
        ),
    ),
)


def period_of_cell(amount: Amount, column: Column, row: Row) -> Per | None:
    """The period of a price: printed in the cell, or told by the heading or the row."""
    if amount.per or amount.unit == "percent":
        return amount.per
    return _per_in(column.label) or _per_in(row.first)


@lru_cache(maxsize=8192)
def _per_in(label: str) -> Per | None:
    return next((per for per, words in PERIODS if words.search(label)), None)
