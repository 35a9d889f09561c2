"""Databases that earlier versions made: each opens, is brought up to date by the next run, and keeps its reviews.

`tests/databases` holds one of each earlier shape, made by the code of its day from two papers of the corpus.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import faulty_readers
import pytest
from command_line import call
from starlette.testclient import TestClient

from pipeline import run
from pipeline.store.schema import TABLES, columns
from pipeline.web.app import application

HERE = Path(__file__).parent / "databases"
EARLIER = sorted(path.name.removesuffix(".duckdb.gz") for path in HERE.glob("*.duckdb.gz"))
CORPUS = Path(__file__).parent.parent / "corpus"
PAPERS = ("calderbrook/minutes-2024-11-19.docx", "kirkmoray/roads-report-2023-06-08.pdf")
ACCEPTED, REJECTED, CORRECTED = (
    "resolution-edfada397fb2daa5", "resolution-f94000f238feb62e", "figure-2421259430cc4812")
Unpack = Callable[[str], Path]


@pytest.fixture
def unpack(tmp_path: Path) -> Unpack:
    """Lays an earlier database in a folder of its own, with what people said beside it."""
    def unpacked(name: str) -> Path:
        db = tmp_path / "old" / f"{name}.duckdb"
        db.parent.mkdir()
        db.write_bytes(gzip.decompress((HERE / f"{name}.duckdb.gz").read_bytes()))
        said = HERE / f"{name}.corrections.jsonl"
        if said.exists():
            shutil.copy(said, db.parent)
        return db
    return unpacked


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A folder with another paper."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "new.txt").write_text("That the old database be kept.")
    return folder


def ask(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("name", EARLIER)
def test_earlier_database_answers_as_it_is(unpack: Unpack, name: str) -> None:
    db = unpack(name)
    result = call("query", "SELECT count(*) AS n FROM decisions", "--db", db, "--format", "csv")
    assert (result.exit_code, result.output.split()[0]) == (0, "n")
    assert int(result.output.split()[1]) >= 4
    made = call("export", db.parent / "out", "--db", db)
    assert made.exit_code == 2
    assert "older version" in made.output


@pytest.mark.parametrize("name", EARLIER)
def test_next_run_brings_it_up_to_date_and_keeps_every_row(unpack: Unpack, other: Path, name: str) -> None:
    db = unpack(name)
    before = ask(db, "SELECT document_id, kind, title FROM documents ORDER BY ALL")
    decided = ask(db, "SELECT resolution_id, text FROM resolutions ORDER BY ALL")
    figures = ask(db, "SELECT figure_id, raw, amount FROM budget_figures ORDER BY ALL")
    assert run.ingest([other], db, reader=faulty_readers.read, workers=1).ingested == 1
    told = {(t, c) for t, c in ask(db, "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")}
    assert {(table.table, column.name) for table in TABLES for column in columns(table)} <= told
    kept = ask(db, "SELECT document_id, kind, title FROM documents WHERE path LIKE '/papers/%' ORDER BY ALL")
    assert kept == before
    assert set(decided) - set(ask(db, "SELECT resolution_id, text FROM resolutions")) == set()
    assert ask(db, "SELECT figure_id, raw, amount FROM budget_figures ORDER BY ALL") == figures
    assert ask(db, "SELECT count(*) > 0 FROM search('budget')") == [(True,)]
    assert ask(db, "SELECT count(*) FROM pii") == [(0,)]
    assert call("export", db.parent / "out", "--db", db).exit_code == 0
    assert TestClient(application(db)).get("/", params={"q": "budget"}).status_code == 200


def test_reviews_outlive_the_change(unpack: Unpack, other: Path) -> None:
    db = unpack("5-reviews")
    verdicts = "SELECT record_id, verdict FROM reviews ORDER BY ALL"
    before = ask(db, verdicts)
    assert before == [(CORRECTED, "corrected"), (ACCEPTED, "accepted"), (REJECTED, "rejected")]
    run.ingest([other], db, reader=faulty_readers.read, workers=1)
    assert ask(db, verdicts) == before
    assert ask(db, f"SELECT measure, reviewed FROM budget_figures WHERE figure_id = '{CORRECTED}'") == [
        ("reserve", "corrected")]
    assert ask(db, f"SELECT count(*) FROM resolutions WHERE resolution_id = '{REJECTED}'") == [(0,)]
    assert ask(db, "SELECT kind FROM problems WHERE stage = 'review'") == []


def test_reviews_hold_when_todays_code_reads_the_papers_again(unpack: Unpack, tmp_path: Path) -> None:
    db, folder = unpack("5-reviews"), tmp_path / "papers"
    folder.mkdir()
    for paper in PAPERS:
        shutil.copy(CORPUS / paper, folder)
    assert run.ingest([folder], db, workers=1).ingested == 2
    assert ask(db, "SELECT verdict FROM reviews ORDER BY ALL") == [("accepted",), ("corrected",), ("rejected",)]
    assert ask(db, f"SELECT measure, reviewed FROM budget_figures WHERE figure_id = '{CORRECTED}'") == [
        ("reserve", "corrected")]
    assert ask(db, f"SELECT reviewed FROM resolutions WHERE resolution_id = '{ACCEPTED}'") == [("accepted",)]
    assert ask(db, f"SELECT count(*) FROM resolutions WHERE resolution_id = '{REJECTED}'") == [(0,)]
