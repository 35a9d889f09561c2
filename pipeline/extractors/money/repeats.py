"""A sum told again: what one mention leaves open, another under the same agenda item tells."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from pipeline.records import BudgetFigure

LEAST = 100
"""Pounds from which two equal amounts are taken for the same sum."""
UNTOLD = ("/measure.none", "/measure.distant")
"""Ends of rules that found no measure in the words."""
SURE = 0.65
"""The confidence from which another mention's measure is taken over."""


def settle_repeats(figures: list[BudgetFigure]) -> None:
    """Give each amount in prose the payer and the fund, and one of unknown measure the measure, of its other mentions
    under the item ("Welsh Government had offered £215,000. RESOLVED: To accept the grant offer of £215,000")."""
    told: dict[tuple[str | None, Decimal], list[BudgetFigure]] = defaultdict(list)
    for figure in figures:
        if figure.unit == "GBP" and figure.table_id is None and figure.amount >= LEAST:
            told[figure.item_id, figure.amount].append(figure)
    for same in told.values():
        if len(same) > 1:
            _share(same)


def _share(same: list[BudgetFigure]) -> None:
    sure = max(same, key=lambda figure: figure.confidence)
    for figure in same:
        if figure.rule.endswith(UNTOLD) and sure.confidence >= SURE and not sure.rule.endswith(UNTOLD):
            figure.measure, figure.rule = sure.measure, f"{figure.rule.partition('/')[0]}/measure.repeated"
    for name in ("organisation", "fund"):
        for figure in same:
            others = {getattr(other, name) for other in same if other.measure == figure.measure} - {None}
            if getattr(figure, name) is None and len(others) == 1:
                setattr(figure, name, others.pop())
