"""Plain text and Markdown, and text copied out of a web page.

A line is a paragraph, unless the whole file is wrapped at a margin: then lines are joined up to the next
blank line. Where only its sentences are, as in text taken out of a PDF, a full line without a stop goes on in the
next. Tables are rows of cells between pipes or tabs, or typed in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document import Block, Document, Page
from pipeline.ingesters.characters import decode, tidy, visible
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.markdown import (
    HEADING,
    RULE,
    bold_line,
    glued_heading,
    italic_line,
    plain,
)
from pipeline.ingesters.paragraphs import heal, mark_labels
from pipeline.ingesters.text_tables import as_table, rejoin_cells, row_like, table_rows
from pipeline.ingesters.typed import placed, typed_tables, unfold
from pipeline.labels import split_label

FILE_SIZE = re.compile(r"\s*(?:\bpdf icon\s*)?\b(?:PDF|DOCX?|XLSX?)\s+[\d.]+\s*[KMG]B$", re.IGNORECASE)
"""What a ModernGov page prints after the title of a linked file, flattened into the title's line."""
NARROWEST, WIDEST = 55, 110
"""Characters between which a file's longest line must lie for its lines to count as wrapped."""
LONG_LINES = 0.1
"""Share of a file's lines that may be longer than `WIDEST` where its sentences break at a margin."""
STOPPED = re.compile(r"[.!?:|\"”)]\s*$")
OPENS_ANEW = re.compile(
    r"\s*(?:[Ii]tem\b|[A-Z]{0,6}\s?\d|[A-Z][A-Z ,&’'()-]{5,}$"
    r"|(?:RESOLVED|Resolved|AGREED|Agreed|Present|Apologies)\b)"
)
"""A line that begins a paragraph of its own, whatever the line above ends with."""
INDENT_WIDTH = 4.0
"""Points of indent for each leading space."""


def read_text(document: Document, data: bytes) -> Document:
    """Fill `document.blocks` from text in any encoding that councils use. Raises Unreadable where there is none."""
    lines = visible(decode(data).replace("\x0c", "\n")).splitlines()
    document.blocks = text_blocks(lines)
    document.pages = [Page(number=None)]
    if not document.blocks:
        raise Unreadable("no_text", "The file holds nothing but white space. Download it again.")
    return document


def text_blocks(lines: list[str]) -> list[Block]:
    """Blocks of lines of text."""
    lines = rejoin_cells(unfold(lines))
    blocks: list[Block] = []
    wrapped = is_wrapped(lines)
    margin = None if wrapped else margin_of(lines)
    at = 0
    for first, last in typed_tables(lines):
        blocks += _running_blocks(lines[at:first], wrapped, margin)
        table = placed(lines[first:last])
        blocks += [table] if table else []
        at = last
    blocks += _running_blocks(lines[at:], wrapped, margin)
    blocks = join_lone_labels(blocks)
    mark_labels(blocks)
    return heal(blocks)


def _running_blocks(lines: list[str], wrapped: bool, margin: int | None) -> list[Block]:
    """Paragraphs and the tables between pipes or tabs."""
    blocks: list[Block] = []
    for group in groups(lines):
        rows = table_rows(group)
        if rows:
            blocks.append(as_table(rows))
            continue
        width = max(len(line) for line in group) if wrapped else None
        for line in unwrap(group, width) if margin is None else unbroken(group, margin):
            blocks.extend(line_blocks(line))
    return blocks


def groups(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones; the lines of a table apart from those around them."""
    group: list[str] = []
    for line in [*lines, ""]:
        line = line.rstrip()
        if group and (not line.strip() or row_like(line) != row_like(group[-1])):
            yield group
            group = []
        if line.strip():
            group.append(line)


def is_wrapped(lines: list[str]) -> bool:
    """Whether the file's lines end at a margin: all are short, and most that go on to another are nearly full."""
    widest = max((len(line.rstrip()) for line in lines), default=0)
    if not NARROWEST <= widest <= WIDEST:
        return False
    pairs = zip(lines, lines[1:], strict=False)
    running = [len(line.rstrip()) for line, following in pairs if line.strip() and following.strip()]
    return len(running) > 2 and sum(length > 0.7 * widest for length in running) > 0.5 * len(running)


def unwrap(group: list[str], width: int | None) -> Iterator[str]:
    """Lines of a paragraph joined where a margin broke them; without a width every line stands alone."""
    held = ""
    for line in group:
        label, _ = split_label(line)
        goes_on = width is not None and len(held.split("\n")[-1]) > 0.6 * width
        if held and goes_on and not (label and label.sure) and not HEADING.match(line):
            held += "\n" + line.strip()
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def margin_of(lines: list[str]) -> int | None:
    """The width at which sentences break in a file whose other lines stand alone; None where none do."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    short = [length for length in lengths if length <= WIDEST]
    width = max(short, default=0)
    if width < NARROWEST or len(lengths) - len(short) > LONG_LINES * len(lengths):
        return None
    broken = [
        line
        for line, following in zip(lines, lines[1:], strict=False)
        if len(line.rstrip()) > 0.7 * width and not STOPPED.search(line) and following.lstrip()[:1].islower()
    ]
    return width if len(broken) > 2 else None


def unbroken(group: list[str], margin: int) -> Iterator[str]:
    """Lines, those joined of which the first is full, has no stop and is not followed by a new beginning."""
    held = ""
    for line in group:
        last = held.split("\n")[-1]
        full = len(last) + 1 + len(line.split(maxsplit=1)[0]) > 0.8 * margin
        lower = line.lstrip()[:1].islower()
        anew = OPENS_ANEW.match(line) or HEADING.match(line) or HEADING.match(last)
        if held and full and not anew and split_label(line)[0] is None and (lower or not STOPPED.search(last)):
            held += "\n" + line.strip()
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def line_blocks(line: str) -> Iterator[Block]:
    """The blocks of a (joined) line: usually one, none for a drawn rule."""
    indent = (len(line) - len(line.lstrip())) * INDENT_WIDTH
    line = tidy(line)
    if RULE.match(line):
        return
    heading = HEADING.match(line)
    if heading and (text := plain(heading[2])):
        yield Block("heading", text, level=len(heading[1]))
        return
    for part in glued_heading(line):
        text = FILE_SIZE.sub("", tidy(plain(part)))
        label, offset = split_label(text)
        inner, _ = split_label(text[offset:]) if label and label.bullet else (None, 0)
        if inner and inner.sure and not inner.bullet:
            # "- 1.1 As ..." and "- (a) ..." : the dash is Markdown's, the label is the document's.
            text = text[offset:]
        if text:
            yield Block("paragraph", text, indent=indent, bold=bold_line(part), italic=italic_line(part))


def join_lone_labels(blocks: list[Block]) -> list[Block]:
    """Put a list label that stands alone on its line before the text on the next.

    A number with a dot or without anything stays alone: it is the number of an agenda item as often as not.
    """
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and block.role == "paragraph" and _lone_label(before) and not split_label(block.text)[0]:
            before.text = f"{before.text} {block.text}"
            before.bold = block.bold
        else:
            joined.append(block)
    return joined


def _lone_label(block: Block) -> bool:
    if block.role != "paragraph":
        return False
    label, offset = split_label(block.text)
    if label is None or offset < len(block.text):
        return False
    return label.bullet or label.form in ("({})", "{})") or "decimal" not in label.kinds and "nested" not in label.kinds
