"""The benchmark measures the code that runs: every place that it times is there, and stages add up."""

from __future__ import annotations

import gc
from pathlib import Path

from evaluation import bare_pdfium
from evaluation.report import Measured, text
from evaluation.stages import OCR, Stages, measure
from pipeline import folder

CORPUS = Path(__file__).parent.parent / "corpus"


def test_stages_of_a_few_papers_add_up() -> None:
    files, _ = folder.files([CORPUS / "netherfield"])
    stages = measure(files, min(files, key=lambda file: file.size).path)
    assert gc.isenabled()
    assert (stages.documents, stages.recognised) == (len(files), [])
    assert stages.pages >= stages.documents
    expected = {"start", "open", "words", "ruled lines", "lines and paragraphs", "tables", "structure", "link", "store"}
    assert expected <= stages.seconds.keys()
    assert abs(stages.total() - sum(stages.seconds.values())) < 1e-9


def test_a_stage_within_another_is_not_counted_twice() -> None:
    stages = Stages()
    with stages.timed("outer"), stages.timed(OCR):
        sum(range(300_000))
    assert stages.seconds[OCR] > 0
    assert stages.total() == stages.seconds["outer"] < stages.seconds[OCR]
    assert stages.total(["outer", OCR], recognition=True) == stages.seconds["outer"] + stages.seconds[OCR]


def test_bare_extraction_gives_words_boxes_and_fonts() -> None:
    pages = bare_pdfium.read(next((CORPUS / "netherfield").rglob("*.pdf")))
    word, (left, top, right, bottom), face = pages[0][0]
    assert word.strip() == word != ""
    assert left < right and bottom < top
    assert face[0] > 0 and isinstance(face[5], bytes)
    assert bare_pdfium.read(Path(__file__)) == []


def test_the_text_tells_ratios_and_targets() -> None:
    stages = Stages(documents=2, pages=3)
    stages.seconds |= {"start": 1.0, "words": 2.0, OCR: 9.0}
    told = text(Measured("papers", stages, bare=1.0, pdf_pages=3, longest="long.pdf", longest_peak=123.4))
    assert "papers: 2 documents, 3 pages" in told
    assert "whole way / bare pdfium" in told and "   3.00  ≤ 4" in told
    assert "long.pdf: 123 MB" in told
