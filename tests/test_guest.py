"""The guest: what it takes, what it refuses, how long it waits, where it never goes."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpcore2
import pytest
from democracy_site.script import Said, Script

from pipeline.scrape.guest import Answer, Guest
from pipeline.scrape.manners import Budget, Clock, Manners, Misused, Stopped
from pipeline.scrape.network import NotPublic, is_public, public_addresses
from pipeline.scrape.trouble import Forbidden, Gone, Passing, Refused, Trouble

HOST = "http://democracy.netherfield.example"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n9\n%%EOF\n"
PAGE = b"<!DOCTYPE html><html><body><div id='modgov'>Meetings</div></body></html>"


NOW = datetime(2026, 6, 1, 9, 30)


class Patient(Clock):
    """A clock that only goes on when somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return NOW

    def seconds(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.waits.append(seconds)


class Visit:
    """A guest before a script."""

    def __init__(self, folder: Path, answers: dict[str, list[Said]], **manners: object) -> None:
        self.clock = Patient()
        self.budget = Budget(self.clock)
        self.script = Script(answers)
        settings = Manners("papers@netherfield.example", **manners)  # type: ignore[arg-type]
        self.guest = Guest(settings, self.budget, stand_in=self.script.place)
        self.into = folder / "download"

    def fetch(self, path: str, promise: str = "pdf", **validators: str) -> Answer:
        return self.guest.fetch(HOST + path, self.into, promise, **validators)  # type: ignore[arg-type]

    def trouble(self, path: str, promise: str = "pdf") -> tuple[type[Trouble], str]:
        with pytest.raises(Trouble) as caught:
            self.fetch(path, promise)
        return type(caught.value), caught.value.kind

    def close(self) -> None:
        self.guest.close()
        self.script.close()


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    made: list[Visit] = []

    def make(answers: dict[str, list[Said]], **manners: object) -> Visit:
        made.append(Visit(tmp_path, answers, **manners))
        return made[-1]

    yield make
    for each in made:
        each.close()


Make = Callable[..., Visit]
ETAG = {"ETag": '"first"', "Accept-Ranges": "bytes"}


def test_a_paper_comes_with_its_hash(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(PDF, headers=ETAG)]})
    answer = here.fetch("/a.pdf")
    assert (answer.sha256, answer.size, answer.kind) == (hashlib.sha256(PDF).hexdigest(), len(PDF), "pdf")
    headers = here.script.headers(0)
    assert headers["user-agent"].startswith("Minutebook/") and "papers@netherfield.example" in headers["user-agent"]
    assert headers["from"] == "papers@netherfield.example" and headers["accept-encoding"] == "identity"


def test_a_download_that_broke_off_is_gone_on_with(visit: Make) -> None:
    half = len(PDF) // 2
    rest = {**ETAG, "Content-Range": f"bytes {half}-{len(PDF) - 1}/{len(PDF)}"}
    here = visit({"/a.pdf": [
        Said(PDF[:half], headers=ETAG, length=len(PDF), hang_up=True), Said(PDF[half:], 206, rest),
    ]})
    assert here.fetch("/a.pdf").sha256 == hashlib.sha256(PDF).hexdigest()
    second = here.script.headers(1)
    assert (second["range"], second["if-range"]) == (f"bytes={half}-", '"first"')


def test_what_changed_between_two_attempts_is_fetched_anew(visit: Make) -> None:
    other = PDF.replace(b"startxref", b"corrected")
    half = len(PDF) // 2
    here = visit({"/a.pdf": [
        Said(PDF[:half], headers=ETAG, length=len(PDF), hang_up=True), Said(other, 200, {"ETag": '"second"'}),
    ]})
    assert here.fetch("/a.pdf").sha256 == hashlib.sha256(other).hexdigest()


def test_a_part_that_nobody_asked_for_is_not_appended(visit: Make) -> None:
    half = len(PDF) // 2
    wrong = {**ETAG, "Content-Range": f"bytes 0-{len(PDF) - 1}/{len(PDF)}"}
    here = visit({"/a.pdf": [
        Said(PDF[:half], headers=ETAG, length=len(PDF), hang_up=True), Said(PDF, 206, wrong), Said(PDF, headers=ETAG),
    ]})
    assert here.fetch("/a.pdf").sha256 == hashlib.sha256(PDF).hexdigest()


def test_without_a_validator_nothing_is_pieced_together(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(PDF[:99], length=len(PDF), hang_up=True), Said(PDF)]})
    assert here.fetch("/a.pdf").size == len(PDF)
    assert "range" not in here.script.headers(1)


