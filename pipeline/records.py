"""What we read out of papers: one pydantic record per table that people query; `bookkeeping` has the others.

Everything that describes a table (DDL, column comments, JSON Schema, the data dictionary) is derived
from these classes, so that none of it can drift: a field's annotation is its SQL type, its description
is the column's comment, its example is shown in the dictionary. Names and meanings are a contract with
saved queries: add fields freely, rename none without a migration.

Money is pounds sterling with two decimals. Dates are dates of the Gregorian calendar. What a document
does not say is None, never a guess.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

DocumentKind = Literal["minutes", "agenda", "report", "decision_notice", "pack", "other"]
PartKind = Literal["agenda", "minutes", "report", "appendix", "decision_notice", "other"]
CouncilKind = Literal[
    "london_borough", "metropolitan", "county", "district", "unitary", "combined_authority",
    "parish", "integrated_care_board", "other",
]
Presence = Literal["present", "apologies", "absent", "in_attendance"]
ResolutionStatus = Literal["decided", "proposed"]
ResolutionKind = Literal[
    "resolved", "recommended", "agreed", "approved", "noted", "decided", "ordered", "refused", "deferred",
    "lost", "moved", "other",
]
Action = Literal[
    "approve", "agree", "note", "appoint", "confirm_minutes", "adopt", "amend", "allocate", "award",
    "authorise", "delegate", "refer", "recommend", "request", "receive", "defer", "reject",
    "exclude_public", "thank", "consider", "other",
]
Unit = Literal["GBP", "percent"]
Qualifier = Literal["about", "up_to", "at_least", "over", "under", "between"]
Measure = Literal[
    "budget", "contribution", "expenditure", "income", "funding", "saving", "overspend", "underspend",
    "variance", "cost", "rate", "contract", "transfer", "reserve", "debt", "fine", "value", "share", "other",
]
Basis = Literal["gross", "net"]
Per = Literal["year", "month", "week", "day", "hour", "unit"]
FundKind = Literal["pooled", "aligned"]
OptionStatus = Literal["preferred", "rejected", "considered"]
Verdict = Literal["accepted", "corrected"]
PrivateKind = Literal["home_address", "personal_email", "personal_telephone", "signature"]
OutcomeKind = Literal["adopted", "amended", "rejected", "deferred"]
OutcomeRelation = Literal["report", "motion", "referral"]
LinkBasis = Literal["stated", "inferred"]


def identify(kind: str, *parts: object) -> str:
    """A stable id: `kind` and 16 hex digits of a hash over `parts`.

    The same content at the same place has the same id in every run, so that ingesting twice changes
    nothing and a citation stays good.
    """
    digest = hashlib.sha256("\x1f".join(["" if p is None else str(p) for p in parts]).encode()).hexdigest()
    return f"{kind}-{digest[:16]}"


class Record(BaseModel):
    """A row. Subclasses name their table and its key."""

    model_config = ConfigDict(extra="forbid")
    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


class Evidence(Record):
    """A row read out of a document: where its words stand and which rule read them."""

    page: int | None = Field(None, description="Page on which it begins, from 1; NULL for formats without pages.")
    char_start: int = Field(description="Offset of its first character in the document's text (pages.text in order).")
    char_end: int = Field(description="Offset after its last character in the document's text.")
    rule: str = Field(description="The rule or model that produced it.", examples=["decision.resolved"])
    confidence: float = Field(
        1.0, ge=0, le=1, description="Chance that it is right, 0 to 1; what is below 0.9 is for `minutebook review`.",
    )
    reviewed: Verdict | None = Field(
        None, description="What a person found: accepted or corrected. NULL: no person has looked at it."
    )


class Council(Record):
    """An authority."""

    table = "councils"
    key = ("council_id",)
    council_id: str = Field(description="GSS code where one exists.", examples=["E08000004"])
    name: str = Field(description="Short name.", examples=["Oldham"])
    official_name: str | None = Field(None, description="Full name.", examples=["Oldham Metropolitan Borough Council"])
    kind: CouncilKind = Field(description="Kind of authority.")
    nation: str | None = Field(None, description="England, Wales, Scotland or Northern Ireland.")
    valid_from: date | None = Field(None, description="First day of the authority.")
    valid_to: date | None = Field(None, description="Last day of the authority; NULL while it exists.")
    successor_id: str | None = Field(None, description="The authority that took over, where there is one.")
    website: str | None = Field(None, description="Address of its website.")
    democracy_url: str | None = Field(None, description="Address of its meetings site.")
    platform: str | None = Field(None, description="Software of its meetings site: moderngov, cmis, …")


class DocumentRow(Record):
    """One file's bytes."""

    table = "documents"
    key = ("document_id",)
    document_id: str = Field(description="Derived from the SHA-256 of the bytes.")
    sha256: str = Field(description="SHA-256 of the bytes, hexadecimal.")
    path: str = Field(description="Where the file was read from; the first path where the same bytes lie twice.")
    source_url: str | None = Field(None, description="Web address it was fetched from, where known.")
    media_type: str = Field(description="What its content is, whatever its name says.", examples=["application/pdf"])
    kind: DocumentKind = Field(description="minutes, agenda, report, decision_notice, pack or other.")
    title: str | None = Field(None, description="Title as printed.")
    reference: str | None = Field(None, description="The authority's reference number for it.", examples=["24/00093"])
    council_id: str | None = Field(None, description="The authority it belongs to.")
    meeting_id: str | None = Field(None, description="The meeting it belongs to.")
    page_count: int | None = Field(None, description="Pages; NULL for formats without pages.")
    ocr_pages: int = Field(0, description="Pages whose text came from optical character recognition.")
    text_quality: float | None = Field(None, description="Share of its words that look like words, 0 to 1.")
    published_on: date | None = Field(None, description="Day of publication, where the document says it.")
    fetched_at: datetime | None = Field(None, description="When it was fetched, where it was.")
    ingested_at: datetime | None = Field(None, description="When it was read.")
    draft: bool = Field(False, description="Whether it says that it is a draft, or still to be confirmed.")
    supersedes: str | None = Field(
        None, description="The earlier print of the same text that this one replaces: inferred. Views leave that out."
    )


