"""The command: its forms, its exit statuses, its answers. Scripts call it, so that these are fixed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from command_line import call

from pipeline.cli import main

MINUTES = """\
ASHBOURNE VALE BOROUGH COUNCIL

CABINET

Minutes of the meeting held on Thursday 2 May 2024 at 6.30 pm in the Guildhall, Ashbourne

Present: Councillor A. Marsh (Chair) and Councillor B. Reed

1. Apologies for absence

There were no apologies.

2. Home care contract

The Cabinet considered a report on the home care contract.

RESOLVED: That the home care contract be awarded to Fern Care Ltd for £1.2m a year.
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one set of minutes."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "minutes.txt").write_text(MINUTES)
    return folder


@pytest.fixture(scope="module")
def ingested(papers: Path) -> tuple[Path, Result]:
    """The database of that folder, and what the command said."""
    db = papers.parent / "minutes.duckdb"
    return db, call("ingest", papers, "--db", db, "--workers", 1)


@pytest.fixture(scope="module")
def db(ingested: tuple[Path, Result]) -> Path:
    """The database of that folder."""
    return ingested[0]


def test_ingest_ends_with_tables(ingested: tuple[Path, Result], papers: Path) -> None:
    _, result = ingested
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert "minutes 1 0" in words
    assert "agenda items 2" in words
    assert "1 files seen: 1 read, 0 unchanged, 0 failed" in words
    assert "minutebook query" in words
    assert "1 documents to read" in result.stderr
    assert "documents to read" not in result.stdout


def test_second_ingest_reads_nothing(db: Path, papers: Path) -> None:
    before = db.read_bytes()
    result = call("ingest", papers, "--db", db)
    assert result.exit_code == 0
    assert "0 read, 1 unchanged" in result.stdout
    assert db.read_bytes() == before


def test_decisions_of_a_tiny_document(db: Path) -> None:
    result = call("query", "SELECT body, held_on, item, kind, text FROM decisions", "--db", db, "--format", "json")
    assert json.loads(result.stdout) == [{
        "body": "Cabinet", "held_on": "2024-05-02", "item": "2", "kind": "resolved",
        "text": "That the home care contract be awarded to Fern Care Ltd for £1.2m a year.",
    }]


