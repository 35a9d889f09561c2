"""Plain text and Markdown."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Block, Document
from pipeline.ingesters.markdown import plain
from pipeline.ingesters.text import read_text, text_blocks


def blocks_of(text: str) -> list[Block]:
    return read_text(Document("0" * 64, "paper.txt", "text/plain"), text.encode()).blocks


def texts(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


def test_lines_are_paragraphs_and_labels_are_seen() -> None:
    found = blocks_of(
        "Purpose\n\n1.    Joint fund – both pay\n2. Aligned fund\n - (a) Day care\n\n·       Meals\n\nØ  Lifts\n"
    )
    assert [(block.role, block.label, block.text) for block in found] == [
        ("paragraph", None, "Purpose"),
        ("list_item", "1.", "1. Joint fund – both pay"),
        ("list_item", "2.", "2. Aligned fund"),
        ("list_item", "(a)", "(a) Day care"),
        ("list_item", "·", "· Meals"),
        ("list_item", "Ø", "Ø Lifts"),
    ]


def test_a_doubtful_label_counts_where_a_neighbour_continues_it() -> None:
    found = blocks_of(
        "vLifts are new\nvRamps are not\n\nv. old\n\n"
        "A. Marsh took the chair.\n\nA. Costs\nB. Savings\n* Net of income.\n"
    )
    assert [block.label for block in found] == ["v", "v", "v.", None, "A.", "B.", None]


def test_an_item_number_stands_alone_but_a_list_label_takes_its_text() -> None:
    assert texts("7.\n\nUrgent business\n\n-\nThat it be noted.\n\n(b)\n\nThat it be paid.\n") == [
        "7.", "Urgent business", "- That it be noted.", "(b) That it be paid.",
    ]
    assert [block.label for block in blocks_of("7.\n\nUrgent business\n")] == [None, None]


def test_markdown() -> None:
    found = blocks_of(
        "# Report\n\n2. Position**2.1 Joint work**\n\n2.1.1 *Market statement*\n\n- 1.4 A fund of £3m*\n\n"
        "**Legal** [the Act](https://x.example/a) \\*\n\n---\n\n* Net of income.\n"
    )
    assert [(block.role, block.label, block.text, block.bold) for block in found] == [
        ("heading", None, "Report", False),
        ("list_item", "2.", "2. Position", False),
        ("paragraph", "2.1", "2.1 Joint work", True),
        ("paragraph", "2.1.1", "2.1.1 Market statement", False),
        ("paragraph", "1.4", "1.4 A fund of £3m*", False),
        ("paragraph", None, "Legal the Act *", False),
        ("paragraph", None, "* Net of income.", False),
    ]
    assert found[3].italic


def test_tables_between_pipes() -> None:
    (block,) = blocks_of("| Fund | **2024/25** |\n|------|------:|\n| Roads | £4m |\n| Parks |  |\n")
    assert block.text == "Fund\t2024/25\nRoads\t£4m\nParks"
    assert block.table is not None
    assert (block.table.rows, block.table.columns, block.table.header_rows) == (3, 2, 1)


def test_tables_between_tabs() -> None:
    before, table, after = blocks_of("As follows:\n\n\tOld\tNew\nCouncil\t£8m\t£9m*\nGroup\t£3m\t£6m\n* Net.\n")
    assert (before.text, after.text) == ("As follows:", "* Net.")
    assert table.text == "\tOld\tNew\nCouncil\t£8m\t£9m*\nGroup\t£3m\t£6m"
    assert table.table is not None
    assert [(c.text, c.row, c.column) for c in table.table.cells[:3]] == [
        ("Old", 0, 1), ("New", 0, 2), ("Council", 1, 0),
    ]


def test_a_tab_after_a_label_makes_no_table() -> None:
    assert texts("1.\tApologies\n2.\tMinutes\n12\tClosing\n") == ["1. Apologies", "2. Minutes", "12 Closing"]


def test_a_margin_is_not_the_end_of_a_paragraph() -> None:
    wrapped = (
        "The Panel met in the Old Library to hear how the repairs to the bridge\n"
        "at Mill Lane had gone. The engineer said that the arch was sound and\n"
        "that the parapet would be finished before the winter, weather allowing\n"
        "it, at a cost of £14,500.\n"
        "1. That the report be noted.\n"
        "2. That the engineer be thanked for the work that was done on a very wet\n"
        "weekend in March.\n"
    )
    found = texts(wrapped)
    assert len(found) == 3
    assert found[0].endswith("weather allowing it, at a cost of £14,500.")
    assert found[2] == "2. That the engineer be thanked for the work that was done on a very wet weekend in March."


def test_sizes_of_linked_files_are_not_titles() -> None:
    assert texts("Minutes of the Board, 4 May 2021 pdf icon PDF 188 KB\n") == ["Minutes of the Board, 4 May 2021"]


def test_encodings_and_page_breaks() -> None:
    data = "Cost £5\x0cNext page".encode("utf-16")
    assert [b.text for b in read_text(Document("0" * 64, "p", "text/plain"), data).blocks] == ["Cost £5", "Next page"]


def test_stars_without_partners_stay() -> None:
    assert plain("£21m* and £99m*") == "£21m* and £99m*"
    assert plain("a *b* **c** snake_case_name 2*3*4") == "a b c snake_case_name 2*3*4"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_lines_make_one_line_blocks(lines: list[str]) -> None:
    for block in text_blocks([" ".join(line.split("\n")) for line in lines]):
        assert block.text.strip()
        assert block.table is not None or "\n" not in block.text
        assert block.label is None or block.text.lstrip().startswith(block.label)


def test_sentences_of_a_copied_pdf_go_on_over_its_margin() -> None:
    lines = (
        "Item 6: Shelter, Mill Road\n"
        "19/66 The Clerk had received two prices for a new shelter in oak and another for the\n"
        "repair of the old one, which would last for five years.\n"
        "Resolved that the Clerk ask the County Borough Council and the Hollinmere Community\n"
        "Fund for half the cost.\n"
        "Members thought that the bench beside the shelter should be moved nearer to the bus\n"
        "stop so that people could sit in the dry, and that the bin should be moved as well,\n"
        "since it smelt.\n"
        "Page two\n"
        "Item 7: Rents\n"
    )
    assert texts(lines) == [
        "Item 6: Shelter, Mill Road",
        "19/66 The Clerk had received two prices for a new shelter in oak and another for the repair of the old one, "
        "which would last for five years.",
        "Resolved that the Clerk ask the County Borough Council and the Hollinmere Community Fund for half the cost.",
        "Members thought that the bench beside the shelter should be moved nearer to the bus stop so that people could "
        "sit in the dry, and that the bin should be moved as well, since it smelt.",
        "Page two",
        "Item 7: Rents",
    ]
