"""Records of as many documents as wanted, grown out of a small database: `python -m evaluation.grown SMALL PARTS`.

Writes Parquet parts as the workers of a cluster do, to be published with `minutebook publish PARTS --db FILE`. Every
document is repeated with ids, day and authority of its own. The words stay, so that a word is as common among the many
as it was among the few; of the runs of words by which prints are known again one in ten stays (forms, standing
phrases), the others differ from copy to copy. All is drawn from the number of the copy: the same command writes the
same rows. Copy 0 keeps what it was.
"""

from __future__ import annotations

import time
from pathlib import Path

import click
import duckdb

from pipeline.records import Record
from pipeline.store import parquet
from pipeline.store.schema import TABLES, columns, quoted

OWN_IDS = {"document_id", "item_id", "table_id", "resolution_id", "appraisal_id", "sketch_id", "record_id", "part_id"}
YEARS, COUNCILS = 10, 400
"""Over which the copies' meetings are spread, and among how many authorities."""
COPIES = 2
"""Copies of the small database in one batch, which is of one authority and one year."""


def grow(small: Path, parts: Path, documents: int, first: int = 0) -> int:
    """Write parts of so many documents, copies from number `first` on; returns how many batches they are."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH {quoted(str(small))} AS small (READ_ONLY)")
    connection.execute("USE small")
    (held,) = connection.execute("SELECT count(*) FROM documents").fetchall()[0]
    copies = -(-documents // held)
    authorities = [id_ for (id_,) in connection.execute(
        "SELECT council_id FROM councils WHERE valid_to IS NULL ORDER BY council_id LIMIT $1", [COUNCILS]).fetchall()]
    batches = range(first, first + copies, COPIES)
    for start in batches:
        number = start // COPIES
        council, years = authorities[number % len(authorities)], number // len(authorities) % YEARS
        span = range(start, min(start + COPIES, first + copies))
        connection.execute("CREATE OR REPLACE TEMP TABLE copies AS SELECT unnest($1::BIGINT[]) AS copy", [list(span)])
        for record in sorted(TABLES, key=lambda one: one.table == "readings"):  # last: they tell that all is there
            if record in parquet.KEPT and record.table != "councils":
                place = parquet.place(record.table, council, 2025 - years, f"grown-{number:06}")
                _write(connection, record, parts / place, council, years, f"grown-{number:06}")
    connection.close()
    return len(batches)


def _write(
    connection: duckdb.DuckDBPyConnection, record: type[Record], file: Path, council: str, years: int, batch: str
) -> None:
    """One table's rows of a batch."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = {*OWN_IDS, *record.key} - {"position", "council_id", "service_id", "page", "top", "x0", "path"}
    told = ", ".join(_column(column.name, own, council, years) for column in columns(record))
    more = ", now()::TIMESTAMP AS written_at" if record.table == "readings" else ""
    connection.execute(
        f'COPY (SELECT {told}, {quoted(batch)} AS batch{more} FROM small."{record.table}" s, copies ORDER BY copy) '
        f"TO {quoted(str(file))} (FORMAT parquet)"
    )


def _column(name: str, own: set[str], council: str, years: int) -> str:
    if name in own:
        new = (f"concat(split_part(s.{name}, '-', 1), '-', "
               f"substr(md5(concat(split_part(s.{name}, '/', 1), copy)), 1, 16), "
               f"substr(s.{name}, instr(s.{name} || '/', '/')))")
    elif name in ("path", "meeting_id", "supersedes"):
        new = f"concat(s.{name}, '-', copy)"
    elif name == "sha256":
        new = "sha256(concat(s.sha256, copy))"
    elif name == "council_id":
        new = f"if(s.council_id IS NULL, NULL, {quoted(council)})"
    elif name in ("held_on", "due_on", "starts_on", "ends_on", "published_on"):
        new = f"(s.{name} - to_months(CAST({12 * years} + copy * 5 % 12 AS INTEGER)))::DATE"
    elif name == "shingles":
        new = ("list_sort(list_transform(s.shingles, lambda h: if(h % 10 = 0, h, "
               "(hash(h, copy) % 536870912)::BIGINT * 8 + h % 8)))")
    else:
        return f's."{name}"'
    return f'CASE WHEN copy = 0 THEN s."{name}" ELSE {new} END AS "{name}"'


@click.command()
@click.argument("small", type=click.Path(path_type=Path, exists=True))
@click.argument("parts", type=click.Path(path_type=Path))
@click.option("--documents", type=int, default=1_000_000, show_default=True)
@click.option("--first", type=int, default=0, show_default=True, help="Number of the first copy.")
def main(small: Path, parts: Path, documents: int, first: int) -> None:
    """Grow PARTS out of SMALL."""
    started = time.perf_counter()
    batches = grow(small, parts, documents, first)
    size = sum(file.stat().st_size for file in parts.rglob("*.parquet")) / 1e9
    click.echo(f"{batches:,} batches in {time.perf_counter() - started:.0f} s: {size:.1f} GB")


if __name__ == "__main__":
    main()
