"""Words into blocks: reading order, paragraphs, lists, headings, running heads, page breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_pages import HEIGHT, Sheet, laid_out, read_bytes, texts

from pipeline.document import Block, Document, Page, Word
from pipeline.layout import lay_out
from pipeline.layout.words import join_text

FULL = "The Panel considered the report of the Head of Highways on the winter service, and it"


def test_lines_become_paragraphs_in_reading_order() -> None:
    document = laid_out(
        lambda s: (
            s.lines(72, 300, [FULL, "asked for a further report in the spring."]),
            s.lines(72, 200, [FULL, "noted the position."]),
        )
    )
    assert texts(document) == [f"{FULL} noted the position.", f"{FULL} asked for a further report in the spring."]
    assert document.text == "\n".join(texts(document)) + "\n"


def test_a_line_that_left_room_ends_its_paragraph() -> None:
    document = laid_out(
        lambda s: s.lines(
            72,
            200,
            [
                FULL,
                "noted the position.",
                "Members asked about grit bins.",
                FULL,
                "was content.",
            ],
        )
    )
    assert texts(document) == [f"{FULL} noted the position.", "Members asked about grit bins.", f"{FULL} was content."]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("the commis\u00ad", "sioning of care", "the commissioning of care"),
        ("a 12-", "month term", "a 12-month term"),
        ("under 18-", "and 19-year-olds", "under 18- and 19-year-olds"),
        ("a cross-", "party group", "a cross-party group"),
        ("the Vale-", "Netherfield road", "the Vale-Netherfield road"),
        ("short-", "and long-term", "short- and long-term"),
        ("in 2024-", "25 prices", "in 2024-25 prices"),
        ("see https://calderbrook.example/", "papers", "see https://calderbrook.example/papers"),
        ("the budget", "was set", "the budget was set"),
    ],
)
def test_hyphens_are_healed_or_kept(left: str, right: str, joined: str) -> None:
    assert join_text(left, right) == joined


def test_a_word_split_at_a_line_end_is_one_word() -> None:
    document = laid_out(
        lambda s: s.lines(
            72,
            200,
            [
                "The Panel considered the report of the Head of Highways on winter mainte-",
                "nance, and noted it.",
            ],
        )
    )
    assert texts(document) == [
        "The Panel considered the report of the Head of Highways on winter maintenance, and noted it."
    ]


def test_a_hyphen_is_kept_where_the_document_knows_the_second_half() -> None:
    document = laid_out(
        lambda s: (
            s.lines(
                72,
                200,
                ["The Panel considered the report of the Head of Highways on better customer-", "care, and noted it."],
            ),
            s.text(72, 260, "The officers take care."),
        )
    )
    assert "better customer-care, and noted it." in document.text


def test_labels_of_every_kind_begin_list_items() -> None:
    labels = ["1.", "1.1", "(2)", "(a)", "b)", "(iv)", "v.", "\u2022", "-"]

    def draw(sheet: Sheet) -> None:
        for i, label in enumerate(labels):
            sheet.text(72, 150 + 30 * i, label)
            sheet.text(108, 150 + 30 * i, "the report be noted and the officers be thanked for it;")

    document = laid_out(draw)
    assert [(b.role, b.label, b.body) for b in document.blocks] == [
        ("list_item", label, "the report be noted and the officers be thanked for it;") for label in labels
    ]


def test_a_hanging_label_keeps_the_lines_under_its_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(72, 150, "4.")
        sheet.lines(108, 150, ["The contract for the supply of road salt shall be let for a period of four", "years."])
        sheet.text(72, 192, "5.")
        sheet.text(108, 192, "Members were told of the risk.")

    document = laid_out(draw)
    assert [(b.label, b.body) for b in document.blocks] == [
        ("4.", "The contract for the supply of road salt shall be let for a period of four years."),
        ("5.", "Members were told of the risk."),
    ]


def test_a_label_on_a_line_above_belongs_to_its_text() -> None:
    document = laid_out(lambda s: (s.text(72, 150, "(a)"), s.text(90, 164, "that the report be received; and")))
    assert [(b.label, b.body) for b in document.blocks] == [("(a)", "that the report be received; and")]


def test_a_number_that_a_line_end_leaves_at_the_margin_is_no_label() -> None:
    document = laid_out(
        lambda s: s.lines(
            72,
            150,
            [
                "The Committee had last considered the condition of the bridges at its meeting on",
                "4. The surveys that were then asked for had been carried out in the summer, and",
                "were before Members.",
            ],
        )
    )
    assert len(document.blocks) == 1


def test_lists_nest_by_indent_and_by_form() -> None:
    def draw(sheet: Sheet) -> None:
        for i, (x, label) in enumerate([(72, "1."), (72, "(a)"), (72, "(b)"), (100, "\u2022"), (72, "2.")]):
            sheet.text(x, 150 + 30 * i, label)
            sheet.text(x + 30, 150 + 30 * i, "that the matter be considered further in due course;")

    assert [b.level for b in laid_out(draw).blocks] == [0, 1, 1, 2, 0]


def test_headings_are_told_by_weight_size_and_capitals() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(72, 100, "Winter Service Plan", size=16)
        sheet.text(72, 140, "Background", font="Helvetica-Bold")
        sheet.lines(72, 160, [FULL, "noted the position."])
        sheet.text(72, 210, "FINANCIAL IMPLICATIONS")
        sheet.lines(72, 230, [FULL, "noted the cost."])
        sheet.text(72, 280, "RESOLVED that the plan be approved and the costs be met", font="Helvetica-Bold")

    document = laid_out(draw)
    assert [b.role for b in document.blocks] == [
        "heading",
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]
    assert document.blocks[0].level == 1 < document.blocks[1].level


def running(sheet: Sheet) -> None:
    sheet.text(72, 40, "Ashbourne Vale District Council")
    sheet.text(280, 810, f"Page {sheet.number} of 3")
    sheet.text(72, 130, ["First matter.", "Second matter.", "Third matter."][sheet.number - 1])


def test_running_heads_and_feet_are_furniture() -> None:
    document = laid_out(running, running, running)
    assert [page.furniture for page in document.pages] == [
        ["Ashbourne Vale District Council", f"Page {n} of 3"] for n in (1, 2, 3)
    ]
    assert "Page" not in document.text and "Ashbourne" not in document.text
    assert [b.text for b in document.blocks if b.text.endswith("matter.")] == [
        "First matter.",
        "Second matter.",
        "Third matter.",
    ]


def test_headings_and_totals_of_a_table_on_page_after_page_are_no_furniture() -> None:
    """A budget book repeats the years over its tables, and the row of last year's total; both had been taken."""

    def book(sheet: Sheet) -> None:
        for top, cells in (
            (60, ["", "2010/11", "2011/12"]),
            (72, ["", "Outturn", "Total Budget"]),
            (84, ["Subjective analysis", "£000", "£000"]),
            (96, ["Employees", f"{sheet.number}55", f"{sheet.number}39"]),
            (790, ["2011/12 TOTAL BUDGET", f"28,58{sheet.number}", ""]),
        ):
            for left, text in zip((72, 280, 340), cells, strict=True):
                if text:
                    sheet.text(left, top, text)
        sheet.text(280, 820, f"Page {sheet.number}")

    document = laid_out(book, book, book)
    assert [page.furniture for page in document.pages] == [["Page 1"], ["Page 2"], ["Page 3"]]
    assert document.text.count("2010/11") == 3 and document.text.count("TOTAL BUDGET") == 3


