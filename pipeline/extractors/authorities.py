"""The authorities as extractors know them: by their short names, which are names of places too."""

from __future__ import annotations

from functools import lru_cache

from pipeline.rules import load


@lru_cache(maxsize=1)
def short_names() -> frozenset[str]:
    """Short names of all authorities: money "in Oldham" or "Kent’s" is theirs, and "Kent" alone is no service."""
    return frozenset(str(council["name"]) for council in load("councils"))
