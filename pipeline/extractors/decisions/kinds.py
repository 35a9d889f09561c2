"""The kind of a decision by the verb that settles it."""

from __future__ import annotations

from pipeline.records import ResolutionKind

KINDS: dict[str, ResolutionKind] = {
    "agreed": "agreed",
    "agree": "agreed",
    "agrees": "agreed",
    "approved": "approved",
    "approve": "approved",
    "approves": "approved",
    "resolved": "resolved",
    "resolve": "resolved",
    "resolves": "resolved",
    "decided": "decided",
    "decide": "decided",
    "decides": "decided",
    "determined": "decided",
    "refused": "refused",
    "rejected": "refused",
    "deferred": "deferred",
    "noted": "noted",
    "passed": "agreed",
}
