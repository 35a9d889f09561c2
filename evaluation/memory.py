"""A worker's memory: after each of many documents, and at most on one long one."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.reading import Reading, read_document
from pipeline.records import identify
from pipeline.workers import Limits, Task, read_all

NOTES = "MINUTEBOOK_BENCH_NOTES"
"""Environment variable: the file to which a worker notes its memory."""
MEGABYTE = 1024 * 1024


def over_documents(files: Sequence[Path], documents: int) -> list[float]:
    """Megabytes that one worker holds after each of so many documents: the files again and again, all bytes new."""
    return [now for now, _ in _in_a_program_of_its_own(files, documents)]


def most(path: Path) -> float:
    """Megabytes that a fresh worker holds at most while it reads the file."""
    return max(peak for _, peak in _in_a_program_of_its_own([path], 1))


def _in_a_program_of_its_own(files: Sequence[Path], documents: int) -> list[tuple[float, float]]:
    """A worker imports what the program imports that starts it: here, no more than when it is started to ingest."""
    command = [sys.executable, "-m", "evaluation.memory", str(documents), *map(str, files)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return [(now, peak) for now, peak in json.loads(ran.stdout)]


def main() -> None:
    """Read so many documents in one worker that is never replaced; print its memory after each, and at most."""
    documents, *names = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place:
        tasks = [
            Task(path, identify("doc", number), 0, Path(place) / "parts" / f"{number}.part", "bench", "bench")
            for number, path in enumerate(copies([Path(name) for name in names], int(documents), Path(place)))
        ]
        notes = Path(place) / "notes"
        os.environ[NOTES] = str(notes)
        # Under the name by which a worker can import it; this module's own is "__main__" here.
        from evaluation.memory import read_and_note as reader

        for _ in read_all(tasks, 1, reader, Limits(documents=len(tasks) + 1)):
            pass
        lines = [line.split() for line in notes.read_text(encoding="ascii").splitlines()]
    print(json.dumps([(float(now), float(peak)) for now, peak in lines]))


def copies(files: Sequence[Path], documents: int, place: Path) -> Iterator[Path]:
    """Copies of the files in the folder `place`, again and again, each with bytes of its own."""
    for number in range(documents):
        file = files[number % len(files)]
        copy = place / f"{number:05}{file.suffix}"
        shutil.copy(file, copy)
        with copy.open("ab") as end:
            end.write(b"\n" * (1 + number // len(files)))
        yield copy


def read_and_note(path: Path, document_id: str) -> Reading:
    """Read a document, as a worker does, and note the memory."""
    reading = read_document(path, document_id)
    with Path(os.environ[NOTES]).open("a", encoding="ascii") as notes:
        notes.write(f"{held():.1f} {peak():.1f}\n")
    return reading


def held() -> float:
    """Megabytes that this process holds now (at most until now, where the system does not tell)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return peak()
    return pages * resource.getpagesize() / MEGABYTE


def peak() -> float:
    """Megabytes that this process held at most."""
    most_held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most_held / MEGABYTE if sys.platform == "darwin" else most_held / 1024


if __name__ == "__main__":
    main()
