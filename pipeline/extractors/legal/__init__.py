"""Legal references: Acts, regulations, orders and cases that a document cites, and bare sections known by habit.

`act` and `year` are what the document says. A bare "S.106" has neither: which Act officers mean by it is told by
the rule's id alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pipeline.document import Outline
from pipeline.extractors.legal.acts import Named, named_in
from pipeline.extractors.legal.provisions import BARE, BEFORE, BEHIND, OF_THE_ACT, printed
from pipeline.records import LegalReference, Record, identify
from pipeline.rules import load

REACH = 130
"""Characters before a title in which the provision cited from it must begin."""

Found = tuple[int, int, str | None, str | None, int | None, str, float]
"""Start, end, act, section, year, rule, confidence."""


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules = load("legal")
    compiled: dict[str, Any] = {rule["id"]: re.compile(rule["pattern"]) for rule in rules["patterns"]}
    compiled["shorthand"] = {entry["section"]: entry for entry in rules["shorthand"]}
    compiled["named"] = [(entry["id"], re.compile(entry["pattern"])) for entry in rules["named"]]
    return compiled


def extract(outline: Outline) -> list[Record]:
    """Every legal reference of the document, in reading order."""
    document = outline.document
    gate = _rules()["legal.gate"]
    records: list[Record] = []
    for block in document.blocks:
        offset = block.start
        for line in re.split(r"([\n\t])", document.text[block.start : block.end]):
            if len(line) > 4 and gate.search(line):
                records += [_record(outline, offset, line, one) for one in references(line)]
            offset += len(line)
    return records


def references(line: str) -> list[Found]:
    """The legal references of one line of text (a paragraph, a table's cell), in order, none inside another."""
    named = named_in(line)
    found = [_cited(line, one, named) for one in named]
    found += [*_of_the_act(line), *_by_name(line)]
    found.sort(key=lambda one: (one[0], -one[1]))
    apart: list[Found] = []
    for one in found:
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    bare = [one for one in _bare(line, apart) if not any(one[0] < b and a < one[1] for a, b, *_ in apart)]
    return sorted(apart + bare)


def _cited(line: str, one: Named, named: list[Named]) -> Found:
    """A named Act, with the provision cited from it before or behind its title."""
    begin = max([0, one.start - REACH, *(other.end for other in named if other.end <= one.start)])
    before = BEFORE.search(line[begin : one.start]) if one.rule != "legal.case" else None
    if before:
        return begin + before.start(), one.end, one.title, printed(before["chain"]), one.year, one.rule, 0.95
    behind = BEHIND.match(line, one.end) if one.year and one.rule != "legal.case" else None
    if behind and not re.match(r",?\)?\s(?:of|to)\sthe\s(?!Act\b)|\.\d", line[behind.end() :]):
        bracketed = "(" in line[one.end : behind.start("chain")] and line[behind.end() :].startswith(")")
        return one.start, behind.end() + bracketed, one.title, printed(behind["chain"]), one.year, one.rule, 0.95
    return one.start, one.end, one.title, None, one.year, one.rule, 0.95 if one.year else 0.85


def _of_the_act(line: str) -> Iterator[Found]:
    """A provision "of the Act", "of the 2014 Act": which one, the words alone do not tell."""
    for match in OF_THE_ACT.finditer(line):
        year = int(match["year"]) if match["year"] else None
        yield match.start(), match.end(), None, printed(match["chain"]), year, "legal.of_the_act", 0.8


def _by_name(line: str) -> Iterator[Found]:
    for rule, pattern in _rules()["named"]:
        for match in pattern.finditer(line):
            yield match.start(), match.end(), None, None, None, rule, 0.75


def _bare(line: str, cited: list[Found]) -> Iterator[Found]:
    """Sections without an Act. The Act is told only where the same line cites the same section of it."""
    rules = _rules()
    acts = {section: (act, year) for _, _, act, section, year, _, _ in cited if act and section}
    for match in BARE.finditer(line):
        behind = line[match.end() :]
        if rules["legal.not_law"].match(behind):
            continue
        habit = rules["shorthand"].get(match["numbers"])
        told = rules["legal.told_by"].match(behind)
        if not told and not (habit and (habit["long"] or not match["long"])):
            continue
        if not habit and (not match["long"] or match["numbers"].isdigit() and int(match["numbers"]) < 10):
            continue
        act, year = acts.get(match["numbers"], (None, None))
        rule = habit["id"] if habit else "legal.section"
        yield match.start(), match.end(), act, match["numbers"], year, rule, 0.9 if habit and told else 0.75


def _record(outline: Outline, offset: int, line: str, found: Found) -> LegalReference:
    start, end, act, section, year, rule, confidence = found
    return LegalReference(
        reference_id=identify("legal", outline.document_id, offset + start),
        document_id=outline.document_id,
        item_id=outline.item_id_at(offset + start),
        raw=line[start:end],
        act=act,
        section=section,
        year=year,
        page=outline.document.page_at(offset + start),
        char_start=offset + start,
        char_end=offset + end,
        rule=rule,
        confidence=confidence,
    )
