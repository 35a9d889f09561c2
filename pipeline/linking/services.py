"""What a figure or a milestone is for: the service named in the words beside it.

A figure of a table is for the service that its row names; one of prose, for the service named nearest to it in the
same paragraph, not across another amount. Where none is named near, the service stays None.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pipeline.records import BudgetFigure, Evidence, Milestone, Record, ServiceMention

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
        return before[-1] if amounts else before[0]
    return behind[0] if behind else None
