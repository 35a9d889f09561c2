"""Confidence: a rule's own becomes the chance that the record is right, by weights fitted on the corpus."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evaluation.training.calibration import LEAST, WANTED, _sure_from, proofs_left_out
from evaluation.training.logistic import Sample, fit
from evaluation.training.samples import Judgement, judgements
from pipeline import confidence
from pipeline.confidence import SORTS, Calibration, Model, Paper, calibrate, calibration, straightened
from pipeline.evaluate import Judged, Outcome
from pipeline.records import AgendaItem, Attendance, BudgetFigure, Resolution, ResolutionClause

PLACE: dict[str, Any] = {"char_start": 0, "char_end": 1, "document_id": "d"}


def decision(**changes: Any) -> Resolution:
    """A decision of one limb."""
    values = {"resolution_id": "r", "position": 1, "status": "decided", "kind": "resolved", "rule": "decision.x",
              "text": "That the report be noted", "confidence": 0.95, **PLACE, **changes}
    return Resolution(**values)


def limb(action: str, position: int = 1) -> ResolutionClause:
    """A limb of that decision."""
    return ResolutionClause(resolution_id="r", position=position, text="That the report be noted", action=action,
                            char_start=0, char_end=1, rule="decision.x", confidence=0.95)  # type: ignore[arg-type]


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """A calibration of easy numbers: every part at even chance but for the marks named."""
    even = Model(0.0, {})
    models = dict.fromkeys(("item", "measure", "figure", "option"), even)
    models["decision"] = Model(0.0, {"rule decision.x": 2.197224577})  # 0.9
    models["limb"] = Model(0.0, {"does note": 1.386294361, "does other": -1.386294361})  # 0.8 and 0.2
    monkeypatch.setattr(confidence, "calibration", lambda: Calibration(models, dict.fromkeys(
        ("agenda_items", "resolutions", "budget_figures", "options"), 0.9)))


def test_a_decision_is_as_sure_as_all_its_parts_together(simple: None) -> None:
    one, limbs = decision(), [limb("note"), limb("note", 2)]
    calibrate([one, *limbs], "minutes")
    assert one.confidence == pytest.approx(0.9 * 0.8 * 0.8, abs=0.001)
    assert [each.confidence for each in limbs] == [0.8, 0.8]


def test_a_limb_that_is_unsure_makes_its_decision_unsure(simple: None) -> None:
    one, limbs = decision(), [limb("note"), limb("other", 2)]
    calibrate([one, *limbs], "minutes")
    assert one.confidence == pytest.approx(0.9 * 0.8 * 0.2, abs=0.001)


def test_a_figure_needs_its_measure_and_the_rest(simple: None) -> None:
    figure = BudgetFigure(figure_id="f", raw="£5", amount=Decimal(5), measure="budget", rule="money.prose/measure.x",
                          confidence=0.95, **PLACE)
    calibrate([figure], "report")
    assert figure.confidence == 0.25


def test_a_record_that_no_gold_annotates_keeps_its_own(simple: None) -> None:
    person = Attendance(attendance_id="a", name="A. Marsh", presence="present", rule="x", confidence=0.9, **PLACE)
    calibrate([person], "minutes")
    assert person.confidence == 0.9


def test_an_unsure_rule_is_never_made_sure() -> None:
    known = Calibration({}, {"options": 0.9})
    assert known.confidence("options", 0.99, own=0.5) == 0.89
    assert known.confidence("options", 0.99, own=0.85) == 0.99
    assert known.confidence("options", 0.6, own=0.5) == 0.6


@pytest.mark.parametrize(("product", "sure_from", "value"), [
    (0.0, 0.95, 0.0), (0.95, 0.95, 0.9), (1.0, 0.95, 1.0), (0.475, 0.95, 0.45), (0.9, 0.9, 0.9), (1.0, 1.0, 0.9),
    (0.99, 1.0, 0.891),
])
def test_what_is_sure_is_drawn_to_nine_tenths(product: float, sure_from: float, value: float) -> None:
    assert straightened(product, sure_from) == pytest.approx(value)


def test_an_oversight_is_more_likely_where_others_have_movers() -> None:
    paper = Paper.of("minutes", [decision(), decision(mover="Cllr Marsh"), decision(unanimous=True)])
    assert paper == Paper("minutes", movers=True, votes=True)
    assert "mover False of True" in confidence.decision_marks(decision(), [], paper)
    assert "mover False of False" in confidence.decision_marks(decision(), [], Paper("minutes", False, False))


def test_marks_of_a_limb_are_its_verb_and_what_is_done() -> None:
    marks = confidence.limb_marks(limb("note"))
    assert "verb report does note" in marks and "be noted does note" in marks
    own = ResolutionClause(resolution_id="r", position=1, text="(a) that (i) to Approve the plan", action="approve",
                           char_start=0, char_end=1, rule="x")
    assert "verb approve does approve" in confidence.limb_marks(own)


def test_what_is_shipped_has_every_part_and_threshold() -> None:
    shipped = calibration()
    assert set(shipped.models) == {"item", "decision", "limb", "measure", "figure", "option"}
    assert set(shipped.sure_from) == {sort for sort, _, _ in SORTS}
    assert all(0.9 <= value <= 1 for value in shipped.sure_from.values())
    item = AgendaItem(item_id="i", position=1, number="1", title="Apologies for absence", rule="item.numbered",
                      confidence=0.9, **PLACE)
    calibrate([item], "minutes")
    assert item.confidence >= 0.9


# fitting


def test_a_rare_mark_says_little() -> None:
    samples = [Sample(str(i), ("a",), i % 10 != 0) for i in range(100)]
    samples += [Sample(str(i), ("b",), i % 2 == 0) for i in range(100)]
    samples += [Sample("x", ("c",), True)]
    model = fit(samples, ridge=1.0)
    assert model.probability(["a"]) == pytest.approx(0.9, abs=0.03)
    assert model.probability(["b"]) == pytest.approx(0.5, abs=0.03)
    assert 0.5 < model.probability(["c"]) < 0.9


def judged(sort: str, count: int, right: int, *, own: float = 0.9, fold: str = "x") -> list[Judgement]:
    """Records of documents of their own; the first `right` of them are right."""
    return [Judgement(sort, fold, f"{fold}-{i}", own, True, i < right, (("item", ("m",), i < right),))
            for i in range(count)]


def test_sure_is_where_the_promise_holds() -> None:
    good, poor = judged("options", 2 * LEAST, 2 * LEAST), judged("options", 20, 0)
    products = [0.98] * len(good) + [0.93] * len(poor)
    assert _sure_from([*good, *poor], products, "options") == 0.98
    assert _sure_from(good, [0.98] * len(good), "options") == 0.9
    assert _sure_from(good, [0.5] * len(good), "options") == 1.0


def test_too_few_records_prove_nothing() -> None:
    few = judged("options", LEAST - 1, LEAST - 1)
    assert _sure_from(few, [0.99] * len(few), "options") == 1.0
    one_document = [Judgement("options", "x", "same", 0.9, True, True, ()) for _ in range(2 * LEAST)]
    assert _sure_from(one_document, [0.99] * len(one_document), "options") == 1.0
    wrong = judged("options", 100, int(100 * WANTED) - 1)
    assert _sure_from(wrong, [0.99] * 100, "options") == 1.0


def test_records_are_taken_apart() -> None:
    row = {**decision().model_dump(), "clauses": [limb("note").model_dump(), limb("other", 2).model_dump()]}
    gold = {"actions": ["note", "approve"]}
    right = Outcome("resolutions", "differs", "x", gold, row, {"bounds": True, "actions": False})
    fewer = Outcome("resolutions", "differs", "x", {"actions": ["note"]}, row, {"clauses": False, "actions": False})
    extra = Outcome("resolutions", "wrong", "x", row=row)
    optional = Outcome("resolutions", "optional", "x", row=row)
    found = judgements([Judged("paper", "Wexley", {"kind": "minutes"}, [right, fewer, extra, optional])])
    known = [[good for _, _, good in one.parts] for one in found]
    assert known == [[True, True, False], [False, None, None], [False, None, None]]
    assert [(one.found, one.right, one.fold) for one in found] == [
        (True, False, "Wexley"), (True, False, "Wexley"), (False, False, "Wexley")]
    assert [part for part, _ in found[1].samples()] == ["decision"]


def test_a_council_is_judged_by_what_was_fitted_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluation.training import calibration as training

    fitted_on: list[set[str]] = []

    def spy(records: list[Judgement]) -> Calibration:
        fitted_on.append({one.fold for one in records})
        return Calibration({"item": Model(0.0, {})}, {"agenda_items": 0.9})

    monkeypatch.setattr(training, "fitted", spy)
    councils = [one for name in "abc" for one in judged("agenda_items", 2, 2, fold=name)]
    assert len(proofs_left_out(councils)) == 6
    assert [sorted({"a", "b", "c"} - on) for on in fitted_on] == [["a"], ["b"], ["c"], [], [], [], [], []]


OTHER: dict[str, Any] = {
    "figure_id": "g", "document_id": "e", "item_id": "i", "raw": "£5m", "amount": Decimal(6),
    "amount_high": Decimal(7), "unit": "percent", "qualifier": "about", "measure": "cost", "basis": "net",
    "per": "year", "financial_year": "2024/25", "organisation": "Moss Ltd", "fund": "Reserve", "service": "parks",
    "service_id": "parks", "table_id": "t", "row_label": "Parks", "column_label": "Budget", "footnote": "Estimate",
    "is_total": True, "page": 2, "char_start": 3, "char_end": 4, "rule": "money.table/title", "confidence": 0.5,
    "reviewed": "accepted",
}
"""Of each field of a figure, another value than that of `plain_figure`."""


def plain_figure(**changes: Any) -> BudgetFigure:
    """A figure of which little is told."""
    values = {"figure_id": "f", "raw": "£5", "amount": Decimal(5), "measure": "budget", "confidence": 0.95,
              "rule": "money.prose/measure.x", **PLACE, **changes}
    return BudgetFigure(**values)


def test_every_field_of_a_figure_has_another_value() -> None:
    assert set(OTHER) == set(BudgetFigure.model_fields)


@pytest.mark.parametrize("field", OTHER)
def test_figures_of_one_look_have_the_same_marks(field: str) -> None:
    """What changes a mark must change the look by which figures are judged together, or the later one is misjudged."""
    paper = Paper("report", False, False)
    one, other = plain_figure(), plain_figure(**{field: OTHER[field]})
    told = (confidence.measure_marks, confidence.figure_marks)
    same = all(marks(one, paper) == marks(other, paper) for marks in told)
    assert same or confidence.figure_look(one) != confidence.figure_look(other)


def test_figures_are_judged_together_within_their_own_paper_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    even = Model(0.0, {})
    models = {"measure": Model(0.0, {"paper minutes": 1.386294361}), "figure": even}
    monkeypatch.setattr(confidence, "calibration", lambda: Calibration(models, {"budget_figures": 0.9}))
    minuted, reported = [plain_figure(), plain_figure()], [plain_figure(), plain_figure()]
    calibrate(minuted, "minutes")
    calibrate(reported, "report")
    assert [figure.confidence for figure in minuted + reported] == [0.4, 0.4, 0.25, 0.25]
