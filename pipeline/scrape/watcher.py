"""Told how a run goes on."""

from __future__ import annotations

from pipeline.scrape.ledger import CouncilRun, Visit
from pipeline.scrape.sites import Site


class Watcher:
    """Keeps silent. Its methods are called from the threads that visit councils."""

    def begun(self, councils: int) -> None:
        """So many councils are to be asked."""

    def council_begun(self, site: Site) -> None:
        """A council is being visited."""

    def visited(self, visit: Visit) -> None:
        """An address was asked for."""

    def council_done(self, row: CouncilRun) -> None:
        """A council has been visited."""
