"""Ways of writing decisions seen at other councils: divisions under headings, movers in the marker, broken lines.

The shapes are theirs; words, places and people are invented.
"""

from __future__ import annotations

from decision_papers import minutes, only, page, report

DIVISION = (
    "Motion\n\nTo agree to close the Mill Road depot from April.\n\n"
    "Moved by Councillor Ann Dow, seconded by Councillor Rob Laing.\n\n"
    "Amendment\n\nTo keep the depot open for one year, the cost to be met from balances.\n\n"
    "Moved by Councillor Jean Ogg, seconded by Councillor Ian Muir.\n\n"
    "A vote was taken by a show of hands.\n\nMotion 19 votes\n\nAmendment 12 votes\n\n"
    "Decision\n\nThe Council:-\n\n1. Agreed to close the depot.\n\n2. Asked officers to find a buyer.\n"
)


def test_a_division_under_headings_with_the_movers_below() -> None:
    lost, won = minutes(DIVISION)
    assert (lost.resolution.kind, lost.resolution.mover, lost.votes) == ("lost", "Councillor Jean Ogg", (12, 19, None))
    assert lost.resolution.text.startswith("To keep the depot open")
    assert (won.resolution.mover, won.resolution.seconder) == ("Councillor Ann Dow", "Councillor Rob Laing")
    assert (won.votes, len(won.clauses)) == ((19, 12, None), 2)


def test_movers_between_the_marker_and_its_text() -> None:
    read = only(
        minutes(
            "AGREED: It was agreed on the proposal of Councillor Hale, seconded by Councillor Brook, to sell the mill"
        )
    )
    assert (read.resolution.text, read.resolution.kind) == ("to sell the mill", "agreed")
    assert (read.resolution.mover, read.resolution.seconder) == ("Councillor Hale", "Councillor Brook")


def test_minutes_agreed_on_a_proposal() -> None:
    read = only(
        minutes("The minutes were agreed as a true record on the proposal of Cllr Hale, seconded by Cllr Brook.")
    )
    assert read.resolution.text == "The minutes were agreed as a true record"
    assert (read.resolution.mover, read.resolution.seconder) == ("Cllr Hale", "Cllr Brook")


def test_a_second_marker_in_the_same_paragraph() -> None:
    reads = minutes("RESOLVED: That £400 be granted to the Scouts. RESOLVED: That no grant be made to the Band.")
    assert [(r.resolution.text, r.actions) for r in reads] == [
        ("That £400 be granted to the Scouts.", ["allocate"]),
        ("That no grant be made to the Band.", ["reject"]),
    ]


def test_a_marker_behind_its_words_does_not_take_the_heading_below() -> None:
    found = minutes(
        "The clerk recommends that we take the offer of the water company as discussed in May AGREED\n\n"
        "2. Paths\n\n"
        "Advice was taken from the county."
    )
    assert [read.resolution.text for read in found] == [
        "The clerk recommends that we take the offer of the water company as discussed in May"
    ]


def test_a_sentence_broken_over_lines() -> None:
    read = only(minutes("RESOLVED that the minutes of the meeting held\n\non 7th February be approved and confirmed."))
    assert read.resolution.text.endswith("approved and confirmed.")
    assert read.actions == ["confirm_minutes"]


def test_letters_that_lost_their_marks() -> None:
    read = only(
        page(
            "Decision:\n\nRESOLVED that:\n\nA The plan is adopted.\n\nB The levy of £40 is approved.\n\n"
            "C Officers write.\n"
        )
    )
    assert read.labels == ["A", "B", "C"]
    assert read.actions[:2] == ["adopt", "approve"]


def test_letters_in_running_text() -> None:
    read = only(minutes("It was resolved to: A Note the appointments. B Delegate authority to the Chief Executive."))
    assert (read.labels, read.actions) == (["A", "B"], ["note", "delegate"])


def test_recommendations_with_a_letter_before_their_number() -> None:
    read = only(report("2. Recommendations\n\nR1 – That the survey be approved.\n\nR2 – That the gate be approved.\n"))
    assert (read.labels, read.actions) == (["R1", "R2"], ["approve", "approve"])


def test_capitals_around_a_small_resolved() -> None:
    read = only(
        minutes("IT WAS resolved:\n\nTo accept quotation A for one year.\n\nProposed: Cllr Hale. Seconded: Cllr Brook.")
    )
    assert (read.resolution.kind, read.resolution.mover, read.actions) == ("resolved", "Cllr Hale", ["award"])


