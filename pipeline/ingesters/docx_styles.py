"""What Word's styles say of a paragraph: its name, its heading level, its list, bold and italics."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from pipeline.ingesters.docx_numbering import number, value

HEADING = re.compile(r"heading\s+([1-9])$", re.IGNORECASE)
BODY_LEVEL = 9
"""The outline level that means body text."""


@dataclass(slots=True)
class Style:
    """A style, what it inherits included."""

    name: str = ""
    heading: int = 0
    num_id: str | None = None
    level: int | None = None
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    chain: tuple[str, ...] = ()


class Styles:
    """The styles of a document, by id."""

    def __init__(self, root: Element | None) -> None:
        self.elements: dict[str, Element] = {}
        self.known: dict[str, Style] = {}
        self.default = ""
        for element in [] if root is None else root.findall(qn("w:style")):
            identifier = element.get(qn("w:styleId")) or ""
            self.elements[identifier] = element
            if element.get(qn("w:type")) == "paragraph" and on(element.get(qn("w:default"))):
                self.default = identifier

    def of(self, identifier: str | None) -> Style:
        """The style with an id, or the default one."""
        return self._resolved(identifier or self.default, ())

    def lists(self) -> dict[str, str]:
        """The list that each numbering style names."""
        return {
            identifier: style.num_id
            for identifier, element in self.elements.items()
            if element.get(qn("w:type")) == "numbering" and (style := self.of(identifier)).num_id
        }

    def _resolved(self, identifier: str, seen: tuple[str, ...]) -> Style:
        if identifier in self.known:
            return self.known[identifier]
        element = self.elements.get(identifier)
        if element is None or identifier in seen:
            return Style()
        based_on = value(element, "w:basedOn")
        base = self._resolved(based_on, (*seen, identifier)) if based_on else Style()
        style = self._own(element, identifier, base)
        self.known[identifier] = style
        return style

    @staticmethod
    def _own(element: Element, identifier: str, base: Style) -> Style:
        name = value(element, "w:name") or identifier
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        numbered = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        run = element.find(qn("w:rPr"))
        style = Style(name, base.heading, base.num_id, base.level, base.bold, base.italic, base.capitals)
        style.chain = (identifier, *base.chain)
        heading = HEADING.match(name)
        if heading:
            style.heading = int(heading[1])
            style.name = f"Heading {heading[1]}"
        elif name.lower() == "title":
            style.heading = 1
        elif outline is not None:
            level = number(outline.get(qn("w:val")), BODY_LEVEL)
            style.heading = level + 1 if 0 <= level < BODY_LEVEL else 0
        if numbered is not None:
            style.num_id = value(numbered, "w:numId") or style.num_id
            level_text = value(numbered, "w:ilvl")
            style.level = number(level_text, 0) if level_text is not None else style.level
        if run is not None:
            style.bold = toggle(run, "w:b", style.bold)
            style.italic = toggle(run, "w:i", style.italic) or underlined(run)
            style.capitals = toggle(run, "w:caps", style.capitals)
        return style


def on(text: str | None) -> bool:
    """Whether an attribute of Word's says yes."""
    return text in ("1", "true", "on")


def toggle(properties: Element, name: str, inherited: bool) -> bool:
    """A property that is on by being there, unless it says that it is off."""
    found = properties.find(qn(name))
    if found is None:
        return inherited
    said = found.get(qn("w:val"))
    return said is None or on(said)


def underlined(properties: Element) -> bool:
    """Whether words are underlined, which sets them apart as italics do."""
    return value(properties, "w:u") not in (None, "none")
