"""Items that are known by a run of numbers: headings of printed minutes, rows of a table of minutes.

Numbers also count paragraphs, limbs and lists. The items are that chain of numbers, each the next of the one
before, whose lines look most like headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block, Cell
from pipeline.labels import split_label
from pipeline.structure.dates import MONTHS
from pipeline.structure.found import TELLS, Found, clean_number, clean_title, reference_in
from pipeline.structure.known import union
from pipeline.structure.lines import bold_prefix, is_capitals
from pipeline.structure.run_in import heading_of
from pipeline.structure.site_marks import SITE_LABEL

_NUMBER = (
    r"(?P<number>(?P<prefix>[A-Z]{1,6}[ ./-]?)?(?P<head>\d{1,5}(?:[a-z](?=/\d\d\b))?(?:\.{1,2}\d{1,4}|"
    r"[/_-]\d{1,4}){0,3})(?P<letter>[a-z])?(?:(?<=/\d\d)(?:/[A-Z]{1,4}\b|:\d\d\b))?)"
)
_PRINTED = re.compile(
    r"(?:(?i:page \d+ of \d+)\s+)?(?:[*†#]\s?(?=[A-Z\d]))?"
    r"(?:(?i:(?P<word>agenda item|item|minute|min|article|no)(?![a-z])\.?\s*(?:no\.?\s*)?))?"
    rf"\[?{_NUMBER}"
    r"(?P<mark>\s*(?:\)\.|:[-–—](?=\s)|[.:)|\]])|\s*[-–—](?=\s))?"
    r"(?:\s+|(?<=[.:)])(?=[A-Z])|(?<=/\d\d\d)(?=[A-Z]{4})|(?<=[/\dA-Z]\d)(?=[A-Z][a-z]{2}))(?P<title>\S.*)$"
)
_BARS = re.compile(r"\|\s+(?=\d)")
"""A row of a table as text has it, torn off from the rest."""
_NUMBER_CELL = re.compile(rf"^(?:(?i:(?P<word>item|minute|min)(?![a-z])\.?\s*(?:no\.?\s*)?))?{_NUMBER}(?P<mark>\.)?$")
_HEADS_ITEMS = re.compile(r"(?i:^(?:item|minute|min|agenda)\b|^no\.? item$|^number:?$)")
_LABELS = frozenset({"lower_letter", "upper_letter", "lower_roman", "upper_roman"})
_OF_DATE = re.compile(rf"(?i:(?:{'|'.join(MONTHS)})\b,?\s+(?:19|20)\d\d\b)")
"""What follows the number of a day: "10 NOVEMBER 2011" is no item."""
_SUB_LABEL = re.compile(r"^\(?[a-z]\)\s+(?=[A-Z])")
"""The label of an item's first part, printed before its title: "574. a) Planning applications"."""
_ROMAN = re.compile(r"^(?P<number>[IVXL]{1,6})[.)]?\s+(?P<title>\S.*)$")
_AGENDA_NUMBER = re.compile(r"^\d{1,2}[.)]\s+(?=[A-Z])")
"""The agenda's number between a minute's number and its title: "C048/23 1. APOLOGIES"."""
_SITE_LABEL = re.compile(r"\s+(?:(?:Minutes|Decisions?|Additional documents|Cofnodion|Penderfyniad):\s|PDF \d)")
_ASKS = re.compile(r"\s+(?:To (?=receive|consider|note|approve|confirm|agree)|Report (?:of|by) )")
"""A site's labels and the agenda's text behind a title, in a row of a page's table that was flattened."""
_SENTENCE_END = re.compile(r"[a-z)\d]\.$")
_DECIDES = re.compile(r"(?:RESOLVED|AGREED|NOTED|DECISION|RECOMMENDED)\b(?! [A-Z]{3})")
_TO_DO = re.compile(r"^(?:To|That)\s+[a-z]")
_MANY_DECISIONS = re.compile(r"(?i:\b(?:decisions\b|decision (?:sheet|list|summary)))")
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d){1,2}")
_ATTACHED = re.compile(r"\bPDF \d+ [KM]B\W*$")
_TAILED = re.compile(r"(?i:\(pages? \d+|\bPDF \d|pdf icon)")
MOST_TITLE_WORDS = 45
_MOST_COLUMNS = 5
_LOOK_BACK = 60
_WIDEST_GAP = 40
_LEAST_STUCK = 4
_LEAST_REPEATED = 1.2
"""So much like a heading must a line look that repeats the number before ("105/22" twice, "FRA/16" and "FRA/16a"),
where the number's own form tells that it counts no list."""
_MOST_PARTS, _PART = 20, 100
"""An agenda has fewer parts, each with fewer items."""
_IN_PARTS = "in parts"
_OF_A_LIST = 2.0
"""Weight that a number loses which counts a decision's or a motion's limbs."""
_LEADS_TO_LIMBS = re.compile(
    r"(?i:\b(?:to|that|resolved|agreed|recommended|decided|proposed|amendment|motion|recommendations?|resolutions?)"
    r"\s*:[ –—-]*$)"
)
_MOST_LOST = 2.5
"""Weight that a gap in the numbers costs at most: a page may show but some of an agenda's items."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that opens with a number: its series (shape and what stands before the running number) and title."""

    series: tuple[str, ...]
    value: int
    number: str
    title: str
    start: int
    end: int
    block: int
    looks: float
    """How much it looks like an item's heading, about -2 to 5."""
    in_table: bool = False


