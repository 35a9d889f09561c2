"""Unruled tables: rows of words whose figures stand under each other.

A column is known by its figures, right-aligned or centred, since labels may be of any length; what stands
left of, between and right of the columns of figures is their labels. The rules that a half-ruled table draws are
not needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.document import Edge, Word
from pipeline.layout.joining import level_rows
from pipeline.layout.labels import is_list_label
from pipeline.layout.lines import Line
from pipeline.layout.numbers import NIL, is_figure, is_unit
from pipeline.layout.row_bands import group_rows
from pipeline.layout.rows import Row, Run, Span, box_of, overlap, run_of, runs_of
from pipeline.layout.ruled import Grid, Slot
from pipeline.layout.spanning import heads_groups, spanned

LABEL_LINES = 4
"""Lines without figures that may stand between two rows: a wrapped label, a band's heading."""
NOTE_LINES = 10
"""The same, where the lines keep beside the figures."""
CLOSER = 0.5
"""Ems of white above the rest of a label at most, where rows stand further apart."""
ROW_GAP = 3.5
SECTION_GAP = 5.0
"""Ems of white between two rows at most; tables of several columns may leave more before a total."""
HEAD_GAP = 2.2
"""Ems of white between a heading that stands over several columns and its first row at most."""
BESIDE = 5.0
"""Points by which a heading may stand beside the only column that it can belong to."""
LARGER = 1.1
"""Times the size of a table's figures from which on a line above it is its caption."""
AS_FAR_LEFT = 3.0
"""Points by which it may stand right of the table's labels."""
CAPTION = re.compile(r"(?:table|figure|chart|annex|appendix)\s+[\dA-Z]", re.IGNORECASE)
HEAD_LINES = 8
"""Lines of column headings above the first row at most."""


@dataclass(slots=True)
class Aligned:
    """A table found in lines `first` up to `last`."""

    first: int
    last: int
    grid: Grid


@dataclass(slots=True)
class _Band:
    """Rows that may make a table, and their columns of figures."""

    first: int
    last: int
    columns: list[Span] = field(default_factory=list)


def find_aligned(lines: list[Line], edges: Sequence[Edge] = ()) -> list[Aligned]:
    """Tables among a column's lines (in order), top to bottom, never overlapping; `edges` are the page's rules."""
    rows = [Row(line, runs_of(line)) for line in lines]
    if sum(len(row.runs) > 1 for row in rows) < 2:
        return []
    _part_tight_figures(rows)
    found: list[Aligned] = []
    floor = 0
    for band in _bands(rows):
        first = _head(rows, band, floor)
        last = _foot(rows, band)
        columns = _all_columns(rows[first:last], band.columns, band.first - first)
        found.append(Aligned(first, last, _grid(rows[first:last], columns, band.columns, edges)))
        floor = last
    return found


def _part_tight_figures(rows: list[Row]) -> None:
    """Part a figure from the label that stands close to it, where its right edge is that of a column of figures."""
    edges: dict[int, int] = {}
    for row in rows:
        for run in row.runs:
            for x1 in {run.x1} if run.entry else {w.x1 for w in (run.words[0], run.words[-1]) if _is_amount(w)}:
                edges[round(x1)] = edges.get(round(x1), 0) + 1
    for row in rows:
        if len(row.runs) > 1 and edges:
            row.runs = [part for run in row.runs for part in _parted(run, edges)]


def _parted(run: Run, edges: dict[int, int]) -> list[Run]:
    if run.entry or len(run.words) < 2:
        return [run]
    first, last = run.words[0], run.words[-1]
    if (_is_amount(first) or NIL.match(first.text)) and _edge_count(edges, first.x1) > 2:
        return [run_of([first]), *_parted(run_of(run.words[1:]), edges)]
    if _is_amount(last) and _edge_count(edges, last.x1) > 2:
        return [run_of(run.words[:-1]), run_of([last])]
    return [run]


def _is_amount(word: Word) -> bool:
    """A figure that can be no list's number, and is no unit."""
    return is_figure(word.text) and not is_unit(word.text) and (len(word.text) > 2 or not word.text.isdigit())


