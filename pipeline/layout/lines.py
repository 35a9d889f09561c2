"""Words into lines: those that stand on one baseline, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from pipeline.document import Word

if TYPE_CHECKING:
    from pipeline.layout.rows import Run

SPLIT_GAP = 2.0
"""Gap, in ems, that parts a line into segments: a column's gutter or a hanging label, never a justified space."""
MARK_DIGITS, MARK_SIZE, MARK_GAP, MARK_RISE = 2, 0.8, 0.35, 0.15
"""A footnote's mark: its digits at most; its size, the gap before it and its rise at least, in ems of its word."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEFTWARD = re.compile("[\u0590-\u08ff]")
"""Letters of Hebrew, Arabic and their kin."""
REPRINT = 1.5
"""Points to the right at most that a second print of the same word is moved."""


@dataclass(slots=True)
class Line:
    """Words on one baseline. `size` is the size of most of its letters."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    _widest: float | None = field(default=None, repr=False, compare=False)
    runs: list[Run] | None = field(default=None, repr=False, compare=False)
    """Its parts that gaps separate, once `rows.runs_of` was asked for them."""

    @property
    def widest(self) -> float:
        """The widest gap between two words in points; below zero where there is none. Worked out once."""
        if self._widest is None:
            gaps = [right.x0 - left.x1 for left, right in zip(self.words, self.words[1:], strict=False)]
            self._widest = max(gaps, default=-1.0)
        return self._widest

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """Height of its boxes in points."""
        return self.bottom - self.top


def make_line(words: list[Word]) -> Line:
    """A line of words that are in order already."""
    first = words[0]
    if len(words) == 1:
        size = first.size if first.size > 0 else max(0.8 * (first.bottom - first.top), 1.0)
        return Line(words, first.x0, first.top, first.x1, first.bottom, size, first.bold, first.italic)
    if len({(w.size, w.bold, w.italic) for w in words}) == 1:
        size, main, bold, italic = first.size, words, first.bold, first.italic
    else:
        size, bold, italic = _usual_look(words)
        main = [w for w in words if w.size == size]
    if size <= 0:
        size = max(0.8 * (first.bottom - first.top), 1.0)
    return Line(
        words, min([w.x0 for w in words]), min([w.top for w in main]), max([w.x1 for w in words]),
        max([w.bottom for w in main]), size, bold, italic,
    )


def _usual_look(words: list[Word]) -> tuple[float, bool, bool]:
    """The size, weight and slant of most letters."""
    sizes: dict[float, int] = {}
    total = bold = italic = 0
    for word in words:
        letters = len(word.text)
        total += letters
        sizes[word.size] = sizes.get(word.size, 0) + letters
        if word.bold:
            bold += letters
        if word.italic:
            italic += letters
    return max(sizes, key=lambda s: sizes[s]), 2 * bold > total, 2 * italic > total


