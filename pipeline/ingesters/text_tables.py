"""Tables in plain text: rows between pipes or tabs, and tables that a converter left with one cell to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document import Block
from pipeline.ingesters.characters import tidy
from pipeline.ingesters.markdown import TABLE_RULE, pipe_cells, plain
from pipeline.ingesters.paragraphs import SourceCell, table_block
from pipeline.labels import split_label

CELL = 60
"""Characters of a cell that stands on a line of its own at most."""
COLUMNS = 8
ROWS = 2
"""Rows under the headings that prove a table of three columns and more; of two columns it takes one more."""
NUMBER = re.compile(r"[-–(+£~]{0,3}\d[\d,]*(?:\.\d+)?\s?(?:m|k|bn|%)?\)?-?[*†]?|[-–—]|nil|n/a", re.IGNORECASE)
MONEY = re.compile(r"£|\b000s?\b|\b(?:19|20)\d\d[-/]\d\d|\b(?:budget|amount|cost|actual|forecast|paid|total)\b", re.I)
SUM = re.compile(r"\d,\d{3}|\d\.\d\d\b|£")


def row_like(line: str) -> bool:
    """Whether a line may be the row of a table; a label and its text are no row though a tab parts them."""
    if line.strip().startswith("|") or " | " in line or TABLE_RULE.match(line):
        return True
    label, offset = split_label(line, bare=True)
    rest = line[offset:] if label else line
    return "\t" in (rest if label else line.rstrip()) and bool(rest.strip())


def table_rows(group: list[str]) -> list[list[str]]:
    """The rows of a table in pipes or tabs, markers stripped; none where the lines are no table."""
    if not row_like(group[0]) or len(group) < 2:
        return []
    if group[0].strip().startswith("|") or any(TABLE_RULE.match(line) for line in group):
        return [pipe_cells(line) for line in group if not TABLE_RULE.match(line)]
    if " | " in group[0]:
        rows = [pipe_cells(line) for line in group]
        return rows if len({len(row) for row in rows}) == 1 else []
    return [[tidy(plain(cell)) for cell in line.split("\t")] for line in group]


def as_table(rows: list[list[str]]) -> Block:
    """A table block; the first row is its heading, as text has no other way to say so."""
    cells = [
        SourceCell(at, column, blocks=[Block("paragraph", text)])
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]
    if not cells:
        return Block("paragraph", "|")
    return table_block(cells, header_rows=1 if len(rows) > 1 else 0)


def rejoin_cells(lines: Sequence[str]) -> list[str]:
    """The lines, those of a table of money that stands with one cell to a line put into rows between pipes.

    Headings come first, as many as there are columns; then in every row words come first and numbers stand in the
    same columns. A table with an empty cell loses the count and is left as it is.
    """
    if not any(NUMBER.fullmatch(line.strip().removesuffix(".")) for line in lines):
        return list(lines)
    joined: list[str] = []
    filled = [i for i, line in enumerate(lines) if line.strip()]
    at = 0
    done = 0
    while at < len(filled):
        found = _cells_from(lines, filled, at)
        if found is None:
            at += 1
            continue
        columns, end = found
        joined += lines[done:filled[at]]
        cells = [_cell(lines[i], _is_closed(lines[filled[at]])).replace("|", "\\|") for i in filled[at:end]]
        joined += ["", *(f"| {' | '.join(cells[i:i + columns])} |" for i in range(0, len(cells), columns)), ""]
        done, at = filled[end - 1] + 1, end
    return [*joined, *lines[done:]]


def _cells_from(lines: Sequence[str], filled: list[int], at: int) -> tuple[int, int] | None:
    """How many columns the table has that begins with the filled line `at`, and where it ends."""
    closed = _is_closed(lines[filled[at]])
    if _kind(_cell(lines[filled[at]], closed)) != "w":
        return None
    kinds = ""
    for i in range(at, len(filled)):
        if closed and not _is_closed(lines[filled[i]]):
            break
        kind = _kind(_cell(lines[filled[i]], closed))
        if kind == "" or i > at and filled[i] - filled[i - 1] > 2:
            break
        kinds += kind
    for columns in range(2, COLUMNS + 1):
        row = kinds[columns:2 * columns]
        if len(row) < columns or "n" in kinds[:columns] or row[0] != "w" or "n" not in row:
            continue
        rows = 1
        while kinds[(rows + 1) * columns:(rows + 2) * columns] == row:
            rows += 1
        end = at + (rows + 1) * columns
        cells = [_cell(lines[i], closed) for i in filled[at:end]]
        headed = any(MONEY.search(cell) for cell in cells[:columns])
        if rows >= ROWS + (columns == 2) and headed and any(SUM.search(cell) for cell in cells[columns:]):
            return columns, end
    return None


def _is_closed(line: str) -> bool:
    """Whether a full stop ends a line: so every cell of a table does that was written to be read aloud."""
    return line.rstrip().endswith(".")


def _cell(line: str, closed: bool) -> str:
    """The text of a cell, without its full stop where all have one."""
    return tidy(line).removesuffix("." if closed else "")


def _kind(line: str) -> str:
    """"n" for a cell of a number, "w" for one of words, nothing for what is no cell."""
    text = line.strip()
    if NUMBER.fullmatch(text):
        return "n"
    label, _ = split_label(text)
    return "" if len(text) > CELL or text[-1:] in ".;:" or "|" in text or (label and label.sure) else "w"
