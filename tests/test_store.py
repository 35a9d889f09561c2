"""The store: tables from records, parts, views, meetings, questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin

import duckdb
import pyarrow as pa
import pytest
from pydantic import BaseModel

from pipeline.bookkeeping import DocumentPath, Problem, Reading, Run
from pipeline.linking import between
from pipeline.records import (
    AgendaItem,
    BudgetFigure,
    BudgetTable,
    Council,
    DocumentRow,
    EvidenceBox,
    MeetingStatement,
    Option,
    OptionsAppraisal,
    PageRow,
    Record,
    Resolution,
    ResolutionClause,
    Service,
)
from pipeline.store import parts, schema
from pipeline.store.explain import Unknown, explanation
from pipeline.store.known import known
from pipeline.store.publish import Change, publish
from pipeline.store.query import Refused, ask
from pipeline.store.schema import TABLES
from pipeline.store.views import VIEWS

WHEN = datetime(2024, 5, 6, 7, 8, 9)
RUN = Run(run_id="run-1", started_at=WHEN, version="1", rules_version="1", seen=1, ingested=1, unchanged=0, failed=0)
TEXT = "7 Home care\nRESOLVED that the contract be awarded to Fern Care for £1.2m a year and reviewed by May 2025.\n"
PLACE: dict[str, Any] = {"char_start": 12, "char_end": 40, "rule": "test", "confidence": 0.8}
COUNCILS = [
    Council(council_id="X1", name="Ashbourne Vale", official_name="Ashbourne Vale Borough Council", kind="district"),
    Council(council_id="X2", name="Netherfield", kind="county"),
]


def minutes(name: str = "minutes", held_on: date = date(2024, 5, 2), **header: Any) -> list[Record]:
    """The rows of a set of minutes: an item, a decision of two limbs, a figure, two options."""
    key: dict[str, Any] = {"document_id": f"doc-{name}"}
    meeting = {"meeting_id": f"meeting-{held_on}"}
    start = TEXT.index("that the contract")
    whole = {**PLACE, "char_start": start, "char_end": len(TEXT) - 1, "page": 1}
    resolution = {"resolution_id": f"resolution-{name}"}
    appraisal = {"appraisal_id": f"appraisal-{name}"}
    item = {"item_id": f"item-{name}"}
    return [
        Reading(**key, version="1", failed=False),
        DocumentRow(**key, **meeting, sha256=name, path=f"/papers/{name}.pdf", media_type="application/pdf",
                    kind="minutes", title=f"Cabinet {name}", council_id="X1", page_count=1, ingested_at=WHEN),
        MeetingStatement(**key, **meeting, council_id="X1", body="Cabinet", held_on=held_on, **header),
        PageRow(**key, page=1, width=595, height=842, text=TEXT, char_start=0),
        AgendaItem(**key, **meeting, **item, position=1, number="7", title="Home care", char_start=0, char_end=11,
                   page=1, rule="item"),
        Resolution(**key, **meeting, **item, **resolution, **whole, position=1, status="decided", kind="resolved",
                   text=TEXT[start:-1], vote_for=9, vote_against=2),
        ResolutionClause(**resolution, **PLACE, position=1, text="the contract be awarded", action="award"),
        ResolutionClause(**resolution, **PLACE, position=2, text="reviewed by May 2025", action="other",
                         due_raw="by May 2025", due_on=date(2025, 5, 31)),
        BudgetTable(**key, **PLACE, table_id=f"table-{name}", title="Contracts"),
        BudgetFigure(**key, **item, **PLACE, figure_id=f"figure-{name}", raw="£1.2m", amount=Decimal("1200000"),
                     measure="contract", service="care at home", service_id="home-care", table_id=f"table-{name}"),
        OptionsAppraisal(**key, **item, **appraisal, **PLACE, subject="home care"),
        Option(**appraisal, **PLACE, option_id=f"option-1-{name}", position=1, label="Option 1", text="Award",
               status="preferred"),
        Option(**appraisal, **PLACE, option_id=f"option-2-{name}", position=2, label="Option 2", text="Do nothing",
               status="rejected", do_nothing=True, reasons="The service would end."),
        EvidenceBox(**key, record_id=f"resolution-{name}", page=1, x0=50, top=100, x1=300, bottom=112),
    ]


def path_of(name: str) -> DocumentPath:
    """Where the minutes of that name lie."""
    return DocumentPath(path=f"/papers/{name}.pdf", document_id=f"doc-{name}", sha256=name, size=1, modified_at=WHEN)


def published(db: Path, *documents: Sequence[Record], **change: Any) -> Path:
    """Publish documents to `db`."""
    written = []
    for i, records in enumerate(documents):
        written.append(db.parent / f"{i}.part")
        parts.write(written[-1], records)
    publish(db, db.parent, Change(
        run=RUN, parts=written, councils=COUNCILS,
        services=[Service(service_id="home-care", name="home care", client_group="older people")], **change,
    ), between)
    return db


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database of one set of minutes."""
    return published(tmp_path / "test.duckdb", minutes(), paths=[path_of("minutes")])


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    with ask(db, sql) as answer:
        return list(answer.rows())


