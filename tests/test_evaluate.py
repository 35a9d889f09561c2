"""The judge: pairs, counts, floors. Each figure is worked by hand."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evaluation import check_floors
from pipeline import matching
from pipeline.bookkeeping import DocumentPath, Reading, Run
from pipeline.evaluate import NoGold, Tally, evaluate
from pipeline.evaluate.against import NotJudged, against
from pipeline.evaluate.confusions import confusions, worst_documents
from pipeline.evaluate.intervals import intervals
from pipeline.evaluate.sureness import Bin, Proof, Sureness, reliability, sureness, sureness_of
from pipeline.evaluate.telling import told, told_against
from pipeline.records import (
    AgendaItem,
    BudgetFigure,
    Council,
    DocumentRow,
    MeetingStatement,
    Record,
    Resolution,
    ResolutionClause,
    ServiceMention,
)
from pipeline.store import parts
from pipeline.store.publish import Change, publish

WHEN = datetime(2024, 5, 6)
RUN = Run(run_id="r", started_at=WHEN, version="1", rules_version="1", seen=1, ingested=1, unchanged=0, failed=0)
PLACE: dict[str, Any] = {"char_start": 0, "char_end": 1, "rule": "test"}


# words and quotations


def test_words_ignore_case_punctuation_and_dashes() -> None:
    assert matching.words("Item 7(a) – “Fern’s” co\u00adoperation") == ["item", "7", "a", "fern", "s", "cooperation"]
    assert matching.words("on5 May") == ["on", "5", "may"]
    assert matching.words(None) == []


def test_bounds_allow_a_few_words() -> None:
    starts, ends = matching.words("that the budget"), matching.words("be approved")
    assert matching.bounded(starts, ends, matching.words("RESOLVED: that the budget be approved."))
    assert not matching.bounded(starts, ends, matching.words("one two three four five that the budget be approved"))
    assert not matching.bounded(starts, ends, matching.words("that the budget be approved and sent out to all"))


def test_pairs_use_each_prediction_once() -> None:
    gold: list[dict[str, Any]] = [{"title": "Home care"}, {"title": "Home care"}]
    predicted: list[dict[str, Any]] = [{"title": "Home care", "number": None}]
    pairs, extra = matching.pair(gold, predicted, matching.item_likeness)
    assert (len(pairs), extra) == (1, [])


@pytest.mark.parametrize(
    ("title", "number", "score"),
    [("Home care contract", "7", 1.5), ("Home care contract", "8", 1.0), ("Home care", "7", 1.3), ("Roads", "7", 0.0)],
)
def test_items_are_like_by_words_of_their_titles(title: str, number: str, score: float) -> None:
    gold = {"title": "Home care contract", "number": "7."}
    assert matching.item_likeness(gold, {"title": title, "number": number}) == pytest.approx(score)


RESOLUTION: dict[str, Any] = {
    "text": "That the contract be awarded to Fern Care", "status": "decided", "kind": "resolved", "item_number": "7",
    "decided_by": "The Joint Board", "mover": "Councillor A. Marsh", "seconder": None, "unanimous": True,
    "vote_for": 9, "vote_against": 2, "vote_abstain": None,
    "clauses": [{"action": "award", "due_on": None}, {"action": "note", "due_on": "2025-05-31"}],
}
WANTED = {"starts": "that the contract be", "ends": "to Fern Care", "status": "decided", "kind": "resolved"}


@pytest.mark.parametrize(
    ("gold", "wrong"),
    [
        ({"item": "7.", "clauses": 2, "actions": ["award", "note"], "by": "the joint board", "mover": "Cllr Marsh",
          "vote": "unanimous", "due_on": "2025-05-31"}, set()),
        ({"vote": {"for": 9, "against": 2, "abstain": None}}, set()),
        ({"vote": {"for": 9, "against": 2, "abstain": 1}}, {"vote"}),
        ({"kind": "agreed", "clauses": 1, "actions": ["award"]}, {"kind", "clauses", "actions"}),
        ({"seconder": "Cllr Reed", "by": "Cabinet", "due_on": "2025-06-01"}, {"seconder", "by", "due_on"}),
        ({"ends": "to Oak Care"}, {"bounds"}),
    ],
)
def test_attributes_of_resolutions(gold: dict[str, Any], wrong: set[str]) -> None:
    checks = matching.resolution_checks({**WANTED, **gold}, RESOLUTION)
    assert {name for name, good in checks.items() if not good} == wrong


def test_figure_needs_unit_and_amount() -> None:
    row = {"unit": "GBP", "amount": Decimal("1200000.00"), "measure": "contract", "financial_year": "2024/25",
           "row_label": "Home care", "column_label": None, "organisation": None, "service": None, "fund": None}
    gold = matching.figure_of({"amount": 1200000, "measure": "contract", "row": "Home care total"})
    assert matching.figure_likeness(gold, row) == 3.0
    assert matching.figure_likeness(matching.figure_of({"percent": 1200000}), row) == 0.0
    assert matching.figure_likeness(matching.figure_of({"amount": 1200000.01}), row) == 0.0
    assert matching.figure_likeness(gold, {**row, "amount": None}) == 0.0


def test_figure_labels_need_most_of_their_words() -> None:
    row = {"measure": "contract", "row_label": "Home care", "amount_high": Decimal(5)}
    assert matching.figure_checks({"row": "Home care total", "high": 5}, row) == {"row": True, "high": True}
    assert matching.figure_checks({"row": "Home care for older people"}, row) == {"row": False}


def test_options_begin_alike() -> None:
    row = {"text": "Option 2: Do nothing at all", "label": "Option 2", "status": "rejected", "do_nothing": True}
    gold = {"starts": "Do nothing", "label": "option 2", "status": "rejected", "do_nothing": False}
    assert matching.option_likeness(gold, row) == 2.0
    assert matching.option_likeness({"starts": "Award the contract"}, row) == 0.0
    assert matching.option_checks(gold, row) == {"label": True, "status": True, "do_nothing": False}


def test_services_are_found_by_wider_or_narrower_names() -> None:
    named = [{"domiciliary", "care"}, {"roads"}]
    assert matching.service_found("domiciliary care services", named)
    assert matching.service_found("domiciliary care for adults", named)
    assert not matching.service_found("roads and bridges", named)


# counting


def test_tally_by_hand() -> None:
    one = Tally(found=3, missed=1, wrong=1, exact=2)
    two = Tally(missed=2)
    both = Tally()
    both.add(one)
    both.add(two)
    both.add(Tally())
    figures = both.figures()
    assert figures["precision"] == 3 / 4
    assert figures["recall"] == 3 / 6
    assert figures["f1"] == pytest.approx(0.6)
    assert figures["by_document"] == pytest.approx((6 / 8 + 0) / 2)
    assert figures["exact"] == pytest.approx(2 / 3)


def test_tally_of_nothing() -> None:
    figures = Tally().figures()
    assert (figures["precision"], figures["recall"], figures["exact"]) == (1.0, 1.0, 0.0)


MINUTES = b"the minutes of a meeting"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database of one document: two items of which one is right, a decision, a figure, a service."""
    key: dict[str, Any] = {"document_id": "doc-1"}
    records: list[Record] = [
        Reading(**key, version="1", failed=False),
        DocumentRow(**key, sha256=hashlib.sha256(MINUTES).hexdigest(), path="a", media_type="text/plain",
                    kind="minutes", council_id="X1", meeting_id="m"),
        MeetingStatement(**key, meeting_id="m", council_id="X1", body="The Cabinet", held_on=None),
        AgendaItem(**key, **PLACE, item_id="i1", position=1, number="1", title="Home care"),
        AgendaItem(**key, **PLACE, item_id="i2", position=2, number="2", title="Something that is no item"),
        Resolution(**key, **PLACE, resolution_id="r1", item_id="i1", position=1, status="decided", kind="agreed",
                   text="that the contract be awarded", page=1),
        ResolutionClause(**PLACE, resolution_id="r1", position=1, text="x", action="award"),
        Resolution(**key, **PLACE, resolution_id="r2", position=2, status="decided", kind="noted", page=9,
                   text="outside the annotated pages"),
        BudgetFigure(**key, **PLACE, figure_id="f1", raw="£5", amount=Decimal(5), measure="budget"),
        ServiceMention(**key, **PLACE, mention_id="s1", raw="home care"),
        ServiceMention(**key, **PLACE, mention_id="s2", raw="public libraries", page=9),
    ]
    part = tmp_path / "a.part"
    parts.write(part, records)
    path = DocumentPath(path="a", document_id="doc-1", sha256="x", size=1, modified_at=WHEN)
    council = Council(council_id="X1", name="Netherfield", kind="county")
    publish(tmp_path / "test.duckdb", tmp_path, Change(run=RUN, parts=[part], paths=[path], councils=[council]))
    return tmp_path / "test.duckdb"


