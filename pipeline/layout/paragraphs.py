"""Lines into paragraphs, list items and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.document import Block, Word
from pipeline.labels import follows
from pipeline.layout.labels import Printed, label_of
from pipeline.layout.lines import Body, Line, line_pitch, make_line, segments
from pipeline.layout.words import join_lines

CLOSED = re.compile(r"[.:;!?][\"'”’)\]]*$")
"""Ends a sentence or a limb."""
NOTE = 4
"""Words of a note in the margin at most."""
HANG = 1.4
"""Ems between a hanging label and its text at least; justified spaces can be wider than usual, but not so wide."""
WIDER = 1.15
"""Times the step within a paragraph from which on a bold line below it is the next heading."""
CONJUNCTION = re.compile(r"^(?:and|or|the|of|to|a|an|in|for|that|with|by)$")
LEADER = "...."
"""The dots that lead a line of contents to its page number, as the reader gives them."""
DECIDES = re.compile(r"(?:resolved|agreed|recommended)\b.{15}|.*\bbe\b.{15}", re.IGNORECASE)
"""A decision printed bold, which often lacks its full stop, is no heading."""
SENTENCE_END = re.compile(r"[.;,]$")
FULL_STOP = re.compile(r"[a-z)][.?!]$")


@dataclass(slots=True)
class Setting:
    """How a run of text is set: where its lines may end, how far apart they are, how large the letters."""

    left: float
    right: float
    pitch: float
    body: Body
    justified: bool = False


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, the first of which may open with a label."""

    lines: list[Line] = field(default_factory=list)
    label: Printed | None = None

    @property
    def body_x0(self) -> float:
        """Where its text begins on the first line, label left out."""
        words = self.lines[0].words
        skipped = self.label.words if self.label else 0
        if skipped == 0 and len(words) > 1 and words[0].text.endswith(":"):
            gap = words[1].x0 - words[0].x1
            return words[1].x0 if gap > self.lines[0].size else words[0].x0
        return words[skipped].x0 if len(words) > skipped else words[-1].x1

    @property
    def bare_label(self) -> bool:
        """A label that stands alone, its text on the next line."""
        return self.label is not None and len(self.lines) == 1 and len(self.lines[0].words) == self.label.words


