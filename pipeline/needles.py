"""Words without which a pattern cannot match: looking for them costs a hundredth of what the pattern costs.

Most sentences hold none of what most rules look for. What a pattern must find is read off the pattern itself, so that
a rule may be changed without a thought for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from re import _constants as ops  # type: ignore[attr-defined]  # what `re` itself reads patterns with
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LEAST = 3
"""Characters of a needle at least: shorter ones stand everywhere."""
MOST = 100
"""Needles of a pattern at most."""
Needles = frozenset[str]


@cache
def needles_of(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Folded words one of which stands, folded, in every text that `pattern` matches in; none where that is not so."""
    found = _of_sequence(parser.parse(pattern.pattern, pattern.flags))
    if found is None or len(found) > MOST or min(map(len, found)) < LEAST:
        return ()
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text in which needles are looked for; kept, since rule after rule asks for that of the same sentence."""
    return text.casefold()


class Sought:
    """A pattern that is tried only on texts that hold one of its needles."""

    __slots__ = ("needles", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.needles = needles_of(pattern)

    def may_match(self, folded: str) -> bool:
        """Whether it can match in a text of which `folded` is the folded form."""
        return not self.needles or any(map(folded.__contains__, self.needles))

    def search(self, text: str) -> re.Match[str] | None:
        """What the pattern finds first."""
        return self.pattern.search(text) if self.may_match(fold(text)) else None

    def sub(self, replacement: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with what the pattern finds replaced."""
        return self.pattern.sub(replacement, text) if self.may_match(fold(text)) else text

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All that the pattern finds."""
        return self.pattern.finditer(text) if self.may_match(fold(text)) else iter(())


@cache
def first_letters(pattern: str) -> frozenset[str]:
    """The characters, folded, that a match of a pattern without regard to case can begin with. Raises ValueError
    where that may be any."""
    found, may_be_empty = _first_of(parser.parse(pattern, re.IGNORECASE))
    if may_be_empty:
        raise ValueError(f"{pattern} matches nothing at all")
    return frozenset(found)


def _first_of(parts: Iterable[Any]) -> tuple[set[str], bool]:
    """What parts that follow each other can begin with, and whether they can be empty."""
    found: set[str] = set()
    for op, value in parts:
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            continue
        own, may_be_empty = _first_of_part(op, value)
        found |= own
        if not may_be_empty:
            return found, False
    return found, True


def _first_of_part(op: Any, value: Any) -> tuple[set[str], bool]:
    if op is ops.LITERAL:
        return {chr(value).casefold()}, False
    if op is ops.IN and all(kind is ops.LITERAL for kind, _ in value):
        return {chr(code).casefold() for _, code in value}, False
    if op is ops.SUBPATTERN:
        return _first_of(value[-1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        found, empty = _first_of(value[2])
        return found, empty or not value[0]
    if op is ops.BRANCH:
        branches = [_first_of(branch) for branch in value[1]]
        return set().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
    raise ValueError(f"it may begin with anything: {op}")


def _of_sequence(parts: Iterable[Any]) -> Needles | None:
    """The best needles of parts that all must match."""
    found: list[Needles] = []
    run = ""
    for op, value in parts:
        letter = _letter(op, value)
        if letter is not None:
            run += letter
            continue
        if run:
            found.append(frozenset({run}))
        run = ""
        inner = _of_part(op, value)
        if inner:
            found.append(inner)
    if run:
        found.append(frozenset({run}))
    return max(found, key=_worth, default=None)


def _worth(needles: Needles) -> tuple[int, int]:
    """Long words are rare, " was " and " of the " stand everywhere."""
    return min(len(max(needle.split(), key=len, default="")) for needle in needles), -len(needles)


def _letter(op: Any, value: Any) -> str | None:
    """The one letter, folded, that a part matches in either case."""
    if op is ops.LITERAL:
        return chr(value).casefold()
    if op is ops.IN and all(kind is ops.LITERAL for kind, _ in value):
        letters = {chr(code).casefold() for _, code in value}
        return letters.pop() if len(letters) == 1 else None
    return None


def _of_part(op: Any, value: Any) -> Needles | None:
    if op is ops.SUBPATTERN:
        return _of_sequence(value[-1])
    if op is ops.ATOMIC_GROUP:
        return _of_sequence(value)
    if op is ops.ASSERT:
        return _of_sequence(value[1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _of_sequence(value[2]) if value[0] else None
    return _of_branch(value[1]) if op is ops.BRANCH else None


def _of_branch(branches: Sequence[Any]) -> Needles | None:
    found = [_of_sequence(branch) for branch in branches]
    return frozenset().union(*[one for one in found if one]) if all(found) else None
