"""A run on a cluster whose machines are lost and hang: the same rows as a run on one machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import dask
import duckdb
import pytest
import s3fs
from distributed import LocalCluster
from moto.server import ThreadedMotoServer

from pipeline import cluster, run
from pipeline.reading import read_document
from pipeline.run import Watcher
from pipeline.store.parquet import Parts
from pipeline.store.query import Refused, ask
from pipeline.store.schema import TABLES
from pipeline.workers import Limits, Receipt

CORPUS = Path(__file__).parent.parent / "corpus"
OTHERWISE = {"document_paths": "modified_at", "documents": "ingested_at"}
"""Columns that tell of the run and of the disk."""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3fs.S3FileSystem]:
    """A server that speaks as S3 does, with an empty bucket."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "made",
                        "AWS_SECRET_ACCESS_KEY": "up", "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("papers")
    yield system
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture
def machines(store: s3fs.S3FileSystem) -> Iterator[LocalCluster]:
    """A cluster of three worker processes, where one that says nothing for twelve seconds is given up."""
    settings = {"distributed.worker.daemon": False, "distributed.scheduler.worker-ttl": "12s"}
    with dask.config.set(settings), LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


class Disaster(Watcher):
    """When the first document is read, one machine is lost and another hangs."""

    def __init__(self, machines: LocalCluster) -> None:
        self.pids = [nanny.pid for nanny in machines.workers.values()]
        self.struck = False

    def read(self, receipt: Receipt) -> None:
        if not self.struck:
            self.struck = True
            os.kill(self.pids[0], signal.SIGKILL)
            os.kill(self.pids[1], signal.SIGSTOP)


def papers(folder: Path, copies: int) -> Path:
    """The corpus's smallest papers, so many times, each with bytes of its own; one is under two names."""
    folder.mkdir()
    small = sorted((p for p in CORPUS.rglob("*") if p.suffix in (".txt", ".html") and "gold" not in p.parts),
                   key=lambda p: (p.stat().st_size, p.name))[:8]
    assert len(small) == 8
    for number in range(copies):
        for paper in small:
            (folder / f"{number}-{paper.name}").write_bytes(paper.read_bytes() + b"\n" * number)
    (folder / f"again-{small[0].name}").write_bytes(small[0].read_bytes())
    return folder


def rows(db: Path, folder: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the runs, with the folder's name left out of paths."""
    with duckdb.connect(str(db), read_only=True) as connection:
        return {
            t.table: connection.execute(
                f"SELECT * {f'EXCLUDE {OTHERWISE[t.table]}' if t.table in OTHERWISE else ''} "
                f"{'REPLACE (replace(path, $1, $2) AS path)' if 'path' in t.model_fields else ''} "
                f'FROM "{t.table}" ORDER BY ALL', [folder, ""] if "path" in t.model_fields else [],
            ).fetchall()
            for t in TABLES if t.table != "runs"
        }


def answer(place: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer out of a database or a folder of parts."""
    with ask(place, sql) as told:
        return list(told.rows())


def test_lost_and_hung_machines_change_no_row(
    machines: LocalCluster, store: s3fs.S3FileSystem, tmp_path: Path
) -> None:
    folder = papers(tmp_path / "papers", 5)
    alone = tmp_path / "alone.duckdb"
    run.ingest([folder], alone)
    store.put(f"{folder}/", "papers/in/", recursive=True)
    db, disaster = tmp_path / "together.duckdb", Disaster(machines)
    try:
        summary = cluster.ingest(
            ["s3://papers/in"], db, machines.scheduler_address, store="s3://papers/parts", reader=read_document,
            limits=Limits(seconds=60), watcher=disaster, batch=9,
        )
    finally:
        with suppress(ProcessLookupError):  # its watchdog may have ended it
            os.kill(disaster.pids[1], signal.SIGKILL)
    assert disaster.struck
    assert (summary.seen, summary.ingested, summary.failed) == (41, 41, 0)
    assert rows(db, "s3://papers/in") == rows(alone, str(folder))
    again = Parts("s3://papers/parts")
    assert len({path for path, *_ in again.told()}) == 41


def test_a_laptop_is_a_cluster_of_one(tmp_path: Path) -> None:
    folder = papers(tmp_path / "papers", 1)
    db, parts = tmp_path / "some.duckdb", tmp_path / "parts"
    told = {"store": str(parts), "reader": read_document, "workers": 1}
    first = cluster.ingest([str(folder)], db, "local", **told)
    assert (first.ingested, first.unchanged, first.published) == (9, 0, True)
    run.ingest([folder], tmp_path / "alone.duckdb", workers=1)
    assert rows(db, "") == rows(tmp_path / "alone.duckdb", "")
    second = cluster.ingest([str(folder)], db, "local", only_parts=True, **told)
    assert (second.ingested, second.unchanged, second.published) == (0, 9, False)
    # Asked in place, the parts answer as the database does, in the same jail.
    for table in ("decisions", "spending", "proposals", "follow_ups", "options_weighed", "meetings", "councils",
                  "services", "documents", "overdue(DATE '2030-01-01')"):
        assert answer(parts, f"FROM {table} ORDER BY ALL") == answer(db, f"FROM {table} ORDER BY ALL"), table
    assert len(answer(parts, "FROM decisions")) == 8
    (secret := tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    for sql in (f"FROM '{secret}'", f"COPY documents TO '{tmp_path / 'out.csv'}'", "FROM search('budget')"):
        with pytest.raises(Refused):
            answer(parts, sql)
    # A batch of which not all is there does not count.
    for marker in (parts / "readings").iterdir():
        marker.unlink()
    assert Parts(str(parts)).told() == []
    (parts / "readings").rmdir()
    with pytest.raises(Refused, match="There is no database"):
        answer(parts, "FROM documents")
