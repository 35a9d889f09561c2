"""Lines inside a paragraph: a break may begin a new paragraph or item, or only be an editor's margin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.document import Block
from pipeline.ingesters.characters import tidy
from pipeline.labels import split_label

SENTENCE_ENDS = ".:;!?"
WRAPPED_AT = 60
"""Characters beyond which a line was broken by a margin rather than on purpose."""


class Piece(NamedTuple):
    """Text set alike; a line break is a piece of its own, "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False


def line_block(line: list[Piece]) -> Block | None:
    """A paragraph of pieces, on one line; None where it holds no text."""
    text = tidy("".join(piece.text for piece in line))
    if not text:
        return None
    shown = [piece for piece in line if piece.text.strip()]
    return Block(
        "paragraph",
        text,
        bold=all(piece.bold for piece in shown),
        italic=all(piece.italic for piece in shown),
    )


def cut(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Cut a paragraph's pieces where a line break begins a new paragraph or item."""
    line: list[Piece] = []
    begins = 0
    breaks = 0
    for at, piece in enumerate(pieces):
        if piece.text == "\n":
            breaks += 1
            continue
        if breaks and piece.text.strip():
            before = tidy("".join(earlier.text for earlier in line[begins:]))
            if breaks > 1 or not continues(before, _line_from(pieces, at)):
                yield line
                line = []
            else:
                line.append(Piece(" ", piece.bold, piece.italic))
            breaks, begins = 0, len(line)
        line.append(piece)
    yield line


def _line_from(pieces: list[Piece], at: int) -> str:
    end = next((i for i in range(at, len(pieces)) if pieces[i].text == "\n"), len(pieces))
    return tidy("".join(piece.text for piece in pieces[at:end]))


def continues(before: str, following: str) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if not before:
        return True
    label, _ = split_label(following)
    if before[-1] in SENTENCE_ENDS or (label is not None and label.sure):
        return False
    return following[:1].islower() or len(before) >= WRAPPED_AT
