"""PDF by typst: embedded fonts with ligatures, tagged structure, tables broken over pages."""
import json

import typst

from .source import Block, Run, Source

TEMPLATE = """
#set document(title: {title}, date: none)
#set text(font: {face}, size: {size}pt, lang: "en", region: "GB", hyphenate: false)
#set page(paper: "a4", margin: 22mm, header: context [#set text(size: 8.5pt); #{head}],
  footer: context align(center)[#set text(size: 8.5pt); #{foot}])
#set par(justify: {justify}, spacing: 0.9em, leading: 0.55em)
#let limb(level, label, body) = pad(left: (level - 1) * 9mm, grid(columns: (9mm, 1fr), label, body))
"""


def typst_pdf(source: Source) -> bytes:
    """The source as a PDF; the same bytes for the same typst."""
    front = source.front
    head = TEMPLATE.format(
        title=_string(str(front.get("title", ""))), size=front.get("size", 11),
        face=_string(front.get("face", "Libertinus Serif")), justify="true" if front.get("justify") else "false",
        head=_furniture(str(front.get("head", ""))), foot=_furniture(str(front.get("foot", ""))))
    body = "\n\n".join(_block(block) for block in source.blocks)
    pdf = typst.compile((head + body).encode())
    assert isinstance(pdf, bytes)
    return pdf


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _furniture(text: str) -> str:
    """A running head or foot as an expression; {page} and {pages} are counted by typst."""
    calls = {"{page}": 'counter(page).display("1")', "{pages}": "counter(page).final().first()"}
    for mark in calls:
        text = text.replace(mark, f"\0{mark}\0")
    parts = [calls.get(part, _string(part)) for part in text.split("\0") if part]
    return "{" + "; ".join(f"[#{part}]" for part in parts) + "}" if parts else "[]"


def _runs(runs: list[Run]) -> str:
    return "".join(f"#strong({_string(run.text)})" if run.bold else f"#{_string(run.text)}" for run in runs)


def _block(block: Block) -> str:
    text = _runs(block.runs)
    match block.kind:
        case "page":
            return "#pagebreak()"
        case "rule":
            return "#line(length: 100%, stroke: 0.6pt)"
        case "table" | "pairs":
            return _table(block)
        case "heading":
            number, _, rest = block.text.partition(" ")
            size = {1: "15pt", 2: "12.5pt"}.get(block.level, "11pt")
            bold = f"set text(weight: \"bold\", size: {size})"
            if block.level > 1 and number[:1].isdigit() and rest:
                return f"#block(above: 1.4em, sticky: true)[#{bold}; #limb(1, {_string(number)}, {_string(rest)})]"
            return f"#block(above: 1.4em, sticky: true)[#{bold}; #{_string(block.text)}]"
        case "limb":
            return f"#limb({block.level}, {_string(block.label)}, [{text}])"
        case "centre" | "right":
            return f"#align({'center' if block.kind == 'centre' else 'right'})[{text}]"
    return text


def _table(block: Block) -> str:
    heads = 0 if block.kind == "pairs" else int(block.options.get("head", "1"))
    shares = [part for part in block.options.get("widths", "").split(",") if part]
    shares = shares or (["26", "74"] if block.kind == "pairs" else ["1"] * len(block.rows[0]))
    stroke = "0.5pt" if block.options.get("ruled", "yes") == "yes" else "none"
    align = "(x, y) => if x > 0 {right} else {left}" if heads and block.options.get("numbers") != "left" else "left"
    rows = ["(" + ", ".join(f"[{_runs(cell)}]" for cell in row) + ")" for row in block.rows]
    header = f"table.header(..({', '.join(rows[:heads])},).flatten())," if heads else ""
    columns = ", ".join(f"{share}fr" for share in shares)
    return (f"#[#set text(size: 0.86em); #table(columns: ({columns}), stroke: {stroke}, align: {align}, "
            f"{header} ..({', '.join(rows[heads:])},).flatten())]")
