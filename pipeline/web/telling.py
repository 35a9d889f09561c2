"""Records told for the eye: the rows behind a list of results, sentences, citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from pipeline.web.listing import SORTS, Sort
from pipeline.web.snapshot import Row, Snapshot

QUOTED = 90
"""Characters of a record's words that a citation repeats."""

NAMED_BY_MEETING = ("minutes", "agenda", "pack")

VERBS = {"lost": "voted down", "other": "decided", "ordered": "ordered", "moved": "moved"}
"""What a body did, where the kind of the decision is not the word itself."""

SOURCES = {
    "appraisal_id": "SELECT appraisal_id, item_id, subject FROM options_appraisals WHERE appraisal_id IN ({})",
    "document_place": """
        SELECT rowid AS document_place, document_id, council_id, meeting_id,
            coalesce(title, regexp_extract(path, '[^/]*$')) AS document, kind AS document_kind, source_url, path
        FROM documents WHERE rowid IN ({})""",
    "meeting_place": "SELECT rowid AS meeting_place, body, held_on FROM meetings WHERE rowid IN ({})",
    "council_id": "SELECT council_id, coalesce(name, official_name) AS council, official_name FROM councils "
                  "WHERE council_id IN ({})",
    "item_place": "SELECT rowid AS item_place, number AS item, title AS item_title FROM agenda_items "
                  "WHERE rowid IN ({})",
    "service_id": "SELECT service_id, name AS service_name FROM services WHERE service_id IN ({})",
    "table_id": "SELECT table_id, title AS table_title FROM budget_tables WHERE table_id IN ({})",
}
"""What a record's own row points to, by the column that points. Asked for by place, or by id where there are few, and
put together here: as joins, tables of a million rows would be hashed to find twenty."""
ADDED = {
    "appraisal_id": ("item_id", "subject"),
    "document_place": ("document_id", "council_id", "meeting_id", "document", "document_kind", "source_url", "path"),
    "meeting_place": ("body", "held_on"), "council_id": ("council", "official_name"),
    "item_place": ("item", "item_title"), "service_id": ("service_name",), "table_id": ("table_title",),
}
"""What each of them adds to a record, in an order in which what points is there before it is followed."""


def records(snapshot: Snapshot, sort: Sort, numbers: Sequence[int]) -> list[Row]:
    """The records with those numbers in the listing, in that order, each with where it comes from."""
    if not numbers:
        return []
    listed = _by(snapshot, "SELECT n, place, document_place, meeting_place, item_place FROM memory.listing "
                           "WHERE n IN ({})", numbers)
    rows = {row["place"]: row for row in _by(
        snapshot, f"SELECT *, rowid AS place FROM {sort.table} WHERE rowid IN ({{}})", [r["place"] for r in listed])}
    at = {row["n"]: row for row in listed}
    found = [{**rows[at[n]["place"]], **at[n], "sort": sort.key} for n in numbers]
    for pointer, added in ADDED.items():
        wanted = sorted({row[pointer] for row in found if row.get(pointer) is not None})
        known = {row[pointer]: row for row in _by(snapshot, SOURCES[pointer], wanted)}
        for row in found:
            if pointer in row:
                source = known.get(row[pointer], {})
                row.update({name: source.get(name) for name in added})
    for row in found:
        row["record_id"], row["document"] = row[sort.id], _document_name(row)
    return found


def _document_name(row: Row) -> str:
    """What to call a document. Minutes and agendas mostly begin with the authority's name or "Agenda", by which nobody
    would find them again: they are called after their meeting."""
    if row["document_kind"] in NAMED_BY_MEETING and row["body"] and row["held_on"]:
        return f"{str(row['document_kind']).capitalize()} of {row['body']}, {day(row['held_on'])}"
    return str(row["document"])


def _by(snapshot: Snapshot, sql: str, keys: Sequence[object]) -> list[Row]:
    """The rows with those keys, of which a list is joined: DuckDB reads less for a join than for a list in itself."""
    return snapshot.ask(sql.format("SELECT unnest(?)"), tuple(keys)) if keys else []


def placed(snapshot: Snapshot, record_id: str) -> tuple[Sort, int] | None:
    """The sort and the number in the listing of the record with that id; None where nothing that can be searched has
    it."""
    row = snapshot.one(
        "SELECT n, sort FROM memory.listing WHERE record_id = ? AND n IN "
        "(SELECT n FROM memory.listing_ids WHERE mark = hash(?))", record_id, record_id,
    )
    return (SORTS[row["sort"]], row["n"]) if row else None


def verb(kind: str | None) -> str:
    """What a body did when it decided: resolved, noted, voted down."""
    return VERBS.get(kind or "", kind or "decided")


def day(value: date | None) -> str:
    """A day as people write it: 12 March 2024."""
    return f"{value.day} {value:%B %Y}" if value else "undated"


def money(amount: Decimal | None, unit: str | None = "GBP") -> str:
    """An amount as people write it: £25,000, £9.50, 3.99%."""
    if amount is None:
        return ""
    size = abs(amount)
    digits = f"{size:,.0f}" if size == size.to_integral_value() else f"{size:,.2f}"
    sign = "−" if amount < 0 else ""
    return f"{sign}{digits}%" if unit == "percent" else f"{sign}£{digits}"


def vote(row: Row) -> str:
    """How the vote went, where the text tells: "7 votes to 2, 1 abstained"."""
    if row["unanimous"]:
        return "unanimously"
    counts = [row["vote_for"], row["vote_against"]]
    told = f"{counts[0]} for, {counts[1]} against" if None not in counts else ""
    if not told and counts != [None, None]:
        told = f"{counts[0]} for" if counts[0] is not None else f"{counts[1]} against"
    if row["vote_abstain"]:
        told += f"{', ' if told else ''}{row['vote_abstain']} abstained"
    return told


def citation(row: Row, address: str) -> str:
    """How to cite a record: who, where, when, which item, its words, the page, and the stable address."""
    words = " ".join(str(row.get("text") or row.get("raw")).split())
    if len(words) > QUOTED:
        words = words[:QUOTED].rsplit(" ", 1)[0] + " …"
    item = " ".join(str(part) for part in (row["item"], row["item_title"]) if part)
    parts = [row["official_name"] or row["council"], row["body"], day(row["held_on"]) if row["held_on"] else None,
             f"item {item}" if item else None, f"“{words}”", f"{row['document']}",
             f"p. {row['page']}" if row["page"] else None, row["source_url"] or Path(row["path"]).name]
    return ", ".join(str(part) for part in parts if part) + f". {address}"


def shortened(text: str, most: int) -> str:
    """The text in one line, cut at a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def marked(text: str, stems: frozenset[str]) -> Markup:
    """The text, escaped, with each word that has one of those stems marked."""
    if not stems:
        return escape(text)
    pieces = re.split(r"(\w+)", text)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if n % 2 and _stem(piece.casefold()) in stems else escape(piece)
        for n, piece in enumerate(pieces)
    )


def stems_of(question: str) -> frozenset[str]:
    """The stems of the words of a question."""
    return frozenset(_stem(word) for word in re.findall(r"\w+", question.casefold()))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """An English word without its ending. Snowball's stemmers keep a state, so that each word has one of its own: pages
    are made in several threads."""
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))
