"""Puts right what copies of a page do to the lines of a decision: sentences broken over lines, labels without marks.

A copy of a web page often has one line of the screen in each paragraph, and loses the stop behind "A" or the brackets
round "(1)". Both are read here, before anything is decided on the passages.
"""

from __future__ import annotations

import re

from pipeline.labels import Label, split_label

BREAKS_OFF = re.compile(r"\w\s+(?:of|the|in|for|from|with|a|an|at|on|be|their|its|this|held)$")
"""Words with which no paragraph ends. "to" and "that" are not among them: they lead in to limbs."""
FIRST_PERSON = re.compile(r"(?:I|As)\s.*,$")
BEGINS_LOWER = re.compile(r"[a-z]{2,}\s|£\d")
LEADING = re.compile(r"(?:[Dd]ecisions?|DECISIONS?|[A-Z][a-z]{3,8}ed)$")
"""A lone word that goes on below: "Decision" above "of the Executive Councillor", "Approved" above "the tender"."""
UNMARKED = (
    re.compile(r"(?P<word>[A-Z])\s+(?=[A-Z(£][\w’']*\s)"),
    re.compile(r"R\s?(?P<word>\d{1,2})\s*(?:[.:–-]|\s)\s*(?=[A-Z])"),
    re.compile(r"\d{1,2}\s?\((?P<word>[a-z])\)\s+(?=[A-Z])"),
)
"""Labels that count only where at least two follow on each other: "A Note ...", "R1 – That ...", "1(a) That ..."."""


def goes_on_below(body: str, following: str) -> bool:
    """Whether the paragraph `following` is the rest of a sentence that the one above it breaks off."""
    if BREAKS_OFF.search(body):
        return True
    if BEGINS_LOWER.match(following) is None:
        return False
    return body[-1:].isalnum() and (len(body) > 12 or LEADING.fullmatch(body) is not None) or (
        FIRST_PERSON.match(body) is not None
    )


def unmarked_labels(bodies: list[str]) -> list[tuple[Label, int] | None]:
    """For each of some paragraphs in order, its label and that label's length where it belongs to such a list."""
    found: list[tuple[Label, int] | None] = [None] * len(bodies)
    for pattern in UNMARKED:
        run: list[tuple[int, str, int]] = []
        for index, body in enumerate([*bodies, ""]):
            match = pattern.match(body)
            word = match["word"] if match else ""
            if match is not None and word == (_next(run[-1][1]) if run else word) and (run or _first(word)):
                run.append((index, word, match.end()))
                continue
            if len(run) > 1:
                for at, name, length in run:
                    found[at] = _label(bodies[at], name, length), length
            run = [(index, word, match.end())] if match is not None and _first(word) else []
    return found


def _first(word: str) -> bool:
    return word in ("A", "a", "1")


def _next(word: str) -> str:
    return str(int(word) + 1) if word.isdigit() else chr(ord(word) + 1)


def _label(body: str, word: str, length: int) -> Label:
    plain, _ = split_label(f"{word}. x")
    assert plain is not None, word
    printed = body[:length].strip(" –-:.")
    return Label(printed, "{}", plain.readings, sure=False)
