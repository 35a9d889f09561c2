"""How many voted each way, in the ways in which councils print it, and on what they voted."""

from __future__ import annotations

import pytest
from decision_papers import Read, grouped, minutes, outlined

from pipeline.extractors.decisions import extract
from pipeline.extractors.decisions.divisions import declined_in, sides_in
from pipeline.extractors.decisions.votes import votes_in


def page_of_items(items: str) -> list[Read]:
    """Decisions of a web page of agenda and minutes with these items."""
    found = outlined(
        f"Agenda and minutes\n\nExecutive\nTuesday, 3rd May, 2022 10.30 am\n\nItems\nNo. Item\n\n{items}", "minutes"
    )
    return grouped(extract(found), found.document.text)


@pytest.mark.parametrize(
    ("text", "outcome", "counts"),
    [
        ("Voting: 8 – For 3 – Against 2 – Abstentions", "", (8, 3, 2)),
        ("For 12 – Against 3 – Abstain 1", "", (12, 3, 1)),
        ("For: Councillors Hale and Brook (2) Against: Councillor Ince (1) Abstained: none", "", (2, 1, 0)),
        ("For: Councillors Hale, Brook and Lees Against: Councillor Ince Abstained: Nil", "", (3, 1, 0)),
        ("The vote was 5 votes in favour, 1 against and 2 abstentions", "", (5, 1, 2)),
        ("carried: 19 for, 0 against, 1 abstention", "carried", (19, 0, 1)),
        ("Votes recorded: For the amendment 28, Against 50, Abstention 3.", "lost", (28, 50, 3)),
        ("For the amendment: 21 Against the amendment: 70 Abstentions: 4", "lost", (21, 70, 4)),
        ("seven Members voted for the amendment and eleven against", "lost", (7, 11, None)),
        ("carried by seven votes to two", "carried", (7, 2, None)),
        ("carried by 8-0", "carried", (8, 0, None)),
        ("lost by 12 to nil", "lost", (0, 12, None)),
        ("approved by a majority of 9 to 4", "carried", (9, 4, None)),
        ("the MOTION received 40 votes and the AMENDMENT received 25 votes, with 1 abstention", "", (40, 25, 1)),
        ("6 voted for the Amendment and 16 for the Motion", "", (16, 6, None)),
        ("approved works of 3 to 6 months", "carried", (None, None, None)),
    ],
)
def test_counts(text: str, outcome: str, counts: tuple[int | None, ...]) -> None:
    votes = votes_in(text, outcome)
    assert (votes.ayes, votes.noes, votes.abstentions) == counts


@pytest.mark.parametrize(
    "text", ["declared CARRIED by affirmation", "agreed with no dissent", "nem con", "without a dissenting voice"]
)
def test_nobody_dissents(text: str) -> None:
    assert votes_in(text).unanimous is True


def test_amendments_divided_against_each_other_by_their_movers() -> None:
    text = (
        "there voted:- For the amendment by Councillor Ogg (2) - Councillors Ogg and Muir; "
        "For the amendment by Councillor Dow (5) - Councillors Dow, Laing, Petrie, Watt and Skene; "
        "Declined to vote (8) - the Convener"
    )
    assert [(s.by, s.votes) for s in sides_in(text)] == [("Councillor Ogg", 2), ("Councillor Dow", 5)]
    assert declined_in(text) == 8
    assert sides_in("For the amendment: 21 Against the amendment: 70. For the motion: 70") == []


def test_three_proposals_in_two_divisions() -> None:
    reads = minutes(
        "The Convener moved, seconded by the Vice Convener:-\n\nthat the Committee approve two visits at £2,000.\n\n"
        "Councillor Ogg moved as an amendment, seconded by Councillor Muir:-\n\nthat the Committee take no action.\n\n"
        "Councillor Dow moved as a further amendment, seconded by Councillor Laing:-\n\n"
        "that the Committee approve one visit at £900.\n\n"
        "On a division, there voted:- For the amendment by Councillor Ogg (2); For the amendment by Councillor Dow (5);"
        " Declined to vote (8).\n\n"
        "On a division, there voted:- For the motion (9); For the amendment by Councillor Dow (6).\n\n"
        "The Committee resolved:-\n\nto adopt the motion."
    )
    told = {r.resolution.mover: (r.resolution.kind, r.votes) for r in reads}
    assert told["Councillor Ogg"] == ("lost", (2, 5, 8))
    assert told["Councillor Dow"] == ("lost", (6, 9, None))
    assert told["The Convener"] == ("resolved", (9, 6, None))


