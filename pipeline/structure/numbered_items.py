"""Items that are known by a run of numbers: headings of printed minutes, rows of a table of minutes.

Numbers also count paragraphs, limbs and lists. The items are that chain of numbers, each the next of the one
before, whose lines look most like headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import Block
from pipeline.structure.found import Found, clean_number, clean_title, reference_in
from pipeline.structure.known import union
from pipeline.structure.lines import bold_prefix, is_capitals

MOST_TITLE_WORDS = 45
_PRINTED = re.compile(
    r"^(?:(?i:(?P<word>agenda item|item|minute|min)\.?\s*(?:no\.?\s*)?))?"
    r"(?P<number>(?P<prefix>[A-Z]{1,6}[ ./-]?)?(?P<head>\d{1,4}(?:\.{1,2}\d{1,4}|[/-]\d{1,4}){0,3})(?P<letter>[a-z])?)"
    r"(?P<mark>\s*[.:)]|\s*[-–—](?=\s))?(?:\s+|(?<=[.:)])(?=[A-Z]))(?P<title>\S.*)$"
)
_SENTENCE_END = re.compile(r"[a-z)\d]\.$")
_VERBS = re.compile(
    r"\b(?:was|were|had been|has been|have been|noted that|stated|said|reported|advised|explained|asked|thanked|confirmed|"
    r"informed|considered|agreed that|RESOLVED|is asked|are asked)\b"
)
_TO_DO = re.compile(r"^(?:To|That)\s+[a-z]")


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


def numbered_headings(blocks: Sequence[Block]) -> list[Found]:
    """The best chain of numbered headings; none where nothing looks like one."""
    best: list[Candidate] = []
    best_weight = 0.0
    by_series: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in _candidates(blocks):
        by_series.setdefault(candidate.series, []).append(candidate)
    for candidates in by_series.values():
        chain, weight = _best_chain(candidates)
        if weight > best_weight:
            best, best_weight = chain, weight
    if not best or not _convincing(best):
        return []
    return [
        Found(c.number, c.title, c.start, c.end, c.block, "item.numbered", 0.9, reference_in(c.title)) for c in best
    ]


def _convincing(chain: Sequence[Candidate]) -> bool:
    if len(chain) == 1:
        return chain[0].looks >= 3
    return sum(c.looks for c in chain) / len(chain) >= 0.8


def _candidates(blocks: Sequence[Block]) -> Iterator[Candidate]:
    for index, block in enumerate(blocks):
        if block.table is not None:
            continue
        printed = _PRINTED.match(block.text)
        if printed is None:
            continue
        yield from _readings(blocks, index, printed)


def _readings(blocks: Sequence[Block], index: int, printed: re.Match[str]) -> Iterator[Candidate]:
    """A number may run on at its end ("16.01.2", "12") or before a year ("45/24")."""
    block = blocks[index]
    title, length = _title_of(block, printed)
    if not title or not re.search(r"[^\W\d_]{2}", title):
        return
    parts = [int(p) for p in re.findall(r"\d+", printed["head"])]
    looks = _looks(blocks, index, printed, title, length)
    number = clean_number(printed["number"])
    shape = re.sub(r"\d+", "n", re.sub(r"\.{2,}", ".", printed["head"]))
    mark = "" if len(parts) > 1 else (printed["mark"] or "").strip()[:1].replace(":", ".")
    word = (printed["word"] or "").lower()
    end = printed.start("title") + length
    for running in {len(parts) - 1, 0}:
        fixed = parts[:running] + parts[running + 1:]
        series = (word, printed["prefix"] or "", shape, mark, str(running), *map(str, fixed))
        yield Candidate(series, parts[running], number, title, block.start, block.start + end, index, looks)


def _title_of(block: Block, printed: re.Match[str]) -> tuple[str, int]:
    """The heading's words, and how many characters of the text behind the number they take.

    "2431. Police Report: Attached." is headed "Police Report"; a bold beginning is the heading of a line that
    goes on in plain type.
    """
    text = printed["title"]
    bold = bold_prefix(block)
    if bold and len(bold) > printed.start("title") + 2:
        text = block.text[printed.start("title"):len(bold)]
    elif not (block.bold and len(text.split()) <= MOST_TITLE_WORDS):
        run_in = re.match(r"(?P<head>[^:.]{3,90}?)\s*(?::-?|\s[-–]\s(?=(?i:noted|none|agreed|no\b)))\s*\S", text)
        if run_in and len(run_in["head"].split()) <= 14:
            text = run_in["head"]
    elif ":" in text:
        run_in = re.match(r"(?P<head>[^:]{3,60}):\s+(?i:none|nil|noted|no\b|agreed)", text)
        text = run_in["head"] if run_in else text
    return clean_title(text), len(text.rstrip())


def _looks(blocks: Sequence[Block], index: int, printed: re.Match[str], title: str, length: int) -> float:
    block = blocks[index]
    rest = printed["title"][length:].strip(" :.-–")
    words = title.split()
    weight = 0.0
    if block.role == "heading" or block.bold or bold_prefix(block):
        weight += 2
    if is_capitals(title):
        weight += 2
    if union("structure", "usual_items").fullmatch(title):
        weight += 1.5
    if printed["word"]:
        weight += 2
    if "." in printed["head"] or "/" in printed["head"]:
        weight += 0.5
    if len(words) <= 10 and title[0].isupper() and not _SENTENCE_END.search(printed["title"]):
        weight += 1
    if rest and len(words) <= 14 and title[0].isupper():
        weight += 0.5
    if not title[0].isupper() and not title[0].isdigit() and title[0] not in "‘'“\"":
        weight -= 2
    if not rest and _SENTENCE_END.search(title) and len(words) > 5:
        weight -= 1.5
    if len(words) > 25:
        weight -= 1.5
    if _VERBS.search(title):
        weight -= 1.5
    if _TO_DO.match(title) and len(words) > 10 and block.role != "heading":
        weight -= 0.5
    return weight


def _best_chain(candidates: Sequence[Candidate]) -> tuple[list[Candidate], float]:
    """The chain of increasing numbers with the most weight; a step of one is best, a repeated number is rare."""
    weights: list[float] = []
    before: list[int | None] = []
    for i, candidate in enumerate(candidates):
        best, link = candidate.looks - (0.4 if candidate.value > 1 else 0), None
        for j in range(max(0, i - 60), i):
            step = candidate.value - candidates[j].value
            if candidates[j].block == candidate.block or not (0 <= step <= 8):
                continue
            if step == 0 and (candidate.looks < 2 or candidates[j].title == candidate.title):
                continue
            gain = weights[j] + candidate.looks + (0.6 if step == 1 else -0.4 * abs(step - 1))
            if gain > best:
                best, link = gain, j
        weights.append(best)
        before.append(link)
    if not weights:
        return [], 0.0
    at: int | None = max(range(len(weights)), key=weights.__getitem__)
    weight = weights[at] if at is not None else 0.0
    chain: list[Candidate] = []
    while at is not None:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1], weight


_ROW_NUMBER = re.compile(r"^(?:\d{1,4}(?:[./]\d{1,4}){0,2}[a-z]?|[A-Z]{1,3}\d{1,4})\.?$")


def numbered_rows(blocks: Sequence[Block]) -> list[Found]:
    """Items of minutes set as a table: a number in the first column, title and text in the next."""
    found: list[Found] = []
    for index, block in enumerate(blocks):
        if block.table is None or block.table.columns > 5:
            continue
        for row in block.table.grid():
            cells = [cell for cell in row if cell is not None]
            if len(cells) < 2 or not _ROW_NUMBER.match(cells[0].text.strip()):
                continue
            body = cells[1]
            title = _title_in_cell(body.text, [w.text for w in body.words if w.bold])
            if title and re.search(r"[^\W\d_]{3}", title) and title[0].isupper():
                found.append(Found(clean_number(cells[0].text), clean_title(title), cells[0].start,
                                   body.start + len(title), index, "item.row", 0.85, reference_in(title), True))
    return found if _run_on(found) else []


def _title_in_cell(text: str, bold: Sequence[str]) -> str:
    """The heading at a cell's beginning: its bold words, else what stands before a bullet, a colon or a sentence."""
    head = ""
    for word in bold:
        if not text[len(head):].lstrip().startswith(word):
            break
        head = text[: text.find(word, len(head)) + len(word)]
    if head:
        return head
    cut = re.search(r"\s*(?::|\s[•·▪●-]\s|(?<=[a-z)])\.(?:\s|$)|\s{2,})", text)
    return text[: cut.start()] if cut else text


def _run_on(found: Sequence[Found]) -> bool:
    """Whether rows are items: three or more, counting on, with short titles (a table of figures is none)."""
    if len(found) < 3:
        return False
    values = [int(re.findall(r"\d+", f.number or "0")[-1]) for f in found if re.search(r"\d", f.number or "")]
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    return bool(steps) and sum(1 for s in steps if 0 <= s <= 2) >= 0.8 * len(steps) and any(
        union("structure", "usual_items").fullmatch(f.title) for f in found
    )
