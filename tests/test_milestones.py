"""What a document announces, and the days that its words allow."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Block, Cell, Document, Outline, Table
from pipeline.extractors.milestones import extract
from pipeline.extractors.milestones.whens import find_whens
from pipeline.layout.compose import compose
from pipeline.records import Milestone
from pipeline.rules import load

MEETING = date(2026, 1, 20)


def outline(*blocks: Block | str, held_on: date | None = MEETING) -> Outline:
    made = [Block("paragraph", block) if isinstance(block, str) else block for block in blocks]
    read = Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=made)))
    read.held_on = held_on
    return read


def milestones(*blocks: Block | str, held_on: date | None = MEETING) -> list[Milestone]:
    return [record for record in extract(outline(*blocks, held_on=held_on)) if isinstance(record, Milestone)]


def table(*rows: list[str]) -> Block:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return Block("table", "\n".join("\t".join(row) for row in rows), table=Table(cells, len(rows), len(rows[0]), 1))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in September 2026", "2026-09-01", "2026-09-30"),
        ("on Thursday, 12th February, 2026", "2026-02-12", "2026-02-12"),
        ("on 04/05/2026", "2026-05-04", "2026-05-04"),
        ("from 4 May to 29 June 2026", "2026-05-04", "2026-06-29"),
        ("4 - 29 June 2026", "2026-06-04", "2026-06-29"),
        ("between April and June 2026", "2026-04-01", "2026-06-30"),
        ("from November to January 2027", "2026-11-01", "2027-01-31"),
        ("from February 26 to July 16 2026", "2026-02-26", "2026-07-16"),
        ("by the end of March 2027", None, "2027-03-31"),
        ("before 31 May 2026", None, "2026-05-30"),
        ("until February 2028", None, "2028-02-29"),
        ("from 01 April 2026", "2026-04-01", None),
        ("after March 2026", "2026-04-01", None),
        ("in Spring 2025", "2025-03-01", "2025-05-31"),
        ("in winter 2027/28", "2027-12-01", "2028-02-29"),
        ("in Quarter 3 2024/25", "2024-10-01", "2024-12-31"),
        ("Q4 of 2024-25", "2025-01-01", "2025-03-31"),
        ("in 2026/27", "2026-04-01", "2027-03-31"),
        ("by 2030", None, "2030-12-31"),
        ("w/c 9 March 2026", "2026-03-09", "2026-03-15"),
        ("by either April 2027 or April 2028", None, "2028-04-30"),
        ("until 12th March", None, None),
        ("in June", None, None),
        ("in Q1 2026", None, None),
    ],
)
def test_the_days_that_words_allow(words: str, first: str | None, last: str | None) -> None:
    (when,) = find_whens(f"It ends {words}.")
    assert (when.first, when.last) == (day(first), day(last))
    assert f"It ends {words}."[when.start : when.end] == words


@pytest.mark.parametrize(
    "text",
    ["31 June 2026", "you may be late", "the 2014 Act", "a 2025-26 budget", "paragraph 2.1.18", "£12.03.2024"],
)
def test_no_date(text: str) -> None:
    assert find_whens(text) == []


@pytest.mark.parametrize(
    ("sentence", "raw", "what"),
    [
        ("The new ferry would be put out to tender in June 2026, with the intention of a start in April 2027.",
         "in June 2026", "The new ferry would be put out to tender in June 2026"),
        ("Consultation runs from 4 May to 29 June 2026.", "from 4 May to 29 June 2026",
         "Consultation runs from 4 May to 29 June 2026"),
        ("(c) The budget is to be considered by Full Council on 12 February 2026.", "on 12 February 2026",
         "The budget is to be considered by Full Council on 12 February 2026"),
        ("In September 2026 the service will go out to tender.", "In September 2026",
         "In September 2026 the service will go out to tender"),
        ("The contract, which was let in March 2023, expires on 31 March 2027.", "on 31 March 2027",
         "The contract, which was let in March 2023, expires on 31 March 2027"),
        ("Deadline for responses: 27 February 2026", "27 February 2026", "Deadline for responses: 27 February 2026"),
        ("RESOLVED that a report be brought back in Quarter 1 2026/27.", "in Quarter 1 2026/27",
         "RESOLVED that a report be brought back in Quarter 1 2026/27"),
        ("The audit was due to close on 12th March.", "on 12th March", "The audit was due to close on 12th March"),
        ("The depot will open in 2027.", "in 2027", "The depot will open in 2027"),
    ],
)
def test_an_announcement(sentence: str, raw: str, what: str) -> None:
    assert [(one.raw, one.what) for one in milestones(sentence)][:1] == [(raw, what)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The minutes of the meeting held on 4 November 2025 were approved.",
        "The service launched in October 2025.",
        "The plan was endorsed by Cabinet on 3 March 2026.",
        "The report published on 3 March 2026 sets this out.",
        "The Children Act 2004 will be amended.",
        "Costs will rise by £2m in 2026/27.",
        "Members will recall the meeting on 3 March 2026.",
        "This meeting is to be held on 20 January 2026.",
        "The scheme must be approved by 11 March of the preceding financial year.",
        "Rates fell due to lower prices in March 2026.",
        "It would close in May 2025.",
        "They will discuss the 30 October Budget.",
    ],
)
def test_no_announcement(sentence: str) -> None:
    assert milestones(sentence) == []


def test_without_a_day_of_meeting_the_verb_decides() -> None:
    text = "The service would commence in April 2019."
    (found,) = milestones(text, held_on=None)
    assert (found.starts_on, found.ends_on) == (date(2019, 4, 1), date(2019, 4, 30))
    assert milestones(text) == []


def test_the_same_event_printed_twice_is_one() -> None:
    text = "the report be brought back on 3 March 2026"
    assert len(milestones(f"RECOMMENDED that {text}.", f"RECOMMENDED that {text}.")) == 1


def test_a_timetable_in_a_table() -> None:
    stages = table(
        ["Stage", "Date"], ["Invitation to tender", "March 2026"], ["Award", "by 30 June 2026"], ["Fair", "June 2025"]
    )
    assert [(one.what, one.raw, one.starts_on) for one in milestones(stages)] == [
        ("Invitation to tender", "March 2026", date(2026, 3, 1)), ("Award", "by 30 June 2026", None),
    ]


def test_a_table_of_payments_is_no_timetable() -> None:
    assert milestones(table(["Date", "Payee"], ["12/03/2026", "Mower hire"])) == []


def test_a_timetable_in_a_list() -> None:
    steps = "Tender issued – 2 March 2026", "July 2026: contract award"
    found = milestones(Block("heading", "Procurement timetable"), *steps)
    assert [(one.what, one.raw) for one in found] == [
        ("Tender issued", "2 March 2026"), ("contract award", "July 2026"),
    ]


def test_the_next_meeting_under_its_heading() -> None:
    (found,) = milestones(Block("heading", "9. Date of next meeting"), "Tuesday 10 March 2026, 7.30pm, Village Hall")
    assert (found.what, found.raw) == ("Date of next meeting", "Tuesday 10 March 2026")
    assert found.starts_on == found.ends_on == date(2026, 3, 10)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 700))
def test_a_range_begins_before_it_ends(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    text = f"runs from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    (when,) = find_whens(text)
    assert (when.first, when.last) == (first, last)


pieces = st.sampled_from([
    "in", "by", "from", "to", "until", "4", "31", "May", "March", "2026", "2026/27", "Spring", "Quarter", "2", "the",
    "end", "of", "will", "open", "was", "held", ",", "and", "04/05/2026", "between", "Q3", "due", "be", "brought", "– ",
    "; ",
])


@given(st.lists(pieces, max_size=18).map(" ".join))
def test_days_are_in_order_and_words_where_they_are_said_to_be(text: str) -> None:
    for when in find_whens(text):
        assert when.first is None or when.last is None or when.first <= when.last
    read = outline(text, held_on=None)
    for record in extract(read):
        assert isinstance(record, Milestone)
        assert read.document.text[record.char_start : record.char_end] == record.raw
        assert record.what in read.document.text


RULES = [pytest.param(rule, id=rule["id"]) for group in load("milestones").values() for rule in group]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_matches_its_examples_and_none_of_its_near_misses(rule: dict[str, Any]) -> None:
    found = re.compile(rule["pattern"])
    assert rule["comment"] and rule["examples"] and rule["near_misses"]
    assert [text for text in rule["examples"] if not found.search(text)] == []
    assert [text for text in rule["near_misses"] if found.search(text)] == []
