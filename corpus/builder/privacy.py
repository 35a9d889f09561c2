"""Papers with private persons' details in them, as text, web page, Word and PDF, and what a perfect reader withholds.

A source in `corpus/privacy/` is lines: `# ` and `## ` begin a heading, `| ` a row of a table, anything else is a
paragraph; `[[kind|words]]` marks what is private. No paper is kept built: they are made where they are wanted.
"""
import io
import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "privacy"
MARK = re.compile(r"\[\[(\w+)\|(.+?)\]\]")
FORMS = ("txt", "html", "docx", "pdf")


@dataclass(frozen=True)
class Paper:
    """A paper: its name, its lines without marks, and the kind and words of each private detail in order."""

    name: str
    lines: tuple[str, ...]
    private: tuple[tuple[str, str], ...]

    def parts(self) -> list[tuple[str, list[str]]]:
        """Its lines by what they are (heading, table, paragraph), lines of one table together."""
        sort = {"#": "heading", "|": "table"}
        grouped = groupby(self.lines, key=lambda line: sort.get(line[:1], "paragraph"))
        return [(kind, list(lines)) for kind, lines in grouped]


def papers(folder: Path = FOLDER) -> list[Paper]:
    """The papers of a folder of sources, by name."""
    return [paper(path) for path in sorted(folder.glob("*.txt"))]


def paper(path: Path) -> Paper:
    """The paper that a source makes."""
    text = path.read_text(encoding="utf-8")
    plain = MARK.sub(lambda mark: mark[2], text)
    return Paper(path.stem, tuple(plain.splitlines()), tuple((mark[1], mark[2]) for mark in MARK.finditer(text)))


def built(one: Paper, form: str) -> bytes:
    """The paper as a file of that form (one of FORMS)."""
    return {"txt": _text, "html": _html, "docx": _docx, "pdf": _pdf}[form](one)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _text(one: Paper) -> bytes:
    said = {
        "heading": lambda lines: "\n\n".join(line.lstrip("# ") for line in lines),
        "table": lambda lines: "\n".join("| " + " | ".join(_cells(line)) + " |" for line in lines),
        "paragraph": lambda lines: "\n".join(lines),
    }
    return "\n\n".join(said[kind](lines) for kind, lines in one.parts()).encode() + b"\n"


def _html(one: Paper) -> bytes:
    made = []
    for kind, lines in one.parts():
        if kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in _cells(line)) + "</tr>" for line in lines)
            made.append(f"<table>{rows}</table>")
        else:
            tag = "h2" if kind == "heading" else "p"
            made += [f"<{tag}>{escape(line.lstrip('# '))}</{tag}>" for line in lines]
    return ("<!DOCTYPE html><html><body>" + "\n".join(made) + "</body></html>").encode()


def _docx(one: Paper) -> bytes:
    from docx import Document

    document = Document()
    for kind, lines in one.parts():
        if kind == "table":
            rows = [_cells(line) for line in lines]
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for r, cells in enumerate(rows):
                for c, cell in enumerate(cells):
                    table.cell(r, c).text = cell
            continue
        for line in lines:
            if kind == "heading":
                document.add_heading(line.lstrip("# "), 1 if line.startswith("# ") else 2)
            else:
                document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(one: Paper) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    styles, flow = getSampleStyleSheet(), []
    for kind, lines in one.parts():
        if kind == "table":
            rows = [[Paragraph(escape(cell), styles["Normal"]) for cell in _cells(line)] for line in lines]
            flow += [Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]), Spacer(1, 6)]
            continue
        for line in lines:
            style = styles["Heading2" if kind == "heading" else "Normal"]
            flow += [Paragraph(escape(line.lstrip("# ")), style), Spacer(1, 4)]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build(flow)
    return buffer.getvalue()