def test_counts_below_the_outcome_are_the_amendments() -> None:
    reads = minutes(
        "Councillor Hale, seconded by Councillor Brook, moved an amendment:\n\nThat £300,000 be added for parks.\n\n"
        "On being put to the vote the amendment was LOST.\n\n"
        "Votes recorded: For the amendment 28, Against 50, Abstention 3.\n\nRESOLVED that the plan be approved."
    )
    assert [(r.resolution.kind, r.votes) for r in reads] == [("lost", (28, 50, 3)), ("resolved", (None, None, None))]


def test_the_vote_told_below_its_decision() -> None:
    reads = minutes(
        "Following consideration it was RESOLVED that PERMISSION BE GRANTED.\n\n"
        "The vote for the resolution to grant permission was 5 votes in favour, 1 against and 2 abstentions."
        " Councillor Hale voted against.\n\nRESOLVED that the trees be kept.\n\n"
        "The vote for the resolution was unanimous."
    )
    assert [(r.votes, r.resolution.unanimous) for r in reads] == [((5, 1, 2), None), ((None, None, None), True)]


def test_lines_of_a_recorded_vote_belong_to_the_decision_above() -> None:
    reads = minutes(
        "Councillor Hale, seconded by Councillor Brook, moved the recommendations of Cabinet.\n\n"
        "Having been put to the vote, it was\n\nResolved:\n\na) That the plan be approved.\n\n"
        "b) That rents be set as printed.\n\nRecorded vote: For 50, Against 20, Abstentions 3.\n\n"
        "RESOLVED that the clerk be thanked."
    )
    assert [r.votes for r in reads] == [(50, 20, 3), (None, None, None)]
    assert (reads[0].resolution.mover, reads[0].resolution.seconder) == ("Councillor Hale", "Councillor Brook")


def test_movers_and_count_above_the_marker() -> None:
    reads = minutes(
        "It was moved by Councillor Hale, seconded by Councillor Brook and by 6 votes to 1\n\nRESOLVED\n\n"
        "1. to approve the closure; and\n\n2. that objections be reported."
    )
    assert [(r.resolution.mover, r.resolution.seconder, r.votes) for r in reads] == [
        ("Councillor Hale", "Councillor Brook", (6, 1, None))
    ]


def test_a_count_on_the_original_motion_after_one_on_an_amendment_that_was_not_printed() -> None:
    reads = minutes(
        "Upon a named vote being taken the amendment was lost, with the votes cast as follows:\n\n"
        "For the amendment: 21\n\nAgainst the amendment: 70\n\nAbstentions: 4\n\n"
        "Upon a further vote on the original motion the votes were:\n\nFor: 74\n\nAgainst: 19\n\nAbstentions: 5\n\n"
        "Resolved:\n\nThat the recommendations in the report be approved."
    )
    assert [r.votes for r in reads] == [(74, 19, 5)]


def test_a_seconder_who_is_not_named() -> None:
    reads = minutes("It was then moved by Councillor Hale and duly seconded, and\n\nRESOLVED: That the site be kept.")
    assert [(r.resolution.mover, r.resolution.seconder) for r in reads] == [("Councillor Hale", None)]


def test_the_words_of_a_motion_end_where_it_is_put_to_the_vote() -> None:
    reads = minutes(
        "Councillor Hale moved and Councillor Brook seconded a proposal to take these first:\n\n"
        "• Item 9: Library hours\n\nThe proposed order was put to the vote, with this result:\n\n"
        "For: 24\n\nAgainst: 33\n\nThe change was not agreed."
    )
    assert [(r.resolution.kind, r.votes) for r in reads] == [("lost", (24, 33, None))]
    assert reads[0].resolution.text.endswith("Item 9: Library hours")


def test_what_the_agenda_asked_above_the_minutes_of_a_page() -> None:
    reads = page_of_items(
        "10.\n\nMINUTES\n\nRecommended –\n\nThat the minutes of 8 March be signed as a correct record.\n\nMinutes:\n\n"
        "Resolved –\n\nThat the minutes of 8 March be signed as a correct record.\n\n"
        "11.\n\nFLEET\n\nRecommended –\n\nThat the Executive\n\n(1) Note the report.\n\n(2) Approve £1.2m for vans.\n\n"
        "Minutes:\n\nResolved –\n\n(1) That the report be noted.\n\n(2) That £1.2m for vans be approved."
    )
    assert [(r.resolution.status, r.resolution.kind, r.actions) for r in reads] == [
        ("proposed", "recommended", ["confirm_minutes"]),
        ("decided", "resolved", ["confirm_minutes"]),
        ("proposed", "recommended", ["note", "approve"]),
        ("decided", "resolved", ["note", "approve"]),
    ]


