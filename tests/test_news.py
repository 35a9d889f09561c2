"""What is new: found between two databases, asked for by watches, told in Markdown, HTML and feeds."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledgers import MONDAY, Answer, Met, Paper, scrape

from pipeline import run
from pipeline.news import finding, shelf
from pipeline.news.digest import Asked, Digest, Item, Listing, Trouble
from pipeline.news.feeds import feeds
from pipeline.news.markdown import escaped, markdown
from pipeline.news.page import page
from pipeline.news.watches import CONDITIONS, Watch, WrongWatches, read
from pipeline.news.wording import Addresses, sentences, summary

KENT, OLDHAM = "E10000016", "E08000004"
NOVEMBER = """\
KENT COUNTY COUNCIL

CABINET

Minutes of the meeting held on Tuesday 4 November 2025 at 6.30 pm in the Guildhall

1. Home care

RESOLVED: That a report on home care be submitted to the meeting on 24 February 2026.

2. Libraries

The net budget for libraries in 2025/26 is £4,200,000.

RESOLVED: That the report be noted.
"""
DECEMBER = """\
KENT COUNTY COUNCIL

CABINET

Minutes of the meeting held on Tuesday 2 December 2025 at 6.30 pm in the Guildhall

1. Minutes

RESOLVED: That the minutes of the meeting held on 4 November 2025 be confirmed as a correct record.

2. Home care contract

RESOLVED: That the home care contract be awarded to Fern Care Ltd for £1,250,000.

3. Libraries

The net budget for libraries in 2025/26 is £4,650,000.

RESOLVED (5 votes to 2): That Ashdown Library be closed on 31 March 2026.
"""
ATOM = "{http://www.w3.org/2005/Atom}"
WHEN = datetime(2026, 3, 9, 3, 30)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The database after a first round, and after a second that brought December's minutes and no answer of Oldham."""
    place = tmp_path_factory.mktemp("news")
    november = Met(date(2025, 11, 4), papers=(Paper("minutes", NOVEMBER),))
    december = Met(date(2025, 12, 2), papers=(Paper("minutes", DECEMBER),))
    scrape(place / "archive", {KENT: Answer([november])})
    run.ingest([place / "archive"], place / "old.duckdb", workers=1)
    (place / "new.duckdb").write_bytes((place / "old.duckdb").read_bytes())
    scrape(place / "archive", {
        KENT: Answer([november, december]),
        OLDHAM: Answer(outcome="failed", kind="unreachable", why="nobody answers at its address"),
    }, WHEN)
    run.ingest([place / "archive"], place / "new.duckdb", workers=1)
    return place / "old.duckdb", place / "new.duckdb"


WATCHES = [
    Watch(name="Home care", services=["home care"]), Watch(name="Large", above=Decimal(1_000_000), sorts=["contract"]),
    Watch(name="Closures", words=["close a library", "closing"]), Watch(name="Elsewhere", councils=["Oldham"]),
]


@pytest.fixture(scope="module")
def told(databases: tuple[Path, Path]) -> Digest:
    """The digest of the second round."""
    return finding.digest(*databases, WATCHES, round_id="round-2", made_at=WHEN, last=MONDAY,
                          scrape_run=f"scrape-{WHEN:%Y-%m-%d}")


def items(listing: Listing) -> list[tuple[str, str]]:
    return [(item.sort, " ".join(item.text.split())) for item in listing.items]


# what is new


def test_what_came_is_told_by_council_and_what_was_known_is_not(told: Digest) -> None:
    (kent,) = told.councils
    assert (kent.name, kent.council_id) == ("Kent", KENT)
    assert items(kent) == [
        ("decision", "That Ashdown Library be closed on 31 March 2026."),
        ("contract", "That the home care contract be awarded to Fern Care Ltd for £1,250,000."),
        ("budget", "libraries: £4,650,000"),
    ]
    assert (kent.counts, kent.routine) == ({"decision": 1, "contract": 1, "budget": 1}, 1)
    assert told.papers == 1


def test_a_budget_is_told_with_what_an_earlier_paper_said(told: Digest) -> None:
    (budget,) = [item for item in told.councils[0].items if item.sort == "budget"]
    assert (budget.told, budget.before) == ("net budget of £4,650,000 for 2025/26", "£4,200,000")


