"""Documents bound into an agenda's pack: where each begins, what it is, and the agenda item to which it belongs.

A part begins at the top of a page: where the page's head or the form there tells another agenda item, where the page
calls itself minutes or an appendix, where a report's form stands, or where the agenda says that an item's papers
begin ("(Pages 11 - 84)").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from pipeline.document import Block, Document, Item, Page, Part
from pipeline.records import DocumentKind, PartKind
from pipeline.structure.bodies import body_in
from pipeline.structure.dates import find_dates
from pipeline.structure.form import first, read_form
from pipeline.structure.found import clean_title
from pipeline.structure.kind import kind_of
from pipeline.structure.known import pattern, patterns
from pipeline.structure.lines import Line, head_lines, lines_of
from pipeline.structure.meeting import meeting_of

_ITEM = re.compile(r"^(?i:agenda item|item)\s*(?i:no\.?|number)?\s*:?\s*(?P<number>\d{1,3}[A-Za-z]?(?:\.\d+)?)\.?$")
_LABEL = re.compile(r"(?i:(?:agenda )?item(?:\s*no\.?)?)")
_VALUE = re.compile(r"\d{1,3}[A-Za-z]?(?:\.\d+)?")
_OPENING_LINES = 14
_TITLE_LINES = 6
_LEAST_LABELS = 3
"""So many labels of a report's form at the top of a page tell that a report begins there."""
_APPENDIX = re.compile(
    r"^(?P<label>(?i:appendix|annexe?|enclosure|schedule)\s*(?:no\.?\s*)?(?:[A-Z]{1,2}\d?|\d{1,2}[A-Za-z]?(?:\.\d)?)?)"
    r"(?:\s*[-–—:]\s*.*|\s*$|\s+[A-Z].{0,120}$)"
)
_MINUTES_WITHIN = re.compile(r"(?i:\bminutes of (?:a |the )?(?:.{0,40} )?meeting\b)")
_PRINTED_PAGE = re.compile(
    r"^(?i:page\s*)?(?P<number>\d{1,4})$|(?:^|\s)(?i:page\s*)?(?P<of>\d{1,4})\s(?i:of)\s\d{1,4}$"
)
_PAPERS = re.compile(r"\((?i:pages?)\s+(?P<first>\d{1,4})(?:\s*(?:[-–]|to)\s*(?P<last>\d{1,4}))?\)")
_FRONT_PAGES = 3
_EDGE = 60
"""Characters at the head of a page in which its stamp may stand."""
_STAMPED = 0.5
"""Share of the pages that bear the stamp of the pack."""
_LIKE_TITLES = 0.7
_WORDS_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound-in document before its agenda item is looked up: `number` is the item's, where its page tells it."""

    kind: PartKind
    title: str | None
    number: str | None
    first: int
    last: int
    rule: str
    confidence: float
    label: str | None = None
    """Of an appendix: "Appendix 2"."""


def bound_parts(
    blocks: Sequence[Block], pages: Sequence[Page], titled: Mapping[int, str] = MappingProxyType({})
) -> list[Bound]:
    """What is bound in behind the first pages of an agenda, in order; none for formats without pages.

    `titled` are the pages on which papers begin by their titles alone, with the numbers of their items ("" for none).
    """
    if not blocks:
        return []
    begun = list(_begun(blocks, pages, titled))
    ends = [part.first for part in begun[1:]] + [len(blocks)]
    return [replace(part, last=end) for part, end in zip(begun, ends, strict=False)]


