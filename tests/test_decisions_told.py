"""What minutes tell in passing: roll calls, motions by title or behind a dash, outcomes alone, notes between limbs."""

from __future__ import annotations

import pytest

from tests.decision_papers import minutes, only, outlined, page, report


def test_a_roll_call_named_by_those_voting_and_a_procedural_motion() -> None:
    read = only(
        minutes(
            "The Leader MOVED, seconded by Councillor Ince:\n\nThat recommendations 1 to 6 be ADOPTED.\n\n"
            "The Chairman MOVED in accordance with Procedure Rule 19.7:\n\n“That the vote be by Roll Call”\n\n"
            "Those voting FOR the MOTION: Councillors: A Barnes, J Cook, G Hale\n\n"
            "Those voting AGAINST the MOTION: Councillors: L Moss, S Reed\n\nThose ABSTAINING from voting: T Vane\n\n"
            "The MOTION was declared to have been CARRIED."
        )
    )
    assert (read.resolution.text, read.votes) == ("That recommendations 1 to 6 be ADOPTED.", (3, 2, 1))


def test_an_amendment_that_was_declared_to_have_failed() -> None:
    read = only(
        minutes(
            "Councillor Moss MOVED an AMENDMENT, seconded by Councillor Reed:\n\n“That item 7 be taken first.”\n\n"
            "Upon a vote being taken, the AMENDMENT was declared to have FAILED."
        )
    )
    assert (read.resolution.kind, read.resolution.text) == ("lost", "That item 7 be taken first.”")


def test_a_motion_behind_a_dash_below_a_recommendation() -> None:
    reads = minutes(
        "Recommendation\n\nThat the Committee considers the options.\n\nProposed by Councillor Quinn\n\n"
        "Seconded by Councillor Archer\n\n– that the charge be 80p.\n\n"
        "The Chair put the motion to the Committee to vote.\n\n5 Members voted For, 7 Members voted Against, 1 Member "
        "Abstained.\n\nThe Chair declared the motion lost."
    )
    assert [(r.resolution.kind, r.resolution.text, r.votes) for r in reads] == [
        ("lost", "that the charge be 80p.", (5, 7, 1))
    ]


def test_a_motion_whose_movers_the_title_names() -> None:
    found = minutes(
        "8. NOTICE OF MOTION PROPOSED BY COUNCILLOR HALE, SECONDED BY COUNCILLOR BROOK\n\n"
        "“That this Council asks for a new shelter.”\n\nThe Chair put the motion to the vote. 6 Members voted For, 7 "
        "Members voted Against. The Chair declared the motion lost."
    )
    assert [(r.resolution.kind, r.resolution.mover, r.votes) for r in found] == [
        ("lost", "COUNCILLOR HALE", (6, 7, None))
    ]


def test_outcomes_of_motions_whose_words_are_nowhere() -> None:
    reads = minutes(
        "The first amendment was lost by 32 votes to 11. The second amendment was lost by 40 votes 3, with 1 "
        "abstention. The motion was carried 24 votes to 21."
    )
    assert [(r.resolution.kind, r.votes) for r in reads] == [
        ("lost", (11, 32, None)),
        ("lost", (3, 40, 1)),
        ("other", (24, 21, None)),
    ]


def test_the_vote_on_a_fallen_motion_is_not_on_what_was_resolved_after_it() -> None:
    lost, resolved = minutes(
        "Council voted against the motion and therefore it fell. (For 9, Against 14, Abstentions 3)\n\nRESOLVED\n\n"
        "Council\n\n(1) Approves the wall."
    )
    assert (lost.votes, resolved.votes) == ((9, 14, 3), (None, None, None))
    assert resolved.actions == ["approve"] and resolved.resolution.text.startswith("Council")


def test_a_motion_for_grant_is_carried_and_the_other_lost() -> None:
    reads = minutes(
        "Councillor Hale, seconded by Councillor Brook, moved grant. Councillor Ince, seconded by Councillor Lees, "
        "moved as an Amendment that it be refused. 6 voted for the Amendment and 16 for the Motion. The Motion was "
        "accordingly declared carried."
    )
    assert [(r.resolution.kind, r.actions, r.votes[:2]) for r in reads] == [
        ("other", ["approve"], (16, 6)),
        ("lost", ["reject"], (6, 16)),
    ]


