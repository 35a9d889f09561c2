"""Speed and memory, measured in one run on one machine, so that the ratios mean something.

    python -m evaluation.bench [FOLDER...] [--sample N] [--documents N] [--quick] [--write]

Without a folder: the real papers, where they lie beside this checkout, and the corpus. For each folder: pdfium's bare
extraction of words, boxes and fonts of its PDFs; our stages one by one in one process; pdfplumber alone on the same
pages; the whole way with one worker and with two. Then memory: over many documents, and on the longest one.
`--quick` leaves out pdfplumber, the workers and memory over many documents; `--write` keeps the result in
`evaluation/speed.md` with its pictures.
"""

from __future__ import annotations

import argparse
import compileall
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from evaluation import bare_pdfium, memory, plumber, report
from evaluation.report import Measured
from evaluation.sharing import whole_way
from evaluation.stages import clock, measure
from pipeline import folder
from pipeline.folder import File

ROOT = Path(__file__).resolve().parent.parent
PAPERS, CORPUS = ROOT.parent / "shared" / "real", ROOT / "corpus"
REPEATS = 3
"""Times that bare extraction and the command's start are measured; the quickest counts."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="give pdfplumber every Nth page only")
    parser.add_argument("--documents", type=int, default=1000, metavar="N", help="documents over which memory is held")
    parser.add_argument("--quick", action="store_true", help="stages, bare extraction and the longest document alone")
    parser.add_argument("--write", action="store_true", help="keep the result in evaluation/speed.md")
    options = parser.parse_args()
    compileall.compile_dir(ROOT / "pipeline", quiet=1)  # as pip leaves a program: no user waits for it at each start
    places = options.folders or [place for place in (PAPERS, CORPUS) if place.is_dir()]
    results = []
    for place in places:
        results.append(_folder(place, options.sample, quick=options.quick))
        print(report.text(results[-1]), flush=True)
    held = [] if options.quick else _over_documents(places[-1], results[-1], options.documents)
    start = min(_start_of_command() for _ in range(REPEATS))
    print(report.ending(held, start))
    if options.write:
        report.write(Path(__file__).parent, results, held, start)


def _folder(place: Path, sample: int, *, quick: bool) -> Measured:
    """Everything that is measured on one folder."""
    files, _ = folder.files([place])
    pdfs = [file.path for file in files if file.path.open("rb").read(5) == b"%PDF-"]
    bare, pdf_pages = min(_bare(pdfs) for _ in range(REPEATS))
    stages = measure(files, _smallest(files))
    result = Measured(place.name, stages, bare, pdf_pages)
    longest = max(files, key=lambda file: file.size if file.path in pdfs else 0)
    result.longest, result.longest_peak = longest.path.name, memory.most(longest.path)
    if not quick:
        readable = [path for path in pdfs if bare_pdfium.read(path)]
        result.text_and_tables = plumber.text_and_tables(readable, sample)
        result.words_and_tables = plumber.words_and_tables(readable, sample)
        result.one_worker, result.two_workers = whole_way(place, 1), whole_way(place, 2)
    return result


def _bare(pdfs: Sequence[Path]) -> tuple[float, int]:
    start = clock()
    pages = sum(len(bare_pdfium.read(path)) for path in pdfs)
    return clock() - start, pages


def _smallest(files: Sequence[File]) -> Path:
    """A document whose reading costs nothing but the start of the process."""
    return min(files, key=lambda file: file.size or sys.maxsize).path


def _over_documents(place: Path, result: Measured, documents: int) -> list[float]:
    """Megabytes of a worker after each document; scans are left out, since they only take time."""
    files, _ = folder.files([place])
    return memory.over_documents(
        [file.path for file in files if file.path not in result.stages.recognised], documents
    )


def _start_of_command() -> float:
    """Seconds that `minutebook --help` takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", "--help"], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
