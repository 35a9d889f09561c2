"""Unruled tables of words alone: known by a bold line of headings, and by cells that begin where the headings do.

A list of actions, of members with their wards. A row ends where more white follows than within it, or, where all
lines are as far apart, with the next line that has something in its first column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Word
from pipeline.layout.labels import is_list_label
from pipeline.layout.lines import Line, make_line, segments
from pipeline.layout.ruled import Grid, Slot

GAP = 1.0
"""Ems of white between two headings at least, and two cells of a row."""
AGREE = 3.0
"""Points by which a cell may begin elsewhere than its heading."""
HEADING = 5
"""Words of a heading at most."""
APART = 2.5
"""Ems of white between two rows at most."""
JUMP = 1.0
"""Points by which the white between rows is wider than that between the lines of a cell."""
PROSE = 60
"""Words in a cell that is a passage of text."""


@dataclass(slots=True)
class Worded:
    """A table found in lines `first` up to `last`."""

    first: int
    last: int
    grid: Grid


def find_worded(lines: Sequence[Line]) -> list[Worded]:
    """Such tables among lines in order, top to bottom."""
    found: list[Worded] = []
    done = 0
    for at, line in enumerate(lines[:-2]):
        if at < done or not line.bold or line.widest <= GAP * line.size or lines[at + 1].bold:
            continue
        xs = _columns(line)
        if len(xs) < 2:
            continue
        rows = _rows(lines, at, xs)
        if _is_table(rows, len(xs)):
            found.append(Worded(at, at + 1 + sum(map(len, rows)), _grid([[line], *rows], xs)))
            done = found[-1].last
    return found


def _columns(head: Line) -> list[float]:
    """Where the headings of a line begin; none where it is no line of headings."""
    parts = segments(head, GAP)
    for part in parts:
        text = part[0].text
        if not all(word.bold for word in part) or len(part) > HEADING or part[-1].text.endswith((":", ".", ",")):
            return []
        if not text[0].isupper() and not text[0].isdigit():
            return []
    return [part[0].x0 for part in parts]


def _rows(lines: Sequence[Line], head: int, xs: list[float]) -> list[list[Line]]:
    """The lines under the headings whose cells begin where the headings do, row by row."""
    own: list[Line] = []
    whites: list[float] = []
    for above, line in zip(lines[head:], lines[head + 1:], strict=False):
        white = line.top - above.bottom
        if line.bold or white > APART * line.size or not _fits(line, xs):
            break
        own.append(line)
        whites.append(white)
    if not own:
        return []
    levels = sorted(whites[1:])
    within = next((a for a, b in zip(levels, levels[1:], strict=False) if b - a > JUMP), None)
    rows: list[list[Line]] = []
    for line, white in zip(own, whites, strict=True):
        begins = white > within if within is not None else line.x0 < xs[0] + AGREE
        if begins or not rows:
            rows.append([line])
        else:
            rows[-1].append(line)
    while rows and all(len(segments(line, GAP)) == 1 for line in rows[-1]):
        del rows[-1]  # text that begins where the first column does
    return rows


def _fits(line: Line, xs: Sequence[float]) -> bool:
    """Whether the parts of a line begin under headings, and end before the next."""
    starts = [part[0].x0 for part in segments(line, GAP)]
    if any(min(abs(start - x) for x in xs) > AGREE for start in starts):
        return False
    return not any(word.x0 < x - AGREE and word.x1 > x + AGREE for word in line.words for x in xs)


def _is_table(rows: Sequence[Sequence[Line]], columns: int) -> bool:
    """Whether enough rows fill enough columns, and none is an item of business or a passage."""
    full = [row for row in rows if max(len(segments(line, GAP)) for line in row) >= max(2, (columns + 1) // 2)]
    if len(full) < (2 if columns > 2 else 3) or len(full) < 0.6 * len(rows):
        return False
    if sum(is_list_label(row[0]) for row in rows) > 0.5 * len(rows):
        return False
    return all(sum(len(line.words) for line in row) < PROSE * columns / 2 for row in rows)


def _grid(rows: Sequence[Sequence[Line]], xs: Sequence[float]) -> Grid:
    slots: list[Slot] = []
    for at, row in enumerate(rows):
        cells: dict[int, list[Word]] = {}
        for line in row:
            for word in line.words:
                column = max(i for i, x in enumerate(xs) if i == 0 or word.x0 > x - AGREE - 0.5)
                cells.setdefault(column, []).append(word)
        for column in sorted(cells):
            own = make_line(cells[column])
            box = (own.x0, min(w.top for w in own.words), own.x1, max(w.bottom for w in own.words))
            slots.append(Slot(at, column, 1, 1, box, cells[column]))
    boxes = [slot.box for slot in slots]
    outer = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(outer, len(rows), len(xs), slots, ruled=False)
