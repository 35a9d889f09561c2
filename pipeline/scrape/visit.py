"""A visit to one council: its lists, its meetings, their papers, into the archive.

What fails is asked for again when all else is done, since a site's troubles often pass within minutes; what then still
fails is a row that says why, and owed to the next run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.scrape import content
from pipeline.scrape.archive import Archive
from pipeline.scrape.content import Promise
from pipeline.scrape.guest import Answer, Guest
from pipeline.scrape.ledger import GUESS, CouncilOutcome, CouncilRun, Run, Version, Visit, VisitOutcome
from pipeline.scrape.manners import Clock, Stopped
from pipeline.scrape.platforms import ROUTES, Route
from pipeline.scrape.platforms.base import Contents, Listed, Paper, Platform
from pipeline.scrape.register import Register
from pipeline.scrape.revisiting import AHEAD, SETTLED, is_due
from pipeline.scrape.sites import Site
from pipeline.scrape.trouble import Forbidden, Gone, Passing, Refused, Trouble
from pipeline.scrape.watcher import Watcher

ROUNDS = 3
"""How often what fails is asked for in a run, each time with the guest's attempts."""
HOPELESS = ("robots", "wall", "login", "certificate", "too_large")
"""Troubles that do not pass within a run."""


@dataclass(frozen=True)
class Scope:
    """What a run looks for."""

    since: date
    """Meetings held before are not asked for."""
    recheck: bool = False
    """Whether to look again at everything, however long it has stood."""


@dataclass
class Work:
    """A list to read, or a paper to fetch."""

    what: Listed | Paper
    rounds: int = 0
    forced: bool = False
    """Whether to look again before it is due: a page that leads to it has changed."""


