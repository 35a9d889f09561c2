"""The round, by the real command before the stand-in site: what each brings, locks, bounds, kills, exit statuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from command_line import call
from democracy_site.model import Council, Meeting, Paper, councils
from democracy_site.papers import Item
from democracy_site.server import Site
from pdf_pages import pdf_of

from pipeline.news.digest import Digest
from pipeline.scrape.manners import Clock
from pipeline.weekly.alone import Held, alone

TODAY = date(2026, 3, 2)
NEXT = TODAY + timedelta(weeks=1)
KENT, OLDHAM = "E10000016", "E08000004"
COMMAND = Path(sys.executable).with_name("minutebook")
WATCHES = {"watches": [{"name": "Contracts", "sorts": ["contract"]}, {"name": "Nurseries", "words": ["nursery"]}]}
FIRST = "That the car park at Mill Lane be closed."
SECOND = "That the parks contract be awarded to Tarn & Sons for £75,000."


@dataclass
class Print(Paper):
    """A paper of these words."""

    words: tuple[str, ...] = ()
    made: bytes = b""

    @property
    def content(self) -> bytes:
        """A page of them, always the same."""
        self.made = self.made or pdf_of(lambda sheet: sheet.lines(60, 80, self.words, pitch=24))
        return self.made


def council(number: int, council_id: str, decisions: tuple[str, str]) -> Council:
    """A council whose Cabinet met twice; the minutes of the later meeting are not published yet."""
    made = councils(number + 1, 1, TODAY, a_year=3, committees=1)[number]
    made.decisions = []
    made.line = lambda: {**Council.line(made), "id": council_id}  # type: ignore[method-assign]
    (cabinet,) = made.committees
    cabinet.meetings = sorted((m for m in cabinet.meetings if m.day < TODAY), key=lambda m: m.day)[-2:]
    for meeting, decision in zip(cabinet.meetings, decisions, strict=True):
        said = f"<p><b>RESOLVED</b>: {decision}</p>".replace("&", "&amp;")
        meeting.items = [Item("Apologies", "", "<p>There were none.</p>"), Item("A matter", "<p>A report.</p>", said)]
        meeting.status, meeting.hidden_item, meeting.cut_item = "Confirmed", None, None
        meeting.attachments, meeting.pack, meeting.minutes = {}, None, None
        meeting.agenda = Print(meeting.key + 500_000, "Agenda frontsheet", "agenda", words=(
            "Agenda", f"Cabinet, {meeting.day:%d %B %Y}", "1. Apologies", "2. A matter"))
    publish_minutes(cabinet.meetings[0])
    return made


def publish_minutes(meeting: Meeting) -> None:
    """Let the site publish the minutes of a meeting, as a print too."""
    decision = meeting.items[1].minutes.partition("</b>: ")[2].removesuffix("</p>").replace("&amp;", "&")
    meeting.minutes = Print(meeting.key + 600_000, "Printed minutes", "minutes", words=(
        "Minutes", f"Cabinet, {meeting.day:%d %B %Y}", "1. Apologies", "There were none.", "2. A matter",
        f"RESOLVED: {decision}"))


@dataclass
class Round:
    """What a round of the command said."""

    status: int
    printed: str
    errors: str
    log: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.log = [json.loads(line) for line in self.errors.splitlines() if line.startswith("{")]

    @property
    def summary(self) -> dict[str, Any]:
        """The last line of the log."""
        return self.log[-1]


class House:
    """A folder in which rounds are made before a site."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.db, self.news = folder / "minutebook.duckdb", folder / "news"
        folder.mkdir(parents=True)
        lines = [council.line() for council in site.councils.values()]
        (folder / "sites.yaml").write_text(yaml.safe_dump(lines))
        (folder / "watches.yaml").write_text(yaml.safe_dump(WATCHES))

    def arguments(self, day: date, *more: object) -> list[object]:
        """The command line of a round on that day."""
        return [
            "weekly", "--archive", self.folder / "archive", "--db", self.db, "--news", self.news, "--watches",
            self.folder / "watches.yaml", "--sites", self.folder / "sites.yaml", "--contact", "test@example.org",
            "--stand-in", self.site.address, "--time-lapse", 200, "--today", day, "--workers", 1, *more,
        ]

    def round(self, day: date = TODAY, *more: object) -> Round:
        """Make a round."""
        done = call(*self.arguments(day, *more))
        return Round(done.exit_code, done.stdout, done.stderr)

    def digests(self) -> list[Digest]:
        """Those that are kept."""
        return [Digest.model_validate_json(path.read_bytes()) for path in sorted(self.news.glob("*.json"))]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        with duckdb.connect(str(self.db), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house before the site of Kent, and that of Oldham."""
    kent = council(0, KENT, (FIRST, SECOND))
    oldham = council(1, OLDHAM, ("That the clock be mended.", "That the nursery be extended."))
    with Site([kent, oldham]) as site:
        yield House(tmp_path / "house", site)


def told(digest: Digest) -> dict[str, list[tuple[str, str]]]:
    """What a digest lists, by council."""
    return {listing.name: [(item.sort, item.text) for item in listing.items] for listing in digest.councils}


def latest(house: House, number: int) -> Meeting:
    """The latest meeting of a council."""
    found = list(house.site.councils.values())[number].committees[0].meetings[-1]
    assert isinstance(found, Meeting)
    return found


def test_the_second_round_tells_exactly_what_came_since_the_first(house: House) -> None:
    first = house.round()
    assert first.status == 0, first.errors
    assert told(house.digests()[0]) == {
        "Kent": [("decision", FIRST)], "Oldham": [("decision", "That the clock be mended.")]}

    publish_minutes(latest(house, 0))
    second = house.round(NEXT)
    assert second.status == 0, second.errors
    digest = house.digests()[1]
    assert told(digest) == {"Kent": [("contract", SECOND)]}
    assert {listing.name: [item.text for item in listing.items] for listing in digest.watches} == {
        "Contracts": [SECOND], "Nurseries": []}
    assert (digest.asked.asked, digest.asked.answered, digest.asked.failed) == (2, 2, 0)
    (item,) = digest.councils[0].items
    assert (item.body, item.held_on, item.amount) == ("Cabinet", latest(house, 0).day, 75_000)
    assert item.link is not None
    assert "mgWebService" not in item.link  # whose answer is no page for a person
    assert house.ask(f"SELECT council FROM decisions WHERE resolution_id = '{item.record_id}'") == [("Kent",)]
    assert SECOND in " ".join((house.news / "latest.md").read_text().split())
    assert "75,000" in (house.news / "feeds" / "watch" / "contracts.xml").read_text()

    third = house.round(NEXT + timedelta(weeks=1))
    assert third.status == 0, third.errors
    assert told(house.digests()[2]) == {}
    assert "2 councils asked: 2 answered, 0 did not." in third.printed
    assert "Nothing new was found in what answered." in third.printed
    assert "75,000" in (house.news / "feeds" / "watch" / "contracts.xml").read_text()  # a feed keeps what it had


def test_the_log_is_lines_of_json_of_which_the_last_sums_up(house: House) -> None:
    log = house.folder / "logs" / "weekly.jsonl"
    done = house.round(TODAY, "--log", log)
    assert (done.status, done.log) == (0, [])
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["round begun", "council", "council", "scraped", "ingested", "told",
                                                 "summary"]
    assert len({line["round"] for line in lines}) == 1
    assert {line["council"]: line["outcome"] for line in lines[1:3]} == {
        name.name: "complete" for name in house.site.councils.values()}
    summary = lines[-1]
    assert {name: summary[name] for name in (
        "status", "ended", "asked", "answered", "failed", "stopped", "papers_failed", "papers_left", "news",
    )} == {"status": 0, "ended": "well", "asked": 2, "answered": 2, "failed": 0, "stopped": None, "papers_failed": 0,
           "papers_left": 0, "news": 2}
    assert summary["papers_new"] == summary["papers_read"] == 10  # of each council two meetings, their agendas, minutes
    assert summary["page"] == str(house.news / f"{house.digests()[0].made_at:%Y-%m-%dT%H%M%SZ}.html")


def test_a_council_that_shows_a_login_is_told_and_the_other_is_served(house: House) -> None:
    list(house.site.councils.values())[1].mood = "login"
    done = house.round()
    assert done.status == 1
    assert told(house.digests()[0]) == {"Kent": [("decision", FIRST)]}
    assert "2 councils asked: 1 answered, 1 did not." in done.printed
    (trouble,) = house.digests()[0].troubles
    assert (trouble.council, trouble.severity) == ("Oldham", "fail")
    assert "Oldham" in (house.news / "latest.md").read_text()
    shown = call("coverage", "--db", house.db, "--until", f"{TODAY:%Y-%m}")
    assert shown.exit_code == 1
    assert "✗ Oldham" in shown.output


def test_where_nobody_answers_the_round_is_broken_and_says_so(house: House) -> None:
    for each in house.site.councils.values():
        each.mood = "moved"
    done = house.round()
    assert (done.status, done.summary["ended"]) == (5, "broken")
    assert "Nothing new is known, because nobody answered." in done.printed


def test_a_second_round_at_the_same_time_does_nothing_and_says_who_is_at_it(house: House) -> None:
    with alone(house.db, Clock().now()):
        done = house.round()
    assert done.status == 3
    assert "another round is under way" in done.errors
    assert f"process {os.getpid()} on" in done.errors
    assert done.summary["ended"] == "held"
    assert not house.site.requests
    assert not house.db.exists()
    with pytest.raises(Held), alone(house.db, Clock().now()), alone(house.db, Clock().now()):
        pass
    assert house.round().status == 0  # and nothing is left in the way


def test_a_round_that_broke_before_it_told_is_told_by_the_next(house: House) -> None:
    news, house.news = house.news, house.folder / "watches.yaml" / "news"  # a file stands where a folder should be
    broken = house.round()
    assert (broken.status, broken.summary["ended"]) == (5, "broken")
    assert house.ask("SELECT count(DISTINCT text) FROM decisions") == [(2,)]  # published all the same

    house.news = news
    again = house.round(TODAY + timedelta(days=1))
    assert (again.status, again.log[0]["event"]) == (0, "round resumed")
    assert told(house.digests()[0]) == {
        "Kent": [("decision", FIRST)], "Oldham": [("decision", "That the clock be mended.")]}
    assert house.round(NEXT).log[0]["event"] == "round begun"


def test_a_fault_of_ours_is_no_round_that_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("pipeline.weekly.round.scraping.scrape", fails)
    done = house.round()
    assert (done.status, done.summary["ended"]) == (5, "broken")
    assert done.summary["why"] == "Minutebook itself failed (RuntimeError: a fault): please report this."
    assert "raise RuntimeError" in done.log[-2]["trace"]


def test_a_round_that_is_killed_goes_on_and_tells_all_once(house: House) -> None:
    command = [str(part) for part in (COMMAND, *house.arguments(TODAY))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as killed:
        assert killed.stderr is not None
        for line in killed.stderr:
            if json.loads(line)["event"] == "scraped":
                killed.send_signal(signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    done = house.round(TODAY + timedelta(days=1))
    assert (done.status, done.log[0]["event"]) == (0, "round resumed")
    assert told(house.digests()[0]) == {
        "Kent": [("decision", FIRST)], "Oldham": [("decision", "That the clock be mended.")]}
    assert len(house.digests()) == 1


def test_a_round_that_is_asked_to_stop_ends_in_good_order_and_the_next_goes_on(house: House) -> None:
    command = [str(part) for part in (COMMAND, *house.arguments(TODAY, "--time-lapse", 5))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as asked:
        assert asked.stderr is not None
        log = []
        for line in asked.stderr:
            log.append(json.loads(line))
            if log[-1]["event"] == "round begun":
                asked.send_signal(signal.SIGTERM)
    assert asked.returncode == 4
    assert (log[-1]["event"], log[-1]["ended"], log[-1]["stopped"]) == ("summary", "cut_short", "interrupted")
    assert house.digests() == []
    done = house.round(TODAY + timedelta(days=1))
    assert (done.status, done.log[0]["event"]) == (0, "round resumed")
    assert told(house.digests()[0]) == {
        "Kent": [("decision", FIRST)], "Oldham": [("decision", "That the clock be mended.")]}


def test_a_round_whose_time_is_up_says_so(house: House) -> None:
    short = house.round(TODAY, "--max-minutes", 0.001)
    assert (short.status, short.summary["ended"], short.summary["stopped"]) == (4, "cut_short", "minutes")
    assert "the round did not come to 2 councils" in short.printed


def test_what_a_round_left_for_want_of_space_comes_in_the_next(house: House) -> None:
    """The lists were read before it ended: what they lead to is owed, also of meetings that the next does not list."""
    short = house.round(TODAY, "--max-megabytes", 0.001)
    assert (short.status, short.summary["ended"], short.summary["stopped"]) == (4, "cut_short", "megabytes")
    assert house.round(TODAY + timedelta(days=1)).status == 0
    assert [told(digest) for digest in house.digests()] == [
        {}, {"Kent": [("decision", FIRST)], "Oldham": [("decision", "That the clock be mended.")]}]


def test_wrong_usage_is_told_before_anybody_is_asked(house: House) -> None:
    (house.folder / "watches.yaml").write_text("watches:\n- name: A\n  wordz: [x]\n")
    wrong = house.round()
    assert wrong.status == 2
    assert "line 3, watches.1.wordz: there is no such key: did you mean words?" in wrong.errors
    nobody = call("weekly", "--db", house.db)
    assert nobody.exit_code == 2
    assert "--contact" in nobody.output
    assert not house.site.requests
