"""The same text twice: second prints, and documents bound into packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_packs import AGENDA, MINUTES, bound

from pipeline.linking.duplicates import ONE_IN, shingles, words_of
from pipeline.reading import document_parts, of_earlier_meeting
from pipeline.records import Resolution
from pipeline.run import ingest
from pipeline.store.duplicates import Pair, Print, found_again, replaced

BODY = """
NETHERFIELD COUNTY COUNCIL

{head}

MINUTES of a meeting of the Harbour Committee held in the Guildhall, Netherfield on Thursday 5 December 2024 at 10.00 am

Present: Mr A Fern (Chair), Mrs B Moss and Mr C Reed

1. Apologies for absence

Apologies for absence were received from Mr D Sedge, who was at the opening of the new bridge over the Wend.

2. Ferry tolls

The Harbour Master told members that the tolls had not been raised for six years while the price of fuel had doubled.
Two ferries had been laid up over the winter, and the third could not be insured beyond the spring without new engines.

RESOLVED that the toll for a car be raised to £4.20 from 1 April 2025 and that £310,000 be set aside for new engines.

3. Quay wall

Members had seen the cracks in the quay wall for themselves. Divers had found that the footings were sound, so that
it would be enough to point the wall and to renew the ladders before the season began.

RESOLVED that the wall be pointed at a cost of £48,000.
{tail}
"""


def print_of(document_id: str, **told: Any) -> Print:
    base = Print(
        document_id, "minutes", None, "X1", "Harbour Committee", date(2024, 12, 5), "meeting-1", None, False, False,
        None, 500,
    )
    return replace(base, **told)


# sketches


@given(st.lists(st.sampled_from(["toll", "quay", "ferry", "wall", "the"]), max_size=60))
def test_a_sketch_forgets_case_and_marks(words: list[str]) -> None:
    plain = shingles(words_of(" ".join(words)))
    assert shingles(words_of(", ".join(words).upper())) == plain
    assert plain == sorted(set(plain))
    assert len(plain) == len({tuple(words[i:i + 5]) for i in range(len(words) - 4)})


def test_a_sketch_measures_how_much_is_shared() -> None:
    words = [f"word{i}" for i in range(4000)]
    whole, half = set(shingles(words)), set(shingles(words[:2000]))
    assert half <= whole
    assert all(h % ONE_IN == 0 for h in whole)
    assert 0.4 < len(half) / len(whole) < 0.6
    assert not whole & set(shingles([f"other{i}" for i in range(4000)]))


# which prints are one document


@pytest.mark.parametrize(
    ("one", "other", "shared", "expected"),
    [
        ({"draft": True, "words": 600}, {}, 95, [("b", "a")]),
        ({}, {"draft": True}, 95, [("a", "b")]),
        ({"cut": True}, {}, 95, [("b", "a")]),
        ({"published_on": date(2025, 2, 1)}, {"published_on": date(2025, 1, 1)}, 95, [("a", "b")]),
        ({"words": 300}, {"words": 900}, 70, [("b", "a")]),
        ({}, {}, 50, []),
        ({"held_on": date(2024, 11, 7), "meeting_id": "meeting-0"}, {}, 99, []),
        ({"council_id": "X2"}, {}, 99, []),
        ({"body": "Quay Panel"}, {}, 99, []),
        ({"reference": "24/1"}, {"reference": "24/2"}, 99, []),
        ({"kind": "decision_notice", "words": 90}, {}, 85, [("b", "a")]),
        ({"kind": "report"}, {}, 99, []),
        ({"kind": "report", "meeting_id": None}, {"kind": "report", "meeting_id": None}, 79, []),
        ({"kind": "report"}, {"kind": "report", "words": 400}, 90, [("a", "b")]),
        ({"kind": "report", "title": "Tolls"}, {"kind": "report", "title": "Quays"}, 99, []),
        ({"kind": "decision_notice"}, {"kind": "decision_notice", "words": 400}, 92, []),
        ({"kind": "decision_notice"}, {"kind": "decision_notice", "words": 400}, 98, [("a", "b")]),
        ({"kind": "decision_notice", "amounts": (Decimal(900),)},
         {"kind": "decision_notice", "amounts": (Decimal(950),)}, 98, []),
        ({"kind": "report"}, {"kind": "report", "words": 400}, 84, [("a", "b")]),
    ],
)
def test_prints_of_one_document(
    one: dict[str, Any], other: dict[str, Any], shared: int, expected: list[tuple[str, str]]
) -> None:
    prints = {"a": print_of("a", **one), "b": print_of("b", **other)}
    assert replaced([Pair("a", "b", 100, 100, shared)], prints) == expected


def test_three_prints_replace_each_other_in_turn() -> None:
    prints = {"a": print_of("a"), "b": print_of("b", draft=True), "c": print_of("c", words=900)}
    pairs = [Pair("a", "b", 100, 100, 95), Pair("b", "c", 100, 100, 95)]
    assert replaced(pairs, prints) == [("a", "b"), ("c", "a")]


def test_a_part_is_a_document_that_says_all_of_it() -> None:
    prints = {"doc": print_of("doc", kind="report"), "pack": print_of("pack", kind="pack")}
    parts: dict[str, str] = {"part": "pack"}
    days: dict[str, date | None] = {"part": None}
    assert found_again([Pair("doc", "part", 200, 100, 90)], prints, parts, days) == [("part", "doc")]
    assert found_again([Pair("doc", "part", 200, 100, 72)], prints, parts, days) == [("part", "doc")]
    assert found_again([Pair("doc", "part", 200, 100, 60)], prints, parts, days) == []
    assert found_again([Pair("doc", "part", 100, 200, 90)], prints, parts, days) == []
    assert found_again([Pair("pack", "part", 100, 100, 100)], prints, parts, days) == []
    assert found_again([Pair("doc", "part", 100, 100, 90)], prints, parts, {"part": date(2024, 1, 1)}) == []


def test_of_two_packs_one_keeps_the_part() -> None:
    parts = {"part-1": "pack-1", "part-2": "pack-2"}
    days: dict[str, date | None] = {"part-1": None, "part-2": None}
    assert found_again([Pair("part-1", "part-2", 100, 100, 100)], {}, parts, days) == [("part-2", "pack-1")]


# from files to views


def _rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_confirmed_print_replaces_the_draft_and_decisions_count_once(tmp_path: Path) -> None:
    papers, db = tmp_path / "papers", tmp_path / "test.duckdb"
    papers.mkdir()
    (papers / "printed.txt").write_text(BODY.format(head="", tail=""), encoding="utf-8")
    ingest([papers], db, workers=1)
    assert _rows(db, "SELECT count(*) FROM decisions") == [(2,)]
    draft = BODY.format(head="DRAFT MINUTES", tail="These minutes are a draft until the next meeting confirms them.")
    (papers / "draft.txt").write_text(draft, encoding="utf-8")
    following = BODY.format(head="", tail="").replace("5 December", "12 December")
    (papers / "next.txt").write_text(following, encoding="utf-8")
    ingest([papers], db, workers=1)
    assert _rows(db, "SELECT count(*) FROM resolutions") == [(6,)]
    assert _rows(db, "SELECT held_on, count(*) FROM decisions GROUP BY held_on ORDER BY held_on") == [
        (date(2024, 12, 5), 2), (date(2024, 12, 12), 2),
    ]
    assert _rows(
        db, "SELECT l.path[-11:], e.path[-9:], l.draft, e.draft FROM documents l JOIN documents e "
        "ON l.supersedes = e.document_id",
    ) == [("printed.txt", "draft.txt", False, True)]
    (papers / "draft.txt").unlink()
    ingest([papers], db, workers=1, force=True)
    assert _rows(db, "SELECT count(supersedes) FROM documents") == [(0,)]


def test_decisions_in_minutes_that_a_pack_binds_in_are_those_of_their_meeting() -> None:
    read = bound(AGENDA, MINUTES, ("Agenda Item 3", "RESOLVED that this stay."))
    where = {"document_id": "d", "position": 1, "status": "decided", "kind": "resolved", "rule": "r"}

    def at(words: str) -> Resolution:
        start = read.document.text.index(words)
        return Resolution(**where, resolution_id=words, text=words, char_start=start, char_end=start + len(words))

    assert of_earlier_meeting(read, at("that the tolls be kept"))
    assert not of_earlier_meeting(read, at("that this stay"))


def test_a_part_is_a_row_with_its_pages_item_and_meeting() -> None:
    read = bound(AGENDA, MINUTES, ("They went on.",), ("Agenda Item 3", "# Ferry tolls", "Text."))
    front, minutes, report = document_parts(read, "X1")
    assert (front.kind, front.page_first, front.page_last, front.item_id) == ("agenda", 1, 1, None)
    assert (minutes.page_first, minutes.page_last, minutes.item_id) == (2, 3, read.item_id(1))
    assert (minutes.held_on, minutes.meeting_id is not None) == (date(2024, 12, 5), True)
    assert (report.title, report.item_id, report.position) == ("Ferry tolls", read.item_id(2), 3)
    text = read.document.text
    assert text[minutes.char_start:minutes.char_end].startswith("CALDERBROOK COUNCIL")
    assert text[minutes.char_start:minutes.char_end].endswith("They went on.")
