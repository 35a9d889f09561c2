"""What kind of document it is, by the weight of its marks (`rules/kinds.yaml`), never by its file's name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, takewhile
from typing import cast

from pipeline import rules
from pipeline.document import Document
from pipeline.needles import Sought, needles_of
from pipeline.records import DocumentKind
from pipeline.structure.known import Rule, patterns
from pipeline.structure.lines import Line

_TITLE_LINES = 12
_ITEMS_BEGIN = re.compile(r"(?i:(?:note\s+)?no\.?\s*\|?\s*item\b.*)")
"""The heads of a site's table of business: what follows are items, not what the page calls itself."""
_LONGEST = 300
"""A title has fewer characters."""
_FEW_BLOCKS = 3


def kind_of(document: Document, head: Sequence[Line]) -> DocumentKind:
    """The kind that its marks speak for; `other` where they say too little."""
    weights = weigh(document, head)
    if not weights:
        return "other"
    kind, weight = max(weights.items(), key=lambda entry: entry[1])
    if weight < float(rules.load("kinds")["enough"]):
        return "other"
    return cast(DocumentKind, kind)


def weigh(document: Document, head: Sequence[Line]) -> dict[str, float]:
    """The weight of each kind's marks."""
    weights: Counter[str] = Counter()
    for rule in patterns("kinds", "rules"):
        count = _count(rule, document, head)
        if count:
            weights[rule.data["kind"]] += rule.data["weight"] * count
    return dict(weights)


def _count(rule: Rule, document: Document, head: Sequence[Line]) -> int:
    """How often a rule counts: once each for titles and styles, for lines up to three, for text up to `times`."""
    where = rule.data["where"]
    if where == "text":
        return sum(1 for _ in islice(_in_lines(rule, document.text), int(rule.data.get("times", 1))))
    if where == "line":
        sought = Sought(rule.pattern)
        return min(sum(1 for line in _short(head) if sought.search(line.text)), int(rule.data.get("times", 3)))
    texts: Iterator[str]
    if where == "furniture":
        return int(any(rule.pattern.search(text) for page in document.pages for text in page.furniture))
    if where == "style":
        texts = (f"{block.style} {block.text}" for block in document.blocks if block.style)
        if document.title:
            texts = iter([*texts, f"title {document.title}"])
    elif len(document.blocks) <= _FEW_BLOCKS:  # a whole document may stand in one line
        texts = (line.text[:_LONGEST] for line in head[:_TITLE_LINES])
    else:
        title = takewhile(lambda line: not _ITEMS_BEGIN.fullmatch(line.text.strip()), head[:_TITLE_LINES])
        texts = (line.text for line in title if len(line.text) < _LONGEST)
    return int(any(rule.pattern.search(text) for text in texts))


def _in_lines(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    """What a rule finds in each line; in the whole text, where its pattern has line ends."""
    if r"\n" in rule.pattern.pattern:
        return rule.pattern.finditer(text)
    lines = _lines(text)
    held = lines.holding(needles_of(rule.pattern))
    return (found for at in held for found in rule.pattern.finditer(lines.printed[at]))


class _Lines:
    """The lines of a text, which rule after rule asks for."""

    def __init__(self, text: str) -> None:
        self.printed = text.split("\n")
        self._folded = text.casefold()
        self._ends = list(accumulate(len(line) + 1 for line in self._folded.split("\n")))

    def holding(self, needles: Sequence[str]) -> Sequence[int]:
        """The lines, in order, that hold one of the needles; all of them, where there are no needles."""
        if not needles:
            return range(len(self.printed))
        held: set[int] = set()
        for needle in needles:
            place = self._folded.find(needle)
            while place >= 0:
                at = bisect_right(self._ends, place)
                held.add(at)
                place = self._folded.find(needle, self._ends[at])
        return sorted(held)


_lines = lru_cache(maxsize=1)(_Lines)


def _short(head: Sequence[Line]) -> Iterator[Line]:
    return (line for line in head if len(line.text) < 200)
