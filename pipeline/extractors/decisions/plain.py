"""Decisions without a marker: sentences in which the body settles something, and words at the end of a line."""

from __future__ import annotations

import re
from typing import cast

from pipeline.extractors.decisions.actions import own_action
from pipeline.extractors.decisions.draft import Draft, Extent
from pipeline.extractors.decisions.grammar import Rule, first_match, likely, rules_of
from pipeline.extractors.decisions.motions import ONLY_NAMES
from pipeline.extractors.decisions.paragraph_ends import cut, sentences
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import NAME, nominated_in, people_in
from pipeline.extractors.decisions.quoted import is_quoted
from pipeline.extractors.decisions.votes import votes_in
from pipeline.records import ResolutionKind

LONGEST = 420
"""Characters that a sentence of this sort has at most."""
KINDS: dict[str, ResolutionKind] = {
    "agreed": "agreed",
    "approved": "approved",
    "refused": "refused",
    "rejected": "refused",
    "deferred": "deferred",
    "noted": "noted",
    "accepted": "other",
    "adopted": "other",
    "supported": "other",
    "confirmed": "other",
    "signed": "other",
    "passed": "agreed",
    "all": "agreed",
    "unanimous": "agreed",
    "unanimously": "agreed",
}
ACTIONS = {
    "agreed": "agree",
    "approved": "approve",
    "refused": "reject",
    "rejected": "reject",
    "deferred": "defer",
    "adopted": "adopt",
    "accepted": "approve",
    "endorsed": "approve",
    "ratified": "approve",
    "granted": "approve",
    "appointed": "appoint",
    "elected": "appoint",
    "co-opted": "appoint",
    "declined": "reject",
}
MOVED_AND_SETTLED = "decision.moved-and-settled"
"""The rule of sentences that tell who proposed, who seconded and that it passed."""
MOVED_WORDS = re.compile(
    r"\bthat\s+(?P<that>.+)$"
    r"|\b(?:[Pp]roposed|[Mm]oved)\s+(?!by\b|that\b|and\b)(?P<deed>[a-z£].+?),?\s+[Ss]econded\b",
    re.DOTALL,
)
"""What such a sentence says was moved."""
NOUN_OF_CONSENT = re.compile(r"(?:their\s+|its\s+)?(?:acceptance|approval|adoption|confirmation)\W*$")
"""It tells no more than that the matter above was agreed."""
NAMES_MOTION = re.compile(
    r"(?:The|An?)\s+(?:\w+\s+){0,2}(?:motion|amendment|proposal)\b|(?:The\s+)?(?:Council|Committee|Members)\s+voted\s+against\s",
    re.IGNORECASE,
)
VOTE_ON = re.compile(
    r"(?:A|The)\s+vote\s+(?:was\s+(?:then\s+)?taken\s+)?on\s+the\s+(?:\w+\s+)?(?:motion|amendment|proposal|recommendations?)\b",
    re.IGNORECASE,
)
SAID_OF_ALL = re.compile(
    r"(?P<verb>Agreed|Approved|Accepted)\s+(?:by\s+all|unanimously|nem\.?\s?con\.?)(?:\s+present)?\.?"
)
"""A sentence that settles what the sentences before it in the same paragraph name."""
SETTLED_BEFORE = re.compile(r"(?P<matter>.{6,160}\s(?P<told>agreed|approved|accepted|adopted)),?\s+$")
"""The matter and what became of it, before those who moved it: "Appointment of the auditor agreed, proposed by ..."."""
APPOINTMENT = re.compile(r"(?:Re-?)?[Aa]ppointment\b")
PUT_FORWARD = re.compile(
    r"\b[Ii]t\s+was\s+(?:then\s+)?(?:proposed|suggested|recommended)\s+"
    r"(?:by\s+[^;]{3,40}?,?\s+(?:and\s+)?seconded\s+by\s+[^;]{3,40}?,?\s+)?(?=(?:that|to)\s)"
)
"""What was put forward, in a sentence before "All agreed"."""
SUMS = re.compile(r"\W*(?:Cheques?|Payments?|Invoices?|Accounts?)\b.*£", re.DOTALL)
PUTS = re.compile(r"\b(?:suggest|propos|recommend)ed\b")
SHORTEST = 12
"""Characters that such a matter has at least."""
TITLED = re.compile(r".{3,170}?:\s+(?=(?:The|These|They|This)\s)")
"""A title and a label in the same line as the minutes ("Last minutes Minutes: The minutes were approved")."""
CONDITIONAL = re.compile(
    r"\b(?:would|will|may|might|could|should|to\s+be)\s+(?:be|been|have|not)\b|\bif\b|\?$", re.IGNORECASE
)


