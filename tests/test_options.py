"""Alternatives as papers set them out, which one was taken, and why not the others."""

import pytest

from pipeline.document import Block, Cell, Document, Item, Outline, Table
from pipeline.extractors.options import extract
from pipeline.extractors.options.subjects import naming
from pipeline.labels import split_label
from pipeline.layout.compose import compose
from pipeline.records import Option, OptionsAppraisal


def block(text: str) -> Block:
    if text.startswith("# "):
        return Block("heading", text[2:])
    label, offset = split_label(text)
    if label is None:
        return Block("paragraph", text)
    return Block("list_item", text, label=label.printed, body_offset=offset)


def outline(*texts: str | Block) -> Outline:
    blocks = [text if isinstance(text, Block) else block(text) for text in texts]
    return Outline(compose(Document("0" * 64, "made.txt", "text/plain", blocks=blocks)), title="Pool at Weir Street")


def options(*texts: str | Block) -> list[tuple[str | None, str | None, bool, str]]:
    records = [r for r in extract(outline(*texts)) if isinstance(r, Option)]
    return [(r.label, r.status, r.do_nothing, r.text) for r in records]


def test_labelled_options_with_their_own_verdicts() -> None:
    assert options(
        "# Options",
        "Option 1 – Do nothing. Rejected, since the roof leaks.",
        "Option 2 – Mend the roof. This is the preferred option.",
        "Option 3: Sell the pool.",
    ) == [
        ("Option 1", "rejected", True, "Option 1 – Do nothing. Rejected, since the roof leaks."),
        ("Option 2", "preferred", False, "Option 2 – Mend the roof. This is the preferred option."),
        ("Option 3", "considered", False, "Option 3: Sell the pool."),
    ]


def test_a_label_alone_on_its_line_and_misspelt_takes_the_next_line() -> None:
    assert options("Alternative 1", "Keep one provider.", "Alterative 2", "Take two providers.") == [
        ("Alternative 1", "considered", False, "Keep one provider."),
        ("Alterative 2", "considered", False, "Take two providers."),
    ]


def test_bullets_without_labels_under_a_statutory_heading_were_rejected() -> None:
    found = options(
        "Other options considered included:",
        "· Not to go to market. However, the rules ask for a tender.",
        "· Buy each service alone.",
        "Members then asked about staffing:",
        "· It was hard to recruit.",
    )
    assert [(label, status) for label, status, _, _ in found] == [(None, "rejected"), (None, "rejected")]


def test_parts_of_an_alternative_are_no_alternatives() -> None:
    [appraisal] = [
        r
        for r in extract(
            outline(
                "Other options considered were:",
                "· Move all clients at once, which could mean:",
                "Ø upset for clients",
                "Ø transfers of staff",
            )
        )
        if isinstance(r, Option)
    ]
    assert appraisal.reasons == "Ø upset for clients Ø transfers of staff"


@pytest.mark.parametrize(
    "nothing", ["None", "Not applicable.", "As set out in the report.", "No other options were considered."]
)
def test_a_section_that_says_none_holds_none(nothing: str) -> None:
    assert options("# Alternative options considered", nothing) == []


def test_numbers_and_letters_of_a_list_become_labels() -> None:
    assert [
        o[0] for o in options("Several options have been identified:-", "A. Repair the flats.", "B. Pull them down.")
    ] == ["Option A", "Option B"]
    assert [o[0] for o in options("# Options considered and rejected", "2. Do nothing", "3. Defer a decision")] == [
        "Option 2",
        "Option 3",
    ]


def test_the_decision_says_which_option_was_chosen() -> None:
    found = options(
        "Option 1 – Close the hall.",
        "Option 2 – Lease the hall.",
        "Option 3 – Sell the hall.",
        "RESOLVED – That Option 2 be approved. Options 1 and 3 were rejected.",
    )
    assert [status for _, status, _, _ in found] == ["rejected", "preferred", "rejected"]


def test_options_to_be_consulted_on_are_chosen_by_nobody() -> None:
    found = options(
        "Option 1 – A fee.", "Option 2 – No fee.", "It was agreed that Option 1 and Option 2 go out to consultation."
    )
    assert {status for _, status, _, _ in found} == {"considered"}


