"""Which percentages are shares of money."""

from __future__ import annotations

import pytest

from pipeline.extractors.money.shares import is_share_of_money


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("A rise of 4% was too much when £90,000 was in hand.", True),
        ("That £60,000 be found so as to hold the rise to 4%.", True),
        ("The sum wanted was £71,200 against £68,900, or 4% more.", True),
        ("It was moved that harbour tolls be raised by 4%.", True),
        ("Ferry fares are to go up by 4% in May.", True),
        ("Visits rose to 4% above the last summer.", False),
        ("There were 4% more pupils, and £900 was spent on desks.", False),
    ],
)
def test_a_movement_beside_an_amount_is_a_share_of_money(sentence: str, wanted: bool) -> None:
    at = sentence.index("4%")
    assert is_share_of_money(sentence, at, at + 2)[0] is wanted
