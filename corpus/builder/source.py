"""Read one annotated source: YAML front matter, then blocks of text with the gold marked in place.

The text is written once. What a reader should find in it is marked where it stands, so the gold is
taken from the very words that go into the document:

    [[I n=5>>Bus services]]                         an agenda item and its title
    [[R kind=resolved actions=note,approve>>...]]   a resolution, over as many blocks as it runs
    [[O label="Option 1" status=rejected>>...]]     an alternative
    {{£1.2m|saving y=2024/25}}                      a figure and what it measures

Blocks: `# heading`, `::(a) limb`, `:::(i) sub-limb`, `| a | table |`, `!directive`, else a paragraph.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .annotations import Annotations

TOKEN = re.compile(r"(\[\[[A-Z][^\]]*?>>|\]\]|\{\{.*?\}\}|\*\*)")
LIMB = re.compile(r"^(:{2,3})(\S*) (.*)$")
NUMERIC = re.compile(r"^[£(+\-–−]*\d[\d,]*(\.\d+)?[mk%)*]*$")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass
class Block:
    """One paragraph, heading, limb, table or page break."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    label: str = ""
    rows: list[list[list[Run]]] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words without their weight."""
        return "".join(run.text for run in self.runs)


@dataclass
class Source:
    """A whole source: its front matter, its blocks, and the annotations found in them."""

    path: Path
    front: dict[str, Any]
    blocks: list[Block]
    annotations: Annotations


def read_source(path: Path) -> Source:
    """Read the source at `path`; ValueError where a span is left open or closed twice."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    source = Source(path, yaml.safe_load(front), [], Annotations())
    settings: dict[str, str] = {}
    columns: list[str] = []
    table: Block | None = None
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            source.blocks.append(_block("para", " ".join(paragraph), source.annotations))
            paragraph.clear()

    for line in body.splitlines():
        if not line.startswith("|"):
            table = None
        if line.startswith("|"):
            flush()
            if table is None:
                table = Block(settings.pop("as", "table"), options=dict(settings))
                source.blocks.append(table)
            table.rows.append(_row(line, table, columns, source.annotations))
        elif line.startswith("!table") or line.startswith("!pairs"):
            flush()
            settings = {"as": line.split()[0][1:]} | dict(part.split("=", 1) for part in line.split()[1:])
            columns = []
        elif line.startswith("!cols "):
            columns = [part.strip() for part in line[6:].split(";")]
        elif line.startswith("!"):
            flush()
            name, _, rest = line[1:].partition(" ")
            source.blocks.append(_block(name, rest, source.annotations))
        elif line.startswith("#"):
            flush()
            marks, _, rest = line.partition(" ")
            source.blocks.append(_block("heading", rest, source.annotations, level=len(marks)))
        elif found := LIMB.match(line):
            flush()
            level, label, rest = len(found[1]) - 1, found[2], found[3]
            source.blocks.append(_block("limb", rest, source.annotations, level=level, label=label))
        elif line.strip():
            paragraph.append(line.strip())
        else:
            flush()
    flush()
    if source.annotations.open_spans:
        raise ValueError(f"{path}: never closed: {source.annotations.open_spans[-1]}")
    return source


def _block(kind: str, text: str, annotations: Annotations, level: int = 0, label: str = "") -> Block:
    return Block(kind, _runs(text, annotations), level, label)


def _runs(text: str, annotations: Annotations) -> list[Run]:
    """Plain runs of `text`; its marks are told to `annotations` as they go by."""
    annotations.start_block()
    runs, bold = [], False
    for token in TOKEN.split(text):
        if token == "**":
            bold = not bold
        elif token.startswith("[[") and token.endswith(">>"):
            annotations.open(token[2:-2])
        elif token == "]]":
            annotations.close()
        elif token.startswith("{{"):
            raw, _, told = token[2:-2].partition("|")
            annotations.figure(raw, told)
            annotations.say(raw)
            runs.append(Run(raw, bold))
        elif token:
            annotations.say(token)
            runs.append(Run(token, bold))
    return runs


def _row(line: str, table: Block, columns: list[str], annotations: Annotations) -> list[list[Run]]:
    """One row; numbers under an annotated column are figures with the labels of row and column."""
    cells = [cell.strip() for cell in re.split(r"(?<!\{)\|(?![^{}]*\}\})", line.strip()[1:-1])]
    header = table.kind == "table" and len(table.rows) < int(table.options.get("head", "1"))
    row = []
    for place, cell in enumerate(cells):
        told = columns[place] if place < len(columns) and not header else "-"
        plain = cell.replace("**", "")
        if told != "-" and NUMERIC.match(plain):
            labels = {"row": cells[0].replace("**", ""), "column": _column_label(table, place)}
            annotations.figure(plain, told, labels, unit=int(table.options.get("unit", "1")))
        row.append(_runs(cell, annotations))
    return row


def _column_label(table: Block, place: int) -> str:
    """The header cells above `place`, unit lines such as £000 left out."""
    heads = table.rows[: int(table.options.get("head", "1"))]
    words = ["".join(run.text for run in head[place]) for head in heads]
    return " ".join(word for word in words if word and not re.fullmatch(r"£?['’]?(000s?|m)|£.?000s?|£m", word))
