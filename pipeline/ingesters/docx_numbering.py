"""The numbers that Word prints before paragraphs: they are not in the text, they are counted.

A numbering definition (w:abstractNum) tells for each of nine levels its format, its text ("%1.%2", "(%3)") and
where it starts; a list (w:num) is one use of a definition and may start anew. Lists of one definition share its
counters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from pipeline.labels import letters, roman

PLACE = re.compile(r"%([1-9])")
SYMBOL_FONTS = ("symbol", "wingdings", "webdings")


@dataclass(slots=True)
class Level:
    """One level of a numbering definition."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None

    @classmethod
    def of(cls, element: Element) -> Level:
        """The level that a w:lvl describes."""
        kind = value(element, "w:numFmt") or "decimal"
        return cls(
            start=number(value(element, "w:start"), 1),
            format=kind,
            text=_bullet(element) if kind == "bullet" else value(element, "w:lvlText") or "",
            restart=number(value(element, "w:lvlRestart"), 0) if value(element, "w:lvlRestart") is not None else None,
            legal=element.find(qn("w:isLgl")) is not None,
            style=value(element, "w:pStyle"),
        )


@dataclass(slots=True)
class Definition:
    """A numbering definition and how far its counters are."""

    levels: dict[int, Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class WordList:
    """A list: its definition, and where its levels start anew or are defined otherwise."""

    definition: Definition
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)

    def level(self, at: int) -> Level:
        """The level with that index, from 0."""
        return self.levels.get(at) or self.definition.levels.get(at) or Level()


class Numbering:
    """The numbering of a document, asked for paragraph after paragraph in order."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        """`root` is w:numbering; `style_lists` gives the list of each numbering style."""
        self.lists: dict[str, WordList] = {}
        if root is None:
            return
        abstract = {element.get(qn("w:abstractNumId")): element for element in root.findall(qn("w:abstractNum"))}
        nums = {element.get(qn("w:numId")): element for element in root.findall(qn("w:num"))}
        definitions: dict[str | None, Definition] = {}
        for num_id, num in nums.items():
            abstract_id = self._abstract_id(num, abstract, nums, style_lists)
            if abstract_id not in definitions:
                definitions[abstract_id] = Definition(_levels(abstract.get(abstract_id)))
            word_list = WordList(definitions[abstract_id])
            for override in num.findall(qn("w:lvlOverride")):
                at = number(override.get(qn("w:ilvl")), 0)
                word_list.levels |= _levels(override)
                start = value(override, "w:startOverride")
                if start is not None:
                    word_list.starts[at] = number(start, 1)
            self.lists[str(num_id)] = word_list

    @staticmethod
    def _abstract_id(
        num: Element, abstract: dict[str | None, Element], nums: dict[str | None, Element], style_lists: dict[str, str]
    ) -> str | None:
        """A definition may only name a style, whose list has the definition."""
        abstract_id = value(num, "w:abstractNumId")
        definition = abstract.get(abstract_id)
        link = value(definition, "w:numStyleLink") if definition is not None else None
        linked = nums.get(style_lists.get(link)) if link else None
        return abstract_id if linked is None else value(linked, "w:abstractNumId")

    def level_of_style(self, num_id: str, styles: list[str]) -> int:
        """The level that a definition ties to one of a paragraph's styles; 0 where it does not."""
        word_list = self.lists.get(num_id)
        if word_list is None:
            return 0
        levels = word_list.definition.levels.items()
        return next((at for style in styles for at, level in levels if level.style == style), 0)

    def label(self, num_id: str, at: int) -> str:
        """Count a paragraph of a list at a level from 0; the label that is printed before it, perhaps none."""
        word_list = self.lists.get(num_id)
        if word_list is None:
            return ""
        level = word_list.level(at)
        counters = word_list.definition.counters
        if at in word_list.starts:
            counters[at] = word_list.starts.pop(at)
        else:
            counters[at] = counters[at] + 1 if at in counters else level.start
        for deeper in [other for other in counters if other > at]:
            restart = word_list.level(deeper).restart
            if restart is None or at < restart:
                del counters[deeper]
        if level.format == "bullet":
            return level.text
        if level.format == "none":
            return PLACE.sub("", level.text).strip()
        return PLACE.sub(lambda place: self._written(word_list, int(place[1]) - 1, level.legal), level.text).strip()

    @staticmethod
    def _written(word_list: WordList, at: int, legal: bool) -> str:
        level = word_list.level(at)
        count = word_list.definition.counters.setdefault(at, level.start)
        return str(count) if legal else written(count, level.format)


def written(count: int, kind: str) -> str:
    """A number in one of Word's formats; in digits where the format is unknown or the number too large for it."""
    try:
        if kind in ("lowerLetter", "upperLetter"):
            text = letters(count)
        elif kind in ("lowerRoman", "upperRoman"):
            text = roman(count)
        elif kind == "decimalZero":
            return f"{count:02d}"
        else:
            return str(count)
    except ValueError:
        return str(count)
    return text.upper() if kind.startswith("upper") else text


def value(parent: Element, name: str) -> str | None:
    """The w:val of a child."""
    child = parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def number(text: str | None, default: int) -> int:
    """A number that the file writes; `default` where it writes none, or nonsense."""
    try:
        return int(text) if text is not None and len(text) < 8 else default
    except ValueError:
        return default


def _levels(parent: Element | None) -> dict[int, Level]:
    if parent is None:
        return {}
    return {number(child.get(qn("w:ilvl")), 0): Level.of(child) for child in parent.findall(qn("w:lvl"))}


def _bullet(element: Element) -> str:
    """A bullet as it prints: characters of symbol fonts mean nothing outside them."""
    text = value(element, "w:lvlText") or ""
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = (fonts.get(qn("w:ascii")) or "").lower() if fonts is not None else ""
    symbol = font.startswith(SYMBOL_FONTS) or any("\ue000" <= character <= "\uf8ff" for character in text)
    return "•" if symbol and text.strip() else text.strip()
