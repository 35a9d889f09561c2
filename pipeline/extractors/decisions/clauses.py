"""Clauses of a decision that has no labels: one for each "that", or for each formal verb of a row of infinitives."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.draft import Limb

JOINT = re.compile(
    r"(?:[;,]?\s+and\s+(?:also\s+|further\s+)?|;\s*|\.\s+)(?=that\b)|,\s+(?=that\s[^,;]{3,120}\bbe\s+\w+(?:ed|en|t)\b)",
    re.IGNORECASE,
)
STARTS_WITH_THAT = re.compile(r"\W*that\b", re.IGNORECASE)
REPORTED = re.compile(
    r"\b(?:not(?:e|es|ed|ing)|agree[sd]?|recogni[sz]\w+|acknowledg\w+|believ\w+|request\w*|ask\w*"
    r"|recommend\w*|confirm\w*|advis\w+|"
    r"ensur\w+|require\w*|conside\w+|satisfied|provided|conditions?|stat\w+|resolves?)\s+(?:\w+\s+){0,3}?that\b",
    re.IGNORECASE,
)
FORMAL = (
    r"(?:note|consider|agree|approve|endorse|adopt|delegate|authorise|recommend|refer|request|confirm"
    r"|appoint|receive|award|allocate|amend|defer|reject|refuse|"
    r"ask|instruct|invite|support|accept)"
)
VERB_JOINT = re.compile(
    rf"(?:[;,]?\s+and\s+(?:to\s+)?|[;,]\s+(?:to\s+)?)(?={FORMAL}\b)|\s+and\s+(?:further|also)\s+(?=agreed\b)"
    rf"|\s+and\s+(?=(?:{FORMAL.upper()})\b)",
    re.IGNORECASE,
)
OPENS_FORMAL = re.compile(rf"\W*(?:to\s+)?{FORMAL}\b", re.IGNORECASE)

SHORTEST = 4
"""Words that a clause has at least: "consider and approve the plan" is one."""


def split_clauses(text: str, start: int) -> list[Limb]:
    """The clauses of an unlabelled decision whose words begin at offset `start`."""
    if STARTS_WITH_THAT.match(text):
        cuts = [
            m.end() for m in JOINT.finditer(text) if not REPORTED.search(text[_last_that(text, m.start()) : m.start()])
        ]
    elif OPENS_FORMAL.match(text) and not re.match(r"\W*(?:to\s+)?\w+\s+that\b", text):
        first = text.split(":", 1)[0]
        cuts = [m.end() for m in VERB_JOINT.finditer(first) if len(first[: m.start()].split()) >= SHORTEST][:1]
    else:
        cuts = []
    edges = [0, *cuts, len(text)]
    return [
        Limb(
            start + a + len(text[a:b]) - len(text[a:b].lstrip()),
            start + a + len(re.sub(r"[\s;,]+(?:and)?\s*$", "", text[a:b])),
        )
        for a, b in zip(edges, edges[1:], strict=False)
    ]


def _last_that(text: str, before: int) -> int:
    """Where the clause before `before` begins, after its own "that"."""
    starts = [m.end() for m in re.finditer(r"(?:^\W*|[;,.]\s+|and\s+)that\b", text[:before], re.IGNORECASE)]
    return starts[-1] if starts else 0
