"""Hard cases: shapes that simple patterns get wrong, in words and figures of our own."""

from __future__ import annotations

from datetime import date

import pytest
from decision_papers import grouped, minutes, only, outlined, page, report

from pipeline.extractors.decisions import extract
from pipeline.extractors.decisions.due import due_in


def test_a_number_like_a_year_and_two_limbs_on_a_line() -> None:
    read = only(
        minutes(
            "23/2011 The Cabinet recommended to Council for approval: (i) budgets with an average "
            "rise of £1.80 per week;\n\n"
            "(ii) that the voids policy continues; (iii) that charges rise by no more than inflation plus 0.5%"
        )
    )
    assert read.resolution.kind == "recommended"
    assert read.resolution.addressed_to == "Council"
    assert read.labels == ["(i)", "(ii)", "(iii)"]


def test_a_dash_alone_on_its_line_and_the_verb_last() -> None:
    read = only(
        minutes("RESOLVED –\n\n-\n\nThat the responses be noted.\n\n-\n\nThat charges as in Option A be approved.")
    )
    assert read.actions == ["note", "approve"]


def test_resolved_inside_a_clause() -> None:
    read = only(
        minutes(
            "The Council resolved:-\n\n(5) to discount options A and B\n\n(6) to indicate that "
            "Options C and F be pursued"
        )
    )
    assert read.actions[0] == "reject"
    assert len(read.clauses) == 2


def test_an_option_is_chosen_among_reasons_and_rejected_ones() -> None:
    read = only(
        page(
            "That Option 4 be approved.\n\nReasons for the decision:\n\nIt costs least.\n\n"
            "Alternative options considered:\n\nOptions 1, 2, 3 and 5 were rejected."
        )
    )
    assert read.resolution.text == "That Option 4 be approved."
    assert read.resolution.reasons == "It costs least."


def test_options_to_be_consulted_on_are_no_clauses() -> None:
    read = only(
        page(
            "That a consultation be approved on the following options:\n\n• a £4 per week "
            "deduction\n\n• a £6,000 savings limit"
        )
    )
    assert len(read.clauses) == 1
    assert "£6,000 savings limit" in read.resolution.text


def test_an_amendment_carried_is_repeated_by_the_resolution() -> None:
    reads = minutes(
        "45.1 Councillor Hale moved and Councillor Brook seconded that £400,000 be taken from fees. "
        "On being put to the vote the "
        "amendment was CARRIED.\n\n45.3 It was RESOLVED to:\n\n1. Recommend County Council to:\n\ni. "
        "Approve a net budget of £371.3m"
    )
    resolved = [r for r in reads if r.resolution.kind == "resolved"]
    assert len(resolved) == 1
    assert resolved[0].actions == ["recommend"]


def test_parts_of_a_virement_are_no_clauses() -> None:
    read = only(
        page(
            "1. That the council forecasts a £2.4m overspent position be noted.\n\n"
            "2. That virements of grants totalling £2.6m be approved:\n\n• Schools (£0.805m)\n\n• Parks (£0.034m)"
        )
    )
    assert read.labels == ["1.", "2."]
    assert read.actions == ["note", "approve"]


def test_numbered_powers_of_one_delegation() -> None:
    read = only(
        minutes(
            "RESOLVED to: Delegate authority to the Director of Place to:\n\n1. Conduct a "
            "procurement\n\n2. Award the contract\n\n"
            "3. Determine extensions"
        )
    )
    assert set(read.actions) == {"delegate"}


def test_four_part_vote_behind_an_allocation() -> None:
    read = only(
        minutes(
            "AGREED to allocate £125,000 from the approved capital budget of £283,200, up to £7500 per point. "
            "6 For, 0 Against, 0 Abstention, 2 Absent/Did not vote"
        )
    )
    assert read.votes == (6, 0, 0)
    assert read.actions == ["allocate"]
    assert read.resolution.text.endswith("per point.")