def parts_of(document: Document, items: Sequence[Item], bound: Sequence[Bound]) -> list[Part]:
    """The front sheet and the bound-in documents with their agenda items; none where nothing is bound in."""
    if not bound:
        return []
    parts = [Part("agenda", None, 0, bound[0].first, rule="part.front_sheet")] if bound[0].first else []
    before: int | None = None
    for one in bound:
        kind = _kind_of(document, one)
        item = _item_of(replace(one, kind=kind), items, before)
        part = Part(kind, one.title, one.first, one.last, item, rule=one.rule, confidence=one.confidence)
        if kind == "minutes":
            alone = _alone(document, one.first, one.last)
            head = head_lines(alone, _OPENING_LINES)
            meeting = meeting_of(alone, "minutes", head, read_form(head))
            dates = [d for line in head for d in find_dates(line.text)]
            part.held_on = meeting.held_on or (dates[0].value if dates else None)
            texts = [one.title or "", *(line.text for line in head)]
            part.body = meeting.body or next((body for text in texts if (body := body_in(text))), None)
        else:
            before = item
        parts.append(part)
    return parts


def speaks_of_agenda(document: Document) -> bool:
    """Whether the first pages, or the head or foot of any, name an agenda, as every pack does."""
    first = (page.text for page in document.pages[:_FRONT_PAGES])
    edges = (text for page in document.pages for text in (page.text[:_EDGE], *page.furniture))
    return any("agenda" in text.casefold() for texts in (first, edges) for text in texts)


def is_pack(document: Document, bound: Sequence[Bound]) -> bool:
    """Whether papers are bound in behind a front sheet: by its own marks it is an agenda, whatever follows; or it is
    nothing else (but for naming the minutes that follow), and the pages behind it bear the numbers of several items."""
    if not bound or not bound[0].first:
        return False
    front = _kind_alone(document, 0, bound[0].first)
    stamped = {part.number for part in bound if part.rule in ("part.agenda_item", "part.promised_page")}
    if front == "agenda" or len(stamped - {None}) < 2:
        return front == "agenda"
    return front == "other" or front == "minutes" and any(part.kind == "minutes" for part in bound)


def _kind_alone(document: Document, first: int, last: int) -> DocumentKind:
    """What the blocks from `first` up to `last` would be as a document of their own."""
    alone = _alone(document, first, last)
    return kind_of(alone, head_lines(alone))


def _alone(document: Document, first: int, last: int) -> Document:
    """The blocks from `first` up to `last` as a document of their own; offsets stay those of the pack."""
    blocks = document.blocks[first:last]
    inside = {block.page for block in blocks}
    pages = [page for page in document.pages if page.number in inside]
    return Document("", "", document.media_type, pages, blocks, text=document.text[blocks[0].start:blocks[-1].end])


def _kind_of(document: Document, part: Bound) -> PartKind:
    """What a part is by its own marks, where the sign of its beginning does not tell."""
    if part.kind != "report" or part.rule == "part.agenda_item":
        return part.kind
    own = _kind_alone(document, part.first, part.last)
    if own in ("report", "minutes", "decision_notice"):
        return cast(PartKind, own)
    return "other" if part.rule == "part.pages_restart" else "report"


def with_reports(items: Sequence[Item], parts: Sequence[Part]) -> list[Item]:
    """Give the items of an agenda the blocks of what is bound in for them, from the first part to the last of a run."""
    for part in parts:
        if part.item is None:
            continue
        item = items[part.item]
        if item.report is None:
            item.report = (part.first, part.last)
        elif item.report[1] == part.first:
            item.report = (item.report[0], part.last)
    return list(items)


# --- where parts begin ----------------------------------------------------------------------------------------------


def _begun(blocks: Sequence[Block], pages: Sequence[Page], titled: Mapping[int, str]) -> Iterator[Bound]:
    furniture = {page.number: page.furniture for page in pages}
    promised = _promised(blocks, pages)
    restarts = _restarts(pages)
    seen: set[int | None] = set()
    current: Bound | None = None
    for index, block in enumerate(blocks):
        if block.page in seen:
            continue
        seen.add(block.page)
        if block.page is None or block.page == blocks[0].page:
            continue
        told = promised.get(block.page, titled.get(block.page))
        found = _opening(blocks, index, furniture.get(block.page, []), told, block.page in restarts, current)
        if found is not None and block.page in titled and found.rule == "part.promised_page":
            found = replace(found, rule="part.item_title")
        if found is not None:
            current = found
            yield found


