"""Sums worked again: does a total equal its parts, within the rounding of what is printed?

A total row may add the rows since the total above it, all plain rows, or the subtotals; a total column may add
the columns to its left. The reading that holds is kept; where none holds the nearest one is reported as failing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.document import Outline
from pipeline.extractors.money.table_headings import pattern
from pipeline.extractors.money.tables import MoneyTable, Row
from pipeline.records import BudgetFigure, Reconciliation, identify

ENDS_IN_NUMBER = re.compile(r"\s\(?\d[\d,.]*\)?$")
CENT = Decimal("0.01")
NEAR = Decimal("0.05")
"""A sum that is out by no more than this share of its total was probably read as it is meant."""


def reconcile_table(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The sums of a table's rows and columns."""
    return _total_rows(outline, read) + _total_columns(outline, read)


def _step(figures: Sequence[BudgetFigure]) -> Decimal:
    """The largest rounding error that each printed part may hide."""
    return max((_half_place(figure.raw, figure.amount) for figure in figures), default=Decimal(0))


@lru_cache(maxsize=16384)
def _half_place(raw: str, amount: Decimal) -> Decimal:
    """Half the last printed place of a figure, in pounds."""
    digits = "".join(ch for ch in raw if ch.isdigit() or ch == ".").strip(".")
    if not digits:
        return Decimal(0)
    printed = Decimal(digits)
    scale = abs(amount) / printed if printed else Decimal(0)
    places = len(digits.split(".")[1]) if "." in digits else 0
    return scale * Decimal(1).scaleb(-places) / 2


def _holds(total: BudgetFigure, parts: Sequence[BudgetFigure]) -> bool:
    """Whether the parts come to the total: each may be out by half its last place, many rarely all to one side."""
    half, count = _step([*parts, total]), len(parts) + 1
    tolerance = min(half * count, half * (2 * Decimal(count).sqrt() + 1))
    if half < 1:  # whole pounds and pence are mostly exact
        tolerance = half * count / 2
    return abs(_sum(parts) - total.amount) <= tolerance + CENT


def _sum(parts: Sequence[BudgetFigure]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))


def _total_rows(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The sums of the total rows; a row whose sum holds in no column is not understood and is left out."""
    found: list[Reconciliation] = []
    for at, row in enumerate(read.rows):
        if not row.is_total:
            continue
        checks = []
        for column in read.columns:
            total = read.cells.get((row.index, column.index))
            if total is None or total.unit == "percent":
                continue
            readings = _parts_above(read, at, column.index)
            candidates = [parts for parts in readings if len(parts) >= 2]
            if not candidates:
                continue
            check = _best(outline, read, total, candidates, f"column {column.label}: {row.label}")
            repeats = any(len(parts) == 1 and parts[0].amount == total.amount for parts in readings)
            if check.holds or not repeats:  # a total that repeats its only part adds up nothing
                checks.append(check)
        found += _believed(checks)
    return found


def _believed(checks: list[Reconciliation]) -> list[Reconciliation]:
    """The checks of one total; where most fail, the reading of what it adds up is at fault, and only what holds stays.

    A nought under parts that are none adds up something else. A failure beside sums that hold is the document's own;
    so is a lone one that is out by little.
    """
    checks = [check for check in checks if check.holds or check.stated]
    holding = [check for check in checks if check.holds]
    if 2 * len(holding) >= len(checks):
        return checks
    near = [check for check in checks if check.holds or _is_near(check)]
    return near if len(near) == len(checks) else holding


def _is_near(check: Reconciliation) -> bool:
    return abs(check.computed - check.stated) <= abs(check.stated) * NEAR


def _parts_above(read: MoneyTable, at: int, column: int) -> list[list[BudgetFigure]]:
    """Readings of what a total row adds: rows since the last total, in the band, all plain rows, the subtotals."""

    def cells(rows: Sequence[Row]) -> list[BudgetFigure]:
        return [f for r in rows if (f := read.cells.get((r.index, column))) is not None and f.unit == "GBP"]

    above = read.rows[:at]
    last = max((i for i, r in enumerate(above) if r.is_total), default=-1)
    since = above[last + 1 :]
    plain = [r for r in above if not r.is_total]
    totals = [r for r in above if r.is_total]
    band = [r for r in plain if r.band == read.rows[at].band]
    return [cells(since), cells(band), cells(plain), cells(totals), cells([*totals[-1:], *since])]


def _total_columns(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """A column headed "Total" adds those to its left, where it does so in most rows of the table."""
    found: list[Reconciliation] = []
    for column in read.columns:
        if not pattern("totals").search(column.label.split("£")[0].strip()):
            continue
        checks = []
        for row in read.rows:
            total = read.cells.get((row.index, column.index))
            parts = [
                f
                for c in read.columns
                if c.index < column.index
                and not c.percent
                and (f := read.cells.get((row.index, c.index))) is not None
                and f.unit == "GBP"
            ]
            if total is not None and total.unit == "GBP" and len(parts) >= 2:
                check = _best(outline, read, total, [parts, parts[-2:]], f"row {row.label}: {column.label}")
                repeats = parts[-1].amount == total.amount
                torn = bool(ENDS_IN_NUMBER.search(row.label))  # a cell with two numbers was read as words
                if check.holds or not (repeats or torn):
                    checks.append(check)
        if sum(check.holds for check in checks) * 2 > len(checks):
            found += checks
    return found


def _best(
    outline: Outline, read: MoneyTable, total: BudgetFigure, candidates: list[list[BudgetFigure]], what: str
) -> Reconciliation:
    """The candidate that holds, or else the nearest."""

    def off(parts: list[BudgetFigure]) -> Decimal:
        return abs(_sum(parts) - total.amount)

    holding = [parts for parts in candidates if _holds(total, parts)]
    parts = holding[0] if holding else min(candidates, key=off)
    computed = _sum(parts)
    shown = " + ".join(p.raw for p in parts[:12]) + (" + …" if len(parts) > 12 else "")
    return Reconciliation(
        reconciliation_id=identify("sum", outline.document_id, total.char_start, what),
        document_id=outline.document_id,
        table_id=read.record.table_id,
        what=f"{what}: {shown} = {total.raw}",
        stated=total.amount,
        computed=computed,
        holds=bool(holding),
        page=total.page,
        char_start=total.char_start,
        char_end=total.char_end,
        rule="reconcile.table",
        confidence=0.9 if holding else 0.6,
    )
