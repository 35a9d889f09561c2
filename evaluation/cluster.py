"""The corpus many times over on a cluster that loses machines: `python -m evaluation.cluster CORPUS --copies 50`.

Three worker processes read from a store that speaks S3; when a third is read one of them is killed with SIGKILL and
one stopped. All tables are held, row for row, against those of a run on one machine; exit status 1 where they differ.
Needs the developers' packages (moto's server).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import click

from pipeline import cluster, folder, run
from pipeline.reading import read_document
from pipeline.workers import Limits

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from machines import Disaster, copies, machines, rows, store  # noqa: E402


def processors() -> float:
    """Seconds of processors that this process and its children that have ended took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True))
@click.option("--copies", "count", type=int, default=50, show_default=True)
@click.option("--batch", type=int, default=cluster.BATCH, show_default=True, help="Papers that are handed out at once.")
def main(corpus: Path, count: int, batch: int) -> None:
    """Read CORPUS so many times over, alone and together."""
    found, _ = folder.files([corpus])
    with tempfile.TemporaryDirectory() as name, store() as bucket, machines() as made:
        place = Path(name)
        papers = copies([file.path for file in found], place / "papers", count)
        began, used = time.monotonic(), processors()
        alone = run.ingest([papers], place / "alone.duckdb")
        click.echo(f"alone: {alone.seen:,} files, {alone.pages:,} pages, {time.monotonic() - began:.0f} s, "
                   f"{processors() - used:.0f} of processors", nl=True)
        bucket.put(f"{papers}/", "papers/in/", recursive=True)
        began, disaster = time.monotonic(), Disaster(made, after=alone.seen // 3)
        try:
            together = cluster.ingest(
                ["s3://papers/in"], place / "together.duckdb", made.scheduler_address, store="s3://papers/parts",
                reader=read_document, limits=Limits(), watcher=disaster, batch=batch,
            )
        finally:
            disaster.end()
        click.echo(f"together: {together.seen:,} files, {time.monotonic() - began:.0f} s; "
                   f"struck: {'yes' if disaster.struck else 'no'}")
        ours, theirs = rows(place / "alone.duckdb", str(papers)), rows(place / "together.duckdb", "s3://papers/in")
        differ = [table for table in ours if ours[table] != theirs[table]]
        click.echo(f"{sum(map(len, ours.values())):,} rows of {len(ours)} tables, {len(differ)} tables differ {differ}")
        sys.exit(1 if differ or not disaster.struck else 0)


if __name__ == "__main__":
    main()
