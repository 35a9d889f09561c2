"""Amounts in tables: each with the labels of its row and column, its unit, its year, what it measures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.document import Block, Cell, Outline, Table
from pipeline.extractors.money.amounts import Amount, find_amounts
from pipeline.extractors.money.claims import Passage
from pipeline.extractors.money.parties import find_funds, is_name, is_organisation
from pipeline.extractors.money.prose import cents, figures_in
from pipeline.extractors.money.shares import is_share_of_money
from pipeline.extractors.money.table_context import Row, Surroundings
from pipeline.extractors.money.table_headings import (
    Column,
    columns_of,
    header_rows,
    is_number,
    number_of,
    pattern,
    spans_all,
    stated_unit,
    unit_in,
)
from pipeline.extractors.money.table_measures import (
    MOVEMENT,
    band_measure,
    basis_of_labels,
    healed,
    measure_of_cell,
    measures_of,
    period_of_cell,
    without_codes,
)
from pipeline.extractors.money.table_parts import parts
from pipeline.extractors.money.unlabelled import first_summed
from pipeline.extractors.money.years import financial_years, heading_years, own_years
from pipeline.records import BudgetFigure, BudgetTable, identify

MARK = re.compile(r"[*†‡#^⁰¹²³⁴-⁹]{1,2}$")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Digits of a footnote's mark, which are no part of the amount."""
NOTHING = re.compile(r"\W*(?:nil|n/?a)?\W*", re.I)
"""What a cell prints for no amount."""
PROSE = 60
"""A cell of more characters than this, with a sentence in it, is read as prose."""
PHRASE = re.compile(r"(?=\S+(?: \S+){3})[A-Z][^£|]{6,}? (?:to|of|at|by|from) (?:£|\d+p\b)")
"""A shorter cell that says what becomes of an amount ("increase to 60p per hour")."""
SUFFIXED = re.compile(r"^[(+\-−–]*\d[\d,]*(?:\.\d+)?\s?(?P<suffix>p|k|m|bn|millions?)\)?$", re.I)
SUFFIXES = {
    "p": Decimal("0.01"), "k": Decimal(1000), "m": Decimal(10**6), "bn": Decimal(10**9), "million": Decimal(10**6),
}
"""A number that prints its own unit without a pound sign ("80p", "1.2m") has that unit, whatever its heading says."""
COUNTED = re.compile(
    r"(?:^|\()(?:number|no\.|nos\.|count) of\b|\bfull[- ]time equivalents?\b|\bFTEs?\b|\bheadcount\b", re.I
)
"""A row that counts, whatever the others of its table are."""


@dataclass(slots=True)
class MoneyTable:
    """A table of money as read: what the sums are checked on."""

    record: BudgetTable
    figures: list[BudgetFigure]
    cells: dict[tuple[int, int], BudgetFigure]
    rows: list[Row]
    columns: list[Column]


def read_tables(outline: Outline, block: Block, around: Surroundings) -> list[MoneyTable]:
    """The money of a table block: a table for each set of headings in it; none where it holds no money."""
    if block.table is None or not block.table.cells:
        return []
    read = [_read_table(outline, block, part, around) for part in parts(block.table) if part.cells]
    return [table for table in read if table is not None]


def _read_table(outline: Outline, block: Block, table: Table, around: Surroundings) -> MoneyTable | None:
    start, end = (block.start, block.end) if table is block.table else (table.cells[0].start, table.cells[-1].end)
    grid = table.grid()
    head = header_rows(table, grid)
    inside = [row[0].text for row in grid[:head] if spans_all(row) and row[0] is not None]
    around = replace(around, title=" ".join((around.title, *inside)).strip())
    heading_text = " ".join(cell.text for row in grid[:head] for cell in row if cell is not None)
    factor, unit_words = unit_in(stated_unit(grid, head) or " ".join((around.title, _corner(grid, head))))
    columns = columns_of(table, grid, head, factor)
    around = replace(around, corner=healed(columns[0].label) if columns[0].labels_rows else "")
    if unit_words is None:
        unit_words = unit_in(heading_text)[1]
    table_id = identify("table", outline.document_id, start)
    record = BudgetTable(
        table_id=table_id,
        document_id=outline.document_id,
        item_id=outline.item_id_at(start),
        title=around.title or around.heading or None,
        unit_heading=unit_words,
        financial_year=_table_year(around),
        page=table.cells[0].page or block.page,
        char_start=start,
        char_end=end,
        rule="money.table",
        confidence=0.9,
    )
    read = MoneyTable(record, [], {}, [], columns)
    _read_rows(outline, block, grid, head, factor, around, read)
    return read if read.figures else None