# tables from records


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.table)
def test_table_is_its_record(db: Path, record: type[Record]) -> None:
    found = rows(db, "SELECT column_name, comment FROM duckdb_columns() "
                     f"WHERE table_name = '{record.table}' ORDER BY column_index")
    assert dict(found) == {name: field.description for name, field in record.model_fields.items()}
    assert len(found) == len(record.model_fields)
    (comment,) = rows(db, f"SELECT comment FROM duckdb_tables() WHERE table_name = '{record.table}'")[0]
    assert comment == " ".join((record.__doc__ or "").split("\n\n")[0].split())


def test_types_of_columns(db: Path) -> None:
    types = dict(rows(db, "SELECT table_name || '.' || column_name, data_type FROM duckdb_columns()"))
    assert types["budget_figures.amount"] == "DECIMAL(18,2)"
    assert types["budget_figures.unit"] == "VARCHAR"
    assert types["meetings.held_on"] == "DATE"
    assert types["meetings.starts_at"].startswith("TIME")
    assert types["documents.ingested_at"] == "TIMESTAMP"
    assert types["resolutions.unanimous"] == "BOOLEAN"
    assert types["evidence.x0"] == "DOUBLE"


def test_dictionary_tells_every_table_view_and_column() -> None:
    text = schema.dictionary()
    for record in TABLES:
        section = text.split(f"\n## {record.table}\n")[1].split("\n## ")[0]
        for name, field in record.model_fields.items():
            assert f"| `{name}` |" in section
            assert (field.description or "?").split("|")[0] in section
    for view in VIEWS:
        section = text.split(f"\n## {view.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{name}` | {comment} |" in section for name, comment in view.columns.items())
    assert "One of: `decided`, `proposed`." in text


def test_json_schema_accepts_what_records_are() -> None:
    whole = schema.json_schema()
    assert set(whole["properties"]) == {record.table for record in TABLES}
    resolution = whole["$defs"]["resolutions"]
    assert resolution["properties"]["status"]["enum"] == ["decided", "proposed"]
    assert resolution["properties"]["text"]["description"].startswith("The decision, verbatim")
    assert {"resolution_id", "text", "char_start", "rule"} <= set(resolution["required"])


def test_records_use_only_types_that_columns_have() -> None:
    for record in TABLES:
        assert issubclass(record, BaseModel)
        for column in schema.columns(record):
            assert column.comment.endswith((".", "?", "…")), f"{record.table}.{column.name}"
            annotation = record.model_fields[column.name].annotation
            assert column.required == (type(None) not in get_args(annotation) or get_origin(annotation) is None)


# parts


def test_part_holds_what_was_written(tmp_path: Path) -> None:
    part = tmp_path / "deep" / "a.part"
    parts.write(part, minutes())
    tables = parts.read(part)
    assert tables["resolution_clauses"]["action"].to_pylist() == ["award", "other"]
    assert tables["budget_figures"]["amount"].to_pylist() == [Decimal("1200000.00")]
    assert [p.name for p in part.parent.iterdir()] == ["a.part"]


def test_record_that_comes_twice_is_kept_once() -> None:
    kept, repeated = parts.distinct([*minutes(), *minutes()[-1:]])
    assert kept == minutes()
    assert repeated == ["resolution-minutes/1/100.0/50.0"]


def test_empty_pages_are_pages() -> None:
    empty = [PageRow(document_id="d", page=page, text="", char_start=7) for page in (2, 3)]
    assert parts.distinct(empty) == (empty, [])


def test_half_a_part_is_no_part(tmp_path: Path) -> None:
    part = tmp_path / "a.part"
    parts.write(part, minutes())
    part.write_bytes(part.read_bytes()[:-200])
    with pytest.raises((pa.ArrowInvalid, OSError)):
        parts.read(part)


# publishing


