"""Labels that wrap in a narrow column: told by each line's next word, which would not have fitted in the column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.rows import Row, Run, Span

CLOSE = 2.5
"""Ems between the longest label and the first column at most: a wider gap would have taken the next word."""
TIGHT = 0.35
"""Ems of white between two lines of a label at most."""
APART = 0.4
"""Points by which the white between rows is wider than that between lines of a label."""
SPACE = 0.25
"""Ems between two words."""
WRAPS = 2
"""Lines at least that must have wrapped."""


def wrapped_lines(rows: Sequence[Row], figures: Sequence[Span], first: int) -> tuple[int, set[int]]:
    """Where the labels of a table begin whose first row of figures is `first`, and the ids of the lines that go on with
    the label of the line above; none where any line that is a label alone may be more than a part of one."""
    left = min((column[0] for column in figures), default=0.0)
    while first and _is_lone(rows[first - 1], left):
        first -= 1
    own = rows[first:]
    if sum(_is_lone(row, left) for row in own) < WRAPS:
        return first, set()
    limit = max(run.x1 for row in own if (run := _label(row, left)) is not None)
    pairs = list(zip(own, own[1:], strict=False))
    if close := _set_close(own, left):
        return first, close
    if left - limit > CLOSE * rows[first].line.size:
        return first, set()
    for at in (0, 1):
        wrapping = [pair for pair in pairs if _is_lone(pair[at], left)]
        if len(wrapping) >= WRAPS and all(_is_wrapped(*pair, left, limit) for pair in wrapping):
            return first, {id(pair[1].line) for pair in wrapping}
    return first, set()


def _set_close(rows: Sequence[Row], left: float) -> set[int]:
    """The ids of lines that stand closer to the line above than others do, if each row has one line of figures then."""
    whites = [below.line.top - above.line.bottom for above, below in zip(rows, rows[1:], strict=False)]
    levels = sorted(whites)
    for narrow, wide in zip(levels, levels[1:], strict=False):
        if wide - narrow > APART:
            close = {id(row.line) for row, white in zip(rows[1:], whites, strict=True) if white <= narrow}
            if _one_line_of_figures_each(rows, close, left):
                return close
    return set()


def _one_line_of_figures_each(rows: Sequence[Row], close: set[int], left: float) -> bool:
    groups: list[list[Row]] = []
    for row in rows:
        if id(row.line) in close and groups:
            groups[-1].append(row)
        else:
            groups.append([row])
    return len(groups) > 1 and all(
        sum(not _is_lone(row, left) for row in group) == 1 and len({row.line.bold for row in group}) == 1
        for group in groups
    )


def _label(row: Row, left: float) -> Run | None:
    first = row.runs[0]
    return first if not first.entry and first.x1 < left else None


def _is_lone(row: Row, left: float) -> bool:
    return len(row.runs) == 1 and _label(row, left) is not None


def _is_wrapped(above: Row, below: Row, left: float, limit: float) -> bool:
    """Whether the first word of the line below had no room at the end of the line above."""
    one, other = _label(above, left), _label(below, left)
    if one is None or other is None or abs(one.x0 - other.x0) > 1.5 or above.line.bold != below.line.bold:
        return False
    word = other.words[0]
    close = below.line.top - above.line.bottom < TIGHT * below.line.size
    return close and one.x1 + SPACE * above.line.size + word.x1 - word.x0 > limit + 1