def test_a_negatived_amendment_keeps_its_vote() -> None:
    lost, resolved = minutes(
        "It was moved by Councillor Hale, seconded by Councillor Brook, as an amendment, that the wall be of brick. On "
        "being put to the vote, the amendment was negatived. (For 3; Against 5; Abstentions 1)\n\nRESOLVED: That the "
        "wall be built.\n\n(NOTE: The result of the vote was FOR - 6 Members; AGAINST - 3 Members; ABSTENTIONS - 0 "
        "Members.)"
    )
    assert (lost.votes, resolved.votes) == ((3, 5, 1), (6, 3, 0))


def test_comments_behind_a_decision_are_no_limbs() -> None:
    read = only(
        minutes(
            "RESOLVED: The decision be freed. The Panel make the following comments:\n\n(1) That costs be shown.\n\n"
            "(2) That members be told."
        )
    )
    assert (read.resolution.text, len(read.clauses)) == ("The decision be freed.", 1)


def test_bullets_below_a_decision_to_consult_are_what_is_asked() -> None:
    read = only(page("That a survey be undertaken on the following options:\n\n· a £4 charge\n\n· a £6,000 limit"))
    assert len(read.clauses) == 1


def test_that_the_body_noted_is_all_of_a_decision() -> None:
    read = only(page("(1) That Cabinet noted the letters and approved the plan."))
    assert read.resolution.text.endswith("That Cabinet noted the letters and approved the plan.")


def test_what_an_earlier_minute_tells_is_quoted() -> None:
    told = "Under reference to the Minute of 3 May 2022, when it was agreed that the closure be put off, a report "
    assert minutes(f"{told} was read.") == []


def test_a_table_between_two_limbs_belongs_to_the_first() -> None:
    read = only(
        page(
            "The City Mayor approved:\n\n1. The letting of two lots, as shown;\n\n| Lot | £ |\n| --- | --- |\n"
            "| Lot 1 | 612,000 |\n| Lot 2 | 945,500 |\n\n2. The closure of the drop-in."
        )
    )
    assert (read.resolution.kind, len(read.clauses)) == ("approved", 2)


def test_a_numbered_heading_without_a_point_opens_the_recommendations() -> None:
    asked = "That Cabinet:\n\n(i) notes the outturn;\n\n(ii) approves the use."
    read = only(report(f"10 Officer's Recommendations\n\n{asked}"))
    assert read.actions == ["note", "approve"]


@pytest.mark.parametrize(
    ("text", "mover"),
    [("Resolved (JS/KT): that Cllr Hale be elected Chair.", "JS"), ("Resolved: that the wall be built (JS/KT).", "JS")],
)
def test_movers_in_initials(text: str, mover: str) -> None:
    assert only(minutes(text)).resolution.mover == mover


def test_a_body_votes_to_do_it_and_a_price_is_no_vote() -> None:
    assert only(minutes("The Council voted unanimously to buy a second sign.")).resolution.unanimous
    assert only(minutes("Insurance: to renew at £612.40 for three years – agreed.")).votes == (None, None, None)


def test_limbs_led_in_by_a_colon_are_no_items() -> None:
    found = outlined(
        "NETHERFIELD DISTRICT COUNCIL\n\nMinutes of the Cabinet held on 3 May 2022\n\n8. Waste\n\nRESOLVED to:\n\n"
        "Delegate authority to the Director, in consultation with the Cabinet Member, to:\n\n"
        "1. Conduct a procurement\n\n2. Award the contract\n\n3. Determine extensions",
        "minutes",
    )
    assert not [item for item in found.items if item.number in ("1", "2", "3")]


