"""Which meeting a document belongs to.

Where council, body and day are all told, two documents of one meeting (its agenda, its minutes) have one id;
where one of them is not, the document stands for a meeting of its own, since a guess would join strangers.
"""

from __future__ import annotations

import re
from datetime import date, time

from pipeline.records import MeetingStatement, identify

FILLERS = {"the", "a", "of", "meeting"}


def folded(body: str) -> str:
    """A body's name without case, punctuation, fillers, or the choice between "&" and "and"."""
    words = re.findall(r"[^\W_]+", body.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join(word for word in words if word not in FILLERS)


def meeting_of(
    document_id: str,
    council_id: str | None,
    body: str | None,
    held_on: date | None,
    starts_at: time | None = None,
    venue: str | None = None,
) -> MeetingStatement | None:
    """What the document says of its meeting; None where it names neither a body nor a day."""
    if body is None and held_on is None:
        return None
    if council_id and body and held_on:
        meeting_id = identify("meeting", council_id, folded(body), held_on)
    else:
        meeting_id = identify("meeting", document_id)
    return MeetingStatement(
        document_id=document_id, meeting_id=meeting_id, council_id=council_id, body=body, held_on=held_on,
        starts_at=starts_at, venue=venue,
    )
