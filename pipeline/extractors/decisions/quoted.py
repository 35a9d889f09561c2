"""What a sentence only tells of: an earlier meeting's decision, another body's, one that was reported or feared."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.grammar import rules_of

LEADS_ON = re.compile(
    r"(?:Having|Following|After|Upon|On|In\s+(?:response|view|light)|Given|Noting)\b.*,\s*$", re.DOTALL
)
"""What was told before the body that decides: "Having been advised that ..., the Members agreed"."""


def is_quoted(sentence: str, at: int, *, reported: bool = False) -> bool:
    """Whether the decision whose marker stands at `at` in `sentence` is not one of this meeting.

    Only the words up to and around the marker speak for it: a decision's own text may well name earlier
    meetings. With `reported`, words of telling before it count too.
    """
    head = sentence[: at + 70]
    before = sentence[:at]
    reported = reported and LEADS_ON.match(before) is None
    for rule in rules_of("quoted"):
        if rule.values.get("reported"):
            if reported and rule.pattern.search(before):
                return True
            continue
        if rule.values.get("near"):
            found = next((m for m in rule.pattern.finditer(head) if m.end() > at - 6 and m.start() < at + 30), None)
        else:
            found = rule.pattern.search(head)
        if found and found.start() <= at + 12:
            return True
    return False
