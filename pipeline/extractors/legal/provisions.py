"""Parts of an Act as they are cited: "section 75(2)", "ss. 9 and 10", "paragraph 3 of Schedule 12A"."""

from __future__ import annotations

import re

NUMBER = r"\d{1,3}(?:[A-Z]{1,2}|[a-z])?\d?(?:\(\w{1,4}\))*(?![\w£%]|/\d)"
NUMBERS = rf"{NUMBER}(?:(?:,\s?|\s?[-–&]\s?|,?\s(?:and|or|to)\s){NUMBER})*"
SECTION = r"(?:[Ss]ections?|SECTIONS?|[Ss]ecs?\.|[Ss]s?\.?|[Aa]dran(?:nau)?)"
OTHER = (
    r"(?:[Ss]chedules?|SCHEDULES?|[Ss]ch\.?|[Pp]aragraphs?|PARAGRAPHS?|[Pp]aras?\.?|[Pp]arts?|PARTS?|[Rr]egulations?"
    r"|[Rr]egs?\.?|[Aa]rticles?|[Rr]ules?|[Cc]hapters?)"
)
PROVISION = rf"(?:{SECTION}|{OTHER})\s?(?:{NUMBERS}|[IVX]{{1,4}}\b)"
CHAIN = rf"{PROVISION}(?:(?:,?\s(?:of|to|in|and)\s(?:the\s)?|,\s?|\s)\(?{PROVISION}\)?)*"

BEFORE = re.compile(
    rf"\b(?P<chain>{CHAIN})\)?(?:,?\s(?:\([^()]{{1,40}}\)\s)?(?:of|to|under|in|from|and)\s(?:the\s|The\s)?|,?\s)$"
)
BEHIND = re.compile(rf"[:,]?\s?\(?(?:under\s)?(?P<chain>{CHAIN})")
BARE = re.compile(rf"(?<![\w’'])(?P<long>[Ss]ections?\s|SECTIONS?\s)?(?(long)|[Ss]\.?\s?)(?P<numbers>{NUMBERS})")
OF_THE_ACT = re.compile(
    rf"\b(?P<chain>{CHAIN})\)?,?\s(?:of|to|in)\s(?:the|that|this)\s(?:(?:same|said|above|aforementioned|1)\s)?"
    r"(?P<year>(?:18|19|20)\d\d\s)?Act\b(?!\s(?:19|20)\d\d)"
)
_ONE_SECTION = re.compile(rf"{SECTION}\s?(?P<numbers>{NUMBERS})")


def printed(chain: str) -> str:
    """A provision for the column `section`: a section's bare number, anything else as printed."""
    alone = _ONE_SECTION.fullmatch(chain)
    return alone["numbers"] if alone else chain
