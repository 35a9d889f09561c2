"""The councils of the rules, and how a name, an address or a document leads to one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rules
from pipeline.document import Document, Outline, Page
from pipeline.linking import council_names as naming
from pipeline.linking.councils import Councils, Strength, council_of, known_councils, resolve


@pytest.fixture(scope="module")
def councils() -> Councils:
    return known_councils()


def named(councils: Councils, text: str) -> list[tuple[str, list[str], Strength]]:
    """Each mention's words, the councils it may mean, and its strength."""
    return [
        (text[m.start : m.end], sorted(council.name for council in m.councils), m.strength)
        for m in councils.mentions(text)
    ]


# --- the list


def test_counts_by_kind_and_nation(councils: Councils) -> None:
    current = [council for council in councils.all if council.valid_to is None]
    kinds = Counter(council.kind for council in current)
    assert kinds["london_borough"] == 33  # with the City of London
    assert kinds["metropolitan"] == 36
    assert kinds["county"] == 21
    assert kinds["integrated_care_board"] == 42
    assert 150 <= kinds["district"] - 11 <= 190  # eleven of Northern Ireland
    assert 14 <= kinds["combined_authority"] <= 20
    nations = Counter(council.nation for council in current)
    assert (nations["Scotland"], nations["Wales"], nations["Northern Ireland"]) == (32, 22, 11)
    assert 300 <= nations["England"] <= 400


def test_ids_are_unique_and_successors_exist(councils: Councils) -> None:
    ids = [council.id for council in councils.all]
    assert len(ids) == len(set(ids))
    missing = {successor for council in councils.all for successor in council.successors} - set(ids)
    assert missing == set()


def test_an_ended_council_has_a_successor_that_was_there_the_next_day(councils: Councils) -> None:
    by_id = {council.id: council for council in councils.all}
    wrong = []
    for council in councils.all:
        if council.valid_to is not None:
            heirs = [by_id.get(successor) for successor in council.successors]
            next_day = council.valid_to + timedelta(days=1)
            if not heirs or not all(heir is not None and heir.existed(next_day) for heir in heirs):
                wrong.append(council.official_name)
    # Unitary districts began up to two years before or after their county ended.
    assert set(wrong) <= {"Berkshire County Council", "Hereford and Worcester County Council"}


def test_no_two_current_councils_share_an_official_name(councils: Councils) -> None:
    names = Counter(council.official_name for council in councils.all if council.valid_to is None)
    assert [name for name, count in names.items() if count > 1] == []


def test_dates_are_in_order(councils: Councils) -> None:
    assert [c.name for c in councils.all if c.valid_from and c.valid_to and c.valid_from >= c.valid_to] == []


@pytest.mark.parametrize(
    ("council_id", "abbreviation"),
    [
        ("E09000006", "LBB"), ("E08000004", "OMBC"), ("E10000016", "KCC"), ("E09000021", "RBK"),
        ("E06000040", "RBWM"), ("E07000081", "GCC"), ("E10000013", "GCC"), ("E47000009", "WECA"),
        ("W06000016", "RCTCBC"), ("E09000020", "RBKC"),
    ],
)  # fmt: skip
def test_abbreviations(councils: Councils, council_id: str, abbreviation: str) -> None:
    (council,) = [each for each in councils.all if each.id == council_id]
    assert abbreviation in council.abbreviations


def test_a_record_holds_what_the_table_wants(councils: Councils) -> None:
    (council,) = [each for each in councils.all if each.id == "E10000009"]
    record = council.record()
    assert (record.council_id, record.name, record.kind) == ("E10000009", "Dorset", "county")
    assert (record.valid_to, record.successor_id) == (date(2019, 3, 31), "E06000059")
    assert all(council.record().council_id == council.id for council in councils.all)


def test_the_rules_load_fast() -> None:
    text = (rules.folder() / "councils.yaml").read_bytes()
    start = time.process_time()
    entries = yaml.load(text, rules.Loader)
    assert time.process_time() - start < 0.5  # about 0.03 s with libyaml, which a worker needs
    assert len(entries) == 470


