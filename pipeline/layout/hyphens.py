"""Hyphens at line ends: those that split a word, and those that are the word's own.

Office programs do not hyphenate by themselves, so most are the word's own ("one-off" cut after "one-"). Which it
is, the document tells: whether it prints the whole word elsewhere, or neither half as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.document import Page, Word

SPLIT = "\u00ad"
"""A soft hyphen stands for a hyphen that splits a word, until lines are joined."""
PREFIX = re.compile(
    r"(?:non|self|co|re|pre|post|multi|cross|inter|sub|semi|ex|anti|all|well|long|short|high|low|part|full|half|mid"
    r"|year|on|off|in|out|up|over|under|one|two|three|four|five|six|seven|eight|nine|ten|vice|by|e|un|mini|micro)$"
)
"""First halves that keep their hyphen."""
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def mark_split_words(pages: list[Page]) -> None:
    """Give every hyphen that splits a word the sign for it. Needs words in the order in which the page holds them."""
    cuts = [cut for page in pages for cut in _cuts(page.words)]
    if not cuts:
        return
    known = _vocabulary(pages, {id(word) for cut in cuts for word in cut})
    for left, right in cuts:
        if _splits(left.text, right.text, known):
            left.text = left.text[:-1] + SPLIT


def _cuts(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    for left, right in zip(words, words[1:], strict=False):
        text = left.text
        if text[-1] == "-" and text[-2:-1].isalpha() and right.text[0].islower() and right.top > left.top + 2:
            yield left, right


def _vocabulary(pages: Iterable[Page], cut: set[int]) -> set[str]:
    """Every word that the document prints whole, with and without its hyphens' parts."""
    printed = {word.text for page in pages for word in page.words if id(word) not in cut}
    return set(LETTERS.findall(" ".join(printed).lower()))


def _splits(left: str, right: str, known: set[str]) -> bool:
    first, second = LETTERS.findall(left.lower()), LETTERS.findall(right.lower())
    if not first or not second or left[:-1].isupper():
        return False
    head, tail = first[-1], second[0]
    if f"{head}-{tail}" in known or tail in ("and", "or", "to") or "-" in head or PREFIX.match(head):
        return False
    return head + tail in known or (head not in known and tail not in known)
