"""Motions of which an agenda gives notice: who will move, who will second, and the words below."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.decisions.draft import Draft, Extent
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.motion_text import OPENERS
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import ASIDE, NAME, clean_name

SECONDER = (
    rf"(?:,?\s+(?:and\s+|to\s+be\s+|which\s+will\s+be\s+)*(?i:seconded\s+by)\s+(?P<seconder>{NAME}){ASIDE}"
    rf"|,?\s+(?:and\s+)?(?P<second>{NAME}){ASIDE}\s+to\s+(?:second|SECOND))?"
)
HEADED = re.compile(
    rf"(?:[Nn]otices?\s+of\s+|NOTICES?\s+OF\s+)?(?:[Mm]otions?|MOTIONS?)\b[^.:]{{0,60}}?"
    rf"\b(?i:(?:(?:to\s+be\s+)?(?:proposed|moved|submitted|put\s+forward|tabled)|received|given)\s+(?:by|from))\s+"
    rf"(?P<mover>{NAME}){ASIDE}{SECONDER}\s*[:,–-]*\s*$"
)
TO_MOVE = re.compile(
    rf"(?P<mover>{NAME}){ASIDE}\s+(?:to|will)\s+(?:move|MOVE|propose|PROPOSE)\b{SECONDER}[\w ]{{0,40}}?\s*[:,–-]*\s*$"
    rf"|(?:[Pp]roposed|[Mm]oved|PROPOSED|MOVED)\s+by\s*:?\s*(?P<mover2>{NAME}){ASIDE},?\s*"
    rf"(?:and\s+)?(?:[Ss]econded|SECONDED)\s+by\s*:?\s*(?P<seconder2>{NAME}){ASIDE}\s*[:,–-]*\s*$"
)
WORDS = re.compile(
    r"[\s\"“‘]*(?:That\b|This\s+(?:Council|Assembly|Authority)\b|Council\s+(?:notes|believes|resolves)\b)"
)
REACH = 3
"""Passages below the names within which the words must begin."""


def motions_on_agenda(outline: Outline, passages: list[Passage]) -> list[Draft]:
    """Every motion of which the agenda names the mover and prints the words."""
    gatherer = Gatherer(passages, _names_a_mover)
    found: list[Draft] = []
    for passage in passages:
        names = names_of_notice(passage.body)
        if names is None or (found and passage.index <= found[-1].extent.last):
            continue
        first = next(
            (
                p
                for p in passages[passage.index + 1 : passage.index + 1 + REACH]
                if p.item == passage.item and WORDS.match(p.body)
            ),
            None,
        )
        extent = gatherer.from_passage(first.index) if first is not None else None
        if first is not None and extent is not None:
            found.append(_draft(extent, first, names))
    return found


def names_of_notice(body: str) -> tuple[str, str | None] | None:
    """Mover and seconder, where a paragraph gives notice of a motion and says nothing else."""
    body = re.sub(r"^\d{1,3}\.?\s+(?=[A-Z])", "", body)
    match = HEADED.match(body) or TO_MOVE.match(body)
    if match is None:
        return None
    groups = match.groupdict()
    mover = clean_name(groups.get("mover") or groups.get("mover2"))
    seconder = clean_name(groups.get("seconder") or groups.get("second") or groups.get("seconder2"))
    return (mover, seconder) if mover else None


def _names_a_mover(passage: Passage) -> bool:
    return names_of_notice(passage.body) is not None


def _draft(extent: Extent, first: Passage, names: tuple[str, str | None]) -> Draft:
    lead = first.body[: extent.start + 3 - first.body_start]
    extent.start += len(lead) - len(lead.lstrip(OPENERS))
    return Draft(
        extent,
        "moved",
        "proposed",
        "proposal.motion-on-agenda",
        0.85,
        first.item,
        first.index,
        mover=names[0],
        seconder=names[1],
        place="motion",
    )