def settled_in(sentence: str, passage: Passage, offset: int) -> Draft | None:
    """The decision that an ordinary sentence is, None where it is none."""
    if len(sentence) > LONGEST or passage.heading or passage.in_table:
        return None
    if first_match("nothing", sentence) is not None:
        return None
    for rule in likely("unmarked", sentence):
        found = rule.pattern.search(sentence)
        if found is None:
            continue
        begun = max(0, found.start("start")) if found.groupdict().get("start") else 0
        if is_quoted(sentence[begun:], found.start() - begun, reported=True) and rule.id != "decision.minutes-approved":
            return None
        if CONDITIONAL.search(sentence[: found.end()]):
            return None
        return _draft(rule, found, sentence, passage, offset)
    return None


def _draft(rule: Rule, found: re.Match[str], sentence: str, passage: Passage, offset: int) -> Draft:
    groups = found.groupdict()
    verb = (
        (groups.get("verb") or groups.get("verb2") or groups.get("verb3") or groups.get("verb4") or "")
        .lower()
        .split()[:1]
    )
    verb = verb[0] if verb else ""
    kind: ResolutionKind = KINDS.get(verb, "other") if rule.get("kind") == "verb" else rule.get("kind")  # type: ignore[assignment]
    if rule.id == "decision.minutes-approved":
        kind = KINDS.get(verb, "approved")
    text, after = cut(sentence)
    titled = TITLED.match(sentence) if rule.id == "decision.minutes-approved" else None
    begins = titled.end() if titled and found.end() > titled.end() else 0
    extent = Extent(
        offset + (found.start("start") if groups.get("start") else begins),
        offset + len(text),
        last=passage.index,
        after=after or passage.body[offset - passage.body_start + len(sentence) :][:160],
    )
    if groups.get("text"):
        extent.start, extent.end = offset + found.start("text"), offset + found.end("text")
        extent.read = offset + len(sentence)
    draft = Draft(
        extent,
        kind,
        "decided",
        rule.id,
        rule.confidence,
        passage.item,
        passage.index,
        action=rule.get("action") or (_accepted(sentence) if verb == "accepted" else ACTIONS.get(verb, "")),
        place=passage.place,
        plain=True,
    )
    if draft.action in ("approve", "agree") and (said := own_action(sentence)) in ("confirm_minutes", "other"):
        draft.action = said
    draft.decided_by = found.groupdict().get("by")
    if re.match(r"\W*no\s+objections?\b", sentence, re.IGNORECASE):
        draft.action = "other"
    if draft.kind == "lost":
        draft.plain = False
        put = re.search(r"\b(?:that|to)\s", sentence[found.start() :])
        draft.action = (own_action(sentence[found.start() + put.start() :]) if put else None) or "other"
        draft.mover, draft.seconder = people_in(sentence)
        named = re.search(rf"\bby\s+(?P<name>{NAME})", sentence)
        draft.mover = draft.mover or (named["name"].strip() if named else None)
    draft.votes = votes_in(sentence, "lost" if draft.kind == "lost" else "")
    if "seconded" in sentence and draft.kind != "lost":
        draft.mover, draft.seconder = people_in(sentence)
    if rule.id == MOVED_AND_SETTLED:
        draft.extent.end, draft.extent.after = offset + len(sentence), ""
        draft.mover, draft.seconder = people_in(sentence)
        matter = SETTLED_BEFORE.match(sentence[: found.start("start")])
        if matter is not None:
            draft.extent.start, draft.extent.end = offset, offset + matter.end("matter")
            draft.kind = KINDS.get(matter["told"], "other")
            own = "appoint" if APPOINTMENT.match(matter["matter"]) else own_action(matter["matter"])
            draft.action = own or ACTIONS[matter["told"]]
            draft.extent.read = offset + len(sentence)
            return draft
        moved = MOVED_WORDS.search(sentence)
        words = (moved["that"] or moved["deed"]) if moved else ""
        told = "other" if words and NOUN_OF_CONSENT.match(words) is None else ""
        draft.action = own_action(words) or told or ("appoint" if ACTIONS.get(verb) == "appoint" else "")
    return draft


