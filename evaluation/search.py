"""How long `search` takes: `python -m evaluation.search [--passages N] [--write]`.

Makes a database of so many passages (items, decisions, paragraphs of pages) with a seeded generator whose words are as
unevenly common as those of real papers (Zipf, Mandelbrot) and name services of the taxonomy, indexes it as a
publication does, and asks it the questions below, each on a new connection and then again. `search.md` is the last
result kept.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import date
from pathlib import Path

import click
import duckdb
import numpy as np
import pyarrow as pa

from pipeline import rules
from pipeline.store import scope, search
from pipeline.store.schema import ddl

QUESTIONS = (
    "home care", "domiciliary care", '"pooled budget"', "library closures saving", "w3", "w1 w2 w3", '"w1 w2"',
    '"w2 w5 w3"', "bus services -w7", "care homes w2", "w4000", "nothingofthekind",
)
"""`w1` is the word that occurs most often."""
VOCABULARY, SHIFT = 60_000, 20
"""Words, and Mandelbrot's shift: the commonest, as `council` in real papers, is in a third of the passages."""
WORDS, SEED, TIMES = 60, 20240502, 7
PER_DOCUMENT = 100


def generate(connection: duckdb.DuckDBPyConnection, passages: int) -> None:
    """Fill an empty database with so many passages, one in eight of them a decision under an item of its own."""
    draw = np.random.default_rng(SEED)
    names = [wording for entry in rules.load("services") for wording in (entry["name"], *entry.get("synonyms", ()))]
    ids = [entry["id"] for entry in rules.load("services") for _ in (entry["name"], *entry.get("synonyms", ()))]
    lengths = draw.poisson(WORDS, passages) + 5
    share = 1 / (np.arange(VOCABULARY) + SHIFT)
    words = draw.choice(VOCABULARY, int(lengths.sum()), p=share / share.sum()) + 1
    services = draw.integers(0, len(names), passages)
    texts, at = [], 0
    for length, service in zip(lengths, services, strict=True):
        chosen = [f"w{word}" for word in words[at:at + length]]
        chosen[length // 2] = names[service]
        texts.append(" ".join(chosen))
        at += int(length)
    connection.execute(ddl())
    connection.register("made", pa.table({"n": np.arange(passages), "text": texts, "raw": [names[s] for s in services],
                                          "service_id": [ids[s] for s in services]}))
    connection.execute(f"""
        CREATE TEMP TABLE made_of AS
        SELECT *, 'doc-' || n // {PER_DOCUMENT} AS document_id, n % {PER_DOCUMENT} * 10000 AS char_start,
            10000 * (n % {PER_DOCUMENT}) + length(text) AS char_end FROM made""")
    for statement in FILL:
        connection.execute(statement)
    connection.unregister("made")


FILL = (
    """INSERT INTO documents BY NAME SELECT DISTINCT document_id, document_id AS sha256, document_id || '.pdf' AS path,
       'application/pdf' AS media_type, 'minutes' AS kind, 'meeting-' || document_id AS meeting_id FROM made_of""",
    f"""INSERT INTO meetings BY NAME SELECT meeting_id, 'Cabinet' AS body, DATE '{date(2024, 5, 2)}' AS held_on
        FROM documents""",
    """INSERT INTO pages BY NAME SELECT document_id, n AS page, text, char_start FROM made_of WHERE n % 8 > 0""",
    """INSERT INTO resolutions BY NAME SELECT 'resolution-' || n AS resolution_id, document_id, 1 AS position,
       'decided' AS status, 'resolved' AS kind, text, char_start, char_end, 'made' AS rule
       FROM made_of WHERE n % 8 = 0""",
    """INSERT INTO service_mentions BY NAME SELECT 'mention-' || n AS mention_id, document_id, service_id, raw,
       char_start + instr(text, raw) - 1 AS char_start, char_start + instr(text, raw) - 1 + length(raw) AS char_end,
       'made' AS rule FROM made_of""",
)


def measure(db: Path) -> list[tuple[str, int, float, float, float]]:
    """(question, how much it finds, milliseconds on the wall of the first time on a new connection and the least of the
    next, least milliseconds of processors). The last is what it takes at most where nothing else runs."""
    found = []
    for question in QUESTIONS:
        with duckdb.connect(str(db), read_only=True) as connection:
            times, worked = [], []
            for _ in range(TIMES):
                started, at = time.perf_counter(), time.process_time()
                connection.execute("FROM search($1) LIMIT 20", [question]).fetchall()
                times.append(1000 * (time.perf_counter() - started))
                worked.append(1000 * (time.process_time() - at))
            (count,) = connection.execute("SELECT count(*) FROM search($1)", [question]).fetchall()[0]
        found.append((question, count, times[0], min(times[1:]), min(worked)))
    return found


@click.command()
@click.option("--passages", type=int, default=200_000, show_default=True)
@click.option("--write", is_flag=True, help="Keep the result in search.md.")
def main(passages: int, write: bool) -> None:
    """Generate, index, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "made.duckdb"
        with duckdb.connect(str(db)) as connection:
            generate(connection, passages)
            connection.execute("CHECKPOINT")
            size = db.stat().st_size
            started = time.process_time()
            search.create(connection)
            for piece in range(scope.pieces(connection)):
                scope.show_piece(connection, piece)
                search.add(connection)
            connection.execute("CHECKPOINT")
            took = time.process_time() - started
            (postings,) = connection.execute("SELECT count(*) FROM search_postings").fetchall()[0]
        lines = [
            "# Search", "",
            f"{passages:,} made passages of some {WORDS} words, {postings:,} postings; indexed in {took:.1f} s of "
            f"processors, which adds {(db.stat().st_size - size) / 1e6:.0f} MB to {size / 1e6:.0f}. "
            f"`python -m evaluation.search`, {os.cpu_count()} cores.", "",
            "| question | finds | first, ms | again, ms | processors, ms |", "| --- | ---: | ---: | ---: | ---: |",
            *(f"| `{q}` | {n:,} | {first:.0f} | {then:.0f} | {work:.0f} |" for q, n, first, then, work in measure(db)),
            "",
        ]
    text = "\n".join(lines)
    click.echo(text)
    if write:
        (Path(__file__).parent / "search.md").write_text(text)


if __name__ == "__main__":
    main()
