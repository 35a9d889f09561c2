"""Pages a second by number of processes: `python -m evaluation.scale FOLDER [--write]`.

Each run reads FOLDER into a fresh database. Processor time is what the run and all its processes used, which other
programs on the machine change little; the wall shows what is left of it when they are at work. The model is
`processors = a * pages + b * processes`, fitted by least squares: what a page costs, and what a process costs to start.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import duckdb
import numpy as np
from matplotlib.figure import Figure

PROCESSES = (1, 2, 4)
PLOT = Path(__file__).parent.parent / "docs" / "scale.svg"


def measure(folder: Path, processes: int) -> tuple[int, float, float]:
    """Pages read by so many processes, seconds on the wall, seconds of processors."""
    with tempfile.TemporaryDirectory() as place:
        db = Path(place) / "scale.duckdb"
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-m", "pipeline", "ingest", str(folder), "--db", str(db), "--workers",
                        str(processes)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        with duckdb.connect(str(db), read_only=True) as connection:
            (pages,) = connection.execute("SELECT count(*) FROM pages").fetchall()[0]
    return int(pages), wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def model(rows: list[tuple[int, int, float, float]]) -> tuple[float, float]:
    """Seconds of processors for a page and for a process, of rows (processes, pages, wall, processors)."""
    facts = np.array([[pages, processes] for processes, pages, _, _ in rows], dtype=float)
    (page, process), *_ = np.linalg.lstsq(facts, np.array([row[3] for row in rows]), rcond=None)
    return float(page), float(process)


def plot(rows: list[tuple[int, int, float, float]]) -> None:
    """Pages for a second of the wall and of processors, by processes."""
    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    counts = [row[0] for row in rows]
    axes.plot(counts, [row[1] / row[3] for row in rows], marker="o", color="black", label="for a second of a processor")
    axes.plot(counts, [row[1] / row[2] for row in rows], marker="s", color="#2f6f9f", label="for a second on the wall")
    axes.set_xticks(counts)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("processes")
    axes.set_ylabel("pages")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--write", is_flag=True, help="Draw docs/scale.svg.")
def main(folder: Path, write: bool) -> None:
    """Measure, fit, print."""
    rows = [(processes, *measure(folder, processes)) for processes in PROCESSES]
    for processes, pages, wall, processors in rows:
        click.echo(f"| {processes} | {pages:,} | {wall:.1f} | {processors:.1f} | {pages / processors:.0f} |")
    page, process = model(rows)
    click.echo(f"{1000 * page:.1f} ms a page, {process:.1f} s a process; load {os.getloadavg()[0]:.0f}")
    if write:
        plot(rows)


if __name__ == "__main__":
    main()
