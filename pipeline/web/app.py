"""The application: addresses, and what answers them.

Every answer carries a Content-Security-Policy that lets nothing run or load but our own files, so that a hostile
document's text stays text even if a template forgot to escape it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web import asking, heat_map, pages, record_pages
from pipeline.web.pictures import Pictures
from pipeline.web.rendering import page
from pipeline.web.snapshot import Published

HEADERS = {
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
                               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "testserver"]


class Guarded:
    """Adds the headers of HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)
        await self._app(scope, receive, send_guarded)


def application(
    db: Path, hosts: list[str] | None = None, *, with_private: bool = False, news: Path | None = None
) -> Starlette:
    """The application over the database `db`. Raises `query.Refused`.

    `hosts` are the names by which it may be called (loopback alone where None), so that a page elsewhere cannot reach
    it under a name of its own. Where the database keeps the words of private details, SQL is answered only
    `with_private`. `news` is the folder whose feeds are shown, by default `news` beside the database.
    """
    published, pictures = Published(db), Pictures()
    feeds = (news or db.parent / "news") / "feeds"
    with published.reading() as snapshot:
        pages.prepare(snapshot)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pictures.close()

    app = Starlette(
        routes=[
            Route("/", pages.search),
            Route("/record/{record_id}", record_pages.record),
            Route("/record/{record_id}/page.png", record_pages.picture),
            Route("/document/{document_id}", record_pages.document),
            Route("/meeting/{meeting_id}", record_pages.meeting),
            Route("/councils", pages.councils),
            Route("/council/{council_id}", pages.council),
            Route("/services", pages.services),
            Route("/service/{service_id}", pages.service),
            Route("/{kind:str}/{profile_id}/{plot}.svg", pages.plot),
            Route("/coverage", heat_map.coverage),
            Mount("/feeds", StaticFiles(directory=feeds, check_dir=False)),
            Route("/sql", asking.sql),
            Route("/sql/plot.svg", asking.plot),
            Route("/sql/download.{form}", asking.download),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[
            Middleware(Guarded),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts or LOOPBACK, www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=1_000),
        ],
        exception_handlers={404: _said("Nothing here", 404), 500: _said("That went wrong", 500)},
        lifespan=lifespan,
    )
    app.state.published, app.state.pictures, app.state.db = published, pictures, db
    app.state.with_private, app.state.feeds = with_private, feeds
    return app


def _said(title: str, status: int) -> Callable[[Request, Exception], Response]:
    """What a page says where there is no answer."""
    def answer(request: Request, error: Exception) -> Response:
        detail = getattr(error, "detail", "") if status == 404 else "The server's log tells more."
        return page(request, "message.html", title=title, message=detail, status=status)
    return answer
