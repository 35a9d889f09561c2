"""The platforms on which councils publish, one module each with one interface: see `base`."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.scrape.platforms.base import Platform
from pipeline.scrape.platforms.cmis import Cmis
from pipeline.scrape.platforms.links import Links
from pipeline.scrape.platforms.moderngov_pages import ModernGovPages
from pipeline.scrape.platforms.moderngov_service import ModernGovService

Route = tuple[str, Callable[[str], Platform]]
"""A way to a council's papers: its name in the ledger, and what makes it from the site's address."""

ROUTES: dict[str, tuple[Route, ...]] = {
    "moderngov": (("moderngov service", ModernGovService), ("moderngov pages", ModernGovPages)),
    "cmis": (("cmis", Cmis),),
    "links": (("links", Links),),
}
"""For each platform of `rules/councils.yaml`, the ways that are tried, the better first."""
