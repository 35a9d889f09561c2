"""Unruled tables: rows of words whose figures stand under each other.

A column is known by its figures, right-aligned or centred, since labels may be of any length; what stands
left of, between and right of the columns of figures is their labels. The rules that a half-ruled table draws are
not needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Word
from pipeline.layout.labels import is_list_label
from pipeline.layout.lines import Line, make_line
from pipeline.layout.numbers import is_entry, is_figure, is_unit
from pipeline.layout.ruled import Grid, Slot

GAP = 0.75
"""Ems between two columns at least; spaces between words are 0.25 to 0.35."""
LABEL_LINES = 4
"""Lines without figures that may stand between two rows: a wrapped label, a band's heading."""
NOTE_LINES = 8
"""The same, where the lines keep left of the figures."""
ROW_GAP = 3.5
SECTION_GAP = 5.0
"""Ems of white between two rows at most; tables of several columns may leave more before a total."""
HEAD_LINES = 8
"""Lines of column headings above the first row at most."""

Span = tuple[float, float]


@dataclass(slots=True)
class Run:
    """Words of a line with no gap between them."""

    words: list[Word]
    x0: float
    x1: float
    entry: bool
    figure: bool


@dataclass(slots=True)
class Row:
    """A line with its runs."""

    line: Line
    runs: list[Run]

    @property
    def entries(self) -> list[Run]:
        """The runs that can stand in a column of figures."""
        return [run for run in self.runs if run.entry]


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


def find_aligned(lines: list[Line]) -> list[Aligned]:
    """Tables among a column's lines (in order), top to bottom, never overlapping."""
    rows = [Row(line, runs_of(line)) for line in lines]
    _part_tight_figures(rows)
    found: list[Aligned] = []
    floor = 0
    for band in _bands(rows):
        first = _head(rows, band, floor)
        last = _foot(rows, band)
        columns = _all_columns(rows[first:last], band.columns)
        found.append(Aligned(first, last, _grid(rows[first:last], columns, band.columns)))
        floor = last
    return found


def runs_of(line: Line) -> list[Run]:
    """Parts of a line that gaps separate; figures are always parted from each other."""
    groups: list[list[Word]] = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        gap = right.x0 - left.x1
        between_figures = is_entry(left.text) and is_entry(right.text) and gap > 0.3 * line.size
        if gap > GAP * line.size or between_figures:
            groups.append([right])
        else:
            groups[-1].append(right)
    return [_run(group) for group in groups]


def _run(words: list[Word]) -> Run:
    text = "".join(w.text for w in words)
    entry = len(words) <= 3 and is_entry(text)
    return Run(words, words[0].x0, words[-1].x1, entry, entry and is_figure(text))


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
    if _is_amount(first) and _edge_count(edges, first.x1) > 2:
        return [_run([first]), *_parted(_run(run.words[1:]), edges)]
    if _is_amount(last) and _edge_count(edges, last.x1) > 2:
        return [_run(run.words[:-1]), _run([last])]
    return [run]


def _is_amount(word: Word) -> bool:
    """A figure that can be no list's number."""
    return is_figure(word.text) and (len(word.text) > 2 or not word.text.isdigit())


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
    for seed in seeds:
        if group and not _connected(rows, group, seed):
            bands.extend(_band(rows, group))
            group = []
        group.append(seed)
    bands.extend(_band(rows, group))
    return bands


def _connected(rows: list[Row], group: list[int], seed: int) -> bool:
    last = group[-1]
    columns = _figure_columns([rows[i] for i in group[-12:]])
    beside = all(row.line.x1 < columns[0][0] + 2 for row in rows[last + 1:seed])
    if seed - last > (NOTE_LINES if beside and len(columns) > 1 else LABEL_LINES) + 1:
        return False
    if not any(_overlap((run.x0 - 2, run.x1 + 2), column) > 0 for run in rows[seed].entries for column in columns):
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
    covered = sum(_overlap((longest.x0, longest.x1), column) > 1 for column in columns)
    return len(longest.words) >= 9 and covered >= 1 or len(longest.words) >= 5 and covered >= 2