class DocumentPart(Record):
    """A document bound into another: the front sheet of an agenda's pack, minutes of an earlier meeting, a report."""

    table = "document_parts"
    key = ("part_id",)
    part_id: str = Field(description="Stable id.")
    document_id: str = Field(description="The document that binds it in.")
    position: int = Field(description="Its place among the parts, from 1.")
    kind: PartKind = Field(description="agenda, minutes, report, appendix, decision_notice or other.")
    title: str | None = Field(None, description="Title as printed.")
    item_id: str | None = Field(None, description="The agenda item it belongs to.")
    body: str | None = Field(None, description="Of bound-in minutes: the body that met.")
    held_on: date | None = Field(None, description="Of bound-in minutes: the day of that meeting.")
    meeting_id: str | None = Field(
        None, description="Of bound-in minutes: their own meeting, in `meetings` where another document is of it."
    )
    page_first: int | None = Field(None, description="Its first page; NULL for formats without pages.")
    page_last: int | None = Field(None, description="Its last page.")
    char_start: int = Field(description="Offset of its first character in the document's text.")
    char_end: int = Field(description="Offset after its last character.")
    same_as: str | None = Field(
        None, description="A document that says all that the part says: inferred. Views count that one alone."
    )
    rule: str = Field(description="The mark that told where it begins.", examples=["part.agenda_item"])
    confidence: float = Field(1.0, ge=0, le=1, description="How sure that is, 0 to 1.")


class PageRow(Record):
    """A page, or the whole of a document without pages."""

    table = "pages"
    key = ("document_id", "page")
    document_id: str = Field(description="Its document.")
    page: int | None = Field(None, description="Number from 1; NULL for formats without pages.")
    width: float | None = Field(None, description="Width in points.")
    height: float | None = Field(None, description="Height in points.")
    text: str = Field(description="The page as read aloud: running heads gone, hyphens healed.")
    char_start: int = Field(description="Offset of its text in the document's text.")
    method: Literal["text", "ocr"] = Field("text", description="Where the words came from.")
    turn: int = Field(0, description="Degrees clockwise by which it was turned to be read, as its boxes are.")


