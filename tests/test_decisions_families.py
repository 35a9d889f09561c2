"""Families of papers met late: capitals in front of clauses, notices without a marker, small councils' turns.

Each test writes a page in the manner of one family, with its own words, and a page that only looks like it.
"""

from __future__ import annotations

from decision_papers import grouped, minutes, only, outlined, page, report

from pipeline.extractors.decisions import extract

NOTICE = "Issue - decisions\n\nFlood wall\n\n06/05/2022 - Flood wall at Mill Lane\n\n"
DECIDED_AT = "Decided at meeting: 04/05/2022 - Cabinet\n\n"


def test_each_clause_has_its_verb_in_capitals() -> None:
    read = only(
        page(
            "Cabinet\n\n1) APPROVED the wall, subject to the lease;\n\n2) NOTED that bats roost in it;\n\n"
            "3) DELEGATED authority to the Director of Place to let the contract."
        )
    )
    assert read.resolution.kind == "approved"
    assert read.resolution.text.startswith("APPROVED the wall")
    assert read.resolution.text.endswith("let the contract.")
    assert read.actions == ["approve", "note", "delegate"]


def test_paragraphs_in_capitals_without_labels() -> None:
    read = only(page("CONFIRMED the closure of Mill Lane;\n\nDELEGATED authority to the Director to sign the order."))
    assert read.labels == [None, None]
    assert read.actions[1] == "delegate"


def test_capitals_of_two_items_are_two_decisions() -> None:
    reads = minutes("RESOLVED that the plan be approved.\n\n8. Mill Lane\n\nRESOLVED that the lane be closed.")
    assert [r.resolution.text for r in reads] == ["that the plan be approved.", "that the lane be closed."]


def test_notice_that_only_says_what_cabinet_does() -> None:
    found = outlined(
        NOTICE + "That Cabinet:\n\n1. Notes the survey.\n\n2. Approves the transfer of £6.0m to reserves:\n\n"
        "i) £4.5m to the Flood Reserve; and\n\nii) £1.5m to the Wall Fund.",
        "decision_notice",
    )
    found.items = []
    read = only(grouped(extract(found), found.document.text))
    assert (read.resolution.kind, read.actions) == ("decided", ["note", "approve"])
    assert read.resolution.text.endswith("£1.5m to the Wall Fund.")
    assert read.resolution.confidence < 0.8


def test_notice_with_bare_numbers() -> None:
    found = outlined(
        NOTICE + DECIDED_AT + "1 That Cabinet approves the wall.\n\n2 That the letting be delegated to the Director.",
        "decision_notice",
    )
    read = only(grouped(extract(found), found.document.text))
    assert read.actions == ["approve", "delegate"]


def test_lone_that_and_lone_body_lead_in() -> None:
    read = only(page("That\n\n(1) the wall be approved; and\n\n(2) it be noted that bats roost in it."))
    assert read.actions == ["approve", "note"]
    read = only(minutes("RESOLVED: that Cabinet\n\na) Agree the fees.\n\nb) Authorise the Clerk to publish them."))
    assert read.labels == ["a)", "b)"]
    assert read.resolution.text.startswith("that Cabinet")


def test_a_limb_may_begin_with_a_marker_word() -> None:
    read = only(
        minutes(
            "RESOLVED: That Cabinet:\n\n(1) Noted the survey.\n\n(2) Resolved to discount options A and B.\n\n"
            "(3) Approved option C.\n\n(1) Money is short."
        )
    )
    assert read.actions == ["note", "reject", "approve"]
    assert read.resolution.text.endswith("Approved option C.")


def test_a_table_flattened_within_a_limb() -> None:
    read = only(
        minutes(
            "RESOLVED\n\n(a) that the budget be approved;\n\n(b) that these sums be calculated:-\n\nItem | £\n\n"
            "(i) gross spending | 60,914,205\n\n(ii) income | (41,027,518)\n\n(iii) Band D | 161.22\n\n"
            "(c) that the Clerk be authorised to publish the notice."
        )
    )
    assert read.labels == ["(a)", "(b)", "(c)"]
    assert read.actions[2] == "authorise"


def test_headed_limbs_with_a_list_each() -> None:
    read = only(
        minutes(
            "RESOLVED:\n\n(a) In respect of the Mill Lane scheme -\n\nThat the Authority approves:\n\n"
            "(i) That the wall goes ahead\n\n(ii) That £5,000 is spent.\n\n(b) In respect of the Quay -\n\n"
            "That the Authority approves:\n\n(i) That the quay be mended."
        )
    )
    assert read.labels == ["(a)", "(b)"]
    assert read.resolution.text.endswith("the quay be mended.")