def _band(rows: list[Row], group: list[int]) -> list[_Band]:
    """The group as a band, where it is a table: two rows with two columns, or three with one."""
    if len(group) < 2:
        return []
    columns = _figure_columns([rows[i] for i in group])
    inner = [c for c in columns if sum(any(_overlap((r.x0, r.x1), c) > 0 for r in rows[i].entries) for i in group) > 1]
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
    """The first line of the column headings above the band."""
    first = band.first
    size = rows[first].line.size
    while first > floor and band.first - first < HEAD_LINES:
        row = rows[first - 1]
        below = rows[first].line
        if below.top - row.line.bottom > 1.8 * size or not _is_heading_row(row, band.columns):
            break
        first -= 1
    while first < band.first and not _over_columns(rows[first], band.columns):
        first += 1
    return first


def _is_heading_row(row: Row, columns: list[Span]) -> bool:
    if _is_prose(row, columns) or sum(len(run.words) for run in row.runs) > 30:
        return False
    if _over_columns(row, columns):
        return len(row.runs) > 1 or len(row.runs[0].words) <= 6
    return len(row.runs) == 1 and len(row.runs[0].words) <= 4 and not is_list_label(row.line)


def _over_columns(row: Row, columns: list[Span]) -> bool:
    return any(_overlap((run.x0 - 3, run.x1 + 3), column) > 0 for run in row.runs for column in columns)


def _foot(rows: list[Row], band: _Band) -> int:
    """Lines after the last row that are the rest of its label."""
    last = band.last
    if last < len(rows):
        row, above = rows[last], rows[last - 1].line
        text = row.line.words[0].text
        close = row.line.top - above.bottom < 0.35 * row.line.size
        if close and len(row.runs) == 1 and text[:1].islower() and not is_list_label(row.line) \
                and row.line.x1 < band.columns[0][0]:
            return last + 1
    return last


def _all_columns(rows: list[Row], figures: list[Span]) -> list[Span]:
    """Columns of figures and, left of, between and right of them, of labels: bounds that meet."""
    bounds: list[Span] = []
    edges = [(-1e6, -1e6), *figures, (1e6, 1e6)]
    for before, after in zip(edges, edges[1:], strict=False):
        between = [
            run for row in rows for run in row.runs
            if not any(_overlap((run.x0, run.x1), c) > 0.3 * (c[1] - c[0]) for c in figures)
            and before[1] - 1 <= (run.x0 + run.x1) / 2 <= after[0] + 1
        ]
        bounds.extend(_label_columns(between, len(rows)))
        if after[0] < 1e6:
            bounds.append(after)
    return bounds


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


def _grid(rows: list[Row], columns: list[Span], figures: list[Span]) -> Grid:
    """Rows with wrapped labels joined, each run in its columns."""
    groups = _join_rows(_level_rows(rows), figures)
    slots: list[Slot] = []
    for index, group in enumerate(groups):
        placed: dict[int, Slot] = {}
        spans = spanned(group[0], columns, figures) if len(group) == 1 else None
        for row in group:
            for run in row.runs:
                if spans:
                    first, last = spans[id(run)]
                    placed[first] = Slot(index, first, 1, last - first + 1, _box(run), list(run.words))
                else:
                    _place(run, index, columns, placed)
        slots.extend(placed.values())
    slots.sort(key=lambda s: (s.row, s.column))
    lines = [row.line for row in rows]
    box = (
        min(line.x0 for line in lines), min(line.top for line in lines),
        max(line.x1 for line in lines), max(line.bottom for line in lines),
    )
    return Grid(box, len(groups), len(columns), slots)


def _place(run: Run, row: int, columns: list[Span], placed: dict[int, Slot]) -> None:
    hit = [i for i, c in enumerate(columns) if _overlap((run.x0, run.x1), c) > 0.25 * min(c[1] - c[0], run.x1 - run.x0)]
    if not hit:
        middle = (run.x0 + run.x1) / 2
        hit = [min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1]))]
    if run.entry:
        hit = [max(hit, key=lambda i: _overlap((run.x0, run.x1), columns[i]))]
    first, last = hit[0], hit[-1]
    if last > first and run.x0 < columns[first][0] + 3 and _is_label_column(columns, first, run):
        last = first  # a long label that runs on under empty cells
    slot = placed.get(first)
    box = _box(run)
    if slot is None:
        placed[first] = Slot(row, first, 1, last - first + 1, box, list(run.words))
        return
    slot.words.extend(run.words)
    slot.column_span = max(slot.column_span, last - first + 1)
    slot.box = (min(slot.box[0], box[0]), min(slot.box[1], box[1]), max(slot.box[2], box[2]), max(slot.box[3], box[3]))


def _is_label_column(columns: list[Span], index: int, run: Run) -> bool:
    return index == 0 and len(run.words) > 1


