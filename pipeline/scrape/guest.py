"""The guest: asks one host for one thing at a time, and takes only what it asked for.

Retries are tenacity's, the connection httpcore2's, robots.txt protego's. No HTTP cache stands between: the archive is
one that never forgets, and conditional requests are made from its ledger.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpcore2
import tenacity

from pipeline.scrape import addresses, content
from pipeline.scrape.content import Promise, TooLarge, Unpacker
from pipeline.scrape.manners import SLOWEST, Budget, Manners, Pace, Robots
from pipeline.scrape.network import NotPublic, PublicOnly
from pipeline.scrape.trouble import Forbidden, Gone, Passing, Refused, Trouble

MOST_HOPS = 5
MOVED = (301, 302, 303, 307, 308)
MAY_PASS = (408, 425, 500, 502, 504, 520, 521, 522, 523, 524)
BUSY = (429, 503)
NOWHERE = re.compile(r"/(?:mgerror|error404|404|page-?not-?found|notfound)\b", re.IGNORECASE)
"""Where sites send those who ask for what there is not."""
LOGIN = re.compile(r"/[^/]*(?:log-?[io]n|sign-?in|adfs|saml|oauth)[^/]*(?:/|$)|login\.microsoftonline", re.IGNORECASE)
WALLS = re.compile(
    rb"<title>\s*Just a moment|cf-challenge|challenge-platform|_Incapsula_Resource|Pardon Our Interruption|"
    rb"Attention Required! \| Cloudflare", re.IGNORECASE,
)
"""What a page says that holds up programs; those of 200 are small and hold nothing else."""
LARGEST_WALL = 20_000
PACKED = "gzip, deflate"
ANYTHING = "text/html,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"
BLOCK = 65536


@dataclass(frozen=True)
class Answer:
    """What an address gave. `file` is None where it said that nothing changed (304)."""

    status: int
    file: Path | None = None
    sha256: str = ""
    size: int = 0
    kind: str = ""
    """The usual extension for what it is."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What is asked for, and where it is to be put."""

    address: str
    into: Path
    promise: Promise
    etag: str | None = None
    last_modified: str | None = None

    @property
    def is_page(self) -> bool:
        """Whether it is to be read for its links: small, and worth packing on the way."""
        return self.promise in ("page", "xml", "text")


