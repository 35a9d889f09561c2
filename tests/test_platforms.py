"""What the platforms' pages and answers say, in their many spellings."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scrape import addresses
from pipeline.scrape.content import Promise
from pipeline.scrape.manners import Misused
from pipeline.scrape.platforms import ROUTES
from pipeline.scrape.platforms.base import Listed, MeetingSeen, Paper, kind_of, months, promise_of
from pipeline.scrape.platforms.cmis import Cmis
from pipeline.scrape.platforms.links import Links
from pipeline.scrape.platforms.moderngov_pages import ModernGovPages
from pipeline.scrape.platforms.moderngov_service import ModernGovService
from pipeline.scrape.platforms.pages import day_in
from pipeline.scrape.revisiting import interval, is_due
from pipeline.scrape.sites import chosen, known_sites, sites_of
from pipeline.scrape.trouble import Refused

BASE = "https://democracy.hollinmere.example"
SINCE, UNTIL = date(2025, 6, 1), date(2026, 12, 1)


class Pages:
    """Gives pages by address; what it was asked."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, address: str, promise: Promise = "page") -> bytes:
        self.asked.append(address)
        return self.pages[address.removeprefix(BASE)].encode()


def modgov(inner: str) -> str:
    around = "<nav><a href='documents/s9/Menu.pdf'>Menu</a></nav>"
    return f"<!DOCTYPE html><html><body>{around}<div id='modgov'>{inner}</div></body></html>"


MEETING = Paper(
    f"{BASE}/ieListDocuments.aspx?CId=7&MId=41&Ver=4", "Meeting", "meeting", "page", date(2026, 3, 4), "41", "7"
)


def test_a_meetings_page_leads_to_its_papers_cut_items_and_decisions() -> None:
    found = ModernGovPages(BASE).leads_to(MEETING, modgov("""
        <li><a href="documents/g50/Agenda frontsheet 04-Mar-2026 18.00 Cabinet.pdf?T=0">Agenda frontsheet
          <span>PDF 198 KB</span></a></li>
        <li><a href="/(S(ab12))/documents/g50/Printed minutes 04-Mar-2026.pdf?T=1">Printed minutes</a></li>
        <li><a href="documents/b61/Supplement Wednesday 04-Mar-2026.pdf?T=9">Late report</a></li>
        <li><a href="documents/s70/Fees &amp;
          charges.pdf">Fees and charges PDF 1 MB</a></li>
        <li><a href="documents/s70/Fees &amp; charges.pdf">Fees and charges, item 5</a></li>
        <li><a href="documents/s71/Annex.pdf">Annex A <span class="mgHide">, item 5.</span>
          <span>PDF 1 MB</span></a></li>
        <li><a href="mgAi.aspx?ID=51902" title="Link to view the full item text">view the full minutes text</a></li>
        <li><a href="ieDecisionDetails.aspx?AIId=51902&bcr=1">View the decision for item 5</a></li>
        <li><a href="https://elsewhere.example/documents/s1/x.pdf">Another council's</a></li>
        <li><a href="mgCommitteeDetails.aspx?ID=7">Cabinet</a></li>
        <li><a href="javascript:print()">Print</a></li>""").encode())
    assert [(p.address.removeprefix(BASE), p.kind, p.promise) for p in found.papers] == [
        ("/documents/g50/Agenda%20frontsheet%2004-Mar-2026%2018.00%20Cabinet.pdf?T=0", "agenda", "pdf"),
        ("/documents/g50/Printed%20minutes%2004-Mar-2026.pdf?T=1", "minutes", "pdf"),
        ("/documents/b61/Supplement%20Wednesday%2004-Mar-2026.pdf?T=9", "supplement", "pdf"),
        ("/documents/s70/Fees%20&%20charges.pdf", "report", "pdf"),
        ("/documents/s71/Annex.pdf", "report", "pdf"),
        ("/mgAi.aspx?ID=51902", "item", "page"),
        ("/ieDecisionDetails.aspx?AIId=51902", "decision", "page"),
    ]
    assert [p.title for p in found.papers[3:5]] == ["Fees and charges", "Annex A"]
    assert {p.meeting_id for p in found.papers} == {"41"}


