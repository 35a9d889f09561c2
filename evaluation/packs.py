"""Agenda packs of hundreds of pages, bound of papers of our own: reports by several hands, appendices, minutes.

    python -m evaluation.packs [--pages 400] [--keep FOLDER]

draws three packs, reads them, and tells which papers were found with kind, pages and agenda item. `stamped`: as
committee systems print them, with the pack's page numbers, the item's number on the first page of each report, and an
agenda that says on which pages papers stand. `numbered`: papers put one behind the other, some with page numbers of
their own. `bare`: the same without any. Status 1 where a paper was missed or another found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading import outline_of

MARGIN, PITCH, LINES = 60, 14, 46
Style = Literal["stamped", "numbered", "bare"]
VOCABULARY = (
    "harbour ferry quay toll tide berth pilot light channel mooring crane shed season ticket survey wall "
    "dredging store rope chain office clerk master boat winter summer repair paint timber stone iron cost "
    "income year month week plan"
)
WORDS = VOCABULARY.split()
SUBJECTS = (
    "Ferry tolls from April", "Repairs to the north quay", "Dredging of the inner channel", "Lights on the east pier",
    "Berths for visiting boats", "The pilot service", "Season tickets for islanders", "Sheds on the fish quay",
    "Winter moorings", "The harbour office", "Cranes and their drivers", "Timber for the landing stage",
    "Buoys in the outer road", "The tide gauge",
)
OFFICERS = ("Harbour Master", "Engineer", "Treasurer", "Clerk to the Trustees")


@dataclass(frozen=True)
class Bound:
    """A paper in the pack: what it is, its pages in the PDF, the agenda item that it belongs to."""

    kind: str
    first: int
    last: int
    item: str | None


@dataclass
class Pack:
    """A pack as it was bound."""

    data: bytes
    parts: list[Bound]
    pages: int


@dataclass
class Paper:
    """A paper before it is bound: for each page what draws it. `own`: how it numbers its pages."""

    kind: str
    pages: list[Callable[[Canvas], None]]
    item: str | None = None
    own: str = ""
    wide: bool = False


@dataclass
class Writer:
    """Writes sentences that no two papers share."""

    dice: random.Random
    said: int = 0

    def sentence(self) -> str:
        self.said += 1
        words = [self.dice.choice(WORDS) for _ in range(self.dice.randint(8, 16))]
        return f"{words[0].capitalize()} {' '.join(words[1:])} {self.said}."

    def lines(self, count: int) -> list[str]:
        """So many full lines of sentences."""
        lines: list[str] = [""]
        while len(lines) <= count:
            for word in self.sentence().split():
                if len(lines[-1]) + len(word) > 84:
                    lines.append("")
                lines[-1] = f"{lines[-1]} {word}".strip()
        return lines[:count]


@dataclass
class Page:
    """Lines with their fonts, from the top."""

    lines: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, text: str, font: str = "Helvetica", size: float = 10.5) -> None:
        self.lines.append((text, font, size))

    def __call__(self, canvas: Canvas) -> None:
        height = canvas._pagesize[1]
        for at, (text, font, size) in enumerate(self.lines):
            canvas.setFont(font, size)
            canvas.drawString(MARGIN, height - 80 - PITCH * at, text)


def report(writer: Writer, number: int, subject: str, length: int) -> Paper:
    """A report that opens in one of four ways."""
    first = Page()
    officer = OFFICERS[number % len(OFFICERS)]
    if number % 4 == 0:
        for label, value in (("Report to:", "Harbour Committee"), ("Date:", "16 January 2025"), ("Title:", subject),
                             ("Report of:", officer), ("Key decision:", "No")):
            first.add(f"{label} {value}", "Helvetica-Bold")
    elif number % 4 == 1:
        first.add("HARBOUR COMMITTEE", "Helvetica-Bold", 13)
        first.add("16 January 2025", "Helvetica-Bold")
        first.add(subject, "Helvetica-Bold", 12)
        first.add(f"Report of the {officer}")
    elif number % 4 == 2:
        first.add("CALDERBROOK HARBOUR TRUST", "Helvetica-Bold", 13)
        first.add("Harbour Committee: Thursday 16 January 2025")
        first.add("Part 1 - Public")
        first.add(subject.upper(), "Helvetica-Bold", 12)
        first.add(f"Report by the {officer}")
    else:
        first.add(subject, "Helvetica-Bold", 16)
        first.add(f"Author: {officer}")
        first.add("Meeting: Harbour Committee, 16 January 2025")
    first.add("")
    first.add("1. Purpose of the report", "Helvetica-Bold")
    for line in writer.lines(24):
        first.add(line)
    own = ("", "Page {} of {}", "{}")[number % 3]
    return Paper("report", [first, *texts(writer, length - 1)], str(number), own)


def texts(writer: Writer, count: int) -> Iterator[Page]:
    """Pages of numbered headings and sentences."""
    for at in range(count):
        page = Page()
        for part in range(3):
            page.add(f"{at + 2}.{part + 1} {writer.dice.choice(WORDS).capitalize()} and its cost", "Helvetica-Bold")
            for line in writer.lines(LINES // 3 - 3):
                page.add(line)
        yield page


def appendix(writer: Writer, letter: str, item: str, length: int) -> Paper:
    """An appendix: a text, or a landscape table of figures."""
    first = Page()
    first.add(f"Appendix {letter} - {writer.dice.choice(WORDS).capitalize()} by {writer.dice.choice(WORDS)}",
              "Helvetica-Bold", 12)
    if length % 2:
        for line in writer.lines(20):
            first.add(line)
        return Paper("appendix", [first, *texts(writer, length - 1)], item, own="{}" if length % 3 else "")
    pages = [table(writer, head) for head in (first, *(Page() for _ in range(length - 1)))]
    return Paper("appendix", pages, item, wide=True)


def table(writer: Writer, head: Page) -> Callable[[Canvas], None]:
    """A page with a table of figures below its heading."""
    rows = [(writer.dice.choice(WORDS), [writer.dice.randint(100, 9999) for _ in range(5)]) for _ in range(18)]

    def draw(canvas: Canvas) -> None:
        head(canvas)
        height = canvas._pagesize[1]
        canvas.setFont("Helvetica", 10)
        for at, year in enumerate(range(2025, 2030)):
            canvas.drawRightString(350 + 90 * at, height - 120, f"{year}/{year % 100 + 1}")
        for at, (label, figures) in enumerate(rows):
            canvas.drawString(MARGIN, height - 140 - 16 * at, f"{label.capitalize()} and {rows[at - 1][0]}")
            for column, figure in enumerate(figures):
                canvas.drawRightString(350 + 90 * column, height - 140 - 16 * at, f"{figure:,}")

    return draw


def minutes(writer: Writer, length: int) -> Paper:
    """The minutes of the last meeting."""
    first = Page()
    first.add("CALDERBROOK HARBOUR TRUST", "Helvetica-Bold", 13)
    first.add("MINUTES of a meeting of the Harbour Committee held on 5 December 2024", "Helvetica-Bold")
    first.add("Present: Mr A Fern (Chair), Mrs B Moss and Ms C Reed")
    for line in writer.lines(20):
        first.add(line)
    first.add("RESOLVED: That the tolls of the year 2024/25 be kept.")
    return Paper("minutes", [first, *texts(writer, length - 1)], "3")


def bind(pages: int, style: Style) -> Pack:
    """A pack of about so many pages."""
    stamped = style == "stamped"
    writer = Writer(random.Random(pages))
    papers = [minutes(writer, 8)]
    per_report = max((pages - 10) // len(SUBJECTS), 8)
    for number, subject in enumerate(SUBJECTS, 4):
        body = max(per_report // 3, 3)
        papers.append(report(writer, number, subject, body))
        for at, letter in enumerate("ABC"[: 1 + number % 3]):
            length = max((per_report - body) // (1 + number % 3), 2) + at % 2
            papers.append(appendix(writer, letter, str(number), length))
    parts = [Bound("agenda", 1, 2, None)]
    for paper in papers:
        first = parts[-1].last + 1
        parts.append(Bound(paper.kind, first, first + len(paper.pages) - 1, paper.item))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for drawn, page in enumerate(front(parts, stamped), 1):
        page(canvas)
        finish(canvas, drawn, stamped)
    for paper, part in zip(papers, parts[1:], strict=True):
        for at, page in enumerate(paper.pages):
            canvas.setPageSize(landscape(A4) if paper.wide else A4)
            page(canvas)
            if paper.own and style == "numbered":
                canvas.setFont("Helvetica", 9)
                canvas.drawCentredString(300, 36, paper.own.format(at + 1, len(paper.pages)))
            if stamped and at == 0 and paper.kind in ("report", "minutes"):
                canvas.setFont("Helvetica-Bold", 12)
                canvas.drawRightString(canvas._pagesize[0] - 40, canvas._pagesize[1] - 40, f"Agenda Item {paper.item}")
            finish(canvas, part.first + at, stamped)
    canvas.save()
    return Pack(buffer.getvalue(), parts, parts[-1].last)


def finish(canvas: Canvas, number: int, stamped: bool) -> None:
    if stamped:
        canvas.setFont("Helvetica", 10)
        canvas.drawRightString(canvas._pagesize[0] - 40, 24, f"Page {number}")
    canvas.showPage()


def front(parts: list[Bound], stamped: bool) -> Iterator[Page]:
    """The two pages of the agenda."""
    page = Page()
    page.add("CALDERBROOK HARBOUR TRUST", "Helvetica-Bold", 14)
    page.add("AGENDA", "Helvetica-Bold", 14)
    page.add("HARBOUR COMMITTEE", "Helvetica-Bold", 12)
    page.add("Thursday 16 January 2025 at 10.00 am in the Guildhall")
    page.add("")
    page.add("1. Apologies for absence")
    page.add("2. Declarations of interest")
    items = ["Minutes of the meeting held on 5 December 2024", *SUBJECTS]
    for number, subject in enumerate(items, 3):
        own = [part for part in parts if part.item == str(number)]
        where = f" (Pages {own[0].first} - {own[-1].last})" if stamped else ""
        page.add(f"{number}. {subject}{where}")
        if number == 12:
            yield page
            page = Page()
    yield page


def found_in(path: Path) -> list[Bound]:
    """The papers that we find in a pack."""
    read = outline_of(path)
    blocks = read.document.blocks
    return [
        Bound(
            part.kind, blocks[part.first].page or 0,
            max(page for block in blocks[part.first:part.last] for page in (*block.pages, block.page) if page),
            read.items[part.item].number if part.item is not None else None,
        )
        for part in read.parts
    ]


def main() -> int:
    """Bind, read and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the packs there, to be looked at")
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for style in get_args(Style):
            pack = bind(options.pages, style)
            path = (options.keep or Path(folder)) / f"{style}.pdf"
            path.write_bytes(pack.data)
            began = time.perf_counter()
            found = found_in(path)
            print(f"{style:9} {pack.pages} pages, {len(pack.parts)} papers: {len({*found} & {*pack.parts})} found, "
                  f"{len({*found} - {*pack.parts})} others, {time.perf_counter() - began:.1f} s")
            faults += found != pack.parts
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
