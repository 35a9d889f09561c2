"""Which documents are prints of the same text, and which parts of packs are documents of their own as well.

`sketches` tells which texts share how much. Two prints are one document where nothing
that they say of themselves (council, body, day, reference) keeps them apart. The fuller, later, confirmed print
replaces the other, so that the views count a decision once; the other stays in the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa

from pipeline.store.versions import REPLACED

SAME_NOTICE = 0.9
"""The same of decision notices, which are filled in on forms; their titles and amounts must be the same too, since a
form of 150 words in which one word differs has 0.93."""
SAME_PRINT = 0.7
"""Share of all runs of words in two prints that both have. Measured on 338 papers, real and our own: of unlike papers
no two have more than 0.29; of a paper and its copy with two words in a hundred changed, or one letter in two hundred as
by another recognition, 95 in 100 pairs have 0.71 or more."""
SAME_MINUTES = 0.6
"""Share of the shorter one's runs of words in two prints of one meeting's minutes: a website's page cuts them. A copy
cut to half has all; one with a letter in a hundred changed 0.54 at least; no unlike pair of the same kinds 0.3."""
WITHIN = 0.7
"""Share of a part's runs of words that are in the other document. Of unlike papers a report and the record of its
decision share most, 0.55; a copy with one letter in a hundred changed has 0.72 in 95 pairs of 100."""


@dataclass(frozen=True, slots=True)
class Print:
    """A document as far as telling prints apart goes."""

    document_id: str
    kind: str
    title: str | None
    council_id: str | None
    body: str | None
    held_on: date | None
    meeting_id: str | None
    reference: str | None
    draft: bool
    cut: bool
    """Whether its items say that their text goes on elsewhere."""
    published_on: date | None
    words: int
    amounts: Sequence[Decimal] | None = None
    """The amounts of money that it names, ascending."""
    replaced_at: datetime | None = None
    """When its site put something else in its place; None where it still stands, or where nobody tells."""

    @property
    def rank(self) -> tuple[datetime, bool, bool, date, int, str]:
        """Of two prints, the greater one replaces the other."""
        return (self.replaced_at or datetime.max, not self.draft, not self.cut, self.published_on or date.min,
                self.words, self.document_id)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sketches, how many hashes each has, and how many of them are the same."""

    one: str
    other: str
    of_one: int
    of_other: int
    shared: int

    @property
    def alike(self) -> float:
        """Share of all hashes that both have."""
        return self.shared / (self.of_one + self.of_other - self.shared)

    @property
    def within(self) -> float:
        """Share of the shorter one's hashes that both have."""
        return self.shared / min(self.of_one, self.of_other)


def link_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Set `documents.supersedes` and `document_parts.same_as`, where the documents in the table `concerned` bear on it.

    `sketches.compare` has found which sketches share how much.
    """
    _spread(connection)
    pairs = [Pair(*row) for row in connection.execute(PAIRS).fetchall()]
    prints = {row[0]: Print(*row) for row in connection.execute(PRINTS).fetchall()} if pairs else {}
    held = connection.execute("SELECT part_id, document_id, held_on FROM document_parts SEMI JOIN concerned "
                              "USING (document_id)").fetchall() if pairs else []
    parts = {part: document for part, document, _ in held}
    days = {part: day for part, _, day in held}
    connection.execute("DELETE FROM same_prints WHERE document_id IN (FROM concerned UNION FROM leaving)")
    _register(connection, replaced(pairs, prints))
    connection.execute("INSERT INTO same_prints SELECT id, document_id FROM found_out")
    connection.execute(SUPERSEDES)
    _register(connection, found_again(pairs, prints, parts, days))
    connection.execute(SAME_AS)
    connection.unregister("found_out")


def _spread(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `concerned` all documents that pairs connect with those in it, over however many others."""
    more = connection.execute("SELECT count(*) FROM concerned").fetchall()[0][0]
    connection.execute("CREATE OR REPLACE TEMP TABLE edge AS FROM concerned")
    while more:
        connection.execute(NEIGHBOURS)
        connection.execute("INSERT INTO concerned FROM beyond")
        connection.execute("CREATE OR REPLACE TEMP TABLE edge AS FROM beyond")
        (more,) = connection.execute("SELECT count(*) FROM edge").fetchall()[0]


def _register(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[str, str]]) -> None:
    """Let DuckDB see pairs of an id and a document as the table `found_out`."""
    connection.register("found_out", pa.table({
        "id": pa.array([one for one, _ in rows], pa.string()),
        "document_id": pa.array([document for _, document in rows], pa.string()),
    }))


def replaced(pairs: Iterable[Pair], prints: dict[str, Print]) -> list[tuple[str, str]]:
    """(document, the print that it replaces): of each group of prints, every one replaces the next lower."""
    group: dict[str, str] = {}

    def head(name: str) -> str:
        while group.get(name, name) != name:
            name = group[name]
        return name

    for pair in pairs:
        if pair.one in prints and pair.other in prints and _same_print(pair, prints[pair.one], prints[pair.other]):
            group.setdefault(pair.one, pair.one)
            group[head(pair.other)] = head(pair.one)
    members: dict[str, list[Print]] = {}
    for name in {*group, *group.values()}:
        members.setdefault(head(name), []).append(prints[name])
    ordered = (sorted(one, key=lambda p: p.rank) for one in members.values())
    return [(later.document_id, earlier.document_id)
            for one in ordered for earlier, later in zip(one, one[1:], strict=False)]


