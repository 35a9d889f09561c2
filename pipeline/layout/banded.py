"""Tables that rule only their rows: bands between horizontal rules, columns by the white between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.document import Page, Word
from pipeline.layout.labels import is_list_label
from pipeline.layout.lines import Line, gather_lines, lines_of
from pipeline.layout.rows import runs_of
from pipeline.layout.ruled import Grid, Slot, as_plumber

BANDS = 3
"""Rules that a table has at least."""
SHARE = 0.4
"""Share of the page's width that a rule covers at least."""
AGREE = 6.0
"""Points by which the ends of two rules of one table may differ."""
GUTTER = 0.55
"""Ems of white between columns at least."""
LAST_ROW = 18.0
"""Points below the last rule within which a last row begins."""
ROW_GAP = 0.7
"""Ems of white between two lines of it at most."""
RUNNING = 7
"""Words without a gap in a line of running text at least."""
STRAY = 0.06
"""Share of lines that may run over a gutter: a heading that spans, a total's label."""


def find_banded(
    page: Page, words: list[Word], printed: Sequence[Line], before: Sequence[float] = ()
) -> list[Grid]:
    """Such tables among a page's words, top to bottom, with their words in their slots.

    `printed` are the page's lines, some of whose words may be taken already; `before` are the bounds of the columns
    of such a table with which the page before ended.
    """
    found: list[Grid] = []
    for x0, x1, ys in _rule_groups(page, 1 if before else BANDS):
        if before and not found and abs(before[0] - x0) < AGREE and abs(before[-1] - x1) < AGREE:
            goes_on = _rest_of_table(words, before, ys)
            found += [goes_on] if goes_on else []
            if goes_on:
                continue
        if len(ys) < BANDS:
            continue
        inside = [w for w in words if x0 - 2 <= w.x0 and w.x1 <= x1 + 2 and ys[0] < (w.top + w.bottom) / 2 < ys[-1]]
        lines = lines_of(inside, printed)
        if len(lines) < 3:
            continue
        remarks = _remarks(lines, ys)
        bounds = _bounds([line for line in lines if _band_of(line, ys) not in remarks], x0, x1)
        if len(bounds) < 4 or _labels_only(inside, bounds):
            continue
        if remarks:
            found.append(_with_remarks(inside, bounds, ys, remarks))
            continue
        total = _last_row(words, bounds, ys[-1])
        grid = _grid([*inside, *total], bounds, [*ys, max(w.bottom for w in total)] if total else ys)
        if grid is not None:
            found.append(grid)
    return found


def _band_of(thing: Word | Line, ys: Sequence[float]) -> int:
    """Between which two rules a word or a line stands."""
    return bisect_left(ys, (thing.top + thing.bottom) / 2) - 1


def _remarks(lines: list[Line], ys: Sequence[float]) -> set[int]:
    """The bands that hold nothing but running text, below the headings and among rows of figures; none where fewer
    than two rows are."""
    if all(len(line.words) < RUNNING for line in lines):
        return set()
    bands: dict[int, list[Line]] = {}
    for line in lines:
        bands.setdefault(_band_of(line, ys), []).append(line)
    figures = {band: sum(run.figure for line in own for run in runs_of(line)) for band, own in bands.items()}
    rows = [band for band, count in figures.items() if count > 1]
    if len(rows) < 2:
        return set()
    below = {band: own for band, own in bands.items() if band > rows[0] and not figures[band]}
    return {
        band for band, own in below.items() if any(len(run.words) >= RUNNING for line in own for run in runs_of(line))
    }


def _with_remarks(words: list[Word], bounds: list[float], ys: list[float], remarks: set[int]) -> Grid:
    """The grid, a remark in a cell of its own from where its text begins to the last column."""
    grid = _in_bands([word for word in words if _band_of(word, ys) not in remarks], bounds, ys)
    for band in sorted(remarks):
        own = [word for word in words if _band_of(word, ys) == band]
        column = max(bisect_right(bounds, min(word.x0 for word in own)) - 1, 0)
        box = (bounds[column], ys[band], bounds[-1], ys[band + 1])
        grid.slots.append(Slot(band, column, 1, grid.columns - column, box, own))
    grid.slots.sort(key=lambda slot: (slot.row, slot.column))
    return grid


def _rest_of_table(words: list[Word], bounds: Sequence[float], ys: list[float]) -> Grid | None:
    """The rows with which a table goes on at the head of a page: above the first rule, between them, below the last."""
    above = [w for w in words if (w.top + w.bottom) / 2 < ys[-1]]
    inside = [w for w in above if bounds[0] - 2 <= w.x0 and w.x1 <= bounds[-1] + 2]
    lines = gather_lines(inside)
    if len(inside) < len(above) or not lines or _crossed(lines, bounds):
        return None
    below = gather_lines(w for w in words if (w.top + w.bottom) / 2 > ys[-1])
    tail: list[Line] = []
    for line in below:
        if tail and line.top > max(one.bottom for one in tail) + ROW_GAP * line.size:
            break
        tail.append(line)
    figured = [line for line in tail if sum(run.figure for run in runs_of(line)) > 1]
    if len(figured) != 1 or _crossed(tail, bounds) or tail[0].top > ys[-1] + LAST_ROW:
        tail = []
    if not any(run.figure for line in (*lines, *tail) for run in runs_of(line)):
        return None
    edges = [min(ys[0], lines[0].top) - 1, *ys, *([max(line.bottom for line in tail) + 1] if tail else [])]
    return _in_bands([*inside, *(word for line in tail for word in line.words)], list(bounds), edges)


