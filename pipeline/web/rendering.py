"""Templates and what they may call."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline import __version__
from pipeline.web import telling
from pipeline.web.listing import SORTS
from pipeline.web.plots import pounds


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates: all that they are given is escaped, and a name that they are not given is an error."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    made.globals.update(SORTS=SORTS, version=__version__)
    made.filters.update(
        day=telling.day, money=telling.money, verb=telling.verb, vote=telling.vote, shortened=telling.shortened,
        marked=telling.marked, pounds=pounds, words=lambda text: str(text).replace("_", " "),
    )
    return made


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page made from a template."""
    made = environment().get_template(template).render(here=request.url.path, **values)
    return HTMLResponse(made, status_code=status)
