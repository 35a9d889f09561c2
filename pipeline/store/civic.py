"""Meetings and votes as Open Civic Data: https://open-civic-data.readthedocs.io (events and votes).

Its ids are UUIDs; ours are kept in `extras`, and the same record has the same UUID in every export.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import duckdb


def write_civic(connection: duckdb.DuckDBPyConnection, folder: Path, root: str = "") -> list[Path]:
    """Write `events.json` and `votes.json`, lists of objects; paths of files are told from `root`."""
    files = []
    for name, objects in (("events", events(connection)), ("votes", votes(connection))):
        files.append(folder / f"{name}.json")
        text = json.dumps(objects, indent=1, ensure_ascii=False) + "\n"
        files[-1].write_text(text.replace(f'"url": "{root}', '"url": "'), encoding="utf-8")
    return files


def _id(kind: str, ours: str) -> str:
    return f"ocd-{kind}/{uuid5(NAMESPACE_URL, ours)}"


def _dicts(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def events(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Each meeting with a day, its agenda, who was there, and its papers."""
    agenda: dict[str, list[dict[str, Any]]] = {}
    people: dict[str, list[dict[str, Any]]] = {}
    papers: dict[str, list[dict[str, Any]]] = {}
    for row in _dicts(connection, ITEMS):
        item = {"description": row["title"], "classification": [], "order": str(row["position"]), "subjects": [],
                "notes": [row["number"]] if row["number"] else [], "related_entities": [],
                "extras": {"item_id": row["item_id"]}}
        agenda.setdefault(row["meeting_id"], []).append(item)
    for row in _dicts(connection, PEOPLE):
        people.setdefault(row["meeting_id"], []).append(
            {"name": row["name"], "entity_type": "person", "note": row["presence"]})
    for row in _dicts(connection, PAPERS):
        papers.setdefault(row["meeting_id"], []).append(
            {"note": row["title"] or row["kind"], "date": row["published_on"] and row["published_on"].isoformat() or "",
             "links": [{"url": row["link"], "media_type": row["media_type"]}]})
    return [
        {
            "id": _id("event", row["meeting_id"]), "name": row["body"] or "Meeting", "description": "",
            "classification": "meeting", "timezone": "Europe/London", "all_day": row["starts_at"] is None,
            "start_date": row["held_on"].isoformat() + (f"T{row['starts_at']}" if row["starts_at"] else ""),
            "end_date": "", "status": "passed", "location": {"name": row["venue"], "url": "", "coordinates": None}
            if row["venue"] else None,
            "jurisdiction": {"name": row["council"], "classification": "government"} if row["council"] else None,
            "agenda": agenda.get(row["meeting_id"], []), "participants": people.get(row["meeting_id"], []),
            "documents": papers.get(row["meeting_id"], []), "media": [], "links": [],
            "sources": [link for paper in papers.get(row["meeting_id"], []) for link in paper["links"]],
            "extras": {"meeting_id": row["meeting_id"], "council_id": row["council_id"]},
        }
        for row in _dicts(connection, MEETINGS)
    ]


def votes(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Each decision whose votes are told in numbers, or that was unanimous."""
    return [
        {
            "id": _id("vote", row["resolution_id"]), "identifier": row["item"] or "", "motion_text": row["text"],
            "motion_classification": [], "start_date": row["held_on"] and row["held_on"].isoformat() or "",
            "result": "fail" if row["kind"] == "lost" else "pass", "organization": {"name": row["body"]},
            "legislative_session": None, "bill": None, "bill_action": None,
            "event_id": _id("event", row["meeting_id"]) if row["meeting_id"] and row["held_on"] else None,
            "counts": [{"option": said, "value": row[column]} for said, column in OPTIONS if row[column] is not None],
            "votes": [], "sources": [{"url": row["link"], "note": f"page {row['page']}" if row["page"] else ""}],
            "extras": {"resolution_id": row["resolution_id"], "council": row["council"], "kind": row["kind"],
                       "unanimous": row["unanimous"]},
        }
        for row in _dicts(connection, VOTES)
    ]


OPTIONS = (("yes", "vote_for"), ("no", "vote_against"), ("abstain", "vote_abstain"))
MEETINGS = """
SELECT m.*, coalesce(c.official_name, c.name) AS council FROM meetings m LEFT JOIN councils c USING (council_id)
WHERE m.held_on IS NOT NULL ORDER BY m.held_on, m.meeting_id
"""
# The items of one paper: agenda and minutes both list them.
ITEMS = """
SELECT d.meeting_id, i.* FROM agenda_items i JOIN documents d USING (document_id)
WHERE d.document_id = (
    SELECT arg_min(o.document_id,
        concat(coalesce(list_position(['minutes', 'agenda', 'pack'], o.kind), 9), o.document_id))
    FROM documents o JOIN agenda_items USING (document_id) WHERE o.meeting_id = d.meeting_id
) ORDER BY d.meeting_id, i.position
"""
PEOPLE = """
SELECT DISTINCT d.meeting_id, a.name, a.presence FROM attendances a JOIN documents d USING (document_id)
WHERE d.meeting_id IS NOT NULL ORDER BY ALL
"""
PAPERS = """
SELECT meeting_id, title, kind, published_on, media_type, coalesce(source_url, path) AS link FROM documents
WHERE meeting_id IS NOT NULL ORDER BY document_id
"""
VOTES = """
FROM decisions WHERE vote_for IS NOT NULL OR vote_against IS NOT NULL OR unanimous ORDER BY held_on, resolution_id
"""
