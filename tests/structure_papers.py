"""Papers for the tests of structure, made of lines: what the ingesters and layout would have given."""

from __future__ import annotations

from pipeline.document import Block, Cell, Document, Outline, Role, Table
from pipeline.layout.compose import compose

MARKS: dict[str, Role] = {"# ": "heading", "* ": "list_item"}


def paper(*lines: str | list[list[str]], title: str | None = None) -> Document:
    """A document of those lines. "# " opens a heading, "* " a list item, "[style] " a block of a site's style;
    a list of rows is a table."""
    document = Document(sha256="00", path="paper", media_type="text/plain", title=title)
    for line in lines:
        document.blocks.append(_table(line) if isinstance(line, list) else _block(line))
    return compose(document)


def items(read: Outline) -> list[tuple[str | None, str]]:
    """Number and title of every agenda item."""
    return [(item.number, item.title) for item in read.items]


def _block(line: str) -> Block:
    if line.startswith("["):
        style, _, text = line[1:].partition("] ")
        return Block("paragraph", text, style=style)
    role = next((role for mark, role in MARKS.items() if line.startswith(mark)), None)
    text = line[2:] if role else line
    return Block(role or "paragraph", text, bold=role == "heading", level=1 if role == "heading" else 0)


def _table(rows: list[list[str]]) -> Block:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(text for text in row if text) for row in rows)
    return Block("table", text, table=Table(cells, len(rows), max(map(len, rows))))
