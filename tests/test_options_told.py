"""Alternatives told in ways that no list of "Option 1, Option 2" has: by title, by sentence, by what a body may do."""

from pathlib import Path

import pytest

from pipeline.document import Block, Document, Outline
from pipeline.extractors.options import extract
from pipeline.layout.compose import compose
from pipeline.reading import outline_of
from pipeline.records import Option, OptionsAppraisal

Told = list[tuple[str, str | None, bool]]
"""Of each option its first words, its status, and whether it means no change."""

PAPERS: dict[str, tuple[str, Told]] = {
    "titles under a statutory heading": (
        "REPORT TO CABINET\n\n4. Alternative Options\n\n4.1 Do Nothing – The kiosk could stay as it is.\n\n"
        "4.2 Transfer to a trust – No trust has come forward.\n\n4.3 Demolition – It would cost £25,000.\n\n"
        "5. Financial Implications\n\nThe course proposed costs £12,000.\n",
        [("Do Nothing", "rejected", True), ("Transfer to a trust", "rejected", False),
         ("Demolition", "rejected", False)],
    ),
    "titles under a plain heading": (
        "Report of the Director\n\nOPTIONS\n\nDo nothing: the hall stays shut.\n\nDo minimum: mend the roof.\n\n"
        "Do something: refit and open the hall.\n",
        [("Do nothing", "considered", True), ("Do minimum", "considered", False),
         ("Do something", "considered", False)],
    ),
    "what a board may do": (
        "REPORT TO THE BOARD\n\n6. Options\n\n6.1 The Board may:\n\n6.1.1 Approve the strategy as drafted;\n\n"
        "6.1.2 Approve it with changes;\n\n6.1.3 Decline to approve it.\n\n7. Conclusion\n\nIt should be approved.\n",
        [("Approve the strategy", "considered", False), ("Approve it with changes", "considered", False),
         ("Decline to approve it", "considered", False)],
    ),
    "whether to do this or that": (
        "MINUTES of the Council\n\n9. Street lamps\n\nThe Council considered whether to (a) replace the "
        "lamps as they fail, (b) convert all lamps to LED with a loan, or (c) turn the lamps off at midnight. It was "
        "resolved to convert all lamps to LED.\n",
        [("replace the lamps", "rejected", False), ("convert all lamps", "preferred", False),
         ("turn the lamps off", "rejected", False)],
    ),
    "things to do, one a sentence": (
        "Decision details\n\nAlternative options considered:\n\nTo cut the award to 75%. To bring in bands. Both were "
        "rejected for what they would do to poorer homes.\n",
        [("To cut the award", "rejected", False), ("To bring in bands", "rejected", False)],
    ),
    "a second one with its verdict": (
        "Decision details\n\nAlternative options considered:\n\nLeasing the van was looked at but proved dearer. Do "
        "nothing was rejected as the van is worn out.\n",
        [("Leasing the van", "rejected", False), ("Do nothing was rejected", "rejected", True)],
    ),
    "labels that look like sections": (
        "Decision details\n\nAlternative Options Considered and Rejected\n\nOption 1 – Not to award: a duty.\n\n"
        "Option 2 – Award both lots to one firm: too risky.\n\nReasons for Decision\n\nThe offers were good.\n",
        [("Option 1", "rejected", False), ("Option 2", "rejected", False)],
    ),
    "proposals by number": (
        "MINUTES of the Committee\n\n15 Tractor\n\nCllr Hale had three: Proposal 1, to mend the tractor at £3,200; "
        "Proposal 2, to lease one at £410 a month; Proposal 3, to buy one.\n\nRESOLVED that Proposal 2 be accepted.\n",
        [("Proposal 1", "rejected", False), ("Proposal 2", "preferred", False), ("Proposal 3", "rejected", False)],
    ),
    "officers recommend this one": (
        "REPORT\n\n3. Options\n\nOption 1\n\nHold charges at their present level\n\nIncome would fall.\n\nOption 2\n\n"
        "Raise all charges\n\nOfficers recommend this option.\n\n4. Conclusion\n",
        [("Hold charges", "considered", True), ("Raise all charges", "preferred", False)],
    ),
    "the label in brackets, and 'Under Option 2'": (
        "MINUTES of the Authority\n\n5 Crews\n\nThe Director gave three options. No change (Option 1) would "
        "leave a gap. "
        "Under Option 2 both stations would close at night, saving £398,000. Under Option 3 only Marsh End would.\n\n"
        "Resolved: That Option 3 be approved.\n",
        [("No change (Option 1)", "rejected", True), ("Option 2 both stations", "rejected", False),
         ("Option 3 only Marsh End", "preferred", False)],
    ),
    "one told in passing": (
        "REPORT TO CABINET\n\n3. Options considered and recommended proposal\n\n3.1 A review is under way. "
        "To leave the "
        "bus budget as it stands was considered, but would hide what buses cost.\n\n4. Consultation\n\nNone.\n",
        [("To leave the bus budget as it stands", "considered", True)],
    ),
    "a verdict in the next sentence": (
        "REPORT\n\nOptions\n\nOption 1 – Close the depot.\n\nOption 2 – Share the depot.\n\nEvaluation\n\n"
        "8. Option 1 saves most, but crews drive further. It is not recommended.\n\n9. Option 2 is recommended.\n",
        [("Option 1", "rejected", False), ("Option 2", "preferred", False)],
    ),
    "the recommended one under the others": (
        "Decision details\n\nAlternative options considered:\n\nNot to increase fees. The recommended "
        "option is to raise "
        "them by CPI.\n",
        [("Not to increase fees.", "rejected", True), ("The recommended option", "preferred", False)],
    ),
    "none told behind a reason": (
        "Decision details\n\nAlternatives Considered and Rejected\n\nThe budget must balance. No other "
        "alternatives were "
        "considered.\n",
        [],
    ),
    "only named": (
        "Record of decision\n\nDecision:\n\nThat Option 3 be approved.\n\nReasons for the decision:\n\nFour "
        "Options - 1, "
        "2,3 and 4 were considered. Options 1,2 and 4 were rejected because they take longer.\n",
        [("Options 1,2 and 4", "rejected", False), ("Options 1,2 and 4", "rejected", False),
         ("That Option 3 be approved.", "preferred", False), ("Options 1,2 and 4", "rejected", False)],
    ),
    "a verdict that goes on about the sentence before": (
        "REPORT\n\n5. Alternative options considered\n\n5.1 Do nothing. The contracts would end.\n\n"
        "5.2 Let one contract to one firm. This was rejected as it would leave no fallback.\n\n6. Background\n",
        [("Do nothing.", "rejected", True), ("Let one contract", "rejected", False)],
    ),
    "ways with a long lead": (
        "MINUTES\n\n13. Grazing\n\nThree ways of managing the grassland there after September 2023 had been looked "
        "at:\n\n(a) taking it in hand. This was rejected;\n\n(b) a tenancy of ten years; and\n\n(c) yearly licences.\n",
        [("(a) taking it in hand", "rejected", False), ("(b) a tenancy", "considered", False),
         ("(c) yearly licences", "considered", False)],
    ),
    "what officers did not recommend": (
        "REPORT\n\nOptions\n\nOption 1 – Close the block. Officers did not recommend this.\n\nOption 2 – Keep it.\n",
        [("Option 1", "rejected", False), ("Option 2", "considered", False)],
    ),
    "an article is no letter": (
        "REPORT\n\n7. Alternative options\n\nThe Council could choose to make no scheme. This is not recommended.\n\n"
        "A banded scheme was modelled but was found to be unfair.\n\n8. Legal implications\n",
        [("The Council could choose", "rejected", False), ("A banded scheme", "rejected", False)],
    ),
    "what consideration was given to": (
        "REPORT TO CABINET\n\n3. Available Options Considered\n\n3.1 Consideration was given to a toll of 40p, which "
        "was dismissed as it would bring in little, and to a sale of the bridge, which was ruled out.\n\n"
        "4. Next steps\n\nThe bridge will be painted.\n",
        [("a toll of 40p", "rejected", False), ("a sale of the bridge", "rejected", False)],
    ),
    "as many sentences as were announced": (
        "REPORT TO THE MAYOR\n\n5. OPTIONS\n\n5.1 The Mayor considered three levels of mooring charge. A freeze at "
        "£9 would have closed the jetty. A rise of £2 would have kept it. The rise of £4 that is proposed mends it "
        "too.\n\n6. RESERVES\n\nThey stand at £2m.\n",
        [("A freeze at £9", "considered", True), ("A rise of £2", "considered", False),
         ("The rise of £4", "preferred", False)],
    ),
    "what one may do, behind a bare To": (
        "Decision details\n\nAlternative options considered:\n\nTo:\n\n(i) Make the order for Mill Lane as advertised."
        "\n\n(ii) Abandon the order.\n\nOther reasons / organisations consulted\n\n· The parish council\n",
        [("(i) Make the order", "rejected", False), ("(ii) Abandon the order", "rejected", False)],
    ),
    "labels behind which nothing stands": (
        "Decision details\n\nAlternative options considered:\n\nOption 1 -\n\nOption 2 -\n\n"
        "Contact: Ada Finch, Parks Officer Tel: 01632 960001\n",
        [],
    ),
    "nothing but a reference to the papers": (
        "Decision details\n\nReasons for decision – as specified in the report\n\nOther options considered – none, "
        "other than as in the report\n\nAlternative options considered:\n\nNone available as the lease was over.\n",
        [],
    ),
    "the reason under a heading with its article": (
        "Decision details\n\nAlternative options considered\n\nTo run the hall ourselves\n\nThe reason for the decision"
        "\n\nTo keep the hall open.\n",
        [("To run the hall", "rejected", False)],
    ),
    "a long one that opens as a thing to do, and one more in prose": (
        "Decision details\n\nAlternative options considered:\n\n2.1 To not procure the service. " + "This would leave "
        "people in Calderbrook without the help that the Council owes them by law. " * 6 + "\n\n2.2 To not procure it "
        "this year, which would delay the opening.\n",
        [("To not procure the service", "rejected", False), ("To not procure it this", "rejected", False)],
    ),
    "the one that was not turned down": (
        "MINUTES of the Authority\n\nITEM 7: GRAZING AT HIGH DOWN\n\n13. Three ways of managing the down had been "
        "looked at:\n\n(a) taking it in hand. This was rejected as there was no stock;\n\n(b) a farm tenancy of eight "
        "years; and\n\n(c) yearly licences, which were rejected as too short.\n\n14. RESOLVED: The Authority approved "
        "the grant of a farm tenancy.\n",
        [("(a) taking it in hand", "rejected", False), ("(b) a farm tenancy", "preferred", False),
         ("(c) yearly licences", "rejected", False)],
    ),
    "what to do instead is no preference for what was not viable": (
        "Decision details\n\nOptions/alternatives considered\n\nOption 1 - To stay with the firm\n\nThis option was "
        "not viable. The contract is over and it is recommended to test the trade.\n\nOption 2 - To tender\n\nThis "
        "was the preferred option.\n",
        [("Option 1 - To stay", "rejected", False), ("Option 2 - To tender", "preferred", False)],
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_alternatives(name: str, tmp_path: Path) -> None:
    text, expected = PAPERS[name]
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = [record for record in extract(outline_of(path)) if isinstance(record, Option)]
    read = [(one.text, one.status, one.do_nothing) for one in found]
    assert [(text[: len(told)], *rest) for (text, *rest), (told, *_) in zip(read, expected, strict=True)] == expected
    assert all(one.label is None or one.label.split()[0] in ("Option", "Proposal") for one in found)


def test_the_reason_may_stand_in_the_words_of_the_alternative(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "Record of decision\n\nAlternative options considered:\n\nOption 1 – a higher rise was weighed but "
        "rejected as it "
        "would drive small firms away.\n", encoding="utf-8",
    )
    [one] = [record for record in extract(outline_of(path)) if isinstance(record, Option)]
    assert one.reasons == "as it would drive small firms away."


def test_options_that_are_only_named_are_by_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "Minutes of the Cabinet\n\n6. Depot\n\nThe Cabinet resolved:\n\n(1) To look further at Option D\n\n"
        "(2) Resolved to discount options A and B\n\n(3) Indicated that Option C should be pursued\n", encoding="utf-8",
    )
    found = [record for record in extract(outline_of(path)) if isinstance(record, Option)]
    assert [(one.label, one.status) for one in found] == [
        ("Option A", "rejected"), ("Option B", "rejected"), ("Option C", "considered"), ("Option D", "considered"),
    ]


@pytest.mark.parametrize(("head", "subject"), [
    ("NETHERFIELD COUNTY BOROUGH COUNCIL\n\nREPORT TO CABINET\n\n15 JULY 2022\n\nREPORT OF THE DIRECTOR OF PLACE\n\n"
     "A.2 BEACH HUTS – REVIEW OF LICENCES\n\nPURPOSE OF THE REPORT\n\nTo agree the charges.",
     "BEACH HUTS – REVIEW OF LICENCES"),
    ("Decision details\n\nPurchase of vans\n\nDecision Maker: Cabinet", "Purchase of vans"),
    ("Decision Maker: Cabinet\n\nIs Key decision?: Yes\n\nDECLARATIONS OF INTEREST FOR THIS ITEM:\n\nNone", None),
])
def test_the_subject_is_what_the_head_of_the_paper_names(tmp_path: Path, head: str, subject: str | None) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"{head}\n\nAlternative options considered:\n\nDo nothing.\n", encoding="utf-8")
    assert [r.subject for r in extract(outline_of(path)) if isinstance(r, OptionsAppraisal)] == [subject]