def _edge_count(edges: dict[int, int], x: float) -> int:
    at = round(x)
    return edges.get(at - 1, 0) + edges.get(at, 0) + edges.get(at + 1, 0)


def _is_seed(row: Row) -> bool:
    """A row that shows figures in columns of their own, a numbered paragraph's label not counted."""
    entries = row.entries
    if not entries or len(row.runs) < 2 or not any(run.figure for run in entries):
        return len(entries) >= 2 and any(run.figure for run in entries)
    if len(entries) == 1 and row.runs[0].entry:
        return False
    if len(entries) < 3 and not row.line.words[0].text[0].isalnum() and is_list_label(row.line):
        return False  # a bulleted list of figures
    words = sum(len(run.words) for run in row.runs if not run.entry)
    return words <= 14 or len(entries) >= 3


def _bands(rows: list[Row]) -> list[_Band]:
    bands: list[_Band] = []
    seeds = [i for i, row in enumerate(rows) if _is_seed(row)]
    group: list[int] = []
    for seed, following in zip_longest(seeds, seeds[1:]):
        joined = _connected(rows, group, seed) or _inset(rows, group, seed, following) if group else False
        if group and (not joined or _headed_anew(rows, group, seed)):
            bands.extend(_band(rows, group))
            group = []
        group.append(seed)
    bands.extend(_band(rows, group))
    return bands


def _inset(rows: list[Row], group: list[int], seed: int, following: int | None) -> bool:
    """Whether a row's figures stand beside the table's columns, as parts of a sum do, and the next row's in both."""
    if following is None:
        return False
    spans = _figure_columns([rows[following]])
    own = [(run.x0, run.x1) for run in rows[seed].entries]
    return (
        following - seed <= 2 and abs(rows[seed].line.x0 - rows[group[-1]].line.x0) < 3
        and all(any(overlap(run, span) > 0 for span in spans) for run in own) and len(spans) > len(own)
        and _connected(rows, group, following)
    )


def _headed_anew(rows: list[Row], group: list[int], seed: int) -> bool:
    """Whether a caption, or a line of units with a line of headings above it, begins a table of its own."""
    between = rows[group[-1] + 1:seed]
    if not between or all(_units_alone(rows[i]) for i in group):
        return False
    if any(_is_caption(row, rows[group[-1]].line) for row in between):
        return True
    columns = _figure_columns([rows[seed]])
    return _units_alone(rows[seed]) and any(not row.entries and len(_covered(row, columns)) > 1 for row in between)


def _is_caption(row: Row, figures: Line) -> bool:
    """Whether a line names a table with such a line of figures: larger and as far left, or "Table 2: Reserves"."""
    larger = row.line.size > LARGER * figures.size and row.line.x0 < figures.x0 + AS_FAR_LEFT
    return len(row.runs) == 1 and (larger or CAPTION.match(row.line.text) is not None)


def _units_alone(row: Row) -> bool:
    """Whether what looks like figures in a line is units of money."""
    return all(is_unit("".join(word.text for word in run.words)) for run in row.entries)


def _connected(rows: list[Row], group: list[int], seed: int) -> bool:
    last = group[-1]
    columns = _figure_columns([rows[i] for i in group[-12:]])
    between = [run for row in rows[last + 1:seed] for run in row.runs]
    beside = len(columns) > 1 and all(overlap((run.x0, run.x1 - 2), c) <= 0 for run in between for c in columns)
    if seed - last > (NOTE_LINES if beside else LABEL_LINES) + 1:
        return False
    if not any(overlap((run.x0 - 2, run.x1 + 2), column) > 0 for run in rows[seed].entries for column in columns):
        return False
    reach = SECTION_GAP if len(columns) > 1 else ROW_GAP
    above = rows[last].line
    for row in rows[last + 1:seed]:
        if row.line.top - above.bottom > reach * row.line.size or _is_prose(row, columns):
            return False
        above = row.line
    return rows[seed].line.top - above.bottom < reach * rows[seed].line.size


def _is_prose(row: Row, columns: list[Span]) -> bool:
    """A line of text that runs on over the columns of figures."""
    longest = max(row.runs, key=lambda run: len(run.words))
    covered = sum(overlap((longest.x0, longest.x1), column) > 1 for column in columns)
    return len(longest.words) >= 9 and covered >= 1 or len(longest.words) >= 5 and covered >= 2


