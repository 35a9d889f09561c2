"""Printed list labels: the "1.", "7.1", "(a)", "iv)", "•" that open a numbered paragraph or a list item.

This is the only place that knows what such a label looks like. A label alone often does not tell what it is:
"(i)" is the ninth letter or the first roman numeral, "A." is a label or a person's initial. So a `Label` keeps
every reading, and its neighbours decide: `follows(previous, label)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["decimal", "nested", "lower_letter", "upper_letter", "lower_roman", "upper_roman", "bullet"]

BULLETS = "•·▪▫●○◦‣⁃∙■□◆◇❖➢➤►▶✓✔✗❑❏\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf06f\uf0a8\uf071\uf0e0\uf02d\uf0f0"
"""Glyphs that are nothing but bullets; the private-use ones are Symbol and Wingdings as PDF and Word give them."""
SPOKEN_BULLETS = "oØ§vüq"
"""Bullets of Wingdings and Courier whose font was lost, so that they arrive as these letters."""

DECIMAL = r"\d{1,3}"
NESTED = r"\d{1,3}(?:\.\d{1,3}){1,4}"
ROMAN = r"(?=[ivx])(?:xl|x{0,3})(?:ix|iv|v?i{0,3})"
WORD = rf"(?P<word>{NESTED}|{DECIMAL}|(?:{ROMAN})(?![a-z])|(?P<letter>[a-z])(?P=letter)?)"

ENCLOSED = re.compile(rf"(?P<form>[(\[]\s?{WORD}\s?[)\]])(?=\s|$|[^\W\d]|[\"'‘“(£])", re.IGNORECASE)
CLOSED = re.compile(rf"(?P<form>{WORD}\.?\s?\))(?=\s|$|[^\W\d]|[\"'‘“(£])", re.IGNORECASE)
DOTTED = re.compile(rf"(?P<form>{WORD}[.:])(?=\s|$)", re.IGNORECASE)
DOTTED_GLUED = re.compile(rf"(?P<form>(?P<word>{DECIMAL}|{NESTED})\.)(?=[A-Z(‘“]|[A-Z][a-z])")
PLAIN_NESTED = re.compile(rf"(?P<form>(?P<word>{NESTED}))(?=\s|$|[A-Z][a-z])")
BARE = re.compile(rf"(?P<form>(?P<word>{DECIMAL}))(?=\s+[A-Z‘“(]|\s*$)")
BULLET = re.compile(rf"(?P<form>[{BULLETS}])(?=\D|$)|(?P<dash>[-–—*]|[{SPOKEN_BULLETS}])(?=\s|$)")
GLUED_BULLET = re.compile(r"(?P<form>[Ø§])(?=[^\W\d])|(?P<letter>[ovüqn])(?=[A-Z][a-z])")

NOT_A_NUMBERED_PARAGRAPH = re.compile(
    r"\s*(?:%|per\s?cent\b|million\b|billion\b|(?:m|bn|k|km|mm|cm|ha|kg|pm|am|hrs?)\b|[ap]\.m|noon\b"
    r"|(?:hours?|minutes?|days?|weeks?|months?|years?|miles?|metres?|hectares?|acres?|tonnes?|litres?|times)\b"
    r"|(?:FTEs?|WTEs?|posts?|points?)\b|[-–]\s*\d|(?:to|and)\s+\d)",
)
MONTH = re.compile(
    r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
CIRCA = re.compile(r"(?:[cp])\.\s*[\d£]", re.IGNORECASE)

ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a label may be: its kind, and its number at each level ("7.1" is (7, 1), "(c)" is (3,))."""

    kind: Kind
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label.

    `printed` is as it stands. `form` is its punctuation around {} ("({})", "{}.", "{}"; a bullet is its own
    form), so that two labels of one list have the same form. `sure` is false where the same characters often
    are something else (a bare number, an initial before a name, a star that may mark a footnote).
    """

    printed: str
    form: str
    readings: tuple[Reading, ...]
    sure: bool = True

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that it may be."""
        return tuple(reading.kind for reading in self.readings)

    @property
    def bullet(self) -> bool:
        """Whether it tells no number."""
        return self.kinds == ("bullet",)

    @property
    def first(self) -> bool:
        """Whether it may open a list: "1.", "(a)", "i)", "7.1", any bullet."""
        return any(reading.kind == "bullet" or reading.path[-1] == 1 for reading in self.readings)

    @property
    def number(self) -> str:
        """Its number or letter without punctuation ("7.1", "a"); empty for a bullet."""
        return "" if self.bullet else re.sub(r"[\s().:\]]+$|^[\s(\[]+", "", self.printed)


