"""Sentence boundaries that survive "No. 7", "s.75", "£21.3m" and numbered limbs.

spaCy's tokenizer keeps numbers and abbreviations whole; which of its words may end a sentence is told here, with
data in `rules/sentences.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.rules import load

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

ENDS = frozenset(".!?")
CLOSERS = frozenset("\"'”’)]")
MARKS = ENDS | CLOSERS
MAY_END = re.compile(r"[!?]|(?<!\d)\.|\.(?!\d)")
"""What a sentence can end with, in front of its text's last character; the stop of "21.3" is none."""
PRINTED = re.compile(r"\S+")
NEAR = 2
"""Words before and behind such a sign that are looked at: to cut all of a paragraph as spaCy does takes its time."""
REMEMBERED = 4096
"""Texts whose sentences are kept: extractor after extractor asks for those of the same paragraphs."""


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """spaCy's tokenizer for English."""
    from spacy.lang.en import English
    from spacy.vocab import Vocab

    return English(Vocab()).tokenizer  # a vocabulary that tells nothing of a word beyond its letters


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(word.lower() for word in load("sentences")["abbreviations"]["words"])


def _ends(words: list[str], i: int, abbreviations: frozenset[str]) -> bool:
    """Whether a sentence ends with word i."""
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else ""
    if not following or following in ENDS or following in CLOSERS:
        return False
    mark = i
    while mark > 0 and words[mark] in CLOSERS:
        mark -= 1
    if words[mark] not in ENDS:
        return _glued_stop(words[mark], words[mark - 1] if mark else "", following, abbreviations)
    if words[mark] != ".":
        return following[:1].isupper() or not following[:1].isalpha()
    before = words[mark - 1].lower() if mark else ""
    if mark == i and (before in abbreviations or (len(before) == 1 and before.isalpha())):
        return False
    if before.isdigit() and mark <= 1:
        return False  # "7. That ..." is a limb's number, no sentence
    return not following[:1].islower() and word != "-"


def _glued_stop(word: str, before: str, following: str, abbreviations: frozenset[str]) -> bool:
    """Whether a stop that the tokenizer leaves on a number or its unit ("7.36", "m.") ends the sentence."""
    stem = word[:-1].lower()
    if word in ("m.", "k.", "p.") and before[:1].isdigit():
        return following[:1].isupper()
    return (
        word.endswith(".")
        and len(stem) > 1
        and stem[0].isdigit()
        and stem not in abbreviations
        and not stem.isdigit()
        and following[:1].isupper()
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end offsets of the sentences of `text`, without the white space between them."""
    return list(_sentences(text))


@lru_cache(maxsize=REMEMBERED)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    if len(text) > 900_000:
        middle = text.find(" ", 800_000)
        cut = middle if middle > 0 else 800_000
        return _sentences(text[:cut]) + tuple((a + cut, b + cut) for a, b in _sentences(text[cut:]))
    return tuple(
        (start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
        for start, part in _parts(text)
        if part.strip()
    )


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The sentences with the white space around them, and where each starts."""
    start = 0
    for first, last in _around_ends(text):
        doc = tokenizer()(text[first:last])
        words = [token.text for token in doc]
        abbreviations = _abbreviations()
        for i in range(len(words) - 1):
            if words[i][-1] in MARKS and _ends(words, i, abbreviations):
                following = first + doc[i + 1].idx
                yield start, text[start:following]
                start = following
    yield start, text[start:]


def _around_ends(text: str) -> list[tuple[int, int]]:
    """Where to look: what stands around each sign that may end a sentence, as far as it can tell whether it does."""
    signs = [sign.start() for sign in MAY_END.finditer(text, 0, len(text.rstrip()) - 1)]
    if not signs:
        return []
    printed = [match.span() for match in PRINTED.finditer(text)]
    begins = [begin for begin, _ in printed]
    around: list[tuple[int, int]] = []
    for sign in signs:
        at = bisect_right(begins, sign) - 1
        first, last = begins[max(at - NEAR, 0)], printed[min(at + NEAR, len(printed) - 1)][1]
        if around and first <= around[-1][1]:
            first = around.pop()[0]
        around.append((0 if at <= NEAR else first, last))
    return around
