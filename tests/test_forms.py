"""Forms of label and value: without rules, with wrapped labels and values, as two stacks side by side."""

from __future__ import annotations

from pdf_pages import Sheet, laid_out, pdf_of, read_bytes, table_of, texts

from pipeline.document import Block
from pipeline.ingesters.html import blocks_of, parse
from pipeline.layout import lay_out
from pipeline.structure import outline

TEXT = (
    "The permits were last looked at in 1998, when the town had half the cars that it has now, and",
    "the income from them no longer pays for the wardens, as the auditors told us in the autumn.",
)
LABELS = ("Report to:", "Date:", "Title of report:", "Report of:", "Key decision:")
TITLE = ("Review of residential parking permits and", "of what visitors pay")


def bold(sheet: Sheet, x: float, y: float, words: str) -> None:
    sheet.text(x, y, words, font="Helvetica-Bold")


def test_two_stacks_side_by_side_come_together_in_order() -> None:
    def draw(sheet: Sheet) -> None:
        for i, label in enumerate(LABELS):
            bold(sheet, 60, 100 + 20 * i, label)
        for y, value in zip((100, 120, 140, 154, 174, 194),
                            ("Cabinet", "16 January 2025", *TITLE, "Director of Place", "No"), strict=True):
            sheet.text(200, y, value)
        sheet.lines(60, 230, TEXT)

    document = laid_out(draw)
    assert texts(document)[:5] == [
        "Report to: Cabinet", "Date: 16 January 2025",
        "Title of report: Review of residential parking permits and of what visitors pay",
        "Report of: Director of Place", "Key decision: No",
    ]
    read = outline(document)
    assert (read.title, read.body, str(read.held_on)) == (
        "Review of residential parking permits and of what visitors pay", "Cabinet", "2025-01-16",
    )


def test_labels_and_values_that_wrap_stay_with_each_other() -> None:
    def draw(sheet: Sheet) -> None:
        for y, left, right in (
            (100, "Report to:", "Cabinet"), (120, "Cabinet Member", "Councillor Moss, Cabinet Member for"),
            (134, "(Portfolio", "Highways and Environmental"), (148, "Holder):", "Services"),
            (168, "Ward(s) affected", "All"), (182, "this year:", ""), (202, "Key decision:", "No"),
        ):
            bold(sheet, 60, y, left)
            sheet.text(170, y, right)
        sheet.lines(60, 230, TEXT)

    assert texts(laid_out(draw))[:4] == [
        "Report to: Cabinet",
        "Cabinet Member (Portfolio Holder): Councillor Moss, Cabinet Member for Highways and Environmental Services",
        "Ward(s) affected this year: All", "Key decision: No",
    ]


def test_two_pairs_in_a_row_are_two() -> None:
    def draw(sheet: Sheet) -> None:
        for y, row in (
            (100, ("Committee", "Planning and", "Date", "4 March 2025")), (114, ("", "Licensing Committee", "", "")),
            (134, ("Application", "24/01234/FUL", "Ward", "Moor End")), (148, ("number", "", "", "")),
        ):
            for x, words in zip((60, 160, 320, 420), row, strict=True):
                (bold if x in (60, 320) else Sheet.text)(sheet, x, y, words)
        sheet.lines(60, 190, TEXT)

    assert texts(laid_out(draw))[:4] == [
        "Committee Planning and Licensing Committee", "Date 4 March 2025",
        "Application number 24/01234/FUL", "Ward Moor End",
    ]


def test_persons_on_two_lines_beside_one_label_are_two_paragraphs() -> None:
    def draw(sheet: Sheet) -> None:
        for y, left, right in (
            (100, "From:", "Edmund Ferrars, Cabinet Member for Roads"),
            (114, "", "Oliver Stott, Corporate Director of Money"), (134, "To:", "Cabinet, 21 January 2025"),
            (154, "Subject:", "Winter roads"), (174, "Summary:", ""),
        ):
            bold(sheet, 60, y, left)
            sheet.text(150, y, right)
        sheet.lines(60, 200, TEXT)

    assert texts(laid_out(draw))[:5] == [
        "From: Edmund Ferrars, Cabinet Member for Roads", "Oliver Stott, Corporate Director of Money",
        "To: Cabinet, 21 January 2025", "Subject: Winter roads", "Summary:",
    ]


def test_a_ruled_form_that_rules_off_no_row_has_its_rows() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(60, 40, TEXT)
        sheet.ruled(60, 100, (120, 160), [("", "")], height=90)
        sheet.lines(66, 120, ("Report to:", "Date:", "Title:", "Key decision:"))
        sheet.lines(186, 114, ("Cabinet", "3 May 2024", "Quay walls and what the", "boats pay", "No"))

    table = next(block for block in lay_out(read_bytes(pdf_of(draw))).blocks if block.table is not None)
    assert table_of(table) == [
        ["Report to:", "Cabinet"], ["Date:", "3 May 2024"], ["Title:", "Quay walls and what the boats pay"],
        ["Key decision:", "No"],
    ]


def html(text: str) -> list[Block]:
    return blocks_of(parse(text))


def test_stacks_in_two_cells_of_a_page_are_rows() -> None:
    [table] = html(
        "<table border=1><tr><td><p>Report to:</p><p>Date:</p></td><td><p>Cabinet</p><p>3 May 2024</p></td></tr>"
        "<tr><td>Wards:</td><td>All</td></tr></table>"
    )
    assert table_of(table) == [["Report to:", "Cabinet"], ["Date:", "3 May 2024"], ["Wards:", "All"]]
    [uneven] = html(
        "<table border=1><tr><td><p>Report to:</p><p>Date:</p></td><td><p>Cabinet</p></td></tr></table>"
    )
    assert table_of(uneven) == [["Report to: Date:", "Cabinet"]]


def test_values_set_higher_than_their_labels_stay_with_them() -> None:
    def draw(sheet: Sheet) -> None:
        for y, row in (
            (100, ("Decision maker:", "Cabinet Member for Adults", "Date:", "3 May 2025")),
            (120, ("", "Award of the contract for", "", "")), (132, ("", "meals in the north and", "", "")),
            (144, ("Subject:", "the east", "Ref:", "AH/14")), (164, ("Key decision:", "Yes", "Wards:", "All")),
        ):
            for x, words in zip((60, 160, 340, 400), row, strict=True):
                sheet.text(x, y, words)
        sheet.lines(60, 190, TEXT)

    assert texts(laid_out(draw))[:6] == [
        "Decision maker: Cabinet Member for Adults", "Date: 3 May 2025",
        "Subject: Award of the contract for meals in the north and the east", "Ref: AH/14",
        "Key decision: Yes", "Wards: All",
    ]