def outcome_alone(sentence: str, passage: Passage, offset: int, outcome: tuple[str, str]) -> Draft | None:
    """The decision of a sentence that tells what became of a motion whose words are nowhere; None without a motion."""
    votes = votes_in(sentence, outcome[0])
    if outcome[0] != "lost" and (outcome[0] != "carried" or votes.ayes is None):
        return None
    if not (NAMES_MOTION.match(sentence) or VOTE_ON.match(sentence)) or is_quoted(sentence, 0):
        return None
    return Draft(
        Extent(offset, offset + len(sentence.rstrip()), last=passage.index),
        "lost" if outcome[0] == "lost" else "other",
        "decided",
        f"decision.told-{outcome[0]}",
        0.6,
        passage.item,
        passage.index,
        action="amend" if re.search(r"\bamendment\b", sentence, re.IGNORECASE) else "other",
        place=passage.place,
        plain=outcome[0] != "lost",
        votes=votes,
    )


def _accepted(sentence: str) -> str:
    """To accept a named firm's price is to award; anything else that is accepted is approved."""
    return "award" if own_action(sentence) == "award" else "approve"


def trailing_in(sentence: str, passage: Passage, offset: int, since: int) -> Draft | None:
    """The decision of a line that ends with what was resolved about it ("Hall hire £40 - resolved to pay").

    `since` is where words of the passage begin that belong to no earlier decision.
    """
    if passage.heading or NAMES_MOTION.match(sentence):
        return None
    said = SAID_OF_ALL.fullmatch(sentence.strip())
    if said is not None and offset - since > SHORTEST:
        return _said_of_all(said["verb"].lower(), sentence, passage, offset, since)
    for rule in likely("trailing", sentence):
        if rule.id == "decision.agreed-alone":
            continue
        found = rule.pattern.search(sentence)
        if found is None or re.match(
            r"\W*(?:it\s+was|the\s+council|members|councillors)\b.{0,40}$", sentence[: found.start()], re.IGNORECASE
        ):
            continue
        if rule.values.get("planning") and not re.search(r"\d{2,4}/[\dA-Z]{2,8}", passage.body):
            continue
        own = sentence[: found.start()].strip(" -–—.,:;")
        start = offset if own and rule.id != "decision.all-approved" else since
        if rule.id == "decision.all-approved" and not own:
            start = max(start, _put_before(passage, offset))
        if start >= offset and not own:
            return None
        if rule.values.get("planning"):
            start = passage.body_start
        kept, after = cut(sentence)
        named = people_in(sentence) if "second" in sentence.lower() else (None, None)
        named = named if named[1] else nominated_in(sentence)
        if rule.id == "decision.all-approved" and named[1] is not None:
            start = offset  # who proposed what and who seconded it is all in this sentence
        words = passage.body[start - passage.body_start : offset - passage.body_start + len(kept)]
        mover, seconder = named if named[1] else people_in(words) if "second" in words.lower() else (None, None)
        end = offset + len(kept)
        put = PUT_FORWARD.search(words) if rule.id == "decision.all-approved" else None
        if put is not None:
            words = cut(words[put.end() : offset - start].rstrip() or words[put.end() :])[0]
            start, end = start + put.end(), start + put.end() + len(words)
        said_to = own_action(words)
        kind = cast(
            ResolutionKind,
            KINDS.get(found["verb"].lower(), "other") if rule.get("kind") == "verb" else rule.get("kind"),
        )
        return Draft(
            Extent(start, end, last=passage.index, after=after, read=offset + len(sentence)),
            kind,
            "decided",
            rule.id,
            rule.confidence,
            passage.item,
            passage.index,
            action=said_to or "other" if put else said_to if said_to == "appoint" else rule.get("action"),
            place=passage.place,
            plain=bool(rule.values.get("planning")),
            votes=votes_in(sentence),
            mover=mover,
            seconder=seconder,
        )
    return None


