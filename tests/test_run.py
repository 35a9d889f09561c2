"""A run: what is read, what is not read twice, and what a document that misbehaves costs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import faulty_readers
import pytest

from pipeline import run
from pipeline.run import Busy, Summary, Watcher
from pipeline.store.publish import NotOurs
from pipeline.store.schema import TABLES
from pipeline.workers import Limits, Receipt

CLOCKS = {"runs"}
"""Tables that tell of runs and not of papers."""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of three papers, one of them in a folder of its own."""
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("That the budget be approved.")
    (folder / "b.txt").write_text("That the report be noted.")
    (folder / "deep" / "c.txt").write_text("That the contract be awarded.")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the database will be, in a folder that does not exist yet."""
    return tmp_path / "out" / "test.duckdb"


def ingest(papers: Path, db: Path, **options: Any) -> Summary:
    """A run with the stand-in reader."""
    return run.ingest([papers], db, reader=faulty_readers.read, **{"workers": 1, **options})


def ask(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rows(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sorted, but for the runs."""
    return {t.table: ask(db, f'FROM "{t.table}" ORDER BY ALL') for t in TABLES if t.table not in CLOCKS}


def calls(folder: Path) -> list[str]:
    """Names of the documents that were read in this folder (not below it), in order of reading."""
    return (folder / faulty_readers.CALLS).read_text().split()


def problems(db: Path) -> list[tuple[Any, ...]]:
    """Name and kind of each problem."""
    return ask(db, "SELECT regexp_extract(path, '[^/]*$'), kind FROM problems ORDER BY ALL")


def texts(db: Path) -> list[str]:
    """The decisions."""
    return [text for (text,) in ask(db, "SELECT text FROM decisions ORDER BY text")]


def test_folder_becomes_database(papers: Path, db: Path) -> None:
    summary = ingest(papers, db)
    assert (summary.seen, summary.ingested, summary.unchanged, summary.failed) == (3, 3, 0, 0)
    assert (summary.pages, summary.published) == (3, True)
    assert texts(db) == ["That the budget be approved.", "That the contract be awarded.", "That the report be noted."]
    assert ask(db, "SELECT seen, ingested, unchanged, failed FROM runs") == [(3, 3, 0, 0)]
    assert sorted(p.name for p in db.parent.iterdir()) == [".test.duckdb.lock", "test.duckdb"]


def test_second_run_reads_nothing_and_leaves_the_file_alone(papers: Path, db: Path) -> None:
    ingest(papers, db)
    before = db.read_bytes(), db.stat().st_mtime_ns
    summary = ingest(papers, db)
    assert (summary.unchanged, summary.seen, summary.published) == (3, 3, False)
    assert calls(papers) == ["a.txt", "b.txt"]
    assert (db.read_bytes(), db.stat().st_mtime_ns) == before


def test_touched_file_changes_no_row_but_its_time(papers: Path, db: Path) -> None:
    ingest(papers, db)
    before = rows(db)
    os.utime(papers / "a.txt", (1_000_000_000, 1_000_000_000))
    summary = ingest(papers, db)
    assert (summary.unchanged, calls(papers)) == (3, ["a.txt", "b.txt"])
    after = rows(db)
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"document_paths"}


def test_changed_file_replaces_its_records(papers: Path, db: Path) -> None:
    ingest(papers, db)
    (papers / "a.txt").write_text("That the budget be refused.")
    summary = ingest(papers, db)
    assert (summary.ingested, summary.unchanged) == (1, 2)
    assert texts(db) == ["That the budget be refused.", "That the contract be awarded.", "That the report be noted."]
    for table in ("documents", "pages", "resolutions", "meeting_statements", "meetings", "readings", "document_paths"):
        assert ask(db, f"SELECT count(*) FROM {table}") == [(3,)], table


def test_same_bytes_under_two_names_are_one_document(papers: Path, db: Path) -> None:
    (papers / "aa.txt").write_bytes((papers / "a.txt").read_bytes())
    summary = ingest(papers, db)
    assert (summary.seen, summary.ingested) == (4, 4)
    assert calls(papers) == ["a.txt", "b.txt"]
    assert ask(db, "SELECT count(*) FROM documents") == [(3,)]
    paths = ask(db, "SELECT d.path, p.path FROM documents d JOIN document_paths p USING (document_id) "
                    "WHERE d.title = 'a' ORDER BY ALL")
    assert paths == [(str(papers / "a.txt"), str(papers / "a.txt")), (str(papers / "a.txt"), str(papers / "aa.txt"))]


def test_renamed_file_is_the_same_document(papers: Path, db: Path) -> None:
    ingest(papers, db)
    (papers / "a.txt").rename(papers / "z.txt")
    summary = ingest(papers, db)
    assert (summary.ingested, summary.unchanged) == (0, 3)
    assert ask(db, "SELECT path FROM documents WHERE title = 'a'") == [(str(papers / "z.txt"),)]
    assert ask(db, "SELECT count(*) FROM document_paths") == [(3,)]


