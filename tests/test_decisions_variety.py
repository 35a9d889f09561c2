"""How some two hundred councils mark, number, vote and end their decisions: each way is read right.

The shapes are those that councils use; words, places and people are invented.
"""

from __future__ import annotations

import pytest
from decision_papers import minutes, only, report

MARKERS = [
    ("RESOLVED that the plan be approved.", "resolved", "that the plan be approved."),
    ("RESOLVED to approve the plan.", "resolved", "to approve the plan."),
    ("RESOLVED, that - the plan be approved.", "resolved", "that - the plan be approved."),
    ("RESOLVED: That Cabinet approve the plan.", "resolved", "That Cabinet approve the plan."),
    ("RESOLVED – That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED:- That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED /- That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED; That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED (unanimously): That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED: (Unanimously) That the plan be approved.", "resolved", "That the plan be approved."),
    ("RESOLVED (by assent) that the plan be approved.", "resolved", "that the plan be approved."),
    ("RESOLVED (unanimous) to: approve the plan.", "resolved", "to: approve the plan."),
    ("RESOLVED, by 5 votes to 2, that the plan be approved.", "resolved", "that the plan be approved."),
    ("Resolved (57:0) (One abstention) - That the plan be approved.", "resolved", "That the plan be approved."),
    ("Resolved (7:3) – That the plan be approved.", "resolved", "That the plan be approved."),
    ("It was MOVED, SECONDED and RESOLVED that the plan be approved.", "resolved", "that the plan be approved."),
    ("This was RESOLVED UNANIMOUSLY: That the plan be approved.", "resolved", "That the plan be approved."),
    ("The Executive Resolved to: approve the plan.", "resolved", "to: approve the plan."),
    ("It was therefore resolved that the plan be approved.", "resolved", "that the plan be approved."),
    ("The Council resolved:- to approve the plan.", "resolved", "to approve the plan."),
    ("AGREED: to approve the plan.", "agreed", "to approve the plan."),
    ("Agreed; that the plan be approved.", "agreed", "that the plan be approved."),
    ("It was AGREED that the plan be approved.", "agreed", "that the plan be approved."),
    ("Noted and AGREED that the plan be approved.", "agreed", "that the plan be approved."),
    ("Decided: that the plan be approved.", "decided", "that the plan be approved."),
    ("ORDERED That the plan be approved.", "ordered", "That the plan be approved."),
    ("ORDERD That the plan be approved.", "ordered", "That the plan be approved."),
    ("RECOMMENDED – That the plan be approved.", "recommended", "That the plan be approved."),
    ("RECOMMENDED TO COUNCIL: That the plan be approved.", "recommended", "That the plan be approved."),
    ("NOTED: The plan and its costs.", "noted", "The plan and its costs."),
    ("PENDERFYNWYD cymeradwyo'r cynllun.", "resolved", "cymeradwyo'r cynllun."),
    ("Action: The Council RESOLVED to approve the plan.", "resolved", "to approve the plan."),
    (
        "It was proposed by Cllr Hale, seconded by Cllr Brook and resolved that the plan be approved.",
        "resolved",
        "that the plan be approved.",
    ),
]


@pytest.mark.parametrize(("line", "kind", "text"), MARKERS, ids=[m[0][:40] for m in MARKERS])
def test_marker(line: str, kind: str, text: str) -> None:
    read = only(minutes(f"The officer introduced the report.\n\n{line}"))
    assert (read.resolution.kind, read.resolution.status, read.resolution.text) == (kind, "decided", text)
    assert len(read.clauses) == 1


