"""Sentence boundaries that survive "No. 7", "s.75", "£21.3m" and numbered limbs.

spaCy's tokenizer keeps numbers and abbreviations whole; a small component of ours, data in
`rules/sentences.yaml`, says where a sentence may begin.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.rules import load

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ENDS = frozenset(".!?")
CLOSERS = frozenset("\"'”’)]")


@lru_cache(maxsize=1)
def tokenizer() -> Language:
    """A blank English pipeline with our sentence component."""
    import spacy
    from spacy.language import Language

    abbreviations = frozenset(word.lower() for word in load("sentences")["abbreviations"]["words"])

    @Language.component("sentence_starts")
    def sentence_starts(doc: Doc) -> Doc:
        return _mark(doc, abbreviations)

    nlp = spacy.blank("en")
    nlp.add_pipe("sentence_starts")
    return nlp


def _mark(doc: Doc, abbreviations: frozenset[str]) -> Doc:
    words = [token.text for token in doc]
    start = True
    for i, token in enumerate(doc):
        token.is_sent_start = start
        start = _ends(words, i, abbreviations)
    return doc


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
    if len(text) > 900_000:
        middle = text.find(" ", 800_000)
        cut = middle if middle > 0 else 800_000
        return sentences(text[:cut]) + [(a + cut, b + cut) for a, b in sentences(text[cut:])]
    spans: list[tuple[int, int]] = []
    for sentence in tokenizer()(text).sents:
        raw: Any = sentence.text
        start = sentence.start_char + len(raw) - len(raw.lstrip())
        end = sentence.start_char + len(raw.rstrip())
        if end > start:
            spans.append((start, end))
    return spans
