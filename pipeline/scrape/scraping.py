"""Many councils: several hosts at once, each by one guest, none hindered by another's failure."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline import __version__
from pipeline.records import identify
from pipeline.scrape import addresses
from pipeline.scrape.archive import Archive
from pipeline.scrape.guest import Guest
from pipeline.scrape.ledger import CouncilRun, Run
from pipeline.scrape.manners import Budget, Clock, Manners, Misused
from pipeline.scrape.platforms import ROUTES
from pipeline.scrape.sites import Site
from pipeline.scrape.visit import CouncilVisit, Scope
from pipeline.scrape.watcher import Watcher

HOSTS_AT_ONCE = 16
PROVIDERS = ("moderngov.co.uk", "cmis.uk.com", "cmis-ni.org")
AT_A_PROVIDER = 4
"""Hosts asked at once of those that one firm keeps for many councils: they may be one machine."""
SLOW = 3
"""How much longer to wait for a site that is known to be slow."""


@dataclass(frozen=True)
class Outcome:
    """What a run did."""

    run: Run
    councils: list[CouncilRun] = field(default_factory=list)

    def count(self, *outcomes: str) -> int:
        """How many councils ended so."""
        return sum(row.outcome in outcomes for row in self.councils)


def scrape(
    folder: Path,
    sites: Sequence[Site],
    manners: Manners,
    scope: Scope,
    budget: Budget,
    *,
    watcher: Watcher | None = None,
    hosts_at_once: int = HOSTS_AT_ONCE,
    stand_in: tuple[str, int] | None = None,
) -> Outcome:
    """Fetch into the archive in `folder` what the councils of `sites` have published since the last run.

    `budget` may be stopped from another thread or a signal handler. `stand_in` is where every connection goes instead
    of the internet, for tests. Raises `archive.Occupied`, `ledger.NotALedger`, `manners.Misused`; OSError where the
    disk is full: what was fetched by then is kept.
    """
    if hosts_at_once < 1:
        raise Misused("at least one host is asked at a time")
    watcher = watcher or Watcher()
    with Archive(folder) as archive:
        clock = budget.clock
        started = clock.now()
        run = Run(identify("scrape", started), started, version=__version__, councils=len(sites))
        archive.ledger.put(run)
        watcher.begun(len(sites))
        rows = _without_address(archive, sites, run, watcher)
        lanes = _lanes(_by_host(archive, [site for site in sites if _can_be_asked(site)]))
        with ThreadPoolExecutor(max_workers=hosts_at_once, thread_name_prefix="host") as pool:
            waiting = [
                pool.submit(_visit_hosts, lane, archive, manners, scope, budget, run, watcher, stand_in)
                for lane in lanes
            ]
            try:
                for future in waiting:
                    rows += future.result()
            except BaseException as error:
                budget.stop("interrupted" if isinstance(error, KeyboardInterrupt) else "error")
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        archive.tidy(clock.now())
        run = replace(run, finished_at=clock.now(), stopped=budget.stopped)
        archive.ledger.put(run)
        return Outcome(run, sorted(rows, key=lambda row: row.council_id))


def _can_be_asked(site: Site) -> bool:
    return site.platform in ROUTES and site.address is not None


def _without_address(archive: Archive, sites: Sequence[Site], run: Run, watcher: Watcher) -> list[CouncilRun]:
    """A row for each council of which nobody has told where its papers are."""
    rows = []
    for site in sites:
        if not _can_be_asked(site):
            row = CouncilRun(
                run.run_id, site.council_id, site.platform, site.address, run.started_at, run.started_at, "no_address",
                f"{site.name} has no `papers_url` on a platform that is known ({', '.join(ROUTES)})", "no_address",
                council=site.name,
            )
            archive.ledger.put(row)
            watcher.council_done(row)
            rows.append(row)
    return rows


def _by_host(archive: Archive, sites: Sequence[Site]) -> list[list[Site]]:
    """The sites of each host together, those first that have waited longest: a run that is cut short is fair."""
    hosts: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        assert site.address is not None
        hosts[addresses.origin(site.address)[0]].append(site)
    last: dict[str, datetime] = {}
    for row in archive.ledger.rows(CouncilRun, "outcome IN ('complete', 'partial')"):
        last[row.council_id] = max(row.started_at, last.get(row.council_id, row.started_at))
    return sorted(hosts.values(), key=lambda group: min(last.get(s.council_id, datetime.min) for s in group))


def _lanes(hosts: Sequence[list[Site]]) -> list[list[list[Site]]]:
    """Hosts that are visited one after the other: each by itself, those of a provider in a few lanes."""
    lanes: list[list[list[Site]]] = []
    shared: dict[tuple[str, int], list[list[Site]]] = {}
    seen: Counter[str] = Counter()
    for group in hosts:
        host, _ = addresses.origin(group[0].address or "")
        provider = next((name for name in PROVIDERS if host.endswith("." + name)), None)
        if provider is None:
            lanes.append([group])
            continue
        place = (provider, seen[provider] % AT_A_PROVIDER)
        seen[provider] += 1
        if place not in shared:
            shared[place] = []
            lanes.append(shared[place])
        shared[place].append(group)
    return lanes


def _visit_hosts(
    lane: Sequence[Sequence[Site]], archive: Archive, manners: Manners, scope: Scope, budget: Budget, run: Run,
    watcher: Watcher, stand_in: tuple[str, int] | None,
) -> list[CouncilRun]:
    """Visit hosts one after the other."""
    return [
        row for sites in lane
        for row in _visit_host(sites, archive, manners, scope, budget, run, watcher, stand_in)
    ]


def _visit_host(
    sites: Sequence[Site], archive: Archive, manners: Manners, scope: Scope, budget: Budget, run: Run,
    watcher: Watcher, stand_in: tuple[str, int] | None,
) -> list[CouncilRun]:
    """Visit the councils of one host, one after the other, over one connection."""
    quirks = {quirk for site in sites for quirk in site.quirks}
    if "slow" in quirks:
        manners = replace(manners, time_out=SLOW * manners.time_out)
    guest = Guest(manners, budget, stand_in, verify="broken_certificate" not in quirks)
    rows = []
    try:
        for site in sites:
            watcher.council_begun(site)
            visit = CouncilVisit(site, archive, guest, budget.clock, run, scope, watcher)
            row = _safely(visit, site, run, archive, budget.clock)
            watcher.council_done(row)
            rows.append(row)
    finally:
        guest.close()
    return rows


def _safely(visit: CouncilVisit, site: Site, run: Run, archive: Archive, clock: Clock) -> CouncilRun:
    """Its row, also where Minutebook itself fails on this council: the others are not hindered."""
    try:
        return visit.make()
    except (OSError, sqlite3.Error):  # the disk is full or broken: that concerns all
        raise
    except Exception as error:
        row = CouncilRun(
            run.run_id, site.council_id, site.platform, site.address, run.started_at, clock.now(), "failed",
            f"Minutebook itself failed on it ({type(error).__name__}: {error}): please report this", "internal_error",
            council=site.name,
        )
        archive.ledger.put(row)
        return row