def _corner(grid: list[list[Cell | None]], head: int) -> str:
    return " ".join(row[0].text for row in grid[:head] if row and row[0] is not None)


def _table_year(around: Surroundings) -> str | None:
    for text in (around.title, around.lead, around.heading, around.document_title):
        years = {year for _, _, year in financial_years(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return around.year


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
        cells = [cell for cell in _distinct(grid[r]) if cell.row == r]
        label = _row_label(_distinct(grid[r]), read.columns)
        if not any(_holds_money(cell, read.columns[cell.column]) for cell in cells):
            words_only = label and all(not is_number(cell.text) for cell in cells) and len(cells) <= 2
            if words_only and (_is_band(cells, label) or not read.rows or read.rows[-1].is_total):
                band = label
            for cell in cells:
                if _is_prose(cell.text):
                    read.figures += figures_in(outline, Passage(cell.text, cell.start, around.heading, around.title))
            continue
        years = own_years(label)
        row = Row(
            r,
            label,
            _first_label(cells),
            band,
            bool(pattern("totals").search(without_codes(label))),
            years[0] if years else None,
            next((cell.text for cell in cells if pattern("bodies").search(read.columns[cell.column].label)
                  and not pattern("totals").search(cell.text)), None),
        )
        read.rows.append(row)
        for cell in cells:
            if _is_prose(cell.text):
                lead = read.columns[cell.column].label or row.first
                read.figures += figures_in(outline, Passage(cell.text, cell.start, around.heading, lead))
                continue
            for figure in _cell_figures(outline, cell, read.columns[cell.column], row, factor, around, read):
                read.figures.append(figure)
                read.cells.setdefault((r, cell.column), figure)
        if row.is_total and len(measures_of(band)) < 2:
            band = ""  # one of several measures may be summed up, and the band go on
    _settle_unclear(read)
    _settle_stray_minus(read)


def _is_band(cells: list[Cell], label: str) -> bool:
    """Whether a row without numbers heads those below: by its print; else it is a row that has none."""
    return label.isupper() or label.rstrip().endswith(":") or all(cell.bold for cell in cells)


def _is_prose(text: str) -> bool:
    return len(text) > PROSE and not is_number(text) or PHRASE.match(text) is not None


def _first_label(cells: list[Cell]) -> str:
    """The words left of the row's first number: what the row is, without the remarks behind its numbers."""
    words: list[str] = []
    for cell in cells:
        if is_number(cell.text) and words or "£" in cell.text or "%" in cell.text:
            break
        if not is_number(cell.text):
            words.append(cell.text)
    return " ".join(words[:2])


def _settle_unclear(read: MoneyTable) -> None:
    """A cell whose labels name no measure takes that of most of its table's cells."""
    known = Counter(
        f.measure
        for f in read.cells.values()
        if not f.rule.endswith("/none") and f.measure not in ("variance", "share", "rate")
    )
    if not known:
        return
    usual = known.most_common(1)[0][0]
    for figure in read.figures:
        if figure.rule == "money.table/none":
            figure.measure, figure.rule, figure.confidence = usual, "money.table/table", 0.6


def _settle_stray_minus(read: MoneyTable) -> None:
    """A dash behind one figure of a table that puts what is negative in brackets is a slip of the keyboard."""
    trailing = [figure for figure in read.figures if figure.raw.endswith("-") and figure.amount < 0]
    if len(trailing) == 1 and any(figure.raw.startswith("(") for figure in read.figures):
        trailing[0].amount = -trailing[0].amount


def _distinct(row: list[Cell | None]) -> list[Cell]:
    found: list[Cell] = []
    for cell in row:
        if cell is not None and not any(cell is other for other in found):
            found.append(cell)
    return found


def _row_label(cells: list[Cell], columns: list[Column]) -> str:
    """The words of the row: its cells that are no numbers (codes and references among them)."""
    numbers = [at for at, cell in enumerate(cells) if _holds_money(cell, columns[cell.column])]
    led = cells[: numbers[0]] if numbers else cells
    words = _words_of(led) or _words_of(cells)
    if not words:
        words = [cell.text for cell in cells if columns[cell.column].labels_rows or columns[cell.column].reference]
    return " ".join(words)


def _words_of(cells: list[Cell]) -> list[str]:
    """The cells that hold words, not numbers, codes or nothing."""
    return [
        cell.text for cell in cells
        if not is_number(cell.text) and "£" not in cell.text and "%" not in cell.text
        and NOTHING.fullmatch(cell.text) is None
    ]


def _holds_money(cell: Cell, column: Column) -> bool:
    if column.reference:
        return False
    return "£" in cell.text or is_number(cell.text) or "%" in cell.text or PHRASE.match(cell.text) is not None


def _cell_figures(
    outline: Outline, cell: Cell, column: Column, row: Row, factor: int | None, around: Surroundings, read: MoneyTable
) -> list[BudgetFigure]:
    """The figures of one cell: a bare number in the table's unit, or amounts printed with their own."""
    text = cell.text
    if column.reference:
        return []
    found: list[BudgetFigure] = []
    for amount in _amounts(text, column, row, factor, any(other.money for other in read.columns)):
        start = cell.start + amount.start
        measure, rule, confidence = measure_of_cell(amount, column, row, around)
        first = None
        if not row.label and amount.unit == "GBP" and (above := _figures_above(read, column)):
            first = first_summed(above, cents(amount.low))
            measure, rule, confidence = band_measure(row.band, None) or (first or above[0]).measure, "above", 0.4
        mark = MARK.search(text)
        years = heading_years(column.label)
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
                basis=basis_of_labels(row.label, column.label),
                per=period_of_cell(amount, column, row),
                financial_year=(years[-1] if years else None) or row.year or read.record.financial_year,
                organisation=row.organisation
                or next((t for t in (row.label, column.label) if " " in t and is_organisation(t)), None)
                or (row.label if around.names_bidders and not row.is_total and is_name(row.label) else None),
                fund=_fund_in(row.label),
                table_id=read.record.table_id,
                row_label=row.label or None,
                column_label=column.label or None,
                footnote=around.footnotes.get(mark[0]) if mark else None,
                is_total=row.is_total or column.adds_up or first is not None,
                page=cell.page or outline.document.page_at(start),
                char_start=start,
                char_end=start + amount.end - amount.start,
                rule=f"money.table/{rule}",
                confidence=confidence,
            )
        )
    return found


