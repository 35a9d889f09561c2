"""The way of a document in one process, stage by stage.

A stage's time is what processors spent on it, ours and tesseract's, so that other programs on the machine do not
count; what one stage calls of another is the other's. Functions are timed where their callers look them up, so that
the code that is measured is the code that runs.
"""

from __future__ import annotations

import gc
import importlib
import resource
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline import reading, rules, run
from pipeline.bookkeeping import DocumentPath, Run
from pipeline.bookkeeping import Reading as ReadingRow
from pipeline.folder import File
from pipeline.linking import between
from pipeline.store import parts
from pipeline.store.publish import Change, publish
from pipeline.workers import forget

START, OCR = "start", "recognition"
"""Stages that are told apart: what a process does once, and what tesseract does."""
READING = ("open", "words", "ruled lines", "lines and paragraphs", "tables")
PLACES: tuple[tuple[str, str], ...] = (
    ("words", "pipeline.ingesters.pdf._read_words"),
    ("ruled lines", "pipeline.ingesters.pdf._read_edges"),
    (OCR, "pipeline.ingesters.pdf._recognise"),
    ("lines and paragraphs", "pipeline.layout.lay_out"),
    ("tables", "pipeline.layout.page.find_grids"),
    ("tables", "pipeline.layout.page.find_banded"),
    ("tables", "pipeline.layout.page.find_aligned"),
    ("tables", "pipeline.layout.page.use_of"),
    ("tables", "pipeline.layout.page.refine"),
    ("tables", "pipeline.layout.page.build_table"),
    ("tables", "pipeline.layout.continued.join_tables"),
    ("structure", "pipeline.structure.outline"),
)
"""What is timed, beside reading as a whole, the extractors, linking and the store."""


def clock() -> float:
    """Seconds that processors spent on this process and on the programs that it ran."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


@dataclass
class Stages:
    """Seconds by stage, in the order in which stages were met, and what was read."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    documents: int = 0
    pages: int = 0
    recognised: list[Path] = field(default_factory=list)
    """Files with pages that tesseract read."""
    _open: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes, without that of the stages within it."""
        self._turn()
        self._open.append(stage)
        self.seconds[stage] += 0.0
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = clock()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def timing(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as that stage."""

        @wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            with self.timed(stage):
                return function(*args, **named)

        return timed

    def total(self, stages: Sequence[str] | None = None, *, recognition: bool = False) -> float:
        """Seconds of the stages (all, where none are named), those of recognition left out or not."""
        named = self.seconds if stages is None else stages
        return sum(self.seconds.get(name, 0.0) for name in named if recognition or name != OCR)


def measure(files: Sequence[File], first: Path) -> Stages:
    """Read the files into a database, in this process. `first` is a small document that stands for the start."""
    stages = Stages()
    gc.disable()  # as in a worker
    with stages.timed(START):
        rooms = reading.extractors()
        reading.read_document(first, "doc-first")
    timed_rooms = {name: stages.timing(name, room) for name, room in rooms.items()}
    with tempfile.TemporaryDirectory() as place, timing(stages), \
            patch.object(reading, "extractors", lambda: timed_rooms):
        paths: list[DocumentPath] = []
        written: list[Path] = []
        for number, file in enumerate(files):
            forget()
            with stages.timed("open"):
                read = _read(file, stages)
            part = Path(place) / f"{number}.part"
            with stages.timed("store"):
                row = ReadingRow(document_id=read.document_id, version=reading.version(), failed=read.failed)
                parts.write(part, [row, *parts.distinct(read.records)[0]])
            written.append(part)
            paths.append(DocumentPath(
                path=file.name, document_id=read.document_id, sha256="", size=file.size, modified_at=file.modified_at,
            ))
        with stages.timed("publish"):
            councils, services = run.rules_rows()
            publish(Path(place) / "bench.duckdb", Path(place), Change(
                run=_run(), parts=written, paths=paths, councils=councils, services=services,
            ), between)
    gc.enable()
    return stages


def _read(file: File, stages: Stages) -> reading.Reading:
    before = stages.seconds.get(OCR, 0.0)
    read = reading.read_document(file.path, f"doc-{stages.documents:06}")
    rows = [row for row in read.records if row.table == "documents"]
    read.document_id = getattr(rows[0], "document_id", read.document_id) if rows else read.document_id
    stages.documents += 1
    stages.pages += sum(row.table == "pages" for row in read.records)
    if stages.seconds.get(OCR, 0.0) > before:
        stages.recognised.append(file.path)
    return read


@contextmanager
def timing(stages: Stages) -> Iterator[None]:
    """Time every place of `PLACES`, and linking. Raises AttributeError for one that the code no longer has."""
    patches = []
    for stage, place in (*PLACES, ("link", "pipeline.reading.link")):
        module, _, name = place.rpartition(".")
        owner = importlib.import_module(module)
        patches.append(patch.object(owner, name, stages.timing(stage, getattr(owner, name))))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _run() -> Run:
    now = datetime.now(UTC).replace(tzinfo=None)
    return Run(
        run_id="run-bench", started_at=now, finished_at=now, version=reading.version(), rules_version=rules.version(),
        seen=0, ingested=0, unchanged=0, failed=0,
    )