def numbered_headings(blocks: Sequence[Block]) -> list[Found]:
    """The best chain of numbered headings; none where nothing looks like one."""
    chain = _best_of_all(_candidates(blocks))
    return _found(chain) if _convincing(chain) or _alone(blocks, chain) else []


def _alone(blocks: Sequence[Block], chain: Sequence[Candidate]) -> bool:
    """Whether it is the heading of a site's one item, its minutes just below."""
    if len(chain) != 1:
        return False
    if blocks[chain[0].block].role != "heading":
        return _ATTACHED.search(blocks[chain[0].block].text) is not None
    return any(SITE_LABEL.match(block.text.strip()) for block in blocks[chain[0].block + 1:chain[0].block + 4])


def decisions_listed(blocks: Sequence[Block]) -> list[Found]:
    """The numbered decisions of a sheet of several; none for a single decision, whose numbers count paragraphs."""
    if not any(_MANY_DECISIONS.search(block.text) for block in blocks[:8] if len(block.text) < 250):
        return []
    sections = union("structure", "sections")
    chain = _best_of_all(c for c in _candidates(blocks) if not sections.fullmatch(c.title))
    return _found(chain) if len(chain) > 1 and _convincing(chain) else []


def heal_numbers(blocks: Sequence[Block], found: Sequence[Found]) -> list[Found]:
    """Put in headings whose number character recognition misread ("a PLAYING FIELD" between 2 and 4)."""
    healed: list[Found] = []
    for before, one in zip([None, *found], found, strict=False):
        if one.number is not None and one.number.isdigit():
            first = before.block + 1 if before else 0
            at_least = int(before.number) if before and before.number and before.number.isdigit() else 0
            lost = [i for i in range(first, one.block) if _misread(blocks[i])]
            if len(lost) == int(one.number) - at_least - 1:
                for number, index in enumerate(lost, at_least + 1):
                    title = blocks[index].text.split(maxsplit=1)[1]
                    healed.append(Found(str(number), clean_title(title), blocks[index].start, blocks[index].end, index,
                                        "item.misread_number", 0.5))
        healed.append(one)
    return healed


def _misread(block: Block) -> bool:
    """A heading in capitals behind one or two stray characters."""
    words = block.text.split(maxsplit=1)
    return block.role == "heading" and len(words) == 2 and len(words[0].rstrip(".")) <= 2 and is_capitals(words[1])


def _found(chain: Sequence[Candidate]) -> list[Found]:
    return [
        Found(c.number, c.title, c.start, c.end, c.block, "item.numbered", 0.9, reference_in(c.title), c.in_table)
        for c in chain
    ]