class Guest:
    """A guest of one host. One thread uses it."""

    def __init__(
        self, manners: Manners, budget: Budget, stand_in: tuple[str, int] | None = None, verify: bool = True
    ) -> None:
        self._manners = manners
        self._budget = budget
        self._clock = budget.clock
        self.pace = Pace(budget, manners.pause)
        context = ssl.create_default_context()
        if not verify:  # by the council's line: its chain of certificates is broken
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context, max_connections=1, max_keepalive_connections=1, keepalive_expiry=30.0,
            network_backend=PublicOnly(stand_in),
        )
        self._robots: dict[str, Robots] = {}
        self._secure: set[str] = set()
        """Hosts that sent us on to https once."""
        self._wrong: tuple[str, str] | None = None
        """The address that gave something else than it promised last, and the hash of that."""
        self.requests = 0
        self.bytes = 0

    def close(self) -> None:
        """Take leave."""
        self._pool.close()

    def fetch(
        self, address: str, into: Path, promise: Promise, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """What `address` gives, in the file `into`. Raises Trouble, manners.Stopped; OSError where the disk is full.

        With `etag` or `last_modified`, a site that knows of them may say that nothing changed. A paper of which an
        earlier attempt left a part in `into` is gone on with where the site can do that.
        """
        robots = self._robots_of(address, into)
        if not robots.allows(address):
            raise Forbidden("robots", f"its robots.txt keeps us out of {address}")
        return self._until_it_comes(Asked(address, into, promise, etag, last_modified))

    def _until_it_comes(self, asked: Asked) -> Answer:
        retrying = tenacity.Retrying(
            sleep=self._budget.rest,
            stop=tenacity.stop_after_attempt(self._manners.attempts),
            wait=self._how_long,
            retry=tenacity.retry_if_exception_type(Passing),
            reraise=True,
        )
        return retrying(self._attempt, asked)

    def _how_long(self, state: tenacity.RetryCallState) -> float:
        """Seconds until the next attempt: what the site says, or longer with each attempt."""
        error = state.outcome.exception() if state.outcome else None
        said = error.wait if isinstance(error, Passing) else 0.0
        return max(said, tenacity.wait_exponential_jitter(multiplier=2 * self._manners.pause, max=60.0)(state))

    def _robots_of(self, address: str, into: Path) -> Robots:
        host, _ = addresses.origin(address)
        if host not in self._robots:
            text = ""
            place = into.with_name(into.name + ".robots")
            try:
                asked = Asked(addresses.join(address, "/robots.txt") or address, place, "text")
                answer = self._until_it_comes(asked)
                assert answer.file is not None
                text = answer.file.read_bytes().decode("utf-8", "replace")
            except Gone:
                pass
            except Refused as error:
                if error.kind not in ("wall", "login", "empty"):  # it gives no rules: the pages will tell
                    raise
            finally:
                place.unlink(missing_ok=True)
            self._robots[host] = robots = Robots(text)
            pause = robots.pause()
            if pause > SLOWEST:
                raise Forbidden("robots", f"its robots.txt asks for {pause:.0f} seconds between two requests")
            self.pace.pause = max(self.pace.pause, pause)
            self.pace.answered()
        return self._robots[host]

    def _attempt(self, asked: Asked) -> Answer:
        """One attempt, through the redirects that we follow."""
        address = asked.address
        for _ in range(MOST_HOPS):
            if addresses.origin(address)[0] in self._secure:
                address = address.replace("http://", "https://", 1)
            answer = self._request(address, asked)
            if isinstance(answer, Answer):
                return answer
            address = answer
        raise Refused("redirects", f"it sends us round and round ({MOST_HOPS} redirects)")

    def _request(self, address: str, asked: Asked) -> Answer | str:
        """One request: the answer, or the address to which it sends us on."""
        self.pace.wait()
        self._budget.spend(0)
        self.requests += 1
        real = self._clock.real(self._manners.time_out)
        timeouts = {"connect": real, "read": real, "write": real, "pool": real}
        try:
            with self._pool.stream(
                "GET", address, headers=self._headers(asked), extensions={"timeout": timeouts}
            ) as response:
                return self._take(address, asked, response)
        except NotPublic as error:
            raise Refused("private", str(error)) from error
        except httpcore2.TimeoutException as error:
            raise Passing("slow", f"it kept silent for {self._manners.time_out:.0f} seconds") from error
        except httpcore2.ConnectError as error:
            if "CERTIFICATE" in str(error).upper():
                raise Refused("certificate", f"its certificate is not good: {error}") from error
            raise Passing("unreachable", f"no connection: {error}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Passing("cut_short", f"the connection broke off: {error}") from error
        finally:
            self.pace.answered()

    def _headers(self, asked: Asked) -> dict[bytes | str, bytes | str]:
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": self._manners.agent, "Accept": ANYTHING,
            "Accept-Encoding": PACKED if asked.is_page else "identity",
        }
        if "@" in self._manners.contact:
            headers["From"] = self._manners.contact
        if (part := _part_of(asked)) is not None:
            size, validator = part
            headers |= {"Range": f"bytes={size}-", "If-Range": validator}
        else:
            if asked.etag:
                headers["If-None-Match"] = asked.etag
            if asked.last_modified:
                headers["If-Modified-Since"] = asked.last_modified
        return headers

    def _take(self, address: str, asked: Asked, response: httpcore2.Response) -> Answer | str:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        status = response.status
        if status in MOVED:
            return self._onward(address, headers.get("location", ""))
        if status == 304 and (asked.etag or asked.last_modified):
            return Answer(304, headers=headers)
        if status == 416 and (part := _part_of(asked)):
            if headers.get("content-range", "").rpartition("/")[2] != str(part[0]):
                _drop(asked.into)
                raise Passing("cut_short", "what we had of it is no part of what there is now", status=status)
            return self._finished(asked, status, headers)
        if status not in (200, 206):
            self._turned_away(status, headers, response)
        self._save(asked, status, headers, response)
        return self._finished(asked, status, headers)

    def _onward(self, address: str, location: str) -> str:
        """Where a redirect leads, if we may follow. Raises Trouble."""
        target = addresses.join(address, location) if location else None
        if target is None:
            raise Passing("error", "it sends us on to nowhere")
        if NOWHERE.search(target):
            raise Gone("gone", "it sends us to a page that says there is no such thing")
        if LOGIN.search(target):
            raise Refused("login", "it asks for a login")
        if not addresses.same_site(address, target):
            host, port = addresses.origin(target)
            raise Refused("moved", f"it sends us to another host, {host}:{port}")
        host, _ = addresses.origin(target)
        if target.startswith("https:") and address.startswith("http:"):
            self._secure.add(host)
        robots = self._robots.get(host)
        if robots is not None and not robots.allows(target):
            raise Forbidden("robots", f"its robots.txt keeps us out of {target}")
        return target

    def _turned_away(self, status: int, headers: Mapping[str, str], response: httpcore2.Response) -> None:
        """Raises the Trouble that an answer without content means."""
        said = f"HTTP {status}"
        if status in (404, 410):
            raise Gone("gone", said, status=status)
        if status in BUSY:
            wait = self._retry_after(headers.get("retry-after"))
            self.pace.stay_away(min(wait, self._manners.patience))
            if wait > self._manners.patience:
                raise Refused("busy", f"{said}: it asks us to stay away for {wait:.0f} seconds", status=status)
            raise Passing("busy", f"{said}: it has too much to do", status=status, wait=wait)
        if status in MAY_PASS or status == 304:
            raise Passing("error", said, status=status)
        if status in (401, 407):
            raise Refused("login", f"{said}: it asks for a login", status=status)
        if status == 403 and ("cf-mitigated" in headers or WALLS.search(self._start_of(response, headers))):
            raise Refused("wall", f"{said}: a wall holds up programs", status=status)
        raise Refused("error", said, status=status)

    def _start_of(self, response: httpcore2.Response, headers: Mapping[str, str]) -> bytes:
        """The beginning of an answer, as far as it can be unpacked."""
        start = b""
        with contextlib.suppress(TooLarge, ValueError, zlib.error):
            unpacker = Unpacker(headers.get("content-encoding", ""), LARGEST_WALL)
            for block in response.iter_stream():
                self._count(len(block))
                start += unpacker.feed(block)
        return start

    def _retry_after(self, said: str | None) -> float:
        """Seconds, from a number or a date."""
        if not said:
            return 0.0
        try:
            return max(0.0, float(said))
        except ValueError:
            pass
        try:
            moment = parsedate_to_datetime(said)
        except ValueError:
            return 0.0
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        return max(0.0, (moment - self._clock.now()).total_seconds())

    def _count(self, number: int) -> None:
        self.bytes += number
        self._budget.spend(number)

    def _save(
        self, asked: Asked, status: int, headers: Mapping[str, str], response: httpcore2.Response
    ) -> None:
        """The body into the file; what came of it stays there when the connection breaks."""
        start = 0
        if status == 206:
            part = _part_of(asked)
            first = re.match(r"bytes (\d+)-", headers.get("content-range", ""))
            if part is None or first is None or int(first[1]) != part[0]:
                _drop(asked.into)
                raise Passing("cut_short", "it gave a part that we did not ask for", status=status)
            start = part[0]
        else:
            _drop(asked.into)
        most = self._manners.largest_paper
        if asked.is_page:
            most = min(most, self._manners.largest_page)
        if int(headers.get("content-length") or 0) + start > most:
            raise Refused("too_large", f"it has more than {most // 2**20} MB", status=status)
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), most - start)
        except ValueError as error:
            raise Refused("packed", str(error), status=status) from error
        if not start:
            _note_part(asked, headers)
        self._pour(asked, response, unpacker, most)

    def _pour(self, asked: Asked, response: httpcore2.Response, unpacker: Unpacker, most: int) -> None:
        until = time.monotonic() + self._clock.real(self._manners.longest)
        try:
            with asked.into.open("ab") as file:
                for block in response.iter_stream():
                    self._count(len(block))
                    file.write(unpacker.feed(block))
                    if time.monotonic() > until:
                        raise Refused("slow", f"it was not all there after {self._manners.longest:.0f} seconds")
        except TooLarge as error:
            _drop(asked.into)
            raise Refused("endless", f"it went on beyond {most // 2**20} MB") from error
        except zlib.error as error:
            _drop(asked.into)
            raise Passing("cut_short", f"it cannot be unpacked: {error}") from error
        if not unpacker.finished:
            _drop(asked.into)
            raise Passing("cut_short", "its end is missing")

    def _finished(self, asked: Asked, status: int, headers: Mapping[str, str]) -> Answer:
        """The answer, if what came is what was asked for, to its end. Raises Trouble."""
        size = asked.into.stat().st_size
        if size == 0 and asked.promise != "text":
            _drop(asked.into)
            raise Passing("empty", "an empty answer", status=status)
        kind = content.kind_of(asked.into, asked.address)
        if kind == "html" and asked.promise != "text" and size < LARGEST_WALL:
            page = asked.into.read_bytes()
            if WALLS.search(page):
                _drop(asked.into)
                raise Refused("wall", "a wall holds up programs", status=status)
        if why := content.broken_promise(kind, asked.promise):
            came, before = (asked.address, _sha256(asked.into)), self._wrong
            self._wrong = came
            _drop(asked.into)
            # A page of excuses differs from its next by nothing: that is what there is, and not a bad moment.
            raise (Refused if came == before else Passing)("not_promised", why, status=status)
        if asked.promise != "text" and not content.is_whole(asked.into, kind):
            _drop(asked.into)
            raise Passing("cut_short", "its end is missing", status=status)
        _sidecar(asked.into).unlink(missing_ok=True)
        return Answer(200, asked.into, _sha256(asked.into), size, kind, headers)


def _sidecar(file: Path) -> Path:
    return file.with_name(file.name + ".part")


def _note_part(asked: Asked, headers: Mapping[str, str]) -> None:
    """Note what would tell, in a later attempt, that the rest belongs to the same content."""
    etag = headers.get("etag", "")
    validator = etag if etag and not etag.startswith("W/") else headers.get("last-modified")
    if validator and not asked.is_page and not headers.get("content-encoding"):
        _sidecar(asked.into).write_text(json.dumps({"address": asked.address, "validator": validator}))


def _part_of(asked: Asked) -> tuple[int, str] | None:
    """How many bytes an earlier attempt left, and what they are a part of; None where there are none to go on with."""
    try:
        note = json.loads(_sidecar(asked.into).read_text())
        size = asked.into.stat().st_size
    except (OSError, ValueError):
        return None
    return (size, note["validator"]) if size and note.get("address") == asked.address else None


def _drop(file: Path) -> None:
    _sidecar(file).unlink(missing_ok=True)
    file.unlink(missing_ok=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


__all__ = ["Answer", "Forbidden", "Gone", "Guest", "Passing", "Refused", "Trouble"]
