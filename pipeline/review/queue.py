"""The records that wait for a person: the least sure first, those that a person has seen left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.store.query import open_read_only

SORTS = {
    "items": ("agenda_items", "item_id", "concat_ws(' ', x.number, x.title)", ""),
    "resolutions": ("resolutions", "resolution_id", "x.text", ""),
    "figures": ("budget_figures", "figure_id", "concat_ws(' ', x.raw, x.measure, x.row_label, x.column_label)", ""),
    "options": ("options", "option_id", "concat_ws(' ', x.label, x.text)",
                "JOIN options_appraisals a USING (appraisal_id)"),
}
"""What can be asked for by `--type`: its table, key, words that show it, and how it comes to a document."""
SHOWN = 80


@dataclass(frozen=True)
class Unsure:
    """A record that waits."""

    record_id: str
    sort: str
    confidence: float
    words: str
    document: str
    page: int | None

    def line(self) -> str:
        """It, on one line."""
        words = " ".join(self.words.split())
        words = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
        page = "" if self.page is None else f", page {self.page}"
        return f"{self.confidence:.2f}  {self.record_id}  {words}  [{Path(self.document).name}{page}]"


def unsure(db: Path, *, sort: str | None = None, below: float = 0.9, most: int | None = None) -> list[Unsure]:
    """The records less sure than `below`. Raises `store.query.Refused`."""
    selects = [
        f"SELECT x.{key} AS record_id, '{name}' AS sort, x.confidence, {words} AS words, d.path, x.page, x.char_start "
        f"FROM {table} x {join} JOIN documents d ON d.document_id = {'a' if join else 'x'}.document_id "
        "WHERE x.confidence < $1 AND x.reviewed IS NULL"
        for name, (table, key, words, join) in SORTS.items() if sort in (None, name)
    ]
    limit = "" if most is None else f"LIMIT {most:d}"
    connection = open_read_only(db)
    try:
        rows = connection.execute(
            "SELECT record_id, sort, confidence, words, path, page FROM (" + " UNION ALL ".join(selects) +
            f") ORDER BY confidence, path, char_start, record_id {limit}", [below],
        ).fetchall()
    finally:
        connection.close()
    return [Unsure(*row) for row in rows]
