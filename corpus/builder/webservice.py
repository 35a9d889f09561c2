"""The answer of the ModernGov web service's GetMeeting: minutes as HTML escaped inside XML."""
from datetime import date
from html import escape
from typing import Any

from .moderngov import items, number_and_title
from .source import Block, Source
from .word_html import word_section

BLANK = "\n    "


def webservice_xml(source: Source) -> str:
    """The source as `meeting` with its agenda items and attendees."""
    front: dict[str, Any] = source.front
    day = date.fromisoformat(str(front["held_on"])).strftime("%d/%m/%Y")
    number = front["meeting_id"]
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<meeting>"]
    lines += [_element(name, said, 2) for name, said in (
        ("meetingid", number), ("meetingdate", day), ("meetingstatus", "Confirmed"), ("isdisplayallowed", "True"),
        ("meetingtime", front["time"]), ("meetingactualstarttime", ""), ("meetinglocation", front["venue"]),
        ("iswebcast", "False"), ("agendaid", number), ("agendapublished", "True"), ("decisionpublished", "True"),
        ("minutepublished", "True"))]
    lines.append("  <agendaitems>")
    for place, item in enumerate(items(source.blocks), 1):
        lines += _agenda_item(item, place, day, front)
    lines += ["  </agendaitems>", "  <attendees>"]
    for place, (name, role, presence) in enumerate(front["attendees"], 201):
        lines += [f'    <attendee membertype="U" memberid="{place}" name="{escape(name)}" '
                  f'roledescription="{escape(role)}" attendance="{presence}">',
                  f'      <url>{front["base"]}/mgUserInfo.aspx?UID={place}</url>', "    </attendee>"]
    return "\n".join([*lines, "  </attendees>", "</meeting>"]) + "\n"


def _element(name: str, said: Any, indent: int) -> str:
    text = escape(str(said), quote=False) if said != "" else BLANK
    return " " * indent + f"<{name}>{text}</{name}>"


def _agenda_item(item: list[Block], place: int, day: str, front: dict[str, Any]) -> list[str]:
    number, title = number_and_title(item[0])
    bodies: dict[str, list[Block]] = {"agendatext": [], "decisionnonemptyhtmlbody": [], "minutesnonemptyhtmlbody": []}
    part = "agendatext"
    for block in item[1:]:
        if block.kind == "heading":
            part = "decisionnonemptyhtmlbody" if block.text.startswith("Decision") else "minutesnonemptyhtmlbody"
        else:
            bodies[part].append(block)
    html = {name: word_section(blocks) if blocks else "" for name, blocks in bodies.items()}
    fields = [("agendaitemid", int(front["meeting_id"]) * 5 + place), ("agendaitemtitle", escape(title)),
              ("agendatext", html.pop("agendatext")), ("actualmeetingdate", day), ("agendaitemnumber", place),
              ("agendaitemsubnumber", ""), ("fulldisplaynumberformat", f"{number}." if number else ""),
              ("commentlabel1", "Presented By"), ("commenttext1", "")]
    fields += [(name, body) for name, body in html.items() if body]
    fields += [("isdecision", str(bool(bodies["decisionnonemptyhtmlbody"]))), ("isrestricted", "False"),
               ("isdisplayallowed", "True"), ("meetingdate", day), ("meetingtime", front["time"]),
               ("minutesitemnumber", number or "0"), ("refertocommittee", front["body"])]
    return ["    <agendaitem>", *(_element(name, said, 6) for name, said in fields), "    </agendaitem>"]
