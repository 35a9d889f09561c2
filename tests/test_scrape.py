"""`minutebook scrape` before a stand-in for forty councils' sites: what is published arrives, once, politely."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from command_line import call
from democracy_site import faults, model
from democracy_site.faults import Faults
from democracy_site.model import Council, Paper
from democracy_site.server import Request, Site

from pipeline.scrape.announced import told
from pipeline.scrape.ledger import CouncilRun, Ledger, Meeting, Run, Version, Visit

TODAY = date(2026, 6, 1)
LAPSE = 400.0
"""How many times faster than the world's the guest's clock goes."""
ALL_WAYS = ("service", "pages", "cmis", "links", "service", "pages")


@dataclass
class World:
    """Councils, their sites, an archive, and the command."""

    site: Site
    councils: list[Council]
    folder: Path
    status: int = -1
    output: str = ""
    lapse: float = LAPSE
    patience: float = 10.0
    """Real seconds after which the guest gives up."""

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.folder / "archive"

    def scrape(self, *options: str, day: date = TODAY) -> list[Request]:
        """Run the command; the requests that the sites saw."""
        self.site.take_requests()
        lines = self.folder / "councils.yaml"
        lines.write_text(yaml.safe_dump([council.line() for council in self.councils]))
        result = call(
            "scrape", "--archive", str(self.archive), "--sites", str(lines), "--contact", "papers@ashbourne.example",
            "--since", f"{TODAY - timedelta(days=365)}", "--stand-in", self.site.address,
            "--time-lapse", str(self.lapse), "--time-out", str(self.patience * self.lapse), "--today", f"{day}",
            *options,
        )
        self.status, self.output = result.exit_code, result.output
        return self.site.take_requests()

    def kept(self) -> Counter[str]:
        """The hashes of the PDFs in the archive, each as often as it lies there."""
        files = sorted((self.archive / "objects").rglob("*.pdf"))
        for file in files:
            assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
        return Counter(file.stem for file in files)

    def published(self) -> Counter[str]:
        """The hashes of all PDFs that a visitor can come to."""
        return Counter(set().union(*(council.hashes() for council in self.councils)))

    def rows(self, of: type, where: str = "true", *values: object) -> list:  # type: ignore[type-arg]
        """Rows of the ledger."""
        ledger = Ledger(self.archive / "ledger" / "ledger.sqlite")
        try:
            return ledger.rows(of, where, *values)
        finally:
            ledger.close()

    def outcomes(self) -> dict[str, tuple[str, str | None]]:
        """Outcome and kind of each council in the last run, by name."""
        names = {council.council_id: council.name for council in self.councils}
        last = max(self.rows(Run), key=lambda run: run.started_at)
        return {names[row.council_id]: (row.outcome, row.kind)
                for row in self.rows(CouncilRun, "run_id = ?", last.run_id)}


def world(
    folder: Path, *ways: str, a_year: int = 4, committees: int = 3, rates: dict[str, float] | None = None,
    seed: int = 1,
) -> World:
    """A council for each of the ways to publish."""
    councils = []
    made = model.councils(20, 1, TODAY, a_year=a_year, committees=committees)
    for way in ways:
        councils.append(next(c for c in made if c.way == way and c not in councils))
    return World(Site(councils, Faults(rates or {}, seed)), councils, folder)


@pytest.fixture(scope="module")
def scraped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, list[Request]]]:
    """A world in which all was fetched once, and the requests that this took. Change nothing in it."""
    here = world(tmp_path_factory.mktemp("scraped"), *ALL_WAYS, a_year=6)
    requests = here.scrape()
    assert (here.status, set(here.outcomes().values())) == (0, {("complete", None)}), here.output
    yield here, requests
    here.site.close()


Make = Callable[..., World]


@pytest.fixture
def tidy() -> Iterator[list[World]]:
    """Worlds that are ended after the test."""
    worlds: list[World] = []
    yield worlds
    for each in worlds:
        each.site.close()


@pytest.fixture
def make(tmp_path: Path, tidy: list[World]) -> Make:
    """Makes a world."""
    def made(*ways: str, **how: object) -> World:
        tidy.append(world(tmp_path, *ways, **how))  # type: ignore[arg-type]
        return tidy[-1]
    return made


def test_everything_published_arrives_once(scraped: tuple[World, list[Request]]) -> None:
    here, requests = scraped
    assert here.kept() == here.published()
    served = Counter((r.host, r.path) for r in requests if r.status == 200)
    assert [address for address, times in served.items() if times > 1] == []
    assert {version.supersedes for version in here.rows(Version)} == {None}


def test_several_hosts_are_asked_at_once(scraped: tuple[World, list[Request]]) -> None:
    here, requests = scraped
    changes = sum(earlier.host != later.host for earlier, later in itertools.pairwise(requests))
    assert changes > 5 * len(here.councils), "each host's requests would stand in a row if they took turns"


def test_a_second_run_moves_next_to_nothing(scraped: tuple[World, list[Request]]) -> None:
    here, first = scraped
    second = here.scrape(day=TODAY + timedelta(days=7))
    assert here.status == 0 and here.kept() == here.published()
    assert {version.supersedes for version in here.rows(Version)} == {None}, "a page's visit number is no change"
    assert sum(r.sent for r in second) < 0.02 * sum(r.sent for r in first)


def test_meetings_are_announced_with_their_days_and_what_the_site_says_of_them(
    scraped: tuple[World, list[Request]]
) -> None:
    here, _ = scraped
    for council in (council for council in here.councils if council.way != "links"):
        said = {row.meeting_id: row for row in here.rows(Meeting, "council_id = ?", council.council_id)}
        assert {key: row.held_on for key, row in said.items()} == {
            str(m.key): m.day for m in council.meetings() if m.day >= TODAY - timedelta(days=365)
        }
        for meeting in (m for m in council.meetings() if str(m.key) in said):
            row = said[str(meeting.key)]
            assert row.cancelled == (meeting.status == "Cancelled")
            assert bool(row.minutes_published) == (meeting.minutes is not None)


def test_what_is_hidden_or_restricted_is_not_fetched(make: Make) -> None:
    here = make("service", committees=1)
    meeting = next(m for m in here.councils[0].meetings() if m.attachments and m.hidden_item is None)
    shown, other = (papers[0] for papers in meeting.attachments.values())
    shown.restricted = True
    meeting.hidden_item = next(place for place, papers in meeting.attachments.items() if papers == [other])
    requests = here.scrape()
    assert not [r for r in requests if r.path.endswith((f"ID={shown.key}", f"ID={other.key}"))]
    assert here.kept() == here.published()


def test_a_correction_new_minutes_and_a_withdrawal_are_versions(make: Make) -> None:
    here = make("service", "pages", "cmis", a_year=6, committees=1)
    here.scrape()
    before = here.kept()
    for council in here.councils:
        recent = [m for m in council.meetings() if TODAY - timedelta(days=80) < m.day < TODAY and m.attachments]
        meeting = recent[0]
        corrected, withdrawn = (papers[0] for papers in meeting.attachments.values())
        meeting.hidden_item = None
        corrected.edition = 2
        withdrawn.withdrawn = True
        upcoming = next((m for m in council.meetings() if m.minutes is None and m.agenda), meeting)
        upcoming.minutes = upcoming.minutes or Paper(9_000_001, "Printed minutes", f"{council.host} late minutes")
    here.scrape(day=TODAY + timedelta(days=7))
    assert here.status == 0, here.output
    after = here.kept()
    assert before.keys() <= after.keys(), "what was fetched once is kept"
    assert after.keys() - before.keys() <= here.published().keys()
    assert here.published().keys() <= after.keys()
    versions = {version.version_id: version for version in here.rows(Version)}
    pdfs = [v for v in versions.values() if v.media_type == "application/pdf" and v.supersedes]
    assert len(pdfs) == 3 and all(versions[v.supersedes].media_type == "application/pdf" for v in pdfs)
    scraped = told(here.archive)
    assert scraped is not None and sum(v.replaced_at is not None for v in scraped.versions) >= 3


def test_a_committee_that_vanished_keeps_its_papers_and_stays_behind(make: Make) -> None:
    here = make("service", "pages", a_year=2)
    here.scrape()
    before = here.kept()
    for council in here.councils:
        council.committees[0].vanished = True
    here.scrape(day=TODAY + timedelta(days=7))
    assert here.kept() == before and set(here.outcomes().values()) == {("complete", None)}
    for council in here.councils:
        last = {row.meeting_id: row.last_seen for row in here.rows(Meeting, "council_id = ?", council.council_id)}
        of_vanished = {str(m.key) for m in council.committees[0].meetings} & set(last)
        latest = max(last.values())
        assert of_vanished and all(last[key] < latest - timedelta(days=6) for key in of_vanished)


def test_a_committee_that_has_ended_is_read_once_and_then_seldom(make: Make) -> None:
    here = make("service", a_year=1, committees=2)
    ended, goes_on = here.councils[0].committees
    ended.ended = True
    for day, wanted in ((TODAY, {ended.key, goes_on.key}), (TODAY + timedelta(days=7), {goes_on.key})):
        listed = (re.search(r"GetMeetings\?lCommitteeId=(\d+)", request.path) for request in here.scrape(day=day))
        assert {int(match[1]) for match in listed if match} == wanted
    assert here.kept() == here.published()


def test_prints_that_a_site_does_not_have_are_not_asked_for_again_and_again(make: Make) -> None:
    here = make("service", committees=1)
    here.councils[0].has_prints = False
    asked = [
        Counter(request.path for request in here.scrape(day=day) if "&T=" in request.path)
        for day in (TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=40))
    ]
    assert here.status == 0 and here.kept() == here.published()
    assert asked[0] and max(asked[0].values()) <= 6 and asked[1] == Counter() and asked[2]


def test_no_host_is_asked_more_often_than_the_limit_whatever_goes_wrong(make: Make) -> None:
    rates = dict.fromkeys(("busy", "error", "reset", "truncated"), 0.1)
    here = make("service", "links", a_year=2, committees=2, rates=rates)
    here.lapse = 50.0
    here.councils[1].robots = "User-agent: *\nCrawl-delay: 2\n"
    requests = here.scrape()
    for council, pause in zip(here.councils, (1.0, 2.0), strict=True):
        asked = [r for r in requests if r.host == council.host]
        told = max(place for place, r in enumerate(asked) if r.path == "/robots.txt")  # it says how long to wait
        for begin, least in ((0, 1.0), (told, pause)):
            gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(asked[begin:])]
            assert len(gaps) > 20 and min(gaps) >= least / here.lapse
    agents = {r.agent for r in requests}
    assert len(agents) == 1 and re.fullmatch(r"Minutebook/[\d.]+ \(.*contact: papers@ashbourne\.example\)", *agents)


@pytest.mark.parametrize("seed", [1, 2])
def test_with_a_tenth_of_all_requests_going_wrong_one_run_has_everything(make: Make, seed: int) -> None:
    rate = 0.1 / len(faults.ALL)
    here = make("service", "pages", "cmis", "links", a_year=3, rates=dict.fromkeys(faults.ALL, rate), seed=seed)
    here.patience = 2.0
    here.scrape("--largest", "1")
    assert set(here.outcomes().values()) == {("complete", None)}, here.output
    assert here.kept() == here.published()
    assert here.site.trapped == []


def test_with_every_fault_at_a_tenth_nothing_is_stored_wrong_and_in_a_few_runs_nothing_is_lost(make: Make) -> None:
    here = make("service", "cmis", "links", a_year=2, rates=dict.fromkeys(faults.ALL, 0.1))
    here.patience = 0.4
    runs = 0
    while here.kept() != here.published() and runs < 30:
        here.scrape("--largest", "1", day=TODAY + timedelta(days=31 * runs))
        runs += 1
        assert here.kept() <= here.published(), "nothing is stored that was not published"
        missing = here.published() - here.kept()
        owed = {row.address for row in here.rows(Visit, "outcome IN ('failed', 'refused')")}
        assert bool(missing) <= bool(owed), "what is missing has a row that says why"
    assert here.kept() == here.published()
    assert set(here.site.faults.made) == set(faults.ALL)
    assert here.site.trapped == [], "nobody came to the private address"
    assert {version.supersedes for version in here.rows(Version)} == {None}


def test_of_two_runs_on_a_day_the_second_is_the_later(make: Make) -> None:
    here = make("links", a_year=1, committees=1)
    moments = []
    for _ in range(4):
        here.scrape()
        [last] = {row.started_at for row in here.rows(Run)} - set(moments)
        moments.append(last)
    assert moments == sorted(moments)


def test_an_excuse_in_place_of_a_lists_further_page_is_not_its_end(make: Make) -> None:
    here = make("links")
    here.site.faults.draw = lambda address: "not_a_pdf" if address.endswith("older.html") else None
    here.scrape()
    assert here.outcomes()[here.councils[0].name] == ("partial", "lists") and here.status == 1
    assert "older.html leads to no document" in here.output
    early = sum(here.kept().values())
    assert 0 < early < sum(here.published().values()), "what the first page leads to has come"
    here.site.faults.draw = lambda address: None
    here.scrape()
    assert here.outcomes()[here.councils[0].name] == ("complete", None)
    assert here.kept() == here.published()


def test_an_excuse_in_place_of_a_print_is_asked_for_again_though_its_meeting_is_long_past(make: Make) -> None:
    here = make("service")
    here.site.faults.draw = lambda address: "not_a_pdf" if address.endswith("T=0") else None
    here.scrape()
    assert here.outcomes()[here.councils[0].name] == ("complete", None)
    assert here.kept() < here.published()
    here.site.faults.draw = lambda address: None
    here.scrape(day=TODAY + timedelta(days=40))
    assert here.kept() == here.published()


MOODS = {
    "walled": ("pages", "failed", "wall"), "stubbed": ("pages", "failed", "wall"),
    "moved": ("cmis", "failed", "moved"), "login": ("pages", "failed", "login"),
    "empty": ("pages", "failed", "empty"), "relaid": ("cmis", "failed", "layout"),
}


def test_a_site_that_gives_nothing_is_never_taken_for_one_that_has_nothing(make: Make) -> None:
    here = make(*(way for way, _, _ in MOODS.values()), "links", a_year=2)
    for council, mood in zip(here.councils, MOODS, strict=False):
        council.mood = mood
    here.scrape()
    told = here.outcomes()
    assert here.status == 1
    assert {mood: told[c.name] for mood, c in zip(MOODS, here.councils, strict=False)} == {
        mood: (outcome, kind) for mood, (_, outcome, kind) in MOODS.items()
    }
    assert told[here.councils[-1].name] == ("complete", None), "one council's failure does not touch another's"


def test_where_the_pages_are_behind_a_wall_the_service_still_gives_the_meetings(make: Make) -> None:
    here = make("service", a_year=2, committees=1)
    here.councils[0].mood = "walled"
    here.scrape()
    outcome, kind = here.outcomes()[here.councils[0].name]
    assert (outcome, kind) == ("partial", "lists") and "wall" in here.output
    assert here.kept() == here.published()


def test_robots_that_forbid_are_obeyed(make: Make) -> None:
    here = make("service", "pages", a_year=2, committees=1)
    here.councils[0].robots = "User-agent: minutebook\nDisallow: /\n\nUser-agent: *\nDisallow:\n"
    here.councils[1].robots = "User-agent: *\nDisallow: /documents/\n"
    requests = here.scrape()
    forbidden, closed = here.councils
    assert [r.path for r in requests if r.host == forbidden.host] == ["/robots.txt"]
    assert not [r for r in requests if r.host == closed.host and "/documents/" in r.path]
    assert here.outcomes()[forbidden.name] == ("forbidden", "robots")
    assert here.outcomes()[closed.name] == ("partial", "documents")


def test_two_runs_never_collide_and_the_limits_of_a_run_hold(make: Make) -> None:
    from pipeline.scrape.archive import Archive

    here = make("links")
    with Archive(here.archive):
        here.scrape()
    assert here.status == 3 and "another run is writing" in here.output
    requests = here.scrape("--max-megabytes", "0.05")
    assert here.outcomes()[here.councils[0].name] == ("stopped", "megabytes") and here.status == 1
    assert 0.05e6 <= sum(r.sent for r in requests) < 0.4e6
    assert here.rows(Run)[0].stopped == "megabytes"
    here.scrape()
    assert here.status == 0 and here.kept() == here.published()


def test_the_hosts_of_one_provider_are_asked_a_few_at_a_time(make: Make) -> None:
    here = make(*["links"] * 2, *["pages"] * 4, a_year=1, committees=1)
    here.site.councils.clear()
    for place, council in enumerate(here.councils):
        council.host = f"place{place}.moderngov.co.uk"
        here.site.councils[council.host] = council
    requests = here.scrape()
    assert here.status == 0 and here.kept() == here.published()
    times = {c.host: [r.at for r in requests if r.host == c.host] for c in here.councils}
    moments = [moment for each in times.values() for moment in each]
    assert 2 <= max(sum(min(each) <= moment <= max(each) for each in times.values()) for moment in moments) <= 4


class Terminates(Faults):
    """Asks this process to end, as a system that shuts down does, while its so many-th request is served."""

    def __init__(self, number: int) -> None:
        super().__init__({})
        self._left = number

    def draw(self, address: str) -> str | None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGTERM)
        return None


def test_a_run_that_is_asked_to_end_says_so_and_the_next_goes_on(make: Make) -> None:
    here = make("pages", "links", a_year=2, committees=2)
    here.site.faults = Terminates(25)
    before = signal.getsignal(signal.SIGTERM)
    here.scrape()
    assert here.status == 1 and "ended early: interrupted" in here.output
    assert ("stopped", "interrupted") in here.outcomes().values()
    assert [run.stopped for run in here.rows(Run)] == ["interrupted"] and here.rows(Run)[0].finished_at is not None
    assert signal.getsignal(signal.SIGTERM) == before
    kept = here.kept()
    assert kept < here.published()
    again = here.scrape()
    assert here.status == 0 and here.kept() == here.published()
    papers = [r.path for r in again if r.status == 200 and ("/documents/" in r.path or "/files/" in r.path)]
    assert len(papers) == (here.published() - kept).total(), "what was fetched before is not fetched again"


def test_two_councils_of_one_installation_fetch_each_paper_once(make: Make) -> None:
    here = make("pages", a_year=2, committees=2)
    (council,) = here.councils
    lines = here.folder / "two.yaml"
    lines.write_text(yaml.safe_dump([council.line(), {**council.line(), "id": "x-other", "name": "Fenbridge"}]))
    requests = here.scrape("--sites", str(lines))
    papers = [r.path for r in requests if "/documents/" in r.path]
    assert here.status == 0 and papers and len(papers) == len(set(papers))
    assert here.kept() == here.published()
    scraped = told(here.archive)
    assert scraped is not None
    owners = Counter(version.council_id for version in scraped.versions)
    assert owners[council.council_id] == owners["x-other"] > 0


@pytest.mark.parametrize(("options", "words"), [
    (["--contact", ""], "say who you are"), (["--contact", "me"], "say who you are"),
    (["--pause", "0.2"], "at most one request a second"), (["--stand-in", "192.0.2.7:80"], "address of this machine"),
    (["Netherfeld"], "no council is called Netherfeld"),
])
def test_wrong_usage_says_what_to_change(make: Make, options: list[str], words: str) -> None:
    here = make("links")
    requests = here.scrape(*options)
    assert here.status == 2 and words in here.output and requests == []


def test_a_faster_clock_is_only_for_tests_before_a_stand_in() -> None:
    result = call("scrape", "--contact", "a@b.example", "--time-lapse", "5")
    assert result.exit_code == 2 and "before a --stand-in" in result.output


def test_an_archive_is_ingested_with_the_addresses_of_its_papers(make: Make) -> None:
    here = make("service", a_year=2)
    del here.councils[0].committees[1:]
    here.scrape()
    db = here.folder / "papers.duckdb"
    assert call("ingest", str(here.archive), "--db", str(db), "--workers", "2").exit_code in (0, 1)
    result = call("query", "SELECT count(*), count(source_url), count(fetched_at) FROM documents", "--db", str(db),
                  "--format", "csv")
    papers = sum(1 for _ in (here.archive / "objects").rglob("*.*"))
    assert result.output.split() [-1] == f"{papers},{papers},{papers}"
    minutes = call("query", "SELECT count(*) FROM decisions WHERE link LIKE '%GetMeeting?lMeetingId=%'", "--db",
                   str(db), "--format", "csv")
    assert int(minutes.output.split()[-1]) > 0


def test_fifty_kills_lose_nothing_and_duplicate_nothing(make: Make) -> None:
    here = make("service", "cmis", "links", a_year=2)
    lines = here.folder / "councils.yaml"
    lines.write_text(yaml.safe_dump([council.line() for council in here.councils]))
    arguments = [
        "scrape", "--archive", str(here.archive), "--sites", str(lines), "--contact", "a@ashbourne.example",
        "--since", f"{TODAY - timedelta(days=365)}", "--stand-in", here.site.address, "--time-lapse", f"{LAPSE}",
        "--time-out", f"{10 * LAPSE}", "--today", f"{TODAY}",
    ]
    told = json.dumps({"arguments": arguments, "kills": 50, "seed": 11, "between": [60_000, 300_000]})
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "democracy_site.kills"], input=told, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": f"{tests}:{tests.parent}"},
    )
    statuses = json.loads(done.stdout)
    assert statuses[-1] == 0, done.stderr
    assert statuses[:-1].count(-9) >= 40
    assert here.kept() == here.published()
    current = Counter(version.address for version in here.rows(Version))
    assert set(current.values()) == {1}
    assert {row.outcome for row in here.rows(CouncilRun, "finished_at IS NOT NULL")} == {"complete"}
    with sqlite3.connect(here.archive / "ledger" / "ledger.sqlite") as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert list((here.archive / "ledger" / "partial").iterdir()) == []
