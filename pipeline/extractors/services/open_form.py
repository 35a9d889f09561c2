"""Services that the taxonomy lacks, told by the form "X service" or "X services for GROUP"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.authorities import short_names
from pipeline.extractors.services.matching import Found, pattern, titles_in
from pipeline.rules import load

MOST_WORDS = 4
_SERVICE = re.compile(r"\b(?:[Ss]ervices?|SERVICES?)\b")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z0-9]*) $")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("service_wording")["words"][name])


def open_forms(text: str, named: list[Found]) -> list[Found]:
    """The services named by their form alone in a plain text, outside the spans of those `named` already."""
    taken = {offset for found in named for offset in range(found.start, found.end)}
    titles = titles_in(text)
    found = []
    for match in _SERVICE.finditer(text):
        if match.start() in taken or pattern("after_service").match(text, match.end()):
            continue
        start = _phrase_start(text, match.start())
        if start is None or start in taken or any(a <= start < b for a, b in titles):
            continue
        group = pattern("for_group").match(text, match.end())
        found.append(Found(start, group.end() if group else match.end(), None))
    return found


def _phrase_start(text: str, end: int) -> int | None:
    """Where the words that say which service it is begin, before `end`; None if no word does."""
    words: list[str] = []
    start = end
    while len(words) < MOST_WORDS:
        match = _WORD_BEFORE.search(text, max(0, start - 40), start)
        if match is None or _bounds(match[1], words):
            break
        words.insert(0, match[1])
        start = match.start()
    while words and words[0].lower() in _words("generic"):
        start += len(words.pop(0)) + 1
    return start if words and _tells(words) else None


def _bounds(word: str, words: list[str]) -> bool:
    """Whether the phrase that goes on with `words` cannot begin with `word`."""
    lower = word.lower()
    if lower in _words("bounds"):
        return True
    if word[0].isupper():
        return bool(words) and words[0].islower()
    return (bool(words) and not words[0].islower()) or lower in _words("generic") or bool(_adjective(word))


def _adjective(word: str) -> re.Match[str] | None:
    return pattern("not_telling").match(word)


def _tells(words: list[str]) -> bool:
    phrase = " ".join(words).lower()
    if phrase in _words("teams") or words[-1].lower() in _words("team_heads"):
        return False
    if len(words) == 1 and (words[0].isupper() or words[0] in short_names()):
        return False
    return any(word.lower() not in _words("generic") for word in words)
