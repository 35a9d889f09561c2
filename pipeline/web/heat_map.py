"""Coverage as a heat map, with figures in every cell and words for who cannot see it: as a file, and as a page."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pipeline.coverage.matrix import Cell, Matrix, matrix_in
from pipeline.store.query import Refused
from pipeline.web.rendering import environment, page

STYLE = Path(__file__).parent / "static" / "style.css"
HEAT = STYLE.with_name("heat.css")
LEGEND = (
    ("all", "2/2", "minutes of all meetings found that are due"), ("most", "5/6", "of most"),
    ("some", "1/3", "of some"), ("none", "0/2", "of none"),
    ("not_due", "(2)", "so many meetings, whose minutes are not due yet"),
    ("nothing", "", "no meeting announced"),
)


@dataclass(frozen=True)
class Feed:
    """A feed that `minutebook weekly` wrote."""

    name: str
    address: str


def coverage(request: Request) -> Response:
    """The page, with the feeds of what is new where there are some."""
    why, found = None, None
    with request.app.state.published.reading() as snapshot, closing(snapshot.cursor()) as cursor:
        try:
            found = matrix_in(cursor)
        except Refused as error:
            why = str(error)
    return page(
        request, "coverage.html", matrix=found, why=why, legend=LEGEND, no_cell=Cell(),
        feeds=_feeds(request.app.state.feeds), council=lambda council_id: f"/council/{council_id}",
    )


def _feeds(folder: Path) -> list[Feed]:
    """The rounds' first, then those of watches, then those of councils."""
    paths = sorted(folder.rglob("*.xml"), key=lambda path: (path.parent != folder, path.parent.name == "council", path))
    found = []
    for path in paths:
        title = ElementTree.parse(path).findtext("{http://www.w3.org/2005/Atom}title", path.stem)
        found.append(Feed(title.removesuffix(" – Minutebook"), f"/feeds/{quote(path.relative_to(folder).as_posix())}"))
    return found


def heat_map(matrix: Matrix) -> str:
    """One file that can be mailed, its style inside it."""
    return environment().get_template("coverage_file.html").render(
        matrix=matrix, legend=LEGEND, no_cell=Cell(),
        style=Markup(STYLE.read_text(encoding="utf-8") + HEAT.read_text(encoding="utf-8")),
    )
