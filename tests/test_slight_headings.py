"""Headings that only italics or a line under their words set apart."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from pdf_pages import HEIGHT, Sheet, laid_out

from pipeline.document import Document
from pipeline.ingesters.docx import read_docx
from pipeline.ingesters.html import blocks_of, parse
from pipeline.layout import lay_out

TEXT = (
    "The landing stage was last mended in 1998, when there were half as many boats as there are",
    "now, and the harbour dues no longer pay for the divers, as the auditors told us in the autumn.",
)


def roles(document: Document) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in document.blocks]


def underline(sheet: Sheet, x0: float, y: float, x1: float, parts: int = 1) -> None:
    step = (x1 - x0) / parts
    for i in range(parts):
        sheet.canvas.line(x0 + i * step, HEIGHT - y - 1.5, x0 + (i + 0.9) * step, HEIGHT - y - 1.5)


@pytest.mark.parametrize("parts", [1, 3])
def test_underlined_and_italic_lines_above_text_are_headings(parts: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Purpose of the report")
        underline(sheet, 60, 100, 60 + sheet.canvas.stringWidth("Purpose of the report", "Helvetica", 11), parts)
        sheet.lines(60, 120, TEXT)
        sheet.text(60, 170, "Background", font="Helvetica-Oblique")
        sheet.lines(60, 190, TEXT)

    text = " ".join(TEXT)
    assert roles(laid_out(draw)) == [
        ("heading", "Purpose of the report"), ("paragraph", text), ("heading", "Background"), ("paragraph", text),
    ]


@pytest.mark.parametrize(
    ("line", "reach"),
    [("Purpose of the report", 300), ("Councillor Fern left the room", 150), ("www.calderbrook.example", 120)],
)
def test_a_rule_of_the_page_and_a_note_make_no_heading(line: str, reach: float) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, line, font="Helvetica" if reach == 300 else "Helvetica-Oblique")
        underline(sheet, 60, 100, 60 + reach)
        sheet.lines(60, 120, TEXT)

    assert roles(laid_out(draw))[0] == ("paragraph", line)


def test_links_under_each_other_are_no_headings() -> None:
    def draw(sheet: Sheet) -> None:
        for y, name in ((100, "Budget report"), (120, "Harbour plan")):
            sheet.text(60, y, name)
            underline(sheet, 60, y, 60 + sheet.canvas.stringWidth(name, "Helvetica", 11))
        sheet.lines(60, 200, TEXT)

    assert roles(laid_out(draw))[0] == ("paragraph", "Budget report")


def test_underlined_lines_of_a_web_page_are_headings() -> None:
    page = f"<p><u>Background</u></p><p>{TEXT[0]}</p><p><span style='text-decoration: underline'>Cost</span></p><p>"
    document = Document("00", "page.html", "text/html", blocks=blocks_of(parse(f"{page}{TEXT[1]}</p>")))
    assert [role for role, _ in roles(lay_out(document))] == ["heading", "paragraph", "heading", "paragraph"]


def test_underlined_lines_of_a_word_document_are_headings() -> None:
    word = docx.Document()
    word.add_paragraph().add_run("Background").underline = True
    word.add_paragraph(TEXT[0])
    word.add_paragraph().add_run("Cost").italic = True
    word.add_paragraph(TEXT[1])
    buffer = BytesIO()
    word.save(buffer)
    document = lay_out(read_docx(Document("00", "report.docx", ""), buffer.getvalue()))
    assert [role for role, _ in roles(document)] == ["heading", "paragraph", "heading", "paragraph"]