def setting_of(lines: list[Line], body: Body) -> Setting:
    """Measure a column of text. The right margin is one that several lines reach."""
    ends = sorted((max(segments(line), key=len)[-1].x1 for line in lines if len(line.words) >= 4), reverse=True)
    right = ends[min(len(ends) // 12, 2)] if ends else max((line.x1 for line in lines), default=0.0)
    left = min((line.x0 for line in lines), default=0.0)
    full = sum(abs(line.x1 - right) < 1.5 for line in lines)
    long = sum(line.x1 > left + 0.8 * (right - left) for line in lines)
    return Setting(left, right, line_pitch(lines, body.size), body, justified=full > 6 and full > 0.7 * long)


def part_notes(lines: list[Line], setting: Setting) -> list[Line]:
    """Initials in a column of their own, right of the text (who is to act): a line for themselves, after their line."""
    parted: list[Line] = []
    for line in lines:
        *body, note = segments(line)
        if body and len(note) <= NOTE and note[0].x0 > setting.right + 2 and not any(w.text[0].isdigit() for w in note):
            parted.append(make_line([word for run in body for word in run]))
            parted.append(make_line(note))
        else:
            parted.append(line)
    return parted


def gather_paragraphs(lines: list[Line], setting: Setting) -> list[Paragraph]:
    """Lines, in reading order, into paragraphs."""
    paragraphs: list[Paragraph] = []
    notes: list[Paragraph] = []
    for line in part_notes(lines, setting):
        if line.x0 > setting.right + 2 and len(line.words) <= NOTE and paragraphs:
            notes.append(Paragraph([line]))
            continue
        current = paragraphs[-1] if paragraphs else None
        label = _label(line, current, setting) or _next_label(line, paragraphs)
        if current is not None and current.bare_label and not (label and label.sure) and _hangs(current, line):
            current.lines.append(line)
        elif current is None or label is not None or _breaks(current, line, setting):
            paragraphs.extend(notes)
            notes.clear()
            paragraphs.append(Paragraph([line], label))
        else:
            current.lines.append(line)
    return paragraphs + notes


def _hangs(label: Paragraph, line: Line) -> bool:
    head = label.lines[0]
    return line.x0 >= head.x0 - 1 and -line.size < line.top - head.bottom < 1.2 * line.size


def _label(line: Line, current: Paragraph | None, setting: Setting) -> Printed | None:
    """The line's label, if it opens a list item here: a wrapped "4." or "(a)" inside a sentence does not."""
    label = label_of(line)
    if label is None or label.words == 0 and not label.sure and not label.bullet:
        return None
    alone = len(line.words) == label.words
    if alone and label.text.isdigit() and line.x0 > setting.left + 0.4 * (setting.right - setting.left):
        return None
    if not alone and not label.sure and not label.wide:
        return None
    if current is None or current.bare_label:
        return label
    last = current.lines[-1]
    if not alone and label.words:
        body_x0 = line.words[label.words].x0
        if body_x0 - line.words[label.words - 1].x1 > HANG * line.size and last.x0 < body_x0 - 2:
            return label
    flows = last.x1 > setting.right - 6 * line.size and not CLOSED.search(last.words[-1].text)
    aligned = abs(line.x0 - current.body_x0) < 2 or (abs(line.x0 - last.x0) < 2 and (alone or current.label is None))
    close = line.bottom - last.bottom < 1.3 * setting.pitch
    return None if flows and aligned and close and not label.bullet else label


def _next_label(line: Line, paragraphs: list[Paragraph]) -> Printed | None:
    """A label that looks like an initial or a bare number, but follows one that stands as far left."""
    label = label_of(line)
    if label is None or label.label is None or label.words == 0 or len(line.words) == label.words:
        return None
    for before in reversed(paragraphs[-8:]):
        if before.label is not None and abs(before.lines[0].x0 - line.x0) < 3:
            known = before.label.label
            return label if known is not None and follows(known, label.label) else None
    return None


def _breaks(current: Paragraph, line: Line, setting: Setting) -> bool:
    """Whether `line`, which bears no label, begins a paragraph."""
    last = current.lines[-1]
    step = line.bottom - last.bottom
    pitch = max(setting.pitch * line.size / max(setting.body.size, 1.0), 1.0)
    if step > 1.28 * pitch + 1.5 and not (len(current.lines) > 1 and _same_step(current, step)):
        return True
    if line.bold and not last.bold and len(current.lines) > 1 and _wider_step(current, step):
        return True
    if any(word.text == LEADER for word in last.words):
        return True
    if step < -pitch or abs(line.size - last.size) > 0.12 * max(line.size, last.size):
        return True
    if _next_word_fitted(current, line, setting):
        return True
    if _outdented(current, line) or _tabular(current, line, setting):
        return True
    closed = bool(CLOSED.search(last.words[-1].text))
    return line.x0 > max(last.x0, current.body_x0) + 8 and closed


def _outdented(current: Paragraph, line: Line) -> bool:
    """Left of where the paragraph's text stands. A first line may be indented, a label's text hang or stand flush."""
    if len(current.lines) > 1:
        return line.x0 < min(entry.x0 for entry in current.lines[1:]) - 6
    first = current.lines[0]
    if current.label is not None:
        return line.x0 < first.x0 - 6
    return line.x0 < current.body_x0 - 60 or (line.x0 < current.body_x0 - 6 and first.x1 < line.x0 + 60)


def _same_step(current: Paragraph, step: float) -> bool:
    """Widely set text: the paragraph's own lines are as far apart."""
    own = current.lines[-1].bottom - current.lines[-2].bottom
    return abs(own - step) < 0.12 * step


def _wider_step(current: Paragraph, step: float) -> bool:
    """Whether more white stands above a line than between the paragraph's own lines."""
    return step > WIDER * (current.lines[-1].bottom - current.lines[-2].bottom) > 0


def _next_word_fitted(current: Paragraph, line: Line, setting: Setting) -> bool:
    """A line that left room for the next one's first word was ended on purpose.

    A right indent can look the same, so a line that begins in the middle of a sentence must have left more.
    """
    first, last = line.words[0], current.lines[-1]
    room = setting.right - last.x1
    if first.text[0].islower():
        return room > (first.x1 - first.x0) + 3.0 * last.size
    bracketed = last.text.rfind("(") > last.text.rfind(")")
    if setting.justified and not bracketed and not CONJUNCTION.search(last.words[-1].text):
        return room > 0.5 * last.size
    return room > (first.x1 - first.x0) + 0.6 * last.size


def _tabular(current: Paragraph, line: Line, setting: Setting) -> bool:
    """Lines set in columns stand alone, but for text that hangs under the last of them."""
    columns = _columns([*current.lines, line], setting)
    if len(columns) > 1:
        return True
    above = _columns(current.lines, setting)
    labelled = current.label is not None and len(current.lines) == 1 and len(above) == 2 and len(above[0]) <= 2
    return len(above) > 1 and not labelled and line.x0 < above[-1][0].x0 - 3


def _columns(lines: list[Line], setting: Setting) -> list[list[Word]]:
    """The columns of a paragraph's last line; white behind a full stop is set wide where lines fill the measure."""
    line = lines[-1]
    columns = segments(line)
    if len(columns) < 2 or max(one.x1 for one in lines[-2:]) < setting.right - line.size:
        return columns
    return [line.words] if all(FULL_STOP.search(column[-1].text) for column in columns[:-1]) else columns


def make_block(paragraph: Paragraph, page: int | None, setting: Setting) -> Block:
    """The paragraph's block. Its level is set when the whole document is known."""
    lines = paragraph.lines
    text = join_lines([line.words for line in lines])
    words = [word for line in lines for word in line.words]
    label, offset = None, 0
    if paragraph.label is not None:
        label, offset = paragraph.label.text, min(paragraph.label.offset, len(text))
        offset += len(text[offset:]) - len(text[offset:].lstrip())
    bold = all(w.bold for w in words if any(c.isalpha() for c in w.text))
    size = max(lines, key=lambda entry: len(entry.words)).size
    block = Block(
        "paragraph", text, page, label=label, body_offset=offset, indent=lines[0].x0, size=size, bold=bold,
        italic=all(line.italic for line in lines), words=words, pages=[page] if page is not None else [],
    )
    if is_heading(block, setting):
        block.role = "heading"
    elif label:
        block.role = "list_item"
    return block


def is_heading(block: Block, setting: Setting) -> bool:
    """Short, set apart by weight, size or capitals, and no sentence."""
    body = block.body.strip()
    count = len(body.split())
    if count > 25 or SENTENCE_END.search(body):
        return False
    letters = [c for c in body if c.isalpha()]
    if not letters:
        return False
    if block.label and not any(c.isalnum() for c in block.label):
        return False
    larger = block.size > 1.12 * setting.body.size and count <= 20
    capitals = len(letters) > 3 and all(c.isupper() for c in letters) and count <= 15
    bold = block.bold and len(letters) > 1 and not DECIDES.match(body)
    if setting.body.bold:
        bold = bold and count <= 8
    return larger or capitals or bold