def test_a_mention_sets_nothing_out() -> None:
    assert options("• Option 1 would be the quickest way to have it done", "Can option 2 start in March?") == []


def test_paragraph_numbers_are_no_labels() -> None:
    assert options("8. The lease ends in May.", "# Alternatives", "9. The Council could let the lease lapse.") == [
        (None, "rejected", False, "The Council could let the lease lapse.")
    ]


def test_a_table_sets_options_out_and_another_comments_on_them() -> None:
    def table(*rows: tuple[str, ...]) -> Block:
        cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
        return Block("table", "\n".join("\t".join(row) for row in rows), table=Table(cells, len(rows), len(rows[0]), 1))

    assert options(
        table(("Option", "Description", "Risks"), ("A", "Carry on as now", "Cost rises"), ("B", "Lease homes", "Few"))
    ) == [("Option A", "considered", True, "Carry on as now"), ("Option B", "considered", False, "Lease homes")]
    found = options(
        "• Option 1: Close two hubs.",
        "• Option 2: Share two hubs.",
        table(
            ("Option", "Discounted because"),
            ("1", "Not discounted – this is the decision proposal"),
            ("2", "Costs too much"),
        ),
    )
    assert [status for _, status, _, _ in found] == ["preferred", "rejected"]


def test_an_appraisal_takes_its_subject_and_item_from_the_agenda() -> None:
    made = outline("7. Pooled budget", "Option 1 – Sign.", "Option 2 – Wait.")
    made.items.append(Item("7", "Pooled budget", 0, made.document.blocks[0].end, 1, 3))
    [appraisal] = [r for r in extract(made) if isinstance(r, OptionsAppraisal)]
    assert appraisal.subject == "Pooled budget"
    assert appraisal.item_id == made.item_id(0)


def test_words_of_every_option_stand_at_its_offsets() -> None:
    made = outline("# Options", "Option 1 – Do nothing.", "Option 2 (preferred): Build.")
    for record in extract(made):
        if isinstance(record, Option):
            assert made.document.text[record.char_start : record.char_end] == record.text


