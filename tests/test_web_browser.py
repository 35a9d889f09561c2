"""The web application in a real browser: Debian's Chromium, driven by Playwright's client.

Without a browser these tests say so and are skipped; `.ci/run` installs one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline import run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no browser here: apt-get install chromium, then the pages are tested in it"
)
HOSTILE = """Tarn Parish Council
Minutes of the meeting of the Parish Council held on 4 March 2024

1. Hall hire

RESOLVED: That <script>document.title = 'taken'</script><img src=x onerror="document.title='taken'"> costs £1,500.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def served(db: Path) -> tuple[subprocess.Popen[str], str]:
    """A server of its own process, and its address, which it tells when it listens."""
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--db", str(db), "--port", "0"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert server.stdout is not None
    address = re.search(r"http://\S+/", server.stdout.readline())
    assert address is not None
    return server, address.group(0)


@pytest.fixture(scope="module")
def site(corpus_db: Path) -> Iterator[str]:
    server, address = served(corpus_db)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture
def page(browser, site) -> Iterator[object]:
    made = browser.new_page(base_url=site, viewport={"width": 1200, "height": 900})
    made.wrong = []
    made.on("console", lambda message: made.wrong.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: made.wrong.append(str(error)))
    yield made
    made.close()


@pytest.fixture(scope="module")
def rows(corpus_db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(corpus_db), read_only=True)
    yield connection
    connection.close()


def test_search_filter_open_a_record(page, rows):
    page.goto("/")
    page.get_by_label("Words to look for").fill("home care")
    page.get_by_role("button", name="Search").click()
    n = rows.execute(
        "SELECT count(*) FROM search('home care') JOIN decisions ON resolution_id = record_id"
    ).fetchone()[0]
    page.get_by_role("heading", name=f"{n} decisions for “home care”").wait_for()
    assert "sort=" not in page.url.replace("sort=decision", "") and "council=" not in page.url
    page.get_by_label("Counts").get_by_role("link", name="Ashbourne Vale").click()
    page.get_by_role("heading", name="1 decision for “home care”").wait_for()
    page.get_by_role("link", name="Decision", exact=True).click()
    assert "further report on home care budgets" in page.get_by_label("The record").inner_text()
    assert page.wrong == []


def test_the_boxed_words_stand_in_the_picture_where_the_evidence_says(page, rows):
    record_id, number, document_id = rows.execute(
        "SELECT resolution_id, page, document_id FROM decisions WHERE page IS NOT NULL ORDER BY resolution_id LIMIT 1"
    ).fetchone()
    width, height = rows.execute(
        "SELECT width, height FROM pages WHERE document_id = ? AND page = ?", [document_id, number]
    ).fetchone()
    page.goto(f"/record/{record_id}")
    drawn = page.locator(".sheet svg image").bounding_box()
    assert drawn["width"] / drawn["height"] == pytest.approx(width / height, rel=0.01)
    scale = drawn["width"] / width
    told = rows.execute(
        "SELECT x0, top, x1, bottom FROM evidence WHERE record_id = ? AND page = ? ORDER BY top, x0",
        [record_id, number],
    ).fetchall()
    drawn_boxes = [box.bounding_box() for box in page.locator(".sheet rect.box").all()]
    boxes = sorted(drawn_boxes, key=lambda box: (box["y"], box["x"]))
    assert len(boxes) == len(told)
    for box, (x0, top, x1, bottom) in zip(boxes, told, strict=True):
        # The browser counts the box's own line and our margin of 1.5 points with it.
        assert (box["x"] - drawn["x"]) / scale == pytest.approx(x0 - 2, abs=1)
        assert (box["y"] - drawn["y"]) / scale == pytest.approx(top - 2, abs=1)
        assert (box["x"] + box["width"] - drawn["x"]) / scale == pytest.approx(x1 + 2, abs=1)
        assert (box["y"] + box["height"] - drawn["y"]) / scale == pytest.approx(bottom + 2, abs=1)
    assert page.wrong == []


def test_a_question_in_sql_is_answered_drawn_and_downloaded(page):
    page.goto("/sql")
    page.get_by_label("One SELECT").fill("SELECT kind, count(*) AS n FROM documents GROUP BY 1 ORDER BY 1")
    with page.expect_response(lambda answer: "/sql/plot.svg" in answer.url) as drawn:
        page.get_by_label("One SELECT").press("Control+Enter")
    assert drawn.value.status == 200
    page.get_by_role("cell", name="decision_notice").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('.plot img').naturalWidth") > 400
    with page.expect_download() as download:
        page.get_by_role("link", name="csv").click()
    assert Path(download.value.path()).read_text().splitlines()[0] == "kind,n"
    assert page.wrong == []


def test_hostile_text_stays_text(browser, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(HOSTILE, encoding="utf-8")
    run.ingest([tmp_path / "papers"], tmp_path / "db.duckdb", workers=1)
    server, address = served(tmp_path / "db.duckdb")
    try:
        page = browser.new_page()
        page.goto(address)
        assert "<script>document.title = 'taken'</script>" in page.get_by_label("Results").inner_text()
        page.get_by_role("link", name="Decision", exact=True).click()
        assert "onerror=" in page.get_by_label("The record").inner_text()
        assert "taken" not in page.title() and page.locator("img[src=x]").count() == 0
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("address", [
    "/", "/?q=home+care&council=Ashbourne+Vale", "/?sort=figure", "/councils", "/services", "/sql?sql=SELECT+1+AS+one",
    "/council/named-ashbourne-vale", "/service/domiciliary-care", "/coverage", "RECORD", "/nowhere",
])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_keep_wcag_2_2_aa(page, rows, address, scheme):
    from axe_playwright_python.sync_playwright import Axe

    if address == "RECORD":
        record_id, = rows.execute(
            "SELECT resolution_id FROM decisions WHERE page IS NOT NULL ORDER BY resolution_id LIMIT 1"
        ).fetchone()
        address = f"/record/{record_id}"
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


def test_it_can_be_used_from_the_keyboard(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.type("fares")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=fares**")
    assert "“fares”" in page.get_by_role("status").inner_text()


def test_a_phone_shows_it_without_scrolling_sideways(page, rows):
    page.set_viewport_size({"width": 360, "height": 700})
    for address in ("/?q=home+care", "/council/named-ashbourne-vale", "/councils", "/sql?sql=SELECT+*+FROM+decisions"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_it_reads_without_scripts(browser, site):
    page = browser.new_context(java_script_enabled=False, base_url=site).new_page()
    page.goto("/")
    page.get_by_label("Words to look for").fill("home care")
    page.get_by_role("button", name="Search").click()
    assert "for “home care”" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Decision", exact=True).first.click()
    assert page.get_by_role("button", name="Copy the citation").count() == 0
