"""A document as the decisions reader walks it: one passage per paragraph, list item or table cell.

A label that stands alone on its line ("1." and then the words) is joined with what follows, so that every
passage has its label, its words, and the agenda item under which it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Block, Outline
from pipeline.extractors.decisions.lines import goes_on_below, unmarked_labels
from pipeline.extractors.decisions.places import Place, heading_of, place_of, sub_heading
from pipeline.labels import Label, split_label

PIPE = " | "
LETTERED = re.compile(r"\s*([A-Z])\s?:\s+(?=[A-Z])")
"""A label such as "A:", which only decisions use."""
NUMBERED_THAT = re.compile(r"\s*(\d{1,2})\s+(?=That\b)")
"""A number without punctuation, as web pages of decisions lose it ("1 That Cabinet approves ...")."""
MINUTE_NUMBER = re.compile(r"\s*\d{1,4}/\d{1,4}\s+(?=[A-Z(])")
"""The number by which a paragraph is quoted ("19/64 Resolved ..."), no part of its words."""
NUMBERED_HEADING = re.compile(r"\s*\d{1,2}\s+(?=[A-Z][^.;]{3,60}$)")
"""A heading whose number has no point ("10 Recommendations")."""
AMOUNT_ALONE = re.compile(r"\d{2,}\.\d\d")
"""Pounds and pence alone in a cell, which would read as a paragraph's number."""
INLINE_LABEL = re.compile(
    r"(?<=[\s.):])(?<!\bof\s)(?<!\bfor\s)(?<!\bthe\s)(?<!\b[Kk]ey\s)"
    r"(?=(?:Decisions?|(?:(?<=[.)\]:]\s)|(?<=[.):]))Minutes|Reasons?\s+for\s+(?:the\s+)?[Dd]ecisions?|Alternative\s+options\s+considered"
    r"|(?:Supporting|Additional|Accompanying)\s+documents|Publication\s+date|Date\s+of\s+[Dd]ecision)\s*:(?=\s|[A-Z]))"
)
"""Labels of a web page, which some copies run together with what stands before them."""
TITLE = re.compile(
    r"\d{1,2}[.)]\s+\d{2}/\d{3,}|\(?\d{1,2}[).:]{1,2}\s+[A-Z].{2,120}:\s*-?$|\d{1,3}[.)]?\s+[A-Z][A-Z ,&’'-]{5,}$"
)
"""A title of an item, in papers where none was found."""
DECISION_COLUMN = re.compile(r"(?:Item\s+)?(?:Decisions?|Resolutions?|Outcome)(?:\s+(?:made|taken))?", re.IGNORECASE)
OF_OTHERS = re.compile(r"(?:Planning\s+)?[Dd]ecisions\b.{0,20}")
"""A part of an item on planning, in which the planning authority's decisions are told: "c. Decisions:"."""
PAPERS = re.compile(r"(?:additional|supporting|accompanying)\s+(?:documents|papers)\b", re.IGNORECASE)
PROSE = re.compile(r"[A-Z](?!xempt\s).{150,}\.", re.DOTALL)
"""No title of a paper: where copies lost the label "Minutes:", these are the minutes."""
RESUMES = re.compile(
    r"(?:Proposed|PROPOSED|Moved|MOVED)\s+by\b|The\s+(?:Chair|Mayor|Provost|Convener)\w*\s+(?:put|invited|thanked)\b"
    r"|(?:Alderman|Councillor|Cllr)\s[\w .’'-]{2,40}?\s(?:said|asked|considered|proposed|moved|thanked|stated)\b"
)
"""Where minutes go on with what was said and moved, below a recommendation or options that they print."""
PART = re.compile(r"(?:PART|Part|SECTION|Section)\s+(?:[A-Z]|\d{1,2}|One|Two|Three)")
"""Heads a part of a decision, not another matter."""
FIELD = 60
"""Characters that the content of a heading may have which stands on the same line and ends there."""
LONE_LABEL = re.compile(r"\d{1,2}[.)]?|\([a-z]\)|[a-z]\)")
"""A cell that only counts its row."""
LABELLED_CELL = 24
"""Characters from which a cell beside it is text that it counts."""
LONE_MARK = re.compile(r"^\W{1,3}$")


@dataclass(slots=True)
class Passage:
    """A run of words that stands by itself. Offsets count characters of the document's text."""

    index: int
    """Place in the list of passages."""
    start: int
    """Offset of its label, or of its first word where it has none."""
    body_start: int
    end: int
    body: str
    """Its words without the label."""
    label: Label | None
    item: int | None
    block: Block
    place: Place = "narrative"
    heading: bool = False
    in_table: bool = False
    decides: bool = False
    """Whether it is a cell of a column that is headed as decisions."""

    @property
    def titled(self) -> bool:
        """Whether it reads as the title of an item, where the outline has none."""
        return self.item is None and TITLE.match(self.block.text) is not None

    @property
    def heads_column(self) -> bool:
        """Whether it is a lone word in a row of a flattened table: "Decision" above a column, no heading."""
        return not self.in_table and self.block.text.count(PIPE) > 1 and re.fullmatch(r"\w+", self.body) is not None

    @property
    def indent(self) -> float:
        """Points from the page's left edge; 0 where the format tells none."""
        return self.block.indent


