"""The labels of lists and of numbered paragraphs, as printed at the start of a line."""

from __future__ import annotations

import re
from typing import Literal

Strength = Literal["sure", "weak"]

BULLETS = "•·●○◦▪▫■□◆◇➢➤►▶✓✔✗❖❑◻⇨→‣⁃∙*–—-−☑☐"
BULLET = re.compile(rf"^[{re.escape(BULLETS)}o]$")
SURE = re.compile(
    r"""^(?:
        \(\d{1,3}\) | \d{1,3}\) | \d{1,3}\.\) |                    # (1) 1) 1.)
        \d{1,3}(?:\.\d{1,3}){1,4}\.? | \d{1,3}\. |                 # 1.1 1.1. 1.
        \(?[a-z]{1,2}\) | \(?[A-Z]\) | [a-z]\. |                   # (a) a) A) a.
        \(?[ivxlIVXL]{1,6}\) | [ivxl]{1,6}\. |                     # (i) i) i.
        \d{1,3}\.?\(?[a-z]{1,4}\) | \([a-z0-9]{1,3}\)\([a-z0-9]{1,4}\) |  # 7(a) 7.a) (a)(i)
        \d{1,3}\.[a-z]\.? | \d{1,2}[a-z]\.
    )$""",
    re.VERBOSE,
)
WEAK = re.compile(r"^(?:\d{1,3}[a-z]? | [A-Z]{1,2}\d{0,2}\. | [IVXL]{1,5}\. | [A-Z]\d{1,2} | \d{1,4}/\d{1,3}[a-z]?\.?)$", re.VERBOSE)


def is_bullet(token: str) -> bool:
    """Whether `token` is a list's bullet or dash (the letter o, which Courier bullets are, among them)."""
    return BULLET.match(token) is not None


def label_strength(token: str) -> Strength | None:
    """`sure` for a label by its form alone, `weak` for one that only its place can prove, else None."""
    if is_bullet(token):
        return "weak" if token in "o-–—−*" else "sure"
    if SURE.match(token):
        return "sure"
    return "weak" if WEAK.match(token) else None
