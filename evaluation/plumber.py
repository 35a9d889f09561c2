"""What pdfplumber takes for the same pages."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pdfplumber

from evaluation.stages import clock


def text_and_tables(paths: Sequence[Path], sample: int = 1) -> float:
    """Seconds for `extract_text` and `extract_tables` of every page; scaled up from every `sample`th."""
    return _seconds(paths, sample, ("extract_text", "extract_tables"))


def words_and_tables(paths: Sequence[Path], sample: int = 1) -> float:
    """Seconds for `extract_words` and `extract_tables` of every page; scaled up from every `sample`th."""
    return _seconds(paths, sample, ("extract_words", "extract_tables"))


def _seconds(paths: Sequence[Path], sample: int, calls: Sequence[str]) -> float:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages = taken = 0
    start = clock()
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                if pages % sample == 0:
                    for call in calls:
                        getattr(page, call)()
                    page.close()
                    taken += 1
                pages += 1
    return (clock() - start) * pages / max(taken, 1)
