"""Records told for the eye: the rows behind a list of results, sentences, citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from markupsafe import Markup, escape

from pipeline.web.listing import SORTS, Sort
from pipeline.web.snapshot import Row, Snapshot

QUOTED = 90
"""Characters of a record's words that a citation repeats."""

VERBS = {"lost": "voted down", "other": "decided", "ordered": "ordered", "moved": "moved"}
"""What a body did, where the kind of the decision is not the word itself."""

FROM = """
    JOIN documents d ON d.document_id = {document}
    LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id
    LEFT JOIN agenda_items i ON i.item_id = {item}
"""
COLUMNS = """
    coalesce(c.name, c.official_name) AS council, c.official_name, d.council_id, m.body, m.held_on, m.meeting_id,
    d.document_id, coalesce(d.title, regexp_extract(d.path, '[^/]*$')) AS document, d.kind AS document_kind,
    d.source_url, d.path, i.item_id, i.number AS item, i.title AS item_title
"""


def records(snapshot: Snapshot, sort: Sort, record_ids: Sequence[str]) -> list[Row]:
    """The records with those ids, in that order, each with where it comes from."""
    owner = "o." if sort.owner else "x."
    source = FROM.format(document=f"{owner}document_id", item=f"{owner}item_id")
    more = ", o.subject" if sort.owner else ""
    if sort.key == "figure":
        more += ", coalesce(s.name, x.service) AS service_name, t.title AS table_title"
        source += (" LEFT JOIN services s ON s.service_id = x.service_id"
                   " LEFT JOIN budget_tables t ON t.table_id = x.table_id")
    rows = snapshot.ask(
        f"SELECT x.*, x.{sort.id} AS record_id, '{sort.key}' AS sort, {COLUMNS}{more} "
        f"FROM {sort.table} x {sort.owner} {source} "
        f"WHERE x.{sort.id} IN (SELECT unnest(CAST(? AS VARCHAR[])))", tuple(record_ids),
    )
    by_id = {row["record_id"]: row for row in rows}
    return [by_id[record_id] for record_id in record_ids if record_id in by_id]


def sort_of(snapshot: Snapshot, record_id: str) -> Sort | None:
    """The sort of the record with that id; None where there is no such record among what can be searched."""
    row = snapshot.one("SELECT sort FROM memory.listing WHERE record_id = ?", record_id)
    return SORTS[row["sort"]] if row else None


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
    stem = _stemmer()
    pieces = re.split(r"(\w+)", text)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if n % 2 and stem(piece.casefold()) in stems else escape(piece)
        for n, piece in enumerate(pieces)
    )


def stems_of(question: str) -> frozenset[str]:
    """The stems of the words of a question."""
    stem = _stemmer()
    return frozenset(stem(word) for word in re.findall(r"\w+", question.casefold()))


def _stemmer() -> Callable[[str], str]:
    """Snowball's stemmer of English words. It keeps a state, so that each call makes its own."""
    import snowballstemmer

    return cast(Callable[[str], str], snowballstemmer.stemmer("english").stemWord)
