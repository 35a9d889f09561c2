"""What a proposal became: which decision was taken on it, and whether as it was proposed.

A proposal is a report's recommendation, a motion, or what one body recommends to another. It is linked to a decision
of the body to which it was put, by its words, or because the decision says that the recommendations are agreed, put
off or turned down under the item that the report was about. Where two decisions could be meant, there is no link.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pipeline.records import LinkBasis, Outcome, OutcomeKind, OutcomeRelation, identify
from pipeline.wording import Wording, alike, at_most_alike, changes, held_in, stems, wording

SAME = 0.9
"""Share of words in common from which a decision is the proposal as it stood, where all numbers are the same too."""
AMENDED = 0.6
"""Share from which it is the proposal changed."""
ELSEWHERE = 0.8
"""Share from which a decision of another meeting is the same matter."""
SHORT, LONG = 6, 12
"""Words below which a text is a formula ("the report be noted"), and from which it is told from all others."""
CLEAR = 0.1
"""By so much the best decision must be better than the next."""
RARE = 12
"""So many of a proposal's rarest words find the decisions of its council that are held against it."""
LATER = timedelta(days=400)
"""So long after a recommendation the body to which it was made may decide."""
STATED = re.compile(
    r"\brecommendations?\b[^.;]{0,80}?\b(?:agreed|approved|accepted|adopted|endorsed|supported)\b"
    r"|\b(?:agree|approve|accept|adopt|endorse)s?\b[^.;]{0,30}\brecommendations?\b|\bas recommended\b",
    re.IGNORECASE,
)
"""A decision that only refers to what was recommended."""
SUBJECT_TO = re.compile(
    r"\b(?:subject to|except|with the exception|amended|with the (?:addition|deletion))\b", re.IGNORECASE
)
NEGATED = re.compile(r"\b(?:not|nor|neither|no longer|declined?|refused?)\b", re.IGNORECASE)
FORMULAS = {"exclude_public", "confirm_minutes", "thank"}
PUT_OFF, TURNED_DOWN = {"defer"}, {"reject"}


@dataclass(frozen=True)
class Text:
    """A resolution as far as telling what became of it goes."""

    resolution_id: str
    status: str
    kind: str
    text: str
    addressed_to: str | None
    actions: list[str]
    document_id: str
    document_title: str | None
    reference: str | None
    council_id: str | None
    meeting_id: str | None
    body: str | None
    held_on: date | None
    item_id: str | None
    item_title: str | None
    position: int
    ours: bool = True
    """Whether to tell what became of it, and not only to hold it against others."""

    @cached_property
    def wording(self) -> Wording:
        """Its words, prepared for comparison."""
        return wording(self.text)

    @property
    def proposes(self) -> bool:
        """Whether somebody else is to decide on it."""
        return (self.status == "proposed" or self.kind == "recommended" or self.addressed_to is not None
                or "recommend" in self.actions)

    @cached_property
    def titles(self) -> list[frozenset[str]]:
        """What it is about: the words of its item's title, and of its document's where that has no items."""
        told = [self.item_title] if self.item_id else [self.document_title]
        return [frozenset(stems(title)) for title in told if title]


@dataclass(frozen=True)
class Match:
    """A decision that may be the one on a proposal."""

    decision: Text
    outcome: OutcomeKind
    basis: LinkBasis
    share: float | None
    rule: str
    confidence: float


