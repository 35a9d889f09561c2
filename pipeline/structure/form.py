"""The header form of a report or a notice: "To: Cabinet", "Date of meeting | 3 May 2021", label over value.

A label's value is what follows it in its line, else the cells to its right, else (where a whole row is labels)
the cell below, else the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.structure.known import patterns
from pipeline.structure.label_rows import body_and_day_under, columns_of, labels_of, values_under
from pipeline.structure.lines import Line

_PLACE_IN_FORM = re.compile(r"\d{1,2}[.)]\s+")
"""The number of a form's part before its label: "4. Date of Decision"."""
_LED_TO = re.compile(r"\b(?:of|for|to|the|and|on|in|a)\s$")
"""What makes a word that might be a label the end of a phrase: "Terms of Reference: update"."""
_HANGING = 25.0
"""Points by which a value's next line stands further in than its label."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label of the form by its key in `rules/structure.yaml`, and its value."""

    key: str
    value: str
    start: int
    """Offset of the value."""
    line: int
    """Index of the line that holds the value."""


@lru_cache(maxsize=1)
def _labels() -> list[tuple[str, re.Pattern[str]]]:
    return [(rule.id, rule.pattern) for rule in patterns("structure", "labels")]


@lru_cache(maxsize=1)
def _label_with_colon() -> re.Pattern[str]:
    """Any label followed by a colon, at a line's start or within it."""
    alternatives = "|".join(f"(?P<{key}>{pattern.pattern})" for key, pattern in _labels())
    return re.compile(rf"(?:^|(?<=\s))(?:{alternatives})(?:\s?\([^():]{{1,60}}\))?\s*(?::-?|\t)\s*")


def key_of(text: str) -> str | None:
    """The key of a label that is the whole of `text` (colon or not); None for any other text."""
    bare = _PLACE_IN_FORM.sub("", text.strip()).rstrip(":-– ").strip()
    if not bare or len(bare) > 60:
        return None
    return next((key for key, pattern in _labels() if pattern.fullmatch(bare)), None)


def read_form(lines: Sequence[Line]) -> list[Field]:
    """The fields of the form at the head of a document, in order; a key may come several times."""
    fields: list[Field] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if index in taken:
            continue
        columns = columns_of(line)
        if columns:
            values, count = values_under(columns, lines[index + 1:])
            fields += [Field(columns[i].key, " ".join(w.text for w in words), words[0].start, index + 1)
                       for i, words in values.items() if words]
            taken.update(range(index, index + count + 1) if any(values.values()) else ())
            if index in taken:
                continue
        row = labels_of(line) if not line.words else []
        told = body_and_day_under([key for _, _, key in row], lines[index + 1:index + 4]) if row else None
        if told:
            below, body, day, end = told
            value = lines[index + 1 + below]
            fields += [Field("to", value.text[body:day].strip(" ,"), value.start + body, index + 1 + below),
                       Field("date", value.text[day:end], value.start + day, index + 1 + below)]
            continue
        inline = list(_inline(line, index))
        if inline:
            inline[-1] = _continued(inline[-1], lines, index)
            fields += inline
            if inline[-1].value:
                continue
            fields.pop()
        key = inline[-1].key if inline else (key_of(line.text) if _stands_alone(line) else None)
        if key is None:
            continue
        at = _value_of(lines, index)
        if at is not None:
            fields.append(Field(key, lines[at].text, lines[at].start, at))
            if lines[at].row is None:
                taken.add(at)
    return fields


def first(fields: Sequence[Field], *keys: str) -> Field | None:
    """The first field with one of the keys; an earlier key wins over a later one."""
    for key in keys:
        for field in fields:
            if field.key == key:
                return field
    return None


def _inline(line: Line, index: int) -> Iterator[Field]:
    """Labels with their values in one line: "Meeting: Cabinet Date: 3 May 2021"."""
    found = [m for m in _label_with_colon().finditer(line.text) if not _LED_TO.search(line.text, 0, m.start())]
    if not found or found[0].start() > 3:
        return
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(line.text)
        value = line.text[match.end():end].strip()
        yield Field(str(match.lastgroup), value, line.start + match.end(), index)


def _continued(field: Field, lines: Sequence[Line], index: int) -> Field:
    """A value that goes on in the next line, which hangs under it: further in than the label, and no label itself."""
    label = lines[index]
    for following in lines[index + 1:index + 4]:
        hangs = following.indent > label.indent + _HANGING and following.page == label.page and following.row is None
        if not field.value or not hangs or following.heading != label.heading or next(_inline(following, 0), None):
            break
        field = replace(field, value=f"{field.value} {following.text}")
    return field


def _stands_alone(line: Line) -> bool:
    """A label without a value in its line must be a cell, a heading, end in a colon, or be the site's own label."""
    marked = line.text.rstrip().endswith(":") or "Label" in line.style or _PLACE_IN_FORM.match(line.text) is not None
    return line.row is not None or line.heading or marked


def _value_of(lines: Sequence[Line], index: int) -> int | None:
    label = lines[index]
    if label.row is None:
        following = index + 1
        if following < len(lines) and lines[following].row is None and key_of(lines[following].text) is None:
            return following
        return None
    same = [i for i, line in enumerate(lines) if line.block == label.block and line.row is not None]
    right = [i for i in same if lines[i].row == label.row and (lines[i].column or 0) > (label.column or 0)]
    if right and key_of(lines[right[0]].text) is None and not any(True for _ in _inline(lines[right[0]], right[0])):
        return right[0]
    below = [i for i in same if (lines[i].row or 0) == (label.row or 0) + 1 and lines[i].column == label.column]
    further = [i for i in same if (lines[i].row or 0) == (label.row or 0) + 2 and lines[i].column == label.column]
    listed = bool(further) and key_of(lines[further[0]].text) is None  # a table of many meetings is no form
    if below and key_of(lines[below[0]].text) is None and not listed:
        return below[0]
    return None
