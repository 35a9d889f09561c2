"""Which texts share how many runs of words, kept up as documents come and go.

Sketches are joined by the hashes that they share, those left out that many texts have (forms, standing orders), so
that the cost grows with the texts and not with their pairs. A publication looks only for the hashes of sketches that
came or went: `common_hashes` remembers which are left out, `text_pairs` what was found. A hash that many texts come to
have, or cease to, changes all pairs of the sketches that have it, which are then compared anew.
"""

from __future__ import annotations

import duckdb

LEAST_SHARED = 6
"""So many shared hashes tell a text (of a long one some fifty words); fewer are chance."""
MANY = 40
"""A hash that more documents have tells none from another."""
LONG, ONE_IN = 1000, 8
"""Of texts with so many words or more, one hash in so many was drawn (`text_sketches`)."""
AT_ONCE = 40_000_000
"""So many hashes are held against each other at once, which is what fits into memory."""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables."""
    for statement in EMPTY:
        connection.execute(statement)


def leave(connection: duckdb.DuckDBPyConnection) -> None:
    """Note what the documents in the table `leaving` had, before their rows are deleted.

    The table `concerned` is made anew: documents that shared much with one of them.
    """
    connection.execute(NUMBERED)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE hashes_left AS SELECT hash, count(DISTINCT document) AS n "
                       f"FROM ({_drawn('document_id IN (FROM leaving)')}) GROUP BY hash")
    connection.execute(CONCERNED)
    connection.execute("DELETE FROM text_pairs "
                       "WHERE one_document IN (FROM leaving) OR other_document IN (FROM leaving)")


def compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Find the pairs of sketches of the documents in `arrived` with each other and all others; those are added to
    `concerned`, with every document whose pairs changed."""
    connection.execute(ARRIVED)
    connection.execute(NUMBERED)
    connection.execute("CREATE OR REPLACE TEMP TABLE sharing (hash BIGINT, sketch BIGINT, document BIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE turned (hash BIGINT)")
    (everything,) = connection.execute("SELECT count(*) = 0 FROM text_sketches ANTI JOIN arrived "
                                       "USING (document_id)").fetchall()[0]
    (size,) = connection.execute("SELECT coalesce(sum(len(shingles)), 0) FROM text_sketches "
                                 "SEMI JOIN arrived USING (document_id)").fetchall()[0]
    pieces = int(size) // AT_ONCE + 1
    for piece in range(pieces):
        _meet(connection, f"hash % {pieces} = {piece}" if pieces > 1 else "true", everything)
    if not everything:
        _turn(connection)
    connection.execute(f"DELETE FROM text_pairs WHERE one IN ({CHANGED}) OR other IN ({CHANGED})")
    connection.execute(PAIRS)
    connection.execute("INSERT INTO concerned SELECT document_id FROM (SELECT document_id FROM arrived UNION "
                       "SELECT document_id FROM changed) ANTI JOIN concerned USING (document_id)")
    for table in ("hashes_left", "sharing", "turned", "changed", "numbered"):
        connection.execute(f"DROP TABLE {table}")


