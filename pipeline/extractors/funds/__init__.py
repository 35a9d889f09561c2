"""Pooled and aligned funds: their names, how they are held, who hosts them, who the partners are.

A fund is one record however often it is named, standing where the document tells most about it; what another
place tells besides (a host, the partners) is added. What no place tells stays NULL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.document import Block, Outline
from pipeline.extractors.funds.wording import (
    Span,
    atoms,
    before,
    kind_of,
    parties,
    pattern,
    purpose,
    stem,
    subjects,
    telling,
)
from pipeline.extractors.sentences import sentences
from pipeline.records import Fund, FundKind, Record, identify

MONEY = re.compile(r"\b(?:budget|fund)", re.IGNORECASE)
"""What is "pooled" is money, not staff or cars."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A fund as one sentence tells of it. `start` and `end` are offsets of its name in the document's text."""

    start: int
    end: int
    name: str
    kind: FundKind
    host: str | None
    partners: str | None
    rule: str
    confidence: float

    @property
    def unnamed(self) -> bool:
        """Whether it is but "the pooled fund"."""
        return not stem(self.name) and "75" not in self.name

    @property
    def told(self) -> int:
        """How much it tells."""
        return (self.host is not None) + (self.partners is not None)


def extract(outline: Outline) -> list[Record]:
    """One record for each fund of the document, in reading order."""
    document = outline.document
    found: list[Mention] = []
    if not pattern("gate").search(document.text):
        return []
    for block in document.blocks:
        if not pattern("gate").search(block.text):
            continue
        if block.table is not None:
            found += _in_table(block)
            continue
        text = document.text[block.start : block.end]
        for start, end in sentences(text):
            found += _in_sentence(text[start:end], block.start + start)
    return [_record(outline, mention) for mention in _merged(found)]


def _in_sentence(line: str, offset: int) -> Iterator[Mention]:
    """The funds that one sentence names; offsets are those of the document."""
    if not pattern("gate").search(line):
        return
    if pattern("investment").search(line) and not pattern("care").search(line):
        return
    listed = list(_listed(line, offset))
    if listed:
        yield from listed
        return
    partners = _partners(line)
    for match in pattern("named").finditer(line):
        kind = kind_of(match["kind"])
        host = _host_of(line, match.start(), match.end())
        for name, rule, confidence in _names(line, match.start(), match.end(), match["noun"].endswith("s")):
            if rule == "funds.unnamed" and not (host or partners):
                continue
            yield Mention(offset + name.start, offset + name.end, name.text, kind, host, partners, rule, confidence)


def _names(line: str, start: int, end: int, plural: bool) -> Iterator[tuple[Span, str, float]]:
    """The names of the pool whose words "pooled fund" stand at `start`–`end`."""
    ahead, behind = before(line, start), purpose(line, end)
    if ahead and behind and "75" in ahead.text and behind.text.endswith(("Fund", "Budget")):
        ahead = None
    if ahead:
        if not plural:
            yield Span(ahead.start, end, line[ahead.start : end]), "funds.named", 0.9
        return
    if behind and plural:
        parts = list(atoms(line, behind.start, behind.end))
        if len(parts) > 1 and all(telling(part.text.split()[0]) for part in parts):
            yield from ((part, "funds.for", 0.7) for part in parts)
    elif behind and behind.text.endswith(("Fund", "Budget")):
        yield behind, "funds.for", 0.85
    elif behind:
        yield Span(start, behind.end, line[start : behind.end]), "funds.for", 0.8
    elif not plural:
        yield Span(start, end, line[start:end]), "funds.unnamed", 0.6


def _listed(line: str, offset: int) -> Iterator[Mention]:
    """Funds that are the subject of "are pooled budgets hosted by …"."""
    for rule in ("predicate", "are_pooled"):
        for match in pattern(rule).finditer(line):
            start = _clause_start(line, match.start())
            names = subjects(line, start, match.start())
            if rule == "are_pooled":
                names = [name for name in names if MONEY.search(line, name.start, match.start())]
            hosts = _hosts(line, match.end())
            for at, name in enumerate(names):
                confidence = 0.75 if "would" in match[0] or "will" in match[0] else 0.9
                yield Mention(
                    offset + name.start, offset + name.end, name.text, kind_of(match["kind"]),
                    hosts[at] if len(hosts) == len(names) and len(hosts) > 1 else hosts[0] if len(hosts) == 1 else None,
                    _partners(line[match.end() :]), f"funds.{rule}", confidence,
                )


