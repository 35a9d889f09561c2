"""How a run is shown: a bar while it lasts (on standard error), tables when it is over (on standard output)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.run import Summary, Watcher
from pipeline.workers import Receipt

SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def watching() -> Iterator[Watcher]:
    """A watcher that shows a bar on a terminal, and plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    ) as progress:
        yield Bar(progress)


class Counting(Watcher):
    """Counts documents and pages."""

    def begin(self, documents: int, size: int) -> None:
        self.documents, self.done, self.pages, self.failed = documents, 0, 0, 0

    def read(self, receipt: Receipt) -> None:
        self.done += 1
        self.pages += receipt.pages
        self.failed += receipt.failed

    def told(self) -> str:
        """Documents and pages so far, in words."""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.done:,} of {self.documents:,} documents, {self.pages:,} pages{failed}"


class Lines(Counting):
    """A line now and then, for logs."""

    def begin(self, documents: int, size: int) -> None:
        super().begin(documents, size)
        self.last = time.monotonic()
        if documents:
            print(f"{documents:,} documents to read", file=sys.stderr, flush=True)

    def read(self, receipt: Receipt) -> None:
        super().read(receipt)
        if time.monotonic() - self.last >= SECONDS_BETWEEN_LINES:
            self.last = time.monotonic()
            print(self.told(), file=sys.stderr, flush=True)


class Bar(Counting):
    """A bar that grows with the bytes read, since documents differ too much in length."""

    def __init__(self, progress: object) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self.progress = progress

    def begin(self, documents: int, size: int) -> None:
        super().begin(documents, size)
        self.task = self.progress.add_task("Reading", total=max(size, 1), told=self.told(), visible=documents > 0)

    def read(self, receipt: Receipt) -> None:
        super().read(receipt)
        self.progress.update(self.task, advance=receipt.task.size, told=self.told())

    def publishing(self) -> None:
        self.progress.update(self.task, description="Storing")


COUNTED = (
    "agenda_items", "resolutions", "budget_figures", "options", "service_mentions", "funds", "legal_references",
    "milestones", "reconciliations", "attendances",
)
SHOWN_PROBLEMS = 20


def report(summary: Summary) -> None:
    """Print what the database holds and what this run did."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.store.query import open_read_only

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    connection = open_read_only(summary.database)
    kinds = connection.execute("SELECT kind, count(*), sum(page_count) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1")
    documents = Table("documents", "files", "pages", box=SIMPLE_HEAD)
    for kind, count, pages in kinds.fetchall():
        documents.add_row(kind.replace("_", " "), f"{count:,}", f"{pages or 0:,}")
    records = Table("records", "rows", box=SIMPLE_HEAD)
    for table in COUNTED:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
        records.add_row(table.replace("_", " "), f"{count:,}")
    side = Table.grid(padding=(0, 4))
    side.add_row(documents, records)
    console.print(side)
    problems = connection.execute(
        "SELECT kind, count(DISTINCT path), list(DISTINCT path ORDER BY path)[:2], any_value(message ORDER BY path) "
        "FROM problems GROUP BY kind ORDER BY 2 DESC, 1"
    ).fetchall()
    if problems:
        troubles = Table("problems", "files", "such as", "why, and what to try", box=SIMPLE_HEAD)
        for kind, count, paths, message in problems[:SHOWN_PROBLEMS]:
            troubles.add_row(kind.replace("_", " "), f"{count:,}", Text(", ".join(Path(p).name for p in paths)),
                             Text(message))
        console.print(troubles)
    connection.close()
    console.print(_sentences(summary), markup=False, soft_wrap=True)


def _sentences(summary: Summary) -> str:
    rate = f" ({summary.pages / summary.seconds:,.0f} pages a second)" if summary.pages and summary.seconds else ""
    lines = [
        f"{summary.seen:,} files seen: {summary.ingested:,} read, {summary.unchanged:,} unchanged, "
        f"{summary.failed:,} failed; {summary.pages:,} pages in {summary.seconds:.1f} s{rate}."
    ]
    if summary.resumed:
        lines.append(f"{summary.resumed:,} of them had been read by a run that was stopped.")
    if summary.gone:
        lines.append(f"{summary.gone:,} files are no longer there; --force forgets their records.")
    if summary.failed:
        lines.append('Every problem: minutebook query "SELECT path, kind, message FROM problems"'
                     + _db_option(summary))
    lines.append(f"The database is {summary.database}. Ask it:")
    lines.append('  minutebook query "SELECT council, held_on, text FROM decisions ORDER BY held_on DESC LIMIT 5"'
                 + _db_option(summary))
    return "\n".join(lines)


def _db_option(summary: Summary) -> str:
    return "" if summary.database == Path("data/minutebook.duckdb") else f" --db {summary.database}"
