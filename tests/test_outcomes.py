"""Records joined up: what a proposal became, what came back, services by council."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.outcomes import STATED, Text, _best, _matches, met
from pipeline.store.query import ask
from pipeline.wording import alike, bare, changes, held_in, wording


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with ask(db, sql) as answer:
        return list(answer.rows())


# what a proposal became


def test_every_link_of_the_corpus(corpus_db: Path) -> None:
    """All of them, read by eye: a link that is new here is to be read before it is added."""
    found = rows(corpus_db, """SELECT proposed_by, proposed_on, relation, outcome, basis, left(item_title, 24)
                               FROM became ORDER BY ALL""")
    assert found == [
        ("Cabinet", date(2024, 11, 26), "report", "adopted", "inferred", "24/00131 - Revenue and C"),
        ("Cabinet", date(2025, 2, 11), "report", "amended", "inferred", "Branch libraries"),
        ("Cabinet", date(2025, 2, 11), "report", "deferred", "inferred", "Parks: grounds maintenan"),
        ("Combined Authority Board", date(2025, 1, 28), "report", "amended", "inferred", "Revenue and Capital Budg"),
        ("Environment Scrutiny Committee", date(2024, 6, 5), "referral", "adopted", "inferred", "Street lights"),
        ("Environment Scrutiny Committee", date(2024, 6, 5), "referral", "amended", "inferred", "Garden waste charge"),
        ("Executive", date(2021, 7, 6), "report", "amended", "inferred", "QTR. 4 FINANCE POSITION "),
        ("Health and Care Board", date(2016, 5, 19), "report", "adopted", "inferred", "Pooled Budgets for Older"),
    ]


def test_another_sum_is_an_amendment_told_word_by_word(corpus_db: Path) -> None:
    ((told, decided_by, share),) = rows(
        corpus_db, "SELECT changes, decided_by, alike FROM became WHERE item_title = 'Garden waste charge'"
    )
    assert "at [-£46-] {+£49+} a bin until March 2026" in told
    assert decided_by == "Cabinet"
    assert 0.8 < share < 1


def test_what_is_the_same_but_for_its_grammar_is_adopted(corpus_db: Path) -> None:
    assert rows(corpus_db, "SELECT outcome, changes FROM became WHERE item_title = 'Street lights'") == [
        ("adopted", None)
    ]


@pytest.mark.parametrize("words", [
    "That the recommendations in the report be agreed.",
    "that the recommendations be approved, subject to the addition of a fourth",
    "To accept all recommendations.",
    "The Sub-Committee agreed the course as recommended.",
])
def test_decisions_that_only_refer(words: str) -> None:
    assert STATED.search(words)


@pytest.mark.parametrize("words", [
    "That the Committee's comments on the recommendations be noted.",
    "That Council be recommended to approve the scheme.",
])
def test_decisions_that_refer_to_nothing_agreed(words: str) -> None:
    assert not STATED.search(words)


def text(number: int, words: str, **more: Any) -> Text:
    """A resolution of one sitting, under its item."""
    told: dict[str, Any] = {
        "status": "decided", "kind": "resolved", "addressed_to": None, "actions": ["approve"],
        "document_id": f"doc-{number}", "document_title": None, "reference": None, "council_id": "X1",
        "meeting_id": "meeting-1", "body": "Cabinet", "held_on": date(2024, 5, 2), "item_id": f"item-{number}",
        "item_title": "Ferry across the Wend", "position": 1,
    }
    return Text(**{"resolution_id": f"resolution-{number}", "text": words, **told, **more})


PROPOSED = text(1, "That the ferry across the Wend be run on Sundays from May at a fare of £2.", status="proposed",
                kind="recommended", item_id=None, item_title=None, document_title="Ferry across the Wend")


@pytest.mark.parametrize(("decision", "outcome", "rule"), [
    (text(2, "That the ferry across the Wend be run on Sundays from May at a fare of £2."), "adopted", "same_words"),
    (text(2, "That the ferry across the Wend be run on Sundays from May at a fare of £3."), "amended", "same_words"),
    (text(2, "That the ferry across the Wend be run on Sundays from May at a fare of £2.", kind="lost"), "rejected",
     "same_words"),
    (text(2, "That the recommendation be not agreed to.", kind="refused", actions=["reject"]), "rejected",
     "turned_down"),
    (text(2, "That the recommendations in the report be not approved."), "rejected", "not_agreed"),
    (text(2, "That the recommendations be agreed."), "adopted", "as_recommended"),
    (text(2, "That the recommendations be agreed, subject to a fare of £3."), "amended", "as_recommended"),
    (text(2, "That the matter be put off.", actions=["defer"]), "deferred", "put_off"),
])
def test_outcome(decision: Text, outcome: str, rule: str) -> None:
    match = _best(_matches(PROPOSED, [decision]))
    assert match is not None
    assert (match.outcome, match.rule) == (outcome, f"outcome.{rule}")


@pytest.mark.parametrize("decision", [
    text(2, "That the recommendations be agreed.", item_title="Bridge at Stoke"),
    text(2, "That the recommendations be agreed.", meeting_id="meeting-2", held_on=date(2024, 6, 6)),
    text(2, PROPOSED.text, council_id="X2"),
    text(2, PROPOSED.text, meeting_id="meeting-2", held_on=date(2023, 6, 6)),
    text(2, "That the bridge at Stoke be painted."),
    text(2, "That the public be excluded.", actions=["exclude_public"]),
])
def test_no_outcome(decision: Text) -> None:
    assert _best(_matches(PROPOSED, [decision])) is None


@pytest.mark.parametrize(("nameless", "councils"), [
    (text(2, PROPOSED.text, council_id=None, meeting_id="meeting-2", ours=False), {"X1"}),
    (text(2, PROPOSED.text, council_id=None, meeting_id="meeting-2", ours=False, status="proposed"), set()),
    (text(2, PROPOSED.text, council_id=None, meeting_id="meeting-2", ours=False, body="Council"), set()),
    (text(2, "That the bridge at Stoke be painted.", council_id=None, meeting_id="meeting-2", ours=False), set()),
])
def test_papers_of_no_council_bear_on_those_whose_proposals_they_may_decide(nameless: Text, councils: set[str]) -> None:
    others = text(5, "That the tower be let.", status="proposed", council_id="X3", meeting_id="meeting-3")
    assert met([asdict(one) for one in (PROPOSED, others, nameless)]) == councils


def test_where_two_decisions_could_be_meant_there_is_no_link() -> None:
    near = text(2, "That the ferry across the Wend be run on Sundays from May at a fare of £3.")
    other = text(3, "That the ferry across the Wend be run on Sundays from June at a fare of £2.")
    assert _best(_matches(PROPOSED, [near, other])) is None
    twin = text(4, near.text)  # the same decision in minutes and in a notice
    assert _best(_matches(PROPOSED, [near, twin])) is not None


# wording


def test_labels_pointers_and_who_decides_do_not_count() -> None:
    report = wording("(a) NOTE the forecast set out in section 2;\n(b) APPROVE £1.2m for roads as shown in Appendix A.")
    minutes = wording("that Cabinet agree to:\n1. note the forecast; and\n2. approve £1.2m for roads.")
    assert (alike(report, minutes), report.numbers) == (1.0, {"£1.2m"})


def test_part_is_held_in_the_whole() -> None:
    part, whole = wording("that trees be planted"), wording("that trees be planted and hedges be laid")
    assert (held_in(part, whole), held_in(whole, part)) == (1.0, 0.5)


def test_changes() -> None:
    assert changes("be let for 5 years", "Be let for 10 years at £1") == "Be let for [-5-] {+10+} years {+at £1+}"
    assert bare("See Appendix C of the report.").split() == ["."]


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= alike(wording(one), wording(other)) <= 1
    assert alike(wording(one), wording(one)) == (1.0 if wording(one).size else 0.0)
    taken = changes(one, other)
    assert bool(taken) == bool(one.split() or other.split())


# what came back


def test_what_came_back_late(corpus_db: Path) -> None:
    found = rows(corpus_db, """SELECT council, due_on, came_back_on, days_late, came_back_as, came_back_basis
                               FROM follow_ups WHERE came_back_on IS NOT NULL ORDER BY ALL""")
    assert found == [
        ("Calderbrook", date(2025, 1, 21), date(2025, 2, 18), 28, "Street lights", "inferred"),
        ("Hollinmere", date(2024, 12, 10), date(2025, 2, 11), 63, "Bus gate in Mill Street", "stated"),
    ]


@pytest.mark.parametrize(("day", "count"), [("2024-12-10", 0), ("2024-12-11", 1), ("2025-02-10", 1), ("2025-02-11", 0),
                                            ("2025-04-01", 1)])
def test_overdue_on_a_day(corpus_db: Path, day: str, count: int) -> None:
    """The bus gate was due on 10 December and came on 11 February; the parks were due on 11 March."""
    assert rows(corpus_db, f"SELECT count(*) FROM overdue('{day}') WHERE council = 'Hollinmere'") == [(count,)]


def test_what_only_takes_effect_is_not_to_come_back(corpus_db: Path) -> None:
    found = rows(corpus_db, "SELECT due_raw FROM follow_ups WHERE NOT to_come_back AND due_raw LIKE 'from%' ORDER BY 1")
    assert found == [("from 1 April 2011",), ("from 31 August 2023",)]


# services across councils


def test_service_under_its_names_across_councils(corpus_db: Path) -> None:
    found = rows(corpus_db, """SELECT council, family, decisions, wordings FROM services_by_council
                               WHERE service_id = 'domiciliary-care' AND council IN ('Hollinmere', 'Wexley')
                               ORDER BY 1""")
    assert found == [
        ("Hollinmere", "care in the community", 0, ["home care"]),
        ("Wexley", "care in the community", 1, ["home care"]),
    ]
