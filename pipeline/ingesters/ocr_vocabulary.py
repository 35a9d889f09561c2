"""Doubtful words of a scan, read again by the document's own vocabulary.

A committee paper says the same things again and again: where a doubtful word is one letter off a word that the
same document shows beyond doubt, it is that word. Figures and names are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.document import Word

DOUBTFUL = 0.7
SURE = 0.88
SHORTEST = 6
"""Letters of a word that is mended; shorter ones are too easily another word."""
CORE = re.compile(r"^(\W*)([^\W\d_]+)(\W*)$")


def mend_doubtful(words: Iterable[Word]) -> None:
    """Replace, in place, doubtful words that are one letter off a sure one. Their confidence stays as it was."""
    from rapidfuzz.distance import Levenshtein

    sure: dict[int, set[str]] = {}
    doubtful: list[tuple[Word, re.Match[str]]] = []
    for word in words:
        found = CORE.match(word.text)
        if found is None or len(found[2]) < SHORTEST - 1:
            continue
        if word.confidence >= SURE:
            sure.setdefault(len(found[2]), set()).add(found[2].lower())
        elif word.confidence < DOUBTFUL and len(found[2]) >= SHORTEST and not found[2][1:].isupper():
            doubtful.append((word, found))
    for word, found in doubtful:
        core = found[2].lower()
        near = {known for size in (len(core) - 1, len(core), len(core) + 1) for known in sure.get(size, ())}
        if core in near:
            continue
        best = [known for known in near if Levenshtein.distance(core, known, score_cutoff=1) <= 1]
        if len(best) == 1 and best[0].rstrip("s") != core.rstrip("s"):
            mended = best[0].capitalize() if found[2][0].isupper() else best[0]
            word.text = f"{found[1]}{mended}{found[3]}"
