"""Which entries of the taxonomy a text names, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.extractors.services.plain import plain
from pipeline.extractors.services.taxonomy import forms, mutated, singles, taxonomy
from pipeline.rules import any_of

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NEAR_MISS = "near miss"


@dataclass(frozen=True, slots=True)
class Found:
    """A service named at these offsets of a plain text; `service_id` is None for one that the taxonomy lacks."""

    start: int
    end: int
    service_id: str | None


@dataclass(frozen=True, slots=True)
class _Matchers:
    vocab: Vocab
    any_case: PhraseMatcher
    as_printed: PhraseMatcher
    """Words that count only in these letters: abbreviations, and one thing of a kind ("the park", "THE PARK")."""


_WORD = re.compile(r"([A-Z]?\d+(?=[A-Z][a-z])|\w+|[^\w\s])")
"""A word; the number of an item is parted from the title that is printed right behind it ("21Rights of Way")."""


def _doc(vocab: Vocab, words: list[str]) -> Doc:
    """Words of a plain text, which needs none of a tokenizer's rules: splitting it so is four times faster."""
    from spacy.tokens import Doc

    return Doc(vocab, words=words)


@lru_cache(maxsize=1)
def _matchers() -> _Matchers:
    """spaCy's matchers over every form of every wording."""
    from spacy.attrs import LOWER
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

    vocab = Vocab(lex_attr_getters={LOWER: str.lower})  # all else that English words have would be worked out in vain
    any_case, as_printed = PhraseMatcher(vocab, attr="LOWER"), PhraseMatcher(vocab, attr="ORTH")

    def add(matcher: PhraseMatcher, key: str, phrases: Iterable[str]) -> None:
        """Give a matcher the words of phrases as it keeps them: to make documents of thousands takes five times as
        long."""
        words = [[vocab.strings.add(word) for word in _WORD.findall(phrase)] for phrase in phrases]
        matcher.add(key, words)  # type: ignore[arg-type]

    near: set[str] = set()
    for entry in taxonomy().values():
        wordings = {form for wording in entry.wordings for form in forms(wording)}
        wordings |= {form for wording in entry.welsh for form in mutated(wording)}
        add(any_case, entry.id, wordings)
        shorts = [plain(short).text for short in entry.abbreviations]
        letters = {short + s for short in shorts for s in ("", "s")}
        letters |= {form for one in singles(entry) for form in (one, one.upper())}
        add(as_printed, entry.id, letters)
        near.update(plain(phrase.lower()).text for phrase in entry.near_misses)
    add(any_case, NEAR_MISS, near)
    return _Matchers(vocab, any_case, as_printed)


def named(text: str) -> list[Found]:
    """The services of the taxonomy that a plain text names, in order; the longest wording wins, but "domiciliary care
    for older people" is domiciliary care, though "care for older people" is longer."""
    tools = _matchers()
    parts = _WORD.split(text)  # gap, word, gap, word ... gap
    words, starts = parts[1::2], list(accumulate(map(len, parts)))[::2]
    doc = _doc(tools.vocab, words)
    printed = sorted(tools.as_printed(doc), key=lambda hit: (hit[1], hit[2], hit[0]))
    hits = [(start, end, tools.vocab.strings[key]) for key, start, end in (*tools.any_case(doc), *printed)]
    whom = _for_whom(hits, words)
    titles = titles_in(text)
    found = []
    for first, last, name in _longest(hit for hit in hits if hit[:2] not in whom):
        start, end = starts[first], starts[last - 1] + len(words[last - 1])
        if name != NEAR_MISS and not _is_title(text, start, end, titles):
            found.append(Found(start, _with_service(text, end), name))
    return found


def _for_whom(hits: Sequence[tuple[int, int, str]], words: Sequence[str]) -> set[tuple[int, int]]:
    """The hits that begin inside another and go on over the "for" behind it."""
    lasts: dict[int, list[int]] = defaultdict(list)
    for first, last, _ in hits:
        lasts[first].append(last)
    served = {(first, last) for first, last, _ in hits if last < len(words) and words[last] == "for"}
    return {
        (first, last) for begins, ends in served for first in range(begins + 1, ends) for last in lasts.get(first, ())
        if last > ends
    }


def _longest(hits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The longest of overlapping hits, in order of place; a service before a near-miss of its length."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: (h[0] - h[1], h[2] == NEAR_MISS, h[0])):
        if hit[0] not in taken and hit[1] - 1 not in taken:
            taken.update(range(hit[0], hit[1]))
            kept.append(hit)
    yield from sorted(kept)


pattern = partial(any_of, "service_wording", flags=re.NOFLAG)
"""All patterns of one list in `rules/service_wording.yaml` as one; capitals count."""


@lru_cache(maxsize=1)
def titles_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where a plain text names an officer, a body or an Act; kept for the next that asks about the same text."""
    return tuple(match.span() for match in pattern("titles").finditer(text))


def _is_title(text: str, start: int, end: int, titles: Iterable[tuple[int, int]]) -> bool:
    """Whether the words name an officer, a body or an Act rather than what is provided."""
    return bool(pattern("after").match(text, end)) or any(a <= start and end <= b for a, b in titles)


_SERVICE = re.compile(r" (?i:services?)\b")


def _with_service(text: str, end: int) -> int:
    match = _SERVICE.match(text, end)
    return match.end() if match else end
