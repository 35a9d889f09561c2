"""Answers of ModernGov's web service."""

import pytest

from pipeline.document import Document
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.moderngov_xml import read_xml

MEETING = """<?xml version="1.0" encoding="utf-8"?>
<meeting><meetingid>31</meetingid><meetingdate>04/03/2024</meetingdate><meetingstatus>Confirmed</meetingstatus>
<isdisplayallowed>True</isdisplayallowed><meetingtime>6.00 pm</meetingtime>
<meetinglocation>Guildhall,
 Netherfield</meetinglocation><agendapublished>True</agendapublished><decisionpublished>True</decisionpublished>
<minutepublished>True</minutepublished>
<agendaitems><agendaitem><agendaitemtitle>Roads &amp;amp; Paths</agendaitemtitle>
<agendatext>&lt;p&gt;To consider the plan.&lt;/p&gt;</agendatext>
<agendaitemnumber>3</agendaitemnumber><fulldisplaynumberformat>17.</fulldisplaynumberformat>
<minutesnonemptyhtmlbody>&lt;div&gt;&lt;p&gt;Heard.&lt;/p&gt;
&lt;p&gt;RESOLVED: (1) pay &amp;pound;5m&lt;/p&gt;&lt;/div&gt;
</minutesnonemptyhtmlbody>
<decisionnonemptyhtmlbody>&lt;p&gt;(1) pay it&lt;/p&gt;</decisionnonemptyhtmlbody>
<isrestricted>False</isrestricted><isdisplayallowed>True</isdisplayallowed><refertocommittee>Cabinet</refertocommittee>
<linkeddocuments><linkeddoc><title>Plan</title><url>https://democracy.netherfield.example/mgConvert2PDF.aspx?ID=5</url>
</linkeddoc></linkeddocuments></agendaitem>
<agendaitem><agendaitemtitle>Lease</agendaitemtitle><agendatext>&lt;p&gt;secret&lt;/p&gt;</agendatext>
<fulldisplaynumberformat>0</fulldisplaynumberformat><isrestricted>True</isrestricted>
<refertocommittee>Cabinet</refertocommittee></agendaitem></agendaitems>
<attendees><attendee name="Councillor I. Penrose" roledescription="Chair" attendance="Present">
<url>https://democracy.netherfield.example/mgUserInfo.aspx?UID=2</url></attendee>
<attendee name="Ada Holt" roledescription="Officer" attendance="In attendance" representing="Finance"/></attendees>
</meeting>"""


def read(text: str) -> Document:
    return read_xml(Document("0" * 64, "answer.xml", "application/xml"), text.encode())


def test_a_meeting_has_the_blocks_of_its_page() -> None:
    document = read(MEETING)
    assert [(block.style, block.text) for block in document.blocks] == [
        ("mgMainTitleTxt", "Agenda, decisions and minutes"),
        ("mgSubTitleTxt", "Cabinet"),
        ("mgLabel", "Date: 04/03/2024"),
        ("mgLabel", "Time: 6.00 pm"),
        ("mgLabel", "Venue: Guildhall, Netherfield"),
        ("mgLabel", "Status: Confirmed"),
        ("attendee", "Councillor I. Penrose | Chair | Present"),
        ("attendee", "Ada Holt | Officer | In attendance | Finance"),
        ("mgItemNumberCell", "17."),
        ("mgAiTitleTxt", "Roads & Paths"),
        ("mgWordPara", "To consider the plan."),
        ("mgSubItemTitleTxt", "Decision:"),
        ("mgWordPara", "(1) pay it"),
        ("mgSubItemTitleTxt", "Minutes:"),
        ("mgWordPara", "Heard."),
        ("mgWordPara", "RESOLVED: (1) pay £5m"),
        ("mgAiTitleTxt", "Lease"),
    ]
    assert document.links == [
        "https://democracy.netherfield.example/mgUserInfo.aspx?UID=2",
        "https://democracy.netherfield.example/mgConvert2PDF.aspx?ID=5",
    ]


def test_a_soap_envelope_is_opened() -> None:
    soap = f"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
    <GetMeetingResponse xmlns="http://moderngov.co.uk/namespaces"><GetMeetingResult>{MEETING.split("?>", 1)[1]}
    </GetMeetingResult></GetMeetingResponse></s:Body></s:Envelope>"""
    assert [block.text for block in read(soap).blocks] == [block.text for block in read(MEETING).blocks]


def test_lists_of_committees_and_of_meetings() -> None:
    committees = "<committees><committee><committeetitle>Audit</committeetitle></committee></committees>"
    assert [block.text for block in read(committees).blocks] == ["Audit"]
    meetings = """<getmeetings><committee><committeetitle>Audit</committeetitle><committeemeetings><meeting>
    <meetingdate>01/02/2024</meetingdate><meetingstatus>Cancelled</meetingstatus><meetingtime>2.00 pm</meetingtime>
    </meeting></committeemeetings></committee></getmeetings>"""
    assert [block.text for block in read(meetings).blocks] == ["Audit", "01/02/2024 2.00 pm Cancelled"]


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    document = read(MEETING[: MEETING.index("<agendaitemnumber>") + 5])
    assert document.blocks[-1].text == "To consider the plan."
    assert [problem.kind for problem in document.problems] == ["broken_xml"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<?xml version='1.0'?><rss><channel/></rss>", "unknown_xml"),
        ("<committees> <committeescount> 0</committeescount></committees>", "no_text"),
        ("<?xml version='1.0'?>", "broken_xml"),
    ],
)
def test_unreadable(text: str, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.kind == kind


def test_tags_that_no_xml_allows_are_passed_over() -> None:
    document = read(MEETING.replace('<attendee name="Ada', '<attendee=x:y:z name="Ada').replace("</attendees>", "</b>"))
    assert document.blocks[-1].text == "Lease"


def test_entities_are_not_followed() -> None:
    bomb = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "ha">
    <!ENTITY b "&a;&a;">]>
    <committees><committee><committeetitle>Audit &f;&b;</committeetitle></committee></committees>"""
    assert [block.text for block in read(bomb).blocks] == ["Audit"]
