"""What the circumstances of an amount make of the measure that the words next to it claim.

Some nouns measure different things by what is said around them: a precept is income, but "a precept of £115.10 at
Band D" is a household's rate and a rise of it a share; a cost at which a contract is awarded is the contract's sum;
"Clerk’s salary £412.60" behind "Cheques:" is a payment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.context import SUBORDINATE, Claim, Cue
from pipeline.records import Per

HOUSEHOLD = re.compile(r"\bband [a-h]\b", re.I)
COUNCIL_TAX = re.compile(r"\bband [a-h]\b|\bcouncil tax\b|\bprecepts?\b", re.I)
HOUSEHOLD_MOST, RISE_MOST = 5_000, 500
"""Pounds a year that a household pays at most, and that its tax may rise by."""
PRICE_MOST = 100_000
"""A price, a fee or a rent is less; what is more is a budget or an income from many."""
FROM_BUDGET = ("measure.below_budget", "measure.over_budget", "measure.off_target", "measure.comparison")
"""Cues of so far from what was planned: of income, that is so much income more or less."""
EARNED = re.compile(r"\b(?:income|receipts|takings)\b[^.;£]*$", re.I)
SMALL = 100
"""A price of fewer pounds is that of a unit: a swim, a copy."""
CONTRACT = re.compile(r"\b(?:contracts?|tender\w*|frameworks?|procure\w*)\b", re.I)
AWARDS = re.compile(
    r"\b(?:award|accept|let)(?:s|ed|ing)?\b[^.;]*\b(?:contracts?|tenders?|quotations?|quotes?)\b"
    r"|\b(?:contracts?|tenders?|quotations?|quotes?)\b[^.;]*\b(?:awarded|accepted)\b",
    re.I,
)
OFFERS = re.compile(r"\b(?:quotations|quotes|tenders)\b[^.;]*\b(?:received|obtained|been had)\b", re.I)
AT_A_COST = re.compile(r"\bat an? (?:total |estimated |annual )?cost of (?:up to |about )?$", re.I)
AGREEMENT = re.compile(r"\b(?:section|s\.?)\s?106\b|\b(?:legal|planning) (?:agreement|obligation)\b", re.I)
PAYMENT_LIST = re.compile(r"\b(?:cheques|payments|accounts|invoices)\b[^:.;£]{0,40}:(?:[^.]|\.(?=\d))*$", re.I)
LISTED = ("rate", "cost", "other", "saving", "value", "funding")
"""What a thing that was paid for may be called in a list of payments."""
BESIDE = 20
"""Characters between an amount and a word that it belongs to."""
LEVEL = re.compile(r"\b(?:from|(?<!up )to) (?:about |around |circa |some )?$", re.I)
APPOSED = re.compile(r"%,? or (?:about )?$")
"""A rise told as a share and as an amount ("5.1%, or £4.92 a week")."""
GRANTS = re.compile(r"\b(?:grants?|funding) of (?:up to )?$", re.I)
GIVES = re.compile(r"\bcontributions?\b", re.I)


def is_level(sentence: str, amount: Amount) -> bool:
    """Whether the amount is where a movement starts or ends ("from £42 to £49"), so not the movement."""
    return bool(LEVEL.search(sentence[: amount.start]))


def is_of_household(sentence: str, amount: Amount) -> bool:
    """Whether the amount is what a household of a band pays."""
    return abs(amount.low) < HOUSEHOLD_MOST and bool(HOUSEHOLD.search(sentence))


def cues_of_level(sentence: str, cues: Sequence[Cue], amount: Amount) -> list[Cue]:
    """The cues that may tell a level's measure: no movement, and of those behind it only what stands next to it."""
    told = [cue for cue in cues if cue.measure != "variance"]
    return [cue for cue in told if cue.end <= amount.start or _beside(sentence[amount.end : cue.start])]


def _beside(gap: str) -> bool:
    return len(gap) < BESIDE and not SUBORDINATE.search(gap)


def is_price(amount: Amount, per: Per | None) -> bool:
    """Whether an amount may be a price at all, by its size or its period."""
    return per is not None or abs(amount.low) < PRICE_MOST


def settle(claim: Claim, sentence: str, before: str, amount: Amount, per: Per | None) -> Claim:
    """The claim as the sentence and the one `before` make it out; the same where they say nothing more."""
    around = f"{before} {sentence}"
    plain = per in (None, "year", "unit")
    if plain and claim.measure == "variance" and abs(amount.low) < RISE_MOST and COUNCIL_TAX.search(around):
        return replace(claim, measure="share")
    if plain and claim.measure in ("income", "expenditure", "contribution") and HOUSEHOLD.search(sentence):
        return replace(claim, measure="rate") if amount.low < HOUSEHOLD_MOST else claim
    if claim.rule in FROM_BUDGET and EARNED.search(sentence[: amount.start]):
        return replace(claim, measure="income")
    if claim.rule == "measure.price" and amount.low < SMALL:
        return replace(claim, measure="rate")
    if claim.rule == "measure.value" and CONTRACT.search(around):
        return replace(claim, measure="contract")
    if claim.rule in ("measure.quotation", "measure.received") and OFFERS.search(sentence):
        return replace(claim, measure="contract")
    if claim.rule == "measure.at" and CONTRACT.search(sentence):
        return replace(claim, measure="contract")
    if claim.measure == "cost" and AWARDS.search(around if AT_A_COST.search(sentence[: amount.start]) else sentence):
        return replace(claim, measure="contract")
    if claim.measure in LISTED and PAYMENT_LIST.search(sentence[: amount.start]):
        return Claim("expenditure", 8.0, "measure.payments")
    if per == "unit" and claim.measure in ("rate", "other", "cost") and AGREEMENT.search(around):
        return replace(claim, measure="contribution")
    if claim.measure == "rate" and per in ("week", "unit") and APPOSED.search(sentence[: amount.start]):
        return replace(claim, measure="share")
    if per == "unit" and claim.measure == "rate" and GRANTS.search(sentence[: amount.start]):
        return replace(claim, measure="funding")
    if per == "unit" and claim.measure == "rate" and GIVES.search(sentence[: amount.start]):
        return replace(claim, measure="contribution")
    return claim
