"""Items of pages whose layout was lost: titles above their numbers, whole minutes in one line, labels left out.

These ways are tried after all others: they ask for a run of numbers, or for titles that every agenda has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.document import Block
from pipeline.structure.dates import find_dates
from pipeline.structure.form import key_of
from pipeline.structure.found import TELLS, Found, clean_number, clean_title, reference_in
from pipeline.structure.known import union
from pipeline.structure.lines import is_capitals

_LEAST = 3
"""So many items in a row must be there before a way is believed."""
_LEAST_USUAL = 2
"""So many must be titles that every agenda has, where nothing marks the others as titles."""
_LONGEST_TITLE = 160
_MINUTE_NUMBER = re.compile(r"^(?P<number>\d{1,5}(?:/\d{2,4})?)\.?(?:\s+(?=[A-Z])|$)")
_INLINE_NUMBER = re.compile(
    r"(?:(?<=\s)|(?<=[.:;)])|^)"
    r"(?P<number>(?P<prefix>[A-Z][A-Za-z]{0,3}/?)?(?P<running>\d{1,5})(?P<year>/\d\d(?:[-/]\d\d)?)?)"
    r"(?P<mark>\.)?\s+(?=[A-Z])"
)
_CAPITALS = re.compile(
    r"(?:[A-Z][A-Z’'.()/,&–-]*|\d{2,4}(?:/\d\d)?|[–&-])"
    r"(?:\s+(?:[A-Z][A-Z’'.()/,&–-]*|\d{1,4}(?:/\d{2,4})?|[–&-])(?![\w’']))*"
)
_SITE_COLUMNS = re.compile(r"(?i:^\|?\s*(?:no\.?|rhif)\s*[|\t]\s*(?:item|eitem)\b)")
_ROW_TEXT = re.compile(
    r"\s+(?:(?:Minutes|Decisions?|Additional documents|Cofnodion|Penderfyniad):|PDF \d|To (?=[a-z])|Report of |"
    r"(?:Please note|Members are|You are asked)\b)"
)
_TITLE_RUN = re.compile(r"(?:(?:[A-Z][\w’'&-]*|and|of|for|the|in|to|with|on|a|-|–|&)\s+)+")
_LABEL_WITHIN = re.compile(r".{3,400}?\s(?:Minutes|Cofnodion):(?:\s|[A-Z])")
_MOST_ROW_WORDS = 25
_ARTICLE = re.compile(
    r"^(?P<number>\d{1,3})\.?\s+(?P<rest>(?:With reference to [^.]{5,160}, )?"
    r"(?:The|the|There) (?:[A-Z][\w-]* ){0,3}(?:had before it|(?:was|were) submitted|heard|considered)\b"
    r"(?:(?!(?<=[a-z)])\.\s).)*)"
)
_NO_BARS = re.compile(r"(?i:(?:no\.?|rhif)\s+(?:item|eitem))")
_LEAST_SENTENCE = 4
_MOST_USUAL = 14
_WIDEST_STEP = 5
_CAPITALS_OPEN = re.compile(
    r"(?:(?:[^\sa-z]*[A-Z][^\sa-z]*|\(if any\)|\d[\d/.]*|[–&-])(?:\s+|$))+(?=[A-Z(][a-z]|[-–]\s|[a-z]|$)"
)
"""A row's words in capitals, up to the first that is not."""
_SITE_HEAD = re.compile(r"(?i:^(?:agenda|agenda,? (?:decisions,? )?and (?:draft )?minutes|agenda and decisions)$)")
_ASKS_BELOW = re.compile(r"To (?=[a-z])(?!the\b)\w+")
"""What the agenda says below a title: "To adopt the draft protocol."."""
_SITE_FILE = re.compile(r"(?i:\bpdf icon\s+PDF\s+[\d.,]+\s*[KM]B\s*$)")


def titles_above_numbers(blocks: Sequence[Block]) -> list[Found]:
    """Titles in capitals, with the minute's number before the text below: "POLICE MATTERS" / "1953 The clerk said".

    Titles in plain type are told by numbers that stand alone below them (CMIS prints them so).
    """
    runs: list[list[tuple[int, bool, Found]]] = []
    for index, block in enumerate(blocks[:-1]):
        printed = _MINUTE_NUMBER.match(blocks[index + 1].text)
        if printed is None:
            continue
        marked = _is_title(block)
        if not marked and not (printed.end() == len(blocks[index + 1].text.strip()) and _could_be_title(block)):
            continue
        value = int(re.split("/", printed["number"])[0])
        title = clean_title(block.text)
        one = Found(clean_number(printed["number"]), title, block.start, block.end, index, "item.above_number", 0.8,
                    reference_in(title))
        before = [run for run in runs if run[-1][0] < value <= run[-1][0] + _WIDEST_STEP]
        runs.append([*max(before, key=len, default=[]), (value, marked, one)])
    best = max(runs, key=len, default=[])
    found = [one for _, _, one in best]
    plain = any(not marked for _, marked, _ in best)
    usual = sum(1 for one in found if union("structure", "usual_items").fullmatch(one.title))
    return found if len(found) >= _LEAST and (usual >= _LEAST_USUAL or not plain) else []


