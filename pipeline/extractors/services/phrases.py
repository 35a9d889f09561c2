"""Phrases of words, found among the words of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

Hit = tuple[int, int, str]
"""The first word, the word after the last, and what the phrase there names."""


class Phrases:
    """Phrases and what each names. Of a text's words only those are looked at with which some phrase begins."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        self._names: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for words, name in phrases:
            names = self._names[tuple(words)]
            if name not in names:
                names.append(name)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self._names:
            lengths[phrase[0]].add(len(phrase))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """Every phrase among the words, in order of place, those of one place from the shortest."""
        lengths, names = self._lengths, self._names
        for at in [i for i, word in enumerate(words) if word in lengths]:
            for length in lengths[words[at]]:
                phrase = tuple(words[at:at + length])
                if phrase in names and len(phrase) == length:
                    for name in names[phrase]:
                        yield at, at + length, name
