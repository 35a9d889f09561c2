"""Kills runs with SIGKILL at random moments, and looks at what is left.

After each kill the database that was published must open and answer, as it was before the run or as it is after one;
and the next run must end with the rows of a run that nobody disturbed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.store.schema import TABLES

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SEED = 20250613
OLD = ("calderbrook/agenda-2025-02-18.pdf", "calderbrook/minutes-2024-11-19.docx", "stowmere/cabinet-2024-07-10.xml")
NEW = (
    "ashbourne-vale/officer-decision-2024-147.pdf",
    "netherfield/record-of-decision-24-00117.pdf",
    "kirkmoray/council-minute-2022-12-15.pdf",
    "styles/parish/parish-minutes-initials-01.pdf",
)
OF_THE_RUN = {"ingested_at", "reviewed_at", "modified_at", "machine"}
SCENES = ("ingest", "publication", "review")
Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Killed:
    """What was left of so many runs that were killed."""

    what: str
    kills: int = 0
    during: int = 0
    """Kills that came before the run had ended."""
    unreadable: list[float] = field(default_factory=list)
    """Moments (seconds) after which the published database did not open, or held neither the old rows nor the new."""
    different: list[float] = field(default_factory=list)
    """Moments after which the next run did not end with the rows of an undisturbed one."""

    @property
    def safe(self) -> bool:
        """Nothing lost, ever."""
        return not self.unreadable and not self.different


@dataclass(frozen=True)
class Scene:
    """A folder in which a run is killed: how to lay it out anew, the command, the moments to wait for and to choose."""

    what: str
    template: Path
    """What the place looks like before the run."""
    command: Callable[[Path], list[str]]
    old: Rows
    new: Rows
    seconds: float
    """How long an undisturbed run takes."""
    awaited: str = ""
    """A file whose appearing begins the time in which it is killed; the run's own begin where there is none."""


def rows(db: Path) -> Rows:
    """Every row of every table that is not of runs."""
    with duckdb.connect(str(db), read_only=True) as connection:
        found = {}
        for table in TABLES:
            if table.table == "runs":
                continue
            told = [column for column, *_ in connection.execute(f'DESCRIBE "{table.table}"').fetchall()]
            listed = ", ".join(f'"{column}"' for column in told if column not in OF_THE_RUN)
            found[table.table] = connection.execute(f'SELECT {listed} FROM "{table.table}" ORDER BY ALL').fetchall()
        found["search"] = connection.execute("SELECT record_id FROM search('budget') ORDER BY ALL").fetchall()
    return found


def minutebook(*arguments: object) -> list[str]:
    """The command line that runs Minutebook with these arguments."""
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def _run(command: Sequence[str], place: Path) -> None:
    done = subprocess.run(command, cwd=_here(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command} in {place}: {done.stderr}")


def _here() -> Path:
    return Path(__file__).resolve().parents[2]


def scenes(place: Path, wanted: Sequence[str] = SCENES) -> dict[str, Scene]:
    """An ingest, a publication and a review, or those wanted, laid out below `place`."""
    base = place / "base"
    (base / "papers").mkdir(parents=True)
    for name in OLD:
        shutil.copy2(CORPUS / name, base / "papers" / Path(name).name)
    work = place / "work"  # every scene is played here, since paths are among the rows

    def ingest(at: Path) -> list[str]:
        return minutebook("ingest", at / "papers", "--db", at / "db.duckdb", "--workers", "2")

    def played(template: Path, command: Callable[[Path], list[str]]) -> tuple[Rows, float]:
        lay_out(template, work)
        began = time.monotonic()
        _run(command(work), work)
        return rows(work / "db.duckdb"), time.monotonic() - began

    lay_out(base, work)
    _run(ingest(work), work)
    shutil.copytree(work, place / "published")
    old = rows(work / "db.duckdb")
    grown = place / "grown"
    shutil.copytree(place / "published", grown)
    for name in NEW:
        shutil.copy2(CORPUS / name, grown / "papers" / Path(name).name)
    new, first = played(grown, ingest)
    found = {}
    if "ingest" in wanted:
        seconds = min(first, played(grown, ingest)[1])
        found["ingest"] = Scene("ingest", grown, ingest, old, new, seconds)
    if "publication" in wanted:
        read = place / "read"
        _stopped_before_publishing(grown, work, ingest)
        shutil.copytree(work, read)
        _, seconds = played(read, ingest)
        begun = ".db.duckdb.work/next.duckdb"
        found["publication"] = Scene("publication", read, ingest, old, new, seconds, begun)
    if "review" in wanted:
        (reviewed,) = old["resolutions"][0][:1]

        def review(at: Path) -> list[str]:
            return minutebook("review", "accept", reviewed, "--db", at / "db.duckdb")

        accepted, seconds = played(place / "published", review)
        found["review"] = Scene("review", place / "published", review, old, accepted, seconds)
    return found


def _stopped_before_publishing(template: Path, work: Path, command: Callable[[Path], list[str]]) -> None:
    """Leave in `work` what a run leaves that has read all and published nothing: killed when it begins to publish."""
    lay_out(template, work)
    run = subprocess.Popen(command(work), cwd=_here(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = work / ".db.duckdb.work" / "next.duckdb"
    while run.poll() is None and not started.exists():
        time.sleep(0.002)
    run.kill()
    run.wait()
    for leftover in started.parent.glob("next.duckdb*"):
        leftover.unlink()


def lay_out(template: Path, work: Path) -> None:
    """Make `work` look like the template, times of files included."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)


def kill(scene: Scene, work: Path, moment: float, killed: Killed) -> None:
    """Kill a run of the scene at a moment (0 to 1, as a share of its time) and note in `killed` what is left."""
    lay_out(scene.template, work)
    seconds = moment * scene.seconds
    killed.kills += 1
    killed.during += _killed_at(scene, work, seconds)
    db = work / "db.duckdb"
    try:
        left = rows(db)
    except duckdb.Error:
        left = {}
    if left not in (scene.old, scene.new):
        killed.unreadable.append(seconds)
    _run(scene.command(work), work)
    if rows(db) != scene.new:
        killed.different.append(seconds)


def _killed_at(scene: Scene, work: Path, seconds: float) -> bool:
    """Start the scene's run and kill it, with or without its workers, after that time; whether it was still running."""
    run = subprocess.Popen(
        scene.command(work), cwd=_here(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while scene.awaited and run.poll() is None and not (work / scene.awaited).exists():
        time.sleep(0.002)
    try:
        run.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        if int(seconds * 1000) % 2:
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()  # its workers end by themselves
        run.wait()
        return True


def moments(count: int, name: str) -> list[float]:
    """So many random moments, the same in each run."""
    draw = random.Random(f"{SEED} {name}")
    return [draw.random() for _ in range(count)]


def kill_all(
    count: int, minutes: float = float("inf"), tell: Callable[[Killed], None] = lambda _: None,
    wanted: Sequence[str] = SCENES,
) -> list[Killed]:
    """Kill so many runs in all, of every scene in turn, until the time is over; `tell` is told after each."""
    until = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="minutebook-kills-") as place:
        laid = scenes(Path(place), wanted)
        found = {name: Killed(scene.what) for name, scene in laid.items()}
        drawn = {name: moments(-(-count // len(laid)), name) for name in laid}
        for turn in zip(*drawn.values(), strict=True):
            for name, moment in zip(laid, turn, strict=True):
                if time.monotonic() < until:
                    kill(laid[name], Path(place) / "work", moment, found[name])
                    tell(found[name])
        return list(found.values())