def _put_before(passage: Passage, offset: int) -> int:
    """Where the sentence before `offset` begins, if it puts something forward that was then agreed; else 0."""
    before = passage.body[: offset - passage.body_start]
    spans = sentences(before)
    if not spans or PUTS.search(before[spans[-1][0] :]) is None:
        return 0
    return passage.body_start + spans[-1][0]


def _said_of_all(verb: str, sentence: str, passage: Passage, offset: int, since: int) -> Draft:
    """What the sentences before "Agreed by all." in the same paragraph name, settled by it."""
    words = passage.body[since - passage.body_start : offset - passage.body_start].rstrip()
    return Draft(
        Extent(since, since + len(words), last=passage.index),
        KINDS.get(verb, "other"),
        "decided",
        "decision.said-of-all",
        0.78,
        passage.item,
        passage.index,
        action="other" if SUMS.match(words) else ACTIONS.get(verb, "other"),
        place=passage.place,
        votes=votes_in(sentence),
    )


def alone_in(passage: Passage, passages: list[Passage]) -> Draft | None:
    """ "Agreed." alone under an item, or at the end of a line."""
    if len(passage.body) > 180 or (passage.heading and not re.search(r"\s[-–—]\s*\w+\.?$", passage.body)):
        return None
    rule = next(r for r in rules_of("trailing") if r.id == "decision.agreed-alone")
    found = rule.pattern.search(passage.body)
    if found is None or is_quoted(passage.body, found.start()):
        return None
    verb = (found["verb"] or found["verb2"]).lower()
    start = passage.body_start
    minutes = re.search(r"\bminutes\b", passage.body, re.IGNORECASE) is not None
    told = passage.body[: found.start("verb" if found["verb"] else "verb2")].strip(" -–—:•").lower()
    movers: tuple[str | None, str | None] = (None, None)
    if told in ("", "unanimously") and passage.index:
        above = passages[passage.index - 1]
        if above.index and above.item == passage.item and ONLY_NAMES.match(above.body):
            movers, above = people_in(above.body), passages[above.index - 1]
        if above.item == passage.item and (above.heading or above.label is not None) and len(above.body) < 120:
            start = above.body_start
            minutes = (
                re.match(r"(?:\d[\d.]*\s+)?(?:\w+\s+of\s+(?:the\s+)?)?minutes\b", above.body, re.IGNORECASE) is not None
            )
    action = "confirm_minutes" if minutes else ACTIONS.get(verb, "other")
    return Draft(
        Extent(start, passage.end, last=passage.index),
        KINDS.get(verb, "other"),
        "decided",
        rule.id,
        rule.confidence,
        passage.item,
        passage.index,
        action=action,
        place=passage.place,
        plain=True,
        votes=votes_in(passage.body),
        mover=movers[0],
        seconder=movers[1],
    )
