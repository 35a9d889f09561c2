"""A person's word: kept at once, found again, never overwritten, and gold when it is asked for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command_line import call

from pipeline.commands import review as command
from pipeline.evaluate import evaluate
from pipeline.reading import Reading, read_document
from pipeline.records import BudgetFigure, ResolutionClause
from pipeline.review import SORTS, correction_of, unsure
from pipeline.run import ingest
from pipeline.store import corrections
from pipeline.store.corrections import Correction, Damaged, append, beside, read, summed
from pipeline.store.reviewed import NoChange

MINUTES = """\
CALDERBROOK TOWN COUNCIL

Minutes of the meeting of the Finance Committee held on Monday 13 May 2024 at 7 pm

1. Apologies for absence

There were none.

2. Playground

RESOLVED: (a) That £4,500 be spent on the playground; and
(b) That the Clerk be authorised to order the swings.

3. Hall

The hall was let for £30. The kitchen was let for £30 too.

RESOLVED: That the report be noted.
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one paper."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "minutes.txt").write_text(MINUTES)
    return folder


@pytest.fixture(scope="module")
def fresh(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of it."""
    database = tmp_path_factory.mktemp("fresh") / "m.duckdb"
    ingest([papers], database, workers=1)
    return database


@pytest.fixture
def db(fresh: Path, tmp_path: Path) -> Path:
    """The same, of which nobody has said anything."""
    return Path(shutil.copy2(fresh, tmp_path / "m.duckdb"))


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the database says."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def one(db: Path, sql: str) -> Any:
    """The one value that it says."""
    ((value,),) = rows(db, sql)
    return value


def figure(db: Path, raw: str) -> str:
    """The id of the first figure that is printed so."""
    return str(rows(db, f"SELECT figure_id FROM budget_figures WHERE raw = '{raw}' ORDER BY char_start")[0][0])


# what waits


def test_the_least_sure_come_first(db: Path) -> None:
    waiting = unsure(db, below=1.01)
    assert {one.sort for one in waiting} == {"items", "resolutions", "figures"}
    assert [one.confidence for one in waiting] == sorted(one.confidence for one in waiting)
    done = call("review", "list", "--db", db, "--type", "figures", "--below", "1.01", "--most", "2")
    listed = done.stdout.splitlines()
    assert len(listed) == 2 and all("£" in line and "[minutes.txt]" in line for line in listed)
    assert unsure(db, below=0.0) == []
    assert tuple(SORTS) == command.SORTS


def test_what_a_person_has_seen_waits_no_longer(db: Path) -> None:
    waiting = unsure(db, sort="figures", below=1.01)
    assert call("review", "accept", waiting[0].record_id, "--db", db).exit_code == 0
    assert [one.record_id for one in unsure(db, sort="figures", below=1.01)] == [w.record_id for w in waiting[1:]]


# accept, correct, reject


def test_an_accepted_record_is_marked_and_sure(db: Path) -> None:
    key = figure(db, "£4,500")
    before = rows(db, f"SELECT * EXCLUDE (confidence, reviewed) FROM budget_figures WHERE figure_id = '{key}'")
    assert call("review", "--db", db, "accept", key).exit_code == 0
    assert rows(db, f"SELECT confidence, reviewed FROM budget_figures WHERE figure_id = '{key}'") == [(1.0, "accepted")]
    assert rows(db, f"SELECT * EXCLUDE (confidence, reviewed) FROM budget_figures WHERE figure_id = '{key}'") == before
    assert one(db, "SELECT count(*) FROM budget_figures WHERE reviewed IS NULL") == 2


def test_a_corrected_record_says_what_the_person_says(db: Path) -> None:
    key = figure(db, "£4,500")
    done = call("review", "correct", key, "measure=saving", "amount=4501.5", "financial_year=2024/25", "--db", db)
    assert done.exit_code == 0, done.output
    assert rows(db, "SELECT measure, amount, financial_year, confidence, reviewed FROM budget_figures "
                f"WHERE figure_id = '{key}'") == [("saving", Decimal("4501.50"), "2024/25", 1.0, "corrected")]
    assert call("review", "correct", key, "financial_year=", "--db", db).exit_code == 0
    now = rows(db, f"SELECT measure, financial_year FROM budget_figures WHERE figure_id = '{key}'")
    assert now == [("saving", None)]
    assert rows(db, "SELECT verdict, json_extract_string(changes, '$.measure'), "
                "json_extract_string(machine, '$.budget_figures[0].raw') FROM reviews") == [
                    ("corrected", "saving", "£4,500")]


def test_a_rejected_record_leaves_its_table_with_its_limbs(db: Path) -> None:
    key = one(db, "SELECT resolution_id FROM resolution_clauses WHERE position = 2")
    limbs, decisions = (one(db, f"SELECT count(*) FROM {t}") for t in ("resolution_clauses", "resolutions"))
    assert call("review", "reject", key, "--db", db).exit_code == 0
    assert one(db, "SELECT count(*) FROM resolutions") == decisions - 1
    assert one(db, "SELECT count(*) FROM resolution_clauses") == limbs - 2
    assert one(db, f"SELECT count(*) FROM search('swings') WHERE record_id = '{key}'") == 0
    assert rows(db, "SELECT verdict, record_id FROM reviews") == [("rejected", key)]


def test_a_limb_is_corrected_by_itself_and_keeps_that_when_its_decision_is_accepted(db: Path) -> None:
    key = one(db, "SELECT resolution_id FROM resolution_clauses WHERE position = 2")
    machine = rows(db, f"SELECT action FROM resolution_clauses WHERE resolution_id = '{key}' ORDER BY position")
    assert call("review", "correct", f"{key}/2", "action=delegate", "due_on=2024-06-10", "--db", db).exit_code == 0
    assert call("review", "accept", key, "--db", db).exit_code == 0
    assert rows(db, "SELECT action, due_on, reviewed FROM resolution_clauses "
                f"WHERE resolution_id = '{key}' ORDER BY position") == [
                    (machine[0][0], None, "accepted"), ("delegate", date(2024, 6, 10), "corrected")]
    beside(db).unlink()
    from pipeline.run import apply_corrections
    apply_corrections(db)
    assert rows(db, "SELECT action, reviewed FROM resolution_clauses "
                f"WHERE resolution_id = '{key}' ORDER BY position") == [(action, None) for (action,) in machine]


@pytest.mark.parametrize(("change", "told"), [
    ("measure=nonsense", "measure cannot be 'nonsense'"), ("colour=red", "has no field colour"),
    ("page=3", "page follows from where the record stands"), ("figure_id=x", "figure_id follows"),
    ("measure", "is no FIELD=VALUE"),
])
def test_what_cannot_be_is_refused_and_not_kept(db: Path, change: str, told: str) -> None:
    done = call("review", "correct", figure(db, "£4,500"), change, "--db", db)
    assert (done.exit_code, told in done.output, beside(db).exists()) == (2, True, False)


def test_an_unknown_record_is_refused(db: Path) -> None:
    assert call("review", "accept", "figure-none", "--db", db).exit_code == 2
    document = one(db, "SELECT document_id FROM documents")
    assert "cannot be" not in (out := call("review", "accept", document, "--db", db).output)
    assert "is no record that can be reviewed" in out
    with pytest.raises(NoChange, match="Say which field"):
        correction_of(db, figure(db, "£4,500"), "correct", {})


# reading again


def test_reading_again_keeps_what_was_said(db: Path, papers: Path) -> None:
    spent, let = figure(db, "£4,500"), figure(db, "£30")
    call("review", "correct", spent, "measure=saving", "--db", db)
    call("review", "reject", let, "--db", db)
    said = rows(db, "SELECT figure_id, measure, reviewed FROM budget_figures ORDER BY 1")
    for force in (True, False, True):
        ingest([papers], db, workers=1, force=force)
        assert rows(db, "SELECT figure_id, measure, reviewed FROM budget_figures ORDER BY 1") == said
    assert (spent, "saving", "corrected") in said and let not in [key for key, _, _ in said]


def other_code(path: Path, document_id: str) -> Reading:
    """A reader of another version: other ids, another measure, no limb has an action."""
    reading = read_document(path, document_id)
    for record in reading.records:
        if isinstance(record, BudgetFigure):
            record.figure_id, record.measure = f"new-{record.figure_id}", "debt"
        if isinstance(record, ResolutionClause):
            record.action = "other"
    return reading


def test_other_code_finds_the_record_by_its_place(db: Path, papers: Path) -> None:
    second = rows(db, "SELECT figure_id FROM budget_figures WHERE raw = '£30' ORDER BY char_start")[1][0]
    call("review", "correct", second, "measure=income", "--db", db)
    ingest([papers], db, workers=1, force=True, reader=other_code)
    assert rows(db, "SELECT measure, reviewed FROM budget_figures ORDER BY char_start") == [
        ("debt", None), ("debt", None), ("income", "corrected")]
    assert one(db, "SELECT count(*) FROM problems WHERE stage = 'review'") == 0


def without_figures(path: Path, document_id: str) -> Reading:
    """A reader that misses the first figure and finds the others elsewhere."""
    reading = read_document(path, document_id)
    reading.records = [r for r in reading.records if not (isinstance(r, BudgetFigure) and r.raw == "£4,500")]
    return reading


def test_a_correction_without_its_record_is_a_problem_and_not_lost(db: Path, papers: Path) -> None:
    call("review", "correct", figure(db, "£4,500"), "measure=saving", "--db", db)
    ingest([papers], db, workers=1, force=True, reader=without_figures)
    ((kind, message, stage),) = rows(db, "SELECT kind, message, stage FROM problems")
    assert (kind, stage) == ("correction_lost", "review")
    assert "measure = saving" in message and "“£4,500”" in message
    ingest([papers], db, workers=1, force=True)
    assert rows(db, "SELECT * FROM problems") == []
    assert one(db, "SELECT measure FROM budget_figures WHERE raw = '£4,500'") == "saving"


def test_what_was_rejected_comes_back_when_it_is_accepted(db: Path) -> None:
    key = figure(db, "£4,500")
    before = rows(db, "SELECT * EXCLUDE (confidence, reviewed) FROM budget_figures ORDER BY figure_id")
    call("review", "reject", key, "--db", db)
    said = read(beside(db))[0].model_copy(update={"verdict": "accept"})
    append(beside(db), said)
    from pipeline.run import apply_corrections
    apply_corrections(db)
    assert rows(db, "SELECT * EXCLUDE (confidence, reviewed) FROM budget_figures ORDER BY figure_id") == before
    assert one(db, f"SELECT reviewed FROM budget_figures WHERE figure_id = '{key}'") == "accepted"


# the file


SAID: dict[str, Any] = {"verdict": "accept", "table": "options", "record_id": "o", "sha256": "s", "document": "d",
                        "char_start": 0, "char_end": 1, "words": "x"}


def test_a_line_that_was_cut_costs_itself_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "c.jsonl"
    append(file, Correction(**SAID))
    with file.open("a") as end:
        end.write('{"verdict": "acc')
    append(file, Correction(**{**SAID, "record_id": "p"}))
    assert [one.record_id for one in read(file)] == ["o", "p"]


def test_a_line_that_is_no_correction_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"verdict": "maybe"}\n')
    with pytest.raises(Damaged, match="line 1, is no correction"):
        read(tmp_path / "c.jsonl")
    assert read(tmp_path / "none.jsonl") == []


def test_the_last_word_on_a_field_holds() -> None:
    said = [{"verdict": "correct", "changes": {"status": "rejected", "label": "A"}},
            {"verdict": "correct", "changes": {"status": "preferred"}}, {"verdict": "accept"}]
    (last,) = summed(Correction(**{**SAID, **one}) for one in said)
    assert (last.verdict, last.changes) == ("correct", {"status": "preferred", "label": "A"})
    (last,) = summed(Correction(**{**SAID, **one}) for one in [*said, {"verdict": "reject"}])
    assert last.verdict == "reject"


def test_every_answer_is_on_the_disk_before_the_next_question(
    db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    synced: list[bytes] = []
    real = os.fsync
    monkeypatch.setattr(corrections.os, "fsync", lambda file: (synced.append(beside(db).read_bytes()), real(file)))
    call("review", "--db", db, "--below", "1.01", "--type", "figures", keys="a\nr\nq\n")
    assert [len(content.splitlines()) for content in synced[:1]] == [1]
    assert [one.verdict for one in read(beside(db))] == ["accept", "reject"]


# a session


def test_a_session(db: Path, tmp_path: Path) -> None:
    waiting = unsure(db, sort="figures", below=1.01)
    keys = "a\nc\nmeasure=wrong\nc\nmeasure=income; fund=Hall fund\ns\n"
    done = call("review", "--db", db, "--below", "1.01", "--type", "figures", keys=keys)
    assert done.exit_code == 0, done.output
    assert "1 of 3" in done.output and "measure cannot be 'wrong'" in done.output and "2 kept in" in done.output
    assert "»£30«" in done.output
    said = dict(rows(db, "SELECT figure_id, (reviewed, measure, fund)::VARCHAR FROM budget_figures"))
    assert said[waiting[1].record_id] == "(corrected, income, Hall fund)"
    assert rows(db, "SELECT count(*) FROM budget_figures WHERE reviewed = 'accepted'") == [(1,)]


def test_a_session_that_ends_with_the_input_keeps_what_was_said(db: Path) -> None:
    assert "1 kept in" in call("review", "--db", db, "--below", "1.01", "--type", "figures", keys="a\n").output
    assert one(db, "SELECT count(*) FROM reviews") == 1


def test_a_killed_review_loses_nothing(db: Path, papers: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", "--db", str(db), "--below", "1.01", "--type", "figures"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    assert process.stdin and process.stdout
    process.stdin.write("a\nr\n")
    process.stdin.flush()
    while "3 of 3" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [said.verdict for said in read(beside(db))] == ["accept", "reject"]
    assert one(db, "SELECT count(*) FROM reviews") == 0
    assert ingest([papers], db, workers=1).published
    assert rows(db, "SELECT verdict FROM reviews ORDER BY 1") == [("accepted",), ("rejected",)]
    assert not ingest([papers], db, workers=1).published


def test_a_file_of_corrections_elsewhere(db: Path, papers: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine" / "said.jsonl"
    key = figure(db, "£4,500")
    assert call("review", "--corrections", elsewhere, "correct", key, "measure=saving", "--db", db).exit_code == 0
    assert (len(read(elsewhere)), beside(db).exists()) == (1, False)
    assert call("ingest", papers, "--db", db, "--force", "--workers", 1, "--corrections", elsewhere).exit_code == 0
    assert one(db, f"SELECT measure FROM budget_figures WHERE figure_id = '{key}'") == "saving"


# gold


def test_what_was_reviewed_is_gold_that_scores_full(db: Path, tmp_path: Path) -> None:
    call("review", "correct", figure(db, "£4,500"), "measure=saving", "qualifier=up_to", "--db", db)
    call("review", "reject", figure(db, "£30"), "--db", db)
    decision = one(db, "SELECT resolution_id FROM resolution_clauses WHERE position = 2")
    call("review", "correct", f"{decision}/2", "action=delegate", "--db", db)
    call("review", "correct", decision, "mover=Cllr Marsh", "vote_for=4", "vote_against=1", "--db", db)
    for (item,) in rows(db, "SELECT item_id FROM agenda_items"):
        call("review", "accept", item, "--db", db)
    done = call("review", "export", tmp_path / "checked", "--db", db)
    assert "5 records of 1 documents" in done.output, done.output
    (file,) = (tmp_path / "checked" / "gold").glob("*.json")
    gold = json.loads(file.read_text())
    assert [(entry["raw"], entry.get("optional", False)) for entry in gold["budget_figures"]] == [
        ("£4,500", False), ("£30", True)]
    assert [entry["vote"] for entry in gold["resolutions"] if not entry.get("optional")] == [{"for": 4, "against": 1}]
    assert hashlib.sha256((tmp_path / "checked" / gold["document"]).read_bytes()).hexdigest() == one(
        db, "SELECT sha256 FROM documents")
    figures = evaluate(db, tmp_path / "checked" / "gold").figures()
    for kind, count in (("agenda_items", 3), ("resolutions", 1), ("budget_figures", 1)):
        assert (figures[kind]["f1"], figures[kind]["exact"], figures[kind]["found"]) == (1.0, 1.0, count)
    assert figures["resolutions"]["attributes"]["actions"] == [1, 1]


def test_gold_leaves_items_out_of_which_not_all_were_seen(db: Path, tmp_path: Path) -> None:
    (first,), *_ = rows(db, "SELECT item_id FROM agenda_items")
    call("review", "accept", first, "--db", db)
    call("review", "export", tmp_path / "checked", "--db", db)
    (file,) = (tmp_path / "checked" / "gold").glob("*.json")
    assert json.loads(file.read_text())["items"] is None


def test_a_paper_that_is_gone_is_told(db: Path, papers: Path, tmp_path: Path) -> None:
    call("review", "accept", figure(db, "£4,500"), "--db", db)
    (papers / "minutes.txt").rename(tmp_path / "minutes.txt")
    try:
        done = call("review", "export", tmp_path / "checked", "--db", db)
    finally:
        (tmp_path / "minutes.txt").rename(papers / "minutes.txt")
    assert "is gone or was changed" in done.output and "0 records of 0 documents" in done.output
