"""Rules of money and options are held to their examples and near-misses, each as its room reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.extractors.money.amounts import find_amounts
from pipeline.extractors.money.context import find_cues
from pipeline.extractors.money.frames import Place, frames
from pipeline.extractors.money.wording import per_after, qualifier_after, qualifier_before
from pipeline.rules import load

Rule = dict[str, Any]
Reads = Callable[[Rule, str], bool]


def searched(rule: Rule, text: str) -> bool:
    return bool(re.search(rule["pattern"], text, re.I))


def opening(rule: Rule, text: str) -> bool:
    return bool(re.match(rule["pattern"], text, re.I))


def with_case(rule: Rule, text: str) -> bool:
    return bool(re.search(rule["pattern"], text))


def cue(rule: Rule, text: str) -> bool:
    return any(found.rule == rule["id"] for found in find_cues(text, label=True)) or bool(
        re.match(rf"(?:{rule['pattern']})(?!\w)", text, re.I)
    )


def qualifier(rule: Rule, text: str) -> bool:
    if rule.get("before", True):
        return qualifier_before(text, text.index("£")) == rule["value"]
    return qualifier_after(f"£5 {text}", 2) == rule["value"]


def period(rule: Rule, text: str) -> bool:
    return per_after(f"£5 {text}", 2)[0] == rule["value"]


def frame(rule: Rule, text: str) -> bool:
    """Whether the frame fits the last amount of the text, whatever it may correct."""
    [made] = [one for one in frames() if one.rule == rule["id"]]
    amount = find_amounts(text)[-1]
    return made.fits(Place.of(text, text, amount), amount.per)


GROUPS: dict[tuple[str, str], Reads] = {
    ("money", "qualifiers"): qualifier,
    ("money", "periods"): period,
    ("money", "sold_singly"): searched,
    ("money", "paid_by_time"): searched,
    ("measures", "masks"): searched,
    ("measures", "cues"): cue,
    ("measures", "frames"): frame,
    ("tables", "units"): with_case,
    ("shares", "opinions"): opening,
    **{("tables", group): searched for group in (
        "not_money", "money_headings", "totals", "bands", "bodies", "plan_income", "plan_cost", "amended", "sources",
        "reserve_moves",
    )},
    **{("shares", group): searched for group in ("money", "counts", "topics")},
    **{("options", group): searched for group in load("options")},
}


def rules() -> Iterator[Any]:
    for (file, group), reads in GROUPS.items():
        for rule in load(file)[group]:
            yield pytest.param(rule, reads, id=f"{file}:{rule['id']}")


@pytest.mark.parametrize(("rule", "reads"), list(rules()))
def test_rule_reads_its_examples_and_not_its_near_misses(rule: Rule, reads: Reads) -> None:
    assert rule["comment"]
    assert [text for text in rule["examples"] if not reads(rule, text)] == []
    assert [text for text in rule["near_misses"] if reads(rule, text)] == []


@pytest.mark.parametrize("file", ["money", "measures", "tables", "shares", "options"])
def test_every_group_of_the_file_is_held(file: str) -> None:
    assert {group for name, group in GROUPS if name == file} == set(load(file))
