"""Holds our reading of forty real tables against what a person sees on their pages.

    python -m evaluation.tables.check [--papers FOLDER] [--json FILE] [--quiet]

Counts cells whose value and both labels are right, tables read as one, blank places left blank, and printed totals
of which we say rightly whether they add up. `--json` writes the figures as `check_floors.py` takes them. Exit status:
0 where every paper was there and could be read, else 1; floors are `check_floors.py`'s to hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from evaluation.tables import judging
from evaluation.tables.checked import PAPERS, CheckedCell, CheckedTable, Total, amount, load
from pipeline.document import Block, Outline
from pipeline.extractors import money
from pipeline.reading import outline_of
from pipeline.records import BudgetFigure, Reconciliation

FLOORS = ("agenda_items", "resolutions", "budget_figures", "options", "services")
"""Kinds that `check_floors.py` expects; there are none of them here."""


@dataclass
class Reading:
    """What we read of a document."""

    outline: Outline
    tables: list[Block]
    figures: list[BudgetFigure]
    sums: list[Reconciliation]

    def table_at(self, offset: int) -> int | None:
        """Which of its tables holds the character at `offset`."""
        return next((i for i, block in enumerate(self.tables) if block.start <= offset < block.end), None)


@dataclass
class Verdict:
    """What became of one checked table."""

    table: CheckedTable
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    amounts_right: int = 0
    amounts_wrong: list[str] = field(default_factory=list)
    found_in: Counter[int] = field(default_factory=Counter)
    columns: int | None = None
    """Columns of the table of ours that holds most of its cells."""
    filled: list[str] = field(default_factory=list)
    totals_wrong: dict[Total, str] = field(default_factory=dict)

    @property
    def as_one(self) -> bool:
        """Whether the cells that were found stand in one table of ours."""
        return len(self.found_in) == 1


def read(path: Path) -> Reading:
    """Read a document as far as money and its sums."""
    outline = outline_of(path)
    records = money.extract(outline)
    return Reading(
        outline,
        [block for block in outline.document.blocks if block.table is not None],
        [record for record in records if isinstance(record, BudgetFigure) and record.table_id],
        [record for record in records if isinstance(record, Reconciliation)],
    )


def judge(table: CheckedTable, reading: Reading) -> Verdict:
    """Hold a reading against a checked table."""
    verdict = Verdict(table)
    for cell in table.cells:
        place, fault = _cell(table, cell, reading)
        if place is not None:
            verdict.found_in[place] += 1
        if fault is None:
            verdict.right += 1
        else:
            verdict.wrong.append(f"{cell.row} / {cell.column} = {cell.value}: {fault}")
        pounds = table.pounds(cell)
        if pounds is not None and (fault := _amount(table, cell, pounds, reading)) is not None:
            verdict.amounts_wrong.append(f"{cell.row} / {cell.column} = {cell.value}: {fault}")
        elif pounds is not None:
            verdict.amounts_right += 1
    for row, column in table.blank:
        cell = CheckedCell(row, column, "")
        full = [f for f in _figures_on(table, reading) if _row(table, cell, f) and _column(table, cell, f)]
        if full and not any(c.row == row and c.column == column for c in table.cells):
            verdict.filled.append(f"{row} / {column} is printed blank, read as {full[0].raw}")
    if verdict.found_in:
        block = reading.tables[verdict.found_in.most_common(1)[0][0]]
        verdict.columns = block.table.columns if block.table is not None else None
    for total in table.totals:
        fault = _total(table, total, reading)
        if fault is not None:
            verdict.totals_wrong[total] = f"{total.kind} {total.row} / {total.column} = {total.stated}: {fault}"
    return verdict


def _figures_on(table: CheckedTable, reading: Reading) -> Iterator[BudgetFigure]:
    return (figure for figure in reading.figures if figure.page in table.pages)


def _row(table: CheckedTable, cell: CheckedCell, figure: BudgetFigure) -> bool:
    return judging.row_label_right(figure.row_label or "", cell, table.labels)


def _column(table: CheckedTable, cell: CheckedCell, figure: BudgetFigure) -> bool:
    return judging.column_label_right(figure.column_label or "", cell, table.headings)


def _cell(table: CheckedTable, cell: CheckedCell, reading: Reading) -> tuple[int | None, str | None]:
    """Which of our tables holds the cell, and what is wrong with it."""
    wanted = judging.value(cell.value)
    same = [f for f in _figures_on(table, reading) if judging.value(f.raw).strip("£%m") == wanted.strip("£%m")]
    if not same:
        return _cell_that_is_no_figure(table, cell, reading)
    best = max(same, key=lambda f: (_row(table, cell, f) + _column(table, cell, f), _row(table, cell, f)))
    place = reading.table_at(best.char_start)
    if not _row(table, cell, best):
        return place, f"its row is read as {best.row_label!r}"
    if not _column(table, cell, best):
        return place, f"its column is read as {best.column_label!r}"
    return place, None


def _amount(table: CheckedTable, cell: CheckedCell, pounds: Decimal, reading: Reading) -> str | None:
    """What is wrong with the money read from a cell."""
    same = [
        f for f in _figures_on(table, reading)
        if judging.value(f.raw).strip("£m") == judging.value(cell.value).strip("£m") and _row(table, cell, f)
    ]
    if not same:
        return "not read as money"
    return None if any(f.amount == pounds for f in same) else f"read as {same[0].amount} {same[0].unit}"


def _cell_that_is_no_figure(
    table: CheckedTable, cell: CheckedCell, reading: Reading
) -> tuple[int | None, str | None]:
    """Rates, dates and counts are no figures of money: the table itself must have them in their places."""
    astray: int | None = None
    for index, block in enumerate(reading.tables):
        if not {block.page, *block.pages} & set(table.pages):
            continue
        for place in judging.in_row(grid_of(block), cell):
            if judging.in_column(grid_of(block), place, cell):
                return index, None
            astray = index
    if astray is None:
        return None, "no table has it in a row with its label"
    return astray, "it is no figure, and not under its heading"


def grid_of(block: Block) -> list[list[str]]:
    """A table block as rows of text."""
    assert block.table is not None
    return [[cell.text if cell else "" for cell in row] for row in block.table.grid()]


def _total(table: CheckedTable, total: Total, reading: Reading) -> str | None:
    """What is wrong with our word on a printed total; None where it is right."""
    cell = CheckedCell(total.row, total.column, total.stated)
    ours = [
        check for check in reading.sums
        if check.page in table.pages and check.what.startswith(total.kind)
        and judging.value(reading.outline.document.text[check.char_start:check.char_end]).strip("£%m")
        == judging.value(total.stated).strip("£%m")
        and judging.holds_words(check.what.partition(":")[0] + check.what.partition(":")[2], total.row)
        and judging.has_all_words(check.what, cell.column.split(" > ")[-1])
    ]
    if not ours:
        return "not checked by us"
    if any(check.holds == total.holds and (total.holds or _same_sum(check, total)) for check in ours):
        return None
    return f"we say {ours[0].what[:160]!r} makes {ours[0].computed}, {'holds' if ours[0].holds else 'does not hold'}"


def _same_sum(check: Reconciliation, total: Total) -> bool:
    """Whether we added the same parts: our sum in pounds is theirs in the printed unit."""
    scale = check.stated / amount(total.stated)
    return abs(check.computed / scale - total.computed) <= max(total.rounding, Decimal("0.01"))


def check(tables: list[CheckedTable], papers: Path) -> tuple[list[Verdict], list[str]]:
    """Verdicts on all tables, and the papers that are not there."""
    verdicts: list[Verdict] = []
    missing: list[str] = []
    for document, group in groupby(sorted(tables, key=lambda t: t.document), key=lambda t: t.document):
        wanted = list(group)
        path = papers / document
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted[0].sha256:
            missing.append(document)
            continue
        reading = read(path)
        verdicts += [judge(table, reading) for table in wanted]
    return verdicts, missing


def shares(verdicts: list[Verdict]) -> dict[str, tuple[int, int]]:
    """What is right, and of how many."""
    several = [v for v in verdicts if len(v.table.pages) > 1]
    return {
        "table_cells": (sum(v.right for v in verdicts), sum(len(v.table.cells) for v in verdicts)),
        "table_amounts": (
            sum(v.amounts_right for v in verdicts), sum(v.amounts_right + len(v.amounts_wrong) for v in verdicts)
        ),
        "tables_as_one": (sum(v.as_one for v in verdicts), len(verdicts)),
        "tables_over_pages_as_one": (sum(v.as_one for v in several), len(several)),
        "tables_of_right_width": (sum(v.columns == v.table.columns for v in verdicts), len(verdicts)),
        "blank_places": (
            sum(len(v.table.blank) - len(v.filled) for v in verdicts), sum(len(v.table.blank) for v in verdicts)
        ),
        "printed_totals": _totals(verdicts, difference=False),
        "printed_differences": _totals(verdicts, difference=True),
    }


def _totals(verdicts: list[Verdict], difference: bool) -> tuple[int, int]:
    """Totals (or differences, as a variance is) that we judge as the paper does, and how many there are."""
    asked = [(total, v) for v in verdicts for total in v.table.totals if total.is_difference == difference]
    return sum(total not in v.totals_wrong for total, v in asked), len(asked)


def for_floors(verdicts: list[Verdict]) -> dict[str, object]:
    """The figures in the shape of `minutebook evaluate --json`, which `check_floors.py` takes."""
    attributes = {name: list(share) for name, share in shares(verdicts).items() if share[1]}
    return {**{kind: {"found": 0, "missed": 0} for kind in FLOORS}, "header": {"attributes": attributes}}


def show(verdicts: list[Verdict]) -> None:
    """Print every fault."""
    for verdict in verdicts:
        table, totals = verdict.table, len(verdict.table.totals)
        split = "" if verdict.as_one else f"; stands in {len(verdict.found_in)} tables"
        fits = verdict.columns in (None, table.columns)
        width = "" if fits else f"; has {table.columns} columns, is read with {verdict.columns}"
        print(f"\n{table.id} ({table.document}, pages {', '.join(map(str, table.pages))}): {verdict.right} of "
              f"{len(table.cells)} cells, {totals - len(verdict.totals_wrong)} of {totals} totals{split}{width}")
        for line in (*verdict.wrong, *verdict.amounts_wrong, *verdict.filled, *verdict.totals_wrong.values()):
            print(f"  {line}")


def main() -> int:
    """Check, print, and say whether all papers were there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quiet", action="store_true", help="print the shares alone")
    options = parser.parse_args()
    verdicts, missing = check(load(), options.papers)
    if not options.quiet:
        show(verdicts)
    print()
    for name, (right, asked) in shares(verdicts).items():
        print(f"{name:26}{right:5} of {asked:4}  {right / max(asked, 1):.1%}")
    for document in missing:
        print(f"not there, or another version: {document}")
    if options.json:
        options.json.write_text(json.dumps(for_floors(verdicts), indent=1) + "\n", encoding="utf-8")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
