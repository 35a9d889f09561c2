"""Votes printed below the decision on which they were taken ("RESOLVED that ... The vote was 5 for, 1 against.")."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.debate import NEXT_VOTE
from pipeline.extractors.decisions.draft import Draft
from pipeline.extractors.decisions.markers import find_marker
from pipeline.extractors.decisions.motions import is_vote_line
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.votes import votes_in

TELLS = re.compile(r"\bvot(?:e|es|ed|ing)\b|\bdivision\b|\bhands\b|\bcarried\b|\bunanimous\b", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"\b(?:the|this|that|said|above)\s+(?:resolution|decision)\b|\bvot(?:e|es|ing)\s+(?:for|on|was|were|in)\b"
    r"|^\(?(?:recorded|named)\s+vote",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"(?:a\s+)?(?:recorded|named)\s+votes?\W*$|vot(?:e|es|ing)(?:\s+record)?\W*$|\W*note\b|\(?.{0,60}\babstained\b",
    re.IGNORECASE,
)
"""What may stand between a decision and its votes."""
NAMES = re.compile(r"(?:(?:[A-Z(][\w’'.()-]*|and|others|&|\d{1,3})[,;]?(?:\s+|$)){1,120}")
"""Names of voters, below the heading that tells how they voted."""


class VotesBehind:
    """Gives votes to the decision right above them, line by line."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages
        self.draft: Draft | None = None
        self.last = -1
        self.told = ""

    def counting(self, passage: Passage) -> bool:
        """Whether a passage lists names below a line that began to count a decision's votes."""
        return self.draft is not None and passage.index == self.last + 1 and NAMES.fullmatch(passage.body) is not None

    def take(self, words: str, passage: Passage, draft: Draft | None) -> bool:
        """Give `words` of `passage`, which count votes, to `draft`; False where they do not belong to it."""
        if draft is None or draft.item != passage.item or not self._right_below(passage, draft):
            return False
        goes_on = draft is self.draft
        if not goes_on and draft.votes:
            return not self._marker_follows(passage)
        line = is_vote_line(words)
        if not goes_on and not line and not TELLS.search(words):
            return False
        leads_on = NEXT_VOTE.search(words) is not None and POINTS_BACK.search(words) is None
        if not goes_on and leads_on and self._marker_follows(passage):
            return False
        self.told = f"{self.told}\n{words}" if goes_on else words
        votes = votes_in(self.told)
        if not votes and not line:
            return False
        self.draft, self.last = draft, passage.index
        draft.votes = votes
        return True

    def _right_below(self, passage: Passage, draft: Draft) -> bool:
        """Whether only lines about the vote stand between a decision and a passage."""
        reached = max(draft.extent.last, self.last if draft is self.draft else -1)
        between = self.passages[reached + 1 : passage.index]
        return passage.index >= reached and all(is_vote_line(p.body) or BETWEEN.match(p.body) for p in between)

    def _marker_follows(self, passage: Passage) -> bool:
        """Whether the next paragraph that is no vote decides something."""
        for further in self.passages[passage.index + 1 : passage.index + 8]:
            if further.item != passage.item:
                return False
            if not is_vote_line(further.body):
                marker = find_marker(further.body[:200])
                return marker is not None and marker.start < 40 and not marker.plain
        return False
