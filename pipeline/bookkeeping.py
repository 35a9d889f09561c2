"""What we store of the work itself: which files were read in which state, what failed, what people said, which runs.

As in `records`, a class is a table; nothing here was read out of a paper's words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from pipeline.records import Record


class DocumentPath(Record):
    """A file under one of its names; the same bytes under two names are one document."""

    table = "document_paths"
    key = ("path",)
    path: str = Field(description="Where the file lies.")
    document_id: str = Field(description="Its document; in `documents` only where its content could be read.")
    sha256: str = Field(description="SHA-256 of the bytes, hexadecimal.")
    size: int = Field(description="Length in bytes.")
    modified_at: datetime = Field(description="When the file was last modified, UTC.")


class Reading(Record):
    """The state in which a document was read: what another version read is read again."""

    table = "readings"
    key = ("document_id",)
    document_id: str = Field(description="Its document.")
    version: str = Field(description="Version of the code and rules that read it.")
    failed: bool = Field(description="Whether it could not be read, or not all of it, by a fault.")


class PrivateWords(Record):
    """What was withheld, kept only where the papers were read with `--keep-private`."""

    table = "private_words"
    key = ("pii_id",)
    pii_id: str = Field(description="Its row in `pii`.")
    document_id: str = Field(description="Its document.")
    text: str = Field(description="The words.")


class TextSketch(Record):
    """A sample of the runs of five words in a document or a part, by which the same text is found again."""

    table = "text_sketches"
    key = ("sketch_id",)
    sketch_id: str = Field(description="The id of the document or of the part.")
    document_id: str = Field(description="The document.")
    words: int = Field(description="How many words the text has.")
    shingles: list[int] = Field(
        description="Hashes (CRC-32) of runs of five words, ascending: all of a short text, one in eight of a long one."
    )


class Problem(Record):
    """Something that could not be read, or not for certain."""

    table = "problems"
    key = ("problem_id",)
    problem_id: str = Field(description="Derived from path, stage, kind and page.")
    document_id: str | None = Field(None, description="Its document, where its bytes could be read.")
    path: str = Field(description="The file.")
    stage: str = Field(description="Where it arose: open, words, layout, structure, extract, store.")
    kind: str = Field(description="What sort.", examples=["encrypted", "no_text", "time_out"])
    message: str = Field(description="What is wrong and what to try, for a person.")
    page: int | None = Field(None, description="The page, where it concerns one.")


class Review(Record):
    """A record on which a person's word counts: what the machine had read, and what the person says."""

    table = "reviews"
    key = ("review_id",)
    review_id: str = Field(description="Derived from the record's table and id.")
    document_id: str = Field(description="The document that the record was read out of.")
    table_name: str = Field(description="The record's table.", examples=["budget_figures"])
    record_id: str = Field(description="The record's id; a rejected record is in no other table.")
    verdict: Literal["accepted", "corrected", "rejected"] = Field(description="accepted, corrected or rejected.")
    changes: str | None = Field(None, description="JSON: what the person says of each field that was wrong.")
    machine: str = Field(description="JSON: the rows as the machine read them, by table.")
    reviewed_at: datetime = Field(description="When, UTC.")


class Run(Record):
    """One run of the pipeline."""

    table = "runs"
    key = ("run_id",)
    run_id: str = Field(description="Derived from the start time.")
    started_at: datetime = Field(description="Start, UTC.")
    finished_at: datetime | None = Field(None, description="End, UTC.")
    version: str = Field(description="Version of the code.")
    rules_version: str = Field(description="Hash of the rules.")
    seen: int = Field(description="Files seen.")
    ingested: int = Field(description="Files read.")
    unchanged: int = Field(description="Files already read by this version.")
    failed: int = Field(description="Files that could not be read.")
