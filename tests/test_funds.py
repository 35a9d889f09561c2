"""Pooled and aligned funds, their hosts and partners, and what is none."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Block, Cell, Document, Outline, Table
from pipeline.extractors.funds import extract
from pipeline.extractors.funds.wording import parties, stem
from pipeline.layout.compose import compose
from pipeline.records import Fund
from pipeline.rules import load


def outline(*blocks: Block | str) -> Outline:
    made = [Block("paragraph", block) if isinstance(block, str) else block for block in blocks]
    return Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=made)))


def funds(*blocks: Block | str) -> list[Fund]:
    return [record for record in extract(outline(*blocks)) if isinstance(record, Fund)]


def told(*blocks: Block | str) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.name, one.kind, one.host, one.partners) for one in funds(*blocks)]


def test_hosts_are_shared_out_by_respectively() -> None:
    text = "The Wheelchair budget and the Renewal Fund are pooled budgets hosted by the Council and ICB respectively."
    assert told(text) == [
        ("Wheelchair budget", "pooled", "Council", None), ("Renewal Fund", "pooled", "ICB", None),
    ]


def test_a_pooled_aligned_budget_is_aligned() -> None:
    assert told("At present the Carers Fund and improved Carers Fund budgets are pooled aligned budgets.") == [
        ("Carers Fund", "aligned", None, None), ("improved Carers Fund", "aligned", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pooled fund, hosted by the Council, would stand at £18.4m.", ("pooled fund", "pooled", "Council", None)),
        ("Dementia support worth a further £2.2m would be held in an aligned fund.",
         ("Dementia support", "aligned", None, None)),
        ("It was agreed that the s75 Pooled Fund for the Better Care Fund be hosted by Netherfield Council.",
         ("Better Care Fund", "pooled", "Netherfield Council", None)),
        ("A pooled fund under section 75 between Netherfield Council and the Integrated Care Board was signed.",
         ("pooled fund", "pooled", None, "Netherfield Council; Integrated Care Board")),
        ("The Learning Disability Pooled Budget is hosted by the Council.",
         ("Learning Disability Pooled Budget", "pooled", "Council", None)),
        ("The Council hosts the Learning Disability Pooled Fund.",
         ("Learning Disability Pooled Fund", "pooled", "Council", None)),
        ("Members discussed the older people’s pooled budget.", ("older people’s pooled budget", "pooled", None, None)),
        ("Netherfield Council and the CCG have a pooled budget for community equipment.",
         ("pooled budget for community equipment", "pooled", None, "Netherfield Council; CCG")),
        ("The partners keep a Section 75 aligned budget.", ("Section 75 aligned budget", "aligned", None, None)),
    ],
)
def test_a_fund(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The commissioning budgets are to be pooled aligned budgets.",
        "The Council had £170m in strategic pooled funds.",
        "Returns on pooled investment funds vary from year to year.",
        "It would become a truly pooled budget.",
        "In a pooled budget the money is hosted by one partner.",
        "Staff were pooled across both sites.",
        "Plans are aligned with the Council’s budget.",
        "The fund is a pooled budget.",
        "The Council’s pooled budget",
    ],
)
def test_no_fund(text: str) -> None:
    assert told(text) == []


def test_a_fund_is_one_record_with_all_that_is_told_of_it() -> None:
    text = (
        "The Older Person's Pooled Budget is shared by the County Council and the Dales Health Board.",
        "The Older People's Pooled Budget is hosted by the County Council.",
        "The older people pooled fund has grown.",
    )
    assert told(*text) == [
        ("Older Person's Pooled Budget", "pooled", "County Council", "County Council; Dales Health Board"),
    ]


def test_rows_of_a_table_that_say_how_a_fund_is_held() -> None:
    rows = [
        ["Fund", "Type", "Hosted by"], ["Continence", "Pooled", "ICB"], ["Carers", "Aligned", ""], ["Total", "", ""],
    ]
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(row) for row in rows)
    table = Block("table", text, table=Table(cells, len(rows), 3, 1))
    assert told(table) == [("Continence", "pooled", "ICB", None), ("Carers", "aligned", None, None)]


def test_the_name_stands_where_the_record_says() -> None:
    read = outline("2. The Carers’ Pooled Budget is hosted by the Council.", "The Stroke Fund is a pooled fund.")
    for record in extract(read):
        assert isinstance(record, Fund)
        assert read.document.text[record.char_start : record.char_end] == record.name


def test_a_list_of_bodies_ends_at_the_first_that_is_none() -> None:
    text = "the Council, Dales Health Trust and the weather"
    assert [one.text for one in parties(text, 0, len(text))] == ["Council", "Dales Health Trust"]
    assert stem("Older Person's Pooled Budget") == stem("older people pooled fund")


words = st.sampled_from([
    "the", "pooled", "aligned", "budget", "funds", "for", "Carers", "and", "are", "hosted", "by", "Council", "ICB",
    "between", "respectively", ",", "Better", "Care", "Fund", "a", "Section", "75",
])


@given(st.lists(words, min_size=1, max_size=16).map(" ".join))
def test_whatever_is_found_is_printed_there(text: str) -> None:
    read = outline(text)
    for record in extract(read):
        assert isinstance(record, Fund)
        assert record.name and read.document.text[record.char_start : record.char_end] == record.name
        assert record.host is None or record.host in text


RULES = [
    pytest.param(rule, id=rule["id"])
    for group in load("funds").values() if isinstance(group, list) for rule in group if "pattern" in rule
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_matches_its_examples_and_none_of_its_near_misses(rule: dict[str, Any]) -> None:
    found = re.compile(rule["pattern"])
    assert rule["comment"] and rule["examples"] and rule["near_misses"]
    assert [text for text in rule["examples"] if not found.search(text)] == []
    assert [text for text in rule["near_misses"] if found.search(text)] == []
