"""One document's whole journey: bytes to records. This is what a worker process runs."""

from __future__ import annotations

import hashlib
import shutil
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pipeline
from pipeline import rules
from pipeline.bookkeeping import PrivateWords, Problem
from pipeline.document import Document, Outline
from pipeline.records import (
    AgendaItem,
    DocumentPart,
    DocumentRow,
    Evidence,
    PageRow,
    Record,
    Resolution,
    ResolutionClause,
    identify,
)

READ_BY = (
    "ingesters", "layout", "structure", "extractors", "linking", "records.py", "document.py", "rules.py", "labels.py",
    "needles.py", "confidence.py", "confidence.json", "reading.py",
)
"""What decides a document's records: a change to any of it makes a new version."""


@dataclass
class Reading:
    """All that one document gave. `failed`: it could not be read, or one of our own rooms failed on it."""

    document_id: str
    records: list[Record] = field(default_factory=list)
    failed: bool = False


@lru_cache(maxsize=1)
def version() -> str:
    """The version of the code and rules that read: a document read by another is read again."""
    digest = hashlib.sha256(rules.version().encode())
    here = Path(__file__).parent
    for name in READ_BY:
        place = here / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{pipeline.__version__}+{digest.hexdigest()[:12]}"


@lru_cache(maxsize=1)
def version_with_tools() -> str:
    """The version, and the programs that read what we cannot: a document with problems is read again when one of
    them has been installed."""
    found = [name for name in ("tesseract", "soffice", "libreoffice", "antiword") if shutil.which(name)]
    return f"{version()}/{','.join(found)}"


def outline_of(path: Path) -> Outline:
    """Read `path` as far as its outline. Raises `ingesters.Unreadable` where its content cannot be read."""
    from pipeline.ingesters import read
    from pipeline.layout import lay_out
    from pipeline.structure import outline

    return outline(lay_out(read(path)))


def read_document(path: Path, document_id: str) -> Reading:
    """Read `path` into records. Never raises for a document's sake: what went wrong is among the problems.

    The words of private details are in none of them.
    """
    reading = read_keeping_private(path, document_id)
    reading.records = [record for record in reading.records if not isinstance(record, PrivateWords)]
    return reading


def read_keeping_private(path: Path, document_id: str) -> Reading:
    """The same, with a record of the words of each private detail that the others mask."""
    from pipeline.confidence import calibrate

    reading = read_uncalibrated(path, document_id)
    paper = next((record.kind for record in reading.records if isinstance(record, DocumentRow)), "other")
    calibrate(reading.records, paper)
    return reading


def read_uncalibrated(path: Path, document_id: str) -> Reading:
    """The same, each record as sure as its rule is: what the calibration is fitted on."""
    from pipeline.ingesters import Unreadable

    try:
        outline = outline_of(path)
    except Unreadable as error:
        problem = problem_of(document_id, path, "open", error.kind, error.message)
        return Reading(document_id, [problem], failed=True)
    except MemoryError:
        return Reading(document_id, [out_of_memory(document_id, path)], failed=True)
    except Exception as error:  # whatever a document does to us costs itself alone
        return Reading(document_id, [our_fault(document_id, path, "read", error)], failed=True)
    extracted, faults = extract(outline, path)
    records = link(outline, extracted, path)
    return Reading(document_id, records + faults, failed=bool(faults))


def extractors() -> dict[str, Callable[[Outline], Sequence[Record]]]:
    """What reads each type of record, by name; imported when first needed, since spaCy takes its time."""
    from pipeline.extractors import decisions, funds, legal, milestones, money, options, services

    rooms = (services, decisions, money, options, funds, legal, milestones)
    return {room.__name__.rpartition(".")[2]: room.extract for room in rooms}


def extract(outline: Outline, path: Path) -> tuple[list[Record], list[Record]]:
    """The records of every extractor, and a problem for each extractor that failed."""
    records: list[Record] = list(items(outline))
    faults: list[Record] = []
    for name, read in extractors().items():
        try:
            records += read(outline)
        except Exception as error:  # the other extractors' records are good without this one's
            faults.append(our_fault(outline.document_id, path, f"extract {name}", error))
    return [record for record in records if not of_earlier_meeting(outline, record)], faults


def of_earlier_meeting(outline: Outline, record: Record) -> bool:
    """Whether it is a decision in minutes that a pack binds in: it belongs to their meeting, and is left out."""
    if not outline.parts or not isinstance(record, Resolution | ResolutionClause):
        return False
    part = outline.part_at(outline.document.block_at(record.char_start))
    return part is not None and part.kind == "minutes" and (part.held_on is None or part.held_on != outline.held_on)


def items(outline: Outline) -> Iterable[AgendaItem]:
    """The agenda items of the outline as records."""
    for index, item in enumerate(outline.items):
        item_id = outline.item_id(index)
        assert item_id is not None
        yield AgendaItem(
            item_id=item_id, document_id=outline.document_id, meeting_id=None, position=index + 1, number=item.number,
            title=item.title, reference=item.reference, truncated=item.truncated,
            page=outline.document.page_at(item.start), char_start=item.start, char_end=item.end, rule=item.rule,
            confidence=item.confidence,
        )


