"""Amounts in tables: each with the labels of its row and column, its unit, its year, what it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.document import Block, Cell, Outline
from pipeline.extractors.money.amounts import Amount, find_amounts
from pipeline.extractors.money.context import find_cues
from pipeline.extractors.money.parties import find_funds, is_organisation
from pipeline.extractors.money.prose import cents
from pipeline.extractors.money.shares import is_share_of_money
from pipeline.extractors.money.table_headings import (
    Column,
    columns_of,
    header_rows,
    is_number,
    number_of,
    pattern,
    unit_in,
)
from pipeline.extractors.money.years import financial_years
from pipeline.records import Basis, BudgetFigure, BudgetTable, Measure, Per, identify

MARK = re.compile(r"[*†‡#^]{1,2}$")
MOVEMENT = re.compile(r"\b(?:variances?|movements?|change|increase|decrease|difference|adjustments?)\b", re.I)


@dataclass(slots=True)
class Surroundings:
    """What stands around a table: its title, the heading above, the year and unit that hold for all of it."""

    title: str
    heading: str
    document_title: str
    footnotes: dict[str, str]


@dataclass(slots=True)
class Row:
    """A row of numbers: its label, the band above it, whether it is a total."""

    index: int
    label: str
    band: str
    is_total: bool
    year: str | None


@dataclass(slots=True)
class MoneyTable:
    """A table of money as read: what the sums are checked on."""

    record: BudgetTable
    figures: list[BudgetFigure]
    cells: dict[tuple[int, int], BudgetFigure]
    rows: list[Row]
    columns: list[Column]


def read_table(outline: Outline, block: Block, around: Surroundings) -> MoneyTable | None:
    """The money of a table block; None where the table holds none."""
    table = block.table
    if table is None or not table.cells:
        return None
    grid = table.grid()
    head = header_rows(table, grid)
    heading_text = " ".join(cell.text for row in grid[:head] for cell in row if cell is not None)
    factor, unit_words = unit_in(" ".join((around.title, _corner(grid, head))))
    columns = columns_of(table, grid, head, factor)
    if unit_words is None:
        unit_words = unit_in(heading_text)[1]
    table_id = identify("table", outline.document_id, block.start)
    record = BudgetTable(
        table_id=table_id,
        document_id=outline.document_id,
        item_id=outline.item_id_at(block.start),
        title=around.title or around.heading or None,
        unit_heading=unit_words,
        financial_year=_table_year(around),
        page=block.page,
        char_start=block.start,
        char_end=block.end,
        rule="money.table",
        confidence=0.9,
    )
    read = MoneyTable(record, [], {}, [], columns)
    _read_rows(outline, block, grid, head, factor, around, read)
    return read if read.figures else None


def _corner(grid: list[list[Cell | None]], head: int) -> str:
    return " ".join(row[0].text for row in grid[:head] if row and row[0] is not None)


def _table_year(around: Surroundings) -> str | None:
    for text in (around.title, around.heading):
        years = financial_years(text)
        if years:
            return years[-1][2]
    years = financial_years(around.document_title)
    return years[0][2] if len({y[2] for y in years}) == 1 else None


def _read_rows(
    outline: Outline,
    block: Block,
    grid: list[list[Cell | None]],
    head: int,
    factor: int | None,
    around: Surroundings,
    read: MoneyTable,
) -> None:
    band = ""
    for r in range(head, len(grid)):
        cells = _distinct(grid[r])
        label = _row_label(cells, read.columns)
        if not any(_holds_money(cell, read.columns[cell.column]) for cell in cells if cell.row == r):
            if label and len(cells) <= 2:
                band = label
            continue
        years = financial_years(label)
        row = Row(r, label, band, bool(pattern("totals").search(label)), years[0][2] if years else None)
        read.rows.append(row)
        for cell in cells:
            if cell.row != r:
                continue
            for figure in _cell_figures(outline, cell, read.columns[cell.column], row, factor, around, read):
                read.figures.append(figure)
                read.cells.setdefault((r, cell.column), figure)


def _distinct(row: list[Cell | None]) -> list[Cell]:
    found: list[Cell] = []
    for cell in row:
        if cell is not None and not any(cell is other for other in found):
            found.append(cell)
    return found


def _row_label(cells: list[Cell], columns: list[Column]) -> str:
    """The words of the row: its cells that are no numbers (codes and references among them)."""
    words = [cell.text for cell in cells if not is_number(cell.text) and "£" not in cell.text and "%" not in cell.text]
    if not words:
        words = [cell.text for cell in cells if columns[cell.column].labels_rows]
    return " ".join(words)


def _holds_money(cell: Cell, column: Column) -> bool:
    if column.reference:
        return False
    return "£" in cell.text or is_number(cell.text) or "%" in cell.text


def _cell_figures(
    outline: Outline, cell: Cell, column: Column, row: Row, factor: int | None, around: Surroundings, read: MoneyTable
) -> list[BudgetFigure]:
    """The figures of one cell: a bare number in the table's unit, or amounts printed with their own."""
    text = cell.text
    if column.reference:
        return []
    found: list[BudgetFigure] = []
    for amount in _amounts(text, column, row, factor, around):
        start = cell.start + amount.start
        measure, rule, confidence = _measure(amount, column, row, around)
        mark = MARK.search(text)
        years = financial_years(column.label)
        found.append(
            BudgetFigure(
                figure_id=identify("figure", outline.document_id, start, amount.raw),
                document_id=outline.document_id,
                item_id=outline.item_id_at(cell.start),
                raw=amount.raw,
                amount=cents(amount.low),
                amount_high=None if amount.high is None else cents(amount.high),
                unit=amount.unit,
                qualifier=amount.qualifier,
                measure=measure,
                basis=_basis(row.label, column.label),
                per=_per(amount, column, row),
                financial_year=(years[0][2] if years else None) or row.year or read.record.financial_year,
                organisation=next((t for t in (row.label, column.label) if is_organisation(t)), None),
                fund=next((name for _, _, name in find_funds(row.label)), None),
                table_id=read.record.table_id,
                row_label=row.label or None,
                column_label=column.label or None,
                footnote=around.footnotes.get(mark[0]) if mark else None,
                is_total=row.is_total or bool(pattern("totals").search(column.label)),
                page=cell.page or outline.document.page_at(start),
                char_start=start,
                char_end=start + amount.end - amount.start,
                rule=f"money.table/{rule}",
                confidence=confidence,
            )
        )
    return found


