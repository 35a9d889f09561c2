"""Word documents (.docx): paragraphs as they print, numbers and bullets included; tables with merged cells.

Insertions that are tracked are text, deletions are not. Comments, hidden and struck-out text are left out; running
heads and feet become the page's furniture; footnotes follow at the end, under the raised number that points at them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document as open_word
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from pipeline.document import Block, Document, Page
from pipeline.ingesters.characters import superscript, tidy, visible
from pipeline.ingesters.docx_numbering import Numbering, number, value
from pipeline.ingesters.docx_styles import Style, Styles, toggle, underlined
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.lines import Piece, cut, line_block
from pipeline.ingesters.paragraphs import SourceCell, arrange, mark_labels, prefix
from pipeline.ingesters.problems import note

LARGEST_UNPACKED = 768 * 2**20
LARGEST_PART = 128 * 2**20
"""Bytes of one XML part; a thousand pages of minutes have less than a tenth."""
WRAPPERS = frozenset(
    qn(name) for name in (
        "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml",
        "w:dir", "w:bdo",
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
     "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"}
TEXT_BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TWIPS_PER_POINT = 20


def read_docx(document: Document, data: bytes) -> Document:
    """Fill a document from a Word file's bytes. Raises Unreadable where it is damaged or empty."""
    _guard(data)
    try:
        word: Any = open_word(io.BytesIO(data))
        parts = _parts(word)
        title, links = word.core_properties.title, _links(word)
    except Exception as error:  # python-docx lets out whatever its zip and XML readers raise
        raise Unreadable("broken_docx", "This Word document is damaged. Open it in Word and save it again.") from error
    reader = Reader(parts)
    document.blocks = list(reader.blocks(word.element.body))
    document.blocks += reader.notes()
    mark_labels(document.blocks)
    document.title = tidy(visible(title or "")) or None
    document.links = links
    document.pages = [Page(number=None, furniture=reader.furniture)]
    if next(word.element.body.iter(qn("w:ins"), qn("w:del")), None) is not None:
        note(document, "tracked_changes", "Changes are tracked: insertions were read as text, deletions left out.")
    if next(word.element.body.iter(qn("w:commentReference")), None) is not None:
        note(document, "comments", "Comments are written beside the text; they were left out.")
    if not document.blocks:
        raise Unreadable("no_text", "This Word document holds no text, perhaps pictures. Save it as PDF and read that.")
    return document