ASIDES = [
    ("RESOLVED (unanimously): That A be done.", True, (None, None, None)),
    ("RESOLVED (by assent) that A be done.", True, (None, None, None)),
    ("Resolved (57:0) (One abstention) - That A be done.", None, (57, 0, 1)),
    ("Resolved (7:3) – That A be done.", None, (7, 3, None)),
    ("RESOLVED, by 5 votes to 2, that A be done.", None, (5, 2, None)),
    ("RESOLVED that A be done. 8 For, 0 Against, 0 Abstention, 2 Absent/Did not vote", None, (8, 0, 0)),
    ("RESOLVED that A be done. Voting: For 6, Against 1.", None, (6, 1, None)),
    ("RESOLVED that A be done.\n\nVoting: unanimous", True, (None, None, None)),
    (
        "RESOLVED that A be done.\n\nFor (12)\n\nHale, Brook and others\n\nAgainst (3)\n\nIngle, "
        "Shaw, Lees\n\nAbstain (1)\n\nMoss",
        None,
        (12, 3, 1),
    ),
    (
        "The recommendation was put to the vote and carried by 22 votes to one, with two "
        "abstentions.\n\nRESOLVED that A be done.",
        None,
        (22, 1, 2),
    ),
]


@pytest.mark.parametrize(("text", "unanimous", "votes"), ASIDES, ids=[a[0][:50] for a in ASIDES])
def test_votes(text: str, unanimous: bool | None, votes: tuple[int | None, ...]) -> None:
    read = only(minutes(text))
    assert read.resolution.unanimous is unanimous
    assert read.votes == votes


def test_marker_alone_on_its_line_and_text_below() -> None:
    read = only(minutes("It was,\n\nResolved:\n\n1. That the wall be built.\n\n2. That the cost be noted."))
    assert read.labels == ["1.", "2."]
    assert read.actions == ["other", "note"]


def test_capital_verbs_begin_clauses_without_labels() -> None:
    read = only(
        minutes(
            "RESOLVED that Cabinet:\n\nCONFIRMED the route of the wall;\n\nDELEGATED the award to "
            "the Director of Place."
        )
    )
    assert [c.text for c in read.clauses] == [
        "CONFIRMED the route of the wall;",
        "DELEGATED the award to the Director of Place.",
    ]
    assert read.actions[1] == "delegate"
    assert read.clauses[1].delegated_to == "Director of Place"


NUMBERING = [
    ("1. That A be approved.\n\n2. That B be noted.", ["1.", "2."]),
    ("(a) that A be approved;\n\n(b) that B be noted.", ["(a)", "(b)"]),
    ("(1) that A be approved;\n\n(2) that B be noted.", ["(1)", "(2)"]),
    ("1) that A be approved;\n\n2) that B be noted.", ["1)", "2)"]),
    ("a) that A be approved;\n\nb) that B be noted.", ["a)", "b)"]),
    ("(i) that A be approved;\n\n(ii) that B be noted.", ["(i)", "(ii)"]),
    ("i. that A be approved;\n\nii. that B be noted.", ["i.", "ii."]),
    ("i) that A be approved;\n\nii) that B be noted.", ["i)", "ii)"]),
    ("• that A be approved;\n\n• that B be noted.", ["•", "•"]),
    ("- that A be approved;\n\n- that B be noted.", ["-", "-"]),
    ("1.1 that A be approved;\n\n1.2 that B be noted.", ["1.1", "1.2"]),
    ("A. That A be approved.\n\nB. That B be noted.", ["A.", "B."]),
    ("1)To approve A\n\n2)To note B", ["1)", "2)"]),
    ("A) that A be approved;\n\nb) that B be noted.", ["A)", "b)"]),
    ("1. That A be approved.\n\n1. That B be noted.", ["1.", "1."]),
    ("That A be approved.\n\nThat B be noted.", [None, None]),
    ("(1)\n\nThat A be approved.\n\n(2)\n\nThat B be noted.", ["(1)", "(2)"]),
    ("-\n\nThat A be approved.\n\n-\n\nThat B be noted.", ["-", "-"]),
    ("(ii) that A be approved;\n\n(iii) that B be noted.", ["(ii)", "(iii)"]),
]


@pytest.mark.parametrize(("limbs", "labels"), NUMBERING, ids=[n[0][:24] for n in NUMBERING])
def test_numbering(limbs: str, labels: list[str | None]) -> None:
    read = only(minutes(f"RESOLVED:\n\n{limbs}\n\nREASON: The wall is weak."))
    assert read.labels == labels
    assert read.actions == ["approve", "note"]
    assert read.resolution.reasons == "The wall is weak."


