"""ModernGov's pages: attributes full of character references, session numbers in the links, minutes cut short."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from html import escape
from urllib.parse import unquote

from democracy_site import papers
from democracy_site.model import Committee, Council, Decision, Meeting, Paper

A_PAGE = 15
SESSIONS = itertools.count(1)


def answer(council: Council, path: str, query: dict[str, str]) -> bytes | None:
    """A page; None where there is no such thing."""
    name = path.rpartition("/")[2].lower()
    if name == "mglistcommittees.aspx":
        return _page("Committee structure", _committees(council))
    if name == "ielistmeetings.aspx":
        key = query.get("committeeid") or query.get("cid")
        found = [c for c in council.committees if str(c.key) == key and not c.vanished]
        return _page("Browse meetings", _list(found[0], query)) if found else None
    if name in ("ielistdocuments.aspx", "mgai.aspx"):
        return _of_meeting(council, name, query)
    if name == "mgdelegateddecisions.aspx":
        return _page("Decisions", _register([d for d in council.decisions if not d.officer], query))
    if name == "mglistofficerdecisions.aspx" and any(d.officer for d in council.decisions):
        return _page("Officer decisions", _register([d for d in council.decisions if d.officer], query))
    if name == "iedecisiondetails.aspx":
        decisions = [d for d in council.decisions if str(d.key) == query.get("id")]
        return _page("Decision details", _decision(decisions[0])) if decisions else None
    return None


def printed(paper: Paper, meeting: Meeting, code: int) -> str:
    """The address of a meeting's print."""
    title = f"{paper.title} {meeting.day:%A %d-%b-%Y} 19.30 {meeting.committee.title}"
    return f"documents/g{meeting.agenda_id}/{title}.pdf?T={code}"


def _page(title: str, body: str) -> bytes:
    header = f'<div class="mgHeader"><h1  class="mgMainTitleTxt" >{escape(title)}</h1></div>'
    footer = f"<footer>Served at visit {next(SESSIONS)}</footer>"
    return papers.page(title, f'<div id="modgov">{header}\n{body}\n</div>{footer}')


def _link(address: str, text: str, attributes: str = "") -> str:
    session = f"/(S(v{next(SESSIONS):08d}x))/"
    href = session + address.replace("&", "&amp;").replace("=", "&#61;", 1)
    return f'<a  {attributes} href="{href}"  title="Link&#32;to&#32;it">{escape(text)}</a>'


def _committees(council: Council) -> str:
    rows = [f"<li>{_link(f'mgCommitteeDetails.aspx?ID={c.key}', c.title)}</li>" for c in council.committees
            if not c.vanished]
    rows.append("<li>" + _link("mgCommitteeDetails.aspx?ID=1&info=1&MD=Constitution", "Constitution") + "</li>")
    return "<ul  class=\"mgBulletList\" >\n" + "\n".join(rows) + "\n</ul>"


def _list(committee: Committee, query: dict[str, str]) -> str:
    newest = sorted(committee.meetings, key=lambda m: m.day, reverse=True)
    start = int(query.get("d", "0"))
    shown = newest[start:start + A_PAGE]
    rows = []
    for meeting in shown:
        published = [word for word, there in (("Agenda", meeting.agenda), ("Minutes", meeting.minutes)) if there]
        tail = "CANCELLED" if meeting.status == "Cancelled" else ", ".join(published)
        text = f"{meeting.day.day} {meeting.day:%b %Y}\xa0{meeting.time}"
        link = _link(
            f"ieListDocuments.aspx?CId={committee.key}&MId={meeting.key}&Ver=4&bcr=1", text, 'class="mgMeetingTableLnk"'
        )
        rows.append(f'<li  class="mgTableEvenRow" >{link}{f" - {tail}" if tail else ""}</li>')
    ways = [("earlier", start + A_PAGE, start + A_PAGE < len(newest)), ("later", start - A_PAGE, start >= A_PAGE)]
    moves = [_link(f"ieListMeetings.aspx?Act={way}&CId={committee.key}&D={to}&MD=ielistmeetings", f"{way} meetings",
                   'class="mgTableNextLnk"') for way, to, there in ways if there]
    return (f'<div class="mgMeetingsEarlierLater">{" ".join(moves)}</div>\n<ul class="mgNonBulletTableList">\n'
            + "\n".join(rows) + "\n</ul>")


