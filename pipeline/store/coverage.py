"""The view `coverage`: what a council announces, month by month, and how much of it came and was read."""

from __future__ import annotations

COMMENT = (
    "A committee's month: meetings announced on its council's site, and what of their papers was found and read. "
    "Papers without a meeting count in the month in which they were first listed."
)
COLUMNS = {
    "council": "Short name of the authority.",
    "committee": "The committee as its site names it; NULL for papers without a meeting.",
    "month": "First day of the month.",
    "announced": "Meetings announced, less those that were cancelled.",
    "cancelled": "Meetings cancelled.",
    "agendas": "Meetings whose agenda the archive has.",
    "minutes_expected": "Meetings whose minutes should be there: the site says so, or they are due by their day.",
    "minutes_found": "Meetings whose minutes the archive has.",
    "minutes_read": "Meetings whose minutes were read into this database.",
    "papers": "Papers that the site lists, of every kind.",
    "papers_found": "Those whose bytes the archive has.",
    "papers_read": "Those that were read into this database.",
    "failed": "Papers that could not be had, or could not be read.",
    "why": "Why, with how many papers each reason holds for.",
    "council_id": "The authority's id.",
}
QUERY = """
WITH paper AS (
    SELECT p.*, p.document_id IS NOT NULL AS found,
        p.document_id IS NOT NULL AND d.document_id IS NOT NULL AND NOT coalesce(r.failed, false) AS is_read,
        CASE WHEN p.document_id IS NULL THEN p.why
            WHEN coalesce(r.failed, false) THEN coalesce(
                (SELECT min(x.kind) FROM problems x WHERE x.document_id = p.document_id), 'not readable')
        END AS failure
    FROM published_papers p LEFT JOIN documents d USING (document_id) LEFT JOIN readings r USING (document_id)
),
met AS (
    SELECT m.council_id, m.committee, date_trunc('month', m.held_on)::DATE AS month, m.cancelled,
        m.minutes_expected AND NOT m.cancelled AS expected,
        coalesce(bool_or(p.found AND (p.kind IN ('agenda', 'pack')
            OR (p.kind = 'meeting' AND p.why IS NULL AND m.agenda_published IS NOT FALSE))), false) AS agenda,
        coalesce(bool_or(p.found AND (p.kind = 'minutes'
            OR (p.kind = 'meeting' AND p.why IS NULL AND m.minutes_published))), false) AS minutes,
        coalesce(bool_or(p.is_read AND (p.kind = 'minutes'
            OR (p.kind = 'meeting' AND p.why IS NULL AND m.minutes_published))), false) AS minutes_read
    FROM announced_meetings m LEFT JOIN paper p ON p.council_id = m.council_id AND p.site_meeting = m.site_meeting
    GROUP BY m.council_id, m.site_meeting, m.committee, m.held_on, m.cancelled, m.minutes_expected
),
meetings_of AS (
    SELECT council_id, committee, month, count(*) FILTER (NOT cancelled) AS announced,
        count(*) FILTER (cancelled) AS cancelled, count(*) FILTER (agenda) AS agendas,
        count(*) FILTER (expected OR minutes) AS minutes_expected, count(*) FILTER (minutes) AS minutes_found,
        count(*) FILTER (minutes_read) AS minutes_read
    FROM met GROUP BY ALL
),
papers_of AS (
    SELECT council_id, committee, date_trunc('month', dated)::DATE AS month, count(*) AS papers,
        count(*) FILTER (found) AS papers_found, count(*) FILTER (is_read) AS papers_read,
        count(failure) AS failed
    FROM paper GROUP BY ALL
),
reasons AS (
    SELECT council_id, committee, month, string_agg(failure || ' (' || n || ')', '; ' ORDER BY n DESC, failure) AS why
    FROM (SELECT council_id, committee, date_trunc('month', dated)::DATE AS month, failure, count(*) AS n
          FROM paper WHERE failure IS NOT NULL GROUP BY ALL)
    GROUP BY ALL
),
places AS (
    SELECT council_id, committee, month FROM meetings_of UNION SELECT council_id, committee, month FROM papers_of
)
SELECT coalesce(c.name, c.official_name, k.council_id) AS council, k.committee, k.month, k.council_id, reasons.why,
    coalesce(announced, 0) AS announced, coalesce(cancelled, 0) AS cancelled, coalesce(agendas, 0) AS agendas,
    coalesce(minutes_expected, 0) AS minutes_expected, coalesce(minutes_found, 0) AS minutes_found,
    coalesce(minutes_read, 0) AS minutes_read, coalesce(papers, 0) AS papers,
    coalesce(papers_found, 0) AS papers_found, coalesce(papers_read, 0) AS papers_read, coalesce(failed, 0) AS failed
FROM places k
LEFT JOIN meetings_of m ON m.council_id = k.council_id AND m.month = k.month
    AND m.committee IS NOT DISTINCT FROM k.committee
LEFT JOIN papers_of p ON p.council_id = k.council_id AND p.month = k.month
    AND p.committee IS NOT DISTINCT FROM k.committee
LEFT JOIN reasons ON reasons.council_id = k.council_id AND reasons.month = k.month
    AND reasons.committee IS NOT DISTINCT FROM k.committee
LEFT JOIN councils c ON c.council_id = k.council_id
"""