def test_a_sentence_goes_on_over_a_page_break_and_its_running_heads() -> None:
    def first(sheet: Sheet) -> None:
        running(sheet)
        sheet.lines(72, 740, [FULL, "was resolved that the sum of twelve thousand pounds be set aside for the"])

    def second(sheet: Sheet) -> None:
        running(sheet)
        sheet.text(72, 80, "repair of the bridge.")

    document = laid_out(first, second, running)
    [whole] = [b for b in document.blocks if b.text.endswith("repair of the bridge.")]
    assert whole.text.startswith(FULL) and whole.pages == [1, 2] and whole.page == 1
    assert document.page_at(whole.start) == 1


def test_a_note_in_the_margin_does_not_cut_its_sentence() -> None:
    document = laid_out(
        lambda s: (
            s.lines(
                72,
                100,
                [
                    FULL,
                    "noted that the gritting routes would be looked at again before the first frost, when",
                    FULL,
                    "had no more questions.",
                ],
            ),
            s.text(540, 114, "AM"),
        )
    )
    assert texts(document) == [
        f"{FULL} noted that the gritting routes would be looked at again before the first frost, when {FULL} "
        "had no more questions.",
        "AM",
    ]


def test_initials_and_lines_set_in_columns_stand_alone() -> None:
    def draw(sheet: Sheet) -> None:
        for i, (name, word) in enumerate([("Asset register", "Approved"), ("Standing orders", "Approved")]):
            sheet.text(72, 100 + 14 * i, name)
            sheet.text(300, 100 + 14 * i, word)

    assert texts(laid_out(draw)) == ["Asset register Approved", "Standing orders Approved"]


