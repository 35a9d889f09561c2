"""Every rule that matches text is held to its own examples and near-misses.

Here are the files whose patterns are searched for (or, with `whole`, matched) just as they are written; files that
are read in another way (without case, between word borders) are held by the tests of the room that reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline import rules


def _entries(loaded: Any) -> Iterator[dict[str, Any]]:
    if isinstance(loaded, list):
        for entry in loaded:
            if isinstance(entry, dict) and "pattern" in entry:
                yield entry
    elif isinstance(loaded, dict):
        for value in loaded.values():
            yield from _entries(value)


AS_WRITTEN = ("bodies", "kinds", "privacy", "structure")

RULES = [
    pytest.param(entry, id=f"{file}:{entry.get('id')}") for file in AS_WRITTEN for entry in _entries(rules.load(file))
]


def test_there_are_rules_to_hold() -> None:
    assert len(RULES) > 30


@pytest.mark.parametrize("rule", RULES)
def test_rule_carries_what_a_reader_needs(rule: dict[str, Any]) -> None:
    assert rule["id"]
    assert rule["comment"].strip()
    assert rule["examples"]
    assert "near_misses" in rule


@pytest.mark.parametrize("rule", RULES)
def test_rule_matches_its_examples_and_not_its_near_misses(rule: dict[str, Any]) -> None:
    whole = rule.get("whole", False)
    compiled = re.compile(rule["pattern"])
    find = compiled.fullmatch if whole else compiled.search
    assert [text for text in rule["examples"] if not find(text)] == []
    assert [text for text in rule["near_misses"] if find(text)] == []


def test_ids_are_unique_within_a_file() -> None:
    for path in sorted(rules.folder().glob("*.yaml")):
        ids = [entry["id"] for entry in _entries(rules.load(path.stem))]
        assert sorted(ids) == sorted(set(ids)), path.name