def _band(rows: list[Row], group: list[int]) -> list[_Band]:
    """The group as a band, where it is a table: two rows with two columns, or three with one."""
    if len(group) < 2:
        return []
    columns = _figure_columns([rows[i] for i in group])
    inner = [c for c in columns if sum(any(overlap((r.x0, r.x1), c) > 0 for r in rows[i].entries) for i in group) > 1]
    if not inner or (len(inner) == 1 and len(group) < 3) or _page_numbers(rows, group, inner):
        return []
    return [_Band(group[0], group[-1] + 1, columns)]


def _page_numbers(rows: list[Row], group: list[int], columns: list[Span]) -> bool:
    """A list of contents: one column of whole numbers that never falls."""
    if len(columns) > 1:
        return False
    texts = ["".join(w.text for w in rows[i].entries[-1].words) for i in group]
    if not all(text.isdigit() and len(text) <= 3 for text in texts):
        return False
    values = [int(text) for text in texts]
    return values == sorted(values) and len(set(values)) > 1


def _figure_columns(rows: list[Row]) -> list[Span]:
    """Where figures stand: the ranges that their runs cover, taken together from row to row."""
    spans = sorted((run.x0, run.x1) for row in rows for run in row.entries)
    columns: list[list[float]] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1] - 0.5:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    return [(c[0], c[1]) for c in columns]


def _head(rows: list[Row], band: _Band, floor: int) -> int:
    """The first line of the column headings above the band; the band gets the columns that only they show."""
    first = band.first
    left = HEAD_LINES
    while first > floor and left:
        above = _heading_above(rows, band, first, floor)
        if above is None:
            break
        first, left = above, left - 1
        band.columns = _with_empty(rows[first], band.columns)
    while first < band.first and not _over_columns(rows[first], band.columns) \
            and not heads_groups(rows[first], rows[first + 1], band.columns):
        first += 1
    return first - 1 if first == band.first > floor and _begins_label(rows[first - 1], rows[first]) else first


def _begins_label(row: Row, below: Row) -> bool:
    """Whether a line holds the first words of the label of the table's first row."""
    label = next((run for run in below.runs if not run.entry), None)
    return (
        label is not None and label.words[0].text[0].islower() and len(row.runs) == 1
        and abs(label.x0 - row.line.x0) < 1.5
        and below.line.top - row.line.bottom < 0.35 * row.line.size and not is_list_label(row.line)
        and row.line.x1 < min((run.x0 for run in below.runs if run.entry and run.x0 > label.x0), default=0.0)
    )


def _heading_above(rows: list[Row], band: _Band, first: int, floor: int) -> int | None:
    """The next line of headings above `first`, over notes if there are any; None where there is none."""
    row, below = rows[first - 1], rows[first]
    wide = max(len(_covered(one, band.columns)) for one in (row, below if first < band.first else row)) > 2
    size = rows[band.first].line.size
    if below.line.top - row.line.bottom > (HEAD_GAP if wide else 1.8) * size or _is_caption(row, rows[band.first].line):
        return None
    if _is_heading_row(row, band.columns) or first < band.first and heads_groups(row, below, band.columns):
        return first - 1
    return _above_notes(rows, band, first, floor)


def _above_notes(rows: list[Row], band: _Band, first: int, floor: int) -> int | None:
    """The line of column headings above notes that keep left of the figures; None where there is none."""
    for at in range(first - 1, max(floor, first - 1 - NOTE_LINES) - 1, -1):
        row, below = rows[at], rows[at + 1].line
        if below.top - row.line.bottom > 1.8 * row.line.size:
            return None
        if len(_covered(row, band.columns)) >= min(2, len(band.columns)):
            return at if _is_heading_row(row, band.columns) and not row.entries else None
        if len(row.runs) > 1 or _covered(row, band.columns):
            return None
    return None


def _covered(row: Row, columns: list[Span]) -> list[Span]:
    """The columns that its words stand over."""
    return [c for c in columns if any(overlap((run.x0, run.x1), c) > 0 for run in row.runs)]


