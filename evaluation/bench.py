"""Speed, measured in one run on one machine, so that the ratios mean something.

    python evaluation/bench.py FOLDER [--sample N] [--workers N] [--json FILE]

First the whole way with worker processes, from files to a published database; then pdfplumber's `extract_text` and
`extract_tables`, called alone, on the same PDFs' pages; then our stages one by one in this process. `--sample N` gives
pdfplumber every Nth page only and scales its time up, for a quick look.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber

from pipeline import folder, run
from pipeline.ingesters import Unreadable, read
from pipeline.layout import lay_out
from pipeline.reading import extractors, items, link
from pipeline.records import Record
from pipeline.store import parts
from pipeline.structure import outline

TARGET = 10.0
"""How many times faster than pdfplumber alone the whole way shall be."""


class Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes."""
        start = time.perf_counter()
        yield
        self.seconds[stage] += time.perf_counter() - start


def whole_way(papers: Path, workers: int) -> tuple[float, int]:
    """Seconds and pages from files to a published database, start of the workers included."""
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        summary = run.ingest([papers], Path(place) / "bench.duckdb", workers=workers)
        return time.perf_counter() - start, summary.pages


def pdfplumber_alone(paths: list[Path], sample: int) -> tuple[float, int]:
    """Seconds for all pages of the PDFs (scaled up from every `sample`th), and how many pages they have."""
    seconds, pages, taken = 0.0, 0, 0
    for path in paths:
        start = time.perf_counter()
        with pdfplumber.open(path) as pdf:
            count = len(pdf.pages)
            for number in range(count):
                if (pages + number) % sample == 0:
                    page = pdf.pages[number]
                    page.extract_text()
                    page.extract_tables()
                    page.close()
                    taken += 1
        pages += count
        seconds += time.perf_counter() - start
    return seconds * pages / max(taken, 1), pages


def stages(files: list[folder.File]) -> Stages:
    """Each stage's time over all files, one after the other in this process."""
    measured = Stages()
    with measured.timed("imports"):
        rooms = extractors()
    with tempfile.TemporaryDirectory() as place:
        for number, file in enumerate(files):
            try:
                with measured.timed("read: words, boxes, lines, scans"):
                    document = read(file.path)
            except Unreadable:
                continue
            with measured.timed("layout: order, paragraphs, tables"):
                lay_out(document)
            with measured.timed("structure"):
                found = outline(document)
            records: list[Record] = list(items(found))
            for name, extract in rooms.items():
                with measured.timed(f"extract {name}"):
                    records += extract(found)
            with measured.timed("link: council, meeting, boxes"):
                rows = link(found, records, file.path)
            with measured.timed("store: part"):
                parts.write(Path(place) / f"{number}.part", rows)
    return measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="give pdfplumber every Nth page only")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    files, _ = folder.files([options.folder])
    pdfs = [file.path for file in files if file.path.open("rb").read(5) == b"%PDF-"]
    ours, pages = whole_way(options.folder, options.workers)
    print(f"{len(files)} files, {pages} pages stored, in {ours:.1f} s with {options.workers} workers "
          f"({pages / ours:.0f} pages a second)", flush=True)
    theirs, pdf_pages = pdfplumber_alone(pdfs, options.sample)
    ratio = theirs / ours
    print(f"pdfplumber's text and tables alone: {len(pdfs)} PDFs, {pdf_pages} pages, in {theirs:.1f} s"
          + (f" (scaled up from every {options.sample}th page)" if options.sample > 1 else ""))
    print(f"ratio {ratio:.1f} (target {TARGET:.0f})")
    measured = stages(files)
    total = sum(measured.seconds.values())
    print(f"\nstages, in one process: {total:.1f} s")
    for stage, seconds in measured.seconds.items():
        print(f"  {stage:36}{seconds:7.2f} s {100 * seconds / total:5.1f} %")
    if options.json:
        figures = {"ours": ours, "pdfplumber": theirs, "ratio": ratio, "pages": pages, "stages": measured.seconds}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