def found_again(
    pairs: Iterable[Pair], prints: dict[str, Print], parts: dict[str, str], days: dict[str, date | None]
) -> list[tuple[str, str]]:
    """(part, the document that says all that the part says). Of two packs with the same part, the one whose id is
    lower keeps it."""
    best: dict[str, tuple[int, str]] = {}
    twins: list[tuple[str, str]] = []
    for pair in pairs:
        sides = ((pair.one, pair.of_one, pair.other), (pair.other, pair.of_other, pair.one))
        for part, size, whole in sides:
            if part not in parts or parts[part] == parts.get(whole, whole) or pair.shared / size < WITHIN:
                continue
            if whole in prints and prints[whole].kind != "pack" and not _apart(days[part], prints[whole].held_on):
                best[part] = max(best.get(part, (0, "")), (pair.shared, whole))
            elif whole in parts and parts[whole] < parts[part] and not _apart(days[part], days[whole]):
                twins.append((part, whole))
    found = {part: whole for part, (_, whole) in best.items()}
    for part, whole in twins:
        if whole not in found:
            found.setdefault(part, parts[whole])
    return sorted(found.items())


def _same_print(pair: Pair, one: Print, other: Print) -> bool:
    if _apart(one.council_id, other.council_id) or _apart(one.held_on, other.held_on):
        return False
    if _apart(_folded(one.body), _folded(other.body)) or _apart(one.reference, other.reference):
        return False
    meet = one.meeting_id is not None and one.meeting_id == other.meeting_id and one.held_on is not None
    kinds = {one.kind, other.kind}
    if kinds == {"minutes"}:
        return pair.alike >= SAME_PRINT or (meet and pair.within >= SAME_MINUTES)
    if len(kinds) == 1:
        least = SAME_PRINT
        if kinds == {"decision_notice"}:
            least = SAME_NOTICE
            if one.amounts != other.amounts:
                return False
        return pair.alike >= least and not _apart(_folded(one.title), _folded(other.title))
    return meet and kinds == {"minutes", "decision_notice"} and pair.within >= WITHIN


def _apart(one: object, other: object) -> bool:
    """Whether both tell, and tell different things."""
    return one is not None and other is not None and one != other


def _folded(name: str | None) -> str | None:
    return re.sub(r"\W+|\b(?:the|and|draft)\b", "", name.lower()) if name else None


NEIGHBOURS = """
CREATE OR REPLACE TEMP TABLE beyond AS
SELECT DISTINCT document_id FROM (
    SELECT other_document AS document_id FROM text_pairs SEMI JOIN edge ON edge.document_id = one_document
    UNION ALL
    SELECT one_document FROM text_pairs SEMI JOIN edge ON edge.document_id = other_document
) ANTI JOIN concerned USING (document_id)
"""

PAIRS = """
SELECT one, other, of_one, of_other, shared FROM text_pairs SEMI JOIN concerned ON concerned.document_id = one_document
ORDER BY one, other
"""

# What the archive's ledger states goes above it, so that both are told apart here.
SUPERSEDES = """
UPDATE documents SET supersedes = told.supersedes FROM (
    SELECT d.document_id, s.supersedes FROM documents d LEFT JOIN same_prints s USING (document_id)
    WHERE d.supersedes IS DISTINCT FROM s.supersedes
) AS told WHERE told.document_id = documents.document_id
"""

SAME_AS = """
UPDATE document_parts SET same_as = told.document_id FROM (
    SELECT p.part_id, f.document_id
    FROM document_parts p SEMI JOIN concerned USING (document_id) LEFT JOIN found_out f ON f.id = p.part_id
    WHERE p.same_as IS DISTINCT FROM f.document_id
) AS told WHERE told.part_id = document_parts.part_id
"""

PRINTS = f"""
SELECT d.document_id, d.kind, d.title, d.council_id, m.body, m.held_on, d.meeting_id, d.reference,
    coalesce(d.draft, false),
    d.document_id IN (SELECT document_id FROM agenda_items WHERE truncated),
    d.published_on, coalesce(s.words, 0), f.amounts, gone.replaced_at
FROM documents d SEMI JOIN concerned USING (document_id)
LEFT JOIN (
    SELECT document_id, list_sort(list(DISTINCT amount)) AS amounts
    FROM budget_figures SEMI JOIN concerned USING (document_id) GROUP BY ALL
) f ON f.document_id = d.document_id
LEFT JOIN ({REPLACED}) gone ON gone.document_id = d.document_id
LEFT JOIN meeting_statements m ON m.document_id = d.document_id
LEFT JOIN (SELECT sketch_id, words FROM text_sketches SEMI JOIN concerned USING (document_id)) s
    ON s.sketch_id = d.document_id
"""