def check_offsets(document: Document) -> None:
    """Every block's, cell's and word's offsets lie inside its block and hold its text."""
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        assert document.text[block.body_start : block.end] == block.body
        for cell in block.table.cells if block.table else []:
            assert block.start <= cell.start <= cell.end <= block.end
            assert document.text[cell.start : cell.end] == cell.text
        at = block.start
        for word in block.words:
            assert at <= word.start < word.end <= block.end, word
            assert word.text.startswith(document.text[word.start : word.end])
            at = word.end
    assert "".join(page.text for page in document.pages) == document.text


words = st.text("abcdefgh0123456789.,-()£•", min_size=1, max_size=8)
places = st.tuples(st.integers(0, 500), st.integers(0, 60), words, st.sampled_from([8.0, 11.0, 11.0, 16.0]))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(places, max_size=40), min_size=1, max_size=3))
def test_words_anywhere_on_a_page_keep_their_offsets(pages: list[list[tuple[int, int, str, float]]]) -> None:
    document = Document(
        "0" * 64,
        "any.pdf",
        "application/pdf",
        pages=[
            Page(
                n,
                595,
                842,
                [
                    Word(text, x, 12.0 * y, x + 0.5 * size * len(text), 12.0 * y + size, size)
                    for x, y, text, size in page
                ],
            )
            for n, page in enumerate(pages, 1)
        ],
    )
    check_offsets(lay_out(document))


def test_offsets_of_a_drawn_document() -> None:
    document = laid_out(running, running, running)
    check_offsets(document)
    assert all(word.start >= 0 for block in document.blocks for word in block.words)


def test_a_document_without_pages_keeps_its_blocks() -> None:
    document = Document(
        "0" * 64, "page.html", "text/html", blocks=[Block("heading", "Minutes"), Block("paragraph", "Noted.")]
    )
    assert lay_out(document).text == "Minutes\nNoted.\n"
    assert [b.start for b in document.blocks] == [0, 8]


def test_text_in_two_columns_is_read_left_column_first() -> None:
    left = [f"left line {number} of the column goes on" for number in range(1, 10)]
    right = [line.replace("left", "right") for line in left]
    document = laid_out(
        lambda s: (
            s.text(72, 80, "A heading that stands over both of the columns of this page, from side to side"),
            s.lines(72, 110, left),
            s.lines(320, 110, right),
        )
    )
    read = " ".join(block.text for block in document.blocks[1:])
    assert read == " ".join([*left, *right])


def test_boxes_side_by_side_are_read_one_after_the_other() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.rect(60, HEIGHT - 160, 250, 60)
        sheet.canvas.rect(360, HEIGHT - 160, 150, 60)
        sheet.lines(70, 120, ["Decision to be taken by the", "Cabinet Member for Roads"])
        sheet.lines(370, 120, ["Decision number", "24/00117"])

    assert " ".join(texts(laid_out(draw))) == (
        "Decision to be taken by the Cabinet Member for Roads Decision number 24/00117"
    )


def test_a_running_head_that_ends_with_the_name_of_the_chapter_is_furniture() -> None:
    names = ["Care at home", "Highways", "Schools", "Libraries"]
    document = laid_out(*[
        lambda s, name=name: (
            s.text(72, 40, f"Ashbourne Vale Council - Cabinet 12 March - {name}", size=9),
            s.lines(72, 120, [FULL, f"noted the position on {name.lower()}."]),
        )
        for name in names
    ])
    assert texts(document) == [f"{FULL} noted the position on {name.lower()}." for name in names]
    assert [page.furniture for page in document.pages] == [
        [f"Ashbourne Vale Council - Cabinet 12 March - {name}"] for name in names
    ]


