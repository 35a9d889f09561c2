"""The taxonomy of services, and the services that a text names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structure_papers import paper

from pipeline.document import Block, Document, Item, Outline, Page
from pipeline.extractors.services import ServiceMatch, extract, find_services, taxonomy
from pipeline.extractors.services.matching import named
from pipeline.extractors.services.plain import plain
from pipeline.extractors.services.taxonomy import forms, plural, singular
from pipeline.structure import outline as read_outline

ENTRIES = list(taxonomy().values())
WORDINGS = [(wording, entry.id) for entry in ENTRIES for wording in entry.wordings]


def ids(text: str) -> list[str | None]:
    return [match.service_id for match in find_services(text)]


def only(text: str) -> ServiceMatch:
    [match] = find_services(text)
    return match


def level(entry_id: str) -> int:
    parent = taxonomy()[entry_id].parent
    return 0 if parent is None else level(parent) + 1


def test_the_taxonomy_has_three_levels_of_many_entries() -> None:
    levels = Counter(level(entry.id) for entry in ENTRIES)
    assert sorted(levels) == [0, 1, 2]
    assert sum(levels.values()) >= 320
    assert levels[0] < levels[1] < levels[2]


def test_ids_are_unique_slugs_and_every_entry_is_defined() -> None:
    from pipeline import rules

    listed = [raw["id"] for raw in rules.load("services")]
    assert [i for i, n in Counter(listed).items() if n > 1] == []
    assert [i for i in listed if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", i)] == []
    assert [entry.id for entry in ENTRIES if not entry.definition.endswith(".")] == []


def test_a_family_stands_directly_before_its_services() -> None:
    """So that an editor of the file finds an entry under its heading."""
    parents = [entry.parent for entry in ENTRIES if entry.parent]
    runs = [parent for i, parent in enumerate(parents) if i == 0 or parents[i - 1] != parent]
    families = [parent for parent in runs if level(parent) == 1]
    assert len(families) == len(set(families))


def test_no_wording_leads_to_two_services() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for wording, entry_id in WORDINGS:
        for form in forms(wording):
            owners[form].add(entry_id)
    assert {form: owner for form, owner in owners.items() if len(owner) > 1} == {}


def test_no_near_miss_is_a_wording() -> None:
    wordings = {form for wording, _ in WORDINGS for form in forms(wording)}
    near = {plain(phrase.lower()).text for entry in ENTRIES for phrase in entry.near_misses}
    assert near & wordings == set()


def test_every_wording_is_found_in_a_sentence() -> None:
    missed = [
        (wording, entry_id) for wording, entry_id in WORDINGS
        if entry_id not in ids(f"We spoke ({wording}) about money.")
    ]
    assert missed == []


def test_every_abbreviation_is_found_in_capitals_alone() -> None:
    for entry in ENTRIES:
        for short in entry.abbreviations:
            assert entry.id in ids(f"We spoke ({short}) about money."), short
    assert ids("We will send the letter.") == []
    assert ids("The SEND budget") == ["special-educational-needs-and-disabilities"]


def test_no_near_miss_is_found() -> None:
    found = [
        (phrase, entry.id) for entry in ENTRIES for phrase in entry.near_misses
        if entry.id in ids(f"We spoke ({phrase}) about money.")
    ]
    assert found == []


@pytest.mark.parametrize(
    "wording",
    ["home care", "Domiciliary Care", "care at home", "homecare", "care and support at home",
     "domiciliary care services", "home-care", "the home\n    care service", "Home Help"],
)
def test_home_care_by_any_name_is_one_service(wording: str) -> None:
    assert only(f"A report on {wording}.").service_id == "domiciliary-care"


def test_a_service_for_somebody_is_the_service() -> None:
    assert ids("Domiciliary care for older people cost more.")[0] == "domiciliary-care"
    assert only("Care for older people cost more.").service_id == "older-peoples-services"


@pytest.mark.parametrize(
    ("text", "service_id", "raw"),
    [
        ("Childrens’ homes", "childrens-homes", "Childrens’ homes"),
        ("a children's home", "childrens-homes", "children's home"),
        ("home-to-school transport", "home-to-school-transport", "home-to-school transport"),
        ("home to school & college transport", "home-to-school-transport", "home to school & college transport"),
        ("transfers of care", "hospital-discharge", "transfers of care"),
        ("Complex/Continuing Health Care", "nhs-continuing-healthcare", "Complex/Continuing Health Care"),
        ("education, health and care plans", "education-health-and-care-plans", "education, health and care plans"),
        ("libraries", "libraries", "libraries"),
        ("re-cycling", "recycling", "re-cycling"),
    ],
)
def test_forms_of_print(text: str, service_id: str, raw: str) -> None:
    match = only(f"A word on {text} today")
    assert (match.service_id, match.raw) == (service_id, raw)


@pytest.mark.parametrize(
    "text",
    [
        "This needs financial planning and planning ahead.",
        "A shed housing the machine was painted.",
        "Members were minded to refuse the application.",
        "The Planning Committee met.",
        "Councillor Ash, Cabinet Member for Highways and Transport, spoke.",
        "The Head of Legal Services and the Director of Public Health were present.",
        "It was a duty under the Housing Act 1985.",
        "Democratic Services will publish it.",
        "The service users spoke.",
        "We want to improve services and commissioned services.",
    ],
)
def test_words_that_name_no_service(text: str) -> None:
    assert find_services(text) == []


def test_the_longest_wording_wins() -> None:
    assert ids("children's domiciliary care") == ["childrens-domiciliary-care"]
    assert ids("mental health crisis and mental health") == ["mental-health-crisis-care", "mental-health"]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("The Ashbourne Beacons Service closed.", "Ashbourne Beacons Service"),
        ("a new Beacon Light Service for adults with a learning disability from April",
         "Beacon Light Service for adults with a learning disability"),
        ("people use the Signpost Plus service daily", "Signpost Plus service"),
    ],
)
def test_a_service_that_the_taxonomy_lacks_is_told_by_its_form(text: str, raw: str) -> None:
    match = find_services(text)[0]
    assert (match.service_id, match.name, match.raw) == (None, None, raw)
    assert match.rule == "service.open_form"


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("Respite care is provided by Ashbourne Homes CIC and is liked.", "Ashbourne Homes CIC"),
        ("Extra care – Calderbrook Housing Trust", "Calderbrook Housing Trust"),
        ("The contract for sexual health services be awarded to Vale Clinics Ltd.", "Vale Clinics Ltd"),
        ("Street cleansing is run\nby O’Hara-Bright Ltd.", "O’Hara-Bright Ltd"),
        ("Grass cutting be awarded to Tenderer A.", None),
        ("Grass cutting be awarded to the preferred bidder.", None),
        ("Grass cutting will go on. Ashbourne Ltd spoke.", None),
        ("Grass cutting went well. The hall was run by Ashbourne Ltd.", None),
        ("Care at home – Lot 1", None),
    ],
)
def test_the_provider_is_named_in_the_same_sentence(text: str, provider: str | None) -> None:
    assert find_services(text)[0].provider == provider


@pytest.mark.parametrize(
    ("text", "commissioner"),
    [
        ("Reablement is commissioned by the CCG.", "CCG"),
        ("Reablement was jointly commissioned by Netherfield Council for a year.", "Netherfield Council"),
        ("a joint plan for reablement led by Vale Health and Care Commissioning (VHCC)",
         "Vale Health and Care Commissioning"),
        ("A debate on reablement led by Councillor Ash.", None),
    ],
)
def test_the_commissioner_is_named_in_the_same_sentence(text: str, commissioner: str | None) -> None:
    assert find_services(text)[0].commissioner == commissioner


def test_a_provider_belongs_to_the_nearest_service() -> None:
    first, second = find_services("Reablement went on, and respite care was provided by Vale Trust.")
    assert (first.provider, second.provider) == (None, "Vale Trust")


def test_the_term_of_a_contract() -> None:
    match = only("The contract for street cleansing runs from 1 April 2019 to 31st March 2024.")
    assert (match.starts_on, match.ends_on) == (date(2019, 4, 1), date(2024, 3, 31))
    assert only("The street cleansing contract expires on 30/09/2025.").ends_on == date(2025, 9, 30)
    assert only("Street cleansing was discussed from 1 April 2019.").starts_on is None
    assert only("The street cleansing contract commences in April 2019.").starts_on is None
    assert only("The street cleansing contract runs until 31 February 2020.").ends_on is None


@given(
    st.sampled_from(WORDINGS),
    st.lists(st.sampled_from([" ", "  ", "\n", " \n ", "\u00a0"]), min_size=1, max_size=3),
    st.sampled_from([str.upper, str.lower, str.title, str.capitalize]),
    st.sampled_from(["’", "'", ""]),
)
def test_white_space_case_and_apostrophes_do_not_matter(wording_of, gaps, case, apostrophe) -> None:  # type: ignore[no-untyped-def]
    wording, entry_id = wording_of
    words = [case(word).replace("'S", "'s") for word in wording.split(" ")]
    printed = "".join(word + gaps[i % len(gaps)] for i, word in enumerate(words[:-1])) + words[-1]
    text = f"Of (  {printed.replace(chr(39), apostrophe)} ), no more."
    matches = find_services(text)
    assert entry_id in [match.service_id for match in matches]
    for match in matches:
        assert text[match.start:match.end] == match.raw
        assert match.raw == match.raw.strip()


@given(st.text(alphabet="xy’'&-/ \n\t|.\u00adX", max_size=60))
def test_offsets_of_the_plain_form_lead_back(text: str) -> None:
    form = plain(text)
    for word in re.finditer(r"[xyX]+", form.text):
        printed = text[form.start(word.start()):form.end(word.end())]
        assert re.sub(r"[^xyX]", "", printed) == word[0]


@pytest.mark.parametrize(
    ("one", "many"), [("library", "libraries"), ("bus", "buses"), ("church", "churches"), ("day", "days")]
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many
    assert plural(singular("homes")) == "homes"


def outline(*lines: str) -> Outline:
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("paragraph", line, start=at, end=at + len(line)))
        at += len(line) + 1
    text = "\n".join(lines)
    document = Document("ab" * 32, "x.txt", "text/plain", [Page(None, text=text)], blocks, text=text)
    return Outline(document, items=[Item("7", lines[0], 0, len(lines[0]), 0, len(blocks))])


def test_mentions_carry_their_place_and_item() -> None:
    paper = outline("Day", "centre staff praised reablement.", "Reablement is commissioned by the CCG.")
    mentions = extract(paper)
    assert [(m.raw, m.service_id, m.commissioner) for m in mentions] == [
        ("reablement", "reablement", None), ("Reablement", "reablement", "CCG"),
    ]
    for mention in mentions:
        assert paper.document.text[mention.char_start:mention.char_end] == mention.raw
        assert mention.item_id == paper.item_id(0)
        assert (mention.rule, mention.page) == ("service.taxonomy", None)
    assert len({mention.mention_id for mention in mentions}) == 2
    assert extract(paper) == mentions


@pytest.mark.parametrize(("text", "service"), [
    ("The lights along the park have failed.", "parks-and-open-spaces"),
    ("THE SCHOOL IS TO CLOSE", "schools"),
    ("The footpath has been cut.", "public-rights-of-way"),
    ("a bonfire on the green", "events-and-festivals"),
    ("That the lifeline charge be raised by 10p a week.", "community-alarms"),
    ("to pay for a nurture project", "alternative-provision"),
    ("a twinning visit to Lindenburg", "events-and-festivals"),
])
def test_one_thing_of_a_kind_names_the_service(text: str, service: str) -> None:
    assert service in ids(text)


@pytest.mark.parametrize("text", [
    "The clerk wrote to 14 Hob Park, Wexley.", "the election of a chair", "an emergency meeting was void",
])
def test_one_word_in_an_address_or_with_another_meaning_names_none(text: str) -> None:
    assert ids(text) == []


def test_the_singular_is_matched_in_small_letters_and_in_capitals_alone() -> None:
    assert [match.raw for match in find_services("the park, THE PARK, Hob Park")] == ["park", "PARK"]


def of_paper(*lines: str) -> list[tuple[str, str | None, str]]:
    read = read_outline(paper(*lines))
    return [(mention.raw, mention.service_id, mention.rule) for mention in extract(read)]


def test_the_body_whose_paper_it_is_tells_a_service() -> None:
    found = of_paper("Minutes of the Planning Committee held on 3 May 2021", "Present: Councillor Fern",
                     "1. Apologies", "The Allotments Committee had none.", "2. Minutes", "Agreed.")
    assert found == [("Planning", "planning", "service.body")]


def test_a_body_whose_minutes_are_received_tells_a_service() -> None:
    found = of_paper("Minutes of the Town Council held on 3 May 2021", "Present: Councillor Fern", "1. Apologies",
                     "2. Reports", "The minutes of the Parks & Recreation Committee were received.")
    assert found == [("Parks & Recreation", "parks-and-open-spaces", "service.body")]


def test_the_number_of_an_item_that_is_printed_into_its_title_is_no_part_of_it() -> None:
    found = named("144/21Rights of Way Improvement; A5Emergency response")
    assert [one.service_id for one in found] == ["public-rights-of-way", "emergencies"]