def test_a_register_of_decisions_gives_their_pages_and_days() -> None:
    platform = ModernGovPages(BASE)
    (listing,) = [each for each in platform.overview(
        Pages({"/mgListCommittees.aspx": modgov("")}), date(2026, 1, 5), date(2026, 2, 1)
    ).listings if each.listing_id.startswith("decisions")]
    assert (listing.listing_id, listing.last, listing.optional) == ("decisions 2026-01", date(2026, 3, 31), True)
    page = (
        "/mgDelegatedDecisions.aspx?XXR=0&DR=01%2f01%2f2026-31%2f03%2f2026&ACT=Find&RP=0&K=0&V=0&DM=0&HD=0&DS=2"
        "&Next=true&META=mgdelegateddecisions"
    )
    found = platform.read(Pages({page: modgov("""<table><tr><td class="mgMainTxt">
        <a href="ieDecisionDetails.aspx?ID=13567">Lease of the kiosk<span> ref&#58; 13567</span></a></td><td
        >05&#47;02&#47;2026</td><td>12&#47;02&#47;2026</td></tr>
        <tr><td><a href="mgIssueHistoryHome.aspx?IId=6535&amp;Opt=0">No decision</a></td></tr></table>""")}),
        listing, SINCE, UNTIL)
    assert [(p.address, p.title, p.day, p.kind) for p in found.papers] == [
        (f"{BASE}/ieDecisionDetails.aspx?ID=13567", "Lease of the kiosk", date(2026, 2, 5), "decision")
    ]


def test_a_list_of_meetings_is_followed_as_far_as_asked_and_never_in_a_circle() -> None:
    def page(*days: str, onward: str) -> str:
        rows = "".join(
            f'<li><a class="mgMeetingTableLnk" href="ieListDocuments.aspx?CId=7&amp;MId={day[:2]}{day[3:6]}{day[-2:]}'
            f'&amp;Ver=4">{day}&nbsp;7&#58;30 pm</a>{tail}</li>'
            for day, _, tail in (each.partition("|") for each in days)
        )
        return modgov(f'<a href="ieListMeetings.aspx?Act=earlier&amp;CId=7&amp;D={onward}">Earlier</a><ul>{rows}</ul>')

    ask = Pages({
        "/ieListMeetings.aspx?CommitteeId=7": page(
            "15 Jan 2026| - CANCELLED", "02 Dec 2025| - Agenda, Minutes", onward="1"),
        "/ieListMeetings.aspx?Act=earlier&CId=7&D=1": page("01 Oct 2025| - Agenda", onward="2"),
        "/ieListMeetings.aspx?Act=earlier&CId=7&D=2": page("01 Oct 2025| - Agenda", onward="3"),
    })
    platform = ModernGovPages(BASE)
    (listing,) = [each for each in (platform.overview(
        Pages({"/mgListCommittees.aspx": modgov('<a href="mgCommitteeDetails.aspx?ID=7">Cabinet</a>')}), SINCE, UNTIL
    ).listings) if each.last is None]
    found = platform.read(ask, listing, SINCE, UNTIL).meetings
    assert [(m.held_on, m.cancelled, m.agenda, m.minutes, m.starts_at) for m in found] == [
        (date(2026, 1, 15), True, False, False, "7:30 pm"), (date(2025, 12, 2), False, True, True, "7:30 pm"),
        (date(2025, 10, 1), False, True, False, "7:30 pm"),
    ]
    assert len(ask.asked) == 3
    recent = platform.read(Pages(ask.pages), listing, date(2025, 12, 20), UNTIL).meetings
    assert [m.held_on for m in recent] == [date(2026, 1, 15)]


