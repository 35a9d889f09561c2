"""The motions that are before the meeting in one item, the votes counted on them, and what becomes of each."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from pipeline.extractors.decisions.actions import own_action
from pipeline.extractors.decisions.divisions import Side, sides_in, votes_for
from pipeline.extractors.decisions.draft import Draft, Extent, Votes
from pipeline.extractors.decisions.kinds import KINDS
from pipeline.extractors.decisions.motion_text import MotionReader
from pipeline.extractors.decisions.motions import ALONE, Motion, tells_outcome
from pipeline.extractors.decisions.notices_of_motion import names_of_notice
from pipeline.extractors.decisions.paragraph_ends import sentences
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.people import people_in, seconder_alone
from pipeline.extractors.decisions.votes import votes_in
from pipeline.records import ResolutionKind

THERE_VOTED = re.compile(
    r"\b[Tt]here\s+voted\b|\bvoted\s+(?:for|in\s+favour|against)\b"
    r"|\b[Ff]or:?\s+\d+\s*[,;]\s*[Aa]gainst\b|\b[Ff]or\s+the\s+(?:motion"
    r"|amendment)\b.{0,200}\b[Ff]or\s+the\s+(?:motion|amendment)\b",
    re.DOTALL | re.IGNORECASE,
)
MOVED_BY = re.compile(
    r"(?:It\s+was\s+)?(?:Moved|MOVED|Proposed|PROPOSED|moved|proposed)\s+by\b.{3,90}\b[Ss]econded\b.{3,60}?[,:;–-]?$"
)
"""Movers named above the words of a motion, as councils of Northern Ireland print them."""
SECONDED_BELOW = re.compile(r"(?:and\s+)?(?:was\s+)?(?:duly\s+)?(?:[Ss]econded|SECONDED)\s+(?:by|BY)\b.{3,60}$")
NEXT_VOTE = re.compile(
    r"\bput\b|\b(?:further|then|next|second)\b[^.]{0,40}\bvote\b|\bvote\s+(?:on|was)\b", re.IGNORECASE
)
"""A sentence that leads on to the vote on something else."""


HEADED = re.compile(
    r"(?:The\s+)?(?:Motion|MOTION|(?:(?:First|Second|Third)\s+)?Amendment|AMENDMENT)(?:\s+(?:\d{1,2}|One|Two|[A-C]))?\s*:?"
)
AND_AGREED = re.compile(
    r",?\s+and\s+(?:was\s+|it\s+was\s+)?(?:\w+ly\s+)?(?:agreed|carried|approved|passed)\b.*$"
    r"|[;,]\s+(?:the\s+vote\s+was|all\s+(?:were\s+)?(?:agreed|in\s+favour)|carried|agreed|unanimous)\b.*$",
    re.DOTALL,
)
"""What became of a motion, told in the breath that names its seconder."""
MOVER_ALONE = re.compile(r"(?:(?:Proposed|Moved)\s+by|(?:PROPOSED|MOVED)\s+(?:by|BY))\s+[^.:;]{3,60}")
SECONDER_THAT = re.compile(r"Seconded\s+by\s+[^.:;]{3,60}?,?\s+(?=that\b)")
ALIKE = 5
"""Tens of per cent of likeness from which an ordinary sentence may tell again a motion that was carried."""
PROPOSAL_LABEL = re.compile(r"(?i:Proposal|Motion|Proposed\s+resolution)\s*:\s+(?=(?:To|That)\s)")
TO_OFFICE = re.compile(
    r"[A-Z][\w’'. -]{2,40}\s(?:as|for|to\s+be)\s+(?:the\s+)?(?:Chair|Vice|Deputy|Mayor|Leader|Convener)"
)
OF_MINUTES = re.compile(r"(?:the\s+)?minutes\b[^.;]{0,80}\b(?:correct|true|accurate)\b")
"""The last minutes moved as a deed: "proposed the minutes as correct"."""
WORDED_BELOW = re.compile(
    r"(?:The|His|Her|Their)\s+(?:\w+\s+)?(?:amendment|motion|proposal)\s+(?:was|is|read)(?:\s+as\s+follows|\s+worded)?\s*:\W*"
)
REACH = 14
"""Passages below such a heading within which the movers are named."""


def names_above(passages: list[Passage], index: int) -> tuple[str, int]:
    """The paragraph above `index`, with the one above that where movers stand on two lines; and the first's index."""
    if not index:
        return "", 0
    above = passages[index - 1]
    if above.index and SECONDED_BELOW.match(above.body) and above.item == passages[above.index - 1].item:
        return f"{passages[above.index - 1].body} {above.body}", above.index - 1
    return above.body, above.index


