"""The headings of a table of money: which columns hold money, in which unit, of which year, under which label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from pipeline.document import Cell, Table
from pipeline.extractors.money.amounts import PERCENT
from pipeline.extractors.money.years import financial_years, heading_years
from pipeline.rules import any_of, load

NUMERIC = re.compile(
    r"^[(\[]?\s?[+\-−–]?\s?(?:£\s?)?[+\-−–]?\s?(?:\d{1,3}(?:,\s?\d{3}){1,4}|\d{1,12})(?:\.\d+)?\s?(?:[kKmM]|bn|millions?|%|p)?\s?"
    r"[)\]]?\s?(?:-|CR|DR|cr|dr)?\s?[*†‡#^⁰¹²³⁴-⁹]{0,2}$"
)
SCORED = re.compile(r"\b(?:scores?|marks?|points|weighted|weighting)\b", re.I)
"""A heading of marks, whose total is no money."""
OVER_UNDER = re.compile(r"\b(?:over|under)\W{0,3}(?:over|under|spend)", re.I)
COUNTS = re.compile(r"\W*(?:no\.?|nos\.?|number|count|total number)\s(?:of\s)?[a-z]", re.I)
"""A heading that counts, even where it names a percentage ("No. retaining at least 80%")."""
STATED = re.compile(
    r"\(?(?:all )?(?:figures|amounts|values|sums)(?: (?:are|shown|stated|expressed|given))* in "
    r"(?:£|thousands|millions)[^.;:]{0,20}",
    re.I,
)
"""A cell that says in which unit the whole table is ("All figures in £m"): it heads no column."""
BARE_UNIT = re.compile(r"^[(\[]?£\s?000[)\]]?$")
BARE_YEAR = re.compile(r"^(?:19|20)\d{2}$")


@dataclass(slots=True)
class Column:
    """A column: its label (spanning headings first), its unit's factor, the year its heading names."""

    index: int
    label: str
    factor: int | None
    year: str | None
    percent: bool
    money: bool
    numeric: int
    filled: int
    reference: bool = False
    pounds: bool = False
    """Whether its cells print their own pound sign."""
    adds_up: bool = False
    """Whether it is the total of other columns."""

    @property
    def labels_rows(self) -> bool:
        """Whether it holds words, not numbers."""
        return self.filled > 0 and self.numeric < max(1, 0.5 * self.filled)


pattern = partial(any_of, "tables")
"""All patterns of a group of `rules/tables.yaml` in one."""


@lru_cache(maxsize=1)
def _units() -> list[tuple[re.Pattern[str], int]]:
    return [(re.compile(rule["pattern"]), int(rule["value"])) for rule in load("tables")["units"]]


def unit_in(text: str) -> tuple[int | None, str | None]:
    """The factor of a unit heading in `text` ("£000s" is 1000) and its words; None where there is none."""
    if "£" not in text and "GBP" not in text and "thousands" not in text and "millions" not in text:
        return None, None
    for unit, factor in _units():
        match = unit.search(text)
        if match:
            return factor, match[0].strip()
    return None, None


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a cell holds one number and no words ("£000" is a unit, "2024" a year)."""
    return bool(NUMERIC.match(text)) and not BARE_YEAR.match(text) and not BARE_UNIT.match(text)


def header_rows(table: Table, grid: list[list[Cell | None]]) -> int:
    """How many rows stand above the first row of numbers (a row of years or of "Year 1" is a heading)."""
    for r, row in enumerate(grid):
        cells = {id(cell): cell for cell in row if cell is not None}.values()
        numbers = [cell for cell in cells if is_number(cell.text) or _is_amount(cell.text)]
        if r >= table.header_rows and numbers and not all(financial_years(cell.text) for cell in numbers):
            return r
    return min(table.header_rows, table.rows)


def _is_amount(text: str) -> bool:
    return len(text) < 30 and "£" in text and any(c.isdigit() for c in text) and unit_in(text)[0] is None


def columns_of(table: Table, grid: list[list[Cell | None]], head: int, table_factor: int | None) -> list[Column]:
    """Every column with what its headings and its cells tell."""
    columns = []
    has_pound = any("£" in cell.text for cell in table.cells)
    for c in range(table.columns):
        label = _label(grid, head, c)
        body = _body_cells(grid, head, c)
        numbers = [cell for cell in body if is_number(cell.text) or PERCENT.fullmatch(cell.text.strip())]
        factor, _ = unit_in(label)
        year = heading_years(label)
        percent = (
            "%" in label
            or "per cent" in label.lower()
            or (bool(numbers) and sum("%" in cell.text for cell in numbers) > len(numbers) / 2)
        )
        percent = percent and not COUNTS.match(label)
        not_money = factor is None and _is_not_money(label)
        promised = bool(factor or (year and has_pound) or pattern("money_headings").search(label))
        pounds = sum("£" in cell.text for cell in body)
        money = not not_money and (
            factor is not None
            or (pounds > 0 and (bool(label.strip()) or 2 * pounds > len(numbers)))
            or (table_factor is not None and not percent)
            or (promised and _looks_like_money(numbers))
        )
        columns.append(
            Column(
                c,
                label,
                factor,
                year[-1] if year else None,
                percent,
                money,
                len(numbers),
                len(body),
                _is_reference(numbers, label),
                pounds > 0,
            )
        )
    _share_unit(columns, table_factor)
    _tell_totals(columns)
    return columns


def _tell_totals(columns: list[Column]) -> None:
    """Which columns are totals of others. A "Total budget" of each of several years is none: it would be missing from
    every sum of what is no total."""
    totals = [column for column in columns if pattern("totals").search(column.label)]
    of_years: dict[str, set[str]] = {}
    for column in totals:
        if column.year:
            of_years.setdefault(_kind_of_total(column), set()).add(column.year)
    for column in totals:
        kind = _kind_of_total(column)
        column.adds_up = kind == "total" or len(of_years.get(kind, ())) < 2


def _kind_of_total(column: Column) -> str:
    """A total's heading without units and years: "total", "total budget"."""
    return " ".join(re.sub(r"£\S*|[\d/–-]+|[^\w\s]", " ", column.label).lower().split())


