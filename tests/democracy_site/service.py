"""ModernGov's web service, in the manner of the real one: counts begin with a blank, titles are escaped twice."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from urllib.parse import unquote

from democracy_site.model import Council, Meeting

BLANK = "\n    "


def answer(council: Council, path: str, query: dict[str, str]) -> bytes | None:
    """What a method answers; None where there is no such thing."""
    method = path.rpartition("/")[2].lower()
    if method == "getcommittees":
        return _committees(council)
    if method == "getmeetings":
        return _meetings(council, query)
    if method == "getmeeting":
        found = [m for m in council.meetings() if str(m.key) == query.get("lmeetingid")]
        return _document("meeting", _meeting(council, found[0])) if found else None
    return None


def _document(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n{inner}</{root}>\n'.encode()


def _field(name: str, said: object) -> str:
    text = escape(str(said), quote=False) if said != "" else BLANK
    return f"<{name}>{text}</{name}>\n"


def _fields(said: dict[str, object]) -> str:
    return "".join(_field(name, value) for name, value in said.items())


def _committees(council: Council) -> bytes:
    listed = [committee for committee in council.committees if not committee.vanished]
    inner = _field("committeescount", f" {len(listed)}")
    for committee in listed:
        inner += "<committee>\n" + _field("committeeid", committee.key) + _field(
            "committeetitle", escape(committee.title)
        ) + _field("committeedeleted", "False") + _field("committeeexpired", committee.ended) + _field(
            "committeecategory", "Decision Making") + "</committee>\n"
    return _document("committees", inner)


def _day(text: str) -> date | None:
    return datetime.strptime(unquote(text), "%d/%m/%Y").date() if text not in ("", "0") else None


def _meetings(council: Council, query: dict[str, str]) -> bytes | None:
    first, last = _day(query.get("sfromdate", "0")), _day(query.get("stodate", "0"))
    committee = next((c for c in council.committees if str(c.key) == query.get("lcommitteeid")), None)
    if committee is None or committee.vanished:
        return None
    found = [m for m in committee.meetings if (first or date.min) <= m.day <= (last or date.max)]
    inner = "".join(
        "<meeting>\n" + _field("meetingid", m.key) + _field("meetingdate", f"{m.day:%d/%m/%Y}")
        + _field("meetingstatus", m.status) + _field("meetingtime", m.time) + _field("iswebcast", "False")
        + "</meeting>\n" for m in found
    )
    return _document("getmeetings", (
        _field("meetingscount", f" {len(found)}") + _field("committeescount", " 1") + "<committee>\n"
        + _field("committeeid", committee.key) + _field("committeetitle", escape(committee.title))
        + _field("committeemeetingcount", f" {len(found)}")
        + f"<committeemeetings>\n{inner}</committeemeetings>\n</committee>\n"
    ))


def _meeting(council: Council, meeting: Meeting) -> str:
    said: dict[str, object] = {
        "meetingid": meeting.key, "meetingdate": f"{meeting.day:%d/%m/%Y}", "meetingstatus": meeting.status,
        "isdisplayallowed": True, "meetingtime": meeting.time, "meetingactualstarttime": "",
        "meetinglocation": "Council Chamber, Town Hall", "iswebcast": False, "agendaid": meeting.agenda_id,
        "agendapublished": meeting.agenda is not None, "decisionpublished": False,
        "minutepublished": meeting.minutes is not None, "meetingroom": "",
    }
    shown = "".join(_item(council, meeting, place) for place in range(len(meeting.items)) if meeting.agenda)
    return f"{_fields(said)}<agendaitems>\n{shown}</agendaitems>\n<attendees>\n</attendees>\n"


def _item(council: Council, meeting: Meeting, place: int) -> str:
    item = meeting.items[place]
    linked = "".join(
        "<linkeddoc>\n" + _fields({
            "attachmentid": paper.key, "title": escape(paper.title), "isurl": False,
            "url": f"http://{council.host}/mgConvert2PDF.aspx?ID={paper.key}", "isrestricted": paper.restricted,
            "committeetitle": escape(meeting.committee.title),
        }) + "</linkeddoc>\n" for paper in meeting.attachments.get(place, []) if not paper.withdrawn
    )
    said: dict[str, object] = {
        "agendaitemid": meeting.key * 50 + place, "agendaitemtitle": escape(item.title), "agendatext": item.agenda,
        "agendaitemnumber": place + 4, "fulldisplaynumberformat": f"{place + 1}.",
    }
    if meeting.minutes and item.minutes:
        said["minutesnonemptyhtmlbody"] = item.minutes
    said |= {
        "isrestricted": False, "isdisplayallowed": place != meeting.hidden_item, "minutesitemnumber": place + 1,
        "refertocommittee": escape(meeting.committee.title),
    }
    return f"<agendaitem>\n{_fields(said)}<linkeddocuments>\n{linked}</linkeddocuments>\n</agendaitem>\n"