def test_a_body_with_its_place_in_brackets() -> None:
    read = only(
        minutes("The Local Committee [Ashbourne] agreed:\n\n(i) To approve the budgets;\n\n(ii) To note the survey.")
    )
    assert (read.resolution.kind, read.actions) == ("agreed", ["approve", "note"])


def test_what_nobody_seconded_was_never_put() -> None:
    assert minutes("It was proposed by Cllr Hale that we write. There was no seconder and the proposal fell.") == []


def test_the_matters_own_numbers_are_no_limbs() -> None:
    reads = minutes(
        "i) To consider quotations.\n\nRESOLVED to accept quotation C.\n\n"
        "ii) To consider the rents.\n\nRESOLVED that rents rise."
    )
    assert [len(r.clauses) for r in reads] == [1, 1]
    assert reads[0].resolution.text == "to accept quotation C."


def test_one_clause_for_each_that_below_the_marker() -> None:
    read = only(minutes("RESOLVED –\n\nThat the plan be approved and that quarterly updates be brought to the Panel."))
    assert read.actions == ["approve", "request"]


def test_a_member_who_decides_in_the_words_of_a_form() -> None:
    read = only(
        page(
            "Decision:\n\nI Councillor Ann Hale, Lead Member for Roads,\n\n"
            "in exercise of the powers of paragraph H8 do hereby approve\n\n"
            "1. That £2.1m be spent on paths.\n\n2. That Hale Ltd be authorised to begin.\n"
        )
    )
    assert (read.resolution.kind, len(read.clauses)) == ("approved", 2)


def test_matters_told_and_resolved_behind_them() -> None:
    reads = minutes(
        "- The lights are off again and the Clerk has rung. RESOLVED\n\n"
        "- Cllr Goy proposed, seconded by Cllr Booth, that a second mower be bought. RESOLVED."
    )
    assert [r.actions for r in reads] == [["note"], ["approve"]]
    assert reads[1].resolution.text == "that a second mower be bought"


def test_said_of_all_that_stands_before_it() -> None:
    read = only(minutes("Cheques: the Clerk £412.60; hall hire £36. Agreed by all."))
    assert (read.resolution.text, read.actions) == ("Cheques: the Clerk £412.60; hall hire £36.", ["other"])
    assert read.resolution.unanimous


def test_a_request_turned_down() -> None:
    read = only(
        minutes("On a vote [6 votes FOR to 2 AGAINST], the Committee turned down a request to close Mill Road.")
    )
    assert (read.resolution.kind, read.actions, read.votes) == ("refused", ["reject"], (6, 2, None))


def test_a_delegated_decision_is_a_decision() -> None:
    read = only(minutes("Delegated decisions:\n\n1. That the outturn be noted.\n\n2. That the schemes be approved."))
    assert (read.resolution.kind, read.actions) == ("decided", ["note", "approve"])


def test_a_reference_behind_the_heading_is_no_decision() -> None:
    read = only(
        minutes(
            "DECISION MADE: (Ref: CAB 12/13 9320)\n\nOn consideration of the report, Cabinet made the following "
            "decision:\n\nTo approve a grant of £12,750 to the theatre."
        )
    )
    assert (read.resolution.text, read.actions) == ("To approve a grant of £12,750 to the theatre.", ["approve"])


def test_motions_whose_line_begins_with_the_word() -> None:
    lost, won = minutes(
        "MOTION by ELAINE MUIR seconded by ROB KERR to agree the recommendations.\n\n"
        "AMENDMENT by IAN LAING seconded by JANE DOW to continue the item for a further report.\n\n"
        "Decision\n\n9 Members having voted for the MOTION and 6 Members having voted for the AMENDMENT\n\n"
        "AGREED\n\n6.1 to award £165,400 to the Partnership; and\n\n6.2 to authorise the Head of Roads to sign."
    )
    assert (lost.resolution.mover, lost.votes) == ("IAN LAING", (6, 9, None))
    assert (won.resolution.mover, won.votes, won.actions) == ("ELAINE MUIR", (9, 6, None), ["award", "authorise"])


