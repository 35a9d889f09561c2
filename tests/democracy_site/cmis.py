"""CMIS: a calendar by months, a page for each meeting, documents behind long tokens; other numbers at every visit."""

from __future__ import annotations

import hashlib
import itertools
import re
from datetime import date
from html import escape

from democracy_site import papers
from democracy_site.model import Council, Meeting, Paper

MODULE, TAB = 397, 70
VIEWSTATES = itertools.count(1)
MONTH = re.compile(r"/ctl/MeetingCalendarPublicNoJava/mid/397/Date/(\d{4})-(\d{2})-\d{2}/Default\.aspx$")
MEETING = re.compile(r"/ctl/ViewMeetingPublic/mid/397/Meeting/(\d+)/Committee/\d+(?:/SelectedTab/\w+)?/Default\.aspx$")


def token(paper: Paper) -> str:
    """What stands for a document in its address."""
    return hashlib.sha256(f"token {paper.name}".encode()).hexdigest()[:40]


def answer(council: Council, path: str, query: dict[str, str]) -> bytes | None:
    """A page; None where there is no such thing."""
    if path.endswith("/MeetingsCalendar.aspx"):  # the first name that is tried, Meetings.aspx, is not this site's
        calendar = f"/{council.folder}/Meetings/tabid/{TAB}/Default.aspx"
        return _page("Meetings", f'<a href="{calendar}">Meetings</a><form><input name="dnn$ctr{MODULE}$'
                     f'MeetingCalendarPublic$month"></form>')
    if match := MONTH.search(path):
        return _page("Calendar", _month(council, int(match[1]), int(match[2])))
    if match := MEETING.search(path):
        found = [meeting for meeting in council.meetings() if str(meeting.key) == match[1]]
        return _page("Meeting", _meeting(council, found[0])) if found else None
    return None


def _page(title: str, body: str) -> bytes:
    state = f'<input type="hidden" name="__VIEWSTATE" value="{next(VIEWSTATES):032x}" />'
    pane = '<div id="dnn_ContentPane"><div class="DNNModuleContent ModCMISMeetingsC">'
    return papers.page(title, f"{state}\n{pane}\n{body}\n</div></div>")


def _month(council: Council, year: int, month: int) -> str:
    rows = []
    day = date(year, month, 1)
    while day.month == month:
        shown = "".join(_entry(council, meeting) for meeting in council.meetings() if meeting.day == day)
        said = f'<td class="SimpleCalendarDate">{day:%A}, {day.day} {day:%B}</td>'
        rows.append(f'<tr class="rgRow">{said}<td>{shown}</td></tr>')
        day = date.fromordinal(day.toordinal() + 1)
    return '<table class="rgMasterTable">\n' + "\n".join(rows) + "\n</table>"


def _entry(council: Council, meeting: Meeting) -> str:
    address = (
        f"http://{council.host}/{council.folder}/Meetings/tabid/{TAB}/ctl/ViewMeetingPublic/mid/{MODULE}"
        f"/Meeting/{meeting.key}/Committee/{meeting.committee.key}/SelectedTab/Documents/Default.aspx"
    )
    title = escape(meeting.committee.title) + (" - CANCELLED" if meeting.status == "Cancelled" else "")
    return f'<p class="Meeting"><a href="{address}">19:30 {title}</a></p>'


def _meeting(council: Council, meeting: Meeting) -> str:
    rows = "".join(
        f'<li class="DocumentListItem"><a class="TitleLink" href="/{council.folder}/Document.ashx?id={token(paper)}" '
        f'title="Click to view">{escape(paper.title)} - {meeting.day:%d %B %Y}</a> '
        '<span class="FileSize">(156Kb)</span></li>\n'
        for paper in (meeting.agenda, meeting.pack, meeting.minutes, *meeting.visible())
        if paper and not paper.withdrawn
    )
    status = "Cancelled" if meeting.status == "Cancelled" else "Scheduled"
    return (
        '<div class="holder"><div class="DNNLabel VenueLabel"><label><span>Status:</span></label></div>'
        f'<div class="Value Venue">{status}</div></div>\n<ol class="DocumentList">{rows}</ol>'
    )
