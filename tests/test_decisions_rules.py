"""Every rule of decisions finds its examples and none of its near misses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pipeline import rules
from pipeline.extractors.decisions.actions import inflections, own_action
from pipeline.extractors.decisions.grammar import Rule, rules_of
from pipeline.extractors.decisions.places import heading_of

FILES = ("decisions", "actions", "votes")


def every_rule() -> Iterator[Any]:
    for file in FILES:
        for group in rules.load(file):
            if group != "words":
                for rule in rules_of(group, file):
                    yield pytest.param(group, rule, id=f"{file}:{rule.id}")


def finds(group: str, rule: Rule, text: str) -> bool:
    if group == "places":
        found = heading_of(text)
        return found is not None and found[0].id == rule.id
    if rule.values.get("where") == "start":
        return rule.pattern.match(text) is not None
    return rule.pattern.search(text) is not None


@pytest.mark.parametrize(("group", "rule"), list(every_rule()))
def test_rule(group: str, rule: Rule) -> None:
    assert rule.get("comment") and rule.values["examples"] and rule.values["near_misses"]
    assert [text for text in rule.values["examples"] if not finds(group, rule, text)] == []
    assert [text for text in rule.values["near_misses"] if finds(group, rule, text)] == []


@pytest.mark.parametrize("entry", rules.load("actions")["verbs"], ids=lambda entry: str(entry["id"]))
def test_verbs_act_in_every_form(entry: dict[str, Any]) -> None:
    for verb in entry["verbs"]:
        base, third, past = inflections(verb)[:3]
        for clause in (f"To {base} it", f"The Committee {third} it", f"That it be {past}"):
            if entry["action"] != "other" and verb not in ("take note", "commend to", "review"):
                assert own_action(clause) == entry["action"], clause