def test_file_that_fails_ends_with_status_1(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "good.txt").write_text(MINUTES)
    (tmp_path / "papers" / "bad.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    result = call("ingest", tmp_path / "papers", "--db", tmp_path / "a.duckdb", "--workers", 1)
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert "2 files seen: 1 read, 0 unchanged, 1 failed" in words
    assert "bad.pdf" in words
    problems = call("query", "SELECT path, message FROM problems", "--db", tmp_path / "a.duckdb", "--format", "csv")
    assert "bad.pdf" in problems.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ingest"], "Missing argument 'FOLDER...'"),
        (["ingest", "no-such-folder"], "does not exist"),
        (["ingest", ".", "--workers", "0"], "--workers"),
        (["query", "SELECT 1", "--db", "none.duckdb"], "minutebook ingest FOLDER"),
        (["query", "SELECT 1", "--format", "xml"], "xml"),
        (["explain", "figure-1", "--db", "none.duckdb"], "minutebook ingest FOLDER"),
        (["evaluate", "no-such-folder"], "does not exist"),
        (["schema", "--format", "xml"], "xml"),
        (["dance"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_status_2(arguments: list[str], says: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize("sql", ["SELECT nothing FROM nowhere", "DROP TABLE documents", "SELECT 1; SELECT 2"])
def test_bad_question_ends_with_status_2(db: Path, sql: str) -> None:
    result = call("query", sql, "--db", db)
    assert result.exit_code == 2
    assert result.stdout == ""


QUESTION = ("SELECT * FROM (VALUES (1, 'Fern, \"Oak\" [and] Ash', DATE '2024-05-02', 1.50::DECIMAL(18,2)), "
            "(2, NULL, NULL, NULL)) AS t(number, name, day, amount)")


def test_a_row_of_many_columns_is_printed_a_column_a_line(db: Path) -> None:
    many = ", ".join(f"{n} AS c{n}" for n in range(30))
    answer = call("query", f"SELECT {many}, NULL AS nothing", "--db", db).stdout
    lines = [line.strip() for line in answer.splitlines()]
    assert lines[:3] == ["c0  0", "c1  1", "c2  2"]
    assert not any("nothing" in line for line in lines)
    assert lines[-1] == "1 row"


def test_table(db: Path) -> None:
    lines = call("query", QUESTION, "--db", db).stdout.splitlines()
    assert lines[1].split() == ["number", "name", "day", "amount"]
    assert lines[3].split() == ["1", "Fern,", '"Oak"', "[and]", "Ash", "2024-05-02", "1.50"]
    assert lines[4].split() == ["2"]
    assert lines[-1] == "2 rows"


def test_csv(db: Path) -> None:
    rows = list(csv.reader(io.StringIO(call("query", QUESTION, "--db", db, "--format", "csv").stdout)))
    assert rows == [["number", "name", "day", "amount"], ["1", 'Fern, "Oak" [and] Ash', "2024-05-02", "1.50"],
                    ["2", "", "", ""]]


def test_json(db: Path) -> None:
    assert json.loads(call("query", QUESTION, "--db", db, "--format", "json").stdout) == [
        {"number": 1, "name": 'Fern, "Oak" [and] Ash', "day": "2024-05-02", "amount": 1.5},
        {"number": 2, "name": None, "day": None, "amount": None},
    ]
    assert json.loads(call("query", "SELECT 1 WHERE false", "--db", db, "--format", "json").stdout) == []


def test_parquet(db: Path, tmp_path: Path) -> None:
    output = tmp_path / "answer.parquet"
    assert call("query", QUESTION, "--db", db, "--format", "parquet", "--output", output).exit_code == 0
    table = pq.read_table(output)
    assert table.column("number").to_pylist() == [1, 2]
    assert str(table.schema.field("amount").type) == "decimal128(18, 2)"
    assert call("query", QUESTION, "--db", db, "--format", "parquet").exit_code == 2


def test_output_goes_to_a_file(db: Path, tmp_path: Path) -> None:
    output = tmp_path / "answer.csv"
    result = call("query", QUESTION, "--db", db, "--format", "csv", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text().startswith("number,name,day,amount\n1,")
    assert call("query", QUESTION, "--db", db, "--output", tmp_path / "no" / "where").exit_code == 2


def test_explain(db: Path) -> None:
    key = json.loads(call("query", "SELECT resolution_id FROM decisions", "--db", db, "--format", "json").stdout)
    result = call("explain", key[0]["resolution_id"], "--db", db)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "RESOLVED: »That the home care contract be awarded to Fern Care Ltd for £1.2m a year.«" in words
    assert "agenda item 2 Home care contract" in words
    assert call("explain", key[0]["resolution_id"], "--db", db, "--image", "page.png").exit_code == 2
    assert call("explain", "resolution-none", "--db", db).exit_code == 2


def test_schema() -> None:
    assert "## resolutions" in call("schema").stdout
    assert json.loads(call("schema", "--format", "json").stdout)["title"] == "Minutebook"


def test_evaluate(db: Path, papers: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold" / "minutes.json"
    gold.parent.mkdir()
    (tmp_path / "minutes.txt").write_text(MINUTES)
    gold.write_text(json.dumps({
        "document": "minutes.txt", "kind": "minutes", "council": None, "body": "Cabinet", "held_on": "2024-05-02",
        "items": [{"number": "1", "title": "Apologies for absence"}, {"number": "2", "title": "Home care contract"}],
        "resolutions": None, "budget_figures": None, "options": None, "services": None,
    }))
    figures = tmp_path / "figures.json"
    result = call("evaluate", gold.parent, "--db", db, "--json", figures)
    assert result.exit_code == 0
    assert "1 gold documents, 0 of them not in the database" in result.stdout
    measured = json.loads(figures.read_text())
    assert measured["agenda_items"]["f1"] == 1.0
    assert measured["header"]["attributes"] == {"body": [1, 1], "held_on": [1, 1], "kind": [1, 1]}
    assert measured["councils"][f"({tmp_path.name})"]["agenda_items"]["found"] == 2


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help_teaches_by_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"\n  minutebook {command}" in result.stdout


def test_forms_are_those_that_scripts_call() -> None:
    forms = {
        name: {option for parameter in command.params if isinstance(parameter, click.Option)
               for option in parameter.opts if option.startswith("--")}
        for name, command in main.commands.items()
    }
    assert forms["ingest"] >= {"--db", "--workers", "--force"}
    assert forms["query"] >= {"--db", "--format", "--output"}
    assert forms["explain"] >= {"--db", "--image"}
    assert forms["evaluate"] >= {"--db", "--json"}
    assert forms["schema"] >= {"--format"}


def test_help_imports_nothing_heavy() -> None:
    heavy = {"spacy", "pyarrow", "duckdb", "pypdfium2", "pdfplumber", "pydantic", "rich", "numpy", "lxml", "yaml"}
    code = ("import sys\nfrom pipeline.cli import main\n"
            "try:\n main(['--help'])\nexcept SystemExit: pass\nprint(' '.join(sys.modules))")
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert heavy & set(loaded.splitlines()[-1].split()) == set()


def test_table_of_too_many_rows_shows_the_first(db: Path) -> None:
    lines = call("query", "FROM range(100000)", "--db", db).stdout.splitlines()
    assert lines[0].startswith("More than 5,000 rows are not for reading: use --format csv")
    assert lines[-1] == "10 rows"
    rows = call("query", "FROM range(6000)", "--db", db, "--format", "csv").stdout.splitlines()
    assert len(rows) == 6001
