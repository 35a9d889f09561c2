"""Rows that add up rows above them, whatever they are called.

The rows of a table are read from the top. A row that is the sum of the last two or more rows still open, in every
column, closes them and stands for them from then on: so subtotals are found within totals, and "Net budget" as the
base and its changes. A row that is called a total but adds up nothing in this way is held against the rows that
totals usually add; a row that has another name is a sum only where it can be no coincidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import Outline
from pipeline.extractors.money.reconcile_checks import Number, agrees, negative, numbers, record, rounding, surprise
from pipeline.extractors.money.table_context import Row
from pipeline.extractors.money.tables import MoneyTable
from pipeline.records import Reconciliation

ASIDE = re.compile(r"\b(?:memorandum|of which|included in|for information)\b", re.I)
"""Bands whose rows repeat what is counted elsewhere."""
LESS = re.compile(r"\b(?:net|excess|surplus|shortfall|deficit|difference|gap|balance|movement|change)\b", re.I)
EXCLUDES = re.compile(r"\b(?:exclud(?:ing|es)|excl\.?|before|net of)\s(?P<what>[^()]+)", re.I)
SURE = 4.5
"""Digits of a row, over its columns, that must be right before a row without the name of a total is one."""
OPEN = 80
"""Rows that are kept open at most."""
NEAR = 0.05
"""A sum that is out by no more than this share of its total was probably read as it is meant."""

Values = dict[int, Number]


@dataclass(slots=True)
class _Open:
    """A row that no total has added up yet, and the rows that it adds up itself."""

    row: Row
    values: Values
    parts: list[_Open] = field(default_factory=list)


def reconcile_rows(outline: Outline, read: MoneyTable) -> list[Reconciliation]:
    """The checks of all rows of a table that are sums."""
    return _Reading(outline, read).checks()


class _Reading:
    def __init__(self, outline: Outline, read: MoneyTable) -> None:
        self.outline, self.read = outline, read
        self.cells = numbers(read)
        self.open: list[_Open] = []
        self.aside: list[_Open] = []
        self.last: _Open | None = None

    def checks(self) -> list[Reconciliation]:
        found: list[Reconciliation] = []
        columns = [column.index for column in self.read.columns if not column.percent or column.factor]
        aside = ""
        for at, row in enumerate(self.read.rows):
            values = {c: number for c in columns if (number := self.cells.get((row.index, c))) is not None}
            if not values:
                continue
            beside = bool(row.band) and ASIDE.search(row.band) is not None
            if beside and row.band != aside:
                aside, self.aside = row.band, []
            found += self._row(at, _Open(row, values), self.aside if beside else self.open)
        return found

    def _row(self, at: int, one: _Open, stack: list[_Open]) -> list[Reconciliation]:
        """Close what the row adds up, and put it on the stack of open rows."""
        taken = _sum_of_last(one, stack)
        if taken:
            one.parts = stack[-taken:]
            del stack[-taken:]
            stack.append(one)
            self.last = one
            return self._record(one, [part.values for part in one.parts])
        if len(stack) > 1 and _is_difference(one, stack[-2], stack[-1]):
            pair = [stack[-2].values, {c: negative(n) for c, n in stack[-1].values.items()}]
            del stack[-2:]
            stack.append(one)
            return self._record(one, pair)
        if (without := self._without(one)) is not None:
            return without
        found: list[Reconciliation] = []
        if one.row.is_total:
            if stack and _same(one, stack[-1]):
                del stack[-1]
            else:
                found = self._as_named(at, one)
                while stack and not stack[-1].row.is_total and not stack[-1].parts:
                    del stack[-1]
            self.last = one
        stack.append(one)
        del stack[:-OPEN]
        return found

    def _record(self, one: _Open, parts: Sequence[Values]) -> list[Reconciliation]:
        found = []
        for column, total in one.values.items():
            cells = [values[column] for values in parts if column in values]
            if len(cells) >= 2:
                found.append(record(self.outline, self.read, self._what(one.row, column), total, cells))
        return found

    def _what(self, row: Row, column: int) -> str:
        label = next(c.label for c in self.read.columns if c.index == column)
        return f"column {label}: {row.label}"

    def _without(self, one: _Open) -> list[Reconciliation] | None:
        """A total "excluding" a row is the last total without that row."""
        named = EXCLUDES.search(one.row.label)
        if named is None or self.last is None:
            return None
        words = set(_words(named["what"]))
        left = [part for part in self.last.parts if words and words <= set(_words(part.row.first))
                and not EXCLUDES.search(part.row.label)]
        if len(left) != 1:
            return None
        parts = [self.last.values, {c: negative(n) for c, n in left[0].values.items()}]
        return self._record(one, parts) if _holds(one, parts)[0] else None

    def _as_named(self, at: int, one: _Open) -> list[Reconciliation]:
        """A row called a total that adds up in no one way: each column as totals usually add.

        A column that adds up in none of these ways is told by the way in which most of the others do.
        """
        readings = {column: self._parts_above(at, column) for column in one.values}
        holding = {
            column: next((i for i, own in enumerate(readings[column]) if len(own) > 1 and agrees(total, own)), -1)
            for column, total in one.values.items()
        }
        usual = Counter(way for way in holding.values() if way >= 0).most_common(1)
        checks: list[Reconciliation] = []
        for column, total in one.values.items():
            candidates = [parts for parts in readings[column] if len(parts) >= 2]
            if holding[column] >= 0:
                parts = readings[column][holding[column]]
            elif usual:
                parts = readings[column][usual[0][0]]
            else:
                parts = min(candidates, key=lambda p: abs(sum(n.pence for n in p) - total.pence), default=[])
            repeats = any(len(p) == 1 and p[0].pence == total.pence for p in readings[column])
            if len(parts) >= 2 and (holding[column] >= 0 or not repeats):
                checks.append(record(self.outline, self.read, self._what(one.row, column), total, parts))
        return _believed(checks)

    def _parts_above(self, at: int, column: int) -> list[list[Number]]:
        """What a total may add: rows since the last total, the open rows, its band, all plain rows, the subtotals."""

        def cells(rows: Sequence[Row]) -> list[Number]:
            return [n for r in rows if (n := self.cells.get((r.index, column))) is not None]

        above = self.read.rows[:at]
        last = max((i for i, r in enumerate(above) if r.is_total), default=-1)
        since = above[last + 1 :]
        plain = [r for r in above if not r.is_total]
        totals = [r for r in above if r.is_total]
        band = [r for r in plain if r.band == self.read.rows[at].band]
        opened = [one.row for one in self.open]
        return [cells(rows) for rows in (since, opened, band, plain, totals, [*totals[-1:], *since])]


def _sum_of_last(one: _Open, stack: Sequence[_Open]) -> int:
    """How many of the last open rows the row adds up in every column; 0 where there is no such number."""
    sums = dict.fromkeys(one.values, 0)
    counts = dict.fromkeys(one.values, 0)
    halves = {column: total.half for column, total in one.values.items()}
    many = 0
    for taken, part in enumerate(reversed(stack), start=1):
        several = 0
        for column, number in part.values.items():
            if column in sums:
                sums[column] += number.pence
                counts[column] += 1
                halves[column] = max(halves[column], number.half)
        if taken < 2:
            continue
        for column, total in one.values.items():
            if abs(sums[column] - total.pence) > rounding(counts[column] + 1, halves[column]):
                break
            several += counts[column] > 1 and total.pence != 0
        else:
            digits = sum(surprise(total, counts[c]) for c, total in one.values.items() if counts[c] > 1)
            if several and digits >= (1.0 if one.row.is_total else SURE):
                many = taken
        if many and (many < taken or not _is_nought(stack[-taken - 1] if taken < len(stack) else None)):
            return many
    return many


def _is_nought(one: _Open | None) -> bool:
    """Whether a row holds nothing but noughts: it may as well belong to the sum below it."""
    return one is not None and not one.parts and not any(number.pence for number in one.values.values())


def _is_difference(one: _Open, first: _Open, second: _Open) -> bool:
    """Whether the row is the row before the last without the last, and is called so or lies below two sums."""
    parts = [first.values, {c: negative(n) for c, n in second.values.items()}]
    holds, digits = _holds(one, parts)
    named = bool(first.parts and second.parts) or LESS.search(one.row.label) is not None
    return holds and digits >= SURE and named


def _holds(one: _Open, parts: Sequence[Values]) -> tuple[bool, float]:
    """Whether the parts come to the row in every column, and the digits that this shows."""
    digits = 0.0
    for column, total in one.values.items():
        cells = [values[column] for values in parts if column in values]
        if not agrees(total, cells):
            return False, 0.0
        if len(cells) > 1:
            digits += surprise(total, len(cells))
    return True, digits


def _same(one: _Open, other: _Open) -> bool:
    shared = one.values.keys() & other.values.keys()
    return bool(shared) and all(one.values[c].pence == other.values[c].pence for c in shared)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower().replace("'", "").replace("’", ""))


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
    return float(abs(check.computed - check.stated)) <= float(abs(check.stated)) * NEAR
