"""Coverage: what councils announce beside what came of it, and what is told where a site went wrong."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bs4 import BeautifulSoup
from command_line import call
from ledgers import MONDAY, Answer, Met, Paper, scrape
from starlette.testclient import TestClient

from pipeline import rules, run
from pipeline.scrape import announced
from pipeline.scraped import CoverageFlag
from pipeline.web.app import application

KENT, OLDHAM, CAMDEN = "E10000016", "E08000004", "E09000007"
MINUTES = """\
KENT COUNTY COUNCIL

CABINET

Minutes of the meeting held on {day} at 6.30 pm in the Guildhall

1. {title}

RESOLVED: That the contract be let.
"""


def minutes(day: str, title: str = "Home care") -> str:
    """The text of a set of minutes."""
    return MINUTES.format(day=day, title=title)


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def flagged(db: Path) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in rows(  # type: ignore[misc]
        db, "SELECT council_id, severity, rule FROM coverage_flags ORDER BY council_id, severity, rule, about")]


def weekly(until: date, count: int, committee: str = "Cabinet", papers: tuple[Paper, ...] = ()) -> list[Met]:
    """So many meetings, one a week, the last of them on `until`."""
    return [Met(until - timedelta(weeks=n), committee, papers) for n in range(count)]


ANSWERED = Answer([
    Met(date(2025, 11, 4), papers=(Paper("agenda", "First agenda"), Paper("minutes", minutes("4 November 2025")))),
    Met(date(2025, 11, 18), papers=(Paper("agenda", "Agenda of the second"), Paper("minutes"))),
    Met(date(2025, 11, 25), cancelled=True),
    Met(date(2026, 2, 24), papers=(Paper("agenda", "Agenda of February"),)),
    Met(date(2026, 2, 10), "Planning Committee", (Paper("minutes", minutes("10 February 2026", "Barn")),), False, True),
])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive and a database after one run: Kent answered, Oldham showed a login, Camden keeps us
    out."""
    place = tmp_path_factory.mktemp("first")
    scrape(place / "archive", {
        KENT: ANSWERED,
        OLDHAM: Answer(outcome="failed", kind="login", why="it asks for a login at /mgLogin.aspx"),
        CAMDEN: Answer(outcome="forbidden", kind="robots", why="robots.txt disallows /"),
    })
    run.ingest([place / "archive"], place / "c.duckdb", workers=1)
    return place


@pytest.fixture
def db(first: Path, tmp_path: Path) -> Path:
    """A copy of it, which a test may change."""
    for file in ("archive", "c.duckdb"):
        subprocess.run(["cp", "-a", str(first / file), str(tmp_path / file)], check=True)
    return tmp_path / "c.duckdb"


def test_a_row_is_a_committees_month(db: Path) -> None:
    found = rows(db, "SELECT * EXCLUDE council_id FROM coverage ORDER BY committee, month")
    november, february, planning = found
    assert november == ("Kent", "Cabinet", date(2025, 11, 1), 2, 1, 2, 2, 1, 1, 4, 3, 3, 1, "the site answered 500 (1)")
    # February's Cabinet met six days before it was asked: no minutes are due.
    assert february == ("Kent", "Cabinet", date(2026, 2, 1), 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, None)
    # The site says that planning's minutes are there, so that they are expected however young they are.
    assert planning == ("Kent", "Planning Committee", date(2026, 2, 1), 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, None)


def test_every_council_that_was_asked_has_a_row_whatever_it_answered(db: Path) -> None:
    assert rows(db, "SELECT council_id, outcome, kind, meetings FROM askings ORDER BY council_id") == [
        (OLDHAM, "failed", "login", 0), (CAMDEN, "forbidden", "robots", 0), (KENT, "complete", None, 5)]


def test_a_login_and_a_forbidding_site_fail_that_council_alone(db: Path) -> None:
    assert flagged(db) == [(OLDHAM, "fail", "asked.login"), (CAMDEN, "fail", "asked.robots")]
    assert rows(db, f"SELECT reason FROM coverage_flags WHERE council_id = '{OLDHAM}'") == [
        ("its lists of meetings could not be had: it asks for a login at /mgLogin.aspx",)]