def test_movers_above_the_words_of_proposal_and_amendment() -> None:
    reads = minutes(
        "Proposal\n\nProposed by Councillor Hale, Seconded by Councillor Brook,\n\n"
        "That the Committee approves later opening from 1st September.\n\n"
        "Amendment\n\nProposed by Councillor Ince, Seconded by Alderman Lees,\n\n"
        "That the Committee agrees to defer the matter for a month.\n\n"
        "On a vote, seven Members voted for the amendment and eleven against and it was declared lost. "
        "The original proposal was thereupon put to the Committee and passed."
    )
    assert [(r.resolution.mover, r.resolution.kind, r.votes) for r in reads] == [
        ("Councillor Hale", "agreed", (None, None, None)),
        ("Councillor Ince", "lost", (7, 11, None)),
    ]


def test_a_seconder_in_a_sentence_of_her_own() -> None:
    reads = minutes(
        "Councillor Hale moved that items 8 and 9 be taken together.  Seconded by Councillor Brook.\n\n"
        "Resolved:\n\nThat the motion be carried."
    )
    assert [(r.resolution.mover, r.resolution.seconder) for r in reads] == [("Councillor Hale", "Councillor Brook")]


def test_an_amendment_told_in_a_speech() -> None:
    reads = minutes(
        "In moving an amendment, Councillor Hale said that £1.1m could be found from the reserve to keep the desks "
        "open. Councillor Brook Seconded the amendment.\n\n"
        "Upon a named vote being taken the amendment was lost, with the votes cast as follows:\n\n"
        "For the amendment: 21\n\nAgainst the amendment: 70\n\nAbstentions: 4"
    )
    lost = reads[0].resolution
    assert (lost.kind, lost.mover, lost.seconder) == ("lost", "Councillor Hale", "Councillor Brook")
    assert lost.text.startswith("£1.1m could be found")
    assert reads[0].votes == (21, 70, 4)


def test_the_words_of_an_amendment_right_behind_the_verb() -> None:
    reads = minutes(
        "Mrs Cowie, seconded by Mr Begg, MOVED the recommendations in the report.\n\n"
        "As an AMENDMENT, Ms Farr, seconded by Mr Gunn, moved a council tax rise of 4.5% so that £1.8m be put back.\n\n"
        "On a vote being taken, the MOTION received 40 votes and the AMENDMENT received 25 votes, with 1 abstention, "
        "and the MOTION was therefore CARRIED, the votes having been cast as follows:-\n\nFor the Motion:\n\n"
        "Mr Begg, Mrs Cowie\n\nFor the Amendment:\n\nMs Farr, Mr Gunn\n\n"
        "Decision\n\nThe Council:-\n\ni. AGREED the savings of £37m; and\n\nii. AGREED a council tax rise of 3%."
    )
    lost, agreed = reads
    assert lost.resolution.text == "a council tax rise of 4.5% so that £1.8m be put back."
    assert (lost.resolution.mover, lost.votes) == ("Ms Farr", (25, 40, 1))
    assert (agreed.resolution.mover, agreed.votes) == ("Mrs Cowie", (40, 25, 1))


def test_a_decision_above_the_minutes_has_the_movers_of_the_motion_adopted_in_them() -> None:
    reads = page_of_items(
        "14.\n\nTwinning\n\nDecision:\n\n(i) to approve two visits at £2,000; and\n\n"
        "(ii) to instruct the Head of Finance to meet the cost from the Twinning budget.\n\n"
        "Minutes:\n\nThe Convener moved, seconded by the Vice Convener:-\n\n"
        "that the Committee approve two visits at £2,000, to be met from the Twinning budget.\n\n"
        "Councillor Ogg moved as an amendment, seconded by Councillor Muir:-\n\nthat no action be taken.\n\n"
        "On a division, there voted:- For the motion (9); For the amendment (6).\n\n"
        "The Committee resolved:-\n\nto adopt the motion.\n\n15.\n\nUrgent business\n\nMinutes:\n\nNone."
    )
    assert [(r.resolution.kind, r.resolution.mover, r.votes) for r in reads] == [
        ("decided", "The Convener", (9, 6, None)),
        ("lost", "Councillor Ogg", (6, 9, None)),
    ]


