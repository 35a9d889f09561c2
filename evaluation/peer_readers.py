"""One reader per peer, run in the peer's own environment: this file imports nothing of ours.

    python evaluation/peer_readers.py PEER FILE.pdf...

Prints JSON: the seconds that reading took after a first file that warms up, and for each file its pages, each with
`tables` (rows of cells) and `text`. Every reader is called as its own documentation shows for tables, or for text
where it has none. Where a tool has one way for ruled tables and another for the rest, its first way is timed, and
what either way finds counts.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
import time
from collections.abc import Callable
from typing import Any

Page = dict[str, Any]


def pdfplumber(path: str, settings: dict[str, str] | None = None) -> list[Page]:
    """Ruled tables, and all text."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [{"tables": page.extract_tables(settings), "text": page.extract_text()} for page in pdf.pages]


def pdfplumber_by_text(path: str) -> list[Page]:
    """Tables by aligned text."""
    return pdfplumber(path, {"vertical_strategy": "text", "horizontal_strategy": "text"})


def pdfminer_six(path: str) -> list[Page]:
    """Text alone."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    return [
        {"tables": [], "text": "".join(box.get_text() for box in page if isinstance(box, LTTextContainer))}
        for page in extract_pages(path)
    ]


def pypdf(path: str) -> list[Page]:
    """Text alone, its layout kept."""
    from pypdf import PdfReader

    return [{"tables": [], "text": page.extract_text(extraction_mode="layout")} for page in PdfReader(path).pages]


def pymupdf4llm(path: str) -> list[Page]:
    """Markdown, whose tables are taken apart."""
    import pymupdf4llm

    with contextlib.redirect_stdout(sys.stderr):
        chunks = pymupdf4llm.to_markdown(path, page_chunks=True)
    return [{"tables": markdown_tables(chunk["text"]), "text": chunk["text"]} for chunk in chunks]


def kreuzberg(path: str) -> list[Page]:
    """Its tables by page, and all text on the first."""
    from kreuzberg import extract_file_sync

    result = extract_file_sync(path)
    pages: list[Page] = [{"tables": [], "text": ""} for _ in range(max(result.get_page_count(), 1))]
    pages[0]["text"] = result.content
    for table in result.tables:
        pages[min(table.page_number, len(pages)) - 1]["tables"].append(table.cells)
    return pages


def camelot(path: str, flavor: str = "lattice") -> list[Page]:
    """Ruled tables."""
    import camelot
    from pypdfium2 import PdfDocument

    pages: list[Page] = [{"tables": [], "text": ""} for _ in range(len(PdfDocument(path)))]
    for table in camelot.read_pdf(path, pages="all", flavor=flavor):
        pages[table.page - 1]["tables"].append(table.df.values.tolist())
    return pages


def camelot_by_text(path: str) -> list[Page]:
    """Tables by aligned text."""
    return camelot(path, "stream")


def markdown_tables(text: str) -> list[list[list[str]]]:
    """The tables of a Markdown text."""
    tables: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.strip().startswith("|"):
            inside = False
            continue
        if not inside:
            tables.append([])
            inside = True
        if not re.fullmatch(r"[|:\-\s]+", line.strip()):
            cells = line.strip().removeprefix("|").removesuffix("|").split("|")
            tables[-1].append([re.sub(r"<br\s*/?>|\*\*|\\", " ", cell).strip() for cell in cells])
    return tables


def in_words(table: list[list[Any]]) -> list[list[str]]:
    """A table without empty objects."""
    return [["" if cell is None else str(cell) for cell in row] for row in table]


READERS: dict[str, Callable[[str], list[Page]]] = {
    "pdfplumber": pdfplumber, "pdfminer.six": pdfminer_six, "pypdf": pypdf, "pymupdf4llm": pymupdf4llm,
    "kreuzberg": kreuzberg, "camelot": camelot,
}
SECOND = {"pdfplumber": pdfplumber_by_text, "camelot": camelot_by_text}
"""The tool's other way, for tables without rules."""


def main() -> None:
    """Read, time, print."""
    logging.disable(logging.ERROR)
    reader, paths = READERS[sys.argv[1]], sys.argv[2:]
    answer = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        reader(paths[0])
        start = time.perf_counter()
        read = {path: reader(path) for path in paths}
        seconds = time.perf_counter() - start
    for path, pages in read.items():
        more = SECOND[sys.argv[1]](path) if sys.argv[1] in SECOND else []
        for number, page in enumerate(pages):
            page["tables"] = [in_words(table) for table in page["tables"]]
            page["more"] = [in_words(table) for table in more[number]["tables"]] if more else []
    json.dump({"seconds": seconds, "files": list(read.values())}, answer)


if __name__ == "__main__":
    main()
