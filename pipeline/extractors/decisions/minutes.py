"""Reads minutes: marked decisions, motions with their outcome, plain sentences in which the body settles something."""

from __future__ import annotations

import re

from pipeline.document import Outline
from pipeline.extractors.decisions.above_lists import above_list
from pipeline.extractors.decisions.actions import own_action
from pipeline.extractors.decisions.before_marker import MOVED_THAT, before_marker, stands_behind
from pipeline.extractors.decisions.beginnings import begins_another
from pipeline.extractors.decisions.debate import NEXT_VOTE, THERE_VOTED, Debate, names_above
from pipeline.extractors.decisions.deciders import (
    decider_at_head,
    named_decider,
    of_another_tier,
    subject_alone,
)
from pipeline.extractors.decisions.divisions import sides_in
from pipeline.extractors.decisions.draft import Draft, Extent
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.lost_markers import lost_its_marker
from pipeline.extractors.decisions.markers import Marker, find_marker
from pipeline.extractors.decisions.matters import action_of_matter, at_last_minutes
from pipeline.extractors.decisions.motion_text import MotionReader
from pipeline.extractors.decisions.motions import (
    ALONE,
    ONLY_NAMES,
    POINTED,
    is_vote_line,
    motion_in,
    tells_outcome,
)
from pipeline.extractors.decisions.paragraph_ends import sentences
from pipeline.extractors.decisions.parts import part_without_marker
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import nominated_in, people_in
from pipeline.extractors.decisions.places import heading_of
from pipeline.extractors.decisions.plain import (
    MOVED_AND_SETTLED,
    NAMES_MOTION,
    VOTE_ON,
    alone_in,
    outcome_alone,
    settled_in,
    trailing_in,
)
from pipeline.extractors.decisions.quoted import is_quoted
from pipeline.extractors.decisions.surroundings import movers_above, words_behind
from pipeline.extractors.decisions.told_of_others import of_earlier_meeting, recommends_to_itself
from pipeline.extractors.decisions.verb_lists import bare_list, verb_list
from pipeline.extractors.decisions.votes import votes_in
from pipeline.extractors.decisions.votes_behind import VotesBehind
from pipeline.records import ResolutionKind

HINT = re.compile(
    r"resolv|agre|deci[ds]|determin|order|recommend|noted|instruct|approv|grant|refus|reject|defer|penderf|mov(?:ed|ing)"
    r"|propos|prop\b|second|carried|lost|"
    r"fell|vote|elected|appointed|opted|minutes|adopt|accept|confirm|ratif|support|endors|objection"
    r"|favour|withdr|turned\s+down|\bobject|unanim|defeat|passed|against|abst|authori[sz]ed|declined|homologat|award|remitted|delegated|waived|cofnodion|blaid|no\s+(?:objection|comment)|\bas\s+follows|\bI\b",
    re.IGNORECASE,
)
QUOTED_WHOLE = re.compile(r"[“\"]\s*(?:It\s+was\s+)?(?:RESOLVED|Resolved|AGREED|Agreed)")
"""Minutes that are put right print their old resolutions in quotes."""
RECORDED = re.compile(
    r"(?:(?:A|The)\s+)?(?:recorded|named)\s+vote\b[^.:]{0,80}\.\s+(?:For|In\s+favour)\s*:", re.IGNORECASE
)
"""A paragraph that only tells who voted how."""
PUT = re.compile(r"\bput\s+to\s+the\s+vote\b|\bshow\s+of\s+hands\b|\bvote\b|\bmajority\s+in\s+favour\b", re.IGNORECASE)
ADOPTS = re.compile(
    r"(?:accordingly|as\s+(?:moved|above|set\s+out\s+above)|(?:\W*to\s+(?:adopt|approve|support)"
    r"|that)\s+the\s+(?:substantive\s+)?motion(?:\s*,?\s*as\s+amended,?)?(?:\s+be\s+(?:agreed"
    r"|carried|adopted|approved|supported))?)\s*\.?\s*$",
    re.IGNORECASE,
)
"""A resolution that only points at the motion before it."""
MINUTES_ACCEPTED = re.compile(r"\bproposed\b.{3,60}\bseconded\b.{3,80}\bas\s+(?:an?\s+)?(?:true|correct|accurate)\b")
"""Proposing and seconding the last minutes is all that a small council's clerk writes of their approval."""
ONE_WORD = re.compile(r"(?:Agreed|Approved|Accepted|Confirmed|Adopted)\.?", re.IGNORECASE)
SECONDED_FIRST = re.compile(r"(?:[Ss]econded|SECONDED)\b")
SHORTEST = 4
"""Characters of the shortest sentence that decides ("Lost")."""


