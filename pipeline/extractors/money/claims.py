"""What an amount in running text measures: what words and unit claim, the texts around it, the form of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.extractors.money.amounts import Amount
from pipeline.extractors.money.circumstances import cues_of_level, is_level, is_of_household, is_price
from pipeline.extractors.money.context import Claim, Cue, find_cues, measure_of
from pipeline.extractors.money.frames import ABOUT, OWN, framed
from pipeline.extractors.money.governors import SUBJECT, governed
from pipeline.extractors.money.parties import find_funds
from pipeline.extractors.money.periods import period
from pipeline.records import BudgetFigure, Measure, Per

RATE = re.compile(
    r"\b(?:interest|inflation|CPI|RPI|rates? of return|(?:average|net|gross|annual) (?:return|yield)|coupon"
    r"|(?:bank|base|average|borrowing|overall) rates?)\b", re.I
)
ON_TOP = re.compile(r"\b(?:inflation|CPI|RPI) ?(?:plus|\+) ?$", re.I)
"""So much more than inflation is a rise, no rate."""
COST_OF = re.compile(rf"\bcosts? (?:of|is|was|were|being|over) {ABOUT}$", re.I)
"""So much a week as the cost of a thing, which is no price."""
AVERAGED = re.compile(r"\bon average\b|\baverage\b", re.I)
JOINED = re.compile(r"\s?(?:,|&|/|and|,\s?and)\s?")
COMPARED = re.compile(r"\bcompared (?:to|with) (?:about |around )?$", re.I)
AT = re.compile(r"(?:(?P<verb>\b\w+)\s|^)(?:at|@) (?:about |around |circa |just )?$", re.I)
FROM = re.compile(r"\s(?:from\s(?:the\s)?)?")
STANDS = frozenset(
    {"stand", "stands", "stood", "put", "set", "forecast", "remain", "remains", "remained", "is", "was", "kept", "held"}
    | {"peaking", "estimated", "sat", "sits", "confirmed", "agreed", "fixed", "capped", "frozen", "announced"}
    | {"retained", "calculated", "maintained", "reported", "approved", "stays", "stay", "remaining", "standing", "left"}
)
"""Verbs before "at" behind which stands a level, not a price."""
STATES = re.compile(r"\b(?:is|was|were|are|had|has|have|been|be)\b")
PAYS = re.compile(r"\b(?:to pay|payments?|for payment|paid|cheques)\b", re.I)
MOVED = ("overspend", "underspend", "saving", "variance", "transfer", "contribution")
"""What a printed sign may stand for."""
NAMING = frozenset({"cost", "rate", "expenditure", "contract", "budget"})
"""What the name of a thing may hold ("legal costs", "parking charges") without its amount being one."""
NEXT_NAMED = re.compile(
    r"(?: (?:over|under|above|below)(?: (?:the )?(?:budget|target))?)?(?:,|;|,? and) (?:the )?"
    r"(?:(?!(?:of|at|by|is|was|are|were|for|with|to|from|cost|costing|total)\b)[A-Za-z’'&-]+ ){1,5}"
)
ROW_OF_PARTS = re.compile(
    r"\s(?P<how>for|to|in|on|from)\s[^£;.]{2,120}?(?:,|;|,? and)\s(?:a further |another |about )?"
)
"""What stands between two parts of a row."""
PRICED = 10.0
"""How strongly a word of prices must claim an amount that is too large for one, to make it a cost."""
NAMED = 5.0
"""How strongly a noun within a name must claim an amount that nothing else claims ("the Revenue Budget of £9m")."""
WEAK_CUE = 6
"""A cue of no more weight yields to any other in a label."""
SURE, PERCENT, LIKELY, FAIR, WEAK, UNTOLD = 0.95, 0.85, 0.8, 0.65, 0.5, 0.3
SECONDED = 0.97
CLOSE_CALL, CLEAR = 6.0, 10.0
"""Margins over the claims of other measures: below the first it may well be one of them, from the second hardly."""
VAGUE = frozenset({"measure.worth", "measure.stood_at", "measure.came_to"})
"""Cues that yield to what the lead-in of a list says."""
SURE_CUES = frozenset(
    {"saving", "transfer", "to_pay", "over_budget", "under_budget", "demand", "council_tax"}
    | {"off_target", "receipts_and_payments", "payments"}
)
"""Cues that are hardly ever about another amount."""
LOOSE_CUES = frozenset(
    {"value", "expenditure", "contract", "contribution", "comparison", "change_of_something", "rate", "reserve"}
    | {"funding", "income", "variance", "moved", "would_pay", "worth", "came_to", "stood_at", "debt"}
)
"""Cues whose amounts often measure something else, or whose payer or period often goes untold."""


@dataclass(slots=True)
class Passage:
    """A text with money in it, where it stands, and what the text before it makes known."""

    text: str
    start: int
    heading: str = ""
    lead: str = ""
    """The paragraph that introduces a list or a table."""
    lead_measure: Measure | None = None
    """What the last amount of that paragraph measures."""
    year: str | None = None
    """The financial year of the part of the document, where it names one only."""


@dataclass(slots=True)
class Memory:
    """What earlier sentences of a passage spoke of."""

    measure: Measure | None = None
    organisation: str | None = None
    fund: str | None = None
    sentence: str = ""
    year: str | None = None
    money: bool = False
    """Whether a percentage of this passage was a share of money."""


@dataclass
class Sentence:
    """A sentence with amounts, what stands around it, and what was read of it so far."""

    text: str
    amounts: Sequence[Amount]
    cues: Sequence[Cue]
    passage: Passage
    memory: Memory
    figures: list[BudgetFigure]
    """Those of the amounts before."""

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where its amounts stand, in order."""
        return [(each.start, each.end) for each in self.amounts]


