"""Reads folders of hostile files as a run reads them, and tells what became of each."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import duckdb

from evaluation.faults import marked, pdfs
from evaluation.faults.pdfs import Made
from pipeline import run
from pipeline.folder import shown
from pipeline.workers import Limits

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SEED = 20250612
LIMITS = Limits(seconds=60, seconds_per_megabyte=0, most_seconds=60, megabytes=2048)
"""Less than a run allows, so that what hangs is known sooner."""
PDFS = [
    CORPUS / name
    for name in (
        "ashbourne-vale/cabinet-minutes-2024-03-12.pdf",
        "netherfield/capital-programme-appendix-2025-28.pdf",
        "styles/decision-pages/member-decision-mixed-letters-01.pdf",
        "styles/parish/parish-minutes-planning-decimals-01.pdf",
        "kirkmoray/roads-report-2023-06-08.pdf",
        "wexley/temporary-accommodation-report-2025-09-09.pdf",
        "tyneholme/combined-authority-budget-report-2025-01-28.pdf",
    )
]
WORD = [
    CORPUS / name
    for name in (
        "calderbrook/minutes-2024-11-19.docx",
        "eastmarsh/decision-sheet-2023-10-05.docx",
        "brackenshire/home-care-options-report-2017-09-14.docx",
    )
]
XML = [CORPUS / name for name in ("stowmere/cabinet-2024-07-10.xml", "stowmere/planning-committee-2024-09-04.xml")]
WITNESSES = [
    CORPUS / name
    for name in (
        "wexley/temporary-accommodation-report-2025-09-09.pdf",
        "calderbrook/minutes-2024-11-19.docx",
        "stowmere/cabinet-2024-07-10.xml",
    )
]
"""Sound papers that lie among the hostile ones, and must be read as they are read alone."""
TOLD_OF = ("crashed", "time_out", "out_of_memory", "internal_error")


def pages() -> list[Path]:
    """Web pages of the corpus."""
    return sorted((CORPUS / "styles" / "meeting-pages").glob("*.html"))[:6]


FAMILIES: dict[str, tuple[str, Callable[[], Iterator[Made]]]] = {
    "PDF, cut at every kilobyte": ("pdf", lambda: pdfs.truncated(PDFS)),
    "PDF, bytes mutated": ("pdf", lambda: pdfs.mutated(PDFS, random.Random(SEED), 400)),
    "PDF, numbers exchanged": ("pdf", lambda: pdfs.numbers(PDFS, random.Random(SEED), 200)),
    "PDF, objects exchanged and tied in circles": ("pdf", lambda: pdfs.objects(PDFS, random.Random(SEED), 300)),
    "PDF, encrypted": ("pdf", pdfs.encrypted),
    "PDF, built to hurt": ("pdf", pdfs.crafted),
    "web page, cut": ("html", lambda: marked.truncated(pages(), 30)),
    "web page, mutated": ("html", lambda: marked.mutated(pages(), random.Random(SEED), 250)),
    "web page, by a grammar": ("html", lambda: marked.grown(random.Random(SEED), 250)),
    "web page, built to hurt": ("html", lambda: marked.crafted(marked.HTML)),
    "XML, cut at every kilobyte": ("xml", lambda: marked.truncated(XML, 99)),
    "XML, mutated": ("xml", lambda: marked.mutated(XML, random.Random(SEED), 200)),
    "XML, built to hurt": ("xml", lambda: marked.crafted(marked.XML)),
    "Word, cut at every kilobyte": ("docx", lambda: marked.truncated(WORD, 99)),
    "Word, archive mutated": ("docx", lambda: marked.mutated_bytes(WORD, random.Random(SEED), 150)),
    "Word, parts mutated": ("docx", lambda: marked.mutated_parts(WORD, random.Random(SEED), 250)),
    "Word, built to hurt": ("docx", lambda: marked.word_files(WORD[0])),
    "text, built to hurt": ("txt", lambda: marked.crafted(marked.TEXT)),
}


@dataclass
class Tried:
    """What became of a folder of hostile files."""

    family: str
    files: int = 0
    read: int = 0
    """Read without a problem."""
    told: int = 0
    """Not read, or not all of it, and a row of `problems` says so."""
    silent: list[str] = field(default_factory=list)
    """Neither read nor told of: must be none."""
    ended: Counter[str] = field(default_factory=Counter)
    """Of those told: how the reader ended where it did not end by itself."""
    faults: list[str] = field(default_factory=list)
    """Files on which our own code failed, with what it said."""
    witnesses: bool = True
    """Whether the sound papers among them were read as alone."""

    @property
    def safe(self) -> bool:
        """Nothing lost, everything told."""
        return not self.silent and self.witnesses


def try_family(name: str, *, most: int | None = None, limits: Limits = LIMITS, workers: int = 2) -> Tried:
    """Make the files of a family (`most` of them, spread over all) and read them."""
    suffix, make = FAMILIES[name]
    made = list(make()) if most is None else spread(make(), most)
    with tempfile.TemporaryDirectory(prefix="minutebook-faults-") as place:
        folder = Path(place) / "papers"
        folder.mkdir()
        for file, data in made:
            (folder / f"{file}.{suffix}").write_bytes(data)
        return try_folder(name, folder, limits=limits, workers=workers)


def spread(made: Iterable[Made], most: int) -> list[Made]:
    """So many of them, the same in each run, from the beginning to the end."""
    every = list(made)
    step = max(len(every) // most, 1)
    return list(islice(every[::step], most))


def try_folder(name: str, folder: Path, *, limits: Limits = LIMITS, workers: int = 2) -> Tried:
    """Read a folder of hostile files, sound papers added to it."""
    hostile = [file for file in folder.rglob("*") if file.is_file()]
    for number, witness in enumerate(WITNESSES):
        shutil.copy(witness, folder / f"witness-{number}{witness.suffix}")
    db = folder.parent / "papers.duckdb"
    run.ingest([folder], db, workers=workers, limits=limits)
    tried = Tried(name, files=len(hostile))
    with duckdb.connect(str(db), read_only=True) as connection:
        read = {
            path
            for (path,) in connection.execute(
                "SELECT p.path FROM document_paths p JOIN documents USING (document_id)"
            ).fetchall()
        }
        problems: dict[str, list[tuple[str, str]]] = {}
        for path, kind, message in connection.execute(
            "SELECT p.path, q.kind, q.message FROM document_paths p JOIN problems q USING (document_id) "
            "UNION ALL SELECT path, kind, message FROM problems WHERE document_id IS NULL"
        ).fetchall():
            problems.setdefault(path, []).append((kind, message))
        tried.witnesses = witnessed(connection) == alone()
    for file in hostile:
        path = shown(file)
        if path in problems:
            tried.told += 1
            for kind, message in problems[path]:
                if kind in TOLD_OF:
                    tried.ended[kind] += 1
                if kind == "internal_error":
                    tried.faults.append(f"{file.name}: {message}")
        elif path in read:
            tried.read += 1
        else:
            tried.silent.append(file.name)
    return tried


def witnessed(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """What a database holds of the sound papers: every decision, figure and item of theirs."""
    return connection.execute(
        "WITH sound AS (SELECT DISTINCT document_id FROM document_paths WHERE path LIKE '%/witness-%') "
        "SELECT resolution_id, text FROM resolutions JOIN sound USING (document_id) UNION ALL "
        "SELECT figure_id, raw FROM budget_figures JOIN sound USING (document_id) UNION ALL "
        "SELECT item_id, title FROM agenda_items JOIN sound USING (document_id) ORDER BY ALL"
    ).fetchall()


_ALONE: list[list[tuple[object, ...]]] = []


def alone() -> list[tuple[object, ...]]:
    """The same of a database of the sound papers alone."""
    if not _ALONE:
        with tempfile.TemporaryDirectory() as place:
            for number, witness in enumerate(WITNESSES):
                shutil.copy(witness, Path(place) / f"witness-{number}{witness.suffix}")
            db = Path(place) / "alone" / "papers.duckdb"
            run.ingest([Path(place)], db, workers=1)
            with duckdb.connect(str(db), read_only=True) as connection:
                _ALONE.append(witnessed(connection))
    return _ALONE[0]
