"""Amounts in running text, with what the sentence says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.document import Outline
from pipeline.extractors.money.amounts import Amount, find_amounts
from pipeline.extractors.money.circumstances import cues_of_level, is_level, is_of_household, is_price
from pipeline.extractors.money.context import CHANGE, Claim, Cue, basis_of, find_cues, measure_of
from pipeline.extractors.money.frames import framed
from pipeline.extractors.money.parties import find_funds, find_organisations, nearest, only_fund, party
from pipeline.extractors.money.shares import is_share_of_money
from pipeline.extractors.money.wording import is_sold_singly
from pipeline.extractors.money.years import financial_years, own_of, year_for
from pipeline.extractors.sentences import sentences
from pipeline.needles import Sought
from pipeline.records import BudgetFigure, Measure, Per, identify

MONEY_WORD = Sought(re.compile(r"\bGBP\b|\bpence\b|per\s?cent|million|(?:quarters?|thirds?|half) of|\bsplit\b"))
MONEY_FIGURE = re.compile(r"[\dP](?:(?<=\d)\s?p\b|(?<=\bP)S\d)")
FILE_SIZE = re.compile(r"\bPDF\s+\d+\s?[KM]B\b", re.I)
PRICE_OF = r"\b(?:price|cost|rate|charge|fee|rent|stay|pay)s?\b[^,;]{0,12}\b(?:of|for|per) (?:an? |one )?"
PERIODS_BEFORE: tuple[tuple[re.Pattern[str], Per], ...] = (
    (re.compile(r"\b(?:annual(?:ly|ised)?|yearly|full[- ]year)\b(?=(?:\s\S+){0,9}\s?$)", re.I), "year"),
    (re.compile(r"\bmonthly\b", re.I), "month"),
    (re.compile(rf"\bweekly\b|{PRICE_OF}week\b", re.I), "week"),
    (re.compile(rf"\b(?:daily|nightly)\b|{PRICE_OF}(?:day|night)\b", re.I), "day"),
    (re.compile(rf"\bhourly\b|{PRICE_OF}hour\b", re.I), "hour"),
    (
        re.compile(
            r"\b(?:unit|average) (?:price|cost) (?:of|for|per) (?:(?:an?|each) \w+|place|case|home|unit)\b", re.I
        ),
        "unit",
    ),
    (
        re.compile(
            r"\b(?:costs?|prices?|charges?|spend|rates?|contributions?|fees?) "
            r"per (?!annum|year|quarter|month|week|day|night|hour)\w+\b(?=[^,;]{0,20}$)",
            re.I,
        ),
        "unit",
    ),
    (re.compile(r"\beach (?:\w+ ){1,2}(?:will |would )?costs?\b", re.I), "unit"),
)
RATE = re.compile(
    r"\b(?:interest|inflation|CPI|RPI|rates? of return|coupon|(?:bank|base|average|borrowing|overall) rates?)\b", re.I
)
ASIDE_OF_AMOUNT = re.compile(r"£\s?[\d,.]+\s?(?:k|m|bn|million|billion)?,?\s(?:\(|or )(?:about |an? )?$", re.I)
"""A percentage in brackets behind an amount is a share of money ("an increase of £0.9m (5.1%)")."""
ON_TOP = re.compile(r"\b(?:inflation|CPI|RPI) ?(?:plus|\+) ?$", re.I)
"""So much more than inflation is a rise, no rate."""
UNIT_MOST = 1_000
"""Pounds that a thing sold singly costs at most."""
AVERAGED = re.compile(r"\bon average\b|\baverage\b", re.I)
JOINED = re.compile(r"\s?(?:,|&|/|and|,\s?and)\s?")
COMPARED = re.compile(r"\bcompared (?:to|with) (?:about |around )?$", re.I)
AT = re.compile(r"(?:(?P<verb>\b\w+)\s|^)(?:at|@) (?:about |around |circa |just )?$", re.I)
FROM = re.compile(r"\s(?:from\s(?:the\s)?)?")
STANDS = frozenset(
    {"stand", "stands", "stood", "put", "set", "forecast", "remain", "remains", "remained", "is", "was", "kept", "held"}
    | {"peaking", "estimated", "sat", "sits"}
)
"""Verbs before "at" behind which stands a level, not a price."""
STATES = re.compile(r"\b(?:is|was|were|are|had|has|have|been|be)\b")
PAYS = re.compile(r"\b(?:to pay|payments?|for payment|to be paid|cheques)\b", re.I)
CAPITAL_PROGRAMME = re.compile(r"\bcapital (?:programme|budget)\b", re.I)
OTHER_YEAR = re.compile(r"\b(?:current|last|previous|prior|next|coming|following) (?:financial )?year\b", re.I)
"""A year told by its place from now: that of the heading may be another."""
MOVED = ("overspend", "underspend", "saving", "variance", "transfer", "contribution")
"""What a printed sign may stand for."""
NAMED = 5.0
"""How strongly a noun within a name must claim an amount that nothing else claims ("the Revenue Budget of £9m")."""
WEAK_CUE = 6
"""A cue of no more weight yields to any other in a label."""
CENT = Decimal("0.01")
SURE, PERCENT, LIKELY, FAIR, WEAK, UNTOLD = 0.95, 0.85, 0.8, 0.65, 0.5, 0.3
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


def cents(value: Decimal) -> Decimal:
    """Rounded to two decimals, halves away from zero, as the tables store it."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def figures_in(outline: Outline, passage: Passage) -> list[BudgetFigure]:
    """Every amount and every share of money in a paragraph, heading, list item or long cell."""
    if not _tells_money(passage.text):
        return []
    found: list[BudgetFigure] = []
    memory = Memory()
    earlier: list[str] = []
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        if _tells_money(sentence):
            for said in earlier:
                _remember(memory, said)
            earlier.clear()
            found += _sentence_figures(outline, passage, start, sentence, memory)
        earlier.append(sentence)
    return found