def _is_heading_row(row: Row, columns: list[Span]) -> bool:
    if _is_prose(row, columns) or sum(len(run.words) for run in row.runs) > 30:
        return False
    if len(row.runs) == len(columns) > 1 and all(is_unit("".join(w.text for w in run.words)) for run in row.runs):
        return True
    if _over_columns(row, columns):
        return len(row.runs) > 1 or len(row.runs[0].words) <= 6
    return len(row.runs) == 1 and len(row.runs[0].words) <= 4 and not is_list_label(row.line)


def _over_columns(row: Row, columns: list[Span]) -> bool:
    """Whether a heading stands over a column, or each in the middle of several."""
    if len(row.runs) > 1 and spanned(row, columns, columns):
        return True
    return any(overlap((run.x0 - 3, run.x1 + 3), column) > 0 for run in row.runs for column in columns)


def _foot(rows: list[Row], band: _Band) -> int:
    """Lines after the last row that are the rest of its label."""
    last = band.last
    apart = min((
        below.line.top - above.line.bottom
        for above, below in zip(rows[band.first:], rows[band.first + 1:band.last], strict=False) if below.entries
    ), default=0.0)
    while last < min(len(rows), band.last + LABEL_LINES):
        row, above = rows[last], rows[last - 1].line
        white = row.line.top - above.bottom
        alone = len(row.runs) == 1 and row.line.x1 < band.columns[0][0] and not is_list_label(row.line)
        alike = above.bold == row.line.bold and _labels_end_below(rows, band, white)
        lower = last == band.last and row.line.words[0].text[0].islower()
        near = white < 0.35 * row.line.size and (lower or alike) or white < min(CLOSER * row.line.size, apart - 2)
        if not alone or not near or abs(row.line.x0 - above.x0) > 1.5:
            break
        last += 1
    return last


def _labels_end_below(rows: list[Row], band: _Band, white: float) -> bool:
    """Whether every row but the last has the last line of its label below its figures, as far off as `white`."""
    pairs = list(zip(rows[band.first:], rows[band.first + 1:band.last], strict=False))
    below = [lower.line.top - upper.line.bottom for upper, lower in pairs if upper.entries and len(lower.runs) == 1]
    figured = sum(bool(row.entries) for row in rows[band.first:band.last])
    return figured > 1 and len(below) == figured - 1 and all(abs(one - white) < 1 for one in below)


def _with_empty(row: Row, figures: list[Span]) -> list[Span]:
    """The columns of figures, and those that no figure stands in but whose unit the line of headings shows."""
    units = [(run.x0, run.x1) for run in row.runs if is_unit("".join(word.text for word in run.words))]
    empty = [unit for unit in units if all(overlap(unit, column) <= 0 for column in figures)]
    whole = len(units) == len(row.runs) == len(empty) + len(figures)
    return sorted([*figures, *empty]) if whole else figures


def _all_columns(rows: list[Row], figures: list[Span], head: int) -> list[Span]:
    """Columns of figures and, left of, between and right of them, of labels. The first `head` rows are headings."""
    above = [run for row in rows[:head] for run in row.runs]
    over = [run for run in above if sum(overlap((run.x0, run.x1), c) > -BESIDE for c in figures) == 1]
    stacked = {id(run) for run in above if any(overlap((run.x0, run.x1), (o.x0, o.x1)) > 0 for o in over)}
    heads = {id(run) for row in rows[:head] if len(row.runs) > 1 and spanned(row, figures, figures) for run in row.runs}
    labels = [
        run for row in rows for run in row.runs
        if id(run) not in stacked and id(run) not in heads and not _unit_near(run, figures)
        and not any(overlap((run.x0, run.x1), c) > 0.3 * (c[1] - c[0]) for c in figures)
    ]
    alone = {id(row.runs[0]) for row in rows if len(row.runs) == 1}
    count = sum(bool(row.entries) for row in rows)
    bounds: list[Span] = []
    edges = [(-1e6, -1e6), *figures, (1e6, 1e6)]
    for before, after in zip(edges, edges[1:], strict=False):
        between = [run for run in labels if before[1] - 1 <= (run.x0 + run.x1) / 2 <= after[0] + 1]
        parted = _label_columns([run for run in between if id(run) not in alone], count)
        bounds.extend(parted if len(parted) > 1 else _label_columns(between, count))
        if after[0] < 1e6:
            bounds.append(after)
    return bounds