def _amounts(text: str, column: Column, row: Row, factor: int | None, around: Surroundings) -> list[Amount]:
    if is_number(text) and "£" not in text and "%" not in text:
        if column.percent and not (column.factor and column.money):
            wanted = is_share_of_money(
                f"{column.label} {text}% {row.label}",
                len(column.label) + 1,
                len(column.label) + len(text) + 2,
                around.title,
            )[0]
            return [Amount(0, len(text), text, number_of(text), None, "percent", None, None)] if wanted else []
        unit = column.factor or (factor if column.money else None) or unit_in(row.label)[0]
        if unit is None and not column.money:
            return []
        return [Amount(0, len(text), text, number_of(text) * (unit or 1), None, "GBP", None, None)]
    amounts = find_amounts(text)
    if len(amounts) == 1 and amounts[0].unit == "GBP" and is_number(text):
        only = amounts[0]
        own = (
            only.low
            if re.search(r"[kKmMb]", only.raw)
            else only.low * (column.factor or factor or 1 if _in_unit(column, factor) else 1)
        )
        negative = number_of(text) < 0 and only.low > 0
        return [Amount(0, len(text), text, -own if negative else own, None, "GBP", only.per, only.qualifier)]
    label = f"{column.label} {row.label} {around.title}"
    return [
        a for a in amounts if a.unit == "GBP" or is_share_of_money(f"{text} {label}", a.start, a.end, around.heading)[0]
    ]


def _in_unit(column: Column, factor: int | None) -> bool:
    """Whether a "£" in a cell still stands for the heading's thousands: only where the heading gives a unit."""
    return (column.factor or factor or 1) > 1


@lru_cache(maxsize=8192)
def _best_cue(text: str) -> tuple[Measure, str] | None:
    cues = find_cues(text)
    if not cues:
        return None
    best = max(cues, key=lambda cue: (cue.weight, cue.start))
    return best.measure, best.rule


def _measure(amount: Amount, column: Column, row: Row, around: Surroundings) -> tuple[Measure, str, float]:
    """The band first (it governs its rows), a movement's column, then column, row, title, heading, document."""
    if amount.unit == "percent":
        label = f"{column.label} {row.label}"
        rate = re.search(r"\b(?:interest|coupon|yield|return|rate)\b", label, re.I)
        return ("rate" if rate else "share"), "percent", 0.8
    if MOVEMENT.search(column.label):
        return "variance", "column", 0.85
    if row.band and pattern("bands").search(row.band):
        cue = _best_cue(row.band)
        if cue:
            return cue[0], f"band.{cue[1]}", 0.85
    for source, text, confidence in (
        ("column", column.label, 0.85),
        ("row", row.label, 0.8),
        ("title", around.title, 0.7),
        ("heading", around.heading, 0.6),
        ("document", around.document_title, 0.5),
    ):
        cue = _best_cue(text)
        if cue:
            return cue[0], f"{source}.{cue[1]}", confidence
    return "budget" if column.year else "other", "none", 0.4


def _basis(*labels: str) -> Basis | None:
    for label in labels:
        if re.search(r"\bnet\b", label, re.I):
            return "net"
        if re.search(r"\bgross\b", label, re.I):
            return "gross"
    return None


def _per(amount: Amount, column: Column, row: Row) -> Per | None:
    if amount.per or amount.unit == "percent":
        return amount.per
    for label in (column.label, row.label):
        for per, words in (
            ("year", r"\b(?:per annum|p\.?a\.?|annual|per year|annually)(?!\w)"),
            ("hour", r"\bper hour|hourly\b"),
            ("week", r"\bper week|weekly\b"),
            ("month", r"\bper month|monthly\b"),
            ("day", r"\bper (?:day|night)\b"),
            ("unit", r"\bper (?:unit|head|person|place|visit|property)\b|\bunit (?:cost|price)\b"),
        ):
            if re.search(words, label, re.I):
                return per  # type: ignore[return-value]
    return None
