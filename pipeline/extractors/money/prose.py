"""Amounts in running text, with what the sentence says of each."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.document import Outline
from pipeline.extractors.money.amounts import SCALE, Amount, find_amounts
from pipeline.extractors.money.claims import AVERAGED, Memory, Passage, Sentence, claim_of, confidence_of
from pipeline.extractors.money.context import CHANGE, Claim, basis_of, find_cues
from pipeline.extractors.money.parties import find_funds, find_organisations, nearest, only_fund, party
from pipeline.extractors.money.periods import period, period_around
from pipeline.extractors.money.shares import is_share_of_money
from pipeline.extractors.money.years import financial_years, own_of, year_for
from pipeline.extractors.sentences import sentences
from pipeline.needles import Sought
from pipeline.records import Basis, BudgetFigure, Measure, Per, identify

MONEY_WORD = Sought(re.compile(r"\bGBP\b|\bpence\b|per\s?cent|million|(?:quarters?|thirds?|half) of|\bsplit\b"))
MONEY_FIGURE = re.compile(r"[\dP](?:(?<=\d)\s?p\b|(?<=\bP)S\d)")
FILE_SIZE = re.compile(r"\bPDF\s+\d+\s?[KM]B\b", re.I)
ASIDE_OF_AMOUNT = re.compile(rf"£\s?[\d,.]+\s?(?:{SCALE})?,?\s(?:\(|or )(?:about |an? )?$", re.I)
"""A percentage in brackets behind an amount is a share of money ("an increase of £0.9m (5.1%)")."""
CAPITAL_PROGRAMME = re.compile(r"\bcapital (?:programme|budget)\b", re.I)
IN_A_ROW = re.compile(r"(?:,|;|,? (?:and|or|&)) (?:about |around |some |of )?")
RAISED_TO = re.compile(
    r"^(?: (?:an?|per|each) \w+)? (?:(?:be|is|was|are|were|being|to be|will be|has been|rising|falling) )*"
    r"(?:increased|raised|uplifted|reduced|lowered|cut|changed|rising|falling)(?: up| down)? to (?:\w+ )?$"
)
RAISED_IT = re.compile(r"\b(?:rais|increas|reduc|lower|cut)\w* (?:it|this|them) to (?:\w+ )?$")
"""What stands between a price and what it becomes ("a charge of £6 a week be increased to £8")."""
GUESSED = 4.0
"""The strength up to which a claim comes from around the amount's own words."""
OTHER_YEAR = re.compile(r"\b(?:current|last|previous|prior|next|coming|following) (?:financial )?year\b", re.I)
"""A year told by its place from now: that of the heading may be another."""
CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Rounded to two decimals, halves away from zero, as the tables store it."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def figures_in(outline: Outline, passage: Passage) -> list[BudgetFigure]:
    """Every amount and every share of money in a paragraph, heading, list item or long cell."""
    if not tells_money(passage.text):
        return []
    found: list[BudgetFigure] = []
    memory = Memory()
    earlier: list[str] = []
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        if tells_money(sentence):
            for said in earlier:
                _remember(memory, said)
            earlier.clear()
            found += _sentence_figures(outline, passage, start, sentence, memory)
        earlier.append(sentence)
    return found


def tells_money(text: str) -> bool:
    """Whether an amount or a share may stand in a text; cheap, since every paragraph is asked."""
    return "£" in text or "%" in text or bool(MONEY_WORD.search(text) or MONEY_FIGURE.search(text))


def _remember(memory: Memory, sentence: str) -> None:
    memory.sentence = sentence
    years = own_of(sentence, financial_years(sentence))
    memory.year = years[-1][2] if years else memory.year
    cues = find_cues(sentence)
    if cues:
        memory.measure = max(cues, key=lambda cue: cue.weight).measure
    names = find_organisations(sentence)
    if names:
        memory.organisation = names[0].text
    funds = {name.text for name in find_funds(sentence)}
    memory.fund = funds.pop() if len(funds) == 1 else None if funds else memory.fund


