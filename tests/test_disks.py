"""Files and disks as they misbehave: names, links in circles, what may not be read, what changes, a disk that fills."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from evaluation.faults.marked import NAMES
from pipeline import run
from pipeline.reading import read_document
from pipeline.run import Watcher
from pipeline.store.known import Known

ROOT = Path(__file__).parent.parent
SAID = "Minutes of the Council\n\nRESOLVED: That {} be approved.\n"


def ask(db: Path, sql: str) -> list[tuple[object, ...]]:
    """The rows of an answer."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of two papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("first", "second"):
        (folder / f"{name}.txt").write_text(SAID.format(name))
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the database will be."""
    return tmp_path / "out" / "papers.duckdb"


class At(Watcher):
    """Does something when the run knows what to read, and has not begun to."""

    def __init__(self, done: Callable[[], object]) -> None:
        self._done = done

    def begin(self, documents: int, size: int) -> None:
        self._done()


def test_no_name_of_a_file_does_harm(tmp_path: Path, papers: Path, db: Path) -> None:
    for number, name in enumerate(NAMES):
        (papers / name).write_text(SAID.format(f"number {number}"))
    before = {path for path in tmp_path.rglob("*") if db.parent not in path.parents and path != db.parent}
    summary = run.ingest([papers], db, workers=1)
    assert (summary.seen, summary.failed) == (len(NAMES) + 2, 0)
    assert ask(db, "SELECT count(DISTINCT text) FROM decisions") == [(len(NAMES) + 2,)]
    shown = {str(path) for (path,) in ask(db, "SELECT path FROM document_paths")}
    assert {f"{papers}/{name}" for name in NAMES} <= shown
    assert {path for path in tmp_path.rglob("*") if db.parent not in path.parents and path != db.parent} == before
    assert run.ingest([papers], db, workers=1).unchanged == len(NAMES) + 2


def test_links_in_circles_end(papers: Path, db: Path) -> None:
    (papers / "itself.txt").symlink_to("itself.txt")
    (papers / "there").symlink_to(papers, target_is_directory=True)
    (papers / "one").symlink_to("two")
    (papers / "two").symlink_to("one")
    summary = run.ingest([papers], db, workers=1)
    assert (summary.ingested, summary.failed) == (2, 3)
    assert {path.rpartition("/")[2] for (path,) in ask(db, "SELECT path FROM problems")} == {"itself.txt", "one", "two"}


def test_paper_that_vanishes_before_it_is_read_is_told_of(papers: Path, db: Path) -> None:
    summary = run.ingest([papers], db, workers=1, watcher=At((papers / "first.txt").unlink))
    assert (summary.ingested, summary.failed) == (1, 1)
    assert ask(db, "SELECT kind FROM problems") == [("no_access",)]
    assert run.ingest([papers], db, workers=1).failed == 0


def test_paper_that_grows_before_it_is_read_is_told_of_and_read_next_time(papers: Path, db: Path) -> None:
    def grow() -> None:
        with (papers / "first.txt").open("a") as file:
            file.write("\nRESOLVED: That more be approved.\n")

    summary = run.ingest([papers], db, workers=1, watcher=At(grow))
    assert (summary.ingested, summary.failed) == (1, 1)
    assert ask(db, "SELECT kind FROM problems") == [("changed",)]
    assert run.ingest([papers], db, workers=1).ingested == 1
    assert ask(db, "SELECT count(*) FROM problems") == [(0,)]
    assert ask(db, "SELECT text FROM decisions ORDER BY text") == [
        ("That first be approved.",), ("That more be approved.",), ("That second be approved.",)]


def _command(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "pipeline", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False,
        **options)


def test_disk_that_fills_leaves_what_was_published_and_says_so(papers: Path, db: Path) -> None:
    run.ingest([papers], db, workers=1)
    published = db.read_bytes()
    (papers / "third.txt").write_text(SAID.format("third"))
    small = len(published) // 2
    full = _command("ingest", papers, "--db", db, "--workers", 1,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)))
    assert full.returncode == 2, full.stderr
    assert "no room" in full.stderr
    assert "Traceback" not in full.stderr
    assert db.read_bytes() == published
    assert run.ingest([papers], db, workers=1).resumed == 1
    assert ask(db, "SELECT count(*) FROM decisions") == [(3,)]


def as_nobody(work: Callable[[], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What `work` gives in a child process that may not do what root may."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(PermissionError):  # whoever is not root is nobody already
            os.setuid(65534)
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        found = json.loads(told.read())
    os.waitpid(child, 0)
    return [tuple(one) for one in found]


def test_what_may_not_be_read_is_told_of() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        for name in ("open.txt", "secret.txt", "closed/third.txt"):
            (Path(place) / name).parent.mkdir(exist_ok=True)
            (Path(place) / name).write_text(SAID.format(name))
        for name in ("secret.txt", "closed"):
            (Path(place) / name).chmod(0)

        def plan() -> list[tuple[str, str]]:
            made = run._plan([Path(place)], Known(), Path(place) / "work", False, read_document)
            return [(path.path.rpartition("/")[2], "read") for path in made.paths] + [
                (problem.path.rpartition("/")[2], problem.kind) for problem in made.problems]

        told = as_nobody(plan)
        (Path(place) / "closed").chmod(0o755)
    assert sorted(told) == [("closed", "no_permission"), ("open.txt", "read"), ("secret.txt", "no_permission")]
