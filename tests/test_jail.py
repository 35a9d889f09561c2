"""The jail: what strangers ask reads nothing but the tables, writes nothing, ends in time, and harms nobody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from pipeline.store.jail import ONE_SELECT
from pipeline.store.query import Refused, ask

SECRET = "kept-from-strangers-7f3a"
SECONDS = 2.0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, another one, and a file that is nobody's business."""
    folder = tmp_path_factory.mktemp("jail")
    for name in ("papers.duckdb", "other.duckdb"):
        with duckdb.connect(str(folder / name)) as connection:
            connection.execute(
                "CREATE TABLE decisions AS SELECT range AS n, 'agreed ' || range AS text FROM range(1000)"
            )
    (folder / "secret.csv").write_text(f"a,b\n{SECRET},2\n")
    (folder / "secret.json").write_text(f'{{"a": "{SECRET}"}}')
    return folder


@pytest.fixture(autouse=True)
def nothing_changes(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder's files, names and bytes, are afterwards as they were; the environment holds the secret."""
    monkeypatch.setenv("MINUTEBOOK_SECRET", SECRET)
    monkeypatch.chdir(place)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    yield
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


ALL = "decisions a, decisions b, decisions c"
ATTACKS = {
    # writing
    "copy": "COPY decisions TO 'stolen.csv'",
    "copy over the log": "COPY decisions TO 'papers.duckdb.wal'",
    "copy explained": "EXPLAIN ANALYZE COPY decisions TO 'papers.duckdb.wal'",
    "copy explained with options": "EXPLAIN (ANALYZE, FORMAT JSON) COPY decisions TO 'papers.duckdb.wal'",
    "copy after a comment": "/* SELECT */ COPY decisions TO 'papers.duckdb.wal' -- SELECT 1",
    "copy from a database": "COPY FROM DATABASE papers TO memory",
    "export": "EXPORT DATABASE 'stolen'",
    "import": "IMPORT DATABASE 'stolen'",
    "delete": "DELETE FROM decisions",
    "update": "UPDATE decisions SET text = ''",
    "insert": "INSERT INTO decisions VALUES (1, 'x')",
    "insert within": "WITH gone AS (DELETE FROM decisions RETURNING *) SELECT * FROM gone",
    "create": "CREATE TABLE mine AS SELECT 1",
    "create a temporary table": "CREATE TEMP TABLE mine AS SELECT 1",
    "drop": "DROP TABLE decisions",
    "alter": "ALTER TABLE decisions DROP COLUMN text",
    "checkpoint": "CHECKPOINT",
    "force a checkpoint": "SELECT * FROM force_checkpoint()",
    "vacuum": "VACUUM",
    # reading files
    "read text": "SELECT * FROM read_text('secret.csv')",
    "read a system file": "SELECT * FROM read_text('/etc/passwd')",
    "read bytes": "SELECT * FROM read_blob('secret.csv')",
    "read csv": "SELECT * FROM read_csv('secret.csv')",
    "read json": "SELECT * FROM read_json('secret.json')",
    "read parquet": "SELECT * FROM read_parquet('secret.csv')",
    "read by name": "SELECT * FROM 'secret.csv'",
    "sniff": "SELECT * FROM sniff_csv('secret.csv')",
    "list files": "SELECT * FROM glob('*')",
    "parquet's metadata": "SELECT * FROM parquet_metadata('secret.csv')",
    "read through a text": "SELECT * FROM query('SELECT * FROM read_text(''secret.csv'')')",
    "read through a name": "SELECT * FROM query_table('secret.csv')",
    "read a database": "SELECT * FROM read_duckdb('other.duckdb', table_name := 'decisions')",
    "a standard stream": "SELECT * FROM read_csv('/dev/stdin')",
    "a process's environment": "SELECT * FROM read_text('/proc/self/environ')",
    # other databases, networks, extensions
    "attach": "ATTACH 'other.duckdb'",
    "detach": "DETACH papers",
    "use": "USE memory",
    "install": "INSTALL httpfs",
    "load": "LOAD httpfs",
    "a web address": "SELECT * FROM read_csv('https://127.0.0.1:9/a.csv')",
    "a bucket": "SELECT * FROM 's3://bucket/a.parquet'",
    "update extensions": "UPDATE EXTENSIONS",
    # settings
    "set": "SET memory_limit = '1TB'",
    "set globally": "SET GLOBAL enable_external_access = true",
    "reset": "RESET memory_limit",
    "pragma": "PRAGMA database_list",
    "pragma that sets": "PRAGMA enable_profiling = 'json'",
    "set a variable": "SET VARIABLE mine = 1",
    "call": "CALL enable_logging(storage = 'file', storage_path = 'stolen')",
    "log to a file": "SELECT * FROM enable_logging(storage = 'file', storage_path = 'stolen')",
    "profile to a file": "SELECT * FROM enable_profiling(save_location := 'stolen.json')",
    # statements in others' clothes
    "two": "SELECT 1; SELECT 2",
    "two, the second worse": "SELECT 1; COPY decisions TO 'stolen.csv'",
    "prepared": "PREPARE p AS SELECT 1",
    "executed": "EXECUTE p",
    "a transaction": "BEGIN TRANSACTION",
    "nothing": "",
    "a comment": "-- SELECT 1",
    "a semicolon": ";",
    "no SQL": "please tell me everything",
    "a null character": "SELECT 1 \0; DROP TABLE decisions",
    "half a surrogate": "SELECT '\ud800'",
    # the surroundings
    "secrets": "SELECT * FROM duckdb_secrets()",
    "the environment": "SELECT getenv('MINUTEBOOK_SECRET')",
    # too much
    "a long text": "SELECT repeat('x', 4000000000)",
    "long texts": "SELECT length(repeat(repeat('x', 1000000), 1000000))",
    "padding": "SELECT lpad('x', 2000000000, 'y')",
    "a recursion without end": "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
    "a cross join of all": f"SELECT count(*) FROM {ALL}, decisions d WHERE a.n + b.n < c.n * d.n",
    "a list of all": f"SELECT list(a.text || b.text || c.text) FROM {ALL}",
    "a text of all": f"SELECT string_agg(a.text || b.text || c.text, '') FROM {ALL}",
    "a long range": "SELECT range(10000000000)",
    "a sort of much": "SELECT * FROM range(100000000000) t(n) ORDER BY hash(n)",
    "a sum of much": "SELECT sum(hash(n)) FROM range(1000000000000) t(n)",
    "a great answer": "SELECT a.n, repeat('x', 1000) AS x FROM decisions a, decisions b",
    "a great key": "SELECT n, count(*) FROM range(10000000000) t(n) GROUP BY n",
    "a slow pattern":
        "SELECT count(*) FROM range(100000000) t(n) WHERE regexp_matches(repeat('a', 2000) || n, '(a?){90}a{90}$')",
    "a great pattern": "SELECT regexp_matches('x', '((a{100}){100}){100}')",
    "brackets without end": "SELECT " + "(" * 40_000 + "1" + ")" * 40_000,
    "operators without end": "SELECT 1" + " + 1" * 20_000,
    "a long question": "SELECT '" + "x" * 200_000 + "'",
    "many columns": "SELECT " + ", ".join(f"{n}" for n in range(30_000)) + " FROM range(100000000)",
    "nested lists":
        "SELECT list_transform(range(100000), lambda x: list_transform(range(100000), lambda y: x * y))",
}
TAKES_TIME = "takes longer than 2 seconds"
MEMORY = "needs more memory"


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_refused_in_time(place: Path, name: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refused, ask(place / "papers.duckdb", ATTACKS[name], SECONDS) as answer:
        for _ in answer.rows():
            pass
    assert time.monotonic() - started < 5 * SECONDS
    said = str(refused.value)
    assert SECRET not in said
    assert 10 < len(said) < 5_000
    assert "Traceback" not in said


@pytest.mark.parametrize(("name", "says"), [
    ("copy", ONE_SELECT), ("copy explained", ONE_SELECT), ("set", ONE_SELECT), ("two", ONE_SELECT),
    ("nothing", ONE_SELECT),
    ("a recursion without end", TAKES_TIME), ("a sum of much", TAKES_TIME), ("a long text", MEMORY),
    ("a long question", "longer than 100,000 characters"), ("brackets without end", "brackets within brackets"),
    ("no SQL", "minutebook schema"),
])
def test_refusals_say_what_to_do(place: Path, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says), ask(place / "papers.duckdb", ATTACKS[name], SECONDS) as answer:
        list(answer.rows())


def test_answer_has_a_size(place: Path) -> None:
    sql = ATTACKS["a great answer"]
    with pytest.raises(Refused, match="larger than 512 MB"), ask(place / "papers.duckdb", sql) as a:
        for _ in a.batches():
            pass


def test_what_can_be_read_of_the_surroundings_is_no_secret(place: Path) -> None:
    for sql in ("FROM duckdb_settings()", "FROM duckdb_databases()", "FROM duckdb_variables()"):
        with ask(place / "papers.duckdb", sql) as answer:
            assert SECRET not in str(list(answer.rows()))


@pytest.mark.parametrize("sql", ["EXPLAIN SELECT 1", "EXPLAIN ANALYZE SELECT count(*) FROM decisions",
                                 "-- how many\nSELECT count(*) FROM decisions;", "DESCRIBE decisions", "VALUES (1)"])
def test_honest_questions_are_answered(place: Path, sql: str) -> None:
    with ask(place / "papers.duckdb", sql) as answer:
        assert list(answer.rows())


def test_values_come_out_as_they_went_in(place: Path) -> None:
    sql = """SELECT 1::TINYINT, sum(n)::HUGEINT, 1.50::DECIMAL(9,2), DATE '2024-05-02', TIME '18:30', NULL, [1, 2],
             {'a': 1}, true, 0.5::DOUBLE, 'é“£' FROM decisions"""
    with ask(place / "papers.duckdb", sql) as answer:
        ((*values,),) = answer.rows()
    assert [str(v) for v in values] == ["1", "499500", "1.50", "2024-05-02", "18:30:00", "None", "[1, 2]", "{'a': 1}",
                                        "True", "0.5", "é“£"]
    assert isinstance(values[1], int)


def test_answer_that_is_left_half_read_ends_its_process(place: Path) -> None:
    started = time.monotonic()
    with ask(place / "papers.duckdb", "SELECT text FROM decisions, range(100000)") as answer:
        assert len(list(islice(answer.rows(), 3))) == 3
    assert time.monotonic() - started < 10


def test_failure_on_the_way_is_no_short_answer(place: Path) -> None:
    """The millionth row fails: the rows before it must not look like all of them."""
    sql = "SELECT CASE WHEN n < 900000 THEN n ELSE error('too far') END FROM range(1000000) t(n)"
    with pytest.raises(Refused, match="too far"), ask(place / "papers.duckdb", sql) as answer:
        list(answer.rows())
