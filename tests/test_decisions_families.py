"""Families of papers met late: capitals in front of clauses, notices without a marker, small councils' turns.

Each test writes a page in the manner of one family, with its own words, and a page that only looks like it.
"""

from __future__ import annotations

from decision_papers import Read, grouped, minutes, only, outlined, page, report
from structure_papers import paper

from pipeline.extractors.decisions import extract
from pipeline.structure import outline

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


def notice(body: str) -> list[Read]:
    found = outlined(NOTICE + body, "decision_notice")
    found.items = []
    return grouped(extract(found), found.document.text)


def test_the_committee_with_a_list_of_verbs() -> None:
    read = only(
        minutes(
            "The Committee:-\n\n(a) noted the survey;\n\n(b) remitted the plan to the Roads Committee; and\n\n"
            "(c) instructed the Head of Roads to report back.",
            committee="Policy Committee",
        )
    )
    assert read.resolution.text.startswith("noted the survey")
    assert read.actions == ["note", "refer", "request"]
    read = only(minutes("The Board:\n\n• NOTED the position.\n\n• APPROVED the plan.\n\n• RECEIVED the report."))
    assert read.actions == ["note", "approve", "receive"]
    assert minutes("The Committee:\n\n(a) old members\n\n(b) invited guests") == []


def test_lists_of_notices_that_lost_their_marker() -> None:
    read = only(
        notice("Cabinet noted the report and\n\n1. Approve the sites.\n\n2. Delegate authority to the Director.")
    )
    assert read.actions == ["approve", "delegate"]
    read = only(notice("(i) To authorise the Clerk to sell.\n\n(ii) If nobody buys, to refer it to Cabinet."))
    assert read.actions == ["authorise", "refer"]
    read = only(notice("(a) the Forum be reduced to 26 members; and\n\n(b) the constitution be adopted."))
    assert read.actions == ["other", "adopt"]
    assert notice("(i) Money is short.\n\n(ii) Bats roost in the wall.") == []


def test_lead_in_without_a_colon() -> None:
    read = only(notice("RESOLVED\n\nThat Cabinet approves\n\n(1) the scheme; and\n\n(2) the arrangements."))
    assert read.actions == ["approve", "approve"]


def test_labels_of_a_page_that_was_run_together() -> None:
    text = (
        "No. | Item |\nMINUTES PDF 43 KB Minutes:RESOLVED: That the minutes are agreed as an accurate record. |\n"
        "WALL Additional documents:Decision:RESOLVED:\n1. That the wall be built. 2. That the cost be noted. "
        "Minutes:At the invitation of the Chair, Mr Hale spoke.\nRESOLVED:\n1. That the wall be built. "
        "2. That the cost be noted. |\nPROCEDURE To note the procedure. Decision: Noted. |\n"
    )
    found = outlined(text, "minutes")
    reads = grouped(extract(found), found.document.text)
    assert [r.actions for r in reads] == [["confirm_minutes"], ["other", "note"], ["note"]]


def test_a_republished_decision() -> None:
    found = outlined(
        "Decision\nSale of the mill\nDecision Maker: Cabinet\nOutcome: Recommendations Approved\n"
        "Date of Decision: May 4, 2022\nPurpose: To sell it.\nContent: 1. That the mill be sold. "
        "2. That the price be noted.\nSupporting Documents",
        "decision_notice",
    )
    read = only(grouped(extract(found), found.document.text))
    assert [c.label for c in read.clauses] == ["1.", "2."]


def test_resolved_behind_each_sentence() -> None:
    reads = minutes("The patrol has been seen. RESOLVED and noted. The sign is in place. RESOLVED", "Community Council")
    assert [r.resolution.text for r in reads] == [
        "The patrol has been seen. RESOLVED and noted.",
        "The sign is in place. RESOLVED",
    ]


def test_minutes_are_approved_whatever_else_the_item_holds() -> None:
    reads = minutes("The minutes of 3 April 2022 were approved.\n\nIt was AGREED that the bench be mended.")
    assert [r.actions[0] for r in reads] == ["confirm_minutes", "other"]


def test_what_the_county_council_agreed_is_not_the_parish_councils_decision() -> None:
    head = (
        "NETHERFIELD PARISH COUNCIL\n\nMinutes of the meeting of the Parish Council held on 3 May 2022\n\n7. Lights\n\n"
    )
    for body, count in (
        ("County Council agreed to mend the lights.", 0),
        ("The District Council approved the new lights.", 0),
        ("The Parish Council agreed to mend the lights.", 1),
    ):
        assert len(grouped(extract(found := outlined(head + body, "minutes")), found.document.text)) == count


