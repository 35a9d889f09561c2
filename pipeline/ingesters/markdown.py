"""The marks of Markdown: what they mean, and the text without them."""

from __future__ import annotations

import re

from pipeline.ingesters.characters import tidy
from pipeline.labels import split_label

HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
TABLE_RULE = re.compile(r"^\s*[|+]?(?:\s*:?[-=]{2,}:?\s*[|+])+\s*(?::?[-=]{2,}:?)?\s*[|+]?\s*$")
STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1")
EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])"
)
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
WHOLE_BOLD = re.compile(r"^(\*\*|__)(?:(?!\1).)+\1:?$")


def plain(text: str) -> str:
    """`text` without the marks of bold, italics and links. A star that marks a footnote has no partner and stays."""
    text = LINK.sub(r"\1", text)
    text = STRONG.sub(r"\2", text)
    text = EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return ESCAPED.sub(r"\1", text)


def bold_line(line: str) -> bool:
    """Whether a line is bold from end to end."""
    return bool(WHOLE_BOLD.match(line.strip()))


def italic_line(line: str) -> bool:
    """Whether a line is in italics from end to end, its label apart."""
    _, offset = split_label(line)
    return bool(EMPHASIS.fullmatch(line[offset:].strip()))


def glued_heading(line: str) -> list[str]:
    """A line cut before a numbered bold heading that a converter ran on to the heading before it."""
    for found in STRONG.finditer(line):
        label, _ = split_label(found[2])
        if found.start() > 0 and label and label.sure and not line[found.end():].strip():
            return [line[: found.start()].strip(), line[found.start():].strip()]
    return [line]


def pipe_cells(line: str) -> list[str]:
    """The cells of a row between pipes."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [tidy(plain(cell)) for cell in re.split(r"(?<!\\)\|", inner)]
