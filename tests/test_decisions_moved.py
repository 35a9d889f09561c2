"""Who moved, who seconded and that it passed, told in prose: each way in which small councils and others write it."""

from __future__ import annotations

import pytest

from tests.decision_papers import minutes, only


@pytest.mark.parametrize(
    ("sentence", "text", "action", "mover"),
    [
        (
            "The prices were read and it was proposed by Cllr Marsh, seconded by Cllr Mrs. Dunn, that Stone & Son be "
            "given the work, carried.",
            "it was proposed by Cllr Marsh, seconded by Cllr Mrs. Dunn, that Stone & Son be given the work, carried.",
            "award",
            "Cllr Marsh",
        ),
        (
            "Cllr Marsh proposed and Cllr Dunn seconded that the precept stay at £9,400, 3 in favour, 1 against.",
            "Cllr Marsh proposed and Cllr Dunn seconded that the precept stay at £9,400, 3 in favour, 1 against.",
            "other",
            "Cllr Marsh",
        ),
        (
            "Jane Tarn – proposed by Cllr Marsh seconded by Cllr Dunn and unanimously appointed.",
            "Jane Tarn – proposed by Cllr Marsh seconded by Cllr Dunn and unanimously appointed.",
            "appoint",
            "Cllr Marsh",
        ),
    ],
)
def test_moved_and_settled_in_one_sentence(sentence: str, text: str, action: str, mover: str) -> None:
    read = only(minutes(sentence))
    assert (read.resolution.text, read.actions, read.resolution.mover) == (text, [action], mover)


def test_bare_names_settle_what_stands_above() -> None:
    reads = minutes("(i) To approve the payments.\n\nProposed by Cllr Marsh, seconded by Cllr Dunn and agreed.")
    assert [(r.actions, r.resolution.kind) for r in reads] == [(["approve"], "agreed")]


def test_bare_names_behind_a_decision_are_its_movers() -> None:
    read = only(minutes("It was agreed to mend the wall.\n\nProposed by Cllr Marsh, seconded by Cllr Dunn and agreed."))
    assert (read.resolution.text, read.resolution.seconder) == ("to mend the wall.", "Cllr Dunn")


def test_a_proposal_of_a_deed_seconded_and_agreed_in_further_sentences() -> None:
    read = only(minutes("Cllr Marsh proposed accepting the price of Stone Ltd. Seconded Cllr Dunn. Agreed."))
    assert (read.resolution.text, read.resolution.seconder) == (
        "Cllr Marsh proposed accepting the price of Stone Ltd. Seconded Cllr Dunn.",
        "Cllr Dunn",
    )


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("It was agreed, on the motion of Mr Hale, seconded by Mrs Brook, to make the order.", "to make the order."),
        ("Agreed: Proposed by Cllr Hale, seconded by Cllr Brook that signs be put up.", "that signs be put up."),
        (
            "It was resolved in terms of Section 12(3) of the Act to exclude the public.",
            "in terms of Section 12(3) of the Act to exclude the public.",
        ),
        ("AGREED TO RECOMMEND, on the proposal of Cllr Hale, that the plan be adopted.", "that the plan be adopted."),
    ],
)
def test_what_stands_between_a_marker_and_its_text(sentence: str, text: str) -> None:
    assert only(minutes(sentence)).resolution.text == text


def test_the_chair_declares_what_became_of_each() -> None:
    reads = minutes(
        "Councillor Hale proposed that the wall be built. Councillor Brook seconded the proposal.\n\n"
        "Councillor Ince proposed an amendment, seconded by Councillor Lees, that it be of stone.\n\n"
        "The Chair put the amendment to the vote. 3 Members voted for, 4 Members voted against. The Chair declared the "
        "amendment lost.\n\nThe Chair put the motion to the vote. 5 Members voted for, 2 voted against. The Chair "
        "declared the motion carried."
    )
    assert [(r.resolution.kind, r.votes[:2]) for r in reads] == [("other", (5, 2)), ("lost", (3, 4))]


def test_an_amendment_without_words_of_its_own_is_lost_as_it_is_told() -> None:
    reads = minutes(
        "Councillor Hale proposed £32.00 a year. Councillor Ince proposed an amendment of £30.00. The amendment was "
        "put first: For 2, Against 3. Amendment fell. The proposal was then put: For 3, Against 2.\n\nResolved that "
        "the rent be £32.00 a year."
    )
    assert [(r.resolution.kind, r.actions, r.resolution.mover) for r in reads] == [
        ("lost", ["amend"], "Councillor Ince"),
        ("resolved", ["other"], "Councillor Hale"),
    ]


