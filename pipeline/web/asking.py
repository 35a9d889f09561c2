"""The SQL page: a question, its answer as a table, a plot, a file. The question runs in the jail that `query` uses."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, closing, suppress
from decimal import Decimal
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from pipeline.store import answers
from pipeline.store.query import Answer, Refused, ask
from pipeline.store.questions import questions
from pipeline.web import plots
from pipeline.web.rendering import page
from pipeline.web.snapshot import Snapshot

SHOWN = 500
"""Rows shown; a file holds them all."""
PLOTTED = 60
LONGEST = 8_000
FORMS = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
FIRST = "SELECT council, held_on, text FROM decisions ORDER BY held_on DESC LIMIT 20"


def _asked(request: Request, sql: str) -> AbstractContextManager[Answer]:
    """The answer to a stranger's question. Raises Refused, too where it could tell kept words of private details."""
    with request.app.state.published.reading() as snapshot:
        if not request.app.state.with_private and snapshot.once(_keeps_private, ""):
            raise Refused(
                "This database keeps private persons' details, so that nothing is asked of it in SQL here. Whoever "
                "serves it can allow it with `minutebook serve --with-private`."
            )
    return ask(request.app.state.db, sql)


def _keeps_private(snapshot: Snapshot, _: str) -> bool:
    """Whether the words of private details were kept; not in databases from before they were looked for."""
    with closing(snapshot.cursor()) as cursor, suppress(duckdb.CatalogException):
        return cursor.execute("SELECT 1 FROM private_words LIMIT 1").fetchone() is not None
    return False


def sql(request: Request) -> Response:
    """The page: the thirty questions to start from, a box, the answer."""
    asked = request.query_params.get("sql", "")[:LONGEST]
    columns: list[str] = []
    rows: list[tuple[object, ...]] = []
    refused = ""
    if asked.strip():
        try:
            with _asked(request, asked) as answer:
                columns = [name for name, _ in answer.columns]
                rows = list(islice(answer.rows(), SHOWN + 1))
        except Refused as error:
            refused = str(error)
    return page(
        request, "sql.html", asked=asked, first=FIRST, columns=columns, rows=rows[:SHOWN], more=len(rows) > SHOWN,
        refused=refused, questions=questions(), forms=list(FORMS), query=urlencode({"sql": asked}),
        plotted=_plottable(columns, rows) is not None, status=400 if refused else 200,
    )


def _plottable(columns: list[str], rows: list[tuple[object, ...]]) -> tuple[int, int] | None:
    """The places of a column of names and a column of numbers, where the answer is one that bars can show."""
    if not 2 <= len(rows) <= PLOTTED:
        return None
    numbers = [n for n in range(len(columns)) if all(isinstance(row[n], (int, float, Decimal)) for row in rows)
               and not all(isinstance(row[n], bool) for row in rows)]
    names = [n for n in range(len(columns)) if n not in numbers]
    return (names[0], numbers[-1]) if names and numbers else None


def plot(request: Request) -> Response:
    """The answer as bars."""
    try:
        with _asked(request, request.query_params.get("sql", "")[:LONGEST]) as answer:
            columns = [name for name, _ in answer.columns]
            rows = list(islice(answer.rows(), PLOTTED + 1))
    except Refused as error:
        raise HTTPException(404, str(error)) from error
    places = _plottable(columns, rows)
    if places is None:
        raise HTTPException(404, "This answer has no column of names with a column of numbers.")
    names, numbers = places
    heights = [float(str(row[numbers])) for row in rows]
    drawn = plots.columns([str(row[names]) for row in rows], heights, columns[numbers])
    return Response(drawn, media_type="image/svg+xml")


def download(request: Request) -> Response:
    """The whole answer as a file."""
    form, asked = request.path_params["form"], request.query_params.get("sql", "")[:LONGEST]
    if form not in FORMS:
        raise HTTPException(404, f"There is no form {form}: ask for one of {', '.join(FORMS)}.")
    with tempfile.NamedTemporaryFile(suffix=f".{form}", delete=False) as file:
        output = Path(file.name)
    try:
        with _asked(request, asked) as answer:
            answers.write(answer, form, output)
    except (Refused, answers.NoPlace):
        output.unlink(missing_ok=True)
        return RedirectResponse("/sql?" + urlencode({"sql": asked}), status_code=303)
    forget = BackgroundTask(output.unlink)
    return FileResponse(output, media_type=FORMS[form], filename=f"answer.{form}", background=forget)
