"""The search page, lists and profiles. Handlers are plain functions, which Starlette runs in threads."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.web import plots, profiles, telling
from pipeline.web.listing import SORTS
from pipeline.web.profiles import Profile
from pipeline.web.rendering import page
from pipeline.web.searching import FACETS, Search, find, service_names
from pipeline.web.snapshot import Snapshot

DAY = 24 * 60 * 60
"""Seconds that a browser may keep a plot."""


def search(request: Request) -> Response:
    """Search box, filters, counts by facet, results."""
    asked = Search.of(request.query_params)
    with request.app.state.published.reading() as snapshot:
        results = find(snapshot, asked)
        found = telling.records(snapshot, asked.of_sort, results.numbers)
        return page(
            request, "search.html", asked=asked, results=results, found=found, facets={**FACETS, "kind":
            asked.of_sort.kinds}, services=service_names(snapshot), stems=telling.stems_of(asked.q),
            councils=[row["council"] for row in _councils(snapshot)],
        )


def prepare(snapshot: Snapshot) -> None:
    """Work out what the first page shows before anybody asks for it: of a million decisions that takes a second."""
    find(snapshot, Search())
    _councils(snapshot)


def _councils(snapshot: Snapshot) -> list[dict[str, object]]:
    return snapshot.ask(
        "SELECT council, council_id, count(*) FILTER (sort = 'decision') AS decisions, "
        "count(*) FILTER (sort = 'figure') AS figures, min(held_on) AS since, max(held_on) AS until "
        "FROM memory.listing WHERE council IS NOT NULL GROUP BY ALL ORDER BY council"
    )


def councils(request: Request) -> Response:
    """Every council that the database has papers of."""
    with request.app.state.published.reading() as snapshot:
        return page(request, "councils.html", councils=_councils(snapshot))


def services(request: Request) -> Response:
    """Every service that the papers are about, under its parent."""
    with request.app.state.published.reading() as snapshot:
        rows = snapshot.ask(
            "SELECT s.service_id, s.name, coalesce(p.name, '') AS parent, count(*) AS n, "
            "count(DISTINCT l.council_id) AS councils "
            "FROM memory.listing_services x JOIN memory.listing l USING (n) JOIN services s USING (service_id) "
            "LEFT JOIN services p ON p.service_id = s.parent_id GROUP BY ALL ORDER BY parent, s.name"
        )
        return page(request, "services.html", services=rows)


def council(request: Request) -> Response:
    """A council's page."""
    return _profile_page(request, "council", request.path_params["council_id"])


def service(request: Request) -> Response:
    """A service's page."""
    return _profile_page(request, "service", request.path_params["service_id"])


def _profile_page(request: Request, kind: str, profile_id: str) -> Response:
    with request.app.state.published.reading() as snapshot:
        profile = _profile(snapshot, kind, profile_id)
        return page(
            request, "profile.html", kind=kind, profile_id=profile_id, profile=profile,
            picture=lambda name: f"/{kind}/{profile_id}/{name}.svg", record=lambda record_id: f"/record/{record_id}",
            recent=telling.records(snapshot, SORTS["decision"], profile.recent), stems=frozenset(),
        )


def plot(request: Request) -> Response:
    """A plot of a profile."""
    kind, name = request.path_params["kind"], request.path_params["plot"]
    if kind not in PROFILES or name not in plots.PLOTS:
        raise HTTPException(404, "There is no such plot.")
    with request.app.state.published.reading() as snapshot:
        drawn = plots.PLOTS[name](_profile(snapshot, kind, request.path_params["profile_id"]))
    return Response(drawn, media_type="image/svg+xml", headers={"cache-control": f"max-age={DAY}"})


PROFILES = {"council": profiles.council, "service": profiles.service}


def _profile(snapshot: Snapshot, kind: str, profile_id: str) -> Profile:
    found = PROFILES[kind](snapshot, profile_id)
    if found is None:
        raise HTTPException(404, f"The database has no {kind} with the id {profile_id}.")
    return found