def _clause_start(line: str, end: int) -> int:
    """Where the subject begins whose verb stands at `end`; what a bracket or a price says of it is left out."""
    ends = [line.rfind(mark, 0, end) + len(mark) for mark in ("; ", ": ", " – ", " that ") if mark in line[:end]]
    return max(ends, default=0)


def _hosts(line: str, start: int) -> list[str]:
    match = pattern("hosted").search(line, start)
    return [one.text for one in parties(line, match.start("hosts"), match.end("hosts"))] if match else []


def _host_of(line: str, start: int, end: int) -> str | None:
    """The one host told behind a fund, or before it ("The Council hosts the …")."""
    behind = _hosts(line, end)
    if len(behind) == 1:
        return behind[0]
    verb = pattern("hosts").search(line, 0, start)
    if verb and not behind:
        ahead = parties(line, _clause_start(line, verb.start()), verb.start())
        return ahead[0].text if len(ahead) == 1 else None
    return None


def _partners(line: str) -> str | None:
    """The partners that the sentence names, separated by semicolons; two at least."""
    for rule in ("between", "holders"):
        for match in pattern(rule).finditer(line):
            named = parties(line, match.start("parties"), match.end("parties"))
            if len(named) > 1:
                return "; ".join(one.text for one in named)
    return None


def _in_table(block: Block) -> Iterator[Mention]:
    """Rows whose cells say "Pooled" or "Aligned": the first cell is the fund's name."""
    assert block.table is not None
    grid = block.table.grid()
    heads = {c: cell.text.strip() for c, cell in enumerate(grid[0]) if cell} if grid else {}
    for row in grid[1:]:
        name = row[0]
        kinds = [m for cell in row[1:] if cell and (m := pattern("table_kind").match(cell.text.strip()))]
        if name is None or len(kinds) != 1 or not any(c.isalpha() for c in name.text) or name.start < 0:
            continue
        told = {
            rule: next((c.text for at, c in enumerate(row) if c and pattern(rule).match(heads.get(at, ""))), None)
            for rule in ("table_host", "table_partners")
        }
        yield Mention(
            name.start, name.end, name.text, kind_of(kinds[0]["kind"]), told["table_host"], told["table_partners"],
            "funds.table_kind", 0.85,
        )


def _merged(found: list[Mention]) -> list[Mention]:
    """One mention for each fund: the one that tells most, with what others tell besides."""
    by_fund: dict[str, list[Mention]] = {}
    named_kinds = {one.kind for one in found if not one.unnamed}
    for one in found:
        if one.unnamed and one.kind in named_kinds:
            continue  # it may be any of the named ones
        by_fund.setdefault(stem(one.name) if not one.unnamed else f"({one.kind})", []).append(one)
    merged = []
    for mentions in by_fund.values():
        best = max(mentions, key=lambda one: (one.told, one.confidence, -one.start))
        same = [one for one in mentions if one.kind == best.kind]
        merged.append(replace(
            best,
            host=best.host or next((one.host for one in same if one.host), None),
            partners=best.partners or next((one.partners for one in same if one.partners), None),
        ))
    return sorted(merged, key=lambda one: one.start)


def _record(outline: Outline, mention: Mention) -> Fund:
    return Fund(
        fund_id=identify("fund", outline.document_id, mention.start),
        document_id=outline.document_id,
        name=mention.name,
        kind=mention.kind,
        host=mention.host,
        partners=mention.partners,
        page=outline.document.page_at(mention.start),
        char_start=mention.start,
        char_end=mention.end,
        rule=mention.rule,
        confidence=mention.confidence,
    )
