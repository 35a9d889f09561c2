"""Which lines of an unruled table make one row, where the page itself parts the rows: by rules, or by white.

A table that rules below each of its rows, or leaves more white between rows than between the lines of a cell, shows
where a wrapped cell ends. Where several lines of figures stand between two rules, they share the label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.document import Edge
from pipeline.layout.joining import join_rows
from pipeline.layout.numbers import is_unit
from pipeline.layout.rows import Row, Span

CROSSING = 0.8
"""Share of the table's width that a rule between two rows covers at least."""
SAME_RULE = 2.0
"""Points between two prints of one rule."""
BANDS = 4
"""Rows of figures between rules of their own that prove that the table rules its rows."""
ALONE = 0.75
"""Share of them that hold no second line of figures."""
SHARING = 3
"""Lines of figures between two rules at most that share a label; more are rows that no rules part."""
SPACE = 0.25
"""Ems between two words."""
CLOSE, APART = 0.5, 0.85
"""Ems of white below which two lines are one row, and from which on they are two, where no white lies between."""

Group = tuple[list[Row], bool]
"""Lines that make one row, and whether it goes under the label of the row above."""


def rules_across(edges: Iterable[Edge], left: float, right: float, top: float, bottom: float) -> list[float]:
    """Heights between `top` and `bottom` at which rules, in one piece or several, run from `left` to `right`."""
    level = sorted(
        (e for e in edges if e.top == e.bottom and top <= e.top <= bottom and e.x1 > left and e.x0 < right),
        key=lambda e: e.top,
    )
    found: list[float] = []
    at = 0
    while at < len(level):
        y = level[at].top
        end = next((i for i in range(at, len(level)) if level[i].top > y + SAME_RULE), len(level))
        covered, reach = 0.0, left
        for edge in sorted(level[at:end], key=lambda e: e.x0):
            covered += max(min(edge.x1, right) - max(edge.x0, reach), 0.0)
            reach = max(reach, edge.x1)
        if covered >= CROSSING * (right - left):
            found.append(y)
        at = end
    return found


def group_rows(rows: list[Row], figures: list[Span], edges: Iterable[Edge]) -> list[Group]:
    """The lines of a table as rows: by its rules, by its white, or else by its labels' words."""
    left, right = min(row.line.x0 for row in rows), max(row.line.x1 for row in rows)
    top, bottom = rows[0].line.top - rows[0].line.size, rows[-1].line.bottom + rows[-1].line.size
    ys = rules_across(edges, left, right, top, bottom)
    return (
        _between_rules(rows, figures, ys)
        or _between_white(rows, figures)
        or [(group, False) for group in _boxed(join_rows(rows, figures), ys)]
    )


def _boxed(groups: list[list[Row]], ys: list[float]) -> list[list[Row]]:
    """Rows, the bold words above a bold total's label joined to it where two rules close in nothing else."""
    found: list[list[Row]] = []
    for group in groups:
        above = found[-1] if found else []
        if above and _is_rest_of_label(above, group[0]) and _closed_in([*above, *group], groups, ys):
            above.extend(group)
        else:
            found.append(list(group))
    return found


def _is_rest_of_label(above: list[Row], row: Row) -> bool:
    """Whether a row of figures may go on with the label that stands alone above it."""
    alone = all(len(one.runs) == 1 and one.line.bold and not _shows_figures(one) for one in above)
    close = row.line.top - above[-1].line.bottom < CLOSE * row.line.size
    return alone and close and row.line.bold and _shows_figures(row) and row.line.x0 < above[0].line.x0 + SAME_RULE


def _closed_in(label: list[Row], groups: list[list[Row]], ys: list[float]) -> bool:
    """Whether two rules stand next above and below the lines, with no other line between them."""
    top, bottom = label[0].line, label[-1].line
    band = bisect_right(ys, (top.top + top.bottom) / 2)
    if not 0 < band < len(ys) or bottom.bottom > ys[band] + SAME_RULE:
        return False
    between = [row for group in groups for row in group if ys[band - 1] < row.line.bottom <= ys[band] + SAME_RULE]
    return len(between) == len(label)


def _between_rules(rows: list[Row], figures: list[Span], ys: list[float]) -> list[Group]:
    """The rows that rules part; none where they do not rule off the lines of figures."""
    if len(ys) < BANDS:
        return []
    bands: dict[int, list[Row]] = {}
    for row in rows:
        bands.setdefault(bisect_right(ys, (row.line.top + row.line.bottom) / 2), []).append(row)
    counts = {band: sum(map(_shows_figures, own)) for band, own in bands.items() if 0 < band < len(ys)}
    held = [band for band, count in counts.items() if count]
    if len(held) < BANDS or sum(counts[band] == 1 for band in held) < ALONE * len(held):
        return []
    head = [row for band, own in bands.items() if band < held[0] for row in own]
    groups = [(group, False) for group in join_rows(head, figures)]
    limit = min(run.x0 for row in rows[len(head):] for run in row.runs[1:]) - CLOSE * rows[0].line.size
    for band, own in bands.items():
        if band >= len(ys) or band >= held[0] and counts[band] > SHARING:
            groups += [(group, False) for group in join_rows(own, figures)]
        elif band >= held[0]:
            groups += [(own, False)] if counts[band] < 2 else _sharing_a_label(own, limit)
    return groups


def _sharing_a_label(rows: list[Row], limit: float) -> list[Group]:
    """A row for each line of figures, under one label if it is printed once or its lines run on as they wrap.

    `limit` is where the column of labels ends: a line wraps where its next word would have run over it.
    """
    groups: list[Group] = []
    label: Row | None = None
    for row in rows:
        first = None if row.runs[0].entry or label and row.runs[0].x0 > label.runs[0].x0 + 3 else row.runs[0]
        if groups and not _shows_figures(row):
            groups[-1][0].append(row)
        else:
            wraps = first and label and label.runs[0].x1 + first.words[0].x1 - first.x0 > limit - SPACE * row.line.size
            groups.append(([row], label is not None and (first is None or bool(wraps))))
        label = row if first is not None else label
    return groups


def _shows_figures(row: Row) -> bool:
    return any(run.figure and not is_unit("".join(word.text for word in run.words)) for run in row.runs)


def _between_white(rows: list[Row], figures: list[Span]) -> list[Group]:
    """The rows that white parts; none where lines of figures stand close, or distances are neither wide nor narrow."""
    first = next((i for i, row in enumerate(rows) if _shows_figures(row)), 0)
    groups: list[list[Row]] = [[rows[first]]]
    for above, row in zip(rows[first:], rows[first + 1:], strict=False):
        white = (row.line.top - above.line.bottom) / row.line.size
        if CLOSE <= white < APART:
            return []
        if white >= APART:
            groups.append([row])
            continue
        if above.line.bold != row.line.bold:
            return []
        groups[-1].append(row)
    if len(groups) < BANDS or len(groups) == len(rows) - first:
        return []
    if any(sum(map(_shows_figures, group)) > 1 for group in groups):
        return []
    head = [(group, False) for group in join_rows(rows[:first], figures)]
    return [*head, *((group, False) for group in groups)]