def test_the_same_decision_under_two_labels_is_one() -> None:
    found = outlined(
        "NETHERFIELD DISTRICT COUNCIL\n\nMinutes of the Cabinet held on 3 May 2022\n\n7. Care fees\n\nDecision:\n\n"
        "RESOLVED that an uplift of 8.74% be approved for home care.\n\nMinutes:\n\nThe officer spoke.\n\n"
        "RESOLVED that an uplift of 8.47% be approved for home care.",
        "minutes",
    )
    read = only(grouped(extract(found), found.document.text))
    assert "8.74%" in read.resolution.text


def test_approved_page_that_still_asks() -> None:
    read = only(page("The Cabinet Member is asked to approve the new principles.", status="Approved"))
    assert (read.resolution.status, read.resolution.kind) == ("decided", "decided")
    assert read.actions == ["approve"]
    assert read.resolution.decided_by == "Cabinet Member for Roads"


def test_freed_for_implementation() -> None:
    reads = minutes(
        "RESOLVED: The decision be freed for implementation.\n\nThe Panel made the following "
        "comments:\n\n(1) That reports be shorter."
    )
    assert reads[0].resolution.text == "The decision be freed for implementation."


def test_agreed_with_a_decision_that_stops_something() -> None:
    read = only(
        minutes(
            "Cabinet agreed:\n\n1. the decision to expand the school be placed on hold;\n\n2. the "
            "decision for the hall should proceed"
        )
    )
    assert read.labels == ["1.", "2."]
    assert read.resolution.kind == "agreed"


def test_a_vote_belongs_to_what_it_was_taken_on() -> None:
    reads = minutes(
        "Councillor Hale moved and Councillor Brook seconded the following motion:\n\n“This Council "
        "asks the Mayor to resign.”\n\n"
        "Council voted against the motion and therefore it fell. (For 11, Against 12, Abstentions 2)\n\n"
        "RESOLVED that Council approves the plan."
    )
    lost, resolved = reads
    assert (lost.resolution.kind, lost.votes) == ("lost", (11, 12, 2))
    assert resolved.votes == (None, None, None)
    assert resolved.resolution.mover is None


def test_lost_by_the_greater_number() -> None:
    reads = minutes(
        "Councillor Hale moved and Councillor Brook seconded the following amendment:\n\n“That £1m "
        "be added for parks.”\n\n"
        "The amendment was lost by 47 votes to 17.\n\n"
        "Councillor Ince moved and Councillor Lees seconded the following amendment:\n\n“That £2m be "
        "added for roads.”\n\n"
        "The amendment was lost by 56 votes 2, with 1 abstention."
    )
    assert [(r.resolution.kind, r.votes, r.actions) for r in reads] == [
        ("lost", (17, 47, None), ["allocate"]),
        ("lost", (2, 56, 1), ["allocate"]),
    ]
    assert [(r.resolution.mover, r.resolution.seconder) for r in reads] == [
        ("Councillor Hale", "Councillor Brook"),
        ("Councillor Ince", "Councillor Lees"),
    ]


def test_motion_against_amendment_as_in_scotland() -> None:
    reads = minutes(
        "Councillor Fyfe, seconded by Councillor Dow, moved that permission be granted.\n\n"
        "Councillor Ogg, seconded by Councillor Muir, moved as an amendment that it be refused.\n\n"
        "6 voted for the Amendment and 16 for the Motion. The Motion was accordingly declared carried."
    )
    kinds = {r.resolution.kind: r for r in reads}
    assert kinds["lost"].resolution.mover == "Councillor Ogg"
    assert kinds["lost"].resolution.vote_for == 6
    granted = next(r for r in reads if r.resolution.kind != "lost")
    assert granted.resolution.vote_for == 16
    assert granted.resolution.vote_against == 6  # who votes for the one votes against the other


