"""Boxes that ruled lines close: pdfplumber's, found faster."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import edges_to_intersections, intersections_to_cells

from pipeline.document import Edge
from pipeline.layout.crossings import closed_boxes
from pipeline.layout.ruled import as_plumber

PLACE = st.integers(0, 6).map(lambda n: 20.0 * n)
ACROSS = st.builds(lambda y, a, b: Edge(min(a, b), y, max(a, b) + 20, y), PLACE, PLACE, PLACE)
DOWN = st.builds(lambda x, a, b: Edge(x, min(a, b), x, max(a, b) + 20), PLACE, PLACE, PLACE)


@given(st.lists(ACROSS | DOWN, max_size=40))
def test_boxes_are_those_of_pdfplumber(edges: list[Edge]) -> None:
    crossings = edges_to_intersections([as_plumber(edge) for edge in edges], 3, 3)
    assert closed_boxes(crossings) == intersections_to_cells(crossings)


def test_two_boxes_side_by_side() -> None:
    edges = [Edge(0, 0, 100, 0), Edge(0, 30, 100, 30), Edge(0, 0, 0, 30), Edge(60, 0, 60, 30), Edge(100, 0, 100, 30)]
    crossings = edges_to_intersections([as_plumber(edge) for edge in edges], 3, 3)
    assert closed_boxes(crossings) == [(0, 0, 60, 30), (60, 0, 100, 30)]
