"""Exports and the difference of two databases: what other programs read is what the database holds."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from command_line import call
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.export import FORMATS
from pipeline.store import cells, export
from pipeline.store.query import ask


@pytest.fixture(scope="module")
def db(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, with a title and a decision that a spreadsheet would take for formulas."""
    copy = tmp_path_factory.mktemp("export") / "copy.duckdb"
    shutil.copy(corpus_db, copy)
    with duckdb.connect(str(copy)) as connection:
        for table, key in (("agenda_items", "item_id"), ("resolutions", "resolution_id")):
            column = "title" if table == "agenda_items" else "text"
            connection.execute(f"UPDATE {table} SET {column} = $1 WHERE {key} = (SELECT min({key}) FROM {table})",
                               ['=HYPERLINK("http://127.0.0.1/"&A1,"here")'])
    return copy


@pytest.fixture(scope="module")
def exported(db: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each format."""
    folders = {}
    for form in FORMATS:
        folders[form] = tmp_path_factory.mktemp(form) / "out"
        result = call("export", folders[form], "--db", db, "--format", form)
        assert result.exit_code == 0, result.output
    return folders


def counts(db: Path) -> dict[str, int]:
    """Rows in each table and view that goes out."""
    with duckdb.connect(str(db), read_only=True) as connection:
        names = export.Source(connection).names()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0] for name in names}


def test_formats_of_command_and_library_are_the_same() -> None:
    assert set(FORMATS) == set(export.FORMS)


def test_every_row_goes_out(db: Path, exported: dict[str, Path]) -> None:
    held = counts(db)
    assert held["decisions"] > 200
    lite = sqlite3.connect(exported["sqlite"] / "minutebook.sqlite")
    for name, count in held.items():
        with (exported["csv"] / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream)) == count + 1, name
        assert len((exported["jsonl"] / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()) == count, name
        assert pq.read_metadata(exported["parquet"] / f"{name}.parquet").num_rows == count, name
        assert lite.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (count,), name
    lite.close()


def test_values_in_csv(exported: dict[str, Path]) -> None:
    with (exported["csv"] / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["council"] == "Hollinmere" and row["vote_for"] == "18"]
    (row,) = rows
    assert (row["held_on"], row["vote_against"], row["unanimous"], row["body"]) == ("2025-03-04", "19", "", "Council")
    assert json.loads(row["actions"])


def test_formulas_are_text(exported: dict[str, Path]) -> None:
    for form in ("csv", "frictionless"):
        with (exported[form] / "agenda_items.csv").open(encoding="utf-8", newline="") as stream:
            titles = [row["title"] for row in csv.DictReader(stream)]
        assert [t for t in titles if "HYPERLINK" in t] == ['\'=HYPERLINK("http://127.0.0.1/"&A1,"here")']
        assert not any(t.startswith(("=", "+", "-", "@")) for t in titles)
    with zipfile.ZipFile(exported["xlsx"] / "minutebook.xlsx") as book:
        sheets = {name: book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name}
    assert sum("HYPERLINK" in sheet for sheet in sheets.values()) >= 2
    assert not any(re.search(r"<f[ >]|<hyperlink", sheet) for sheet in sheets.values())


@given(st.text())
def test_no_text_is_left_that_begins_a_formula(text: str) -> None:
    told = cells.harmless(text)
    assert told in (text, f"'{text}")
    assert not told.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_data_package_is_valid(exported: dict[str, Path]) -> None:
    package = Package(str(exported["frictionless"] / "datapackage.json"))
    report = package.validate()
    assert report.flatten(["name", "type", "message"]) == []
    figures = package.get_resource("budget-figures").schema
    assert figures.get_field("amount").type == "number"
    assert figures.get_field("raw").description == "As printed."
    assert figures.primary_key == ["figure_id"]


def test_civic_data(exported: dict[str, Path]) -> None:
    events: list[dict[str, Any]] = json.loads((exported["ocd"] / "events.json").read_text(encoding="utf-8"))
    votes: list[dict[str, Any]] = json.loads((exported["ocd"] / "votes.json").read_text(encoding="utf-8"))
    assert len({event["id"] for event in events}) == len(events)
    (council,) = [event for event in events if event["start_date"].startswith("2025-03-04")]
    assert re.fullmatch(r"ocd-event/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", council["id"])
    assert (council["name"], council["timezone"], council["classification"]) == ("Council", "Europe/London", "meeting")
    assert [item["description"] for item in council["agenda"]] == ["Minutes", "Budget 2025/26"]
    lost, carried = sorted((v for v in votes if v["event_id"] == council["id"]), key=lambda v: v["result"])
    assert (lost["result"], carried["result"]) == ("fail", "pass")
    assert lost["counts"] == [{"option": "yes", "value": 18}, {"option": "no", "value": 19},
                              {"option": "abstain", "value": 0}]
    assert lost["organization"] == {"name": "Council"}


def test_sqlite_has_full_text_search_and_descriptions(exported: dict[str, Path]) -> None:
    lite = sqlite3.connect(exported["sqlite"] / "minutebook.sqlite")
    found = lite.execute("SELECT p.record, p.text FROM search_passages_fts f JOIN search_passages p "
                         "ON p.passage = f.rowid WHERE search_passages_fts MATCH '\"bus gate\"'").fetchall()
    assert any("Mill Street" in text for _, text in found)
    assert lite.execute("SELECT amount, typeof(amount) FROM budget_figures WHERE raw = '£921.6m'").fetchall() == [
        (921600000.0, "real")]
    lite.close()
    told = json.loads((exported["sqlite"] / "metadata.json").read_text())["databases"]["minutebook"]["tables"]
    assert told["resolutions"]["columns"]["mover"] == "Who moved it, as printed."


def test_wrong_use(tmp_path: Path, db: Path) -> None:
    (tmp_path / "file").write_text("")
    assert call("export", tmp_path / "out", "--db", tmp_path / "none.duckdb").exit_code == 2
    assert call("export", tmp_path / "file" / "out", "--db", db).exit_code == 2
    assert call("export", tmp_path / "out", "--db", db, "--format", "doc").exit_code == 2


# difference


def test_nothing_differs_from_itself(db: Path) -> None:
    result = call("diff", db, db)
    assert (result.exit_code, result.stdout) == (0, "0 added, 0 removed, 0 changed.\n")


def test_difference(db: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.duckdb"
    shutil.copy(db, new)
    with ask(db, "SELECT resolution_id FROM decisions WHERE vote_for = 18 AND vote_against = 19") as answer:
        ((lost,),) = answer.rows()
    with duckdb.connect(str(new)) as connection:
        connection.execute("UPDATE resolutions SET vote_for = 20, kind = 'agreed' WHERE resolution_id = $1", [lost])
        connection.execute("UPDATE documents SET ingested_at = now()")
        connection.execute("DELETE FROM problems")
        connection.execute("INSERT INTO services BY NAME SELECT 'lamps' AS service_id, 'lamps' AS name")
    lines = call("diff", db, new).stdout.splitlines()
    assert lines[0].startswith(f"~ resolutions {lost} [kind, vote_for] That £35,000 be moved from the contingency")
    assert lines[1] == "+ services lamps lamps"
    assert lines[-1] == "1 added, 0 removed, 1 changed."
    back = call("diff", new, db, "--format", "json")
    assert back.exit_code == 1
    assert {(one["table"], one["change"], one["record_id"]) for one in json.loads(back.stdout)} == {
        ("resolutions", "changed", lost), ("services", "removed", "lamps")}
    assert call("diff", db, new, "--format", "csv").stdout.splitlines()[0] == "table,change,record_id,columns,words"


def test_difference_of_what_is_no_database(db: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database")
    assert call("diff", db, tmp_path / "none.duckdb").exit_code == 2
    assert call("diff", tmp_path / "text", db).exit_code == 2