def _opening(
    blocks: Sequence[Block], index: int, furniture: Sequence[str], promised: str | None, restarts: bool,
    current: Bound | None,
) -> Bound | None:
    """The part that begins with the page whose first block is at `index`; None where the page goes on with one."""
    top = _top(blocks, index)
    told = _number_at(blocks, index, furniture, top)
    new = told is not None and (current is None or told != current.number)
    number = told or promised or (current.number if current and promised is None else None)
    heads = [line.text.strip() for line in top[:_TITLE_LINES] if len(line.text) < 250 and line.row is None]
    minutes = next((text for text in heads if _calls_itself_minutes(text)), None)
    if minutes is not None:
        again = current is not None and current.kind == "minutes" and current.title == clean_title(minutes) and not new
        number = told or promised
        return None if again else Bound("minutes", clean_title(minutes), number, index, index, "part.minutes", 0.9)
    labels = sum(1 for line in top if any(rule.search(line.text) for rule in _report_labels()))
    if not new and promised is None:
        appendix = _appendix_at(top, furniture)
        if appendix is not None and current is not None:
            label = appendix["label"].lower()
            return None if label == current.label and not restarts else Bound(
                "appendix", clean_title(appendix[0]), current.number, index, index, "part.appendix", 0.8, label)
        if any(_DECISION.search(text) for text in heads[:3]) and current is not None:
            another = top[0].heading and clean_title(heads[0]) != current.title
            if current.kind == "decision_notice" and not restarts and not another:
                return None
            return Bound("decision_notice", clean_title(heads[0]), None, index, index, "part.decision", 0.8)
        form = labels >= _LEAST_LABELS and _form_opens(top)
        if not form and not restarts:
            return None
        number = None
        rule = "part.report_form" if form else "part.pages_restart"
    else:
        rule = "part.agenda_item" if new else "part.promised_page"
    kind: PartKind = "decision_notice" if any(_DECISION.search(text) for text in heads) else "report"
    return Bound(kind, _title_of(top, heads), number, index, index, rule, 0.95 if new else 0.8)


def _appendix_at(top: Sequence[Line], furniture: Sequence[str]) -> re.Match[str] | None:
    """"Appendix 2" at the head of a page; in a line below the first only where it is a heading."""
    heads = [line.text for i, line in enumerate(top[:3]) if line.row is None and (i == 0 or line.heading)]
    found = [one for text in [*furniture, *heads] if (one := _APPENDIX.match(text.strip()))]
    same = [one for one in found if one["label"].lower() == found[0]["label"].lower()]
    return max(same, key=lambda one: len(one[0]), default=None)  # the running head is shorter than the title


def _top(blocks: Sequence[Block], index: int) -> list[Line]:
    page = blocks[index].page
    return [line for line in lines_of(blocks, index, index + _OPENING_LINES) if line.page == page][:_OPENING_LINES]


def _number_at(blocks: Sequence[Block], index: int, furniture: Sequence[str], top: Sequence[Line]) -> str | None:
    """The agenda item that the top of a page names, in its running head or in the form of a report."""
    page = blocks[index].page
    for text in [*furniture, *(block.text for block in blocks[index:index + 2] if block.page == page)]:
        named = _ITEM.match(text.strip())
        if named:
            return named["number"]
    for line, following in pairwise(top):
        value = following.text.strip()
        if _LABEL.fullmatch(line.text.strip(" :")) and _VALUE.fullmatch(value):
            return value
    return None


