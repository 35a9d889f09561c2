"""Amounts in running text, with what the sentence says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.document import Block, Outline
from pipeline.extractors.money.amounts import Amount, find_amounts
from pipeline.extractors.money.context import Claim, Cue, basis_of, find_cues, measure_of
from pipeline.extractors.money.parties import find_funds, find_organisations, nearest
from pipeline.extractors.money.shares import is_share_of_money
from pipeline.extractors.money.years import financial_years, year_for
from pipeline.extractors.sentences import sentences
from pipeline.records import BudgetFigure, Measure, Per, identify

MONEY_MARK = re.compile(
    r"[£%]|\bGBP\b|\bPS\d|\bpence\b|\d\s?p\b|per\s?cent|percent|million|quarters? of|thirds? of|split\b"
)
FILE_SIZE = re.compile(r"\bPDF\s+\d+\s?[KM]B\b", re.I)
ANNUAL = re.compile(r"\b(?:annual(?:ly|ised)?|yearly|full[- ]year|per annum|each year)\b", re.I)
MONTHLY = re.compile(r"\bmonthly\b", re.I)
CENT = Decimal("0.01")
SURE, LIKELY, WEAK = 0.9, 0.75, 0.5


@dataclass(slots=True)
class Setting:
    """What the text before a sentence makes known to it: its heading, and the measure last spoken of."""

    heading: str = ""
    measure: Measure | None = None


def cents(value: Decimal) -> Decimal:
    """Rounded to two decimals, halves away from zero, as the tables store it."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def figures_in(outline: Outline, block: Block, heading: str) -> list[BudgetFigure]:
    """Every amount and every share of money in a paragraph, heading or list item."""
    if not MONEY_MARK.search(block.text):
        return []
    found: list[BudgetFigure] = []
    setting = Setting(heading)
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        if not MONEY_MARK.search(sentence):
            _remember(setting, sentence)
            continue
        found += _sentence_figures(outline, block, start, sentence, setting)
        _remember(setting, sentence)
    return found


def _remember(setting: Setting, sentence: str) -> None:
    cues = find_cues(sentence)
    if cues:
        setting.measure = max(cues, key=lambda cue: cue.weight).measure


def _sentence_figures(
    outline: Outline, block: Block, offset: int, sentence: str, setting: Setting
) -> list[BudgetFigure]:
    amounts = find_amounts(FILE_SIZE.sub(lambda m: " " * len(m[0]), sentence))
    if not amounts:
        return []
    spans = [(a.start, a.end) for a in amounts]
    cues, years = find_cues(sentence), financial_years(sentence)
    organisations, funds = find_organisations(sentence), find_funds(sentence)
    found: list[BudgetFigure] = []
    for amount in amounts:
        rule = "money.prose"
        if amount.unit == "percent":
            wanted, rule = is_share_of_money(sentence, amount.start, amount.end, setting.heading)
            if not wanted:
                continue
        claim = _claim(sentence, amount, cues, spans, setting)
        start = block.start + offset + amount.start
        found.append(
            BudgetFigure(
                figure_id=identify("figure", outline.document_id, start, amount.raw),
                document_id=outline.document_id,
                item_id=outline.item_id_at(start),
                raw=amount.raw,
                amount=cents(amount.low),
                amount_high=None if amount.high is None else cents(amount.high),
                unit=amount.unit,
                qualifier=amount.qualifier,
                measure=claim.measure,
                basis=basis_of(sentence, amount.start, amount.end),
                per=_per(sentence, amount, claim),
                financial_year=year_for(sentence, amount.start, amount.end, years),
                organisation=nearest(sentence, amount.start, amount.end, organisations),
                fund=nearest(sentence, amount.start, amount.end, funds, reach=90),
                page=outline.document.page_at(start),
                char_start=start,
                char_end=start + amount.end - amount.start,
                rule=f"{rule}/{claim.rule}",
                confidence=SURE if claim.strength >= 8 else LIKELY if claim.strength > 4 else WEAK,
            )
        )
    return found


def _claim(sentence: str, amount: Amount, cues: list[Cue], spans: list[tuple[int, int]], setting: Setting) -> Claim:
    """The measure: by the amount's own words, by its unit, by the sentence before, by the heading."""
    claim = measure_of(sentence, amount.start, amount.end, cues, [s for s in spans if s != (amount.start, amount.end)])
    if amount.unit == "percent":
        rate = re.search(
            r"\b(?:interest|inflation|CPI|RPI|rate of return|coupon)\b",
            sentence[max(0, amount.start - 60) : amount.end + 30],
            re.I,
        )
        return Claim("rate" if rate else "share", 9, "measure.percent")
    if amount.per in ("hour", "day", "week", "unit") and not (claim.strength >= 10 and claim.measure != "rate"):
        return Claim("rate", 9, "measure.per")
    if amount.low < 1 and "pence" in amount.raw:
        return Claim("rate", 8, "measure.pence")
    if claim.strength > 2.5:
        return claim
    heading = _heading_claim(setting.heading)
    if heading.strength:
        return heading
    if setting.measure:
        return Claim(setting.measure, 2.5, "measure.before")
    return claim


def _heading_claim(heading: str) -> Claim:
    cues = find_cues(heading)
    if not cues:
        return Claim("other", 0.0, "measure.none")
    best = max(cues, key=lambda cue: cue.weight)
    return Claim(best.measure, 3.0, "measure.heading")


def _per(sentence: str, amount: Amount, claim: Claim) -> Per | None:
    """The period behind the amount, or an "annual" that qualifies it from in front."""
    if amount.per or amount.unit == "percent":
        return amount.per
    lead = sentence[max(0, amount.start - 60) : amount.start]
    lead = re.split(r"[.;£]", lead)[-1]
    if ANNUAL.search(lead) or re.match(r"\s*(?:annual|full[- ]year)\b", sentence[amount.end :], re.I):
        return "year"
    if MONTHLY.search(lead):
        return "month"
    return None