def test_items_whose_letter_and_number_are_glued_to_their_titles() -> None:
    found = outlined(
        "CALDER FIRE AUTHORITY\n\nMinutes of the meeting held on 3 May 2022\n\nA1Declarations of interest\n\nNone.\n\n"
        "A2Minutes of the last meeting\n\nThe minutes were agreed.\n\nA3Budget\n\nMembers noted it.\n\nB4Boots\n\nNo.",
        "minutes",
    )
    assert [(item.number, item.title) for item in found.items][:3] == [
        ("A1", "Declarations of interest"),
        ("A2", "Minutes of the last meeting"),
        ("A3", "Budget"),
    ]


def test_a_motion_carried_under_the_decision_and_the_amendment_against_it() -> None:
    reads = minutes(
        "Motion\n\nThat the Committee –\n\na) agree to go on to Stage 2; and\n\nb) note the cost.\n\nMoved by "
        "Councillor Hale, "
        "seconded by Councillor Brook.\n\nAmendment\n\nThat the Committee –\n\na) refuse Stage 2; and\n\nb) request a "
        "report.\n\nMoved by Councillor Ince, seconded by Councillor Lees.\n\nA vote was taken by calling the "
        "roll.\n\nDecision"
        "\n\nThe Motion was carried by 8 votes to 6 and the Committee resolved accordingly.\n\n(Reference: "
        "Report of 3 May)"
    )
    assert [(r.resolution.kind, r.actions, r.votes[:2]) for r in reads] == [
        ("resolved", ["agree", "note"], (8, 6)),
        ("lost", ["reject", "request"], (6, 8)),
    ]


def test_what_cabinet_recommends_to_council_below_its_movers() -> None:
    read = only(
        minutes(
            "It was proposed by Cllr Hale seconded by Cllr Brook\n\nRecommendation to Full Council\n\n(a) That "
            "the budget be "
            "approved;\n\n(b) That the plan be adopted."
        )
    )
    assert (read.resolution.kind, read.resolution.status) == ("recommended", "decided")
    assert read.actions == ["approve", "adopt"]
    assert (read.resolution.mover, read.resolution.addressed_to) == ("Cllr Hale", "Full Council")


def test_a_proposal_put_and_lost_in_one_sentence() -> None:
    told = "On a proposal that the lease be renewed being put to the vote, it was LOST (3 for, 5 against)."
    read = only(minutes(told))
    assert (read.resolution.text, read.resolution.kind) == ("that the lease be renewed", "lost")
    assert read.votes == (3, 5, None)


def test_names_with_stops_between_mover_and_agreed() -> None:
    read = only(minutes("It was proposed by Cllr. Marsh, seconded by Cllr. Dunn and agreed that the fees be raised."))
    assert (read.resolution.text, read.resolution.seconder) == ("that the fees be raised.", "Cllr. Dunn")


def test_an_amendment_whose_words_move_something() -> None:
    read = only(
        minutes(
            "It was proposed by Ken Marsh and seconded by Lucy Dunn that the plan be amended so that £600 is "
            "moved from signs "
            "to paths.\n\nFollowing a vote the amendment was not carried (4 in favour, 9 against, 1 abstention)."
        )
    )
    assert (read.resolution.kind, read.votes) == ("lost", (4, 9, 1))


def test_recommendations_in_a_table_numbered_in_its_first_column() -> None:
    read = only(
        report(
            "RECOMMENDATIONS\n\n| 1 | To note the overall report and the projected sum. |\n| 2 | To approve a "
            "carry forward of "
            "£0.090m for the team. |"
        )
    )
    assert (read.labels, read.actions) == (["1", "2"], ["note", "approve"])


def test_what_is_not_recommended_is_no_recommendation() -> None:
    assert report("3.2 Option A leaves the charge as it is. It is not recommended: the income would be lost.") == []


def test_welsh_clauses_votes_and_days() -> None:
    read = only(
        minutes("Penderfyniad:\n\n1. Derbyn yr adroddiad.\n\n2. Gohirio'r penderfyniad hyd gyfarfod 12 Mawrth 2024.")
    )
    assert read.actions == ["receive", "defer"]
    assert str(read.clauses[1].due_on) == "2024-03-12"
    assert only(minutes("Derbyniwyd cofnodion y cyfarfod fel rhai cywir.")).actions == ["confirm_minutes"]


