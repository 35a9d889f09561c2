"""Which lines of an unruled table make one row."""

from __future__ import annotations

import re
from statistics import median

from pipeline.layout.lines import make_line
from pipeline.layout.numbers import is_unit
from pipeline.layout.rows import Row, Run, Span, overlap, run_of
from pipeline.layout.spanning import spanned
from pipeline.layout.wrapped import wrapped_lines

OPEN = re.compile(r"(?:^(?:and|or|of|the|to|for|from|in|with|by)|&|[,/–-])$", re.IGNORECASE)
"""A label that ends so goes on in the next line."""
TIGHT = 0.92
"""Share of the usual step from row to row below which two lines are one label."""


def level_rows(rows: list[Row]) -> list[Row]:
    """Rows with those joined that overlap in height: a cell of two lines beside a cell of one, centred."""
    levelled: list[Row] = []
    reach = -1e6
    for row in rows:
        line = row.line
        if levelled and reach - line.top > 0.3 * line.size and _fits_beside(levelled[-1], row):
            above = levelled[-1]
            levelled[-1] = Row(make_line([*above.line.words, *line.words]), _stack([*above.runs, *row.runs]))
        else:
            levelled.append(row)
        reach = max(reach, line.bottom) if levelled[-1] is not row else line.bottom
    return levelled


def _fits_beside(above: Row, row: Row) -> bool:
    """Whether no figure of one stands over a figure of the other."""
    return not any(overlap((a.x0, a.x1), (b.x0, b.x1)) > 0 for a in above.entries for b in row.entries)


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


def join_rows(rows: list[Row], figures: list[Span]) -> list[list[Row]]:
    """Lines into rows: a label's second line belongs to the figures beside its first, or the other way round."""
    groups: list[list[Row]] = []
    started = False
    step = _usual_step(rows)
    first, wrapped = wrapped_lines(rows, figures, next((i for i, row in enumerate(rows) if _has_figures(row)), 0))
    for at, row in enumerate(rows):
        has = _has_figures(row)
        if not started and not has:
            row = _over_columns(row, figures)
        if id(row.line) in wrapped:
            groups[-1].append(row)
        elif not groups or wrapped and at >= first:
            groups.append([row])
        elif not started and not has:
            if _stacked(groups[-1], row, figures) and not _begins_row(rows, at, figures, step):
                groups[-1].append(row)
            else:
                groups.append([row])
        elif _wraps(groups[-1], row, has, _nearer(rows, at, step)):
            groups[-1].append(row)
        else:
            groups.append([row])
        started = started or has
    return groups


def _begins_row(rows: list[Row], at: int, figures: list[Span], step: float) -> bool:
    """Whether a line under the headings holds the first words of the label of the first row of figures."""
    row = rows[at]
    if at + 1 == len(rows) or not _has_figures(rows[at + 1]):
        return False
    beside = all(overlap((run.x0, run.x1), column) <= 0 for run in row.runs for column in figures)
    return beside and _wraps([row], rows[at + 1], True, _nearer(rows, at + 1, step))


def _stacked(head: list[Row], row: Row, figures: list[Span]) -> bool:
    """Headings of several lines above one column each: no line of them spans columns, none is a unit."""
    above = head[-1]
    if spanned(row, figures, figures) or spanned(above, figures, figures, row):
        return False
    if row.line.top - above.line.bottom > 0.5 * row.line.size:
        return False
    if any(is_unit("".join(w.text for w in run.words)) for run in [*row.runs, *above.runs]):
        return False
    return all(sum(overlap((r.x0, r.x1), c) > 1 for c in figures) <= 1 for r in [*row.runs, *above.runs])


def _wraps(group: list[Row], row: Row, figured: bool, near: bool) -> bool:
    """Whether `row` goes on with the label of the row above it, to which it may be `near`."""
    above = group[-1]
    if row.line.top - above.line.bottom > 0.45 * row.line.size:
        return False
    if figured and any(_has_figures(entry) for entry in group):
        return False
    label = next((run for run in row.runs if not run.entry), None)
    if label is None or above.line.bold != row.line.bold or not figured and len(row.runs) > 1:
        return False
    text = label.words[0].text
    over = [run for run in above.runs if not run.entry and abs(run.x0 - label.x0) < 1.5]
    goes_on = text[:1].islower() or text[:1] in "(&" or any(OPEN.search(run.words[-1].text) for run in over)
    return goes_on or near and bool(over) and 1 in (len(above.runs), len(row.runs))


def _nearer(rows: list[Row], at: int, step: float) -> bool:
    """Whether a line stands nearer to the one above than rows usually do, and than to the one below.

    A line of figures counts as near where the label above it is no nearer to the row before.
    """
    def distance(index: int) -> float:
        inside = 0 < index < len(rows)
        return rows[index].line.bottom - rows[index - 1].line.bottom if inside else 1e6

    up = distance(at)
    if up >= TIGHT * step:
        return False
    return up <= 1.05 * distance(at - 1) if _has_figures(rows[at]) else up < 0.95 * distance(at + 1)


def _has_figures(row: Row) -> bool:
    return any(run.figure for run in row.runs)


def _usual_step(rows: list[Row]) -> float:
    """The distance from one row of figures to the next where nothing stands between them; 0 where there is none."""
    steps = [
        below.line.bottom - above.line.bottom
        for above, below in zip(rows, rows[1:], strict=False) if _has_figures(above) and _has_figures(below)
    ]
    return median(steps) if steps else 0.0


def _over_columns(row: Row, figures: list[Span]) -> Row:
    """A line of headings, parted where each of several words stands right over a column of its own."""
    return Row(row.line, [part for run in row.runs for part in _parted_over(run, figures)])


def _parted_over(run: Run, figures: list[Span]) -> list[Run]:
    over = [i for i, column in enumerate(figures) if overlap((run.x0, run.x1), column) > 0]
    if len(run.words) < 2 or len(over) != len(run.words):
        return [run]
    for word, index in zip(run.words, over, strict=True):
        x0, x1 = figures[index]
        if abs(word.x1 - x1) > 4 and abs((word.x0 + word.x1) - (x0 + x1)) > 8:
            return [run]
    return [run_of([word]) for word in run.words]
