"""The words of a stranger's paper stay words: at the shell, in templates, names of files, SQL and spreadsheets."""

from __future__ import annotations

import ast
import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from command_line import call
from starlette.testclient import TestClient

from pipeline import run
from pipeline.web.app import application

PIPELINE = Path(__file__).parent.parent / "pipeline"
HOSTILE = """# Netherfield Borough Council <script>alert('council')</script>

# Cabinet {{ 7*7 }} {% raw %} ../../../etc/passwd

Minutes of the meeting of the Cabinet held on 12 March 2024

1. =HYPERLINK("http://127.0.0.1/","item") '; DROP TABLE documents; --

RESOLVED: That <img src=x onerror=alert(1)> £1,204,000 be spent on `touch hurt` $(touch hurt) %s {0} ${x} home care.

2. @SUM(1+1) | cmd

RESOLVED: That "</textarea><script>alert(2)</script>" be approved.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of a paper that tries everything."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "papers").mkdir()
    (folder / "papers" / "<b>minutes; rm -rf $(x).md").write_text(HOSTILE)
    assert run.ingest([folder / "papers"], folder / "papers.duckdb", workers=1).failed == 0
    return folder


def sources() -> list[tuple[str, ast.AST]]:
    """Every node of the program, with the file that holds it."""
    return [
        (f"{path.relative_to(PIPELINE)}:{getattr(node, 'lineno', 0)}", node)
        for path in sorted(PIPELINE.rglob("*.py")) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


def test_nothing_is_handed_to_a_shell_or_run_as_code() -> None:
    found = []
    for where, node in sources():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
        if any(word.arg == "shell" for word in node.keywords) or (owner, name) in {
            ("os", "system"), ("os", "popen"), ("subprocess", "getoutput"), ("pickle", "load"), ("pickle", "loads"),
            ("", "eval"), ("", "exec"), ("marshal", "loads"), ("yaml", "unsafe_load"),
        }:
            found.append(f"{where} {owner}.{name}")
    assert found == []


def test_no_template_leaves_words_as_they_are() -> None:
    templates = sorted((PIPELINE / "web" / "templates").glob("*.html"))
    assert len(templates) > 5
    bare = re.compile(r"\|\s*safe|autoescape\s+false|Markup\(")
    assert [path.name for path in templates if bare.search(path.read_text(encoding="utf-8"))] == []


def test_pages_show_words_as_words(place: Path) -> None:
    client = TestClient(application(place / "papers.duckdb"))
    with duckdb.connect(str(place / "papers.duckdb"), read_only=True) as connection:
        ids = [row[0] for row in connection.execute(
            "SELECT resolution_id FROM resolutions UNION ALL SELECT figure_id FROM budget_figures").fetchall()]
        ((document, meeting),) = connection.execute("SELECT document_id, meeting_id FROM documents").fetchall()
    assert len(ids) == 3
    addresses = ["/?q=home+care", "/?q=%3Cscript%3Ealert(3)%3C/script%3E%27%3B--", f"/document/{document}",
                 f"/meeting/{meeting}", "/councils", "/services", *(f"/record/{one}" for one in ids),
                 "/sql?sql=SELECT+text+FROM+decisions", "/sql?sql=%3C/textarea%3E%3Cscript%3Ealert(4)%3C/script%3E"]
    for address in addresses:
        text = client.get(address).text
        assert not re.search(r"<script>\s*alert|<img src=x|</textarea><script|<b>minutes", text), address
        assert "49" not in re.findall(r"Cabinet (\d+)", text), address
        assert "default-src 'none'" in client.get(address).headers["content-security-policy"]


def test_no_command_or_file_came_of_it(place: Path) -> None:
    assert sorted(path.name for path in place.iterdir()) == [".papers.duckdb.lock", "papers", "papers.duckdb"]
    assert len(list((place / "papers").iterdir())) == 1
    with duckdb.connect(str(place / "papers.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM search('''; DROP TABLE documents; --')").fetchall() == [(1,)]


def test_report_is_written_where_one_is_and_nowhere_else(place: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(place / "papers.duckdb"), read_only=True) as connection:
        councils = connection.execute("SELECT name FROM councils WHERE name LIKE '%/%'").fetchall()
    assert councils == []
    result = call("report", "../../etc/passwd", "--db", place / "papers.duckdb")
    assert result.exit_code == 2


QUESTION = "SELECT regexp_extract(text, '=HYPER.*') AS title, regexp_extract(text, '@SUM.*') AS \"=1+1\" FROM pages"


def cells(text: str) -> list[str]:
    """Every cell of a CSV file, headings too."""
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_answers_as_csv_hold_no_formula(place: Path) -> None:
    asked = call("query", QUESTION, "--db", place / "papers.duckdb", "--format", "csv").output
    client = TestClient(application(place / "papers.duckdb"))
    downloaded = client.get("/sql/download.csv", params={"sql": QUESTION}).text
    for text in (asked, downloaded):
        found = cells(text)
        assert "'=1+1" in found
        assert any(cell.startswith("'=HYPERLINK(") for cell in found)
        assert any(cell.startswith("'@SUM") for cell in found)
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for cell in found)


def test_numbers_stay_numbers(place: Path) -> None:
    asked = call("query", "SELECT -12.50 AS n, -3 AS m", "--db", place / "papers.duckdb", "--format", "csv").output
    assert asked == "n,m\n-12.50,-3\n"