def test_records_outlive_their_file_until_force(papers: Path, db: Path) -> None:
    ingest(papers, db)
    (papers / "a.txt").unlink()
    summary = ingest(papers, db)
    assert (summary.seen, summary.gone, len(texts(db))) == (2, 1, 3)
    summary = ingest(papers, db, force=True)
    assert (summary.ingested, summary.gone) == (2, 1)
    assert texts(db) == ["That the contract be awarded.", "That the report be noted."]


def test_other_folders_stay_in_the_database(papers: Path, db: Path, tmp_path: Path) -> None:
    ingest(papers, db)
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.txt").write_text("That a grant be paid.")
    summary = ingest(other, db, force=True)
    assert (summary.seen, summary.gone) == (1, 0)
    assert len(texts(db)) == 4


def test_force_reads_again(papers: Path, db: Path) -> None:
    ingest(papers, db)
    before = rows(db)
    summary = ingest(papers, db, force=True)
    assert summary.ingested == 3
    assert calls(papers) == ["a.txt", "b.txt", "a.txt", "b.txt"]
    assert rows(db) == before


def test_another_version_reads_again(papers: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(papers, db)
    monkeypatch.setattr(run, "version", lambda: "another")
    monkeypatch.setattr(run, "version_with_tools", lambda: "another/tesseract")
    assert ingest(papers, db).ingested == 3


def test_number_of_workers_changes_no_row(papers: Path, db: Path, tmp_path: Path) -> None:
    ingest(papers, db)
    other = tmp_path / "other.duckdb"
    ingest(papers, other, workers=3)
    assert rows(db) == rows(other)


class Stopped(Exception):
    """Stands for whatever ends a run before its time."""


class StopAfterOne(Watcher):
    """Ends the run when one document is read."""

    def read(self, receipt: Receipt) -> None:
        raise Stopped


def test_stopped_run_leaves_the_database_and_is_taken_up(papers: Path, db: Path) -> None:
    ingest(papers, db)
    published = db.read_bytes()
    for name in "pqrs":
        (papers / f"{name}.txt").write_text(f"That {name} be agreed.")
    with pytest.raises(Stopped):
        ingest(papers, db, watcher=StopAfterOne())
    assert db.read_bytes() == published
    before = calls(papers)
    summary = ingest(papers, db)
    assert summary.resumed >= 1
    assert summary.ingested == 4
    assert len(calls(papers)) == len(before) + 4 - summary.resumed
    assert len(texts(db)) == 7


def test_damaged_part_of_a_stopped_run_is_read_again(papers: Path, db: Path) -> None:
    with pytest.raises(Stopped):
        ingest(papers, db, watcher=StopAfterOne())
    for part in (db.parent / ".test.duckdb.work").rglob("*.part"):
        part.write_bytes(part.read_bytes()[:40])
    summary = ingest(papers, db)
    assert (summary.resumed, summary.ingested, len(texts(db))) == (0, 3, 3)


def test_full_disk_leaves_the_published_database(papers: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(papers, db)
    published = db.read_bytes()
    (papers / "d.txt").write_text("That more be spent.")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.publish._to_disk", full)
        with pytest.raises(OSError, match="no room"):
            ingest(papers, db)
    assert db.read_bytes() == published
    assert ingest(papers, db).resumed == 1
    assert len(texts(db)) == 4


def test_reader_keeps_its_snapshot_while_a_run_publishes(papers: Path, db: Path) -> None:
    ingest(papers, db)
    with duckdb.connect(str(db), read_only=True) as reader:
        (papers / "d.txt").write_text("That more be spent.")
        ingest(papers, db)
        assert reader.execute("SELECT count(*) FROM documents").fetchall() == [(3,)]
    assert ask(db, "SELECT count(*) FROM documents") == [(4,)]


@pytest.mark.parametrize(
    ("word", "kind", "says"),
    [
        ("ABORT", "crashed", "open it in a viewer"),
        ("KILL", "out_of_memory", "memory ran out"),
        ("HANG", "time_out", "MINUTEBOOK_SECONDS"),
        ("EAT", "out_of_memory", "MINUTEBOOK_MEMORY_MB"),
        ("FAIL", "internal_error", "a fault of ours"),
    ],
)
def test_misbehaving_document_costs_itself_alone(papers: Path, db: Path, word: str, kind: str, says: str) -> None:
    (papers / "bad.txt").write_text(f"{word} and some more words, so that it is read first of all.")
    summary = ingest(papers, db, limits=Limits(seconds=2, seconds_per_megabyte=0))
    assert (summary.ingested, summary.failed) == (3, 1)
    assert problems(db) == [("bad.txt", kind)]
    assert says in ask(db, "SELECT message FROM problems")[0][0]
    assert len(texts(db)) == 3
    again = ingest(papers, db)
    assert (again.failed, again.unchanged, again.published) == (1, 3, False)
    assert calls(papers).count("bad.txt") == 1


def test_repeated_ids_are_stored_once_and_told(papers: Path, db: Path) -> None:
    (papers / "bad.txt").write_text("TWICE is too often.")
    summary = ingest(papers, db)
    assert (summary.ingested, summary.failed, len(texts(db))) == (4, 0, 4)
    assert problems(db) == [("bad.txt", "repeated_record")]


def test_file_that_cannot_be_opened_is_a_problem_until_it_can(papers: Path, db: Path) -> None:
    (papers / "link.txt").symlink_to(papers / "nowhere.txt")
    summary = ingest(papers, db)
    assert (summary.seen, summary.ingested, summary.failed) == (4, 3, 1)
    assert problems(db) == [("link.txt", "vanished")]
    assert not ingest(papers, db).published
    (papers / "nowhere.txt").write_text("That it be found.")
    assert ingest(papers, db).failed == 0
    assert problems(db) == []


def test_what_is_no_paper_is_passed_by(papers: Path, db: Path) -> None:
    (papers / ".hidden.txt").write_text("That nobody see this.")
    marked = papers / "marked"
    marked.mkdir()
    (marked / ".minutebook-ignore").touch()
    (marked / "e.txt").write_text("That nobody see this.")
    (papers / "deep" / "round").symlink_to(papers, target_is_directory=True)
    os.mkfifo(papers / "pipe.txt")
    assert ingest(papers, db).seen == 3


def test_single_file_can_be_named(papers: Path, db: Path) -> None:
    assert ingest(papers / "a.txt", db).seen == 1
    assert texts(db) == ["That the budget be approved."]


def test_name_that_is_no_text_is_shown_in_escapes(papers: Path, db: Path) -> None:
    Path(os.fsdecode(os.fsencode(papers) + b"/caf\xe9.txt")).write_text("That coffee be bought.")
    ingest(papers, db)
    assert ask(db, "SELECT path FROM documents WHERE path LIKE '%caf%'") == [(f"{papers}/caf\\xe9.txt",)]
    assert ingest(papers, db).unchanged == 4


RUN_ALONE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
if __name__ == "__main__":
    import faulty_readers
    from pipeline import run
    run.ingest([Path(sys.argv[2])], Path(sys.argv[3]), workers=1, reader=faulty_readers.read)
"""


def test_killed_run_leaves_the_database_and_no_process(papers: Path, db: Path, tmp_path: Path) -> None:
    ingest(papers, db)
    published = db.read_bytes()
    pipe, script = tmp_path / "pipe", tmp_path / "run_alone.py"
    os.mkfifo(pipe)
    script.write_text(RUN_ALONE)
    (papers / "hung.txt").write_text(f"TELL {pipe} that this is being read.")
    killed = subprocess.Popen([sys.executable, script, Path(__file__).parent, papers, db])
    with pipe.open("rb") as worker:
        assert worker.read(7) == b"reading"
        killed.kill()
        assert killed.wait() == -signal.SIGKILL
        assert worker.read() == b""
    assert db.read_bytes() == published
    (papers / "hung.txt").unlink()
    assert ingest(papers, db).unchanged == 3


@pytest.fixture
def busy(papers: Path, db: Path) -> Iterator[None]:
    """Another run, at work on the database."""
    db.parent.mkdir()
    with run._alone(db):
        yield


@pytest.mark.usefixtures("busy")
def test_two_runs_do_not_write_one_database(papers: Path, db: Path) -> None:
    with pytest.raises(Busy, match="another run is writing"):
        ingest(papers, db)


def test_file_that_is_no_database_is_left_alone(papers: Path, db: Path) -> None:
    db.parent.mkdir()
    db.write_text("my shopping list, which is not a database")
    with pytest.raises(NotOurs, match="not a DuckDB database"):
        ingest(papers, db)
    assert db.read_text() == "my shopping list, which is not a database"


def test_other_tables_database_is_left_alone(papers: Path, db: Path) -> None:
    db.parent.mkdir()
    with duckdb.connect(str(db)) as connection:
        connection.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(NotOurs, match="another program's tables"):
        ingest(papers, db)
    assert ask(db, "SELECT count(*) FROM recipes") == [(0,)]


def test_limits_grow_with_the_file_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(seconds=10, seconds_per_megabyte=5, most_seconds=60)
    assert [limits.for_size(size) for size in (0, 2_000_000, 1_000_000_000)] == [10, 20, 60]
    monkeypatch.setenv("MINUTEBOOK_SECONDS", "5000")
    monkeypatch.setenv("MINUTEBOOK_MEMORY_MB", "900")
    assert (Limits.from_environment().for_size(0), Limits.from_environment().megabytes) == (5000, 900)


def test_a_run_that_is_told_to_stop_publishes_what_it_read_and_the_next_reads_the_rest(papers: Path, db: Path) -> None:
    read: list[Receipt] = []

    class Counting(Watcher):
        def read(self, receipt: Receipt) -> None:
            read.append(receipt)

    first = ingest(papers, db, watcher=Counting(), stop=lambda: len(read) >= 1)
    assert (first.seen, first.ingested, first.left, first.published) == (3, 1, 2, True)
    assert len(texts(db)) == 1
    second = ingest(papers, db)
    assert (second.ingested, second.unchanged, second.left) == (2, 1, 0)
    assert len(texts(db)) == 3