def test_an_amendment_that_nobody_seconds_leaves_the_motion_before_the_meeting() -> None:
    read = only(
        minutes(
            "It was proposed by Cllr Hale and seconded by Cllr Brook that £250 be given. An amendment by Cllr Ince to "
            "raise it found no seconder.\n\nRESOLVED to give £250."
        )
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("Cllr Hale", "Cllr Brook")


def test_voters_named_in_a_sentence_are_counted() -> None:
    reads = minutes(
        "Councillor Hay moved that the fund be approved. As an amendment, Councillor Petrie seconded by Councillor "
        "Reid moved that it be £100,000. Following a roll call vote, Councillors Petrie, Reid and Lindsay voted for "
        "the amendment and 8 Members voted for the motion, which was declared carried.\n\nDecided: that the fund be "
        "approved."
    )
    assert [(r.resolution.kind, r.votes[:2]) for r in reads] == [("lost", (3, 8)), ("decided", (8, 3))]


def test_a_title_between_the_marker_and_its_first_limb_is_no_decision() -> None:
    read = only(minutes("RESOLVED :\n\nDeputation\n\n(1) That the rule be suspended.\n\n(2) That the public speak."))
    assert read.resolution.text.startswith("(1) That the rule be suspended.")
    assert read.labels == ["(1)", "(2)"]


def test_a_paragraph_number_and_a_letter_before_the_marker() -> None:
    reads = minutes("19/64 Resolved to mend the wall.\n\n19/65 (b) Resolved that the gate be shut.")
    assert [r.resolution.text for r in reads] == ["to mend the wall.", "that the gate be shut."]


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The Clerk's report was presented and approved.", "approve"),
        ("Councillors received and approved the accounts of the year.", "approve"),
        ("The Committee authorised the Head of Property to sell the depot.", "authorise"),
        ("A request from the band for £200 was declined.", "reject"),
        ("A motion to approve the charge was moved and seconded, put to the vote and lost.", "approve"),
    ],
)
def test_sentences_that_settle(sentence: str, action: str) -> None:
    assert only(minutes(sentence)).actions == [action]


def test_that_follows_on_that_behind_a_comma() -> None:
    told = "Resolved that £400 be granted to the club, that £150 be granted to the band and that the rest be refused."
    read = only(minutes(told))
    assert read.actions == ["allocate", "allocate", "reject"]


def test_capitals_of_a_town_clerk_propose_second_and_vote() -> None:
    reads = minutes(
        "Cllr J Marsh PROPOSED that the minutes be confirmed; SECONDED by Cllr B Dunn. The vote was unanimous.\n\n"
        "Band: after discussion, Cllr Dunn PROPOSED that £90 be given. SECONDED by Cllr Marsh; the vote was unanimous."
    )
    assert [(r.resolution.mover, r.resolution.seconder, r.resolution.unanimous) for r in reads] == [
        ("Cllr J Marsh", "Cllr B Dunn", True),
        ("Cllr Dunn", "Cllr Marsh", True),
    ]


