"""Private persons' details in a paper: home addresses, their own e-mail addresses and telephone numbers, signatures.

What is found here is masked in every record of the document (`linking.withholding`). Officers, councillors, members
of parliament, firms and press offices are reached where their papers say, and the site of an application is what the
paper is about: neither is private. The words that tell the one from the other are data, `rules/privacy.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.document import Outline
from pipeline.extractors.privacy.addresses import addresses
from pipeline.extractors.privacy.contacts import contacts
from pipeline.extractors.privacy.found import Found
from pipeline.extractors.privacy.signatures import signatures
from pipeline.records import PrivateDetail, identify


def extract(outline: Outline) -> list[PrivateDetail]:
    """Every private detail of the document, in reading order, none inside another."""
    document = outline.document
    persons = [*addresses(document), *signatures(document)]
    found = [*persons, *contacts(document.text, persons)]
    return [_record(outline, one) for one in _apart(found)]


def _apart(found: Iterable[Found]) -> list[Found]:
    """The finds in order; those that touch each other become one of the first's kind."""
    apart: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if apart and one.start < apart[-1].end:
            apart[-1] = replace(apart[-1], end=max(one.end, apart[-1].end))
        else:
            apart.append(one)
    return apart


def _record(outline: Outline, found: Found) -> PrivateDetail:
    document = outline.document
    return PrivateDetail(
        pii_id=identify("pii", outline.document_id, found.start, found.kind), document_id=outline.document_id,
        kind=found.kind, why=found.why, page=document.page_at(found.start), char_start=found.start,
        char_end=found.end, rule=found.rule, confidence=found.confidence,
    )
