"""`search('home care')`: a table macro in the database file itself, over an inverted index in plain tables.

The index is SQL and nothing else, so that anybody's DuckDB client can search a published file without extensions.
A publication takes the passages of documents that changed out of it and adds those that came: rows are appended in
the order of their terms, so that a term is found by the least and greatest of each block of rows; after MOST_LAYERS
publications they are sorted into one again. What depends on all passages (in how many a term stands, their average
length) is in small tables. Ranking is BM25. Words count in any inflection
(Snowball's English stemmer, kept as a table of the forms that occur, since SQL has no stemmer), and a service is
found by any of the wordings that the taxonomy has for it, where the extraction found one of them in the text.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipeline import rules
from pipeline.store.schema import quoted
from pipeline.store.views import counted
from pipeline.wording import SILENT, stem

LETTER = r"[^\x00-@\[-`{-¿×÷\x{2000}-\x{2BFF}\x{3000}-\x{303F}\x{E000}-\x{F8FF}\x{FFF0}-\x{FFFF}]"
"""A letter of any script, as what is no sign: RE2 takes 6 ms to make a pattern of `\\p{L}`, and a question needs
several, but none to make this."""
TOKEN = rf"[0-9]+(?:[.,][0-9]+)*{LETTER}*|{LETTER}(?:{LETTER}|[0-9])*(?:'{LETTER}+)?"
"""A word: a number with its separators and unit ("1.2m"), or letters ("council's")."""
WORD = f"$word${TOKEN}$word$"
PASSAGE = 600
"""Characters of a page that make a passage, to the end of a line."""
WEIGHTS = "('decision', 1.3), ('proposal', 1.2), ('option', 1.2), ('item', 1.1), ('page', 1.0), ('figure', 0.8)"
"""What a match is worth by what it is in: what was decided comes before talk of the same."""
MARKER = 40
"""Characters of a line before a decision ("RESOLVED UNANIMOUSLY:") that need not be found by themselves."""
BEFORE, SNIPPET = 60, 240
"""Characters of a snippet before the first word found, and in all."""
MOST_LAYERS = 100
"""Publications that append to the index before it is sorted anew: each makes a search read one or two blocks more."""
SCOPED = ("pages", "resolutions", "agenda_items", "options_appraisals", "budget_figures", "budget_tables",
          "service_mentions")
"""The tables of which a view `scoped_…` shows the rows that are indexed now."""
BEST_FIRST = "score DESC, document_id, char_start, record, record_id"
MOST = 1000
"""So many of the best have a snippet: to cut a hundred thousand would take longer than to find them."""


def folded(text: str) -> str:
    """The SQL for `text` as its words are compared: without case, one kind of apostrophe."""
    return f"replace(lower({text}), '’', '''')"


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty index, and the macros."""
    for statement in (*EMPTY, FOUND, SEARCH, *COMMENTS):
        connection.execute(statement)