def test_three_lists_before_any_decision() -> None:
    reads = minutes(
        "The report recommended:-\n\nthat the Council –\n\n(a) note the responses; and\n\n(b) approve the rise.\n\n"
        "Councillor Dow moved, seconded by Councillor Laing:-\n\nThat the Council –\n\n(a) note the responses; and\n\n"
        "(b) approve a rise of 3%.\n\nCouncillor Ogg moved as an amendment, seconded by Councillor "
        "Muir:-\n\nThat rents be frozen.\n\n"
        "On a division, there voted:- For the motion (18); For the amendment (9).\n\nThe Council "
        "resolved:- to adopt the motion."
    )
    resolved = [r for r in reads if r.resolution.kind == "resolved"]
    assert len(resolved) == 1
    assert resolved[0].actions == ["note", "approve"]
    assert resolved[0].resolution.mover == "Councillor Dow"
    assert resolved[0].resolution.vote_for == 18
    assert [r.resolution.text for r in reads if r.resolution.kind == "lost"] == ["That rents be frozen."]


def test_recommendations_below_the_marker() -> None:
    read = only(
        page(
            "The Cabinet Member RESOLVED:\n\nRecommendations:\n\n3.1. For the Cabinet Member to "
            "approve:\n\n3.1.1. the grant of £3,241,594;"
        )
    )
    assert read.resolution.kind == "resolved"
    assert "£3,241,594" in read.resolution.text


def test_none_and_declarations_are_no_decisions() -> None:
    for content in (
        "None",
        "Penderfyniad: Dim.",
        "There were no declarations of interest.",
        "Councillor Hale declared an interest in item 7.",
    ):
        assert page(content) == []


def test_an_empty_form_decides_nothing() -> None:
    found = outlined(
        "Title of report: Flood wall\n\nDecision made:\n\nReasons for your decision:\n\nSigned ....................",
        "decision_notice",
    )
    assert extract(found) == []


def test_reasons_whose_heading_was_lost() -> None:
    read = only(
        page(
            "(i) To note the report.\n\n(ii) To approve the wall.\n\n(iii) To note the cost.\n\n"
            "1. To launch a consultation was thought too slow.\n\n2. To ensure that the town is safe."
        )
    )
    assert read.labels == ["(i)", "(ii)", "(iii)"]


def test_who_decides_and_to_whom() -> None:
    first, second = minutes(
        "The NHS Netherfield Group Members RECOMMENDED (to the Board): That\n\n(1) it approve the "
        "fund;\n\n(2) it note the cost.\n\n"
        "Netherfield Council’s two Cabinet Members, sitting as a Committee of the Cabinet\n\n"
        "RESOLVED: To\n\n(1) approve the fund;\n\n"
        "(2) note the cost.",
        committee="Joint Commissioning Board",
    )
    assert first.resolution.decided_by == "NHS Netherfield Group Members"
    assert first.resolution.addressed_to == "Board"
    assert (
        second.resolution.decided_by
        == "Netherfield Council’s two Cabinet Members, sitting as a Committee of the Cabinet"
    )
    assert first.actions == second.actions == ["approve", "note"]


def test_officer_under_delegated_powers() -> None:
    read = only(
        page(
            "The Director of Place, under paragraph 3.4 of the Scheme of Delegation, has decided "
            "to:\n\n1. Award the contract.\n\n2. Note the cost."
        )
    )
    assert read.resolution.kind == "decided"
    assert read.actions == ["award", "note"]


def test_first_person_decision() -> None:
    read = only(
        page(
            "As Cabinet Member for Roads, I agree to:\n\nAPPROVE the wall.\n\nDELEGATE the award to "
            "the Director of Place."
        )
    )
    assert read.resolution.kind == "agreed"
    assert read.actions == ["approve", "delegate"]


def test_page_in_the_past_tense_without_a_marker() -> None:
    read = only(page("Approved the wall.\n\nNoted the cost.\n\nDelegated the award to the Director of Place."))
    assert (read.resolution.kind, read.actions) == ("decided", ["approve", "note", "delegate"])


