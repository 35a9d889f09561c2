"""The patterns of `rules/` that structure reads by, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import rules


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that a person keeps, and whatever else its entry says."""

    id: str
    pattern: re.Pattern[str]
    data: dict[str, Any]


@cache
def patterns(file: str, group: str | None = None) -> tuple[Rule, ...]:
    """The rules of `rules/<file>.yaml` (of its list `group`, where the file is a mapping), in order."""
    loaded = rules.load(file)
    entries: list[dict[str, Any]] = loaded[group] if group else loaded
    return tuple(Rule(entry["id"], re.compile(entry["pattern"]), entry) for entry in entries)


@cache
def pattern(file: str, group: str, name: str) -> re.Pattern[str]:
    """The one pattern with that id. Raises KeyError."""
    for rule in patterns(file, group):
        if rule.id == name:
            return rule.pattern
    raise KeyError(f"rules/{file}.yaml has no rule {name} in {group}")


@cache
def union(file: str, group: str) -> re.Pattern[str]:
    """One pattern that matches wherever any rule of a group does."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in patterns(file, group)))
