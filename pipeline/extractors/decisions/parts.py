"""A "Decision:" part without a marker word: the label is the marker, and all of the part is the decision."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.deciders import is_decider_label
from pipeline.extractors.decisions.draft import Draft, Extent, Limb
from pipeline.extractors.decisions.grammar import first_match, rules_of
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.markers import find_marker
from pipeline.extractors.decisions.paragraph_ends import cut
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.places import heading_of
from pipeline.extractors.decisions.verb_lists import leads
from pipeline.records import ResolutionKind

SAYS = re.compile(
    r"(?P<first>(?:Agreed|Approved|Noted|Deferred|Refused)(?=\s+(?:as|for|until|that|the)\b)|(?:Deferred|Refused)(?=\.?$))|[Rr]ecommendations?\s+(?P<told>agreed|approved|accepted)\.?$|[^.:;]{3,200}\s(?:was|were)\s+(?P<last>noted|deferred|refused)\.?$"
)
"""A part of one sentence that says itself what became of the matter."""
TOLD_ALONE = re.compile(r"(?:[Tt]he\s+)?[Rr]ecommendations?\s+(?:(?:was|were)\s+)?(?:agreed|approved|accepted)\.?")
"""All that such a part may say."""
REFERENCE = re.compile(r"[(\[]?(?:Ref(?:erence)?\.?\s*:?\s*)?[A-Z]{2,6}[ \d/.-]+[)\]]?")
"""A decision's number behind the heading's word."""
OUTCOME = re.compile(
    r"The\s+(?:substantive\s+)?(?:motion|amendment)\b[^.]{0,60}\b(?:carried|agreed|lost)\b", re.IGNORECASE
)
"""It tells what became of the motion printed above."""
OUTCOME_ALONE = re.compile(r"(?:not\s+)?(?:carried|lost|defeated)\b[^:;]{0,80}", re.IGNORECASE)
"""The same in a word ("DECISION: NOT CARRIED")."""
HANGS = re.compile(r"that\b", re.IGNORECASE)
OPENS = re.compile(r"(?:Agreed|Approved|Noted|Authorised|Endorsed)\b(?!\s*[:–-])")
INTRODUCES = re.compile(r"(?:On|Having|Following|After)\s[^.;]{10,300},\s")
"""What comes before the body that decides: "On consideration of the report ..., Cabinet agreed"."""
SUB_HEADING = 70
"""Characters that a heading above the first limb may have ("PART A", "In relation to the General Fund")."""
OF_OFFICE = re.compile(
    r"[Dd]ecisions?\s+of\s+(?:the\s+)?(?P<by>(?:Executive|Cabinet|Lead)\s+(?:Councillor|Member)\b.*)"
)
LOOKED_THROUGH = 40
"""Passages of a part in which a marker is looked for."""


def part_without_marker(passages: list[Passage], gatherer: Gatherer, index: int, skip: int) -> Draft | None:
    """The decision of the part whose heading opens passage `index`; None where a marker word will tell it."""
    heading = passages[index]
    rest = "" if REFERENCE.fullmatch(heading.body[skip:].strip()) else heading.body[skip:]
    content = passages_of_part(passages, index)
    if rest.strip() and content and content[0].label is not None and leads(rest.strip()):
        return None  # the body alone; each limb below has its verb
    if any(is_decider_label(p.body) for p in passages[index + 1 : index + 3]):
        return None  # the page's own title "Decision", above its subject
    listed = _list_of_deeds(content)
    if not rest.strip() and content and OPENS.match(content[0].body) and not listed:
        begun = next((i for i, p in enumerate(content) if i and (m := find_marker(p.body)) and m.start <= 3), None)
        content = content[:begun]  # another marker tells another decision
    texts = ([rest] if rest.strip() else []) + [p.body for p in content]
    if texts and (OUTCOME.match(texts[0].strip()) or OUTCOME_ALONE.fullmatch(texts[0].strip())):
        return None  # the motion above is what was decided
    marked = not listed and any(_marked(text) for text in texts[:LOOKED_THROUGH])
    if not texts or marked or first_match("nothing", texts[0].strip()):
        return None
    kind: ResolutionKind = "resolved" if re.match(r"\W*resol", heading.body, re.IGNORECASE) else "decided"
    extent = _extent(gatherer, heading, skip, rest, content)
    if extent is None:
        return None
    if kind == "decided" and len(texts) == 1 and (said := SAYS.match(texts[0].strip())):
        kind = KINDS.get((said["first"] or said["last"] or said["told"]).lower(), "decided")
    office = OF_OFFICE.match(heading.body)
    by = office["by"].strip(" :") if office else None
    return Draft(extent, kind, "decided", "decision.part", 0.9, heading.item, index, decided_by=by, place="decision")


def passages_of_part(passages: list[Passage], index: int) -> list[Passage]:
    """The passages under the heading at `index`, up to the next heading that we know or the next item."""
    found: list[Passage] = []
    for passage in passages[index + 1 :]:
        if passage.item != passages[index].item or passage.place != "decision" or heading_of(passage.body) is not None:
            break
        told = not found and TOLD_ALONE.fullmatch(passage.body) is not None
        if (
            passage.titled
            or not told
            and any(
                rule.pattern.search(passage.body) for rule in rules_of("ends") if rule.id != "end.after-the-decision"
            )
        ):
            break
        found.append(passage)
    return found


def _list_of_deeds(content: list[Passage]) -> bool:
    """Whether a part is a list each of whose clauses tells what was done ("I. Noted ... II. Agreed that ...")."""
    labelled = [p for p in content if p.label is not None and not p.label.bullet]
    return len(labelled) > 1 and labelled == content and all(OPENS.match(p.body) for p in content)


def _marked(text: str) -> bool:
    marker = find_marker(text, group="notices") or find_marker(text)
    return marker is not None and (not marker.plain or marker.start < 60 or INTRODUCES.match(text) is not None)


def _extent(gatherer: Gatherer, heading: Passage, skip: int, rest: str, content: list[Passage]) -> Extent | None:
    if rest.strip():
        return gatherer.from_marker(heading.index, heading.body_start + skip, whole=True)
    asked = next(
        (m for m in (r.pattern.search(content[0].body) for r in rules_of("proposals")) if m and m.start() < 4), None
    )
    if asked is not None:
        return gatherer.from_marker(content[0].index, content[0].body_start + asked.end(), whole=True)
    first = next((i for i, p in enumerate(content[:3]) if p.label is not None and p.label.first), 0)
    above = content[:first]
    told = any(p.body.endswith((".", ";", ":")) or len(p.body) > SUB_HEADING for p in above)
    if told or HANGS.match(content[0].body):
        first = 0
    extent = gatherer.from_passage(content[first].index)
    if extent is None:
        return None
    if len(extent.limbs) == 1 and content[first].label is None:
        _take_paragraphs(extent, content)
    return extent


def _take_paragraphs(extent: Extent, content: list[Passage]) -> None:
    """Under a label of its own every paragraph is decision, whatever it begins with."""
    for passage in content:
        if passage.index <= extent.last:
            continue
        text, after = cut(passage.body)
        extent.limbs.append(
            Limb(passage.body_start, passage.body_start + len(text), passage.label.printed if passage.label else None)
        )
        extent.end, extent.last, extent.after = extent.limbs[-1].end, passage.index, after
        if after:
            return
