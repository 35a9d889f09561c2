"""Links between documents: the store lays out what it holds, linking finds the links, the store keeps them.

The rooms do not know each other: `run` brings the two together. What is laid out falls apart into pieces, each of some
councils and of nothing else, so that they can be given to as many processes as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import duckdb
import pyarrow as pa

from pipeline.records import Outcome, Record, Return
from pipeline.store.schema import arrow_table, quoted
from pipeline.store.views import COMES_BACK, counted

Piece = Mapping[str, pa.Table]
"""Rows of one piece: `texts` (as TEXTS has them), `limbs`, `items`."""


class Linking(Protocol):
    """Who finds links between documents (`pipeline.linking.between`, `pipeline.links`)."""

    def links(self, pieces: Iterable[Piece]) -> Iterable[tuple[list[Outcome], list[Return]]]:
        """What proposals became and what came back, for each piece in turn."""

    def met(self, texts: pa.Table) -> set[str]:
        """The councils of texts that are `ours` of whose proposals one that is not may be the decision."""


AT_ONCE = 20_000
"""So many resolutions, of some councils, are held against each other at once."""


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `touched` of councils whose links are to be found anew."""
    connection.execute(SITTINGS)
    connection.execute("CREATE OR REPLACE TEMP TABLE touched (council VARCHAR)")