def gold_folder(tmp_path: Path, **changes: Any) -> Path:
    """A folder with gold for the document of `db`, and one for a document that is not in it."""
    gold = {
        "document": "papers/minutes.txt", "pages": [1, 2], "kind": "minutes", "council": "Netherfield",
        "body": "Cabinet", "held_on": None, "items": [{"number": "1", "title": "Home care"}],
        "resolutions": [{"item": "1", "status": "decided", "kind": "resolved", "starts": "that the contract",
                         "ends": "be awarded", "clauses": 1, "actions": ["award"]},
                        {"status": "decided", "kind": "noted", "starts": "that the report", "ends": "be noted",
                         "optional": True}],
        "budget_figures": [{"raw": "£5", "amount": 5, "measure": "budget"}, {"raw": "£6", "amount": 6}],
        "options": None, "services": ["home care", "road maintenance"],
    }
    (tmp_path / "papers").mkdir(parents=True)
    (tmp_path / "gold" / "set").mkdir(parents=True)
    (tmp_path / "papers" / "minutes.txt").write_bytes(MINUTES)
    (tmp_path / "papers" / "other.txt").write_bytes(b"another document")
    (tmp_path / "gold" / "set" / "minutes.json").write_text(json.dumps({**gold, **changes}))
    (tmp_path / "gold" / "set" / "other.json").write_text(json.dumps(
        {**gold, "document": "papers/other.txt", "council": "Calderbrook"}))
    return tmp_path / "gold"