def passages_of(outline: Outline) -> list[Passage]:
    """Every passage of the document in reading order, each with its item and the place where it stands."""
    found: list[Passage] = []
    waiting: Passage | None = None
    counted: tuple[Label, int] | None = None
    """The label that a table's first cell gives to the words beside it, and where it stands."""
    for block in outline.document.blocks:
        if block.role == "furniture":
            continue
        decisions = _decision_cells(block)
        firsts = {c.start for c in block.table.cells if c.column == 0} if block.table is not None else set()
        for start, text, in_table in _at_items(outline, _pieces(block)):
            passage = _passage(outline, block, start, text, in_table)
            passage.decides = in_table and start in decisions
            counts = in_table and start in firsts and LONE_LABEL.fullmatch(text.strip()) is not None
            if counted is not None and in_table and passage.label is None and len(passage.body) > LABELLED_CELL:
                passage.label, passage.start = counted
            counted = None
            if counts and (label := split_label(text.strip(), bare=True)[0]) is not None:
                counted = (label, passage.start)
                continue
            if waiting is not None and not in_table and passage.label is None and passage.item == waiting.item:
                passage.label, passage.start = waiting.label, waiting.start
                waiting = None
            elif waiting is not None:
                _append(found, waiting)
                waiting = None
            if not passage.body and passage.label is not None and not in_table:
                waiting = passage
                continue
            if passage.body:
                _append(found, passage)
    if waiting is not None:
        _append(found, waiting)
    found = _whole(outline, found)
    _label_lists(found)
    _set_places(outline, found)
    return found


def _whole(outline: Outline, passages: list[Passage]) -> list[Passage]:
    """The passages, those joined that a copy broke off in the middle of a sentence."""
    kept: list[Passage] = []
    for passage in passages:
        above = kept[-1] if kept else None
        if above is not None and _broken(outline, above, passage):
            gap = passage.start - above.end
            above.body, above.end = f"{above.body}{' ' * gap}{passage.body}", passage.end
        else:
            _append(kept, passage)
    return kept


def _broken(outline: Outline, above: Passage, passage: Passage) -> bool:
    apart = above.heading or passage.heading or above.in_table or passage.in_table or passage.label is not None
    return (
        not apart
        and above.block is not passage.block
        and above.item == passage.item
        and passage.start - above.end < 4
        and outline.document.text[above.end : passage.start].isspace()
        and goes_on_below(above.body, passage.body)
    )


def _label_lists(passages: list[Passage]) -> None:
    """Give labels to lists whose labels lost their marks."""
    lost = unmarked_labels([p.body if p.label is None and not p.in_table else "" for p in passages])
    for passage, label in zip(passages, lost, strict=True):
        if label is not None:
            passage.label = label[0]
            passage.body_start += label[1]
            passage.body = passage.body[label[1] :]


def _append(found: list[Passage], passage: Passage) -> None:
    passage.index = len(found)
    found.append(passage)


def _pieces(block: Block) -> Iterator[tuple[int, str, bool]]:
    """The block itself, or each cell of a table."""
    if block.table is None:
        yield from _between_pipes(block)
        return
    for cell in block.table.cells:
        if cell.text.strip():
            yield cell.start, cell.text, True


def _decision_cells(block: Block) -> set[int]:
    """Offsets of the cells below a heading such as "Decision"."""
    if block.table is None:
        return set()
    columns = {c.column for c in block.table.cells if c.row == 0 and DECISION_COLUMN.fullmatch(c.text.strip())}
    return {c.start for c in block.table.cells if c.row > 0 and c.column in columns}


def _at_items(outline: Outline, pieces: Iterator[tuple[int, str, bool]]) -> Iterator[tuple[int, str, bool]]:
    """The pieces, cut where an item begins within one: minutes that some copy printed in a single line."""
    starts = [item.start for item in outline.items]
    for start, text, in_table in pieces:
        at = 0
        for place in starts[bisect_right(starts, start) : bisect_left(starts, start + len(text))]:
            cut = place - start
            if at < cut and text[at:cut].strip():
                yield start + at, text[at:cut], in_table
                at = cut
        yield start + at, text[at:], in_table


