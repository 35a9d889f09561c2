"""Two runs anywhere give the same exports, byte for byte: clock, locale, time zone, umask, seeds of hashes, workers,
the order of files and the folder that they lie in change nothing."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store.export import FORMS

ROOT = Path(__file__).parent.parent
PAPERS = [ROOT / "corpus" / name for name in (
    "ashbourne-vale/cabinet-minutes-2024-03-12.pdf", "brackenshire/health-and-care-board-minutes-2016-05-19.docx",
    "calderbrook/minutes-2024-11-19.docx", "calderbrook/agenda-2025-02-18.pdf", "privacy/parish-minutes.txt",
    "stowmere/cabinet-2024-07-10.xml", "stowmere/planning-committee-2024-09-04.xml",
    "styles/decision-pages/member-decision-mixed-letters-01.pdf",
)]
PROGRAM = """
import sys
from pathlib import Path
from pipeline.run import ingest
from pipeline.store.export import export
if __name__ == "__main__":
    folder, db, workers, *outs = sys.argv[1:]
    assert ingest([Path(folder)], Path(db), workers=int(workers)).ingested == 8
    for out in map(Path, outs):
        export(Path(db), out, out.name, reproducible=True)
"""
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
ELSEWHERE = {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kolkata", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "COLUMNS": "200"}


def exports(place: Path, papers: list[Path], environment: dict[str, str], umask: int, workers: int) -> dict[str, bytes]:
    """Every file of every export of a database of the papers, read under those circumstances."""
    folder = place / "papers"
    folder.mkdir(parents=True)
    for number, paper in enumerate(papers):
        shutil.copy(paper, folder)
        os.utime(folder / paper.name, (1_000_000_000 + number, 1_000_000_000 + number))
    (folder / "vanished.txt").symlink_to(place / "nowhere")
    db, surroundings = place / "out" / "papers.duckdb", {**os.environ, **environment}
    subprocess.run(
        [sys.executable, "-c", PROGRAM, folder, db, str(workers), *(place / form for form in FORMS)],
        cwd=ROOT, env=surroundings, umask=umask, check=True)
    return {f"{form}/{file.name}": file.read_bytes() for form in FORMS for file in sorted((place / form).iterdir())}


def test_two_runs_anywhere_give_the_same_bytes(tmp_path: Path) -> None:
    here = exports(tmp_path / "here", PAPERS, HERE, 0o022, 1)
    elsewhere = exports(tmp_path / "some where" / "else", PAPERS[::-1], ELSEWHERE, 0o077, 3)
    assert len(here) > 100
    assert sorted(here) == sorted(elsewhere)
    assert [name for name in here if here[name] != elsewhere[name]] == []
    assert b"vanished.txt" in here["csv/problems.csv"]
    assert str(tmp_path).encode() not in here["csv/documents.csv"]


@pytest.mark.parametrize("room", ["ingesters", "layout", "structure", "extractors", "linking"])
def test_no_room_that_makes_records_reads_the_clock_or_draws_lots(room: str) -> None:
    found = []
    for path in sorted((ROOT / "pipeline" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.attr if isinstance(node, ast.Attribute) else ""
            imported = {alias.name for alias in node.names} if isinstance(node, (ast.Import, ast.ImportFrom)) else set()
            if called in ("now", "today", "utcnow", "getlocale") or imported & {"random", "uuid", "locale"}:
                found.append(f"{path.name}:{node.lineno}")
    assert found == []
