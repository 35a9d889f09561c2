"""The same decisions in the formats in which councils publish them: Word, web pages, PDF, minutes in tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from decision_papers import Read, grouped
from docx import Document as WordDocument
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Table

from pipeline.extractors.decisions import extract
from pipeline.ingesters import read
from pipeline.layout import lay_out
from pipeline.structure import outline

HEAD = (
    "NETHERFIELD DISTRICT COUNCIL",
    "Minutes of the meeting of the Cabinet held on 3 May 2022 at 6.00 pm",
    "Present: Councillors Hale (Chair), Brook and Moss",
)
LIMBS = (
    "the wall, as described in the report and shown on the plan at Appendix 1, be approved, subject to the lease of "
    "the land being signed by all of its owners before the works begin;",
    "authority to let the contract be delegated to the Director of Place; and",
    "the cost be noted.",
)
ROWS = (
    ("Minute", "Item", "Action by"),
    ("22/45", "Flood wall. The Director introduced it. RESOLVED that the wall be approved.", "DP"),
    ("22/46", "Fees Resolved: that the fees be noted.", "DR"),
)


def word(path: Path) -> None:
    paper = WordDocument()
    for line in HEAD:
        paper.add_paragraph(line)
    paper.add_heading("4. Flood wall", 2)
    paper.add_paragraph("RESOLVED that:")
    for limb in LIMBS:
        paper.add_paragraph(limb, style="List Number")
    paper.add_paragraph("Reason for decision: to protect homes.")
    paper.add_heading("5. Fees", 2)
    paper.add_paragraph("Agreed")
    for limb in ("Approve the fees in Appendix 1", "Note the consultation"):
        paper.add_paragraph(limb, style="List Bullet")
    paper.save(str(path))


def word_table(path: Path) -> None:
    paper = WordDocument()
    for line in HEAD:
        paper.add_paragraph(line)
    table = paper.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(str(path))


def web_lists(path: Path) -> None:
    items = "".join(f"<li>{limb}</li>" for limb in LIMBS)
    path.write_text(
        f"<h1>{HEAD[0]}</h1><p>{HEAD[1]}</p><h2>4. Flood wall</h2><p><strong>RESOLVED</strong> that –</p>"
        f"<ol type='a'>{items}</ol><h3>Reasons</h3><p>To protect homes.</p><h2>5. Fees</h2>"
        "<p>It was <b>AGREED</b> to:</p><ul><li>Approve the fees</li><li>Note the consultation</li></ul>"
    )


def web_table(path: Path) -> None:
    path.write_text(
        "<h1>Cabinet decisions</h1><p>Netherfield District Council, 3 May 2022</p><table><tr><th>Item</th>"
        "<th>Decision</th></tr><tr><td>4. Flood wall</td><td>RESOLVED: That the wall be approved.</td></tr>"
        "<tr><td>5. Fees</td><td>Agreed to note the fees.</td></tr></table>"
    )


def paragraphs(*texts: str) -> list[Flowable]:
    styles = getSampleStyleSheet()
    return [Paragraph(text, styles["Heading2" if text[:2] in ("4.", "5.") else "Normal"]) for text in texts]


def pdf(path: Path) -> None:
    limbs = ListFlowable([ListItem(p) for p in paragraphs(*LIMBS)], bulletType="a", bulletFormat="(%s)")
    talk = "The Director introduced the report and Members spoke about it at length. " * 4
    SimpleDocTemplate(str(path)).build(
        [
            *paragraphs(*HEAD, "4. FLOOD WALL", *[talk] * 14, "<b>RESOLVED</b> that:"),
            limbs,
            *paragraphs("Reason for decision", "To protect homes.", "5. FEES", "<b>AGREED</b> to:"),
            *paragraphs("(i) approve the fees; and", "(ii) note the consultation."),
        ]
    )


def pdf_table(path: Path) -> None:
    rows = [[cell if len(cell) < 20 else paragraphs(cell)[0] for cell in row] for row in ROWS]
    table = Table(rows, colWidths=[60, 300, 80], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(path)).build([*paragraphs(*HEAD), table])


def decisions(path: Path) -> list[Read]:
    found = outline(lay_out(read(path)))
    return grouped(extract(found), found.document.text)


@pytest.mark.parametrize(("write", "name"), [(word, "a.docx"), (web_lists, "a.html"), (pdf, "a.pdf")])
def test_lists(write: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    reads = decisions(tmp_path / name)
    assert [(r.resolution.kind, r.actions) for r in reads] == [
        ("resolved", ["approve", "delegate", "note"]),
        ("agreed", ["approve", "note"]),
    ]
    assert reads[0].resolution.text.endswith("the cost be noted.")
    assert reads[0].clauses[0].text.endswith("before the works begin;")


@pytest.mark.parametrize(("write", "name"), [(word_table, "a.docx"), (web_table, "a.html"), (pdf_table, "a.pdf")])
def test_tables(write: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    assert [r.actions for r in decisions(tmp_path / name)] == [["approve"], ["note"]]


def test_lines_within_one_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<h1>Netherfield Parish Council</h1><p>Minutes of the Parish Council held on 3 May 2022</p>"
        "<p><b>4. Finance</b><br>It was RESOLVED to pay the following:<br>Clerk £288.00<br>Hall £25.00<br>"
        "<b>5. Bench</b><br>Cllr Hale proposed, Cllr Brook seconded and it was resolved to buy a bench.</p>"
    )
    first, second = decisions(path)
    assert first.resolution.text.endswith("Hall £25.00")
    assert (second.resolution.mover, second.resolution.text) == ("Cllr Hale", "to buy a bench.")