def _of_meeting(council: Council, name: str, query: dict[str, str]) -> bytes | None:
    if name == "mgai.aspx":
        for meeting in council.meetings():
            if meeting.cut_item is not None and query.get("id") == str(meeting.key * 50 + meeting.cut_item):
                item = meeting.items[meeting.cut_item]
                return _page("Agenda item", f"<h2>{escape(item.title)}</h2>{item.minutes}")
        return None
    found = [m for m in council.meetings() if str(m.key) == (query.get("mid") or query.get("meetingid"))]
    return _page("Agenda and minutes", _meeting(found[0])) if found else None


def _meeting(meeting: Meeting) -> str:
    when = f"{meeting.committee.title} - {meeting.day:%A %d %B %Y} {meeting.time}"
    if meeting.status == "Cancelled":
        when += ", CANCELLED"
    subtitle = _link(f"mgCommitteeDetails.aspx?ID={meeting.committee.key}", when)
    parts = [f'<h2 class="mgSubTitleTxt">{subtitle}</h2>', '<div class="mgLinks" ><ul  class="mgActionList" >']
    for paper, code in ((meeting.agenda, 0), (meeting.pack, 10), (meeting.minutes, 1)):
        if paper and not paper.withdrawn:
            size = '<span  class="mgFileSize" > PDF 198 KB</span>'
            link = _link(printed(paper, meeting, code), paper.title).replace("</a>", f"{size}</a>")
            parts.append(f"<li>{link}</li>")
    parts.append('</ul></div>\n<div class="mgContent" ><p><span  class="mgLabel" >Venue: </span>Town Hall</p>')
    if meeting.agenda is None:
        return "\n".join([*parts, "<p>No documents are available for this meeting</p></div>"])
    parts.append('<table class="mgItemTable" id="mgItemTable">')
    parts += [_item(meeting, place) for place in range(len(meeting.items)) if place != meeting.hidden_item]
    return "\n".join([*parts, "</table></div>"])


def _item(meeting: Meeting, place: int) -> str:
    item, key = meeting.items[place], meeting.key * 50 + place
    attached = [p for p in meeting.attachments.get(place, []) if not p.withdrawn and not p.restricted]
    files = "".join(
        f'<li>{_link(f"documents/s{p.key}/{p.title}.pdf", p.title)}</li>' for p in attached
    )
    minutes = ""
    if meeting.minutes and item.minutes:
        said = item.minutes
        if place == meeting.cut_item:
            said = '<p class="MsoNormal">The item was considered and&nbsp;...&nbsp; ' + _link(
                f"mgAi.aspx?ID={key}", f"view the full minutes text for item {place + 1}.") + "</p>"
        minutes = f'<p class="mgSubItemTitleTxt">Minutes:</p>\n<div class="mgWordPara">{said}</div>'
    return (
        f'<tr><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{key}"></a>{place + 1}.</p></td>\n'
        f'<td><p  class="mgAiTitleTxt" >{escape(item.title)}</p>\n<div class="mgWordPara">{item.agenda}</div>\n'
        f'<ul  class="mgBulletList" >{files}</ul>\n{minutes}</td></tr>'
    )


def _register(decisions: list[Decision], query: dict[str, str]) -> str:
    first, last = (_day(part) for part in unquote(query.get("dr", "")).split("-"))
    rows = "".join(
        f'<tr><td  class="mgMainTxt" >{_link(f"ieDecisionDetails.aspx?ID={d.key}", d.title)}</td>'
        f'<td  class="mgMainTxt" >{d.day:%d&#47;%m&#47;%Y}</td></tr>\n' for d in decisions if first <= d.day <= last
    )
    return f'<table class="mgTabTable tablesorter"  summary="Table of decision summary data">{rows}</table>'


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def _decision(decision: Decision) -> str:
    files = "" if decision.paper is None or decision.paper.withdrawn else "<li>" + _link(
        f"documents/s{decision.paper.key}/{decision.paper.title}.pdf", decision.paper.title) + "</li>"
    day = f"{decision.day:%d&#47;%m&#47;%Y}"
    return (
        f'<h2 class="mgSubTitleTxt">{escape(decision.title)}</h2>\n<div class="mgContent" >\n'
        '<p><span  class="mgLabel" >Decision Maker: </span>Director of Place</p>\n'
        '<h3 class="mgSubSubTitleTxt">Decision:</h3>\n<div class="mgWordPara"><p class="MsoNormal">That the contract '
        f'be awarded.</p></div>\n<p><span  class="mgLabel" >Date of decision: </span>{day}</p>\n'
        f'<ul class="mgBulletList" >{files}</ul></div>'
    )
