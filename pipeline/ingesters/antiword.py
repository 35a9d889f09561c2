"""Word files from before 2007 as antiword gives them: DocBook, which has headings, bold words, lists and tables.

DocBook tells that a list is numbered, but not what its numbers look like; antiword's plain text, which has nothing
else, often prints them. Where it does not, the count is ours: a list goes on with the one before, unless words lead
in to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.document import Block, Document, Page
from pipeline.ingesters.characters import superscript, tidy, visible
from pipeline.ingesters.docx_numbering import written
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.lines import Piece, line_block
from pipeline.ingesters.paragraphs import SourceCell, arrange, mark_labels, prefix

LEADS_IN = re.compile(r"(?:[:–—-]|\bthat|\bto)\W*$", re.IGNORECASE)
LABEL = 12
"""Characters of a printed label at most."""
AHEAD = 6
"""Lines of the plain text that are looked through for a paragraph's."""
FORMATS = {
    "arabic": ("decimal", "{}."), "loweralpha": ("lowerLetter", "({})"), "upperalpha": ("upperLetter", "{}."),
    "lowerroman": ("lowerRoman", "({})"), "upperroman": ("upperRoman", "{}."),
}
"""How a list's numbers look where only their kind is known."""
SAME_EDGE = 2.0
"""Points by which the columns of two rows may end elsewhere."""


def read_antiword(document: Document, book: bytes, text: bytes) -> Document:
    """Fill a document from antiword's DocBook and plain text. Raises Unreadable where they hold no text."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(book, parser)
    except etree.XMLSyntaxError:
        root = None
    reader = Reader(text.decode("utf-8", "replace"))
    document.blocks = [] if root is None else [*reader.blocks(root, 0), *reader.notes]
    mark_labels(document.blocks)
    document.pages = [Page(number=None)]
    if not document.blocks:
        raise Unreadable("no_text", "This Word document holds no text, perhaps pictures. Save it as PDF and read that.")
    return document


class Reader:
    """One pass through the book; it counts the items of lists and the notes as it goes."""

    def __init__(self, text: str) -> None:
        self.lines = [tidy(visible(line)) for line in text.splitlines() if line.strip()]
        self.at = 0
        self.counts: dict[str, int] = {}
        self.lead = ""
        self.notes: list[Block] = []

    def blocks(self, parent: Element, level: int) -> Iterator[Block]:
        """The blocks of the book, a chapter or a section."""
        for child in parent:
            if child.tag in ("chapter", "sect1", "sect2", "sect3", "sect4", "sect5"):
                yield from self.blocks(child, level + 1)
            elif child.tag in ("title", "para"):
                yield from self._paragraph(child, level if child.tag == "title" else 0)
            elif child.tag in ("orderedlist", "itemizedlist"):
                yield from self._list(child, 1)

    def _paragraph(self, element: Element, heading: int = 0, printed: str = "") -> Iterator[Block]:
        """A paragraph, and the tables within it."""
        block = line_block(list(self._pieces(element, False, False)))
        if block is not None:
            printed = self._printed(block.text) or printed
            block.role, block.level = ("heading", heading) if heading else ("paragraph", 0)
            block = prefix(block, printed, both=True) if printed else block
            self.lead = block.text
            yield block
        for table in element.iterchildren("informaltable"):
            yield from arrange(list(self._cells(table)), ruled=None)

    def _pieces(self, element: Element, bold: bool, italic: bool) -> Iterator[Piece]:
        yield Piece(visible(element.text or "").replace("\n", " "), bold, italic)
        for child in element:
            if child.tag == "footnote":
                mark = superscript(str(len(self.notes) + 1))
                text = tidy(" ".join(visible(str(part)) for part in child.itertext()))
                self.notes.append(Block("paragraph", f"{mark} {text}", style="footnote text"))
                yield Piece(mark, bold, italic)
            elif child.tag in ("superscript", "subscript"):
                text = "".join(map(str, child.itertext()))
                yield Piece(superscript(text) if child.tag == "superscript" else text, bold, italic)
            elif child.tag != "informaltable":
                role = child.get("role") if child.tag == "emphasis" else "none"
                yield from self._pieces(child, bold or role == "bold", italic or role in (None, "underline"))
            yield Piece(visible(child.tail or "").replace("\n", " "), bold, italic)

    def _list(self, element: Element, level: int) -> Iterator[Block]:
        numeration = element.get("numeration", "") if element.tag == "orderedlist" else ""
        kind, form = FORMATS.get(numeration, ("", ""))
        if kind != "decimal" or LEADS_IN.search(self.lead):
            self.counts[kind] = 0
        for item in element.iterchildren("listitem"):
            self.counts[kind] = self.counts.get(kind, 0) + 1
            label = form.format(written(self.counts[kind], kind)) if kind else "•"
            for child in item:
                if child.tag == "para":
                    for block in self._paragraph(child, printed=label):
                        block.level = level if block.role != "heading" else block.level
                        yield block
                    label = ""
                elif child.tag in ("orderedlist", "itemizedlist"):
                    yield from self._list(child, level + 1)

    def _printed(self, text: str) -> str:
        """The label that the plain text has before a paragraph; nothing where it has none."""
        for at in range(self.at, min(self.at + AHEAD, len(self.lines))):
            line = self.lines[at]
            if line.endswith(text) and len(line) - len(text) <= LABEL:
                self.at = at + 1
                return line[:len(line) - len(text)].strip()
        return ""

    def _cells(self, table: Element) -> Iterator[SourceCell]:
        """The cells of a table, each over the columns that its width covers; rows that part alike stand in a group."""
        groups = [(_edges(group), list(group.iter("row"))) for group in table.iterchildren("tgroup")]
        edges: list[float] = []
        for edge in sorted(edge for own, _ in groups for edge in own):
            if not edges or edge - edges[-1] > SAME_EDGE:
                edges.append(edge)
        at = 0
        for own, rows in groups:
            ends = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge)) + 1 for edge in own]
            for row in rows:
                first = 0
                for entry, end in zip(row.iterchildren("entry"), ends, strict=False):
                    block = line_block(list(self._pieces(entry, False, False)))
                    yield SourceCell(at, first, 1, end - first, [block] if block else [])
                    first = end
                at += 1
        while self.at < len(self.lines) and self.lines[self.at].startswith("|"):
            self.at += 1


def _edges(group: Element) -> Sequence[float]:
    """Where the columns of a group of rows end, in points from the table's left."""
    widths = (float((spec.get("colwidth") or "0").rstrip("pt") or 0) for spec in group.iterchildren("colspec"))
    return list(accumulate(widths))
