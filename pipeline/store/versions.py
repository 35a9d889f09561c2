"""What an archive knows of a document: where it came from, and what its address gave before.

A version that its site has replaced counts no more, in whatever words it differs; which of two prints of one text that
stand at different addresses counts is `duplicates`' to tell.
"""

from __future__ import annotations

import duckdb

SOURCES = """
UPDATE documents SET source_url = came.address, fetched_at = came.first_seen
FROM (
    SELECT document_id, arg_min(address, (first_seen, address)) AS address, min(first_seen) AS first_seen
    FROM paper_versions WHERE document_id IS NOT NULL GROUP BY document_id
) AS came WHERE came.document_id = documents.document_id
"""
# Whose site it is tells whose paper it is, where its words do not. An installation may serve two councils.
COUNCILS_OF_SITES = """
UPDATE documents SET council_id = came.council_id
FROM (
    SELECT document_id, min(council_id) AS council_id FROM paper_versions
    WHERE document_id IS NOT NULL AND council_id IN (SELECT council_id FROM councils)
    GROUP BY document_id HAVING count(DISTINCT council_id) = 1
) AS came WHERE came.document_id = documents.document_id AND documents.council_id IS NULL
"""
REPLACED = """
SELECT document_id, max(replaced_at) AS replaced_at FROM paper_versions WHERE document_id IS NOT NULL
GROUP BY document_id HAVING bool_and(replaced_at IS NOT NULL)
"""
"""Documents that no address gives any more, with when the last one ceased to."""
ALTERED = f"""
SELECT document_id FROM ((({REPLACED}) EXCEPT (FROM replaced_before)) UNION ALL
    ((FROM replaced_before) EXCEPT ({REPLACED})))
"""
"""Documents of which the ledger tells something else of that than before this publication."""
STATED = f"""
SELECT v.document_id, v.supersedes FROM paper_versions v JOIN ({REPLACED}) gone ON gone.document_id = v.supersedes
WHERE v.document_id IN (SELECT document_id FROM documents)
  AND v.supersedes IN (SELECT document_id FROM documents) AND v.supersedes <> v.document_id
ORDER BY v.first_seen, v.address
"""

AS_KNOWN = """
CREATE MACRO decisions_as_known_on(day) AS TABLE
WITH RECURSIVE dated AS (
    SELECT document_id, supersedes, CASE
        WHEN document_id IN (SELECT document_id FROM paper_versions WHERE supersedes IS NOT NULL) THEN fetched_at::DATE
        ELSE least(fetched_at::DATE, published_on) END AS known_on
    FROM documents
),
-- Each document, and every one that came to take its place.
after AS (
    SELECT supersedes AS document_id, document_id AS later FROM dated WHERE supersedes IS NOT NULL
    UNION SELECT d.supersedes, a.later FROM after a JOIN dated d ON d.document_id = a.document_id
    WHERE d.supersedes IS NOT NULL
),
gone AS (
    SELECT a.document_id FROM after a JOIN dated l ON l.document_id = a.later
    WHERE coalesce(l.known_on, '0001-01-01'::DATE) <= day::DATE
)
SELECT coalesce(c.name, c.official_name) AS council, m.body, m.held_on, i.number AS item, i.title AS item_title,
    r.text, r.kind, k.known_on, coalesce(d.title, regexp_extract(d.path, '[^/]*$')) AS document,
    coalesce(d.source_url, d.path) AS link, r.page, d.document_id, r.resolution_id, r.confidence
FROM resolutions r JOIN documents d USING (document_id) JOIN dated k USING (document_id)
LEFT JOIN meetings m ON m.meeting_id = d.meeting_id
LEFT JOIN councils c ON c.council_id = d.council_id
LEFT JOIN agenda_items i ON i.item_id = r.item_id
WHERE r.status = 'decided' AND coalesce(k.known_on, m.held_on, '0001-01-01'::DATE) <= day::DATE
    AND d.document_id NOT IN (SELECT document_id FROM gone)
    AND NOT EXISTS (
        SELECT 1 FROM document_parts p JOIN dated o ON o.document_id = p.same_as
        WHERE p.document_id = d.document_id AND r.char_start >= p.char_start AND r.char_start < p.char_end
          AND coalesce(o.known_on, '0001-01-01'::DATE) <= day::DATE
    )
ORDER BY m.held_on, council, d.document_id, r.position
"""
ABOUT_AS_KNOWN = (
    "Decisions as one could know them on a day: decisions_as_known_on('2025-06-30'). Of a paper that was replaced "
    "later (a draft, a report that was corrected) the version of that day; what was fetched later is left out, unless "
    "it says itself that it was published before. Papers that were not fetched are known from the day of their meeting."
)


def note_sources(connection: duckdb.DuckDBPyConnection) -> None:
    """Set where documents came from and when, as the archive's ledger tells."""
    connection.execute(SOURCES)
    connection.execute(COUNCILS_OF_SITES)


def link_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Let every version that its site has replaced be superseded, after `duplicates.link_duplicates`.

    Where the newer version supersedes another print already, the older one stands below that.
    """
    stated = connection.execute(STATED).fetchall()
    if not stated:
        return
    supersedes: dict[str, str] = dict(connection.execute(
        "SELECT document_id, supersedes FROM documents WHERE supersedes IS NOT NULL").fetchall())
    superseded = set(supersedes.values())
    found: list[tuple[str, str]] = []
    for newer, older in stated:
        last = newer
        while last in supersedes and last != older:
            last = supersedes[last]
        if older not in superseded and last != older:
            supersedes[last] = older
            superseded.add(older)
            found.append((last, older))
    if found:
        connection.executemany("UPDATE documents SET supersedes = $2 WHERE document_id = $1", found)
