"""A run on a cluster whose machines are lost and hang: the same rows as a run on one machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from machines import Disaster, copies, machines, rows, store

from pipeline import cluster, run
from pipeline.reading import read_document
from pipeline.store.parquet import Parts
from pipeline.store.query import Refused, ask
from pipeline.workers import Limits

CORPUS = Path(__file__).parent.parent / "corpus"


def smallest() -> Sequence[Path]:
    """The corpus's eight smallest papers."""
    found = (p for p in CORPUS.rglob("*") if p.suffix in (".txt", ".html") and "gold" not in p.parts)
    small = sorted(found, key=lambda p: (p.stat().st_size, p.name))[:8]
    assert len(small) == 8
    return small


def answer(place: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer out of a database or a folder of parts."""
    with ask(place, sql) as told:
        return list(told.rows())


def test_lost_and_hung_machines_change_no_row(tmp_path: Path) -> None:
    folder = copies(smallest(), tmp_path / "papers", 5)
    alone, db = tmp_path / "alone.duckdb", tmp_path / "together.duckdb"
    run.ingest([folder], alone)
    with store() as bucket, machines() as made:
        bucket.put(f"{folder}/", "papers/in/", recursive=True)
        disaster = Disaster(made)
        try:
            summary = cluster.ingest(
                ["s3://papers/in"], db, made.scheduler_address, store="s3://papers/parts", reader=read_document,
                limits=Limits(seconds=60), watcher=disaster, batch=9,
            )
        finally:
            disaster.end()
        assert disaster.struck
        assert (summary.seen, summary.ingested, summary.failed) == (41, 41, 0)
        assert rows(db, "s3://papers/in") == rows(alone, str(folder))
        assert len({path for path, *_ in Parts("s3://papers/parts").told()}) == 41


def test_a_laptop_is_a_cluster_of_one(tmp_path: Path) -> None:
    folder = copies(smallest(), tmp_path / "papers", 1)
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
