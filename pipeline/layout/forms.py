"""Forms of label and value without rules: labels in one column, values in another, either of which may wrap.

    Report to:        Cabinet                        Report to:     Cabinet
    Title of report:  Parking permits: a review      Title:         Parking permits: a review
                      of the charges                 Date:          of the charges
    Date of meeting:  16 January 2025                               16 January 2025

A value stands level with its label (left), or the labels are one stack and the values another (right), where the first
belongs to the first and so on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.document import Block, Word
from pipeline.layout.joining import OPEN
from pipeline.layout.lines import Body, Line, make_line
from pipeline.layout.paragraphs import Paragraph, Setting, gather_paragraphs, make_block, setting_of
from pipeline.layout.ruled import Grid, Slot

COLUMN = 1.0
"""Ems of white between the labels and the values of two lines at least."""
AGREE = 2.0
"""Points by which the values of one form may begin elsewhere."""
WORDS = 8
"""Words of a label's line at most."""
APART = 2.0
"""Ems of white between two lines of a form at most."""
HIGHER = 1.0
"""Points by which the white above a value is wider than that between its lines."""
WRAPPED = 0.9
"""Ems of white below which a line goes on with the label above it, if that has no colon yet."""


@dataclass(slots=True)
class Pair:
    """A label's lines and its value's, the latter in paragraphs."""

    label: list[Line]
    value: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """A form in lines `first` up to `last`."""

    first: int
    last: int
    pairs: list[Pair]


@dataclass(slots=True)
class _Halves:
    """A line's words left of where values begin, and from there on."""

    left: Line | None
    right: Line | None


def find_forms(lines: Sequence[Line], setting: Setting) -> list[Form]:
    """Forms among lines in order, top to bottom; those left out whose every line is a label and its whole value."""
    forms: list[Form] = []
    seeds = [(at, x) for at, line in enumerate(lines) if line.widest > COLUMN * line.size and (x := _value_x(line))]
    done = 0
    for (at, x), (_, following) in pairwise(seeds):
        if at < done or abs(x - following) > AGREE:
            continue
        halves = _rows(lines, at, min(x, following))
        done = max(done, at + len(halves))
        pairs = _pairs_of(halves, setting) if len(halves) > 1 else []
        if len(pairs) > 1:
            forms.append(Form(at, at + len(halves), pairs))
    return forms


def _pairs_of(halves: Sequence[_Halves], setting: Setting) -> list[Pair]:
    """The pairs of rows that hold one label each, or two beside each other; none where no line of them wraps."""
    found = [(half.right, at) for half in halves if half.right and (at := _second_label(half.right))]
    xs = [line.words[at].x0 for line, at in found]
    if len(xs) < 2 or max(xs) - min(xs) > AGREE:
        return [] if all(half.left and half.right for half in halves) else _pairs(halves, setting)
    x = min(xs) - AGREE
    values = min(line.words[_value_at(line.words, at)].x0 for line, at in found) - AGREE
    beside = [line for half in halves if (line := _part(half.right, x, 1e6))]
    second = [_Halves(_part(line, x, values), _part(line, values, 1e6)) for line in beside]
    first = [_Halves(half.left, _part(half.right, 0.0, x)) for half in halves]
    pairs = [_pairs(own, setting) for own in (first, second)]
    return sorted(pairs[0] + pairs[1], key=lambda pair: pair.label[0].top) if all(pairs) else []


def _part(line: Line | None, x0: float, x1: float) -> Line | None:
    """What of a line stands from `x0` up to `x1`."""
    words = [word for word in line.words if x0 <= word.x0 < x1] if line else []
    return make_line(words) if words else None


def _second_label(line: Line) -> int:
    """Index of the word with which a label begins behind another label's value; 0 where there is none."""
    for at in range(1, len(line.words)):
        if line.words[at].x0 - line.words[at - 1].x1 > COLUMN * line.size:
            value = _value_at(line.words, at)
            return at if value and _is_label(line.words[at:value], line.words[value:]) else 0
    return 0