def test_what_did_not_change_does_not_come_again(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(status=304)]})
    answer = here.fetch("/a.pdf", etag='"first"', last_modified="Mon, 01 Jun 2026 09:00:00 GMT")
    assert (answer.status, answer.file) == (304, None)
    asked = here.script.headers(0)
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"first"', "Mon, 01 Jun 2026 09:00:00 GMT")


@pytest.mark.parametrize("said", ["30", "Mon, 01 Jun 2026 09:30:30 GMT", "Mon, 01 Jun 2026 10:30:30 +0100"])
def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(visit: Make, said: str) -> None:
    here = visit({"/a.pdf": [Said(status=429, headers={"Retry-After": said}), Said(PDF)]})
    before = here.clock.at
    assert here.fetch("/a.pdf").size == len(PDF)
    assert 30 <= here.clock.at - before < 35


def test_a_site_that_asks_for_hours_is_left_for_this_run(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(status=503, headers={"Retry-After": "7200"})]})
    assert here.trouble("/a.pdf") == (Refused, "busy")
    assert here.script.paths() == ["/a.pdf"]


def test_waits_grow_and_end(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(status=500)]})
    assert here.trouble("/a.pdf") == (Passing, "error")
    assert here.script.paths() == ["/a.pdf"] * 5
    assert 2 + 4 + 8 + 16 <= sum(here.clock.waits) < 60


def test_a_second_passes_between_two_requests(visit: Make) -> None:
    here = visit({f"/{i}.pdf": [Said(PDF)] for i in range(5)})
    moments = []
    for i in range(5):
        here.fetch(f"/{i}.pdf")
        moments.append(here.clock.at)
    assert [later - earlier for earlier, later in itertools.pairwise(moments)] == pytest.approx([1.0] * 4)


def test_robots_may_ask_for_a_longer_pause_but_not_for_hours(visit: Make) -> None:
    here = visit({"/robots.txt": [Said(b"User-agent: *\nCrawl-delay: 7\n")], "/a.pdf": [Said(PDF)]})
    here.fetch("/a.pdf")
    before = here.clock.at
    here.fetch("/a.pdf")
    assert here.clock.at - before == pytest.approx(7.0)
    other = visit({"/robots.txt": [Said(b"User-agent: *\nCrawl-delay: 3600\n")]})
    assert other.trouble("/a.pdf") == (Forbidden, "robots") and other.script.paths() == []


def test_a_redirect_into_what_robots_forbid_is_not_followed(visit: Make) -> None:
    here = visit({
        "/robots.txt": [Said(b"User-agent: *\nDisallow: /private/\n")],
        "/a.pdf": [Said(status=302, headers={"Location": "/private/a.pdf"})], "/private/a.pdf": [Said(PDF)],
    })
    assert here.trouble("/a.pdf") == (Forbidden, "robots")
    assert here.script.paths() == ["/a.pdf"]


def test_no_rules_are_no_leave_where_the_site_fails_to_give_them(visit: Make) -> None:
    here = visit({"/robots.txt": [Said(status=500)], "/a.pdf": [Said(PDF)]})
    assert here.trouble("/a.pdf") == (Passing, "error")
    assert here.script.paths() == []


@pytest.mark.parametrize(("location", "kind"), [
    ("http://127.0.0.1:8080/admin", "moved"), ("http://169.254.169.254/latest/meta-data", "moved"),
    ("https://elsewhere.example/a.pdf", "moved"), ("http://democracy.netherfield.example:8443/a.pdf", "moved"),
    ("/Account/Login.aspx?ReturnUrl=%2fa.pdf", "login"), ("https://login.microsoftonline.com/x", "login"),
    ("/a.pdf", "redirects"), ("file:///etc/passwd", "error"),
])
def test_redirects_lead_nowhere_else(visit: Make, location: str, kind: str) -> None:
    here = visit({"/a.pdf": [Said(status=302, headers={"Location": location})]})
    assert here.trouble("/a.pdf")[1] == kind
    assert set(here.script.paths()) == {"/a.pdf"}


def test_a_redirect_on_the_same_host_is_followed(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(status=301, headers={"Location": "/b.pdf"})], "/b.pdf": [Said(PDF)]})
    assert here.fetch("/a.pdf").size == len(PDF)


