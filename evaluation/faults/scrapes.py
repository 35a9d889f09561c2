"""Kills scrapes with SIGKILL at random moments, and looks at what the next one makes of what is left.

The sites are the stand-in of `tests/democracy_site`; a moment is a number of calls and returns. Each run goes on from
where the one before was killed, so that half a hundred are one scrape; the last is left alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import yaml

from evaluation.faults.kills import SEED, Killed

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from democracy_site import model  # noqa: E402
from democracy_site.server import Site  # noqa: E402

TODAY = date(2026, 6, 1)
LAPSE = 1000
A_SCRAPE = 50
"""Runs that are killed before one is let live."""
BETWEEN = [60_000, 300_000]
"""Calls and returns of a run, of which one is its last."""


def kill_scrapes(count: int) -> Killed:
    """Kill so many runs of the command."""
    killed = Killed("scrape")
    for first in range(0, count, A_SCRAPE):
        with tempfile.TemporaryDirectory(prefix="minutebook-kills-") as place:
            _scrape(Path(place), min(A_SCRAPE, count - first), SEED + first, killed)
    return killed


def _scrape(place: Path, count: int, seed: int, killed: Killed) -> None:
    """One scrape, killed so many times; what is left is noted in `killed` under the seed."""
    councils = model.councils(4, 1, TODAY)
    lines, archive = place / "councils.yaml", place / "archive"
    lines.write_text(yaml.safe_dump([council.line() for council in councils]), encoding="utf-8")
    with Site(councils) as site:
        arguments = [
            "scrape", "--archive", str(archive), "--sites", str(lines), "--contact", "a@ashbourne.example", "--since",
            f"{TODAY - timedelta(days=365)}", "--stand-in", site.address, "--time-lapse", f"{LAPSE}", "--time-out",
            f"{10 * LAPSE}", "--today", f"{TODAY}",
        ]
        done = subprocess.run(
            [sys.executable, "-m", "democracy_site.kills"], capture_output=True, text=True, check=True,
            input=json.dumps({"arguments": arguments, "kills": count, "seed": seed, "between": BETWEEN}),
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT}"},
        )
        published = set().union(*(council.hashes() for council in councils))
    *statuses, last = json.loads(done.stdout)
    killed.kills += len(statuses)
    killed.during += statuses.count(-9)
    with sqlite3.connect(archive / "ledger" / "ledger.sqlite") as ledger:
        if ledger.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            killed.unreadable.append(seed)
    kept = {path.stem for path in (archive / "objects").rglob("*.pdf")}
    if last != 0 or not published <= kept or list((archive / "ledger" / "partial").iterdir()):
        killed.different.append(seed)
