"""The papers of invented councils: those of the corpus, each made its own by a line behind its end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from corpus.builder.moderngov import items, number_and_title
from corpus.builder.source import Block, read_source
from corpus.builder.word_html import word_section

ROOT = Path(__file__).resolve().parents[2] / "corpus"
LARGEST = 110_000
MEETINGS = (
    "sources/stowmere/cabinet-2024-07-10.src", "sources/stowmere/planning-committee-2024-09-04.src",
    "sources/wexley/northgate-neighbourhood-committee-2025-06-19.src",
    "styles/sources/meeting-pages/recommended-and-resolved-01.src",
    "styles/sources/meeting-pages/planning-casting-vote-01.src",
)


@dataclass(frozen=True)
class Item:
    """An agenda item: its title, what the agenda says of it, what the minutes say, as Word's HTML."""

    title: str
    agenda: str
    minutes: str


@cache
def prints() -> list[bytes]:
    """The PDFs of the corpus."""
    found = [path.read_bytes() for path in sorted(ROOT.rglob("*.pdf")) if path.stat().st_size < LARGEST]
    assert len(found) > 20
    return found


@cache
def meetings() -> list[list[Item]]:
    """The items of the corpus's meetings, meeting by meeting."""
    return [[_item(blocks) for blocks in items(read_source(ROOT / name).blocks)] for name in MEETINGS]


def _item(blocks: list[Block]) -> Item:
    agenda: list[Block] = []
    minutes: list[Block] = []
    part = agenda
    for block in blocks[1:]:
        if block.kind == "heading":
            part = minutes
        elif block.kind in ("para", "limb", "table"):
            part.append(block)
    _, title = number_and_title(blocks[0])
    return Item(title, word_section(agenda) if agenda else "", word_section(minutes) if minutes else "")


def pdf(name: str, edition: int = 1) -> bytes:
    """The PDF that is published under a name, another in each edition."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return prints()[number % len(prints())] + f"\n% {name}, edition {edition}\n%%EOF\n".encode()


def page(title: str, body: str, head: str = "") -> bytes:
    """A web page around what is said."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>\n'
        f"<body>\n<header><a href=\"/\">{escape(title)}</a></header>\n{body}\n</body>\n</html>\n"
    ).encode()
