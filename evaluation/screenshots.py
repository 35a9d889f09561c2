"""Pictures of the web application's main pages for the README: `python -m evaluation.screenshots DB`, into `docs/`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import duckdb

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    "search": ("/?q=home+care", 1200, 800),
    "record": ("/record/{record_id}", 1200, 900),
    "council": ("/council/{council_id}", 1200, 1000),
    "sql": ("/sql?sql=SELECT+kind%2C+count%28*%29+AS+n+FROM+documents+GROUP+BY+1+ORDER+BY+n+DESC", 1200, 900),
    "phone": ("/?q=home+care", 390, 780),
}
RECORD = """
    SELECT resolution_id AS record_id, d.council_id FROM resolutions r JOIN documents d USING (document_id)
    WHERE r.status = 'decided' AND d.media_type = 'application/pdf' AND r.text ILIKE '%home care%'
    ORDER BY d.path, r.char_start LIMIT 1
"""


@click.command()
@click.argument("db", type=click.Path(path_type=Path, exists=True))
def main(db: Path) -> None:
    """Serve DB and take a picture of each page."""
    from playwright.sync_api import sync_playwright

    with duckdb.connect(str(db), read_only=True) as connection:
        record_id, council_id = connection.execute(RECORD).fetchall()[0]
    server = subprocess.Popen([sys.executable, "-m", "pipeline", "serve", "--db", str(db), "--port", "0"],
                              stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stdout is not None
    address = re.search(r"http://\S+/", server.stdout.readline())
    assert address is not None
    DOCS.mkdir(exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, (path, width, height) in PAGES.items():
                page = browser.new_page(base_url=address.group(0), viewport={"width": width, "height": height})
                page.goto(path.format(record_id=record_id, council_id=council_id), wait_until="networkidle")
                page.screenshot(path=DOCS / f"{name}.png")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