class MinutesReader:
    """Walks the passages of minutes or of a decision notice once, item by item."""

    def __init__(self, outline: Outline, passages: list[Passage]) -> None:
        self.outline = outline
        self.passages = passages
        self.gatherer = Gatherer(passages, begins_another)
        self.drafts: list[Draft] = []
        self.debate = Debate(passages, MotionReader(passages, self.gatherer), outline.document.text)
        self.behind = VotesBehind(passages)
        self.headed = outline.kind == "decision_notice" and any(
            p.place == "decision" and heading_of(p.body) is None for p in passages
        )
        """A notice whose decision stands under a heading has no other."""

    def read(self) -> list[Draft]:
        """Every decision, in order of reading."""
        index, item = 0, None
        while index < len(self.passages):
            passage = self.passages[index]
            if passage.item != item:
                self.drafts += self.debate.close()
                item = passage.item
            index = self._passage(index) if passage.place != "agenda" else index + 1
        self.drafts += self.debate.close()
        self._name_the_one_who_decides()
        return sorted(self.drafts, key=lambda d: d.extent.start)

    def _name_the_one_who_decides(self) -> None:
        """A notice names at its head who decides; that name goes before "As Cabinet Member for ... I agree"."""
        if self.outline.kind != "decision_notice":
            return
        name = named_decider(decider_at_head(self.passages), self.outline.body)
        for draft in self.drafts:
            if name and (draft.decided_by is None or draft.decided_by.lower() in name.lower()):
                draft.decided_by = name

    def _passage(self, index: int) -> int:
        """Read one passage; the index of the next one to read."""
        passage = self.passages[index]
        heading = None if passage.heads_column else heading_of(passage.body)
        skip = heading[1] if heading and heading[0].get("place") == "decision" else 0
        if heading is not None and skip:
            part = part_without_marker(self.passages, self.gatherer, index, skip)
            if part is not None:
                if ONE_WORD.fullmatch(self.outline.document.text[part.extent.start : part.extent.end].strip()):
                    part.action = "confirm_minutes" if at_last_minutes(self.outline, passage) else ""
                self._keep(part)
                return part.extent.last + 1
        above = above_list(self.passages, self.gatherer, passage)
        if above is not None:
            self._keep(above)
            return above.extent.last + 1
        notice = self.outline.kind == "decision_notice" and not self.headed
        put = self.debate.headed(passage)
        if put is not None:
            return (self.debate.put(put, passage, None) or Extent(0, 0, last=index)).last + 1
        listed = verb_list(self.passages, self.gatherer, index, notice=notice)
        listed = listed or bare_list(self.passages, self.gatherer, index)
        if listed is not None:
            self._keep(listed)
            return listed.extent.last + 1
        if (
            is_vote_line(passage.body)
            or RECORDED.match(passage.body)
            or (
                (self.debate.tally or self.behind.counting(passage))
                and passage.label is None
                and not HINT.search(passage.body)
            )
        ):
            self._vote_line(passage)
            return index + 1
        if passage.in_table and passage.place != "decision" and not self._marked_cell(passage):
            return index + 1
        if HINT.search(passage.body) is None:
            lost = self._without_marker(passage)
            return lost.last + 1 if lost is not None else index + 1
        return self._sentences(passage, skip)

    def _marked_cell(self, passage: Passage) -> bool:
        """Whether a cell holds a marker that nothing else could be, as decision sheets and minutes in tables do."""
        marker = find_marker(passage.body)
        if marker is None or marker.plain:
            return False
        return marker.capitals or marker.rule.id == "decision.resolved-run-in" or (passage.decides and marker.start < 4)

    def _vote_line(self, passage: Passage) -> None:
        last = self.drafts[-1] if self.drafts else None
        if self.debate.quiet() and self.behind.take(passage.body, passage, last):
            return
        self.debate.count(passage.body)
        if (
            last is not None
            and last.item == passage.item
            and not self.debate.waiting()
            and last.extent.last + 12 > passage.index
            and not last.mover
        ):
            last.votes = votes_in(self.debate.tally)

    def _sentences(self, passage: Passage, skip: int) -> int:
        done = passage.body_start + skip
        body = passage.body[skip:]
        offset = passage.body_start + skip
        spans = sentences(body)
        for start, end in spans:
            at = max(start, done - offset)
            while end - at >= SHORTEST:
                at_end = offset + end >= passage.end
                reached = self._sentence(passage, body[at:end], offset + at, at_end=at_end, first=at == spans[0][0])
                if reached is None:
                    break
                if reached.last > passage.index:
                    return reached.last + 1
                done = max(done, reached.end, reached.read)
                at = max(done - offset, at + 1)
                at += len(body[at:end]) - len(body[at:end].lstrip(" .;,"))
        return passage.index + 1

    def _sentence(self, passage: Passage, sentence: str, offset: int, *, at_end: bool, first: bool) -> Extent | None:
        """Read one sentence; what it reached, None where it decides nothing."""
        if HINT.search(sentence) is None:
            return None
        trailing = trailing_in(sentence, passage, offset, self._since(passage))
        if trailing is not None:
            self._keep(trailing)
            return trailing.extent
        notice = passage.place == "decision" or (self.outline.kind == "decision_notice" and not self.headed)
        marker = find_marker(sentence, group="notices") if notice else None
        marker = marker or find_marker(sentence)
        settles = ALONE.match(sentence.strip()) and NAMES_MOTION.match(sentence)
        if marker is not None and not settles and self._counts(marker, sentence, passage):
            return self._marked(passage, sentence, offset, marker, at_end=at_end, first=first)
        motion = motion_in(sentence, passage.index, offset, ends_passage=at_end)
        if motion is not None and not self.debate.waiting():
            whole = settled_in(sentence, passage, offset)
            told = whole is not None and whole.rule == MOVED_AND_SETTLED
            behind = told and ONLY_NAMES.match(sentence) is not None and self._right_below_decision(passage)
            whole = whole if (motion.text_start is None or told) and not behind else None
            if whole is not None or MINUTES_ACCEPTED.search(sentence):
                return self._plainly(passage, sentence, offset, first=first)
        if motion is not None and passage.place not in ("reasons", "options"):
            motion.said = offset
            return self.debate.put(motion, passage, self.drafts[-1] if self.drafts else None)
        worded = self.debate.worded_below(sentence, passage) if at_end else None
        if worded is not None:
            return worded
        put = POINTED.search(sentence)
        if put is not None:
            self.debate.pointed = put["number"]
        outcome = tells_outcome(sentence, alone=first and at_end)
        if outcome is not None and outcome[1] == "unanimously agreed" and not self.debate.worded():
            outcome = None  # the sentence settles what stands above, as decisions told plainly do
        if motion is None and self.debate.second(sentence, passage):
            return Extent(offset, offset + len(sentence), last=passage.index)
        divides = bool(sides_in(sentence))
        if self._told_behind(passage, sentence, outcome):
            return None
        if NEXT_VOTE.search(sentence) and outcome is None and not divides:
            self.debate.lead_on()
        if divides or (THERE_VOTED.search(sentence) and outcome is None):
            decided = self.debate.divide(sentence)
            if not divides or decided or outcome is None:
                return None
        if (
            (PUT.search(sentence) or is_vote_line(sentence))
            and votes_in(sentence)
            and settled_in(sentence, passage, offset) is None
            and not VOTE_ON.match(sentence)
            and (outcome is None or outcome[0] == "carried" and not self.debate.waiting())
        ):
            self.debate.count(sentence, passage.index)
            return None
        if outcome is not None and self.debate.settle(outcome, sentence, offset + len(sentence)):
            return Extent(offset, offset + len(sentence), last=passage.index)
        bare = outcome is not None and not self.debate.motions and settled_in(sentence, passage, offset) is None
        alone = outcome_alone(sentence, passage, offset, outcome) if outcome is not None and bare else None
        if alone is not None:
            self._keep(alone)
            return alone.extent
        return self._plainly(passage, sentence, offset, first=first)

    def _right_below_decision(self, passage: Passage) -> bool:
        """Whether the last decision stands right above or in this passage, so that bare names are its movers."""
        last = self.drafts[-1] if self.drafts else None
        return last is not None and last.item == passage.item and last.extent.last >= passage.index - 1

    def _told_behind(self, passage: Passage, sentence: str, outcome: tuple[str, str] | None) -> bool:
        """Whether a sentence told the vote on the decision right above it."""
        if not self.debate.quiet() or VOTE_ON.match(sentence) or (outcome is not None and outcome[0] != "carried"):
            return False
        votes = votes_in(sentence)
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.rule.startswith("decision.told-"):
            return outcome is None and last.extent.last == passage.index  # counted with it, or another outcome
        counted = votes.ayes is not None or (votes.unanimous and settled_in(sentence, passage, 0) is None)
        return bool(counted) and self.behind.take(sentence, passage, last)

    def _counts(self, marker: Marker, sentence: str, passage: Passage) -> bool:
        """Whether a marker speaks for this meeting here."""
        if QUOTED_WHOLE.match(passage.body) and marker.start < 40:
            return False
        if marker.capitals:
            elsewhere = self.headed and passage.place != "decision" and marker.start > 3
            return not elsewhere and not of_earlier_meeting(sentence[: marker.start], self.outline.held_on)
        if recommends_to_itself(sentence[marker.end :], self.outline.body):
            return False
        voted = marker.rule.id == "decision.body-resolved" and bool(marker.votes)
        if passage.place in ("reasons", "recommendation") or (passage.place == "options" and not voted):
            return False
        if self.headed and passage.place != "decision":
            return False
        if marker.by and of_another_tier(marker.by, self.outline.body):
            return False
        return passage.place == "decision" or not is_quoted(
            sentence, marker.start, reported=marker.rule.id == "decision.body-agreed"
        )

    def _marked(
        self, passage: Passage, sentence: str, offset: int, marker: Marker, *, at_end: bool, first: bool
    ) -> Extent | None:
        """Read the decision that a marker tells; what it reached, None where nothing is told."""
        deferred = marker.rule.id == "decision.deferred-capitals" and offset > self._since(passage)
        put = False
        if deferred:
            extent: Extent | None = Extent(self._since(passage), offset + len(sentence.rstrip()), last=passage.index)
        else:
            extent = self._around(passage, sentence, offset, marker, at_end=at_end, first=first)
        if extent is None:
            extent = before_marker(passage, sentence, offset, marker, self._since(passage))
            put = MOVED_THAT.search(sentence[: marker.start]) is not None
        if extent is None:
            return None
        draft = Draft(
            extent,
            self._kind(marker, sentence),
            "decided",
            marker.rule.id,
            marker.rule.confidence,
            passage.item,
            passage.index,
            addressed_to=re.sub(r"^(?:the|THE)\s+", "", marker.to) if marker.to else None,
            place=passage.place,
            plain=marker.plain and passage.place != "decision" and not put,
            formal=marker.formal,
            votes=marker.votes,
            lead=marker.rule.get("lead"),
        )
        self._tell_who_and_how(draft, passage, sentence, offset, marker)
        text = self.outline.document.text[extent.start : extent.end]
        self._adopt(draft, text)
        if marker.rule.id in ("decision.payments-agreed", "decision.grants-approved"):
            draft.extent.start = offset + marker.start  # the sentence names what is paid
        draft.action = "defer" if deferred else marker.rule.get("action")
        if marker.says_all(sentence):
            draft.action = "confirm_minutes" if at_last_minutes(self.outline, passage) else ""
        if extent.end > offset + marker.start and extent.start < offset and own_action(text) is None:
            draft.action = "note"  # a matter told, and RESOLVED behind it: it is dealt with
        extent.read = offset + marker.end
        self._keep(draft)
        return extent

    def _around(
        self, passage: Passage, sentence: str, offset: int, marker: Marker, *, at_end: bool, first: bool
    ) -> Extent | None:
        """What a marker leads in; None where it stands behind its words, or says all by itself."""
        if stands_behind(passage, sentence, offset, marker, self._since(passage)) or marker.says_all(sentence):
            return None
        opens = first and marker.rule.get("where", "start") == "start" and not marker.plain
        whole = marker.capitals or opens or (passage.place == "decision" and first)
        limit = None if whole or at_end else offset + len(sentence)
        return self.gatherer.from_marker(passage.index, offset + marker.end, whole=whole, limit=limit)

    def _tell_who_and_how(self, draft: Draft, passage: Passage, sentence: str, offset: int, marker: Marker) -> None:
        """Who decides, who moved, how the vote went, as far as the words up to the marker tell."""
        draft.decided_by = named_decider(marker.by or self._name_above(passage, marker), self.outline.body)
        at = offset - passage.body_start
        before = passage.body[max(0, at - 500) : at + marker.end]
        if SECONDED_FIRST.match(before):
            before = f"{names_above(self.passages, passage.index)[0]} {before}"  # its proposer has a line of his own
        if re.search(r"second|prop(?:os|\b)|moved|2nd|/", before, re.IGNORECASE):
            draft.mover, draft.seconder = people_in(before)
        draft.votes = draft.votes.filled_from(votes_in(sentence[: marker.start]))
        if PUT.search(before[-160:]) and not self.debate.motions:
            draft.votes = draft.votes.filled_from(votes_in(before[-160:]))

    def _adopt(self, draft: Draft, text: str) -> None:
        """Give a decision that only adopts a motion ("the motion be carried") the motion's words."""
        motion = self.debate.carried_by(draft, self.drafts) if ADOPTS.match(text) else None
        if motion is None or motion.extent is None:
            return
        own, moved = draft.extent, motion.extent
        draft.adopts = True
        draft.extent = Extent(moved.start, moved.end, moved.limbs, moved.lead_in_end, own.last, own.after)

    def _kind(self, marker: Marker, sentence: str) -> ResolutionKind:
        kind = marker.rule.get("kind")
        if kind == "verb":
            found = marker.rule.pattern.search(sentence)
            verb = found["verb"].lower() if found else ""
            return KINDS.get(verb, "other")
        return kind  # type: ignore[return-value]

    def _name_above(self, passage: Passage, marker: Marker) -> str | None:
        """Who decides, where the name stands alone above the marker."""
        if marker.start > 3 or passage.index == 0:
            return None
        above = self.passages[passage.index - 1]
        if above.item != passage.item or above.heading or above.label is not None:
            return None
        return subject_alone(above.body)

    def _keep(self, draft: Draft) -> None:
        """Keep a draft, with the movers and votes printed around it."""
        after = words_behind(self.passages, draft.extent)
        if after:
            mover, seconder = people_in(after)
            draft.mover, draft.seconder = draft.mover or mover, draft.seconder or seconder
            draft.votes = draft.votes.filled_from(votes_in(after))
        self.debate.give(draft, self.drafts)
        if not draft.mover and not (draft.plain and self.debate.put_above(draft.first)):
            draft.mover, draft.seconder = movers_above(self.passages, draft, self.drafts)
        self.drafts.append(draft)

    def _since(self, passage: Passage) -> int:
        """Where a passage's words begin that no decision has taken yet."""
        last = self.drafts[-1].extent.end if self.drafts else 0
        return last if passage.body_start < last < passage.end else passage.body_start

    def _plainly(self, passage: Passage, sentence: str, offset: int, *, first: bool) -> Extent | None:
        if first and offset == passage.body_start:
            lost = self._without_marker(passage)
            if lost is not None:
                return lost
        if passage.place in ("reasons", "options", "recommendation", "apart") or (
            self.headed and passage.place != "decision"
        ):
            return None
        draft = alone_in(passage, self.passages) or settled_in(sentence, passage, offset)
        if draft is None or of_another_tier(draft.decided_by or "", self.outline.body):
            return None
        draft.decided_by = named_decider(draft.decided_by, self.outline.body)
        if draft.rule == "decision.elected" and not draft.mover:
            draft.mover, draft.seconder = nominated_in(passage.body[: offset - passage.body_start])
        if draft.rule == MOVED_AND_SETTLED and not draft.action:
            draft.action = action_of_matter(self.outline, self.passages, passage)
        if draft.rule == "decision.agreed-alone" and at_last_minutes(self.outline, passage):
            draft.action = "confirm_minutes"
        self._keep(draft)
        return draft.extent

    def _without_marker(self, passage: Passage) -> Extent | None:
        """Keep the decision of a paragraph that lost its marker ("That the wall be built."); what it covers."""
        apart = passage.place == "apart" and not self._below_particulars(passage)
        if apart or passage.place in ("reasons", "options", "recommendation"):
            return None
        motion = self.debate.moved_above(passage)
        if motion is not None:
            return self.debate.put(motion, passage, self.drafts[-1] if self.drafts else None)
        if self.headed or not lost_its_marker(self.outline.kind, self.passages, passage):
            return None
        extent = self.gatherer.from_statement(passage.index)
        if extent is not None:
            draft = Draft(extent, "decided", "decided", "decision.marker-lost", 0.55, passage.item, passage.index)
            draft.place, draft.plain = passage.place, True
            self._keep(draft)
        return extent

    def _below_particulars(self, passage: Passage) -> bool:
        """Whether a notice's last particular ("Decided at meeting: 4 May 2021 - Cabinet") stands right above."""
        found = heading_of(self.passages[passage.index - 1].body) if passage.index else None
        rest = self.passages[passage.index - 1].body[found[1] :] if found else ""
        return self.outline.kind == "decision_notice" and bool(rest) and len(rest) < 80