def test_an_item_tells_who_when_how_much_and_where_it_was_published(told: Digest) -> None:
    closed, contract, _ = told.councils[0].items
    assert (contract.council, contract.body, contract.held_on, contract.item_title) == (
        "Kent", "Cabinet", date(2025, 12, 2), "Home care contract")
    assert contract.amount == Decimal("1250000")
    assert "domiciliary-care" in contract.services
    assert closed.told == "resolved (5 for, 2 against)"
    assert closed.record_id.startswith("resolution-")


def test_what_fell_due_since_the_last_digest_is_told_once(databases: tuple[Path, Path]) -> None:
    def due(last: datetime, made_at: datetime) -> list[tuple[date | None, str]]:
        found = finding.digest(*databases, [], round_id="r", made_at=made_at, last=last)
        return [(i.due_on, i.told) for c in found.councils for i in c.items if i.sort == "follow_up"]

    assert due(datetime(2026, 2, 23), datetime(2026, 3, 2)) == [
        (date(2026, 2, 24), "was to come back by 24 February 2026")]
    assert due(datetime(2026, 3, 2), datetime(2026, 3, 9)) == []
    assert due(datetime(2026, 2, 16), datetime(2026, 2, 23)) == []


def test_who_was_asked_is_told(told: Digest) -> None:
    assert (told.asked.asked, told.asked.answered, told.asked.failed, told.asked.new_papers) == (2, 1, 1, 1)
    assert [(t.council, t.severity, t.reason) for t in told.troubles] == [
        ("Oldham", "fail", "its lists of meetings could not be had: nobody answers at its address")]


def test_watches_fire_on_what_they_name(told: Digest) -> None:
    assert {listing.name: items(listing) for listing in told.watches} == {
        "Home care": [("contract", "That the home care contract be awarded to Fern Care Ltd for £1,250,000.")],
        "Large": [("contract", "That the home care contract be awarded to Fern Care Ltd for £1,250,000.")],
        "Closures": [("decision", "That Ashdown Library be closed on 31 March 2026.")],
        "Elsewhere": [],
    }


def test_a_paper_read_anew_by_other_rules_is_no_news(databases: tuple[Path, Path]) -> None:
    _, new = databases
    found = finding.digest(new, new, WATCHES, round_id="r", made_at=WHEN, last=MONDAY)
    assert (found.papers, found.count) == (0, 0)


def test_of_a_paper_that_replaces_another_only_what_differs_is_news(tmp_path: Path) -> None:
    draft = DECEMBER.replace("£1,250,000", "£1,200,000")
    scrape(tmp_path / "archive", {KENT: Answer([Met(date(2025, 12, 2), papers=(Paper("minutes", draft),))])})
    run.ingest([tmp_path / "archive"], tmp_path / "old.duckdb", workers=1)
    (tmp_path / "new.duckdb").write_bytes((tmp_path / "old.duckdb").read_bytes())
    scrape(tmp_path / "archive", {KENT: Answer([Met(date(2025, 12, 2), papers=(Paper("minutes", DECEMBER),))])}, WHEN)
    run.ingest([tmp_path / "archive"], tmp_path / "new.duckdb", workers=1)
    replaces(tmp_path / "new.duckdb", "1,250,000", "1,200,000")
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    found = finding.digest(old, new, [], round_id="r", made_at=WHEN, last=MONDAY)
    assert [(item.text, item.before) for item in found.councils[0].items if item.sort != "budget"] == [
        ("That the home care contract be awarded to Fern Care Ltd for £1,250,000.",
         "That the home care contract be awarded to Fern Care Ltd for £1,200,000.")]


def replaces(db: Path, later: str, earlier: str) -> None:
    """Say that the paper that holds the one amount replaces that which holds the other."""
    with duckdb.connect(str(db)) as connection:
        ids = [connection.execute("SELECT document_id FROM pages WHERE text LIKE $1", [f"%{words}%"]).fetchall()[0][0]
               for words in (later, earlier)]
        connection.execute("UPDATE documents SET supersedes = $2 WHERE document_id = $1", ids)