def test_database_held_against_gold(db: Path, tmp_path: Path) -> None:
    result = evaluate(db, gold_folder(tmp_path))
    assert (len(result.documents), result.absent) == (2, ["papers/other.txt"])
    figures = result.figures()
    counts = {kind: tuple(figures[kind][name] for name in ("found", "missed", "wrong", "exact")) for kind in
              ("agenda_items", "resolutions", "budget_figures", "services")}
    assert counts == {
        "agenda_items": (1, 1, 1, 1.0), "resolutions": (1, 1, 0, 0.0), "budget_figures": (1, 3, 0, 1.0),
        "services": (1, 3, 0, 0.0),
    }
    assert figures["agenda_items"]["by_document"] == pytest.approx((2 / 3 + 0) / 2)
    assert figures["header"]["attributes"] == {"body": [1, 1], "council": [1, 1], "held_on": [1, 1], "kind": [1, 1]}
    assert figures["resolutions"]["attributes"]["kind"] == [0, 1]
    assert figures["councils"]["Netherfield"]["resolutions"]["recall"] == 1.0
    assert figures["councils"]["Calderbrook"]["resolutions"]["recall"] == 0.0
    assert "Calderbrook" in told(result)


def test_gold_that_says_the_same_twice_is_found_by_one(db: Path, tmp_path: Path) -> None:
    five = {"raw": "£5", "amount": 5, "measure": "budget"}
    gold = gold_folder(tmp_path, budget_figures=[five, five])
    figures = evaluate(db, gold / "set" / "minutes.json").figures()["budget_figures"]
    assert (figures["found"], figures["missed"]) == (1, 0)


SCORE = Path(__file__).resolve().parents[2] / "shared" / "gold" / "score"


def judges() -> list[Any]:
    """Ours, and gold's own where it lies beside the repository: both must say the same."""

    def score(db: Path, gold: Path) -> dict[str, Any]:
        figures = db.with_name("score.json")
        subprocess.run([sys.executable, SCORE, db, gold, "--json", figures], check=True, capture_output=True)
        return dict(json.loads(figures.read_text()))

    return [lambda db, gold: evaluate(db, gold).figures(), *([score] if SCORE.exists() else [])]