def _value_at(words: Sequence[Word], label: int) -> int:
    """Index of the word that a gap parts from the label before it; 0 where none does."""
    gaps = (at + 1 for at in range(label, len(words) - 1)
            if words[at + 1].x0 - words[at].x1 > COLUMN * words[at].size)
    return next(gaps, 0)


def _value_x(line: Line) -> float | None:
    """Where the value begins in a line that opens with a label; None for any other line."""
    at = _value_at(line.words, 0)
    return line.words[at].x0 if 0 < at <= WORDS and _is_label(line.words[:at], line.words[at:at + 1]) else None


def _is_label(label: Sequence[Word], value: Sequence[Word]) -> bool:
    """Whether words end in a colon, or are bold beside plain words."""
    if not label[0].text[0].isalpha():
        return False
    return label[-1].text.endswith(":") or all(w.bold for w in label) and not value[0].bold


def _rows(lines: Sequence[Line], first: int, x: float) -> list[_Halves]:
    """The lines from `first` on that stand in two columns, the second of which begins at `x`."""
    rows: list[_Halves] = []
    labels = min(word.x0 for word in lines[first].words)
    closed, foot = True, lines[first].top
    for at in range(first, len(lines)):
        line = lines[at]
        if at > first and line.top - lines[at - 1].bottom > APART * line.size:
            break
        left, right = [w for w in line.words if w.x0 < x - AGREE], [w for w in line.words if w.x0 >= x - AGREE]
        if left and (left[-1].x1 > x - 1 or left[0].x0 < labels - AGREE or len(left) > WORDS):
            break
        if left and right and not (right[0].x0 - x < AGREE and _parts(left, right, line)):
            break
        near = bool(left) and left[0].top - foot < WRAPPED * line.size
        if left and not right and not left[-1].text.endswith(":") and not (near and (not closed or _is_note(left))):
            break
        if left:
            closed, foot = _is_closed(left[-1].text), line.bottom
        rows.append(_Halves(make_line(left) if left else None, make_line(right) if right else None))
    return rows


def _parts(left: Sequence[Word], right: Sequence[Word], line: Line) -> bool:
    """Whether more than a space parts label from value, or their weight does."""
    return right[0].x0 - left[-1].x1 > 0.5 * line.size or left[-1].bold and not right[0].bold


def _is_closed(last: str) -> bool:
    """Whether a label ends with a word: "Holder):", "(Finance)", but not "Ward(s)"."""
    return last.endswith(":") or last.endswith(")") and "(" not in last[1:]


def _is_note(label: Sequence[Word]) -> bool:
    """Whether words say more of the label above them: "(Portfolio Holder)"."""
    return label[0].text.startswith("(")


def _pairs(halves: Sequence[_Halves], setting: Setting) -> list[Pair]:
    """Labels with their values; none where it cannot be told whose a value is."""
    labels = _labels(halves)
    right = [half.right for half in halves if half.right is not None]
    own = setting_of(right, setting.body) if any(map(_wraps, right, right[1:])) else setting
    ends = [_first_of(halves, at) for at, _ in labels[1:]] + [len(halves)]
    starts = [_first_of(halves, labels[0][0]), *ends[:-1]]
    beside = [[half.right for half in halves[a:b] if half.right] for a, b in zip(starts, ends, strict=True)]
    if _are_stacks(halves, labels, beside):
        values = gather_paragraphs(right, own)
        even = len(values) == len(labels)
        return [Pair(lines, [value]) for (_, lines), value in zip(labels, values, strict=True)] if even else []
    if starts[0]:
        return []
    return [Pair(lines, gather_paragraphs(value, own)) for (_, lines), value in zip(labels, beside, strict=True)]


def _first_of(halves: Sequence[_Halves], label: int) -> int:
    """The first line of the value of the label at that line: those above it that stand nearer to it than to the label
    before are its own, where values are set higher than their labels."""
    first = label
    while first and halves[first - 1].left is None:
        first -= 1
    above = halves[first - 1].right if first else None
    head, own = halves[first].right, halves[label].right
    before = halves[label - 1].right if label else None
    if first == label or head is None or own is None or before is None or above is None:
        return label
    return first if head.top - above.bottom > own.top - before.bottom + HIGHER else label


