"""The heat map and the digest in a real browser: both keep WCAG 2.2 AA, in light and in dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from pipeline.coverage.matrix import Cell, Flag, Gap, Line, Matrix
from pipeline.news.digest import Asked, Digest, Item, Listing, Trouble
from pipeline.news.page import page as digest_page
from pipeline.news.wording import Addresses
from pipeline.web.heat_map import heat_map

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no browser here: apt-get install chromium, then the pages are tested in it"
)
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
CELLS = dict(zip(MONTHS, (
    Cell(2, 0, 2, 2, 2, 2), Cell(6, 0, 6, 6, 5, 5), Cell(3, 0, 3, 3, 1, 1), Cell(2, 1, 2, 2), Cell(2, 0, 2), Cell(),
), strict=True))
FLAGS = [Flag("fail", "bounds.listed", "it lists none"), Flag("warn", "bounds.minutes", "few")]
MAP = Matrix(
    MONTHS, [Line("x-av", "Ashbourne Vale", CELLS, FLAGS, datetime(2026, 6, 1), "failed")],
    [Gap("Ashbourne Vale", None, MONTHS[0], 2, 1, "the site answered 500 (1)")], ["Rushmoor End"],
)
ITEM = Item(sort="budget", record_id="figure-1", told="budget of £2", text="libraries: £2", before="£1", page=2,
            document="Paper", link="https://papers.example/a.pdf")
DIGEST = Digest(
    round_id="r", made_at=datetime(2026, 6, 1), asked=Asked(asked=2, answered=1, failed=1),
    councils=[Listing(name="Ashbourne Vale", items=[ITEM], counts={"budget": 2}, routine=1)],
    watches=[Listing(name="Libraries", items=[ITEM], counts={"budget": 1}), Listing(name="Nothing")],
    troubles=[Trouble(council_id="x-av", council="Ashbourne Vale", severity="fail", reason="it asks for a login")],
)
PAGES = {"heat map": heat_map(MAP), "digest": digest_page(DIGEST, Addresses())}


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_keep_wcag_2_2_aa(browser, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()  # or axe itself could not run
    page.set_content(PAGES[name])
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


def test_a_phone_shows_them_without_scrolling_sideways(browser):
    page = browser.new_page(viewport={"width": 360, "height": 700})
    for name, content in PAGES.items():
        page.set_content(content)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
