"""Columns that add up or compare columns beside them: "Total", "Net", "Variance", "Change", a closing balance.

A column is a sum or a difference where that holds in nearly every row; then the rows in which it does not are the
document's own errors. Of several relations between the same columns the one is told that the headings speak for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.document import Outline
from pipeline.extractors.money.reconcile_checks import Number, negative, numbers, record, rounding, surprise
from pipeline.extractors.money.table_context import Row
from pipeline.extractors.money.table_headings import Column, pattern
from pipeline.extractors.money.tables import MoneyTable
from pipeline.records import Reconciliation

ENDS_IN_NUMBER = re.compile(r"\s\(?\d[\d,.]*\)?$")
SUM = re.compile(r"\b(?:totals?|net|gross|overall|balance|forecast|closing|all)\b", re.I)
COMPARED = re.compile(
    r"\b(?:variances?|changes?|movements?|increases?|decreases?|reductions?|differences?|over|under|surplus|deficit|"
    r"growth|\+/-)\b", re.I,
)
SURE = 6.0
"""Digits of a column, over its rows, that must be right before it is a sum or a difference."""
ROWS = 3
"""Rows in which it must be one."""
MOST = 0.8
"""Share of the rows in which it must hold, where its heading does not call it a total."""
NAMED = 0.5
NEAR = 0.05
BESIDE = 6
"""Columns to the left that a difference may be taken of."""

Signed = tuple[int, bool]
"""A column, and whether it is taken away."""


@dataclass(slots=True)
class _Relation:
    """That a column is the sum of others, some of them taken away."""

    result: int
    parts: tuple[Signed, ...]
    rows: list[tuple[Row, Number, list[Number]]]
    score: float


def reconcile_columns(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The checks of every row under each column that is a sum or a difference."""
    cells = numbers(read)
    columns = [c for c in read.columns if any((row.index, c.index) in cells for row in read.rows)]
    by_column: dict[int, dict[int, Number]] = {column.index: {} for column in columns}
    for (row, index), number in cells.items():
        by_column[index][row] = number
    best: dict[frozenset[int], _Relation] = {}
    for at in range(len(columns)):
        relation = _relation_of(columns, at, read, by_column)
        if relation is None:
            continue
        key = frozenset([relation.result, *(part for part, _ in relation.parts)])
        if key not in best or relation.score > best[key].score:
            best[key] = relation
    labels = {column.index: column.label for column in columns}
    return [
        record(outline, read, f"row {row.label}: {labels[relation.result]}", total, parts)
        for relation in sorted(best.values(), key=lambda r: r.result)
        for row, total, parts in relation.rows
    ]


def _relation_of(
    columns: Sequence[Column], at: int, read: MoneyTable, cells: Mapping[int, Mapping[int, Number]]
) -> _Relation | None:
    """What the column is of the others; None where it is nothing of them."""
    column = columns[at]
    named = bool(pattern("totals").search(column.label.split("£")[0].strip()))
    labels = {other.index: other.label for other in columns}
    totals = [(row, total) for row in read.rows if (total := cells[column.index].get(row.index)) is not None]
    found: _Relation | None = None
    for parts, weight in _readings(columns, at):
        rows = _rows(totals, [(cells[i], less) for i, less in parts], named, len(read.rows))
        if rows is None:
            continue
        compared = any(less for _, less in parts)
        speaks = COMPARED.search(column.label) if compared else (
            named or SUM.search(column.label) or _is_kind_of(column, [labels[i] for i, _ in parts])
        )
        score = weight + (1.5 if speaks else 0.0)
        if found is None or score > found.score:
            found = _Relation(column.index, parts, rows, score)
    return found


def _is_kind_of(column: Column, parts: Sequence[str]) -> bool:
    """Whether each part is a kind of the column ("Variance": "Real variance", "Rephasing variance")."""
    words = column.label.lower().split()
    return bool(words) and all(set(words) < set(part.lower().split()) for part in parts)


def _readings(columns: Sequence[Column], at: int) -> Iterator[tuple[tuple[Signed, ...], float]]:
    """What a column may be, likeliest first: columns right before it, right behind it, others to its left."""
    index = [column.index for column in columns]
    for first in range(at - 1):
        yield tuple((i, False) for i in index[first:at]), 3.0
    for last in range(at + 3, len(columns) + 1):
        yield tuple((i, False) for i in index[at + 1 : last]), 2.5
    left = index[max(0, at - BESIDE) : at]
    for b in reversed(left):
        for a in reversed(left):
            if a != b:
                yield ((b, False), (a, True)), 2.0 + (0.2 if b > a else 0.0)
    for first in range(at - 2):
        for end in range(first + 2, at):
            yield tuple((i, False) for i in index[first:end]), 1.5


def _rows(
    totals: Sequence[tuple[Row, Number]], parts: Sequence[tuple[Mapping[int, Number], bool]], named: bool, rows: int
) -> list[tuple[Row, Number, list[Number]]] | None:
    """The rows in which a column is what other columns make, if it is so in nearly all of them: `parts` are the
    numbers of these by row, and whether they are taken away. `rows` is how many the table has."""
    found: list[tuple[Row, Number, list[tuple[Number, bool]]]] = []
    failing: list[tuple[Number, int]] = []
    holding, digits = 0, 0.0
    allowed = rows * (1 - (NAMED if named else MOST))
    compared = any(less for _, less in parts)
    for row, total in totals:
        own = [(number, less) for by_row, less in parts if (number := by_row.get(row.index)) is not None]
        if not own:
            continue
        pence, half = 0, total.half
        for number, less in own:  # in plain steps, since most readings of most tables end here
            pence += -number.pence if less else number.pence
            half = max(half, number.half)
        holds = abs(pence - total.pence) <= rounding(len(own) + 1, half)
        if len(own) < 2 and (holds or compared):
            continue  # what is compared with nothing is often left out of the change
        if holds:
            shown = sum(number.pence != 0 for number, _ in own) > 1
            holding += shown
            digits += surprise(total, len(own)) if shown else 0.0
        elif named and (_signed(*own[-1]).pence == total.pence or ENDS_IN_NUMBER.search(row.label)):
            continue  # it repeats its last part, or a cell with two numbers was read as words
        else:
            failing.append((total, pence))
            if len(failing) > allowed:
                return None
        if len(own) > 1:
            found.append((row, total, own))
    needed = NAMED if named and all(_near(total, computed) for total, computed in failing) else MOST
    enough = len(found) - len(failing) >= needed * len(found)
    sure = holding >= ROWS and digits >= SURE or named and holding >= 1 and digits >= 2
    return [(row, total, [_signed(*one) for one in own]) for row, total, own in found] if enough and sure else None


def _signed(number: Number, less: bool) -> Number:
    return negative(number) if less else number


def _near(total: Number, computed: int) -> bool:
    return abs(total.pence - computed) <= NEAR * abs(total.pence)
