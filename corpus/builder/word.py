"""DOCX by python-docx, with real list styles for bullets and real tables."""
import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from .source import Block, Run, Source

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def word_docx(source: Source) -> bytes:
    """The source as a DOCX; the same bytes for the same python-docx."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    document.core_properties.title = str(source.front.get("title", ""))
    document.core_properties.author = ""
    document.styles["Normal"].font.name = str(source.front.get("face", "Arial"))
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.header.paragraphs[0].text = str(source.front.get("head", ""))
    section.footer.paragraphs[0].text = str(source.front.get("foot", ""))
    for block in source.blocks:
        _add(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _add(document: Document, block: Block) -> None:
    if block.kind == "page":
        document.add_page_break()
    elif block.kind in ("table", "pairs"):
        _table(document, block)
    elif block.kind == "heading":
        document.add_heading(block.text.replace(" ", "\t", 1) if block.text[:1].isdigit() else block.text, block.level)
    elif block.kind == "limb" and block.label == "•":
        _say(document.add_paragraph(style="List Bullet"), block.runs)
    elif block.kind == "limb":
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(1.0 * block.level)
        paragraph.paragraph_format.first_line_indent = Cm(-1.0)
        paragraph.add_run(block.label + "\t")
        _say(paragraph, block.runs)
    else:
        paragraph = document.add_paragraph()
        align = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
        paragraph.alignment = align.get(block.kind)
        _say(paragraph, block.runs)


def _say(paragraph: Paragraph, runs: list[Run]) -> None:
    for run in runs:
        paragraph.add_run(run.text).bold = run.bold


def _table(document: Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]))
    table.style = "Table Grid" if block.options.get("ruled", "yes") == "yes" else "Normal Table"
    for row in block.rows:
        for cell, runs in zip(table.add_row().cells, row, strict=True):
            _say(cell.paragraphs[0], runs)
    document.add_paragraph()


def _undated(data: bytes) -> bytes:
    """The same archive with every member dated alike, since Word files hold the hour they were zipped."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