def test_the_service_tells_of_titles_escaped_twice_flags_and_prints() -> None:
    service = ModernGovService(BASE + "/")
    ask = Pages({"/mgWebService.asmx/GetCommittees?lDummy=0": """<?xml version="1.0" encoding="utf-8"?>
        <committees><committeescount> 2</committeescount><committee><committeeid>7</committeeid>
        <committeetitle>Health &amp;amp; Care Panel</committeetitle><committeedeleted>False</committeedeleted>
        <committeeexpired>True</committeeexpired><committeecategory>\n   </committeecategory></committee>
        <committee><committeeid>8</committeeid><committeetitle>Gone</committeetitle>
        <committeedeleted>True</committeedeleted></committee></committees>"""})
    (committee,) = service.overview(ask, SINCE, UNTIL).committees
    assert (committee.committee_id, committee.title, committee.ended, committee.category) == (
        "7", "Health & Care Panel", True, None)
    (paper,) = service.papers_of(MeetingSeen("41", "7", date(2026, 3, 4)))
    assert (paper.address, paper.promise) == (f"{BASE}/mgWebService.asmx/GetMeeting?lMeetingId=41", "xml")
    found = service.leads_to(paper, f"""<meeting><meetingid>41</meetingid><meetingdate>04/03/2026</meetingdate>
        <meetingstatus>Postponed</meetingstatus><agendaid>50</agendaid><agendapublished>True</agendapublished>
        <minutepublished>False</minutepublished><agendaitems><agendaitem><linkeddocuments>
        <linkeddoc><title>Fees</title><isurl>False</isurl><url>{BASE}/mgConvert2PDF.aspx?ID=70</url>
        <isrestricted>False</isrestricted></linkeddoc>
        <linkeddoc><title>Exempt</title><url>{BASE}/mgConvert2PDF.aspx?ID=71</url>
        <isrestricted>True</isrestricted></linkeddoc>
        <linkeddoc><title>By its other name</title><url>http://hollinmere.example/mgConvert2PDF.aspx?ID=72</url></linkeddoc>
        <linkeddoc><title>Elsewhere</title><url>http://elsewhere.example/a.pdf</url></linkeddoc></linkeddocuments></agendaitem></agendaitems></meeting>""".encode())
    assert [(p.address.removeprefix(BASE), p.guessed) for p in found.papers] == [
        ("/mgConvert2PDF.aspx?ID=70", False), ("/mgConvert2PDF.aspx?ID=72", False),
        ("/mgConvert2PDF.aspx?ID=50&T=0", True),
    ]
    (seen,) = found.meetings
    assert (seen.cancelled, seen.agenda, seen.decisions, seen.minutes) == (True, True, None, False)


@pytest.mark.parametrize("answer", ["<soap:Fault/>", "<html><body>Off</body></html>", "not even markup", "<a><b></a>"])
def test_another_answer_is_no_answer_of_the_service(answer: str) -> None:
    ask = Pages({"/mgWebService.asmx/GetCommittees?lDummy=0": answer})
    with pytest.raises(Refused) as caught:
        ModernGovService(BASE).overview(ask, SINCE, UNTIL)
    assert caught.value.kind == "layout"


def test_a_month_of_cmis_has_its_year_from_the_address() -> None:
    head = f"{BASE}/live/Meetings/tabid/70/ctl"
    day = """<tr class="rgRow"><td class="SimpleCalendarDate">Tuesday, 9 June</td><td><p class="Meeting">
        <a href="/live/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/15029/Committee/7/Default.aspx">
        10:00 Licensing Panel B - CANCELLED</a></p></td></tr>
        <tr><td class="SimpleCalendarDate">Wednesday, 10 June</td><td></td></tr>"""
    ask = Pages({
        "/live/Meetings.aspx":
            "<html><a href='/live/Meetings/tabid/70/Default.aspx'>x</a> dnn$ctr397$MeetingCalendarPublic",
        "/live/Meetings/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx":
            f"<html><body><table>{day}</table></body></html>",
    })
    platform = Cmis(f"{BASE}/live")
    (listing,) = platform.overview(ask, date(2026, 6, 3), date(2026, 6, 20)).listings
    assert listing.listing_id == f"{head}/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx"
    found = platform.read(ask, listing, SINCE, UNTIL)
    (meeting,) = found.meetings
    assert (meeting.held_on, meeting.starts_at, meeting.cancelled) == (date(2026, 6, 9), "10:00", True)
    assert found.committees[0].title == "Licensing Panel B"
    (paper,) = platform.papers_of(meeting)
    assert paper.address.endswith("/Meeting/15029/Committee/7/SelectedTab/Documents/Default.aspx")


