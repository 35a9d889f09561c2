"""What sums are checked with: cells as whole pennies, what rounding may hide, and the record of one check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import log10, sqrt

from pipeline.document import Outline
from pipeline.extractors.money.tables import MoneyTable
from pipeline.records import BudgetFigure, Reconciliation, identify

SHOWN = 12
"""Parts of a sum that are written out."""


@dataclass(frozen=True, slots=True)
class Number:
    """A cell's amount in pennies, and half of its last printed place: what rounding may have taken or added."""

    figure: BudgetFigure
    pence: int
    half: float


@lru_cache(maxsize=16384)
def _half_place(raw: str, amount: Decimal) -> float:
    digits = "".join(ch for ch in raw if ch.isdecimal() or ch == ".").strip(".")
    printed = Decimal(digits) if digits else Decimal(0)
    if not printed:
        return 0.0
    places = len(digits.split(".")[1]) if "." in digits else 0
    return float(abs(amount) / printed) * 10.0**-places * 50


def number_of_figure(figure: BudgetFigure) -> Number:
    """The figure as a number to add."""
    return Number(figure, round(figure.amount * 100), _half_place(figure.raw, figure.amount))


def numbers(read: MoneyTable) -> dict[tuple[int, int], Number]:
    """The amounts of a table by row and column; shares and rates left out."""
    return {place: number_of_figure(figure) for place, figure in read.cells.items() if figure.unit == "GBP"}


def rounding(count: int, half: float) -> float:
    """Pennies by which `count` printed numbers may miss each other: many are rarely rounded all to one side."""
    if half < 100:  # whole pounds and pence are mostly exact
        return half * count / 2 + 1
    return min(half * count, half * (2 * sqrt(count) + 1)) + 1


def agrees(total: Number, parts: Sequence[Number]) -> bool:
    """Whether the parts come to the total."""
    half = max([part.half for part in parts] + [total.half])
    return abs(sum(part.pence for part in parts) - total.pence) <= rounding(len(parts) + 1, half)


def surprise(total: Number, count: int) -> float:
    """Digits of the total that a sum of `count` parts has right beyond what rounding leaves open."""
    return max(log10(max(abs(total.pence), 1) / rounding(count + 1, total.half)), 0.0)


def negative(number: Number) -> Number:
    """The same cell, taken away."""
    return Number(number.figure, -number.pence, number.half)


def record(
    outline: Outline, read: MoneyTable, what: str, total: Number, parts: Sequence[Number], holds: bool | None = None
) -> Reconciliation:
    """A check of one printed sum; `what` names the row or column, and the sum is written behind it."""
    if holds is None:
        holds = agrees(total, parts)
    figure = total.figure
    return Reconciliation(
        reconciliation_id=identify("sum", outline.document_id, figure.char_start, what),
        document_id=outline.document_id,
        table_id=read.record.table_id,
        what=f"{what}: {_written(parts)} = {figure.raw}",
        stated=figure.amount,
        computed=Decimal(sum(part.pence for part in parts)).scaleb(-2),
        holds=holds,
        page=figure.page,
        char_start=figure.char_start,
        char_end=figure.char_end,
        rule="reconcile.table",
        confidence=0.9 if holds else 0.6,
    )


def _written(parts: Iterable[Number]) -> str:
    shown = list(parts)
    text = "".join(
        (" - " if (part.pence < 0) != (part.figure.amount < 0) else " + ") + part.figure.raw for part in shown[:SHOWN]
    )
    return text.removeprefix(" + ").removeprefix(" ") + (" + …" if len(shown) > SHOWN else "")