def _meet(connection: duckdb.DuckDBPyConnection, which: str, everything: bool) -> None:
    """Count the hashes that came or went, note which have become common or have ceased to be, and who shares them."""
    if everything:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE moved AS SELECT hash FROM ({_drawn()}) WHERE {which} "
                           "GROUP BY hash HAVING count(*) > 1")
    else:
        connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE moved AS SELECT hash, sum(n) AS n FROM (
                SELECT hash, count(DISTINCT document) AS n FROM ({_drawn('document_id IN (FROM arrived)')})
                GROUP BY hash UNION ALL SELECT hash, -n FROM hashes_left
            ) WHERE {which} GROUP BY hash""")
        connection.execute(RECOUNTED)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT hash, sketch, document FROM ({_drawn()}) "
                       f"SEMI JOIN (FROM moved ANTI JOIN common_hashes USING (hash)) USING (hash) WHERE {which}")
    connection.execute("CREATE OR REPLACE TEMP TABLE holders AS SELECT hash, count(DISTINCT document) AS n "
                       "FROM held GROUP BY hash")
    for statement in COUNTED:
        connection.execute(statement)
    for table in ("moved", "held", "holders"):
        connection.execute(f"DROP TABLE {table}")


def _turn(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the sketches in which a hash has become common or has ceased to be, and who shares their hashes."""
    (turned,) = connection.execute("SELECT count(*) FROM turned").fetchall()[0]
    if not turned:
        return
    connection.execute(f"INSERT INTO changed SELECT sketch_id, document_id FROM text_sketches WHERE rowid IN "
                       f"(SELECT sketch FROM ({_drawn()}) SEMI JOIN turned USING (hash)) "
                       f"AND sketch_id NOT IN ({CHANGED})")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE theirs AS SELECT DISTINCT hash
        FROM ({_drawn(f'sketch_id IN ({CHANGED})')}) ANTI JOIN common_hashes USING (hash)""")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sharing AS SELECT hash, sketch, document "
                       f"FROM ({_drawn()}) SEMI JOIN theirs USING (hash)")
    connection.execute("DROP TABLE theirs")


def _drawn(among: str = "true") -> str:
    """The SQL for the hashes of sketches, a row each, by the numbers of sketch and document."""
    return (f"SELECT t.rowid AS sketch, document, unnest(shingles) AS hash "
            f"FROM text_sketches t JOIN numbered ON sketch = t.rowid WHERE {among}")


EMPTY = (
    """CREATE TABLE text_pairs (one VARCHAR, other VARCHAR, one_document VARCHAR, other_document VARCHAR,
    of_one BIGINT, of_other BIGINT, shared BIGINT)""",
    "CREATE TABLE common_hashes (hash BIGINT, documents BIGINT)",
    "CREATE TABLE same_prints (document_id VARCHAR, supersedes VARCHAR)",
    "COMMENT ON TABLE text_pairs IS 'Sketches that share hashes that few texts have: how many each has, and how many "
    "are the same.'",
    "COMMENT ON TABLE common_hashes IS 'Hashes that so many documents have that they tell none from another.'",
    "COMMENT ON TABLE same_prints IS 'Documents and the print of the same text that each replaces.'",
)

CONCERNED = """
CREATE OR REPLACE TEMP TABLE concerned AS
SELECT DISTINCT document_id FROM (
    SELECT other_document AS document_id FROM text_pairs WHERE one_document IN (FROM leaving)
    UNION ALL
    SELECT one_document FROM text_pairs WHERE other_document IN (FROM leaving)
) ANTI JOIN leaving USING (document_id)
"""

# A sketch is called by its place in the table and a document by that of its first: names are most of a row of hashes.
NUMBERED = """
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT rowid AS sketch, min(rowid) OVER (PARTITION BY document_id) AS document FROM text_sketches
"""

ARRIVED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT sketch_id, document_id FROM text_sketches SEMI JOIN arrived USING (document_id)
"""
"""The sketches whose pairs are to be found."""
CHANGED = "SELECT sketch_id FROM changed"

RECOUNTED = """
UPDATE common_hashes SET documents = documents + moved.n FROM moved WHERE moved.hash = common_hashes.hash
"""
COUNTED = (
    f"INSERT INTO turned SELECT hash FROM common_hashes WHERE documents <= {MANY}",
    f"DELETE FROM common_hashes WHERE documents <= {MANY}",
    f"INSERT INTO turned SELECT hash FROM holders WHERE n > {MANY}",
    f"INSERT INTO common_hashes SELECT hash, n FROM holders WHERE n > {MANY}",
    f"INSERT INTO sharing SELECT hash, sketch, document FROM held SEMI JOIN "
    f"(SELECT hash FROM holders WHERE n BETWEEN 2 AND {MANY}) USING (hash)",
)

PAIRS = f"""
INSERT INTO text_pairs
WITH kept AS (
    SELECT hash, sketch, document, hash % {ONE_IN} = 0 AS drawn,
        sketch IN (SELECT rowid FROM text_sketches SEMI JOIN changed USING (sketch_id)) AS fresh FROM sharing
),
shared AS (
    SELECT a.sketch AS one, b.sketch AS other, count(*) AS fine, count(*) FILTER (a.drawn) AS coarse
    FROM kept a JOIN kept b ON a.hash = b.hash AND a.document <> b.document
        AND a.fresh AND (NOT b.fresh OR a.sketch < b.sketch)
    GROUP BY ALL HAVING count(*) >= {LEAST_SHARED}
),
counted AS (
    SELECT sketch, count(*) AS fine, count(*) FILTER (hash % {ONE_IN} = 0) AS coarse
    FROM ({_drawn("t.rowid IN (SELECT one FROM shared UNION SELECT other FROM shared)")})
    ANTI JOIN common_hashes USING (hash) GROUP BY sketch
),
sizes AS (
    SELECT sketch, sketch_id AS id, document_id AS document, words < {LONG} AS whole, fine, coarse
    FROM counted JOIN text_sketches t ON t.rowid = sketch
),
sized AS (
    SELECT if(a.id < b.id, a, b) AS a, if(a.id < b.id, b, a) AS b, a.whole AND b.whole AS whole,
        if(a.whole AND b.whole, s.fine, s.coarse) AS shared
    FROM shared s JOIN sizes a ON a.sketch = one JOIN sizes b ON b.sketch = other
)
SELECT a.id, b.id, a.document, b.document, if(whole, a.fine, a.coarse), if(whole, b.fine, b.coarse), shared
FROM sized WHERE shared >= {LEAST_SHARED}
"""
