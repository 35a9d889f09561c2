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
    connection.execute(f"CREATE OR REPLACE TEMP TABLE hashes_left AS SELECT hash, count(DISTINCT document_id) AS n "
                       f"FROM ({_drawn('SEMI JOIN leaving USING (document_id)')}) GROUP BY hash")
    connection.execute(CONCERNED)
    connection.execute("DELETE FROM text_pairs "
                       "WHERE one_document IN (FROM leaving) OR other_document IN (FROM leaving)")


def compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Find the pairs of sketches of the documents in `arrived` with each other and all others; those are added to
    `concerned`, with every document whose pairs changed."""
    connection.execute(ARRIVED)
    connection.execute("CREATE OR REPLACE TEMP TABLE sharing (hash BIGINT, sketch_id VARCHAR, document_id VARCHAR)")
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
    for table in ("hashes_left", "sharing", "turned", "changed"):
        connection.execute(f"DROP TABLE {table}")


def _meet(connection: duckdb.DuckDBPyConnection, which: str, everything: bool) -> None:
    """Count the hashes that came or went, note which have become common or have ceased to be, and who shares them."""
    if everything:
        among = ""
    else:
        among = "SEMI JOIN moved USING (hash) ANTI JOIN common_hashes USING (hash)"
        connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE moved AS SELECT hash, sum(n) AS n FROM (
                SELECT hash, count(DISTINCT document_id) AS n FROM ({_drawn('SEMI JOIN arrived USING (document_id)')})
                GROUP BY hash UNION ALL SELECT hash, -n FROM hashes_left
            ) WHERE {which} GROUP BY hash""")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT hash FROM ({_drawn()}) {among} WHERE {which} "
                       "GROUP BY hash HAVING count(*) > 1")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT hash, sketch_id, document_id FROM ({_drawn()}) "
                       "SEMI JOIN repeated USING (hash)")
    connection.execute("CREATE OR REPLACE TEMP TABLE holders AS SELECT hash, count(DISTINCT document_id) AS n "
                       "FROM held GROUP BY hash")
    if not everything:
        connection.execute(RECOUNTED)
    for statement in COUNTED:
        connection.execute(statement)
    for table in ("moved", "repeated", "held", "holders"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _turn(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the sketches in which a hash has become common or has ceased to be, and who shares their hashes."""
    (turned,) = connection.execute("SELECT count(*) FROM turned").fetchall()[0]
    if not turned:
        return
    connection.execute(f"INSERT INTO changed SELECT DISTINCT sketch_id, document_id FROM ({_drawn()}) "
                       "SEMI JOIN turned USING (hash) ANTI JOIN changed USING (sketch_id)")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE theirs AS
        SELECT DISTINCT hash FROM ({_drawn('SEMI JOIN changed USING (sketch_id)')})
        ANTI JOIN common_hashes USING (hash)""")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sharing AS SELECT hash, sketch_id, document_id "
                       f"FROM ({_drawn()}) SEMI JOIN theirs USING (hash)")
    connection.execute("DROP TABLE theirs")


def _drawn(among: str = "") -> str:
    """The SQL for the hashes of sketches, a row each."""
    return ("SELECT sketch_id, document_id, words < " f"{LONG} AS whole, unnest(shingles) AS hash "
            f"FROM text_sketches {among}")


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
    f"INSERT INTO sharing SELECT hash, sketch_id, document_id FROM held SEMI JOIN "
    f"(SELECT hash FROM holders WHERE n BETWEEN 2 AND {MANY}) USING (hash)",
)

PAIRS = f"""
INSERT INTO text_pairs
WITH kept AS (
    SELECT hash, sketch_id, document_id, hash % {ONE_IN} = 0 AS drawn, sketch_id IN ({CHANGED}) AS fresh FROM sharing
),
shared AS (
    SELECT least(a.sketch_id, b.sketch_id) AS one, greatest(a.sketch_id, b.sketch_id) AS other,
        count(*) AS fine, count(*) FILTER (a.drawn) AS coarse
    FROM kept a JOIN kept b ON a.hash = b.hash AND a.document_id <> b.document_id
        AND a.fresh AND (NOT b.fresh OR a.sketch_id < b.sketch_id)
    GROUP BY ALL HAVING count(*) >= {LEAST_SHARED}
),
sizes AS (
    SELECT sketch_id, any_value(document_id) AS document_id, any_value(whole) AS whole, count(*) AS fine,
        count(*) FILTER (hash % {ONE_IN} = 0) AS coarse
    FROM ({_drawn("WHERE sketch_id IN (SELECT one FROM shared UNION SELECT other FROM shared)")})
    ANTI JOIN common_hashes USING (hash) GROUP BY sketch_id
)
SELECT one, other, a.document_id, b.document_id, if(a.whole AND b.whole, a.fine, a.coarse),
    if(a.whole AND b.whole, b.fine, b.coarse), if(a.whole AND b.whole, s.fine, s.coarse) AS shared
FROM shared s JOIN sizes a ON a.sketch_id = one JOIN sizes b ON b.sketch_id = other
WHERE if(a.whole AND b.whole, s.fine, s.coarse) >= {LEAST_SHARED}
"""
