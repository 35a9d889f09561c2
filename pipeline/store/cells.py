"""Values as cells of files that spreadsheets open: the words of a document are strangers' words, never formulas."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import Any

FORMULA = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet would reckon out, behind what it passes over."""


def plain(value: Any) -> Any:
    """A value as text, number or None: lists as JSON, days and times as ISO 8601 has them."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