def _convincing(chain: Sequence[Candidate]) -> bool:
    if len(chain) <= 1:
        return bool(chain) and chain[0].looks >= 3 and not _DAY.fullmatch(chain[0].number)
    usual = sum(1 for c in chain if _opens_as_usual(c.title))
    if chain[0].series[0] in _LABELS | {"decimal"} and usual < 2 and min(c.looks for c in chain) < 2:
        return False
    return sum(c.looks for c in chain) / len(chain) >= (0.4 if usual >= 2 and chain[0].value == 1 else 0.8)


# --- candidates -----------------------------------------------------------------------------------------------


def _candidates(blocks: Sequence[Block]) -> Iterator[Candidate]:
    led: int | None = None
    """The last number of a list of limbs."""
    columns: set[int] = set()
    """Numbers of columns of tables of minutes so far: the next page's part of one has no heading."""
    for index, block in enumerate(blocks):
        if block.table is not None:
            torn = block.table.rows == 1 and block.table.columns <= max(columns, default=0)  # a row torn off
            if _is_of_items(block) or torn or (
                block.table.columns in columns and block.table.columns <= _MOST_COLUMNS
            ):
                columns.add(block.table.columns)
                yield from _rows(block, index)
            continue
        bars = _BARS.match(block.text)
        printed = _PRINTED.match(block.text, bars.end()) if bars else _PRINTED.match(block.text)
        if printed is None:
            yield from _labelled(block, index)
            continue
        offset = printed.start("title")
        second = _AGENDA_NUMBER.match(printed["title"]) if re.search(r"\D", printed["number"]) else None
        offset += second.end() if second else 0
        text = block.text[offset:].rstrip(" |") if bars else block.text[offset:]
        title, length = heading_of(block, text, offset)
        lead = _SUB_LABEL.match(title)
        title = title[lead.end():] if lead else title
        if re.search(r"[^\W\d_]{2}", title) and not _DECIDES.match(title) and not _OF_DATE.match(title):
            looks = _looks(block, printed, title, block.text[offset + length:])
            led = _next_of_led(blocks, index, printed["number"], led)
            if led is not None and block.role != "heading" and not is_capitals(title):
                looks -= _OF_A_LIST
            yield from _readings(printed, title, block.start, block.start + offset + length, index, looks, False)


def _next_of_led(blocks: Sequence[Block], index: int, number: str, led: int | None) -> int | None:
    """The number, where it counts limbs that a colon leads in ("resolved to: 1. ... 2. ..."); else None."""
    if not number.isdigit():
        return None
    opens = number == "1" and index > 0 and _LEADS_TO_LIMBS.search(blocks[index - 1].text) is not None
    return int(number) if opens or (led is not None and int(number) == led + 1) else None


def _labelled(block: Block, index: int) -> Iterator[Candidate]:
    """Letters, roman numbers, numbers in brackets: "(b) Declarations of Interest", "II MINUTES", "(139) MINUTES".

    A decision's limbs have them too, so that a run of them is convincing only by its titles or their type.
    """
    label, offset = split_label(block.text)
    roman = _ROMAN.match(block.text) if label is None else None
    if roman:
        label, offset = split_label(f"{roman['number']}. x")[0], roman.start("title")
    if label is None:
        return
    title, length = heading_of(block, block.text[offset:], offset)
    marked = block.role == "heading" or block.bold or bold_prefix(block) or is_capitals(title)
    if not re.search(r"[^\W\d_]{2}", title) or (roman and not marked):
        return
    after = block.text[offset + length:]
    looks = _looks_of_words(title, after) + (2 if marked else 0) + (1.5 if _is_usual(title) else 0)
    enclosed = label.form.startswith("(")
    number = f"({label.number})" if enclosed and label.number.isalpha() else label.number
    for reading in label.readings:
        if reading.kind in _LABELS or (reading.kind == "decimal" and enclosed):
            yield Candidate((reading.kind, label.form), reading.path[-1], number, title, block.start,
                            block.start + offset + length, index, looks)


def _is_of_items(block: Block) -> bool:
    """Whether a table is minutes: headed "Item", "Minute", or with a usual title in its first columns."""
    assert block.table is not None
    if block.table.columns > _MOST_COLUMNS or not block.table.cells:
        return False
    first = [cell for cell in block.table.cells if cell.column < 2]
    return any(cell.row == 0 and _HEADS_ITEMS.search(cell.text) for cell in first) or any(
        _is_usual(clean_title(re.split(r"[.:\n]", re.sub(r"^[\d./]+\s+", "", cell.text))[0])) for cell in first
    )


