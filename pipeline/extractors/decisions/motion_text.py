"""How far the words of a motion or an amendment go, and its limbs."""

from __future__ import annotations

import re

from pipeline.extractors.decisions.draft import Extent, Limb
from pipeline.extractors.decisions.grammar import rules_of
from pipeline.extractors.decisions.limbs import Gatherer
from pipeline.extractors.decisions.motions import Motion, is_vote_line, motion_in, tells_outcome
from pipeline.extractors.decisions.order import goes_on
from pipeline.extractors.decisions.paragraph_ends import cut, own_sentences
from pipeline.extractors.decisions.passages import Passage

DEBATE = re.compile(
    r"^(?:Following|After|During|In\s+the\s+course\s+of)\b.{0,40}\b(?:debate|discussion|vote)|^"
    r"[^.]{0,120}\b(?:was|were)\s+(?:then\s+|duly\s+|accordingly\s+)?put\s+to\s+the\s+(?:vote|meeting"
    r"|[Cc]ouncil|[Cc]ommittee)\b|^In\s+(?:terms\s+of|accordance\s+with)\b.{0,80}\b(?:divided|vote)\b"
    r"|^(?:The\s+)?(?:Chair\w*|Mayor|Convener|Provost)\b.{0,60}\b(?:put|called|invited)|^On\s+"
    r"(?:being|a)\b|^(?:An\s+amendment|A\s+(?:recorded\s+)?vote)\b",
    re.IGNORECASE,
)
FORM_LABEL = re.compile(
    r"^Proposed\s+(?:Purpose|Amendment|Motion|Change)s?\s*:?\s*$|^(?:Purpose|Text|Wording)\s*:\s*$", re.IGNORECASE
)
FORM_PART = re.compile(r"^Proposed\s+[A-Z]\w+(?:\s+[A-Z]\w+)*\s*:?", re.IGNORECASE)
MOVES_ON = re.compile(r"[^.\"“]{2,80}\bMOVED\b[^\"“]{0,120}:\s*$")
"""Somebody moves something else."""
RESOLVES = re.compile(
    r"\b(?:resolves?|asked|agrees?|calls\s+on|therefore)\b.*[:;,]?\s*$|\bto\s*:\s*$"
    r"|^\W*That\s+(?:the\s+)?[\w ]{3,60}\s*[:–—-]+\s*$",
    re.IGNORECASE,
)
SEEKS = re.compile(r"(?:^[\"“‘']?|(?<=[.!?]\s))This\s+(?:amendment|motion)\b")
OPENERS = " \"“‘'"


class MotionReader:
    """Finds the words of motions among passages."""

    def __init__(self, passages: list[Passage], gatherer: Gatherer) -> None:
        self.passages = passages
        self.gatherer = gatherer

    def extent(self, motion: Motion) -> Extent | None:
        """What a motion covers; None where its words are not printed."""
        if motion.text_start is None:
            return None
        passage = self.passages[motion.index]
        if motion.text_limit is not None:
            extent = Extent(motion.text_start, motion.text_limit, last=max(motion.index, motion.last))
            if motion.last > motion.index + 2:  # its words stand in paragraphs between a heading and its movers
                self._limbs(extent, motion.index + 1, motion.last - 1)
            return self._trim(extent)
        rest = passage.body[motion.text_start - passage.body_start :]
        quoted = (
            re.match(r"\s*[“\"]", passage.body[max(0, motion.text_start - passage.body_start - 2) :] + rest) is not None
        )
        goes_below = (
            rest.strip(' :;-–—“"').lower() in ("", "that")
            or rest.rstrip().endswith(":")
            or quoted
            and "”" not in rest
            and rest.count('"') < 1
        )
        if not goes_below:
            words, after = own_sentences(rest)
            return self._trim(Extent(motion.text_start, motion.text_start + len(words), last=motion.index, after=after))
        last = self._last(motion.index)
        first = (
            motion.index if rest.strip(" :;-–—").lower() not in ("", "that") else self._first(motion.index + 1, last)
        )
        if first > last:
            return None
        start = motion.text_start if first == motion.index else self.passages[first].start
        extent = Extent(start, self.passages[last].body_start + len(cut(self.passages[last].body)[0]), last=last)
        self._limbs(extent, first, last)
        return self._trim(extent)

    def _first(self, index: int, last: int) -> int:
        """The first passage of the words: below the labels of a form, at what the amendment seeks."""
        while index <= last and FORM_LABEL.match(self.passages[index].body):
            index += 1
        for candidate in range(index, min(index + 4, last + 1)):
            if SEEKS.match(self.passages[candidate].body):
                return candidate
        return index

    def _last(self, index: int) -> int:
        """The last passage of the words that begin in or below passage `index`."""
        origin = self.passages[index]
        last = index
        for passage in self.passages[index + 1 :]:
            if passage.item != origin.item or self._stops(passage, origin):
                break
            last = passage.index
            closes = passage.body.rstrip(" .").endswith(("”", '"'))
            following = self.passages[last + 1] if last + 1 < len(self.passages) else None
            if closes and not (
                following is not None
                and (
                    FORM_PART.match(following.body) or following.body[:1] in '“"' or re.match(r"and\b", following.body)
                )
            ):
                break
        return last

    def _stops(self, passage: Passage, origin: Passage) -> bool:
        if origin.label is not None and passage.label is not None and goes_on(origin.label, passage.label):
            return True
        if is_vote_line(passage.body) or DEBATE.match(passage.body) or tells_outcome(passage.body[:300], alone=True):
            return True
        if any(r.pattern.search(passage.body) for r in rules_of("ends") if r.id == "end.page-furniture"):
            return True
        if self.gatherer.stop(passage) or MOVES_ON.match(passage.body):
            return True
        moved = motion_in(passage.body[:600], passage.index, 0, ends_passage=True)
        return moved is not None and moved.seconder is not None

    def _limbs(self, extent: Extent, first: int, last: int) -> None:
        """The limbs of what the motion would resolve; its preamble ("this Council notes ...") is no limb."""
        if re.search(r"Proposed\s+(?:Amount|Funding)", " ".join(p.body for p in self.passages[first : last + 1])):
            return
        leads = [
            i
            for i in range(first, last)
            if (self.passages[i].label is None or i == first) and RESOLVES.search(self.passages[i].body)
        ]
        opening = leads[-1] + 1 if leads else first
        found = self.gatherer.from_passage(opening) if opening <= last else None
        if found is not None and found.last <= last and len(found.limbs) > 1:
            extent.limbs = found.limbs
            extent.lead_in_end = found.limbs[0].start

    def _trim(self, extent: Extent) -> Extent:
        """Without opening quotes; closing ones count as part of the words."""
        text = self._text(extent)
        extent.start += len(text) - len(text.lstrip(OPENERS))
        extent.end -= len(text) - len(text.rstrip())
        if extent.limbs and extent.limbs[0].start < extent.start:
            extent.limbs[0] = Limb(extent.start, extent.limbs[0].end, extent.limbs[0].label)
        return extent

    def _text(self, extent: Extent) -> str:
        parts = [p for p in self.passages if p.end > extent.start and p.start < extent.end]
        if len(parts) == 1 and parts[0].body_start <= extent.start:
            return parts[0].body[extent.start - parts[0].body_start : extent.end - parts[0].body_start]
        first, last = parts[0], parts[-1]
        head = first.body[max(0, extent.start - first.body_start) :]
        return f"{head} … {last.body[: max(0, extent.end - last.body_start)]}"
