"""A server that answers what it is told to, request by request, and remembers what it was asked."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Said:
    """An answer. `length` is the Content-Length where it lies; `hang_up` after so many bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    hang_up: bool = False


class Script:
    """Answers each path with its list in turn, the last again and again."""

    def __init__(self, answers: dict[str, list[Said]]) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                script.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                waiting = answers.get(self.path, [Said(status=404)])
                said = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                if said.status != 304:
                    self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(said.body)
                self.close_connection = said.hang_up

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def place(self) -> tuple[str, int]:
        """Where it is."""
        return "127.0.0.1", self._server.server_address[1]

    def paths(self) -> list[str]:
        """What it was asked, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def headers(self, number: int) -> dict[str, str]:
        """The headers of the so many-th of those requests."""
        return [headers for path, headers in self.asked if path != "/robots.txt"][number]

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