def _wraps(line: Line, below: Line) -> bool:
    """Whether a value goes on in the line below for its words' sake."""
    return below.words[0].text[0].islower() or bool(OPEN.search(line.words[-1].text))


def _are_stacks(
    halves: Sequence[_Halves], labels: Sequence[tuple[int, list[Line]]], beside: Sequence[Sequence[Line]]
) -> bool:
    """Whether values are not level with their labels: one has its value below it, or the middle of one beside it."""
    before: Line | None = None
    for (at, _), lines in zip(labels, beside, strict=True):
        goes_on = bool(lines) and before is not None and lines[0].words[0].text[0].islower()
        if lines and (halves[at].right is None or goes_on):
            return True
        before = lines[-1] if lines else before
    return False


def _labels(halves: Sequence[_Halves]) -> list[tuple[int, list[Line]]]:
    """Each label's lines, and the index of its first."""
    labels: list[tuple[int, list[Line]]] = []
    colons = Counter(half.left.text.endswith(":") for half in halves if half.left is not None)[True] > 0
    for at, half in enumerate(halves):
        if half.left is None:
            continue
        last = labels[-1][1][-1] if labels else None
        close = last is not None and half.left.top - last.bottom < WRAPPED * half.left.size
        if last is not None and close and (
            _is_note(half.left.words) or colons and not _is_closed(last.words[-1].text)
            or not colons and half.right is None
        ):
            labels[-1][1].append(half.left)
        else:
            labels.append((at, [half.left]))
    return labels


def form_blocks(form: Form, page: int | None, setting: Setting) -> list[Block]:
    """A block for each label with the first paragraph of its value, and for each further paragraph of it."""
    blocks: list[Block] = []
    for pair in form.pairs:
        first, *rest = pair.value or [Paragraph()]
        if first.label is not None:
            first, rest = Paragraph(), pair.value
        joined = Paragraph([*pair.label, *first.lines])
        blocks.extend(make_block(paragraph, page, setting) for paragraph in (joined, *rest))
    return blocks


def unstack(grid: Grid, body: Body) -> Grid:
    """A ruled grid, a row that holds a stack of labels beside a stack of as many values put into rows."""
    if grid.columns != 2 or not any(_holds_stack(slot) for slot in grid.slots):
        return grid
    rows: dict[int, list[Slot]] = {}
    for slot in grid.slots:
        rows.setdefault(slot.row, []).append(slot)
    slots: list[Slot] = []
    count = 0
    for row in sorted(rows):
        own = rows[row]
        stacks = _stacks(own, body) if len(own) == 2 and _holds_stack(own[0]) else []
        slots += [
            Slot(count + at, slot.column, 1, 1, slot.box, [word for line in lines for word in line.words])
            for at, pair in enumerate(stacks) for slot, lines in zip(own, pair, strict=True)
        ] or [replace(slot, row=count) for slot in own]
        count += max(len(stacks), 1)
    return replace(grid, rows=count, slots=slots)


def _holds_stack(slot: Slot) -> bool:
    """Whether a cell holds several labels under each other, and nothing else."""
    if slot.column or slot.row_span > 1 or sum(word.text.endswith(":") for word in slot.words) < 2:
        return False
    return all(line.text.endswith(":") for line in slot.lines)


def _stacks(cells: Sequence[Slot], body: Body) -> list[tuple[list[Line], list[Line]]]:
    """Each label's lines with its value's, where there are as many values as labels."""
    if not cells[1].words:
        return []
    right = cells[1].lines
    values = gather_paragraphs(right, setting_of(right, body))
    labels = [[line] for line in cells[0].lines]
    return list(zip(labels, (value.lines for value in values), strict=True)) if len(values) == len(labels) else []
