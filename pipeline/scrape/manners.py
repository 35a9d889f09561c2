"""How a guest behaves: who it says it is, how long it waits, what it may look at, when it stops."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from protego import Protego

from pipeline import __version__

CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")
AGENT = "minutebook"
"""The name by which a robots.txt may address us."""
SLOWEST = 120.0
"""Seconds between requests beyond which a Crawl-delay is taken for a way to say no."""


class Misused(Exception):
    """A setting that cannot be: what to change is in its words."""


class Stopped(Exception):
    """Time or space is up, or somebody asked us to stop."""


class Clock:
    """Real time; `lapse` times as fast where a test asks for it, and on another day."""

    def __init__(self, lapse: float = 1.0, ahead: timedelta = timedelta()) -> None:
        self.lapse = lapse
        self._ahead = ahead

    def now(self) -> datetime:
        """The moment, UTC."""
        return datetime.now(UTC).replace(tzinfo=None) + self._ahead

    def seconds(self) -> float:
        """Seconds since some moment."""
        return time.monotonic() * self.lapse

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds) / self.lapse)

    def real(self, seconds: float) -> float:
        """What so many seconds are for the system's own clock."""
        return seconds / self.lapse


@dataclass(frozen=True)
class Manners:
    """What holds for every host. Raises Misused."""

    contact: str
    """An e-mail or web address at which whoever runs a site finds us."""
    pause: float = 1.0
    """Seconds from one request to a host to the next, at least; its robots.txt may ask for more."""
    attempts: int = 5
    """How often a page is asked for before it is given up for this round."""
    patience: float = 300.0
    """Seconds that a site may ask us to stay away (Retry-After) without being left alone for this run."""
    time_out: float = 60.0
    """Seconds without a byte."""
    largest_page: int = 8 * 2**20
    largest_paper: int = 300 * 2**20
    """Bytes, unpacked."""
    version: str = __version__

    def __post_init__(self) -> None:
        if not CONTACT.fullmatch(self.contact):
            raise Misused(
                "say who you are, so that whoever runs a site can reach you: --contact you@example.org, or "
                "MINUTEBOOK_CONTACT in the environment"
            )
        if self.pause < 1.0:
            raise Misused("at most one request a second goes to a host: --pause may only be longer than 1")

    @property
    def longest(self) -> float:
        """Seconds that one answer may take, however it trickles."""
        return 15 * self.time_out

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        return f"Minutebook/{self.version} (reads councils' papers; contact: {self.contact})"


class Pace:
    """One host's pace: `wait` returns when the next request may go, a pause after the last one was `answered`."""

    def __init__(self, budget: Budget, pause: float) -> None:
        self._clock = budget.clock
        self._budget = budget
        self.pause = pause
        self._next = self._clock.seconds()

    def wait(self) -> None:
        """Wait for our turn. Raises Stopped where the run is over."""
        self._budget.rest(self._next - self._clock.seconds())

    def answered(self) -> None:
        """The last request is over: the pause counts from now, so that a slow site has as much rest as a quick one."""
        self._next = max(self._next, self._clock.seconds() + self.pause)

    def stay_away(self, seconds: float) -> None:
        """Let no request go for so long."""
        self._next = max(self._next, self._clock.seconds() + seconds)


class Robots:
    """What a host's robots.txt lets us do."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, address: str) -> bool:
        """Whether we may ask for `address`."""
        return self._rules.can_fetch(address, AGENT)

    def pause(self) -> float:
        """Seconds from request to request for which it asks; 0 where it asks for none."""
        rate = self._rules.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self._rules.crawl_delay(AGENT) or 0.0), by_rate)


@dataclass
class Budget:
    """What a run may take altogether, counted over all its threads."""

    clock: Clock
    seconds: float | None = None
    bytes: int | None = None
    used: int = 0
    stopped: str | None = None
    """Why it is over: minutes, megabytes, interrupted."""
    _began: float = field(default=0.0)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._began = self.clock.seconds()

    def spend(self, number: int) -> None:
        """Count bytes. Raises Stopped where the run is over."""
        with self._lock:
            self.used += number
            if self.stopped is None and self.bytes is not None and self.used >= self.bytes:
                self.stopped = "megabytes"
            if (
                self.stopped is None and self.seconds is not None
                and self.clock.seconds() - self._began >= self.seconds
            ):
                self.stopped = "minutes"
        if self.stopped is not None:
            raise Stopped(self.stopped)

    def rest(self, seconds: float) -> None:
        """Wait so long. Raises Stopped as soon as the run is over."""
        until = self.clock.seconds() + seconds
        self.spend(0)
        while (left := until - self.clock.seconds()) > 0:
            self.clock.sleep(min(left, self.clock.lapse))
            self.spend(0)

    def stop(self, why: str) -> None:
        """Let every thread end at its next byte."""
        with self._lock:
            self.stopped = self.stopped or why