@pytest.mark.parametrize("judge", judges())
def test_judges_agree_on_hard_cases(db: Path, tmp_path: Path, judge: Any) -> None:
    five, care = {"raw": "£5", "amount": 5, "measure": "budget"}, {"number": "1", "title": "Home care"}
    gold = gold_folder(
        tmp_path, items=[care, care], budget_figures=[five, five], services=["home care", "libraries"]
    )
    figures = judge(db, gold / "set" / "minutes.json")
    counts = {kind: tuple(figures[kind][name] for name in ("found", "missed", "wrong", "exact")) for kind in
              ("agenda_items", "resolutions", "budget_figures", "services")}
    # Of two like figures none is missed, of two like items one is; a service named on another page is not found.
    assert counts == {
        "agenda_items": (1, 1, 1, 1.0), "resolutions": (1, 0, 0, 0.0), "budget_figures": (1, 0, 0, 1.0),
        "services": (1, 1, 0, 0.0),
    }
    assert figures["resolutions"]["attributes"]["kind"] == [0, 1]


# intervals


def test_intervals_draw_documents_anew() -> None:
    good, poor = Tally(found=10, exact=10), Tally(found=1, missed=9, exact=0)
    bounds = intervals([good, poor, Tally()])
    # Of two documents either may be drawn twice: F1 from that of the poor one (2/11) to that of the good.
    assert bounds["f1"] == pytest.approx((2 / 11, 1.0))
    assert bounds["by_document"] == pytest.approx((2 / 11, 1.0))
    assert bounds["recall"] == pytest.approx((0.1, 1.0))
    assert bounds["exact"] == pytest.approx((0.0, 1.0))
    assert intervals([good, poor]) == intervals([good, poor])
    assert intervals([Tally()]) == {}


def test_intervals_are_narrower_with_more_documents() -> None:
    documents = [Tally(found=9, missed=1, exact=5), Tally(found=5, missed=5, exact=5)]
    (few_low, few_high), (low, high) = (intervals(documents * times)["f1"] for times in (5, 50))
    assert few_low < low < 2 * 14 / (2 * 14 + 6) < high < few_high


# what goes wrong


def test_confusions_open_at_the_worst(db: Path, tmp_path: Path) -> None:
    five = {"raw": "£5", "amount": 5, "measure": "saving"}
    gold = gold_folder(tmp_path, budget_figures=[five], services=["home care"])
    found = confusions(evaluate(db, gold).documents)
    assert [(one.count, one.words()) for one in found] == [
        (2, "budget_figures (missed)"), (2, "services (missed)"), (1, "agenda_items (missed)"),
        (1, "agenda_items (too many)"), (1, "budget_figures measure: saving read as budget"),
        (1, "resolutions (missed)"), (1, "resolutions kind: resolved read as agreed"),
    ]
    measure = next(one for one in found if one.attribute == "measure")
    assert (measure.examples[0].record_id, measure.examples[0].document) == ("f1", "papers/minutes.txt")


def test_actions_are_confused_one_by_one(db: Path, tmp_path: Path) -> None:
    decision = {"item": "1", "status": "decided", "kind": "agreed", "starts": "that the contract",
                "ends": "be awarded", "clauses": 1, "actions": ["approve"]}
    gold = gold_folder(tmp_path, resolutions=[decision])
    words = [one.words() for one in confusions(evaluate(db, gold / "set" / "minutes.json").documents)]
    assert "resolutions action: approve read as award" in words
    fewer = gold_folder(tmp_path / "fewer", resolutions=[{**decision, "clauses": 2, "actions": ["award", "note"]}])
    words = [one.words() for one in confusions(evaluate(db, fewer / "set" / "minutes.json").documents)]
    assert "resolutions clauses: 2 read as 1" in words
    assert not any("action" in one for one in words)


def test_worst_document_comes_first(db: Path, tmp_path: Path) -> None:
    result = evaluate(db, gold_folder(tmp_path))
    assert worst_documents(result.documents) == [("papers/other.txt", 6), ("papers/minutes.txt", 4)]


# against


