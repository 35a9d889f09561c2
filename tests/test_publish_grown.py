"""A database that grew by publications holds, row for row, what one holds that was made anew from the same papers."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipeline import links
from pipeline.bookkeeping import DocumentPath, Reading, Run, TextSketch
from pipeline.linking import between
from pipeline.linking.returns import _names
from pipeline.records import DocumentRow, MeetingStatement, PageRow, Record
from pipeline.store import joined, leaving, parts, publish, scope, search, sketches
from pipeline.store.publish import Change
from pipeline.store.schema import TABLES, arrow_schema, ddl

WHEN = datetime(2024, 5, 6, 7, 8, 9)
RUN = Run(run_id="run-1", started_at=WHEN, version="1", rules_version="1", seen=1, ingested=1, unchanged=0, failed=0)
Rows = dict[str, list[tuple[Any, ...]]]
QUESTIONS = ("home care", '"pooled budget"', "budget", "council tax -library", "decisions", "tendered")


@pytest.fixture(scope="module")
def papers(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The corpus as parts, as workers leave them."""
    folder = tmp_path_factory.mktemp("parts")
    owned = [t for t in TABLES if t not in leaving.OF_NO_DOCUMENT and ("document_id" in t.model_fields
                                                                       or t in leaving.OWNERS)]
    tables = {}
    with duckdb.connect(str(corpus_db), read_only=True) as connection:
        for record in owned:
            owner = leaving.OWNERS.get(record)
            join = f'JOIN (SELECT document_id AS whose, {owner.key[0]} FROM "{owner.table}") USING ({owner.key[0]})' \
                if owner else ""
            whose = "" if owner else ", document_id AS whose"
            tables[record] = connection.sql(f'SELECT *{whose} FROM "{record.table}" {join}').to_arrow_table()
    for id_ in tables[Reading]["document_id"].to_pylist():
        write(folder / f"{id_}.part", {
            record: rows.filter(pc.field("whose") == id_).select(arrow_schema(record).names)
            for record, rows in tables.items()
        })
    return sorted(folder.iterdir())


def write(part: Path, tables: dict[type[Record], pa.Table]) -> Path:
    """A part of these rows."""
    with part.open("wb") as file:
        for record, rows in tables.items():
            schema = arrow_schema(record).with_metadata({"table": record.table})
            with pa.ipc.new_stream(file, schema) as stream:
                stream.write_table(rows.cast(schema))
    return part


def second_print(paper: Path, folder: Path) -> Path:
    """A part of a second print of a paper: the same words in other bytes."""
    twin = f"{paper.stem}-twin"
    rows = parts.read(paper)
    return write(folder / f"{twin}.part", {
        record: pa.table({
            name: pc.replace_substring(column, paper.stem, twin) if name in ("document_id", "sketch_id") else column
            for name, column in zip(rows[record.table].column_names, rows[record.table].columns, strict=True)
        })
        for record in (DocumentRow, Reading, TextSketch, PageRow, MeetingStatement)
    })


def change(papers: list[Path], name: str = "{}", **more: Any) -> Change:
    """The papers as read, each under a path made of its id."""
    paths = [DocumentPath(path=name.format(p.stem), document_id=p.stem, sha256=p.stem, size=1, modified_at=WHEN)
             for p in papers]
    return Change(run=RUN, parts=papers, paths=paths, **more)


def held(db: Path) -> Rows:
    """All rows; the numbers by which the index calls passages and words, which are its own, replaced by what they
    stand for."""
    place = "p.document_id, p.char_start, p.record, p.record_id"
    stems = "(SELECT DISTINCT term, stem FROM search_words WHERE stem IS NOT NULL)"
    asked = {t.table: f'FROM "{t.table}" ORDER BY ALL' for t in TABLES if t is not Run}
    asked |= {
        "passages": "SELECT * EXCLUDE passage FROM search_passages ORDER BY ALL",
        "words": "SELECT word, stem, occurs FROM search_words ORDER BY ALL",
        "sizes": f"SELECT coalesce(stem, term::VARCHAR), passages FROM search_sizes LEFT JOIN {stems} USING (term) "
                 "ORDER BY ALL",
        "terms": f"SELECT {place}, coalesce(stem, term::VARCHAR), tf, spot, t.words, weight FROM search_terms t "
                 f"JOIN search_passages p USING (passage) LEFT JOIN {stems} USING (term) ORDER BY ALL",
        "postings": f"SELECT {place}, coalesce(stem, term::VARCHAR), place, spot FROM search_postings "
                    f"JOIN search_passages p USING (passage) LEFT JOIN {stems} USING (term) ORDER BY ALL",
        "extent": "SELECT passages, words FROM search_extent",
        "pairs": "FROM text_pairs ORDER BY ALL",
        "prints": "FROM same_prints ORDER BY ALL",
    }
    with duckdb.connect(str(db), read_only=True) as connection:
        rows = {name: connection.execute(sql).fetchall() for name, sql in asked.items()}
        return rows | {f"search {q}": connection.execute("FROM search($1)", [q]).fetchall() for q in QUESTIONS}