def remove(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the passages of the documents in the table `reindexed` out of the index."""
    connection.execute(LEAVING)
    (leaving,) = connection.execute("SELECT count(*) FROM passages_read").fetchall()[0]
    if leaving:
        connection.execute("CREATE TEMP TABLE counted AS SELECT term, -count(*) AS passages "
                           "FROM search_terms SEMI JOIN passages_read USING (passage) GROUP BY term")
        connection.execute(TOKENS)
        _count(connection, sign=-1)
        for table in ("search_passages", "search_postings", "search_terms"):
            connection.execute(f"DELETE FROM {table} WHERE passage IN (SELECT passage FROM passages_read)")
    _clear(connection)


def add(connection: duckdb.DuckDBPyConnection) -> None:
    """Index what the views `scoped_…` show : documents of which the index has nothing."""
    connection.execute(READ)
    connection.execute(TOKENS)
    _count(connection, sign=1)
    for statement in (
        PASSAGES, POSTINGS, "INSERT INTO search_postings FROM postings_now", TERMS_NOW,
        "INSERT INTO search_terms FROM terms_now",
        "CREATE TEMP TABLE counted AS SELECT term, count(*) AS passages FROM terms_now GROUP BY term",
    ):
        connection.execute(statement)
    _size(connection)
    _clear(connection)
    connection.execute("UPDATE search_extent SET layers = layers + 1")


def tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Sort all layers into one where there are too many."""
    (layers,) = connection.execute("SELECT layers FROM search_extent").fetchall()[0]
    if layers <= MOST_LAYERS:
        return
    for table, order in (("search_postings", "term, passage, place"), ("search_terms", "term, passage")):
        connection.execute(f"CREATE TEMP TABLE sorted AS FROM {table} ORDER BY {order}")
        connection.execute(f"TRUNCATE {table}")
        connection.execute(f"INSERT INTO {table} FROM sorted")
        connection.execute("DROP TABLE sorted")
    connection.execute("UPDATE search_extent SET layers = 1")


def _count(connection: duckdb.DuckDBPyConnection, sign: int) -> None:
    """Count the words of the table `tokens` in or out: `search_words` holds those that occur, and the taxonomy's."""
    wordings = [
        (entry["id"], wording)
        for entry in rules.load("services")
        for wording in (entry["name"], *entry.get("synonyms", ()), *entry.get("abbreviations", ()))
    ] + [(entry["id"], wording) for entry in rules.load("services_welsh") for wording in entry["wordings"]]
    connection.register("taxonomy", pa.table({
        "service_id": [service for service, _ in wordings], "wording": [wording for _, wording in wordings],
    }))
    connection.execute(TALLIED, [sign])
    words = [word for (word,) in connection.execute(UNKNOWN).fetchall()]
    connection.register("stems", pa.table({"word": pa.array(words, pa.string()),
                                           "stem": pa.array(_stems(words), pa.string())}))
    for statement in (WORDS, "TRUNCATE search_words", "INSERT INTO search_words FROM words_now ORDER BY word", WORDINGS,
                      "DROP TABLE words_now", "DROP TABLE tallied"):
        connection.execute(statement)
    connection.unregister("stems")
    connection.unregister("taxonomy")
    (extent,) = connection.execute("SELECT coalesce(sum(len(words)), 0) FROM passages_read").fetchall()[0]
    connection.execute(
        "UPDATE search_extent SET words = words + $1 * $2, passages = passages + $1 * (SELECT count(*) "
        "FROM passages_read)", [sign, extent],
    )
    if sign < 0:
        _size(connection)


def _size(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the table `counted` to `search_sizes`."""
    for statement in (
        "CREATE TEMP TABLE sizes_now AS SELECT term, sum(passages)::INTEGER AS passages "
        "FROM (FROM search_sizes UNION ALL FROM counted) GROUP BY term HAVING sum(passages) > 0",
        "TRUNCATE search_sizes", "INSERT INTO search_sizes FROM sizes_now ORDER BY term", "DROP TABLE sizes_now",
    ):
        connection.execute(statement)


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("passages_read", "tokens", "counted", "postings_now", "terms_now"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _stems(words: list[str]) -> list[str | None]:
    """The stem of each word; None for those that do not count, though their places do, in a phrase."""
    return [None if word in SILENT else stem(word) for word in words]


# What stands on a page and is a decision or an option is found as that, not again as part of the page.
READ = f"""
CREATE TEMP TABLE passages_read AS
WITH lines AS (
    SELECT document_id, page, char_start + coalesce(sum(length(line) + 1) OVER (
        PARTITION BY document_id, page, char_start ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0)::BIGINT AS char_start, char_start AS page_start, line
    FROM (SELECT document_id, page, char_start, unnest(string_split(text, chr(10))) AS line,
              generate_subscripts(string_split(text, chr(10)), 1) AS n FROM scoped_pages)
),
told AS (
    SELECT document_id, char_start, char_end FROM scoped_resolutions
    UNION ALL
    SELECT document_id, o.char_start, o.char_end FROM options o JOIN scoped_options_appraisals USING (appraisal_id)
),
found AS (
    SELECT if(r.status = 'decided', 'decision', 'proposal') AS record, resolution_id AS record_id, r.document_id,
        r.page, r.char_start, r.char_end, concat_ws(chr(10), i.title, r.text) AS text
    FROM scoped_resolutions r LEFT JOIN scoped_agenda_items i USING (item_id)
    UNION ALL
    SELECT 'item', item_id, document_id, page, char_start, char_end, concat_ws(' ', number, title)
    FROM scoped_agenda_items
    UNION ALL
    SELECT 'option', option_id, a.document_id, o.page, o.char_start, o.char_end,
        concat_ws(chr(10), coalesce(a.subject, i.title), concat_ws(' ', o.label, o.text), o.reasons)
    FROM options o JOIN scoped_options_appraisals a USING (appraisal_id) LEFT JOIN scoped_agenda_items i USING (item_id)
    UNION ALL
    SELECT 'figure', arg_min(figure_id, f.char_start), f.document_id, min(f.page), min(f.char_start), max(f.char_end),
        concat_ws(chr(10), any_value(t.title), concat_ws(': ', f.row_label,
            string_agg(concat_ws(' ', f.column_label, f.raw), ', ' ORDER BY f.char_start)))
    FROM scoped_budget_figures f JOIN scoped_budget_tables t USING (table_id)
    WHERE f.row_label IS NOT NULL GROUP BY f.document_id, f.table_id, f.row_label
    UNION ALL
    SELECT 'page', concat_ws('/', l.document_id, l.page), l.document_id, l.page, min(l.char_start),
        max(l.char_start + length(line)), string_agg(line, chr(10) ORDER BY l.char_start)
    FROM lines l
    WHERE line <> '' AND NOT EXISTS (
        FROM told WHERE told.document_id = l.document_id
        AND l.char_start >= told.char_start - {MARKER} AND l.char_start + length(line) <= told.char_end + 1
    )
    GROUP BY l.document_id, l.page, l.page_start, (l.char_start - l.page_start) // {PASSAGE}
)
SELECT (coalesce((SELECT max(passage) FROM search_passages), 0)
        + row_number() OVER (ORDER BY found.document_id, found.char_start, record, record_id))::INTEGER AS passage,
    record, record_id, found.document_id, found.page, found.char_start, found.char_end,
    regexp_replace(found.text, '[ \\t]+', ' ', 'g') AS text,
    regexp_extract_all({folded("text")}, {WORD}) AS words
FROM found JOIN documents d USING (document_id) {counted("found")}
ORDER BY passage
"""

LEAVING = f"""
CREATE TEMP TABLE passages_read AS
SELECT *, regexp_extract_all({folded("text")}, {WORD}) AS words
FROM (SELECT * EXCLUDE words FROM search_passages SEMI JOIN reindexed USING (document_id)) ORDER BY passage
"""

PASSAGES = """
INSERT INTO search_passages SELECT * REPLACE (len(words)::INTEGER AS words) FROM passages_read ORDER BY passage
"""

# What stands between the words gives their offsets. The running sum needs no sorting because rows keep their order.
TOKENS = f"""
CREATE TEMP TABLE tokens AS
SELECT passage, place, spot, word FROM (
    SELECT passage, place::INTEGER AS place, word,
        (sum(length(gap) + coalesce(length(word), 0)) OVER (ROWS UNBOUNDED PRECEDING) - length(word) - before)::INTEGER
            AS spot
    FROM (
        SELECT passage, unnest(words) AS word, unnest(gaps) AS gap, generate_subscripts(gaps, 1) AS place, before
        FROM (
            SELECT passage, words, string_split_regex(folded, {WORD}) AS gaps,
                sum(length(folded)) OVER (ROWS UNBOUNDED PRECEDING) - length(folded) AS before
            FROM (SELECT *, {folded("text")} AS folded FROM passages_read)
        )
    )
) WHERE word IS NOT NULL
"""

TALLIED = f"""
CREATE TEMP TABLE tallied AS
SELECT word, sum(occurs)::BIGINT AS occurs FROM (
    SELECT word, occurs, false AS wording FROM search_words WHERE occurs > 0
    UNION ALL
    SELECT word, $1 * count(*), false FROM tokens GROUP BY word
    UNION ALL
    SELECT unnest(regexp_extract_all({folded("wording")}, {WORD})), 0, true FROM taxonomy
) GROUP BY word HAVING sum(occurs) > 0 OR bool_or(wording)
"""

UNKNOWN = "SELECT word FROM tallied ANTI JOIN (FROM search_words WHERE occurs > 0) USING (word) ORDER BY word"

# A stem ("polici") is among the words even where it is none: a word that is asked for in a form that stands nowhere
# is tried without its ending. A stem keeps its number, since postings name it.
WORDS = """
CREATE TEMP TABLE words_now AS
WITH told AS (
    SELECT word, stem, occurs
    FROM tallied JOIN (SELECT word, stem FROM search_words WHERE occurs > 0 UNION ALL FROM stems) USING (word)
),
known AS (
    FROM told UNION ALL
    SELECT DISTINCT stem, stem, 0 FROM told WHERE stem IS NOT NULL AND stem NOT IN (SELECT word FROM told)
),
numbered AS (
    SELECT stem, coalesce(term, (SELECT coalesce(max(term), 0) FROM search_words)
        + row_number() OVER (PARTITION BY term IS NULL ORDER BY stem))::INTEGER AS term
    FROM (SELECT DISTINCT stem FROM known WHERE stem IS NOT NULL)
    LEFT JOIN (SELECT DISTINCT stem, term FROM search_words WHERE stem IS NOT NULL) USING (stem)
)
SELECT word, stem, term, occurs FROM known LEFT JOIN numbered USING (stem)
"""

# A service's own terms are numbered below zero; a silent word is 0 ("care at home" is not "care home").
WORDINGS = f"""
INSERT INTO search_wordings
SELECT DISTINCT ' ' || terms || ' ' AS terms,
    service_id, -dense_rank() OVER (ORDER BY service_id)::INTEGER AS term
FROM (
    SELECT service_id, wording, string_agg(coalesce(w.term, 0), ' ' ORDER BY n) AS terms
    FROM (SELECT service_id, wording, unnest(cut) AS word, generate_subscripts(cut, 1) AS n
          FROM (SELECT *, regexp_extract_all({folded("wording")}, {WORD}) AS cut FROM taxonomy))
    JOIN search_words w USING (word) GROUP BY ALL
) WHERE NOT EXISTS (FROM search_wordings) ORDER BY service_id, terms
"""

# A service named in the title of an item is named for its decisions too: their passages begin with that title.
POSTINGS = """
CREATE TEMP TABLE postings_now AS
WITH services AS (SELECT DISTINCT service_id, term FROM search_wordings),
named AS (
    SELECT s.term, p.passage, m.char_start, instr(lower(p.text), lower(m.raw)) AS spot
    FROM scoped_service_mentions m JOIN services s USING (service_id)
    JOIN passages_read p
        ON p.document_id = m.document_id AND m.char_start >= p.char_start AND m.char_end <= p.char_end
    UNION ALL
    SELECT s.term, p.passage, m.char_start, instr(lower(p.text), lower(m.raw))
    FROM scoped_service_mentions m JOIN services s USING (service_id)
    JOIN scoped_agenda_items i
        ON i.item_id = m.item_id AND m.char_start >= i.char_start AND m.char_end <= i.char_end
    JOIN scoped_resolutions r ON r.item_id = i.item_id JOIN passages_read p ON p.record_id = r.resolution_id
)
SELECT w.term, passage, place, spot FROM tokens JOIN search_words w USING (word) WHERE w.term IS NOT NULL
UNION ALL
SELECT DISTINCT ON (term, passage, char_start) term, passage, NULL, (spot - 1)::INTEGER FROM named WHERE spot > 0
ORDER BY term, passage, place
"""

# The number of words and the weight of a passage stand beside each of its terms, since to fetch them from millions of
# passages would take longer than all the rest of a search.
TERMS_NOW = f"""
CREATE TEMP TABLE terms_now AS
SELECT term, passage, tf, spot, words, weight FROM (
    SELECT term, passage, count(*)::INTEGER AS tf, min(spot) AS spot FROM postings_now GROUP BY term, passage
) JOIN (
    SELECT passage, len(words)::INTEGER AS words, weight::FLOAT AS weight
    FROM passages_read JOIN (VALUES {WEIGHTS}) AS t(record, weight) USING (record)
) USING (passage)
ORDER BY term, passage
"""

EMPTY = (
    """CREATE TABLE search_passages (passage INTEGER, record VARCHAR, record_id VARCHAR, document_id VARCHAR,
    page BIGINT, char_start BIGINT, char_end BIGINT, text VARCHAR, words INTEGER)""",
    "CREATE TABLE search_words (word VARCHAR, stem VARCHAR, term INTEGER, occurs BIGINT)",
    "CREATE TABLE search_wordings (terms VARCHAR, service_id VARCHAR, term INTEGER)",
    "CREATE TABLE search_postings (term INTEGER, passage INTEGER, place INTEGER, spot INTEGER)",
    "CREATE TABLE search_terms (term INTEGER, passage INTEGER, tf INTEGER, spot INTEGER, words INTEGER, weight FLOAT)",
    "CREATE TABLE search_sizes (term INTEGER, passages INTEGER)",
    "CREATE TABLE search_extent AS SELECT 0::BIGINT AS passages, 0::BIGINT AS words, 0::BIGINT AS layers",
)


def _hits(units: str, among: str = "true") -> str:
    """The SQL for where units of a question are found: how often in each passage, and where first. A unit that is one
    term alone (most are) is so counted already."""
    return f"""
    SELECT unit, passage, tf, spot, words, weight FROM single JOIN search_terms USING (term)
    WHERE alone AND {units} AND {among}
    UNION ALL
    SELECT unit, passage, sum(tf), min(spot), any_value(words), any_value(weight) FROM (
        SELECT unit, passage, tf, spot, words, weight FROM single JOIN search_terms USING (term)
        WHERE NOT alone AND {units} AND {among}
        UNION ALL
        SELECT unit, passage, f.tf, f.spot, words, weight FROM (
            SELECT unit, passage, lead AS term, count(*) AS tf, min(spot) AS spot FROM (
                SELECT t.unit, t.lead, p.passage, min(p.spot) AS spot
                FROM phrases t JOIN search_postings p USING (term) WHERE {units} AND {among}
                GROUP BY t.unit, t.lead, t.need, p.passage, p.place - t.place HAVING count(DISTINCT t.place) = t.need
            ) GROUP BY unit, passage, lead
        ) f JOIN search_terms USING (term, passage)
    ) GROUP BY unit, passage
    """


# Word by word: what is asked in quotation marks is one unit, every other word is a unit of its own. A unit is found
# where its words stand one behind the other, or, without quotation marks, where the service is named that it is part
# of in the question. Where every unit must be found, the rarest is looked up first and the others only among its
# passages. A unit's idf is that of its commonest reading, which is known without looking any up; the length of a
# passage counts as BM25 has it (k 1.2, b 0.4).
FOUND = rf"""
CREATE MACRO search_found(query, every := true) AS TABLE
WITH asked AS (
    SELECT unnest(parts) AS part, generate_subscripts(parts, 1) AS unit
    FROM (SELECT regexp_extract_all(
        regexp_replace({folded("query")}, '(^|\s)-', '\1¬', 'g'),
        $re$¬?"[^"]*"|¬?(?:{TOKEN})(?:-(?:{TOKEN}))*$re$) AS parts)
),
spoken AS (
    SELECT unit, starts_with(part, '¬') AS barred, contains(part, '"') AS quoted, unnest(cut) AS word
    FROM (SELECT *, regexp_extract_all(part, {WORD}) AS cut FROM asked ORDER BY unit)
),
guessed AS (
    SELECT word, unnest([word, regexp_replace(word, 'y$', 'i'), regexp_replace(word, '(ies|ied)$', 'i'),
        regexp_replace(word, '(s|ed|ing)$', ''), regexp_replace(word, '(es|ings|er|ers|''s)$', ''),
        regexp_replace(word, '(ed|ing|es)$', 'e'), word || 's', word || 'es', word || 'ed', word || 'ing', word || 'e'
        ]) AS form, unnest(range(11)) AS rank
    FROM (SELECT DISTINCT word FROM spoken)
),
known AS (
    SELECT g.word, arg_min(w.term, rank) AS term,
        coalesce(arg_min(w.term IS NULL, rank) FILTER (w.word IS NOT NULL), false) AS silent
    FROM guessed g LEFT JOIN search_words w ON w.word = g.form GROUP BY g.word
),
sought AS (
    SELECT unit, barred, quoted, place, term, silent
    FROM (SELECT *, row_number() OVER () AS place FROM spoken) JOIN known USING (word)
),
plain AS (
    SELECT unit, length(string_agg(code, ' ') OVER (ORDER BY place)) - length(code) AS spot,
        ' ' || string_agg(code, ' ') OVER (ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        || ' ' AS line
    FROM (SELECT unit, place, if(silent, '0', coalesce(term::VARCHAR, '?')) AS code FROM sought
          WHERE NOT quoted AND NOT barred)
),
wordings AS (
    SELECT w.term, spot, spot + length(terms) - 2 AS until
    FROM (SELECT term, terms, instr(line, terms) - 1 AS spot
          FROM search_wordings JOIN (SELECT DISTINCT line FROM plain) ON contains(line, terms)) w
),
named AS (
    SELECT p.unit, min(p.unit) OVER (PARTITION BY w.term, w.spot) AS whole, w.term
    FROM wordings w JOIN plain p ON p.spot >= w.spot AND p.spot <= w.until
    WHERE NOT EXISTS (
        FROM wordings o WHERE o.spot <= w.until AND o.until >= w.spot
        AND (o.until - o.spot > w.until - w.spot OR (o.until - o.spot = w.until - w.spot AND o.spot < w.spot))
    )
),
parts AS (
    SELECT coalesce(n.whole, s.unit) AS unit, barred, place, s.term,
        count(*) OVER (PARTITION BY coalesce(n.whole, s.unit)) AS need,
        first_value(s.term) OVER (PARTITION BY coalesce(n.whole, s.unit) ORDER BY place) AS lead
    FROM sought s LEFT JOIN (SELECT DISTINCT unit, whole FROM named) n USING (unit) WHERE NOT silent
),
readings AS (
    SELECT unit, term FROM parts WHERE need = 1 AND term IS NOT NULL
    UNION
    SELECT whole, term FROM named
),
sized AS (
    SELECT unit, bool_or(barred) AS barred, max(df) AS df FROM (
        SELECT unit, barred, min(coalesce(passages, 0)) AS df
        FROM parts LEFT JOIN search_sizes USING (term) GROUP BY unit, barred
        UNION ALL
        SELECT unit, false, passages FROM readings JOIN search_sizes USING (term)
    ) GROUP BY unit
),
units AS (
    SELECT unit, every AND row_number() OVER (ORDER BY barred, df, unit) = 1 AS rarest,
        if(barred, -1000, 1) AS share,
        if(barred, 0, 2.2 * ln(1 + (passages - df + 0.5) / (df + 0.5)))::FLOAT AS idf, words / passages AS mean
    FROM sized CROSS JOIN search_extent
),
single AS (
    SELECT unit, term, rarest,
        count(*) OVER (PARTITION BY unit) = 1 AND unit NOT IN (SELECT unit FROM parts WHERE need > 1) AS alone
    FROM readings JOIN units USING (unit)
),
phrases AS (SELECT unit, place, term, need, lead, rarest FROM parts JOIN units USING (unit) WHERE need > 1),
few AS MATERIALIZED ({_hits("rarest")}),
hits AS (
    FROM few UNION ALL {_hits("NOT rarest", "(NOT every OR passage IN (SELECT passage FROM few))")}
),
ranked AS (
    SELECT passage, min(spot) AS spot, sum(share) AS found, any_value(weight)
            * sum(idf * tf / (tf + (1.2 * (0.6 + 0.4 * hits.words / mean))::FLOAT)) AS score
    FROM hits JOIN units USING (unit) GROUP BY passage
)
SELECT passage, spot, round(score, 4) AS score FROM ranked
WHERE found > 0 AND (NOT every OR found = (SELECT sum(share) FROM units WHERE share > 0))
"""

SEARCH = f"""
CREATE MACRO search(query, every := true) AS TABLE
WITH answers AS MATERIALIZED (FROM search_found(query, every := every)),
placed AS MATERIALIZED (
    SELECT passage, a.score, a.spot, p.record, p.record_id, p.document_id, p.page, p.char_start, p.char_end
    FROM answers a JOIN search_passages p USING (passage)
),
snippets AS (
    SELECT passage, concat(if(spot > {BEFORE}, '… ', ''),
        replace(trim(substr(text, greatest(spot - {BEFORE} + 1, 1), {SNIPPET})), chr(10), ' · '),
        if(length(text) > greatest(spot - {BEFORE}, 0) + {SNIPPET}, ' …', '')) AS snippet
    FROM (SELECT passage, spot FROM placed ORDER BY {BEST_FIRST} LIMIT {MOST})
    JOIN search_passages USING (passage)
)
SELECT p.record, p.record_id, score, co.name AS council, m.body, m.held_on,
    coalesce(d.title, regexp_extract(d.path, '[^/]*$')) AS document, p.page, snippet, p.document_id, d.meeting_id,
    d.council_id, p.char_start, p.char_end
FROM placed p JOIN documents d USING (document_id) LEFT JOIN snippets s ON s.passage = p.passage
LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils co ON co.council_id = d.council_id
ORDER BY {BEST_FIRST}
"""
ABOUT = (
    "Passages that have all of the words asked for, best first: search('home care'), "
    "search('\"home care\" tender -respite'), search('buses trams', every := false) for any of the words. "
    "Words count in every inflection, services by every name in the taxonomy unless in quotation marks."
)
RESULT = {
    "record": "What was found: decision, proposal, option, item (of an agenda), figure (a row of a table) or page.",
    "record_id": "Its id: resolution_id, option_id, item_id, figure_id of the row's first, or document_id/page.",
    "score": "How well it matches (BM25, weighed by what it is); comparable within one search alone.",
    "council": "Short name of the authority.",
    "body": "The committee, board or cabinet.",
    "held_on": "Day of the meeting.",
    "document": "Title of the document, or its file's name.",
    "page": "Page on which it begins, from 1; NULL for formats without pages.",
    "snippet": f"Words around the first that matches, · for a new line; of the best {MOST:,} alone.",
    "document_id": "The document's id.",
    "meeting_id": "The meeting's id.",
    "council_id": "The authority's id.",
    "char_start": "Offset of its first character in the document's text.",
    "char_end": "Offset after its last character.",
}
"""The columns of what `search` returns."""
_TABLES = {
    "search_passages": "What `search` looks through: the passages, with the number of words in each.",
    "search_words": "The words that occur, how often, their stems, and the number that stands for each in all its "
                    "inflections.",
    "search_wordings": "The wordings of services, as numbers of words, and the number that stands for the service.",
    "search_postings": "Where each word and each service stands: passage, place among its words, offset.",
    "search_terms": "How often each stands in a passage, and where first; how many words the passage has, and what it "
                    "is worth for its sort of record.",
    "search_sizes": "In how many passages each stands.",
    "search_extent": "How many passages there are, how many words they have, and how many publications appended rows.",
}
COMMENTS = (
    f"COMMENT ON MACRO TABLE search IS {quoted(ABOUT)}",
    f"COMMENT ON MACRO TABLE search_found IS {quoted('The passages that search finds, by number, with their scores.')}",
    *(f"COMMENT ON TABLE {name} IS {quoted(text)}" for name, text in _TABLES.items()),
)