def test_clauses_on_one_line() -> None:
    read = only(
        minutes("RESOLVED – That (i) A be approved; (ii) B be noted; and (iii) C be deferred to the June meeting.")
    )
    assert read.labels == ["(i)", "(ii)", "(iii)"]
    assert read.actions == ["approve", "note", "defer"]


def test_clauses_begin_on_the_line_of_the_marker() -> None:
    read = only(minutes("RESOLVED – (1) That A be approved;\n\n(2) that B be noted."))
    assert read.labels == ["(1)", "(2)"]


def test_first_of_a_list_is_lost() -> None:
    read = only(minutes("RESOLVED – That A be approved;\n\n(2) that B be noted."))
    assert read.labels == [None, "(2)"]


def test_nested_limbs_count_once() -> None:
    read = only(
        minutes(
            "RESOLVED that Cabinet:\n\n1. approve the wall, namely:\n\n(a) its height; and\n\n(b) "
            "its length;\n\n2. note the cost."
        )
    )
    assert read.labels == ["1.", "2."]
    assert "its length" in read.clauses[0].text


def test_numbering_runs_on_under_a_second_marker() -> None:
    reads = minutes(
        "RESOLVED:\n\n1. That A be noted.\n\n2. That B be approved.\n\nRECOMMENDED TO COUNCIL:\n\n3. That C be adopted."
    )
    assert [(r.resolution.kind, r.labels) for r in reads] == [("resolved", ["1.", "2."]), ("recommended", ["3."])]
    assert reads[1].resolution.addressed_to == "COUNCIL"


def test_unnumbered_tail_belongs_to_the_last_limb() -> None:
    read = only(minutes("RESOLVED to:\n\n1) approve A; and\n\n2) note B,\n\nas set out in the report."))
    assert read.resolution.text.endswith("as set out in the report.")
    assert read.labels == ["1)", "2)"]


def test_minute_paragraph_numbers_are_no_limbs() -> None:
    reads = minutes(
        "45.1 The officer spoke.\n\n45.2 It was RESOLVED to:\n\n1. Approve A.\n\n2. Note B.\n\n45.3 "
        "The Chair thanked the officer."
    )
    assert only(reads).labels == ["1.", "2."]


def test_paragraphs_numbered_like_the_limbs() -> None:
    reads = minutes(
        "1. The officer spoke.\n\n2. RESOLVED that Cabinet:\n\na) approve A;\n\nb) note B.\n\n3. The Chair thanked him."
    )
    assert only(reads).labels == ["a)", "b)"]


ENDS = [
    "REASONS FOR DECISION\n\nThe wall is weak.",
    "REASON – The wall is weak.",
    "[Reason: The wall is weak.]",
    "ALTERNATIVE OPTIONS CONSIDERED\n\nTo do nothing.",
    "OTHER OPTIONS CONSIDERED: To do nothing.",
    "Report author: J Hale",
    "(Proposed by Councillor Hale, seconded by Councillor Brook)",
    "Action by: HEAD OF PLACE",
    "Voting Record – For 7, Against 2",
    "KEY DECISION: Yes",
    "PORTFOLIO: Roads",
    "Note: the press were present.",
    "Please note that this decision will be implemented on 12 May.",
    "(Councillor Hale abstained from the vote.)",
    "The meeting closed at 9 pm.",
    "Supporting documents:",
    "Councillor Hale left the meeting at this point.",
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "decision",
    ["RESOLVED: That the wall be built.", "RESOLVED:\n\n(1) That A be noted;\n\n(2) that the wall be built."],
)
def test_where_a_decision_ends(decision: str, end: str) -> None:
    read = only(minutes(f"{decision}\n\n{end}"))
    assert read.resolution.text.endswith("the wall be built.")


def test_options_before_the_decision() -> None:
    read = only(
        minutes(
            "Options/Alternatives considered\n\nOption 1 – Do nothing.\n\nOption 2 – Build.\n\n"
            "RESOLVED – That Option 2 be approved."
        )
    )
    assert read.resolution.text == "That Option 2 be approved."