def _tells_money(text: str) -> bool:
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
    outline: Outline, passage: Passage, offset: int, sentence: str, memory: Memory
) -> list[BudgetFigure]:
    amounts = find_amounts(FILE_SIZE.sub(lambda m: " " * len(m[0]), sentence))
    spans = [(a.start, a.end) for a in amounts]
    cues, years = find_cues(sentence), financial_years(sentence)
    organisations, funds = find_organisations(sentence), find_funds(sentence)
    found: list[BudgetFigure] = []
    for at, amount in enumerate(amounts):
        rule = "money.prose"
        if amount.unit == "percent":
            wanted, rule = _share(sentence, amount, passage, memory)
            if not wanted:
                continue
        claim = _claim(sentence, amount, cues, spans, passage, memory, found)
        basis = basis_of(sentence, amount.start, amount.end)
        per = _per(sentence, amount)
        if per is None and claim.measure in ("rate", "share") and amount.unit == "GBP":
            per = _per_around(sentence, amount, found)
        if found and at and _is_end_of_change(sentence, amounts[at - 1], amount):
            first = found[-1]
            first.per = per = amount.per or first.per or per
            if claim.rule == "measure.per":
                first.measure = claim.measure
            claim = replace(claim, measure=first.measure, strength=max(claim.strength, 5.0))
            basis = basis or first.basis
        start = passage.start + offset + amount.start
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
                basis=basis,
                per=per,
                financial_year=year_for(sentence, amount.start, amount.end, years)
                or (None if OTHER_YEAR.search(sentence) else memory.year or _year_around(outline, passage)),
                organisation=party(sentence, amount.start, amount.end, organisations, claim.measure)
                or memory.organisation,
                fund=nearest(sentence, amount.start, amount.end, funds, reach=90)
                or (None if funds else memory.fund or only_fund(passage.lead))
                or only_fund(sentence)
                or only_fund(passage.heading)
                or _programme(sentence, claim.measure),
                page=outline.document.page_at(start),
                char_start=start,
                char_end=start + amount.end - amount.start,
                rule=f"{rule}/{claim.rule}",
                confidence=_confidence(claim),
            )
        )
    return found


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


def _ends_an_entry(sentence: str, amount: Amount) -> bool:
    """Whether the amount is what an entry comes to ("Reading room, hire: £54.00"), not part of a statement."""
    opens = amount.start == 0 and re.match(r"\s[–-]\s", sentence[amount.end :])
    return bool(opens or not sentence[amount.end :].strip(" .;,)")) and not STATES.search(sentence)


def _confidence(claim: Claim) -> float:
    """How often a claim of this kind proved right on annotated papers, the whole record counted."""
    if claim.rule == "measure.percent":
        return PERCENT
    if claim.rule == "measure.none":
        return UNTOLD
    if claim.strength >= 9 and claim.rule.removeprefix("measure.") in SURE_CUES:
        return SURE
    if claim.strength >= 8 and claim.rule.removeprefix("measure.") not in LOOSE_CUES:
        return LIKELY
    return FAIR if claim.strength > 4 else WEAK


def _is_end_of_change(sentence: str, first: Amount, second: Amount) -> bool:
    """Whether two amounts are "from … to …"."""
    between = sentence[first.end : second.start]
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


def _claim(
    sentence: str,
    amount: Amount,
    cues: Sequence[Cue],
    spans: list[tuple[int, int]],
    passage: Passage,
    memory: Memory,
    earlier: list[BudgetFigure],
) -> Claim:
    """The measure: what words and unit claim, settled by the circumstances that the sentence tells."""
    claim = _first_claim(sentence, amount, cues, spans, passage, memory, earlier)
    if amount.unit == "percent":
        return claim
    measured = [figure.measure for figure in earlier if figure.unit == "GBP"]
    return framed(claim, sentence, memory.sentence, amount, _per(sentence, amount), measured)


