"""Private details at every door: search, SQL, exports, pictures of pages; and the words, for who asks to keep them."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest
from command_line import call
from PIL import Image
from starlette.testclient import TestClient

from corpus.builder.privacy import built, papers
from pipeline import run
from pipeline.reading import read_keeping_private
from pipeline.store.export import FORMS
from pipeline.store.schema import TABLES
from pipeline.web.app import application

SECRETS = ("Bridge Street, Netherfield NF1 2QN", "w.torrance61", "07700 900 461")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hearing with objectors, as PDF."""
    place = tmp_path_factory.mktemp("papers")
    (hearing,) = [paper for paper in papers() if paper.name == "licensing-hearing"]
    (place / "hearing.pdf").write_bytes(built(hearing, "pdf"))
    return place


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    """What is published of it."""
    file = folder.parent / "published" / "papers.duckdb"
    assert run.ingest([folder], file, workers=1).failed == 0
    return file


@pytest.fixture(scope="module")
def keeping(folder: Path) -> Path:
    """The same, with the words kept."""
    file = folder.parent / "kept" / "papers.duckdb"
    assert run.ingest([folder], file, workers=1, reader=read_keeping_private).failed == 0
    return file


def test_no_byte_of_the_published_file_tells_them(db: Path) -> None:
    with duckdb.connect(str(db), read_only=True) as connection:
        for name, *_ in connection.execute("SHOW TABLES").fetchall():
            rows = str(connection.execute(f'FROM "{name}"').fetchall())
            assert [secret for secret in SECRETS if secret in rows] == [], name
        (withheld,) = connection.execute("SELECT count(*) FROM pii").fetchall()
        assert withheld == (7,)
        assert connection.execute("SELECT record FROM search('torrance61')").fetchall() == []
        assert connection.execute("SELECT count(*) FROM private_words").fetchall() == [(0,)]
        kinds = connection.execute("SELECT kind, count(*) FROM pii GROUP BY kind ORDER BY kind").fetchall()
        assert kinds == [("home_address", 4), ("personal_email", 2), ("personal_telephone", 1)]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_export_tells_them(db: Path, tmp_path: Path, form: str) -> None:
    result = call("export", tmp_path / "out", "--db", db, "--format", form)
    assert result.exit_code == 0, result.output
    for file in (tmp_path / "out").iterdir():
        assert [secret for secret in SECRETS if secret.encode() in file.read_bytes()] == [], file.name
    assert not list((tmp_path / "out").glob("private_words*"))


def test_picture_of_the_page_is_black_where_they_stand(db: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(db), read_only=True) as connection:
        (found,) = connection.execute(
            "SELECT record_id, document_id FROM evidence WHERE record_id LIKE 'resolution-%' "
            "AND record_id NOT LIKE '%/%' LIMIT 1").fetchall()
        ((x0, top, x1, bottom),) = connection.execute(
            "SELECT x0, top, x1, bottom FROM pii JOIN evidence ON pii_id = record_id "
            "WHERE kind = 'personal_telephone' AND evidence.document_id = $1", [found[1]]).fetchall()
    middle = (x0 + x1), (top + bottom)  # twice the points: the scale at which pages are drawn
    client = TestClient(application(db))
    (tmp_path / "web.png").write_bytes(client.get(f"/record/{found[0]}/page.png").content)
    assert call("explain", found[0], "--db", db, "--image", tmp_path / "explain.png").exit_code == 0
    for name in ("web", "explain"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.convert("RGB").getpixel((round(middle[0]), round(middle[1]))) == (0, 0, 0), name


def test_words_are_kept_only_where_asked_for(keeping: Path, folder: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(keeping), read_only=True) as connection:
        kept = {text for (text,) in connection.execute("SELECT text FROM private_words").fetchall()}
        assert {"07700 900 461", "w.torrance61@gmail.com"} <= kept
        others = [table.table for table in TABLES if table.table != "private_words"]
        assert not any("07700 900 461" in str(connection.execute(f'FROM "{name}"').fetchall()) for name in others)
    assert call("export", tmp_path / "plain", "--db", keeping).exit_code == 0
    assert not (tmp_path / "plain" / "private_words.csv").exists()
    assert call("export", tmp_path / "full", "--db", keeping, "--with-private").exit_code == 0
    with (tmp_path / "full" / "private_words.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["text"] for row in csv.DictReader(stream)} == kept
    assert run.ingest([folder], keeping, workers=1, reader=read_keeping_private).published is False


def test_words_are_forgotten_by_a_run_not_asked_to_keep_them(keeping: Path, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(keeping.read_bytes())
    assert run.ingest([folder], copy, workers=1).ingested == 1
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM private_words").fetchall() == [(0,)]
        assert connection.execute("SELECT count(*) FROM pii").fetchall() == [(7,)]


def test_web_shows_no_kept_words_unless_asked_to(keeping: Path, db: Path) -> None:
    sql = {"sql": "SELECT text FROM private_words"}
    refused = TestClient(application(keeping)).get("/sql", params=sql)
    assert refused.status_code == 400
    assert "07700 900 461" not in refused.text
    for suffix in ("/sql/download.csv", "/sql/plot.svg"):
        assert "07700" not in TestClient(application(keeping)).get(suffix, params=sql).text
    shown = TestClient(application(keeping, with_private=True)).get("/sql", params=sql)
    assert "07700 900 461" in shown.text
