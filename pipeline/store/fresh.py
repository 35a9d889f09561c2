"""What one published database holds that an earlier one did not: the papers that came, what they decide and cost.

News are of papers, not of rows: where other rules read an old paper anew its records may change, and nothing has
happened. A paper that replaces another (approved minutes, a corrected report) is news only where its words differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.store.query import Refused
from pipeline.store.schema import quoted

Row = dict[str, Any]


class Fresh:
    """Questions about what is new; each answer is a list of rows by column."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def papers(self) -> list[Row]:
        """New documents: `document_id`, `council_id`, `council`, `kind`, and the one that each `supersedes`."""
        return self._ask(
            "SELECT d.document_id, d.council_id, coalesce(c.name, c.official_name) AS council, d.kind, d.supersedes "
            "FROM documents d JOIN fresh USING (document_id) LEFT JOIN councils c ON c.council_id = d.council_id "
            "ORDER BY d.document_id"
        )

    def decisions(self) -> list[Row]:
        """Decisions in new papers, the latest first, with the words of those in the paper that theirs replaces."""
        return self._ask(DECISIONS)

    def replaced(self) -> dict[str, list[str]]:
        """What the earlier prints of new papers decide: texts by the id of the paper that replaces them."""
        rows = self._ask(REPLACED)
        return {row["document_id"]: row["texts"] for row in rows}

    def figures(self, measures: Sequence[str]) -> list[Row]:
        """Amounts of those measures in new papers, the largest first; `before` is what an earlier paper said of the
        same line, where it said one thing and this paper says another."""
        return self._ask(FIGURES, {"measures": list(measures)})

    def due(self, after: date, until: date) -> list[Row]:
        """What was to come back after the one day and before the other, and has not been seen."""
        return self._ask(DUE, {"after": after, "until": until})

    def _ask(self, sql: str, values: dict[str, Any] | None = None) -> list[Row]:
        answer = self._connection.execute(sql, values or {})
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@contextmanager
def since(old: Path | None, new: Path) -> Iterator[Fresh]:
    """What `new` holds and `old` did not; everything where there is no `old`. Raises Refused."""
    with duckdb.connect() as connection:
        for path, name in ((old, "old"), (new, "new")):
            if path is None:
                continue
            if not path.is_file():
                raise Refused(f"There is no database {path}.")
            try:
                connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
            except duckdb.Error as error:
                raise Refused(f"{path} cannot be opened as a database: {error}") from error
        connection.execute("USE new")
        known = "SELECT document_id FROM " + ("old.documents" if old is not None else "documents WHERE false")
        connection.execute(f"CREATE TEMP TABLE known AS {known}")
        connection.execute(
            "CREATE TEMP TABLE fresh AS SELECT document_id FROM documents WHERE document_id NOT IN (FROM known)"
        )
        connection.execute(PAGES_OF_MEETINGS)
        yield Fresh(connection)


# A web service's answer is no page for a person: the meeting's own page is.
PAGES_OF_MEETINGS = """
CREATE TEMP TABLE pages_of_meetings AS
SELECT p.document_id, min(m.address) AS address FROM published_papers p
JOIN announced_meetings m USING (council_id, site_meeting)
WHERE p.kind = 'meeting' AND p.document_id IS NOT NULL AND m.address IS NOT NULL GROUP BY 1
"""
_PLACE = """
    d.council_id, v.council, v.body, v.held_on, v.item_title, v.page, v.document, v.document_id,
    d.kind AS document_kind, d.path,
    coalesce((SELECT m.address FROM pages_of_meetings m WHERE m.document_id = d.document_id), d.source_url) AS address
"""

DECISIONS = f"""
WITH inside AS (
    SELECT r.resolution_id,
        max(coalesce(f.amount_high, f.amount)) FILTER (f.unit = 'GBP' AND f.per IS NULL) AS amount
    FROM resolutions r JOIN fresh USING (document_id) JOIN budget_figures f USING (document_id)
    WHERE f.char_start >= r.char_start AND f.char_start < r.char_end GROUP BY 1
),
named AS (
    SELECT r.resolution_id, list(DISTINCT s.service_id) AS services
    FROM resolutions r JOIN fresh USING (document_id) JOIN service_mentions s USING (document_id)
    WHERE s.service_id IS NOT NULL
        AND (s.item_id = r.item_id OR (s.char_start >= r.char_start AND s.char_start < r.char_end))
    GROUP BY 1
)
SELECT v.resolution_id AS record_id, {_PLACE}, v.text, v.kind, v.decided_by, v.actions, v.vote_for, v.vote_against,
    v.vote_abstain, v.unanimous, inside.amount, coalesce(named.services, []) AS services, d.supersedes
FROM decisions v JOIN fresh USING (document_id) JOIN documents d USING (document_id)
LEFT JOIN inside USING (resolution_id) LEFT JOIN named USING (resolution_id)
JOIN resolutions r USING (resolution_id)
ORDER BY v.held_on DESC NULLS LAST, v.document_id, r.char_start
"""

