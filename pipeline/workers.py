"""Worker processes: each document is read apart, within a time and a memory limit.

One that hangs, crashes or eats memory costs itself alone: the pool (pebble) kills or replaces that process and
the others go on. Processes are spawned, never forked, since pdfium and DuckDB keep state of their own.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_any
from pathlib import Path

from pipeline.bookkeeping import Problem
from pipeline.bookkeeping import Reading as ReadingRow
from pipeline.reading import Reading, out_of_memory, problem_of
from pipeline.records import DocumentRow, PageRow
from pipeline.store import parts

Reader = Callable[[Path, str], Reading]
"""Reads a path into the records of the document with that id; must be importable by name."""


@dataclass(frozen=True)
class Limits:
    """What one document may take, and how many documents a process reads before a fresh one takes its place."""

    seconds: float = 300
    seconds_per_megabyte: float = 30
    """A large scan needs a second or two for each page."""
    most_seconds: float = 1200
    megabytes: int = 4096
    documents: int = 500

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits, as MINUTEBOOK_SECONDS and MINUTEBOOK_MEMORY_MB change them. Raises ValueError."""
        seconds = float(os.environ.get("MINUTEBOOK_SECONDS", cls.seconds))
        return cls(
            seconds=seconds,
            most_seconds=max(cls.most_seconds, seconds),
            megabytes=int(os.environ.get("MINUTEBOOK_MEMORY_MB", cls.megabytes)),
        )

    def for_size(self, size: int) -> float:
        """Seconds for a file of that many bytes."""
        return min(self.seconds + self.seconds_per_megabyte * size / 1_000_000, self.most_seconds)


@dataclass(frozen=True)
class Task:
    """A document to read, and the part to write it to.

    The versions are those that the run began with, `version` for a sound document and `version_if_troubled` for
    one with problems: code that is edited meanwhile must not make two documents of one run differ.
    """

    path: Path
    document_id: str
    size: int
    part: Path
    version: str
    version_if_troubled: str


@dataclass(frozen=True)
class Receipt:
    """What became of a task."""

    task: Task
    pages: int
    failed: bool


def read_all(
    tasks: Iterable[Task], workers: int, reader: Reader, limits: Limits
) -> Generator[Receipt, None, None]:
    """Read every task in a pool of `workers` processes; receipts come as documents are done.

    The largest files come first, so that no worker is left alone with one at the end.
    """
    from pebble import ProcessPool

    waiting = iter(sorted(tasks, key=lambda task: (-task.size, str(task.path))))
    running: dict[Future[Receipt], Task] = {}
    pool = ProcessPool(
        max_workers=workers, max_tasks=limits.documents, initializer=_enter, initargs=(limits.megabytes,),
        context=multiprocessing.get_context("spawn"),
    )
    try:
        while True:
            for task in waiting:
                seconds = limits.for_size(task.size)
                running[pool.schedule(_work, args=(task, reader), timeout=seconds)] = task
                if len(running) >= 2 * workers:
                    break
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield _receipt(future, running.pop(future), limits)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def resumed(task: Task) -> Receipt | None:
    """The receipt of a task whose part lies there already, whole; None where it does not."""
    try:
        tables = parts.read(task.part)
        failed = tables["readings"]["failed"].to_pylist()[0]
    except (OSError, KeyError, ValueError):  # none, or damaged when the power went: pyarrow's errors are ValueErrors
        return None
    return Receipt(task, len(tables.get("pages", ())), failed)


def _enter(megabytes: int) -> None:
    """Run once in each worker: its memory limit; one thread for each library, since processes share the cores."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    limit = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    gc.disable()
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process when the run is killed: nobody would be left to end it if its document hangs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_any([parent.sentinel])
        os._exit(1)


def _work(task: Task, reader: Reader) -> Receipt:
    """What a worker does with a task: read it and write its part."""
    forget()
    try:
        reading = reader(task.path, task.document_id)
    except MemoryError:
        return _write_failure(task, out_of_memory(task.document_id, task.path))
    if any(isinstance(one, DocumentRow) and one.document_id != task.document_id for one in reading.records):
        return _write_failure(task, problem_of(
            task.document_id, task.path, "open", "changed",
            "It was changed while it was being read. Run again, and it is read as it is then.",
        ))
    return _write(task, reading)


def forget() -> None:
    """Collect what earlier documents left behind in cycles, and pass over what stays from now on.

    Left to itself, Python looks through a document's hundreds of thousands of words again and again while they are
    being made: a tenth of the whole time.
    """
    gc.collect()
    gc.freeze()


def _write(task: Task, reading: Reading) -> Receipt:
    records, repeated = parts.distinct(reading.records)
    if repeated:
        message = f"Minutebook gave {len(repeated)} records the id of another, and left them out: {repeated[0]}."
        records.append(problem_of(task.document_id, task.path, "store", "repeated_record", message))
    troubled = any(isinstance(record, Problem) for record in records)
    version = task.version_if_troubled if troubled else task.version
    row = ReadingRow(document_id=task.document_id, version=version, failed=reading.failed)
    parts.write(task.part, [*records, row])  # last: a part that was cut when the power went lacks it, and is read again
    pages = sum(isinstance(record, PageRow) for record in records)
    return Receipt(task, pages, reading.failed)


def _write_failure(task: Task, problem: Problem) -> Receipt:
    """Write the part of a document of which nothing came but a problem."""
    return _write(task, Reading(task.document_id, [problem], failed=True))


def _receipt(future: Future[Receipt], task: Task, limits: Limits) -> Receipt:
    """The worker's receipt, or one for a document that took its worker down."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        kind, message = "time_out", (
            f"It was still being read after {limits.for_size(task.size):.0f} seconds and was given up. "
            "Allow more with MINUTEBOOK_SECONDS, or split it."
        )
    except ProcessExpired as error:
        kind, message = _how_it_ended(error.exitcode)
    except Exception as error:  # a fault of ours, or a value that no column holds
        kind, message = "internal_error", (
            f"Minutebook itself failed on it ({type(error).__name__}: {error}). Please report this with the file."
        )
    return _write_failure(task, problem_of(task.document_id, task.path, "read", kind, message))


def _how_it_ended(code: int) -> tuple[str, str]:
    """Kind and message for a worker that ended without an answer."""
    if code == -9:
        return "out_of_memory", "The system ended its reader, most likely because memory ran out. Split it."
    return "crashed", (
        f"It crashed the program that read it (exit status {code}). "
        "The file may be damaged: open it in a viewer and save it anew."
    )
