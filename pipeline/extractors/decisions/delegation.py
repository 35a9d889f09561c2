"""To whom a clause delegates power, as printed."""

from __future__ import annotations

import re

STOP = (
    r"(?=\s*[,;(]?\s*(?:and\s+)?(?:in\s+consultation|following\s+consultation|after\s+consult"
    r"|acting\s+in|in\s+conjunction|in\s+discussion|having\s+consulted|subject\s+to)"
    r"|\s*,?\s+(?:to|for|who|so)\s+(?!the\b)|\s+the\s+(?:submission|power|authority|decision|approval)"
    r"|[.;:]|,\s+(?:to|in)\b|$)"
)
WHOM = rf"(?P<whom>(?:the\s+|an?\s+)?[A-Z][^.;:]{{2,160}}?){STOP}"
PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"\b(?:[Dd]elegat\w*|DELEGAT\w*)\s+(?:(?:[\w’'-]+\s+){{0,4}}?(?:authority|authorities|powers?"
        rf"|responsibility|approval|decisions?)\b[^.;]{{0,80}}?\s+)?to\s+{WHOM}",
        rf"\b(?:authority|powers?|responsibility|decision|determination"
        rf"|approval)\b[^.;]{{0,160}}?\bbe\s+(?:\w+ly\s+)?(?:delegated|given|granted)\s+to\s+{WHOM}",
        rf"\b(?:delegat\w*|DELEGAT\w*)\b[^.;]{{0,120}}?\bto\s+{WHOM}",
        r"\b(?P<whom>(?:the\s+)?[A-Z][^.;:]{2,120}?)(?:,?\s+(?:in\s+consultation"
        r"|following\s+consultation)[^.;]{3,160}?)?,?\s+be\s+(?:\w+ly\s+)?(?:given\s+"
        r"|granted\s+)?delegated\s+(?:authority|powers?)",
    )
)
DELEGATES = re.compile(r"\bdelegat", re.IGNORECASE)


def delegated_to(text: str) -> str | None:
    """The person or body that gets the power; None where the clause delegates none."""
    if not DELEGATES.search(text):
        return None
    for pattern in PATTERNS:
        found = pattern.search(text)
        if found:
            return re.sub(r"^the\s+", "", found["whom"].strip(" ,"))
    return None
