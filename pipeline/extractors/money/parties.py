"""Who pays or holds an amount, and which fund it belongs to: names printed near it.

Names are told by their form (capitals, the noun that ends them), the nouns being data in `rules/parties.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from pipeline.rules import load

CAPITAL = r"[A-Z][\w’'\-]*"
CAPITALISED = re.compile(
    rf"\b{CAPITAL}(?:(?:\s(?:of|for|and|the|in)(?:\sthe)?(?=\s[A-Z])|,(?=\s[A-Z][\w’']+,?\s(?:and|&)?)|\s&)?\s{CAPITAL})*"
)
LOWER_FUND = r"(?:[\w’'-]+\s){1,3}"


@lru_cache(maxsize=1)
def _fund_pattern() -> re.Pattern[str]:
    nouns = load("parties")["fund_nouns"]["pattern"]
    return re.compile(
        rf"\b(?P<proper>{CAPITAL}(?:\s(?:of|for|and|the|&|to)(?=\s[A-Z])|\s{CAPITAL}|\s[a-z]+(?=\s(?:{nouns})\b))*"
        rf"\s(?i:{nouns})(?:\s\d)?)\b|\b(?P<plain>(?:[a-z][\w’'-]*\s){{1,3}}(?:fund|grant|reserve)s?)\b"
    )


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(load("parties")[group]["words"])


STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "of",
        "to",
        "in",
        "for",
        "and",
        "or",
        "by",
        "from",
        "with",
        "on",
        "as",
        "its",
        "their",
        "our",
        "is",
        "are",
        "was",
        "were",
        "be",
    ]
)


def is_organisation(name: str) -> bool:
    """Whether a capitalised name is an organisation or a directorate by its form."""
    words = re.findall(r"[\w’'\-]+", name)
    if not words:
        return False
    if words[-1] in _words("organisation_nouns") and not (
        len(words) == 1 and words[-1] in ("Service", "Group", "Centre", "Board")
    ):
        return True
    if len(words) == 1:
        word = words[0]
        return (
            len(word) >= 2 and word.isupper() and word.isalpha() and word not in _words("acronyms") and len(word) <= 7
        )
    capital = [w for w in words if w[0].isupper()]
    return sum(w in _words("directorate_words") for w in capital) >= max(2, len(capital) - 1)


def find_organisations(text: str) -> list[tuple[int, int, str]]:
    """Start, end and words of every organisation named in `text`."""
    found = []
    for match in CAPITALISED.finditer(text):
        name, start = match[0], match.start()
        first = name.split(" ", 1)
        if (
            first[0] in ("The", "In", "For", "This", "A", "An", "That", "To", "On", "By", "As", "Of")
            and len(first) == 2
        ):
            start += len(first[0]) + 1
            name = first[1]
        name = name.rstrip(",")
        if is_organisation(name):
            found.append((start, start + len(name), name))
    return found


def find_funds(text: str) -> list[tuple[int, int, str]]:
    """Start, end and words of every fund, grant or reserve named in `text`."""
    found = []
    for match in _fund_pattern().finditer(text):
        name, start = match[0], match.start()
        while name.split(" ", 1)[0].lower() in STOP_WORDS and " " in name:
            cut = name.index(" ") + 1
            name, start = name[cut:], start + cut
        if match["plain"] and name.lower() in _words("not_funds") or " " not in name:
            continue
        if match["plain"] and any(word in STOP_WORDS for word in name.split()[:-1]):
            last = max(i for i, word in enumerate(name.split()) if word in STOP_WORDS)
            kept = " ".join(name.split()[last + 1 :])
            start += name.index(kept)
            name = kept
            if " " not in name:
                continue
        if name.lower() not in _words("not_funds"):
            found.append((start, start + len(name), name))
    return found


def nearest(
    text: str,
    start: int,
    end: int,
    names: list[tuple[int, int, str]],
    reach: int = 130,
    allowed: Callable[[str], bool] | None = None,
) -> str | None:
    """The name nearest to the amount at `start`–`end`, one before it preferred; None beyond `reach` characters."""
    best, found = float(reach), None
    for a, b, name in names:
        if b <= start:
            gap, distance = text[b:start], float(start - b)
        elif a >= end:
            gap, distance = text[end:a], (a - end) * 1.1
        else:
            continue
        distance += 25 * len(re.findall(r"£", gap)) + 40 * gap.count(";")
        if distance < best and (allowed is None or allowed(name)):
            best, found = distance, name
    return found
