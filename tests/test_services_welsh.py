"""Services in Welsh papers: by their Welsh names, whatever their first letter has become."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipeline import rules
from pipeline.extractors.services.matching import named
from pipeline.extractors.services.plain import plain
from pipeline.extractors.services.taxonomy import forms, mutated, taxonomy


def ids(text: str) -> list[str]:
    return [found.service_id for found in named(plain(text).text)]


@pytest.mark.parametrize(("word", "printed"), [
    ("cludiant", ["cludiant", "gludiant", "nghludiant", "chludiant"]),
    ("gofal", ["gofal", "ofal", "ngofal"]),
    ("llyfrgell", ["llyfrgell", "lyfrgell"]),
    ("toiledau", ["toiledau", "doiledau", "nhoiledau", "thoiledau"]),
    ("addysg", ["addysg"]),
    ("chwaraeon", ["chwaraeon"]),
])
def test_the_first_letter_changes(word: str, printed: list[str]) -> None:
    assert list(mutated(word)) == printed


@pytest.mark.parametrize(("text", "found"), [
    ("Penderfynwyd cymeradwyo'r cytundeb gofal cartref.", ["domiciliary-care"]),
    ("cynnydd o £40,000 i gludiant ysgol", ["home-to-school-transport"]),
    ("cau tri o doiledau cyhoeddus a dwy lyfrgell", ["public-conveniences", "libraries"]),
    ("Adroddiad gan y Pennaeth Cyllid", []),
])
def test_services_in_welsh_sentences(text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_a_welsh_wording_belongs_to_one_service_and_is_no_english_one() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in rules.load("services_welsh"):
        assert entry["id"] in taxonomy()
        for wording in entry["wordings"]:
            for form in mutated(wording):
                owners[form].add(entry["id"])
    english = {form for entry in taxonomy().values() for wording in entry.wordings for form in forms(wording)}
    assert {form: ids for form, ids in owners.items() if len(ids) > 1 or form in english} == {}