def test_another_document_joins(db: Path) -> None:
    published(db, minutes("later", date(2024, 6, 6)), paths=[path_of("later")])
    assert rows(db, "SELECT document FROM decisions ORDER BY held_on") == [("Cabinet minutes",), ("Cabinet later",)]
    for table, count in (("options", 4), ("resolution_clauses", 4), ("evidence", 2), ("runs", 2), ("councils", 2)):
        assert rows(db, f"SELECT count(*) FROM {table}") == [(count,)], table


def test_document_read_again_replaces_its_rows(db: Path) -> None:
    again = minutes()[:6]
    published(db, again, paths=[path_of("minutes")])
    for table, count in (("resolutions", 1), ("options", 0), ("resolution_clauses", 0), ("evidence", 0)):
        assert rows(db, f"SELECT count(*) FROM {table}") == [(count,)], table


def test_document_without_a_file_goes(db: Path) -> None:
    published(db, minutes("later", date(2024, 6, 6)), paths=[path_of("later")], gone=["/papers/minutes.pdf"])
    assert rows(db, "SELECT document FROM decisions") == [("Cabinet later",)]
    for table in ("options", "evidence", "meetings", "readings", "budget_figures", "pages"):
        ids = rows(db, f"SELECT count(*) FROM {table}")[0][0]
        assert ids == {"options": 2}.get(table, 1), table


def test_council_that_rules_lack_comes_with_its_document(db: Path) -> None:
    parish = Council(council_id="parish-thorpe-fell", name="Thorpe Fell", kind="parish")
    published(db, [*minutes("later", date(2024, 6, 6)), parish], paths=[path_of("later")])
    published(db, minutes("third", date(2024, 7, 4)), paths=[path_of("third")])
    assert rows(db, "SELECT name FROM councils ORDER BY name") == [
        ("Ashbourne Vale",), ("Netherfield",), ("Thorpe Fell",)
    ]


def test_known_tells_what_was_read(db: Path) -> None:
    before = known(db)
    assert before.versions == {"doc-minutes": "1"}
    assert before.files["/papers/minutes.pdf"].sha256 == "minutes"
    assert known(db.with_name("none.duckdb")).files == {}


def test_database_of_an_older_form_is_carried_over(db: Path) -> None:
    with duckdb.connect(str(db)) as connection:
        for view in VIEWS:
            connection.execute(f"DROP VIEW {view.name}")
        connection.execute("ALTER TABLE resolutions DROP COLUMN reasons")
        connection.execute("DROP TABLE milestones")
    published(db, minutes("later", date(2024, 6, 6)), paths=[path_of("later")])
    assert rows(db, "SELECT reasons FROM decisions") == [(None,), (None,)]
    assert rows(db, "SELECT count(*) FROM milestones") == [(0,)]


def test_meeting_is_what_its_documents_say_together(tmp_path: Path) -> None:
    agenda = minutes("agenda", starts_at=time(18, 30), venue="Guildhall")
    agenda[1] = agenda[1].model_copy(update={"kind": "agenda"})
    record = minutes("record", venue="Town Hall")
    db = published(tmp_path / "test.duckdb", agenda, record, paths=[path_of("agenda"), path_of("record")])
    assert rows(db, "SELECT body, held_on, starts_at, venue FROM meetings") == [
        ("Cabinet", date(2024, 5, 2), time(18, 30), "Town Hall")
    ]


# views


def test_decisions(db: Path) -> None:
    assert rows(db, "SELECT council, body, held_on, item, item_title, page, kind, limbs, actions, vote_for, document, "
                    "link FROM decisions") == [
        ("Ashbourne Vale", "Cabinet", date(2024, 5, 2), "7", "Home care", 1, "resolved", 2, ["award", "other"], 9,
         "Cabinet minutes", "/papers/minutes.pdf")
    ]
    assert rows(db, "SELECT text FROM decisions WHERE text ILIKE '%fern care%'") == [
        ("that the contract be awarded to Fern Care for £1.2m a year and reviewed by May 2025.",)
    ]


def test_proposals(tmp_path: Path) -> None:
    report = minutes()
    report[5] = report[5].model_copy(update={"status": "proposed", "kind": "recommended"})
    db = published(tmp_path / "test.duckdb", report, paths=[path_of("minutes")])
    assert rows(db, "SELECT kind FROM proposals") == [("recommended",)]
    assert rows(db, "SELECT count(*) FROM decisions") == [(0,)]


def test_spending_names_the_service(db: Path) -> None:
    assert rows(db, "SELECT council, held_on, amount, measure, service, service_id, table_title FROM spending") == [
        ("Ashbourne Vale", date(2024, 5, 2), Decimal("1200000.00"), "contract", "home care", "home-care", "Contracts")
    ]