def _figures_above(read: MoneyTable, column: Column) -> list[BudgetFigure]:
    """The amounts in pounds of the column, the last first: a row without a label sums them or goes on with them."""
    return [f for (_, c), f in reversed(read.cells.items()) if c == column.index and f.unit == "GBP"]


def _amounts(text: str, column: Column, row: Row, factor: int | None, beside_money: bool) -> list[Amount]:
    """The amounts of a cell: a bare number in the unit of its column, or amounts printed with their own."""
    text = text.rstrip(RAISED)
    bare = is_number(text)
    if bare and "£" not in text and COUNTED.search(row.label):
        return []
    if (own := SUFFIXED.match(text)) is not None:
        value = number_of(text) * SUFFIXES[own["suffix"].lower().removesuffix("s")]
        return [Amount(0, len(text), text, value, None, "GBP", None, None)] if column.money else []
    if bare and "£" not in text and "%" not in text:
        if column.percent and not (column.factor and column.money):
            kept = _percent_is_money(text, column, row, beside_money)
            return [Amount(0, len(text), text, number_of(text), None, "percent", None, None)] if kept else []
        unit = column.factor or (factor if column.money else None) or unit_in(row.label)[0]
        if unit is None and not column.money:
            return []
        return [Amount(0, len(text), text, number_of(text) * (unit or 1), None, "GBP", None, None)]
    amounts = find_amounts(text)
    if bare and len(amounts) == 1 and amounts[0].unit == "GBP":
        only = amounts[0]
        scaled = bool(re.search(r"[kKmMb]", only.raw))
        value = abs(only.low) * (1 if scaled else column.factor or factor or 1)
        return [
            Amount(0, len(text), text, -value if number_of(text) < 0 else value, None, "GBP", only.per, only.qualifier)
        ]
    return [a for a in amounts if a.unit == "GBP" or _percent_is_money(text, column, row, beside_money)]


def _percent_is_money(text: str, column: Column, row: Row, beside_money: bool) -> bool:
    """By the column's heading where there is one, else by the row's label, else by the money beside it."""
    for label in (column.label, row.first):
        if re.search(r"[A-Za-z]{3}", re.sub(r"per\s?cent\w*", "", label)):
            phrase = f"{label} {text}"
            told, rule = is_share_of_money(phrase, len(label) + 1, len(phrase), "")
            if told:
                return True
            if label is column.label:
                return beside_money and MOVEMENT.search(label) is not None and rule != "share.count"
    told, rule = is_share_of_money(f"{text} {row.label}", 0, len(text), "")
    return told or (beside_money and rule != "share.count")


@lru_cache(maxsize=2048)
def _fund_in(label: str) -> str | None:
    return next((name.text for name in find_funds(label)), None)
