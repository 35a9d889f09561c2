"""Pictures of what the benchmark measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from evaluation.report import Measured
    from evaluation.soak import Trace

mpl.rcParams["svg.hashsalt"] = "minutebook"  # the same figures make the same file


def stages(path: Path, result: Measured) -> None:
    """A bar for each stage, beside what pdfium takes alone."""
    rows = [("bare pdfium", result.bare), *result.stages.seconds.items()]
    figure = Figure(figsize=(7, 0.32 * len(rows) + 0.8), layout="constrained")
    axes = figure.subplots()
    names, seconds = [name for name, _ in rows], [value for _, value in rows]
    bars = axes.barh(names, seconds, color=["#888888"] + ["#2f6f9f"] * (len(rows) - 1))
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.invert_yaxis()
    axes.set_xlabel("seconds of processors")
    axes.set_title(f"{result.name}: {result.stages.documents} documents, {result.stages.pages} pages")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def memory(path: Path, held: Sequence[float]) -> None:
    """A worker's memory after each document."""
    figure = Figure(figsize=(7, 3), layout="constrained")
    axes = figure.subplots()
    axes.plot(range(1, len(held) + 1), held, color="#2f6f9f", linewidth=1)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("documents read by one worker")
    axes.set_ylabel("megabytes held")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def soak(path: Path, program: Trace, workers: Sequence[Trace]) -> None:
    """Megabytes and open files of the program and its workers, after each document."""
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    above, below = figure.subplots(2, 1)
    for axes, what, label in ((above, "megabytes", "megabytes held"), (below, "files", "open files")):
        for trace in workers:
            axes.plot(getattr(trace, what), color="#2f6f9f", linewidth=0.5, alpha=0.6)
        axes.set_ylim(bottom=0)
        axes.set_ylabel(label)
        axes.set_xlabel("documents read by a worker (blue, below) and by all (black, above)")
        other = axes.twiny()
        other.plot(getattr(program, what), color="black", linewidth=1)
        other.spines[["right"]].set_visible(False)
        axes.spines[["right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
