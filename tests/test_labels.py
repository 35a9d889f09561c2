"""Printed list labels: what is one, what only looks like one, and which follows which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels import Label, follows, letters, roman, split_label


def label(text: str, *, bare: bool = False) -> Label:
    found, _ = split_label(text, bare=bare)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "printed", "body", "kinds"),
    [
        ("1.    Joint fund", "1.", "Joint fund", ("decimal",)),
        ("12) To note", "12)", "To note", ("decimal",)),
        ("1)To note", "1)", "To note", ("decimal",)),
        ("(2) That the plan be noted", "(2)", "That the plan be noted", ("decimal",)),
        ("7.1 The report", "7.1", "The report", ("nested",)),
        ("2.1.1. The report", "2.1.1.", "The report", ("nested",)),
        ("3.1The report", "3.1", "The report", ("nested",)),
        ("4.Approve", "4.", "Approve", ("decimal",)),
        ("1. (a) first", "1.", "(a) first", ("decimal",)),
        ("(a)That it be noted", "(a)", "That it be noted", ("lower_letter",)),
        ("a) note", "a)", "note", ("lower_letter",)),
        ("c. note", "c.", "note", ("lower_letter",)),
        ("(aa) note", "(aa)", "note", ("lower_letter",)),
        ("(i) note", "(i)", "note", ("lower_letter", "lower_roman")),
        ("iv. note", "iv.", "note", ("lower_roman",)),
        ("(xii) note", "(xii)", "note", ("lower_roman",)),
        ("A. Costs", "A.", "Costs", ("upper_letter",)),
        ("II. Costs", "II.", "Costs", ("upper_letter", "upper_roman")),
        ("•Costs", "•", "Costs", ("bullet",)),
        ("·       Care", "·", "Care", ("bullet",)),
        ("\uf0b7 Care", "\uf0b7", "Care", ("bullet",)),
        ("- 1.1 As before", "-", "1.1 As before", ("bullet",)),
        ("– as before", "–", "as before", ("bullet",)),
        ("o\tminor works", "o", "minor works", ("bullet",)),
        ("ØTransport", "Ø", "Transport", ("bullet",)),
        ("vOfficers report yearly", "v", "Officers report yearly", ("bullet",)),
        ("7.", "7.", "", ("decimal",)),
        ("(b)", "(b)", "", ("lower_letter",)),
    ],
)
def test_labels(text: str, printed: str, body: str, kinds: tuple[str, ...]) -> None:
    found, offset = split_label(text)
    assert found is not None
    assert (found.printed, text[offset:], found.kinds) == (printed, body, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "7.1% of the budget", "7.1 % of it", "7.1 per cent", "£7.1 more", "(2019) figures", "(1,204)", "2019. A year",
        "2.5 million", "2.5m more", "7.30 pm in it", "10.00 am", "10.00", "12.05.2016", "1st May", "12 March 2018",
        "a.m. session", "i.e. this", "e.g. that", "c. 400 homes", "p. 12", "A.Marsh", "is this", "I think",
        "a report was given", "-5%", "3.5 FTE", "4.2 - 5.1", "mix. of", "(see it)", "(s75)", "", "   ", "§75 applies",
        "0.5 of a post", "12 Apologies", "overspend", "view", "o'clock", "office", "d'Arcy", "·5",
    ],
)
def test_near_misses(text: str) -> None:
    assert split_label(text) == (None, 0)


def test_bare_numbers_only_on_request() -> None:
    found, offset = split_label("12 Apologies for absence", bare=True)
    assert found is not None
    assert (found.printed, found.sure, offset) == ("12", False, 3)
    assert label("12", bare=True).number == "12"
    assert split_label("12 March 2018", bare=True) == (None, 0)
    assert split_label("12 reports were read", bare=True) == (None, 0)


def test_what_may_be_something_else_is_not_sure() -> None:
    assert not label("A. Marsh").sure
    assert not label("* the figure is net").sure
    assert label("(A) the figure").sure
    assert label("a. the figure").sure


def test_follows_takes_the_reading_that_fits() -> None:
    assert follows(label("(h) x"), label("(i) x"))
    assert follows(label("(i) x"), label("(ii) x"))
    assert follows(label("(i) x"), label("(j) x"))
    assert follows(label("7.1 x"), label("7.2 x"))
    assert follows(label("(z) x"), label("(aa) x"))
    assert follows(label("• x"), label("• y"))
    assert not follows(label("(a) x"), label("b) x"))
    assert not follows(label("7.9 x"), label("8.1 x"))
    assert not follows(label("1. x"), label("3. x"))
    assert not follows(label("• x"), label("- y"))


def test_first() -> None:
    assert [label(text).first for text in ("1. x", "(i) x", "(b) x", "7.1 x", "7.2 x", "• x")] == [
        True, True, False, True, False, True,
    ]


def test_number_without_punctuation() -> None:
    assert [label(text).number for text in ("(a) x", "7.1. x", "12) x", "• x")] == ["a", "7.1", "12", ""]


@given(st.text(max_size=60), st.booleans())
def test_any_text_splits_at_its_label(text: str, bare: bool) -> None:
    found, offset = split_label(text, bare=bare)
    if found is None:
        assert offset == 0
    else:
        assert text[:offset].strip() == found.printed.strip()
        assert found.readings


@given(st.integers(1, 48), st.sampled_from(["({})", "{}.", "{})"]), st.sampled_from([str, roman, letters]))
def test_numbers_written_in_order_follow_each_other(number: int, form: str, write: object) -> None:
    assert callable(write)
    before, after = (label(form.format(write(n)) + " That it be noted") for n in (number, number + 1))
    assert follows(before, after)
    assert not follows(after, before)


def test_outside_the_range() -> None:
    with pytest.raises(ValueError, match="roman"):
        roman(50)
    with pytest.raises(ValueError, match="letter"):
        letters(53)
