"""Linking: which meeting, and boxes around words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.document import Block, Document, Page, Word
from pipeline.linking.evidence import boxes
from pipeline.linking.meetings import folded, meeting_of
from pipeline.records import Resolution

DAY = date(2024, 5, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adults & Health Committee", "Adults and Health Committee"),
        ("The Cabinet", "CABINET"),
        ("Children’s Services Panel", "Childrens Services Panel"),
        ("Meeting of the Licensing Sub-Committee", "Licensing Sub Committee"),
    ],
)
def test_body_under_two_spellings_is_one_meeting(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    first, second = meeting_of("doc-1", "X1", one, DAY), meeting_of("doc-2", "X1", other, DAY)
    assert first is not None and second is not None
    assert first.meeting_id == second.meeting_id
    assert (first.document_id, first.body) == ("doc-1", one)


@pytest.mark.parametrize(
    ("council", "body", "day"), [(None, "Cabinet", DAY), ("X1", None, DAY), ("X1", "Cabinet", None)]
)
def test_what_is_not_told_joins_no_strangers(council: str | None, body: str | None, day: date | None) -> None:
    first, second = meeting_of("doc-1", council, body, day), meeting_of("doc-2", council, body, day)
    assert first is not None and second is not None
    assert first.meeting_id != second.meeting_id
    assert (first.council_id, first.body, first.held_on) == (council, body, day)


def test_document_that_names_no_meeting_has_none() -> None:
    assert meeting_of("doc-1", "X1", None, None) is None


def test_meetings_differ_by_day_and_council() -> None:
    ids = {
        meeting.meeting_id
        for council, day in (("X1", DAY), ("X2", DAY), ("X1", date(2024, 5, 3)))
        if (meeting := meeting_of("doc-1", council, "Cabinet", day))
    }
    assert len(ids) == 3


def word(text: str, start: int, x0: float, top: float) -> Word:
    """A word ten points high, five points for each letter."""
    return Word(text, x0, top, x0 + 5 * len(text), top + 10, start=start, end=start + len(text))


def two_pages() -> Document:
    """A paragraph of two lines that goes on over a page break, and one on the second page."""
    first = [word("That", 0, 50, 700), word("the", 5, 75, 700.4), word("budget", 9, 50, 712)]
    second = [word("be", 16, 50, 60), word("approved.", 19, 65, 60)]
    third = [word("Noted.", 29, 50, 90)]
    return Document(
        sha256="0", path="a.pdf", media_type="application/pdf", text="That the budget be approved.\nNoted.\n",
        pages=[Page(1, words=first, start=0), Page(2, words=[*second, *third], start=29)],
        blocks=[
            Block("paragraph", "That the budget be approved.", page=1, start=0, end=28, words=[*first, *second],
                  pages=[1, 2]),
            Block("paragraph", "Noted.", page=2, start=29, end=35, words=third),
        ],
    )


def resolution(start: int, end: int) -> Resolution:
    """A record of these words, of whose page nothing is known yet."""
    return Resolution(resolution_id=f"r-{start}-{end}", document_id="d", position=1, status="decided", kind="agreed",
                      text="", page=1, char_start=start, char_end=end, rule="test")


def test_a_box_for_each_line_on_its_own_page() -> None:
    found = boxes(two_pages(), [resolution(0, 28)])
    assert [(b.page, b.x0, b.top, b.x1, b.bottom) for b in found] == [
        (1, 50, 700, 90, 710.4), (1, 50, 712, 80, 722), (2, 50, 60, 110, 70)
    ]
    assert {b.record_id for b in found} == {"r-0-28"}


@pytest.mark.parametrize(
    ("start", "end", "page", "places"),
    [
        (5, 8, 1, [(75, 700.4)]),
        (6, 7, 1, [(75, 700.4)]),
        (16, 18, 2, [(50, 60)]),
        (29, 35, 2, [(50, 90)]),
        (9, 18, 1, [(50, 712), (50, 60)]),
        (28, 29, 1, []),
    ],
)
def test_boxes_hold_the_record_and_no_neighbour(start: int, end: int, page: int, places: list[Any]) -> None:
    record = resolution(start, end)
    assert [(b.x0, b.top) for b in boxes(two_pages(), [record])] == places
    assert record.page == page


def test_format_without_pages_has_no_boxes() -> None:
    document = Document("0", "a.txt", "text/plain", pages=[Page(None)], text="Noted.\n")
    assert boxes(document, [resolution(0, 6)]) == []
