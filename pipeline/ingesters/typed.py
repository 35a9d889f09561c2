"""Plain text that is set with spaces: columns of figures under each other, prose in two columns.

A table that was typed is handed on as words with places, a character 6 points wide and a line 12 high, so that layout
finds its columns as it does on a page. Prose in two columns is put one column after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.document import TYPED, Block, Word
from pipeline.labels import split_label

WIDTH, PITCH, HEIGHT = 6.0, 12.0, 10.0
ENTRY = r"(?:[-–(+£~]{0,3}\d[\d,]*(?:\.\d+)?\s?(?:m|k|bn|%)?\)?-?[*†]?|[-–—]|nil|n/a)"
FIGURED = re.compile(rf"(?:^|\S)\s{{2,}}{ENTRY}(?:\s*$|\s{{2,}}\S)", re.IGNORECASE)
FIGURES = re.compile(r"\d[\d,.]*\)?\s{2,}\D{0,3}\d|£|\d,\d{3}|\d\.\d\d")
"""A line with two figures, or with one that can be no page number."""
DRAWN = re.compile(r"^[\s\-=_–—]*[-=_–—]{3,}[\s\-=_–—]*$")
GAP = re.compile(r"\S\s{2,}(?=\S)")
INDENT = 12
"""Spaces before a line of headings that stands over the columns alone."""
LABEL, LABEL_LINES = 40, 2
"""Characters and lines at most of a first row's label, or a band's, that stands under the headings."""
BETWEEN, HEADS = 3, 6
"""Lines without figures between two rows, and lines of headings, at most."""
COLUMN_LINES = 4
"""Lines with text on both sides of a gutter that prove columns of prose."""
COLUMN_WORDS = 4
FULL = 0.7
"""Share of a column's width that a line covers at least which goes on in the next."""
GUTTER = 3
"""Spaces between two columns of prose at least."""


def typed_tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First line and last (not included) of each run of lines that may be a table typed with spaces."""
    figured = [i for i, line in enumerate(lines) if "\t" not in line and "|" not in line and FIGURED.search(line)]
    floor = 0
    run: list[int] = []
    for at in [*figured, len(lines) + BETWEEN + 2]:
        if run and at - run[-1] > BETWEEN + 1:
            if len(run) > 1 and any(FIGURES.search(lines[i]) for i in run):
                first = _head(lines, run[0], floor)
                yield first, run[-1] + 1
                floor = run[-1] + 1
            run = []
        run.append(at)


def _head(lines: Sequence[str], first: int, floor: int) -> int:
    """The first line of the headings above the row `first`."""
    head = first
    words = 0
    for at in range(first - 1, max(floor, first - HEADS) - 1, -1):
        line = lines[at].rstrip()
        if not line or DRAWN.match(line):
            continue
        if GAP.search(line.lstrip()) or len(line) - len(line.lstrip()) >= INDENT:
            head = at
        elif len(line) > LABEL or words == LABEL_LINES:
            break
        else:
            words += 1
    return head


def placed(lines: Sequence[str]) -> Block | None:
    """The lines as one block of words with places; None where they hold none."""
    words = [
        Word(
            token[0], WIDTH * token.start(), PITCH * at, WIDTH * token.end(), PITCH * at + HEIGHT, size=HEIGHT,
        )
        for at, line in enumerate(lines) if not DRAWN.match(line)
        for token in re.finditer(r"\S+", line)
    ]
    return Block("table", "\n".join(lines), style=TYPED, words=words) if words else None


def unfold(lines: Sequence[str]) -> list[str]:
    """The lines, prose in two columns put one column after the other."""
    unfolded: list[str] = []
    done = 0
    for first, last, gutter in _columns(lines):
        unfolded += lines[done:first]
        unfolded += ["", *_joined([line[:gutter] for line in lines[first:last]], gutter - GUTTER), ""]
        unfolded += ["", *_joined([line[gutter:] for line in lines[first:last]], gutter - GUTTER), ""]
        done = last
    return [*unfolded, *lines[done:]]


def _joined(lines: Sequence[str], width: int) -> list[str]:
    """The lines of a column with those joined that its width broke."""
    joined: list[str] = []
    full = False
    for line in lines:
        label, _ = split_label(line.strip())
        if joined and full and not (label and label.sure):
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line.strip())
        full = len(line.strip()) > FULL * width
    return joined


def _columns(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """First line, last and gutter of each run of lines in two columns: words begin at one place on the right."""
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].strip():
            run.append(at)
            continue
        gutter = _gutter([lines[i] for i in run]) if len(run) >= COLUMN_LINES else None
        if gutter is not None:
            yield run[0], run[-1] + 1, gutter
        run = []


def _gutter(lines: Sequence[str]) -> int | None:
    """Where the right column begins, if at least all but the last lines have prose on both sides of it."""
    starts = Counter(found.end() for line in lines for found in re.finditer(r"\S\s{3,}(?=\S)", line))
    if not starts:
        return None
    gutter, count = starts.most_common(1)[0]
    if count < max(COLUMN_LINES, 0.8 * len(lines)):
        return None
    if any(line[gutter - GUTTER:gutter].strip() for line in lines):
        return None
    sides = [(len(line[:gutter].split()), len(line[gutter:].split())) for line in lines]
    left, right = (sum(side) / len(lines) for side in zip(*sides, strict=True))
    return gutter if min(left, right) >= COLUMN_WORDS and not any(FIGURED.search(line) for line in lines) else None