def test_a_lost_first_number_does_not_reach_into_the_next_item() -> None:
    text = (
        "Calder Council\n\nMinutes of 2 June 2016\n\n1. Past\n\nDecision\n\nTo approve the minute.\n\n2. Road\n\nNone."
    )
    found = outlined(text, "minutes")
    assert only(grouped(extract(found), found.document.text)).resolution.text == "To approve the minute."


def test_payments_below_a_colon() -> None:
    read = only(minutes("The following payments were approved:\n\nClerk £288.00\n\nHMRC £72.00"))
    assert read.resolution.text == "The following payments were approved:\nClerk £288.00\nHMRC £72.00"
    assert read.actions == ["other"]


def test_planning_minutes_with_one_word_answers() -> None:
    head = "NETHERFIELD DISTRICT COUNCIL\n\nMinutes of the Planning Committee held on 3 May 2022\n\n"
    found = outlined(
        head
        + "5. 22/00124/OUT Land at Mill Lane\n\nA motion to refuse was proposed by Councillor Moss and seconded by "
        "Councillor Lees and, on being put to the vote, was lost.\n\nDECISION: Approved\n\n"
        "6. 22/00125/LBC The Mill\n\nDeferred for a site visit.\n\n7. 22/00126/FUL 6 High Street\n\n"
        "PERMISSION GRANTED\n\n8. 22/00127/FUL 8 High Street\n\nREFUSED, for the reasons in the report.",
        "minutes",
    )
    found.items = []
    reads = grouped(extract(found), found.document.text)
    assert [(r.resolution.kind, r.actions) for r in reads] == [
        ("lost", ["reject"]),
        ("decided", ["approve"]),
        ("deferred", ["defer"]),
        ("approved", ["approve"]),
        ("refused", ["reject"]),
    ]
    assert (reads[0].resolution.mover, reads[0].resolution.seconder) == ("Councillor Moss", "Councillor Lees")
    assert (reads[1].resolution.mover, reads[3].resolution.text) == (None, "PERMISSION GRANTED")


def test_a_clause_is_no_item_of_business() -> None:
    read = only(
        minutes(
            "RESOLVED:\n\n1. That the budget be approved.\n\n2. That the tax be raised.\n\n"
            "3. That the following be noted:\n\n(a) the reserves;\n\n(b) the statement."
        )
    )
    assert read.labels == ["1.", "2.", "3."]
    assert read.resolution.text.endswith("the statement.")


def test_recommendations_on_a_page_of_unknown_kind() -> None:
    for text, actions in (
        (
            "PROPOSED DECISION\n\nThat the Leader approves the award.\n\nREASONS FOR DECISION\n\nBest price.",
            ["approve"],
        ),
        ("RECOMMENDATION\n\nThat Schools Forum:\n\n• Note the budget.\n\n• Agree the sum.", ["note", "agree"]),
    ):
        found = outlined(text, "other")
        read = only(grouped(extract(found), found.document.text))
        assert (read.resolution.status, read.actions) == ("proposed", actions)
    found = outlined("We are asked to consider the options below.", "other")
    assert extract(found) == []


def test_offices_payments_and_carried_motions_of_a_small_council() -> None:
    reads = minutes(
        "Cllr Hale proposed Cllr Brook as Vice Chair, seconded by Cllr Moss. All agreed.\n\n"
        "The accounts for payment were approved as presented: proposed Cllr Brook, seconded Cllr Moss.\n\n"
        "Proposed by Cllr Brook, seconded by Cllr Lees that Calder Mowing be appointed. Carried unanimously.\n\n"
        "The next meeting was confirmed as 19 June 2022.",
        committee="Parish Council",
    )
    assert [(r.actions, r.resolution.status, r.resolution.mover) for r in reads] == [
        (["appoint"], "decided", "Cllr Hale"),
        (["approve"], "decided", "Cllr Brook"),
        (["appoint"], "decided", "Cllr Brook"),
    ]
    assert reads[2].resolution.unanimous


def test_answers_to_planning_applications() -> None:
    reads = minutes(
        "22/00123/FUL - 4 High Street. The Council SUPPORTS the application.\n\n"
        "22/00124/FUL - 6 High Street. Object: loss of light.\n\n22/00125/HH - 8 High Street. No comments.",
        committee="Parish Council",
    )
    assert [r.resolution.kind for r in reads] == ["other"] * 3