def test_motions_on_an_agenda() -> None:
    found = outlined(
        "NETHERFIELD DISTRICT COUNCIL\n\nFull Council\n\nAgenda\n\nTuesday 3 May 2022\n\n7. Apologies\n\n"
        "8. Notice of Motion proposed by Alderman Hale, seconded by Councillor Brook\n\n"
        "That this Council writes to the Minister to ask for a lower speed limit.\n\n"
        "9. Motions\n\nCouncillor Ince to move, Councillor Lees to second:\n\n"
        "“That this Council lends beach wheelchairs at no charge.”\n\nVisitors have asked for these.",
        "agenda",
    )
    reads = grouped(extract(found), found.document.text)
    assert [(r.resolution.status, r.resolution.kind, r.resolution.mover, r.resolution.seconder) for r in reads] == [
        ("proposed", "moved", "Alderman Hale", "Councillor Brook"),
        ("proposed", "moved", "Councillor Ince", "Councillor Lees"),
    ]


def test_a_numbered_list_that_lost_its_marker() -> None:
    reads = minutes(
        "The Chair presented a report on the advice of the panel, which had met in June.\n\n"
        "1.  That the recommended changes set out in Appendix A are approved.\n\n"
        "2.  That 2.5% of the Fund be held in cash."
    )
    assert [len(r.clauses) for r in reads] == [2]


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        ("Agreed as a correct record.", "agreed"),
        ("The plan of items to come was noted.", "noted"),
        ("The budget of £302m was approved.", "decided"),
        ("Approved", "decided"),
    ],
)
def test_the_kind_of_a_part_of_one_sentence(decision: str, kind: str) -> None:
    reads = page_of_items(f"97.\n\nForward plan\n\nDecision:\n\n{decision}\n\nMinutes:\n\nMembers asked about costs.")
    assert [r.resolution.kind for r in reads] == [kind]


def test_leave_to_sign_the_minutes() -> None:
    reads = minutes("The Leader was authorised to sign the minutes of the last meeting as a correct record.")
    assert [(r.resolution.kind, r.actions) for r in reads] == [("other", ["confirm_minutes"])]


def test_movers_on_two_lines() -> None:
    reads = minutes(
        "It was moved by Councillor Hale,\n\nSeconded by Councillor Brook,\n\n“That the minutes be struck out.”\n\n"
        "Following a vote the motion was lost by 24 votes, to 10 votes, with 1 abstention.\n\n"
        "Moved by the Lord Mayor (Councillor Ince),\n\nSeconded by Councillor Lees and\n\n"
        "Resolved - That the minutes be approved."
    )
    assert [(r.resolution.kind, r.resolution.mover, r.resolution.seconder, r.votes) for r in reads] == [
        ("lost", "Councillor Hale", "Councillor Brook", (10, 24, 1)),
        ("resolved", "the Lord Mayor (Councillor Ince)", "Councillor Lees", (None, None, None)),
    ]


def test_votes_for_motion_and_amendment_on_lines_of_their_own() -> None:
    reads = minutes(
        "Councillor Hale, seconded by Councillor Brook, moved that the application be approved.\n\n"
        "Councillor Ince, seconded by Councillor Lees, moved as an amendment that the application be refused.\n\n"
        "VOTE\n\nOn a show of hands Members voted as follows:-\n\nMotion - 3 votes\n\nAmendment - 5 votes\n\n"
        "The Amendment was accordingly carried.\n\nDECISION\n\nDECIDED that the application be refused."
    )
    assert [(r.resolution.kind, r.resolution.mover, r.votes) for r in reads] == [
        ("lost", "Councillor Hale", (3, 5, None)),
        ("decided", "Councillor Ince", (5, 3, None)),
    ]


def test_a_motion_in_two_divisions_keeps_the_last_count() -> None:
    reads = minutes(
        "The Convener moved, seconded by the Vice Convener:-\n\nthat two visits be approved.\n\n"
        "Councillor Ogg moved as an amendment, seconded by Councillor Muir:-\n\nthat no action be taken.\n\n"
        "Councillor Dow moved as a further amendment, seconded by Councillor Laing:-\n\nthat one visit be approved.\n\n"
        "On a division, there voted:- For the motion by the Convener (9); For the amendment by Councillor Ogg (1); "
        "Declined to vote (5).\n\n"
        "On a division, there voted:- For the motion (8); For the amendment by Councillor Dow (7).\n\n"
        "The Committee resolved:-\n\nto adopt the motion."
    )
    told = {r.resolution.mover: r.votes for r in reads}
    assert told == {"The Convener": (8, 7, None), "Councillor Ogg": (1, 9, 5), "Councillor Dow": (7, 8, None)}


