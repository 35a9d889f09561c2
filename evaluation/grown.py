"""A database of a given size, grown out of a small one: `python -m evaluation.grown SMALL LARGE --resolutions N`.

Every document is repeated with ids, day and authority of its own, until there are so many resolutions. The words stay,
so that a word is as common among the many as it was among the few, and lengths are those of real papers. Copy 0 keeps
what it was. Pages and boxes are left out: they would be most of the file, and nothing that is measured here reads them.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import click
import duckdb

from pipeline.records import Record
from pipeline.store import scope, search
from pipeline.store.schema import TABLES, columns, create_table, quoted
from pipeline.store.views import VIEWS

KEPT = {"councils", "services", "runs"}
"""Tables that do not grow with the documents."""
LEFT_OUT = {"pages", "evidence", "text_sketches", "document_paths", "problems", "readings", "document_parts"}
OWN_IDS = ("document_id", "meeting_id", "item_id", "table_id", "resolution_id", "appraisal_id", "supersedes")
MONTHS, COUNCILS = 120, 400
"""Over which the copies' meetings are spread, and among how many authorities."""


def grow(small: Path, large: Path, resolutions: int) -> int:
    """Write `large`; returns how many copies of `small` it holds."""
    large.unlink(missing_ok=True)
    connection = duckdb.connect(str(large))
    connection.execute(f"ATTACH {quoted(str(small))} AS small (READ_ONLY)")
    connection.execute("SET preserve_insertion_order = false")
    (held,) = connection.execute("SELECT count(*) FROM small.resolutions").fetchall()[0]
    copies = -(-resolutions // held)
    connection.execute(
        f"CREATE TEMP TABLE authorities AS SELECT council_id, row_number() OVER (ORDER BY council_id) - 1 AS n "
        f"FROM small.councils WHERE valid_to IS NULL QUALIFY n < {COUNCILS}"
    )
    connection.execute(f"CREATE TEMP TABLE copies AS SELECT unnest(range({copies})) AS copy")
    for record in TABLES:
        connection.execute(create_table(record))
        if record.table not in LEFT_OUT:
            connection.execute(_filled(record, record.table in KEPT))
    connection.execute("DETACH small")
    search.create(connection)
    for first, after in scope.ranges(connection):
        scope.show_range(connection, first, after)
        search.add(connection)
    for view in VIEWS:
        for statement in view.statements():
            connection.execute(statement)
    connection.execute("CHECKPOINT")
    connection.close()
    return copies


def _filled(record: type[Record], kept: bool) -> str:
    names = [column.name for column in columns(record)]
    if kept:
        return f'INSERT INTO "{record.table}" SELECT {", ".join(names)} FROM small."{record.table}"'
    own = {*OWN_IDS, *record.key} - {"position", "council_id", "service_id"}
    told = [_column(name, own) for name in names]
    join = "LEFT JOIN authorities a ON a.n = hash(copy) % (SELECT count(*) FROM authorities)"
    return f'INSERT INTO "{record.table}" SELECT {", ".join(told)} FROM small."{record.table}" s, copies {join}'


def _column(name: str, own: set[str]) -> str:
    if name in own:
        return f"CASE WHEN copy = 0 THEN s.{name} ELSE s.{name} || '-' || copy END"
    if name == "council_id":
        return "CASE WHEN copy = 0 OR s.council_id IS NULL THEN s.council_id ELSE a.council_id END"
    if name == "held_on":
        return f"(s.held_on - to_months(CAST(hash(copy) % {MONTHS} AS INTEGER)))::DATE"
    return f's."{name}"'


@click.command()
@click.argument("small", type=click.Path(path_type=Path, exists=True))
@click.argument("large", type=click.Path(path_type=Path))
@click.option("--resolutions", type=int, default=1_000_000, show_default=True)
def main(small: Path, large: Path, resolutions: int) -> None:
    """Grow LARGE out of SMALL."""
    started = time.perf_counter()
    copies = grow(small, large, resolutions)
    size, free = large.stat().st_size / 1e9, shutil.disk_usage(large.parent).free / 1e9
    click.echo(f"{copies:,} copies in {time.perf_counter() - started:.0f} s: {size:.1f} GB ({free:.0f} GB free)")


if __name__ == "__main__":
    main()
