"""The labels that a browser prints before list items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.labels import letters, roman

LISTS = frozenset(("ol", "ul", "menu", "dir"))
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
BY_STYLE = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
            "lower-roman": "i", "upper-roman": "I", "none": "none"}
UNLABELLED = frozenset(("mgNonBulletTableList", "list-unstyled", "no-bullet", "nobullet"))


def opens_list(tag: str) -> bool:
    """Whether an element is a list."""
    return tag in LISTS


def css_hidden(element: HtmlElement) -> bool:
    """Whether an element is not shown."""
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


@dataclass(slots=True)
class ListState:
    """A list that is being read: how it counts, and the label that its next text takes."""

    kind: str
    next: int = 1
    pending: str = ""

    @classmethod
    def of(cls, element: HtmlElement) -> ListState:
        """The state at the beginning of a list."""
        said = LIST_STYLE.search(element.get("style") or "")
        style = BY_STYLE.get(said[1].lower()) if said else None
        if style is None and not UNLABELLED.isdisjoint((element.get("class") or "").split()):
            style = "none"
        if style is None:
            style = (element.get("type") or "1") if element.tag == "ol" else "bullet"
        return cls(style, _whole(element.get("start"), 1))

    def begin(self, item: HtmlElement) -> None:
        """Begin an item."""
        number = _whole(item.get("value"), self.next)
        self.next = number + 1
        self.pending = self._label(number)

    def take(self) -> str:
        """The label, once."""
        taken, self.pending = self.pending, ""
        return taken

    def _label(self, number: int) -> str:
        if self.kind == "none":
            return ""
        if self.kind in ("1", "a", "A", "i", "I"):
            return f"{_numeral(self.kind, number)}."
        return "•"


def _numeral(kind: str, number: int) -> str:
    try:
        written = {"a": letters, "i": roman}.get(kind.lower(), str)(number)
    except ValueError:
        return str(number)
    return written.upper() if kind.isupper() else written


def _whole(written: str | None, default: int) -> int:
    try:
        return int(written) if written and len(written) < 8 else default
    except ValueError:
        return default