FALSE_FRIENDS = [
    "The leak was found and resolved by the plumber.",
    "Had the recommendation been to approve, the Committee would have visited.",
    "At its meeting on 3 March 2022 the Cabinet resolved that the site be sold.",
    "It was agreed in the spring of 2016 to pool the two budgets.",
    "The scheme was agreed by County Council on 13 February 2022.",
    "Members were informed that it was agreed that the school would close.",
    "If the Council agreed to sell, the price would fall.",
    "The Chairman agreed that it was cold.",
    "Councillor Hale said that the Committee should refuse it.",
    "The officer's recommendation was approval.",
]


@pytest.mark.parametrize("sentence", FALSE_FRIENDS)
def test_no_decision(sentence: str) -> None:
    assert minutes(sentence) == []


PLAIN = [
    (
        "The minutes of the meeting held on 5 April 2022 were approved as a correct record.",
        "approved",
        "confirm_minutes",
    ),
    ("The minutes were agreed and signed by the Chair.", "agreed", "confirm_minutes"),
    ("This item was deferred to the next meeting of the Committee.", "deferred", "defer"),
    ("Mrs Jane Hale was unanimously co-opted onto the Council.", "other", "appoint"),
    ("Councillor Hale was elected Chairman for the year.", "other", "appoint"),
    ("Financial transactions since April were approved.", "approved", "approve"),
    ("The Committee agreed to defer the application.", "agreed", "defer"),
    ("Councillors agreed that the second quotation was best.", "agreed", "agree"),
    ("Councillors decided not to donate.", "decided", "reject"),
    ("The Council had no objection to the extension.", "other", "other"),
]


@pytest.mark.parametrize(("sentence", "kind", "action"), PLAIN, ids=[p[0][:40] for p in PLAIN])
def test_plain_sentences(sentence: str, kind: str, action: str) -> None:
    read = only(minutes(sentence))
    assert (read.resolution.kind, read.actions) == (kind, [action])


def test_plain_sentences_are_talk_where_a_marked_decision_stands() -> None:
    read = only(minutes("It was agreed that the map was clear.\n\nRESOLVED that the map be adopted."))
    assert read.resolution.kind == "resolved"


@pytest.mark.parametrize(
    ("body", "actions"),
    [
        ("RESOLVED: That\n\n[1] the levy be approved; and [2] the plan be noted.", ["approve", "note"]),
        ("NOTED that no prices had been received.", ["note"]),
        ("NOTED that a further report be submitted to the next meeting.", ["request"]),
        ("RESOLVED: That delegation be given to the Director to let the barn.", ["delegate"]),
        ("RESOLVED: That, under the delegated authority granted in May, the works be awarded to Tarn Ltd.", ["award"]),
        ("RESOLVED: to otherwise note the planner.", ["note"]),
    ],
)
def test_clauses_between_square_brackets_and_what_they_do(body: str, actions: list[str]) -> None:
    assert only(minutes(body)).actions == actions


def test_what_a_committee_recommends_to_this_body_is_not_this_bodys_decision() -> None:
    told = "The Audit Panel looked at it and resolved that it be recommended to Cabinet that the report be noted."
    assert minutes(told, committee="Cabinet") == []


@pytest.mark.parametrize(
    "lead_in",
    ["The Cabinet Member for Roads and Bridges recommends that Cabinet:", "It is recommended that the Cabinet:"],
)
def test_a_report_whose_lead_in_names_only_the_body(lead_in: str) -> None:
    read = only(report(f"Recommendation\n\n{lead_in} (a) notes the forecast;\n\n(b) approves the transfer."))
    assert (read.actions, read.labels) == (["note", "approve"], ["(a)", "(b)"])


def test_deeds_listed_below_the_body_in_a_part_headed_decision() -> None:
    read = only(
        minutes(
            "DECISION: The Cabinet:\n\nI. Noted the overspend of £2m.\n\nII. Agreed the use of reserves.\n\n"
            "III. Agreed that the panels be kept in place until March."
        )
    )
    assert (read.resolution.kind, read.actions) == ("noted", ["note", "agree", "agree"])
