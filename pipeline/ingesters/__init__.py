"""Bytes to a `Document`. What a file is, its content tells, never its name."""

from __future__ import annotations

from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.opening import read

__all__ = ["Unreadable", "read"]
