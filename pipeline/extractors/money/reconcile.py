"""Sums worked again: does a total equal its parts, within the rounding of what is printed?

A total row may add the rows since the total above it, all plain rows, or the subtotals; a total column may add
the columns to its left. The reading that holds is kept; where none holds the nearest one is reported as failing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.document import Outline
from pipeline.extractors.money.table_headings import pattern
from pipeline.extractors.money.tables import MoneyTable, Row
from pipeline.records import BudgetFigure, Reconciliation, identify


def reconcile_table(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The sums of a table's rows and columns."""
    return _total_rows(outline, read) + _total_columns(outline, read)


def _step(figures: Sequence[BudgetFigure]) -> Decimal:
    """The largest rounding error that each printed part may hide: half its last printed place."""
    step = Decimal(0)
    for figure in figures:
        digits = "".join(ch for ch in figure.raw if ch.isdigit() or ch == ".")
        if not digits.strip("."):
            continue
        printed = Decimal(digits.strip("."))
        scale = abs(figure.amount) / printed if printed else Decimal(0)
        places = len(digits.split(".")[1]) if "." in digits else 0
        step = max(step, scale * Decimal(1).scaleb(-places) / 2)
    return step


def _holds(stated: Decimal, parts: Sequence[BudgetFigure], total: BudgetFigure) -> bool:
    tolerance = _step([*parts, total]) * (len(parts) + 1) / 2 + Decimal("0.01")
    return abs(sum((p.amount for p in parts), Decimal(0)) - stated) <= tolerance


def _total_rows(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    found = []
    for at, row in enumerate(read.rows):
        if not row.is_total:
            continue
        for column in read.columns:
            total = read.cells.get((row.index, column.index))
            if total is None or total.unit == "percent":
                continue
            candidates = [parts for parts in _parts_above(read, at, column.index) if len(parts) >= 2]
            if candidates:
                found.append(_best(outline, read, total, candidates, f"column {column.label}: {row.label}"))
    return found


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
                checks.append(_best(outline, read, total, [parts, parts[-2:]], f"row {row.label}: {column.label}"))
        if sum(check.holds for check in checks) * 2 > len(checks):
            found += checks
    return found


def _best(
    outline: Outline, read: MoneyTable, total: BudgetFigure, candidates: list[list[BudgetFigure]], what: str
) -> Reconciliation:
    """The candidate that holds, or else the nearest."""

    def off(parts: list[BudgetFigure]) -> Decimal:
        return abs(sum((p.amount for p in parts), Decimal(0)) - total.amount)

    holding = [parts for parts in candidates if _holds(total.amount, parts, total)]
    parts = holding[0] if holding else min(candidates, key=off)
    computed = sum((p.amount for p in parts), Decimal(0))
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
