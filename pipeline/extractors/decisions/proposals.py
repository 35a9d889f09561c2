"""Reads what a report or an agenda asks a body to decide, and motions on notice."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.decisions.actions import acts_early, opens_with_verb
from pipeline.extractors.decisions.deciders import named_decider
from pipeline.extractors.decisions.draft import Draft, Extent
from pipeline.extractors.decisions.grammar import Rule, likely
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.paragraph_ends import CLAUSE_START, sentences
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import NAME
from pipeline.extractors.decisions.places import heading_of

MOVER = re.compile(rf"^(?:Proposed\s+by|Moved\s+by|Proposer|Mover)\s*:?\s*(?P<name>{NAME})?\s*$")
SECONDER = re.compile(rf"^(?:Seconded\s+by|Seconder)\s*:?\s*(?P<name>{NAME})?\s*$")
FOR_BODY = re.compile(r"^For\s+(?P<by>[A-Z][\w’' ]{2,50}?)\s+to\s+(?=[a-z])")
TO_BODY = re.compile(r"To\s+(?:the\s+)?[A-Z][\w ]{2,40}:\s*-?")
"""To whom the list below is addressed."""
REACH = 260
"""Characters within which a text says that something is asked."""
RECOMMENDS = re.compile(
    r"That\s+(?:the\s+)?[\w ]{3,40}?\s+recommends?\s+to\s+(?:the\s+)?(?P<to>[A-Z][\w ]{2,40}?)(?:\s+that)?\s*[:–—-]+\s*"
)
LEAD = re.compile(r"That\s+[^.;]{2,90}[:–—]\s*-?\s*$")


class ProposalReader:
    """Walks the passages of a report, an agenda or a pack."""

    def __init__(self, outline: Outline, passages: list[Passage]) -> None:
        self.outline = outline
        self.passages = passages
        self.gatherer = Gatherer(passages, self._begins_another)
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """Every recommendation, in order. Where no part is headed so, sentences that ask for a decision count."""
        self.read_headed_parts()
        self._sentences(all_rules=not self.drafts)
        return sorted(self.drafts, key=lambda d: d.extent.start)

    def read_headed_parts(self) -> list[Draft]:
        """The recommendations under headings that say so: all that a page of unknown kind may have."""
        index = 0
        while index < len(self.passages):
            passage = self.passages[index]
            heading = heading_of(passage.body)
            if (
                heading is not None
                and heading[0].get("place") == "recommendation"
                and passage.place == "recommendation"
                and not (passage.label is not None and passage.label.bullet)
            ):
                index = self._part(index, heading[1])
            else:
                index += 1
        return self.drafts

    def _part(self, index: int, skip: int) -> int:
        """Read a headed part; the index of the passage after it."""
        heading = self.passages[index]
        rest = heading.body[skip:]
        if rest.strip():
            reached = self._asked(heading, skip) or self._bare_rest(heading, skip)
            if reached is None:
                return index + 1
            index = reached.last
        index += 1
        found_any = bool(rest.strip())
        while index < len(self.passages) and self._within(heading, self.passages[index]):
            passage = self.passages[index]
            reached = self._asked(passage, 0)
            if reached is None and not found_any:
                reached = self._listed(passage)
            found_any = found_any or reached is not None
            index = max(index + 1, (reached.last + 1) if reached else 0)
        return index

    def _within(self, heading: Passage, passage: Passage) -> bool:
        if passage.place != "recommendation" or passage.item != heading.item:
            return False
        heads = (
            passage.heading
            and len(passage.body) < 60
            and not opens_with_verb(passage.body)
            and _proposal(passage.body) is None
        )
        return heading_of(passage.body) is None and not heads

    def _asked(self, passage: Passage, skip: int) -> Extent | None:
        """A passage that names who is asked to do what."""
        body = passage.body[skip:]
        found = _proposal(body)
        if found is None:
            return None
        rule, match = found
        extent = self.gatherer.from_marker(passage.index, passage.body_start + skip + match.end(), whole=True)
        if extent is None:
            return None
        groups = match.groupdict()
        self._keep(extent, passage, rule, groups.get("by"), groups.get("to"), 0.95)
        return extent

    def _bare_rest(self, passage: Passage, skip: int) -> Extent | None:
        extent = self.gatherer.from_marker(passage.index, passage.body_start + skip, whole=True)
        if extent is not None:
            self._keep(extent, passage, None, None, None, 0.85)
        return extent

    def _listed(self, passage: Passage) -> Extent | None:
        """A list of recommendations without words of introduction."""
        if (passage.in_table and passage.label is None) or TO_BODY.fullmatch(passage.body):
            return None
        named = FOR_BODY.match(passage.body)
        fits = (
            CLAUSE_START.match(passage.body)
            or opens_with_verb(passage.body)
            or named
            or (passage.label is not None and not passage.label.bullet and acts_early(passage.body))
        )
        if not fits or len(passage.body) < 12:
            return None
        recommends = RECOMMENDS.fullmatch(passage.body)
        if LEAD.match(passage.body):
            extent = self.gatherer.from_marker(passage.index, passage.body_start, whole=True)
        else:
            extent = self.gatherer.from_passage(passage.index)
        if extent is not None and recommends is not None and extent.limbs:
            extent.start = extent.lead_in_end = extent.limbs[0].start  # who recommends to whom is no part of the ask
        if extent is not None:
            self._keep(extent, passage, None, None, recommends["to"] if recommends else None, 0.88)
        return extent

    def _sentences(self, *, all_rules: bool) -> None:
        """Recommendations in running text: all that ask for a decision where the report has no headed part."""
        covered = [(d.first, d.extent.last) for d in self.drafts]
        for passage in self.passages:
            if passage.in_table or passage.place in ("reasons", "options", "agenda"):
                continue
            if any(first <= passage.index <= last for first, last in covered):
                continue
            if next(likely("proposals", passage.body), None) is None:
                continue
            for start, end in sentences(passage.body):
                found = _proposal(passage.body[start:end])
                if found is None or not (all_rules or found[0].values.get("anywhere")):
                    continue
                at_end = end >= len(passage.body)
                offset = passage.body_start + start + found[1].end()
                extent = self.gatherer.from_marker(
                    passage.index, offset, whole=False, limit=None if at_end else passage.body_start + end
                )
                if extent is not None:
                    groups = found[1].groupdict()
                    self._keep(extent, passage, found[0], groups.get("by"), groups.get("to"), 0.6)

    def _keep(
        self,
        extent: Extent,
        passage: Passage,
        rule: Rule | None,
        by: str | None,
        to: str | None,
        confidence: float,
    ) -> None:
        self.drafts.append(
            Draft(
                extent,
                "recommended",
                "proposed",
                rule.id if rule else "proposal.part",
                confidence,
                passage.item,
                passage.index,
                decided_by=named_decider(_subject(by), self.outline.body),
                addressed_to=to,
                place=passage.place,
            )
        )

    def _begins_another(self, passage: Passage) -> bool:
        if passage.place == "recommendation" and heading_of(passage.body) is not None:
            return True
        found = _proposal(passage.body[:300])
        return found is not None and found[1].start() < 4


def motion_on_notice(outline: Outline, passages: list[Passage]) -> list[Draft]:
    """A motion or an amendment on a form of its own: who proposes, who seconds, and what."""
    mover = seconder = None
    where = -1
    for passage in passages[:60]:
        for pattern, is_mover in ((MOVER, True), (SECONDER, False)):
            found = pattern.match(passage.body)
            if found is None:
                continue
            name = found["name"] or (passages[passage.index + 1].body if passage.index + 1 < len(passages) else None)
            where = max(where, passage.index + (0 if found["name"] else 1))
            if is_mover:
                mover = name
            else:
                seconder = name
    if mover is None:
        return []
    extent = _notice_extent(passages, where + 1)
    if extent is None:
        return []
    return [
        Draft(
            extent,
            "moved",
            "proposed",
            "proposal.motion-on-notice",
            0.85,
            passages[where].item,
            where,
            mover=mover,
            seconder=seconder,
            place="motion",
        )
    ]


def _notice_extent(passages: list[Passage], index: int) -> Extent | None:
    from pipeline.extractors.decisions.motion_text import FORM_LABEL, SEEKS
    from pipeline.extractors.decisions.sections_of_notice import last_of_notice, limbs_of_notice

    while index < len(passages) and (
        FORM_LABEL.match(passages[index].body) or _proposal(passages[index].body) is not None or passages[index].heading
    ):
        index += 1
    if index >= len(passages):
        return None
    last = last_of_notice(passages, index)
    seeks = 0
    for candidate in range(index, last + 1):
        found = SEEKS.search(passages[candidate].body)
        if found is not None:
            index, seeks = candidate, found.start()
            break
    limbs = limbs_of_notice(passages[index : last + 1])
    start = limbs[0].start if limbs else passages[index].body_start + seeks
    extent = Extent(start, passages[last].end, last=last)
    extent.limbs = limbs
    extent.lead_in_end = extent.start
    return extent


def _proposal(text: str) -> tuple[Rule, re.Match[str]] | None:
    """Who is asked what, at the beginning of a text."""
    text = text[:REACH]
    for rule in likely("proposals", text):
        found = rule.pattern.search(text)
        if found is not None and found.start() < 60:
            return rule, found
    return None


def _subject(by: str | None) -> str | None:
    if by is None:
        return None
    if "," in by and re.match(r"\s*(?:Pursuant|In|Having|Following|Given|Subject|As|With|Under|For|After)\b", by):
        by = by.rsplit(",", 1)[1]
    name = re.sub(r"^(?:(?:that|accordingly|therefore|and)\s+)*(?:the\s+)?", "", by.strip(), flags=re.IGNORECASE)
    return None if re.match(r"(?:it|you|we|which|this)$", name, re.IGNORECASE) else name
