"""Where ruled lines cross, and the boxes that they close.

The same boxes as pdfplumber's `intersections_to_cells`, which looks through all crossings for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.document import Box

Point = tuple[float, float]
Lines = frozenset[Box]


def closed_boxes(crossings: Mapping[Point, Mapping[str, Iterable[Mapping[str, Any]]]]) -> list[Box]:
    """The smallest box right of and below each crossing, by column; `crossings` are pdfplumber's intersections."""
    down = {point: _lines(edges["v"]) for point, edges in crossings.items()}
    across = {point: _lines(edges["h"]) for point, edges in crossings.items()}
    columns: dict[float, list[Point]] = {}
    rows: dict[float, list[Point]] = {}
    for point in sorted(crossings):
        columns.setdefault(point[0], []).append(point)
        rows.setdefault(point[1], []).append(point)
    found: list[Box] = []
    for column in columns.values():
        for at, corner in enumerate(column):
            row = rows[corner[1]]
            apart, level = down[corner].isdisjoint, across[corner].isdisjoint
            below = [p for p in column[at + 1:] if not apart(down[p])]
            right = [p for p in row[row.index(corner) + 1:] if not level(across[p])] if below else []
            opposite = next((
                point for b in below for r in right if (point := (r[0], b[1])) in crossings
                and not down[point].isdisjoint(down[r]) and not across[point].isdisjoint(across[b])
            ), None)
            if opposite is not None:
                found.append((*corner, *opposite))
    return found


def _lines(edges: Iterable[Mapping[str, Any]]) -> Lines:
    return frozenset((edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in edges)
