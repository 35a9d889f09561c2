"""A site of its own: headings, and under them links to PDFs, on two pages."""

from __future__ import annotations

from html import escape

from democracy_site import papers
from democracy_site.model import Council, Meeting, Paper


def address(meeting: Meeting, paper: Paper) -> str:
    """The path of a document."""
    return f"/files/{meeting.day:%Y-%m-%d}-{paper.key}.pdf"


def answer(council: Council, path: str, query: dict[str, str]) -> bytes | None:
    """A page; None where there is no such thing."""
    if path not in ("/meetings/papers.html", "/meetings/older.html"):
        return None
    half = len(council.committees) // 2
    older = path.endswith("older.html")
    shown = council.committees[half:] if older else council.committees[:half]
    body = "".join(_section(c.title, c.meetings) for c in shown if not c.vanished)
    onward = "" if older else '<p><a rel="next" href="older.html">Older papers</a></p>'
    return papers.page("Council papers", f'<nav><a href="/privacy.pdf">Privacy</a></nav><main>{body}{onward}</main>')


def _section(title: str, meetings: list[Meeting]) -> str:
    rows = []
    for meeting in meetings:
        for paper in (meeting.agenda, meeting.pack, meeting.minutes, *meeting.visible()):
            if paper and not paper.withdrawn:
                said = f"{paper.title}, {meeting.day.day} {meeting.day:%B %Y}"
                rows.append(f'<li><a href="{address(meeting, paper)}">{escape(said)} (PDF)</a></li>\n')
    return f"<h2>{escape(title)}</h2>\n<ul>\n{''.join(rows)}</ul>\n"
