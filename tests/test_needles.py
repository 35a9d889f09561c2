"""Words without which a pattern cannot match: read off the pattern, never off its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rules
from pipeline.extractors.money.context import CUE_START
from pipeline.needles import Sought, first_letters, needles_of

WORDS = ("Resolved", "the motion", "AGREED", "carried", "12", "fell", "£5m", "nobody", "\n")


@pytest.mark.parametrize(("pattern", "needles"), [
    (r"\bRESOLVED\b", ("resolved",)),
    (r"(?:[Rr]esolved|AGREED)\s+that", ("agreed", "resolved")),
    (r"(?:it was )?(?:moved|carried)", ("carried", "moved")),
    (r" the (?:motion|amendment) was ", ("amendment", "motion")),
    (r"(?:approved)?\s+\d+", ()),
    (r"(?:noted|\d+)", ()),
    (r"(?=.*payment)[A-Z]\w+", ("payment",)),
    (r"(?!payment)[A-Z]\w+", ()),
    (r"(?:fund){1,3}s?", ("fund",)),
    (r"(?:fund){0,3}s?", ()),
    (r"[a-z]+ to$", (" to",)),
])
def test_what_a_pattern_must_find(pattern: str, needles: tuple[str, ...]) -> None:
    assert needles_of(re.compile(pattern)) == needles


@pytest.mark.parametrize(("pattern", "letters"), [
    (r"\bnet (?:cost|budget)", "n"),
    (r"(?:re)?allocat(?:ed|ion)", "ra"),
    (r"(?i:Grants?|\+/-)", "g+"),
    (r"(?<=\d )[Pp]ence", "p"),
    (r"(?!saved)(?:s|under)spend", "su"),
])
def test_what_a_match_can_begin_with(pattern: str, letters: str) -> None:
    assert first_letters(pattern) == set(letters)


@pytest.mark.parametrize("pattern", [r"\w+ed", r"(?:over)?", r"[a-f]x", r".*spent"])
def test_what_may_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        first_letters(pattern)


def test_every_cue_of_a_measure_begins_where_cues_are_looked_for() -> None:
    for cue in rules.load("measures")["cues"]:
        letters = first_letters(cue["pattern"])
        assert all(CUE_START.fullmatch(letter) for letter in letters), cue["id"]


def test_a_text_without_needles_is_not_searched() -> None:
    sought = Sought(re.compile(r"\b(?:agreed|noted)\b", re.IGNORECASE))
    assert sought.search("The report was NOTED.") is not None
    assert sought.search("The report was received.") is None
    assert [m[0] for m in sought.finditer("Agreed and noted")] == ["Agreed", "noted"]
    assert list(sought.finditer("nothing of the kind")) == []
    assert sought.sub(lambda m: "-", "agreed, then noted") == "-, then -"
    assert sought.sub(lambda m: "-", "nothing of the kind") == "nothing of the kind"


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_needles_never_hide_what_a_pattern_finds(text: str) -> None:
    for pattern in (r"(?i:resolved|agreed)\b", r"\bthe motion (?:fell|carried)", r"AGREED(?= carried)|nobody \d+|\n"):
        compiled = re.compile(pattern)
        found = Sought(compiled).search(text)
        assert (found and found.span()) == ((m := compiled.search(text)) and m.span())


def _patterns(data: Any) -> Iterator[tuple[re.Pattern[str], list[str]]]:
    """Every pattern of a file of rules that compiles by itself, with its examples."""
    if isinstance(data, dict):
        if isinstance(data.get("pattern"), str) and "{{" not in data["pattern"]:
            flags = 0 if data.get("exact") else re.IGNORECASE
            yield re.compile(data["pattern"], flags), [str(example) for example in data.get("examples", ())]
        for value in data.values():
            yield from _patterns(value)
    elif isinstance(data, list):
        for value in data:
            yield from _patterns(value)


def test_examples_of_all_rules_are_found_by_their_needles() -> None:
    with_needles = 0
    for path in sorted(rules.folder().glob("*.yaml")):
        for pattern, examples in _patterns(rules.load(path.stem)):
            sought = Sought(pattern)
            with_needles += bool(sought.needles)
            for example in examples:
                assert (sought.search(example) is None) == (pattern.search(example) is None), (pattern, example)
    assert with_needles > 200
