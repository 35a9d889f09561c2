"""How well workers share the work: the whole way with a number of them, by two clocks.

By the clock on the wall, which wants an idle machine; and by what processors spent on the program itself and on the
busiest of its workers, which is what the wall would show if nothing else ran.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline import run
from pipeline.reading import Reading, read_document

NOTES = "MINUTEBOOK_BENCH_CLOCKS"
"""Environment variable: the file to which workers note what processors have spent on them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Seconds of one run."""

    wall: float
    busiest: float
    """Of processors, on the program and on its busiest worker, tesseract's included."""


def whole_way(place: Path, workers: int) -> Shared:
    """From files to a published database, start of the workers included."""
    with tempfile.TemporaryDirectory() as target:
        notes = Path(target) / "notes"
        os.environ[NOTES] = str(notes)
        wall, own = time.perf_counter(), _spent(resource.RUSAGE_SELF)
        try:
            run.ingest([place], Path(target) / "bench.duckdb", workers=workers, reader=read_and_note)
        finally:
            del os.environ[NOTES]
        wall, own = time.perf_counter() - wall, _spent(resource.RUSAGE_SELF) - own
        lines = [line.split() for line in notes.read_text(encoding="ascii").splitlines()]
        return Shared(wall, own + max(float(spent) for _, spent in lines))


def read_and_note(path: Path, document_id: str) -> Reading:
    """Read a document, as a worker does, and note what has been spent on this worker."""
    reading = read_document(path, document_id)
    spent = _spent(resource.RUSAGE_SELF) + _spent(resource.RUSAGE_CHILDREN)
    with Path(os.environ[NOTES]).open("a", encoding="ascii") as notes:
        notes.write(f"{os.getpid()} {spent:.3f}\n")
    return reading


def _spent(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime
