"""PDF by reportlab: base fonts, ruled or open tables, running heads and feet."""
import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from .source import Block, Run, Source

SERIF = ("Times-Roman", "Times-Bold")
SANS = ("Helvetica", "Helvetica-Bold")


class _Canvas(Canvas):
    """Holds the pages back until their number is known, for "Page 2 of 5"."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.held: list[dict[str, object]] = []
        self.furniture: tuple[str, str, str, float] = ("", "", "Helvetica", 595.0)

    def showPage(self) -> None:
        self.held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.held, 1):
            self.__dict__.update(page)
            head, foot, face, width = self.furniture
            self.setFont(face, 9)
            fill = {"page": number, "pages": len(self.held)}
            self.drawString(20 * mm, self._pagesize[1] - 12 * mm, head.format(**fill))
            self.drawCentredString(width / 2, 10 * mm, foot.format(**fill))
            super().showPage()
        super().save()


def reportlab_pdf(source: Source) -> bytes:
    """The source as a PDF; the same bytes for the same reportlab."""
    front = source.front
    page = landscape(A4) if front.get("landscape") else A4
    faces = SERIF if front.get("face") == "serif" else SANS
    size = float(front.get("size", 11))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=page, invariant=1, title=str(front.get("title", "")),
                                 leftMargin=20 * mm, rightMargin=20 * mm, topMargin=20 * mm, bottomMargin=20 * mm)
    width = page[0] - 40 * mm
    story = [flow for block in source.blocks for flow in _flow(block, faces, size, width, bool(front.get("justify")))]

    def furnish(canvas: _Canvas, _: object) -> None:
        canvas.furniture = (str(front.get("head", "")), str(front.get("foot", "")), faces[0], page[0])

    document.build(story, canvasmaker=_Canvas, onFirstPage=furnish, onLaterPages=furnish)
    return buffer.getvalue()


def _markup(runs: list[Run]) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)


def _flow(block: Block, faces: tuple[str, str], size: float, width: float, justify: bool) -> list[Flowable]:
    style = ParagraphStyle("body", fontName=faces[0], fontSize=size, leading=size * 1.25, spaceAfter=size * 0.6)
    if block.kind == "page":
        return [PageBreak()]
    if block.kind == "rule":
        return [HRFlowable(width="100%", color=colors.black, spaceAfter=6)]
    if block.kind in ("table", "pairs"):
        return [_table(block, faces, size, width), Spacer(1, size)]
    if block.kind == "heading":
        larger = size + max(0, 5 - 2 * block.level)
        style = ParagraphStyle("head", style, fontName=faces[1], fontSize=larger, leading=larger * 1.2,
                               spaceBefore=size * 0.5, keepWithNext=1)
        number, _, rest = block.text.partition(" ")
        if block.level > 1 and number[:1].isdigit() and rest:
            style.leftIndent, style.bulletIndent = 36, 0
            style.bulletFontName, style.bulletFontSize = faces[1], larger
            return [Paragraph(escape(rest), style, bulletText=number)]
        return [Paragraph(escape(block.text), style)]
    if block.kind == "limb":
        style = ParagraphStyle("limb", style, leftIndent=36 + 28 * block.level - 10, bulletIndent=28 * block.level,
                               bulletFontName=faces[0], bulletFontSize=size)
        return [Paragraph(_markup(block.runs), style, bulletText=block.label or None)]
    align = {"centre": TA_CENTER, "right": TA_RIGHT}.get(block.kind, TA_JUSTIFY if justify else 0)
    return [Paragraph(_markup(block.runs), ParagraphStyle("para", style, alignment=align))]


def _table(block: Block, faces: tuple[str, str], size: float, width: float) -> Table:
    small = ParagraphStyle("cell", fontName=faces[0], fontSize=size - 1.5, leading=(size - 1.5) * 1.2)
    right = ParagraphStyle("number", small, alignment=TA_RIGHT)
    heads = 0 if block.kind == "pairs" else int(block.options.get("head", "1"))
    numeric = block.options.get("numbers", "right") == "right" and heads > 0
    shares = [float(part) for part in block.options.get("widths", "").split(",") if part]
    shares = shares or ([26.0, 74.0] if block.kind == "pairs" else [1.0] * len(block.rows[0]))
    cells = [[Paragraph(_markup(cell), right if numeric and place else small) for place, cell in enumerate(row)]
             for row in block.rows]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if block.options.get("ruled", "yes") == "yes":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        style.append(("BACKGROUND", (0, 0), (-1, heads - 1), colors.Color(0.88, 0.88, 0.92))) if heads else None
    return Table(cells, colWidths=[width * share / sum(shares) for share in shares], repeatRows=heads, style=style)
