"""Many documents: what is new, fan out, collect, publish.

A database covers what was ever ingested into it. A file that changed replaces its records; one that was renamed or
lies twice is one document; one that is gone keeps its records, since a paper stays a source after somebody has
tidied a disk, until `force` reads everything afresh and forgets it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

from pipeline import folder, links, rules
from pipeline.bookkeeping import DocumentPath, Problem, Run
from pipeline.folder import File, Unopened
from pipeline.reading import read_document, read_keeping_private, version, version_with_tools
from pipeline.records import Council, Service, identify
from pipeline.scrape import announced
from pipeline.scrape.ledger import NotALedger
from pipeline.scraped import Scraped
from pipeline.store.corrections import beside
from pipeline.store.corrections import read as said
from pipeline.store.known import Known, known
from pipeline.store.parquet import Parts
from pipeline.store.publish import Change, NotOurs, publish
from pipeline.workers import Limits, Reader, Receipt, Task, read_all, resumed


class Busy(NotOurs):
    """Another run is writing this database."""


@dataclass
class Summary:
    """What a run did, in files (seen = ingested + unchanged + failed + left); `pages`, `seconds` of this run alone."""

    database: Path
    seen: int = 0
    ingested: int = 0
    unchanged: int = 0
    failed: int = 0
    left: int = 0
    """Files that it was stopped before it came to; the next run reads them."""
    resumed: int = 0
    """Documents that an earlier run had read when it was stopped."""
    gone: int = 0
    """Known files that are no longer in the folders."""
    pages: int = 0
    seconds: float = 0.0
    published: bool = False


class Watcher:
    """Told how a run goes on; this one keeps silent."""

    def begin(self, documents: int, size: int) -> None:
        """So many documents are to be read, of so many bytes."""

    def read(self, receipt: Receipt) -> None:
        """One is read."""

    def publishing(self) -> None:
        """All are read; the database is being written."""


@dataclass
class Plan:
    """What there is to do."""

    version: str
    version_if_troubled: str
    tasks: list[Task] = field(default_factory=list)
    """Documents to read."""
    done: list[Receipt] = field(default_factory=list)
    """Documents of which an earlier run, stopped before it could publish, left a part."""
    paths: list[DocumentPath] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    """Paths that could not be opened by an earlier run, and that this run looked at again."""
    failed_before: set[str] = field(default_factory=set)
    moved: bool = False
    """Whether a path is new, gone, or leads to other bytes than the database says."""


def ingest(
    places: Sequence[Path],
    db: Path,
    *,
    workers: int | None = None,
    force: bool = False,
    rebuild: bool = False,
    watcher: Watcher | None = None,
    reader: Reader = read_document,
    limits: Limits | None = None,
    corrections: Path | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Read what is new in `places` into `db`; no further document once `stop` says so, what was read is published.

    `workers` is the number of processes, by default the number of cores; `corrections` the file of what people said,
    by default the one beside `db`; with `rebuild` the file is made anew, even where little has changed. Raises NotOurs
    (Busy, where another run writes the same database), `corrections.Damaged`, or OSError where the disk is full: the
    published database is then as it was.
    """
    started, started_at = time.monotonic(), _now()
    watcher = watcher or Watcher()
    limits = limits or Limits.from_environment()
    said(corrections or beside(db))  # raises before anything is read, rather than after
    db.parent.mkdir(parents=True, exist_ok=True)
    with _alone(db) as workplace:
        if force:
            shutil.rmtree(workplace)
            workplace.mkdir()
        plan = _plan(places, known(db, [folder.shown(place) for place in places]), workplace, force, reader)
        watcher.begin(len(plan.tasks), sum(task.size for task in plan.tasks))
        receipts = list(plan.done)
        reading = read_all([] if stop() else plan.tasks, workers or os.cpu_count() or 1, reader, limits)
        with contextlib.closing(reading):
            for receipt in reading:
                receipts.append(receipt)
                watcher.read(receipt)
                if stop():
                    break
        summary = _summary(db, plan, receipts)
        if rebuild or receipts or plan.moved or not db.exists() or said_since(db, corrections):
            watcher.publishing()
            run = Run(
                run_id=identify("run", started_at), started_at=started_at, finished_at=_now(), version=plan.version,
                rules_version=rules.version(), seen=summary.seen, ingested=summary.ingested,
                unchanged=summary.unchanged, failed=summary.failed,
            )
            councils, services = rules_rows()
            scraped = _scraped(places)
            publish(db, workplace, Change(
                run=run, parts=sorted(receipt.task.part for receipt in receipts), paths=plan.paths,
                gone=plan.forgotten, outdated=plan.outdated, problems=plan.problems,
                councils=[*councils, *_others(scraped, councils)], services=services, scraped=scraped,
                corrections=corrections, anew=rebuild or force,
            ), links)
            summary.published = True
        shutil.rmtree(workplace, ignore_errors=True)
    summary.seconds = time.monotonic() - started
    return summary


