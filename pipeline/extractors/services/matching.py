"""Which entries of the taxonomy a text names, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from pipeline.extractors.services.phrases import Hit, Phrases
from pipeline.extractors.services.plain import plain
from pipeline.extractors.services.taxonomy import forms, singles, taxonomy
from pipeline.rules import any_of

NEAR_MISS = "near miss"


@dataclass(frozen=True, slots=True)
class Found:
    """A service named at these offsets of a plain text; `service_id` is None for one that the taxonomy lacks."""

    start: int
    end: int
    service_id: str | None


@dataclass(frozen=True, slots=True)
class _Matchers:
    any_case: Phrases
    as_printed: Phrases
    """Words that count only in these letters: abbreviations, and one thing of a kind ("the park", "THE PARK")."""


_WORD = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=1)
def _matchers() -> _Matchers:
    """Every form of every wording."""
    any_case: list[tuple[list[str], str]] = []
    as_printed: list[tuple[list[str], str]] = []
    near: list[str] = []
    for entry in taxonomy().values():
        wordings = {form for wording in entry.wordings for form in forms(wording)}
        any_case += [(_WORD.findall(wording.lower()), entry.id) for wording in wordings]
        shorts = [plain(short).text for short in entry.abbreviations]
        letters = {short + s for short in shorts for s in ("", "s")}
        letters |= {form for one in singles(entry) for form in (one, one.upper())}
        as_printed += [(_WORD.findall(form), entry.id) for form in letters]
        near += [plain(phrase.lower()).text for phrase in entry.near_misses]
    any_case += [(_WORD.findall(phrase), NEAR_MISS) for phrase in near]
    return _Matchers(Phrases(any_case), Phrases(as_printed))


def named(text: str) -> list[Found]:
    """The services of the taxonomy that a plain text names, in order; the longest wording wins."""
    tools = _matchers()
    printed = _WORD.findall(text)
    hits = [*tools.any_case.find(list(map(str.lower, printed))), *tools.as_printed.find(printed)]
    if not hits:
        return []
    words = [match.span() for match in _WORD.finditer(text)]
    titles = titles_in(text)
    found = []
    for first, last, name in _longest(hits):
        start, end = words[first][0], words[last - 1][1]
        if name != NEAR_MISS and not _is_title(text, start, end, titles):
            found.append(Found(start, _with_service(text, end), name))
    return found


def _longest(hits: Iterable[Hit]) -> Iterator[Hit]:
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
