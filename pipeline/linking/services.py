"""What a figure or a milestone is for: the service named in the words beside it.

A figure of a table is for the service that its row names; one of prose, for the service named nearest to it in the
same paragraph, not across another amount. Where none is named near, the service stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline import rules
from pipeline.records import BudgetFigure, Evidence, Milestone, Record, ServiceMention

NARROWED = re.compile(r"(?:\s*:|\s+[-–—])\s+(?:\w+\s){0,2}")
"""What stands between a field of service and the one service of it that a label means."""
PEOPLE = "client-group-services"
"""The family whose members are told by whom they serve."""
REACH = 160
"""Characters beyond which a service named in the same paragraph no longer belongs to an amount."""


def join_services(text: str, records: Iterable[Record]) -> None:
    """Set `service` and `service_id` of figures, and `service_id` of milestones, from the mentions beside them."""
    known = list(records)
    mentions = sorted((r for r in known if isinstance(r, ServiceMention)), key=lambda m: m.char_start)
    starts = [mention.char_start for mention in mentions]
    figures = [r for r in known if isinstance(r, BudgetFigure)]
    amounts = sorted(figure.char_start for figure in figures)
    for record in known:
        if isinstance(record, BudgetFigure) and record.service is None:
            named = _beside(text, record, mentions, starts, [] if record.table_id else amounts)
            if named is not None:
                record.service, record.service_id = named.raw, named.service_id
        elif isinstance(record, Milestone) and record.service_id is None:
            within = _within(mentions, starts, record.char_start, record.char_end)
            record.service_id = within[0].service_id if within else None


def _within(
    mentions: Sequence[ServiceMention], starts: Sequence[int], start: int, end: int
) -> Sequence[ServiceMention]:
    return mentions[bisect_left(starts, start) : bisect_left(starts, end)]


def _narrowed(text: str, named: Sequence[ServiceMention]) -> ServiceMention:
    """The service that a row's label comes to: "Older people: home care" is for home care. People who are served
    ("Day services - older people") and a neighbour ("School transport - special needs") narrow nothing."""
    parents, first = _parents(), named[0]
    for mention in named[1:]:
        parent = parents.get(mention.service_id)
        beside = parent == PEOPLE or (parent is not None and parent == parents.get(first.service_id))
        if not beside and NARROWED.fullmatch(text, first.char_end, mention.char_start):
            first = mention
    return first


@lru_cache(maxsize=1)
def _parents() -> dict[str | None, str | None]:
    """The family of each service of the taxonomy."""
    return {entry["id"]: entry.get("parent") for entry in rules.load("services")}


def _beside(
    text: str, figure: Evidence, mentions: Sequence[ServiceMention], starts: Sequence[int], amounts: Sequence[int]
) -> ServiceMention | None:
    """The mention that the figure's line names nearest before it, or else behind it, before the next amount."""
    start = text.rfind("\n", 0, figure.char_start) + 1
    end = text.find("\n", figure.char_end)
    end = len(text) if end < 0 else end
    if amounts:
        at = bisect_left(amounts, figure.char_start)
        start = max(start, figure.char_start - REACH, amounts[at - 1] if at else 0)
        following = amounts[at + 1] if at + 1 < len(amounts) else end
        end = min(end, figure.char_end + REACH, following)
    before = _within(mentions, starts, start, figure.char_start)
    behind = _within(mentions, starts, figure.char_end, end)
    if before and behind and amounts:
        gap_before, gap_behind = figure.char_start - before[-1].char_end, behind[0].char_start - figure.char_end
        return behind[0] if gap_behind < gap_before else before[-1]
    if before:
        return before[-1] if amounts else _narrowed(text, before)
    return behind[0] if behind else None