def test_brackets_between_marker_and_limbs_are_left_out() -> None:
    read = only(
        report(
            "Recommendations\n\nCouncil is recommended that (subject to the county's precept):\n\n"
            "1) there are no special expenses;\n\n2) the tax base be noted."
        )
    )
    assert read.resolution.text.startswith("1) there are no special expenses")


def test_report_that_makes_the_following_recommendations() -> None:
    read = only(
        report(
            "This report makes the following recommendations to the Cabinet:\n\n1. That the fees be noted.\n\n"
            "2. That the policy be approved.\n\n2. Background\n\nFees rose last year."
        )
    )
    assert read.actions == ["note", "approve"]


def test_a_page_of_unknown_kind_has_only_what_capitals_mark() -> None:
    text = "The Cabinet Member introduced it. It was agreed that it was cold.\n\n{}\n\nREASONS - It is the law."
    for line, texts in (
        ("RESOLVED - (a) That the limits be noted.", ["(a) That the limits be noted."]),
        ("The plan was resolved.", []),
    ):
        found = outlined(text.format(line), "other")
        assert [r.resolution.text for r in grouped(extract(found), found.document.text)] == texts


def test_an_agenda_item_that_has_been_decided() -> None:
    found = outlined("Agenda item\n\nFlood wall\n\nDecision:\n\nResolved:\n\n(a) That the wall be built.", "agenda")
    read = only(grouped(extract(found), found.document.text))
    assert (read.resolution.status, read.resolution.text) == ("decided", "(a) That the wall be built.")


def test_moved_seconded_and_agreed_in_one_sentence() -> None:
    read = only(
        minutes("It was proposed by Councillor Hale, seconded by Councillor Brook and agreed that it be noted.")
    )
    assert (read.resolution.kind, read.resolution.mover) == ("agreed", "Councillor Hale")
    assert read.resolution.seconder == "Councillor Brook"


def test_count_of_hands_is_cut_off_and_read() -> None:
    read = only(minutes("RESOLVED: That a grant be awarded to the band, 6 voting for and 2 against."))
    assert read.resolution.text == "That a grant be awarded to the band"
    assert read.votes == (6, 2, None)


def test_minutes_proposed_and_seconded() -> None:
    read = only(minutes("These were proposed by TW and seconded by JP that the notes be accepted as a true record."))
    assert (read.actions, read.resolution.mover) == (["confirm_minutes"], "TW")
    read = only(minutes("The minutes, which had already been noted by the Council, were agreed and signed."))
    assert (read.resolution.kind, read.actions) == ("agreed", ["confirm_minutes"])


def test_list_of_payments_belongs_to_the_decision() -> None:
    read = only(
        minutes("It was agreed that the following accounts be paid.\n\nHall £30.00\n\nBins £226.80\n\nIt rained.")
    )
    assert read.resolution.text.endswith("Bins £226.80")
    assert len(read.clauses) == 1


def test_deferred_at_the_start_of_a_sentence() -> None:
    read = only(minutes("Cricket club asked for a grant. Deferred to the next meeting on 7 June 2022."))
    assert (read.resolution.kind, str(read.clauses[0].due_on)) == ("deferred", "2022-06-07")


def test_without_items_titles_keep_ordinary_sentences_apart_from_marked_ones() -> None:
    text = (
        "1). Minutes of the last meeting:-\n\nThe minutes were agreed and signed.\n\n"
        "2). Budget:-\n\nIt was RESOLVED that the budget be adopted. {}\n\n"
    )
    found = outlined(text.format("The change was agreed."), "minutes")
    found.items = []
    reads = grouped(extract(found), found.document.text)
    assert [r.actions for r in reads] == [["confirm_minutes"], ["adopt"]]


def test_what_a_notice_tells_of_others_is_not_its_decision() -> None:
    reads = page(
        "APPROVE the wall.\n\nReasons for decision:\n\nThe Committee considered it and RESOLVED to endorse it."
    )
    assert [r.resolution.text for r in reads] == ["APPROVE the wall."]


def test_capitals_of_an_earlier_meeting() -> None:
    assert minutes("At its meeting on 5 April 2021 the Council RESOLVED to sell the mill.") == []
    assert len(minutes("At the meeting held on 3 May 2022 it was RESOLVED to sell the mill.")) == 1
