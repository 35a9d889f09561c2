"""Lines into paragraphs, list items and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.document import Block
from pipeline.layout.labels import is_bullet, label_strength
from pipeline.layout.lines import Line, line_pitch
from pipeline.layout.words import join_lines

CLOSED = re.compile(r"[.:;!?][\"'”’)\]]*$")
"""Ends a sentence or a limb."""
SENTENCE_END = re.compile(r"[.;,]$")


@dataclass(slots=True)
class Setting:
    """How a run of text is set: where its lines may end, how far apart they are, how large the letters."""

    right: float
    pitch: float
    size: float


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `label_words` is how many words of the first line are its label."""

    lines: list[Line] = field(default_factory=list)
    label_words: int = 0

    @property
    def body_x0(self) -> float:
        """Where its text begins on the first line, label left out."""
        words = self.lines[0].words
        return words[self.label_words].x0 if len(words) > self.label_words else words[-1].x1

    @property
    def bare_label(self) -> bool:
        """A label that stands alone, its text on the next line."""
        return self.label_words > 0 and len(self.lines) == 1 and len(self.lines[0].words) == self.label_words


def setting_of(lines: list[Line], size: float) -> Setting:
    """Measure a column of text. The right margin is one that several lines reach."""
    ends = sorted((line.x1 for line in lines if len(line.words) >= 4), reverse=True)
    right = ends[min(len(ends) // 12, 2)] if ends else max((line.x1 for line in lines), default=0.0)
    return Setting(right, line_pitch(lines, size), size)


def gather_paragraphs(lines: list[Line], setting: Setting) -> list[Paragraph]:
    """Lines, in reading order, into paragraphs."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        current = paragraphs[-1] if paragraphs else None
        starts = _label_words(line, current, setting)
        if current is None or starts or _breaks(current, line, setting):
            if current is not None and current.bare_label and not starts and _hangs(current, line):
                current.lines.append(line)
            else:
                paragraphs.append(Paragraph([line], starts))
        else:
            current.lines.append(line)
    return paragraphs


def _hangs(label: Paragraph, line: Line) -> bool:
    head = label.lines[0]
    return line.x0 >= head.x0 - 1 and line.top - head.bottom < 1.2 * line.size


def _label_words(line: Line, current: Paragraph | None, setting: Setting) -> int:
    """How many first words of the line are a label: 0 or 1."""
    first = line.words[0]
    strength = label_strength(first.text)
    if strength is None:
        return 0
    alone = len(line.words) == 1
    gap = 99.0 if alone else line.words[1].x0 - first.x1
    if alone and (is_bullet(first.text) or strength == "weak"):
        return 0 if first.text.isalpha() or first.text.isdigit() and first.x0 > setting.right * 0.7 else 1
    wide = gap > 0.55 * line.size
    if strength == "weak" and not wide:
        return 0
    if current is None or wide:
        return 1
    inside = current.lines[-1]
    flows = inside.x1 > setting.right - 6 * line.size and not CLOSED.search(inside.words[-1].text)
    aligned = abs(first.x0 - current.body_x0) < 2 or abs(first.x0 - inside.x0) < 2
    close = line.bottom - inside.bottom < 1.3 * setting.pitch
    return 0 if flows and aligned and close else 1


def _breaks(current: Paragraph, line: Line, setting: Setting) -> bool:
    """Whether `line`, which bears no label, begins a paragraph."""
    last = current.lines[-1]
    step = line.bottom - last.bottom
    pitch = max(setting.pitch * line.size / max(setting.size, 1.0), 1.0)
    if step > 1.28 * pitch + 1.5 and not (len(current.lines) > 1 and _same_step(current, step)):
        return True
    if step < -pitch or abs(line.size - last.size) > 0.12 * max(line.size, last.size):
        return True
    if _next_word_fitted(last, line, setting):
        return True
    if len(current.lines) > 1 or current.label_words:
        left = min(entry.x0 for entry in current.lines[1:]) if len(current.lines) > 1 else current.body_x0
        floor = min(left, current.body_x0 if current.label_words else left)
        if len(current.lines) == 1 and current.label_words and abs(line.x0 - last.x0) < 3:
            return False  # a label whose text is set flush below it
        if line.x0 < floor - 6:
            return True
    closed = bool(CLOSED.search(last.words[-1].text))
    return line.x0 > max(last.x0, current.body_x0) + 8 and closed


def _same_step(current: Paragraph, step: float) -> bool:
    """Widely set text: the paragraph's own lines are as far apart."""
    own = current.lines[-1].bottom - current.lines[-2].bottom
    return abs(own - step) < 0.12 * step


def _next_word_fitted(last: Line, line: Line, setting: Setting) -> bool:
    """A line that left room for the next one's first word was ended on purpose."""
    first = line.words[0]
    room = setting.right - last.x1
    return room > (first.x1 - first.x0) + 1.2 * last.size


def make_block(paragraph: Paragraph, page: int | None, setting: Setting) -> Block:
    """The paragraph's block. Its level is set when the whole document is known."""
    lines = paragraph.lines
    text = join_lines([line.words for line in lines])
    words = [word for line in lines for word in line.words]
    label, offset = None, 0
    if paragraph.label_words:
        label = words[0].text
        offset = min(len(label) + 1, len(text))
    bold = all(w.bold for w in words if any(c.isalpha() for c in w.text))
    size = max(lines, key=lambda entry: len(entry.words)).size
    role = "list_item" if label else "paragraph"
    block = Block(
        "paragraph", text, page, label=label, body_offset=offset, indent=lines[0].x0, size=size, bold=bold,
        italic=all(line.italic for line in lines), words=words, pages=[page] if page is not None else [],
    )
    block.role = "heading" if is_heading(block, setting) else "list_item" if role == "list_item" else "paragraph"
    return block


def is_heading(block: Block, setting: Setting) -> bool:
    """Short, set apart by weight, size or capitals, and no sentence."""
    body = block.body.strip()
    count = len(body.split())
    letters = [c for c in body if c.isalpha()]
    if not letters or count > 25 or SENTENCE_END.search(body):
        return False
    if block.label and is_bullet(block.label):
        return False
    larger = block.size > 1.12 * setting.size and count <= 20
    capitals = len(letters) > 3 and all(c.isupper() for c in letters) and count <= 15
    return larger or capitals or (block.bold and len(letters) > 1)
