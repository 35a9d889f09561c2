"""Links between documents: the store lays out what it holds, linking finds the links, the store keeps them.

The rooms do not know each other: `run` brings the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import duckdb

from pipeline.records import Outcome, Return
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


def links(connection: duckdb.DuckDBPyConnection, linking: Linking) -> tuple[list[Outcome], list[Return]]:
    """The links between all documents that the database holds."""
    def text_of(document_id: str, start: int, end: int) -> str:
        rows = connection.execute(
            "SELECT text, char_start FROM pages WHERE document_id = $1 AND char_start < $3 "
            "AND char_start + length(text) > $2 ORDER BY char_start", [document_id, start, end]
        ).fetchall()
        return "".join(text[max(start - at, 0):end - at] for text, at in rows)

    limbs = _rows(connection, LIMBS)
    back = linking.returns(limbs, _rows(connection, ITEMS), text_of) if limbs else []
    return linking.outcomes(_rows(connection, TEXTS)), back


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


TEXTS = f"""
SELECT r.resolution_id, r.status, r.kind, r.text, r.addressed_to, coalesce(k.actions, []) AS actions, r.document_id,
    d.title AS document_title,
    d.reference, d.council_id, d.meeting_id, m.body, m.held_on, r.item_id,
    i.title AS item_title, r.position
FROM resolutions r JOIN documents d USING (document_id) LEFT JOIN meeting_statements m USING (document_id)
LEFT JOIN agenda_items i USING (item_id)
LEFT JOIN (SELECT resolution_id, list(action ORDER BY position) AS actions FROM resolution_clauses GROUP BY ALL) k
    USING (resolution_id)
WHERE {counted("r")} ORDER BY r.resolution_id
"""

LIMBS = f"""
SELECT k.resolution_id, k.position, k.text, k.due_on, m.council_id, m.body, m.held_on, i.title
FROM resolution_clauses k JOIN resolutions r USING (resolution_id) JOIN documents d USING (document_id)
JOIN meeting_statements m USING (document_id) LEFT JOIN agenda_items i ON i.item_id = r.item_id
WHERE r.status = 'decided' AND {COMES_BACK} AND {counted("r")}
    AND m.council_id IS NOT NULL AND m.body IS NOT NULL AND m.held_on IS NOT NULL
ORDER BY ALL
"""
ITEMS = """
SELECT i.item_id, i.document_id, d.kind AS document_kind, m.council_id, m.body, m.held_on, i.title, i.char_start,
    coalesce(lead(i.char_start) OVER (PARTITION BY i.document_id ORDER BY i.char_start), i.char_start + 20000)
        AS char_end
FROM agenda_items i JOIN documents d USING (document_id) JOIN meeting_statements m USING (document_id)
WHERE m.council_id IS NOT NULL AND m.body IS NOT NULL AND m.held_on IS NOT NULL
    AND d.kind IN ('minutes', 'agenda', 'pack')
ORDER BY ALL
"""
