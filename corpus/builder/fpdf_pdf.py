"""PDF by fpdf2: flat text lines, labels set apart by position alone, ruled tables."""
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from .source import Block, Source

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


class _Paper(FPDF):
    """A paper with a running head and a page number."""

    furniture = ("", "")

    def header(self) -> None:
        self.set_font(self.font_family or "Helvetica", size=9)
        head = self.furniture[0].format(page=self.page_no(), pages="{nb}")
        self.cell(0, 6, head, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(self.font_family or "Helvetica", size=9)
        self.cell(0, 8, self.furniture[1].format(page=self.page_no(), pages="{nb}"), align="C")


def fpdf_pdf(source: Source) -> bytes:
    """The source as a PDF; the same bytes for the same fpdf2."""
    front = source.front
    paper = _Paper(format="A4")
    paper.furniture = (str(front.get("head", "")), str(front.get("foot", "")))
    paper.core_fonts_encoding = "windows-1252"
    paper.set_creation_date(EPOCH)
    paper.set_title(str(front.get("title", "")))
    face, size = str(front.get("face", "Times")), float(front.get("size", 11))
    paper.set_margins(22, 18, 22)
    paper.set_auto_page_break(True, 20)
    paper.set_font(face, size=size)
    paper.add_page()
    for block in source.blocks:
        _draw(paper, block, face, size)
    return bytes(paper.output())


def _draw(paper: _Paper, block: Block, face: str, size: float) -> None:
    line = size * 0.46
    if block.kind == "page":
        paper.add_page()
    elif block.kind == "rule":
        paper.line(22, paper.get_y(), 188, paper.get_y())
        paper.ln(2)
    elif block.kind in ("table", "pairs"):
        _table(paper, block, face, size)
    elif block.kind == "heading":
        paper.ln(1.5)
        paper.set_font(face, "B", size + max(0, 4 - 2 * block.level))
        paper.multi_cell(0, line * 1.15, block.text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        paper.ln(1.5)
    else:
        paper.set_font(face, size=size)
        marked = "".join(f"**{run.text}**" if run.bold else run.text for run in block.runs)
        if block.kind == "limb":
            left = 22 + 9 * (block.level - 1)
            paper.set_x(left)
            paper.cell(9, line, block.label)
            paper.set_left_margin(left + 9)
        align = {"centre": "C", "right": "R"}.get(block.kind, "J" if block.kind == "para" else "L")
        paper.multi_cell(0, line, marked, markdown=True, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        paper.set_left_margin(22)
        paper.set_x(22)
        paper.ln(2)


def _table(paper: _Paper, block: Block, face: str, size: float) -> None:
    heads = 0 if block.kind == "pairs" else int(block.options.get("head", "1"))
    shares = tuple(float(part) for part in block.options.get("widths", "").split(",") if part)
    shares = shares or ((26.0, 74.0) if block.kind == "pairs" else tuple(1.0 for _ in block.rows[0]))
    borders = TableBordersLayout.ALL if block.options.get("ruled", "yes") == "yes" else TableBordersLayout.NONE
    right = heads > 0 and block.options.get("numbers") != "left"
    align = ("LEFT", *("RIGHT" if right else "LEFT" for _ in shares[1:]))
    paper.set_font(face, size=size - 1.5)
    bold = FontFace(emphasis="BOLD")
    with paper.table(col_widths=shares, text_align=align, borders_layout=borders, line_height=size * 0.45,
                     num_heading_rows=heads, first_row_as_headings=heads > 0, headings_style=bold) as table:
        for row in block.rows:
            drawn = table.row()
            for cell in row:
                drawn.cell("".join(run.text for run in cell))
    paper.ln(3)