@pytest.mark.parametrize(("answer", "kind"), [
    (Said(PAGE), "not_promised"), (Said(PDF[:-7]), "cut_short"), (Said(b""), "empty"),
    (Said(PDF, headers={"Content-Encoding": "br"}), "packed"), (Said(status=401), "login"), (Said(status=418), "error"),
    (Said(b"<html><title>Just a moment...</title></html>", 403), "wall"), (Said(status=403), "error"),
    (Said(gzip.compress(PDF)[:-20], headers={"Content-Encoding": "gzip"}), "cut_short"),
    (Said(b'<html><script src="/_Incapsula_Resource?x=1"></script></html>'), "wall"),
])
def test_what_is_not_the_paper_is_not_taken(visit: Make, answer: Said, kind: str) -> None:
    here = visit({"/a.pdf": [answer]})
    assert here.trouble("/a.pdf")[1] == kind
    assert not here.into.exists()


@pytest.mark.parametrize("answer", [
    Said(status=404), Said(status=410), Said(status=302, headers={"Location": "/mgError.aspx?aspxerrorpath=/a"}),
])
def test_what_is_gone_is_not_asked_for_twice(visit: Make, answer: Said) -> None:
    here = visit({"/a.pdf": [answer]})
    assert here.trouble("/a.pdf") == (Gone, "gone") and here.script.paths() == ["/a.pdf"]


def test_a_paper_that_is_too_large_is_not_even_begun(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(PDF)]}, largest_paper=1000)
    assert here.trouble("/a.pdf") == (Refused, "too_large")
    assert here.guest.bytes == 0


def test_a_bomb_is_not_unpacked(visit: Make) -> None:
    bomb = gzip.compress(b"\0" * 2**26)
    here = visit({"/a": [Said(bomb, headers={"Content-Encoding": "gzip"})]}, largest_page=2**20)
    assert here.trouble("/a", "page") == (Refused, "endless")
    assert here.guest.bytes <= len(bomb) and not here.into.exists()


def test_a_packed_page_is_unpacked(visit: Make) -> None:
    here = visit({"/a": [Said(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})]})
    here.fetch("/a", "page")
    assert here.into.read_bytes() == PAGE


def test_a_run_that_is_over_asks_for_nothing_more(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(PDF)]})
    here.budget.stop("interrupted")
    with pytest.raises(Stopped, match="interrupted"):
        here.fetch("/a.pdf")
    assert here.script.asked == []


def test_minutes_and_megabytes_are_bounds(visit: Make) -> None:
    here = visit({"/a.pdf": [Said(PDF)]})
    here.budget.bytes = len(PDF) * 2 + 10
    for _ in range(2):
        here.fetch("/a.pdf")
    with pytest.raises(Stopped, match="megabytes"):
        here.fetch("/a.pdf")
    clock = Patient()
    budget = Budget(clock, seconds=60)
    clock.sleep(61)
    with pytest.raises(Stopped, match="minutes"):
        budget.spend(0)


PUBLIC = (
    "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822",
)
PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1%eth0", "fc00::7", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
)


def test_public_addresses_are_told_from_private_ones() -> None:
    assert [address for address in PUBLIC + PRIVATE if is_public(address)] == list(PUBLIC)


def resolve(monkeypatch: pytest.MonkeyPatch, *places: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 80)) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)


def test_a_name_with_one_private_address_is_not_visited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    resolve(monkeypatch, "93.184.216.34", "10.0.0.5")
    with pytest.raises(NotPublic, match="inside a private network"):
        public_addresses("democracy.netherfield.example", 80)
    guest = Guest(Manners("a@b.example"), Budget(Patient()))
    with pytest.raises(Refused) as caught:
        guest.fetch(HOST + "/a.pdf", tmp_path / "a", "pdf")
    assert caught.value.kind == "private"


def test_the_connection_goes_to_the_addresses_that_were_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.scrape.network import PublicOnly

    went: list[str] = []

    def connect(self: object, host: str, *rest: object) -> None:
        went.append(host)
        resolve(monkeypatch, "127.0.0.1")  # what the name would mean if it were asked again
        raise httpcore2.ConnectError

    resolve(monkeypatch, "2606:2800:220:1:248:1893:25c8:1946", "93.184.216.34", "93.184.216.34")
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    with pytest.raises(httpcore2.ConnectError):
        PublicOnly().connect_tcp("democracy.netherfield.example", 443)
    assert went == ["2606:2800:220:1:248:1893:25c8:1946", "93.184.216.34"]


def test_a_name_that_is_not_found_is_a_trouble_that_may_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror("not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(httpcore2.ConnectError, match="is not found"):
        public_addresses("democracy.netherfield.example", 80)


@pytest.mark.parametrize("settings", [{"contact": ""}, {"contact": "me"}, {"contact": "a@b.example", "pause": 0.5}])
def test_manners_are_not_optional(settings: dict[str, object]) -> None:
    with pytest.raises(Misused):
        Manners(**settings)  # type: ignore[arg-type]