class Debate:
    """Motions from when they are put until the item closes. `tally` holds votes told of nothing yet."""

    def __init__(self, passages: list[Passage], reader: MotionReader, text: str) -> None:
        self.passages = passages
        self.reader = reader
        self.text = text
        self.motions: list[Motion] = []
        self.tally = ""
        self.counted_at = -1
        """Index of the passage that counted votes last."""
        self.settled: Motion | None = None
        """The motion whose outcome was told last, while lines that count its votes may follow; `told` are these."""
        self.told = ""
        self.divided: list[Motion] = []
        """The motions of the last division, while lines that count its votes may follow."""
        self.pointed: str | None = None
        """Number of the paragraph whose motion was last said to be put."""

    def count(self, words: str, index: int = -1) -> None:
        """Take in words that count votes, told in passage `index`: for the motion just settled, or for what follows."""
        self.counted_at = index
        if self.settled is not None:
            self.told += f"\n{words}"
            votes = votes_in(self.told, self.settled.outcome)
            self.settled.votes = votes if votes else self.settled.votes
            return
        self.tally += f"\n{words}"
        self._divided(self.tally)

    def give(self, draft: Draft, drafts: list[Draft]) -> None:
        """Give a decision the movers and votes of the motion that it carries, or the votes just counted."""
        motion = self.carried_by(draft, drafts)
        if motion is not None:
            motion.used = motion.extent is not None or draft.rule != "decision.marker-lost"
            draft.mover, draft.seconder = draft.mover or motion.mover, draft.seconder or motion.seconder
            votes = motion.votes if motion.outcome or not self.tally else votes_in(self.tally)
            draft.votes = draft.votes.filled_from(votes)
        elif self.tally and (not draft.plain or self.counted_at == draft.first):
            draft.votes = draft.votes.filled_from(votes_in(self.tally))
        self.lead_on()

    def carried_by(self, draft: Draft, drafts: list[Draft]) -> Motion | None:
        """The motion that a resolution carries: the last that did not fall and that no other took."""
        since = max((d.first for d in drafts if d.item == draft.item and not d.plain), default=-1)
        oldest = draft.first - 2 if draft.plain else -1 if draft.formal else since
        if draft.item is None:
            oldest = max(oldest, draft.first - REACH)
        open_ones = [
            m
            for m in self.motions
            if not m.used
            and m.outcome in ("", "carried")
            and m.index >= (since if m.outcome == "carried" and m.votes else oldest)
            and (draft.mover is None or draft.mover == m.mover)
            and not (
                draft.plain and m.outcome and m.extent is not None and (m.deed or self._likeness(m, draft) < ALIKE)
            )
        ]
        whole = [m for m in open_ones if not m.amendment] or open_ones
        if not whole:
            return None
        return max(whole, key=lambda m: (self._likeness(m, draft), m.index))

    def _likeness(self, motion: Motion, draft: Draft) -> float:
        """How like a motion's words are to a resolution's, in tens of per cent; 0 where none are printed."""
        if motion.extent is None:
            return 0
        pair = (self.text[e.start : e.end][:1500].lower() for e in (motion.extent, draft.extent))
        return fuzz.token_set_ratio(*pair) // 10

    def put(self, motion: Motion, passage: Passage, last: Draft | None) -> Extent | None:
        """Take in a motion that is put; what its words cover. `last` is the decision read before it."""
        if motion.text_start is not None:
            for names in [m for m in self.motions if self._only_names(m, motion)]:
                self.motions.remove(names)
                motion.outcome, motion.outcome_word = motion.outcome or names.outcome, names.outcome_word
                motion.votes = motion.votes.filled_from(names.votes)
        above = self.passages[passage.index - 1].body if passage.index else ""
        motion.amendment = motion.amendment or (HEADED.fullmatch(above) is not None and "amend" in above.lower())
        motion.extent = self.reader.extent(motion)
        if motion.outcome and motion.extent is not None:
            motion.votes = votes_in(passage.body, motion.outcome).filled_from(motion.votes)
        motion.used = (
            motion.text_start is None
            and last is not None
            and last.extent.last >= passage.index - 2
            and last.mover == motion.mover
        )
        self.motions.append(motion)
        self.lead_on()
        if not motion.outcome and motion.text_start is None and votes_in(passage.body).ayes is not None:
            self.tally = passage.body
        if motion.extent is not None and motion.extent.last > passage.index:
            self._told_behind(motion.extent)
        return motion.extent

    def _only_names(self, names: Motion, motion: Motion) -> bool:
        """Whether what was taken for a motion is the line of names above one."""
        above = names.text_start is None and names.index in (motion.index - 1, motion.index - 2)
        return above and (names.mover, names.seconder) == (motion.mover, motion.seconder)

    def _told_behind(self, extent: Extent) -> None:
        """The vote on a motion, printed on in the last paragraph of its words."""
        passage = self.passages[extent.last]
        rest = passage.body[extent.end - passage.body_start :]
        for start, end in sentences(rest):
            outcome = tells_outcome(rest[start:end], alone=False)
            if THERE_VOTED.search(rest[start:end]):
                self.divide(rest[start:])
                return
            if outcome is not None and self.settle(outcome, rest[start:end]):
                return

    def moved_above(self, passage: Passage) -> Motion | None:
        """The motion that a paragraph "That ..." is, where the paragraph above only names its movers."""
        index = passage.index
        if index and ALONE.match(self.passages[index - 1].body):
            index -= 1  # what became of it is told between the names and the words
        names, first = names_above(self.passages, index)
        quote = re.match(r"[“\"]?(?=(?:That|THAT|This)\b)", passage.body) or (
            passage.label is not None and passage.label.bullet and re.match("(?=that\\b)", passage.body)
        )
        if not quote:
            return None
        notice = names_of_notice(names)
        if notice is None and not MOVED_BY.match(names.rstrip(".")):
            return None
        mover, seconder = notice or people_in(names)
        if not mover or not seconder:
            return None
        title = self.passages[first - 1].body if first else ""
        titled = re.fullmatch(r"[\w ]{0,20}amendment\W*", title.lower()) is not None
        amendment = titled or "amendment" in names.lower() or bool(self.waiting_above(first))
        return Motion(passage.index, mover, seconder, amendment, passage.body_start + quote.end())

    def headed(self, passage: Passage) -> Motion | None:
        """The motion below a heading "Motion" or "Amendment" whose movers are named under its words, as in Scotland."""
        if HEADED.fullmatch(passage.body) is None:
            return self._on_form(passage) or self._on_two_lines(passage)
        for below in self.passages[passage.index + 2 : passage.index + REACH]:
            if below.item != passage.item or HEADED.fullmatch(below.body):
                return None
            if MOVED_BY.match(below.body.rstrip(".")):
                first, last = self.passages[passage.index + 1], self.passages[below.index - 1]
                mover, seconder = people_in(below.body)
                amendment = "amendment" in passage.body.lower()
                motion = Motion(passage.index, mover, seconder, amendment, first.body_start, last.end)
                motion.last = below.index
                return motion
        return None

    def _on_form(self, passage: Passage) -> Motion | None:
        """A motion behind a label ("Proposal: To buy two"), with mover and seconder on lines of their own below."""
        words = PROPOSAL_LABEL.match(passage.body)
        below = self.passages[passage.index + 1 : passage.index + 3]
        if words is None or not below or any(p.item != passage.item for p in below):
            return None
        mover, seconder = people_in(" ".join(p.body for p in below))
        if mover is None:
            return None
        motion = Motion(passage.index, mover, seconder, False, passage.body_start + words.end(), passage.end)
        motion.last = passage.index + (1 if seconder and seconder in below[0].body else len(below))
        return motion

    def _on_two_lines(self, passage: Passage) -> Motion | None:
        """A motion whose words follow its seconder, with the mover on the line above."""
        second = SECONDER_THAT.match(passage.body)
        above = self.passages[passage.index - 1] if passage.index else None
        if second is None or above is None or above.item != passage.item or MOVER_ALONE.fullmatch(above.body) is None:
            return None
        mover, seconder = people_in(f"{above.body} {passage.body}")
        return Motion(passage.index, mover, seconder, False, passage.body_start + second.end(), passage.end)

    def worded_below(self, sentence: str, passage: Passage) -> Extent | None:
        """The words of the motion just told, where a sentence leads in to them ("The amendment was as follows:")."""
        last = self.motions[-1] if self.motions else None
        if last is None or last.outcome or last.index != passage.index or WORDED_BELOW.fullmatch(sentence) is None:
            return None
        told = last.text_start, last.text_limit, last.extent
        last.text_start, last.text_limit = passage.end, None
        last.amendment = last.amendment or "amendment" in sentence.lower()
        last.extent = self.reader.extent(last)
        if last.extent is None:
            last.text_start, last.text_limit, last.extent = told
            return None
        return last.extent

    def waiting_above(self, first: int) -> list[Motion]:
        """Motions whose words stand right above the paragraph `first`: what is moved next amends them."""
        return [m for m in self.waiting() if m.extent is not None and m.extent.last == first - 1]

    def put_above(self, first: int) -> bool:
        """Whether a motion with words of its own stands right above the passage `first`: its movers are its own."""
        return any(m.extent is not None and m.extent.last == first - 1 for m in self.motions)

    def second(self, sentence: str, passage: Passage) -> bool:
        """Take in a sentence that only names the seconder of the motion just put; False where it does not."""
        last = self.motions[-1] if self.motions else None
        if last is None or last.seconder or last.outcome or last.index < passage.index - 2:
            return False
        alone = AND_AGREED.sub("", sentence)
        last.seconder = seconder_alone(alone)
        return last.seconder is not None and alone == sentence

    def quiet(self) -> bool:
        """Whether no motion waits for its outcome or for the count of its votes."""
        return not self.waiting() and self.settled is None and not self.divided and not self.tally.strip()

    def lead_on(self) -> None:
        """Something else is before the meeting: votes that are told from here on are not on what was settled."""
        self.tally = ""
        self.settled, self.told, self.divided = None, "", []

    def divide(self, sentence: str) -> bool:
        """Take in a vote told in a sentence; whether it decided between motions that were put."""
        settled = self.motions[-1] if self.motions else None
        if settled is not None and settled.outcome and not settled.votes and not settled.used:
            settled.votes = votes_in(sentence, settled.outcome)
            return False
        if self.divided and sides_in(sentence):
            self.lead_on()
        self.tally += f" {sentence}"
        return self._divided(self.tally)

    def _divided(self, told: str) -> bool:
        """Settle the motions between which the votes told so far divide the meeting; False where they do not."""
        sides = sides_in(told)
        before = self.divided
        put: list[Motion] = []
        for side in sides:
            motion = self._put_for(side, put, before)
            if motion is None:
                return False
            put.append(motion)
        most = max((side.votes for side in sides), default=0)
        if not sides or [side.votes for side in sides].count(most) > 1:
            return False
        for side, motion in zip(sides, put, strict=True):
            wins = side.votes == most
            between_amendments = wins and all(other.amendment for other in sides)
            motion.outcome = "" if between_amendments else "carried" if wins else "lost"
            motion.outcome_word = "carried" if motion.outcome else ""
            motion.votes = Votes() if between_amendments else votes_for(side, sides, told)
        self.divided = put
        return True

    def _put_for(self, side: Side, taken: list[Motion], before: list[Motion]) -> Motion | None:
        """The motion that a side of a division is, by its mover's name where it is told."""
        fits = [
            m
            for m in reversed(self.motions)
            if m.amendment == side.amendment
            and m not in taken
            and (m in before or not (m.used or m.outcome in ("lost", "withdrawn")))
        ]
        if side.by is None or not side.amendment:
            return next(iter(fits), None)
        last_name = side.by.split()[-1].lower()
        return next((m for m in fits if m.mover and m.mover.lower().split()[-1] == last_name), None)

    def settle(self, outcome: tuple[str, str], sentence: str, end: int = -1) -> bool:
        """Give a motion that is waiting its outcome, told in a sentence up to offset `end`; False where none waits."""
        waiting = self.waiting()
        if self.divided and outcome[0] in ("carried", "lost"):
            return True
        if not waiting:
            self._put_again(outcome, sentence)
            if outcome[0] == "lost":
                self.lead_on()
            if outcome[0] == "lost" and votes_in(sentence).ayes is None:
                self.settled = Motion(-1, None, None, "amendment" in sentence.lower(), None, outcome="lost", used=True)
            return False
        lower = sentence.lower()
        if outcome[0] == "carried" and "resolved" in lower:
            outcome = ("carried", "resolved")  # "and the Committee resolved accordingly"
        pointed = [m for m in waiting if self.pointed and self._number(m) == self.pointed]
        self.pointed = None
        amendments = [m for m in waiting if m.amendment]
        motions = [m for m in waiting if not m.amendment]
        if outcome[0] == "withdrawn" and "amendment" in lower and not amendments and not pointed:
            return False  # an amendment that was never put; the motion still waits
        if pointed:
            motion = pointed[-1]
        elif "amendment" in lower and amendments:
            motion = amendments[-1]
        elif ("substantive" in lower or re.search(r"\bmotion\b", lower)) and motions:
            motion = motions[-1]
        else:
            motion = waiting[-1]
        motion.outcome, motion.outcome_word = outcome
        counted = votes_in(self.tally, outcome[0])
        motion.votes = counted if counted.noes is not None else votes_in(f"{self.tally} {sentence}", outcome[0])
        if motion.extent is None and outcome[0] == "lost" and 0 <= motion.said < end <= self.passages[motion.index].end:
            motion.extent = Extent(motion.said, end, last=motion.index)
            motion.told = True
        self.lead_on()
        if outcome[0] == "carried" and not motion.amendment:
            self._fell_against(motion)
        self.settled = motion if motion.votes.ayes is None else None
        return True

    def _fell_against(self, motion: Motion) -> None:
        """Amendments that still wait when the motion itself is carried have fallen, as in Scotland's divisions."""
        votes = motion.votes
        for other in [m for m in self.waiting() if m.amendment and m.seconder and m.index > motion.index]:
            other.outcome = "lost"
            other.votes = Votes(votes.noes, votes.ayes, votes.abstentions) if votes.noes is not None else Votes()

    def _put_again(self, outcome: tuple[str, str], sentence: str) -> None:
        """The vote on the whole, after votes on its parts."""
        carried = [m for m in self.motions if m.outcome == "carried" and not m.used and not m.amendment]
        if outcome[0] == "carried" and carried and "substantive" in sentence.lower():
            carried[-1].votes = votes_in(f"{self.tally} {sentence}", outcome[0]).filled_from(carried[-1].votes)
            self.tally = ""

    def _number(self, motion: Motion) -> str | None:
        """The number of the paragraph in which a motion stands."""
        label = self.passages[motion.index].label
        return label.number if label else None

    def waiting(self) -> list[Motion]:
        """Motions that were put and whose outcome has not been told."""
        return [m for m in self.motions if not m.outcome and not m.used]

    def worded(self) -> bool:
        """Whether a motion waits whose words are printed."""
        return any(m.extent is not None for m in self.waiting())

    def close(self) -> list[Draft]:
        """Motions that no resolution took: those that fell are decisions, those carried too."""
        left = [m for m in self.motions if not m.used and m.outcome != "withdrawn"]
        self.lead_on()
        self.motions, self.pointed = [], None
        return [draft for draft in map(self._draft, left) if draft is not None]

    def _draft(self, motion: Motion) -> Draft | None:
        kinds: dict[str, ResolutionKind] = {"lost": "lost", "carried": "other", "": "moved"}
        kind = kinds[motion.outcome]
        if motion.outcome == "carried" and not motion.amendment:
            kind = KINDS.get(motion.outcome_word.split()[-1], "other")
        if motion.extent is None or (motion.outcome == "" and motion.seconder is None):
            return None
        passage = self.passages[motion.index]
        return Draft(
            motion.extent,
            kind,
            "proposed" if motion.outcome == "" else "decided",
            f"decision.motion-{motion.outcome or 'moved'}",
            0.9 if motion.outcome == "lost" else 0.75,
            passage.item,
            motion.index,
            mover=motion.mover,
            seconder=motion.seconder,
            votes=motion.votes,
            action="amend" if motion.told and motion.amendment else _of_deed(motion),
            place=passage.place,
        )


def _of_deed(motion: Motion) -> str:
    """The action of a deed that is moved; empty where the motion has words of its own."""
    if not motion.deed:
        return ""
    if OF_MINUTES.match(motion.deed):
        return "confirm_minutes"
    return "appoint" if TO_OFFICE.match(motion.deed) else own_action(motion.deed) or "other"
