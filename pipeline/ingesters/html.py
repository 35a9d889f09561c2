"""Web pages: ModernGov's and CMIS's pages, pages saved from Word, and any council's own.

The walk keeps what a reader sees: paragraphs on one line each however the source wraps them, list items with
the number that a browser would print, tables of data as tables and tables for layout as what they place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from pipeline.document import Block, Document, Page
from pipeline.ingesters.characters import decode, superscript, tidy, visible
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.html_lists import ListState, css_hidden, opens_list
from pipeline.ingesters.html_source import find_links, find_source, find_title
from pipeline.ingesters.lines import Piece, cut, line_block
from pipeline.ingesters.paragraphs import SourceCell, arrange, heal, mark_labels, prefix

BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
    ]
)
SILENT = frozenset(
    [
        "del", "s", "strike", "script", "style", "noscript", "template", "head", "nav", "svg", "math", "button",
        "select", "input", "textarea", "iframe", "object", "embed", "canvas", "video", "audio", "img", "map",
        "datalist",
    ]
)
NOISE = frozenset(
    [
        "mgHide", "mgFileSize", "FileSize", "mgActionList", "mgFooter", "mgPrevNextNav", "sr-only",
        "visually-hidden", "visuallyhidden",
    ]
)
"""Classes of text that is not for reading: hidden, sizes of files, menus of links."""
ROOTS = (
    "//div[@id='modgov']", "//*[@id='dnn_ContentPane']", "//main", "//*[@role='main']",
    "//article[not(//article[2])]", "//body",
)
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
UNSEEN = frozenset(("caption", "col", "colgroup"))
"""Parts of a table that are read elsewhere or hold nothing."""
OUTSIDE = frozenset(("header", "footer", "aside"))
PROLOGUE = re.compile(r"^\s*<\?xml[^>]*>")
HEADING = re.compile(r"h([1-6])$")
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]*\bbold\b", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*italic|text-decoration\s*:\s*underline", re.IGNORECASE)
"""What sets words apart as italics do."""
RULED = re.compile(r"border[\w-]*\s*:[^;]*(?:solid|double|\d(?:\.\d+)?pt|[1-9]px)", re.IGNORECASE)
UNRULED = re.compile(r"border(?:-width|-style)?\s*:\s*(?:none|0)", re.IGNORECASE)
NAMED = "mgLabel"
"""ModernGov's class of the name before a value ("Venue: "), which also stands for CMIS's and for <dt>."""
MAX_SPAN = 100
DEEPEST = 180


def read_html(document: Document, data: bytes) -> Document:
    """Fill a document from a page's bytes. Raises Unreadable where there is nothing to read on it."""
    text = visible(decode(data, declared=True))
    root = parse(text)
    document.title = find_title(root)
    document.source_url = find_source(root, text)
    document.links = find_links(root, document.source_url)
    document.blocks = blocks_of(content(root))
    document.pages = [Page(number=None)]
    if not document.blocks:
        raise Unreadable(
            "no_text",
            "This web page holds no text, only a script or a frame; the site may have answered with a check for "
            "robots. Open the page in a browser and save it again.",
        )
    return document


