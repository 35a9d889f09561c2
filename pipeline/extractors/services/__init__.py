"""Services named in a document, with who provides and who commissions them.

A service is told by the wordings of the taxonomy (`rules/services.yaml`) or by its form, "X service"
(`rules/service_wording.yaml`). Every occurrence is a mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.document import Outline
from pipeline.extractors.services.matching import named
from pipeline.extractors.services.of_bodies import of_bodies
from pipeline.extractors.services.open_form import open_forms
from pipeline.extractors.services.parties import terms
from pipeline.extractors.services.plain import plain
from pipeline.extractors.services.taxonomy import taxonomy
from pipeline.records import ServiceMention, identify

__all__ = ["ServiceMatch", "extract", "find_services", "taxonomy"]

TAXONOMY_RULE, OPEN_RULE, BODY_RULE = "service.taxonomy", "service.open_form", "service.body"
CONFIDENCE = {TAXONOMY_RULE: 0.9, OPEN_RULE: 0.6, BODY_RULE: 0.5}


@dataclass(frozen=True, slots=True)
class ServiceMatch:
    """A service named in a text: `raw` is `text[start:end]`; `name` is the taxonomy's."""

    start: int
    end: int
    raw: str
    service_id: str | None
    name: str | None
    provider: str | None = None
    commissioner: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def rule(self) -> str:
        """The rule that found it."""
        return TAXONOMY_RULE if self.service_id else OPEN_RULE


def find_services(text: str) -> list[ServiceMatch]:
    """Every service named in `text`, in order of place. No name goes on over a blank line or a tab."""
    form = plain(text)
    known = named(form.text)
    found = sorted(known + open_forms(form.text, known), key=lambda service: service.start)
    entries = taxonomy()
    matches = []
    for service, told in zip(found, terms(form, found), strict=True):
        start, end = form.start(service.start), form.end(service.end)
        matches.append(ServiceMatch(
            start, end, text[start:end], service.service_id,
            entries[service.service_id].name if service.service_id else None,
            told.provider, told.commissioner, told.starts_on, told.ends_on,
        ))
    return matches


def extract(outline: Outline) -> list[ServiceMention]:
    """The services that a document names. A name never goes on from one block or cell into the next."""
    document = outline.document
    found = [(match, match.rule) for match in find_services(document.text.replace("\n", "\t"))]
    taken = {offset for match, _ in found for offset in range(match.start, match.end)}
    entries = taxonomy()
    for service in of_bodies(outline):
        if service.start not in taken and service.service_id is not None:
            taken.update(range(service.start, service.end))
            raw, name = document.text[service.start:service.end], entries[service.service_id].name
            found.append((ServiceMatch(service.start, service.end, raw, service.service_id, name), BODY_RULE))
    return [
        ServiceMention(
            mention_id=identify("mention", document.document_id, match.start, match.raw),
            document_id=document.document_id, item_id=outline.item_id_at(match.start), service_id=match.service_id,
            raw=match.raw, provider=match.provider, commissioner=match.commissioner, starts_on=match.starts_on,
            ends_on=match.ends_on, page=document.page_at(match.start), char_start=match.start, char_end=match.end,
            rule=rule, confidence=CONFIDENCE[rule],
        )
        for match, rule in sorted(found, key=lambda one: one[0].start)
    ]