def test_a_run_that_brought_nothing_is_published_too(db: Path, tmp_path: Path) -> None:
    """Silence must not look like nothing happened: the database tells that the council was asked again."""
    again = scrape(tmp_path / "archive", {KENT: ANSWERED}, MONDAY + timedelta(weeks=1))
    assert run.ingest([tmp_path / "archive"], db, workers=1).published
    assert rows(db, f"SELECT run_id FROM askings WHERE council_id = '{KENT}' ORDER BY asked_at") == [
        ("scrape-2026-03-02",), (again,)]
    assert not run.ingest([tmp_path / "archive"], db, workers=1).published


def test_an_ingest_without_the_archive_keeps_what_it_told(db: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "minutes.txt").write_text(minutes("2 December 2025"))
    before = rows(db, "SELECT * FROM announced_meetings ORDER BY ALL"), flagged(db)
    assert run.ingest([tmp_path / "other"], db, workers=1).ingested == 1
    assert (rows(db, "SELECT * FROM announced_meetings ORDER BY ALL"), flagged(db)) == before


def test_a_paper_that_cannot_be_read_is_failed_with_its_reason(tmp_path: Path) -> None:
    met = Met(date(2025, 11, 4), papers=(Paper("minutes", "%PDF-1.7 and nothing more"),))
    scrape(tmp_path / "archive", {KENT: Answer([met])})
    run.ingest([tmp_path / "archive"], tmp_path / "c.duckdb", workers=1)
    ((found, read, failed, why),) = rows(
        tmp_path / "c.duckdb", "SELECT minutes_found, minutes_read, failed, why FROM coverage")
    ((kind,),) = rows(tmp_path / "c.duckdb", "SELECT kind FROM problems")
    assert (found, read, failed, why) == (1, 0, 1, f"{kind} (1)")


def test_a_council_of_a_users_own_list_has_the_name_that_the_list_gives_it(tmp_path: Path) -> None:
    met = Met(date(2025, 11, 4), papers=(Paper("minutes", "That the budget be approved."),))
    scrape(tmp_path / "archive", {"x-av": Answer([met], name="Ashbourne Vale"), KENT: Answer(name="Another Kent")})
    run.ingest([tmp_path / "archive"], tmp_path / "c.duckdb", workers=1)
    assert rows(tmp_path / "c.duckdb", "SELECT council, council_id FROM coverage") == [("Ashbourne Vale", "x-av")]
    assert rows(tmp_path / "c.duckdb", "SELECT council_id FROM documents") == [("x-av",)]
    assert rows(tmp_path / "c.duckdb", f"SELECT name FROM councils WHERE council_id = '{KENT}'") == [("Kent",)]


# bounds: what a council's own history bears


def rounds(tmp_path: Path, *answers: Answer) -> list[tuple[str, str, str]]:
    """What is flagged after so many weekly runs."""
    for n, answer in enumerate(answers):
        scrape(tmp_path / "archive", {KENT: answer}, MONDAY + timedelta(weeks=n))
    return [(flag.council_id, flag.severity, flag.rule) for flag in told_flags(tmp_path / "archive")]


def told_flags(archive: Path) -> Sequence[CoverageFlag]:
    """The flags that an archive tells."""
    told = announced.told(archive)
    assert told is not None
    return told.flags


LATELY = date(2026, 3, 1)


def test_a_council_as_it_always_was_is_not_flagged(tmp_path: Path) -> None:
    usual = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),)))
    assert rounds(tmp_path, usual, usual, usual) == []


def test_a_site_that_lists_few_of_the_meetings_that_it_listed_before_fails(tmp_path: Path) -> None:
    usual, few = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),))), Answer(weekly(LATELY, 5))
    assert rounds(tmp_path, usual, usual, few) == [(KENT, "fail", "bounds.listed")]
    # The third round is on 16 March: eleven of the twenty are of the ninety days before, and five are listed.
    assert [flag.reason for flag in told_flags(tmp_path / "archive")] == [
        "6 of 11 meetings that it listed before, from 90 days ago to 170 days ahead, are listed no more"]


