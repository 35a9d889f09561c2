"""Side by side with peers, in one run: pages a second, and cells right on the forty tables checked by eye.

    python -m evaluation.peers [--papers FOLDER] [--only NAME ...] [--write]

Each peer gets the same pages (those of the checked tables, cut out of their documents), each in an environment of
its own under `build/peers`, made when missing. `--write` puts the result into `peers.md` and `peers.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

import pypdfium2

from evaluation.tables import judging
from evaluation.tables.checked import PAPERS, CheckedCell, CheckedTable, load

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / "build" / "peers"
PATIENCE = 900
"""Seconds after which a peer is given up."""
OURS = "minutebook"
PEERS = {
    "pdfplumber": ["pdfplumber"], "pdfminer.six": ["pdfminer.six"], "pypdf": ["pypdf"],
    "pymupdf4llm": ["pymupdf4llm", "pymupdf"], "kreuzberg": ["kreuzberg"], "camelot": ["camelot-py"],
}
"""What each peer installs; pymupdf4llm's code has moved into pymupdf."""
Grid = list[list[str]]


@dataclass
class Pages:
    """What a tool read of one document's checked pages: tables and text by page."""

    tables: dict[int, list[Grid]]
    text: str
    more: dict[int, list[Grid]] = field(default_factory=dict)
    """Tables that the tool's other way finds."""


@dataclass
class Row:
    """A line of the result. `cells`: row and column right; `in_row`: value beside its label, in a table or a line."""

    tool: str
    version: str
    pages_a_second: float | None
    cells: int | None
    in_row: int | None
    asked: int
    note: str = ""


@dataclass
class Excerpt:
    """The checked pages of a document, cut out: `numbers` are those of the whole document."""

    document: str
    path: Path
    numbers: list[int]


def cut(tables: list[CheckedTable], papers: Path, folder: Path) -> list[Excerpt]:
    """Each document's checked pages as a file of their own."""
    excerpts: list[Excerpt] = []
    for document, group in groupby(sorted(tables, key=lambda t: t.document), key=lambda t: t.document):
        numbers = sorted({page for table in group for page in table.pages})
        path = folder / f"{len(excerpts):02}.pdf"
        with pypdfium2.PdfDocument(papers / document) as whole, pypdfium2.PdfDocument.new() as part:
            part.import_pages(whole, [number - 1 for number in numbers])
            part.save(path)
        excerpts.append(Excerpt(document, path, numbers))
    return excerpts


def ours(excerpts: list[Excerpt]) -> tuple[float, list[Pages]]:
    """Seconds and pages of our own reading and layout."""
    from pipeline.ingesters import read
    from pipeline.layout import lay_out

    lay_out(read(excerpts[0].path))
    start = time.perf_counter()
    documents = [lay_out(read(excerpt.path)) for excerpt in excerpts]
    seconds = time.perf_counter() - start
    result = []
    for excerpt, document in zip(excerpts, documents, strict=True):
        pages: dict[int, list[Grid]] = {number: [] for number in excerpt.numbers}
        for block in document.blocks:
            if block.table is not None and block.page is not None:
                grid = [[cell.text if cell else "" for cell in row] for row in block.table.grid()]
                pages[excerpt.numbers[block.page - 1]].append(grid)
        result.append(Pages(pages, document.text.replace("\t", " ")))
    return seconds, result