def link(outline: Outline, extracted: list[Record], path: Path) -> list[Record]:
    """All rows of the document: what was extracted, joined to its council and meeting, and its boxes.

    Private details are masked in all of them. Where they could not be looked for, this raises, and nothing is stored.
    """
    from pipeline.extractors import privacy
    from pipeline.linking.councils import council_of
    from pipeline.linking.duplicates import sketches_of
    from pipeline.linking.evidence import boxes
    from pipeline.linking.meetings import meeting_of
    from pipeline.linking.services import join_services
    from pipeline.linking.withholding import withhold

    document = outline.document
    council = council_of(outline)
    council_id = council.id if council else None
    meeting = meeting_of(
        document.document_id, council_id, outline.body, outline.held_on, outline.starts_at, outline.venue
    )
    meeting_id = meeting.meeting_id if meeting else None
    records: list[Record] = [*outline.attendances, *extracted, *privacy.extract(outline)]
    for record in records:
        if "meeting_id" in type(record).model_fields:
            record.meeting_id = meeting_id  # type: ignore[attr-defined]
    join_services(document.text, records)
    rows: list[Record] = [document_row(outline, path, council_id, meeting_id), *page_rows(document)]
    parts = list(document_parts(outline, council_id))
    rows += [*parts, *sketches_of(document, parts)]
    if meeting:
        rows.append(meeting)
    if council:  # a parish council need not be among those that the rules list
        rows.append(council.record())
    placed = boxes(document, (r for r in records if isinstance(r, Evidence)))
    rows += [*records, *placed, *document.problems]
    return rows + withhold(document, rows)


def document_row(outline: Outline, path: Path, council_id: str | None, meeting_id: str | None) -> DocumentRow:
    """The row of `documents`."""
    from pipeline.ingesters.quality import text_quality

    document = outline.document
    return DocumentRow(
        document_id=document.document_id, sha256=document.sha256, path=str(path), source_url=document.source_url,
        media_type=document.media_type, kind=outline.kind, title=outline.title, reference=outline.reference,
        council_id=council_id, meeting_id=meeting_id, page_count=len(document.pages) if document.paged else None,
        ocr_pages=sum(page.method == "ocr" for page in document.pages), text_quality=text_quality(document.text),
        published_on=outline.published_on, fetched_at=None, ingested_at=datetime.now(UTC).replace(tzinfo=None),
        draft=outline.draft, supersedes=None,
    )


def document_parts(outline: Outline, council_id: str | None) -> Iterable[DocumentPart]:
    """The rows of `document_parts`: what a pack binds together."""
    from pipeline.linking.meetings import meeting_of

    document = outline.document
    for position, part in enumerate(outline.parts, 1):
        blocks = document.blocks[part.first:part.last]
        told = council_id and part.body and part.held_on
        own = meeting_of(document.document_id, council_id, part.body, part.held_on) if told else None
        yield DocumentPart(
            part_id=identify("part", document.document_id, blocks[0].start, part.kind),
            document_id=document.document_id,
            position=position, kind=part.kind, title=part.title, item_id=outline.item_id(part.item), body=part.body,
            held_on=part.held_on, meeting_id=own.meeting_id if own else None, page_first=blocks[0].page,
            page_last=max((page for block in blocks for page in (*block.pages, block.page) if page), default=None),
            char_start=blocks[0].start, char_end=blocks[-1].end, same_as=None, rule=part.rule,
            confidence=part.confidence,
        )


def page_rows(document: Document) -> Iterable[PageRow]:
    """The rows of `pages`."""
    for page in document.pages:
        yield PageRow(
            document_id=document.document_id, page=page.number, width=page.width, height=page.height, text=page.text,
            char_start=page.start, method=page.method, turn=page.turn,
        )


def problem_of(document_id: str | None, path: Path, stage: str, kind: str, message: str) -> Problem:
    """A row of `problems` about a whole file."""
    return Problem(
        problem_id=identify("problem", document_id or path, stage, kind), document_id=document_id, path=str(path),
        stage=stage, kind=kind, message=message, page=None,
    )


def our_fault(document_id: str, path: Path, stage: str, error: Exception) -> Problem:
    """A problem that is Minutebook's, not the document's: where it arose, for whoever mends it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    message = (
        f"Minutebook itself failed here ({type(error).__name__}: {error}, at {place}). "
        "The file may be sound: please report this with the file."
    )
    return problem_of(document_id, path, stage, "internal_error", message)


def out_of_memory(document_id: str, path: Path) -> Problem:
    """The problem of a document that asked for more memory than a worker may have."""
    return problem_of(
        document_id, path, "open", "out_of_memory",
        "It needs more memory than one document may have. Split it, or allow more with MINUTEBOOK_MEMORY_MB.",
    )