def _first_claim(
    sentence: str,
    amount: Amount,
    cues: Sequence[Cue],
    spans: list[tuple[int, int]],
    passage: Passage,
    memory: Memory,
    earlier: list[BudgetFigure],
) -> Claim:
    """The measure: by the amount's own words, by its unit, else as the texts around it suggest."""
    others = [s for s in spans if s != (amount.start, amount.end)]
    if amount.unit == "percent":
        near = sentence[max(0, amount.start - 60) : amount.end + 30]
        told = RATE.search(near) and not ON_TOP.search(sentence[: amount.start])
        return Claim("rate" if told else "share", 9, "measure.percent")
    per = _per(sentence, amount)
    if is_level(sentence, amount):
        cues = cues_of_level(sentence, cues, amount)
        earlier = [figure for figure in earlier if figure.measure != "variance"]
    if not is_price(amount, per):
        cues = [cue for cue in cues if cue.measure != "rate"]
    claim = measure_of(sentence, amount.start, amount.end, cues, others)
    limit = claim.measure == "other" and claim.strength > 4
    kept = claim.measure != "rate" and not (claim.measure == "cost" and amount.per and amount.per != "unit")
    average = claim.measure == "cost" and claim.strength > 4 and (
        per == "unit" and not amount.per or AVERAGED.search(sentence) is not None
    )
    if per in ("hour", "day", "week", "unit") and not (average or limit or claim.strength >= 12.5 and kept):
        return Claim("rate", 9, "measure.per")
    if PAYS.search(passage.lead) and per is None and _ends_an_entry(sentence, amount):
        return Claim("expenditure", 8.0, "measure.payments")
    if passage.lead_measure and claim.strength < 12 and sentence[: amount.start].endswith("("):
        return Claim(passage.lead_measure, 6.0, "measure.part_of_lead")
    before = next((figure for figure in reversed(earlier) if figure.unit == "GBP"), None)
    if before and COMPARED.search(sentence[: amount.start]):
        return Claim(before.measure, 6.0, "measure.compared")
    if amount.low < 1 and "pence" in amount.raw:
        return Claim("rate", 8, "measure.pence")
    if amount.signed and claim.measure not in MOVED:
        moved = measure_of(sentence, amount.start, amount.end, [c for c in cues if c.measure in MOVED], others)
        if moved.strength > 0:
            return moved
        return Claim(memory.measure if memory.measure in MOVED else "variance", 4.0, "measure.signed")
    vague = claim.rule in VAGUE and passage.lead_measure is not None
    if claim.strength > 2.5 and not vague:
        return claim
    if claim.strength <= 0 and not earlier:
        named = measure_of(sentence, amount.start, amount.end, find_cues(sentence, label=True), others)
        if named.strength > NAMED and named.measure != "rate":
            return replace(named, strength=NAMED)
    if earlier and earlier[-1].unit == "GBP":
        return Claim(earlier[-1].measure, 3.0, "measure.same_sentence")
    if any(
        amount.end < fund.start and FROM.fullmatch(sentence, amount.end, fund.start) for fund in find_funds(sentence)
    ):
        return Claim("funding", 3.0, "measure.fund")
    at = AT.search(sentence[: amount.start])
    if at and (at["verb"] or "").lower() not in STANDS:
        return Claim("cost", 3.0, "measure.at")
    by_lead = passage.lead_measure or label_measure(passage.lead)
    by_heading = label_measure(passage.heading)
    if by_lead is not None:
        return Claim(by_lead, 3.0, "measure.lead")
    if memory.measure is not None:
        return Claim(memory.measure, 2.6, "measure.before")
    if by_heading is not None:
        return Claim(by_heading, 2.6, "measure.heading")
    said = [cue for cue in cues if cue.end <= amount.start] or cues[:1]
    return claim if claim.strength or not said else Claim(said[-1].measure, 1.0, "measure.distant")


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


def _per_around(sentence: str, amount: Amount, earlier: list[BudgetFigure]) -> Per | None:
    """A household's tax is a year's; the level that a rise of so much a week leads to is a week's; a price of what is
    sold one by one is that of one."""
    if is_of_household(sentence, amount):
        return "year"
    if earlier and is_level(sentence, amount):
        return earlier[-1].per
    return "unit" if amount.low < UNIT_MOST and is_sold_singly(sentence) else None


def _per(sentence: str, amount: Amount) -> Per | None:
    """The period behind the amount, or words in front of it ("annual", "hourly", "the price of an hour") that tell."""
    if amount.per or amount.unit == "percent":
        return amount.per
    lead = re.split(r"[.;£]", sentence[max(0, amount.start - 70) : amount.start])[-1]
    for pattern, per in PERIODS_BEFORE:
        if pattern.search(lead):
            return per
    return (
        "year" if re.match(r"\s*(?:\w+\s){0,2}(?:annual(?:ly)?|full[- ]year)\b", sentence[amount.end :], re.I) else None
    )
