"""Who an amount of a table is for, asks or pays: a heading that is no name names nobody."""

from __future__ import annotations

import pytest

from pipeline.extractors.money.parties import find_funds, find_organisations, is_organisation
from pipeline.extractors.money.table_context import Surroundings


@pytest.mark.parametrize(("label", "named"), [
    ("Environment & Leisure", True),
    ("Wexley District Council", True),
    ("Environment & Leisure 2015/16 and later years £'000", False),
    ("Total - Chief Executive's Department", False),
    ("of which Adult Social Care", False),
    ("A package of road and station works in the town that Harrowmoor County Council delivers for Wexley District "
     "Council", False),
])
def test_a_heading_with_years_units_or_a_whole_sentence_is_no_organisation(label: str, named: bool) -> None:
    assert is_organisation(label) is named


@pytest.mark.parametrize(("lead", "bidders"), [
    ("The following grants to village halls were agreed:", True),
    ("Tenders were received as listed below.", True),
    ("Third party payments are grants to voluntary organisations. Fees come from the letting of rooms.", False),
])
def test_rows_bid_where_the_paragraph_above_speaks_of_its_table(lead: str, bidders: bool) -> None:
    around = Surroundings(title="", heading="", document_title="", lead=lead, footnotes={})
    assert around.names_bidders is bidders


@pytest.mark.parametrize(
    ("text", "funds"),
    [
        ("RISKS AND RESERVES", []),
        ("Contributions to Reserves", []),
        ("Statement of Accounts", []),
        ("Government grants", []),
        ("to use general reserves, which fall", ["general reserves"]),
        ("the Council’s global fund", ["global fund"]),
        ("from the Carers Reserve", ["Carers Reserve"]),
    ],
)
def test_headings_and_papers_are_no_funds(text: str, funds: list[str]) -> None:
    assert [name.text for name in find_funds(text)] == funds


@pytest.mark.parametrize(("text", "bodies"), [
    ("It went to NHS England then", ["NHS England"]),
    ("The Town Centre was swept", []),
    ("The NHS capital grant", ["NHS"]),
])
def test_a_grant_of_the_state_is_no_body_of_it(text: str, bodies: list[str]) -> None:
    assert [name.text for name in find_organisations(text)] == bodies
    assert not is_organisation("NHS capital grant")
