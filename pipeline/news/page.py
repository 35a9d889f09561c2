"""A digest as one HTML page that can be mailed."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

import pipeline.web
from pipeline.news import wording
from pipeline.news.digest import HEADINGS, SORTS, Digest
from pipeline.web.rendering import environment

STYLE = Path(pipeline.web.__file__).parent / "static" / "style.css"


def page(digest: Digest, addresses: wording.Addresses) -> str:
    """The page."""
    return environment().get_template("digest.html").render(
        digest=digest, addresses=addresses, wording=wording, sorts=SORTS, headings=HEADINGS,
        style=Markup(STYLE.read_text(encoding="utf-8")),
    )
