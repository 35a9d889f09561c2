"""What goes wrong with sites, on demand: each by its name, at a rate, by a seed."""

from __future__ import annotations

import gzip
import random
import socket
import struct
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler

BOMB = gzip.compress(b"\0" * (48 * 2**20), 9)
"""48 MB of nothing in as many KB."""
ALL = (
    "slow", "busy", "error", "reset", "truncated", "too_short", "loop", "private", "endless", "bomb", "not_a_pdf",
)


class Faults:
    """Draws the fault of each request. Rates are between 0 and 1.

    What befalls an address the first, second, third time hangs on the seed alone: hosts are asked at once, in no order.
    """

    def __init__(self, rates: dict[str, float], seed: int = 0) -> None:
        assert set(rates) <= set(ALL)
        self.rates = rates
        self._seed = seed
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.made: dict[str, int] = {}

    def draw(self, address: str) -> str | None:
        """The fault of the next request for `address`; None for most."""
        with self._lock:
            self._asked[address] += 1
            rng = random.Random(f"{self._seed} {address} {self._asked[address]}")
            for name, rate in self.rates.items():
                if rng.random() < rate:
                    self.made[name] = self.made.get(name, 0) + 1
                    return name
        return None


def misbehave(fault: str, handler: BaseHTTPRequestHandler, body: bytes, kind: str, trap: int) -> None:
    """Answer with a fault in place of `body`. `trap` is a port of this machine to which nobody may come."""
    handler.close_connection = True
    if fault == "slow":
        handler.connection.recv(1)  # silent until the guest has lost patience
    elif fault == "busy":
        _reply(handler, 429, b"Too many requests", {"Retry-After": "2"})
    elif fault == "error":
        _reply(handler, 500, b"<html><body>Server Error</body></html>", {"Content-Type": "text/html"})
    elif fault == "reset":
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
    elif fault == "truncated":
        _start(handler, 200, {"Content-Type": kind, "Content-Length": str(len(body))})
        handler.wfile.write(body[:len(body) // 2])
    elif fault == "too_short":
        said = max(1, len(body) - 40 - len(body) // 7)
        _reply(handler, 200, body, {"Content-Type": kind, "Content-Length": str(said)})
    elif fault == "loop":
        _reply(handler, 302, b"", {"Location": handler.path})
    elif fault == "private":
        _reply(handler, 302, b"", {"Location": f"http://127.0.0.1:{trap}/admin"})
    elif fault == "endless":
        _endless(handler, kind)
    elif fault == "bomb":
        _reply(handler, 200, BOMB, {"Content-Type": kind, "Content-Encoding": "gzip"})
    elif fault == "not_a_pdf":
        page = b"<html><body>The document is being prepared.</body></html>"
        _reply(handler, 200, page, {"Content-Type": "application/pdf"})


def _start(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()


def _reply(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    _start(handler, status, {"Content-Length": str(len(body)), **headers})
    handler.wfile.write(body)


def _endless(handler: BaseHTTPRequestHandler, kind: str) -> None:
    """A page that never ends: until the guest hangs up."""
    _start(handler, 200, {"Content-Type": kind})
    block = b"<!DOCTYPE html><html><body><div id='modgov'>" + b"<p>and so on</p>" * 4096
    while True:
        handler.wfile.write(block)