# --- folding


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert naming.fold(naming.fold(text)) == naming.fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_can_be_searched(text: str) -> None:
    for mention in known_councils().mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.councils


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The King’s Lynn & West Norfolk", "kings lynn and west norfolk"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("Ynys Môn", "ynys mon"),
        ("St. Albans", "st albans"),
        ("THE HIGHLAND COUNCIL", "highland council"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert naming.fold(text) == folded


# --- by name


@pytest.mark.parametrize(
    ("text", "council_id"),
    [
        ("Oldham", "E08000004"),
        ("OLDHAM COUNCIL", "E08000004"),
        ("Oldham MBC", "E08000004"),
        ("OMBC", "E08000004"),
        ("London Borough of Bromley", "E09000006"),
        ("LB Bromley", "E09000006"),
        ("the Royal Borough of Kingston", "E09000021"),
        ("Kingston", "E09000021"),
        ("Kingston upon Hull", "E06000010"),
        ("Hull City Council", "E06000010"),
        ("Richmond", "E09000027"),
        ("Richmondshire District Council", "E07000166"),
        ("Gloucester", "E07000081"),
        ("Gloucestershire", "E10000013"),
        ("County Durham", "E06000047"),
        ("Durham County Council", "E06000047"),
        ("Durham City Council", "x-durham-2009"),
        ("Bedford Borough Council", "E06000055"),
        ("Bedfordshire County Council", "x-bedfordshire-2009"),
        ("Newcastle City Council", "E08000021"),
        ("Newcastle under Lyme Borough Council", "E07000195"),
        ("Bath & North East Somerset Council", "E06000022"),
        ("West of England", "E47000009"),
        ("West of England Mayoral Combined Authority", "E47000009"),
        ("Reading Borough Council", "E06000038"),
        ("Cyngor Gwynedd", "W06000002"),
        ("Westminster City Council", "E09000033"),
        ("NHS Kent and Medway", "x-icb-kent-and-medway"),
        ("Lichfield District Council", "E07000194"),
        # A city may have a parish council too, which is not its district's.
        ("Lichfield City Council", "parish-lichfield"),
        ("Netherfield Parish Council", "parish-netherfield"),
        ("The Stow-cum-Netherby Town Council", "parish-stow-cum-netherby"),
        ("Cyngor Tref Llanfair Newydd", "parish-llanfair-newydd"),
    ],
)
def test_by_name(councils: Councils, text: str, council_id: str) -> None:
    council = councils.by_name(text)
    assert council is not None
    assert council.id == council_id


@pytest.mark.parametrize(
    "text",
    ["Newcastle", "LBB", "Kent and Medway", "Council", "the Parish Council", "Ashbourne Vale", "", "£"],
)
def test_no_one_council_has_this_name(councils: Councils, text: str) -> None:
    assert councils.by_name(text) is None


@pytest.mark.parametrize(
    ("text", "on", "council_id"),
    [
        ("Somerset", date(2020, 1, 1), "E10000027"),
        ("Somerset", date(2024, 1, 1), "E06000066"),
        ("Somerset", None, "E06000066"),
        ("North East Combined Authority", date(2019, 1, 1), "E47000010"),
        ("North East Combined Authority", date(2025, 1, 1), "E47000014"),
        ("Poole", date(2024, 1, 1), "E06000029"),  # ended, but no other has the name
    ],
)
def test_the_authority_in_existence_that_day(
    councils: Councils, text: str, on: date | None, council_id: str
) -> None:
    council = councils.by_name(text, on)
    assert council is not None
    assert council.id == council_id


def test_a_name_of_two_authorities_on_that_day_is_nobodys(councils: Councils) -> None:
    assert councils.by_name("Durham", date(2005, 1, 1)) is None


# --- by address


@pytest.mark.parametrize(
    ("url", "council_id"),
    [
        ("https://democracy.kent.gov.uk/ieListDocuments.aspx?CId=1&MId=2", "E10000016"),
        ("https://moderngov.kingston.gov.uk", "E09000021"),
        ("https://lbbd.moderngov.co.uk/mgAi.aspx?ID=3", "E09000002"),
        ("someone@oldham.gov.uk", "E08000004"),
        ("www.gloucester.gov.uk", "E07000081"),
        ("gloucestershire.gov.uk", "E10000013"),
        ("https://www.westofengland-ca.gov.uk/about", "E47000009"),
        ("https://eastsuffolk.cmis.uk.com/eastsuffolk/councillors.aspx", "E07000244"),
        ("https://cannockchasedc.gov.uk", "E07000192"),
    ],
)
def test_by_url(councils: Councils, url: str, council_id: str) -> None:
    council = councils.by_url(url)
    assert council is not None
    assert council.id == council_id


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.uk/guidance", "https://democracy.adur-worthing.gov.uk", "http://[page]", "", "@",
        "https://example.org/kent",
    ],
)  # fmt: skip
def test_an_address_of_no_one_council(councils: Councils, url: str) -> None:
    assert councils.by_url(url) is None


