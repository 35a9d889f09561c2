"""Sums worked again: does a total equal its parts, within the rounding of what is printed?"""

from __future__ import annotations

from pipeline.document import Outline
from pipeline.extractors.money.reconcile_columns import reconcile_columns
from pipeline.extractors.money.reconcile_rows import reconcile_rows
from pipeline.extractors.money.tables import MoneyTable
from pipeline.records import Reconciliation


def reconcile_table(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The sums of a table's rows and columns."""
    return [*reconcile_rows(outline, read), *reconcile_columns(outline, read)]
