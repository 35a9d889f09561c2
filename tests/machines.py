"""A cluster on this machine over a store that speaks as S3 does, and what befalls it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
import duckdb
import s3fs
from distributed import LocalCluster
from moto.server import ThreadedMotoServer

from pipeline.run import Watcher
from pipeline.store.schema import TABLES
from pipeline.workers import Receipt

OTHERWISE = {"document_paths": "modified_at", "documents": "ingested_at"}
"""Columns that tell of the run and of the disk."""


@contextmanager
def store() -> Iterator[s3fs.S3FileSystem]:
    """A server that speaks as S3 does, with an empty bucket `papers`; the environment tells of it."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    told = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "made", "AWS_SECRET_ACCESS_KEY": "up",
            "AWS_DEFAULT_REGION": "us-east-1"}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    s3fs.S3FileSystem.clear_instance_cache()
    try:
        system = s3fs.S3FileSystem()
        system.mkdir("papers")
        yield system
    finally:
        s3fs.S3FileSystem.clear_instance_cache()
        server.stop()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@contextmanager
def machines() -> Iterator[LocalCluster]:
    """A cluster of three worker processes, where one that says nothing for twelve seconds is given up."""
    settings = {"distributed.worker.daemon": False, "distributed.scheduler.worker-ttl": "12s"}
    with dask.config.set(settings), LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


class Disaster(Watcher):
    """When so many documents are read, one machine is lost and another hangs."""

    def __init__(self, machines: LocalCluster, after: int = 1) -> None:
        self.pids = [nanny.pid for nanny in machines.workers.values()]
        self.left = after

    @property
    def struck(self) -> bool:
        """Whether it has happened."""
        return self.left <= 0

    def read(self, receipt: Receipt) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(self.pids[0], signal.SIGKILL)
            os.kill(self.pids[1], signal.SIGSTOP)

    def end(self) -> None:
        """End the machine that hangs."""
        with suppress(ProcessLookupError):  # its watchdog may have ended it
            os.kill(self.pids[1], signal.SIGKILL)


def copies(papers: Sequence[Path], folder: Path, count: int) -> Path:
    """The papers so many times in a folder, each with bytes of its own; one is under two names."""
    folder.mkdir()
    for number in range(count):
        for place, paper in enumerate(papers):
            (folder / f"{number}-{place}-{paper.name}").write_bytes(paper.read_bytes() + b"\n" * number)
    (folder / f"again-{papers[0].name}").write_bytes(papers[0].read_bytes())
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