def test_a_motion_behind_a_colon_and_an_amendment_without_a_seconder() -> None:
    read = only(
        minutes(
            "Moved by Councillor Birch and seconded by Mr Dowd: That the move be made in two steps.\n\nCouncillor Cray "
            "moved, as an amendment, that it be deferred. The amendment did not find a seconder.\n\nUpon "
            "being put to the "
            "vote, the motion was declared carried, there being 3 votes in favour and none against."
        )
    )
    assert (read.resolution.text, read.votes) == ("That the move be made in two steps.", (3, 0, None))


def test_a_motion_in_quotes_seconded_in_the_next_sentence() -> None:
    read = only(
        minutes(
            "Cllr Hale moved the following motion, notice of which had been given: “That this Council plants a wood”. "
            "Cllr Brook seconded. After debate the Mayor declared the motion carried, with 3 for, 1 against "
            "and 1 abstention."
        )
    )
    assert (read.resolution.seconder, read.votes) == ("Cllr Brook", (3, 1, 1))


def test_a_proposal_on_a_form() -> None:
    read = only(
        minutes(
            "Proposal: To buy four cameras at £6,200.\n\nProposed: Cllr Dale\n\nSeconded: Cllr Jex\n\n"
            "Vote: For 4 Against 0 Abstain 1\n\nCarried"
        )
    )
    assert (read.resolution.text, read.resolution.mover) == ("To buy four cameras at £6,200.", "Cllr Dale")
    assert read.votes == (4, 0, 1)


@pytest.mark.parametrize(
    ("told", "actions"),
    [
        ("The Committee made the following recommendations to the Cabinet:\n\n1. That fees be frozen.", ["other"]),
        ("The following grants were approved: Brass Band £400; Scouts £250.", ["approve"]),
        ("The Committee, having heard the Head of Service, agreed to note the terms of the report.", ["note"]),
        ("Resolved, on a motion by Councillor Cray, That the public be excluded.", ["exclude_public"]),
    ],
)
def test_more_ways_to_decide(told: str, actions: list[str]) -> None:
    assert only(minutes(told)).actions == actions


def test_movers_in_brackets_behind_the_marker() -> None:
    read = only(minutes("RESOLVED (Prop: GH; Sec: IJ) that rents be increased to £38."))
    assert (read.resolution.text, read.resolution.mover) == ("that rents be increased to £38.", "GH")


def test_movers_of_a_proposal_that_was_carried_are_not_those_of_the_next_sentence() -> None:
    carried, received = minutes(
        "(iii) Cllr Marsh proposed acceptance of the accounts, seconded by Cllr Dunn. All in favour.\n\n"
        "(iv) Councillors received and approved the statement for the year."
    )
    assert (carried.resolution.mover, received.resolution.mover) == ("Cllr Marsh", None)


def test_what_was_told_before_the_body_does_not_make_its_decision_another_s() -> None:
    read = only(minutes("Having been advised that Mr Hale was ill, the Members agreed that a letter be sent to him."))
    assert read.resolution.text == "that a letter be sent to him."


def test_a_marker_alone_above_what_the_body_did() -> None:
    read = only(minutes("RESOLVED:\n\nThe Panel noted the report."))
    assert (read.resolution.text, read.actions) == ("The Panel noted the report.", ["note"])