def test_an_address_follows_the_day(councils: Councils) -> None:
    before, after = (councils.by_url("somerset.gov.uk", on) for on in (date(2020, 1, 1), date(2024, 1, 1)))
    assert before is not None and after is not None
    assert (before.id, after.id) == ("E10000027", "E06000066")


# --- mentions


def test_full_names_are_strong_and_places_weak(councils: Councils) -> None:
    text = "Officers of Kent County Council wrote to the London Borough\nof Bexley about Thanet and OMBC."
    assert named(councils, text) == [
        ("Kent County Council", ["Kent"], Strength.FULL),
        ("London Borough\nof Bexley", ["Bexley"], Strength.FULL),
        ("Thanet", ["Thanet"], Strength.PLACE),
        ("OMBC", ["Oldham"], Strength.ABBREVIATION),
    ]


def test_an_abbreviation_keeps_all_that_bear_it(councils: Councils) -> None:
    assert named(councils, "LBB to report") == [
        ("LBB", ["Barnet", "Bexley", "Brent", "Bromley"], Strength.ABBREVIATION)
    ]
    assert named(councils, "terms of lbb, clubbed and CLBBD") == []


@pytest.mark.parametrize(
    "text",
    [
        "Reading lists and a Rugby club; bury the cable and Bury it deep",
        "Cllr Kent asked Mr D. Kent about it",
        "works on the Old Kent Road and Warwick Avenue",
        "a report from the Derby University of Lincoln Hospital",
        "M v Kent County Council",
        "papers of NHS bodies in Kent and Medway",
        "the Parish Council and a Town Council; Annual Parish Council Meeting",
        "the City of London and the North East",
        "Oxford Health – the trust",
    ],
)
def test_words_that_name_no_council(councils: Councils, text: str) -> None:
    assert named(councils, text) == []


@pytest.mark.parametrize(
    ("text", "place", "official"),
    [
        ("MINUTES OF THE MEETING OF NETHERFIELD PARISH COUNCIL", "Netherfield", "Netherfield Parish Council"),
        ("THE CALDERBROOK-ON-THE-WATER TOWN COUNCIL", "Calderbrook-on-the-Water", None),
        ("ASHBOURNE VALE\nCOMMUNITY COUNCIL\n", "Ashbourne Vale", "Ashbourne Vale Community Council"),
        ("a letter from Great and Little Netherfield Parish Council", "Great and Little Netherfield", None),
        ("Present: Cllr Jones, Calderbrook Parish Council", "Calderbrook", None),
        ("Residents of the Ashbourne-with-Netherfield Town Council", "Ashbourne-with-Netherfield", None),
        ("the Vale of Calder Community Council", "Vale of Calder", None),
        ("The Clerk to St. Osyth Heath Parish Council", "St. Osyth Heath", None),
    ],
)
def test_local_councils_by_form(councils: Councils, text: str, place: str, official: str | None) -> None:
    (mention,) = (m for m in councils.mentions(text) if m.strength == Strength.FULL)
    assert mention.council is not None
    assert (mention.council.name, mention.council.kind) == (place, "parish")
    assert official in (None, mention.council.official_name)


