"""Soft faults: what could be read only in part, as rows rather than as log lines."""

from __future__ import annotations

from pipeline.bookkeeping import Problem
from pipeline.document import Document
from pipeline.records import identify


def note(document: Document, kind: str, message: str, *, stage: str = "open", page: int | None = None) -> None:
    """Add a row to the document's problems. `message` tells a person what is wrong and what to try."""
    document.problems.append(Problem(
        problem_id=identify("problem", document.path, stage, kind, page),
        document_id=document.document_id, path=document.path, stage=stage, kind=kind, message=message, page=page,
    ))
