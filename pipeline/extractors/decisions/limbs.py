"""How far a decision goes: its limbs, and where it stops.

A decision that ends its paragraph with a colon, or opens with a label, goes on in the passages below: as long as
their labels go on from one another, or, without labels, as long as each reads as a clause. It stops at the next
item, at reasons, options, votes, another decision, or where the numbering starts again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extractors.decisions.actions import opens_with_verb, own_action
from pipeline.extractors.decisions.draft import Extent, Limb
from pipeline.extractors.decisions.grammar import expand, first_match
from pipeline.extractors.decisions.inline import opened_inline, split_inline
from pipeline.extractors.decisions.order import goes_on, same_list
from pipeline.extractors.decisions.paragraph_ends import CLAUSE_START, cut, leaves_room, own_sentences
from pipeline.extractors.decisions.passages import Passage
from pipeline.extractors.decisions.places import heading_of
from pipeline.extractors.decisions.sums_below import lists_sums, sums_follow, take_sums
from pipeline.labels import Label

OPEN = re.compile(r"(?:^|:\s*[-–—]?|\b(?:that|to|the|and)|[-–—])\s*$", re.IGNORECASE)
UNFINISHED = re.compile(r"(?:[;,]|:\s*[-–—]?|\s[-–—]|;?\s+(?:and|or))\s*$")
RECOMMENDATIONS = re.compile(r"(?:the\s+)?recommendations?(?:\(s\))?\s*:?", re.IGNORECASE)
DECISION_ALONE = re.compile(r"Decision\s*:?", re.IGNORECASE)
LEADS_IN = re.compile(r"(?:[:–—]\s*-?|\s-)\s*$")
INTERLUDE = 110
"""Characters that a sub-heading between two limbs may have."""
CELL = 40
"""Characters that a cell of a flattened table may have."""
BODY_ALONE = re.compile(expand(r"\W*(?:[Tt]hat|THAT)\s+{{body}}\s*[:,]?\s*$"))
"""A lead-in that names only who acts: "that Cabinet", the verbs follow in its limbs."""
WHO_LEADS = re.compile(
    expand(
        r"(?:{{body}}|(?:The\s+)?(?:Cabinet|Executive|Lead|Portfolio)\s+(?:Member|Holder|Councillor)(?:\s+for\s+[^:;.]{3,90})?)"
        r"\s*[:–—][\s–—-]*"
    )
)
RUN_IN = 60
"""Characters before a decision that is told in passing: it has no list whose first label is lost."""
BODY_NAMED = re.compile(expand(r"{{body}}\s*[:,]?"))
"""Its name alone on a line between the marker and the limbs."""
BODY_ACTS = re.compile(
    expand(
        r"{{body}}\s+(?:{{how}}\s+)*(?:noted|agreed|approved|endorsed|supported|received|confirmed|considered|welcomed)\b"
    )
)
"""What the body did, below a marker that stands alone."""
ACTS_NOW = re.compile(
    r"(?:The\s+)?[A-Z][\w ,&’'-]{3,90}?\s(?:notes|agrees|approves|authorises|delegates|requests|recommends|endorses)\b"
)
"""A further limb that tells what the one who decides does, in the present tense."""
UNSTOPPED = re.compile(expand(r"(?:[Tt]hat|THAT)\s+{{body}}\s+(?:[a-z]+\s+){0,4}[a-z]+"))
"""A lead-in without a colon: "That Cabinet approves"."""
ASIDE_ALONE = re.compile(r"\s*(?:that\s+)?\((?!\w{1,3}\))[^()]{8,200}\)\s*:?\s*$")
"""Brackets between the marker and the limbs ("that (subject to the precepts):") are no part of the decision."""
LIMB_VERB = re.compile(
    r"[A-Z][a-z]+(?:ed|en)\b(?!\s*[:;–—-])|(?!RESOLVED|RECOMMENDED|ORDERED)[A-Z]{3,}(?:ED|EN)\b(?!\s*[:;–—-])"
)
"""A limb may begin with the word of a marker ("(5) Resolved to discount options A and B")."""
TABLE_AHEAD = re.compile(r"\b(?:following|below|as follows)\b.*:\W*$", re.IGNORECASE | re.DOTALL)
"""What a limb says before the table that belongs to it."""
TITLE_LIKE = re.compile(r"[A-Z][\w’'/-]*(?:\s+(?:[A-Z][\w’'/-]*|and|of|for|the|to|&|/|–|-)){0,7}")
"""A bullet without a stop, below limbs that have them: the title of what comes next."""
PAIRED = re.compile(r"[A-Z][^.:–]{3,60}\s[–-]\s[A-Z].{2,100}(?<!\.)")
"""A line such as "Planning Committee – Councillors Hale, Brook", of a list without labels."""
LEADING_MARKS = re.compile(r"[\s:;,.\-–—/\"“‘]*(?=\S)")

Stop = Callable[[Passage], bool]


class Gatherer:
    """Gathers a decision's limbs from a list of passages. `stop` tells passages that begin something else."""

    def __init__(self, passages: list[Passage], stop: Stop) -> None:
        self.passages = passages
        self.stop = stop

    def from_marker(self, index: int, offset: int, *, whole: bool, limit: int | None = None) -> Extent | None:
        """The extent of a decision whose words begin at `offset` of the document, in passage `index`.

        `whole`: the paragraph is the decision's own, so that all its sentences count; otherwise only the
        sentence that ends at `limit`. None where nothing follows the marker.
        """
        passage = self.passages[index]
        if limit is not None and len(split_inline(passage.body[offset - passage.body_start :])) > 1:
            limit = None  # a list printed on in the paragraph, a sentence to each limb
        stop_at = passage.end if limit is None else limit
        rest = passage.body[offset - passage.body_start : stop_at - passage.body_start]
        at_end = stop_at >= passage.end
        text, after = cut(rest)
        if at_end and ASIDE_ALONE.match(text) and self._label_follows(index):
            offset, text = passage.end, ""
        lead = LEADING_MARKS.match(text)
        start = offset + (lead.end() if lead and text.strip() else 0)
        text = text[start - offset :]
        if whole:
            text, more = own_sentences(text)
            after = f"{more} {after}".strip()
        extent = Extent(start, start + len(text.rstrip()), last=index, after=after)
        if at_end and not text.strip(" :-–—") and sums_follow(self.passages, index):
            extent.start = self.passages[index + 1].start
            take_sums(self.passages, extent, index)
            return extent
        pieces = split_inline(text) or (self._opened_above(index, text) if at_end else [])
        if at_end and not after and not pieces and lists_sums(self.passages, index, text):
            take_sums(self.passages, extent, index)
        elif pieces:
            self._add_pieces(extent, start, text, pieces)
            if at_end and not after:
                self._walk(extent, index + 1, pieces[-1][2], passage)
        elif at_end and (
            not text.strip()
            or OPEN.search(text)
            or (text.endswith(";") and own_action(text) is None)
            or ((BODY_ALONE.match(text) or UNSTOPPED.fullmatch(text)) and self._label_follows(index))
        ):
            self._walk(extent, index + 1, None, passage)
            if not extent.limbs and not text.strip(" -–—:;,").lower().replace("that", "").replace("to", ""):
                return None
        elif at_end and not after and whole:
            self._plain_continuation(extent, index, text)
        if extent.limbs and WHO_LEADS.fullmatch(self.passages[index].body[start - passage.body_start :].strip()):
            extent.start = extent.limbs[0].start  # only who decides is named before the limbs
        said = any(c.isalnum() for c in text) or bool(extent.limbs)
        return extent if said and extent.end > extent.start else None

    def _opened_above(self, index: int, text: str) -> list[tuple[int, int, Label]]:
        """The first limb printed on behind its lead-in, where the list goes on in the next passage."""
        opened = opened_inline(text)
        following = self.passages[index + 1] if index + 1 < len(self.passages) else None
        if opened is None or following is None or following.label is None:
            return []
        return [opened] if following.item == self.passages[index].item and goes_on(opened[2], following.label) else []

    def from_passage(self, index: int) -> Extent | None:
        """The extent of a list of limbs that begins with passage `index` itself."""
        first = self.passages[index]
        extent = Extent(first.body_start, first.body_start, lead_in_end=first.body_start, last=index - 1)
        if not self._take_first(extent, index):
            return None
        self._walk(extent, extent.last + 1, self.passages[extent.last].label, None)
        return extent

    def from_statement(self, index: int) -> Extent | None:
        """The extent of a decision whose marker is lost: a list that begins here, or a lead-in and its limbs."""
        if LEADS_IN.search(self.passages[index].body) or BODY_ALONE.match(self.passages[index].body):
            return self.from_marker(index, self.passages[index].body_start, whole=True)
        return self.from_passage(index)

    def _add_pieces(self, extent: Extent, start: int, text: str, pieces: list[tuple[int, int, Label]]) -> None:
        if extent.lead_in_end < 0:
            extent.lead_in_end = start + pieces[0][0]
        ends = [piece[0] for piece in pieces[1:]] + [len(text)]
        for (_, body, label), end in zip(pieces, ends, strict=True):
            extent.limbs.append(Limb(start + body, start + len(text[:end].rstrip()), label.printed))
        extent.end = extent.limbs[-1].end

    def _plain_continuation(self, extent: Extent, index: int, text: str) -> None:
        """ "That A be approved." goes on with paragraphs that begin with "That", or from a list whose first is lost."""
        following = self.passages[index + 1] if index + 1 < len(self.passages) else None
        origin = self.passages[index]
        if following is None or self._leaves(following, origin.item) or self._ends(following, origin):
            return
        first = self.passages[index]
        lost = (
            following.label is not None
            and not following.label.bullet
            and _second(following.label)
            and not self._first_above(index, following.label)
        )
        own = first.label is not None and following.label is not None and goes_on(first.label, following.label)
        if (
            lost
            and not own
            and (CLAUSE_START.match(following.body) or opens_with_verb(following.body))
            or following.label is None
            and ((CLAUSE_START.match(text) and CLAUSE_START.match(following.body)) or UNFINISHED.search(text))
        ):
            extent.limbs.append(Limb(extent.start, extent.end))
            extent.lead_in_end = extent.start
            self._walk(extent, index + 1, None, first)

    def _first_above(self, index: int, label: Label) -> bool:
        """Whether the label before `label` stands above in the item: then it numbers matters, not limbs."""
        for passage in reversed(self.passages[max(0, index - 12) : index + 1]):
            if passage.item != self.passages[index].item:
                return False
            if passage.label is not None and goes_on(passage.label, label):
                return True
        return False

    def _walk(self, extent: Extent, index: int, top: Label | None, origin: Passage | None) -> None:
        """Take passages from `index` on while they belong. `top` is the label of the last limb."""
        sub: Label | None = None
        home = self.passages[max(extent.last, 0)].item
        while index < len(self.passages):
            passage = self.passages[index]
            if not extent.limbs and (RECOMMENDATIONS.fullmatch(passage.body) or DECISION_ALONE.fullmatch(passage.body)):
                if DECISION_ALONE.fullmatch(passage.body):
                    extent.start = extent.end = passage.end  # "it was resolved that", a heading, and then its words
                index += 1  # "RESOLVED:" above the officer's own list
                continue
            if extent.limbs and (self._tabulates(extent, passage) or self._table_between(passage, top)):
                extent.limbs[-1].end = extent.end = passage.end
                extent.last = passage.index
                index += 1
                continue
            acts = not extent.limbs and extent.end - extent.start < 3 and BODY_ACTS.match(passage.body) is not None
            ends = not acts and self._ends(passage, origin, top if extent.limbs else None)
            if ends or self._leaves(passage, home, extent):
                return
            if not extent.limbs:
                if not self._take_first(extent, index):
                    return
                home = None if passage.item != home else home
                index = extent.last + 1
                top = self.passages[extent.last].label
                continue
            verdict = self._belongs(extent, passage, top, sub, origin)
            if verdict == "limb":
                self._take(extent, passage)
                top, sub = passage.label or top, None
            elif verdict == "part":
                text, after = cut(passage.body)
                extent.limbs[-1].end = extent.end = passage.body_start + len(text)
                extent.last, extent.after = passage.index, after
                sub = passage.label or sub
            elif verdict == "interlude":
                extent.between = f"{extent.between} {passage.body}".strip()
                index += 1
                continue
            else:
                return
            if extent.after and not leaves_room(extent.after):
                return
            index += 1

    def _tabulates(self, extent: Extent, passage: Passage) -> bool:
        """Whether a cell stands in a table that a limb leads in ("that the following amounts be calculated:-")."""
        last = self.passages[extent.last]
        if not passage.in_table or passage.item != last.item:
            return False
        if not last.in_table:
            return TABLE_AHEAD.search(last.body) is not None
        begun = next(p for p in reversed(self.passages[: extent.last + 1]) if p.start <= extent.limbs[-1].start)
        return last.block is passage.block and not begun.in_table

    def _table_between(self, passage: Passage, top: Label | None) -> bool:
        """Whether a cell stands in a table behind which the list of limbs goes on."""
        if not passage.in_table or top is None or top.bullet:
            return False
        behind = next((p for p in self.passages[passage.index + 1 :] if p.block is not passage.block), None)
        same = behind is not None and behind.item == passage.item
        return behind is not None and same and behind.label is not None and goes_on(top, behind.label)

    def _take_first(self, extent: Extent, index: int) -> bool:
        """Take the first limb; words of introduction before a label go to the lead-in."""
        passage = self.passages[index]
        if passage.label is None and (
            LEADS_IN.search(passage.body)
            or BODY_ALONE.match(passage.body)
            or BODY_NAMED.fullmatch(passage.body)
            or UNSTOPPED.fullmatch(passage.body)
            or re.fullmatch(r"that\W*", passage.body, re.IGNORECASE)
            or (passage.heading and len(passage.body) < INTERLUDE)
            or self._heads_first_limb(extent, passage)
        ):
            below = self._first_label_below(index)
            if below is not None:
                if self._heads_first_limb(extent, passage):
                    extent.start = self.passages[below].start
                extent.end, extent.last = self.passages[below - 1].end, below - 1
                return self._take_first(extent, below)
        if passage.heading and passage.label is None:
            return False
        if extent.lead_in_end < 0 or extent.lead_in_end == extent.start:
            extent.lead_in_end = passage.start
        self._take(extent, passage)
        return True

    def _heads_first_limb(self, extent: Extent, passage: Passage) -> bool:
        """Whether a short line between the marker and the first limb is a title above that limb."""
        alone = extent.end - extent.start < 3 and len(passage.body) < INTERLUDE and passage.body[-1:].isalnum()
        following = self.passages[passage.index + 1] if passage.index + 1 < len(self.passages) else None
        return (
            alone
            and TITLE_LIKE.fullmatch(passage.body) is not None
            and following is not None
            and following.label is not None
            and following.label.first
            and CLAUSE_START.match(following.body) is not None
        )

    def _first_label_below(self, index: int) -> int | None:
        """The passage, one or two below, whose label opens a list."""
        for further in self.passages[index + 1 : index + 3]:
            if further.item != self.passages[index].item or self._ends(further, None):
                return None
            if further.label is not None:
                return further.index if further.label.first else None
        return None

    def _take(self, extent: Extent, passage: Passage) -> None:
        text, after = cut(passage.body)
        text, more = own_sentences(text)
        label = passage.label.printed if passage.label else None
        pieces = split_inline(text, passage.label) if passage.label and not passage.label.bullet else []
        end = pieces[0][0] if pieces else len(text)
        extent.limbs.append(Limb(passage.body_start, passage.body_start + len(text[:end].rstrip()), label))
        extent.end = extent.limbs[-1].end
        if pieces:
            self._add_pieces(extent, passage.body_start, text, pieces)
        extent.last, extent.after = passage.index, f"{more} {after}".strip()

    def _belongs(
        self,
        extent: Extent,
        passage: Passage,
        top: Label | None,
        sub: Label | None,
        origin: Passage | None,
    ) -> str:
        """ "limb", "part" (of the last limb), "interlude" (between two limbs) or "" (no longer the decision)."""
        label, last = passage.label, self.passages[extent.last]
        if label is None:
            return self._unlabelled(passage, top, sub, last)
        if top is None:
            if origin is not None and origin.label is not None and goes_on(origin.label, label):
                return ""
            told = last.body.endswith(".") and extent.start - last.body_start > RUN_IN
            lost = _second(label) and not label.bullet and not told and not self._first_above(extent.last, label)
            return "limb" if lost else self._nested(last, label)
        if label.bullet and last.body.endswith(".") and TITLE_LIKE.fullmatch(passage.body) is not None:
            return "limb" if opens_with_verb(passage.body) else ""
        if goes_on(top, label):
            return "" if self._is_next_paragraph(passage, last, origin) else "limb"
        if sub is not None and goes_on(sub, label):
            return "part"
        if origin is not None and origin.label is not None and goes_on(origin.label, label):
            return ""
        if label.bullet:
            deeper = passage.indent > last.indent + 4 or last.label is not None and last.label.bullet
            return "part" if deeper or not last.body.endswith(".") else ""
        if last.label is top and last.body.endswith(":") and not set(top.kinds) & set(label.kinds):
            return "part"  # what is quoted keeps its own number ("Condition 11 be amended as follows: 11. ...")
        if same_list(top, label):
            return "limb"
        return self._nested(last, label, passage)

    def _nested(self, last: Passage, label: Label, passage: Passage | None = None) -> str:
        """A list that starts within a limb: after its colon, or set deeper. Anything else is another list."""
        if not label.first:
            return ""
        deeper = passage is not None and passage.indent > last.indent + 8
        opened = re.search(r"[:;,]\s*[-–—]?$|\b(?:to|that|and|including|following)$", last.body) is not None
        return "part" if deeper or opened or (passage is not None and self._headed_list(passage)) else ""

    def _headed_list(self, passage: Passage) -> bool:
        """Whether only the headings of columns stand between a limb that leads in and this passage."""
        above = self.passages[max(0, passage.index - 3) : passage.index]
        head = next((p for p in reversed(above) if p.label is not None), None)
        return head is not None and UNFINISHED.search(head.body) is not None and LEADS_IN.search(head.body) is not None

    def _is_next_paragraph(self, passage: Passage, last: Passage, origin: Passage | None) -> bool:
        """Whether the label goes on from the minute's own paragraph numbers rather than from the limbs."""
        if origin is None or origin.label is None or not goes_on(origin.label, passage.label or origin.label):
            return False
        if passage.indent < last.indent - 8:
            return True
        return not (CLAUSE_START.match(passage.body) or opens_with_verb(passage.body))

    def _unlabelled(self, passage: Passage, top: Label | None, sub: Label | None, last: Passage) -> str:
        body = passage.body
        if top is None and body.isupper() and not last.body.isupper():
            return ""  # a heading in capitals
        if (
            top is None
            and not passage.heading
            and (CLAUSE_START.match(body) or opens_with_verb(body) or UNFINISHED.search(last.body))
        ):
            return "limb"
        if top is None and not passage.heading and all(PAIRED.fullmatch(line) for line in (last.body, body)):
            return "part"
        if body[:1].islower() or (
            top is not None
            and UNFINISHED.search(last.body)
            and not passage.heading
            and not self._label_ahead(passage, top)
        ):
            return "part"
        if top is not None and len(body) < INTERLUDE and self._label_ahead(passage, top):
            return "interlude"
        if top is not None and len(body) < CELL and not passage.heading and self._sub_list_ahead(passage, sub):
            return "part"
        return ""

    def _sub_list_ahead(self, passage: Passage, sub: Label | None) -> bool:
        """Whether a list within a limb goes on, or begins, below this cell of a flattened table."""
        following = next((p for p in self.passages[passage.index + 1 : passage.index + 3] if p.label), None)
        if following is None or following.label is None or following.item != passage.item:
            return False
        if sub is not None:
            return goes_on(sub, following.label)
        return following.label.first and self._headed_list(passage)

    def _label_follows(self, index: int) -> bool:
        """Whether the next passage opens a list within the same item."""
        following = self.passages[index + 1] if index + 1 < len(self.passages) else None
        return (
            following is not None
            and following.item == self.passages[index].item
            and following.label is not None
            and following.label.first
        )

    def _label_ahead(self, passage: Passage, top: Label) -> bool:
        """Whether the list goes on within the next three passages."""
        for further in self.passages[passage.index + 1 : passage.index + 4]:
            if further.item != passage.item:
                return False
            if further.label is not None:
                return goes_on(top, further.label)
        return False

    def _leaves(self, passage: Passage, home: int | None, extent: Extent | None = None) -> bool:
        """Whether a passage belongs to another item.

        No item of business is called "That ...". Nor does one begin right behind "RESOLVED to:": then the outline
        took the limbs for items, and their labels alone tell how far they go (`home` is None).
        """
        if passage.item == home or (home is None and extent is not None and extent.limbs):
            return False
        if passage.label is None:
            return True
        opened = extent is not None and not extent.limbs and passage.label.first and passage.index == extent.last + 1
        clause = re.match(r"That\b", passage.body) is not None
        return not clause and not (opened and opens_with_verb(passage.body))

    def _ends(self, passage: Passage, origin: Passage | None, top: Label | None = None) -> bool:
        """Whether this passage begins something else, whatever its label; `top` is the label of the last limb."""
        if origin is not None and passage.in_table != origin.in_table:
            led_in = origin.in_table and passage.label is not None and LEADS_IN.search(origin.body) is not None
            if not led_in:  # else a list below the box that leads in to it
                return True
        if passage.heading and heading_of(passage.body) is not None:
            return True
        acts_on = top is not None and passage.label is not None and goes_on(top, passage.label)
        acts_on = acts_on and ACTS_NOW.match(passage.body) is not None
        if not acts_on and first_match("ends", passage.body) is not None and not self._between(passage):
            return True
        found = heading_of(passage.body)
        if found is not None and found[0].get("place") in ("reasons", "options", "votes", "apart", "recommendation"):
            return not self._between(passage)
        own = (
            top is not None
            and passage.label is not None
            and (not passage.label.bullet or LIMB_VERB.match(self.passages[passage.index - 1].body) is not None)
            and goes_on(top, passage.label)
            and LIMB_VERB.match(passage.body) is not None
            and (origin is None or origin.label is None or not goes_on(origin.label, passage.label))
        )
        return not own and self.stop(passage)

    def _between(self, passage: Passage) -> bool:
        """Whether a line on a vote stands between two limbs ("1. ... Voting: unanimous 2. ...")."""
        before = next((p for p in reversed(self.passages[: passage.index]) if p.label is not None), None)
        return (
            len(passage.body) < INTERLUDE
            and passage.label is None
            and re.match(r"\(?vot", passage.body, re.IGNORECASE) is not None
            and before is not None
            and before.label is not None
            and passage.index - before.index <= 2
            and self._label_ahead(passage, before.label)
        )


def _second(label: Label) -> bool:
    """Whether it is the second of a list whose first may be lost."""
    return any(reading.path and reading.path[-1] == 2 for reading in label.readings)
