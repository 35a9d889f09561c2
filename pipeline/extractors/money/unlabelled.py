"""An amount in a row without a label: mostly the sum of the rows above it, else one more of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.records import BudgetFigure

MOST_ROWS = 30
"""Rows above that a subtotal may sum."""


def first_summed(above: Sequence[BudgetFigure], amount: Decimal) -> BudgetFigure | None:
    """The topmost of the amounts in pounds that come to `amount`, given the nearest first; None where none do."""
    sum_of_them, counted = Decimal(0), 0
    for figure in above[:MOST_ROWS]:
        sum_of_them += figure.amount
        counted += figure.amount != 0
        if counted > 1 and amount and sum_of_them == amount:
            return figure
    return None