def test_initials_in_brackets_and_counts_behind() -> None:
    reads = minutes(
        "RESOLVED that the bench be bought (prop. KD, sec. CR, all in favour)\n\n"
        "RESOLVED to pay the clerk. Proposed JS, Seconded MB. 4 for, 1 abstention."
    )
    assert [(r.resolution.text, r.resolution.mover, r.resolution.seconder) for r in reads] == [
        ("that the bench be bought", "KD", "CR"),
        ("to pay the clerk.", "JS", "MB"),
    ]
    assert (reads[0].resolution.unanimous, reads[1].votes) == (True, (4, None, 1))


def test_votes_on_a_motion_that_is_not_printed_stay_with_it() -> None:
    reads = minutes(
        "Upon a division being called there voted:\n\nFor the motion 14\n\nAgainst 20\n\n"
        "whereupon the motion was declared LOST.\n\nRESOLVED that the plan be noted."
    )
    assert [r.votes for r in reads] == [(None, None, None)]


def test_a_motion_supported_by_another_member() -> None:
    reads = minutes(
        "Councillor Hale, supported by Councillor Brook, proposed the following motion:\n\n"
        "That this council agrees the plan.\n\nOn being put to the vote, the motion was carried."
    )
    assert [(r.resolution.mover, r.resolution.seconder) for r in reads] == [("Councillor Hale", "Councillor Brook")]


def test_no_body_and_no_owner_of_a_thing_moves() -> None:
    reads = minutes(
        "Mr Hale preferred the European Commission’s proposed phased approach and said that work would go on.\n\n"
        "RESOLVED that the report be noted."
    )
    assert [(r.resolution.mover, r.resolution.seconder) for r in reads] == [(None, None)]


def test_names_one_a_line_are_counted_and_names_run_together_are_not() -> None:
    lines = "RESOLVED that the rate be set.\n\nA recorded vote was taken:\n\nFor:\n\n{}\n\nAgainst:\n\nMoss\n\nOgg"
    assert minutes(lines.format("Hale\n\nBrook\n\nInce"))[0].votes == (3, 2, None)
    assert votes_in("For: Hale Brook Ince Against: Moss Ogg Lees") == votes_in("")


def test_three_proposals_in_one_division() -> None:
    reads = minutes(
        "Councillor A Hale moved, seconded by Councillor B Brook, that rents rise by 3%.\n\n"
        "Councillor C Ogg moved as an amendment, seconded by Councillor D Dow, that rents rise by 2%.\n\n"
        "Councillor E Muir moved as a further amendment, seconded by Councillor F Laing, that rents be frozen.\n\n"
        "On a vote being taken there voted for the motion (12), for the amendment by Councillor Ogg (9) and for the "
        "amendment by Councillor Muir (4)."
    )
    assert [(r.resolution.text, r.resolution.kind, r.votes) for r in reads] == [
        ("that rents rise by 3%.", "other", (12, None, None)),
        ("that rents rise by 2%.", "lost", (9, None, None)),
        ("that rents be frozen.", "lost", (4, None, None)),
    ]


def test_yes_and_no_and_numbers_behind_dots() -> None:
    carried = minutes(
        "The Chair moved, seconded by Mr Brook, that the fee be raised.\n\nThe voting was recorded as follows:-\n\n"
        "YES – 44\n\nHale, Brook, Ince\n\nNO – 20\n\nLees, Moss\n\nABSTAIN – 2\n\nOgg, Dow\n\nThe motion was carried."
    )
    assert [r.votes for r in carried] == [(44, 20, 2)]
    resolved = minutes(
        "There voted for the motion:\n\nCouncillors Hale, Brook, Carter ............ 24\n\n"
        "There voted against the motion:\n\nCouncillors Dale, Evans ..... 10\n\nResolved - That the plan be approved."
    )
    assert [r.votes for r in resolved] == [(24, 10, None)]


def test_the_movers_of_the_next_decision_are_not_those_of_the_last() -> None:
    reads = minutes(
        "Proposed: Cllr Hale Seconded: Cllr Brook\n\nResolved: to accept the quotation. Vote: 5 for, 0 against.\n\n"
        "Proposer: Cllr Ince, Seconder: Cllr Lees. Resolved that the tree be felled."
    )
    assert [(r.resolution.mover, r.resolution.seconder, r.votes) for r in reads] == [
        ("Cllr Hale", "Cllr Brook", (5, 0, None)),
        ("Cllr Ince", "Cllr Lees", (None, None, None)),
    ]


def test_a_count_between_the_marker_and_its_words() -> None:
    read = minutes("RESOLVED by 9 votes for and 2 against that the hall be sold.")[0]
    assert (read.resolution.text, read.votes) == ("that the hall be sold.", (9, 2, None))