def test_plain_links_have_their_committee_from_the_heading_and_their_day_from_their_words() -> None:
    ask = Pages({"/papers": """<html><body><nav><a href="privacy.pdf">Privacy</a></nav>
        <h2>Finance Committee minutes 2026</h2><a href="f/m1.pdf">Minutes, 4 March 2026</a>
        <a href="f/2026-04-01_agenda.docx">Agenda</a><a href="https://elsewhere.example/x.pdf">Other</a>
        <h2>Policies</h2><a href="f/plan.pdf">Corporate plan</a> <a href="about.html">About</a></body></html>"""})
    platform = Links(f"{BASE}/papers")
    found = platform.read(ask, platform.overview(ask, SINCE, UNTIL).listings[0], SINCE, UNTIL)
    assert [(p.address.removeprefix(BASE), p.kind, p.day, p.committee_id, p.promise) for p in found.papers] == [
        ("/f/m1.pdf", "minutes", date(2026, 3, 4), "finance-committee", "pdf"),
        ("/f/2026-04-01_agenda.docx", "agenda", date(2026, 4, 1), "finance-committee", "paper"),
        ("/f/plan.pdf", "other", None, None, "pdf"),
    ]
    assert [(m.held_on, m.committee_id) for m in found.meetings] == [
        (date(2026, 3, 4), "finance-committee"), (date(2026, 4, 1), "finance-committee")
    ]


BROKEN = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from([
        "<div id='modgov'>", "</div>", "<div id='dnn_ContentPane'>", "<li class='DocumentListItem'>", "<table>", "<tr>",
        "<td class='SimpleCalendarDate'>", "Monday, 31 June", "<a href='documents/s1/x.pdf'>", "<a href='//['>", "</a>",
        "<a href='ieListDocuments.aspx?MId=1'>31 Feb 2026", "<meeting>", "<meetingdate>32/13/2026</meetingdate>",
        "<meetingdate>04/03/2026</meetingdate>", "</meeting>", "<linkeddoc><url>http://[", "&#xFFFFFF;", "\x00", "]]>",
        "<committees>", "<committee>", "<?xml version='1.0' encoding='utf-16'?>", "\ud7ff", "<h2>Minutes", "\x0b",
    ]), max_size=14).map(lambda parts: "".join(parts).encode()),
)


@pytest.mark.parametrize("make", [ModernGovPages, ModernGovService, Cmis, Links])
@given(content=BROKEN)
def test_whatever_a_page_says_it_is_read_or_refused(make: type, content: bytes) -> None:
    platform = make(BASE)
    listing = {Cmis: Listed("x", date(2026, 6, 30)), Links: Listed("page")}.get(make, Listed("committee 7"))
    paper = replace(MEETING, promise="xml" if make is ModernGovService else "page")
    for ask in (
        lambda: platform.leads_to(paper, content), lambda: platform.mark(paper, content),
        lambda: platform.overview(lambda *_: content, SINCE, UNTIL),
        lambda: platform.read(lambda *_: content, listing, SINCE, UNTIL),
    ):
        with suppress(Refused):
            ask()


@pytest.mark.parametrize(("link", "clean"), [
    ("/(S(k2j3))/ieListDocuments.aspx?MId=4&bcr=1", "/ieListDocuments.aspx?MId=4"),
    ("/(X(1)S(k2j3))/mgAi.aspx?ID=5", "/mgAi.aspx?ID=5"), ("/%28S%28k2j3%29%29/mgAi.aspx?ID=5", "/mgAi.aspx?ID=5"),
    ("documents/s7/A  plan\r\n for us.pdf#page=2", "/documents/s7/A%20plan%20for%20us.pdf"),
    ("/documents/(old)/x.pdf", "/documents/(old)/x.pdf"), ("/a.pdf?T=1", "/a.pdf?T=1"),
])
def test_addresses_have_one_form(link: str, clean: str) -> None:
    assert addresses.join(BASE + "/mgListCommittees.aspx", link) == BASE + clean


