"""What became of each record of gold, and of each record that gold does not have, in one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import duckdb

from pipeline import matching
from pipeline.matching import Checks, Gold, Row

State = Literal["right", "differs", "missed", "wrong", "optional", "named"]
"""Right in every annotated attribute; found, but not so; not found; not in gold; found, and gold would not have
minded; found, and nothing more is asked (services)."""


@dataclass
class Outcome:
    """One record's: `what` names it by words of gold, or its own where gold lacks it."""

    kind: str
    state: State
    what: str
    gold: Gold = field(default_factory=dict)
    row: Row = field(default_factory=dict)
    checks: Checks = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """The attributes that are not as gold has them."""
        return [name for name, good in self.checks.items() if not good]


@dataclass(frozen=True)
class Sort:
    """How a kind of record is asked for and compared. `lenient`: gold may call an entry optional, and of two entries
    that say the same, which cannot be told apart, none is missed where one is found."""

    kind: str
    key: str
    sql: str
    likeness: Callable[[Gold, Row], float]
    checks: Callable[[Gold, Row], Checks]
    name: Callable[[Gold], str]
    told: Callable[[Row], str]
    lenient: bool = True


SORTS = (
    Sort(
        "agenda_items", "items", "SELECT * FROM agenda_items WHERE document_id = $1 ORDER BY position",
        matching.item_likeness, matching.item_checks,
        lambda gold: f"{gold.get('number') or ''} {gold['title']}".strip(),
        lambda row: f"{row['number'] or ''} {row['title']}".strip(), lenient=False,
    ),
    Sort(
        "resolutions", "resolutions",
        "SELECT r.*, i.number AS item_number FROM resolutions r LEFT JOIN agenda_items i USING (item_id) "
        "WHERE r.document_id = $1",
        matching.resolution_likeness, matching.resolution_checks,
        lambda gold: f"{gold['starts']} … {gold['ends']}", lambda row: shortened(row["text"]),
    ),
    Sort(
        "budget_figures", "budget_figures", "SELECT * FROM budget_figures WHERE document_id = $1",
        matching.figure_likeness, matching.figure_checks,
        lambda gold: f"{gold.get('raw') or gold['amount']} {gold.get('row') or ''} {gold.get('column') or ''}".strip(),
        lambda row: f"{row['raw']} {row['row_label'] or ''} {row['column_label'] or ''}".strip(),
    ),
    Sort(
        "options", "options",
        "SELECT o.*, a.document_id FROM options o JOIN options_appraisals a USING (appraisal_id) "
        "WHERE a.document_id = $1",
        matching.option_likeness, matching.option_checks,
        lambda gold: f"{gold.get('label') or ''} {gold['starts']}".strip(), lambda row: shortened(row["text"]),
    ),
)
LIMBS = (
    "SELECT k.* FROM resolution_clauses k JOIN resolutions r USING (resolution_id) WHERE r.document_id = $1 "
    "ORDER BY k.position"
)
MENTIONS = (
    "SELECT m.raw, s.name, m.page FROM service_mentions m LEFT JOIN services s USING (service_id) "
    "WHERE m.document_id = $1"
)
LONGEST = 90


def shortened(text: str) -> str:
    """The first words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def rows(connection: duckdb.DuckDBPyConnection, sql: str, value: object) -> list[Row]:
    """The rows of a SELECT with one parameter, by column."""
    cursor = connection.execute(sql, [value])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def entries(gold: Gold, sort: Sort) -> list[Gold] | None:
    """What gold says of this sort; None where the document is not annotated for it."""
    listed = gold.get(sort.key)
    if listed is None or (sort.kind == "agenda_items" and not listed):
        return None
    if sort.kind == "budget_figures":
        return [matching.figure_of(figure) for figure in [*listed, *gold.get("shares", [])]]
    return list(listed)


def absent(gold: Gold) -> Iterator[Outcome]:
    """The outcomes of a document that the database does not hold."""
    for sort in SORTS:
        for wanted in gold.get(sort.key) or []:
            if not wanted.get("optional"):
                yield Outcome(sort.kind, "missed", sort.name(wanted), wanted)
    for name in gold.get("services") or []:
        yield Outcome("services", "missed", name)


def outcomes(connection: duckdb.DuckDBPyConnection, gold: Gold, document: Row) -> Iterator[Outcome]:
    """The outcomes of one document: its header first, then sort by sort."""
    checks = matching.header_checks(gold, document)
    yield Outcome("header", _state(checks), gold["document"], gold, document, checks)
    span = gold.get("pages")

    def within(sql: str) -> list[Row]:
        return [row for row in rows(connection, sql, document["document_id"]) if _within(row["page"], span)]

    for sort in SORTS:
        wanted = entries(gold, sort)
        if wanted is not None:
            predicted = within(sort.sql)
            if sort.kind == "resolutions":
                _join_limbs(predicted, rows(connection, LIMBS, document["document_id"]))
            yield from _paired(sort, wanted, predicted)
    if gold.get("services"):
        named = [set(matching.words(n)) for row in within(MENTIONS) for n in (row["raw"], row["name"]) if n]
        for name in gold["services"]:
            yield Outcome("services", "named" if matching.service_found(name, named) else "missed", name)


def _within(page: int | None, span: Sequence[int] | None) -> bool:
    """Whether a record stands in the part of the document that is annotated."""
    return span is None or page is None or span[0] <= page <= span[1]


def _join_limbs(resolutions: Sequence[Row], limbs: Sequence[Row]) -> None:
    by_resolution: dict[Any, list[Row]] = defaultdict(list)
    for limb in limbs:
        by_resolution[limb["resolution_id"]].append(limb)
    for row in resolutions:
        row["clauses"] = by_resolution[row["resolution_id"]]


def _state(checks: Checks) -> State:
    return "right" if all(checks.values()) else "differs"


def _paired(sort: Sort, wanted: Sequence[Gold], predicted: Sequence[Row]) -> Iterator[Outcome]:
    """Pair gold with predictions: what is found, missed, and too much."""
    pairs, extra = matching.pair(wanted, predicted, sort.likeness)
    for gold, row in pairs:
        if sort.lenient and gold.get("optional"):
            yield Outcome(sort.kind, "optional", sort.name(gold), gold, row)
        else:
            checks = sort.checks(gold, row)
            yield Outcome(sort.kind, _state(checks), sort.name(gold), gold, row, checks)
    found = [gold for gold, _ in pairs]
    identities = {id(gold) for gold in found}
    for gold in wanted:
        missed = gold not in found and not gold.get("optional") if sort.lenient else id(gold) not in identities
        if missed:
            yield Outcome(sort.kind, "missed", sort.name(gold), gold)
    for row in extra:
        yield Outcome(sort.kind, "wrong", sort.told(row), row=row)
