"""Coverage as a heat map: one page, its style inside it, with figures in every cell and words for who cannot see it."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from pipeline.coverage.matrix import Cell, Matrix
from pipeline.web.rendering import environment

STYLE = Path(__file__).parent / "static" / "style.css"
HEAT = STYLE.with_name("heat.css")
LEGEND = (
    ("all", "2/2", "minutes of all meetings found that are due"), ("most", "5/6", "of most"),
    ("some", "1/3", "of some"), ("none", "0/2", "of none"),
    ("not_due", "(2)", "so many meetings, whose minutes are not due yet"),
    ("nothing", "", "no meeting announced"),
)


def heat_map(matrix: Matrix) -> str:
    """The page."""
    return environment().get_template("coverage_file.html").render(
        matrix=matrix, legend=LEGEND, no_cell=Cell(),
        style=Markup(STYLE.read_text(encoding="utf-8") + HEAT.read_text(encoding="utf-8")),
    )