def test_what_further_sentences_say_of_an_alternative_are_its_reasons(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "Decision details\n\nAlternative options considered:\n\nThe other option was not to sell the yard. This would "
        "leave the Council without the receipt.\n\nReport author: Ada Finch\n", encoding="utf-8",
    )
    [option] = [r for r in extract(outline_of(path)) if isinstance(r, Option)]
    assert option.reasons == "This would leave the Council without the receipt."


def test_a_paragraph_number_that_runs_on_behind_the_next_heading_is_no_label() -> None:
    blocks = [
        Block("heading", "Alternative options"),
        Block("list_item", "1. Cabinet could choose not to act.", label="1.", body_offset=3),
        Block("heading", "Key considerations"),
        Block("list_item", "2. The budget is £193m.", label="2.", body_offset=3),
    ]
    paper = Outline(compose(Document("0" * 64, "made.pdf", "application/pdf", blocks=blocks)), title="Budget")
    [option] = [r for r in extract(paper) if isinstance(r, Option)]
    assert (option.label, option.text) == (None, "Cabinet could choose not to act.")


@pytest.mark.parametrize(("decision", "fates"), [
    ("It was resolved to raise the fees by 4% from May.", ["rejected", "preferred", "rejected"]),
    ("It was resolved to raise the fees by 5% from May.", ["considered"] * 3),
    ("The motion to raise the fees by 4% was put and not carried.", ["considered"] * 3),
])
def test_the_decision_takes_the_alternative_whose_rate_it_repeats(
    tmp_path: Path, decision: str, fates: list[str]
) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(
        "ASHBOURNE VALE HARBOUR BOARD\n\nMinutes of the meeting held on 4 May 2021\n\n5. Slipway fees\n\n"
        "Three levels had been put to the users: a rise of 2%, which kept one warden; a rise of 4%, which kept both; "
        f"and a rise of 9%, with a new ramp. Members thanked the users.\n\n{decision}\n", encoding="utf-8",
    )
    assert [r.status for r in extract(outline_of(path)) if isinstance(r, Option)] == fates


def test_where_a_decision_notice_says_which_was_chosen_the_others_fell(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(
        "Decision details\n\nFuture of the ferry slip\n\nDecision Maker: Executive Member for Places\n\n"
        "Decision:\n\nThat the slip be leased.\n\nAlternative options considered:\n\n"
        "The following options were considered, with the sums set out in the report:\n\n"
        "Option 1: sell the slip. Two firms were approached.\n\n"
        "Option 2: lease the slip. This is the option that was chosen.\n\nDate of decision: 04/05/2021\n",
        encoding="utf-8",
    )
    assert [r.status for r in extract(outline_of(path)) if isinstance(r, Option)] == ["rejected", "preferred"]