class Meeting(Record):
    """A body's meeting."""

    table = "meetings"
    key = ("meeting_id",)
    meeting_id: str = Field(description="Derived from council, body and date.")
    council_id: str | None = Field(None, description="The authority whose body meets.")
    body: str | None = Field(None, description="The committee, board or cabinet, without the authority's name.")
    held_on: date | None = Field(None, description="Day of the meeting, as the document states it.")
    starts_at: time | None = Field(None, description="Time at which it starts.")
    venue: str | None = Field(None, description="Where it meets.")


class MeetingStatement(Meeting):
    """What one document says of its meeting; `meetings` holds what the documents of a meeting say together."""

    table = "meeting_statements"
    key = ("document_id",)
    document_id: str = Field(description="The document that says so.")


class Attendance(Evidence):
    """A person at a meeting, or sending apologies."""

    table = "attendances"
    key = ("attendance_id",)
    attendance_id: str = Field(description="Derived from document and place.")
    meeting_id: str | None = Field(None, description="The meeting.")
    document_id: str = Field(description="The document that says so.")
    name: str = Field(description="Name as printed, without role.", examples=["Councillor A. Marsh"])
    role: str | None = Field(None, description="Role at the meeting or in the organisation.", examples=["Chair"])
    organisation: str | None = Field(None, description="Whom the person stands for, where told.")
    presence: Presence = Field(description="present, apologies, absent or in_attendance.")


class AgendaItem(Evidence):
    """A numbered item of business."""

    table = "agenda_items"
    key = ("item_id",)
    item_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    meeting_id: str | None = Field(None, description="Its meeting.")
    position: int = Field(description="Order in the document, from 1.")
    number: str | None = Field(None, description="As printed, without a final dot.", examples=["12", "7.1", "24/13"])
    title: str = Field(description="As printed.")
    reference: str | None = Field(None, description="Report or decision reference printed with it.")
    truncated: bool = Field(False, description="The page cuts this item's minutes; what was cut is not here.")


