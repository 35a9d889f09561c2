"""PDF pages into words and edges; pages and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_pages import HEIGHT, Sheet, pdf_of, read_bytes
from PIL import Image, ImageDraw, ImageFont

from pipeline.document import Word
from pipeline.ingesters import ocr, pdf
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.ocr_vocabulary import mend_doubtful
from pipeline.ingesters.pdf_trust import trust_in

PROSE = [
    "The Panel considered the report of the Head of Highways on the winter service,",
    "and noted that the salt barns at Netherfield and Calderbrook were full for the year.",
]


def prose(sheet: Sheet) -> None:
    sheet.lines(72, 100, PROSE)


def test_a_word_has_its_text_box_size_and_weight() -> None:
    document = read_bytes(pdf_of(lambda s: s.text(72, 100, "Cabinet agreed", 12, "Helvetica-Bold")))
    first, second = document.pages[0].words
    assert (first.text, second.text) == ("Cabinet", "agreed")
    assert first.size == 12 and first.bold and not first.italic
    assert first.x0 == pytest.approx(72, abs=1)
    assert first.top < 100 < first.bottom < 106
    assert first.x1 < second.x0


def test_ruled_lines_and_the_sides_of_rectangles_are_edges() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.line(50, HEIGHT - 60, 250, HEIGHT - 60)
        sheet.canvas.rect(50, HEIGHT - 200, 100, 1, stroke=0, fill=1)
        sheet.canvas.rect(300, HEIGHT - 300, 100, 50, stroke=1, fill=0)
        prose(sheet)

    edges = read_bytes(pdf_of(draw)).pages[0].edges
    across = sorted((round(e.top), round(e.x0), round(e.x1)) for e in edges if e.top == e.bottom)
    down = sorted((round(e.x0), round(e.top), round(e.bottom)) for e in edges if e.x0 == e.x1)
    assert (60, 50, 250) in across
    assert any(abs(top - 199.5) <= 1 and (x0, x1) == (50, 150) for top, x0, x1 in across)
    assert (250, 300, 400) in across and (300, 300, 400) in across
    assert down == [(300, 250, 300), (400, 250, 300)]


def test_edges_inside_a_form_are_found() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.beginForm("box")
        sheet.canvas.line(0, 0, 80, 0)
        sheet.canvas.endForm()
        sheet.canvas.translate(100, HEIGHT - 150)
        sheet.canvas.doForm("box")

    edges = read_bytes(pdf_of(draw)).pages[0].edges
    assert [(round(e.x0), round(e.top), round(e.x1)) for e in edges] == [(100, 150, 180)]


def test_a_page_turned_by_its_own_entry_keeps_lines_level() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(90)
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(100, -60, "Turned by its entry and read along")

    page = read_bytes(pdf_of(draw)).pages[0]
    assert page.turn == 0
    assert all(0 < w.x0 < w.x1 < (page.width or 0) for w in page.words)
    assert len({round(w.top) for w in page.words}) == 1
    assert [w.text for w in sorted(page.words, key=lambda w: w.x0)] == [
        "Turned",
        "by",
        "its",
        "entry",
        "and",
        "read",
        "along",
    ]


@pytest.mark.parametrize(("angle", "turn"), [(90, 90), (180, 180), (270, 270)])
def test_text_that_stands_on_its_side_turns_the_page(angle: int, turn: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(300, 400)
        sheet.canvas.rotate(angle)
        for i, line in enumerate(PROSE):
            sheet.canvas.drawString(-200, -14 * i, line)

    page = read_bytes(pdf_of(draw)).pages[0]
    assert page.turn == turn
    ordered = sorted(page.words, key=lambda w: (round(w.top), w.x0))
    assert " ".join(w.text for w in ordered) == " ".join(PROSE)
    assert all(
        0 <= w.x0 < w.x1 <= (page.width or 0) and 0 <= w.top < w.bottom <= (page.height or 0) for w in page.words
    )


def test_letter_spacing_and_leaders() -> None:
    document = read_bytes(
        pdf_of(
            lambda s: (
                s.text(72, 100, "M I N U T E S"),
                s.text(72, 130, "Finance ................................ 12"),
            )
        )
    )
    assert [w.text for w in document.pages[0].words] == ["MINUTES", "Finance", "....", "12"]


def test_an_encrypted_file_says_so() -> None:
    with pytest.raises(Unreadable) as error:
        read_bytes(pdf_of(prose, encrypt="secret"))
    assert error.value.kind == "encrypted" and "password" in error.value.message


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", pdf_of(prose)[:200]])
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable) as error:
        read_bytes(data)
    assert error.value.kind == "corrupt" and "damaged" in error.value.message


def test_an_empty_page_is_a_problem_and_the_others_are_kept() -> None:
    document = read_bytes(pdf_of(prose, lambda s: None, prose))
    assert [len(page.words) > 20 for page in document.pages] == [True, False, True]
    assert [(p.kind, p.page) for p in document.problems] == [("no_text", 2)]


def test_a_page_of_very_many_letters_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "CHARACTERS", 40)
    document = read_bytes(pdf_of(prose))
    assert " ".join(w.text for w in document.pages[0].words).startswith("The Panel considered the report")
    assert len(document.pages[0].words) == 8
    assert [(p.kind, p.page) for p in document.problems] == [("page_too_large", 1)]


def test_a_page_of_very_many_lines_is_read_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "OBJECTS", 50)

    def draw(sheet: Sheet) -> None:
        prose(sheet)
        for i in range(100):
            sheet.canvas.line(50, i, 60, i)

    document = read_bytes(pdf_of(draw))
    assert document.pages[0].edges == [] and len(document.pages[0].words) > 20
    assert [p.kind for p in document.problems] == ["page_too_large"]


def scanned(turn: int = 0) -> bytes:
    """A page that is a picture of two lines of text."""
    image = Image.new("L", (1650, 600), 255)
    font = ImageFont.load_default(size=44)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(["RESOLVED that the tender be accepted", "and the contract be signed for £45,000"]):
        draw.text((100, 150 + 90 * i), line, font=font, fill=0)
    image = image.rotate(turn, expand=True)

    def place(sheet: Sheet) -> None:
        sheet.canvas.drawInlineImage(image, 20, 300, width=550, height=550 * image.height / image.width)

    return pdf_of(place)


def tesseract_rows(words: list[tuple[str, int, int, int, int, float]]) -> dict[str, list[object]]:
    """Words as tesseract gives them, one line each row of `top`."""
    tops = sorted({top for _, _, top, _, _, _ in words})
    return {
        "text": [w[0] for w in words],
        "left": [w[1] for w in words],
        "top": [w[2] for w in words],
        "width": [w[3] for w in words],
        "height": [w[4] for w in words],
        "conf": [w[5] for w in words],
        "page_num": [1] * len(words),
        "block_num": [1] * len(words),
        "par_num": [1] * len(words),
        "line_num": [tops.index(w[2]) for w in words],
    }


def test_a_scan_is_recognised_with_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tesseract_rows(
        [
            ("RESOLVED", 300, 600, 300, 40, 96.0),
            ("that", 620, 600, 90, 40, 91.0),
            ("|", 10, 600, 5, 40, 20.0),
        ]
    )
    monkeypatch.setattr("pytesseract.image_to_data", lambda *args, **kwargs: rows)
    document = read_bytes(scanned())
    page = document.pages[0]
    assert page.method == "ocr" and document.problems == []
    assert [(w.text, w.confidence) for w in page.words] == [("RESOLVED", 0.96), ("that", 0.91)]
    assert page.words[0].x0 == pytest.approx(86.4) and page.words[0].bottom == pytest.approx(184.32)


def test_without_tesseract_a_scan_is_a_problem_that_tells_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*args: object, **kwargs: object) -> None:
        import pytesseract

        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr("pytesseract.image_to_data", missing)
    document = read_bytes(scanned(), path="scans/minutes.pdf")
    [problem] = document.problems
    assert (problem.kind, problem.page, problem.stage) == ("no_text", 1, "words")
    assert "scans/minutes.pdf" in problem.message and "apt install tesseract-ocr" in problem.message


def test_a_skewed_line_is_levelled_and_its_date_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["Held", "on", '29"', "July", "at", "a", "cost", "of", "£12rn"]
    rows: dict[str, list[object]] = {key: [] for key in tesseract_rows([])}
    for line in range(3):
        for i, text in enumerate(said):
            found = tesseract_rows([(text, 200 + 200 * i, 1000 + 100 * line + 4 * i, 150, 40, 95.0)])
            for key, values in found.items():
                rows[key] += [line] if key == "line_num" else values
    monkeypatch.setattr("pytesseract.image_to_data", lambda *args, **kwargs: rows)
    [found] = ocr.recognise([Image.new("L", (10, 10))])
    words = found.words
    assert [len({w.bottom for w in words[9 * line : 9 * line + 9]}) for line in range(3)] == [1, 1, 1]
    assert [w.text for w in words[:9]] == ["Held", "on", "29th", "July", "at", "a", "cost", "of", "£12m"]


def lined_page() -> Image.Image:
    """A page of lines of black blocks, as text looks from afar."""
    image = Image.new("L", (800, 1000), 255)
    for line in range(80, 900, 40):
        for block in range(80, 700, 60 + line % 7):
            image.paste(0, (block, line, block + 44, line + 18))
    return image


def test_a_page_on_its_side_is_turned_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []

    def read(pages: str, **kwargs: object) -> dict[str, list[object]]:
        sizes.extend(Image.open(name).size for name in Path(pages).read_text().splitlines())
        return tesseract_rows([("Minutes", 100, 100, 200, 40, 96.0)])

    monkeypatch.setattr("pytesseract.image_to_data", read)
    monkeypatch.setattr("pytesseract.image_to_osd", lambda *args, **kwargs: {"rotate": 270})
    assert [one.turn for one in ocr.recognise([lined_page().rotate(-90, expand=True)])] == [270]
    assert [one.turn for one in ocr.recognise([lined_page()])] == [0]
    assert sizes == [(800, 1000), (800, 1000)]


def test_a_page_that_tesseract_fails_on_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    def read(pages: str, **kwargs: object) -> dict[str, list[object]]:
        widths = [Image.open(name).size[0] for name in Path(pages).read_text().splitlines()]
        if 13 in widths:
            raise pytesseract.TesseractError(1, "broken")
        return tesseract_rows([("Minutes", 100, 100, 200, 40, 96.0)])

    monkeypatch.setattr("pytesseract.image_to_data", read)
    first, broken, last = ocr.recognise([Image.new("L", (width, 10)) for width in (12, 13, 14)])
    assert [[w.text for w in one.words] for one in (first, last)] == [["Minutes"], ["Minutes"]]
    assert "broken" in str(broken)


@pytest.mark.parametrize(
    ("text", "picture", "hidden", "trust"),
    [
        ("", 0.0, False, "none"),
        ("Page 1 of 3", 0.9, False, "none"),
        ("Page 1 of 3", 0.0, False, "good"),
        (" ".join(PROSE), 0.0, False, "good"),
        (
            " ".join(PROSE * 3).translate({ord(c): ord(c) - 3 for c in "abcdefghijklmnopqrstuvwxyz"}),
            0.0,
            False,
            "garbled",
        ),
        ("\uf021\uf022\uf023\uf024\uf025 \uf026\uf027\uf028 " * 10, 0.0, False, "garbled"),
        ("#$% &'( )*+ ,-. /01 +-& $%# " * 5, 0.0, False, "garbled"),
        (
            "Penderfynwyd bod y cyngor yn derbyn yr adroddiad ar wasanaethau cymdeithasol a thai " * 3,
            0.0,
            False,
            "good",
        ),
        ("1,204 3,310 (45) 12.5 889 1,020 4,410 33 20 19 18 774 2,201 90 45 32 889 1,204", 0.0, False, "good"),
    ],
)
def test_trust_in_a_pages_text(text: str, picture: float, hidden: bool, trust: str) -> None:
    words = [Word(token, 0, 0, 10, 10) for token in text.split()]
    assert trust_in(words, picture, hidden) == trust


def test_a_doubtful_word_is_read_again_by_the_documents_own_words() -> None:
    said = [
        ("Complete", 0.95),
        ("Corplete", 0.4),
        ("internal,", 0.93),
        ("internat,", 0.5),
        ("costs", 0.9),
        ("1,204", 0.3),
        ("estates", 0.95),
        ("estate", 0.4),
        ("Harrison", 0.95),
        ("Garrison", 0.9),
    ]
    words = [Word(text, 0, 0, 10, 10, confidence=confidence) for text, confidence in said]
    mend_doubtful(words)
    assert [w.text for w in words] == [
        "Complete",
        "Complete",
        "internal,",
        "internal,",
        "costs",
        "1,204",
        "estates",
        "estate",
        "Harrison",
        "Garrison",
    ]
    assert words[1].confidence == 0.4


def test_page_larger_than_any_paper_is_told_of_and_the_others_are_read() -> None:
    blank = pdf_of(lambda _: None)
    document = read_bytes(blank.replace(b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 595.2756 9999999. ]"))
    assert document.pages[0].height == 9_999_999
    assert [(p.kind, p.page) for p in document.problems] == [("page_too_large", 1)]
    assert document.pages[0].words == []