def _unit_near(run: Run, figures: list[Span]) -> bool:
    """A unit that stands beside its column's figures rather than over them."""
    reach = 1.5 * run.words[0].size
    return is_unit("".join(w.text for w in run.words)) and any(overlap((run.x0, run.x1), c) > -reach for c in figures)


def _label_columns(runs: list[Run], rows: int) -> list[Span]:
    """Labels in the space between two columns of figures: one column, or more where a gutter parts them."""
    if not runs:
        return []
    columns: list[list[float]] = []
    counts: list[int] = []
    for run in sorted(runs, key=lambda r: r.x0):
        if columns and run.x0 < columns[-1][1] + 1:
            columns[-1][1] = max(columns[-1][1], run.x1)
            counts[-1] += 1
        else:
            columns.append([run.x0, run.x1])
            counts.append(1)
    if min(counts) < max(2, 0.25 * rows):
        return [(columns[0][0], columns[-1][1])]
    return [(c[0], c[1]) for c in columns]


def _grid(rows: list[Row], columns: list[Span], figures: list[Span], edges: Sequence[Edge]) -> Grid:
    """Rows with wrapped labels joined, each run in its columns."""
    groups = group_rows(level_rows(rows), figures, edges)
    slots: list[Slot] = []
    label: Slot | None = None
    for index, (group, goes_on) in enumerate(groups):
        placed: dict[int, Slot] = {}
        alone = len(group) == 1 and not _is_note(group[0], columns, figures)
        below = groups[index + 1][0][0] if index + 1 < len(groups) else None
        spans = spanned(group[0], columns, figures, below) if alone else None
        for row in group:
            for run in row.runs:
                if spans:
                    first, last = spans[id(run)]
                    placed[first] = Slot(index, first, 1, last - first + 1, box_of(run), list(run.words))
                else:
                    _place(run, index, columns, placed)
        own = placed.pop(0, None) if goes_on and label else placed.get(0)
        if goes_on and label:
            label.row_span = index + 1 - label.row
            label.words.extend(own.words if own else [])
        else:
            label = own if own and columns[0] not in figures else None
        slots.extend(placed.values())
    slots.sort(key=lambda s: (s.row, s.column))
    lines = [row.line for row in rows]
    box = (
        min(line.x0 for line in lines), min(line.top for line in lines),
        max(line.x1 for line in lines), max(line.bottom for line in lines),
    )
    return Grid(box, len(groups), len(columns), slots, ruled=False)


def _is_note(row: Row, columns: list[Span], figures: list[Span]) -> bool:
    """A lone text that begins where a column of labels does heads no columns of figures."""
    return len(row.runs) == 1 and any(abs(row.runs[0].x0 - c[0]) < 3 for c in columns if c not in figures)


def _place(run: Run, row: int, columns: list[Span], placed: dict[int, Slot]) -> None:
    hit = [i for i, c in enumerate(columns) if overlap((run.x0, run.x1), c) > 0.25 * min(c[1] - c[0], run.x1 - run.x0)]
    if not hit:
        middle = (run.x0 + run.x1) / 2
        hit = [min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1]))]
    if run.entry:
        hit = [max(hit, key=lambda i: overlap((run.x0, run.x1), columns[i]))]
    first, last = hit[0], hit[-1]
    if last > first and run.x0 < columns[first][0] + 3 and _is_label_column(columns, first, run):
        last = first  # a long label that runs on under empty cells
    slot = placed.get(first)
    box = box_of(run)
    if slot is None:
        placed[first] = Slot(row, first, 1, last - first + 1, box, list(run.words))
        return
    slot.words.extend(run.words)
    slot.column_span = max(slot.column_span, last - first + 1)
    slot.box = (min(slot.box[0], box[0]), min(slot.box[1], box[1]), max(slot.box[2], box[2]), max(slot.box[3], box[3]))


def _is_label_column(columns: list[Span], index: int, run: Run) -> bool:
    return index == 0 and len(run.words) > 1