def test_no_sort_is_crowded_out_of_a_long_list() -> None:
    many = [item(sort="decision", record_id=f"resolution-{n}") for n in range(40)]
    listed = finding._listing("Kent", [*many, item(sort="contract"), item(sort="follow_up")])
    assert [i.sort for i in listed.items].count("decision") == 23
    assert [i.sort for i in listed.items[23:]] == ["contract", "follow_up"]
    assert (listed.left_out, listed.counts) == (17, {"decision": 40, "contract": 1, "follow_up": 1})
    assert summary(listed) == (
        "40 decisions, 1 contract, 1 follow-up due and not seen. 17 of them are not listed.")


# silence


def test_a_digest_without_news_says_who_was_asked() -> None:
    def said(**asked: int) -> list[str]:
        return sentences(Digest(round_id="r", made_at=WHEN, asked=Asked(**asked)))

    assert said(asked=385, answered=371, failed=14) == [
        "385 councils asked: 371 answered, 14 did not. 0 new papers and 0 changed papers came, 0 could not be had.",
        "0 papers read for the first time.", "Nothing new was found in what answered."]
    assert said(asked=2, failed=2)[-1] == "Nothing new is known, because nobody answered."
    assert said()[0] == "No council was asked in this round."
    assert said(asked=3, answered=1, left=2)[0].startswith(
        "3 councils asked: 1 answered, 0 did not; the round did not come to 2 councils.")


# watches


def item(**facts: Any) -> Item:
    """An item, with some facts of its own."""
    return Item(**{"sort": "decision", "record_id": "resolution-1", "told": "resolved", "text": "That it be done.",
                   "council": "Kent", "council_id": KENT, "body": "Cabinet Committee", "document": "Minutes", **facts})


@pytest.mark.parametrize(("watch", "fact", "fires"), [
    ({"words": ["grant"]}, {"text": "That the grants be paid."}, True),
    ({"words": ["grant"]}, {"text": "That the granary be let."}, False),
    ({"words": ["grant"]}, {"item_title": "Grant to the theatre"}, True),
    ({"words": ["home care"]}, {"text": "care at home, and a home; care"}, True),
    ({"words": ["home care"]}, {"text": "a home for those who care"}, False),
    ({"words": ["library"], "without": ["libraries strategy"]}, {"text": "That the Libraries Strategy stand."}, False),
    ({"words": ["library"], "without": ["libraries strategy"]}, {"text": "That the library close."}, True),
    ({"services": ["adult social care"]}, {"services": ["domiciliary-care"]}, True),
    ({"services": ["domiciliary care"]}, {"services": ["adult-social-care"]}, False),
    ({"councils": ["kent"]}, {}, True),
    ({"councils": ["Kent County Council", OLDHAM]}, {"council_id": OLDHAM}, True),
    ({"councils": ["Oldham"]}, {}, False),
    ({"councils": ["Oldham"]}, {"council_id": None}, False),
    ({"bodies": ["cabinet"]}, {}, True),
    ({"bodies": ["Planning"]}, {"body": None}, False),
    ({"above": 500}, {"amount": Decimal(501)}, True),
    ({"above": 500}, {"amount": Decimal(500)}, False),
    ({"above": 500}, {}, False),
    ({"sorts": ["contract", "budget"]}, {"sort": "budget"}, True),
    ({"sorts": ["contract"]}, {}, False),
    ({"words": ["done"], "councils": ["Oldham"]}, {}, False),
])
def test_a_watch_fires_where_all_that_it_names_holds(watch: dict[str, Any], fact: dict[str, Any], fires: bool) -> None:
    assert Watch(name="w", **watch).fires(item(**fact)) is fires


