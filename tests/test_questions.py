"""The questions: each answers on the corpus with the rows that a reader of its papers found by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.store.questions import NoSuchQuestion, Question, question, questions

EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())


@pytest.fixture(scope="module")
def connection(corpus_db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The corpus, in a plain client."""
    with duckdb.connect(str(corpus_db), read_only=True) as opened:
        yield opened


def same(found: object, value: object) -> bool:
    """Whether two values are the same as text, money with or without its pence."""
    one, other = str(found), str(value)
    return one == other or (one.endswith(".00") and one[:-3] == other.removesuffix(".0"))


@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.id)
def test_answer_holds_what_the_papers_say(connection: duckdb.DuckDBPyConnection, asked: Question) -> None:
    cursor = connection.execute(asked.sql)
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def present(wanted: dict[str, Any]) -> bool:
        return any(
            all(str(value) in str(row[key[:-1]]) if key.endswith("~") else same(row[key], value)
                for key, value in wanted.items())
            for row in rows
        )

    for wanted in EXPECTED[asked.id]:
        if "none" in wanted:
            assert not present(wanted["none"]), wanted
        else:
            assert present(wanted), f"{wanted} is not among {rows}"


def test_there_are_thirty_and_each_has_its_rows() -> None:
    assert len(questions()) >= 30
    assert {one.id for one in questions()} == set(EXPECTED)
    assert len({one.title for one in questions()}) == len(questions())
    assert all(one.title.endswith("?") and one.why.endswith(".") for one in questions())


def test_found_by_number_and_name() -> None:
    assert question("5") is question("came-back-late")
    with pytest.raises(NoSuchQuestion, match="came-back-late"):
        question("late")


def test_command(corpus_db: Path) -> None:
    run = CliRunner().invoke
    assert "came-back-late" in run(main, ["questions"]).stdout
    assert "days_late > 0" in run(main, ["questions", "5", "--sql"]).stdout
    answer = run(main, ["questions", "lost-by-one", "--db", str(corpus_db), "--format", "csv"])
    assert answer.exit_code == 0
    found = [line for line in answer.stdout.splitlines() if line.startswith("Hollinmere,Council,2025-03-04,18,19,")]
    assert len(found) == 1
    assert answer.stderr.startswith("Which votes were lost by one?")
    assert run(main, ["questions", "nonesuch"]).exit_code == 2
