"""Who decides, where the text names another than the body that meets."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.grammar import expand
from pipeline.extractors.decisions.passages import Passage

GENERIC = frozenset(
    {
        "council",
        "councillors",
        "cllrs",
        "committee",
        "sub",
        "subcommittee",
        "board",
        "panel",
        "members",
        "member",
        "meeting",
        "parish",
        "town",
        "community",
        "all",
        "present",
        "both",
        "this",
        "it",
        "forum",
        "group",
        "full",
        "county",
        "city",
        "borough",
        "district",
    }
)
SMALL = frozenset({"the", "and", "of", "for", "this", "that", "a", "s"})
SUBJECT = re.compile(
    expand(
        r"(?P<by>{{body}}|[Tt]he\s+(?:Cabinet|Executive|Lead)\s+(?:Member|Councillor)[^.:;]{0,80}?"
        r"|[Tt]he\s+(?:Leader|Mayor)[^.:;]{0,40}?)\s*,?\s*(?:(?:{{how}}|has|have)\s+)*$"
    )
)
OFFICE = re.compile(
    r"\b(?:Member|Councillor|Director|Officer|Executive|Secretary|Solicitor)s?\s+(?:for|of)\b"
    r"|\bDirector\b|\bOfficer\b|\bLeader\b"
)
DECIDER_LABEL = re.compile(
    r"^(?:DECISION\s+(?:TO\s+BE\s+)?(?:TAKEN|MADE)\s+BY|Decision\s+(?:to\s+be\s+)?(?:taken|made)\s+by"
    r"|Decision[- ]?\s*[Mm]aker|DECISION[- ]MAKER)\s*(?:\([^()]*\))?\s*:?\s*(?P<name>.*)$"
)
FORM_LABEL = re.compile(r"(?:Date|Decision|Report|Wards?|Key|Portfolio)\b(?!\s+Holder)")
"""The next field of a notice's form."""
REFERENCE_LABEL = re.compile(r"^DECISION\s+N|^Decision\s+(?:No|Num|Ref)|^Ref")
NUMBER = re.compile(r"\b[A-Z]{0,6}\d{2,4}/\d{2,6}\b|\bDECISION\s+N\w*\s*:?", re.IGNORECASE)
STANDING_ALONE = re.compile(expand(r"^[A-Z“\"]?.{3,160}\b(?:{{bodynoun}})\b[^.:;]{0,70}$"))


def is_decider_label(passage: str) -> bool:
    """Whether a passage is the label of a notice's head that tells who decides."""
    return DECIDER_LABEL.match(passage) is not None


def subject_before(prefix: str) -> str | None:
    """The body named last in the words before a marker, as the subject of its verb."""
    found = SUBJECT.search(prefix)
    return found["by"].strip() if found else None


def subject_alone(passage: str) -> str | None:
    """A passage that is nothing but the name of who decides, printed above the marker."""
    text = passage.strip()
    if (
        len(text) > 200
        or re.search(r"\d", text)
        or text.endswith((".", ":", ";", "?"))
        or STANDING_ALONE.match(text) is None
    ):
        return None
    return text


def decider_at_head(passages: list[Passage]) -> str | None:
    """Who decides, as a notice's form or a web page's label tells ("Decision Maker: ...")."""
    for passage in passages[:40]:
        found = DECIDER_LABEL.match(passage.body)
        if found is None:
            continue
        name = found["name"].strip()
        index = passage.index + 1
        if not name or REFERENCE_LABEL.match(name):
            parts = []
            for below in passages[index : index + (1 if passage.in_table else 4)]:
                if FORM_LABEL.match(below.body):
                    break
                if below.heading or below.body.endswith(":") or len(below.body) > 160 or below.body.startswith("For "):
                    break
                parts.append(below.body)
            name = " ".join(parts)
        name = re.sub(r"\s+", " ", NUMBER.sub(" ", name)).strip(" ,;")
        return name or None
    return None


MOVING = re.compile(r"\b(?:seconded|proposed|moved|carried)\b", re.IGNORECASE)
"""Words that name movers, not who decides."""


def named_decider(subject: str | None, body: str | None) -> str | None:
    """`subject` without its article where it is not simply the body that meets; else None."""
    if not subject or MOVING.search(subject):
        return None
    name = re.sub(r"^(?:that\s+)?(?:the|this)\s+", "", subject.strip(" ,:"), flags=re.IGNORECASE)
    name = re.sub(r",?\s+(?:under|using|acting\s+under)\s+(?:his|her|their|the)?\s*delegated\b.*$", "", name)
    if OFFICE.search(name):
        return name
    own = _words(body or "")
    said = _words(name)
    if not said or said <= own | GENERIC and (said & own or said <= GENERIC and _same_head(said, own)):
        return None
    return name


def of_another_tier(name: str, body: str | None) -> bool:
    """Whether a council named in the minutes is another than the parish's, town's or community's that meets."""
    local = re.search(r"\b(?:Parish|Town|Community)\b", body or "") is not None
    return local and re.search(r"\b(?:County|District|Borough|City)\s+Council\b", name) is not None


def _same_head(said: set[str], own: set[str]) -> bool:
    """Whether generic words may mean the body: "the Council" means no Cabinet."""
    if not own or said <= {
        "members",
        "member",
        "councillors",
        "cllrs",
        "all",
        "present",
        "meeting",
        "both",
        "it",
        "this",
    }:
        return True
    heads = {"council", "committee", "board", "panel", "cabinet", "forum", "executive"}
    return not (said & heads) or bool(said & heads & own) or not (own & heads)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower().replace("sub-committee", "sub committee"))) - SMALL