def split_label(text: str, *, bare: bool = False) -> tuple[Label | None, int]:
    """The label that opens `text`, and the offset at which the text after it begins; (None, 0) without one.

    White space before the label is allowed. With `bare`, a number without punctuation before a capital
    ("12 Apologies for absence", or "12" alone) counts too; such a label is never `sure`.
    Only the first label is taken: "1. (a) ..." leaves "(a) ..." to a second call.
    """
    start = len(text) - len(text.lstrip())
    line = text[start:]
    found = _bullet(line) or _numbered(line) or (_bare(line) if bare else None)
    if found is None:
        return None, 0
    after = start + len(found.printed)
    return found, after + len(text[after:]) - len(text[after:].lstrip())


def follows(previous: Label, label: Label) -> bool:
    """Whether `label` is the next sibling of `previous`: same form, and by some reading the next number."""
    if previous.form != label.form:
        return False
    return any(
        before.kind == after.kind
        and (before.kind == "bullet" or (before.path[:-1] == after.path[:-1] and before.path[-1] + 1 == after.path[-1]))
        for before in previous.readings
        for after in label.readings
    )


def _bullet(line: str) -> Label | None:
    found = BULLET.match(line)
    if found:
        glyph = found[0]
        return Label(glyph, glyph, (Reading("bullet", ()),), sure=glyph not in "*§vüq")
    glued = GLUED_BULLET.match(line)
    if glued:
        return Label(glued[0], glued[0], (Reading("bullet", ()),), sure=False)
    return None


def _numbered(line: str) -> Label | None:
    for pattern in (ENCLOSED, CLOSED, DOTTED, PLAIN_NESTED, DOTTED_GLUED):
        found = pattern.match(line)
        if found is None:
            continue
        word = found["word"]
        readings = _readings(word)
        form = re.sub(r"\s", "", found["form"].replace(word, "{}", 1))
        if not readings or not _credible(word, form, line, found.end()):
            continue
        sure = not (form.startswith("{}") and form[2:] in (".", ":") and word.isalpha() and word.isupper())
        return Label(found["form"], form, readings, sure)
    return None


def _bare(line: str) -> Label | None:
    found = BARE.match(line)
    if found is None or MONTH.match(line, found.end()):
        return None
    readings = _readings(found["word"])
    return Label(found["form"], "{}", readings, sure=False) if readings else None


def _credible(word: str, form: str, line: str, end: int) -> bool:
    """Whether the words around speak for a label and not for an amount, a time, a date or an abbreviation."""
    if "." in word:
        if word.endswith(".00") or word.startswith("0"):
            return False
        return form != "{}" or not NOT_A_NUMBERED_PARAGRAPH.match(line, end)
    if form == "{}." and CIRCA.match(line):
        return False
    return form != "{}:" or word.isdigit()


def _readings(word: str) -> tuple[Reading, ...]:
    if word[0].isdigit():
        path = tuple(int(part) for part in word.split("."))
        if path[0] == 0:
            return ()
        return (Reading("nested" if len(path) > 1 else "decimal", path),)
    lower = word.lower()
    if lower != word and lower.upper() != word:
        return ()
    readings = []
    if len(set(lower)) == 1 and len(lower) <= 2:
        letter: Kind = "lower_letter" if word == lower else "upper_letter"
        readings.append(Reading(letter, (ord(lower[0]) - ord("a") + 1 + 26 * (len(lower) - 1),)))
    if set(lower) <= set("ivx") or (lower.startswith("xl") and set(lower) <= set("ivxl")):
        roman: Kind = "lower_roman" if word == lower else "upper_roman"
        readings.append(Reading(roman, (_roman(lower),)))
    return tuple(readings)


def _roman(word: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def roman(number: int) -> str:
    """`number` (1 to 49) in lower-case roman numerals. Raises ValueError outside that range."""
    if not 0 < number < 50:
        raise ValueError(f"no roman label for {number}")
    tens = ("", "x", "xx", "xxx", "xl")[number // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


def letters(number: int) -> str:
    """`number` (1 to 52) as the lower-case letters that follow z with aa. Raises ValueError outside that range."""
    if not 0 < number <= 52:
        raise ValueError(f"no letter label for {number}")
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