def test_a_motion_on_two_lines_that_was_not_carried() -> None:
    read = only(
        minutes(
            "Proposed by Councillor Boyd\n\nSeconded by Alderman Barr that Option 1 be accepted.\n\n"
            "On the proposal being put to the meeting, 11 Members voted in favour, 19 against and 2 abstained. "
            "The proposal was declared not carried."
        )
    )
    assert (read.resolution.kind, read.resolution.mover, read.resolution.seconder) == (
        "lost",
        "Councillor Boyd",
        "Alderman Barr",
    )
    assert (read.resolution.text, read.votes) == ("that Option 1 be accepted.", (11, 19, 2))


def test_minutes_moved_and_seconded_as_true() -> None:
    read = only(
        minutes("Councillor Hale proposed and Councillor Brook seconded all in favour of being signed as true.")
    )
    assert (read.resolution.kind, read.actions) == ("approved", ["confirm_minutes"])


def test_a_seconder_and_the_outcome_in_one_sentence() -> None:
    read = only(minutes("Cllr.Hughes proposed that the offer be accepted. This was seconded by Cllr. Dow and agreed."))
    assert (read.resolution.mover, read.resolution.seconder) == ("Cllr.Hughes", "Cllr. Dow")
    assert read.resolution.status == "decided"


def test_something_put_off_at_the_end_of_its_line() -> None:
    read = only(minutes("- Request from the school for £500. DEFERRED to October."))
    assert (read.resolution.text, read.actions) == ("Request from the school for £500. DEFERRED to October.", ["defer"])


def test_words_in_capitals_below_movers_and_outcome() -> None:
    read = only(
        minutes(
            "Resolution Record No. 36/24\n\nProposed by Cllr Hale and seconded by Cllr Brook.\n\n"
            "CARRIED: 8 for, 0 against, 1 abstention.\n\nTHAT THE COUNCIL ACCEPTS THE QUOTATION FROM HALE NURSERIES."
        )
    )
    assert (read.resolution.mover, read.votes, read.actions) == ("Cllr Hale", (8, 0, 1), ["award"])


def test_words_of_a_motion_below_the_outcome() -> None:
    read = only(
        minutes(
            "The amended motion was moved, voted upon and carried.\n\nThat the Authority will take part in the survey."
        )
    )
    assert read.resolution.text == "That the Authority will take part in the survey."


def test_what_is_settled_beside_a_marked_decision() -> None:
    told, marked = minutes(
        "The Committee decided to cut the allotments budget from £2.2K to £1.8K.\n\n"
        "RESOLVED: That the Council be recommended to ask for a precept of £90,000."
    )
    assert told.resolution.text == "to cut the allotments budget from £2.2K to £1.8K."
    assert marked.actions == ["recommend"]


def test_a_quoted_condition_keeps_its_own_number() -> None:
    read = only(
        minutes(
            "RESOLVED: The Sub-Committee decided that the licence be modified as follows -\n\n"
            "A. That Condition 3 be amended as follows:\n\n3. The garden shall be cleared by 21.00 hours.\n\n"
            "B. That the plan be substituted."
        )
    )
    assert (read.labels, read.actions) == (["A.", "B."], ["amend", "amend"])


def test_the_ask_alone_as_minutes_of_a_web_page() -> None:
    read = only(
        minutes("Minutes:\n\nTo confirm as a true record the Minutes of the previous meeting held on 1 October 2024.")
    )
    assert (read.resolution.kind, read.actions) == ("decided", ["confirm_minutes"])


def test_an_amendment_that_something_be_moved() -> None:
    lost, won = minutes(
        "Councillor Dow, seconded by Councillor Weir, moved that the programme be approved.\n\n"
        "Councillor Ogg, seconded by Councillor Muir, moved as an amendment that £200,000 be moved to footways.\n\n"
        "On the roll being called, 4 members voted for the amendment and 9 voted for the motion.\n\n"
        "DECIDED: That the programme be approved."
    )
    if lost.resolution.kind != "lost":
        lost, won = won, lost
    assert (lost.resolution.text, lost.votes) == ("that £200,000 be moved to footways.", (4, 9, None))
    assert (won.resolution.mover, won.votes) == ("Councillor Dow", (9, 4, None))


def test_a_proposal_told_with_its_seconder_and_outcome() -> None:
    read = only(minutes("L. Frith proposed acceptance, seconded by A. Dunn and unanimously agreed."))
    assert (read.resolution.kind, read.resolution.mover, read.resolution.seconder) == ("agreed", "L. Frith", "A. Dunn")
    assert read.resolution.unanimous


def test_nothing_declared_is_no_decision() -> None:
    assert minutes("Decision:\n\nNone were declared.") == []
