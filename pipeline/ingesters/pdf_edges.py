"""The ruled lines of a PDF page, out of its path objects and those inside Form XObjects.

A stroked line is an edge; so is each side of a rectangle, and a filled rectangle too thin to be a shade is one
line. This is what pdfplumber takes for edges, read through pdfium, which is some twenty times faster.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Edge
from pipeline.ingesters.pdf_calls import (
    count_objects,
    count_segments,
    draw_mode,
    form_object,
    object_matrix,
    object_type,
    page_object,
    path_segment,
    segment_closes,
    segment_point,
    segment_type,
)

THIN = 2.0
"""Points: a filled rectangle thinner than this is a line."""
SLANT = 0.6
"""Points by which a straight line may lean."""
DEPTH = 6
"""Forms inside forms that are followed."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
TEXT, PATH, LINE = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_SEGMENT_LINETO
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooManyObjects(Exception):
    """The page draws more than any council paper does."""


class EdgeReader:
    """Reads edges off a page. `place` turns PDF coordinates into points from the page's top left."""

    def __init__(self, place: Callable[[float, float], Point], limit: int) -> None:
        self.place = place
        self.left = limit
        self.pictures = 0.0
        """Area of the page's images, in square points."""
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._point = (ctypes.c_float * 2)()
        self._point_at = ctypes.addressof(self._point)
        self._modes = (ctypes.c_int * 2)()
        self._modes_at = ctypes.addressof(self._modes)

    def read(self, page: Any) -> list[Edge]:
        """All edges. Raises `TooManyObjects` beyond the limit of path segments and objects."""
        edges: list[Edge] = []
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            handle = page_object(page, index)
            kind = object_type(handle)
            if kind != TEXT:
                self._object(handle, kind, IDENTITY, 0, edges)
        return edges

    def _object(self, handle: int, kind: int, outer: Matrix, depth: int, edges: list[Edge]) -> None:
        if kind == PATH:
            self._spend(1)
            self._path(handle, self._combined(handle, outer), edges)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._picture(self._combined(handle, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = self._combined(handle, outer)
            for index in range(count_objects(handle)):
                self._spend(1)
                part = form_object(handle, index)
                self._object(part, object_type(part), inner, depth + 1, edges)

    def _picture(self, matrix: Matrix) -> None:
        """An image fills the unit square of its own matrix."""
        a, b, c, d, _, _ = matrix
        self.pictures += abs(a * d - b * c)

    def _spend(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise TooManyObjects

    def _combined(self, handle: int, outer: Matrix) -> Matrix:
        m = self._matrix
        if not object_matrix(handle, self._matrix_at):
            return outer
        inner = (m.a, m.b, m.c, m.d, m.e, m.f)
        if outer is IDENTITY:
            return inner
        a, b, c, d, e, f = inner
        oa, ob, oc, od, oe, of = outer
        return (
            a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
            e * oa + f * oc + oe, e * ob + f * od + of,
        )

    def _path(self, handle: int, matrix: Matrix, edges: list[Edge]) -> None:
        count = count_segments(handle)
        if count < 2 or count > 2000:  # beyond that it is a drawing
            return
        draw_mode(handle, self._modes_at, self._modes_at + 4)
        if not any(self._modes):
            return
        self._spend(count)
        for points in self._runs(handle, count, matrix):
            xs = [p[0] for p in points]
            ys = [p[1] for p in points]
            x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if x1 - x0 < THIN and bottom - top < THIN:
                continue
            if bottom - top < THIN:
                edges.append(Edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2))
            elif x1 - x0 < THIN:
                edges.append(Edge((x0 + x1) / 2, top, (x0 + x1) / 2, bottom))
            else:
                edges.extend(_sides(points))

    def _runs(self, handle: int, count: int, matrix: Matrix) -> Iterator[list[Point]]:
        """The path's closed or open runs of straight segments, as points on the page."""
        a, b, c, d, e, f = matrix
        run: list[Point] = []
        point_at = self._point_at
        for index in range(count):
            segment = path_segment(handle, index)
            kind = segment_type(segment)
            segment_point(segment, point_at, point_at + 4)
            x, y = self._point
            point = self.place(a * x + c * y + e, b * x + d * y + f)
            if kind == LINE:
                run.append(point)
                if segment_closes(segment) and run:
                    run.append(run[0])
                continue
            if len(run) > 1:
                yield run
            run = [point]
        if len(run) > 1:
            yield run


def _sides(points: list[Point]) -> Iterator[Edge]:
    for (xa, ya), (xb, yb) in zip(points, points[1:], strict=False):
        if abs(ya - yb) < SLANT and abs(xa - xb) >= 1:
            yield Edge(min(xa, xb), (ya + yb) / 2, max(xa, xb), (ya + yb) / 2)
        elif abs(xa - xb) < SLANT and abs(ya - yb) >= 1:
            yield Edge((xa + xb) / 2, min(ya, yb), (xa + xb) / 2, max(ya, yb))