def _rows(block: Block, index: int) -> Iterator[Candidate]:
    """Rows of minutes set as a table: number and title in two cells or in one, the text beside or below."""
    assert block.table is not None
    grid = block.table.grid()
    headed = _is_of_items(block)
    for row in grid:
        distinct = list({id(cell): cell for cell in row if cell is not None}.values())
        if len(distinct) < 2:
            continue
        printed = _NUMBER_CELL.match(distinct[0].text.strip())
        body = distinct[1] if printed else distinct[0]
        printed = printed or _PRINTED.match(body.text)
        if printed is None:
            continue
        offset = 0 if body is distinct[1] else printed.start("title")
        length = _length_in_cell(body, offset)
        title = clean_title(body.text[offset:offset + length])
        if re.search(r"[^\W\d_]{3}", title) and title[0].isupper():
            looks = 0.5 + headed + _looks_of_words(title, body.text[offset + length:]) + (1 if _is_usual(title) else 0)
            yield from _readings(printed, title, distinct[0].start, body.start + offset + length, index, looks, True)


def _length_in_cell(cell: Cell, offset: int) -> int:
    """Characters of the heading in a cell: its bold words, else up to a bullet, a colon or a sentence's end."""
    text = cell.text[offset:]
    head = 0
    for word in cell.words:
        at = cell.text.find(word.text, offset + head)
        if word.bold and at >= 0 and not cell.text[offset + head:at].strip():
            head = at + len(word.text) - offset
        elif at >= offset + head:
            break
    bold = text[:head]
    label = _SITE_LABEL.search(text)
    if label and label.start() > 2:
        text = text[: label.start()]
        return min([head or len(text), len(text), *(m.start() for m in [_ASKS.search(text)] if m)])
    colon = re.match(r"(?P<head>[^:]{3,80}?)\s*:\s", bold or text)
    if colon and (_is_usual(colon["head"]) or (not head and offset == 0)):
        return colon.end("head")
    if head:
        return head
    cut = re.search(r"\n|\s+(?:[•·▪●]|-)\s|(?<=[a-z)])\.(?:\s|$)", text)
    return cut.start() if cut else len(text)


def _readings(
    printed: re.Match[str], title: str, start: int, end: int, block: int, looks: float, in_table: bool
) -> Iterator[Candidate]:
    """A number may run on at its end ("16.01.2", "12"), before a year ("45/24"), or over parts ("1.2", then "2.1")."""
    groups = printed.groupdict()
    parts = [int(p) for p in re.findall(r"\d+", groups["head"])]
    shape = re.sub(r"\d+[a-z]?", "n", re.sub(r"\.{2,}", ".", groups["head"]))
    mark = "" if len(parts) > 1 else (groups["mark"] or "").strip()[:1].replace(":", ".").strip("|")
    for running in {len(parts) - 1, 0}:
        fixed = parts[:running] + parts[running + 1:]
        series = ((groups["word"] or "").lower(), groups["prefix"] or "", shape, mark, str(running), *map(str, fixed))
        number = clean_number(groups["number"])
        yield Candidate(series, parts[running], number, title, start, end, block, looks, in_table)
    prefix = groups["prefix"] or ""
    lettered = shape == "n" and len(prefix) == 1  # parts may have letters: A1, A2, B1
    part, place = (ord(prefix) - ord("A") + 1, parts[0]) if lettered else (parts[0], parts[-1])
    if (lettered or shape == "n.n") and part < _MOST_PARTS and 0 < place < _PART:
        series = ((groups["word"] or "").lower(), "" if lettered else prefix, shape, _IN_PARTS)
        yield Candidate(series, part * _PART + place, clean_number(groups["number"]), title, start, end, block, looks,
                        in_table)


# --- looks ----------------------------------------------------------------------------------------------------


def _is_usual(title: str) -> bool:
    return union("structure", "usual_items").fullmatch(title) is not None


def _opens_as_usual(title: str) -> bool:
    """Whether it begins as a usual title does, whatever more it says: "To receive apologies under section 85"."""
    return union("structure", "usual_items").match(title) is not None


