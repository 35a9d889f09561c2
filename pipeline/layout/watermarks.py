"""Watermarks: a word printed across the text of a page, many times as large as it ("DRAFT"), is no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.document import Page, Word

LARGE = 2.2
"""Times the size in which most words are set: no heading is so large and has other words inside its box."""
INSIDE = 2
"""Words with their middles in a word's box that tell that it is printed over or under them."""

Look = tuple[str, float]


def take_watermarks(pages: Sequence[Page]) -> None:
    """Move the words of watermarks to `page.furniture`, in place, on every page that shows them."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes.update([word.size for word in page.words])
    large = LARGE * _median(sizes)
    if not large or max(sizes) < large:
        return
    candidates = [[word for word in page.words if word.size >= large] for page in pages]
    marks: set[Look] = set()
    for page, own in zip(pages, candidates, strict=True):
        crossed = {word.size for word in own if _crosses_text(word, page.words, large)}
        marks.update((word.text, word.size) for word in own if word.size in crossed)
    for page, own in zip(pages, candidates, strict=True):
        taken = [word for word in own if (word.text, word.size) in marks]
        if taken:
            held = {id(word) for word in taken}
            page.words = [word for word in page.words if id(word) not in held]
            page.furniture.append(" ".join(word.text for word in taken))


def _median(sizes: Counter[float]) -> float:
    left = sum(sizes.values()) / 2
    for size in sorted(sizes):
        left -= sizes[size]
        if left <= 0:
            return size
    return 0.0


def _crosses_text(mark: Word, words: Sequence[Word], large: float) -> bool:
    inside = 0
    for word in words:
        if word.size < large and mark.top < (word.top + word.bottom) / 2 < mark.bottom \
                and mark.x0 < (word.x0 + word.x1) / 2 < mark.x1:
            inside += 1
            if inside == INSIDE:
                return True
    return False
