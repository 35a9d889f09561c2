"""Text set in columns: found by the gutters that its lines leave, read left column first."""

from __future__ import annotations

from bisect import bisect_left
from statistics import median

from pipeline.document import Word
from pipeline.layout.lines import Line, gather_lines
from pipeline.layout.numbers import is_figure
from pipeline.layout.rows import runs_of

GUTTER = 1.0
"""Ems of white between two columns at least."""
LINES, FEW = 7, 4
"""Lines with text on both sides that prove a gutter; few do where lines are long, and begin at one x in each column."""
WORDS, MANY = 4, 5
"""Words on each side of it in most of those lines; names and labels side by side have fewer."""


def in_columns(lines: list[Line]) -> list[list[Line]]:
    """The lines in runs to be read one after the other: what spans the page, a left column, the columns right of it."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines] if lines else []
    runs: list[list[Line]] = []
    sides: tuple[list[Word], list[Word]] = ([], [])
    spanning: list[Line] = []
    for line in lines:
        if _crosses(line, gutter):
            runs.extend(_sides(sides))
            sides = ([], [])
            spanning.append(line)
            continue
        if spanning:
            runs.append(spanning)
            spanning = []
        for word in line.words:
            sides[word.x1 > gutter].append(word)
    return [*runs, *([spanning] if spanning else []), *_sides(sides)]


def _sides(sides: tuple[list[Word], list[Word]]) -> list[list[Line]]:
    """The text left and right of a gutter, either of which may be in columns again."""
    return [run for side in sides if side for run in in_columns(gather_lines(side))]


def _gutter(lines: list[Line]) -> float | None:
    """The x that most lines leave free between words on both sides; None where text does not stand in columns."""
    gaps: list[tuple[float, float, Line]] = []
    for line in lines:
        if line.widest <= GUTTER * line.size:
            continue
        for at, (a, b) in enumerate(zip(line.words, line.words[1:], strict=False)):
            if b.x0 - a.x1 > GUTTER * line.size and min(at + 1, len(line.words) - at - 1) >= 2:
                gaps.append((a.x1, b.x0, line))
    if len(gaps) < FEW:
        return None
    lefts, rights = sorted(a for a, _, _ in gaps), sorted(b for _, b, _ in gaps)
    best = max((b for _, b, _ in gaps), key=lambda x: bisect_left(lefts, x - 1) - bisect_left(rights, x - 1)) - 1
    both = [line for a, b, line in gaps if a < best <= b]
    top, bottom = both[0].top, both[-1].bottom
    crossing = sum(_crosses(line, best) for line in lines if top <= line.top and line.bottom <= bottom)
    if len(both) < FEW or crossing > 0.25 * len(both):
        return None
    sides = [(sum(w.x1 <= best for w in line.words), sum(w.x1 > best for w in line.words)) for line in both]
    figures = sum(is_figure(w.text) for line in both for w in line.words)
    if figures > 0.15 * sum(len(line.words) for line in both):
        return None
    if sum(any(run.entry for run in runs_of(line)) for line in both) > 0.5 * len(both):
        return None  # a table's remarks stand beside its figures
    words = min(median(s[0] for s in sides), median(s[1] for s in sides))
    if len(both) < LINES and not (words >= MANY and crossing == 0 and _flush(both, best)):
        return None
    return best if words >= WORDS else None


def _flush(lines: list[Line], gutter: float) -> bool:
    """Whether all lines begin at one x, and go on at one x right of the gutter."""
    starts = [(line.x0, next(w.x0 for w in line.words if w.x1 > gutter)) for line in lines]
    return all(max(xs) - min(xs) < 1.5 for xs in zip(*starts, strict=True))


def _crosses(line: Line, x: float) -> bool:
    """Whether a word, or a mere space between two words, stands at `x`."""
    if line.x1 <= x or line.x0 >= x:
        return False
    left = max(w.x1 for w in line.words if w.x0 < x)
    right = min((w.x0 for w in line.words if w.x1 > x), default=line.x1)
    return right - left < 0.8 * GUTTER * line.size