class Resolution(Evidence):
    """A thing decided, or proposed for decision."""

    table = "resolutions"
    key = ("resolution_id",)
    resolution_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    meeting_id: str | None = Field(None, description="Its meeting.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    position: int = Field(description="Order in the document, from 1.")
    status: ResolutionStatus = Field(description="decided (minutes, notices) or proposed (reports, agendas, motions).")
    kind: ResolutionKind = Field(description="The word that marks it.")
    decided_by: str | None = Field(None, description="Who decides, where the text names another than the meeting body.")
    addressed_to: str | None = Field(None, description="The body to which a recommendation is addressed.")
    text: str = Field(description="The decision, verbatim, marker left out, through its last limb.")
    mover: str | None = Field(None, description="Who moved it, as printed.")
    seconder: str | None = Field(None, description="Who seconded it, as printed.")
    vote_for: int | None = Field(None, description="Votes for.")
    vote_against: int | None = Field(None, description="Votes against.")
    vote_abstain: int | None = Field(None, description="Abstentions.")
    unanimous: bool | None = Field(None, description="True where the text says that nobody dissented.")
    reasons: str | None = Field(None, description="The reasons given for it, verbatim.")


class ResolutionClause(Evidence):
    """One limb of a resolution."""

    table = "resolution_clauses"
    key = ("resolution_id", "position")
    resolution_id: str = Field(description="Its resolution.")
    position: int = Field(description="Order, from 1.")
    label: str | None = Field(None, description="As printed.", examples=["(a)"])
    text: str = Field(description="The limb, verbatim, label left out.")
    action: Action = Field(description="What its first verb does.")
    delegated_to: str | None = Field(None, description="To whom power is delegated, as printed.")
    due_raw: str | None = Field(None, description="Words that set when something must come back or be done.")
    due_on: date | None = Field(None, description="That day, where the words and the meeting's date give one.")


class Outcome(Record):
    """What a proposal became: the decision that was taken on it."""

    table = "outcomes"
    key = ("outcome_id",)
    outcome_id: str = Field(description="Derived from both resolutions.")
    proposal_id: str = Field(description="The resolution that proposes: a recommendation or a motion.")
    decision_id: str = Field(description="The resolution that decides on it.")
    relation: OutcomeRelation = Field(
        description="Who proposed: a report, a motion, or another body that refers the matter (referral)."
    )
    outcome: OutcomeKind = Field(description="adopted as proposed, amended, rejected or deferred.")
    basis: LinkBasis = Field(description="stated where the decision or a reference names the proposal, else inferred.")
    alike: float | None = Field(None, description="Share of words that both have; NULL if the decision only refers.")
    changes: str | None = Field(
        None, description="If amended, the decision with {+words that were put in+} and [-words that were taken out-]."
    )
    rule: str = Field(description="What linked them.", examples=["outcome.same_words"])
    confidence: float = Field(ge=0, le=1, description="How sure the link is, 0 to 1.")


class Return(Record):
    """A later item of business that brought back what a limb of a decision asked for."""

    table = "returns"
    key = ("return_id",)
    return_id: str = Field(description="Derived from limb and item.")
    resolution_id: str = Field(description="The decision that asked for it.")
    position: int = Field(description="The limb that asked for it.")
    item_id: str = Field(description="The item that brought it back.")
    basis: LinkBasis = Field(description="stated where the later item names the earlier meeting, else inferred.")
    rule: str = Field(description="What linked them.", examples=["return.same_title"])
    confidence: float = Field(ge=0, le=1, description="How sure the link is, 0 to 1.")


class BudgetFigure(Evidence):
    """An amount of money, or a share of money."""

    table = "budget_figures"
    key = ("figure_id",)
    figure_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    raw: str = Field(description="As printed.", examples=["£21.3m", "(1,204)"])
    amount: Decimal = Field(
        max_digits=18, decimal_places=2,
        description="Pounds (or per cent), units of sentence or table applied, brackets negative; a range's low end.",
    )
    amount_high: Decimal | None = Field(None, max_digits=18, decimal_places=2, description="High end of a range.")
    unit: Unit = Field("GBP", description="GBP, or percent for a share of money.")
    qualifier: Qualifier | None = Field(None, description="about, up_to, at_least, over, under, between.")
    measure: Measure = Field(description="What it measures.")
    basis: Basis | None = Field(None, description="gross or net, where a word says so.")
    per: Per | None = Field(None, description="Period or unit of a rate.")
    financial_year: str | None = Field(None, description="Financial year it belongs to.", examples=["2019/20"])
    organisation: str | None = Field(None, description="Who pays or holds it, as printed nearby.")
    fund: str | None = Field(None, description="Which fund or budget, as printed nearby.")
    service: str | None = Field(None, description="What it is for, as printed nearby.")
    service_id: str | None = Field(None, description="That service in the taxonomy.")
    table_id: str | None = Field(None, description="The table that holds it.")
    row_label: str | None = Field(None, description="Label of its row.")
    column_label: str | None = Field(None, description="Label of its column, spanning headings first.")
    footnote: str | None = Field(None, description="The footnote to which its mark points.")
    is_total: bool = Field(False, description="Whether it is a total or subtotal.")


class BudgetTable(Evidence):
    """A table of money; one row however many pages it covers."""

    table = "budget_tables"
    key = ("table_id",)
    table_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    title: str | None = Field(None, description="Caption or heading.")
    unit_heading: str | None = Field(None, description="Unit as printed.", examples=["£000s"])
    financial_year: str | None = Field(None, description="Year of the whole table, where one is given.")


class Reconciliation(Evidence):
    """A sum that a document implies, worked again."""

    table = "reconciliations"
    key = ("reconciliation_id",)
    reconciliation_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    table_id: str | None = Field(None, description="The table whose sum it is.")
    what: str = Field(description="Which sum.", examples=["row County Council: 78 + 21 = 99"])
    stated: Decimal = Field(max_digits=18, decimal_places=2, description="The total as printed, in pounds or per cent.")
    computed: Decimal = Field(max_digits=18, decimal_places=2, description="The total of the parts.")
    holds: bool = Field(description="Whether they agree within the rounding of the printed parts.")


class Fund(Evidence):
    """A pooled or aligned fund."""

    table = "funds"
    key = ("fund_id",)
    fund_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    name: str = Field(description="As printed.", examples=["Community Equipment budget"])
    kind: FundKind = Field(description="pooled or aligned.")
    host: str | None = Field(None, description="Who hosts it, as printed.")
    partners: str | None = Field(None, description="Its partners, as printed, separated by semicolons.")


class Service(Record):
    """An entry of the taxonomy of services in rules/."""

    table = "services"
    key = ("service_id",)
    service_id: str = Field(description="Stable slug.", examples=["home-care"])
    name: str = Field(description="Plain name.", examples=["home care"])
    parent_id: str | None = Field(None, description="The entry above.")
    client_group: str | None = Field(None, description="For whom it is.", examples=["older people"])


class ServiceMention(Evidence):
    """A service named in a document."""

    table = "service_mentions"
    key = ("mention_id",)
    mention_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    service_id: str | None = Field(None, description="Entry of the taxonomy; NULL for a service that it lacks.")
    raw: str = Field(description="As printed.")
    provider: str | None = Field(None, description="Who provides it, where the text names one.")
    commissioner: str | None = Field(None, description="Who commissions it, where the text names one.")
    starts_on: date | None = Field(None, description="Start of the contract or service, where told.")
    ends_on: date | None = Field(None, description="End of the contract or service, where told.")


class OptionsAppraisal(Evidence):
    """A set of weighed alternatives."""

    table = "options_appraisals"
    key = ("appraisal_id",)
    appraisal_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    subject: str | None = Field(None, description="What the options are about, as printed.")


class Option(Evidence):
    """One alternative."""

    table = "options"
    key = ("option_id",)
    option_id: str = Field(description="Derived from document and place.")
    appraisal_id: str = Field(description="Its appraisal.")
    position: int = Field(description="Order within the appraisal, from 1.")
    label: str | None = Field(None, description="As printed; a bare number or letter becomes Option N.")
    text: str = Field(description="The alternative, verbatim, with its label where that is printed right before it.")
    status: OptionStatus | None = Field(None, description="preferred, rejected or considered; NULL where unclear.")
    do_nothing: bool = Field(False, description="Whether it means no change of any kind.")
    reasons: str | None = Field(None, description="Reasons given for or against it, verbatim.")


class LegalReference(Evidence):
    """An Act, regulation or case that is cited."""

    table = "legal_references"
    key = ("reference_id",)
    reference_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    raw: str = Field(description="As printed.")
    act: str | None = Field(None, description="Title of the Act, regulations or case.", examples=["Care Act"])
    section: str | None = Field(None, description="Section, schedule or regulation.", examples=["75"])
    year: int | None = Field(None, description="Year of the Act, regulations or judgment.")


class Milestone(Evidence):
    """A dated event that a document announces."""

    table = "milestones"
    key = ("milestone_id",)
    milestone_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    item_id: str | None = Field(None, description="The agenda item under which it stands.")
    what: str = Field(description="What happens, verbatim.")
    raw: str = Field(description="The words that date it.", examples=["in September 2018"])
    starts_on: date | None = Field(None, description="First day that the words allow.")
    ends_on: date | None = Field(None, description="Last day that the words allow.")
    service_id: str | None = Field(None, description="The service it concerns, in the taxonomy.")


class PrivateDetail(Evidence):
    """A private person's home address, e-mail address, telephone number or signature, masked wherever it stood."""

    table = "pii"
    key = ("pii_id",)
    pii_id: str = Field(description="Derived from document and place.")
    document_id: str = Field(description="Its document.")
    kind: PrivateKind = Field(description="home_address, personal_email, personal_telephone or signature.")
    masked: str = Field("", description="As it stands in every table, a block for each letter.", examples=["██ ████"])
    why: str = Field(description="What tells that it is a private person's.")


class EvidenceBox(Record):
    """A box on a page around words of a record."""

    table = "evidence"
    key = ("record_id", "page", "top", "x0")
    record_id: str = Field(description="Id of the record, of whatever table.")
    document_id: str = Field(description="Its document.")
    page: int = Field(description="Page, from 1.")
    x0: float = Field(description="Left edge, points from the page's left.")
    top: float = Field(description="Top edge, points from the page's top.")
    x1: float = Field(description="Right edge, points.")
    bottom: float = Field(description="Bottom edge, points.")


def record_id(record: Record) -> str:
    """The id that evidence rows name: the key's values joined (a clause has `resolution_id/position`)."""
    return "/".join([str(getattr(record, name)) for name in record.key])
