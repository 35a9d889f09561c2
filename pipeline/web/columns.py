"""The listing's columns as arrays, for the counts beside the results: every facet of a search is counted over all that
was found, which SQL would do by grouping a hundred thousand strings five times over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import duckdb

Numbers = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]
NAMED = "WITH named AS (SELECT value, row_number() OVER () - 1 AS code FROM (SELECT unnest($1::VARCHAR[]) AS value))"
"""The values of a column as numbers, in their order."""


@dataclass(frozen=True)
class Coded:
    """A column of few values: the place of each row's value among `names`, -1 where it has none."""

    codes: npt.NDArray[np.int32]
    names: list[str]

    def equal(self, rows: Numbers, value: str) -> Chosen:
        """Which of the rows have that value."""
        code = self.names.index(value) if value in self.names else -2
        return np.asarray(self.codes[rows] == code)

    def counts(self, rows: Numbers) -> list[tuple[str, int]]:
        """The values of the rows, each with how many have it."""
        codes = self.codes[rows]
        return _counted(codes[codes >= 0], self.names)


@dataclass(frozen=True)
class Grouped:
    """A column of any number of values a row: those of row i stand from `first[i]` to `first[i + 1]`."""

    first: Numbers
    codes: npt.NDArray[np.int32]
    names: list[str]

    def _of(self, rows: Numbers) -> tuple[Numbers, npt.NDArray[np.int32]]:
        """The places in `rows` that have a value, as often as they have one, and the values' codes."""
        many = self.first[rows + 1] - self.first[rows]
        places = np.repeat(np.arange(len(rows)), many)
        within = np.arange(len(places)) - np.repeat(np.cumsum(many) - many, many)
        return places, self.codes[self.first[rows][places] + within]

    def equal(self, rows: Numbers, value: str) -> Chosen:
        """Which of the rows have that value among theirs."""
        chosen = np.zeros(len(rows), dtype=bool)
        if value in self.names:
            places, codes = self._of(rows)
            chosen[places[codes == self.names.index(value)]] = True
        return chosen

    def counts(self, rows: Numbers) -> list[tuple[str, int]]:
        """The values of the rows, each with how many have it."""
        return _counted(self._of(rows)[1], self.names)


def _counted(codes: npt.NDArray[np.int32], names: list[str]) -> list[tuple[str, int]]:
    counts = np.bincount(codes, minlength=len(names))
    return [(names[code], int(counts[code])) for code in np.flatnonzero(counts)]


@dataclass(frozen=True)
class Columns:
    """The listing, row n of it at index n - 1. Days are numbers of days since 1970, amounts pounds; NaN is neither."""

    sorts: Coded
    facets: dict[str, Coded | Grouped]
    day: npt.NDArray[np.float64]
    amount: npt.NDArray[np.float64]
    by_passage: Numbers
    """The index of the row that a passage of the search belongs to, -1 where it is of another sort of record."""

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> Columns:
        """Read from `memory.listing` and `memory.listing_services`."""
        facets: dict[str, Coded | Grouped] = {
            name: _coded(connection, name) for name in ("council", "body", "year", "kind")
        }
        facets["service"] = _services(connection)
        plain = connection.execute(
            "SELECT coalesce(date_diff('day', DATE '1970-01-01', held_on), 'nan'::DOUBLE) AS day, "
            "coalesce(amount::DOUBLE, 'nan'::DOUBLE) AS amount, coalesce(passage, 0)::BIGINT AS passage "
            "FROM memory.listing ORDER BY n"
        ).fetchnumpy()
        passages = _array(plain["passage"], np.int64)
        by_passage = np.full(int(passages.max(initial=0)) + 1, -1, dtype=np.int64)
        by_passage[passages] = np.arange(len(passages))
        by_passage[0] = -1
        return cls(_coded(connection, "sort"), facets, _array(plain["day"], np.float64),
                   _array(plain["amount"], np.float64), by_passage)


def _coded(connection: duckdb.DuckDBPyConnection, name: str) -> Coded:
    """A column of the listing. The values are numbered here, so that DuckDB hands over numbers and no strings."""
    names = [value for (value,) in connection.execute(
        f"SELECT DISTINCT {name}::VARCHAR AS value FROM memory.listing WHERE value IS NOT NULL ORDER BY value"
    ).fetchall()]
    codes = connection.execute(
        f"{NAMED} SELECT coalesce(code, -1)::INTEGER AS code FROM memory.listing l "
        f"LEFT JOIN named ON value = l.{name}::VARCHAR ORDER BY n", [names],
    ).fetchnumpy()["code"]
    return Coded(_array(codes, np.int32), names)


def _services(connection: duckdb.DuckDBPyConnection) -> Grouped:
    names = [value for (value,) in connection.execute(
        "SELECT DISTINCT service_id FROM memory.listing_services ORDER BY ALL").fetchall()]
    pairs = connection.execute(
        f"{NAMED} SELECT n::BIGINT AS n, code::INTEGER AS code FROM memory.listing_services "
        "JOIN named ON value = service_id ORDER BY ALL", [names],
    ).fetchnumpy()
    (rows,) = connection.execute("SELECT count(*) FROM memory.listing").fetchall()[0]
    many = np.bincount(_array(pairs["n"], np.int64) - 1, minlength=rows)
    return Grouped(np.concatenate([[0], np.cumsum(many)]).astype(np.int64), _array(pairs["code"], np.int32), names)


def _array(values: Any, kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.ascontiguousarray(values, dtype=kind)
