"""Decisions that minutes only tell of: another day's meeting made them, or a committee that recommends to this body."""

from __future__ import annotations

import re
from datetime import date

AT_A_MEETING = re.compile(r"At\s+(?:its|the|a|their|that)\s[^.;]{0,60}\bmeeting\s+(?:held\s+)?(?:on|in)\s[^.;]{0,30}\d")
TO_BODY = re.compile(
    r"\W*that\s+it\s+be\s+recommended\s+to\s+(?:the\s+)?(?:Full\s+)?(?P<body>Council|Cabinet|Executive)\b"
)


def of_earlier_meeting(before: str, held_on: date | None) -> bool:
    """Whether the words before a marker name the meeting of another day as the one that decided."""
    if AT_A_MEETING.match(before) is None:
        return False
    return held_on is None or not (str(held_on.day) in before and held_on.strftime("%B") in before)


def recommends_to_itself(after: str, body: str | None) -> bool:
    """Whether the words behind a marker recommend to the body that meets: then a committee decided so."""
    to = TO_BODY.match(after)
    return to is not None and (body or "").endswith(to["body"])