def _looks(block: Block, printed: re.Match[str], title: str, after: str) -> float:
    weight = _looks_of_words(title, after)
    if block.role == "heading" or block.bold or bold_prefix(block):
        weight += 2
    if is_capitals(title):
        weight += 2
    if _is_usual(title):
        weight += 1.5
    if printed["word"]:
        weight += 2
    if "." in printed["head"] or "/" in printed["head"]:
        weight += 0.5
    if _TAILED.search(block.text):
        weight += 1
    if _TO_DO.match(title) and block.role != "heading" and (len(title.split()) > 10 or title.startswith("That")):
        weight -= 2 if title.startswith("That") else 0.5
    return weight


def _looks_of_words(title: str, after: str) -> float:
    """Titles are short, begin with a capital, are no sentence; text running on behind a title is a good sign."""
    rest = after.strip(" :.-–|")
    words = title.split()
    ends_sentence = _SENTENCE_END.search(title + after.rstrip()) is not None
    weight = 0.0
    if len(words) <= 10 and title[0].isupper() and (rest or not ends_sentence):
        weight += 1
    if rest and len(words) <= 14 and title[0].isupper():
        weight += 0.5
    if not title[0].isupper() and not title[0].isdigit() and title[0] not in "‘'“\"":
        weight -= 2
    if not rest and ends_sentence and len(words) > 5 and not _opens_as_usual(title):
        weight -= 1.5
    elif len(words) <= 25 and title[0].isupper() and not ends_sentence:
        weight += 0.3
    if len(words) > 25:
        weight -= 0.5 if len(words) <= MOST_TITLE_WORDS else 1.5
    if TELLS.search(title):
        weight -= 1.5
    return weight


# --- chains ---------------------------------------------------------------------------------------------------


def _best_of_all(candidates: Iterator[Candidate]) -> list[Candidate]:
    by_series: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        by_series.setdefault(candidate.series, []).append(candidate)
    chains = [_best_chain(series) for series in by_series.values()]
    chains += [(same, sum(c.looks for c in same)) for series in by_series.values() if (same := _stuck(series))]
    chains.sort(key=lambda chain: -chain[1])
    return next((chain for chain, _ in chains if _convincing(chain)), chains[0][0] if chains else [])


def _step(before: Candidate, after: Candidate) -> int:
    """How far a number is from the one before; the first of a later part follows the last of any earlier one."""
    if after.series[-1] == _IN_PARTS and after.value // _PART > before.value // _PART:
        return after.value // _PART - before.value // _PART + after.value % _PART - 1
    return after.value - before.value


def _stuck(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Items that all bear the number 1, as where a page's list begins again at each; several are usual ones."""
    same = [c for c in candidates if c.value == 1 and c.looks > -2]
    usual = sum(1 for c in same if _opens_as_usual(c.title))
    return same if len(same) >= _LEAST_STUCK and usual >= _LEAST_STUCK - 1 else []


def _best_chain(candidates: Sequence[Candidate]) -> tuple[list[Candidate], float]:
    """The chain of increasing numbers with the most weight; a step of one is best, a repeated number is rare."""
    weights: list[float] = []
    before: list[int | None] = []
    for i, candidate in enumerate(candidates):
        best, link = candidate.looks - (0.4 if candidate.value > 1 else 0), None
        for j in range(max(0, i - _LOOK_BACK), i):
            step = _step(candidates[j], candidate)
            if candidates[j].start == candidate.start or not (0 <= step <= _WIDEST_GAP):
                continue
            least = _LEAST_REPEATED if "/" in candidate.number else 2
            again = candidates[j].title.casefold() == candidate.title.casefold()
            if step == 0 and (candidate.looks < least or again):
                continue
            gain = weights[j] + candidate.looks + (0.6 if step == 1 else -min(0.4 * abs(step - 1), _MOST_LOST))
            if gain > best:
                best, link = gain, j
        weights.append(best)
        before.append(link)
    at: int | None = max(range(len(weights)), key=weights.__getitem__)
    weight = weights[at] if at is not None else 0.0
    chain: list[Candidate] = []
    while at is not None:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1], weight
