"""An agenda pack: a front sheet with papers bound in behind it, each as its own author made it.

The front matter of the front sheet lists what is bound in:

    bind:
    - {source: cabinet-minutes-2024-11-26, kind: minutes, item: "3"}

A paper is the source of that name beside the front sheet, or in the folder `bound` there where it is no document of its
own. Every page is stamped with its number in the pack, the first page of an item with the item's; papers begin on odd
pages. In the front sheet "{pages 3}" stands for the pages of item 3.
"""
import ctypes
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from .gold import gold_of
from .source import Run, Source, read_source

PAGES = re.compile(r"\{pages (\w+)\}")
SIZE = 9.0
FOOT, HEAD, MARGIN = 18.0, 24.0, 60.0
Render = Callable[[Source], bytes]


@dataclass(frozen=True)
class Bound:
    """A paper in the pack: what it is, the item that it belongs to, its pages."""

    kind: str
    item: str | None
    source: Source
    pdf: bytes
    first: int
    last: int


def pack_pdf(front: Source, render: Render) -> bytes:
    """The pack as a PDF."""
    sheet, papers = bound(front, render)
    pack = pypdfium2.PdfDocument.new()
    pack.import_pages(pypdfium2.PdfDocument(sheet))
    stamps: dict[int, str] = {}
    seen: set[str | None] = set()
    for paper in papers:
        while len(pack) < paper.first - 1:
            page = pack.new_page(595.276, 841.89)
            _write(pack, page, "This page is intentionally left blank", 210, 420, 11)
            page.gen_content()
        pack.import_pages(pypdfium2.PdfDocument(paper.pdf))
        if paper.item not in seen:
            stamps[paper.first - 1] = f"Agenda Item {paper.item}"
            seen.add(paper.item)
    for index, page in enumerate(pack):
        width, height = page.get_size()
        _write(pack, page, f"Page {index + 1}", width - MARGIN - 30, FOOT, SIZE)
        if index in stamps:
            _write(pack, page, stamps[index], width - MARGIN - 60, height - HEAD, SIZE)
        page.gen_content()
    buffer = io.BytesIO()
    pack.save(buffer)
    return buffer.getvalue()


def bound(front: Source, render: Render) -> tuple[bytes, list[Bound]]:
    """The front sheet with its page numbers filled in, and the papers with their pages in the pack."""
    papers = [(entry, source, render(source)) for entry, source in _papers(front)]
    lengths = [len(pypdfium2.PdfDocument(pdf)) for _, _, pdf in papers]
    sheet = render(_filled(front, {}))
    found: list[Bound] = []
    at = len(pypdfium2.PdfDocument(sheet))
    for (entry, source, pdf), length in zip(papers, lengths, strict=True):
        at += at % 2
        found.append(Bound(entry["kind"], entry.get("item"), source, pdf, at + 1, at + length))
        at += length
    ranges: dict[str, tuple[int, int]] = {}
    for one in found:
        first, _ = ranges.get(str(one.item), (one.first, 0))
        ranges[str(one.item)] = first, one.last
    return render(_filled(front, {item: f"{first} - {last}" for item, (first, last) in ranges.items()})), found


def pack_gold(front: Source, document: str) -> dict[str, Any]:
    """The gold of the front sheet and of all that is bound in; decisions of earlier minutes are not this meeting's."""
    gold = gold_of(front, document)
    for entry, source in _papers(front):
        own = gold_of(source, document)
        item = {"item": entry["item"]} if "item" in entry else {}
        gold["budget_figures"] += own["budget_figures"]
        gold["services"] = list(dict.fromkeys([*gold["services"], *own["services"]]))
        if entry["kind"] != "minutes":
            gold["resolutions"] += [one | item for one in own["resolutions"]]
            gold["options"] += [one | item for one in own["options"]]
    return gold


def _papers(front: Source) -> Iterator[tuple[dict[str, str], Source]]:
    for entry in front.front["bind"]:
        beside = front.path.parent / f"{entry['source']}.src"
        yield entry, read_source(beside if beside.exists() else _folder(front) / beside.name)


def _folder(front: Source) -> Path:
    return front.path.parent / "bound"


def _filled(front: Source, pages: dict[str, str]) -> Source:
    """The front sheet as a paper of its own, with pages of items in it."""
    def fill(run: Run) -> Run:
        return replace(run, text=PAGES.sub(lambda found: pages.get(found[1], "00 - 00"), run.text))

    blocks = [replace(block, runs=[fill(run) for run in block.runs]) for block in front.blocks]
    alone = {key: value for key, value in front.front.items() if key != "bind"}
    return replace(front, blocks=blocks, front=alone)


def _write(pack: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, words: str, x: float, y: float, size: float) -> None:
    stamp = raw.FPDFPageObj_NewTextObj(pack.raw, b"Helvetica", size)
    letters = words.encode("utf-16-le") + b"\0\0"
    raw.FPDFText_SetText(stamp, ctypes.cast(ctypes.create_string_buffer(letters), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(stamp, 1, 0, 0, 1, x, y)
    raw.FPDFPage_InsertObject(page.raw, stamp)