def test_a_site_that_lists_nothing_fails_though_it_answers(tmp_path: Path) -> None:
    usual = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),)))
    assert rounds(tmp_path, usual, usual, Answer()) == [
        (KENT, "fail", "bounds.listed"), (KENT, "warn", "bounds.committee")]


def test_lists_that_were_not_read_again_because_they_had_just_been_tell_nothing(tmp_path: Path) -> None:
    usual = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),)))
    assert rounds(tmp_path, usual, Answer(lists_read=False)) == []


def test_what_a_site_in_trouble_does_not_list_is_told_as_its_trouble_alone(tmp_path: Path) -> None:
    usual = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),)))
    half = Answer(weekly(LATELY, 5), "partial", "lists", "2 of its lists could not be had")
    assert rounds(tmp_path, usual, half) == [(KENT, "warn", "asked.lists")]


def test_far_more_than_before_only_warns(tmp_path: Path) -> None:
    papers = (Paper("minutes", "Minutes"),)
    usual, many = Answer(weekly(LATELY, 4, papers=papers)), Answer(
        [*weekly(LATELY, 12, papers=papers), *weekly(date(2026, 5, 1), 3)])
    assert rounds(tmp_path, usual, many) == [(KENT, "warn", "bounds.many")]


def test_a_few_meetings_that_vanish_from_among_the_others_warn(tmp_path: Path) -> None:
    usual = weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),))
    holes = [met for n, met in enumerate(usual) if n != 3]
    assert rounds(tmp_path, Answer(usual), Answer(holes)) == [(KENT, "warn", "bounds.listed")]
    assert [flag.reason for flag in told_flags(tmp_path / "archive")] == [
        "1 of 12 meetings that it listed before, from 90 days ago to 170 days ahead, are listed no more"]


def test_a_committee_that_vanishes_warns_unless_the_site_calls_it_ended(tmp_path: Path) -> None:
    papers = (Paper("minutes", "Minutes"),)
    cabinet, planning = weekly(LATELY, 20, papers=papers), weekly(date(2026, 2, 1), 1, "Planning Committee", papers)
    assert rounds(tmp_path, Answer([*planning, *cabinet]), Answer(cabinet)) == [
        (KENT, "warn", "bounds.listed"), (KENT, "warn", "bounds.committee")]
    assert [flag.reason for flag in told_flags(tmp_path / "archive") if flag.about == "Planning Committee"] == [
        "neither Planning Committee nor its meetings are listed any more"]
    ended = Answer([*planning, *cabinet], ended=["Planning Committee"])
    assert rounds(tmp_path / "ended", ended, Answer(cabinet)) == [(KENT, "warn", "bounds.listed")]


def test_a_quarter_with_far_fewer_meetings_than_in_other_years(tmp_path: Path) -> None:
    papers = (Paper("minutes", "Minutes"),)
    meetings = [met for years in (1, 2) for met in weekly(LATELY - timedelta(days=365 * years), 20, papers=papers)]
    assert rounds(tmp_path, Answer([*meetings, *weekly(LATELY, 12, papers=papers)])) == []
    assert rounds(tmp_path / "few", Answer([*meetings, *weekly(LATELY, 2, papers=papers)])) == [
        (KENT, "fail", "bounds.season")]


def test_minutes_that_are_due_and_missing(tmp_path: Path) -> None:
    old = weekly(date(2025, 11, 30), 10, papers=(Paper("agenda", "Agenda"),))
    had = [replace(met, papers=(Paper("minutes", "Minutes"),)) for met in old[:3]]
    assert rounds(tmp_path, Answer([*had, *old[3:]])) == [(KENT, "warn", "bounds.minutes")]
    assert rounds(tmp_path / "none", Answer(old)) == [(KENT, "fail", "bounds.minutes")]


def test_a_council_that_fell_silent_is_told_though_later_runs_left_it_out(tmp_path: Path) -> None:
    usual = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),)))
    scrape(tmp_path / "archive", {KENT: usual, OLDHAM: usual})
    for week in (1, 2, 3):
        scrape(tmp_path / "archive", {OLDHAM: usual}, MONDAY + timedelta(weeks=week))
    (flag,) = told_flags(tmp_path / "archive")
    assert (flag.council_id, flag.severity, flag.rule) == (KENT, "fail", "bounds.stale")
    assert flag.reason == "it has not answered since 2026-03-02, 21 days by now"


