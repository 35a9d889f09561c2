"""Sentence boundaries that survive "No. 7", "s.75", "£21.3m" and numbered limbs.

Tokens (`tokens.py`) keep numbers and abbreviations whole; which of them may end a sentence is told here, with data in
`rules/sentences.yaml`. Only the runs of characters with a stop in them are looked at, and what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.extractors.tokens import tokens
from pipeline.rules import load

ENDS = frozenset(".!?")
CLOSERS = frozenset("\"'”’)]")
MARKS = ENDS | CLOSERS
MAY_END = re.compile(r"[!?]|(?<!\d)\.|\.(?!\d)")
"""What a sentence can end with, in front of its text's last character; the stop of "21.3" is none."""
STOPPED = re.compile(r"\S*[.!?]\S*")
FOLLOWING = re.compile(r"(\s+)(\S*)")
REMEMBERED = 4096
"""Texts whose sentences are kept: extractor after extractor asks for those of the same paragraphs."""


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
    return tuple(
        (start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
        for start, part in _parts(text)
        if part.strip()
    )


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The sentences with the white space around them, and where each starts."""
    start = seen = 0
    if MAY_END.search(text.rstrip()[:-1]):
        abbreviations = _abbreviations()
        for run in STOPPED.finditer(text):
            words, places = _around(text, run.start(), run.end())
            for i in range(len(words) - 1):
                if places[i] >= run.end() and words[i] not in CLOSERS:
                    break
                if places[i] < max(seen, run.start()) or words[i][-1] not in MARKS:
                    continue
                seen = places[i + 1]
                if _ends(words, i, abbreviations):
                    yield start, text[start:seen]
                    start = seen
    yield start, text[start:]


def _around(text: str, first: int, last: int) -> tuple[list[str], list[int]]:
    """The tokens of a run of characters, the one before, and those behind up to one that closes nothing; and where
    each begins. White space other than one blank is a token."""
    own = tokens(text[first:last])
    words, places = _before(text, first, own[0][-1] in MARKS)
    while True:
        for word in own:
            words.append(word)
            places.append(first)
            first += len(word)
        if first > last and not CLOSERS.issuperset(own):
            return words, places
        following = FOLLOWING.match(text, first)
        if following is None:
            return words, places
        space = following[1].removeprefix(" ")
        first = following.start(2)
        if space:
            return [*words, space], [*places, first - len(space)]
        own = tokens(following[2])


def _before(text: str, first: int, last_token: bool) -> tuple[list[str], list[int]]:
    """The last token before an offset, where it is wanted, and an empty one that stands for those before it."""
    if not first:
        return [], []
    if not last_token:
        return [""], [0]
    end = first
    while end and text[end - 1].isspace():
        end -= 1
    if not end:
        return [text[:first]], [0]
    start = end
    while start and not text[start - 1].isspace():
        start -= 1
    *more, last = tokens(text[start:end])
    if space := text[end:first].removeprefix(" "):
        return ["", space], [start, first - len(space)]
    return (["", last], [start, end - len(last)]) if start or more else ([last], [start])