def parse(text: str) -> HtmlElement:
    """The tree of a page or of a fragment. Raises Unreadable where there is none."""
    parser = lxml.html.HTMLParser(
        remove_comments=True, remove_pis=True, recover=True, no_network=True, huge_tree=False
    )
    try:
        return lxml.html.document_fromstring(PROLOGUE.sub("", text), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("broken_html", f"This web page cannot be parsed ({error}). Save it again.") from error


def content(root: HtmlElement) -> HtmlElement:
    """The part of a page that is the page's own: ModernGov's #modgov, CMIS's pane, main, or the body."""
    for path in ROOTS:
        found = root.xpath(path)
        if isinstance(found, list) and found and tidy(found[0].text_content()):
            return found[0]
    return root


def blocks_of(root: HtmlElement) -> list[Block]:
    """The blocks of an element, in order, with their labels."""
    walk = Walk(whole_page=root.tag == "body")
    walk.visit(root)
    walk.flush()
    mark_labels(walk.blocks)
    return heal(walk.blocks)


def fragment_blocks(text: str, style: str) -> tuple[list[Block], list[str]]:
    """The blocks and the links of a piece of a page, as a web service gives it; none where it says nothing."""
    if not text.strip():
        return [], []
    try:
        root = parse(visible(text))
    except Unreadable:
        return [], []
    walk = Walk(style=style)
    walk.visit(root)
    walk.flush()
    mark_labels(walk.blocks)
    return heal(walk.blocks), find_links(root, None)


class Walk:
    """One pass over a tree: gathers inline text until a block begins or ends, then makes a block of it."""

    def __init__(self, *, whole_page: bool = False, style: str = "") -> None:
        self.blocks: list[Block] = []
        self.whole_page = whole_page
        self.pieces: list[Piece] = []
        self.bold = False
        self.italic = False
        self.heading = 0
        self.style = style
        self.inline_style = ""
        self.lists: list[ListState] = []
        self.depth = 0
        self.names: list[str] = []

    def visit(self, element: HtmlElement) -> None:
        """Read an element and what it holds, but not the text after it."""
        tag = element.tag
        if not isinstance(tag, str) or self._unread(element, tag):
            return
        if tag == "br":
            self.pieces.append(Piece("\n", self.bold, self.italic))
        elif tag == "hr":
            self.flush()
        elif tag == "table":
            self.flush()
            self._table(element)
        elif self.depth >= DEEPEST:
            self._say(element.text_content())
        elif tag in BLOCKS:
            self._block(element, tag)
        else:
            self._inline(element, tag)

    def _unread(self, element: HtmlElement, tag: str) -> bool:
        classes = (element.get("class") or "").split()
        return (
            tag in SILENT
            or not NOISE.isdisjoint(classes)
            or css_hidden(element)
            or element.get("role") == "navigation"
            or (self.whole_page and tag in OUTSIDE)
        )

    def _children(self, element: HtmlElement) -> None:
        self.depth += 1
        self._say(element.text)
        for child in element:
            self.visit(child)
            self._say(child.tail)
        self.depth -= 1

    def _say(self, text: str | None) -> None:
        if text:
            self.pieces.append(Piece(re.sub(r"\s+", " ", visible(text)), self.bold, self.italic))

    def _inline(self, element: HtmlElement, tag: str) -> None:
        bold, italic = self.bold, self.italic
        style = element.get("style") or ""
        self.bold = bold or tag in ("b", "strong") or bool(BOLD.search(style))
        self.italic = italic or tag in ("i", "em", "u") or bool(ITALIC.search(style))
        if not self.inline_style and not self._pending():
            self.inline_style = own_style(element)
        if tag == "sup" and not len(element):
            self._say(superscript(element.text or ""))
        else:
            self._children(element)
        self.bold, self.italic = bold, italic

    def _block(self, element: HtmlElement, tag: str) -> None:
        self.flush()
        before = (self.bold, self.italic, self.heading, self.style)
        style = element.get("style") or ""
        self.bold = self.bold or bool(BOLD.search(style))
        self.italic = self.italic or bool(ITALIC.search(style))
        heading = HEADING.match(tag)
        self.heading = int(heading[1]) if heading else self.heading
        own = own_style(element)
        if self.style != "mgItemNumberCell" and (own.startswith("mg") or not self.style.startswith("mg")):
            self.style = own
        named = tag == "dt" or own == "DNNLabel"
        lists = len(self.lists)
        if opens_list(tag):
            self.lists.append(ListState.of(element))
        elif tag == "li" and self.lists:
            self.lists[-1].begin(element)
        first = len(self.blocks)
        self._children(element)
        self.flush()
        if named:
            self.names += [block.text for block in self.blocks[first:]]
            del self.blocks[first:]
        del self.lists[lists:]
        if tag == "li" and self.lists:
            self.lists[-1].pending = ""
        self.bold, self.italic, self.heading, self.style = before

    def _pending(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)

    def flush(self) -> None:
        """Make blocks of the text gathered so far."""
        pieces, self.pieces = self.pieces, []
        inline_style, self.inline_style = self.inline_style, ""
        for line in cut(pieces):
            block = line_block(line)
            if block is None:
                continue
            block.level = self.heading or len(self.lists)
            block.role = "heading" if self.heading else "paragraph"
            block.style = inline_style if inline_style == NAMED else self.style or inline_style
            if self.names:
                block.text, block.style = " ".join((*self.names, block.text)), block.style or NAMED
                self.names.clear()
            if self.lists and self.lists[-1].pending:
                block = prefix(block, self.lists[-1].take())
            self.blocks.append(block)

    def _table(self, element: HtmlElement) -> None:
        if "mgItemTable" in (element.get("class") or "").split():
            self._children(element)
            self.flush()
            return
        for caption in element.iterchildren("caption"):
            self.visit(caption)
        rows = list(table_rows(element))
        cells = list(self._cells(rows))
        self.blocks.extend(arrange(cells, ruled=ruled(element, rows), header_rows=header_rows(rows)))
        self._stray(element)
        self.flush()

    def _stray(self, element: HtmlElement) -> None:
        """Read what broken markup put into a table, but into no cell of it."""
        self._say(element.text)
        for child in element:
            if child.tag in SECTIONS or child.tag == "tr":
                self._stray(child)
            elif child.tag not in UNSEEN and (element.tag != "tr" or child.tag not in ("td", "th")):
                self.visit(child)
            self._say(child.tail)

    def _cells(self, rows: list[HtmlElement]) -> Iterator[SourceCell]:
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            column = 0
            for cell in row.iterchildren("td", "th"):
                while (at, column) in taken:
                    column += 1
                down, across = min(span(cell, "rowspan"), len(rows) - at), span(cell, "colspan")
                taken.update((r, c) for r in range(at + 1, at + down) for c in range(column, column + across))
                inside = Walk(style=self.style)
                inside.bold, inside.italic, inside.depth = self.bold, self.italic, self.depth + 1
                inside.visit(cell)
                inside.flush()
                yield SourceCell(at, column, down, across, inside.blocks, heading=cell.tag == "th")
                column += across


def table_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """A table's own rows, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in SECTIONS:
            yield from child.iterchildren("tr")


def own_style(element: HtmlElement) -> str:
    """The class that says what a thing is: ModernGov's where there is one, else the first."""
    classes = (element.get("class") or "").split()
    return next((name for name in classes if name.startswith("mg")), classes[0] if classes else "")


def span(cell: HtmlElement, attribute: str) -> int:
    """A cell's span; what is no sensible number is 1."""
    written = (cell.get(attribute) or "").strip()
    return min(max(int(written), 1), MAX_SPAN) if written.isascii() and written.isdigit() else 1


def header_rows(rows: list[HtmlElement]) -> int:
    """How many rows at the top are headings. A <thead> that swallowed the whole table does not count."""
    in_head = [row.getparent().tag == "thead" for row in rows]
    believed = not all(in_head)
    headings = [
        (believed and inside) or (len(row) > 0 and all(cell.tag == "th" for cell in row))
        for row, inside in zip(rows, in_head, strict=True)
    ]
    return next((at for at, heading in enumerate(headings) if not heading), len(headings))


def ruled(table: HtmlElement, rows: list[HtmlElement]) -> bool | None:
    """Whether a table is drawn with borders; None where the page leaves it to a style sheet."""
    border = (table.get("border") or "").strip()
    if table.get("role") == "presentation":
        return False
    styles = [element.get("style") or "" for element in (table, *(cell for row in rows[:3] for cell in row))]
    if (border and border != "0") or any(RULED.search(style) for style in styles):
        return True
    if border == "0" or any(UNRULED.search(style) for style in styles):
        return False
    return None