def _crossed(lines: list[Line], bounds: Sequence[float]) -> bool:
    """Whether words run over the bound of a column."""
    return any(run.x0 + 1 < bound < run.x1 - 1 for line in lines for run in runs_of(line) for bound in bounds[1:-1])


def _rule_groups(page: Page, least: int) -> list[tuple[float, float, list[float]]]:
    """Left, right and heights of rules that begin and end alike, so many or more under each other."""
    from pdfplumber.table import merge_edges

    edges = [as_plumber(edge) for edge in page.edges if edge.top == edge.bottom]
    if len(edges) < least:
        return []
    groups: list[tuple[float, float, list[float]]] = []
    for edge in sorted(merge_edges(edges, 3, 3, 12, 3), key=lambda e: float(e["top"])):
        x0, x1, y = float(edge["x0"]), float(edge["x1"]), float(edge["top"])
        if x1 - x0 < SHARE * (page.width or 595.0):
            continue
        for left, right, ys in groups:
            if abs(left - x0) < AGREE and abs(right - x1) < AGREE:
                ys.append(y)
                break
        else:
            groups.append((x0, x1, [y]))
    return [group for group in groups if len(group[2]) >= least]


def _bounds(lines: list[Line], x0: float, x1: float) -> list[float]:
    """Left edge, the middles of the gutters that nearly all lines leave free, right edge."""
    size = lines[len(lines) // 2].size
    marks: list[tuple[float, int]] = []
    for line in lines:
        for run in runs_of(line):
            marks += [(run.x0, 1), (run.x1, -1)]
    marks.sort()
    allowed = STRAY * len(lines)
    bounds, cover, free_from = [x0], 0, None
    for x, step in marks:
        if step > 0 and cover <= allowed and free_from is not None and cover + step > allowed:
            if x - free_from > GUTTER * size:
                bounds.append((free_from + x) / 2)
            free_from = None
        cover += step
        if step < 0 and cover <= allowed and cover - step > allowed:
            free_from = x
    return _without_stray([*bounds, x1], lines)


def _without_stray(bounds: list[float], lines: list[Line]) -> list[float]:
    """The bounds, a column that one line alone reaches joined to the one left of it: its words are set wide there."""
    kept = bounds[:1]
    for left, right in zip(bounds[1:], bounds[2:], strict=False):
        own = [line for line in lines if any(left < (word.x0 + word.x1) / 2 < right for word in line.words)]
        figures = any(run.entry and left < run.x0 < right for line in own for run in runs_of(line))
        if len(own) != 1 or own[0].x0 > left or figures:
            kept.append(left)
    return [*kept, bounds[-1]]


def _last_row(words: list[Word], bounds: list[float], y: float) -> list[Word]:
    """The lines right below the last rule that make a row as well: one with no rule of its own, or cut by the page."""
    below = [w for w in words if (w.top + w.bottom) / 2 > y]
    row: list[Line] = []
    reach = y + LAST_ROW
    for line in gather_lines(w for w in below if bounds[0] - 2 <= w.x0 and w.x1 <= bounds[-1] + 2):
        if line.top > reach:
            break
        row.append(line)
        reach = max(reach if len(row) > 1 else 0.0, line.bottom + ROW_GAP * line.size)
    runs = [runs_of(line) for line in row]
    crossed = any(run.x0 < bound < run.x1 for own in runs for run in own for bound in bounds[1:-1])
    figured = [own for own in runs if sum(run.figure for run in own) >= 2]
    if crossed or len(figured) != 1 or any(sum(run.figure for run in own) == 1 for own in runs):
        return []
    return [word for line in row for word in line.words]


def _labels_only(words: list[Word], bounds: list[float]) -> bool:
    """A ruled list: its first column holds its labels, its second all else."""
    if len(bounds) > 4:
        return False
    first = gather_lines([w for w in words if w.x1 < bounds[1]])
    return bool(first) and all(is_list_label(line) for line in first)


def _grid(words: list[Word], bounds: list[float], ys: list[float]) -> Grid | None:
    grid = _in_bands(words, bounds, ys)
    return grid if _needs_bands(grid.slots) else None


def _in_bands(words: list[Word], bounds: list[float], ys: list[float]) -> Grid:
    slots: dict[tuple[int, int], Slot] = {}
    for word in words:
        x = (word.x0 + word.x1) / 2
        row = _band_of(word, ys)
        column = max(bisect_right(bounds, x, hi=len(bounds) - 1) - 1, 0)
        slot = slots.get((row, column))
        if slot is None:
            box = (bounds[column], ys[row], bounds[column + 1], ys[row + 1])
            slot = slots[row, column] = Slot(row, column, 1, 1, box)
        slot.words.append(word)
    ordered = [slots[key] for key in sorted(slots)]
    return Grid((bounds[0], ys[0], bounds[-1], ys[-1]), len(ys) - 1, len(bounds) - 1, ordered, bounds, ruled=False)


def _needs_bands(slots: list[Slot]) -> bool:
    """Whether rules part the rows, and some cells hold lines of text that without rules no one could put together.

    Where a cell holds figures under each other, only headings and totals are ruled.
    """
    rows = {slot.row for slot in slots}
    if len(rows) < 2 or len(slots) < 2.2 * len(rows):
        return False
    wrapped = figures = 0
    for slot in slots:
        lines = slot.lines
        shown = sum(len(runs) == 1 and runs[0].figure for runs in map(runs_of, lines))
        if shown > 1:
            return False
        figures += shown
        wrapped += slot.column > 0 and slot.row > 0 and len(lines) > 1
    return figures > 0 and wrapped > 0