def claim_of(sentence: Sentence, amount: Amount) -> Claim:
    """The measure: what words and unit claim, settled by the circumstances that the sentence tells."""
    text = sentence.text
    if amount.unit == "percent":
        near = text[max(0, amount.start - 60) : amount.end + 30]
        told = RATE.search(near) and not ON_TOP.search(text[: amount.start])
        return Claim("rate" if told else "share", 9, "measure.percent")
    per = period(text, amount)
    claim = _by_words(sentence, amount, per)
    measured = [figure.measure for figure in sentence.figures if figure.unit == "GBP"]
    before = f"{sentence.passage.heading} {sentence.memory.sentence}"
    return framed(claim, text, before, amount, per, measured)


def _by_words(sentence: Sentence, amount: Amount, per: Per | None) -> Claim:
    """The measure by the amount's own words, by its unit, else as the texts around it suggest."""
    cues, earlier = sentence.cues, sentence.figures
    if is_level(sentence.text, amount):
        cues = cues_of_level(sentence.text, cues, amount)
        earlier = [figure for figure in earlier if figure.measure != "variance"]
    if not is_price(amount, per):
        cues = [cue for cue in cues if cue.measure != "rate"]
    claim = measure_of(sentence.text, amount.start, amount.end, cues, sentence.spans)
    formed = _by_form(sentence, amount, per, claim, earlier)
    if formed is not None:
        return formed
    own = governed(sentence.text, amount, cues, sentence.spans) if claim.strength < SUBJECT else None
    if own is not None and (own.strength > claim.strength or own.measure == claim.measure):
        return own if own.strength > claim.strength else claim
    if amount.signed and claim.measure not in MOVED:
        return _of_signed(sentence, amount, cues)
    vague = claim.rule in VAGUE and sentence.passage.lead_measure is not None
    if claim.strength > 2.5 and not vague:
        return claim
    if per in (None, "year") and not is_price(amount, per) and _is_fee(sentence, amount):
        return Claim("cost", 4.0, "measure.large_fee")
    return _by_surroundings(sentence, amount, claim, cues, earlier)


def _by_form(
    sentence: Sentence, amount: Amount, per: Per | None, claim: Claim, earlier: Sequence[BudgetFigure]
) -> Claim | None:
    """The measure that how the amount is written tells, whatever its words claim: a price, an entry, a part."""
    before_it, passage = sentence.text[: amount.start], sentence.passage
    limit = claim.measure == "other" and claim.strength > 4
    kept = claim.measure != "rate" and not (claim.measure == "cost" and amount.per and amount.per != "unit")
    average = claim.measure == "cost" and claim.strength > 4 and (
        per == "unit" and not amount.per
        or AVERAGED.search(sentence.text) is not None
        or claim.rule == "measure.cost" and per != "hour" and COST_OF.search(before_it) is not None
    )
    if per in ("hour", "day", "week", "unit") and not (average or limit or claim.strength >= 12.5 and kept):
        return Claim("rate", 9, "measure.per")
    if PAYS.search(passage.lead) and per is None and _ends_an_entry(sentence.text, amount):
        return Claim("expenditure", 8.0, "measure.payments")
    if passage.lead_measure and claim.strength < 12 and before_it.endswith("("):
        return Claim(passage.lead_measure, 6.0, "measure.part_of_lead")
    if is_level(sentence.text, amount) and is_of_household(sentence.text, amount):
        return Claim("rate", 9, "measure.household")
    before = next((figure for figure in reversed(earlier) if figure.unit == "GBP"), None)
    if before and before.measure in MOVED and claim.measure in NAMING and _is_next_named(sentence, amount):
        return Claim(before.measure, 6.0, "measure.next_named")
    if before and claim.strength < OWN and _is_parallel(sentence, amount):
        return Claim(before.measure, 6.0, "measure.parallel")
    if before and COMPARED.search(before_it):
        return Claim(before.measure, 6.0, "measure.compared")
    if amount.low < 1 and "pence" in amount.raw:
        return Claim("rate", 8, "measure.pence")
    return None


