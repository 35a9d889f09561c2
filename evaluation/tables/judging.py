"""When is a cell right? One rule for readings of every tool, and a stricter one for ours.

The common rule: the value stands in a row that also holds the words of its row's label, and, where the tool gives
columns, the last words of its column's label stand above it. The strict rule, for labels that a record carries: the
whole label, spanning heading and all, and nothing of another row's or column's label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from evaluation.tables.checked import SPAN, CheckedCell

Grid = Sequence[Sequence[str]]
"""Rows of cells; an empty cell is an empty string."""
SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "−": "-", "‐": "-", "\u00ad": None, "\u0002": "-"})


def words(text: str) -> list[str]:
    """Its words, small, without punctuation; an apostrophe parts no word."""
    return re.findall(r"[a-z0-9]+", text.translate(SAME).replace("'", "").lower())


def value(text: str) -> str:
    """A printed value without its spaces."""
    return re.sub(r"\s+", "", text.translate(SAME))


def holds_words(text: str, label: str) -> bool:
    """Whether the label's words stand in the text, one after the other."""
    return f" {' '.join(words(label))} " in f" {' '.join(words(text))} "


def has_all_words(text: str, label: str) -> bool:
    """Whether all the label's words stand in the text, in whatever order its lines came; broken words count whole."""
    return not Counter(words(label)) - Counter(words(text)) or "".join(words(label)) in "".join(words(text))


def in_row(grid: Grid, cell: CheckedCell) -> list[tuple[int, int]]:
    """Places (row, column) of the grid where the value stands in a row with its label."""
    wanted = value(cell.value)
    return [
        (r, c) for r, row in enumerate(grid) for c, text in enumerate(row)
        if value(text) == wanted and holds_words(" ".join(row), cell.row)
    ]


def in_column(grid: Grid, place: tuple[int, int], cell: CheckedCell) -> bool:
    """Whether the last part of the column's label stands above the place."""
    above = " ".join(row[place[1]] for row in grid[: place[0]] if place[1] < len(row))
    return has_all_words(above, cell.column.split(SPAN)[-1])


def right_in_grids(grids: Iterable[Grid], cell: CheckedCell) -> bool:
    """The common rule, for tools that give tables."""
    return any(in_column(grid, place, cell) for grid in grids for place in in_row(grid, cell))


def right_in_lines(lines: Iterable[str], cell: CheckedCell) -> bool:
    """The common rule, for tools that give text alone: label and value on one line."""
    wanted = value(cell.value)
    return any(wanted in map(value, line.split()) and holds_words(line, cell.row) for line in lines)


def row_label_right(label: str, cell: CheckedCell, others: Iterable[str]) -> bool:
    """The strict rule for a row's label: its words, and no other row's before them or right behind.

    Remarks behind the numbers of a row may follow its label, whatever they name.
    """
    before, own, behind = f" {' '.join(words(label))} ".partition(f" {' '.join(words(cell.row))} ")
    foreign = [" ".join(words(other)) for other in others if not holds_words(cell.row, other)]
    return bool(own) and not any(
        f" {other} " in f"{before} " or f"{behind} ".startswith(f"{other} ") for other in foreign
    )


def column_label_right(label: str, cell: CheckedCell, others: Iterable[str]) -> bool:
    """The strict rule for a column's label: every part's words, and not all of another column's."""
    parts = cell.column.split(SPAN)
    whole = " ".join(parts)
    if not has_all_words(label, whole) and not all(has_all_words(label, part) for part in parts):
        return False
    columns = (other.replace(SPAN, " ") for other in others)
    return not any(has_all_words(label, other) for other in columns if words(other) and not has_all_words(whole, other))
