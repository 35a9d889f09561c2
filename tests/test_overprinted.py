"""What is printed over, above or against the run of a page's words: watermarks, marks of footnotes, Arabic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pdf_pages import HEIGHT, Sheet, laid_out, table_of, texts

from pipeline.document import Word
from pipeline.extractors import money
from pipeline.layout.lines import gather_lines
from pipeline.records import BudgetFigure
from pipeline.structure import outline

LINES = [
    "The Committee considered a report of the Director of Place on the winter",
    "service plan for the coming season, and asked about the salt barn at Thornley.",
    "It was told that the barn would be filled by the end of October, as in other",
    "years, and that the parish councils had all been asked for their views.",
]


def _stamp(sheet: Sheet, words: str, angle: float, y: float = 330) -> None:
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", 60)
    canvas.translate(300, HEIGHT - y)
    canvas.rotate(angle)
    canvas.drawCentredString(0, 0, words)
    canvas.restoreState()


@pytest.mark.parametrize("angle", [0, 45, -35])
def test_a_watermark_across_the_text_is_no_part_of_it(angle: float) -> None:
    def draw(sheet: Sheet) -> None:
        _stamp(sheet, "DRAFT", angle)
        sheet.lines(72, 300, LINES)

    document = laid_out(draw, draw)
    assert texts(document) == [" ".join(LINES)] * 2
    assert [page.furniture for page in document.pages] == [["DRAFT"], ["DRAFT"]]
    assert outline(document).draft


def test_a_watermark_is_known_on_a_page_where_no_text_stands_under_it() -> None:
    document = laid_out(
        lambda s: (_stamp(s, "EXEMPT", 45), s.lines(72, 300, LINES)),
        lambda s: (_stamp(s, "EXEMPT", 45), s.lines(72, 80, LINES)),
    )
    assert texts(document) == [" ".join(LINES)] * 2


def test_a_large_title_stays() -> None:
    document = laid_out(lambda s: (s.text(72, 200, "Budget Book", size=40), s.lines(72, 300, LINES)))
    assert texts(document)[0] == "Budget Book"


def _run(sheet: Sheet, y: float, parts: list[tuple[str, float, float]]) -> None:
    """Words set one after the other, each with its size and its rise."""
    x = 72.0
    for words, size, rise in parts:
        sheet.text(x, y - rise, words, size=size)
        x += sheet.canvas.stringWidth(words, "Helvetica", size)


def test_the_mark_of_a_footnote_is_no_digit_of_the_figure_before_it() -> None:
    document = laid_out(lambda s: (
        s.text(72, 60, "REPORT OF THE TREASURER", font="Helvetica-Bold"),
        _run(s, 100, [
            ("The grant was cut by £1,234", 11, 0), ("1", 7, 4), (", and by £2,100", 11, 0), ("12", 7, 4),
            (". CO", 11, 0), ("2", 7, -2), (" fell in 2024/25", 11, 0), ("3", 7, 4), (" on 12 m", 11, 0), ("2", 7, 4),
            (" of land on the 2", 11, 0), ("nd", 7, 4), (".", 11, 0),
        ]),
    ))
    assert texts(document)[1] == (
        "The grant was cut by £1,234¹, and by £2,100¹². CO2 fell in 2024/25³ on 12 m² of land on the 2nd."
    )
    figures = [r for r in money.extract(outline(document)) if isinstance(r, BudgetFigure)]
    assert [(f.raw, f.amount) for f in figures] == [("£1,234", Decimal(1234)), ("£2,100", Decimal(2100))]


def test_marks_drawn_after_a_table_stand_behind_its_figures() -> None:
    rows = [["Scheme", "2025/26", "2026/27"], ["School", "1,200", "3,400"], ["Bridge", "800", "2,000"],
            ["Weir", "-", "nil"], ["Total", "2,000", "5,400"]]

    def draw(sheet: Sheet) -> None:
        sheet.text(72, 80, "Capital programme (£000)", font="Helvetica-Bold")
        for i, row in enumerate(rows):
            sheet.text(72, 110 + 20 * i, row[0])
            sheet.right(250, 110 + 20 * i, row[1])
            sheet.right(330, 110 + 20 * i, row[2])
        sheet.text(250.5, 126, "1", size=6)
        sheet.text(72, 226, "1", size=6)
        sheet.text(78, 230, "Of which half is a grant.")

    document = laid_out(draw)
    assert table_of(document.blocks[1])[1] == ["School", "1,200¹", "3,400"]
    assert texts(document)[2] == "¹ Of which half is a grant."
    figures = [r for r in money.extract(outline(document)) if isinstance(r, BudgetFigure)]
    assert [(f.row_label, f.raw, f.footnote) for f in figures][:3] == [
        ("School", "1,200", "Of which half is a grant."), ("School", "3,400", None), ("Bridge", "800", None),
    ]
    assert not [f for f in figures if f.row_label == "Weir"]


def test_a_dash_beside_figures_is_no_part_of_the_label_of_their_row() -> None:
    document = laid_out(lambda s: s.ruled(72, 100, [120, 80, 80, 80], [
        ["Service", "Budget £000", "Actual £000", "Variance £000"],
        ["Parks", "850", "", "–"], ["Roads", "900", "910", "10"],
    ]))
    figures = [r for r in money.extract(outline(document)) if isinstance(r, BudgetFigure)]
    assert [(f.row_label, f.raw) for f in figures][:2] == [("Parks", "850"), ("Roads", "900")]


def test_words_of_arabic_are_read_from_the_right() -> None:
    words = [("Arabic:", 72, 110), ("وثيقة", 120, 150), ("العربية", 155, 195), ("here", 200, 230)]
    lines = gather_lines([Word(text, x0, 100, x1, 112, 11) for text, x0, x1 in words])
    assert [line.text for line in lines] == ["Arabic: العربية وثيقة here"]
