"""How the web application answers 50 people at once: `python -m evaluation.web_load DB [--write]`.

Each of them searches, reads for some seconds, and searches again: other words, sometimes a filter, sometimes a record.
No two ask the same but by chance, so that kept answers help as little as they would in life. `web_load.md` is the last
result kept; the database is made by `python -m evaluation.grown`.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import click
import duckdb
import httpx2

USERS, SECONDS, SEED = 50, 60, 20240502
READING = (3.0, 9.0)
"""Seconds that a person reads before asking again."""


@dataclass
class Times:
    """Milliseconds of each answer, by what was asked."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0

    def add(self, kind: str, milliseconds: float, ok: bool) -> None:
        """Note an answer."""
        self.by_kind.setdefault(kind, []).append(milliseconds)
        self.failed += not ok


def questions(db: Path) -> list[str]:
    """One to three words of decisions, as people search for them."""
    draw = random.Random(SEED)
    with duckdb.connect(str(db), read_only=True) as connection:
        texts = connection.execute("SELECT text FROM resolutions USING SAMPLE 2000 ROWS (reservoir, 7)").fetchall()
    made = []
    for (text,) in texts:
        words = re.findall(r"[A-Za-z]{5,}", text)
        if words:
            made.append(" ".join(draw.sample(words, min(draw.choice((1, 2, 2, 3)), len(words)))))
    return made


async def user(client: httpx2.AsyncClient, asked: list[str], times: Times, n: int, until: float) -> None:
    """One person, until the time is over."""
    draw = random.Random(SEED + n)
    await asyncio.sleep(draw.uniform(0, READING[1]))
    while time.perf_counter() < until:
        params = {"q": draw.choice(asked)}
        if draw.random() < 0.3:
            params["year"] = str(draw.randint(2016, 2024))
        page = await _get(client, "search", "/", params, times)
        records = re.findall(r'href="(/record/[^"]+)"', page)
        if records and draw.random() < 0.3:
            await _get(client, "record", draw.choice(records), {}, times)
        await asyncio.sleep(draw.uniform(*READING))


async def _get(client: httpx2.AsyncClient, kind: str, path: str, params: dict[str, str], times: Times) -> str:
    started = time.perf_counter()
    answer = await client.get(path, params=params)
    times.add(kind, 1000 * (time.perf_counter() - started), answer.status_code == 200)
    return answer.text


async def load(address: str, asked: list[str]) -> tuple[Times, Times]:
    """Fifty people reading and asking; then all of them asking at the same instant."""
    steady, burst = Times(), Times()
    limits = httpx2.Limits(max_connections=USERS)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        until = time.perf_counter() + SECONDS
        await asyncio.gather(*(user(client, asked, steady, n, until) for n in range(USERS)))
        draw = random.Random(SEED)
        await asyncio.gather(*(_get(client, "search", "/", {"q": draw.choice(asked)}, burst) for _ in range(USERS)))
    return steady, burst


def report(db: Path, opened: float, steady: Times, burst: Times) -> str:
    """The figures, in Markdown."""
    with duckdb.connect(str(db), read_only=True) as connection:
        (held,) = connection.execute("SELECT count(*) FROM resolutions").fetchall()[0]
    rows = [(f"{kind}, {USERS} people reading {READING[0]:.0f} to {READING[1]:.0f} s", times)
            for kind, times in sorted(steady.by_kind.items(), reverse=True)]
    rows.append((f"search, all {USERS} in the same instant", burst.by_kind["search"]))
    lines = [
        "# The web application under load", "",
        f"{held:,} resolutions; the server opens them in {opened:.1f} s. {os.cpu_count()} cores, shared with the "
        "clients. "
        f"{steady.failed + burst.failed} answers failed. `python -m evaluation.web_load`.", "",
        "| asked | answers | median, ms | p95, ms | slowest, ms |", "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, times in rows:
        p95 = statistics.quantiles(times, n=20)[-1]
        lines.append(f"| {name} | {len(times)} | {statistics.median(times):.0f} | {p95:.0f} | {max(times):.0f} |")
    return "\n".join([*lines, ""])


@click.command()
@click.argument("db", type=click.Path(path_type=Path, exists=True))
@click.option("--write", is_flag=True, help="Keep the result in web_load.md.")
def main(db: Path, write: bool) -> None:
    """Serve DB, ask, print."""
    asked = questions(db)
    started = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "pipeline", "serve", "--db", str(db), "--port", "0"],
                              stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline())
        assert address is not None
        opened = time.perf_counter() - started
        text = report(db, opened, *asyncio.run(load(address.group(0), asked)))
    finally:
        server.terminate()
        server.wait()
    click.echo(text)
    if write:
        (Path(__file__).parent / "web_load.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
