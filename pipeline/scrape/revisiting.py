"""When to look again: often while papers still change, ever more seldom when they have settled."""

from __future__ import annotations

from datetime import date, datetime, timedelta

SETTLED = timedelta(days=100)
"""Decisions, minutes and corrections of a meeting have come after about three months."""
AHEAD = timedelta(days=180)
"""How far before a meeting it may be announced."""
AT_ONCE = timedelta(hours=12)
MONTHLY = timedelta(days=30)
NEAR = timedelta(days=14)
"""Agendas come about a week before their meeting."""
LONGEST = timedelta(days=180)
SHARE = 4
"""Settled papers are looked at again after this part of their age."""
DEAD = timedelta(days=30)
"""After which an address that gave nothing is tried again."""


def interval(day: date | None, today: date, cheap: bool) -> timedelta:
    """How long what is about `day` may be left alone.

    `cheap`: it is small, or its site can tell us that it has not changed; otherwise a page that leads to it and has
    changed is the better sign.
    """
    age = today - day if day is not None else SETTLED
    if age < -NEAR:
        return -age / SHARE
    if age < SETTLED:
        return AT_ONCE if cheap else MONTHLY
    return min(age / SHARE, LONGEST)


def is_due(last_seen: datetime, day: date | None, now: datetime, cheap: bool) -> bool:
    """Whether to look again now."""
    return now - last_seen >= interval(day, now.date(), cheap)