def _is_fee(sentence: Sentence, amount: Amount) -> bool:
    """Whether a word of prices stands right by an amount that is too large for one."""
    fees = [cue for cue in sentence.cues if cue.measure == "rate"]
    near = measure_of(sentence.text, amount.start, amount.end, fees, sentence.spans).strength
    return near > PRICED or governed(sentence.text, amount, fees, sentence.spans) is not None


def _is_next_named(sentence: Sentence, amount: Amount) -> bool:
    """Whether the amount is the next of a row of things and their amounts ("transport £2m over budget and legal costs
    £0.5m"), no word saying that the thing *is* so much."""
    behind = max((each.end for each in sentence.amounts if each.end <= amount.start), default=None)
    return behind is not None and bool(NEXT_NAMED.fullmatch(sentence.text, behind, amount.start))


def _is_parallel(sentence: Sentence, amount: Amount) -> bool:
    """Whether the amount goes on a row whose parts are built alike ("£265m to councils, £50m to health")."""
    behind = max((each.end for each in sentence.amounts if each.end <= amount.start), default=None)
    found = None if behind is None else ROW_OF_PARTS.fullmatch(sentence.text, behind, amount.start)
    return found is not None and sentence.text.startswith(f" {found['how']} ", amount.end)


def _of_signed(sentence: Sentence, amount: Amount, cues: Sequence[Cue]) -> Claim:
    """The measure of an amount with a printed sign that its words do not account for: something moved."""
    movements = [cue for cue in cues if cue.measure in MOVED]
    moved = measure_of(sentence.text, amount.start, amount.end, movements, sentence.spans)
    if moved.strength > 0:
        return moved
    before = sentence.memory.measure
    return Claim(before if before in MOVED else "variance", 4.0, "measure.signed")


def _by_surroundings(
    sentence: Sentence, amount: Amount, claim: Claim, cues: Sequence[Cue], earlier: Sequence[BudgetFigure]
) -> Claim:
    """The measure of an amount that its own words leave open."""
    text, passage = sentence.text, sentence.passage
    if claim.strength <= 0 and not earlier:
        named = measure_of(text, amount.start, amount.end, find_cues(text, label=True), sentence.spans)
        if named.strength > NAMED and named.measure != "rate":
            return replace(named, strength=NAMED)
    if earlier and earlier[-1].unit == "GBP":
        return Claim(earlier[-1].measure, 3.0, "measure.same_sentence")
    if any(amount.end < fund.start and FROM.fullmatch(text, amount.end, fund.start) for fund in find_funds(text)):
        return Claim("funding", 3.0, "measure.fund")
    at = AT.search(text[: amount.start])
    if at and (at["verb"] or "").lower() not in STANDS:
        return Claim("cost", 3.0, "measure.at")
    by_lead = passage.lead_measure or label_measure(passage.lead)
    if by_lead is not None:
        return Claim(by_lead, 3.0, "measure.lead")
    if sentence.memory.measure is not None:
        return Claim(sentence.memory.measure, 2.6, "measure.before")
    by_heading = label_measure(passage.heading)
    if by_heading is not None:
        return Claim(by_heading, 2.6, "measure.heading")
    said = [cue for cue in cues if cue.end <= amount.start] or cues[:1]
    return claim if claim.strength or not said else Claim(said[-1].measure, 1.0, "measure.distant")


def _ends_an_entry(sentence: str, amount: Amount) -> bool:
    """Whether the amount is what an entry comes to ("Reading room, hire: £54.00"), not part of a statement."""
    opens = amount.start == 0 and re.match(r"\s[–-]\s", sentence[amount.end :])
    return bool(opens or not sentence[amount.end :].strip(" .;,)")) and not STATES.search(sentence)


def label_measure(text: str) -> Measure | None:
    """The measure that a heading or a label names: its head noun's, the last cue before a preposition."""
    cues = find_cues(text, label=True)
    if not cues:
        return None
    cut = re.search(r"\s(?:of|in|for|from|to|by|on|at|with|against|since|per)\s", text)
    cues = tuple(cue for cue in cues if cue.weight > WEAK_CUE) or cues
    before = [cue for cue in cues if cut is None or cue.start < cut.start()]
    if not before:
        return cues[0].measure
    head = len(before) - 1
    while head and JOINED.fullmatch(text, before[head - 1].end, before[head].start):
        head -= 1  # "savings, income and grants" are first of all savings
    return before[head].measure


def confidence_of(claim: Claim) -> float:
    """How often a claim of this kind proved right on annotated papers, the whole record counted."""
    if claim.rule == "measure.percent":
        return PERCENT
    if claim.rule == "measure.none":
        return UNTOLD
    if claim.strength >= 9 and claim.rule.removeprefix("measure.") in SURE_CUES:
        level = SURE
    elif claim.strength >= 8 and claim.rule.removeprefix("measure.") not in LOOSE_CUES:
        level = LIKELY
    else:
        level = FAIR if claim.strength > 4 else WEAK
    if claim.margin < CLOSE_CALL:
        return level - 0.1
    return min(level + 0.15, SECONDED) if claim.seconded and claim.margin >= CLEAR else level
