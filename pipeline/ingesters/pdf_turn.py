"""Pages whose text stands on its side: turned, so that lines run from left to right."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.document import Edge, Page, Word


def turn_page(page: Page, quarters: int) -> None:
    """Turn a page's words and edges back by the quarter turns clockwise at which its text stands."""
    width, height = page.width or 0.0, page.height or 0.0
    move: Callable[[float, float], tuple[float, float]]
    if quarters == 1:  # text runs downward
        def move(x: float, y: float) -> tuple[float, float]:
            return y, width - x
    elif quarters == 2:
        def move(x: float, y: float) -> tuple[float, float]:
            return width - x, height - y
    else:  # text runs upward
        def move(x: float, y: float) -> tuple[float, float]:
            return height - y, x
    things: list[Word | Edge] = [*page.words, *page.edges]
    for thing in things:
        (xa, ya), (xb, yb) = move(thing.x0, thing.top), move(thing.x1, thing.bottom)
        thing.x0, thing.x1 = round(min(xa, xb), 2), round(max(xa, xb), 2)
        thing.top, thing.bottom = round(min(ya, yb), 2), round(max(ya, yb), 2)
    page.turn = -90 * quarters % 360
    if quarters % 2:
        page.width, page.height = page.height, page.width