def test_records_gained_and_lost(db: Path, tmp_path: Path) -> None:
    gold = gold_folder(tmp_path)
    now = evaluate(db, gold).figures()
    (tmp_path / "empty").mkdir()
    publish(tmp_path / "empty" / "e.duckdb", tmp_path / "empty", Change(run=RUN))
    before = evaluate(tmp_path / "empty" / "e.duckdb", gold).figures()
    gained, lost = against(before, now["records"])
    assert [(one.kind, one.what, one.before, one.after) for one in gained] == [
        ("agenda_items", "1 Home care", "missed", "right"), ("budget_figures", "£5", "missed", "right"),
        ("resolutions", "that the contract … be awarded", "missed", "differs"),
        ("services", "home care", "missed", "named"),
    ]
    assert [(one.kind, one.what, one.before, one.after) for one in lost] == [
        ("agenda_items", "2 Something that is no item", "", "wrong"),
    ]
    assert against(now, now["records"]) == ([], [])
    back = against(now, before["records"])
    assert [len(moved) for moved in back] == [1, 4]
    assert told_against(*back).splitlines()[:2] == [
        "4 records lost", "  agenda_items right → missed: papers/minutes.txt: 1 Home care",
    ]


def test_a_fault_more_is_a_loss() -> None:
    record = {"document": "a", "kind": "budget_figures", "what": "£5", "state": "differs", "faults": ["measure"]}
    worse = {**record, "faults": ["measure", "year"]}
    _, (moved,) = against({"records": [record]}, [worse])
    assert moved.words() == "budget_figures differs → differs (year): a: £5"
    (moved,), _ = against({"records": [worse]}, [record])
    assert moved.faults == ("year",)
    assert against({"records": [{**record, "document": "b"}]}, [worse]) == ([], [])
    with pytest.raises(NotJudged, match="holds no records"):
        against({"f1": 1}, [worse])


# confidence


def test_sureness_counts_whole_records(db: Path, tmp_path: Path) -> None:
    result = sureness(evaluate(db, gold_folder(tmp_path)).documents)
    assert result["agenda_items"] == Sureness(2, 2, 0.5, 0.5)
    assert result["resolutions"] == Sureness(1, 1, 1.0, 0.0)


def test_reliability_in_bins() -> None:
    judged = ((0.96, True, True), (1.0, True, False), (0.2, False, False))
    proofs = [Proof("options", *one) for one in judged]
    assert reliability(proofs) == [Bin(1, 0.2, 0.0), Bin(2, pytest.approx(0.98), 0.5)]
    assert sureness_of(proofs) == {"options": Sureness(3, 2, 1.0, 0.5)}


def test_no_gold(db: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoGold, match="no gold files"):
        evaluate(db, tmp_path / "empty")
    gold = gold_folder(tmp_path)
    (tmp_path / "papers" / "other.txt").unlink()
    with pytest.raises(NoGold, match="other.txt"):
        evaluate(db, gold)


# floors


def figures_file(tmp_path: Path, f1: float, body: int) -> Path:
    """Figures as `minutebook evaluate --json` writes them."""
    kind = {"f1": f1, "by_document": 0.9, "exact": 0.8, "recall": 0.7, "found": 3, "missed": 1}
    empty = {**kind, "found": 0, "missed": 0}
    file = tmp_path / "figures.json"
    file.write_text(json.dumps({
        "agenda_items": kind, "resolutions": empty, "budget_figures": empty, "options": empty, "services": kind,
        "header": {"attributes": {"body": [body, 10]}},
    }))
    return file


def test_floors_only_rise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    assert check_floors.main(["real", str(figures_file(tmp_path, 0.95678, 9)), "--raise"], floors) == 0
    assert json.loads(floors.read_text()) == {"real": {
        "agenda_items.by_document": 0.9, "agenda_items.exact": 0.8, "agenda_items.f1": 0.9567, "header.body": 0.9,
        "services.recall": 0.7,
    }}
    assert check_floors.main(["real", str(figures_file(tmp_path, 0.95678, 9))], floors) == 0
    capsys.readouterr()
    assert check_floors.main(["real", str(figures_file(tmp_path, 0.94, 10)), "--raise"], floors) == 1
    assert capsys.readouterr().out == "real: agenda_items.f1 is 0.9400, its floor 0.9567\n"
    lifted = json.loads(floors.read_text())["real"]
    assert (lifted["agenda_items.f1"], lifted["header.body"]) == (0.9567, 1.0)


def test_kind_that_is_gone_falls_below_its_floor(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"real": {"options.f1": 0.5}}))
    assert check_floors.main(["real", str(figures_file(tmp_path, 1.0, 10))], floors) == 1
    assert check_floors.main(["corpus", str(figures_file(tmp_path, 1.0, 10))], floors) == 0
