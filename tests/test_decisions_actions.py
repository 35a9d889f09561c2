"""What a clause does: the verbs with which councils of all kinds begin or end a clause, and what each counts as."""

from __future__ import annotations

import pytest

from pipeline.extractors.decisions.actions import action_of

CLAUSES = {
    "approve": [
        "That planning permission be granted subject to conditions",
        "That the licence be granted",
        "That the Traffic Regulation Order be made as advertised",
        "That the Tree Preservation Order be confirmed",
        "Approval to vary the contract by £6,000",
        "Gave approval for officers to seek grants",
        "To ratify the payments made in May",
        "That the strategy be endorsed",
        "To accept the lower quote",
        "To accept reasons for absence",
        "to homologate the action of the Chief Officer",
        "That a grant of £75 be made to the Club",
        "APPROVED the use of the remaining £2,000",
        "Consent to the assignment of the lease be granted",
    ],
    "agree": ["Agree the fees for 2025-26", "to accede to the request", "That the request of the band be granted"],
    "note": [
        "That it be noted that bats roost in the wall",
        "That no further action be taken",
        "That the letter be placed on file",
        "Noted the results",
        "That the overall report and the Council Fund sum be noted",
    ],
    "appoint": [
        "That Councillor Hale be elected Chairman",
        "Mrs Hale be co-opted",
        "To nominate Cllr Brook to the trust",
        "That the Board Review panel be appointed",
    ],
    "award": [
        "To accept the quotation of Calder Mowing",
        "That the tender of Hale Plant be accepted",
        "Award a contract",
    ],
    "authorise": [
        "That the Clerk buy new chains",
        "Authority to enter into the agreement",
        "That authority be given to proceed",
        "To allow the tenant to build a greenhouse",
        "Permit the use of the hall",
    ],
    "delegate": [
        "that the detail be determined by the Director, in consultation with the Cabinet Member",
        "That authority to let the contract be delegated to the Head of Roads",
        "DELEGATED authority to the Director",
    ],
    "refer": [
        "That the report go forward to Council so that it may be approved",
        "That the comments be forwarded to the Cabinet",
        "to remit the matter to the Planning Committee",
    ],
    "request": [
        "That the Director of Place submit a report in July",
        "The Clerk to reply",
        "That a half-year report be made to the Council",
        "to instruct the Chief Officer to report back",
        "That Cllr Hale write to the owner",
        "That the owner be contacted to mend the wall",
    ],
    "defer": [
        "That the report lie on the table",
        "That the scheme be put on hold",
        "To carry forward the item",
        "That the matter be considered at the next meeting",
        "That consideration be continued",
    ],
    "reject": [
        "That the objections be overruled",
        "Resolved to discount options A and B",
        "That planning permission be refused",
        "not to support the request",
    ],
    "confirm_minutes": [
        "That the minutes of 5 May be taken as read and signed as correct",
        "to accept the notes as a correct record and sign them as minutes",
    ],
    "thank": [
        "That the members of the group be thanked",
        "to congratulate the band",
        "That thanks be sent to the Scouts",
    ],
    "other": [
        "To set a precept of £14,250",
        "To sell the mill, if the valuation is approved",
        "That the account be paid",
        "To waive the fee",
        "That the reserve be increased",
        "To object on the ground of noise",
        "Declared the land surplus to requirements",
    ],
    "exclude_public": ["That the press and public be excluded"],
    "receive": ["That the report be received"],
    "adopt": ["That the Local Plan be adopted"],
    "amend": ["That the scheme be amended", "To rescind minute 12"],
}


@pytest.mark.parametrize(
    ("clause", "action"), [(clause, action) for action, clauses in CLAUSES.items() for clause in clauses]
)
def test_action(clause: str, action: str) -> None:
    assert action_of(clause) == action


def test_a_deed_without_an_action_is_other_whatever_the_marker() -> None:
    assert action_of("to issue directions to both bodies", marker="agreed") == "other"
    assert action_of("that the rent rise in May", marker="agreed") == "other"
    assert action_of("that the loss be met from reserves", marker="agreed") == "other"
    assert action_of("that this would be the best way", marker="agreed") == "agree"
    assert action_of("to move the gilts to other stock", marker="resolved") == "other"
