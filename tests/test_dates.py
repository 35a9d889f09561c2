"""Dates and times as councils print them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.dates import MONTHS, find_dates, find_times

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thursday, 9 January 2025", date(2025, 1, 9)),
        ("on the 3rd May, 2020 at", date(2020, 5, 3)),
        ("30thSeptember 2014", date(2014, 9, 30)),
        ("25 th May 2020", date(2020, 5, 25)),
        ("10th day of March, 2020", date(2020, 3, 10)),
        ("June 19 2007", date(2007, 6, 19)),
        ("Thursday 15-Jan-2026", date(2026, 1, 15)),
        ("06.12.2022", date(2022, 12, 6)),
        ("17/1/2025", date(2025, 1, 17)),
        ("4/3/19", date(2019, 3, 4)),
        ("2010/12/15", date(2010, 12, 15)),
        ("2021-05-04", date(2021, 5, 4)),
        ("Dydd Llun, 3ydd Hydref, 2022", date(2022, 10, 3)),
        ("18fed Chwefror 2021", date(2021, 2, 18)),
        ("MONDAY 4TH SEPTEMBER 2017", date(2017, 9, 4)),
        ("12 Sept. '24", date(2024, 9, 12)),
    ],
)
def test_a_date_is_read_day_first_in_every_form(text: str, expected: date) -> None:
    assert [found.value for found in find_dates(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2024/25",
        "minute 24/00108",
        "9 January",
        "paragraph 1.2.3",
        "31 February 2020",
        "£12.30",
        "section 17.67",
        "Rule 9(1)",
    ],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert find_dates(text) == []


def test_a_weekday_is_held_against_the_date() -> None:
    agrees = [
        found.weekday_agrees
        for found in find_dates("Monday 4 September 2017; Monday 4 September 2018; 4 May 2019")
    ]
    assert agrees == [True, False, None]


def test_several_dates_keep_their_places() -> None:
    text = "Cabinet 10 December 2025 Council 29 January 2026"
    assert [text[d.start : d.end] for d in find_dates(text)] == ["10 December 2025", "29 January 2026"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 7.00 pm", time(19)),
        ("7:30pm", time(19, 30)),
        ("10.00 a.m.", time(10)),
        ("14:00", time(14)),
        ("at 7pm in", time(19)),
        ("13:30pm", time(13, 30)),
        ("12 noon", time(12)),
        ("10.00 yb", time(10)),
        ("7.00 yh", time(19)),
        ("12.30 am", time(0, 30)),
    ],
)
def test_a_time_is_read_in_every_form(text: str, expected: time) -> None:
    assert [found.value for found in find_times(text)] == [expected]


@pytest.mark.parametrize("text", ["£7.30", "on 06.12.2022", "7 members", "24/25"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert find_times(text) == []


def test_every_month_has_its_number() -> None:
    assert [MONTHS[name.lower()] for name in ENGLISH] == list(range(1, 13))


@given(st.dates(date(1970, 1, 1), date(2060, 12, 31)))
def test_any_date_comes_back_from_its_printed_forms(day: date) -> None:
    month = ENGLISH[day.month - 1]
    printed = [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day:%A}, {day.day} {month}, {day.year}",
        day.isoformat(),
    ]
    assert [[found.value for found in find_dates(text)] for text in printed] == [[day]] * len(printed)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
    for hour in find_times(text):
        assert 0 <= hour.start < hour.end <= len(text)


@pytest.mark.parametrize(("text", "hours"), [
    ("held in the hall at 7.30", []), ("at 07:30", ["07:30"]), ("at 9.30", ["09:30"]),
])
def test_an_hour_before_eight_may_be_an_evening_s(text: str, hours: list[str]) -> None:
    assert [f"{found.value:%H:%M}" for found in find_times(text)] == hours
