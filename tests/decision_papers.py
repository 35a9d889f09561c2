"""Papers in small, and how their decisions read: what the tests of decisions share."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document import Document, DocumentKind, Outline
from pipeline.extractors.decisions import extract
from pipeline.ingesters.text import read_text
from pipeline.layout import lay_out
from pipeline.records import Record, Resolution, ResolutionClause
from pipeline.structure import outline

HEAD = "NETHERFIELD DISTRICT COUNCIL\n\nMinutes of the meeting of the {body} held on 3 May 2022\n\n"
PAGE = (
    "Decision details\n\nFlood wall at Mill Lane\n\nDecision Maker: Cabinet Member for Roads\n\n"
    "Decision status: {status}\n\nDecision:\n\n"
)
TAIL = "\n\nReport author: J Hale\n\nPublication date: 05/05/2022\n\nDate of decision: 03/05/2022\n"


@dataclass
class Read:
    """A decision with its clauses, as tests look at it."""

    resolution: Resolution
    clauses: list[ResolutionClause]

    @property
    def actions(self) -> list[str]:
        return [clause.action for clause in self.clauses]

    @property
    def labels(self) -> list[str | None]:
        return [clause.label for clause in self.clauses]

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        return self.resolution.vote_for, self.resolution.vote_against, self.resolution.vote_abstain


def outlined(text: str, kind: DocumentKind | None = None) -> Outline:
    document = lay_out(read_text(Document("0" * 64, "paper.txt", "text/plain"), text.encode()))
    found = outline(document)
    if kind is not None:
        found.kind = kind
    return found


def grouped(records: list[Record], text: str) -> list[Read]:
    reads: list[Read] = []
    for record in records:
        if isinstance(record, Resolution):
            assert text[record.char_start : record.char_end] == record.text
            reads.append(Read(record, []))
        elif isinstance(record, ResolutionClause):
            assert text[record.char_start : record.char_end] == record.text
            reads[-1].clauses.append(record)
    return reads


def minutes(body: str, committee: str = "Planning Committee") -> list[Read]:
    items = (
        "5. Apologies for absence\n\nNone.\n\n6. Declarations of interest\n\nNone.\n\n7. Flood wall at Mill Lane\n\n"
    )
    found = outlined(HEAD.format(body=committee) + items + body, "minutes")
    return grouped(extract(found), found.document.text)


def page(body: str, status: str = "Recommendations Approved") -> list[Read]:
    found = outlined(PAGE.format(status=status) + body + TAIL, "decision_notice")
    return grouped(extract(found), found.document.text)


def report(body: str) -> list[Read]:
    found = outlined(
        "NETHERFIELD DISTRICT COUNCIL\n\nReport to: Cabinet\n\nDate: 3 May 2022\n\nFlood wall\n\n" + body, "report"
    )
    return grouped(extract(found), found.document.text)


def only(reads: list[Read]) -> Read:
    assert len(reads) == 1, [(r.resolution.rule, r.resolution.text) for r in reads]
    return reads[0]