def test_a_bound_can_be_set_for_a_kind_of_authority_and_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, few = Answer(weekly(LATELY, 20, papers=(Paper("minutes", "Minutes"),))), Answer(weekly(LATELY, 5))
    listed = {"id": "bounds.listed", "least_history": 2, "fails_below": 0.5}
    for exception in ({"kinds": {"county": {"fails_below": 0.3}}}, {"councils": {KENT: {"fails_below": 0.3}}}):
        bounds = {**rules.load("weekly/bounds"), "bounds": [{**listed, **exception}]}
        monkeypatch.setattr("pipeline.scrape.bounds.rules.load", _instead(bounds))
        assert rounds(tmp_path / next(iter(exception)), usual, usual, few) == []


def _instead(bounds: object, real: Any = rules.load) -> Any:
    return lambda name: bounds if name == "weekly/bounds" else real(name)


def test_bounds_carry_what_a_reader_needs_and_each_is_measured() -> None:
    from pipeline.scrape.bounds import MEASURES

    entries: Sequence[dict[str, Any]] = rules.load("weekly/bounds")["bounds"]
    assert {entry["id"] for entry in entries} == set(MEASURES)
    for entry in entries:
        assert entry["comment"].strip()
        assert {"fails_below", "fails_above", "warns_below", "warns_above"} & set(entry)
        if "fails_below" in entry and "warns_below" in entry:
            assert entry["fails_below"] < entry["warns_below"]


def test_editing_bounds_reads_no_paper_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copytree(rules.folder(), tmp_path / "rules"))
    monkeypatch.setattr(rules, "folder", lambda: copy)
    before = rules.version.__wrapped__()
    (copy / "weekly" / "bounds.yaml").write_text("stale_days: 1\n")
    assert rules.version.__wrapped__() == before
    (copy / "votes.yaml").write_text("[]\n")
    assert rules.version.__wrapped__() != before


# the command


def test_the_table_has_councils_as_rows_and_months_as_columns(db: Path) -> None:
    shown = call("coverage", "--db", db, "--months", 5)
    assert shown.exit_code == 1  # two councils fail
    lines = [line.split() for line in shown.output.splitlines()]
    assert ["council", "Nov", "25", "Dec", "Jan", "26", "Feb", "Mar"] in lines
    assert ["✗", "Camden"] in lines
    assert ["Kent", "1/2", "1/1"] in lines
    assert "✗ Oldham: its lists of meetings could not be had: it asks for a login at /mgLogin.aspx." in shown.output
    assert (
        "3 councils asked, the last on 2 March 2026: 1 answered, 2 did not; 2 not to be relied on, 0 to look at. "
        "4 meetings announced, minutes of 2 of 3 that are due found, of 2 read; 1 paper failed."
    ) in shown.output


def test_councils_of_which_nobody_has_told_where_they_publish_are_counted_apart(tmp_path: Path) -> None:
    scrape(tmp_path / "archive", {
        KENT: ANSWERED, "x-re": Answer(outcome="no_address", kind="no_address", name="Rushmoor End"),
    })
    run.ingest([tmp_path / "archive"], tmp_path / "c.duckdb", workers=1)
    shown = call("coverage", "--db", tmp_path / "c.duckdb")
    assert shown.exit_code == 0
    assert "1 answered, 0 did not, besides 1 council without a known address; 0 not to be relied on" in shown.output
    assert "Rushmoor" not in shown.output
    call("coverage", "--db", tmp_path / "c.duckdb", "--html", tmp_path / "map.html")
    assert "Nobody has told where these publish: Rushmoor End." in (tmp_path / "map.html").read_text()