@pytest.mark.parametrize(
    ("text", "council_id", "official", "kind"),
    [
        ("minutes of Wexley Metropolitan Borough Council", "named-wexley", "Wexley Metropolitan Borough Council",
         "metropolitan"),
        ("the London Borough of Wexley and Calder set a rate", "named-wexley-and-calder",
         "London Borough of Wexley and Calder", "london_borough"),
        ("BRACKENSHIRE COUNTY COUNCIL\nCOUNTY COUNCIL\n", "named-brackenshire", "Brackenshire County Council",
         "county"),
        ("KIRKMOOR COUNCIL\nThe Provost", "named-kirkmoor", "Kirkmoor Council", "other"),
    ],
)  # fmt: skip
def test_principal_councils_that_the_rules_lack(
    councils: Councils, text: str, council_id: str, official: str, kind: str
) -> None:
    (mention,) = councils.mentions(text)
    assert mention.council is not None
    assert (mention.council.id, mention.council.official_name, mention.council.kind) == (council_id, official, kind)
    assert mention.council.record().kind == kind


@pytest.mark.parametrize(
    "text", ["in time for the March County Council", "ARTS COUNCIL\nA grant", "the work of Kirkmoor Council Group"]
)
def test_words_before_council_that_are_no_place(councils: Councils, text: str) -> None:
    assert named(councils, text) == []


def test_a_town_council_is_not_its_districts(councils: Councils) -> None:
    assert named(councils, "Swindon Town Council and Swindon Borough Council") == [
        ("Swindon Town Council", ["Swindon"], Strength.FULL),
        ("Swindon Borough Council", ["Swindon"], Strength.FULL),
    ]
    ids = [m.council.id for m in councils.mentions("Swindon Town Council, Swindon Council") if m.council]
    assert ids == ["parish-swindon", "E06000030"]


def test_addresses_in_a_text_even_broken_over_lines(councils: Councils) -> None:
    text = "Email: a.clerk@gloucester.gov.\nuk or b@kent\n.gov.uk or c@example.org"
    assert [(m.council.name, m.strength) for m in councils.mentions(text) if m.council] == [
        ("Gloucester", Strength.ADDRESS),
        ("Kent", Strength.ADDRESS),
    ]


# --- whose document it is


def resolved(councils: Councils, *evidence: str, urls: tuple[str, ...] = ()) -> str | None:
    council = councils.resolve(evidence, urls)
    return council.name if council else None


def test_the_heading_outweighs_the_councils_written_about(councils: Councils) -> None:
    head = "CALDERBROOK PARISH COUNCIL\nMinutes of the meeting held on 4 May 2021"
    body = "Eden District Council had replied. Eden District Council would pay. " * 6
    assert resolved(councils, head + "\n" + body) == "Calderbrook"


def test_initials_and_place_together_decide(councils: Councils) -> None:
    text = "LBB would lead. Bromley residents asked about the Bromley centre."
    assert resolved(councils, text) == "Bromley"


def test_an_address_decides_between_city_and_county(councils: Councils) -> None:
    text = "Contact officer: a.officer@gloucester.gov.uk. The scheme is shared with Gloucestershire."
    assert resolved(councils, text) == "Gloucester"


def test_where_it_came_from_decides(councils: Councils) -> None:
    urls = ("https://moderngov.kingston.gov.uk/x.pdf",)
    text = "Neighbourhood Committee. Traffic in Surrey."
    assert resolved(councils, text, urls=urls) == "Kingston upon Thames"


@pytest.mark.parametrize(
    "text",
    [
        "Revenue plan 2025 to 2028, in thousands of pounds",
        "Schools in Dover, Ashford and Swale",
        "Deposits: Aberdeen £5m, Westminster £3m",
        "LBB",
    ],
)
def test_where_a_document_does_not_tell_no_council_is_guessed(councils: Councils, text: str) -> None:
    assert resolved(councils, text) is None


def test_two_councils_named_alike_give_none(councils: Councils) -> None:
    text = "Items. " * 60 + "Kent County Council and Medway Council have set up a joint committee."
    assert resolved(councils, text) is None


def test_the_day_decides_between_a_council_and_its_successor(councils: Councils) -> None:
    text = "Dorset residents, Dorset libraries, Dorset roads"
    for on, council_id in ((date(2015, 5, 1), "E10000009"), (date(2022, 5, 1), "E06000059")):
        council = councils.resolve([text], on=on)
        assert council is not None
        assert council.id == council_id


