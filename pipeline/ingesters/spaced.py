"""Tables that plain text sets out by spaces: rows of words and figures whose columns stand under each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = re.compile(r"\S+(?: \S+)*")
"""Words that single spaces hold together are one cell."""
FIGURE = re.compile(r"[(+\-−–]?\s?£?\s?\(?\d[\d,.]*\s?(?:%|[kKmMp]|bn|million)?\)?[*†‡]?$|[-–—]$|nil$|n/a$", re.I)
DATE = re.compile(r"\b(?:19|20)\d\d$|\d:\d\d|\d\.\d\d\s?[ap]m", re.I)
SUM = re.compile(r"£|\d,\d{3}|\d\.\d|%|\d\s?[kKmM]\b")
"""A figure that can be no page number and no count of votes."""
LEAST_ROWS = 2
"""Rows of figures that make a table."""


@dataclass(slots=True, frozen=True)
class Piece:
    """Words of a line between gaps, and where they stand on it."""

    start: int
    end: int
    text: str


def spaced_rows(group: list[str]) -> tuple[int, int, list[list[str]]] | None:
    """First line, line behind the last, and the rows of the table that a run of lines holds; None where none does.

    A row has a label and, under each other row's, its figures; lines above with two cells or more are headings. Columns
    are told by what overlaps on the page, so that a figure may stand to the right under a heading to the left.
    """
    lines = [[Piece(m.start(), m.end(), m[0]) for m in GAP.finditer(line.expandtabs())] for line in group]
    figures = [at for at, pieces in enumerate(lines) if _is_row(pieces)]
    if len(figures) < LEAST_ROWS or figures[-1] - figures[0] != len(figures) - 1:
        return None
    if not any(SUM.search(piece.text) for at in figures for piece in lines[at][1:]):
        return None
    first = figures[0]
    while first and len(lines[first - 1]) >= 2 and not lines[first - 1][0].text.endswith((".", ":")):
        first -= 1
    table = lines[first : figures[-1] + 1]
    bands = _bands([piece for pieces in table for piece in pieces])
    rows: list[list[str]] = []
    for pieces in table:
        row = [""] * len(bands)
        for piece in pieces:
            column = next(i for i, (a, b) in enumerate(bands) if a <= piece.start < b)
            if row[column]:
                return None  # two cells in one column: the spaces mean something else
            row[column] = piece.text
        rows.append(row)
    return (first, figures[-1] + 1, rows) if len(bands) > 1 else None


def _is_row(pieces: list[Piece]) -> bool:
    """Whether a line is a label and figures."""
    if len(pieces) < 2 or FIGURE.match(pieces[0].text):
        return False
    return all(FIGURE.match(piece.text) and not DATE.search(piece.text) for piece in pieces[1:])


def _bands(pieces: list[Piece]) -> list[tuple[int, int]]:
    """The stretches of the page that pieces cover, those that touch put together: the columns."""
    bands: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda one: one.start):
        if bands and piece.start < bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], max(bands[-1][1], piece.end))
        else:
            bands.append((piece.start, piece.end))
    return bands