def theirs(peer: str, excerpts: list[Excerpt]) -> tuple[float, list[Pages]]:
    """Seconds and pages of a peer, read in its own environment."""
    command = [str(python_of(peer)), str(HERE / "peer_readers.py"), peer, *(str(e.path) for e in excerpts)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    answer = json.loads(done.stdout)
    result = []
    for excerpt, pages in zip(excerpts, answer["files"], strict=True):
        tables = {number: page["tables"] for number, page in zip(excerpt.numbers, pages, strict=False)}
        more = {number: page["more"] for number, page in zip(excerpt.numbers, pages, strict=False)}
        result.append(Pages(tables, "\n".join(page["text"] for page in pages), more))
    return answer["seconds"], result


def python_of(peer: str) -> Path:
    """The interpreter of the peer's environment, which is made when it is missing."""
    place = ENVIRONMENTS / peer
    python = place / "bin" / "python"
    if not (place / "installed").exists():
        venv.create(place, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS[peer]]
        subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        (place / "installed").touch()
    return python


def version_of(peer: str) -> str:
    """The installed version of a peer."""
    code = f"from importlib.metadata import version; print(version({PEERS[peer][-1]!r}))"
    return subprocess.run([str(python_of(peer)), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def joined(table: CheckedTable, tables: dict[int, list[Grid]]) -> list[Grid]:
    """The grids on a table's pages; a page's first table goes on from the last of the page before it where both have
    as many columns, so that no tool is marked down for a heading that is printed only once."""
    grids: list[Grid] = []
    for number in table.pages:
        here = tables.get(number, [])
        if grids and here and width(grids[-1]) == width(here[0]):
            grids[-1] = grids[-1] + here[0]
            here = here[1:]
        grids += here
    return grids


def width(grid: Grid) -> int:
    """Columns of a grid."""
    return max(map(len, grid), default=0)


def score(tables: list[CheckedTable], excerpts: list[Excerpt], read: list[Pages]) -> tuple[int, int]:
    """Cells whose row and column are right, and cells that stand beside their label in a table or on a line."""
    by_document = {excerpt.document: pages for excerpt, pages in zip(excerpts, read, strict=True)}
    right = beside = 0
    for table in tables:
        pages = by_document[table.document]
        grids = joined(table, pages.tables) + joined(table, pages.more)
        lines = pages.text.splitlines()
        right += sum(judging.right_in_grids(grids, cell) for cell in table.cells)
        beside += sum(stands_beside(cell, grids, lines) for cell in table.cells)
    return right, beside


def stands_beside(cell: CheckedCell, grids: list[Grid], lines: list[str]) -> bool:
    """Whether the value stands beside its row's label."""
    return any(judging.in_row(grid, cell) for grid in grids) or judging.right_in_lines(lines, cell)


def measure(
    tool: str, version: str, tables: list[CheckedTable], excerpts: list[Excerpt],
    reader: Callable[[list[Excerpt]], tuple[float, list[Pages]]],
) -> Row:
    """One tool's line."""
    seconds, read = reader(excerpts)
    right, beside = score(tables, excerpts, read)
    gives_tables = any(grids for pages in read for grids in pages.tables.values())
    count = sum(len(excerpt.numbers) for excerpt in excerpts)
    asked = sum(len(table.cells) for table in tables)
    return Row(tool, version, count / seconds, right if gives_tables else None, beside, asked,
               "" if gives_tables else "gives no tables")


def compare(tables: list[CheckedTable], papers: Path, names: list[str]) -> tuple[list[Row], int]:
    """A line for us and for each peer, and how many pages there were."""
    import pipeline

    with tempfile.TemporaryDirectory() as place:
        excerpts = cut(tables, papers, Path(place))
        rows = [measure(OURS, pipeline.__version__, tables, excerpts, ours)]
        for name in names:
            try:
                rows.append(measure(name, version_of(name), tables, excerpts, partial(theirs, name)))
            except (OSError, subprocess.SubprocessError, ValueError) as error:
                last = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1:]
                kind = "did not install" if not (ENVIRONMENTS / name / "installed").exists() else "failed"
                rows.append(Row(name, "", None, None, None, rows[0].asked, f"{kind}: {''.join(last)[:80]}"))
            print(rows[-1], file=sys.stderr, flush=True)
    return rows, sum(len(excerpt.numbers) for excerpt in excerpts)


def as_markdown(rows: list[Row], pages: int, tables: int) -> str:
    """The result as a table to read."""
    lines = [
        "# Beside peers", "",
        f"{date.today().isoformat()}; {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}; the same {pages} pages for each, one process each: `python -m evaluation.peers`",
        "", f"Of {rows[0].asked} cells of {tables} tables checked by eye: *row and column right* is the value in a row "
        "with its label and under the last words of its column's heading; *beside its label* asks for the row alone, "
        "in a table or on a line of text. One rule for all; where a tool has two ways to find tables (pdfplumber by "
        "lines and by text, camelot lattice and stream) the first is timed and what either finds counts.", "",
        "| tool | version | pages a second | row and column right | beside its label | note |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        speed = "" if row.pages_a_second is None else f"{row.pages_a_second:.1f}"
        lines.append(
            f"| {row.tool} | {row.version} | {speed} | {share(row.cells, row.asked)} | "
            f"{share(row.in_row, row.asked)} | {row.note} |"
        )
    return "\n".join(lines) + "\n"


def share(right: int | None, asked: int) -> str:
    """A count with its percentage."""
    return "" if right is None else f"{right} ({100 * right / asked:.0f} %)"


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--only", nargs="*", choices=sorted(PEERS), default=list(PEERS))
    parser.add_argument("--write", action="store_true", help="write peers.md and peers.json")
    options = parser.parse_args()
    tables = load()
    rows, pages = compare(tables, options.papers, options.only)
    text = as_markdown(rows, pages, len(tables))
    print(text)
    if options.write:
        (HERE / "peers.md").write_text(text, encoding="utf-8")
        facts = {
            "date": date.today().isoformat(), "cores": os.cpu_count(), "machine": platform.machine(),
            "python": platform.python_version(), "pages": pages, "tools": [asdict(row) for row in rows],
        }
        (HERE / "peers.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
