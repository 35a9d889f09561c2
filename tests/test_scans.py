"""Scans: straightened before they are read, an older recognition's text held against a new one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pdf_pages import HEIGHT, Sheet, pdf_of, read_bytes
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_pdf import tesseract_rows

from pipeline.document import Block, Document, Page, Word
from pipeline.ingesters import ocr
from pipeline.ingesters.ocr_skew import skew_of
from pipeline.ingesters.pdf_trust import trust_in
from pipeline.layout.compose import compose
from pipeline.linking.evidence import boxes
from pipeline.records import AgendaItem

LINES = [
    "The Committee considered a report of the Director of Place on the winter",
    "service plan for the coming season. Members asked about the salt barn at",
    "Thornley, and were told that it would be filled by the end of October.",
    "RESOLVED that the report be noted and that the barn be mended in the spring.",
] * 3
MISREAD = {"the": "thc", "of": "oi", "on": "om", "that": "lhat", "and": "amd", "be": "bo", "Committee": "Cornmittee"}
POOR = [" ".join(MISREAD.get(word, word) for word in line.split()) for line in LINES]


def picture(angle: float = 0.0) -> Image.Image:
    """A page of print, turned to the left by `angle` degrees."""
    pdf = pdf_of(lambda s: s.lines(72, 150, LINES))
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72, grayscale=True).to_pil()
    return drawn.rotate(angle, fillcolor=255)


@pytest.mark.parametrize("angle", [0, 0.5, 1.5, -3, 6, -7.5])
def test_the_skew_of_a_page_is_found(angle: float) -> None:
    assert skew_of(picture(angle)) == pytest.approx(-angle, abs=0.26)


def test_a_page_without_ink_is_straight() -> None:
    assert skew_of(Image.new("L", (600, 800), 255)) == 0.0


def test_a_page_askew_is_straightened_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    skews: list[float] = []

    def read(pages: str, **kwargs: object) -> dict[str, list[object]]:
        skews.extend(skew_of(Image.open(name)) for name in Path(pages).read_text().splitlines())
        return tesseract_rows([("Minutes", 100, 100, 200, 40, 96.0)])

    monkeypatch.setattr("pytesseract.image_to_data", read)
    found = ocr.recognise([picture(-4)], 150)
    assert [one.skew for one in found if isinstance(one, ocr.Recognised)] == [pytest.approx(4, abs=0.26)]
    assert skews == [pytest.approx(0, abs=0.26)]


def test_boxes_of_a_straightened_page_stand_where_the_words_were_scanned() -> None:
    word = Word("Minutes", 500, 100, 560, 112, confidence=1.0)
    page = Page(1, 595, 842, words=[word], method="ocr", skew=3.0)
    block = Block("heading", "Minutes", 1, words=[word])
    document = compose(Document("0" * 64, "scan.pdf", "application/pdf", pages=[page], blocks=[block]))
    item = AgendaItem(item_id="i", document_id=document.document_id, meeting_id=None, position=1, number=None,
                      title="Minutes", reference=None, truncated=False, page=1, char_start=0, char_end=7, rule="item",
                      confidence=1.0)
    [box] = boxes(document, [item])
    assert (box.x0, box.x1) == (pytest.approx(516, abs=1), pytest.approx(576, abs=1))
    assert (box.top, box.bottom) == (pytest.approx(111, abs=1), pytest.approx(126, abs=1))


def scan_with(text: list[str]) -> bytes:
    """A scan of the page with a text under it that is not drawn."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    sheet = Sheet(canvas, 1)
    canvas.drawImage(ImageReader(picture()), 0, 0, *A4)
    under = canvas.beginText(72, HEIGHT - 150)
    under.setFont("Helvetica", 11)
    under.setTextRenderMode(3)
    for line in text:
        under.textLine(line)
    sheet.canvas.drawText(under)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_better_of_two_recognitions_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(lines: list[str]) -> object:
        rows = [
            (word, 40 + 60 * i, 300 + 40 * k, 50, 30, 90.0)
            for k, line in enumerate(lines) for i, word in enumerate(line.split())
        ]
        return lambda *args, **kwargs: tesseract_rows(rows)

    monkeypatch.setattr("pytesseract.image_to_data", said(LINES))
    page = read_bytes(scan_with(POOR)).pages[0]
    assert (page.method, page.words[1].text) == ("ocr", "Committee")
    monkeypatch.setattr("pytesseract.image_to_data", said([line.replace("was", "wos") for line in POOR]))
    page = read_bytes(scan_with(POOR)).pages[0]
    assert (page.method, page.words[1].text) == ("text", "Cornmittee")
    assert read_bytes(scan_with(LINES)).pages[0].method == "text"


def test_without_tesseract_a_poor_text_is_kept_and_said_to_be_poor(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    def missing(*args: object, **kwargs: object) -> None:
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr("pytesseract.image_to_data", missing)
    document = read_bytes(scan_with(POOR))
    assert document.pages[0].words[1].text == "Cornmittee"
    assert [problem.kind for problem in document.problems] == ["doubtful_text"]


def test_only_a_text_that_is_not_drawn_is_doubted() -> None:
    words = [Word(text, 0, 0, 1, 1) for line in POOR for text in line.split()]
    assert (trust_in(words, 1.0, True), trust_in(words, 1.0, False)) == ("doubtful", "good")