def test_a_title_that_opens_alike_on_every_page_stays() -> None:
    names = ["Care at home", "Highways", "Schools", "Libraries"]
    document = laid_out(*[
        lambda s, name=name: (
            s.text(72, 80, f"Capital Programme 2025/26 {name}", size=14, font="Helvetica-Bold"),
            s.lines(72, 120, [FULL, f"noted the position on {name.lower()}."]),
        )
        for name in names
    ])
    assert texts(document)[::2] == [f"Capital Programme 2025/26 {name}" for name in names]


def test_three_columns_and_short_columns_are_read_one_after_the_other() -> None:
    columns = [
        ["Care homes are under", "review. The Cabinet will", "decide in the summer on", "the shape of the service",
         "and on its charges for", "the years that follow in", "view of their great cost."],
        ["Roads in the north of", "the county will be dug", "up for the new water", "main. Buses will go by",
         "way of Thornley until", "all works are complete,", "which may be in autumn."],
        ["Libraries open on the", "usual days in summer,", "but for Netley, where", "the roof is mended in",
         "June. Books can be had", "from the van that calls", "each Tuesday afternoon."],
    ]
    document = laid_out(lambda s: [s.lines(40 + 180 * i, 100, lines) for i, lines in enumerate(columns)])
    assert texts(document) == [" ".join(lines) for lines in columns]
    left = ["The Panel met to hear about", "the two sites that remain and", "to choose between them on the",
            "basis of cost and of access."]
    right = ["Site A lies by the river and", "floods in most winters, while", "site B is dry but costs more",
             "than the budget allows for."]
    document = laid_out(lambda s: (s.lines(50, 100, left), s.lines(310, 100, right)))
    assert texts(document) == [" ".join(left), " ".join(right)]


def test_a_sentence_goes_on_over_a_page_break_below_a_footnote_and_with_a_capital() -> None:
    full = "The Board asked that the costs of the scheme be reported, with those falling on the Town"
    document = laid_out(
        lambda s: (
            s.lines(72, 700, [FULL, full]), s.text(72, 770, "1 Twelve letters, and a petition.", size=8),
        ),
        lambda s: s.lines(72, 80, ["Council and its partners.", "", "A new paragraph."]),
    )
    assert texts(document) == [
        f"{FULL} {full} Council and its partners.", "1 Twelve letters, and a petition.", "A new paragraph.",
    ]


def test_a_paragraph_that_left_room_ends_with_its_page_though_it_has_no_stop() -> None:
    document = laid_out(
        lambda s: s.lines(72, 700, [FULL, "resolved that the report of the Head of Highways be noted"]),
        lambda s: s.lines(72, 80, ["Councillor Reed asked about grit bins."]),
    )
    assert texts(document) == [
        f"{FULL} resolved that the report of the Head of Highways be noted", "Councillor Reed asked about grit bins.",
    ]


def test_white_behind_a_full_stop_in_a_justified_paragraph_is_no_column() -> None:
    lines = (
        ("The permits were last looked at in 1998, when the town had half the cars it has now,",),
        ("and the income from them no longer pays.", "As was said in the autumn, the wardens cost"),
        ("more than the permits bring, and they will cost more each year until the year 2030, as told by"),
        ("the treasurer.", "The proposed changes are these:"),
    )

    def draw(sheet: Sheet) -> None:
        for i, parts in enumerate(lines):
            parts = (parts,) if isinstance(parts, str) else parts
            sheet.text(60, 100 + 14 * i, parts[0])
            for part in parts[1:]:
                x = 60 + sheet.canvas.stringWidth(parts[0], "Helvetica", 11) + 26
                sheet.text(x, 100 + 14 * i, part)

    assert len(laid_out(draw).blocks) == 1


def test_arabic_and_hebrew_are_read_from_the_right() -> None:
    """A browser's print gives some words letter by letter from the left, and stops apart from their words."""
    paper = Path(__file__).parent / "documents" / "arabic-and-hebrew.pdf"
    assert texts(lay_out(read_bytes(paper.read_bytes()))) == [
        "يمكن الحصول على هذه الوثيقة باللغة العربية عند الطلب من المجلس.", "מסמך זה זמין בעברית על פי בקשה.",
    ]
