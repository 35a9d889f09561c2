"""Holds a database against gold: precision, recall, F1 and whole-record score, by record type and by council."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline import matching
from pipeline.matching import Checks, Gold, Row
from pipeline.store.query import open_read_only

KINDS = ("agenda_items", "resolutions", "budget_figures", "options", "services")


class NoGold(Exception):
    """The folder holds no gold, or the documents that it speaks of are not there."""


@dataclass
class Tally:
    """Counts over documents. `documents` are the F1 of each one by itself, so that one huge table cannot hide
    ten poor minutes; `exact` counts the found records that are right in every annotated attribute."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    exact: int = 0
    documents: list[float] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def check(self, checks: Checks) -> None:
        """Count a found record with its attributes."""
        self.found += 1
        self.asked.update(checks.keys())
        self.right.update(name for name, good in checks.items() if good)
        self.exact += all(checks.values())

    def add(self, other: Tally) -> None:
        """Count one document's tally into this one."""
        self.found += other.found
        self.missed += other.missed
        self.wrong += other.wrong
        self.exact += other.exact
        self.asked.update(other.asked)
        self.right.update(other.right)
        if other.found or other.missed or other.wrong:
            self.documents.append(2 * other.found / (2 * other.found + other.missed + other.wrong))

    @property
    def precision(self) -> float:
        """Share of what was predicted that gold has; 1 where nothing was."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that was found; 1 where there is none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def whole(self) -> float:
        """Share of the found records that are right in every annotated attribute."""
        return self.exact / self.found if self.found else 0.0

    def figures(self) -> dict[str, Any]:
        """All figures by name."""
        return {
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
            "by_document": sum(self.documents) / len(self.documents) if self.documents else 1.0,
            "exact": self.whole, "found": self.found, "missed": self.missed, "wrong": self.wrong,
            "attributes": {name: [self.right[name], count] for name, count in sorted(self.asked.items())},
        }


Tallies = dict[str, Tally]


@dataclass
class Result:
    """What came of it: tallies by kind of record over all, and for each council."""

    documents: int
    absent: list[str]
    overall: Tallies
    councils: dict[str, Tallies]

    def figures(self) -> dict[str, Any]:
        """Figures by kind of record, and under `councils` the same for each."""
        figures: dict[str, Any] = {kind: tally.figures() for kind, tally in self.overall.items()}
        figures["councils"] = {
            name: {kind: tally.figures() for kind, tally in tallies.items()}
            for name, tallies in sorted(self.councils.items())
        }
        return figures

    def page(self) -> str:
        """Tables for the eye."""
        lines = [f"{self.documents} gold documents, {len(self.absent)} of them not in the database"]
        lines += [f"  not in the database: {name}" for name in self.absent]
        lines += ["", *_table("all", self.overall), *_attributes(self.overall)]
        for name in sorted(self.councils):
            lines += ["", *_table(name, self.councils[name]), *_attributes(self.councils[name])[:1]]
        return "\n".join(lines)


def _table(name: str, tallies: Tallies) -> list[str]:
    lines = [f"{name[:16]:16}{'precision':>10}{'recall':>8}{'F1':>7}{'by doc':>8}{'whole':>7}   found missed wrong"]
    for kind in KINDS:
        f = tallies[kind].figures()
        if not (f["found"] or f["missed"] or f["wrong"]):
            continue
        if kind == "services":  # a list of names is never complete, so that none can be called wrong
            lines.append(f"{kind:16}{'':>10}{f['recall']:8.3f}{'':>22}   {f['found']:5} {f['missed']:6}")
            continue
        lines.append(
            f"{kind:16}{f['precision']:10.3f}{f['recall']:8.3f}{f['f1']:7.3f}{f['by_document']:8.3f}{f['exact']:7.3f}"
            f"   {f['found']:5} {f['missed']:6} {f['wrong']:5}"
        )
    return lines


def _attributes(tallies: Tallies) -> list[str]:
    """For each kind of record, the header first: how many of the annotated attributes are right."""
    lines = []
    for kind in ("header", *KINDS):
        tally = tallies[kind]
        told = "  ".join(f"{name} {tally.right[name]}/{count}" for name, count in sorted(tally.asked.items()))
        if told:
            lines.append(f"{kind:16}{told}")
    return lines


def evaluate(db: Path, gold: Path) -> Result:
    """Hold `db` against a gold file, or all in a folder. Raises NoGold, `store.query.Refused`."""
    files = [gold] if gold.is_file() else sorted(gold.rglob("*.json"))
    if not files:
        raise NoGold(f"There are no gold files (*.json) in {gold}.")
    result = Result(len(files), [], _tallies(), defaultdict(_tallies))
    connection = open_read_only(db)
    try:
        for file in files:
            wanted = json.loads(file.read_text(encoding="utf-8"))
            document = _document(connection, _digest(file, wanted["document"]))
            if document is None:
                result.absent.append(wanted["document"])
                tallies = _all_missed(wanted)
            else:
                tallies = _judge(connection, wanted, document)
            for kind, tally in tallies.items():
                result.overall[kind].add(tally)
                result.councils[wanted.get("council") or "(no council)"][kind].add(tally)
    finally:
        connection.close()
    return result


def _tallies() -> Tallies:
    return {kind: Tally() for kind in (*KINDS, "header")}


def _digest(file: Path, document: str) -> str:
    """SHA-256 of the document that a gold file speaks of, which lies beside the folder named gold."""
    root = next((parent for parent in file.resolve().parents if parent.name == "gold"), file.resolve().parent).parent
    try:
        return hashlib.sha256((root / document).read_bytes()).hexdigest()
    except OSError as error:
        raise NoGold(f"{file} speaks of {document}, which is not in {root}.") from error


def _document(connection: duckdb.DuckDBPyConnection, digest: str) -> Row | None:
    found = _rows(
        connection,
        "SELECT d.*, m.body, m.held_on, c.name AS council FROM documents d "
        "LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id "
        "WHERE d.sha256 = $1",
        digest,
    )
    return found[0] if found else None


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, value: object) -> list[Row]:
    cursor = connection.execute(sql, [value])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _all_missed(gold: Gold) -> Tallies:
    """The tallies of a document that the database does not hold."""
    tallies = _tallies()
    for kind, key in (("agenda_items", "items"), ("resolutions", "resolutions"), ("budget_figures", "budget_figures"),
                      ("options", "options")):
        tallies[kind].missed = sum(not entry.get("optional") for entry in gold.get(key) or [])
    tallies["services"].missed = len(gold.get("services") or [])
    return tallies


def _judge(connection: duckdb.DuckDBPyConnection, gold: Gold, document: Row) -> Tallies:
    """The tallies of one document."""
    key = document["document_id"]
    tallies = _tallies()
    tallies["header"].check(matching.header_checks(gold, document))

    def rows(sql: str) -> list[Row]:
        return [row for row in _rows(connection, sql, key) if _within(row["page"], gold.get("pages"))]

    if gold.get("items"):
        items = rows("SELECT * FROM agenda_items WHERE document_id = $1 ORDER BY position")
        _count(tallies["agenda_items"], gold["items"], items, matching.item_likeness, matching.item_checks)
    if gold.get("resolutions") is not None:
        resolutions = rows(
            "SELECT r.*, i.number AS item_number FROM resolutions r LEFT JOIN agenda_items i USING (item_id) "
            "WHERE r.document_id = $1"
        )
        limbs = defaultdict(list)
        for limb in _rows(connection, LIMBS, key):
            limbs[limb["resolution_id"]].append(limb)
        for row in resolutions:
            row["clauses"] = limbs[row["resolution_id"]]
        _count(tallies["resolutions"], gold["resolutions"], resolutions, matching.resolution_likeness,
               matching.resolution_checks)
    if gold.get("budget_figures") is not None:
        wanted = [matching.figure_of(figure) for figure in [*gold["budget_figures"], *gold.get("shares", [])]]
        figures = rows("SELECT * FROM budget_figures WHERE document_id = $1")
        _count(tallies["budget_figures"], wanted, figures, matching.figure_likeness, matching.figure_checks)
    if gold.get("options") is not None:
        options = rows(
            "SELECT o.*, a.document_id FROM options o JOIN options_appraisals a USING (appraisal_id) "
            "WHERE a.document_id = $1"
        )
        _count(tallies["options"], gold["options"], options, matching.option_likeness, matching.option_checks)
    if gold.get("services"):
        mentions = rows(
            "SELECT m.raw, s.name, m.page FROM service_mentions m LEFT JOIN services s USING (service_id) "
            "WHERE m.document_id = $1"
        )
        named = [set(matching.words(name)) for row in mentions for name in (row["raw"], row["name"]) if name]
        tallies["services"].found = sum(matching.service_found(name, named) for name in gold["services"])
        tallies["services"].missed = len(gold["services"]) - tallies["services"].found
    return tallies


LIMBS = (
    "SELECT k.* FROM resolution_clauses k JOIN resolutions r USING (resolution_id) WHERE r.document_id = $1 "
    "ORDER BY k.position"
)


def _within(page: int | None, span: Sequence[int] | None) -> bool:
    """Whether a record stands in the part of the document that is annotated."""
    return span is None or page is None or span[0] <= page <= span[1]


def _count(
    tally: Tally,
    gold: Sequence[Gold],
    predicted: Sequence[Row],
    likeness: Callable[[Gold, Row], float],
    checks: Callable[[Gold, Row], Checks],
) -> None:
    """Pair gold with predictions and count; what gold calls optional is neither missed, found nor wrong."""
    pairs, extra = matching.pair(gold, predicted, likeness)
    # Two entries of gold that say the same cannot be told apart: where one is found, neither is missed.
    paired = [wanted for wanted, _ in pairs]
    for wanted, row in pairs:
        if not wanted.get("optional"):
            tally.check(checks(wanted, row))
    tally.missed += sum(not wanted.get("optional") and wanted not in paired for wanted in gold)
    tally.wrong += len(extra)