def _could_be_title(block: Block) -> bool:
    """Whether a line in plain type may be the title of the number alone below it."""
    text = block.text.strip()
    short = block.table is None and 0 < len(text.split()) <= _MOST_ROW_WORDS
    return short and text[0].isupper() and not text.endswith((".", ":", ";", ","))


def _is_title(block: Block) -> bool:
    if block.table is not None or len(block.text) > _LONGEST_TITLE or _MINUTE_NUMBER.match(block.text):
        return False
    return (block.role == "heading" or is_capitals(block.text)) and not block.text.rstrip().endswith((".", ":"))


@dataclass(frozen=True, slots=True)
class _Inline:
    number: str
    series: tuple[str, str, bool]
    value: int
    title: str
    start: int
    end: int
    block: int


def run_on_minutes(blocks: Sequence[Block]) -> list[Found]:
    """Minutes copied as one line: numbers that run on, each before a title in capitals or one that agendas have."""
    if max((len(block.text) for block in blocks), default=0) < 600:
        return []
    ordered = sorted((c for i, block in enumerate(blocks) for c in _inline(block, i)), key=lambda c: c.series)
    chains = [_chain(sorted(series, key=lambda c: c.start)) for _, series in groupby(ordered, key=lambda c: c.series)]
    chain = max(chains, key=len, default=[])
    if len(chain) < _LEAST:
        return []
    return [Found(c.number, c.title, c.start, c.end, c.block, "item.run_on", 0.6, reference_in(c.title)) for c in chain]


def _inline(block: Block, index: int) -> Iterator[_Inline]:
    if block.table is not None:
        return
    for printed in _INLINE_NUMBER.finditer(block.text):
        length = _title_length(block.text[printed.end():])
        if length:
            title = clean_title(block.text[printed.end():printed.end() + length])
            series = (printed["prefix"] or "", printed["year"] or "", bool(printed["mark"]))
            yield _Inline(printed["number"], series, int(printed["running"]), title, block.start + printed.start(),
                          block.start + printed.end() + length, index)


def _title_length(text: str) -> int:
    """Characters of the title that opens `text`; 0 where none does that is sure to be one."""
    capitals = _CAPITALS.match(text)
    if capitals and len(re.sub(r"[^A-Z]", "", capitals[0])) >= 5 and len(capitals[0]) <= _LONGEST_TITLE:
        marked = re.search(r"\s+(?:RESOLVED|AGREED|NOTED|DECISION)$", capitals[0])
        return marked.start() if marked else len(capitals[0])
    for words in range(7, 0, -1):
        opening = re.match(rf"(?:\S+\s+){{{words - 1}}}\S+", text)
        if opening and union("structure", "run_on_titles").fullmatch(opening[0].rstrip(".:")):
            return opening.end()
    return 0


def _chain(candidates: Sequence[_Inline]) -> list[_Inline]:
    """The longest run of numbers that go up by one, in order, with at most two left out between."""
    best: list[list[_Inline]] = []
    for candidate in candidates:
        before = [run for run in best if 0 < candidate.value - run[-1].value <= 3]
        best.append([*max(before, key=len, default=[]), candidate])
    return max(best, key=len, default=[])


def site_page_without_labels(blocks: Sequence[Block]) -> list[Found]:
    """A site's page copied without its numbers and labels: titles that all agendas have, or with a file behind them."""
    if not any(_SITE_HEAD.match(block.text.strip()) for block in blocks[:4]):
        return []
    found = []
    usual = union("structure", "usual_items")
    columns = next((i for i, block in enumerate(blocks) if _NO_BARS.fullmatch(block.text.strip())), len(blocks))
    for index, block in enumerate(blocks):
        title = clean_title(block.text)
        whole = len(block.text) < _LONGEST_TITLE and not block.text.rstrip().endswith((".", ":"))
        below = blocks[index + 1].text if index + 1 < len(blocks) else ""
        asked = _ASKS_BELOW.match(below) is not None and not find_dates(block.text)
        over_text = index > columns and TELLS.search(title) is None and _is_text(below) and not _is_text(block.text)
        common = usual.fullmatch(title) is not None and len(title.split()) <= _MOST_USUAL
        known = _SITE_FILE.search(block.text) or asked or over_text or common
        if whole and known and index and not (index < 4 and _SITE_HEAD.match(block.text.strip())):
            found.append(Found(None, title, block.start, block.end, index, "item.site_unlabelled", 0.6,
                               reference_in(title)))
    return found if len(found) >= _LEAST else []


