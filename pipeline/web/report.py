"""A council's or a service's page as one file that can be mailed: its plots and its style are inside it."""

from __future__ import annotations

import base64
from pathlib import Path

from markupsafe import Markup

from pipeline import rules
from pipeline.web import plots, profiles, telling
from pipeline.web.listing import SORTS
from pipeline.web.profiles import Profile
from pipeline.web.rendering import environment
from pipeline.web.snapshot import Row, Snapshot

STYLE = Path(__file__).parent / "static" / "style.css"


class NotFound(Exception):
    """Neither a council nor a service is called so, or more than one; the message lists near ones."""


def report(db: Path, name: str) -> str:
    """The page of the council or service that `name` names (a name, an id). Raises NotFound, `query.Refused`."""
    snapshot = Snapshot(db)
    try:
        kind, profile = _named(snapshot, name)
        return environment().get_template("report.html").render(
            kind=kind, profile=profile, database=db.name, style=Markup(STYLE.read_text(encoding="utf-8")),
            recent=telling.records(snapshot, SORTS["decision"], profile.recent),
            picture=lambda plot: "data:image/svg+xml;base64," + base64.b64encode(plots.PLOTS[plot](profile)).decode(),
        )
    finally:
        snapshot.close()


def _named(snapshot: Snapshot, name: str) -> tuple[str, Profile]:
    wanted = " ".join(name.casefold().split())
    known = snapshot.ask(
        "SELECT DISTINCT 'council' AS kind, c.council_id AS id, lower(n.name) AS name FROM councils c, "
        "LATERAL (SELECT unnest([c.council_id, c.name, c.official_name]) AS name) n "
        "WHERE c.council_id IN (SELECT council_id FROM memory.listing) "
        "UNION SELECT 'service', s.service_id, lower(n.name) FROM services s, "
        "LATERAL (SELECT unnest([s.service_id, s.name]) AS name) n"
    )
    wordings = {wording.casefold(): entry["id"] for entry in rules.load("services") for wording in entry["synonyms"]}
    found = {(row["kind"], row["id"]) for row in known if row["name"] == wanted}
    if not found and wanted in wordings:
        found = {("service", wordings[wanted])}
    if len(found) != 1:
        raise NotFound(_try_these(name, known, found))
    kind, profile_id = found.pop()
    profile = (profiles.council if kind == "council" else profiles.service)(snapshot, profile_id)
    assert profile is not None  # its id was just read out of the database
    return kind, profile


def _try_these(name: str, known: list[Row], found: set[tuple[str, str]]) -> str:
    from rapidfuzz import process

    if found:
        return f"More than one is called {name}: say which by its id, {' or '.join(sorted(i for _, i in found))}."
    near = process.extract(name.casefold(), {row["name"] for row in known if row["name"]}, limit=3, score_cutoff=60)
    tried = f" Did you mean {', '.join(text for text, *_ in near)}?" if near else ""
    return f"No council with papers here and no service is called {name}.{tried}"
