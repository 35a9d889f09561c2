"""Plain text as a clerk types it, and Markdown as a council's own site serves it."""
import textwrap

from .source import Block, Source

WIDTH = 84


def plain_text(source: Source) -> str:
    """The source as text; lines are wrapped unless the front matter says `wrap: 0`."""
    width = int(source.front.get("wrap", WIDTH))
    return "\n".join(_plain(block, width) for block in source.blocks).strip() + "\n"


def _plain(block: Block, width: int) -> str:
    if block.kind in ("table", "pairs"):
        return "\n".join("\t".join("".join(run.text for run in cell) for cell in row) for row in block.rows) + "\n"
    if block.kind == "page":
        return "\f"
    if block.kind == "rule":
        return "-" * 40 + "\n"
    if block.kind == "centre":
        return block.text.center(width or WIDTH).rstrip() + "\n"
    indent = "  " * block.level if block.kind == "limb" else ""
    text = f"{block.label} {block.text}" if block.label else block.text
    if not width:
        return indent + text + "\n"
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent + "   " * bool(indent),
                         break_long_words=False, break_on_hyphens=False) + "\n"


def markdown(source: Source) -> str:
    """The source as Markdown, one line to a paragraph."""
    return "\n\n".join(_marked(block) for block in source.blocks).strip() + "\n"


def _marked(block: Block) -> str:
    text = "".join(f"**{run.text}**" if run.bold else run.text for run in block.runs)
    if block.kind == "heading":
        return "#" * block.level + " " + block.text
    if block.kind == "limb":
        return "   " * (block.level - 1) + ("-" if block.label == "•" else block.label) + " " + text
    if block.kind in ("table", "pairs"):
        rows = ["| " + " | ".join("".join(run.text for run in cell) for cell in row) + " |" for row in block.rows]
        return "\n".join([rows[0], "|" + " --- |" * len(block.rows[0]), *rows[1:]])
    return "---" if block.kind in ("rule", "page") else text
