"""Shares of a pool worked again: do the percentages of partners follow from what a table says they pay?

"52% County Council, 48% Health Board" is held against the table in which the same partners
contribute £52m and £48m. Percentages count where they add up to 100 and each stands by a name that labels a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from pipeline.document import Outline
from pipeline.extractors.money.table_headings import pattern
from pipeline.extractors.money.tables import MoneyTable
from pipeline.records import BudgetFigure, Reconciliation, identify

HUNDRED = Decimal(100)


def reconcile_shares(
    outline: Outline, figures: Iterable[BudgetFigure], tables: Sequence[MoneyTable]
) -> list[Reconciliation]:
    """One check for each percentage of a split whose partners stand in a table."""
    shares = [f for f in figures if f.unit == "percent" and f.organisation and f.table_id is None]
    found: list[Reconciliation] = []
    for _, group in groupby(shares, key=lambda f: outline.document.block_at(f.char_start)):
        split = list(group)
        if len(split) >= 2 and sum(f.amount for f in split) == HUNDRED:
            found += _against_tables(outline, split, tables)
    return found


def _against_tables(outline: Outline, split: list[BudgetFigure], tables: Sequence[MoneyTable]) -> list[Reconciliation]:
    for table in tables:
        paid = [_paid_by(table, share.organisation or "") for share in split]
        cells = [cell for cell in paid if cell is not None]
        total = sum((cell.amount for cell in cells), Decimal(0))
        if len(cells) == len(split) and len({c.char_start for c in cells}) == len(cells) and total:
            return [_check(outline, table, share, cell, total) for share, cell in zip(split, cells, strict=True)]
    return []


def _paid_by(table: MoneyTable, organisation: str) -> BudgetFigure | None:
    """What a partner pays in all: its row's figure in the total column, or in the only column of money."""
    name = _folded(organisation)
    for row in table.rows:
        label = _folded(row.label)
        if name != label and not (len(name) > 1 and name <= label):
            continue
        cells = [c for column in table.columns if (c := table.cells.get((row.index, column.index))) and c.unit == "GBP"]
        totals = [c for c in cells if pattern("totals").search(c.column_label or "")]
        if len(cells) == 1 or totals:
            return (totals or cells)[-1]
    return None


def _folded(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", name.lower())) - {"the", "of", "and"}


def _check(
    outline: Outline, table: MoneyTable, share: BudgetFigure, cell: BudgetFigure, total: Decimal
) -> Reconciliation:
    computed = (cell.amount * HUNDRED / total).quantize(Decimal("0.01"))
    places = len(share.raw.split(".")[1].rstrip("% ")) if "." in share.raw else 0
    return Reconciliation(
        reconciliation_id=identify("sum", outline.document_id, share.char_start, "share"),
        document_id=outline.document_id,
        table_id=table.record.table_id,
        what=f"share {share.organisation}: {cell.raw} of {cell.column_label} = {share.raw}",
        stated=share.amount,
        computed=computed,
        holds=abs(computed - share.amount) <= Decimal(5).scaleb(-places - 1),
        page=share.page,
        char_start=share.char_start,
        char_end=share.char_end,
        rule="reconcile.shares",
        confidence=0.8,
    )
