"""Where a document sets out alternatives: labelled, listed under a heading or a lead-in, or in a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.document import Block, Outline, Section
from pipeline.extractors.options.alternatives import BARE, SEPARATOR, Alternative, Setting, take
from pipeline.extractors.options.list_marks import LETTERED, LOOSE, comes_next, glyph, letters_follow
from pipeline.extractors.options.tables import in_form, read_table
from pipeline.extractors.options.wording import (
    FIRST_MARKS,
    LEADS_ON,
    PARAGRAPH_NUMBER,
    LabelFound,
    before_furniture,
    follows,
    headed,
    heading_status,
    inline_list,
    is_none,
    judges,
    labels_in,
    lead_status,
    loose_label,
    mark_of,
    opens_alternative,
    opens_one_more,
    own_status,
    parts_of,
    says_one_more,
    series_in,
    tells_alternative,
    tells_further,
    titled_alike,
    titles_alternative,
    told,
    told_in_passing,
    votes_for,
)
from pipeline.records import OptionStatus

REACH = 14
"""Blocks after which a labelled alternative no longer belongs to the set before it."""
PLAIN_REACH = 4
NUMBER = re.compile(r"^\(?(\d{1,3})[.)]?\)?$")
FIRST = re.compile(r"^\(?(?:1|A|a|i|one)[.):]?\)?$")
CHAPTER = re.compile(r"^(\d{1,2})\.?\s+[A-Z]")


@dataclass(slots=True)
class Scope:
    """A heading or a lead-in that is in force: what it makes of the alternatives under it."""

    status: OptionStatus
    rule: str
    heading: bool
    at: int
    """Index of its block."""
    label: str | None
    """The printed label of the lead-in, whose own numbering is not the list of options."""
    numbered_after: int | None = None
    """The paragraph number in front of it: numbers that only go on from there are no labels of options."""
    glyph: str | None = None
    """The bullet of the list's first alternative: other bullets under it are its parts."""
    listed: Setting | None = None
    labelled: bool = False

    @property
    def count(self) -> int:
        """How many alternatives are listed under it."""
        return len(self.listed.alternatives) if self.listed else 0


