"""What can be searched, a row each: made in memory when a database is opened, so that filters and counts are quick.

A row is a decision, a proposal, a figure or an option, with what the filters ask about. `n` numbers the rows, `place`
is the rowid of the record in its own table and the other places are those of what it belongs to, by which they are
found at once among millions (by an id they would all be looked through), and `passage` is what search calls it.
`listing_services` tells the services that a row is about: named in its own words, or else in its agenda item.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.store.views import counted


@dataclass(frozen=True)
class Sort:
    """A sort of record that can be searched: its key in addresses, its names for the eye, its table and its id."""

    key: str
    name: str
    plural: str
    table: str
    id: str
    kind: str
    """The expression of what tells its rows apart: the deciding word, the measure, the fate of an option."""
    kinds: str
    """What the filter by that is called."""
    condition: str = "true"
    owner: str = ""
    """The table through which it belongs to a document, where it has no document of its own."""

    def named(self, n: int) -> str:
        """What `n` of them are called."""
        return self.name if n == 1 else f"{self.name}s"


SORTS = {
    sort.key: sort
    for sort in (
        Sort("decision", "decision", "Decisions", "resolutions", "resolution_id", "x.kind", "Decided by the word",
             "x.status = 'decided'"),
        Sort("proposal", "proposal", "Proposals", "resolutions", "resolution_id", "x.kind", "Proposed by the word",
             "x.status = 'proposed'"),
        Sort("figure", "figure", "Money", "budget_figures", "figure_id", "x.measure", "What it measures"),
        Sort("option", "option", "Options", "options", "option_id", "x.status", "What became of it",
             owner="JOIN options_appraisals o USING (appraisal_id)"),
    )
}


def _rows(sort: Sort) -> str:
    item = "o.item_id" if sort.owner else "x.item_id"
    document = "o.document_id" if sort.owner else "x.document_id"
    amount, sums = "u.amount", "LEFT JOIN memory.main.sums u ON u.record_id = x." + sort.id
    if sort.key == "figure":
        amount, sums = "CASE WHEN x.unit = 'GBP' THEN x.amount END", ""
    return f"""
    SELECT x.{sort.id} AS record_id, x.rowid AS place, '{sort.key}' AS sort, {sort.kind} AS kind, d.council_id,
        coalesce(c.name, c.official_name) AS council, m.body, m.held_on, year(m.held_on) AS year,
        {document} AS document_id, d.rowid AS document_place, m.rowid AS meeting_place, i.rowid AS item_place,
        x.char_start, x.char_end, {amount} AS amount, x.confidence
    FROM {sort.table} x {sort.owner} JOIN documents d ON d.document_id = {document}
    LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id
    LEFT JOIN agenda_items i ON i.item_id = {item} {sums}
    {counted("x")} WHERE {sort.condition}
    """


FOUND_BY = (
    ("resolutions", "resolution_id"), ("resolution_clauses", "resolution_id"), ("budget_figures", "figure_id"),
    ("options", "option_id"), ("agenda_items", "item_id"), ("documents", "document_id"), ("evidence", "record_id"),
    ("outcomes", "proposal_id"), ("outcomes", "decision_id"), ("returns", "resolution_id"),
)
"""Ids by which a record's page looks up single rows. The rows of each are kept by a hash of the id, in its order:
DuckDB skips what it need not read of numbers in order, and of strings it reads all."""


def by_id(table: str, column: str, value: str) -> str:
    """The SQL condition that a column has the value, quick to answer for those of FOUND_BY. `value` is a parameter,
    $1 for instance."""
    plain = f"{column} = {value}"
    if (table, column) not in FOUND_BY:
        return plain
    return f"rowid IN (SELECT place FROM memory.main.{table}_by_{column} WHERE mark = hash({value})) AND {plain}"


LISTING = (
    "USE papers",
    # The largest sum in the words of a decision or an option: "decisions of more than so much".
    """
    CREATE TABLE memory.main.sums AS
    SELECT l.record_id, max(f.amount) AS amount
    FROM (
        SELECT resolution_id AS record_id, document_id, char_start, char_end FROM resolutions
        UNION ALL
        SELECT option_id, a.document_id, o.char_start, o.char_end
        FROM options o JOIN options_appraisals a USING (appraisal_id)
    ) l
    JOIN budget_figures f
      ON f.document_id = l.document_id AND f.char_start >= l.char_start AND f.char_end <= l.char_end
    WHERE f.unit = 'GBP' GROUP BY l.record_id
    """,
    "CREATE TABLE memory.main.listing AS SELECT row_number() OVER ()::INTEGER AS n, * FROM ("
    "SELECT l.*, p.passage FROM (" + " UNION ALL ".join(_rows(s) for s in SORTS.values())
    + ") l LEFT JOIN search_passages p USING (record_id) "
    "ORDER BY sort, held_on DESC NULLS LAST, l.document_id, l.char_start)",
    "DROP TABLE memory.main.sums",
    "CREATE TABLE memory.main.listing_ids AS SELECT hash(record_id) AS mark, n FROM memory.main.listing ORDER BY mark",
    *(f"CREATE TABLE memory.main.{table}_by_{column} AS SELECT hash({column}) AS mark, rowid AS place FROM {table} "
      "ORDER BY mark" for table, column in FOUND_BY),
    """
    CREATE TABLE memory.main.listing_services AS
    WITH inside AS (
        SELECT DISTINCT l.n, s.service_id FROM memory.main.listing l JOIN service_mentions s
          ON s.document_id = l.document_id AND s.char_start >= l.char_start AND s.char_end <= l.char_end
        WHERE l.sort <> 'figure'
        UNION
        SELECT l.n, f.service_id FROM memory.main.listing l JOIN budget_figures f ON f.rowid = l.place
        WHERE l.sort = 'figure' AND f.service_id IS NOT NULL
    )
    SELECT * FROM inside
    UNION
    SELECT l.n, s.service_id FROM memory.main.listing l JOIN agenda_items i ON i.rowid = l.item_place
    JOIN service_mentions s USING (item_id) WHERE l.sort <> 'figure' AND l.n NOT IN (SELECT n FROM inside)
    """,
)
