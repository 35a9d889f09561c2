"""Headings of an unruled table that stand over groups of columns: which columns are whose.

They are told by the headings below them, where those come back in every group ("Gross", "Net", "Gross", "Net"), or by
where they are centred.
"""

from __future__ import annotations

from pipeline.layout.numbers import is_unit
from pipeline.layout.rows import Row, Run, Span, overlap

ASIDE = 4.0
"""Points by which a heading may reach over its group's last column."""


def spanned(
    row: Row, columns: list[Span], figures: list[Span], below: Row | None = None
) -> dict[int, tuple[int, int]] | None:
    """First and last column of each heading of a row whose headings stand over groups of columns, by `id` of its run.

    `below` is the next line of headings. None where the row is none of headings over groups: where no heading has more
    than one column, or one would stand off the middle of its columns.
    """
    own = [i for i, column in enumerate(columns) if column in figures]
    runs = sorted(row.runs, key=lambda run: run.x0)
    if not runs or any(not is_unit("".join(word.text for word in run.words)) for run in row.entries):
        return None
    if below is not None and (period := _period(below, figures)):
        heads = _heads(runs, figures, period)
        if heads:
            labels = {id(run): (column, column) for run in runs if run not in heads for column in _under(run, columns)}
            groups = {id(run): (own[i * period], own[(i + 1) * period - 1]) for i, run in enumerate(heads)}
            return labels | groups if len(labels) + len(heads) == len(runs) else None
    if len(runs) >= len(own):
        return None
    ends = _parting(runs, [columns[i] for i in own])
    if ends is None:
        return None
    return {id(run): (own[start], own[end - 1]) for run, start, end in zip(runs, [0, *ends], ends, strict=False)}


def heads_groups(row: Row, below: Row, figures: list[Span]) -> bool:
    """Whether a line names the groups in which the headings of the line below come back."""
    period = 0 if row.entries else _period(below, figures)
    return period > 0 and bool(_heads(sorted(row.runs, key=lambda run: run.x0), figures, period))


def _period(row: Row, figures: list[Span]) -> int:
    """After how many columns a line's headings come back; 0 where they do not, or are all alike, as units are."""
    texts: list[str] = []
    for column in figures:
        over = [run for run in row.runs if overlap((run.x0, run.x1), column) > 0]
        if len(over) != 1:
            return 0
        texts.append(" ".join(word.text for word in over[0].words).lower())
    return next((
        period for period in range(2, len(texts) // 2 + 1)
        if len(texts) % period == 0 and len(set(texts[:period])) == period
        and texts == texts[:period] * (len(texts) // period)
    ), 0)


def _heads(runs: list[Run], figures: list[Span], period: int) -> list[Run]:
    """The headings of the groups of `period` columns, that of the labels left out; none where each has not its own."""
    count = len(figures) // period
    heads = runs[-count:]
    if len(runs) not in (count, count + 1):
        return []
    left = runs[0].x1 if len(runs) > count else -1e6
    for i, run in enumerate(heads):
        right = figures[(i + 1) * period - 1][1]
        if run.x0 < left or run.x1 > right + ASIDE:
            return []
        left = right
    return heads


def _under(run: Run, columns: list[Span]) -> list[int]:
    """The column that a heading of labels stands over, if it is one."""
    over = [i for i, column in enumerate(columns) if overlap((run.x0, run.x1), column) > 0]
    return over[:1] or [0]


def _parting(runs: list[Run], columns: list[Span]) -> list[int] | None:
    """Where each heading's columns end, with the least sum of distances from the middles of their groups."""
    best: list[dict[int, tuple[float, list[int]]]] = [{0: (0.0, [])}]
    for run in runs:
        middle = (run.x0 + run.x1) / 2
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in best[-1].items():
            for end in range(start + 1, len(columns) + 1):
                x0, x1 = columns[start][0], columns[end - 1][1]
                off = abs((x0 + x1) / 2 - middle)
                if off > max(0.6 * run.words[0].size, (0.2 if end - start > 1 else 0.6) * (x1 - x0)):
                    continue
                if end not in reached or cost + off < reached[end][0]:
                    reached[end] = (cost + off, [*ends, end])
        best.append(reached)
    return best[-1][len(columns)][1] if len(columns) in best[-1] else None
