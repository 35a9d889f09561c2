"""Lists whose clauses each open with their own verb: no marker, or only the body's name, stands before them.

"1) APPROVED the award; 2) DELEGATED authority"; "The Committee:- (a) noted the survey; (b) remitted the plan";
in a notice that lost its marker "1. Approve the wall. 2. Delegate its letting to the Director."
"""

from __future__ import annotations

import re

from pipeline.extractors.decisions.actions import opens_with_verb
from pipeline.extractors.decisions.draft import Draft, Extent, Limb
from pipeline.extractors.decisions.grammar import expand
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.markers import find_marker
from pipeline.extractors.decisions.order import goes_on
from pipeline.extractors.decisions.paragraph_ends import CLAUSE_START, cut
from pipeline.extractors.decisions.passages import Passage
from pipeline.records import ResolutionKind

CAPITAL_VERB = re.compile(r"(?!RESOLVED|RECOMMENDED|ORDERED)(?P<verb>[A-Z]{3,}(?:ED|EN))\b(?!\s*(?:[:–—-]|\.?\s*$))")
PAST_VERB = re.compile(r"(?:also\s+|further\s+)?(?P<verb>[A-Za-z]+(?:ed|en|ED|EN))\b")
BARE_VERB = re.compile(r"(?:Approve|Note|Agree|Adopt|Authorise|Delegate|Endorse|Confirm|Award|Appoint|Allocate)\b")
ASKED_FOR = re.compile(r":[ –-]*$|\b(?:motion|amendment|propos|recommend|asked|following)", re.IGNORECASE)
"""Words above a list that is only put to the meeting."""
SHALL_BE = re.compile(r"^[A-Za-z](?:[^.;]|\.\d){3,160}\bbe\s+(?:\w+ly\s+)?(?:\w+ed|given|made|set)\b")
CONDITION = re.compile(
    r"(?:If|In\s+the\s+event|Subject|Where|Should|Following|That)\b[^;]{0,160}(?:,\s+to\s+[a-z]|\bbe\b)"
)
"""A clause that names its condition first: "If no objections are received, to authorise ..."."""
BODY_LEADS = re.compile(
    expand(r"(?:^|[,:]\s+|\band\s+)(?:{{body}})(?:\s+[–-]\s+[A-Z][\w ,&’'-]{2,60})?\s*(?::\s*[-–—]?|[-–—])\s*$")
)


BODY_ONLY = re.compile(expand(r"(?:^|:\s+)(?:{{body}})\s*$"))


def verb_list(passages: list[Passage], gatherer: Gatherer, index: int, *, notice: bool) -> Draft | None:
    """The decision that a list beginning with passage `index` is, None where it is none.

    `notice`: the paper only records decisions, so that a list of clauses needs no word that marks it.
    """
    first = passages[index]
    following = passages[index + 1] if index + 1 < len(passages) else None
    above = passages[index - 1] if index else None
    if following is None or following.item != first.item or first.in_table or first.place in ("reasons", "options"):
        return None
    led = above is not None and above.item == first.item and leads(above.body)
    pattern = PAST_VERB if led else CAPITAL_VERB
    verb = _verb(first, pattern)
    if verb is None or _verb(following, pattern) is None:
        if not notice or first.label is None or not (is_clause(first) and is_clause(following)):
            return None
        verb = None
    extent = _extent(passages, gatherer, first, following)
    if extent is None or len(extent.limbs) < 2:
        return None
    kind: ResolutionKind = KINDS.get(verb.lower(), "decided") if verb else "decided"
    rule, confidence = ("decision.verb-list", 0.88) if verb else ("decision.list-of-notice", 0.7)
    return Draft(
        extent,
        kind,
        "decided",
        rule,
        confidence,
        first.item,
        index,
        place=first.place,
        formal=verb is not None,
    )


def bare_list(passages: list[Passage], gatherer: Gatherer, index: int) -> Draft | None:
    """A numbered list of infinitives in minutes, whose marker a copy lost ("1) Approve the virements; 2) Note ...")."""
    first = passages[index]
    if first.label is None or first.label.bullet or not first.label.first or first.in_table:
        return None
    following = passages[index + 1] if index + 1 < len(passages) else None
    above = passages[index - 1] if index else None
    led = above is None or above.item != first.item or above.heading or ASKED_FOR.search(above.body) is not None
    if led or following is None or first.place not in ("narrative", "minutes"):
        return None
    if not all(BARE_VERB.match(p.body) or SHALL_BE.search(p.body) for p in (first, following)):
        return None
    if any(find_marker(p.body) for p in (first, following)):
        return None  # each tells a matter and what was resolved on it
    extent = _extent(passages, gatherer, first, following)
    if extent is None or len(extent.limbs) < 2:
        return None
    draft = Draft(extent, "decided", "decided", "decision.list-lost-marker", 0.6, first.item, index)
    draft.place, draft.plain = first.place, True
    return draft


def _extent(passages: list[Passage], gatherer: Gatherer, first: Passage, following: Passage) -> Extent | None:
    if first.label is not None and following.label is not None:
        opens = first.label.first and goes_on(first.label, following.label)
        return gatherer.from_passage(first.index) if opens else None
    if first.label is None and following.label is None and first.place == "decision":
        return _paragraphs(passages, first.index)
    return None


def leads(body: str) -> bool:
    """Whether a paragraph ends with the body that acts in the list below it, or is nothing but its name."""
    return BODY_LEADS.search(body) is not None or BODY_ONLY.search(body) is not None


def is_clause(passage: Passage) -> bool:
    """Whether a passage says what shall be done: by its first word, its "that", its "be ...ed", behind a condition."""
    return (
        opens_with_verb(passage.body)
        or CLAUSE_START.match(passage.body) is not None
        or SHALL_BE.search(passage.body) is not None
        or CONDITION.match(passage.body) is not None
    )


def _verb(passage: Passage, pattern: re.Pattern[str]) -> str | None:
    found = pattern.match(passage.body)
    return found["verb"] if found and opens_with_verb(passage.body) else None


def _paragraphs(passages: list[Passage], index: int) -> Extent:
    first = passages[index]
    extent = Extent(first.body_start, first.body_start, lead_in_end=first.body_start)
    for passage in passages[index:]:
        if passage.item != first.item or passage.label is not None or _verb(passage, CAPITAL_VERB) is None:
            break
        text, after = cut(passage.body)
        extent.limbs.append(Limb(passage.body_start, passage.body_start + len(text)))
        extent.end, extent.last, extent.after = extent.limbs[-1].end, passage.index, after
    return extent