@pytest.mark.parametrize("link", ["javascript:void(0)", "mailto:a@b.example", "tel:01632", "http://[broken", "data:,"])
def test_what_is_no_web_address_leads_nowhere(link: str) -> None:
    assert addresses.join(BASE + "/", link) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_clean_address_stays_as_it_is(path: str) -> None:
    once = addresses.join(BASE + "/", "/" + path.lstrip("/\\"))
    if once is not None and addresses.same_site(BASE, once):
        assert addresses.clean(once) == once


@given(st.dates(date(1996, 1, 1), date(2040, 1, 1)), st.sampled_from(
    ["%d %B %Y", "%A %d %b %Y", "%d/%m/%Y", "%Y-%m-%d", "%A, %d-%b-%Y 19.30", "%d.%m.%Y"]))
def test_days_are_found_however_they_are_written(day: date, form: str) -> None:
    assert day_in(f"Cabinet - {day.strftime(form)} (PDF)") == day


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 2000), st.sampled_from([1, 3]))
def test_periods_cover_every_day_once(first: date, days: int, step: int) -> None:
    last = first + timedelta(days=days)
    periods = list(months(first, last, step))
    assert periods[0][0] <= first and periods[-1][1] >= last
    assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in zip(periods, periods[1:], strict=False))


@pytest.mark.parametrize(("title", "kind"), [
    ("Printed draft minutes", "minutes"), ("Agenda reports pack", "pack"), ("Minutes of previous meeting", "other"),
    ("Supplementary agenda 2", "supplement"), ("Record of decisions", "decisions"), ("Agenda frontsheet", "agenda"),
    ("Cofnodion", "minutes"), ("Winter maintenance", "other"),
])
def test_titles_tell_what_a_paper_is(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_endings_promise() -> None:
    assert [promise_of(f"{BASE}/{name}") for name in ("a.PDF?T=1", "b.docx", "c.html", "d")] == [
        "pdf", "paper", "page", "paper"
    ]


def test_what_settles_is_looked_at_ever_more_seldom() -> None:
    today = date(2026, 6, 1)
    ages = (-80, -10, 0, 30, 99, 120, 400, 4000)
    rests = [interval(today - timedelta(days=age), today, cheap=True).days for age in ages]
    assert rests == [20, 0, 0, 0, 0, 30, 100, 180]
    assert interval(today, today, cheap=False) == timedelta(days=30)


@given(st.integers(100, 3000))
def test_settled_papers_are_due_after_a_quarter_of_their_age(age: int) -> None:
    now = datetime(2026, 6, 1, 12)
    day = now.date() - timedelta(days=age)
    rest = min(timedelta(days=age) / 4, timedelta(days=180))
    assert is_due(now - rest, day, now, cheap=True)
    assert not is_due(now - rest + timedelta(hours=1), day, now, cheap=True)


def test_the_rules_know_where_the_councils_publish() -> None:
    sites = known_sites()
    asked = [site for site in sites if site.platform in ROUTES and site.address]
    assert len(asked) >= 330 and {site.platform for site in asked} == {"moderngov", "cmis"}
    assert not [site.name for site in asked if not (site.address or "").startswith("http")]
    by_name = {site.name: site for site in sites}
    assert by_name["Derby"].address == "https://democracy.derby.gov.uk/cmis5"
    assert by_name["Southwark"].quirks == {"no_service"}
    assert by_name["Hartlepool"].address is None, "its line has the members' page, not the papers'"


def test_sites_are_chosen_by_name_or_id_and_quirks_are_known_ones() -> None:
    sites = sites_of([{"id": "x-1", "name": "Hollinmere", "platform": "links", "papers_url": BASE},
                      {"id": "x-2", "name": "Hollin", "valid_to": date(2020, 1, 1)}])
    assert [site.council_id for site in sites] == ["x-1"]
    assert chosen(sites, ["hollinmere"]) == chosen(sites, ["X-1"]) == chosen(sites, []) == sites
    with pytest.raises(Misused, match="did you mean Hollinmere"):
        chosen(sites, ["Hollin"])
    with pytest.raises(Misused, match="no quirk"):
        sites_of([{"id": "x-1", "name": "Hollinmere", "quirks": ["sleepy"]}])
