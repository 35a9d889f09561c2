"""How far a document's text reads like words, told without a dictionary."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingesters.pdf_trust import CONSONANTS, MIXED, VOWEL

TOKEN = re.compile(r"[^\s\d£%(),.;:“”\"]{3,}")
SAMPLE = 4000
"""Words looked at, spread over the whole document."""


def text_quality(text: str) -> float | None:
    """Share of words (of three letters or more) that look like words, 0 to 1; None where there are none."""
    words = [word for word in TOKEN.findall(text) if word.isalpha() or any(map(str.isalpha, word))]
    words = words[:: max(1, len(words) // SAMPLE)]
    if not words:
        return None
    return round(sum(_looks_like_a_word(word) for word in words) / len(words), 3)


@lru_cache(maxsize=20_000)
def _looks_like_a_word(word: str) -> bool:
    return word.isupper() or bool(VOWEL.search(word) and not CONSONANTS.search(word) and not MIXED.search(word))