def outlined(text: str, furniture: Sequence[str] = (), held_on: date | None = None) -> Outline:
    """A document of one page that says `text`, under those running heads."""
    page = Page(number=1, width=595, height=842, text=text, furniture=list(furniture))
    document = Document(sha256="0" * 64, path="x.pdf", media_type="application/pdf", pages=[page], text=text)
    return Outline(document=document, held_on=held_on)


def test_a_running_head_tells_whose_paper_it_is() -> None:
    assert resolve(outlined("The committee noted the report.", ["Page 1 of 9"])) is None
    assert resolve(outlined("The committee noted the report.", ["Oldham Council"])) == "E08000004"


def test_a_web_page_s_title_ends_with_the_name_of_its_site() -> None:
    page = outlined("Minutes:\nThe Committee agreed the report. Cardiff was said to do likewise.")
    page.document.title = (
        "Agenda and minutes - Strategic Policy, Harbour and Resources Committee - Wednesday, 24th January, 2024 "
        "9.30 am - Oldham Metropolitan Borough Council"
    )
    assert resolve(page) == "E08000004"
    page.document.title = "Agenda for Cabinet on Thursday 15 January 2026, 7:30 pm - Modern Council"  # its software's
    assert resolve(page) is None


@pytest.mark.parametrize(("text", "council_id"), [
    ("Cabinet\nThe wardens were thanked.\nTower Hamlets", "E09000030"),
    ("Cabinet\nContact: the Scrutiny Officer, County Hall, Worcester", None),
    ("Cabinet\nThe pier is to be mended before the winter, as Members asked at their last meeting, and a bid has "
     "been made to the Greater London Authority for half of what that will cost.", None),
    ("Full Authority\tWest Yorkshire Fire and Rescue Authority\nDate:\t17 February 2023", "named-west-yorkshire"),
    ("Broads Authority\nMinutes of the meeting held at The King's Centre, Norwich.", "x-broads"),
])
def test_whom_a_single_name_makes_the_owner_of_a_paper(text: str, council_id: str | None) -> None:
    paper = outlined(text)
    paper.body = "Cabinet"
    assert resolve(paper) == council_id


def test_a_paper_of_the_time_before_is_the_council_of_then() -> None:
    paper = outlined("SOMERSET\nSomerset roads. Somerset bridges.", held_on=date(2019, 7, 1))
    council = council_of(paper)
    assert council is not None
    assert council.official_name == "Somerset County Council"


def test_a_council_named_once_in_passing_does_not_own_the_paper() -> None:
    text = "The gate was mended with the help of volunteers, of the county's police and of officers of "
    assert resolve(outlined(text + "Monmouthshire County Council Highways, whom the Clerk had thanked.")) is None


# --- every council of the list


def test_every_council_is_found_by_its_official_name(councils: Councils) -> None:
    lost = []
    for council in councils.all:
        text = f"Officers of the {council.official_name} wrote to us."
        found = [m.councils for m in councils.mentions(text, council.valid_to) if m.strength == Strength.FULL]
        if found != [(council,)] or councils.by_name(council.official_name, council.valid_to) is not council:
            lost.append(council.official_name)
    assert lost == []


def test_every_council_is_found_by_its_short_name(councils: Councils) -> None:
    lost = [
        council.id
        for council in councils.all
        if council.kind not in ("integrated_care_board", "combined_authority")
        and councils.by_name(council.name, council.valid_to) is not council
    ]
    # Durham was a city and a county until 2009.
    assert lost == ["x-durham-2009"]


def test_every_current_council_is_found_at_its_address(councils: Councils) -> None:
    lost = {
        council.name
        for council in councils.all
        for url in (council.website, council.democracy_url)
        if url and council.valid_to is None and councils.by_url(url) is not council
    }
    # These share one website with a neighbour.
    assert lost == {
        "Adur", "Worthing", "Babergh", "Mid Suffolk", "Broadland", "South Norfolk", "Eastbourne", "Lewes",
        "South Hams", "West Devon",
    }  # fmt: skip
