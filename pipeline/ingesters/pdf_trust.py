"""Whether a page's text can be trusted, told from the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from pipeline.document import Word

Trust = Literal["good", "none", "garbled", "doubtful"]

VOWELS = r"aeiouyw\u00c0-\u024f\u1e80-\u1ef3"
VOWEL = re.compile(f"[{VOWELS}]", re.IGNORECASE)
VOWELLESS = re.compile(rf"^[^{VOWELS}\n]+$", re.IGNORECASE | re.MULTILINE)
"""A word without a vowel, among words of one line each: to ask all of a page's at once is quicker."""
CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvxz]{6}", re.IGNORECASE)
ODD = re.compile(r"[a-z][0-9][a-z]|[0-9][a-z]{3}|[a-z][A-Z]{2,}[a-z]|[a-z][|\\~_^{}<>=][a-z]|[^\w\s]{4}")
MIXED = re.compile(r"[^\W\d_][^\w\s./@:&'’,()–-]+[^\W\d_]|[^\W\d_][_^`\[\]\\|~]")
"""Signs inside a word that no language puts there: the letters of a font that was renumbered."""
LETTER = re.compile(r"[^\W\d_]")
LEADERS = re.compile(r"[.…_]{3,}")
LED = ("..", "__", "…", "._", "_.")
"""What every such row of dots has."""
COMMON = frozenset({
    "the", "of", "to", "and", "in", "a", "for", "be", "that", "is", "on", "was", "by", "with", "as", "it", "are",
    "this", "at", "from", "or", "an", "will", "not", "have", "has", "been", "were", "council", "councillor",
    "minutes", "meeting", "committee", "report", "total", "budget", "year", "page", "y", "yn", "yr", "ar", "i", "o",
    "a'r", "a'i", "mae", "gan", "bod", "cyngor", "wedi", "cynghorydd",
})
"""Words that no page of English or Welsh prose lacks."""
DOUBTED = 0.4
"""Usual words, to each longer word, below which a text that some program recognised once is read again, and the better
of the two kept. Of 473 pages of prose, three in four have more; with every second e read as c, one in four has."""
USUAL = "eationsr"
"""Letters that make up half of any prose: to count these few is enough where they are many."""
FEW = 12
"""Words on a page that is a picture: a stamp or a page number, not its text."""


def trust_in(words: list[Word], picture: float, hidden: bool) -> Trust:
    """How far words can be believed.

    `picture` is the share of the page that images cover; `hidden` says that the text is not drawn, so that it is
    what some program once recognised in the picture.
    """
    if not words or (picture > 0.5 and len(words) < FEW):
        return "none"
    text = "".join([word.text for word in words])
    if any(pair in text for pair in LED):
        text = LEADERS.sub("", text)
    if len(text) < 40:
        return "good"
    if _strange(text) > 0.12 or _letters(text) < 0.2 and _figures(text) < 0.3:
        return "garbled"
    texts = [word.text for word in words if len(word.text) > 3]
    mixed = sum([MIXED.search(w) is not None for w in texts if not w.isalnum()])
    if mixed and mixed > 0.3 * (lettered := sum(bool(LETTER.search(w)) for w in texts)) and lettered > 20:
        return "garbled"
    long = [w for word in words if len(w := _spelt(word)) > 2 and w.isalpha() and not w.isupper()]
    if len(long) < 20:
        return "good"
    if len(VOWELLESS.findall("\n".join(long))) > 0.25 * len(long):
        return "garbled"
    foreign = len(long) > 60 and not any(_spelt(word).lower() in COMMON for word in words)
    if foreign and sum(bool(CONSONANTS.search(w)) for w in long) > 0.1 * len(long):
        return "garbled"
    if hidden and sum(bool(ODD.search(_spelt(word))) for word in words) > 0.15 * len(words):
        return "garbled"
    return "doubtful" if hidden and usual_words(words) < DOUBTED * len(long) else "good"


def usual_words(words: list[Word]) -> int:
    """How many of the words are those that prose is full of: a better reading of the same page has more."""
    return sum(_spelt(word).lower() in COMMON for word in words)


def _spelt(word: Word) -> str:
    """A word without the signs around it."""
    text = word.text
    return text if text.isalpha() else text.strip(".,;:()'\"‘’“”!?")


def _strange(text: str) -> float:
    """Share of characters that no font draws: controls, private use, what could not be decoded."""
    if text.isprintable() and "\ufffd" not in text:  # as nearly all pages
        return 0.0
    return _share(text, lambda c: c == "\ufffd" or unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs"))


def _letters(text: str) -> float:
    usual = sum(map(text.count, USUAL)) / len(text)
    return usual if usual > 0.2 else _share(text, str.isalpha)


def _figures(text: str) -> float:
    return _share(text, str.isdigit)


def _share(text: str, wanted: Callable[[str], bool]) -> float:
    """Share of the characters that are wanted; each is asked about once, however often it stands there."""
    return sum(text.count(c) for c in set(text) if wanted(c)) / len(text)