REPLACED = """
SELECT d.document_id, list(r.text ORDER BY r.char_start) AS texts
FROM documents d JOIN fresh USING (document_id) JOIN known ON known.document_id = d.supersedes
JOIN resolutions r ON r.document_id = d.supersedes AND r.status = 'decided'
GROUP BY 1
"""

# An amount has changed only where both papers name one amount for the line, and the line is told by more than its year:
# a table's row and column, or a service of the taxonomy.
_SAME_LINE = (
    "d.council_id", "f.financial_year", "f.measure", "f.basis", "f.service_id", "f.fund", "f.organisation",
    "lower(f.row_label)", "lower(f.column_label)", "f.is_total",
)
_KEY = ", ".join(f"{column} AS k{n}" for n, column in enumerate(_SAME_LINE))
_LINE = " AND ".join(f"a.k{n} IS NOT DISTINCT FROM b.k{n}" for n in range(len(_SAME_LINE)))

FIGURES = f"""
WITH line AS (
    SELECT f.document_id, m.held_on, {_KEY}, f.document_id IN (FROM fresh) AS is_fresh,
        min(f.amount) AS amount, any_value(f.figure_id ORDER BY f.char_start) AS figure_id
    FROM budget_figures f JOIN documents d USING (document_id) JOIN meetings m ON m.meeting_id = d.meeting_id
    WHERE f.unit = 'GBP' AND f.per IS NULL AND f.qualifier IS NULL AND f.financial_year IS NOT NULL
        AND (f.service_id IS NOT NULL OR f.row_label IS NOT NULL) AND list_contains($measures, f.measure)
    GROUP BY ALL HAVING count(DISTINCT f.amount) = 1
),
changed AS (
    SELECT a.figure_id, arg_max(b.amount, b.held_on) AS before, arg_max(b.figure_id, b.held_on) AS before_id
    FROM line a JOIN line b ON {_LINE} AND b.held_on < a.held_on
    WHERE a.is_fresh AND NOT b.is_fresh GROUP BY 1, a.amount HAVING before <> a.amount
)
SELECT v.figure_id AS record_id, {_PLACE}, v.raw, v.amount, v.amount_high, v.qualifier, v.measure, v.basis,
    v.financial_year, v.service, v.organisation, v.fund, v.table_title, v.row_label, v.column_label, v.is_total,
    CASE WHEN v.service_id IS NULL THEN [] ELSE [v.service_id] END AS services, changed.before, changed.before_id
FROM spending v JOIN fresh USING (document_id) JOIN documents d USING (document_id) LEFT JOIN changed USING (figure_id)
WHERE v.unit = 'GBP' AND v.per IS NULL AND list_contains($measures, v.measure)
    AND NOT EXISTS (
        SELECT 1 FROM resolutions r JOIN budget_figures f ON f.figure_id = v.figure_id
        WHERE r.document_id = f.document_id AND f.char_start >= r.char_start AND f.char_start < r.char_end
            AND r.status = 'decided'
    )
ORDER BY abs(v.amount) DESC, v.figure_id
"""

DUE = f"""
SELECT v.resolution_id AS record_id, {_PLACE}, v.text, v.due_on, v.due_raw, o.days,
    list_sort((SELECT coalesce(list(DISTINCT s.service_id), []) FROM service_mentions s JOIN resolutions r
     ON r.resolution_id = v.resolution_id AND s.item_id = r.item_id WHERE s.service_id IS NOT NULL)) AS services
FROM overdue($until) o
JOIN follow_ups v ON v.resolution_id = o.resolution_id AND v.text = o.text AND v.due_on = o.due_on
JOIN documents d USING (document_id)
WHERE v.due_on > $after
ORDER BY v.due_on DESC, v.resolution_id, v.position
"""