def test_recommendations_of_a_report() -> None:
    read = only(
        report(
            "Recommendations\n\nCabinet is asked to:\n\n(a) NOTE the position; and\n\n(b) AGREE the "
            "virement.\n\nBackground\n\n1. The wall is weak."
        )
    )
    assert (read.resolution.status, read.resolution.kind) == ("proposed", "recommended")
    assert read.actions == ["note", "agree"]


def test_two_bodies_are_asked_in_one_report() -> None:
    first, second = report(
        "2.0 Recommendations\n\n2.1 Cabinet is asked to RECOMMEND that:\n\n(1) the scheme be adopted "
        "from 1 April 2023;\n\n(2) it be updated.\n\n"
        "2.2 Council is asked to RESOLVE that:\n\n(1) the scheme be adopted from 1 April 2023;\n\n"
        "(2) it be updated.\n\n3.0 Background\n\n3.1 Text."
    )
    assert first.actions == second.actions == ["adopt", "amend"]
    assert second.resolution.decided_by == "Council"
    assert str(second.clauses[0].due_on) == "2023-04-01"


def test_recommendations_printed_again_count_once() -> None:
    part = "Cabinet is asked to:\n\n(a) note the position; and\n\n(b) agree the virement.\n\n"
    only(
        report(
            f"Recommendations\n\n{part}Background\n\n1. The wall is weak.\n\nRecommendations\n\n"
            f"{part}Background papers\n\nNone."
        )
    )


def test_deadlines() -> None:
    read = only(
        minutes(
            "RESOLVED:\n\n1. That a report be brought back to the Committee at its meeting on 5 July 2022.\n\n"
            "2. That the owner be asked to reply within 14 days.\n\n3. That an update be given in six months’ time.\n\n"
            "4. That the map published on 5 February 2022 be noted."
        )
    )
    assert [(c.due_raw is not None, str(c.due_on) if c.due_on else None) for c in read.clauses] == [
        (True, "2022-07-05"),
        (True, "2022-05-17"),
        (True, "2022-11-03"),
        (False, None),
    ]


def test_small_council() -> None:
    reads = minutes(
        "It was proposed by Cllr Hale, seconded by Cllr Brook and resolved that the bench be mended.\n\n"
        "Hall hire £40.00 resolved to pay\n\nBand request for a grant, resolved not to donate\n\n"
        "Standing Orders - Resolved to Sign\n\nIt was agreed Cllr Hale should ask for prices.",
        committee="Parish Council",
    )
    assert [(r.resolution.kind, r.actions) for r in reads] == [
        ("resolved", ["other"]),
        ("resolved", ["other"]),
        ("resolved", ["reject"]),
        ("resolved", ["other"]),
        ("agreed", ["request"]),
    ]
    assert (reads[0].resolution.mover, reads[0].resolution.seconder) == ("Cllr Hale", "Cllr Brook")