@pytest.mark.parametrize(("text", "told"), [
    ("watches:\n  - name: A\n    wrods: [x]\n",
     ", line 3, watches.1.wrods: there is no such key: did you mean words?"),
    ("watches:\n  - name: A\n    words: [x]\n  - name: B\n    councils: [Kant]\n",
     ", line 5, watches.2.councils: no council is called 'kant'; did you mean kent"),
    ("watches:\n  - name: A\n    services:\n    - home cear\n",
     ", line 3, watches.1.services: no service is called 'home cear'; did you mean home care"),
    ("watches:\n  - name: A\n    sorts: [contracts]\n",
     ", line 3, watches.1.sorts.1: 'contracts' is none of decision, contract, budget, follow_up."),
    ("watches:\n  - name: A\n    above: much\n", ", line 3, watches.1.above: "),
    ("watches:\n  - name: A\n", ", line 2, watches.1: it asks for nothing: give one of words, without, services"),
    ("watches:\n  - {name: Home care, words: [x]}\n  - {name: home-care, words: [y]}\n",
     ", line 1, watches: two watches would have the same feed, home-care.xml: give 'Home care' another name."),
    ("watches:\n  - name: A\n    words: ['?']\n", ", line 3, watches.1.words: '?' holds no word."),
    ("words: [x]\n", ", line 1, watches: Field required."),
    ("- name: A\n", "see rules/weekly/watches.example.yaml."),
    ("", "see rules/weekly/watches.example.yaml."),
    ("watches: [\n", "is not YAML"),
])
def test_a_wrong_file_of_watches_is_told_by_line_and_key(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "watches.yaml"
    file.write_text(text)
    with pytest.raises(WrongWatches) as error:
        read(file)
    assert str(error.value).startswith(str(file))
    assert told in str(error.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["watches", "name", *CONDITIONS]) | st.text(max_size=5) | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=VALUES.map(yaml.safe_dump) | st.text(max_size=50))
@example(content="watches: 2026-99-99\n")
@example(content="watches: &a [*a]\n")
@example(content="[" * 1500)
def test_whatever_a_file_holds_it_is_watches_or_it_is_told_what_is_wrong(content: str, tmp_path: Path) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        assert all(isinstance(watch, Watch) for watch in read(file))
    except WrongWatches as error:
        assert str(error).startswith(str(file))


def test_the_example_is_a_file_of_watches() -> None:
    found = read(Path(__file__).parent.parent / "rules" / "weekly" / "watches.example.yaml")
    assert [watch.name for watch in found] == [
        "Home care", "Large contracts", "Library closures", "Kent's cabinet on special educational needs"]


# its forms

HOSTILE = "1. # <script>alert(1)</script> [x](javascript:y) *all* & `that`\x00\x0b"


def digest_of(*listed: Item, round_id: str = "round-1", made_at: datetime = WHEN, watch: str = "W") -> Digest:
    """A digest that lists these items under Kent and one watch."""
    counts = {i.sort: sum(j.sort == i.sort for j in listed) for i in listed}
    return Digest(
        round_id=round_id, made_at=made_at, since=MONDAY, asked=Asked(asked=2, answered=1, failed=1), papers=1,
        councils=[Listing(name="Kent", council_id=KENT, items=list(listed), counts=counts)] if listed else [],
        watches=[Listing(name=watch, items=list(listed), counts=counts)],
        troubles=[Trouble(council_id=OLDHAM, council="Oldham", severity="fail", reason=HOSTILE)],
    )


def test_markdown_holds_words_of_papers_as_words(told: Digest) -> None:
    shown = markdown(told, Addresses("https://papers.example"))
    assert shown.splitlines()[0] == "# What is new: 2 March 2026 to 9 March 2026"
    assert "2 councils asked: 1 answered, 1 did not." in shown
    contract = next(item for item in told.councils[0].items if item.sort == "contract")
    assert (
        "- **Cabinet, 2 December 2025, Home care contract** resolved: That the home care contract be awarded to Fern "
        f"Care Ltd for £1,250,000. ([its page](<https://papers.example/record/{contract.record_id}>)"
    ) in shown
    assert "Before: £4,200,000." in shown
    assert "Nothing for Elsewhere." in shown
    assert escaped(HOSTILE).startswith("\\1. \\# \\<script\\>alert(1)\\</script\\> \\[x\\](javascript:y) \\*all\\*")


def test_the_page_holds_words_of_papers_as_words() -> None:
    made = page(digest_of(item(text=HOSTILE, link="https://kent.example/a.pdf#page=3", page=3)), Addresses())
    soup = BeautifulSoup(made, "lxml")
    assert not soup.find("script")
    assert "<script>alert(1)</script>" in soup.find("blockquote").get_text()  # type: ignore[union-attr]
    assert [a["href"] for a in soup.select("article a")][:2] == [
        "http://127.0.0.1:8470/record/resolution-1", "https://kent.example/a.pdf#page=3"]
    assert [h.get_text() for h in soup.find_all("h2")] == ["Councils to look at", "Watches", "Councils"]


