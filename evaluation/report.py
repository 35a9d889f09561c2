"""What the benchmark measured, for people: as text, as a page that is kept, as pictures."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.sharing import Shared
from evaluation.stages import OCR, READING, START, Stages

TARGETS = {
    "reading": 2.5, "whole": 4.0, "words and tables": 25.0, "text and tables": 10.0, "workers": 1.7, "peak": 400.0,
    "start": 0.25,
}
"""What is to be reached: times bare pdfium at most, times pdfplumber at least, megabytes and seconds at most."""


@dataclass
class Measured:
    """One folder's figures. Seconds are of processors, those of the workers by the clock on the wall."""

    name: str
    stages: Stages
    bare: float
    """pdfium's words, boxes and fonts."""
    pdf_pages: int
    text_and_tables: float = 0.0
    words_and_tables: float = 0.0
    """pdfplumber's."""
    one_worker: Shared | None = None
    two_workers: Shared | None = None
    longest: str = ""
    longest_peak: float = 0.0
    """Megabytes of a worker that reads the largest PDF."""

    @property
    def reading(self) -> float:
        """Seconds for words, layout and tables."""
        return self.stages.total(READING)

    @property
    def whole(self) -> float:
        """Seconds from files to a published database, the process's start included, recognition left out."""
        return self.stages.total()

    def ratios(self) -> list[tuple[str, float, str]]:
        """What is held against what, how many times, and the target."""
        found = [
            ("reading with layout and tables / bare pdfium", self.reading / self.bare, f"≤ {TARGETS['reading']:g}"),
            ("whole way / bare pdfium", self.whole / self.bare, f"≤ {TARGETS['whole']:g}"),
        ]
        if self.one_worker and self.two_workers:
            found += [
                ("pdfplumber's words and tables / our reading", self.words_and_tables / self.reading,
                 f"≥ {TARGETS['words and tables']:g}"),
                ("pdfplumber's text and tables / our whole way", self.text_and_tables / self.whole, ""),
                ("pdfplumber's text and tables / our whole way with 2 workers, recognition and all",
                 self.text_and_tables / self.two_workers.busiest, f"≥ {TARGETS['text and tables']:g}"),
                ("1 worker / 2 workers, by the processors of the busiest",
                 self.one_worker.busiest / self.two_workers.busiest, f"≥ {TARGETS['workers']:g}"),
                ("1 worker / 2 workers, by the clock on the wall",
                 self.one_worker.wall / self.two_workers.wall, ""),
            ]
        return found


def text(result: Measured) -> str:
    """A folder's figures for the terminal."""
    stages = result.stages
    lines = [
        "",
        f"{result.name}: {stages.documents} documents, {stages.pages} pages; {result.pdf_pages} pages in PDFs",
        f"  {'bare pdfium: words, boxes, fonts':44}{result.bare:8.2f} s",
    ]
    lines += [f"  {name:44}{seconds:8.2f} s" for name, seconds in stages.seconds.items()]
    lines += [
        f"  {'reading with layout and tables':44}{result.reading:8.2f} s",
        f"  {'whole way without recognition':44}{result.whole:8.2f} s",
        f"  {'whole way with recognition':44}{stages.total(recognition=True):8.2f} s",
    ]
    lines += [f"  {name:44}{seconds:8.2f} s" for name, seconds in _others(result)]
    lines += [f"  {what:84}{times:7.2f}  {target}" for what, times, target in result.ratios()]
    lines += [f"  most that a worker held on {result.longest}: {result.longest_peak:.0f} MB (≤ {TARGETS['peak']:.0f})"]
    return "\n".join(lines)


def _others(result: Measured) -> list[tuple[str, float]]:
    """pdfplumber's seconds and those of whole runs; none of a quick benchmark."""
    one, two = result.one_worker, result.two_workers
    if one is None or two is None:
        return []
    return [
        ("pdfplumber: words and tables", result.words_and_tables),
        ("pdfplumber: text and tables", result.text_and_tables),
        ("1 worker, processors", one.busiest), ("2 workers, processors of the busiest", two.busiest),
        ("1 worker, on the wall", one.wall), ("2 workers, on the wall", two.wall),
    ]


def ending(held: Sequence[float], start: float) -> str:
    """What does not belong to one folder."""
    lines = ["", f"minutebook --help: {start:.2f} s (≤ {TARGETS['start']})"]
    if held:
        lines.append(f"a worker over {len(held)} documents: " + _course(held))
    return "\n".join(lines)


def _course(held: Sequence[float]) -> str:
    places = sorted({min(len(held), n) for n in (100, 250, 500, 750, len(held))})
    return ", ".join(f"{held[n - 1]:.0f} MB after {n}" for n in places)


def write(place: Path, results: Sequence[Measured], held: Sequence[float], start: float) -> None:
    """Keep the figures in `speed.md` and their pictures beside it."""
    from evaluation import plots

    lines = [
        "# Speed and memory", "",
        f"{date.today():%Y-%m-%d}; {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {sys.version.split()[0]}; one run of `make bench`.", "",
        "Seconds are of processors (ours and tesseract's), in one process, so that what else runs on the machine does "
        "not count; those of workers are of the program and its busiest worker, and, where it says so, by the clock on "
        f"the wall, which wants an idle machine. *{START}* is what a process does once: libraries, rules, "
        f"vocabularies. *{OCR}* is left out of the ratios where it is not named.", "",
    ]
    for result in results:
        lines += _page(result)
        plots.stages(place / f"speed-{result.name}.svg", result)
    lines += ["## Memory and start", "", ending(held, start).strip().replace("\n", "\n\n"), ""]
    if held:
        plots.memory(place / "memory.svg", held)
        lines += ["![Memory of a worker](memory.svg)", ""]
    (place / "speed.md").write_text("\n".join(lines), encoding="utf-8")


def _page(result: Measured) -> list[str]:
    stages = result.stages
    lines = [
        f"## {result.name}", "",
        f"{stages.documents} documents, {stages.pages} pages, {result.pdf_pages} of them in PDFs.", "",
        "| stage | seconds | times bare pdfium |", "| --- | ---: | ---: |",
        f"| bare pdfium: words, boxes, fonts | {result.bare:.2f} | 1.0 |",
    ]
    lines += [f"| {name} | {s:.2f} | {s / result.bare:.2f} |" for name, s in stages.seconds.items()]
    lines += [
        f"| **reading with layout and tables** | {result.reading:.2f} | {result.reading / result.bare:.2f} |",
        f"| **whole way without {OCR}** | {result.whole:.2f} | {result.whole / result.bare:.2f} |",
        f"| whole way with {OCR} | {stages.total(recognition=True):.2f} | |",
    ]
    lines += [f"| {name} | {seconds:.2f} | |" for name, seconds in _others(result)]
    lines += ["", "| ratio | times | target |", "| --- | ---: | ---: |"]
    lines += [f"| {what} | {times:.2f} | {target} |" for what, times, target in result.ratios()]
    lines += [
        "", f"Most that a worker held on the largest PDF ({result.longest}): {result.longest_peak:.0f} MB "
        f"(target {TARGETS['peak']:.0f}).", "", f"![Stages](speed-{result.name}.svg)", "",
    ]
    return lines
