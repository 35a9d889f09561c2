"""What was asked of the search page, and its answer: a page of results and counts by facet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from pipeline.web.listing import SORTS, Sort
from pipeline.web.snapshot import Row, Snapshot

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

    def conditions(self) -> tuple[dict[str, str], dict[str, object]]:
        """The SQL conditions on `hit l` by the names of their filters, and the values of their parameters."""
        filters = self.filters()
        values: dict[str, object] = {"sort": self.sort}
        values |= {name: _pounds(value) if name in ("least", "most") else value for name, value in filters.items()}
        if self.q:
            values["q"] = self.q
        return {"": "true"} | {name: CONDITIONS[name] for name in filters}, values


CONDITIONS = {
    "council": "l.council = $council",
    "body": "l.body = $body",
    "kind": "l.kind = $kind",
    "year": "l.year = CAST($year AS INTEGER)",
    "since": "l.held_on >= CAST($since AS DATE)",
    "until": "l.held_on <= CAST($until AS DATE)",
    "least": "l.amount >= $least",
    "most": "l.amount <= $most",
    "service": "l.n IN (SELECT n FROM memory.listing_services WHERE service_id = $service)",
}


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


ORDERS = {
    "newest": "l.held_on DESC NULLS LAST, l.document_id, l.char_start",
    "oldest": "l.held_on NULLS LAST, l.document_id, l.char_start",
    "amount": "l.amount DESC NULLS LAST, l.held_on DESC NULLS LAST, l.document_id, l.char_start",
}


def find(snapshot: Snapshot, asked: Search) -> Results:
    """The answer to a search. Words are looked up once, for results and counts alike; without words the counts are a
    question by itself, which stays answered while people leaf through the pages."""
    conditions, values = asked.conditions()
    result = (
        "(SELECT 'result' AS what, CAST(n AS VARCHAR) AS value, row_number() OVER () AS n FROM ("
        f"SELECT l.n FROM hit l WHERE {' AND '.join(conditions.values())} ORDER BY {_order(asked)} "
        f"LIMIT {SHOWN} OFFSET {(asked.page - 1) * SHOWN}))"
    )
    counts = [
        "SELECT 'total' AS what, NULL AS value, count(*) AS n FROM hit l WHERE " + " AND ".join(conditions.values()),
        *(_facet(name, conditions) for name in FACETS),
    ]
    rows: list[Row] = []
    for parts in [[*counts, result]] if asked.q else [counts, [result]]:
        rows += snapshot.ask(f"WITH {_hits(asked)} {' UNION ALL '.join(parts)}", values)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["what"], []).append(row)
    names = service_names(snapshot)
    return Results(
        found["total"][0]["n"],
        [int(row["value"]) for row in sorted(found.get("result", []), key=lambda row: row["n"])],
        {name: [(row["value"], _name(name, row["value"], names), row["n"])
                for row in sorted(found.get(name, []), key=lambda row: (-row["n"], row["value"]))] for name in FACETS},
    )


def _hits(asked: Search) -> str:
    """What holds the words asked for, all filters aside."""
    if not asked.q:
        return "hit AS (SELECT *, 0 AS score FROM memory.listing WHERE sort = $sort)"
    return ("found AS MATERIALIZED (SELECT passage, score FROM search_found($q)), hit AS MATERIALIZED ("
            "SELECT l.*, f.score FROM memory.listing l JOIN found f USING (passage) WHERE l.sort = $sort)")


def _order(asked: Search) -> str:
    newest = ORDERS["newest"]
    return f"l.score DESC, {newest}" if asked.q and asked.order not in ORDERS else ORDERS.get(asked.order, newest)


def _facet(name: str, conditions: dict[str, str]) -> str:
    """The commonest values of a facet among what was found, the facet's own filter set aside."""
    column, source = f"l.{name}", "hit l"
    if name == "service":
        column, source = "s.service_id", "hit l JOIN memory.listing_services s ON s.n = l.n"
    condition = " AND ".join(text for filtered, text in conditions.items() if filtered != name)
    return (f"(SELECT '{name}', CAST({column} AS VARCHAR) AS value, count(*) AS n FROM {source} "
            f"WHERE {condition} AND {column} IS NOT NULL GROUP BY 2 ORDER BY n DESC, value LIMIT {FACET_VALUES})")


def _name(facet: str, value: str, services: dict[str, str]) -> str:
    return services.get(value, value) if facet == "service" else value.replace("_", " ")


def service_names(snapshot: Snapshot) -> dict[str, str]:
    """The plain name of each service by its id."""
    return {row["service_id"]: row["name"] for row in snapshot.ask("SELECT service_id, name FROM services")}
