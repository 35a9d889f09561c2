"""Counts of votes and unanimity, in all the ways in which they are printed (`rules/votes.yaml`)."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.count_words import number
from pipeline.extractors.decisions.divisions import sides_in, votes_for
from pipeline.extractors.decisions.draft import Votes
from pipeline.extractors.decisions.grammar import first_match, likely
from pipeline.extractors.decisions.roll_call import votes_by_name

DISSENT = re.compile(r"\b(?:not|without\s+being|nearly|almost)\s+(?:\w+\s+)?unanimous", re.IGNORECASE)
ALL_COUNTED = re.compile(r"\b(?:for|against|abst)", re.IGNORECASE)


def votes_in(text: str, outcome: str = "") -> Votes:
    """The votes that `text` tells. `outcome` ("lost", "carried") tells whose the greater number is.

    >>> votes_in("lost by 47 votes to 17", "lost")
    Votes(ayes=17, noes=47, abstentions=None, unanimous=None)
    """
    if sides := sides_in(text):
        motion = next((side for side in sides if not side.amendment), None)
        return votes_for(motion, sides, text) if motion is not None else Votes()
    votes = Votes()
    for rule in likely("counts", text, "votes"):
        found = rule.pattern.search(text)
        if found is None:
            continue
        groups = {re.sub(r"\d", "", name): number(value) for name, value in found.groupdict().items() if value}
        if "high" in groups and votes.ayes is None and votes.noes is None:
            first, second = groups["high"], groups["low"]
            if outcome == "lost":
                votes.ayes, votes.noes = min(first, second), max(first, second)
            else:
                votes.ayes, votes.noes = first, second
        votes.ayes = groups.get("f") if votes.ayes is None else votes.ayes
        votes.noes = groups.get("a") if votes.noes is None else votes.noes
        votes.abstentions = groups.get("b") if votes.abstentions is None else votes.abstentions
    if votes.ayes is None and votes.noes is None:
        votes = votes_by_name(text) or votes
    if votes.ayes is None and votes.noes is None:
        votes.abstentions = votes.abstentions if ALL_COUNTED.search(text) else None
    votes.unanimous = unanimous_in(text) if not votes.noes and not votes.abstentions else None
    return votes


def unanimous_in(text: str) -> bool | None:
    """True where `text` says that nobody dissented, else None."""
    if DISSENT.search(text):
        return None
    return True if first_match("unanimity", text, "votes") else None