def entries(feed: bytes) -> list[tuple[str | None, str | None]]:
    """Id and title of each entry."""
    tree = ElementTree.fromstring(feed)
    return [(e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}title")) for e in tree.findall(f"{ATOM}entry")]


def test_there_is_a_feed_for_each_watch_and_council_and_one_of_the_rounds() -> None:
    first = digest_of(item(), round_id="round-1", made_at=MONDAY)
    second = digest_of(item(record_id="resolution-2", text=HOSTILE), round_id="round-2")
    third = digest_of(round_id="round-3", made_at=datetime(2026, 3, 16, 3, 30))
    made = feeds([first, second, third], Addresses())
    assert set(made) == {"watch/w.xml", "council/kent-e10000016.xml", "rounds.xml"}
    assert entries(made["watch/w.xml"]) == [
        ("urn:minutebook:decision:resolution-2", "Kent, Cabinet Committee: resolved"),
        ("urn:minutebook:decision:resolution-1", "Kent, Cabinet Committee: resolved")]
    tree = ElementTree.fromstring(made["council/kent-e10000016.xml"])
    assert tree.findtext(f"{ATOM}updated") == "2026-03-16T03:30:00+00:00"
    newest = tree.find(f"{ATOM}entry")
    assert newest is not None
    assert newest.findtext(f"{ATOM}content") == "1. # <script>alert(1)</script> [x](javascript:y) *all* & `that`"
    assert newest.findtext(f"{ATOM}updated") == "2026-03-09T03:30:00+00:00"
    assert [id_ for id_, _ in entries(made["rounds.xml"])] == [f"urn:minutebook:round-{n}" for n in (3, 2, 1)]


def test_a_thing_that_is_told_again_is_one_entry_and_a_feed_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = [digest_of(*(item(record_id=f"resolution-{n}") for n in range(k, k + 70)), round_id=f"round-{k}",
                        made_at=datetime(2026, 3, 1 + k)) for k in (0, 10)]
    found = [id_ for id_, _ in entries(feeds(rounds, Addresses())["watch/w.xml"])]
    assert found == [f"urn:minutebook:decision:resolution-{n}" for n in [*range(10, 80), *range(10)]]
    many = digest_of(*(item(record_id=f"resolution-{n}") for n in range(150)))
    assert len(entries(feeds([many], Addresses())["watch/w.xml"])) == 100


def test_the_shelf_keeps_each_digest_and_makes_feeds_of_all(told: Digest, tmp_path: Path) -> None:
    made = shelf.put(digest_of(item(), round_id="round-1", made_at=MONDAY), tmp_path, Addresses())
    assert made == tmp_path / "2026-03-02T033000Z.html"
    shelf.put(told, tmp_path, Addresses())
    assert [d.round_id for d in shelf.kept_digests(tmp_path)] == ["round-1", "round-2"]
    assert shelf.kept_digests(tmp_path)[1] == told
    assert (tmp_path / "latest.md").read_text() == (tmp_path / "2026-03-09T033000Z.md").read_text()
    assert {p.name for p in (tmp_path / "feeds" / "watch").iterdir()} == {
        "w.xml", "home-care.xml", "large.xml", "closures.xml", "elsewhere.xml"}
    assert not list(tmp_path.rglob("*.part"))
    # A round that was killed before its JSON was there is told again, in the same feeds.
    before = (tmp_path / "feeds" / "council" / "kent-e10000016.xml").read_bytes()
    shelf.put(told, tmp_path, Addresses())
    assert (tmp_path / "feeds" / "council" / "kent-e10000016.xml").read_bytes() == before


def test_a_digest_that_somebody_spoilt_is_named(tmp_path: Path) -> None:
    (tmp_path / "2026-01-01T000000Z.json").write_text(json.dumps({"round_id": 3}))
    with pytest.raises(shelf.Damaged, match="2026-01-01T000000Z.json is no digest"):
        shelf.kept_digests(tmp_path)