def same_as_anew(db: Path, folder: Path) -> Rows:
    """Hold `db` against itself made anew; returns its rows."""
    anew = folder / "anew.duckdb"
    shutil.copyfile(db, anew)
    publish.publish(anew, folder, Change(run=None, anew=True), between)
    grown, made = held(db), held(anew)
    assert [name for name in grown if grown[name] != made[name]] == []
    return grown


def test_grown_in_steps_is_the_same_as_made_anew(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[Path] = []
    copy = publish._copy
    monkeypatch.setattr(publish, "_copy", lambda old, new: (copied.append(old), copy(old, new)))
    mixed = random.Random(1).sample(papers, len(papers))
    minutes = next(p for p in mixed if parts.read(p)["documents"]["kind"].to_pylist() == ["minutes"])
    db, first = tmp_path / "grown.duckdb", len(papers) // 2
    publish.publish(db, tmp_path, change(mixed[:first]), between)
    publish.publish(db, tmp_path, change(mixed[first:-3]), between)
    publish.publish(db, tmp_path, change(mixed[-3:]), between)
    rows = same_as_anew(db, tmp_path)
    assert len(rows["documents"]) == len(papers)
    assert rows["outcomes"] and rows["returns"]
    # A second print comes, which replaces the first or is replaced by it.
    twin = second_print(minutes, tmp_path)
    publish.publish(db, tmp_path, change([twin]), between)
    rows = same_as_anew(db, tmp_path)
    assert [sorted(pair) for pair in rows["prints"]] == [[minutes.stem, twin.stem]]
    publish.publish(db, tmp_path, change([], gone=[twin.stem]), between)
    assert same_as_anew(db, tmp_path)["prints"] == []
    # Some are read again, one of them under another name; two are forgotten.
    lost = mixed[5:7]
    publish.publish(db, tmp_path, change(mixed[8:12], "again/{}", gone=[p.stem for p in lost]), between)
    rows = same_as_anew(db, tmp_path)
    assert len(rows["documents"]) == len(papers) - 2
    assert not {p.stem for p in lost} & {row[0] for row in rows["documents"]}
    assert len(copied) == 5


def test_most_of_it_read_again_is_made_anew(papers: list[Path], tmp_path: Path) -> None:
    db = tmp_path / "some.duckdb"
    publish.publish(db, tmp_path, change(papers[:6]), between)
    assert not publish._may_grow(db, [p.stem for p in papers[:4]])
    assert publish._may_grow(db, [p.stem for p in papers[:3]])
    assert publish._may_grow(db, [p.stem for p in papers[6:]])


def test_file_laid_out_by_another_state_is_made_anew(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "some.duckdb"
    publish.publish(db, tmp_path, change(papers[:3]), between)
    monkeypatch.setattr(publish, "layout", lambda: "another")
    assert not publish._may_grow(db, [])


def test_indexed_in_pieces_it_finds_the_same(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, pieces = tmp_path / "at_once.duckdb", tmp_path / "pieces.duckdb"
    publish.publish(at_once, tmp_path, change(papers))
    monkeypatch.setattr(scope, "PIECE", len(papers) // 3)
    publish.publish(pieces, tmp_path, change(random.Random(2).sample(papers, len(papers))))
    with duckdb.connect(str(pieces), read_only=True) as connection:
        assert connection.execute("SELECT layers > 2 FROM search_extent").fetchall() == [(True,)]
    assert held(pieces) == held(at_once)


def test_the_index_is_sorted_into_one_layer_after_many(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_LAYERS", 2)
    db = tmp_path / "layers.duckdb"
    layers = []
    for paper in papers[:4]:
        publish.publish(db, tmp_path, change([paper]), between)
        with duckdb.connect(str(db), read_only=True) as connection:
            layers += connection.execute("SELECT layers FROM search_extent").fetchall()[0]
            terms = connection.execute("SELECT term FROM search_terms").fetchall()
    assert layers == [1, 2, 1, 2]
    assert terms != sorted(terms)
    same_as_anew(db, tmp_path)


def test_links_found_in_pieces_by_several_processes_are_those_found_at_once(
    papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, apart = tmp_path / "at_once.duckdb", tmp_path / "apart.duckdb"
    publish.publish(at_once, tmp_path, change(papers), between)
    monkeypatch.setattr(joined, "AT_ONCE", 40)
    pieces = []
    found = links.links
    monkeypatch.setattr(links, "links", lambda given: found((pieces.append(one) or one for one in given), 2))
    publish.publish(apart, tmp_path, change(papers), links)
    assert len(pieces) > links.FEW
    told = held(at_once)
    assert told["outcomes"] and told["returns"]
    assert held(apart) == told


@pytest.mark.parametrize(("text", "named"), [
    ("raised on 12th\u00a0March, 2024.", True),
    ("see 11 and 12 March 2024", True),
    ("12\nof March\u2009 2024,13 March 2024", True),
    ("on 112 March 2024", False),
    ("on 12 March 20245", False),
    ("on 2 March 2024", False),
])
def test_days_that_the_store_lays_out_are_those_that_a_text_names(text: str, named: bool) -> None:
    ((days,),) = duckdb.execute("SELECT regexp_extract_all($1, $2)", [text, joined.DAY]).fetchall()
    assert any(_names(day, date(2024, 3, 12)) for day in days) is _names(text, date(2024, 3, 12)) is named


# Sketches: what has become common, or has ceased to be, changes pairs of papers that nobody touched.


def drawn(draw: random.Random, document: int) -> tuple[str, list[int]]:
    """A document and its hashes: of its own, of one of a few families, and of forms that many have."""
    own = draw.sample(range(10**6, 10**7), 4)
    family = [100_000 * (document % 7) + n for n in range(draw.randint(5, 30))]
    forms = draw.sample(range(60), 25)
    return f"doc-{document}", sorted({*own, *family, *forms})


def put(connection: duckdb.DuckDBPyConnection, documents: list[tuple[str, list[int]]]) -> None:
    """Let these documents come, and those in the table `leaving` go."""
    sketches.leave(connection)
    connection.execute("DELETE FROM text_sketches WHERE document_id IN (FROM leaving)")
    for id_, hashes in documents:
        connection.execute("INSERT INTO text_sketches BY NAME SELECT $1 AS sketch_id, $1 AS document_id, "
                           "$2 AS words, $3 AS shingles", [id_, 1500 if id_.endswith("3") else 300, hashes])
    connection.execute("CREATE OR REPLACE TEMP TABLE arrived AS SELECT unnest($1::VARCHAR[]) AS document_id",
                       [[id_ for id_, _ in documents]])
    sketches.compare(connection)


def found(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[Any, ...]]]:
    """What the sketches tell."""
    return [connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in ("text_pairs", "common_hashes")]


def begun(documents: list[tuple[str, list[int]]]) -> duckdb.DuckDBPyConnection:
    """A database to which these documents came at once."""
    connection = duckdb.connect()
    connection.execute(ddl())
    sketches.create(connection)
    connection.execute("CREATE TEMP TABLE leaving (document_id VARCHAR)")
    put(connection, documents)
    return connection


@pytest.mark.parametrize("seed", [1, 2])
def test_sketches_kept_up_tell_what_sketches_compared_at_once_tell(seed: int) -> None:
    draw = random.Random(seed)
    there = [drawn(draw, n) for n in range(60)]
    connection = begun(there)
    commons = set()
    for step in range(8):
        going = draw.sample(there, 25 if step % 2 else 4)
        coming = [drawn(draw, 100 * (step + 1) + n) for n in range(4 if step % 2 else 25)]
        connection.execute("CREATE OR REPLACE TEMP TABLE leaving AS SELECT unnest($1::VARCHAR[]) AS document_id",
                           [[id_ for id_, _ in going]])
        put(connection, coming)
        there = [one for one in there if one not in going] + coming
        assert found(connection) == found(begun(there))
        commons.add(len(found(connection)[1]))
    assert len(commons) > 3
    assert found(connection)[0]


def test_sketches_compared_in_pieces_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(4)
    documents = [drawn(draw, n) for n in range(80)]
    at_once = found(begun(documents))
    monkeypatch.setattr(sketches, "AT_ONCE", 500)
    assert found(begun(documents)) == at_once