class CouncilVisit:
    """One council in one run."""

    def __init__(
        self, site: Site, archive: Archive, guest: Guest, clock: Clock, run: Run, scope: Scope, watcher: Watcher
    ) -> None:
        self._site = site
        self._archive = archive
        self._guest = guest
        self._clock = clock
        self._scope = scope
        self._watcher = watcher
        self._began = clock.now()
        self._run_began = run.started_at
        self._until = self._began.date() + AHEAD
        self._register = Register(archive.ledger, site.council_id)
        self._run = CouncilRun(
            run.run_id, site.council_id, site.platform, site.address, self._began, council=site.name
        )
        self._start = (guest.requests, guest.bytes)
        self._platform: Platform
        self._work: deque[Work] = deque()
        self._known: set[str] = set()
        """Addresses that stand in line, or stood there."""
        self._lists_read = 0
        self._lists_failed: list[str] = []
        self._papers_failed: dict[str, str] = {}

    def make(self) -> CouncilRun:
        """Visit it; the row that is written. Raises OSError where the disk is full."""
        self._archive.ledger.put(self._run)
        try:
            self._look_around()
            self._work_off()
            self._settle_debts()
            return self._close(*self._verdict())
        except Stopped as error:
            return self._close("stopped", f"the run was over: {error}", str(error))
        except Forbidden as error:
            return self._close("forbidden", error.why, error.kind)
        except Trouble as error:
            return self._close("partial" if self._lists_read else "failed", error.why, error.kind)

    def _close(self, outcome: CouncilOutcome, why: str | None, kind: str | None) -> CouncilRun:
        requests, received = self._start
        self._run = replace(
            self._run, outcome=outcome, why=why, kind=kind, finished_at=self._clock.now(),
            requests=self._guest.requests - requests, bytes=self._guest.bytes - received,
            failed_documents=len(self._papers_failed),
        )
        self._archive.ledger.put(self._run)
        return self._run

    def _verdict(self) -> tuple[CouncilOutcome, str | None, str | None]:
        if self._lists_failed and not self._lists_read:
            return "failed", f"none of its lists could be had: {self._lists_failed[0]}", "lists"
        if self._lists_read and not self._known:
            return "failed", "its lists name no meeting and no document", "empty"
        said = list(self._lists_failed[:3])
        if self._papers_failed:
            most = max(set(self._papers_failed.values()), key=list(self._papers_failed.values()).count)
            said.append(f"{len(self._papers_failed)} documents could not be had, most of them because: {most}")
        kind = "lists" if self._lists_failed else "documents"
        return ("partial", "; ".join(said), kind) if said else ("complete", None, None)

    # --- lists

    def _look_around(self) -> None:
        """Find the way to its papers that works, and line up its lists. Raises Trouble, Stopped."""
        overview = self._overview()
        self._see(overview)
        for listing in overview.listings:
            if self._list_is_due(listing):
                self._work.append(Work(listing))

    def _overview(self) -> Contents:
        routes = [route for route in ROUTES[self._site.platform or ""] if not self._is_closed(route)]
        served = self._served_before()
        for name, make in routes:
            self._platform = make(self._site.address or "")
            self._run = replace(self._run, platform=name)
            last = name == routes[-1][0]
            for again in reversed(range(ROUNDS)):
                try:
                    return self._platform.overview(self._ask, self._scope.since, self._until)
                except (Gone, Refused, Passing) as error:
                    # What served once and fails now has a bad day; it is not switched off.
                    switched_off = isinstance(error, Gone) or (name != served and error.kind in (
                        "error", "not_promised", "layout", "empty", "login"
                    ))
                    if not last and switched_off:
                        break
                    if not again or error.kind in HOPELESS:
                        raise
        raise AssertionError("unreachable: the last route returns or raises")

    def _is_closed(self, route: Route) -> bool:
        return route[0] == "moderngov service" and "no_service" in self._site.quirks

    def _served_before(self) -> str | None:
        found = self._archive.ledger.rows(
            CouncilRun, "council_id = ? AND outcome IN ('complete', 'partial')", self._site.council_id
        )
        return max(found, key=lambda run: run.started_at).platform if found else None

    def _list_is_due(self, listing: Listed) -> bool:
        if "service_only" in self._site.quirks and "decisions" in listing.listing_id:
            return False
        before = self._register.listed(listing)
        if before is None or self._scope.recheck or before.since > self._scope.since:
            return True
        if not listing.ended and (listing.last is None or self._began.date() - listing.last < SETTLED):
            return True
        return is_due(before.read_at, listing.last, self._began, cheap=True)

    def _since(self, listing: Listed) -> date:
        """How far back to read: all the way the first time, afterwards as far as anything still changes."""
        before = self._register.listed(listing)
        if before is None or before.since > self._scope.since or self._scope.recheck:
            return self._scope.since
        return max(self._scope.since, (self._began - SETTLED).date() - timedelta(days=31))

    def _read(self, listing: Listed) -> None:
        since = self._since(listing)
        found = self._platform.read(self._ask, listing, since, self._until)
        with self._archive.ledger.transaction():  # or papers of a list that counts as read would be owed by nobody
            self._see(found)
            if found.cut is None:
                self._register.note_listed(listing, min(since, self._scope.since), self._clock.now())
        self._lists_read += 1
        if found.cut is not None:
            raise found.cut

    def _see(self, found: Contents) -> None:
        """Note what a list has, and line up its papers, the latest meeting's first."""
        now = self._clock.now()
        self._register.committees(found.committees, now)
        changed = self._register.meetings(found.meetings, now)
        self._run = replace(
            self._run, committees=self._run.committees + len(found.committees),
            meetings=self._run.meetings + len(found.meetings),
        )
        own = [(m, self._platform.papers_of(m)) for m in sorted(found.meetings, key=lambda m: m.held_on, reverse=True)]
        self._register.documents([*found.papers, *(paper for _, papers in own for paper in papers)], now)
        for meeting, papers in own:
            self._line_up(papers, forced=meeting.meeting_id in changed)
        self._line_up(found.papers)

    # --- papers

    def _line_up(self, papers: Iterable[Paper], forced: bool = False) -> None:
        """Let papers be fetched in their turn. The ledger owes them already: what leads to them wrote them there."""
        for paper in papers:
            if paper.address not in self._known:
                self._known.add(paper.address)
                self._work.append(Work(paper, forced=forced))

    def _work_off(self) -> None:
        """Read and fetch what stands in line, until the line is empty."""
        while self._work:
            work = self._work.popleft()
            work.rounds += 1
            try:
                if isinstance(work.what, Listed):
                    self._read(work.what)
                else:
                    self._fetch(work.what, work.forced)
            except Trouble as error:
                if isinstance(error, Refused) and error.kind == "busy":  # it wants to be left alone
                    raise
                if work.rounds < ROUNDS and not isinstance(error, Gone) and error.kind not in HOPELESS:
                    self._work.append(work)
                else:
                    self._give_up(work.what, error)

    def _give_up(self, what: Listed | Paper, error: Trouble) -> None:
        if isinstance(what, Listed):
            if not (what.optional and isinstance(error, Gone)):
                self._lists_failed.append(f"{what.listing_id}: {error.why}")
        elif not isinstance(error, Gone) and not (what.guessed and error.kind == "not_promised"):
            self._papers_failed[what.address] = error.why

    def _settle_debts(self) -> None:
        """Fetch what earlier runs could not."""
        for document in self._register.owed(self._began):
            if document.address not in self._known:
                self._known.add(document.address)
                meeting = self._register.meeting(document.meeting_id) if document.meeting_id else None
                self._work.append(Work(Paper(
                    document.address, document.title, document.kind, _promise(document.promise),
                    meeting.held_on if meeting else None, document.meeting_id, document.committee_id,
                    guessed=document.promise == GUESS,
                )))
        self._work_off()

    def _fetch(self, paper: Paper, forced: bool) -> None:
        """Fetch a paper if it is due, keep it, and line up that to which it leads. Raises Trouble, Stopped."""
        before = self._register.version(paper.address)
        if before is not None and before.last_seen >= self._run_began:  # by another council of the same installation
            self._follow(paper, self._stored(before), forced)
            return
        if before is None and paper.guessed and not forced and self._register.is_not_there(paper.address, self._began):
            return
        cheap = before is not None and bool(before.etag or before.last_modified or paper.promise in ("page", "xml"))
        again = before is None or forced or self._scope.recheck
        if not again and before is not None and not is_due(before.last_seen, paper.day, self._began, cheap):
            return
        with self._visiting(paper.address) as visit:
            answer = self._guest.fetch(
                paper.address, self._archive.unfinished(paper.address), paper.promise,
                before.etag if before else None, before.last_modified if before else None,
            )
            visit.status = answer.status
            visit.outcome = self._keep(paper, answer, before)

    def _keep(self, paper: Paper, answer: Answer, before: Version | None) -> VisitOutcome:
        now = self._clock.now()
        if answer.file is None:
            assert before is not None
            self._archive.note_unchanged(before, now)
            self._follow(paper, self._stored(before), forced=False)
            return "unchanged"
        found, mark = Contents(), None
        if paper.promise in ("page", "xml"):
            page = answer.file.read_bytes()
            try:
                found, mark = self._platform.leads_to(paper, page), self._platform.mark(paper, page)
            except Refused:
                answer.file.unlink()
                raise
        if before is not None and mark is not None and before.mark == mark:
            answer.file.unlink()
        else:
            self._archive.keep(answer.file, answer.sha256, answer.kind)
        with self._archive.ledger.transaction():
            outcome = self._archive.note(
                paper.address, answer.sha256, answer.size, content.TYPES.get(answer.kind, content.TYPES["bin"]), now,
                answer.headers, self._run.run_id, mark,
            )
            self._register.documents([paper, *found.papers], now)
            self._register.meetings(found.meetings, now)
        self._line_up(found.papers, forced=outcome == "changed")
        if outcome == "new":
            self._run = replace(self._run, new_documents=self._run.new_documents + 1)
        elif outcome == "changed":
            self._run = replace(self._run, changed_documents=self._run.changed_documents + 1)
        return outcome

    def _follow(self, paper: Paper, page: bytes | None, forced: bool) -> None:
        """Line up that to which a page leads that we have already."""
        if page is not None and paper.promise in ("page", "xml"):
            found = self._platform.leads_to(paper, page)
            now = self._clock.now()
            self._register.documents(found.papers, now)
            self._register.meetings(found.meetings, now)
            self._line_up(found.papers, forced)

    def _stored(self, version: Version) -> bytes | None:
        """The content of a version, if it is a page."""
        extension = next((ext for ext, kind in content.TYPES.items() if kind == version.media_type), "bin")
        if extension not in ("html", "xml") or version.sha256 is None:
            return None
        return self._archive.path_of(version.sha256, extension).read_bytes()

    # --- asking

    def _ask(self, address: str, promise: Promise = "page") -> bytes:
        """The content of a page that only leads to others. Raises Trouble, Stopped."""
        with self._visiting(address) as visit:
            place: Path = self._archive.unfinished(address)
            try:
                answer = self._guest.fetch(address, place, promise)
                assert answer.file is not None
                visit.status, visit.outcome = answer.status, "listing"
                return answer.file.read_bytes()
            finally:
                place.unlink(missing_ok=True)

    @contextmanager
    def _visiting(self, address: str) -> Iterator[_Came]:
        """Writes a row of `visits` when what was asked for has come, or has not."""
        came = _Came()
        requests, received, began = self._guest.requests, self._guest.bytes, self._clock.seconds()
        trouble: Trouble | None = None
        try:
            yield came
        except Trouble as error:
            trouble = error
            raise
        finally:
            if trouble is not None or came.outcome is not None:
                self._note_visit(trouble, Visit(
                    0, self._run.run_id, self._site.council_id, address, self._clock.now(), came.status,
                    self._guest.requests - requests, self._guest.bytes - received,
                    round(self._clock.seconds() - began, 3), came.outcome or "failed",
                ))

    def _note_visit(self, trouble: Trouble | None, visit: Visit) -> None:
        if trouble is not None:
            if isinstance(trouble, Gone):
                self._archive.note_gone(visit.address, visit.at, self._run.run_id)
            visit = replace(
                visit, status=trouble.status, outcome=_outcome_of(trouble), why=f"{trouble.kind}: {trouble.why}"
            )
        self._archive.ledger.add(visit)
        self._watcher.visited(visit)


@dataclass
class _Came:
    """What came of a request, as far as it is known."""

    status: int | None = None
    outcome: VisitOutcome | None = None


def _outcome_of(trouble: Trouble) -> VisitOutcome:
    if isinstance(trouble, Gone):
        return "gone"
    return "refused" if isinstance(trouble, Refused | Forbidden) else "failed"


def _promise(said: str) -> Promise:
    promises: dict[str, Promise] = {"page": "page", "xml": "xml", "pdf": "pdf", GUESS: "pdf"}
    return promises.get(said, "paper")