def _sentence_figures(
    outline: Outline, passage: Passage, offset: int, text: str, memory: Memory
) -> list[BudgetFigure]:
    amounts = find_amounts(FILE_SIZE.sub(lambda m: " " * len(m[0]), text))
    sentence = Sentence(text, amounts, find_cues(text), passage, memory, [])
    years, organisations, funds = financial_years(text), find_organisations(text), find_funds(text)
    told: list[tuple[Amount, Claim]] = []
    for at, amount in enumerate(amounts):
        rule = "money.prose"
        if amount.unit == "percent":
            wanted, rule = _share(text, amount, passage, memory)
            if not wanted:
                continue
        claim, basis, per = _told_of(sentence, at)
        told.append((amount, claim))
        start = passage.start + offset + amount.start
        sentence.figures.append(
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
                basis=basis,
                per=per,
                financial_year=year_for(text, amount.start, amount.end, years)
                or (None if OTHER_YEAR.search(text) else memory.year or _year_around(outline, passage)),
                organisation=party(text, amount.start, amount.end, organisations, claim.measure)
                or memory.organisation,
                fund=nearest(text, amount.start, amount.end, funds, reach=90)
                or (None if funds else memory.fund or only_fund(passage.lead))
                or only_fund(text)
                or only_fund(passage.heading)
                or _programme(text, claim.measure),
                page=outline.document.page_at(start),
                char_start=start,
                char_end=start + amount.end - amount.start,
                rule=f"{rule}/{claim.rule}",
                confidence=confidence_of(claim),
            )
        )
    _settle_rows(sentence, told)
    return sentence.figures


def _settle_rows(sentence: Sentence, told: list[tuple[Amount, Claim]]) -> None:
    """Amounts named in a row ("£120k, £95k and £60k respectively") measure one thing: that of the surest of them.

    One that its own words claim keeps that ("a programme of £33m, and £11m was carried forward").
    """
    first = 0
    for last in range(1, len(told) + 1):
        if last < len(told) and _in_a_row(sentence.text, told[last - 1][0], told[last][0]):
            continue
        if last - first > 1:
            claim = max((claim for _, claim in told[first:last]), key=lambda claim: claim.strength)
            for figure, (_, own) in zip(sentence.figures[first:last], told[first:last], strict=True):
                if own.measure != claim.measure and (own.strength <= GUESSED or "respectively" in sentence.text):
                    figure.measure, figure.rule = claim.measure, f"{figure.rule.partition('/')[0]}/measure.in_a_row"
                    figure.confidence = min(figure.confidence, confidence_of(claim))
        first = last


def _in_a_row(text: str, one: Amount, next_one: Amount) -> bool:
    """Whether nothing but a comma or "and" stands between two amounts of money."""
    return one.unit == next_one.unit == "GBP" and bool(IN_A_ROW.fullmatch(text, one.end, next_one.start))


def _told_of(sentence: Sentence, at: int) -> tuple[Claim, Basis | None, Per | None]:
    """Measure, basis and period of the amount at that index; the two ends of "from … to …" share them."""
    text, amount, found = sentence.text, sentence.amounts[at], sentence.figures
    claim = claim_of(sentence, amount)
    basis = basis_of(text, amount.start, amount.end)
    per = period(text, amount)
    if per is None and claim.measure in ("rate", "share") and amount.unit == "GBP":
        per = period_around(text, amount, found, sentence.passage.heading)
    if found and at and _is_end_of_change(text, sentence.amounts[at - 1], amount):
        first = found[-1]
        first.per = per = amount.per or first.per or per
        if claim.rule == "measure.per" and not AVERAGED.search(text):
            first.measure = claim.measure
        claim = replace(claim, measure=first.measure, strength=max(claim.strength, 5.0))
        basis = basis or first.basis
    return claim, basis, per


def _share(sentence: str, amount: Amount, passage: Passage, memory: Memory) -> tuple[bool, str]:
    """Whether a percentage is a share of money: by its own words, or as one more of those before it."""
    wanted, rule = is_share_of_money(
        sentence, amount.start, amount.end, f"{passage.heading} {passage.lead} {memory.sentence}"
    )
    if not wanted and rule == "share.none" and ASIDE_OF_AMOUNT.search(sentence[: amount.start]):
        wanted, rule = True, "share.of_amount"
    if not wanted and rule == "share.none" and memory.money:
        wanted, rule = True, "share.same_passage"
    memory.money = memory.money or wanted
    return wanted, rule


def _is_end_of_change(sentence: str, first: Amount, second: Amount) -> bool:
    """Whether two amounts are "from … to …", or the second is what the first "be increased to"."""
    between = sentence[first.end : second.start]
    if RAISED_TO.search(between) or RAISED_IT.search(between):
        return True
    return bool(CHANGE.search(sentence[: first.start]) and re.search(r"\bto\s(?:\w+\s){0,2}$", between))


def _year_around(outline: Outline, passage: Passage) -> str | None:
    return _only_year(passage.lead) or _only_year(passage.heading) or passage.year or _only_year(outline.title or "")


def _programme(sentence: str, measure: Measure) -> str | None:
    """The capital programme, where a budget is spoken of in it and no fund is named."""
    named = CAPITAL_PROGRAMME.search(sentence) if measure in ("budget", "expenditure", "underspend") else None
    return named[0] if named else None


def _only_year(text: str) -> str | None:
    years = {year for _, _, year in financial_years(text)}
    return years.pop() if len(years) == 1 else None
