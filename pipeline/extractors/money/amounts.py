"""Amounts of money and percentages as printed, normalised.

`find_amounts` reads one text (a paragraph, a sentence, a cell) and gives every amount in reading order. It knows
nothing of what an amount measures. A range ("£1.4m to £1.8m", "£250k - £450k") is one amount with a high end; a
change ("from £124.5m to £119.6m") is two. Amounts are pounds, percentages are per cent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.extractors.money.wording import per_after, qualifier_after, qualifier_before
from pipeline.records import Per, Qualifier, Unit

NUMBER = r"(?:\d{1,3}(?:,\s?\d{3}(?!\d)){1,4}|\d{1,12})(?:\.\d{1,6})?"
"""Longer runs of digits are account numbers and broken columns, not money."""
SCALE = r"(?:[Tt]housands?|[Mm]illions?|MILLIONS?|[Bb]illions?|mill|mln|[Bb][Nn]|mn|[kKmMbB])(?![A-Za-z])"
MULTIPLE = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}
"""By the first letter of a scale."""
POUNDS = re.compile(
    rf"(?:£|\bGBP\s?|\bPS(?=\d))\s?(?P<inner>[-−])?\s?(?P<number>{NUMBER})"
    rf"(?:\s?(?P<scale>{SCALE}))?(?P<pence>p\b)?",
)
TAIL = re.compile(rf"\s?(?:-|–|to)\s?(?P<number>{NUMBER})\s?(?P<scale>{SCALE})")
"""The upper end of a range that prints the pound sign and the scale but once ("£7-8m")."""
BARE = re.compile(rf"(?P<number>{NUMBER})\s?(?P<scale>thousand|million|billion)s?\s+(?:of\s+)?(?:pounds|sterling)\b")
PENCE = re.compile(
    r"(?<![\d.,£/])(?P<number>\d{1,3}(?:\.\d+)?)"
    r"(?:\s?pence\b|(?P<glued>p)\b(?!\.?\s?\d|/(?!\s?(?:kwh|hr|hour|mile|unit|litre|kg))|\.?m))",
    re.I,
)
PIXELS = frozenset({"240", "360", "480", "720"})
"""Heights of pictures ("720p"), not pence."""
PERCENT = re.compile(
    rf"(?P<sign>[+\-−–](?=\d))?(?<![\d.,/])(?P<number>{NUMBER})\s?(?:%|per\s?cent\b|percent\b|percentage points?\b)"
)
BRACKETED = re.compile(r"\b(?:of|is|was|by|at|to|being|totalling)\s\($")
"""A bracket round the amount itself, as in a column of figures, not round an aside."""
RANGE_LOW = re.compile(rf"(?<![\d.,£])(?P<number>{NUMBER})\s?(?:%|per\s?cent|percent)?\s?(?:-|–|—|\bto\b)\s?$")
MINUS = frozenset("-−–")
SECOND_OF_TWO = re.compile(r"\s?(?:-|–|—|and|to)\s?£")
"""What joins the ends of a range; "split between £2m capital and £1m revenue" is none."""
MOVES = re.compile(
    r"\b(?:(?:increas|rais|ris|reduc|decreas|uplift|uprat|fall|drop|grow|lower)\w*|cut|fell|grew"
    r"|(?:go|goes|going|gone|went) (?:up|down))\b[^.;£]{0,50}$",
    re.I,
)
"""A movement by so much to so much."""
BY = re.compile(r"\bby (?:about |around |up to |a further )?$", re.I)
"""What stands between "by" and "to" is a movement, and where it leads to."""
SPLIT = re.compile(
    r"(?<![\d/.])(?P<number>\d{2})\s?(?:/|:)\s?(?P<rest>\d{2})"
    r"(?=\s(?:split|ratio|basis|weighting)\b|(?<=\bsplit \d\d.\d\d))"
)
FRACTION = re.compile(r"\b(?P<words>(?:three|one|two|a)[\s-](?:quarters?|thirds?|half|fifths?|tenths?))\s+of\b", re.I)
FRACTIONS: dict[str, Decimal | int] = {"quarter": 25, "third": Decimal("33.33"), "half": 50, "fifth": 20, "tenth": 10}
COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3}


@dataclass(slots=True, frozen=True)
class Amount:
    """An amount in a text. `low` is signed as printed; `high` is the upper end of a range."""

    start: int
    end: int
    raw: str
    low: Decimal
    high: Decimal | None
    unit: Unit
    per: Per | None
    qualifier: Qualifier | None
    signed: bool = False


def decimal(number: str) -> Decimal:
    """A printed number: thousands separated by commas, a stray space allowed after one."""
    return Decimal(re.sub(r"[,\s]", "", number))


def scaled(number: str, scale: str | None) -> Decimal:
    """Pounds of a number and the scale printed behind it ("m", "million", "k", …)."""
    return decimal(number) * (MULTIPLE[scale[0].lower()] if scale else 1)


def find_amounts(text: str) -> list[Amount]:
    """Every amount of money and every percentage in `text`, in order, none overlapping another."""
    found = _pounds(text) + _word_percentages(text)
    if "%" in text or "cent" in text:
        found += _percentages(text)
    if "split" in text or "ratio" in text or "basis" in text or "weighting" in text:
        found += [
            _amount(text, m.start(), m.end(), decimal(m["number"]), None, "percent")
            for m in SPLIT.finditer(text)
            if int(m["number"]) + int(m["rest"]) == 100
        ]
    if "quarter" in text or "third" in text or "half" in text or "fifth" in text or "tenth" in text:
        found += [_fraction(text, m) for m in FRACTION.finditer(text)]
    found.sort(key=lambda a: (a.start, -a.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _fraction(text: str, match: re.Match[str]) -> Amount:
    count, name = re.split(r"[\s-]", match["words"].lower(), maxsplit=1)
    share = Decimal(COUNTS[count]) * FRACTIONS[name.rstrip("s")]
    return _amount(text, match.start("words"), match.end("words"), share, None, "percent")


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    ones = "one|two|three|four|five|six|seven|eight|nine"
    return re.compile(
        rf"\b(?P<words>(?:{tens})(?:[\s-](?:{ones}))?|{teens}|{ones}|(?:one|a) hundred)\s(?:per\s?cent)\b", re.I
    )


def _word_percentages(text: str) -> list[Amount]:
    """ "Fifteen per cent": number words by the library that reads them."""
    if "cent" not in text:
        return []
    from word2number import w2n

    found = []
    for match in _word_pattern().finditer(text):
        value = w2n.word_to_num(match["words"].lower().replace("a hundred", "one hundred"))
        found.append(_amount(text, match.start(), match.end(), Decimal(value), None, "percent"))
    return found


def _percentages(text: str) -> list[Amount]:
    found: list[Amount] = []
    for match in PERCENT.finditer(text):
        low, high, start = decimal(match["number"]), None, match.start()
        if match["sign"] in ("-", "−"):
            low = -low
        before = RANGE_LOW.search(text, max(0, match.start() - 30), match.start())
        overlaps = found and before and found[-1].end > before.start()
        if before and not (overlaps and _is_change(text, before.start())):
            first = decimal(before["number"])
            if first < low and not _is_change(text, before.start()):
                low, high, start = first, low, before.start("number")
                if overlaps:
                    found.pop()
        found.append(_amount(text, start, match.end(), low, high, "percent", bool(match["sign"])))
    return found


def _pounds(text: str) -> list[Amount]:
    found: list[Amount] = []
    scale_before: str | None = None
    for match in POUNDS.finditer(text):
        if match["number"] == "000":
            continue  # "£000" is a unit
        low, scale = scaled(match["number"], match["scale"]), match["scale"]
        start = match.start()
        tail = None if scale else TAIL.match(text, match.end())
        if tail and decimal(match["number"]) < decimal(tail["number"]):
            low = scaled(match["number"], tail["scale"])
            found.append(_amount(text, start, tail.end(), low, scaled(tail["number"], tail["scale"]), "GBP"))
            scale_before = tail["scale"]
            continue
        if found and found[-1].high is None:
            first = _low_end(text, found[-1], scale_before, start, low, scale)
            if first is not None:
                found[-1] = _amount(text, found[-1].start, match.end(), first, low, "GBP")
                continue
        bracketed = BRACKETED.search(text[max(0, start - 16) : start]) and text[match.end() : match.end() + 1] == ")"
        if bracketed:
            found.append(_amount(text, start - 1, match.end() + 1, -low, None, "GBP", True))
            scale_before = scale
            continue
        sign = _sign(text, start)
        if match["inner"] or sign in MINUS:
            low = -low
        found.append(_amount(text, start - bool(sign), match.end(), low, None, "GBP", bool(sign or match["inner"])))
        scale_before = scale
    found += [
        _amount(text, m.start(), m.end(), scaled(m["number"], m["scale"]), None, "GBP") for m in BARE.finditer(text)
    ]
    for match in PENCE.finditer(text):
        if not match["glued"] or _is_pence(text, match):
            found.append(_amount(text, match.start(), match.end(), decimal(match["number"]) / 100, None, "GBP"))
    return found


def _is_pence(text: str, match: re.Match[str]) -> bool:
    """Whether "87p" are pence: a single figure may count persons ("a 4p flat"), round ones the lines of a film."""
    number = match["number"]
    return number not in PIXELS and (len(number) > 1 or per_after(text, match.end())[0] is not None)


def _sign(text: str, start: int) -> str:
    """The sign glued before the amount, unless it is a dash behind a word ("2024/25 budget-£5m")."""
    sign = text[start - 1 : start]
    return sign if sign and (sign in MINUS or sign == "+") and not text[max(0, start - 2) : start - 1].isalnum() else ""


def _low_end(
    text: str, previous: Amount, previous_scale: str | None, start: int, high: Decimal, scale: str | None
) -> Decimal | None:
    """The low end, where the amount at `start` is the upper end of a range that `previous` begins."""
    link = text[previous.end : start].strip()
    if link not in ("-", "–", "—", "−", "to", "and"):
        return None
    if link == "and" and previous.qualifier != "between":
        return None
    if link == "to" and (
        _is_change(text, previous.start) or MOVES.search(text[: previous.start]) or BY.search(text[: previous.start])
    ):
        return None
    low = previous.low
    if previous_scale is None and scale is not None and low < 1000:
        low *= MULTIPLE[scale[0].lower()]
    return low if low < high else None


def _is_change(text: str, start: int) -> bool:
    """Whether "from" stands close before: then "a to b" are two amounts."""
    lead = text[max(0, start - 40) : start]
    return bool(re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", lead, re.I))


def _amount(
    text: str, start: int, end: int, low: Decimal, high: Decimal | None, unit: Unit, signed: bool = False
) -> Amount:
    per, end_of_per = per_after(text, end) if unit == "GBP" else (None, end)
    qualifier = qualifier_before(text, start) or qualifier_after(text, max(end, end_of_per))
    if qualifier == "between" and high is None and not SECOND_OF_TWO.match(text, end):
        qualifier = None
    return Amount(start, end, text[start:end], low, high, unit, per, qualifier, signed)
