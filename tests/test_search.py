"""`search`, the table macro in a published database, asked by a plain DuckDB connection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.bookkeeping import DocumentPath, Reading, Run
from pipeline.records import (
    AgendaItem,
    BudgetFigure,
    BudgetTable,
    DocumentRow,
    MeetingStatement,
    Option,
    OptionsAppraisal,
    PageRow,
    Record,
    Resolution,
    ServiceMention,
)
from pipeline.store import parts, search
from pipeline.store.publish import Change, publish
from pipeline.store.query import ask

WHEN = "2024-05-06T07:08:09"
TEXT = """\
7 Home care
The director’s report on buses was received. Trams run late.
RESOLVED that the tenders of three agencies be accepted, at £1,204.50 a week.
8 Domiciliary care
Naïve hopes of ½ the price. The council tax leaflet and the tax council.
"""
END = "Of late the trams run; a re-tendering of care at home was policy.\n"


def span(words: str) -> dict[str, Any]:
    """Where these words stand."""
    start = TEXT.index(words)
    return {"document_id": "doc-1", "page": 1, "char_start": start, "char_end": start + len(words), "rule": "test"}


def named(number: int, words: str, item: str | None = None) -> ServiceMention:
    """A mention of home care by those words."""
    return ServiceMention(mention_id=f"mention-{number}", service_id="domiciliary-care", raw=words, item_id=item,
                          **span(words))


def rows() -> list[Record]:
    """A paper of two pages: two items, a decision, an option, a table of one row."""
    late = {"document_id": "doc-1", "page": 2, "char_start": len(TEXT) + END.index("care at home"), "rule": "test",
            "char_end": len(TEXT) + END.index("care at home") + len("care at home")}
    table = {"document_id": "doc-1", "table_id": "table-1", "rule": "test", "page": 2}
    return [
        Reading(document_id="doc-1", version="1", failed=False),
        DocumentRow(document_id="doc-1", sha256="1", path="/papers/a.pdf", media_type="application/pdf",
                    kind="minutes", title="Cabinet minutes", meeting_id="meeting-1"),
        MeetingStatement(document_id="doc-1", meeting_id="meeting-1", body="Cabinet", held_on=date(2024, 5, 2)),
        PageRow(document_id="doc-1", page=1, text=TEXT, char_start=0),
        PageRow(document_id="doc-1", page=2, text=END, char_start=len(TEXT)),
        AgendaItem(item_id="item-7", position=1, number="7", title="Home care", **span("7 Home care")),
        AgendaItem(item_id="item-8", position=2, number="8", title="Domiciliary care", **span("8 Domiciliary care")),
        Resolution(resolution_id="resolution-1", item_id="item-7", position=1, status="decided", kind="resolved",
                   text="that the tenders of three agencies be accepted, at £1,204.50 a week.",
                   **span("that the tenders of three agencies be accepted, at £1,204.50 a week.")),
        OptionsAppraisal(appraisal_id="appraisal-1", subject="Ferries", **span("Trams run")),
        Option(option_id="option-1", appraisal_id="appraisal-1", position=1, label="Option 1", text="Leave",
               char_start=len(TEXT), char_end=len(TEXT), page=2, rule="test"),
        BudgetTable(title="Spending", char_start=len(TEXT), char_end=len(TEXT) + 1, **table),
        *(BudgetFigure(figure_id=f"figure-{n}", raw=raw, amount=n, measure="budget", row_label="Lighthouses",
                       column_label=label, char_start=len(TEXT) + n, char_end=len(TEXT) + n + 1, **table)
          for n, (raw, label) in enumerate([("12", "2024/25"), ("13", "2025/26")])),
        named(1, "Home care", "item-7"),
        named(2, "Domiciliary care", "item-8"),
        ServiceMention(mention_id="mention-3", service_id="domiciliary-care", raw="care at home", **late),
    ]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published paper."""
    folder = tmp_path_factory.mktemp("search")
    parts.write(folder / "1.part", rows())
    run = Run(run_id="run-1", started_at=WHEN, version="1", rules_version="1", seen=1, ingested=1, unchanged=0,
              failed=0)
    path = DocumentPath(path="/papers/a.pdf", document_id="doc-1", sha256="1", size=1, modified_at=WHEN)
    publish(folder / "test.duckdb", folder, Change(run=run, parts=[folder / "1.part"], paths=[path]))
    return folder / "test.duckdb"


