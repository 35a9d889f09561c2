"""Divisions between proposals, as in Scotland: so many for the motion, so many for the amendment.

Of two that are put against each other, who votes for one votes against the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extractors.decisions.count_words import number
from pipeline.extractors.decisions.draft import Votes
from pipeline.extractors.decisions.grammar import likely

AGAINST = re.compile(r"\bagainst\b(?!\s+the\s+(?:motion|amendment)\s+(?:by|of)\b)", re.IGNORECASE)
"""Where votes against are counted, each proposal was put by itself."""


VOTED_BY_NAME = re.compile(
    r"\b(?:Councillors|Cllrs|Messrs|Members)\s+(?P<names>[A-Z][\w’'.()-]*(?:(?:,\s*|\s+and\s+|\s+)[A-Z][\w’'.()-]*){1,60})"
    r"\s+(?:having\s+)?(?=vot(?:ed|ing)\s+(?:for|in\s+favour\s+of)\s+the\s)"
)
APART = re.compile(r",\s*|\s+and\s+")
"""Between the names of those who voted for one side."""


@dataclass(frozen=True, slots=True)
class Side:
    """A proposal in a division. `by` is whose it is, where the text says so; `votes` were cast for it."""

    amendment: bool
    by: str | None
    votes: int


def sides_in(text: str) -> list[Side]:
    """The proposals of a division, in the order in which they are told; empty where the text tells no division.

    >>> [s.votes for s in sides_in("On a division there voted: for the motion (9); for the amendment (6)")]
    [9, 6]
    """
    if AGAINST.search(text):
        return []
    text = VOTED_BY_NAME.sub(lambda found: f"{len(APART.split(found['names']))} Members ", text)
    found: dict[tuple[bool, str | None], tuple[int, Side]] = {}
    read: set[int] = set()
    for rule in likely("sides", text, "votes"):
        for match in rule.pattern.finditer(text):
            if match.start("what") in read:
                continue
            read.add(match.start("what"))
            groups = match.groupdict()
            by = _name(groups.get("by"))
            amendment = groups["what"].lower() == "amendment"
            count = next(v for k, v in groups.items() if k.startswith("n") and v)
            found.setdefault(
                (amendment, by if amendment else None), (match.start(), Side(amendment, by, number(count)))
            )
    return [side for _, side in sorted(found.values(), key=lambda pair: pair[0])] if len(found) > 1 else []


def declined_in(text: str) -> int | None:
    """How many voted for none of the proposals; None where the text does not tell."""
    for rule in likely("declined", text, "votes"):
        found = rule.pattern.search(text)
        if found is not None:
            return number(found["b"])
    return None


def votes_for(side: Side, sides: list[Side], text: str) -> Votes:
    """A side's votes: against it are the other's, where there are only two."""
    others = [s for s in sides if s is not side]
    return Votes(side.votes, others[0].votes if len(others) == 1 else None, declined_in(text))


def _name(by: str | None) -> str | None:
    return by.strip(" .") or None if by else None