def outcomes(rows: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """What became of every proposal of ours whose decision is among the resolutions in `rows`, each a Text's fields by
    name."""
    texts = [Text(**row) for row in rows]
    decided = [text for text in texts if text.status == "decided"]
    proposals = [text for text in texts if text.ours and text.proposes and not FORMULAS & set(text.actions)]
    candidates = _Candidates(decided, proposals)
    matches = ((proposal, _best(_matches(proposal, candidates.of(proposal)))) for proposal in proposals)
    found = [(proposal, match) for proposal, match in matches if match is not None]
    return [_outcome(proposal, match) for proposal, match in _one_of_each_paper(found)]


def met(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The councils of texts of ours of whose proposals a text that is not ours may be the decision, being of the same
    sitting; `rows` are a Text's fields by name."""
    texts = [Text(**row) for row in rows]
    others: dict[object, list[Text]] = defaultdict(list)
    for text in texts:
        if not text.ours and text.status == "decided":
            for place in _sitting(text):
                others[place].append(text)
    return {
        text.council_id for text in texts
        if text.ours and text.council_id and text.proposes and not FORMULAS & set(text.actions)
        and any(True for place in _sitting(text) for _ in _matches(text, others[place]))
    }


class _Candidates:
    """The decisions among which a proposal's is sought: those of its sitting, and those of its council that share one
    of its rarest words and come soon enough after it, so that the cost grows with the texts and not with their pairs.
    """

    def __init__(self, decided: Sequence[Text], proposals: Sequence[Text]) -> None:
        self._known_in = Counter(
            (text.council_id, word) for text in decided if text.council_id for word in text.wording.counted)
        wanted = {key for proposal in proposals for key in self._words(proposal)}
        self._of_sitting: dict[object, list[Text]] = defaultdict(list)
        self._with_word: dict[tuple[str, str], _ByDay] = defaultdict(_ByDay)
        for text in sorted(decided, key=lambda one: one.held_on or date.min):
            if FORMULAS & set(text.actions):
                continue
            for place in _sitting(text):
                self._of_sitting[place].append(text)
            if text.council_id and text.wording.size >= LONG // 2:
                for word in text.wording.counted:
                    if (text.council_id, word) in wanted:
                        self._with_word[text.council_id, word].append(text)

    def of(self, proposal: Text) -> Iterable[Text]:
        """The decisions that may be the one on the proposal, each once."""
        here = (text for place in _sitting(proposal) for text in self._of_sitting.get(place, ()))
        found = {text.resolution_id: text for text in here}
        for key in self._words(proposal):
            if key in self._with_word:
                found.update((text.resolution_id, text) for text in self._with_word[key].since(proposal.held_on))
        return found.values()

    def _words(self, text: Text) -> list[tuple[str, str]]:
        """The rarest words of a proposal that is long enough to be known again elsewhere."""
        if not text.council_id or text.wording.size < LONG:
            return []
        keys = [(text.council_id, word) for word in text.wording.counted if (text.council_id, word) in self._known_in]
        return sorted(keys, key=lambda key: (self._known_in[key], key[1]))[:RARE]


class _ByDay:
    """Decisions in the order of their days; those without one come first."""

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._days: list[date] = []

    def append(self, text: Text) -> None:
        """Add the next."""
        self._texts.append(text)
        self._days.append(text.held_on or date.min)

    def since(self, day: date | None) -> Iterator[Text]:
        """Those that may follow what was proposed on that day; all where it is not known."""
        if day is None:
            yield from self._texts
            return
        yield from self._texts[:bisect_right(self._days, date.min)]
        yield from self._texts[bisect_left(self._days, day):bisect_right(self._days, day + LATER)]


def _sitting(text: Text) -> Iterator[tuple[object, ...]]:
    """By what the texts of one sitting are told: see `_same_sitting`."""
    if text.meeting_id:
        yield ("meeting", text.meeting_id)
    if text.body and text.held_on:
        yield ("body", text.body.lower(), text.held_on)


def _matches(proposal: Text, candidates: Iterable[Text]) -> Iterator[Match]:
    for decision in candidates:
        if decision.resolution_id == proposal.resolution_id or FORMULAS & set(decision.actions):
            continue
        if proposal.council_id and decision.council_id and proposal.council_id != decision.council_id:
            continue
        here = _same_sitting(proposal, decision)
        match = None
        if here and (proposal.status == "proposed" or proposal.document_id != decision.document_id):
            match = _by_words(proposal, decision) or _by_reference(proposal, decision)
        elif not here and _may_follow(proposal, decision):
            match = _elsewhere(proposal, decision)
        if match is not None:
            yield match


def _same_sitting(proposal: Text, decision: Text) -> bool:
    """Whether both are of one meeting: as the documents say, or by body and day where a paper names no council."""
    if proposal.meeting_id is not None and proposal.meeting_id == decision.meeting_id:
        return True
    return (proposal.held_on is not None and proposal.held_on == decision.held_on and bool(proposal.body)
            and (proposal.body or "").lower() == (decision.body or "").lower())


def _may_follow(proposal: Text, decision: Text) -> bool:
    """Whether a decision of another sitting may be the one that was asked for."""
    if proposal.document_id == decision.document_id:
        return False
    if proposal.held_on is None or decision.held_on is None:
        return (proposal.body or "").lower() == (decision.body or "").lower() or _same_reference(proposal, decision)
    return proposal.held_on <= decision.held_on <= proposal.held_on + LATER


def _by_words(proposal: Text, decision: Text) -> Match | None:
    """The decision of the sitting that says what was proposed."""
    if at_most_alike(proposal.wording, decision.wording) < AMENDED:
        return None
    share = alike(proposal.wording, decision.wording)
    if share < AMENDED or (proposal.wording.size < SHORT and not _same_matter(proposal, decision)):
        return None
    if decision.kind == "lost":
        return Match(decision, "rejected", "inferred", share, "outcome.same_words", 0.9 * share)
    return Match(decision, _kept(proposal, decision, share), "inferred", share, "outcome.same_words",
                 min(0.98, 0.55 + 0.45 * share))


def _kept(proposal: Text, decision: Text, share: float) -> OutcomeKind:
    """Adopted where words and numbers are the same, else amended."""
    numbers = proposal.wording.numbers ^ decision.wording.numbers
    whole = held_in(proposal.wording, decision.wording) >= SAME and held_in(decision.wording, proposal.wording) >= SAME
    return "adopted" if not numbers and (share >= SAME and whole) else "amended"


def _by_reference(proposal: Text, decision: Text) -> Match | None:
    """The decision under the proposal's item that says what becomes of the recommendations without their words."""
    if not _same_matter(proposal, decision):
        return None
    actions = set(decision.actions)
    if decision.kind == "deferred" or (actions and actions <= PUT_OFF):
        return Match(decision, "deferred", "inferred", None, "outcome.put_off", 0.85)
    if decision.kind == "refused" or (actions and actions <= TURNED_DOWN):
        return Match(decision, "rejected", "inferred", None, "outcome.turned_down", 0.8)
    if STATED.search(decision.text) and decision.kind not in ("lost", "moved"):
        if NEGATED.search(decision.text):
            return Match(decision, "rejected", "stated", None, "outcome.not_agreed", 0.85)
        amended = SUBJECT_TO.search(decision.text) is not None
        return Match(decision, "amended" if amended else "adopted", "stated", None, "outcome.as_recommended", 0.9)
    return None


def _elsewhere(proposal: Text, decision: Text) -> Match | None:
    """The same words decided by another body, or by the same one in a paper that does not tell its day."""
    if proposal.wording.size < LONG or decision.wording.size < LONG // 2:
        return None
    referred = _same_reference(proposal, decision)
    least = AMENDED if referred else ELSEWHERE
    if at_most_alike(proposal.wording, decision.wording) < least:
        return None
    share = alike(proposal.wording, decision.wording)
    if share < least:
        return None
    if decision.kind == "lost":
        return Match(decision, "rejected", "inferred", share, "outcome.other_body", 0.8 * share)
    return Match(decision, _kept(proposal, decision, share), "stated" if referred else "inferred", share,
                 "outcome.same_reference" if referred else "outcome.other_body",
                 min(0.95, (0.6 if referred else 0.45) + 0.4 * share))


def _same_reference(proposal: Text, decision: Text) -> bool:
    return proposal.reference is not None and proposal.reference == decision.reference


def _same_matter(proposal: Text, decision: Text) -> bool:
    """Whether both stand under one item, or the report's title is that of the decision's item."""
    if proposal.item_id is not None and proposal.item_id == decision.item_id:
        return True
    if proposal.document_id == decision.document_id:
        return False
    return any(
        len(one & other) >= 2 and len(one & other) / min(len(one), len(other)) >= 0.8
        for one in proposal.titles for other in decision.titles
    )


def _best(matches: Iterable[Match]) -> Match | None:
    """The match that is clearly better than every other; None where two could be meant."""
    ranked = sorted(matches, key=lambda m: (m.share is not None, m.share or 0, m.confidence, m.decision.resolution_id),
                    reverse=True)
    if not ranked:
        return None
    first = ranked[0]
    for other in ranked[1:]:
        if other.decision.text == first.decision.text:
            continue  # the same decision, in minutes and in a decision notice
        if first.share is None or (other.share is not None and other.share > first.share - CLEAR):
            return None
    return first


def _one_of_each_paper(found: list[tuple[Text, Match]]) -> list[tuple[Text, Match]]:
    """A report says its recommendations twice, shortly and in full: of its texts on one decision the most like it."""
    best: dict[tuple[str, str], tuple[Text, Match]] = {}
    kept = []
    for proposal, match in found:
        if match.share is None:
            kept.append((proposal, match))
            continue
        key = (proposal.document_id, match.decision.resolution_id)
        if key not in best or (match.share, -proposal.position) > (best[key][1].share, -best[key][0].position):
            best[key] = (proposal, match)
    return kept + list(best.values())


def _relation(proposal: Text, decision: Text) -> OutcomeRelation:
    if proposal.status == "decided":
        return "referral"
    return "motion" if proposal.kind == "moved" else "report"


def _outcome(proposal: Text, match: Match) -> Outcome:
    amended = match.outcome == "amended" and match.share is not None
    return Outcome(
        outcome_id=identify("outcome", proposal.resolution_id, match.decision.resolution_id),
        proposal_id=proposal.resolution_id, decision_id=match.decision.resolution_id,
        relation=_relation(proposal, match.decision), outcome=match.outcome, basis=match.basis,
        alike=None if match.share is None else round(match.share, 3),
        changes=changes(proposal.text, match.decision.text) if amended else None,
        rule=match.rule, confidence=round(match.confidence, 2),
    )

