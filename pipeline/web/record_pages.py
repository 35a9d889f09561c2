"""A record with the picture of its page, and the document and the meeting that it belongs to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline.store.explain import Explanation, Unknown, explanation_in
from pipeline.web import telling
from pipeline.web.links import links
from pipeline.web.listing import SORTS, by_id
from pipeline.web.pictures import NoPicture
from pipeline.web.rendering import page
from pipeline.web.snapshot import Row, Snapshot

MARGIN = 1.5
"""Points between the words and their box."""
AROUND = {"resolutions": "decision", "budget_figures": "figure", "options": "option"}


def record(request: Request) -> Response:
    """A record: its words boxed on its page, its meeting, item, options and figures, what it became."""
    record_id = request.path_params["record_id"]
    with request.app.state.published.reading() as snapshot:
        placed = telling.placed(snapshot, record_id)
        if placed is None:
            raise HTTPException(404, f"No record has the id {record_id}.")
        sort, n = placed
        (row,), why = telling.records(snapshot, sort, [n]), _explanation(snapshot, record_id)
        address = str(request.url.replace(query="", fragment=""))
        return page(
            request, "record.html", row=row, sort=sort, why=why, sheet=_sheet(snapshot, why),
            citation=telling.citation(row, address), address=address, around=_around(snapshot, row), stems=frozenset(),
            links=links(snapshot, record_id),
        )


def _explanation(snapshot: Snapshot, record_id: str) -> Explanation:
    try:
        with closing(snapshot.cursor()) as cursor:
            return explanation_in(cursor, record_id, by_id)
    except Unknown as error:
        raise HTTPException(404, str(error)) from error


def _sheet(snapshot: Snapshot, why: Explanation) -> Row | None:
    """The page on which a record begins, as it is drawn: its number and size in points, the boxes on it."""
    if not why.boxes:
        return None
    number = why.boxes[0][0]
    size = snapshot.one(
        "SELECT width, height FROM pages WHERE document_id = ? AND page = ?", why.row["document_id"], number
    )
    if size is None or not size["width"]:
        return None
    boxes = [
        {"x": x0 - MARGIN, "y": top - MARGIN, "width": x1 - x0 + 2 * MARGIN, "height": bottom - top + 2 * MARGIN}
        for on, x0, top, x1, bottom in why.boxes if on == number
    ]
    return {"number": number, "width": size["width"], "height": size["height"], "boxes": boxes,
            "more": sorted({on for on, *_ in why.boxes if on != number})}


def _around(snapshot: Snapshot, row: Row) -> dict[str, list[Row]]:
    """The other records of the same agenda item, or of the same document where it has no items, by sort."""
    where = "item_place" if row["item_place"] is not None else "document_place"
    rows = snapshot.ask(
        f"SELECT n, sort FROM memory.listing WHERE {where} = ? AND n <> ? ORDER BY char_start LIMIT 60",
        row[where], row["n"],
    )
    found = {key: telling.records(snapshot, sort, [r["n"] for r in rows if r["sort"] == key])
             for key, sort in SORTS.items()}
    return {key: records for key, records in found.items() if records}


def picture(request: Request) -> Response:
    """The picture of the page on which a record begins."""
    with request.app.state.published.reading() as snapshot:
        why = _explanation(snapshot, request.path_params["record_id"])
    if not why.boxes or not why.document:
        raise HTTPException(404, "This record has no place on a page: its document's format has no pages.")
    try:
        drawn = request.app.state.pictures.page(
            why.row["document_id"], Path(why.document["path"]), why.boxes[0][0], why.turn, why.withheld
        )
    except NoPicture as error:
        raise HTTPException(404, str(error)) from error
    return FileResponse(drawn, media_type="image/png", headers={"cache-control": "max-age=3600"})


def document(request: Request) -> Response:
    """A document and all that was read out of it."""
    document_id = request.path_params["document_id"]
    with request.app.state.published.reading() as snapshot:
        row = snapshot.one(
            "SELECT d.*, coalesce(c.name, c.official_name) AS council, m.body, m.held_on FROM documents d "
            "LEFT JOIN meetings m ON m.meeting_id = d.meeting_id LEFT JOIN councils c ON c.council_id = d.council_id "
            "WHERE d.document_id = ?", document_id,
        )
        if row is None:
            raise HTTPException(404, f"No document has the id {document_id}.")
        problems = snapshot.ask(
            "SELECT kind, message, page FROM problems WHERE document_id = ? ORDER BY ALL", document_id
        )
        return page(request, "document.html", row=row, problems=problems, stems=frozenset(),
                    found=_of(snapshot, "document_id", document_id))


def meeting(request: Request) -> Response:
    """A meeting: who was there, its items, what it decided."""
    meeting_id = request.path_params["meeting_id"]
    with request.app.state.published.reading() as snapshot:
        row = snapshot.one(
            "SELECT m.*, coalesce(c.name, c.official_name) AS council FROM meetings m "
            "LEFT JOIN councils c USING (council_id) WHERE m.meeting_id = ?", meeting_id,
        )
        if row is None:
            raise HTTPException(404, f"No meeting has the id {meeting_id}.")
        people = snapshot.ask(
            "SELECT DISTINCT presence, name, role, organisation FROM attendances WHERE meeting_id = ? ORDER BY ALL",
            meeting_id,
        )
        papers = snapshot.ask(
            "SELECT document_id, coalesce(title, regexp_extract(path, '[^/]*$')) AS title, kind FROM documents "
            "WHERE meeting_id = ? ORDER BY kind, title", meeting_id,
        )
        ids = [paper["document_id"] for paper in papers]
        found = [rows for document_id in ids for rows in [_of(snapshot, "document_id", document_id)]]
        return page(request, "meeting.html", row=row, people=people, papers=papers, stems=frozenset(), found=found)


def _of(snapshot: Snapshot, column: str, value: str, most: int = 200) -> dict[str, list[Row]]:
    """Records of a document by sort, in the order of its text."""
    found = {}
    for key, sort in SORTS.items():
        ids = snapshot.ask(
            f"SELECT n FROM memory.listing WHERE sort = ? AND {column} = ? ORDER BY char_start LIMIT {most}",
            key, value,
        )
        found[key] = telling.records(snapshot, sort, [row["n"] for row in ids])
    return {key: rows for key, rows in found.items() if rows}
