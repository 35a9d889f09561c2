"""Ten thousand documents through one pool of workers: `python -m evaluation.soak [--documents N] [--workers N]`.

The corpus again and again, each copy with bytes of its own. After each document the worker notes the memory that it
holds and the files that it has open, and so does the program that runs the workers. `soak.md` and `soak.svg` are the
last result kept: both must be flat.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from evaluation import memory, plots
from pipeline import folder
from pipeline.reading import Reading, read_document
from pipeline.records import identify
from pipeline.workers import Limits, Task, read_all

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
NOTES = "MINUTEBOOK_SOAK_NOTES"
WARM = 50
"""Documents that a process reads before its memory is taken for settled: libraries and rules come with the first."""


@dataclass
class Trace:
    """What a process held after each document that it read: megabytes, open files."""

    megabytes: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def growth(self) -> float:
        """Megabytes by which the last tenth holds more than the first tenth after the process is warm."""
        settled = self.megabytes[WARM:]
        tenth = max(len(settled) // 10, 1)
        return statistics.median(settled[-tenth:]) - statistics.median(settled[:tenth]) if settled else 0.0


def read_and_note(path: Path, document_id: str) -> Reading:
    """Read a document, as a worker does, and note what the process holds."""
    reading = read_document(path, document_id)
    with Path(os.environ[NOTES]).open("a", encoding="ascii") as notes:
        notes.write(f"{os.getpid()} {memory.held():.1f} {open_files()}\n")
    return reading


def open_files() -> int:
    """Files, pipes and sockets that this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (no objects: this runs ten thousand times)


def soak(documents: int, workers: int) -> tuple[Trace, list[Trace], int]:
    """The traces of the program and of each of its workers, and how many documents failed."""
    from evaluation.soak import read_and_note as reader  # a name by which a worker can import it

    files = [file.path for file in folder.files([CORPUS])[0]]
    program, failed = Trace(), 0
    with tempfile.TemporaryDirectory() as place:
        notes = Path(place) / "notes"
        os.environ[NOTES] = str(notes)
        tasks = [
            Task(path, identify("doc", number), 0, Path(place) / "parts" / f"{number}.part", "soak", "soak")
            for number, path in enumerate(memory.copies(files, documents, Path(place)))
        ]
        for receipt in read_all(tasks, workers, reader, Limits()):
            receipt.task.part.unlink()
            receipt.task.path.unlink()
            failed += receipt.failed
            program.megabytes.append(memory.held())
            program.files.append(open_files())
        by_process: dict[str, Trace] = {}
        for line in notes.read_text(encoding="ascii").splitlines():
            process, held, count = line.split()
            trace = by_process.setdefault(process, Trace())
            trace.megabytes.append(float(held))
            trace.files.append(int(count))
    return program, list(by_process.values()), failed


def page(program: Trace, workers: Sequence[Trace], failed: int, seconds: float) -> str:
    """What is kept in `soak.md`."""
    long = [trace for trace in workers if len(trace.megabytes) > 2 * WARM]
    rows = [
        ("the program", len(program.megabytes), program), *(
            (f"worker {n}", len(trace.megabytes), trace) for n, trace in enumerate(long, 1)),
    ]
    lines = [
        "# Soak", "",
        f"`python -m evaluation.soak`; {datetime.now(UTC):%Y-%m-%d}; {len(program.megabytes):,} documents (the corpus "
        f"again and again, each copy with bytes of its own) through one pool in {seconds / 60:.0f} minutes, while "
        "other programs were at work. A worker is replaced after "
        f"{Limits().documents} documents, as in every run. {failed} documents failed.", "",
        "*grown* is the median of the last tenth of the documents less that of the first tenth, the first "
        f"{WARM} documents of a process left out.", "",
        "| process | documents | megabytes, median | most | grown | open files, least | most |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(f"| {name} | {count:,} | {statistics.median(trace.megabytes):.0f} | {max(trace.megabytes):.0f} "
          f"| {trace.growth():+.1f} | {min(trace.files[5:])} | {max(trace.files[5:])} |"
          for name, count, trace in rows),
        "", "![megabytes and open files](soak.svg)", "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Soak, and keep what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000, metavar="N")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--into", type=Path, default=HERE, metavar="FOLDER", help="where soak.md and soak.svg go")
    options = parser.parse_args()
    began = time.monotonic()
    program, workers, failed = soak(options.documents, options.workers)
    (options.into / "soak.md").write_text(
        page(program, workers, failed, time.monotonic() - began), encoding="utf-8"
    )
    plots.soak(options.into / "soak.svg", program, workers)


if __name__ == "__main__":
    main()