def test_one_word_at_the_item_of_the_minutes_confirms_them() -> None:
    reads = minutes("2. Minutes of the previous meeting of 9 July\n\nAgreed.\n\n3. Hall\n\nAgreed.")
    assert [r.actions for r in reads] == [["confirm_minutes"], ["agree"]]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "It was proposed by Cllr Ash and seconded by Cllr Brook that the notes be accepted as Minutes. All agreed, "
            "the Chairman signed the Minutes.",
            ("agreed", "that the notes be accepted as Minutes.", "confirm_minutes", "Cllr Ash"),
        ),
        (
            "Weeds at 5 High Street. It was proposed by Cllr Hale and seconded by Cllr Brook that Cllr Ash writes to "
            "the owners. If they object, the estate will be told. All agreed, Resolution passed.",
            ("agreed", "that Cllr Ash writes to the owners. If they object, the estate will be told.", "request",
             "Cllr Hale"),
        ),
        (
            "On proposal from Councillor Hale seconded by Councillor Moss and with no objections, all resolved for "
            "Councillor Nunn to continue as Chair for the year.",
            ("resolved", "for Councillor Nunn to continue as Chair for the year.", "appoint", "Councillor Hale"),
        ),
        (
            "It was proposed by Cllr Cox and seconded by Cllr Hawke that the hut be let. All Cllrs voted in favour and "
            "they were happy.",
            ("other", "that the hut be let.", "other", "Cllr Cox"),
        ),
        (
            "Cllr Hale proposed and Cllr Moss seconded that a gate be bought. This was AGREED unanimously.",
            ("agreed", "that a gate be bought.", "approve", "Cllr Hale"),
        ),
        (
            "Cllr Hale was proposed by Cllr Moss and seconded by Cllr Reed.\n\nAs there were no more nominations Cllr "
            "Hale was declared elected as Chairman",
            ("other", "As there were no more nominations Cllr Hale was declared elected as Chairman", "appoint",
             "Cllr Moss"),
        ),
        (
            "RESOLVED: (on a motion by Councillor Hale seconded by Councillor Moss and carried by 8 votes to 2) that "
            "the plan be adopted.",
            ("resolved", "that the plan be adopted.", "adopt", "Councillor Hale"),
        ),
        (
            "The proposal to hold the fair in June was agreed with the option that it could be put off.",
            ("agreed", "The proposal to hold the fair in June was agreed with the option that it could be put off.",
             "agree", None),
        ),
    ],
)
def test_what_small_councils_tell_in_a_breath(told: str, expected: tuple[str, str, str, str | None]) -> None:
    read = only(minutes(told))
    assert (read.resolution.kind, read.resolution.text, read.actions[0], read.resolution.mover) == expected


def test_what_a_planning_authority_decided_is_told_beside_the_answer() -> None:
    read = only(
        minutes(
            "16/04736/FUL Erection of a straw store at Brook Farm in the parish of Ince. It was RESOLVED to raise no "
            "objection.\n\nb. Considered between meetings: None.\n\nc. Decisions:\n\n16/01498/FUL Works to walls. "
            "Grant full planning permission."
        )
    )
    assert (read.resolution.text, read.actions) == ("to raise no objection.", ["other"])


def test_what_is_agreed_behind_a_resolution_and_resolved_for_somebody() -> None:
    reads = minutes(
        "It was there Resolved for Cllr Hale to meet the vicar.\n\nIt was RESOLVED to recommend that a survey be paid "
        "for.\n\nIt was agreed that references for three firms be sought by the clerk."
    )
    assert [(r.resolution.kind, r.resolution.text) for r in reads] == [
        ("resolved", "for Cllr Hale to meet the vicar."),
        ("resolved", "to recommend that a survey be paid for."),
        ("agreed", "that references for three firms be sought by the clerk."),
    ]


@pytest.mark.parametrize(
    ("words", "action"),
    [("AGREED that the Minute be approved and signed by the Convener.", "confirm_minutes"),
     ("RESOLVED to approve the notes of the Cemetery Committee Meeting held on 6 June.", "confirm_minutes")],
)
def test_a_minute_and_notes_are_confirmed(words: str, action: str) -> None:
    assert only(minutes(words)).actions == [action]


def test_movers_named_in_capitals_on_lines_of_their_own() -> None:
    read = only(
        minutes(
            "MOVED BY               Councillor Ann Hale\n\nSECONDED BY      Councillor Tom Moss\n\n"
            "RESOLVED UNANIMOUSLY – That Councillor Ince be elected Mayor."
        )
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("Councillor Ann Hale", "Councillor Tom Moss")


def test_names_between_a_title_and_one_word() -> None:
    assert only(minutes("Tom Moss was nominated, seconded & duly elected")).actions == ["appoint"]
    read = only(minutes("Proposed: Cllr. Reed Seconded: Cllr. Brook\n\nUnanimously agreed"))
    said = read.resolution
    assert (said.kind, said.mover, said.seconder) == ("agreed", "Cllr. Reed", "Cllr. Brook")