def test_councils_that_a_round_did_not_come_to_have_not_failed(tmp_path: Path) -> None:
    scrape(tmp_path / "archive", {KENT: ANSWERED, OLDHAM: Answer(outcome="stopped", kind="minutes", why="minutes")})
    run.ingest([tmp_path / "archive"], tmp_path / "c.duckdb", workers=1)
    shown = call("coverage", "--db", tmp_path / "c.duckdb")
    assert shown.exit_code == 0
    assert "2 councils asked, the last on 2 March 2026: 1 answered, 0 did not, 1 were not come to; 0 not to be" in (
        shown.output)
    assert "! Oldham: time or space was up before it was asked to the end" in shown.output


def test_one_council_that_is_well_ends_with_0_and_one_that_nobody_asked_with_2(db: Path) -> None:
    assert call("coverage", "kent", "--db", db).exit_code == 0
    unknown = call("coverage", "Netherfield", "--db", db)
    assert unknown.exit_code == 2
    assert "Nobody was asked who is called netherfield." in unknown.output


def test_a_database_without_a_scrape_is_told_what_to_do(corpus_db: Path) -> None:
    shown = call("coverage", "--db", corpus_db)
    assert shown.exit_code == 2
    assert "Nobody was asked yet" in shown.output


def test_the_heat_map_has_figures_and_words_in_its_cells(db: Path, tmp_path: Path) -> None:
    shown = call("coverage", "--db", db, "--html", tmp_path / "map.html")
    assert (shown.exit_code, shown.output) == (1, f"Written to {tmp_path / 'map.html'}.\n")
    page = BeautifulSoup((tmp_path / "map.html").read_text(), "lxml")
    rows = {row.th.get_text(" ", strip=True): row for row in page.select("table.heat tbody tr")}
    assert list(rows) == ["✗ Not to be relied on: Camden", "Kent", "✗ Not to be relied on: Oldham"]
    november = rows["Kent"].find_all("td")[-5]
    assert november["class"] == ["some"]
    assert [span.get_text() for span in november.find_all("span")] == [
        "1/2", "2 meetings announced, 1 cancelled, 2 agendas found, minutes of 1 of 2 found, of 1 read, 1 paper failed"]
    assert not page.find_all(["script", "link", "img"])  # one file, nothing to fetch
    assert [cell.get_text() for cell in page.select("section:last-of-type tbody tr td")] == [
        "Kent", "Cabinet", "1", "1", "the site answered 500 (1)"]


def test_words_of_a_site_stay_words(tmp_path: Path) -> None:
    scrape(tmp_path / "archive", {KENT: Answer(outcome="failed", kind="layout", why="<script>alert(1)</script>")})
    run.ingest([tmp_path / "archive"], tmp_path / "c.duckdb", workers=1)
    call("coverage", "--db", tmp_path / "c.duckdb", "--html", tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_web_application_shows_it_with_the_feeds_of_what_is_new(db: Path, tmp_path: Path) -> None:
    feeds = tmp_path / "news" / "feeds"
    for path, title in (("rounds.xml", "Rounds"), ("watch/a.xml", "Grants & loans"), ("council/kent.xml", "Kent")):
        (feeds / path).parent.mkdir(parents=True, exist_ok=True)
        said = f"<title>{title.replace('&', '&amp;')} – Minutebook</title>"
        (feeds / path).write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{said}</feed>')
    with TestClient(application(db)) as client:
        page = BeautifulSoup(client.get("/coverage").text, "lxml")
        assert [row.th.get_text(" ", strip=True) for row in page.select("table.heat tbody tr")] == [
            "✗ Not to be relied on: Camden", "Kent", "✗ Not to be relied on: Oldham"]
        links = {link.get_text(): link["href"] for link in page.select("ul.many a")}
        assert links == {"Rounds": "/feeds/rounds.xml", "Grants & loans": "/feeds/watch/a.xml",
                         "Kent": "/feeds/council/kent.xml"}
        assert client.get("/feeds/watch/a.xml").text.startswith("<feed")
        assert client.get("/feeds/../c.duckdb").status_code == 404
        assert page.select_one("table.heat a")["href"] == f"/council/{CAMDEN}"  # type: ignore[index]


def test_the_web_application_says_where_nobody_was_asked(corpus_db: Path) -> None:
    with TestClient(application(corpus_db)) as client:
        shown = client.get("/coverage")
    assert shown.status_code == 200
    assert "Nobody was asked yet" in shown.text