def test_what_is_only_told() -> None:
    told = (
        "Councillor Hale reported that the District Council had approved the homes.\n\n"
        "The Clerk advised that it had been agreed in March to buy a mower.\n\n"
        "Members recalled that the Council resolved in 2019 to plant trees.\n\n"
        "The Inspector had refused the appeal.\n\n"
        "The minutes of the Hall Committee, at which it was agreed to raise fees, were noted.\n\n"
        "If the grant is approved, work will start in June.\n\nCouncillor Moss asked whether the budget was agreed."
    )
    assert minutes(told, committee="Town Council") == []


def test_columns_of_a_decision_sheet_in_pipes() -> None:
    found = outlined(
        "NETHERFIELD BOROUGH COUNCIL\nCABINET - DECISION SHEET\nItem | Title | Decision | Action by\n"
        "4 | Flood wall | RESOLVED: (1) That the wall be approved. (2) That bats be counted. | DP\n"
        "5 | Fees | AGREED the fees in Appendix 1. | DR\n6 | Mill | Deferred to 7 June 2022. |\n",
        "decision_notice",
    )
    reads = grouped(extract(found), found.document.text)
    assert [r.resolution.kind for r in reads] == ["resolved", "agreed", "deferred"]


def test_limbs_that_the_outline_took_for_items() -> None:
    found = outlined(
        "NETHERFIELD CITY COUNCIL\n\nMinutes of the Cabinet held on 3 May 2022\n\n45.3 RESOLVED to:\n\n"
        "1. Note the forecast.\n\n2. Approve the virement of £300,000.\n\n46. Capital\n\nNone.",
        "minutes",
    )
    read = only(grouped(extract(found), found.document.text))
    assert read.actions == ["note", "approve"]


def test_that_in_spaced_capitals() -> None:
    read = only(minutes("RESOLVED T H A T –\n\n(1) the report be noted; and\n\n(2) the wall be approved."))
    assert read.actions == ["note", "approve"]


def test_minutes_in_one_line_keep_their_items() -> None:
    line = (
        "Wexley Parish Council Minutes of a Meeting of Wexley Parish Council held at 7.00pm on Monday 4 February 2008 "
        "in the hall Pc/41/07-08 Apologies for Absence Apologies for absence were received from Cllr Moss With regret "
        "it was resolved to accept them. Pc/42/07-08 Declarations of Interest Cllr Fern declared an interest in the "
        "pond. Pc/43/07-08 Matters arising There were none. Pc/44/07-08 Finance It was RESOLVED to pay £40 for paint. "
        "Pc/45/07-08 DITCHES AT HOB LANE It was resolved that the clerk would write to the county about the "
        "ditches, which had not been cleared since the spring, and would ask the farmers for a date. The meeting "
        "closed at 9.10pm and those present thanked the Chairman for his long service on the council over the years."
    )
    found = outline(paper(line))
    reads = grouped(extract(found), found.document.text)
    items = {found.item_id(i): item.number for i, item in enumerate(found.items)}
    assert [items[r.resolution.item_id] for r in reads if r.resolution.item_id] == [
        "Pc/41/07-08",
        "Pc/44/07-08",
        "Pc/45/07-08",
    ]


def test_weak_signs_make_less_sure_records() -> None:
    sure = only(minutes("RESOLVED that the plan be approved."))
    plain = only(minutes("The bench was agreed.", committee="Parish Council"))
    unknown = outlined("It was talked over.\n\nRESOLVED that the plan be approved.", "other")
    lost = only(minutes("The officer spoke.\n\nThat the plan be approved."))
    kinds = [sure, only(grouped(extract(unknown), unknown.document.text)), plain, lost]
    told = [read.resolution.confidence for read in kinds]
    assert told == sorted(told, reverse=True) and len(set(told)) == 4
    named, left_over = minutes("RESOLVED that (a) the plan be approved; and (b) the mill be sold.")[0].clauses
    assert named.confidence > left_over.confidence


def test_names_below_a_lead_in_are_no_clauses() -> None:
    read = only(
        minutes(
            "RESOLVED that the following appointments be made:\n\nPlanning Committee – Councillors Hale, Brook\n\n"
            "Licensing Committee – Councillors Moss, Lees"
        )
    )
    assert (read.actions, read.labels) == (["appoint"], [None])
    assert read.resolution.text.endswith("Moss, Lees")
