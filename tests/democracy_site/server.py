"""The server: one port for all councils, told apart by the name that they are called by."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from democracy_site import cmis, pages, plain, service
from democracy_site.faults import Faults, misbehave
from democracy_site.model import Council, Paper

WALL = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
STUB = b'<html><head><script src="/_Incapsula_Resource?SWJIYLWA=719d34"></script></head><body></body></html>'
STANDING = formatdate(1_700_000_000, usegmt=True)


@dataclass(frozen=True)
class Request:
    """A request as it came: when, to whom, for what, and what was given."""

    at: float
    host: str
    path: str
    status: int
    sent: int
    agent: str
    fault: str | None


@dataclass
class Reply:
    """What there is at an address."""

    body: bytes
    kind: str
    paper: Paper | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """The sites of all councils, served until `close`."""

    def __init__(self, councils: Sequence[Council], faults: Faults | None = None) -> None:
        self.councils = {council.host: council for council in councils}
        self.faults = faults or Faults({})
        self.requests: list[Request] = []
        self.trapped: list[str] = []
        """What was asked of the port to which nobody may come."""
        self._lock = threading.Lock()
        site = self

        class Handler(_Handler):
            owner = site

        class Trap(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.trapped.append(self.path)
                self.send_error(403)

        self._servers = [_Server(("127.0.0.1", 0), Handler), _Server(("127.0.0.1", 0), Trap)]
        self.port, self.trap = (server.server_address[1] for server in self._servers)
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def note(self, request: Request) -> None:
        """Count a request."""
        with self._lock:
            self.requests.append(request)

    def take_requests(self) -> list[Request]:
        """The requests since this was last called."""
        with self._lock:
            taken, self.requests = self.requests, []
        return taken


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Guests that hang up are nothing to tell of."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: Site

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the site keeps count."""

    def do_GET(self) -> None:
        """Answer, or do what goes wrong."""
        arrived = time.monotonic()
        council = self.owner.councils.get(self.headers.get("Host", "").partition(":")[0])
        reply = find(council, self.path) if council else None
        fault = self.owner.faults.draw(f"{self.headers.get('Host', '').partition(':')[0]}{self.path}")
        self._sent, self._status = 0, 0
        try:
            if fault is not None:
                body, kind = (reply.body, reply.kind) if reply else (b"nothing", "text/plain")
                with suppress(OSError):
                    misbehave(fault, self, body, kind, self.owner.trap)
            elif reply is None:
                self._give(404, b"<html><body>Not found</body></html>", {"Content-Type": "text/html"})
            else:
                self._answer(reply)
        finally:
            self.owner.note(Request(
                arrived, council.host if council else "", self.path, self._status, self._sent,
                self.headers.get("User-Agent", ""), fault,
            ))

    def _answer(self, reply: Reply) -> None:
        headers = {"Content-Type": reply.kind, **reply.headers}
        if reply.paper is None:
            body = reply.body
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, 6, mtime=0)
                headers["Content-Encoding"] = "gzip"
            self._give(reply.status, body, headers)
            return
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:20]}"'
        headers |= {"ETag": etag, "Last-Modified": STANDING, "Accept-Ranges": "bytes"}
        wanted = self.headers.get("Range", "")
        if self.headers.get("If-None-Match") == etag:
            self._give(304, b"", headers)
        elif wanted.startswith("bytes=") and self.headers.get("If-Range") == etag:
            start = int(wanted[6:].partition("-")[0])
            if start >= len(reply.body):
                self._give(416, b"", {**headers, "Content-Range": f"bytes */{len(reply.body)}"})
                return
            span = f"bytes {start}-{len(reply.body) - 1}/{len(reply.body)}"
            self._give(206, reply.body[start:], {**headers, "Content-Range": span})
        else:
            self._give(200, reply.body, headers)

    def _give(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self._sent = len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items()) + 60


def find(council: Council, target: str) -> Reply | None:
    """What a council has at an address."""
    parts = urlsplit(target)
    path = unquote(parts.path)
    if path.startswith("/(S("):
        path = path[path.index("/", 1):]
    query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    if path == "/robots.txt":
        return Reply(council.robots.encode(), "text/plain") if council.robots else None
    if council.mood != "well" and (moody := _moody(council, path)):
        return moody
    if not council.has_prints and "t" in query and path.endswith("/mgConvert2PDF.aspx"):
        return Reply(b"<!DOCTYPE html><html><body>Sorry, there is no such document.</body></html>", "text/html")
    if paper := _paper(council, path, query):
        return None if paper.withdrawn else Reply(paper.content, "application/pdf", paper)
    if "/mgwebservice.asmx/" in path.lower():
        body = service.answer(council, path, query) if council.way == "service" else None
        return Reply(body, "text/xml; charset=utf-8") if body is not None else None
    page = {"service": pages.answer, "pages": pages.answer, "cmis": cmis.answer, "links": plain.answer}[council.way]
    body = page(council, path, query)
    return Reply(body, "text/html; charset=utf-8") if body is not None else None


def _moody(council: Council, path: str) -> Reply | None:
    is_service = "/mgwebservice.asmx/" in path.lower() or "mgconvert2pdf" in path.lower()
    if council.mood == "walled" and not is_service:
        return Reply(WALL, "text/html", status=403)
    if council.mood == "stubbed":
        return Reply(STUB, "text/html")
    if council.mood == "moved":
        return Reply(b"", "text/html", status=301, headers={"Location": "http://papers.elsewhere.example/"})
    if council.mood == "login":
        return Reply(b"", "text/html", status=302, headers={"Location": "/Account/Login.aspx?ReturnUrl=x"})
    if council.mood == "empty":
        return Reply(b"<!DOCTYPE html><html><body><div id='modgov'></div></body></html>", "text/html")
    if council.mood == "relaid":
        return Reply(b"<!DOCTYPE html><html><body><main>Our new website</main></body></html>", "text/html")
    return None


def _paper(council: Council, path: str, query: dict[str, str]) -> Paper | None:
    """The document at an address, if it is one that the site has; hidden ones too, for whoever knows the address."""
    return index(council).get(_key(path, query))


def _key(path: str, query: dict[str, str]) -> str:
    name = path.lower()
    if name.endswith("/mgconvert2pdf.aspx"):
        return f"convert {query.get('id')} {query.get('t', '')}"
    if "/documents/" in name:
        return f"{name.split('/documents/')[1].partition('/')[0]} {query.get('t', '')}"
    if name.endswith("/document.ashx"):
        return f"token {query.get('id')}"
    return name


def index(council: Council) -> dict[str, Paper]:
    """Every document by what its address says."""
    found: dict[str, Paper] = {}
    for meeting in (meeting for committee in council.committees for meeting in committee.meetings):
        prints = ((meeting.agenda, 0), (meeting.minutes, 1), (meeting.pack, 10))
        for paper, code in ((paper, code) for paper, code in prints if paper):
            found |= {f"{form}{meeting.agenda_id} {code}": paper for form in ("convert ", "g")}
        attached = [paper for papers in meeting.attachments.values() for paper in papers]
        for paper in attached:
            found |= {f"{form}{paper.key} ": paper for form in ("convert ", "s")}
        if council.way in ("cmis", "links"):
            for paper in [*attached, *(paper for paper, _ in prints if paper)]:
                found[f"token {cmis.token(paper)}"] = paper
                found[plain.address(meeting, paper)] = paper
    found |= {f"s{decision.paper.key} ": decision.paper for decision in council.decisions if decision.paper}
    return found