def test_initials_behind_a_decision() -> None:
    read = only(
        minutes(
            "The minutes of the meeting held on 5 April 2022 were approved and signed\n\nProposed: KD 2nd: CR",
            committee="Parish Council",
        )
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("KD", "CR")


def test_agreed_alone_under_an_item() -> None:
    read = only(minutes("The Clerk asked for leave in June.\n\nAgreed."))
    assert (read.resolution.kind, read.resolution.text) == ("agreed", "Agreed.")


def test_casting_vote_and_proposal_that_fell() -> None:
    read = only(
        minutes(
            "Votes were two each way and the Chair gave a casting vote against. The proposal by Cllr "
            "Hale to buy a bench fell."
        )
    )
    assert (read.resolution.kind, read.resolution.mover) == ("lost", "Cllr Hale")


def test_confidential_report() -> None:
    assert only(minutes("RESOLVED as per the confidential report.")).actions == ["approve"]


def test_exclusion_of_the_public() -> None:
    read = only(
        minutes(
            "RESOLVED that under Section 100A(4) of the Local Government Act 1972 the press and "
            "public be excluded from the meeting."
        )
    )
    assert read.actions == ["exclude_public"]


def test_agenda_asks_and_decides_nothing() -> None:
    found = outlined(
        "NETHERFIELD DISTRICT COUNCIL\n\nAGENDA\n\nCabinet, 3 May 2022\n\n1. Apologies\n\n2. "
        "Exclusion of the public\n\n"
        "To RESOLVE that the public be excluded under section 100A.",
        "agenda",
    )
    reads = grouped(extract(found), found.document.text)
    assert [r.resolution.status for r in reads] == ["proposed"]
    assert reads[0].actions == ["exclude_public"]


def test_delegation_names_whom() -> None:
    read = only(
        minutes(
            "RESOLVED that authority be delegated to the Head of Parks, in consultation with the "
            "Leader, to award the contract."
        )
    )
    assert read.actions == ["delegate"]
    assert read.clauses[0].delegated_to == "Head of Parks"


def test_marker_lost_in_a_copy() -> None:
    read = only(
        minutes("The officer introduced the report.\n\n(a) That the plan be adopted; and\n\n(b) That the map be noted.")
    )
    assert (read.resolution.kind, read.labels, read.actions) == ("decided", ["(a)", "(b)"], ["adopt", "note"])
    assert read.resolution.confidence < 0.7


def test_procedural_proposal_not_agreed() -> None:
    read = only(
        minutes(
            "Councillor Hale moved and Councillor Brook seconded a proposal to take item 9 next. "
            "The proposal was put to the vote, with the following result:\n\nFor: 26\n\nAgainst: "
            "32\n\nAbstention: 0\n\n"
            "The change was not agreed and business went on as printed."
        )
    )
    assert (read.resolution.kind, read.votes) == ("lost", (26, 32, 0))
    assert read.resolution.text.startswith("to take item 9 next")


def test_letters_with_colons() -> None:
    read = only(minutes("RESOLVED:\n\nThat Cabinet:\n\nA: Welcomes the plan.\n\nB: Approves the cost."))
    assert read.labels == ["A:", "B:"]


def test_voted_on_before_it_was_resolved() -> None:
    read = only(
        minutes(
            "Proposed and seconded; a vote was taken; 5 for, 1 against. It was therefore RESOLVED "
            "that the list be paid."
        )
    )
    assert read.votes == (5, 1, None)


def test_movers_on_lines_of_their_own() -> None:
    read = only(
        minutes("RESOLVED to accept the minutes of May as a true record.\n\nProposed Cllr Hale\n\nSeconded Cllr Brook")
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("Cllr Hale", "Cllr Brook")
    assert read.actions == ["confirm_minutes"]


def test_old_resolution_quoted_in_a_correction() -> None:
    read = only(
        minutes(
            "The minutes of the meeting held on 5 April 2022 were approved as a correct record, "
            "subject to this text:\n\n"
            "“RESOLVED: That the Committee notes the report.”"
        )
    )
    assert read.actions == ["confirm_minutes"]


def test_minutes_agreed_in_four_words() -> None:
    read = only(minutes("Agreed as an accurate record."))
    assert (read.resolution.kind, read.actions) == ("agreed", ["confirm_minutes"])


def test_talk_before_a_resolution_before_a_dash() -> None:
    read = only(
        minutes("Members decided not to call in any decision.\n\nResolved –\n\n1. That the decisions be noted.")
    )
    assert read.labels == ["1."]


@pytest.mark.parametrize(("words", "raw"), [
    ("That a report be brought back to Cabinet in the summer", "in the summer"),
    ("That the scheme be reviewed before Spring 2027", "before Spring 2027"),
    ("That the summer programme be agreed", None),
])
def test_a_season_tells_when_something_comes_back_but_gives_no_day(words: str, raw: str | None) -> None:
    assert due_in(words, date(2026, 1, 9)) == (raw, None)
