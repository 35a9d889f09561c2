"""What a scrape costs: forty invented councils over three years, cold, a week later, and with papers changed.

    python -m evaluation.scrape_bench [--councils 40] [--years 3]

Writes evaluation/scrape.md. The sites are the stand-in of `tests/democracy_site`, over real HTTP on loopback; the
guest's clock runs faster than the world's, so that what is measured is Minutebook's own work, and how long a real run
takes at one request a second to a host follows from the requests.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from democracy_site import model  # noqa: E402
from democracy_site.server import Request, Site  # noqa: E402

TODAY = date(2026, 6, 1)
LAPSE = 1000
HOSTS = 16
PAGE = ROOT / "evaluation" / "scrape.md"


@dataclass(frozen=True)
class Round:
    """A run of the command, as the sites saw it."""

    name: str
    requests: list[Request]
    seconds: float
    cpu: float
    papers: int

    @property
    def sent(self) -> int:
        """Bytes that the sites sent."""
        return sum(request.sent for request in self.requests)

    def at_a_second(self) -> float:
        """Minutes that it would take at one request a second to a host, so many hosts at once."""
        longest = sorted(Counter(request.host for request in self.requests).values(), reverse=True)
        lanes = [0] * HOSTS
        for seconds in longest:
            lanes[lanes.index(min(lanes))] += seconds
        return max(lanes) / 60


def run(name: str, site: Site, folder: Path, years: int, day: date) -> Round:
    """One run."""
    before, papers = resource.getrusage(resource.RUSAGE_CHILDREN), count(folder)
    site.take_requests()
    began = time.monotonic()
    subprocess.run([
        sys.executable, "-m", "pipeline", "scrape", "--archive", str(folder / "archive"), "--sites",
        str(folder / "councils.yaml"), "--contact", "bench@minutebook.example", "--since",
        f"{TODAY - timedelta(days=365 * years)}", "--stand-in", site.address, "--time-lapse", str(LAPSE), "--time-out",
        str(20 * LAPSE), "--today", f"{day}", "--hosts", str(HOSTS),
    ], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Round(name, site.take_requests(), seconds, cpu, count(folder) - papers)


def count(folder: Path) -> int:
    """Files in the archive."""
    return sum(1 for path in (folder / "archive" / "objects").rglob("*") if path.is_file())


def change(councils: list[model.Council]) -> int:
    """Correct a paper of a meeting that each council held lately; how many."""
    changed = 0
    for council in councils:
        recent = [m for m in council.meetings() if TODAY - timedelta(days=60) < m.day <= TODAY and m.attachments]
        for meeting in recent[:1]:
            for paper in list(meeting.visible())[:1]:
                paper.edition += 1
                changed += 1
    return changed


def page(rounds: list[Round], councils: int, years: int, published: int) -> str:
    """The page."""
    cold = rounds[0].sent
    rows = [
        f"| {each.name} | {len(each.requests):,} | {each.sent / 1e6:,.1f} | {each.sent / cold:.1%} | {each.papers:,} | "
        f"{each.cpu:,.0f} | {each.seconds:,.0f} | {each.at_a_second():,.0f} |" for each in rounds
    ]
    answers = "; ".join(
        f"{each.name}: " + ", ".join(f"{number:,} × {status}" for status, number in sorted(
            Counter(request.status for request in each.requests).items())) for each in rounds
    )
    return f"""# What a scrape costs

Written by `python -m evaluation.scrape_bench`: {councils} invented councils (ModernGov with its web service and
without, CMIS, plain links) with {years} years of meetings and {published:,} PDFs, over real HTTP on loopback. The
guest's clock runs {LAPSE:,} times as fast as the world's. CPU seconds are Minutebook's own. The last column is what
the same requests take at one request a second to a host, {HOSTS} hosts at once, which is what a real run is bound by.

| run | requests | MB sent | of the first | new files | CPU s | s | min at 1/s |
| --- | --: | --: | --: | --: | --: | --: | --: |
{chr(10).join(rows)}

Answers: {answers}.
"""


def main() -> None:
    """Measure, and write the page."""
    options = argparse.ArgumentParser()
    options.add_argument("--councils", type=int, default=40)
    options.add_argument("--years", type=int, default=3)
    said = options.parse_args()
    councils = model.councils(said.councils, said.years, TODAY)
    published = sum(len(council.published()) for council in councils)
    with tempfile.TemporaryDirectory() as name, Site(councils) as site:
        folder = Path(name)
        (folder / "councils.yaml").write_text(yaml.safe_dump([council.line() for council in councils]))
        rounds = [
            run("first", site, folder, said.years, TODAY),
            run("a week later", site, folder, said.years, TODAY + timedelta(days=7)),
        ]
        changed = change(councils)
        rounds.append(run(f"with {changed} papers corrected", site, folder, said.years, TODAY + timedelta(days=14)))
        kept = {path.stem for path in (folder / "archive" / "objects").rglob("*.pdf")}
        missing = set().union(*(council.hashes() for council in councils)) - kept
    if missing:
        sys.exit(f"{len(missing)} papers did not arrive")
    PAGE.write_text(page(rounds, said.councils, said.years, published), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
