"""The words that mark a decision in a sentence, and where its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extractors.decisions.deciders import subject_before
from pipeline.extractors.decisions.draft import Votes
from pipeline.extractors.decisions.grammar import Rule, expand, likely
from pipeline.extractors.decisions.votes import votes_in
from pipeline.labels import split_label

HINT = re.compile(
    r"resolv|agree|voted|content|deci[ds]|determin|order|recommend|noted|instruct|approv|grant|refus|reject|defer|penderfyn|\bI\b",
    re.IGNORECASE,
)
AGAIN = (
    r"\s*/\s*(?:RESOLVED|Resolved|PENDERFYNWYD|AGREED|CYTUNWYD)\b"
    r"|\s*[:;,.–—-]*\s*[Ii]t\s+was\s+(?:\w+ly\s+)?(?:agreed|resolved|decided)\b(?=\s*:|,?\s+(?:that|to|on\s+the)\b)"
)
"""The marker once more in a sentence ("AGREED: It was agreed to ...")."""
TAIL = re.compile(
    rf"(?P<moved>{expand('{{moved_by}}|{{counted}}')})|(?P<again>{AGAIN})|"
    r"\s*(?:[:;,–—-]?\s*\((?P<aside>[^)]{1,160})\)|,\s*(?P<clause>(?:without|by|on|with|following|after"
    r"|in)\s[^,:]{3,70}),(?=\s*(?:that|to)\b)"
    r"|[Bb][Yy]\s+(?P<by>(?:the\s+)?[A-Z][^:]{3,140}?),?\s*(?=\b(?:that|to)\b|:)|[–—-]?\s*"
    r"(?P<how>unanimously|UNANIMOUSLY|nem\.?\s?con\.?|by\s+(?:general\s+)?assent|by\s+\w+\s+votes?\s+to\s+\w+|by\s+\w+\s+(?:votes?\s+)?(?:for|in\s+favour)\s+and\s+\w+\s+(?:votes?\s+)?against)"
    r"|(?P<to>(?:to|TO)\s+(?:the\s+|THE\s+)?(?:(?:Full|FULL|full|County|City)\s+)?(?:Council|COUNCIL"
    r"|Cabinet|CABINET|Executive|EXECUTIVE)(?=\s*[:–—,-])))",
)
LEADS = re.compile(r"[ \-–—•\"“‘']*(?:\(?[a-z]{1,3}\)\s+)?")
SAYS_ALL = ("decision.approved-capitals", "decision.refused-capitals", "decision.deferred-capitals")
IMPERSONAL = re.compile(r"\b(?:[Ii]t|IT|[Tt]his)\s+(?:was|WAS)\b(?:\s+\w+){0,4}$")
TO_WHOM = re.compile(r"^\s*(?:to|TO)\s+(?P<to>.+)$")


@dataclass(slots=True)
class Marker:
    """A marker in a sentence; `start` and `end` count from its beginning, and the decision's text begins at `end`."""

    rule: Rule
    start: int
    end: int
    by: str | None
    to: str | None
    votes: Votes
    apart: bool = False
    """Whether a colon, a dash or nothing follows it."""

    @property
    def plain(self) -> bool:
        """Whether an ordinary sentence could say it too."""
        return bool(self.rule.values.get("plain"))

    @property
    def formal(self) -> bool:
        """Whether it stands apart from ordinary sentences: in capitals, or before a colon or a dash."""
        return self.capitals or self.apart

    def says_all(self, sentence: str) -> bool:
        """Whether it is the whole sentence and needs no more: "PERMISSION GRANTED"."""
        return self.rule.id in SAYS_ALL and not sentence[self.end :].strip(" .") and self.start <= 3

    @property
    def capitals(self) -> bool:
        """Whether it is printed so that nothing else can be meant."""
        return self.rule.id.endswith(("-capitals", "-imperative", "recommended-to", "moved-and-resolved"))


def find_marker(sentence: str, *, group: str = "markers") -> Marker | None:
    """The first marker of a sentence; one that is printed in capitals goes before ordinary words. None without one."""
    if HINT.search(sentence) is None:
        return None
    best: tuple[int, int, Rule, re.Match[str]] | None = None
    for rule in likely(group, sentence):
        start_only = rule.get("where", "start") == "start"
        found = rule.pattern.match(sentence, _lead(sentence)) if start_only else rule.pattern.search(sentence)
        if found is None:
            continue
        rank = (1 if rule.values.get("plain") else 0, found.start(), rule, found)
        if best is None or rank[:2] < best[:2]:
            best = rank
    if best is None:
        return None
    rule, found = best[2], best[3]
    groups = found.groupdict()
    end, asides, to, doer = _tail(sentence, found.end())
    votes = votes_in(" ".join([*asides, found[0]]))
    if rule.values.get("unanimous") or re.search(r"\ball\s+in\s+(?:agreement|favour)\b", found[0]):
        votes.unanimous = True
    by = (
        groups.get("by")
        or doer
        or (None if IMPERSONAL.search(sentence[: found.end()]) else subject_before(sentence[: found.start()]))
    )
    apart = found.start() <= max(3, _lead(sentence)) and re.match(r"\s*(?:[:–—-]|$)", sentence[end:]) is not None
    return Marker(rule, found.start(), end, by, groups.get("to") or to, votes, apart)


def _lead(sentence: str) -> int:
    """What stands before the first word: dashes, quotes, a second label ("1. (a) Resolved")."""
    opening = LEADS.match(sentence)
    return opening.end() if opening else 0


def _tail(sentence: str, end: int) -> tuple[int, list[str], str | None, str | None]:
    """Where the marker's own additions end ("(unanimously)", "to Council"), what they say, to whom, and by whom."""
    asides: list[str] = []
    to: str | None = None
    by: str | None = None
    while found := TAIL.match(sentence, end):
        if found["moved"] or found["again"]:
            asides.append(found["moved"] or "")
            end = found.end()
            continue
        aside = found["aside"]
        if aside is not None and split_label(f"({aside}) x")[0] is not None:
            break
        if aside is not None and not re.search(
            r"unanim|vote|abst|assent|nem|against|for\b|^\s*to\s|\d\s*[:–-]\s*\d|dissent|Cllr|Councillor|^[A-Z]{2,3}\s*/|^prop|second",
            aside,
            re.IGNORECASE,
        ):
            break
        by = by or found["by"]
        told = TO_WHOM.match(aside or found["to"] or "")
        if told:
            to = told["to"]
        else:
            asides.append(f"({aside})" if aside else found["how"] or found["clause"] or "")
        end = found.end()
    return end, asides, to, by
