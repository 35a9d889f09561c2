"""Answers of ModernGov's web service (mgWebService.asmx): a meeting, a committee list, a list of meetings.

A meeting gets the blocks, and the names of styles, that its page would have. The service gives minutes in full
where the page cuts them, and gives the number that is printed in `fulldisplaynumberformat`; the other numbers
count the agenda. Titles arrive escaped twice, bodies are pages' HTML inside XML text.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from lxml import etree
from lxml.etree import _Element as Element

from pipeline.document import Block, Document, Page
from pipeline.ingesters.characters import decode, tidy, visible
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.html import fragment_blocks, read_html
from pipeline.ingesters.html_source import clean_address
from pipeline.ingesters.problems import note

ANSWERS = frozenset(("meeting", "committees", "getmeetings", "getmeetingsbydate"))
PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
"""The service sends none: what one declares are entities, and those can be bombs."""
PREAMBLE = 20_000
"""Characters within which a DOCTYPE must end."""
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BODY_STYLE = "mgWordPara"


def read_xml(document: Document, data: bytes) -> Document:
    """Fill a document from an answer of the web service. Raises Unreadable for other XML."""
    root = _parse(document, data)
    answer = next((element for element in root.iter() if _name(element) in ANSWERS), None)
    if answer is None:
        if _name(root) == "html":
            return read_html(document, data)
        raise Unreadable(
            "unknown_xml",
            f"This is XML (<{_name(root) or '?'}>), but no answer of ModernGov's web service. Get GetMeeting, "
            "GetMeetings or GetCommittees from mgWebService.asmx, or the page itself.",
        )
    document.pages = [Page(number=None)]
    if _name(answer) == "meeting":
        _meeting(document, answer)
    elif _name(answer) == "committees":
        document.blocks = [Block("paragraph", title, style="committee") for title in _titles(answer, "committeetitle")]
    else:
        document.blocks = _meetings(answer)
    if not document.blocks:
        raise Unreadable("no_text", "This answer of ModernGov's web service is empty: nothing matched the request.")
    return document


def _parse(document: Document, data: bytes) -> Element:
    text = PROLOGUE.sub("", visible(decode(data, declared=True)))
    text = DOCTYPE.sub("", text[:PREAMBLE], count=1) + text[PREAMBLE:]
    # Nothing is fetched and depth is bounded: the file may be hostile.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("broken_xml", f"This XML cannot be parsed ({error}). Download it again.") from error
    if root is None:
        raise Unreadable("broken_xml", "This XML cannot be parsed. Download it again.")
    if len(parser.error_log):
        note(document, "broken_xml", "The XML is broken; what could be read of it was. Download it again.")
    return root


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _raw(element: Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else etree.tostring(child, method="text", encoding="unicode", with_tail=False)


def _text(element: Element, name: str) -> str:
    """A field on one line; what is escaped twice is unescaped twice, and tags inside are dropped."""
    return tidy(visible(TAG.sub(" ", html.unescape(_raw(element, name)))))


def _titles(answer: Element, name: str) -> list[str]:
    return [text for child in answer.iter() if _name(child) == "committee" and (text := _text(child, name))]


def _meeting(document: Document, meeting: Element) -> None:
    committee = _committee(meeting)
    blocks = document.blocks
    blocks.append(Block("heading", _main_title(meeting), level=1, style="mgMainTitleTxt"))
    if committee:
        blocks.append(Block("heading", committee, level=2, style="mgSubTitleTxt"))
    for label, name in (
        ("Date", "meetingdate"), ("Time", "meetingtime"), ("Venue", "meetinglocation"), ("Status", "meetingstatus"),
    ):
        if text := _text(meeting, name):
            blocks.append(Block("paragraph", f"{label}: {text}", style="mgLabel"))
    document.title = committee or None
    if _text(meeting, "isdisplayallowed") == "False":
        return
    for element in meeting.iter():
        if _name(element) == "attendee" and (block := _attendee(element)):
            blocks.append(block)
            document.links.append(clean_address(_raw(element, "url")))
    for element in meeting.iter():
        if _name(element) == "agendaitem":
            _item(document, element)
    document.links = [link for link in dict.fromkeys(document.links) if link]


def _main_title(meeting: Element) -> str:
    """The heading that the meeting's page has, by what is published."""
    published = [
        word for word, flag in (("agenda", "agendapublished"), ("decisions", "decisionpublished"),
                                ("minutes", "minutepublished")) if _text(meeting, flag) == "True"
    ]
    if not published:
        return "Meeting"
    joined = " and ".join((", ".join(published[:-1]), published[-1])) if len(published) > 1 else published[0]
    return joined.capitalize()


def _committee(meeting: Element) -> str:
    """The committee is named only with its items and their documents."""
    for name in ("committeetitle", "refertocommittee"):
        named = Counter(
            text for element in meeting.iter() if _name(element) in ("meeting", "agendaitem", "linkeddoc")
            if (text := _text(element, name))
        )
        if named:
            return named.most_common(1)[0][0]
    return ""


def _attendee(attendee: Element) -> Block | None:
    """Name | role | attendance | whom the person stands for; the last fields left out where nothing is said."""
    fields = [
        tidy(visible(html.unescape(attendee.get(name) or ""))).replace("|", "/")
        for name in ("name", "roledescription", "attendance", "representing")
    ]
    if not fields[0]:
        return None
    return Block("paragraph", tidy(" | ".join(fields)).rstrip(" |"), style="attendee")


def _item(document: Document, item: Element) -> None:
    blocks = document.blocks
    number = _text(item, "fulldisplaynumberformat")
    if number.strip(" 0."):
        blocks.append(Block("paragraph", number, style="mgItemNumberCell"))
    if title := _text(item, "agendaitemtitle"):
        blocks.append(Block("paragraph", title, style="mgAiTitleTxt"))
    if _text(item, "isrestricted") == "True" or _text(item, "isdisplayallowed") == "False":
        return
    for heading, name in (("", "agendatext"), ("Decision:", "decisionnonemptyhtmlbody"),
                          ("Minutes:", "minutesnonemptyhtmlbody")):
        body, links = fragment_blocks(_raw(item, name), BODY_STYLE)
        document.links += links
        if body and heading:
            blocks.append(Block("paragraph", heading, style="mgSubItemTitleTxt"))
        blocks.extend(body)
    for linked in item.iter():
        if _name(linked) == "linkeddoc" and (address := clean_address(_raw(linked, "url"))):
            document.links.append(address)


def _meetings(answer: Element) -> list[Block]:
    blocks: list[Block] = []
    for element in answer.iter():
        if _name(element) == "committee" and (title := _text(element, "committeetitle")):
            blocks.append(Block("heading", title, level=2, style="mgSubTitleTxt"))
        elif _name(element) == "meeting":
            said = [_text(element, name) for name in ("committeetitle", "meetingdate", "meetingtime", "meetingstatus")]
            if text := " ".join(part for part in said if part):
                blocks.append(Block("paragraph", text, style="meeting"))
    return blocks
