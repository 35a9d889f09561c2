"""Small PDFs for the tests, drawn with reportlab: text at places, ruled tables, unruled columns of figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Block, Document
from pipeline.ingesters.pdf import read_pdf
from pipeline.layout import lay_out

HEIGHT = A4[1]
Draw = Callable[["Sheet"], None]


class Sheet:
    """A page that is drawn on with lengths from its top left."""

    def __init__(self, canvas: Canvas, number: int) -> None:
        self.canvas = canvas
        self.number = number

    def text(self, x: float, y: float, words: str, size: float = 11, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def right(self, x: float, y: float, words: str, size: float = 11) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawRightString(x, HEIGHT - y, words)

    def lines(self, x: float, y: float, lines: Sequence[str], pitch: float = 14, font: str = "Helvetica") -> None:
        for i, line in enumerate(lines):
            self.text(x, y + i * pitch, line, font=font)

    def ruled(
        self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], height: float = 18
    ) -> None:
        """A table with all its rules; a line feed in a cell begins a second line."""
        edges = [x + sum(widths[:i]) for i in range(len(widths) + 1)]
        for i in range(len(rows) + 1):
            self.canvas.line(edges[0], HEIGHT - y - i * height, edges[-1], HEIGHT - y - i * height)
        for edge in edges:
            self.canvas.line(edge, HEIGHT - y, edge, HEIGHT - y - len(rows) * height)
        for i, row in enumerate(rows):
            for left, cell in zip(edges, row, strict=False):
                for k, line in enumerate(cell.split("\n")):
                    self.text(left + 4, y + i * height + 12 + 12 * k, line, size=10)


def pdf_of(*pages: Draw, encrypt: str | None = None) -> bytes:
    """A PDF with a page for each function."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    for number, draw in enumerate(pages, 1):
        draw(Sheet(canvas, number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read_bytes(data: bytes, path: str = "paper.pdf") -> Document:
    """The PDF's words and edges, before layout."""
    return read_pdf(Document(hashlib.sha256(data).hexdigest(), path, "application/pdf"), data)


def laid_out(*pages: Draw) -> Document:
    """A PDF drawn, read and laid out."""
    return lay_out(read_bytes(pdf_of(*pages)))


def texts(document: Document) -> list[str]:
    """Its blocks' texts."""
    return [block.text for block in document.blocks]


def table_of(block: Block) -> list[list[str | None]]:
    """A table's texts by row and column; None where nothing stands; a spanning cell in each of its places."""
    assert block.table is not None
    return [[cell.text if cell else None for cell in row] for row in block.table.grid()]