def _is_text(line: str) -> bool:
    """Whether a line is a sentence or more, not a title."""
    return len(line.split()) > _MOST_USUAL or (line.rstrip().endswith(".") and len(line.split()) >= _LEAST_SENTENCE)


def rows_without_numbers(blocks: Sequence[Block]) -> list[Found]:
    """Rows of a site's page whose numbers were lost, each "Title agenda text Minutes: what was said |"."""
    head = next((i for i, block in enumerate(blocks[:10]) if _SITE_COLUMNS.match(block.text.strip())), None)
    closed = sum(1 for block in blocks if block.text.rstrip().endswith("|"))
    labelled = sum(1 for block in blocks if _LABEL_WITHIN.match(block.text))
    unclosed = head is not None and labelled >= _LEAST
    if (closed < _LEAST - 1 and not unclosed) or (head is None and (closed < _LEAST or not labelled)):
        return []
    found = []
    begins = True
    first = _after_labels(blocks) if head is None else head + 1
    for index, block in enumerate(blocks[first:], first):
        if (begins or _opens_row(block.text)) and re.search(r"\w", block.text):
            title, length = _title_of_row(block.text)
            if title:
                found.append(Found(None, title, block.start, block.start + length, index, "item.row", 0.5,
                                   reference_in(title)))
            begins = False
        begins = begins or block.text.rstrip().endswith("|")
    return found


def _opens_row(text: str) -> bool:
    """Whether a row begins here though the one before lost its closing bar."""
    capitals = _CAPITALS_OPEN.match(text)
    titled = (capitals is not None and len(re.sub(r"[^A-Z]", "", capitals[0])) >= 5
              and not union("structure", "sections").fullmatch(capitals[0].strip(" :-–")))
    contact = re.match(r"(?i:(?:officer |report )?(?:contact|author)\b)", text) is not None
    return (_LABEL_WITHIN.match(text) is not None and not contact) or (titled and text.rstrip().endswith("|"))


def _after_labels(blocks: Sequence[Block]) -> int:
    """The first block that does not tell of the meeting as a whole: "Venue: The Guildhall", "Contact: A. Clerk"."""
    labels = (index for index, block in enumerate(blocks) if key_of(block.text.partition(":")[0]) is None)
    return next(labels, len(blocks))


def _title_of_row(text: str) -> tuple[str, int]:
    """The title that opens a row: up to the site's label or what the agenda asks, else its words with capitals.

    Empty where the row begins with the site's label: its title was lost.
    """
    cut = _ROW_TEXT.search(f" {text}")
    title = text[: max(cut.start() - 1, 0)] if cut else text
    if union("structure", "truncated").search(title):  # what is left of a row whose title was lost
        return "", 0
    capitals = _CAPITALS_OPEN.match(title)
    if capitals and len(re.sub(r"[^A-Z]", "", capitals[0])) >= 5:
        return clean_title(capitals[0]), len(capitals[0].rstrip())
    if len(title.split()) > _MOST_ROW_WORDS or title.rstrip().endswith("."):
        run = _TITLE_RUN.match(title)
        words = run[0].split() if run else []
        while words and not words[-1][0].isupper():
            words.pop()
        words = words[:-1]  # the sentence's first word has a capital too
        usual = union("structure", "run_on_titles").match(text)
        opens = usual is not None and re.match(r"\s+[A-Z]", text[usual.end():]) is not None
        title = usual[0] if usual and opens else " ".join(words)
    title = title.strip(" |")
    return clean_title(title), len(title)


def untitled_articles(blocks: Sequence[Block]) -> list[Found]:
    """Numbered articles of Scots minutes that have no titles: they are told by how each begins."""
    found = []
    last = 0
    for block_index, block in enumerate(blocks):
        article = _ARTICLE.match(block.text)
        if article is None or not last < int(article["number"]) <= last + _WIDEST_STEP:
            continue
        last = int(article["number"])
        title = " ".join(article["rest"].split()[:_MOST_ROW_WORDS])
        end = block.start + article.start("rest") + len(title)
        found.append(Found(article["number"], clean_title(title), block.start, end, block_index, "item.article", 0.5))
    return found if len(found) >= _LEAST else []
