"""Links between documents: the store lays out what it holds, linking finds the links, the store keeps them.

The rooms do not know each other: `run` brings the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import duckdb

from pipeline.records import Outcome, Record, Return
from pipeline.store.schema import arrow_table
from pipeline.store.views import COMES_BACK, counted

Row = Mapping[str, Any]


class Linking(Protocol):
    """Who finds links between documents (`pipeline.linking.between`)."""

    def outcomes(self, rows: Iterable[Row]) -> list[Outcome]:
        """What proposals became, among the resolutions of TEXTS."""

    def returns(
        self, limb_rows: Iterable[Row], item_rows: Iterable[Row], text_of: Callable[[str, int, int], str]
    ) -> list[Return]:
        """What came back of LIMBS, among ITEMS; `text_of` gives a document's text between two offsets."""


AT_ONCE = 100_000
"""So many resolutions, of some councils, are held against each other at once."""


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `touched` of councils whose links are to be found anew."""
    connection.execute(SITTINGS)
    connection.execute("CREATE OR REPLACE TEMP TABLE touched (council VARCHAR)")


def note(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add to `touched` the councils on whose links the documents in `table` bear.

    Links join papers of one council, or a paper that does not tell its council with any of the same sitting.
    """
    connection.execute(f"INSERT INTO touched {TOUCHED}".replace("these", table))


def links(connection: duckdb.DuckDBPyConnection, linking: Linking) -> None:
    """Find the links of the councils in `touched` anew; those of others stay."""
    def text_of(document_id: str, start: int, end: int) -> str:
        rows = connection.execute(
            "SELECT text, char_start FROM pages WHERE document_id = $1 AND char_start < $3 "
            "AND char_start + length(text) > $2 ORDER BY char_start", [document_id, start, end]
        ).fetchall()
        return "".join(text[max(start - at, 0):end - at] for text, at in rows)

    for statement in OUTDATED:
        connection.execute(statement)
    connection.execute(PIECES, [AT_ONCE])
    for (piece,) in connection.execute("SELECT DISTINCT piece FROM pieces ORDER BY piece").fetchall():
        connection.execute("CREATE OR REPLACE TEMP TABLE asked AS SELECT council FROM pieces WHERE piece = $1", [piece])
        connection.execute(IN_REACH)
        texts = _rows(connection, TEXTS)
        ours = {row["resolution_id"] for row in texts if row.pop("ours")}
        _insert(connection, Outcome, [one for one in linking.outcomes(texts) if one.proposal_id in ours])
        limbs = _rows(connection, LIMBS)
        if limbs:
            _insert(connection, Return, linking.returns(limbs, _rows(connection, ITEMS), text_of))


def _insert(connection: duckdb.DuckDBPyConnection, record: type[Outcome | Return], rows: Iterable[Record]) -> None:
    connection.register("incoming", arrow_table(record, rows))
    connection.execute(f'INSERT INTO "{record.table}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


# A paper of no known council is linked with those of its sitting alone, which so stands for its council.
SITTINGS = """
CREATE OR REPLACE TEMP VIEW sittings AS
SELECT d.document_id, d.council_id IS NOT NULL AS named, lower(m.body) AS body, m.held_on,
    coalesce(d.council_id, 'at ' || lower(m.body) || ' ' || m.held_on, d.meeting_id, d.document_id) AS council
FROM documents d LEFT JOIN meeting_statements m USING (document_id)
"""

TOUCHED = """
SELECT DISTINCT council FROM (
    SELECT council FROM sittings SEMI JOIN these USING (document_id)
    UNION ALL
    SELECT council_id FROM meeting_statements SEMI JOIN these USING (document_id) WHERE council_id IS NOT NULL
    UNION ALL
    SELECT there.council FROM (FROM sittings SEMI JOIN these USING (document_id)) here
    JOIN sittings there ON there.body = here.body AND there.held_on = here.held_on
    WHERE NOT here.named OR NOT there.named
)
WHERE council NOT IN (FROM touched)
"""

OUTDATED = (
    """DELETE FROM outcomes WHERE proposal_id NOT IN (
        SELECT resolution_id FROM resolutions JOIN sittings USING (document_id) WHERE council NOT IN (FROM touched))""",
    """DELETE FROM returns WHERE resolution_id NOT IN (
        SELECT resolution_id FROM resolutions JOIN meeting_statements USING (document_id)
        WHERE council_id NOT IN (FROM touched))""",
)

PIECES = """
CREATE OR REPLACE TEMP TABLE pieces AS
SELECT council, ((sum(size) OVER (ORDER BY council ROWS UNBOUNDED PRECEDING) - size) // $1)::BIGINT AS piece
FROM (SELECT t.council, count(r.document_id) AS size
      FROM touched t LEFT JOIN sittings USING (council) LEFT JOIN resolutions r USING (document_id) GROUP BY ALL)
"""

# All papers of the councils asked for, and what those that tell no council may be of one sitting with.
IN_REACH = """
CREATE OR REPLACE TEMP TABLE in_reach AS
WITH met AS (
    SELECT DISTINCT body, held_on, named FROM sittings
    WHERE council IN (FROM asked) AND body IS NOT NULL AND held_on IS NOT NULL
)
SELECT document_id, council IN (FROM asked) AS ours FROM sittings s
WHERE council IN (FROM asked)
    OR EXISTS (FROM met WHERE met.body = s.body AND met.held_on = s.held_on AND NOT (met.named AND s.named))
"""

TEXTS = f"""
SELECT r.resolution_id, r.status, r.kind, r.text, r.addressed_to, coalesce(k.actions, []) AS actions, r.document_id,
    d.title AS document_title,
    d.reference, d.council_id, d.meeting_id, m.body, m.held_on, r.item_id,
    i.title AS item_title, r.position, reach.ours
FROM resolutions r JOIN in_reach reach USING (document_id) JOIN documents d USING (document_id)
LEFT JOIN meeting_statements m USING (document_id)
LEFT JOIN (FROM agenda_items SEMI JOIN in_reach USING (document_id)) i USING (item_id)
LEFT JOIN (
    SELECT resolution_id, list(action ORDER BY position) AS actions FROM resolution_clauses
    WHERE resolution_id IN (SELECT resolution_id FROM resolutions SEMI JOIN in_reach USING (document_id)) GROUP BY ALL
) k USING (resolution_id)
WHERE {counted("r")} ORDER BY r.resolution_id
"""

LIMBS = f"""
SELECT k.resolution_id, k.position, k.text, k.due_on, m.council_id, m.body, m.held_on, i.title
FROM resolution_clauses k JOIN resolutions r USING (resolution_id) JOIN documents d USING (document_id)
JOIN meeting_statements m USING (document_id) LEFT JOIN agenda_items i ON i.item_id = r.item_id
WHERE r.status = 'decided' AND {COMES_BACK} AND {counted("r")}
    AND m.council_id IN (FROM asked) AND m.body IS NOT NULL AND m.held_on IS NOT NULL
ORDER BY ALL
"""
ITEMS = """
SELECT i.item_id, i.document_id, d.kind AS document_kind, m.council_id, m.body, m.held_on, i.title, i.char_start,
    coalesce(lead(i.char_start) OVER (PARTITION BY i.document_id ORDER BY i.char_start), i.char_start + 20000)
        AS char_end
FROM agenda_items i JOIN documents d USING (document_id) JOIN meeting_statements m USING (document_id)
WHERE m.council_id IN (FROM asked) AND m.body IS NOT NULL AND m.held_on IS NOT NULL
    AND d.kind IN ('minutes', 'agenda', 'pack')
ORDER BY ALL
"""
