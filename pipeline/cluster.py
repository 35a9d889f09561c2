"""A run on a cluster (Dask): folders at any address, parts in Parquet, and a database made from these.

The scheduler hands out batches of documents, runs a batch again elsewhere when the machine that had it is lost, and
keeps count; stores are read and written through fsspec. What reads a document is what reads it anywhere: each in a
process of its own with its limits (`workers.read_all`), so that a crash costs one document. A laptop is a cluster of
one: `--scheduler local`.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline import folder, rules
from pipeline.bookkeeping import DocumentPath, Problem, Run
from pipeline.reading import problem_of, version, version_with_tools
from pipeline.records import identify
from pipeline.run import Summary, Watcher, publish_parts
from pipeline.store import parts
from pipeline.store.parquet import Parts
from pipeline.store.schema import arrow_table
from pipeline.workers import Limits, Reader, Receipt, Task, read_all

if TYPE_CHECKING:
    from distributed import Client

BATCH = 200
"""Documents that are handed out at once: so many are read again where a machine is lost, and for so many a process
starts that reads them."""
TRIES = 3
"""So often a batch may take its machine down before it is given up; documents themselves cannot, but machines go."""


class NoCluster(Exception):
    """The cluster cannot be had or used; the message says what to do."""


@dataclass(frozen=True)
class Found:
    """A file at an address, as its store lists it."""

    url: str
    size: int
    modified_at: datetime


@dataclass
class Batch:
    """Files that are read together, and where their records go."""

    files: list[Found]
    store: str
    version: str
    version_if_troubled: str

    @property
    def name(self) -> str:
        """Follows from what is read and by what: the same batch writes the same files."""
        told = [(file.url, file.size, file.modified_at) for file in self.files]
        return identify("batch", self.version, *told)


@dataclass
class Done:
    """What became of a batch."""

    receipts: list[Receipt] = field(default_factory=list)
    paths: list[DocumentPath] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def ingest(
    places: Sequence[str], db: Path, scheduler: str, *, store: str, only_parts: bool = False,
    watcher: Watcher | None = None, reader: Reader, limits: Limits | None = None, batch: int = BATCH,
    workers: int | None = None,
) -> Summary:
    """Read what is new in `places`, paths or addresses, on the cluster at `scheduler` (or `local`) into the parts at
    `store`, and publish them as `db` unless `only_parts`.

    Raises NoCluster, `publish.NotOurs`, OSError.
    """
    started, at = time.monotonic(), datetime.now(UTC).replace(tzinfo=None)
    watcher = watcher or Watcher()
    archive = Parts(store)
    current = (version(), version_with_tools())
    known = {path: rest for path, *rest in archive.told()}
    found = [file for place in places for file in files(place)]
    new = [file for file in found if not _is_known(file, known, current)]
    watcher.begin(len(new), sum(file.size for file in new))
    batches = [Batch(new[at:at + batch], store, *current) for at in range(0, len(new), batch)]
    summary = Summary(db, seen=len(found), unchanged=len(found) - len(new))
    problems: list[Problem] = []
    with connected(scheduler, workers) as client:
        for done in _read(client, batches, reader, limits or Limits.from_environment()):
            for receipt in done.receipts:
                watcher.read(receipt)
                summary.pages += receipt.pages
            failed = {receipt.task.document_id for receipt in done.receipts if receipt.failed}
            summary.failed += len(done.problems) + sum(path.document_id in failed for path in done.paths)
            summary.ingested += sum(path.document_id not in failed for path in done.paths)
            problems += done.problems
    if not only_parts:
        watcher.publishing()
        run = Run(
            run_id=identify("run", at), started_at=at, finished_at=datetime.now(UTC).replace(tzinfo=None),
            version=current[0], rules_version=rules.version(), seen=summary.seen, ingested=summary.ingested,
            unchanged=summary.unchanged, failed=summary.failed,
        )
        publish_parts(db, archive, run=run, outdated=[file.url for file in found], problems=problems)
        summary.published = True
    summary.seconds = time.monotonic() - started
    return summary


def files(place: str) -> list[Found]:
    """The files under a path or an address, by address; hidden files are passed by. Raises OSError."""
    from fsspec.core import url_to_fs

    if "://" not in place:
        here, unopened = folder.files([Path(place)])
        if unopened:
            raise OSError(f"{unopened[0].name}: {unopened[0].message}")
        return [Found(file.name, file.size, file.modified_at) for file in here]
    system, root = url_to_fs(place)
    listed = system.find(root, detail=True)
    return [
        Found(system.unstrip_protocol(path), facts["size"], _moment(facts)) for path, facts in sorted(listed.items())
        if not any(step.startswith(".") for step in path[len(root):].split("/"))
    ]


def _moment(facts: dict[str, Any]) -> datetime:
    """When a file was last changed, as its store tells; stores have their own names for that."""
    for name in ("LastModified", "mtime", "updated", "last_modified", "modified", "created"):
        told = facts.get(name)
        if isinstance(told, str):
            told = datetime.fromisoformat(told)
        if isinstance(told, int | float):
            told = datetime.fromtimestamp(told, UTC)
        if isinstance(told, datetime):
            return told.astimezone(UTC).replace(tzinfo=None)
    return datetime(1970, 1, 1)


def _is_known(file: Found, known: dict[str, list[Any]], current: tuple[str, str]) -> bool:
    was = known.get(file.url)
    return was is not None and tuple(was[2:4]) == (file.size, file.modified_at) and was[4] in current


@contextmanager
def connected(scheduler: str, workers: int | None = None) -> Iterator[Client]:
    """A client of the cluster at that address; `local` starts one here, of `workers` processes. Raises NoCluster."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise NoCluster("A cluster needs more to be installed: pip install 'minutebook[cluster]'") from error
    if scheduler == "local":
        # Workers that are daemons could have no processes of their own, in which documents are read.
        with dask.config.set({"distributed.worker.daemon": False}), LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
        ) as cluster, Client(cluster) as client:  # type: ignore[no-untyped-call]
            yield client
        return
    try:
        client = Client(scheduler, timeout="20s")  # type: ignore[no-untyped-call]
    except OSError as error:
        raise NoCluster(f"No scheduler answers at {scheduler}: start one with `dask scheduler`.") from error
    with client:
        daemons = [address for address, is_daemon in client.run(_is_daemon).items() if is_daemon]
        if daemons:
            raise NoCluster(f"Workers such as {daemons[0]} may have no processes of their own, in which documents are "
                            "read: start them with DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment.")
        yield client


