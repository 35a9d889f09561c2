"""One document's whole journey: bytes to records. This is what a worker process runs."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import Document, Outline


def outline_of(path: Path) -> Outline:
    """Read `path` as far as its outline. Raises `ingesters.Unreadable` where its content cannot be read."""
    from pipeline.ingesters import read
    from pipeline.layout import lay_out
    from pipeline.structure import outline

    document: Document = lay_out(read(path))
    return outline(document)