def _inline_parts(start: int, text: str) -> Iterator[tuple[int, str]]:
    """A paragraph, cut before labels of a web page that some copy ran together ("... a report. Decision: ...")."""
    at = 0
    for found in INLINE_LABEL.finditer(text):
        if text[at : found.start()].strip():
            yield start + at, text[at : found.start()]
            at = found.start()
    yield start + at, text[at:]


def _between_pipes(block: Block) -> Iterator[tuple[int, str, bool]]:
    """A block's text, or the parts of a row of a table that some tool flattened with pipes."""
    at = 0
    for part in block.text.split(PIPE):
        if part.strip():
            yield from ((start, piece, False) for start, piece in _inline_parts(block.start + at, part.rstrip(" |")))
        at += len(part) + len(PIPE)


def _passage(outline: Outline, block: Block, start: int, text: str, in_table: bool) -> Passage:
    label, offset = split_label(text)
    if label is None and (lettered := LETTERED.match(text)):
        plain, _ = split_label(f"{lettered[1]}. x")
        if plain is not None:
            label, offset = Label(f"{lettered[1]}:", "{}:", plain.readings), lettered.end()
    if label is None and (numbered := NUMBERED_THAT.match(text)):
        label, offset = split_label(text, bare=True)
        offset = numbered.end()
    if label is None and (numbered := NUMBERED_HEADING.match(text)) and heading_of(text[numbered.end() :].strip()):
        label, offset = split_label(text, bare=True)
    if label is None and LONE_MARK.match(text.strip() or "x"):
        label, offset = split_label(f"{text.strip()} ")
        offset = len(text)
    minute = MINUTE_NUMBER.match(text) if label is None else None
    if minute is not None:
        label, offset = split_label(text[minute.end() :])
        offset += minute.end()
    if AMOUNT_ALONE.fullmatch(text.strip()):
        label, offset = None, 0
    if label is not None and not label.sure and not label.bullet and _initial(text[offset:]):
        label, offset = None, 0
    offset = min(offset, len(text))
    lead = len(text) - len(text.lstrip())
    body_start = start + (offset if label is not None else minute.end() if minute is not None else lead)
    return Passage(
        index=-1,
        start=start + lead,
        body_start=body_start,
        end=start + len(text.rstrip()),
        body=text[body_start - start :].rstrip(),
        label=label,
        item=_item_at(outline, start),
        block=block,
        heading=block.role == "heading",
        in_table=in_table,
    )


def _item_at(outline: Outline, start: int) -> int | None:
    """Index of the item at an offset; a clause "2. That the tax be raised" that was taken for an item is none."""
    index = outline.item_index_at(start)
    while index is not None and re.match(r"That\s", outline.items[index].title):
        index = index - 1 if index else None
    return index


def _field(body: str) -> bool:
    """Whether a heading has its whole content on its own line ("Declarations of interest: None")."""
    found = heading_of(body)
    return found is not None and 0 < len(body[found[1] :].strip()) < FIELD


def _initial(rest: str) -> bool:
    """Whether "A." before these words is more likely somebody's initial than a label."""
    return re.match(r"[A-Z][\w’'-]*(?:\s+(?:was|were|had|proposed|seconded|moved|and|said)\b|,|\s*$)", rest) is not None


def _set_places(outline: Outline, passages: list[Passage]) -> None:
    """Tell each passage's place by the last heading above it in the same item.

    What a web page prints of an item before its own "Minutes:" or "Decision:" is agenda text.
    """
    item: int | None = -1
    place: Place = "narrative"
    opened = 0
    labelled = papers = False
    """Whether the item has had a label of its own; a title "Minutes" is none."""
    for passage in passages:
        if passage.item != item:
            item, place, opened, labelled = passage.item, "narrative", passage.index, False
        bulleted = passage.label is not None and passage.label.bullet and not passage.heading
        of_others = passage.label is not None and OF_OTHERS.fullmatch(passage.body) is not None
        new = None if bulleted or passage.heads_column or of_others else place_of(passage.body)
        if new is not None:
            if new in ("minutes", "decision") and sub_heading(passage.block.style, passage.body):
                for earlier in passages[opened : passage.index]:
                    if earlier.place == "narrative" or (earlier.place == "minutes" and not labelled):
                        earlier.place = "agenda"
                labelled = True
            if new == "apart" and place in ("narrative", "minutes") and _field(passage.body):
                passage.place = new
                continue
            place, papers = new, PAPERS.match(passage.body) is not None
        elif (
            passage.heading
            and not passage.body.endswith(":")
            and place != "minutes"
            and not sub_heading(passage.block.style, passage.body)
            and not (place == "decision" and PART.fullmatch(passage.body))
        ):
            place = "narrative"
        if place in ("recommendation", "options") and new is None and RESUMES.match(passage.body):
            place = "narrative"
        if place == "apart" and papers and PROSE.fullmatch(passage.body):
            place = "narrative"
        passage.place = place
