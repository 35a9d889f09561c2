"""What a run of characters without white space is made of, where a full stop may end a sentence or be part of a word.

The rules are those of spaCy's English tokenizer, as far as stops and closing marks go, which a test holds them to:
what opens a run is taken off it, and what closes it, until a short form is left that keeps its stop ("e.g.", "Mr."),
an address, or words that are joined by a sign. To import spaCy takes longer than to read ten papers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.rules import load

REMEMBERED = 16384
QUOTES = r"'\"”“`‘´’‚„»«"
MARKS = rf"…,:;!?¿¡()\[\]{{}}<>_#*&·{QUOTES}"
SIGNS = r"\u00a6\u00a9\u00ae\u00b0\u2100-\u214f\u2195-\u21ff\u2300-\u27ff"
LOWER, UPPER, LETTER = r"a-zß-öø-ÿ", r"A-ZÀ-ÖØ-Þ", r"A-Za-zÀ-ÖØ-öø-ÿ"
UNITS = r"km[²³]?|[dcm]?m[²³]?|ha|µm|nm|yd|in|ft|[km]?g|µg|t|lb|oz|m/s|km/h|kmh|mph|h?Pa|mbar|[mMkKgGtT][bB]|[TGMK%]"
OPENS = re.compile(rf"\.\.+|[{MARKS}{SIGNS}§%=—–£$€¥]|\+(?!\d)")
CLOSES = re.compile(
    rf"(?:[{MARKS}{SIGNS}—–]|\.\.+|['’][sS]|(?<=\d)(?:\+|[£$€¥]|{UNITS})"
    rf"|(?<=[\d{LOWER}{MARKS}%+²|.-])\.|(?<=[{UPPER}]{{2}})\.)$"
)
JOINS = re.compile(
    rf"\.\.+|…|[{SIGNS}]|(?<=\d)[+\-*^](?=[\d-])|(?<=[{LOWER},{QUOTES}])\.(?=[{UPPER},{QUOTES}])"
    rf"|(?<=[{LETTER}]),(?=[{LETTER}])|(?<=[{LETTER}\d])(?:---?|[-–—~])(?=[{LETTER}])"
    rf"|(?<=[{LETTER}\d])[:<>=/](?=[{LETTER}])"
)
ADDRESS = re.compile(
    r"(?:[\w+.-]{2,}://)?(?:\S+(?::\S*)?@)?(?:(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.)+[a-z]{2,}\.?|(?:\d{1,3}\.){3}\d{1,3})"
    r"(?::\d{2,5})?(?:[/?#]\S*)?"
)


@lru_cache(maxsize=1)
def _whole() -> frozenset[str]:
    """Short forms that keep their stop."""
    return frozenset(load("sentences")["short_forms"]["words"])


@lru_cache(maxsize=REMEMBERED)
def tokens(run: str) -> tuple[str, ...]:
    """The tokens of a run, which joined are the run again."""
    before: list[str] = []
    behind: list[str] = []
    whole = _whole()
    while run and run not in whole:
        opens = OPENS.match(run)
        start = opens.end() if opens else 0
        if run[start:] in whole:
            before.append(run[:start])
            run = run[start:]
            break
        closes = CLOSES.search(run, start)
        end = closes.start() if closes else len(run)
        if run[:end] in whole:
            behind.append(run[end:])
            run = run[:end]
            break
        if start == 0 and end == len(run):
            break
        before += [run[:start]] if start else []
        behind += [run[end:]] if end < len(run) else []
        run = run[start:end]
    middle = [run] if run in whole or ADDRESS.fullmatch(run) else _cut(run)
    return tuple(_with_stops([*before, *middle, *reversed(behind)]))


def _with_stops(parts: list[str]) -> list[str]:
    """The tokens, a stop being put back to a short form that a number was taken off ("0.5m.")."""
    for at in [at for at, part in enumerate(parts) if part == "." and at and parts[at - 1] + "." in _whole()]:
        parts[at - 1:at + 1] = ["", parts[at - 1] + "."]
    return [part for part in parts if part]


def _cut(run: str) -> list[str]:
    parts: list[str] = []
    last = 0
    for sign in JOINS.finditer(run):
        parts += [run[last:sign.start()], sign[0]]
        last = sign.end()
    return [part for part in (*parts, run[last:]) if part]