def _promised(blocks: Sequence[Block], pages: Sequence[Page]) -> Mapping[int | None, str]:
    """Pages on which the agenda says that an item's papers begin, with the item's number.

    The agenda gives the numbers that are stamped on the pack; what is bound in has numbers of its own besides. The
    stamp is what runs on through most pages.
    """
    shifts = Counter(
        (page.number or 0) - number for page in pages for number in set(_printed_numbers(page))
    )
    shift, stamped = max(shifts.items(), key=lambda entry: entry[1], default=(0, 0))
    if stamped < max(2, len(pages) * _STAMPED):
        return {}
    numbers = {page.number for page in pages}
    promised: dict[int | None, str] = {}
    number: str | None = None
    for block in blocks:
        if block.page is not None and blocks[0].page is not None and block.page > blocks[0].page + 3:
            break
        own = re.match(r"^(?P<number>\d{1,3}[A-Za-z]?)[.)]?\s", block.text)
        number = own["number"] if own else number
        papers = _PAPERS.search(block.text)
        if papers and number:
            at = int(papers["first"]) + shift
            if at in numbers and at not in promised and at != block.page:
                promised[at] = number
    return promised


def _restarts(pages: Sequence[Page]) -> set[int | None]:
    """Pages with which the numbers that bound-in documents print begin anew: at 1, or lower than the page before, or
    so far in that the first pages can have had none."""
    begun: set[int | None] = set()
    bare = 0
    before: set[int] = set()
    for at, page in enumerate(pages):
        numbers = set(_printed_numbers(page))
        if not numbers:
            bare += 1
            continue
        went_on = any(number + bare + 1 in numbers for number in before)
        lowest = min(numbers)
        if at and not went_on and lowest <= bare + 1:
            begun.add(pages[at - lowest + 1].number)
        elif at and not went_on and before and not bare and lowest <= max(before):
            begun.add(page.number)
        before, bare = numbers, 0
    return begun - {pages[0].number} if pages else begun


def _printed_numbers(page: Page) -> Iterator[int]:
    for text in page.furniture:
        found = _PRINTED_PAGE.search(text.strip())
        if found:
            yield int(found["number"] or found["of"])


_DECISION = pattern("kinds", "rules", "decision.title")


def _calls_itself_minutes(text: str) -> bool:
    own = pattern("kinds", "rules", "minutes.title").search(text) or _MINUTES_WITHIN.search(text)
    told = r"(?i:\W*\d|to |that |resolved|agreed|the minutes of .* (?:were|was|be)\b)"
    return own is not None and re.match(told, text) is None


def _report_labels() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in patterns("kinds", "rules") if rule.id in ("report.form", "report.from"))


def _form_opens(top: Sequence[Line]) -> bool:
    """Whether the form stands at the very top, as on the first page of a report."""
    return any(rule.search(line.text) for line in top[:_TITLE_LINES] for rule in _report_labels())


def _title_of(top: Sequence[Line], heads: Sequence[str]) -> str | None:
    field = first(read_form(top), "title")
    if field:
        return clean_title(field.value)
    labelled = _report_labels()
    plain = (text for text in heads if not _ITEM.match(text) and not any(rule.search(text) for rule in labelled))
    return clean_title(next(plain, "")) or None


# --- whose they are -------------------------------------------------------------------------------------------------


def _item_of(part: Bound, items: Sequence[Item], before: int | None) -> int | None:
    """The item with the part's number, else with its title; an appendix goes with what it follows."""
    for index, item in enumerate(items):
        if part.number is not None and (item.number or "").lower() == part.number.lower():
            return index
    if part.kind == "minutes":
        named = [i for i, item in enumerate(items) if re.search(r"(?i:\bminutes\b|cofnodion)", item.title)]
        return named[0] if len(named) == 1 else None
    if part.kind == "appendix":
        return before
    alike = [(likeness, i) for i, item in enumerate(items) if (likeness := _likeness(item.title, part.title or ""))]
    best = max(alike, default=(0.0, -1))
    return best[1] if best[0] >= _LIKE_TITLES else None


def _likeness(one: str, other: str) -> float:
    """Share of the words of two titles that both have; of the shorter, where it has words enough to tell."""
    a, b = ({w for w in re.findall(r"\w+", text.lower()) if len(w) > 3} for text in (one, other))
    shorter = min(len(a), len(b))
    if not shorter:
        return 0.0
    return len(a & b) / (shorter if shorter >= _WORDS_ENOUGH else len(a | b))
