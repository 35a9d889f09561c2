"""One reader per peer, run in the peer's own environment: this file imports nothing of ours.

    python evaluation/peer_readers.py PEER FILE.pdf...

Prints JSON: the seconds that reading took after a first file that warms up, and for each file its pages, each with
`tables` (rows of cells) and `text`. Every reader is called as its own documentation shows for tables, or for text
where it has none. Where a default finds no table on a page the tool's own way for tables without rules is tried.
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


def pdfplumber(path: str) -> list[Page]:
    """Ruled tables, else aligned text."""
    import pdfplumber

    pages = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            tables = page.extract_tables() or page.extract_tables(
                {"vertical_strategy": "text", "horizontal_strategy": "text"}
            )
            pages.append({"tables": tables, "text": page.extract_text()})
    return pages


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


def camelot(path: str) -> list[Page]:
    """Ruled tables, else aligned text."""
    import camelot
    from pypdfium2 import PdfDocument

    pages = []
    for number in range(1, len(PdfDocument(path)) + 1):
        tables = camelot.read_pdf(path, pages=str(number), flavor="lattice")
        if not len(tables):
            tables = camelot.read_pdf(path, pages=str(number), flavor="stream")
        pages.append({"tables": [table.df.values.tolist() for table in tables], "text": ""})
    return pages


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
            cells = line.strip().strip("|").split("|")
            tables[-1].append([re.sub(r"<br\s*/?>|\*\*|\\", " ", cell).strip() for cell in cells])
    return tables


READERS: dict[str, Callable[[str], list[Page]]] = {
    "pdfplumber": pdfplumber, "pdfminer.six": pdfminer_six, "pypdf": pypdf, "pymupdf4llm": pymupdf4llm,
    "kreuzberg": kreuzberg, "camelot": camelot,
}


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
    for pages in read.values():
        for page in pages:
            page["tables"] = [[["" if c is None else str(c) for c in row] for row in t] for t in page["tables"]]
    json.dump({"seconds": seconds, "files": list(read.values())}, answer)


if __name__ == "__main__":
    main()
