"""Takes out of a published file what this publication replaces: rows of documents that were read again or are gone."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipeline.bookkeeping import DocumentPath, Problem, Run
from pipeline.records import (
    Council,
    Meeting,
    Option,
    OptionsAppraisal,
    Outcome,
    Record,
    Resolution,
    ResolutionClause,
    Return,
)
from pipeline.scraped import AnnouncedMeeting, Asking, CoverageFlag, PaperVersion, PublishedPaper
from pipeline.store import joined, sketches, versions
from pipeline.store.schema import TABLES

OWNERS: dict[type[Record], type[Record]] = {ResolutionClause: Resolution, Option: OptionsAppraisal}
"""Tables whose rows belong to a document through another table's row."""
OF_NO_DOCUMENT: tuple[type[Record], ...] = (
    Council, Run, DocumentPath, Meeting, Outcome, Return, Asking, AnnouncedMeeting, PublishedPaper, CoverageFlag,
    PaperVersion,
)
"""Tables whose rows do not go with one document."""
HIDDEN = """
SELECT supersedes AS document_id, 'all' AS what FROM documents WHERE supersedes IS NOT NULL
UNION ALL
SELECT document_id, part_id FROM document_parts WHERE same_as IS NOT NULL
"""
"""What does not count, since it is said again elsewhere."""
TURNED = f"""
SELECT document_id FROM (
    (({HIDDEN}) EXCEPT (FROM hidden_before)) UNION ALL ((FROM hidden_before) EXCEPT ({HIDDEN}))
)
"""
"""Documents of which something has come to count or has ceased to, and that are still there or not."""


def take_out(
    connection: duckdb.DuckDBPyConnection, gone: Sequence[str], told_anew: Sequence[type[Record]]
) -> None:
    """Forget the paths `gone` and note those of the table `seen`; take out the rows of documents without any path and
    of those in the table `again`, problems of the paths in the table `outdated`, and tables that are `told_anew`.

    What hangs on them is noted: the tables `leaving` (documents), `met` (meetings), `concerned`, `hashes_left`,
    `hidden_before`, `replaced_before`, and councils in `touched`.
    """
    connection.execute(f"CREATE TEMP TABLE hidden_before AS {HIDDEN}")
    connection.execute(f"CREATE TEMP TABLE replaced_before AS {versions.REPLACED}")
    connection.execute("CREATE TEMP TABLE old_paths AS SELECT unnest($1::VARCHAR[]) AS path", [list(gone)])
    for statement in (*PATHS, LEAVING, MET):
        connection.execute(statement)
    joined.note(connection, "leaving")
    sketches.leave(connection)
    # Those that belong to a document through another's row go before that.
    for record in sorted(TABLES, key=lambda one: one not in OWNERS):
        if record in told_anew:
            connection.execute(f'TRUNCATE "{record.table}"')
        elif record not in OF_NO_DOCUMENT:
            connection.execute(f'DELETE FROM "{record.table}" WHERE {_leaves(record)}')


def _leaves(record: type[Record]) -> str:
    """The condition that a row goes with its document."""
    if record in OWNERS:
        owner = OWNERS[record]
        key = owner.key[0]
        return f'{key} IN (SELECT {key} FROM "{owner.table}" WHERE document_id IN (FROM leaving))'
    if record is Problem:
        return "document_id IN (FROM leaving) OR (document_id IS NULL AND path IN (FROM outdated))"
    return "document_id IN (FROM leaving)"


PATHS = (
    """INSERT INTO old_paths SELECT path FROM document_paths was JOIN seen USING (path)
    WHERE (was.document_id, was.sha256, was.size, was.modified_at)
        IS DISTINCT FROM (seen.document_id, seen.sha256, seen.size, seen.modified_at)""",
    "CREATE TEMP TABLE unnamed AS SELECT DISTINCT document_id FROM document_paths WHERE path IN (FROM old_paths)",
    "DELETE FROM document_paths WHERE path IN (FROM old_paths)",
    "INSERT INTO document_paths BY NAME FROM seen ANTI JOIN document_paths USING (path)",
)

LEAVING = """
CREATE TEMP TABLE leaving AS
SELECT document_id FROM readings WHERE document_id IN (FROM again)
UNION
SELECT document_id FROM unnamed WHERE document_id NOT IN (SELECT document_id FROM document_paths)
"""

MET = """
CREATE TEMP TABLE met AS SELECT DISTINCT meeting_id FROM meeting_statements SEMI JOIN leaving USING (document_id)
"""

NOTHING = (
    "CREATE TEMP TABLE leaving (document_id VARCHAR)",
    "CREATE TEMP TABLE concerned (document_id VARCHAR)",
    "CREATE TEMP TABLE hashes_left (hash BIGINT, n BIGINT)",
    "CREATE TEMP TABLE met (meeting_id VARCHAR)",
    f"CREATE TEMP TABLE hidden_before AS {HIDDEN} LIMIT 0",
    f"CREATE TEMP TABLE replaced_before AS {versions.REPLACED} LIMIT 0",
)
"""What is noted in a file that is made anew."""