def publish_parts(
    db: Path, stored: Parts, *, run: Run | None = None, outdated: Sequence[str] = (), problems: Sequence[Problem] = (),
    rebuild: bool = False, corrections: Path | None = None,
) -> None:
    """Publish what parts in Parquet hold and `db` does not. Raises NotOurs (Busy), `corrections.Damaged`, OSError."""
    councils, services = rules_rows()
    db.parent.mkdir(parents=True, exist_ok=True)
    with _alone(db) as workplace:
        publish(db, workplace, Change(
            run=run, stored=stored, outdated=outdated, problems=problems, councils=councils, services=services,
            corrections=corrections, anew=rebuild,
        ), links)
        with contextlib.suppress(OSError):  # what a run that was stopped has read stays
            shutil.rmtree(workplace / "temporary", ignore_errors=True)
            workplace.rmdir()


def apply_corrections(db: Path, corrections: Path | None = None) -> None:
    """Publish `db` again as people say it is. Raises NotOurs (Busy), `corrections.Damaged`, OSError."""
    councils, services = rules_rows()
    with _alone(db) as workplace:
        publish(db, workplace, Change(
            run=None, councils=councils, services=services, corrections=corrections,
        ), links)
        with contextlib.suppress(OSError):  # what a run that was stopped has read stays
            workplace.rmdir()


def said_since(db: Path, corrections: Path | None) -> bool:
    """Whether a person said something after the database was published."""
    file = corrections or beside(db)
    return file.exists() and file.stat().st_mtime > db.stat().st_mtime


def rules_rows() -> tuple[Sequence[Council], Sequence[Service]]:
    """The councils and services that the rules know."""
    from pipeline.extractors.services.taxonomy import taxonomy
    from pipeline.linking.councils import known_councils

    services = [
        Service(service_id=entry.id, name=entry.name, parent_id=entry.parent, client_group=entry.client_group)
        for entry in taxonomy().values()
    ]
    return [council.record() for council in known_councils().all], services


def _asked(places: Sequence[Path]) -> set[tuple[str, str, str]]:
    """Run, council and outcome of all that was asked for the archives among `places`. Raises NotOurs."""
    try:
        return {asking for place in places for asking in announced.asked(place)}
    except NotALedger as error:
        raise NotOurs(str(error)) from error


def _scraped(places: Sequence[Path]) -> Scraped | None:
    """What the ledgers of archives among `places` tell; None where there is no archive."""
    told = [scraped for place in places if (scraped := announced.told(place)) is not None]
    if not told:
        return None
    return Scraped(*([row for scraped in told for row in getattr(scraped, part.name)] for part in fields(Scraped)))


def _others(scraped: Scraped | None, councils: Sequence[Council]) -> list[Council]:
    """Councils that were asked and that the rules do not know: those of a user's own list of sites."""
    known = {council.council_id for council in councils}
    named = {asking.council_id: asking.council for asking in (scraped.askings if scraped else ()) if asking.council}
    return [Council(council_id=id_, name=name, kind="other") for id_, name in named.items() if id_ not in known]