def test_who_proposes_stands_before_the_verb_and_who_is_proposed_behind_it() -> None:
    read = only(
        minutes("Cllr Marsh proposed Cllr Dunn, seconded by Cllr Orme, and it was resolved that Cllr Dunn be Chair.")
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("Cllr Marsh", "Cllr Orme")


def test_what_lies_before_the_meeting_is_moved_and_its_mover_kept_past_an_amendment() -> None:
    reads = minutes(
        "The Member for Resources, Councillor Vera Marsh, MOVED the report.\n\nCouncillor Dunn SECONDED the Motion.\n\n"
        "Councillor Orme MOVED the following AMENDMENT, SECONDED by Councillor Tarn:-\n\n“That £2,000 be cut.”\n\n"
        "The AMENDMENT was LOST.\n\nThe substantive Motion was CARRIED and it was\n\n"
        "RESOLVED - That the budget be approved."
    )
    assert [(r.resolution.kind, r.resolution.mover, r.resolution.seconder) for r in reads] == [
        ("lost", "Councillor Orme", "Councillor Tarn"),
        ("resolved", "Councillor Vera Marsh", "Councillor Dunn"),
    ]


def test_what_became_of_the_amendment_is_no_decision_of_its_own() -> None:
    reads = minutes(
        "It was proposed by Councillor Marsh and seconded by Councillor Dunn that:\n\n"
        "1. That the budget be approved;\n\n2. That the fees be approved.\n\n"
        "Councillor Orme proposed and Councillor Tarn seconded the following amendment:\n\n"
        "“That permits be frozen.”\n\nThe amendment was AGREED.\n\nThe motion was AGREED."
    )
    assert [(r.resolution.mover, r.resolution.kind, len(r.actions)) for r in reads] == [
        ("Councillor Marsh", "agreed", 2),
        ("Councillor Orme", "other", 1),
    ]


def test_proposer_and_seconder_on_two_lines_above_the_marker() -> None:
    read = only(
        minutes("Proposed by Councillor Marsh\n\nSeconded by Councillor Dunn and RECOMMENDED: that the baths be shut.")
    )
    assert (read.resolution.mover, read.resolution.seconder) == ("Councillor Marsh", "Councillor Dunn")


def test_a_motion_not_carried_in_a_sentence_of_its_own_is_lost() -> None:
    read = only(
        minutes(
            "Cllr Marsh proposed that the £900 for the fair be struck out. Seconded Cllr Dunn. 2 in favour, 6 against. "
            "Motion not carried."
        )
    )
    assert (read.resolution.kind, read.resolution.status, read.votes) == ("lost", "decided", (2, 6, None))


def test_recommended_below_those_who_moved_names_no_decider() -> None:
    read = only(
        minutes(
            "Councillor Marsh proposed, seconded by Councillor Dunn and the Committee\n\n"
            "Recommended to Council that Members approve the lease of the weir."
        )
    )
    assert read.resolution.kind == "recommended"
    assert (read.resolution.decided_by, read.resolution.mover) == (None, "Councillor Marsh")


def test_who_moved_behind_the_last_clause_is_no_part_of_it_and_begins_nothing() -> None:
    read = only(
        minutes(
            "RESOLVED:\n\ni. That the fee is set at £40\n\nii. That the Clerk is asked to print it "
            "Proposed Cllr Marsh, seconded Cllr Dunn. (5 for, 1 against)"
        )
    )
    assert (read.actions, read.resolution.mover) == (["other", "request"], "Cllr Marsh")


def test_minutes_approved_elsewhere_and_signed_here_are_no_decision() -> None:
    assert minutes("The Minutes of 4 April 2022, which had been approved by Council on 30 April, were signed.") == []


def test_a_list_below_a_counted_vote() -> None:
    read = only(
        minutes(
            "Jo Tarn proposed, seconded by Al Dene\n\nIt was resolved by 10 votes in favour and 4 against\n\n"
            "(i) to adopt the plan; and\n\n(ii) to ask the Director to review the tolls."
        )
    )
    assert (read.actions, read.votes) == (["adopt", "request"], (10, 4, None))


def test_an_amendment_worded_below_its_telling() -> None:
    reads = minutes(
        "Councillor Marsh, seconded by Councillor Dunn, proposed that tolls be cut. The amendment was as follows:\n\n"
        "That clause B be amended so that the toll is £2, the loss being met from reserves.\n\n"
        "On being put to the vote, 3 Members voted in favour of the amendment and 5 against. The amendment fell."
    )
    said = only(reads)
    assert (said.resolution.kind, said.actions, said.resolution.text[:13]) == ("lost", ["amend"], "That clause B")


def test_sides_of_a_roll_call_under_headings_of_their_own() -> None:
    reads = minutes(
        "Motion\n\nCouncillor Marsh, seconded by Councillor Dunn, moved that the toll be £2.\n\n"
        "Amendment\n\nCouncillor Hale, seconded by Councillor Brook, moved that it remain at £1.\n\nRoll Call Vote\n\n"
        "For the Motion – 8 votes\n\nCouncillors Marsh, Dunn and Tarn.\n\nFor the Amendment – 4 votes\n\n"
        "Councillors Hale and Brook.\n\nHaving received a majority of votes, the motion was carried."
    )
    assert [(r.resolution.kind, r.votes[:2]) for r in reads] == [("other", (8, 4)), ("lost", (4, 8))]


def test_names_of_voters_behind_a_dash() -> None:
    read = only(
        minutes(
            "Councillor Marsh proposed, seconded by Councillor Dunn, that Plan B be adopted.\n\n"
            "A recorded vote was taken:\n\nFor – Alderman Tarn; Councillors Marsh and Dunn (3)\n\n"
            "Against – Councillor Hale (1)\n\nThe motion was carried and the Committee accordingly\n\n"
            "Recommended to Council that Plan B be adopted from May."
        )
    )
    assert (read.resolution.decided_by, read.votes) == (None, (3, 1, None))


@pytest.mark.parametrize(("outcome", "kind"), [("NOT CARRIED", "lost"), ("CARRIED", "other")])
def test_an_outcome_behind_the_label_decision_is_the_proposals(outcome: str, kind: str) -> None:
    read = only(
        minutes(
            "PROPOSAL: That the Council buys a bench for £400.\n\nProposed by Cllr Marsh, seconded by Cllr Dunn.\n\n"
            f"DECISION: {outcome}"
        )
    )
    assert (read.resolution.text, read.resolution.kind) == ("That the Council buys a bench for £400.", kind)
