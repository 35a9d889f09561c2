"""Which laws a document cites, as it cites them."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Block, Document, Outline
from pipeline.extractors.legal import extract, references
from pipeline.layout.compose import compose
from pipeline.records import LegalReference
from pipeline.rules import load


def outline(*blocks: str) -> Outline:
    made = [Block("table" if "\t" in text else "paragraph", text) for text in blocks]
    return Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=made)))


def cited(text: str) -> list[tuple[str | None, str | None, int | None]]:
    return [(act, section, year) for _, _, act, section, year, _, _ in references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("made under section 75 of the National Health Service Act 2006", ("National Health Service Act", "75", 2006)),
        ("Section 17 Children Act 1989 duties", ("Children Act", "17", 1989)),
        ("its duties under the Care Act (2014)", ("Care Act", None, 2014)),
        ("the 1972 Local Government Act", ("Local Government Act", None, 1972)),
        ("to meet Care Act duties", ("Care Act", None, None)),
        (
            "exempt by Local Government Act 1972 Schedule 12A paragraph 3",
            ("Local Government Act", "Schedule 12A paragraph 3", 1972),
        ),
        ("under paragraph 3 of Part 1 of schedule 12a of the Local Government Act 1972",
         ("Local Government Act", "paragraph 3 of Part 1 of schedule 12a", 1972)),
        ("sections 32, 43 and 93 of the Local Government Finance Act 1992",
         ("Local Government Finance Act", "32, 43 and 93", 1992)),
        ("the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014",
         ("Health and Social Care Act 2008 (Regulated Activities) Regulations", None, 2014)),
        ("Regulation 7 of the Public Contracts Regulations 2015",
         ("Public Contracts Regulations", "Regulation 7", 2015)),
        ("Police, Crime, Sentencing and Courts Act 2022", ("Police, Crime, Sentencing and Courts Act", None, 2022)),
        ("the Health and Safety at Work etc. Act 1974", ("Health and Safety at Work etc. Act", None, 1974)),
        ("the Government’s Environment Act 2021", ("Environment Act", None, 2021)),
        ("the Council and the Equality Act 2010", ("Equality Act", None, 2010)),
        ("LGA 1972: s. 111", ("Local Government Act", "111", 1972)),
        ("OSA 1906 s10", ("Open Spaces Act", "10", 1906)),
        ("LG(MP)A 1976 s.19", ("Local Government (Miscellaneous Provisions) Act", "19", 1976)),
        ("Part 9 of the Social Services and Well-being (Wales) Act 2014",
         ("Social Services and Well-being (Wales) Act", "Part 9", 2014)),
        ("Deddf Llywodraeth Leol (Cymru) 1994", ("Deddf Llywodraeth Leol (Cymru)", None, 1994)),
        ("Directive 2014/24/EU", ("Directive 2014/24/EU", None, 2014)),
        ("as held in Hartwell v Netherfield Borough Council [2011] UKSC 12",
         ("Hartwell v Netherfield Borough Council", None, 2011)),
        ("R (Bramley) v Calderbrook Council [2019] EWCA Civ 12", ("R (Bramley) v Calderbrook Council", None, 2019)),
        ("section 9 of the 2014 Act", (None, "9", 2014)),
        ("defined in paragraph 4 of Schedule 12A to the Act", (None, "paragraph 4 of Schedule 12A", None)),
    ],
)
def test_a_citation(text: str, expected: tuple[str | None, str | None, int | None]) -> None:
    assert cited(text) == [expected]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("S.75 Agreement", "legal.s75"), ("a s106 contribution", "legal.s106"), ("Section 151 Officer", "legal.s151"),
        ("the Section 25 Statement", "legal.s25"), ("a section 38 agreement", "legal.section"),
        ("General Power of Competence", "legal.gpc"),
    ],
)
def test_a_bare_section_names_no_act(text: str, rule: str) -> None:
    (found,) = references(text)
    assert (found[2], found[4], found[5]) == (None, None, rule)


def test_a_bare_section_takes_the_act_that_its_sentence_names() -> None:
    text = "The s.75 agreement is made under section 75 of the National Health Service Act 2006."
    assert cited(text) == [("National Health Service Act", "75", 2006)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "as set out in section 7 of this report", "under s17.4 of the Constitution", "Financial Regulations 2023",
        "Second Act Theatre", "officers will act on it", "under the Act", "the Council’s 20/20 plan", "Flat 106",
        "the Purchase Order 2024", "see Section 5 below", "Ms 106", "Ordinary meeting 2020", "Hartwell v Netherfield",
    ],
)
def test_no_citation(text: str) -> None:
    assert references(text) == []


def test_sections_stay_with_their_own_act() -> None:
    assert cited("under the Care Act 2014, section 3 of the Mental Health Act 1983 and the Localism Act 2011") == [
        ("Care Act", None, 2014), ("Mental Health Act", "3", 1983), ("Localism Act", None, 2011),
    ]


def test_cells_of_a_table_are_read_apart() -> None:
    read = outline("Payee\tPower", "Mower hire\tOSA 1906: s10\nStamps\tLGA 1972: s. 111")
    records = [r for r in extract(read) if isinstance(r, LegalReference)]
    assert [(r.raw, r.section) for r in records] == [("OSA 1906: s10", "10"), ("LGA 1972: s. 111", "111")]
    assert [read.document.text[r.char_start : r.char_end] for r in records] == [r.raw for r in records]


words = st.sampled_from([
    "section", "75", "s.106", "of", "the", "Act", "Local", "Government", "(England)", "Care", ",", "and", "v", "[2013]",
    "UKSC", "12", "Schedule", "12A", "to", "1972", "LGA",
])


@given(st.lists(words, max_size=14).map(" ".join))
def test_references_lie_in_order_inside_the_text(text: str) -> None:
    found = references(text)
    assert all(0 <= start < end <= len(text) for start, end, *_ in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))


RULES = [
    pytest.param(rule, id=rule["id"])
    for group in load("legal").values() if isinstance(group, list) for rule in group if "pattern" in rule
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_matches_its_examples_and_none_of_its_near_misses(rule: dict[str, Any]) -> None:
    found = re.compile(rule["pattern"])
    assert rule["comment"] and rule["examples"] and rule["near_misses"]
    assert [text for text in rule["examples"] if not found.search(text)] == []
    assert [text for text in rule["near_misses"] if found.search(text)] == []