@pytest.fixture
def connection(db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A client that knows nothing of us."""
    with duckdb.connect(str(db), read_only=True) as opened:
        yield opened


def found(connection: duckdb.DuckDBPyConnection, query: str, **options: bool) -> set[str]:
    """The ids of what is found."""
    more = "".join(f", {name} := {value}" for name, value in options.items())
    return {i for (i,) in connection.execute(f"SELECT record_id FROM search($1{more})", [query]).fetchall()}


PAGE_1, PAGE_2 = "doc-1/1", "doc-1/2"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tender", {"resolution-1", PAGE_2}),  # tenders, re-tendering
        ("TENDERING", {"resolution-1", PAGE_2}),
        ("tendered", {"resolution-1", PAGE_2}),  # a form that stands nowhere
        ("policies", {PAGE_2}),
        ("agency", {"resolution-1"}),
        ("director's", {PAGE_1}),
        ("directors", {PAGE_1}),
        ("naïve", {PAGE_1}),
        ("1,204.50", {"resolution-1"}),
        ("lighthouse", {"figure-0"}),
        ("ferry", {"option-1"}),
        ("trams late", {PAGE_1, PAGE_2}),
        ('"trams run late"', {PAGE_1}),
        ('"late trams"', set()),
        ('"late the trams run"', {PAGE_2}),
        ('"late a trams run"', {PAGE_2}),  # what stands at a silent word's place is any word
        ("trams -re-tendering", {PAGE_1}),
        ('trams -"run late"', {PAGE_2}),
        ("-trams", set()),
        ("the", set()),
        ("the trams", {PAGE_1, PAGE_2}),
        ("trams xylophone", set()),
        ("", set()),
        ("' \" ) ; -- \\ %", set()),
    ],
)
def test_words_and_phrases(connection: duckdb.DuckDBPyConnection, query: str, ids: set[str]) -> None:
    assert found(connection, query) == ids


def test_any_of_the_words(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "lighthouses ferries xylophones", every=False) == {"figure-0", "option-1"}


def test_service_is_found_by_its_other_names(connection: duckdb.DuckDBPyConnection) -> None:
    everything = {"item-7", "item-8", PAGE_1, PAGE_2, "resolution-1"}
    for wording in ("home care", "domiciliary care", "Homecare", "dom care", "care at home"):
        assert found(connection, wording) == everything, wording
    assert found(connection, '"care at home"') == {PAGE_2}
    assert found(connection, "domiciliary care tendering") == {PAGE_2, "resolution-1"}


def test_words_of_a_wording_apart_are_no_service(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "council tax") == {PAGE_1}
    assert found(connection, '"tax council"') == {PAGE_1}
    assert found(connection, "late home") == {PAGE_1, PAGE_2}  # no wording: words where they like
    assert found(connection, "care home") == set()  # another service than care at home


def test_columns_and_snippet(connection: duckdb.DuckDBPyConnection) -> None:
    cursor = connection.execute("FROM search('agencies')")
    assert [column[0] for column in cursor.description] == list(search.RESULT)
    (row,) = [dict(zip(search.RESULT, values, strict=True)) for values in cursor.fetchall()]
    start = TEXT.index("that the tenders")
    assert {name: row[name] for name in ("record", "record_id", "council", "body", "held_on", "page", "snippet",
                                         "document", "document_id", "char_start")} == {
        "record": "decision", "record_id": "resolution-1", "council": None, "body": "Cabinet", "page": 1,
        "held_on": date(2024, 5, 2), "document": "Cabinet minutes", "document_id": "doc-1", "char_start": start,
        "snippet": "Home care · that the tenders of three agencies be accepted, at £1,204.50 a week.",
    }


def test_snippet_begins_before_the_word(connection: duckdb.DuckDBPyConnection) -> None:
    ((snippet,),) = connection.execute("SELECT snippet FROM search('leaflet')").fetchall()
    assert snippet == ("… mes run late".replace("mes run late", "") + snippet[2:])
    assert "council tax leaflet" in snippet


def test_decision_is_not_found_again_as_part_of_its_page(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, "accepted") == {"resolution-1"}


def test_decision_comes_before_talk_of_the_same(corpus_db: Path) -> None:
    sql = "SELECT record FROM search('home care') GROUP BY record ORDER BY max(score) DESC"
    with ask(corpus_db, sql) as answer:
        order = [record for (record,) in answer.rows()]
    assert order.index("decision") < order.index("page") < order.index("figure")


def test_joins_with_everything(corpus_db: Path) -> None:
    sql = """SELECT d.council, d.held_on, d.page, e.page FROM search('"home care" budgets') s
             JOIN decisions d ON d.resolution_id = s.record_id
             JOIN evidence e ON e.record_id = s.record_id ORDER BY ALL LIMIT 1"""
    with ask(corpus_db, sql) as answer:
        assert list(answer.rows()) == [("Ashbourne Vale", date(2024, 3, 12), 1, 1)]


def test_offsets_point_at_the_words(corpus_db: Path) -> None:
    """Each posting's offset holds a word whose number is the posting's, in every passage."""
    sql = rf"""
        SELECT count(*), count(*) FILTER (w.term = o.term) FROM search_postings o JOIN search_passages p USING (passage)
        LEFT JOIN search_words w
            ON w.word = regexp_extract(substr({search.folded("p.text")}, o.spot + 1), '^(?:{search.TOKEN})')
        WHERE o.place IS NOT NULL
    """
    with duckdb.connect(str(corpus_db), read_only=True) as connection:
        ((postings, right),) = connection.execute(sql.replace("'^(?:", "$w$^(?:").replace(")')", ")$w$)")).fetchall()
    assert postings > 20_000
    assert right == postings


def test_file_in_another_database_answers_once_it_is_used(db: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{db}' AS papers (READ_ONLY)")
        connection.execute("USE papers")
        assert found(connection, "agencies") == {"resolution-1"}
