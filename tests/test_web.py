"""The web application, asked without a browser: what it answers is what the database holds, and text stays text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path

import duckdb
import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from pipeline import run
from pipeline.store.questions import questions
from pipeline.web.app import application
from pipeline.web.plots import pounds
from pipeline.web.rendering import environment
from pipeline.web.report import NotFound, report
from pipeline.web.searching import Search, find
from pipeline.web.snapshot import Snapshot
from pipeline.web.telling import citation, marked, money, stems_of, vote

HOSTILE = """Netherfield Parish Council
Minutes of the meeting of the Parish Council held on 4 March 2024

1. Hall hire

RESOLVED: That <script>document.title = 'taken'</script> £1,500 be paid to <img src=x onerror=alert(1)> Tarn & Sons.
"""


@pytest.fixture(scope="module")
def client(corpus_db: Path) -> Iterator[TestClient]:
    with TestClient(application(corpus_db), raise_server_exceptions=True) as made:
        yield made


@pytest.fixture(scope="module")
def rows(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    # A copy: one process opens a file with one set of settings, and the application's are stricter.
    copy = shutil.copy(corpus_db, tmp_path_factory.mktemp("copy") / "copy.duckdb")
    connection = duckdb.connect(str(copy), read_only=True)
    yield connection
    connection.close()


def text(page: str) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style|title).*?</\1>", "", page))).split())


def test_the_first_page_counts_the_decisions_that_the_view_holds(client, rows):
    n = rows.execute("SELECT count(*) FROM decisions").fetchone()[0]
    assert f"{n:,} decisions" in text(client.get("/").text)


@pytest.mark.parametrize(
    "sort, view", [("proposal", "proposals"), ("figure", "spending"), ("option", "options_weighed")]
)
def test_each_sort_counts_what_its_view_holds(client, rows, sort, view):
    n = rows.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
    assert f"{n:,} {sort}s" in text(client.get(f"/?sort={sort}").text)


def test_words_find_the_decisions_that_search_finds(client, rows):
    ids = rows.execute(
        "SELECT record_id FROM search('home care') JOIN decisions ON resolution_id = record_id"
    ).fetchall()
    page = client.get("/?q=home+care").text
    assert set(re.findall(r"/record/(resolution-\w+)", page)) == {row[0] for row in ids}
    assert "<mark>home</mark> <mark>care</mark>" in page


def test_filters_narrow_to_what_sql_says(client, rows):
    n = rows.execute(
        "SELECT count(*) FROM decisions WHERE council = 'Ashbourne Vale' AND year(held_on) = 2024"
    ).fetchone()
    assert f"{n[0]} decisions" in text(client.get("/?council=Ashbourne+Vale&year=2024").text)
    n = rows.execute("SELECT count(*) FROM spending WHERE unit = 'GBP' AND amount >= 1000000").fetchone()
    assert f"{n[0]:,} figures" in text(client.get("/?sort=figure&least=£1,000,000").text)
    n = rows.execute("SELECT count(*) FROM decisions WHERE held_on BETWEEN '2024-01-01' AND '2024-03-31'").fetchone()
    assert f"{n[0]} decisions" in text(client.get("/?since=2024-01-01&until=2024-03-31").text)


def test_a_facet_counts_what_choosing_it_finds(client):
    page = client.get("/?council=Ashbourne+Vale").text
    body, n = re.search(r'body=([^"&]+)[^>]*>[^<]+</a> <span class="n">(\d+)</span>', page).groups()
    assert f"{n} decision" in text(client.get(f"/?council=Ashbourne+Vale&body={body}").text)


def test_a_filter_that_cannot_be_understood_is_named_and_left_out(client, rows):
    n = rows.execute("SELECT count(*) FROM decisions").fetchone()[0]
    page = text(client.get("/?since=yesterday").text)
    assert "“yesterday” is not a day" in page and f"{n:,} decisions" in page


def test_finding_nothing_does_not_say_that_nothing_happened(client):
    assert "no proof that nothing was decided" in text(client.get("/?q=xylophonists").text)


def test_a_record_shows_its_words_its_citation_and_its_page(client, rows):
    record_id, words, page_number = rows.execute(
        "SELECT resolution_id, text, page FROM decisions WHERE page IS NOT NULL AND held_on IS NOT NULL "
        "ORDER BY resolution_id LIMIT 1"
    ).fetchone()
    page = client.get(f"/record/{record_id}")
    assert " ".join(words.split()) in text(page.text)
    assert f"p. {page_number}, " in text(page.text) and f"/record/{record_id}" in text(page.text)
    picture = client.get(f"/record/{record_id}/page.png")
    assert picture.headers["content-type"] == "image/png" and picture.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_boxes_are_those_of_the_evidence(client, rows):
    record_id, page = rows.execute(
        "SELECT resolution_id, page FROM decisions WHERE page IS NOT NULL ORDER BY resolution_id LIMIT 1"
    ).fetchone()
    told = rows.execute(
        "SELECT x0, top, x1 - x0, bottom - top FROM evidence WHERE record_id = ? AND page = ? ORDER BY ALL",
        [record_id, page],
    ).fetchall()
    boxes = re.findall(r'<rect class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"',
                       client.get(f"/record/{record_id}").text)
    shown = sorted(tuple(float(number) for number in box) for box in boxes)
    assert shown == [pytest.approx(box) for box in sorted((x - 1.5, y - 1.5, w + 3, h + 3) for x, y, w, h in told)]


def test_a_proposal_shows_what_it_became_and_a_decision_where_it_came_from(client, rows):
    proposal_id, decision_id, changes = rows.execute(
        "SELECT proposal_id, decision_id, changes FROM outcomes WHERE outcome = 'amended' ORDER BY outcome_id LIMIT 1"
    ).fetchone()
    page = client.get(f"/record/{proposal_id}").text
    assert "It was adopted with changes" in text(page) and f'href="/record/{decision_id}"' in page
    put_in = re.search(r"\{\+(.*?)\+\}", changes, re.DOTALL)
    assert put_in is None or f"<ins>{escape(put_in.group(1))}</ins>" in page
    assert f'href="/record/{proposal_id}"' in client.get(f"/record/{decision_id}").text


def test_a_promise_shows_the_item_that_kept_it(client, rows):
    resolution_id, title = rows.execute(
        "SELECT r.resolution_id, i.title FROM returns r JOIN agenda_items i USING (item_id) ORDER BY return_id LIMIT 1"
    ).fetchone()
    page = text(client.get(f"/record/{resolution_id}").text)
    assert "It came back" in page and " ".join(title.split()) in page


@pytest.mark.parametrize("address", ["/record/none", "/document/none", "/meeting/none", "/council/none", "/nowhere"])
def test_what_is_not_there_is_said_with_status_404(client, address):
    answer = client.get(address)
    assert answer.status_code == 404 and "Nothing here" in answer.text


def test_every_link_of_the_main_pages_leads_somewhere(client):
    seen = {"/"}
    for address in ("/", "/councils", "/services", "/council/named-ashbourne-vale", "/service/domiciliary-care"):
        page = client.get(address)
        assert page.status_code == 200, address
        seen |= {unescape(link) for link in re.findall(r'(?:href|src)="(/[^"]*)"', page.text)}
    searches = sorted(link for link in seen if link.startswith("/?"))
    some = sorted(seen.difference(searches))[:120] + searches[:40]
    assert {link: client.get(link).status_code for link in some} == dict.fromkeys(some, 200)


def test_every_answer_lets_nothing_run_but_our_own_files(client):
    for address in ("/", "/record/none", "/static/handier.js", "/sql?sql=select"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy


def test_it_answers_to_no_name_but_its_own(client):
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 400


def test_hostile_text_is_shown_as_text(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(HOSTILE, encoding="utf-8")
    run.ingest([tmp_path / "papers"], tmp_path / "db.duckdb", workers=1)
    with TestClient(application(tmp_path / "db.duckdb")) as client:
        page = client.get("/").text
        link = re.search(r'href="(/record/[^"]+)"', page).group(1)
        for shown in (page, client.get(link).text, client.get("/sql?sql=SELECT text FROM decisions").text):
            assert "<script>document" not in shown and "<img src=x" not in shown
            assert "&lt;script&gt;document.title" in shown


def test_a_database_published_meanwhile_is_read_from_the_next_page_on(tmp_path, corpus_db):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(HOSTILE, encoding="utf-8")
    db = tmp_path / "db.duckdb"
    run.ingest([tmp_path / "papers"], db, workers=1)
    with TestClient(application(db)) as client:
        assert "1 decision" in text(client.get("/").text)
        new = tmp_path / "new.duckdb"
        shutil.copy(corpus_db, new)
        new.replace(db)
        assert "1 decision " not in text(client.get("/").text)


def test_sql_answers_refuses_and_downloads(client):
    assert "decided" in text(client.get("/sql?sql=SELECT DISTINCT status FROM resolutions ORDER BY 1").text)
    refused = client.get("/sql?sql=DROP TABLE resolutions")
    assert refused.status_code == 400 and "one SELECT" in text(refused.text)
    answer = client.get("/sql/download.csv?sql=SELECT 1 AS one, 'a,b' AS two")
    assert answer.text == 'one,two\n1,"a,b"\n'
    assert "attachment" in answer.headers["content-disposition"]


def test_the_thirty_questions_start_from_the_sql_page_and_are_answered(client):
    links = [unescape(link) for link in re.findall(r'<li><a href="(/sql\?sql=[^"]+)"', client.get("/sql").text)]
    assert len(links) == len(questions()) >= 30
    assert {link: client.get(link).status_code for link in links[:8]} == dict.fromkeys(links[:8], 200)


def test_an_answer_with_names_and_numbers_is_drawn(client):
    asked = "SELECT council, count(*) AS n FROM decisions WHERE council IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 5"
    assert "/sql/plot.svg" in client.get("/sql", params={"sql": asked}).text
    drawn = client.get("/sql/plot.svg", params={"sql": asked})
    assert drawn.headers["content-type"] == "image/svg+xml" and drawn.text.count("<path") > 5
    assert "/sql/plot.svg" not in client.get("/sql", params={"sql": "SELECT text FROM decisions LIMIT 3"}).text


def test_a_councils_numbers_are_those_of_the_views(client, rows):
    page = client.get("/council/named-ashbourne-vale").text
    n = rows.execute("SELECT count(*) FROM decisions WHERE council = 'Ashbourne Vale'").fetchone()[0]
    assert f"{n} decisions" in text(page)
    for month, n in rows.execute(
        "SELECT strftime(held_on, '%Y-%m'), count(*) FROM decisions WHERE council = 'Ashbourne Vale' "
        "AND held_on IS NOT NULL GROUP BY 1"
    ).fetchall():
        assert re.search(rf'<th scope="row">{month}</th><td class="n">{n}</td>', page)
    largest = rows.execute(
        "SELECT financial_year, max(abs(amount)) FROM spending WHERE council = 'Ashbourne Vale' AND measure = 'budget' "
        "AND unit = 'GBP' AND per IS NULL AND financial_year IS NOT NULL GROUP BY 1"
    ).fetchall()
    assert largest
    for year, amount in largest:
        assert re.search(rf'{year}</th><td>budget</td><td class="n"><a [^>]+>{re.escape(money(amount))}<', page)


def test_a_report_is_one_file(corpus_db):
    page = report(corpus_db, "Ashbourne Vale")
    assert "Ashbourne Vale Metropolitan Borough Council" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)


def test_a_report_of_a_service_goes_by_any_of_its_names(corpus_db):
    assert report(corpus_db, "home care") == report(corpus_db, "domiciliary care")
    with pytest.raises(NotFound, match="Did you mean domiciliary care"):
        report(corpus_db, "domiciliery care")


def test_money_votes_and_shares_read_as_people_write_them():
    shown = [money(Decimal(25000)), money(Decimal("-9.5")), money(Decimal("3.99"), "percent"), money(None)]
    assert shown == ["£25,000", "−£9.50", "3.99%", ""]
    nobody = {"unanimous": None, "vote_for": None, "vote_against": None, "vote_abstain": None}
    assert vote({**nobody, "vote_for": 7, "vote_against": 2, "vote_abstain": 1}) == "7 for, 2 against, 1 abstained"
    assert vote({**nobody, "vote_for": 7}) == "7 for"
    assert vote({**nobody, "unanimous": True}) == "unanimously"
    assert vote(nobody) == ""
    assert [pounds(Decimal(n)) for n in (1_234_000_000, 2_500_000, 900)] == ["£1.23bn", "£2.5m", "£900"]


def test_marks_stand_round_words_of_the_same_stem_and_all_else_is_escaped():
    assert marked("Carers <b>care</b>", stems_of("caring")) == "Carers &lt;b&gt;<mark>care</mark>&lt;/b&gt;"


def test_a_citation_names_who_where_when_what_and_the_page():
    row = {"official_name": "Netherfield County Council", "council": "Netherfield", "body": "Cabinet", "held_on": None,
           "item": "7", "item_title": "Buses", "text": "That the fares be frozen", "document": "Minutes", "page": 3,
           "source_url": None, "path": "/papers/minutes.pdf"}
    assert citation(row, "http://x/record/1") == (
        "Netherfield County Council, Cabinet, item 7 Buses, “That the fares be frozen”, Minutes, p. 3, minutes.pdf. "
        "http://x/record/1"
    )


def test_an_address_tells_a_search_and_a_search_its_address():
    asked = Search.of({"q": "buses", "council": "Kent", "page": "2", "sort": "figure", "least": "5", "nonsense": "1"})
    assert asked.address(page=3) == "/?q=buses&sort=figure&council=Kent&least=5&page=3"
    assert Search.of({"sort": "nonsense", "page": "-4"}).address() == "/"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Option 1 – Mend the roof.", "Mend the roof."),
        ("Mend the roof.", "Mend the roof."),
        ("Option 1", "Option 1"),
    ],
)
def test_a_label_told_in_the_sentence_is_not_told_again_in_the_words(words, told):
    template = environment().get_template("tell.html")
    row = {"sort": "option", "label": "Option 1", "text": words}
    assert str(template.module.words_of(row, [], 420)).strip() == told


def test_filters_and_counts_are_those_of_sql(corpus_db: Path) -> None:
    """The arrays count what DuckDB counts, each facet with its own filter set aside."""
    snapshot = Snapshot(corpus_db)
    try:
        by_sql = {
            name: snapshot.ask(
                f"SELECT {name}::VARCHAR AS value, count(*) AS n FROM memory.listing JOIN search_found('care') "
                f"USING (passage) WHERE sort = 'decision' AND {name} IS NOT NULL AND {condition} "
                "GROUP BY 1 ORDER BY n DESC, value"
            )
            for name, condition in (("council", "true"), ("year", "council = 'Ashbourne Vale'"))
        }
        found = find(snapshot, Search.of({"q": "care", "council": "Ashbourne Vale"}))
        for name, rows in by_sql.items():
            assert [(value, n) for value, _, n in found.facets[name]] == [(row["value"], row["n"]) for row in rows]
        assert len(by_sql["council"]) > 1
        assert found.total == {row["value"]: row["n"] for row in by_sql["council"]}["Ashbourne Vale"]
    finally:
        snapshot.close()