def test_follow_ups_tell_whether_it_came_back(db: Path) -> None:
    due = "SELECT action, due_on, met_again_on, came_back_on FROM follow_ups WHERE held_on = '2024-05-02'"
    assert rows(db, due) == [("other", date(2025, 5, 31), None, None)]
    published(db, minutes("later", date(2025, 6, 5)), minutes("last", date(2025, 9, 4)),
              paths=[path_of("later"), path_of("last")])
    assert rows(db, due) == [("other", date(2025, 5, 31), date(2025, 6, 5), date(2025, 6, 5))]


def test_options_weighed(db: Path) -> None:
    sql = "SELECT council, subject, label, status, do_nothing, reasons FROM options_weighed ORDER BY label"
    assert rows(db, sql) == [
        ("Ashbourne Vale", "home care", "Option 1", "preferred", False, None),
        ("Ashbourne Vale", "home care", "Option 2", "rejected", True, "The service would end."),
    ]


# questions


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM resolutions",
        "SELECT 1; SELECT 2",
        "COPY resolutions TO 'stolen.csv'",
        "ATTACH 'other.duckdb'",
        "SET memory_limit = '1TB'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "INSTALL httpfs",
        "PRAGMA database_list",
        "",
        "SELEC nothing",
        "SELECT no_such_column FROM decisions",
    ],
)
def test_what_is_no_plain_question_is_refused(db: Path, sql: str) -> None:
    before = db.read_bytes()
    with pytest.raises(Refused):
        rows(db, sql)
    assert db.read_bytes() == before
    assert not Path("stolen.csv").exists()


@pytest.mark.parametrize("sql", ["FROM decisions", "WITH a AS (SELECT 1 AS b) SELECT b FROM a", "DESCRIBE decisions"])
def test_plain_questions_are_answered(db: Path, sql: str) -> None:
    assert rows(db, sql)


def test_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="minutebook ingest FOLDER"):
        rows(tmp_path / "none.duckdb", "SELECT 1")


# explaining


def test_explanation_shows_words_in_their_place(db: Path) -> None:
    found = explanation(db, "resolution-minutes")
    assert found.text == "that the contract be awarded to Fern Care for £1.2m a year and reviewed by May 2025."
    assert (found.before, found.after) == ("7 Home care\nRESOLVED ", "\n")
    assert found.boxes == [(1, 50.0, 100.0, 300.0, 112.0)]
    assert found.item == "7 Home care"
    assert [limb["action"] for limb in found.limbs] == ["award", "other"]
    text = found.words()
    assert "RESOLVED »that the contract be awarded to Fern Care" in " ".join(text.split())
    assert "rule test, confidence 0.80" in text
    assert "Ashbourne Vale" in text


def test_explanation_of_a_limb_an_option_and_a_meeting(db: Path) -> None:
    assert explanation(db, "resolution-minutes/2").row["due_raw"] == "by May 2025"
    assert explanation(db, "option-2-minutes").document["title"] == "Cabinet minutes"
    assert explanation(db, "meeting-2024-05-02").row["body"] == "Cabinet"


def test_rule_is_told_in_the_words_of_the_rules(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.rules.folder", lambda: db.parent)
    rule = "- {id: test, comment: A marker in capitals., examples: [RESOLVED]}"
    (db.parent / "invented-markers.yaml").write_text(f"markers:\n{rule}\n")
    text = explanation(db, "resolution-minutes").words()
    assert "A marker in capitals." in text
    assert "RESOLVED" in text.split("example")[1]


def test_id_that_no_record_has(db: Path) -> None:
    with pytest.raises(Unknown, match="resolution-none"):
        explanation(db, "resolution-none")


def test_problem_row_needs_no_document(tmp_path: Path) -> None:
    lost = Problem(problem_id="problem-1", path="/papers/lost.pdf", stage="open", kind="vanished", message="Gone.")
    db = published(tmp_path / "test.duckdb", minutes(), paths=[path_of("minutes")], problems=[lost])
    assert known(db).unopened == {"/papers/lost.pdf": "vanished"}
    published(db, outdated=["/papers/lost.pdf"], paths=[path_of("minutes")])
    assert known(db).unopened == {}
    assert rows(db, "SELECT count(*) FROM decisions") == [(1,)]


def test_half_a_surrogate_pair_costs_one_character() -> None:
    rows = [PageRow(document_id="doc-1", page=1, text=text, char_start=0, method="text", turn=0) for text in
            ("a\ud800b", "£5m")]
    assert schema.arrow_table(PageRow, rows)["text"].to_pylist() == ["a?b", "£5m"]