def _box(run: Run) -> tuple[float, float, float, float]:
    return run.x0, min(w.top for w in run.words), run.x1, max(w.bottom for w in run.words)


def _level_rows(rows: list[Row]) -> list[Row]:
    """Rows with those joined that overlap in height: a cell of two lines beside a cell of one, centred."""
    levelled: list[Row] = []
    reach = -1e6
    for row in rows:
        line = row.line
        if levelled and reach - line.top > 0.3 * line.size and not (levelled[-1].entries and row.entries):
            above = levelled[-1]
            levelled[-1] = Row(make_line([*above.line.words, *line.words]), _stack([*above.runs, *row.runs]))
        else:
            levelled.append(row)
        reach = max(reach, line.bottom) if levelled[-1] is not row else line.bottom
    return levelled


def _stack(runs: list[Run]) -> list[Run]:
    """Runs from left to right, those over each other as one."""
    stacked: list[Run] = []
    for run in sorted(runs, key=lambda r: r.x0):
        if stacked and run.x0 < stacked[-1].x1 and not run.entry:
            last = stacked[-1]
            stacked[-1] = Run([*last.words, *run.words], last.x0, max(last.x1, run.x1), False, False)
        else:
            stacked.append(run)
    return stacked


def _join_rows(rows: list[Row], figures: list[Span]) -> list[list[Row]]:
    """Lines into rows: a label's second line belongs to the figures beside its first, or the other way round."""
    groups: list[list[Row]] = []
    started = False
    for row in rows:
        has = bool(row.entries) and any(run.figure for run in row.entries)
        if not groups:
            groups.append([row])
        elif not started and not has:
            if _stacked(groups[-1], row, figures):
                groups[-1].append(row)
            else:
                groups.append([row])
        elif _wraps(groups[-1], row, has):
            groups[-1].append(row)
        else:
            groups.append([row])
        started = started or has
    return groups


def spanned(row: Row, columns: list[Span], figures: list[Span]) -> dict[int, tuple[int, int]] | None:
    """First and last column of each heading of a row whose headings stand centred over groups of columns."""
    runs = [run for run in row.runs if any(_overlap((run.x0, run.x1), c) > -20 for c in figures)]
    if not runs or len(runs) < len(row.runs) or len(runs) >= len(figures) or row.entries:
        return None
    held: dict[int, list[int]] = {id(run): [] for run in runs}
    for index, column in enumerate(columns):
        if column in figures:
            middle = (column[0] + column[1]) / 2
            nearest = min(runs, key=lambda run: abs((run.x0 + run.x1) / 2 - middle))
            held[id(nearest)].append(index)
    for run in runs:
        own = held[id(run)]
        if not own or own[-1] - own[0] + 1 != len(own):
            return None
        x0, x1 = columns[own[0]][0], columns[own[-1]][1]
        if abs((x0 + x1) / 2 - (run.x0 + run.x1) / 2) > (0.2 if len(own) > 1 else 0.6) * (x1 - x0):
            return None
    if max(len(own) for own in held.values()) < 2:
        return None
    return {id(run): (held[id(run)][0], held[id(run)][-1]) for run in runs}


def _stacked(head: list[Row], row: Row, figures: list[Span]) -> bool:
    """Headings of several lines above one column each: no line of them spans columns, none is a unit."""
    above = head[-1]
    if spanned(row, figures, figures) or spanned(above, figures, figures):
        return False
    if row.line.top - above.line.bottom > 0.5 * row.line.size:
        return False
    if any(is_unit("".join(w.text for w in run.words)) for run in [*row.runs, *above.runs]):
        return False
    return all(sum(_overlap((r.x0, r.x1), c) > 1 for c in figures) <= 1 for r in [*row.runs, *above.runs])


def _wraps(group: list[Row], row: Row, has_figures: bool) -> bool:
    """Whether `row` goes on with the label of the row above it."""
    above = group[-1]
    if row.line.top - above.line.bottom > 0.45 * row.line.size:
        return False
    figures_above = any(run.figure for entry in group for run in entry.entries)
    text = next((run.words[0].text for run in row.runs if not run.entry), "")
    if has_figures and figures_above:
        return False
    lower = text[:1].islower() or text[:1] in "(&"
    if has_figures:  # figures beside the label's last line
        return lower and above.line.bold == row.line.bold
    return lower and len(row.runs) == 1


def _overlap(a: Span, b: Span) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])