def _is_daemon() -> bool:
    return multiprocessing.current_process().daemon


def _read(client: Client, batches: Sequence[Batch], reader: Reader, limits: Limits) -> Iterator[Done]:
    """What became of each batch, as they are done."""
    from distributed import as_completed

    futures = client.map(read_batch, batches, reader=reader, limits=limits, key=[batch.name for batch in batches],
                         retries=TRIES, pure=False)
    for future in as_completed(futures):  # type: ignore[no-untyped-call]
        yield future.result()
        future.release()


def read_batch(batch: Batch, reader: Reader, limits: Limits) -> Done:
    """Read a batch, and write its records: what a worker of a cluster does. Raises OSError where the store fails."""
    done = Done()
    tasks: dict[str, Task] = {}
    with TemporaryDirectory() as name:
        place = Path(name)
        shown: dict[str, str] = {}
        for number, file in enumerate(batch.files):
            try:
                here = _fetched(file, place / str(number))
                sha256 = folder.sha256(here)
            except OSError as error:
                done.problems.append(_unopened(file, error))
                continue
            id_ = identify("doc", sha256)
            done.paths.append(DocumentPath(
                path=file.url, document_id=id_, sha256=sha256, size=file.size, modified_at=file.modified_at))
            shown[str(here)] = file.url
            tasks.setdefault(id_, Task(here, id_, file.size, place / f"{id_}.part", batch.version,
                                       batch.version_if_troubled))
        done.receipts = list(read_all(tasks.values(), 1, reader, limits))
        tables = {name: _with_addresses(table, shown)
                  for name, table in parts.collect(sorted(task.part for task in tasks.values())).items()}
        tables[DocumentPath.table] = arrow_table(DocumentPath, done.paths)
        Parts(batch.store).write(batch.name, tables)
    return done


def _fetched(file: Found, place: Path) -> Path:
    """The file on this machine, under its own name in `place`. Raises OSError."""
    if "://" not in file.url:
        return Path(file.url)
    from fsspec.core import url_to_fs

    system, path = url_to_fs(file.url)
    place.mkdir()
    here = place / str(path).rpartition("/")[2]
    system.get_file(path, str(here))
    return here


def _unopened(file: Found, error: OSError) -> Problem:
    told = folder.unopened_because(file.url, error)
    return problem_of(None, Path(file.url), "open", told.kind, told.message).model_copy(update={
        "path": file.url, "problem_id": identify("problem", file.url, "open", told.kind)})


def _with_addresses(table: pa.Table, shown: dict[str, str]) -> pa.Table:
    """The rows with the files' addresses in place of where they lay while they were read."""
    if "path" not in table.column_names:
        return table
    paths: Iterable[str] = table["path"].to_pylist()
    at = table.column_names.index("path")
    return table.set_column(at, table.field(at), pa.array([shown.get(p, p) for p in paths], pa.string()))