def _guard(data: bytes) -> None:
    """Refuse a file that unpacks into more than any document is, before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception as error:  # as in sniffing: zipfile's exceptions are not a closed list
        raise Unreadable("broken_docx", "This Word document is damaged. Download it again.") from error
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(
        part.file_size > LARGEST_PART for part in parts if part.filename.endswith((".xml", ".rels"))
    ):
        raise Unreadable("too_large", "This Word document unpacks into more than a document holds; it is not opened.")


def _parts(word: Any) -> dict[str, list[Element]]:
    """The XML parts beside the text, by kind of relation."""
    parts: dict[str, list[Element]] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for relation in word.part.rels.values():
        if relation.is_external:
            continue
        if relation.reltype in (
            RELATION.NUMBERING, RELATION.STYLES, RELATION.FOOTNOTES, RELATION.HEADER, RELATION.FOOTER
        ):
            parts.setdefault(relation.reltype, []).append(etree.fromstring(relation.target_part.blob, parser))
    return parts


def _links(word: Any) -> list[str]:
    external = (str(relation.target_ref) for relation in word.part.rels.values() if relation.is_external)
    return [link for link in dict.fromkeys(external) if link]


class Reader:
    """One pass through a document's XML; it counts numbered paragraphs and footnotes as it goes."""

    def __init__(self, parts: dict[str, list[Element]]) -> None:
        self.styles = Styles(next(iter(parts.get(RELATION.STYLES, [])), None))
        self.numbering = Numbering(next(iter(parts.get(RELATION.NUMBERING, [])), None), self.styles.lists())
        self.footnotes = {
            found.get(qn("w:id")): found
            for root in parts.get(RELATION.FOOTNOTES, []) for found in root.findall(qn("w:footnote"))
        }
        self.cited: list[str | None] = []
        self.boxes: list[Element] = []
        self.held: list[Piece] = []
        lines = (
            tidy("".join(piece.text for piece in self._pieces(paragraph, Style())))
            for kind in (RELATION.HEADER, RELATION.FOOTER)
            for root in parts.get(kind, []) for paragraph in root.iter(qn("w:p"))
        )
        self.furniture = [line for line in dict.fromkeys(lines) if line]
        self.boxes.clear()

    def blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box."""
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._let_go()
                yield from self._table(child)
            elif child.tag in WRAPPERS:
                yield from self.blocks(child)
        yield from self._let_go()

    def _let_go(self) -> Iterator[Block]:
        """What a paragraph whose end is deleted says, where no other follows it."""
        held, self.held = self.held, []
        if (last := line_block(held)) is not None:
            yield last

    def notes(self) -> list[Block]:
        """The footnotes that the text cites, in order."""
        blocks: list[Block] = []
        for count, identifier in enumerate(list(self.cited), start=1):
            found = self.footnotes.get(identifier)
            text = tidy(" ".join(block.text for block in self.blocks(found))) if found is not None else ""
            if text:
                blocks.append(Block("paragraph", f"{superscript(str(count))} {text}", style="footnote text"))
        return blocks

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find(qn("w:pPr"))
        style = self.styles.of(value(properties, "w:pStyle") if properties is not None else None)
        printed, level = self._label(properties, style)
        pieces = [*self.held, *self._pieces(paragraph, style)]
        self.held = []
        if properties is not None and properties.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.held = pieces  # its end is deleted: it goes on in the next paragraph
            return
        boxes, self.boxes = self.boxes, []
        for line in cut(pieces):
            block = line_block(line)
            if block is None:
                continue
            block.role = "heading" if style.heading else "paragraph"
            block.level, block.style, block.indent = style.heading or level, style.name, _indent(properties)
            if printed:
                block, printed = prefix(block, printed, both=True), ""
            yield block
        for box in boxes:
            yield from self.blocks(box)

    def _label(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """The label that Word prints before a paragraph, and the depth of its list (0 outside lists)."""
        numbered = properties.find(qn("w:numPr")) if properties is not None else None
        own = value(numbered, "w:numId") if numbered is not None else None
        num_id = own or style.num_id
        if num_id is None or num_id == "0":
            return "", 0
        level_text = value(numbered, "w:ilvl") if numbered is not None else None
        if level_text is not None:
            level = number(level_text, 0)
        elif own is None:
            level = style.level if style.level is not None else self.numbering.level_of_style(num_id, list(style.chain))
        else:
            level = 0
        return tidy(visible(self.numbering.label(num_id, level))), level + 1

    def _pieces(self, parent: Element, style: Style) -> Iterator[Piece]:
        for child in parent:
            if child.tag == qn("w:r"):
                yield from self._run(child, style)
            elif child.tag in WRAPPERS:
                yield from self._pieces(child, style)

    def _run(self, run: Element, style: Style) -> Iterator[Piece]:
        properties = run.find(qn("w:rPr"))
        bold, italic, capitals, raised = style.bold, style.italic, style.capitals, False
        if properties is not None:
            if any(toggle(properties, name, False) for name in ("w:vanish", "w:strike", "w:dstrike")):
                return
            character = value(properties, "w:rStyle")
            base = self.styles.of(character) if character else Style()
            bold = toggle(properties, "w:b", bold or base.bold)
            italic = toggle(properties, "w:i", italic or base.italic) or underlined(properties)
            capitals = toggle(properties, "w:caps", capitals or base.capitals)
            raised = value(properties, "w:vertAlign") == "superscript"
        for text in self._characters(run):
            text = superscript(text) if raised else text
            yield Piece(text.upper() if capitals else text, bold, italic)

    def _characters(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == qn("w:t"):
                yield visible(child.text or "").replace("\n", " ")
            elif child.tag == qn("w:tab"):
                yield "\t"
            elif child.tag in (qn("w:br"), qn("w:cr")):
                yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else " "
            elif child.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif child.tag == qn("w:sym"):
                yield "•"
            elif child.tag == qn("w:footnoteReference"):
                self.cited.append(child.get(qn("w:id")))
                yield superscript(str(len(self.cited)))
            else:
                self._find_boxes(child)

    def _find_boxes(self, element: Element) -> None:
        """Keep the text boxes of a drawing for after the paragraph; its fallback for old Word says the same again."""
        for child in element:
            if child.tag == TEXT_BOX:
                self.boxes.append(child)
            elif child.tag != FALLBACK:
                self._find_boxes(child)

    def _table(self, table: Element) -> Iterator[Block]:
        cells: list[SourceCell] = []
        open_cells: dict[int, SourceCell] = {}
        headers = 0
        for at, row in enumerate(_within(table, qn("w:tr"))):
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:del")) is not None:
                continue
            if properties is not None and toggle(properties, "w:tblHeader", False) and headers == at:
                headers += 1
            column = number(value(properties, "w:gridBefore"), 0) if properties is not None else 0
            for element in _within(row, qn("w:tc")):
                about = element.find(qn("w:tcPr"))
                across = max(1, min(number(value(about, "w:gridSpan"), 1), 200)) if about is not None else 1
                merge = about.find(qn("w:vMerge")) if about is not None else None
                if merge is not None and merge.get(qn("w:val")) != "restart" and column in open_cells:
                    open_cells[column].row_span += 1
                else:
                    cell = SourceCell(at, column, 1, across, list(self.blocks(element)))
                    cells.append(cell)
                    open_cells[column] = cell
                column += across
        yield from arrange(cells, ruled=_ruled(table), header_rows=headers)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, also where content controls or tracked insertions wrap them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _within(child, tag)


def _ruled(table: Element) -> bool | None:
    """Whether a table is drawn with borders; None where only a table style could tell."""
    properties = table.find(qn("w:tblPr"))
    if properties is None:
        return None
    borders = properties.find(qn("w:tblBorders"))
    if borders is not None and len(borders):
        return any(border.get(qn("w:val")) not in ("none", "nil") for border in borders)
    style = (value(properties, "w:tblStyle") or "").lower()
    return True if "grid" in style else None


def _indent(properties: Element | None) -> float:
    indent = properties.find(qn("w:ind")) if properties is not None else None
    if indent is None:
        return 0.0
    return number(indent.get(qn("w:left")) or indent.get(qn("w:start")), 0) / TWIPS_PER_POINT
