"""Alternatives told in ways that no list of "Option 1, Option 2" has: by title, by sentence, by what a body may do."""

from pathlib import Path

import pytest

from pipeline.extractors.options import extract
from pipeline.reading import outline_of
from pipeline.records import Option

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
    "an article is no letter": (
        "REPORT\n\n7. Alternative options\n\nThe Council could choose to make no scheme. This is not recommended.\n\n"
        "A banded scheme was modelled but was found to be unfair.\n\n8. Legal implications\n",
        [("The Council could choose", "rejected", False), ("A banded scheme", "rejected", False)],
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
