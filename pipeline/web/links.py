"""What a record became and where it came from, as sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from pipeline.web.listing import by_id
from pipeline.web.snapshot import Row, Snapshot
from pipeline.web.telling import day

BECAME = {"adopted": "It was adopted", "amended": "It was adopted with changes", "rejected": "It was rejected",
          "deferred": "It was put off"}
CAME_FROM = {"report": "Recommended by a report", "motion": "Moved", "referral": "Recommended by another body"}


@dataclass(frozen=True)
class Link:
    """A link to another record: how it is told, where it leads, how it is known (`basis`: stated or inferred)."""

    told: str
    address: str
    text: str
    basis: str
    confidence: float
    changes: Markup | None = None
    """The later text with what was put in and taken out, where it was changed."""


def links(snapshot: Snapshot, resolution_id: str) -> list[Link]:
    """What became of a resolution, what it came from, and what came back of what it asked for."""
    became = snapshot.ask(_outcomes("proposal_id"), resolution_id)
    came = snapshot.ask(_outcomes("decision_id"), resolution_id)
    back = snapshot.ask(
        "SELECT r.basis, r.confidence, i.title, i.document_id, m.body, m.held_on "
        f"FROM (FROM returns WHERE {by_id('returns', 'resolution_id', '$1')}) r "
        "JOIN agenda_items i USING (item_id) JOIN documents d USING (document_id) "
        "LEFT JOIN meetings m ON m.meeting_id = d.meeting_id ORDER BY m.held_on",
        resolution_id,
    )
    return [
        *(_link(BECAME[row["outcome"]], row, "decision") for row in became),
        *(_link(CAME_FROM[row["relation"]], row, "proposal") for row in came),
        *(Link("It came back" + _at(row["body"], row["held_on"]), f"/document/{row['document_id']}",
               row["title"] or "an item without a title", row["basis"], row["confidence"]) for row in back),
    ]


def _link(told: str, row: Row, which: str) -> Link:
    """The link to the other end, `which`, of an outcome."""
    return Link(
        told + _at(row[f"{which}_body"], row[f"{which}_on"]), f"/record/{row[f'{which}_id']}", row[f"{which}_text"],
        row["basis"], row["confidence"], _changes(row["changes"]),
    )


def _outcomes(end: str) -> str:
    """The SQL for the outcomes of which a resolution is that end."""
    return f"""
    SELECT o.*, p.text AS proposal_text, d.text AS decision_text, pm.body AS proposal_body, pm.held_on AS proposal_on,
        dm.body AS decision_body, dm.held_on AS decision_on
    FROM (FROM outcomes WHERE {by_id("outcomes", end, "$1")}) o JOIN resolutions p ON p.resolution_id = o.proposal_id
    JOIN resolutions d ON d.resolution_id = o.decision_id
    LEFT JOIN meetings pm ON pm.meeting_id = p.meeting_id LEFT JOIN meetings dm ON dm.meeting_id = d.meeting_id
    ORDER BY o.confidence DESC
    """


def _at(body: str | None, held_on: date | None) -> str:
    parts = [f"by {body}" if body else "", f"on {day(held_on)}" if held_on else ""]
    told = " ".join(part for part in parts if part)
    return f" ({told})" if told else ""


def _changes(changes: str | None) -> Markup | None:
    """{+put in+} and [-taken out-] as a page marks them."""
    if changes is None:
        return None
    marked = str(escape(changes))
    marked = re.sub(r"\{\+(.*?)\+\}", r"<ins>\1</ins>", marked, flags=re.DOTALL)
    return Markup(re.sub(r"\[-(.*?)-\]", r"<del>\1</del>", marked, flags=re.DOTALL))