class Reader:
    """Walks the blocks once and gathers the sets of alternatives."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.blocks = outline.document.blocks
        self.ends = {item.first for item in outline.items} | {
            self._opening(section) for section in outline.sections if not labels_in(section.heading)
        }
        self.sets: list[Setting] = []
        self.subject: str | None = None
        self.scope: Scope | None = None
        self.waiting: LabelFound | None = None
        self.number: int | None = None
        self.closed = False
        """Whether a heading stands behind the last alternative, so that what follows gives no reasons for it."""

    def _opening(self, section: Section) -> int:
        """The block of a section's heading, which may run on into its text ("Resolved: that …")."""
        ahead = max(section.first - 1, 0)
        return ahead if section.heading in self.blocks[ahead].text else section.first

    def read(self) -> list[Setting]:
        """All sets, in reading order."""
        for index, block in enumerate(self.blocks):
            if block.table is not None:
                self._table(index, block)
            elif self._heading(index, block):
                self.closed = True
            else:
                self._block(index, block)
            self.number = self._number(block)
        return [s for s in self.sets if s.alternatives]

    def _number(self, block: Block) -> int | None:
        """The number of the block's paragraph, or the last that was printed before it."""
        found = NUMBER.match(block.label or "")
        return int(found[1]) if found else self.number

    def _counted_before(self, index: int, heading: Block) -> int | None:
        """The number of the paragraph before a heading: where the numbers below go on behind the next heading, they
        count paragraphs even if none stands above."""
        counted: list[Block] = []
        for block in self.blocks[index + 1 : index + 1 + REACH * 2]:
            if block.role == "heading" or NUMBER.match(block.label or ""):
                counted.append(block)
        numbers = [int(NUMBER.match(one.label or "")[1]) if one.role != "heading" else 0 for one in counted]  # type: ignore[index]
        for at in range(1, len(numbers) - 1):
            if numbers[at] == 0 and numbers[at + 1] == numbers[at - 1] + 1:
                alike = glyph(counted[at - 1]) == glyph(counted[at + 1])
                return numbers[0] - 1 if alike and 0 not in numbers[:at] else self._number(heading)
        return self._number(heading)

    def _heading(self, index: int, block: Block) -> bool:
        """Whether the block is a heading; what it means for the blocks under it is kept."""
        status = heading_status(block.body) or heading_status(block.text)
        if status:
            self.scope, self.waiting = (
                Scope(*status, heading=True, at=index, label=None, numbered_after=self._counted_before(index, block)),
                None,
            )
            self._titled(index, block)
            return True
        if (run_in := headed(block.text)) is not None:
            self.scope, self.waiting = Scope(*run_in[0], heading=True, at=index, label=None, numbered_after=None), None
            return self._run_in(index, block, run_in[1], self.scope)
        if told("ends", block.text) or (block.role == "heading" and not labels_in(block.body)):
            if LETTERED.match(block.text) and self._continues(block):
                return False
            self.subject = block.text if block.role == "heading" else self.subject
            self.scope = self.waiting = None
            self._lead(index, block)
            return True
        if index in self.ends and self.scope is not None:
            self.scope = None
        return False

    def _titled(self, index: int, block: Block) -> None:
        """Alternatives that are headings under a numbered heading ("5.1 Do nothing", "5.2 Do minimum")."""
        number = CHAPTER.match(block.text)
        if number is None:
            return
        below = re.compile(rf"{re.escape(number[1])}\.\d{{1,2}}\.?\s+(?P<title>[A-Z][^.:;]{{2,90}})$")
        found: list[Alternative] = []
        for at in range(index + 1, min(index + 1 + REACH * 2, len(self.blocks))):
            title = below.match(self.blocks[at].text)
            if title is not None:
                taken = take(title["title"], self.blocks[at].start + title.start("title"), None, "options.title", at)
                found += [taken] if taken is not None else []
            elif CHAPTER.match(self.blocks[at].text) and self.blocks[at].role == "heading":
                break
            elif found:
                found[-1].reasons.append(self.blocks[at].text)
        if len(found) > 1 and any(titles_alternative(one.text) for one in found):
            self._open("considered").alternatives += found

    def _run_in(self, index: int, block: Block, at: int, scope: Scope) -> bool:
        """Read what stands behind a heading on its line; True, as the line is a heading whatever follows."""
        words = block.text[at:]
        labels = [label for label in labels_in(block.body) if label.start + block.body_offset >= at]
        if labels and labels[0].start + block.body_offset == at:
            self._labelled(index, block, labels)
        elif not is_none(words) and (sets := self._told(words, block.start + at, scope, index)):
            scope.listed, scope.glyph = self._open(scope.status), ""
            scope.listed.alternatives += sets
        return True

    def _block(self, index: int, block: Block) -> None:
        found = labels_in(block.body)
        loose = None if found else self._loose(index, block)
        if found and not PARAGRAPH_NUMBER.sub("", block.body[: found[0].start]):
            self._labelled(index, block, found)
        elif loose is not None:
            self._labelled(index, block, [loose])
        elif len(series := series_in(block.body)) > 1:
            if not self._set_out_before(block.start, {label.mark: len(block.body) for label in series}):
                self._labelled(index, block, series)
        elif self.waiting is not None:
            if before_furniture(block.text):
                self._add(take(block.text, block.start, self.waiting, "options.label", index), index)
            self.waiting = None
        elif not self._beside(index, block) and (self.scope is None or not self._under(index, block, self.scope)):
            self._reason(index, block)
            self._inline(index, block)
            self._lead(index, block)

    def _inline(self, index: int, block: Block) -> None:
        """Alternatives listed within a sentence; what the rest of the paragraph says of them is their reason."""
        spans = inline_list(block.text)
        if spans:
            listed = self._open("considered")
            rest = block.text[spans[-1][1] + 1 :].strip()
            for a, b, mark in spans:
                label = LabelFound(0, 0, f"Option {mark.upper()}", mark_of(mark)) if mark else None
                taken = take(block.text[a:b].rstrip(), block.start + a, label, "options.inline", index)
                if taken is not None:
                    taken.reasons += [rest] if rest and not mark else []
                    listed.alternatives.append(taken)

    def _lead(self, index: int, block: Block) -> None:
        lead = lead_status(block.text)
        if lead is not None and not (self.scope and self.scope.labelled):
            self.scope = Scope(*lead, heading=False, at=index, label=block.label, numbered_after=self.number)

    def _labelled(self, index: int, block: Block, found: list[LabelFound]) -> None:
        """ "Option 1 – …", several in one block too; a label alone waits for the block that follows."""
        for at, label in enumerate(found):
            end = found[at + 1].start if at + 1 < len(found) else len(block.body)
            opened = block.body[label.start : end].startswith(label.printed)
            begin = label.end if opened else label.start
            words = LEADS_ON.sub("", block.body[begin:end])
            if not SEPARATOR.sub("", words):
                self.waiting = label
                continue
            start = block.body_start
            taken = take(words, start + begin, label, "options.label", index, start + label.start)
            if taken is not None and block.role == "heading" and len(found) == 1:
                taken.end = self._end_below(index, taken.end)
            self._add(taken, index)
        if self.scope is not None:
            self.scope.labelled = True

    def _end_below(self, index: int, end: int) -> int:
        """Where an alternative ends whose label and name are a heading: with the paragraph right below."""
        below = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if below is None or below.role != "paragraph" or below.table is not None or labels_in(below.body):
            return end
        return below.end

    def _set_out_before(self, at: int, lengths: dict[str, int]) -> bool:
        """Whether one set of the same item has set out, in more words, every option of these marks: what stands at an
        offset, of these lengths, then only names them again."""
        item = self.outline.item_index_at(at)
        return any(
            earlier.tells_more(lengths) and self.outline.item_index_at(earlier.alternatives[0].start) == item
            for earlier in self.sets
        )

    def _loose(self, index: int, block: Block) -> LabelFound | None:
        """A label that words in lower case follow, where the block before or behind is the next of its series."""
        label = loose_label(block.body)
        if label is None:
            return None
        last = self.sets[-1].alternatives[-1] if self.sets and self.sets[-1].alternatives else None
        if last is not None and last.block == index - 1 and last.label and follows(label.mark, last.mark):
            return label
        if label.mark not in FIRST_MARKS or index + 1 >= len(self.blocks):
            return None
        behind = loose_label(self.blocks[index + 1].body)
        return label if behind is not None and follows(behind.mark, label.mark) else None

    def _beside(self, index: int, block: Block) -> bool:
        """Take a bullet without a label that stands beside labelled ones and has a verdict of its own."""
        last = self.sets[-1].alternatives[-1] if self.sets and self.sets[-1].alternatives else None
        if last is None or last.block != index - 1 or block.role != "list_item" or own_status(block.body) is None:
            return False
        if BARE.match(block.label or "") or LETTERED.match(block.text):
            return False  # it has a label of its own
        before = self.blocks[last.block]
        if before.role != "list_item" or before.level != block.level or glyph(before) != glyph(block):
            return False
        taken = take(block.body, block.body_start, None, "options.label", index)
        self.sets[-1].alternatives += [taken] if taken else []
        return taken is not None

    def _told(self, words: str, start: int, scope: Scope, index: int) -> list[Alternative]:
        """The unlabelled alternatives of a paragraph that starts at a document offset."""
        parts = [(a, b) for a, b in parts_of(words) if not is_none(words[a:b])]
        taken = [take(words[a:b], start + a, None, scope.rule, index) for a, b in parts]
        return [one for one in taken if one is not None]

    def _under(self, index: int, block: Block, scope: Scope) -> bool:
        """Read an unlabelled block under a heading or lead-in; False where it does not belong to the list."""
        if judges(block.body):
            return False
        if scope.labelled:
            return scope.heading and self._one_more(index, block)
        if scope.heading and told("follow", block.text):
            return True
        if letters_follow(self.blocks, index, scope.count):
            return self._take_listed(index, block, scope)
        if scope.heading and scope.listed is None and told("may", block.text):
            scope.rule = "options.lead"
            return True
        if scope.rule == "options.plain" and not self._plain_list(index, block, scope):
            return self._told_in_passing(index, block)
        if scope.listed is not None:
            if is_none(block.body):
                return True
            if self._next_in_list(block, scope) and (
                not self._is_paragraph_number(block, scope)
                or tells_alternative(block.body)
                or self._titled_alike(block, scope)
            ):
                return self._take_listed(index, block, scope)
            return self._part(block, scope)
        numbered = self._is_paragraph_number(block, scope)
        announces = block.text.rstrip().endswith((":", ":-")) and (numbered or block.role != "list_item")
        if is_none(block.body) or announces:
            self.scope = None
            return False
        if not scope.heading and (
            block.role != "list_item" or (scope.label and block.label and block.label[:1].isdigit())
        ):
            self.scope = None
            return False
        if scope.heading and (numbered or block.role != "list_item") and not tells_alternative(block.body):
            return False
        return self._take_listed(index, block, scope)

    def _plain_list(self, index: int, block: Block, scope: Scope) -> bool:
        """Under a heading that says no more than "Options", only a numbered or lettered list right below counts."""
        if scope.listed is None and index - scope.at > PLAIN_REACH:
            return False
        if scope.listed is not None or (block.role == "list_item" and bool(FIRST.match(block.label or ""))):
            return True
        return titles_alternative(block.body) and titled_alike(block.body, block.body)

    def _told_in_passing(self, index: int, block: Block) -> bool:
        """Take an alternative that a paragraph of a section of options tells with its verdict, among other things."""
        at = told_in_passing(block.body)
        if at is None:
            return False
        taken = take(block.body[at:], block.body_start + at, None, "options.plain", index)
        self._open("considered").alternatives += [taken] if taken else []
        return taken is not None

    def _one_more(self, index: int, block: Block) -> bool:
        """Take an alternative without a label, told behind labelled ones by a paragraph that turns it down."""
        if not says_one_more(block.body) or own_status(block.body) != "rejected":
            return False
        taken = take(block.body, block.body_start, None, "options.plain", index)
        self._open("rejected").alternatives += [taken] if taken else []
        return taken is not None

    @staticmethod
    def _titled_alike(block: Block, scope: Scope) -> bool:
        """Whether the block opens with a title and what is said of it, as the first alternative of the list does."""
        return scope.listed is not None and titled_alike(block.body, scope.listed.alternatives[0].text)

    @staticmethod
    def _is_paragraph_number(block: Block, scope: Scope) -> bool:
        """Whether a printed number counts the document's paragraphs ("6.1", or "9." behind paragraph 8)."""
        label = block.label or ""
        number = NUMBER.match(label)
        if number is None:
            return label[:1].isdigit()
        return scope.numbered_after is not None and int(number[1]) == scope.numbered_after + 1 + scope.count

    def _take_listed(self, index: int, block: Block, scope: Scope) -> bool:
        loose = LOOSE.match(block.text) if letters_follow(self.blocks, index, scope.count) else None
        lettered = None if block.label else LETTERED.match(block.text) or loose
        mark = None if self._is_paragraph_number(block, scope) else BARE.match(block.label or "")
        if mark and scope.rule == "options.statutory" and self._letters_of_decisions(index, block):
            mark = None
        name = (mark or lettered)["mark"] if (mark or lettered) else None  # type: ignore[index]
        label = LabelFound(0, 0, f"Option {name.upper()}", mark_of(name)) if name else None
        at = lettered.end() if lettered else block.body_offset
        words, start = block.text[at:], block.start + at
        if scope.rule == "options.statutory" and (block.role != "list_item" or self._is_paragraph_number(block, scope)):
            skip = max(opens_alternative(words) - 1, 0)
            words, start = words[skip:], start + skip
            if is_none(words):
                return False
        whole = not scope.heading or (block.role == "list_item" and not self._is_paragraph_number(block, scope))
        parts = [(0, len(words))] if whole else [(a, b) for a, b in parts_of(words) if not is_none(words[a:b])]
        opens = block.start if label is not None else None
        taken = [take(words[a:b], start + a, label, scope.rule, index, opens) for a, b in parts]
        found = [alternative for alternative in taken if alternative is not None]
        if not found:
            return False
        if scope.listed is None:
            scope.listed = self._open(scope.status)
            scope.glyph = glyph(block)
        scope.listed.alternatives += found
        return True

    def _letters_of_decisions(self, index: int, block: Block) -> bool:
        """Whether the letter is that of a decision above, to which the alternative is given."""
        above = self.blocks[max(0, index - REACH * 2) : index]
        return block.label is not None and any(c.islower() for c in block.label) and any(
            other.label == block.label for other in above
        )

    def _next_in_list(self, block: Block, scope: Scope) -> bool:
        """Whether the block is one more alternative: the same kind of label at the same depth."""
        if self._continues(block):
            return True
        if scope.rule == "options.statutory" and scope.glyph == "" and block.label is None:
            return opens_one_more(block.text) or tells_further(block.text) or self._titled_alike(block, scope)
        if scope.heading and self._titled_alike(block, scope):
            return True
        last = self.blocks[scope.listed.alternatives[-1].block] if scope.listed else block
        listed = block.role == "list_item" or block.label is not None
        return listed and glyph(block) == scope.glyph and block.level <= last.level

    def _continues(self, block: Block) -> bool:
        """Whether an unrecognised list item carries the mark that comes next."""
        listed = self.scope.listed if self.scope else None
        return listed is not None and bool(listed.alternatives) and comes_next(block, listed.alternatives[-1].mark)

    def _part(self, block: Block, scope: Scope) -> bool:
        """A block that is no alternative: a part of the last one, or the end of the list."""
        if scope.listed is None:
            return False
        if block.role == "list_item" or (scope.heading and "1" in (scope.glyph or "")):
            scope.listed.alternatives[-1].reasons.append(block.text)
            return True
        if scope.heading and not scope.glyph:
            scope.listed.alternatives[-1].reasons.append(block.text)
            return True
        self.scope = None
        return False

    def _reason(self, index: int, block: Block) -> None:
        """What stands right behind a labelled alternative gives its reasons."""
        last = self.sets[-1].alternatives[-1] if self.sets and self.sets[-1].alternatives else None
        if last is not None and last.label and not self.closed and index - last.block <= 4:
            last.reasons.append(block.text)

    def _open(self, status: OptionStatus | None) -> Setting:
        self.sets.append(Setting([], status, self.subject))
        return self.sets[-1]

    def _add(self, taken: Alternative | None, index: int) -> None:
        """Put a labelled alternative into the set before it, or open one where its label begins anew."""
        if taken is None:
            return
        won = votes_for(taken.text)
        if won is not None and self.sets:
            self.sets[-1].votes[taken.mark] = won
            return
        status = self.scope.status if self.scope else None
        current = self.sets[-1] if self.sets else None
        last = current.alternatives[-1] if current and current.alternatives else None
        if (
            current is None
            or last is None
            or not last.label
            or index - last.block > REACH
            or any(other.mark == taken.mark for other in current.alternatives)
        ):
            current = self._open(status or self._chosen_above(index))
        current.alternatives.append(taken)
        current.status = current.status or status
        self.closed = False

    def _chosen_above(self, index: int) -> OptionStatus | None:
        """preferred, where the words that lead to the first alternative say that those listed were agreed."""
        above = self.blocks[index - 1].text if index else ""
        chosen = above.rstrip().endswith(":") and told("choices", above) and not told("undecided", above)
        return "preferred" if chosen and not told("leads", above) else None

    def _table(self, index: int, block: Block) -> None:
        form = in_form(index, block)
        if form is not None:
            self._open(form[0]).alternatives.extend(form[1])
            return
        found, comments = read_table(index, block)
        if comments and self.sets:
            self.sets[-1].notes.update(comments)
        if len(found) > 1 and not self._set_out_before(block.start, {one.mark: len(one.text) for one in found}):
            self._open(self.scope.status if self.scope else None).alternatives.extend(found)
