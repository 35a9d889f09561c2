"""Which service an amount is for."""

from decimal import Decimal

from pipeline.linking.services import join_services
from pipeline.records import BudgetFigure, Milestone, ServiceMention


def figure(text: str, raw: str, table: str | None = None) -> BudgetFigure:
    start = text.index(raw)
    return BudgetFigure(
        figure_id=raw,
        document_id="d",
        raw=raw,
        amount=Decimal(1),
        measure="cost",
        table_id=table,
        char_start=start,
        char_end=start + len(raw),
        rule="made",
    )


def mention(text: str, raw: str, service_id: str) -> ServiceMention:
    start = text.index(raw)
    return ServiceMention(
        mention_id=raw,
        document_id="d",
        service_id=service_id,
        raw=raw,
        char_start=start,
        char_end=start + len(raw),
        rule="made",
    )


def test_each_amount_takes_the_service_on_its_side_of_the_next_amount() -> None:
    text = "Of the total, £4m goes to home care and £2m to day centres.\nLibraries closed."
    mentions = [mention(text, w, w) for w in ("home care", "day centres", "Libraries")]
    first, second = figure(text, "£4m"), figure(text, "£2m")
    join_services(text, [first, second, *mentions])
    assert (first.service, first.service_id) == ("home care", "home care")
    assert second.service_id == "day centres"


def test_a_cell_takes_the_service_of_its_row() -> None:
    text = "Home care\t1,204\t1,310\nRefuse\t75\t80"
    cells = [figure(text, "1,310", "t"), figure(text, "80", "t")]
    join_services(text, [*cells, mention(text, "Home care", "home-care"), mention(text, "Refuse", "refuse")])
    assert [cell.service_id for cell in cells] == ["home-care", "refuse"]


def test_nothing_is_guessed_where_the_paragraph_names_no_service() -> None:
    text = "The sum of £9m was agreed.\nHome care was discussed."
    alone = figure(text, "£9m")
    join_services(text, [alone, mention(text, "Home care", "home-care")])
    assert (alone.service, alone.service_id) == (None, None)


def test_a_milestone_takes_the_service_within_its_words() -> None:
    text = "The new home care service will begin in April 2026."
    event = Milestone(
        milestone_id="m",
        document_id="d",
        what=text,
        raw="in April 2026",
        char_start=0,
        char_end=len(text),
        rule="made",
    )
    join_services(text, [event, mention(text, "home care", "home-care")])
    assert event.service_id == "home-care"


def test_a_row_of_a_field_and_its_service_is_for_the_service() -> None:
    """The field had been taken as soon as the taxonomy knew its name, and home care's budget was nobody's."""
    text = "Older people: home care\t61,420\nParks and libraries\t75"
    cells = [figure(text, "61,420", "t"), figure(text, "75", "t")]
    named = [mention(text, raw, raw.lower()) for raw in ("Older people", "home care", "Parks", "libraries")]
    join_services(text, [*cells, *named])
    assert [cell.service_id for cell in cells] == ["home care", "parks"]


def test_whom_a_service_serves_and_its_neighbours_do_not_take_its_place() -> None:
    text = "Day services - older people\t410\nSchool transport - SEN\t75"
    cells = [figure(text, "410", "t"), figure(text, "75", "t")]
    named = [
        mention(text, "Day services", "day-services"), mention(text, "older people", "older-peoples-services"),
        mention(text, "School transport", "home-to-school-transport"),
        mention(text, "SEN", "special-educational-needs-and-disabilities"),
    ]
    join_services(text, [*cells, *named])
    assert [cell.service_id for cell in cells] == ["day-services", "home-to-school-transport"]
