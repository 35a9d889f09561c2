"""Pages of what was measured, and the trial of learned components."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from evaluation import accuracy
from evaluation.training import learning
from evaluation.training.learning import Sample
from pipeline.evaluate import Judged, Outcome, Result


def samples() -> list[Sample]:
    """Limbs of sixteen councils that two words tell apart; the rules get those of the first eight wrong."""
    return [
        Sample(f"that {word} the item {i}", label, label if i >= 8 else "other", 0.9 if i >= 8 else 0.5, f"council {i}")
        for i in range(16) for word, label in (("noting", "note"), ("approving", "approve"))
    ]


def test_a_model_is_asked_about_councils_it_has_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []
    real = learning.train
    monkeypatch.setattr(learning, "train", lambda own: (seen.append({one.fold for one in own}), real(own))[1])
    said = learning.learned(samples())
    assert said == [one.gold for one in samples()]
    assert [len(folds) for folds in seen] == [14] * learning.FOLDS
    assert {council for folds in seen for council in {f"council {i}" for i in range(16)} - folds} == {
        f"council {i}" for i in range(16)}


def test_what_wins_clearly_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "learned", lambda own: [one.gold for one in own])
    text = learning.page({"action": samples()}, Counter())
    assert "| all | 32 | 0.500 | 1.000 | 1.000 |" in text
    assert "The model is better than the rules by 0.500" in text
    monkeypatch.setattr(learning, "learned", lambda own: ["other"] * len(own))
    assert "nothing is shipped" in learning.page({"action": samples()}, Counter())


def result() -> Result:
    """Two documents of two councils: one figure right, one whose measure is not, one missed."""
    figure = {"confidence": 0.95, "figure_id": "f1", "measure": "cost"}
    outcomes = [
        Outcome("budget_figures", "right", "£5", {"measure": "cost"}, figure, {"measure": True}),
        Outcome("budget_figures", "differs", "£6", {"measure": "saving"}, figure, {"measure": False}),
        Outcome("budget_figures", "missed", "£7", {"measure": "saving"}),
    ]
    return Result([
        Judged("a.pdf", "Wexley", {"kind": "minutes"}, outcomes[:2]), Judged("b.pdf", "Eastmarsh", {}, outcomes[2:]),
    ])


def test_page_of_accuracy() -> None:
    page = accuracy.page({"corpus": result()}, date(2026, 11, 25))
    # Of three figures two are found, without a wrong one: F1 0.8; the documents' own are 1 and 0.
    assert ("| budget figures | 0.800 [0.000–1.000] | 0.500 [0.000–1.000] | 0.500 [0.000–0.500] | 1 | 0 | 2 of 2 "
            "| 50.0% |") in page
    assert "- budget figures: measure 1/2" in page
    assert "| Wexley |  |  | 1.000, 0.500 |  |" in page and "| Eastmarsh |  |  | 0.000, 0.000 |  |" in page
    assert "| 1 | budget_figures measure: saving read as cost | a.pdf: £6 (f1) |" in page
    assert "2026-11-25, by `make accuracy`" in page