def gather_lines(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom. A word belongs to the line that it stands level with."""
    level = list(words)
    turned = [word for word in level if word.bottom - word.top > 1.9 * word.size and _is_turned(word)]
    if turned:
        apart = {id(word) for word in turned}
        level = [word for word in level if id(word) not in apart]
    if len(level) == 1 and not turned:
        return [make_line(level)]
    rows: list[_Row] = []
    row = None
    level.sort(key=lambda w: (w.top + w.bottom, w.x0))
    for word in level:
        if row is not None and word.top == row.top and word.bottom == row.bottom > row.top:
            row.words.append(word)  # as nearly all words of a line stand
            continue
        for row in rows[:-4:-1]:
            if row.takes(word):
                row.add(word)
                break
        else:
            rows.append(_Row(word))
        row = rows[-1]
    lines = [make_line(_in_order(row.words)) for row in rows] + _turned_lines(turned)
    lines.sort(key=lambda line: (line.top + line.bottom, line.x0))
    return lines


def lines_of(words: Sequence[Word], known: Sequence[Line]) -> list[Line]:
    """The lines of some of the words of the lines `known`: those themselves, where none is cut."""
    held = {id(word) for word in words}
    whole = [line for line in known if held.issuperset(map(id, line.words))]
    return whole if sum([len(line.words) for line in whole]) == len(held) else gather_lines(words)


def _is_turned(word: Word) -> bool:
    """A word that stands on its side on a page whose text is level."""
    height = word.bottom - word.top
    return height > 1.9 * word.size > 0 and height > 1.5 * (word.x1 - word.x0) and len(word.text) > 1


def _turned_lines(words: list[Word]) -> list[Line]:
    """Lines that run upward, as the headings of narrow columns do."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (round(w.x0), -w.bottom)):
        if lines and abs(lines[-1][-1].x0 - word.x0) < 0.5 * word.size and lines[-1][-1].top - word.bottom < word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [make_line(line) for line in lines]


class _Row:
    __slots__ = ("bottom", "top", "words")

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.top, self.bottom = word.top, word.bottom

    def takes(self, word: Word) -> bool:
        height = self.bottom - self.top
        own = word.bottom - word.top
        if own < 0.75 * height:  # a superscript, or a footnote's mark, rides high or low on its line
            middle = (word.top + word.bottom) / 2
            return self.top - 0.1 * height <= middle <= self.bottom + 0.1 * height
        overlap = min(self.bottom, word.bottom) - max(self.top, word.top)
        return overlap > 0.6 * min(height, own)

    def add(self, word: Word) -> None:
        self.words.append(word)
        if word.bottom - word.top > self.bottom - self.top:
            self.top, self.bottom = word.top, word.bottom


def _in_order(words: list[Word]) -> list[Word]:
    """From left to right, without a second print of the same word (bold made by printing twice)."""
    if len(words) < 2:
        return words
    words.sort(key=lambda w: w.x0)
    kept = words if _printed_once(words) else _without_reprints(words)
    if len({word.size for word in kept}) > 1:
        kept = _with_marks(kept)
    text = "".join([word.text for word in kept])
    return kept if text.isascii() or not LEFTWARD.search(text) else _read_leftward(kept)


def _printed_once(words: list[Word]) -> bool:
    return min([right.x0 - left.x0 for left, right in zip(words, words[1:], strict=False)]) >= REPRINT


def _without_reprints(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in words:
        for other in kept[:-4:-1]:
            if word.x0 - other.x0 >= REPRINT:
                kept.append(word)
                break
            if word.text == other.text and abs(word.top - other.top) < 1.5:
                break
        else:
            kept.append(word)
    return kept


def _with_marks(words: list[Word]) -> list[Word]:
    """Words from left to right, a footnote's raised number joined to the word that it follows, as no digit of it; one
    that opens the line, as before the note itself, stays alone."""
    if _is_mark(words[0], words[1]):
        words[0].text = words[0].text.translate(RAISED)
    kept = words[:1]
    for word in words[1:]:
        last = kept[-1]
        if _is_mark(word, last) and word.x0 - last.x1 < MARK_GAP * last.size:
            last.text += word.text.translate(RAISED)
        else:
            kept.append(word)
    return kept


def _is_mark(word: Word, beside: Word) -> bool:
    return word.text.isdecimal() and len(word.text) <= MARK_DIGITS and word.size < MARK_SIZE * beside.size \
        and beside.bottom - word.bottom > MARK_RISE * beside.size


def _read_leftward(words: list[Word]) -> list[Word]:
    """Words from left to right in the order in which they are read: those of Arabic or Hebrew that follow each other
    from the right."""
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if LEFTWARD.search(word.text):
            run.append(word)
        else:
            kept += [*reversed(run), word]
            run = []
    return kept + run[::-1]


def segments(line: Line, gap: float = SPLIT_GAP) -> list[list[Word]]:
    """The line's words in runs, parted where a gap is wider than `gap` ems."""
    if line.widest <= gap * line.size:
        return [line.words]
    runs = [[line.words[0]]]
    for left, right in zip(line.words, line.words[1:], strict=False):
        if right.x0 - left.x1 > gap * line.size:
            runs.append([right])
        else:
            runs[-1].append(right)
    return runs


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document's letters are set."""

    size: float = 10.0
    bold: bool = False


def body_of(lines: Iterable[Line]) -> Body:
    """The size in which most letters are set, and whether nearly all are bold, so that bold says nothing."""
    sizes: dict[float, int] = {}
    bold = 0
    for line in lines:
        size = round(line.size * 2) / 2
        letters = len("".join([w.text for w in line.words]))
        sizes[size] = sizes.get(size, 0) + letters
        bold += letters if line.bold else 0
    if not sizes:
        return Body()
    return Body(max(sizes, key=lambda s: sizes[s]), bold > 0.75 * sum(sizes.values()))


def line_pitch(lines: list[Line], size: float) -> float:
    """The usual distance from one line's bottom to the next one's, within paragraphs of text."""
    steps = [
        b.bottom - a.bottom for a, b in zip(lines, lines[1:], strict=False)
        if 0.8 * size < b.bottom - a.bottom < 2.2 * size
    ]
    if not steps:
        return 1.2 * size
    steps.sort()
    return median(steps[: max(1, 2 * len(steps) // 3)])