def _share_unit(columns: list[Column], table_factor: int | None) -> None:
    """A column of money whose heading lost its unit takes that of all others; where these differ it is no money.

    Bare numbers beside columns in thousands are hardly pounds: better none than a thousandth.
    """
    factors = {column.factor for column in columns if column.factor is not None}
    if table_factor is not None or not factors:
        return
    if len(factors) == 1 and not any(SCORED.search(column.label) for column in columns):
        for column in columns:
            column.money = column.money or _lost_its_unit(column)
    for column in columns:
        if column.money and column.factor is None and not column.percent and not column.pounds:
            column.factor = next(iter(factors)) if len(factors) == 1 else None
            column.money = column.factor is not None


def _lost_its_unit(column: Column) -> bool:
    """Whether a column of numbers under a heading of money stands beside others that print their unit."""
    numbers = column.numeric > 0 and column.numeric * 2 >= column.filled
    told = pattern("money_headings").search(column.label) or OVER_UNDER.search(column.label)
    return numbers and bool(told) and not (column.percent or column.reference or _is_not_money(column.label))


def _is_not_money(label: str) -> bool:
    """Whether a heading names things that are no money; "Staff costs" ends in a word of money and does not."""
    if not pattern("not_money").search(label):
        return False
    ends = [match.end() for match in pattern("money_headings").finditer(label)]
    return bool(COUNTS.match(label)) or not ends or ends[-1] < len(label.rstrip(" *()"))


def stated_unit(grid: list[list[Cell | None]], head: int) -> str:
    """The words in the headings that give the unit of the whole table; empty where there are none."""
    return next((c.text for row in grid[:head] for c in row if c is not None and STATED.fullmatch(c.text)), "")


def _label(grid: list[list[Cell | None]], head: int, c: int) -> str:
    seen: list[Cell] = []
    for row in grid[:head]:
        cell = row[c]
        if cell is None or any(cell is other for other in seen) or spans_all(row) or STATED.fullmatch(cell.text):
            continue
        seen.append(cell)
    return " ".join(cell.text for cell in seen)


def spans_all(row: list[Cell | None]) -> bool:
    """Whether one cell fills the row: a title of the table, not a heading of its columns."""
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def _body_cells(grid: list[list[Cell | None]], head: int, c: int) -> list[Cell]:
    found: list[Cell] = []
    for row in grid[head:]:
        cell = row[c]
        if cell is not None and cell.column_span == 1 and not any(cell is other for other in found[-1:]):
            found.append(cell)
    return found


def _looks_like_money(numbers: list[Cell]) -> bool:
    """Whether a column of bare numbers under a money heading is printed as pounds are: commas or two decimals.

    One decimal is of thousands or millions, and which of them is not told.
    """
    printed = sum(bool(re.search(r",\d{3}|\.\d{2}\b", cell.text)) for cell in numbers)
    tenths = sum(bool(re.search(r"\.\d\b", cell.text)) for cell in numbers)
    return bool(numbers) and printed * 2 >= len(numbers) and not tenths


def _is_reference(numbers: list[Cell], label: str) -> bool:
    """Whether the column only numbers the rows or ranks them: small whole numbers, rising or each but once."""
    values = [cell.text.strip(" .()") for cell in numbers]
    if len(values) < 2 or not all(v.isdigit() and len(v) <= 3 for v in values):
        return False
    counted = [int(v) for v in values]
    rising = all(b - a in (0, 1, 2) for a, b in zip(counted, counted[1:], strict=False))
    ranks = not label.strip() and len(counted) >= 5 and len(set(counted)) == len(counted) >= max(counted) - 2
    rising = rising and counted[-1] > counted[0]
    return (rising or ranks) and not financial_years(label) and "£" not in label


def number_of(text: str) -> Decimal:
    """A bare number of a table: brackets, a minus sign before or behind, or CR make it negative."""
    digits = re.search(r"(?:\d{1,3}(?:,\s?\d{3})+|\d+)(?:\.\d+)?", text)
    if digits is None:
        raise ValueError(f"no number in {text!r}")
    value = Decimal(re.sub(r"[, ]", "", digits[0]))
    before, after = text[: digits.start()], text[digits.end() :]
    negative = "(" in before or re.search(r"[-−–]", before) or re.search(r"-|\bCR\b", after, re.I)
    return -value if negative else value
