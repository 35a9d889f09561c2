"""Word documents: what prints is what is read."""

import io
import zipfile

import pytest
from docx import Document as new_word
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.document import Block, Document
from pipeline.ingesters import docx as reader
from pipeline.ingesters.docx import read_docx
from pipeline.ingesters.docx_numbering import Numbering, written
from pipeline.ingesters.errors import Unreadable
from pipeline.labels import follows, split_label

W = nsdecls("w")


def saved(word: object) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def read(data: bytes) -> Document:
    return read_docx(Document("0" * 64, "paper.docx", "docx"), data)


def of_xml(*paragraphs: str) -> list[Block]:
    """The blocks of a document whose body is that XML."""
    word = new_word()
    for paragraph in paragraphs:
        word.element.body.insert(len(word.element.body) - 1, parse_xml(paragraph.replace(">", f" {W}>", 1)))
    return read(saved(word)).blocks


def levels(*definitions: tuple[str, str], extra: str = "") -> str:
    """A w:abstractNum with a level for each format and text."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra if at else ""}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(definitions)
    )
    return f'<w:abstractNum w:abstractNumId="9">{inner}</w:abstractNum>'


def numbering(abstract: str, *nums: str) -> Numbering:
    lists = "".join(nums) or '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>'
    return Numbering(etree.fromstring(f"<w:numbering {W}>{abstract}{lists}</w:numbering>"), {})


def test_paragraphs_headings_and_styles() -> None:
    word = new_word()
    word.core_properties.title = "Ashbourne Vale minutes"
    word.add_heading("Roads", level=2)
    paragraph = word.add_paragraph("The cost was £5")
    paragraph.add_run("m").bold = True
    paragraph.add_run("1").font.superscript = True
    word.add_paragraph("")
    word.add_paragraph("Meals", style="List Bullet")
    whole = word.add_paragraph()
    whole.add_run("RESOLVED").bold = True
    document = read(saved(word))
    assert [(b.role, b.level, b.style, b.label, b.text, b.bold) for b in document.blocks] == [
        ("heading", 2, "Heading 2", None, "Roads", True),
        ("paragraph", 0, "Normal", None, "The cost was £5m¹", False),
        ("list_item", 1, "List Bullet", "•", "• Meals", False),
        ("paragraph", 0, "Normal", None, "RESOLVED", True),
    ]
    assert document.title == "Ashbourne Vale minutes"


def test_lines_within_a_paragraph() -> None:
    word = new_word()
    word.add_paragraph("Resolved:\n1. note it\n2. pay it")
    word.add_paragraph("a line that\ngoes on\tafter a tab")
    assert [b.text for b in read(saved(word)).blocks] == [
        "Resolved:", "1. note it", "2. pay it", "a line that goes on after a tab",
    ]


def test_tables_keep_merged_cells_and_headings() -> None:
    word = new_word()
    table = word.add_table(rows=3, cols=3, style="Table Grid")
    for at, text in enumerate(("Fund", "Cost", "", "Roads", "£4m", "£5m", "", "£6m", "£7m")):
        table.cell(at // 3, at % 3).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    (block,) = read(saved(word)).blocks
    assert block.text == "Fund\tCost\nRoads\t£4m\t£5m\n\t£6m\t£7m"
    assert block.table is not None
    assert (block.table.rows, block.table.columns, block.table.header_rows, block.table.ruled) == (3, 3, 1, True)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in block.table.cells[:3]] == [
        ("Fund", 0, 0, 1, 1), ("Cost", 0, 1, 1, 2), ("Roads", 1, 0, 2, 1),
    ]


def test_a_table_that_numbers_its_text_is_a_list() -> None:
    word = new_word()
    table = word.add_table(rows=2, cols=2)
    for at, text in enumerate(("(a)", "note it", "(b)", "pay it")):
        table.cell(at // 2, at % 2).text = text
    assert [(b.label, b.text) for b in read(saved(word)).blocks] == [("(a)", "(a) note it"), ("(b)", "(b) pay it")]


def test_minutes_in_one_long_table_are_read_row_by_row() -> None:
    word = new_word()
    table = word.add_table(rows=2, cols=3, style="Table Grid")
    passage = "The Panel heard at length how the bridge had been mended. " * 12
    for at, text in enumerate(("1", f"Bridge\n\n{passage}", "Clerk", "2", "Closing", "")):
        table.cell(at // 3, at % 3).text = text
    assert [b.text for b in read(saved(word)).blocks] == ["1", "Bridge", passage.strip(), "Clerk", "2", "Closing"]


def test_running_heads_are_furniture() -> None:
    word = new_word()
    word.sections[0].header.paragraphs[0].text = "Netherfield Council"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    word.add_paragraph("Text")
    document = read(saved(word))
    assert [page.furniture for page in document.pages] == [["Netherfield Council", "Page 1"]]
    assert [block.text for block in document.blocks] == ["Text"]


def test_tracked_changes_hidden_text_and_fields() -> None:
    found = of_xml(
        '<w:p><w:r><w:t xml:space="preserve">pay </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>£4m</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>£5m</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>'
        '<w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        '<w:r><w:t xml:space="preserve"> in </w:t><w:noBreakHyphen/></w:r>'
        '<w:r><w:rPr><w:caps/></w:rPr><w:t>full</w:t></w:r></w:p>'
    )
    assert [block.text for block in found] == ["pay £5m in -FULL"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    found = of_xml(
        f'<w:p>{gone}<w:r><w:t xml:space="preserve">RESOLVED that </w:t></w:r></w:p>',
        "<w:p><w:r><w:t>£9m be paid.</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>£8m</w:t></w:r></w:p>",
        f"<w:p>{gone}<w:r><w:t>Above.</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    assert [block.text for block in found] == ["RESOLVED that £9m be paid.", "Above.", "A\tB"]


def test_comments_are_left_out_and_said_to_be() -> None:
    word = new_word()
    paragraph = word.add_paragraph("The fee is £5.")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:commentReference w:id="1"/></w:r>'))
    document = read(saved(word))
    assert [block.text for block in document.blocks] == ["The fee is £5."]
    assert [problem.kind for problem in document.problems] == ["comments"]


def test_links_keep_their_words() -> None:
    word = new_word()
    address = "https://democracy.netherfield.example/x"
    identifier = word.part.relate_to(address, RELATION.HYPERLINK, is_external=True)
    word.add_paragraph("See ")._p.append(parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{identifier}"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>'
    ))
    document = read(saved(word))
    assert [block.text for block in document.blocks] == ["See the plan"]
    assert document.links == [address]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    alternate = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    found = of_xml(
        f"<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent {alternate}>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [block.text for block in found] == ["Before", "In the box"]


def test_footnotes_follow_at_the_end() -> None:
    word = new_word()
    note = '<w:footnote w:id="4"><w:p><w:r><w:t>Net of fees.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), word.part.package)
    word.part.relate_to(part, RELATION.FOOTNOTES)
    word.add_paragraph("It cost £5")._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="4"/></w:r>'))
    word.add_paragraph("End.")
    assert [block.text for block in read(saved(word)).blocks] == ["It cost £5¹", "End.", "¹ Net of fees."]


def test_numbers_are_counted_by_level() -> None:
    counted = numbering(
        levels(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4)"))
    )
    assert [counted.label("1", level) for level in (0, 1, 1, 2, 2, 3, 0, 1, 2)] == [
        "1.", "1.1", "1.2", "(a)", "(b)", "i)", "2.", "2.1", "(a)",
    ]


def test_numbering_may_start_anew_or_go_on() -> None:
    two = (
        '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="9"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    counted = numbering(levels(("decimal", "%1.")), two)
    assert [counted.label(which, 0) for which in ("1", "1", "2", "2", "1")] == ["1.", "2.", "5.", "6.", "7."]
    running = numbering(levels(("decimal", "%1."), ("decimal", "%2)"), extra='<w:lvlRestart w:val="0"/>'))
    assert [running.label("1", level) for level in (0, 1, 0, 1)] == ["1.", "1)", "2.", "2)"]


def test_legal_numbers_bullets_and_nothing() -> None:
    legal = numbering(levels(("upperRoman", "%1."), ("decimal", "%1.%2"), extra="<w:isLgl/>"))
    assert [legal.label("1", level) for level in (0, 1)] == ["I.", "1.1"]
    assert numbering(levels(("bullet", "\uf0b7"))).label("1", 0) == "•"
    assert numbering(levels(("bullet", "o"))).label("1", 0) == "o"
    assert numbering(levels(("none", "%1"))).label("1", 0) == ""
    assert numbering(levels(("decimal", "%1."))).label("77", 0) == ""


def test_numbered_paragraphs_carry_their_labels() -> None:
    word = new_word()
    root = word.part.part_related_by(RELATION.NUMBERING).element
    definition = levels(("decimal", "%1."), ("decimal", "%1.%2")).replace('"9"', '"99"')
    root.insert(0, parse_xml(definition.replace(">", f" {W}>", 1)))
    root.append(parse_xml(f'<w:num {W} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for level, text in ((0, "Purpose"), (1, "To say why."), (1, "(a) typed")):
        paragraph = word.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
        ))
    assert [(b.role, b.label, b.text, b.level) for b in read(saved(word)).blocks] == [
        ("list_item", "1.", "1. Purpose", 1),
        ("paragraph", "1.1", "1.1 To say why.", 2),
        ("paragraph", "1.2", "1.2 (a) typed", 2),
    ]


@pytest.mark.parametrize(
    ("change", "kind"),
    [(lambda data: data[:-200], "broken_docx"), (lambda data: b"PK\x03\x04" + data[:100], "broken_docx")],
)
def test_damaged_files(change: object, kind: str) -> None:
    assert callable(change)
    with pytest.raises(Unreadable) as caught:
        read(change(saved(new_word())))
    assert caught.value.kind == kind


def test_an_empty_document_and_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable) as caught:
        read(saved(new_word()))
    assert caught.value.kind == "no_text"
    monkeypatch.setattr(reader, "LARGEST_UNPACKED", 1000)
    with pytest.raises(Unreadable) as caught:
        read(saved(new_word()))
    assert caught.value.kind == "too_large"


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 200))
def test_mangled_xml_is_a_document_or_unreadable(junk: bytes, at: int) -> None:
    word = new_word()
    word.add_paragraph("Text")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(word))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:at] + junk + content[at:] if name == "word/document.xml" else content)
    try:
        read(buffer.getvalue())
    except Unreadable as fault:
        assert fault.kind in ("broken_docx", "no_text")


@given(st.integers(1, 48), st.sampled_from(["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"]))
def test_word_s_numbers_are_labels_that_follow(number: int, kind: str) -> None:
    before, _ = split_label(f"({written(number, kind)}) x")
    after, _ = split_label(f"({written(number + 1, kind)}) x")
    assert before is not None
    assert after is not None
    assert follows(before, after)
