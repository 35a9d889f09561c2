"""Reads the rules of decisions: patterns with the words that they share written out, compiled once.

A pattern may name a shared list of words as `{{body}}`; the lists are `words` of `rules/decisions.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import rules
from pipeline.needles import Sought, fold

MACRO = re.compile(r"\{\{(\w+)\}\}")
LINE_END = re.compile(r"\s*\n\s*")
"""Long patterns are written over several lines; the line ends are no part of them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that matches text. `values` holds what it says beyond its pattern (kind, place, action ...)."""

    id: str
    sought: Sought
    values: dict[str, Any]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its pattern."""
        return self.sought.pattern

    def search(self, text: str) -> re.Match[str] | None:
        """What its pattern finds in `text`."""
        return self.sought.search(text)

    def get(self, name: str, default: str = "") -> str:
        """The rule's value of that name."""
        return str(self.values.get(name, default))

    @property
    def confidence(self) -> float:
        """How sure a record is that this rule makes."""
        return float(self.values.get("confidence", 0.9))


def expand(pattern: str, file: str = "decisions") -> str:
    """`pattern` with every `{{word list}}` written out. Raises KeyError for a list that is not there."""
    words = rules.load("decisions")["words"] | rules.load(file).get("words", {})
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda found: f"(?:{words[found[1]]})", pattern)
    return LINE_END.sub("", pattern)


def compile_pattern(pattern: str, *, exact: bool, file: str = "decisions") -> re.Pattern[str]:
    """Compile a rule's pattern; `exact` makes capitals count."""
    return re.compile(expand(pattern, file), 0 if exact else re.IGNORECASE)


@cache
def rules_of(group: str, file: str = "decisions") -> tuple[Rule, ...]:
    """The rules of one list of a rules file, in the order in which they are tried."""
    return tuple(
        Rule(
            entry["id"],
            Sought(compile_pattern(entry["pattern"], exact=bool(entry.get("exact")), file=file)),
            entry,
        )
        for entry in rules.load(file)[group]
        if "pattern" in entry
    )


def likely(group: str, text: str, file: str = "decisions") -> Iterator[Rule]:
    """The rules of a list whose patterns may match in `text`, in their order."""
    folded = fold(text)
    return (rule for rule in rules_of(group, file) if rule.sought.may_match(folded))


def first_match(group: str, text: str, file: str = "decisions") -> tuple[Rule, re.Match[str]] | None:
    """The first rule of a list whose pattern is found in `text`, with what it found."""
    for rule in likely(group, text, file):
        found = rule.pattern.search(text)
        if found:
            return rule, found
    return None