def note(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add to `touched` the councils on whose links the documents in `table` bear.

    Links join papers of one council, or a paper that does not tell its council with any of the same sitting.
    """
    for touched in (TOUCHED, MET):
        connection.execute(f"INSERT INTO touched {touched}".replace("these", table))


def note_arrived(connection: duckdb.DuckDBPyConnection, linking: Linking) -> None:
    """Add to `touched` the councils on whose links the documents in the table `arrived` bear.

    On the day of a paper that does not tell its council, bodies of the same name meet all over the country: of those
    councils only the ones count of whose proposals it may hold the decision.
    """
    connection.execute(f"INSERT INTO touched {TOUCHED}".replace("these", "arrived"))
    connection.execute(WHO_MET)
    connection.execute(TEXTS)
    met = linking.met(connection.sql("SELECT * EXCLUDE piece FROM linked_texts").to_arrow_table())
    connection.execute("INSERT INTO touched SELECT unnest($1::VARCHAR[])", [sorted(met)])


def links(connection: duckdb.DuckDBPyConnection, linking: Linking) -> None:
    """Find the links of the councils in `touched` anew; those of others stay."""
    for statement in OUTDATED:
        connection.execute(statement)
    connection.execute(PIECES, [AT_ONCE])
    for statement in (IN_REACH, TEXTS, LIMBS, ITEMS):
        connection.execute(statement)
    for became, came_back in linking.links(_pieces(connection)):
        _insert(connection, Outcome, became)
        _insert(connection, Return, came_back)
    for table in ("pieces", "in_reach", *LAID_OUT.values()):
        connection.execute(f"DROP TABLE {table}")


def _pieces(connection: duckdb.DuckDBPyConnection) -> Iterator[Piece]:
    """The pieces, one after the other."""
    for (piece,) in connection.execute("SELECT DISTINCT piece FROM pieces ORDER BY piece").fetchall():
        yield {
            name: connection.sql(f"SELECT * EXCLUDE piece FROM {table} WHERE piece = {piece}").to_arrow_table()
            for name, table in LAID_OUT.items()
        }


def _insert(connection: duckdb.DuckDBPyConnection, record: type[Outcome | Return], rows: Iterable[Record]) -> None:
    connection.register("incoming", arrow_table(record, rows))
    connection.execute(f'INSERT INTO "{record.table}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


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
    JOIN sittings there ON there.body = here.body AND there.held_on = here.held_on WHERE NOT there.named
)
WHERE council NOT IN (FROM touched)
"""
MET = """
SELECT DISTINCT there.council FROM (FROM sittings SEMI JOIN these USING (document_id)) here
JOIN sittings there ON there.body = here.body AND there.held_on = here.held_on
WHERE NOT here.named AND there.named AND there.council NOT IN (FROM touched)
"""
# The papers that arrived and tell no council, and those of the same sitting of councils that are not touched yet.
WHO_MET = """
CREATE OR REPLACE TEMP TABLE in_reach AS
WITH met AS (
    SELECT here.document_id AS here, there.document_id AS there
    FROM (FROM sittings SEMI JOIN arrived USING (document_id)) here
    JOIN sittings there ON there.body = here.body AND there.held_on = here.held_on
    WHERE NOT here.named AND there.named AND there.council NOT IN (FROM touched)
)
SELECT DISTINCT here AS document_id, 0 AS piece, false AS ours FROM met
UNION ALL
SELECT DISTINCT there, 0, true FROM met
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

LAID_OUT = {"texts": "linked_texts", "limbs": "linked_limbs", "items": "linked_items"}
"""What a piece is made of, and the tables in which it lies: in the order of pieces, so that a piece is found by the
least and greatest of each block."""

# All papers of a piece's councils, and what those that tell no council may be of one sitting with.
IN_REACH = """
CREATE OR REPLACE TEMP TABLE in_reach AS
WITH own AS (SELECT * FROM sittings JOIN pieces USING (council)),
met AS (SELECT DISTINCT piece, body, held_on, named FROM own WHERE body IS NOT NULL AND held_on IS NOT NULL)
SELECT document_id, piece, true AS ours FROM own
UNION ALL
SELECT DISTINCT s.document_id, met.piece, false
FROM sittings s JOIN met ON met.body = s.body AND met.held_on = s.held_on AND NOT (met.named AND s.named)
ANTI JOIN own ON own.document_id = s.document_id AND own.piece = met.piece
"""

TEXTS = f"""
CREATE OR REPLACE TEMP TABLE linked_texts AS
SELECT reach.piece, r.resolution_id, r.status, r.kind, r.text, r.addressed_to, coalesce(k.actions, []) AS actions,
    r.document_id, d.title AS document_title,
    d.reference, d.council_id, d.meeting_id, m.body, m.held_on, r.item_id,
    i.title AS item_title, r.position, reach.ours
FROM resolutions r JOIN in_reach reach USING (document_id) JOIN documents d USING (document_id)
LEFT JOIN meeting_statements m USING (document_id)
LEFT JOIN (FROM agenda_items SEMI JOIN in_reach USING (document_id)) i USING (item_id)
LEFT JOIN (
    SELECT resolution_id, list(action ORDER BY position) AS actions FROM resolution_clauses
    WHERE resolution_id IN (SELECT resolution_id FROM resolutions SEMI JOIN in_reach USING (document_id)) GROUP BY ALL
) k USING (resolution_id)
{counted("r")} ORDER BY reach.piece, r.resolution_id
"""

LIMBS = f"""
CREATE OR REPLACE TEMP TABLE linked_limbs AS
SELECT p.piece, k.resolution_id, k.position, k.text, k.due_on, m.council_id, m.body, m.held_on, i.title
FROM resolution_clauses k JOIN resolutions r USING (resolution_id) JOIN documents d USING (document_id)
JOIN meeting_statements m USING (document_id) JOIN pieces p ON p.council = m.council_id
LEFT JOIN agenda_items i ON i.item_id = r.item_id {counted("r")}
WHERE r.status = 'decided' AND {COMES_BACK} AND m.body IS NOT NULL AND m.held_on IS NOT NULL
ORDER BY ALL
"""

_SPACE = r"[\s\x{0B}\x{1C}-\x{1F}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = (rf"(?s).?\d{{1,2}}(?:st|nd|rd|th)?{_SPACE}+(?:of{_SPACE}+)?(?:{_MONTHS}),?{_SPACE}+\d{{4}}.?")
"""What may be a day in words, with the sign before it and the one behind, so that linking can see where words end."""

# The items of bodies of which something may come back, each with the days that its text may name.
ITEMS = f"""
CREATE OR REPLACE TEMP TABLE linked_items AS
WITH met AS (
    SELECT m.*, d.kind, p.piece
    FROM meeting_statements m JOIN documents d USING (document_id) JOIN pieces p ON p.council = m.council_id
    SEMI JOIN linked_limbs l ON l.council_id = m.council_id AND lower(l.body) = lower(m.body)
    WHERE m.held_on IS NOT NULL AND d.kind IN ('minutes', 'agenda', 'pack')
),
listed AS (
    SELECT m.piece, i.item_id, i.document_id, m.kind AS document_kind, m.council_id, m.body, m.held_on, i.title,
        i.char_start, coalesce(lead(i.char_start) OVER (PARTITION BY i.document_id ORDER BY i.char_start),
                               i.char_start + 20000) AS char_end
    FROM agenda_items i JOIN met m USING (document_id)
),
said AS (
    SELECT item_id, string_agg(
        substr(p.text, greatest(i.char_start - p.char_start, 0) + 1,
               i.char_end - p.char_start - greatest(i.char_start - p.char_start, 0)), '' ORDER BY p.char_start) AS text
    FROM listed i JOIN pages p ON p.document_id = i.document_id
        AND p.char_start < i.char_end AND p.char_start + length(p.text) > i.char_start
    GROUP BY item_id
)
SELECT piece, item_id, document_id, document_kind, council_id, body, held_on, title,
    coalesce(regexp_extract_all(text, {quoted(DAY)}), []) AS days
FROM listed LEFT JOIN said USING (item_id) ORDER BY piece, item_id
"""
