"""What was asked of the search page, and its answer: a page of results and counts by facet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from pipeline.web.columns import Chosen, Columns, Numbers
from pipeline.web.listing import SORTS, Sort
from pipeline.web.snapshot import Snapshot

SHOWN = 20
"""Results on a page."""
FACETS = {"council": "Council", "body": "Body", "year": "Year", "kind": "", "service": "Service"}
"""Name of each facet; that of `kind` depends on the sort of record."""
FACET_VALUES = 12
LONGEST_QUESTION = 300


@dataclass(frozen=True)
class Search:
    """A question to the search page, as its address tells it. `wrong` are the parts that could not be understood."""

    q: str = ""
    sort: str = "decision"
    council: str = ""
    body: str = ""
    kind: str = ""
    service: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    least: str = ""
    most: str = ""
    order: str = ""
    page: int = 1
    wrong: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Search:
        """The search that an address asks for. What cannot be understood is left out and named in `wrong`."""
        given = {name: asked.get(name, "").strip() for name in
                 ("q", "council", "body", "kind", "service", "year", "since", "until", "least", "most", "order")}
        wrong = []
        for name, reads, what in (
            ("since", date.fromisoformat, "a day, as 2024-03-12"),
            ("until", date.fromisoformat, "a day, as 2024-03-12"),
            ("least", _pounds, "an amount in pounds"),
            ("most", _pounds, "an amount in pounds"),
            ("year", int, "a year"),
        ):
            try:
                if given[name]:
                    reads(given[name])
            except ValueError:
                wrong.append(f"“{given[name]}” is not {what}, and was left out.")
                given[name] = ""
        page = asked.get("page", "1")
        return cls(
            **{**given, "q": given["q"][:LONGEST_QUESTION]},
            sort=asked.get("sort", "") if asked.get("sort", "") in SORTS else "decision",
            page=max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1, wrong=tuple(wrong),
        )

    @property
    def of_sort(self) -> Sort:
        """The sort of record that is looked for."""
        return SORTS[self.sort]

    def address(self, **changes: object) -> str:
        """The address of this search with some of its parts changed, from its first page unless `page` is told."""
        changed = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        parts = {name: value for name, value in vars(changed).items() if name != "wrong" and value not in ("", None)}
        if parts.get("page") == 1:
            del parts["page"]
        if parts.get("sort") == "decision":
            del parts["sort"]
        return "/?" + urlencode(parts) if parts else "/"

    def filters(self) -> dict[str, str]:
        """The filters in force, by their names in an address."""
        names = ("council", "body", "kind", "service", "year", "since", "until", "least", "most")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def _pounds(text: str) -> Decimal:
    """Pounds as a person types them: 25000, £25,000. Raises ValueError."""
    try:
        amount = Decimal(text.replace(",", "").replace("£", "").strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite() or abs(amount) > 10**15:
        raise ValueError(text)
    return amount


@dataclass
class Results:
    """A page of what was found, and counts by facet: `facets[name]` are (value, name for the eye, count)."""

    total: int
    numbers: list[int]
    """Of the rows of the listing, best first."""
    facets: dict[str, list[tuple[str, str, int]]]

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return max((self.total + SHOWN - 1) // SHOWN, 1)


def find(snapshot: Snapshot, asked: Search) -> Results:
    """The answer to a search; equal searches are worked out once. A facet counts what was found by the words and all
    other filters, its own set aside, so that it shows what else could be chosen."""
    return snapshot.once(_find, asked)


def _find(snapshot: Snapshot, asked: Search) -> Results:
    columns = snapshot.columns
    rows, scores = _found(snapshot, asked)
    chosen = {name: _chosen(columns, name, value, rows) for name, value in asked.filters().items()}
    names = service_names(snapshot)
    facets = {}
    for name in FACETS:
        counts = columns.facets[name].counts(rows[_all(chosen, len(rows), but=name)])
        commonest = sorted(counts, key=lambda count: (-count[1], count[0]))[:FACET_VALUES]
        facets[name] = [(value, _name(name, value, names), n) for value, n in commonest]
    kept = _all(chosen, len(rows))
    return Results(int(kept.sum()), _page(columns, asked, rows[kept], scores[kept]), facets)


def _found(snapshot: Snapshot, asked: Search) -> tuple[Numbers, npt.NDArray[np.float64]]:
    """The rows of the sort asked for that hold the words asked for, with their scores."""
    columns = snapshot.columns
    if not asked.q:
        rows = np.flatnonzero(columns.sorts.equal(np.arange(len(columns.day)), asked.sort))
        return rows, np.zeros(len(rows))
    passages = snapshot.arrays("SELECT passage, score FROM search_found(?)", asked.q)
    within = passages["passage"] < len(columns.by_passage)
    rows, scores = columns.by_passage[passages["passage"][within]], passages["score"][within]
    right = (rows >= 0) & columns.sorts.equal(rows, asked.sort)
    return rows[right], scores[right]


def _chosen(columns: Columns, name: str, value: str, rows: Numbers) -> Chosen:
    """Which of the rows a filter lets through. What has no day or no amount passes no filter by it."""
    if name in columns.facets:
        return columns.facets[name].equal(rows, value)
    if name in ("since", "until"):
        day = (date.fromisoformat(value) - date(1970, 1, 1)).days
        return np.asarray(columns.day[rows] >= day if name == "since" else columns.day[rows] <= day)
    pounds = float(_pounds(value))
    return np.asarray(columns.amount[rows] >= pounds if name == "least" else columns.amount[rows] <= pounds)


def _all(chosen: dict[str, Chosen], rows: int, but: str = "") -> Chosen:
    """What passes all filters, one of them set aside."""
    kept = np.ones(rows, dtype=bool)
    for name, passed in chosen.items():
        if name != but:
            kept &= passed
    return kept


def _page(columns: Columns, asked: Search, rows: Numbers, scores: npt.NDArray[np.float64]) -> list[int]:
    """The numbers in the listing of the rows on the page asked for. The listing stands newest first, undated last."""
    if asked.order == "oldest":
        keys = [rows, columns.day[rows]]
    elif asked.order == "amount":
        keys = [rows, -columns.amount[rows]]
    else:
        keys = [rows] if asked.order == "newest" or not asked.q else [rows, -scores]
    best = np.lexsort(keys)[(asked.page - 1) * SHOWN:asked.page * SHOWN]
    return [int(row) + 1 for row in rows[best]]


def _name(facet: str, value: str, services: dict[str, str]) -> str:
    return services.get(value, value) if facet == "service" else value.replace("_", " ")


def service_names(snapshot: Snapshot) -> dict[str, str]:
    """The plain name of each service by its id, in the order of the names."""
    rows = snapshot.ask("SELECT service_id, name FROM services ORDER BY name")
    return {row["service_id"]: row["name"] for row in rows}