@contextmanager
def _alone(db: Path) -> Iterator[Path]:
    """The folder beside `db` in which this run works; raises Busy where another run does."""
    with db.with_name(f".{db.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another run is writing {db}: wait for it, or name another file with --db") from error
        workplace = db.with_name(f".{db.name}.work")
        workplace.mkdir(exist_ok=True)
        yield workplace


def _plan(places: Sequence[Path], before: Known, workplace: Path, force: bool, reader: Reader) -> Plan:
    """Compare the folders with what the database knows."""
    kept = "+private" if reader is read_keeping_private else ""  # what was read the other way is read again
    plan = Plan(version() + kept, version_with_tools() + kept, failed_before=before.failed)
    found, unopened = folder.files(places)
    first: dict[str, File] = {}
    for file in found:
        try:
            sha256 = _sha256(file, before)
        except OSError as error:
            unopened.append(folder.unopened_because(file.name, error))
            continue
        document_id = identify("doc", sha256)
        first.setdefault(document_id, file)
        plan.paths.append(DocumentPath(
            path=file.name, document_id=document_id, sha256=sha256, size=file.size, modified_at=file.modified_at
        ))
    current = {plan.version, plan.version_if_troubled}
    for document_id, file in first.items():
        if force or before.versions.get(document_id) not in current:
            _add(plan, document_id, file, workplace)
    plan.problems = [_unopened_problem(u) for u in unopened]
    seen = {row.path for row in plan.paths}
    roots = [folder.shown(place) for place in places]
    hidden = [u.name for u in unopened]
    plan.gone = [p for p in before.files if p not in seen and _under(p, roots) and not _under(p, hidden)]
    renamed = [path for path in plan.gone if before.files[path].document_id in first]
    plan.forgotten = plan.gone if force else renamed
    plan.outdated = [path for path in before.unopened if _under(path, roots)]
    plan.moved = bool(
        plan.forgotten
        or any(_differs(row, before) for row in plan.paths)
        or not _asked(places) <= before.asked
        or {p.path: p.kind for p in plan.problems} != {path: before.unopened[path] for path in plan.outdated}
    )
    return plan


def _sha256(file: File, before: Known) -> str:
    """The file's hash, from the database where size and time of the file are as they were."""
    was = before.files.get(file.name)
    if was is not None and (was.size, was.modified_at) == (file.size, file.modified_at):
        return was.sha256
    return folder.sha256(file.path)


def _add(plan: Plan, document_id: str, file: File, workplace: Path) -> None:
    """A task, or the receipt of one that an earlier run finished with this same version."""
    part = workplace / plan.version / f"{document_id}.part"
    task = Task(file.path.absolute(), document_id, file.size, part, plan.version, plan.version_if_troubled)
    receipt = resumed(task)
    if receipt is None:
        plan.tasks.append(task)
    else:
        plan.done.append(receipt)


def _unopened_problem(unopened: Unopened) -> Problem:
    return Problem(
        problem_id=identify("problem", unopened.name, "open", unopened.kind), document_id=None, path=unopened.name,
        stage="open", kind=unopened.kind, message=unopened.message, page=None,
    )


def _differs(row: DocumentPath, before: Known) -> bool:
    was = before.files.get(row.path)
    return was is None or (was.document_id, was.size, was.modified_at) != (row.document_id, row.size, row.modified_at)


def _under(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip("/") + "/") for root in roots)


def _summary(db: Path, plan: Plan, receipts: Sequence[Receipt]) -> Summary:
    read = {receipt.task.document_id: receipt for receipt in receipts}
    left = {task.document_id for task in plan.tasks} - set(read)
    summary = Summary(db, gone=len(plan.gone), resumed=len(plan.done), pages=sum(r.pages for r in receipts))
    summary.failed = len(plan.problems)
    for row in plan.paths:
        receipt = read.get(row.document_id)
        if row.document_id in left:
            summary.left += 1
        elif receipt.failed if receipt else row.document_id in plan.failed_before:
            summary.failed += 1
        elif receipt:
            summary.ingested += 1
        else:
            summary.unchanged += 1
    summary.seen = len(plan.paths) + len(plan.problems)
    return summary


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