def table(*rows: tuple[str, ...]) -> Block:
    cells = [Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    text = "\n".join("\t".join(cell for cell in row if cell) for row in rows)
    return Block("table", text, table=Table(cells, len(rows), len(rows[0]), 1))


def test_options_side_by_side_are_columns() -> None:
    found = options(
        table(
            ("", "Option 1", "Option 2"),
            ("Description", "Raise all fees", "Do nothing"),
            ("Risks", "Fewer users", "None"),
        ),
        "# Preferred option",
        "Option 1 is preferred.",
    )
    assert found == [
        ("Option 1", "preferred", False, "Raise all fees"),
        ("Option 2", "considered", True, "Do nothing"),
    ]


def test_a_heading_cell_may_hold_label_and_words() -> None:
    found = options(table(("", "Option 1: Close it", "Option 2: Keep it"), ("Advantages", "Saves £9,000", "None")))
    assert [(label, text) for label, _, _, text in found] == [
        ("Option 1", "Option 1: Close it"),
        ("Option 2", "Option 2: Keep it"),
    ]


def test_mark_and_words_in_one_cell_are_parted() -> None:
    found = options(table(("Option", "Precept £"), ("A - no increase", "112,300"), ("B - rise with prices", "114,770")))
    assert [(label, nothing, text) for label, _, nothing, text in found] == [
        ("Option A", True, "A - no increase"),
        ("Option B", False, "B - rise with prices"),
    ]


def test_alternatives_within_a_sentence_and_a_verdict_on_all() -> None:
    found = options("The report gave the alternatives: to mend the roof; or to sell the hall. Neither was favoured.")
    assert [(status, text) for _, status, _, text in found] == [
        ("rejected", "to mend the roof"),
        ("rejected", "to sell the hall"),
    ]


def test_a_paragraph_may_tell_two_alternatives() -> None:
    found = options(
        "# Alternative options considered",
        "Doing nothing would leave the works without an engineer. A fresh tender was looked at, but would take a year.",
    )
    assert [(nothing, text.split()[0]) for _, _, nothing, text in found] == [(True, "Doing"), (False, "A")]


def test_a_heading_behind_the_options_ends_their_reasons() -> None:
    found = options("Option 1: Close.", "Option 2: Do nothing.", "# Preferred option", "Option 1 is preferred.")
    assert [status for _, status, _, _ in found] == ["preferred", "considered"]


def test_a_statutory_heading_with_its_text_on_the_line() -> None:
    found = options(
        "Alternative Options Considered and Rejected: Bringing the work in house was looked at but would cost £40,000 "
        "more. Ending the service was rejected as it is a duty."
    )
    assert [(label, status, text[:14]) for label, status, _, text in found] == [
        (None, "rejected", "Bringing the w"),
        (None, "rejected", "Ending the ser"),
    ]


def test_paragraphs_under_a_statutory_heading_are_each_an_alternative() -> None:
    found = options(
        "# Other options considered and rejected",
        "3.1 Stop the bulky waste round altogether. Tipping would rise.",
        "3.2 Charge for sacks at £2 each. Sacks tear.",
        "Considered not doing this work but the law asks for it.",
    )
    assert [(text[:10], nothing) for _, _, nothing, text in found][:2] == [("Stop the b", False), ("Charge for", False)]


def test_options_told_within_a_sentence_are_set_out_and_judged_ones_are_not() -> None:
    found = options(
        "Three options had been drawn up. Option A would raise fees by 4%. Option B, which officers recommended, would "
        "raise them by 8%. Option C was a freeze.",
        "Resolved: that Option B be approved.",
    )
    assert [(label, text[:15]) for label, _, _, text in found] == [
        ("Option A", "Option A would "), ("Option B", "Option B, which"), ("Option C", "Option C was a ")
    ]
    assert found[1][1] == "preferred"
    assert options("Members spoke. Option 1 was rejected on cost. Option 2 was preferred by most.") == []


def test_labels_before_words_in_small_letters_count_where_they_follow_each_other() -> None:
    found = options("A list of options;", "option 1 leave the fence as it is,", "option 2 mend the gate (£340).")
    assert [(label, nothing) for label, _, nothing, _ in found] == [("option 1", True), ("option 2", False)]
    assert options("Option 3 works would last until May.", "Option 4 splits the work.") == []


def test_a_report_that_recommends_one_option_turns_the_others_down() -> None:
    found = options(
        "That the Committee agrees Option 2.",
        "Option 1 – Sell the lodge.",
        "Option 2 – Mend the lodge and let it.",
        "Option 3 – Make flats of it.",
    )
    assert [status for _, status, _, _ in found] == ["rejected", "preferred", "rejected"]


def test_what_is_moved_is_not_yet_chosen() -> None:
    found = options(
        "The options were:",
        "1. fund each club alike",
        "2. limit each award to £2,500",
        "Proposed by Cllr. Ash, seconded by Cllr. Birch that Option 1 be accepted. This was not carried.",
        "RESOLVED that Option 2 be approved.",
    )
    assert [(label, status) for label, status, _, _ in found][1] == ("Option 2", "preferred")
    assert found[0][1] != "preferred"


def test_a_decision_in_an_alternatives_own_words_takes_it_up() -> None:
    made = outline(
        "Three courses were open to the Council:",
        "• Do nothing and rely on the police.",
        "• Buy a new device with a grant.",
        "• Buy the second-hand device.",
        "Resolved: That the second-hand device be bought for £950.",
    )
    made.kind = "minutes"
    found = [record.status for record in extract(made) if isinstance(record, Option)]
    assert found == ["rejected", "rejected", "preferred"]


def test_alternatives_that_are_headings_by_themselves() -> None:
    found = options(
        "5. Options", "5.1 Do nothing", "The pool would close. Not recommended.", "5.2 Do minimum",
        "Mend the boiler only.", "5.3 Full refurbishment (recommended)", "Replace plant and roof.",
    )
    assert [(text, status, nothing) for _, status, nothing, text in found] == [
        ("Do nothing", "rejected", True),
        ("Do minimum", "considered", False),
        ("Full refurbishment (recommended)", "preferred", False),
    ]


def test_options_numbered_on_the_line_of_their_heading() -> None:
    found = options("Options considered: 1. Do nothing - not viable. 2. Mend the wall - chosen. 3. Demolish it.")
    assert [(label, text) for label, _, _, text in found] == [
        ("Option 1", "Do nothing - not viable."),
        ("Option 2", "Mend the wall - chosen."),
        ("Option 3", "Demolish it."),
    ]
    assert [status for _, status, _, _ in found][1] == "preferred"


def test_a_bullet_without_a_label_beside_labelled_ones_is_an_alternative_too() -> None:
    found = options(
        "• Alternative 1: A block contract. Recommended.",
        "• An open framework. Not recommended, as firms could refuse.",
    )
    assert [(label, status) for label, status, _, _ in found] == [("Alternative 1", "preferred"), (None, "rejected")]


def test_a_choice_among_other_options_is_none_among_these() -> None:
    found = options("Option A: stay.", "Option B: move.", "Option B is the preferred option. Option 9 is recommended.")
    assert [status for _, status, _, _ in found] == ["considered", "preferred"]


def test_alternatives_listed_within_a_sentence_by_numbers_or_infinitives() -> None:
    numbered = options(
        "A talk set out three ways forward: (1) leave the lamps as they are, (2) change 22 of them at £6,380.50 each, "
        "(3) change all.",
        "RESOLVED – To proceed with (2) this year.",
    )
    assert [(label, status) for label, status, _, _ in numbered][1] == ("Option 2", "preferred")
    assert [nothing for _, _, nothing, _ in numbered] == [True, False, False]
    plain = options("The choices were to buy homes from builders, to grant the money or to return it to the Treasury.")
    assert [text for _, _, _, text in plain] == [
        "to buy homes from builders", "to grant the money", "to return it to the Treasury"
    ]


def test_lines_that_begin_with_capitals_alone_under_a_heading() -> None:
    found = options("2. Options", "A Keep them closed. Rates do not apply.", "B Open as they were, at £245 a week.")
    assert [(label, text[:13]) for label, _, _, text in found] == [
        ("Option A", "A Keep them c"),
        ("Option B", "B Open as the"),
    ]


def test_reasons_end_where_a_label_line_of_the_page_begins() -> None:
    records = extract(
        outline(
            "# Alternative options considered",
            "Option 1 – Leave the weir as it is.",
            "The insurers would not have it. Report author: Ada Finch",
            "Publication date: 03/04/2024 Date of decision: 25/03/2024",
            "Option 2 – Mend the weir.",
        )
    )
    reasons = [record.reasons for record in records if isinstance(record, Option)]
    assert reasons == ["The insurers would not have it.", None]


def test_what_follows_the_last_alternative_gives_its_reasons_only_where_it_speaks_of_it() -> None:
    def reasons(*behind: str) -> list[str | None]:
        records = extract(outline("# Options", "Option 1 – Mend the weir.", "Option 2 – Leave it.", *behind))
        return [record.reasons for record in records if isinstance(record, Option)]

    assert reasons("This would not satisfy the insurers.") == [None, "This would not satisfy the insurers."]
    assert reasons("Options 1 and 2 were both thought dear.") == [None, "Options 1 and 2 were both thought dear."]
    assert reasons("4.2 As set out above, people like the weir.") == [None, None]
    assert reasons("Members voted as follows on the matter.") == [None, None]


def test_options_in_the_rows_of_a_form() -> None:
    cells = [
        Cell("6", 0, 0), Cell("Alternative options considered and rejected:", 0, 1),
        Cell("Option 1: no rise. This was rejected because firms would fail.", 1, 1),
        Cell("Option 2: a rise of 6% for all.", 2, 1),
        Cell("7", 3, 0), Cell("Option money: none is asked for.", 3, 1),
    ]
    text = "6\tAlternative options considered and rejected:\n" + "\n".join(cell.text for cell in cells[2:4])
    form = Block("table", f"{text}\n7\t{cells[-1].text}", table=Table(cells, 4, 2, 0))
    assert [(label, status) for label, status, _, _ in options(form)] == [
        ("Option 1", "rejected"), ("Option 2", "rejected"),
    ]


@pytest.mark.parametrize(("heading", "subject"), [
    ("5.0 Environmental Implications", None),
    ("BACKGROUND", None),
    ("Reasons for the decision:", None),
    ("(Cabinet Member with Special Responsibility)", None),
    ("3. Condition of the network", "Condition of the network"),
    ("Lot 1: home care in the west", "Lot 1: home care in the west"),
    (None, None),
])
def test_a_section_that_every_paper_has_is_no_subject(heading: str | None, subject: str | None) -> None:
    assert naming(heading) == subject


def test_a_heading_that_names_an_option_takes_in_the_paragraph_below_it() -> None:
    found = options(
        "# Options appraisal – Lido café",
        "# Option A – Do nothing",
        "The café stays shut and the counter is sold. Rejected, as it earns nothing.",
        "# Option B – Lease (preferred)",
        "A firm takes the café for ten years.",
        table(("Option", "Score (of 100)"), ("A", "21"), ("B", "70")),
    )
    assert [(status, nothing, text.split("\n")[1]) for _, status, nothing, text in found] == [
        ("rejected", True, "The café stays shut and the counter is sold. Rejected, as it earns nothing."),
        ("preferred", False, "A firm takes the café for ten years."),
    ]


def test_rows_of_figures_that_name_options_again_set_nothing_out() -> None:
    described = ("Option 1 – Do nothing. The depot stays empty.", "Option 2 – Let the depot to a firm of coaches.")
    again = table(("Option", "Cost £000", "Receipt £000"), ("1 Do nothing", "25", "0"), ("2 Letting", "4", "90"))
    assert [label for label, _, _, _ in options(*described, again)] == ["Option 1", "Option 2"]
    assert [(label, text) for label, _, _, text in options(again)] == [
        ("Option 1", "1 Do nothing"), ("Option 2", "2 Letting")
    ]


def test_what_options_cost_told_in_answer_to_a_question_sets_nothing_out() -> None:
    said = "Option 1 would cost £2,000 and Option 2 about £9,000."
    assert options(f"In response to a question, the clerk advised that {said}") == []
    assert len(options(said)) == 2


def test_labels_behind_paragraph_numbers() -> None:
    found = options(
        "# Options",
        "7 Option 1 – Do nothing. It is discounted.",
        "8 Option 2 – Mend the weir.",
        "9 Option 2 keeps the weir.",
        "5.3 Consideration was also given to a new weir. It was discounted because of its cost.",
        "# Other options considered",
        "10 The following were also looked at.",
        table(("Option", "Risk"), ("Sell the weir", "No buyer"), ("Share the weir", "No partner")),
    )
    assert [(label, status, text) for label, status, _, text in found] == [
        ("Option 1", "rejected", "Option 1 – Do nothing. It is discounted."),
        ("Option 2", "considered", "Option 2 – Mend the weir."),
        (None, "rejected",
         "Consideration was also given to a new weir. It was discounted because of its cost."),
        (None, "rejected", "Sell the weir"),
        (None, "rejected", "Share the weir"),
    ]


def test_so_many_options_in_one_sentence() -> None:
    lead = "Three options had been put to the Board: a rise of 2.5%, which kept both wardens"
    assert [text for _, _, _, text in options(f"{lead}; a rise of 4%; and no rise, with one warden.")] == [
        "a rise of 2.5%, which kept both wardens", "a rise of 4%", "no rise, with one warden"
    ]
    assert options(f"{lead}; and no rise.") == []  # three were announced


def test_what_does_not_apply_is_no_alternative() -> None:
    found = options(
        "# Alternative options considered", "Not applicable to the closing of accounts. To sell the hall was rejected."
    )
    assert [text for _, _, _, text in found] == ["To sell the hall was rejected."]
