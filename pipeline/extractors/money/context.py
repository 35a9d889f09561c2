"""What an amount measures, from the words around it.

Every cue of `rules/measures.yaml` in a sentence claims each amount, the more strongly the nearer it stands and the
fewer borders (punctuation, other amounts) lie between. The strongest claim wins; a weak win is told by a low
confidence, none at all by the measure `other`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from pipeline.needles import Sought, first_letters
from pipeline.records import Basis, Measure
from pipeline.rules import load

LINK_LEFT = re.compile(
    r"(?:\b(?:of|is|was|are|were|be|at|by|to|from|totall?ing|amount(?:ing|s|ed)? to|(?:total|sum)(?: of)?|for|being|"
    r"stands? at|stood at|around|approximately|circa|about|over|under|up to|some|a|an|the|further|additional|"
    r"in the region of|estimated|approx|between|just|nearly|almost|only|roughly"
    r"|in excess of|another|than|more|less|o|hyd at|yw|oedd)|[:=(–-])\s*",
    re.I,
)
LINK_RIGHT = re.compile(
    r"\s*(?:\b(?:of|in|for|from|to|the|a|an|per annum|annual|additional|worth of|as|net|gross)\b\s*)*", re.I
)
NAME = re.compile(
    r"(?<=[A-Za-z’'&] )(?<!^The )(?:Budgets?|Costs?|Investments?|Income|Rates?|Fees|Charges?|Contracts?|Savings|"
    r"Value|Assets?|Balances?|Pay(?! [Aa]wards?)|Payments?|Spending|Borrowing|Debts?|Pressures?|Procurement|"
    r"Disposals?)\b"
)
"""Title-case names ("Non Attributable Costs", "Delegated Budgets") whose nouns name something, not an amount."""
WORD = re.compile(r"[\w’']+")
CUE_START = re.compile(r"[^\s\d](?<![\w-].)")
BORDER = re.compile(r"[,()]|\band\b")
STOP = re.compile(r"[;.:]\s")
CLAUSE = re.compile(r"[,;:.()]|\b(?:and|by|with|when|if|which|that)\b")
COMPLEMENT = re.compile(r"\s(?:of|for|from|to)\s(?:(?:the|its|our|their|this|an?|new|all)\s)*(?:\w+\s){0,1}")
OUT_OF_REACH = 400
"""Characters between a cue and an amount beyond which no claim is left."""
HEADS, HEADED = ("cost", "transfer", "income", "debt"), 4
"""Measures whose nouns are heads; what a head noun takes from the noun behind its "of"."""
SUBORDINATE = re.compile(r"\b(?:if|because|since|although|while|whilst|unless)\b")
SET_AGAINST = re.compile(r"\b(?:against|compared (?:to|with))\b")
"""What stands behind an amount and leads to another that it is held against."""
OF_IT = re.compile(r"\sof\b", re.I)
"""A transfer of so much of a thing is a transfer of it."""
OF_THE = re.compile(r"\s(?:of|in) (?:the|its|our|their|this)\s(?:\S+\s){0,2}")
PASSIVE = re.compile(
    r"(?:\sof\s(?:[\w’'/-]+\s?){1,5}?)?\s(?:(?:has|have|had|is|was|were|are|be|being|been|to|will|would|could|should)\s)+"
    r"(?:\w+ly\s)?",
    re.I,
)
"""What leads from an amount to the verb that says what becomes of it ("£5m of budget has been carried forward")."""
MOVES = re.compile(r"\s(?:from|to|into)\b")
FROM_THE = re.compile(r"\s(?:from|to|into) (?:the |our |its )?(?:[\w’'-]+\s){0,4}")
CHANGE = re.compile(r"\bfrom\s(?:\w+\s){0,2}$", re.I)
ASIDE = re.compile(r", (?:after|before) [^,£]{1,50},(?= of)")
BASIS = re.compile(r"\b(net|gross)\b(?! (?:zero|book|floor))", re.I)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass(slots=True, frozen=True)
class Cue:
    """A word that claims amounts."""

    start: int
    end: int
    measure: Measure
    weight: float
    rule: str


@dataclass(slots=True, frozen=True)
class Claim:
    """The winning measure of an amount."""

    measure: Measure
    strength: float
    rule: str
    margin: float = 99.0
    """By how much it is stronger than the strongest claim of another measure."""
    seconded: bool = False
    """Whether another word claims the same measure."""


Patterns = dict[str, re.Pattern[str]]
"""By letter one pattern of all cues that begin with it: at each word only these few are tried."""


@lru_cache(maxsize=2)
def _cues(labels_own: bool) -> Patterns:
    """The patterns of the cues that only a table's labels have, or of those that all texts have. A cue's group is
    called by its number among the rules."""
    by_letter: dict[str, list[str]] = {}
    for i, cue in enumerate(load("measures")["cues"]):
        if (cue.get("where") == "label") == labels_own:
            for letter in first_letters(cue["pattern"]):
                by_letter.setdefault(letter, []).append(f"(?P<c{i}>{cue['pattern']})")
    return {letter: re.compile(rf"(?:{'|'.join(own)})(?!\w)", re.I) for letter, own in by_letter.items()}


def _cues_in(text: str, tried: Sequence[Patterns]) -> Iterator[re.Match[str]]:
    """What the cues find, the first of them that fits at each word, none inside another."""
    end = 0
    for start in CUE_START.finditer(text):
        if start.start() < end:
            continue
        letter = start[0].casefold()
        for patterns in tried:
            pattern = patterns.get(letter)
            match = pattern.match(text, start.start()) if pattern else None
            if match:
                yield match
                end = match.end()
                break


@lru_cache(maxsize=1)
def _masks() -> Sought:
    return Sought(re.compile("|".join(f"(?:{mask['pattern']})" for mask in load("measures")["masks"]), re.I))


@lru_cache(maxsize=4096)
def find_cues(text: str, label: bool = False) -> tuple[Cue, ...]:
    """Every cue in `text`, idioms left out, and in running text (no `label`) words inside capitalised names too."""
    rules = load("measures")["cues"]
    masked = _masks().sub(_blank, text)
    if not label:
        masked = NAME.sub(_blank, masked)
    found = []
    for match in _cues_in(masked, (_cues(True), _cues(False)) if label else (_cues(False),)):
        rule = rules[int(cast(str, match.lastgroup)[1:])]
        found.append(Cue(match.start(), match.end(), cast(Measure, rule["value"]), float(rule["weight"]), rule["id"]))
    return tuple(found)


def measure_of(text: str, start: int, end: int, cues: Sequence[Cue], spans: list[tuple[int, int]]) -> Claim:
    """The strongest claim on the amount at `start`–`end` of `text`; `spans` are those of all amounts, in order."""
    best: tuple[float, Cue] | None = None
    made: list[tuple[float, Cue]] = []
    for cue in _headed(text, start, cues):
        if cue.start < end and cue.end > start or cue.end < start - OUT_OF_REACH or cue.start > end + OUT_OF_REACH:
            continue
        strength, distance = _strength(text, start, end, cue, spans)
        if cue.rule == "measure.comparison" and (cue.end <= start or distance > 1):
            continue  # "£5m more than last year", not "the levy of £5m on his council was more than"
        if strength > 0:
            made.append((strength, cue))
            best = made[-1] if best is None or strength > best[0] else best
    if best is None:
        return Claim("other", 0.0, "measure.none")
    strength, own = best
    rival = max((claimed for claimed, cue in made if cue.measure != own.measure), default=0.0)
    seconded = any(cue is not own and cue.measure == own.measure for _, cue in made)
    return Claim(own.measure, strength, own.rule, strength - rival, seconded)


def _headed(text: str, start: int, cues: Sequence[Cue]) -> list[Cue]:
    """The cues, a head noun's reaching over what it is the head of: "the cost of the contracts is £4m" is a cost."""
    made: list[Cue] = []
    for cue in cues:
        head = made[-1] if made and cue.end <= start else None
        if head and head.measure in HEADS and COMPLEMENT.fullmatch(text, head.end, cue.start):
            made[-1] = replace(head, end=cue.end)
            made.append(replace(cue, weight=cue.weight - HEADED))
        else:
            made.append(cue)
    return made


def _strength(text: str, start: int, end: int, cue: Cue, spans: list[tuple[int, int]]) -> tuple[float, int]:
    """How strongly the cue claims the amount, and how many words lie between."""
    left = cue.end <= start
    gap = text[cue.end : start] if left else text[end : cue.start]
    between = (cue.end, start) if left else (end, cue.start)
    words = len(WORD.findall(gap))
    amounts = bisect_right(spans, (between[1], 0)) - bisect_left(spans, (between[0], 0))
    strength = cue.weight - 0.55 * words - (6.0 if cue.measure == "variance" else 2.5) * amounts
    linked = left and _only_links(gap)
    strength -= 1.2 * len(BORDER.findall(gap)) + (0 if linked else 4) * len(STOP.findall(gap))
    if not left and gap.count("(") > gap.count(")"):
        strength -= 6  # an aside speaks of itself
    if linked:
        strength += 4.5 if cue.measure == "transfer" and OF_IT.match(gap) else 3
    elif not left and _claims_another(text, cue, spans):
        strength -= 3
    elif not left and (LINK_RIGHT.fullmatch(gap) or OF_THE.fullmatch(gap)):
        strength += 2 if MOVES.match(gap) else 3.5
    elif not left and cue.measure in ("reserve", "funding") and FROM_THE.fullmatch(gap):
        strength += 3.5
    elif not left and words and PASSIVE.fullmatch(gap):
        strength += 2.5
    elif not left and words <= 3 and not CLAUSE.search(gap):
        strength += 1.5
    elif not left:
        strength -= 1
    if not left and SUBORDINATE.search(gap):
        strength -= 2
    if not left and SET_AGAINST.search(gap):
        strength -= 4
    return strength, words


def _claims_another(text: str, cue: Cue, spans: list[tuple[int, int]]) -> bool:
    """Whether the cue leads straight to an amount behind it ("with a contribution of £4m")."""
    at = bisect_left(spans, (cue.end, 0))
    following = spans[at][0] if at < len(spans) else None
    return following is not None and _only_links(text[cue.end : following])


def _only_links(gap: str) -> bool:
    at = len(gap) - len(gap.lstrip())
    while at < len(gap):
        match = LINK_LEFT.match(gap, at)
        if not match or match.end() == at:
            return False
        at = match.end()
    return True


def basis_of(text: str, start: int, end: int) -> Basis | None:
    """net or gross, where the word qualifies the amount: in front of its noun phrase or in brackets behind it."""
    after = re.match(r"\s*\(?(net|gross)\b(?! of)", text[end : end + 12], re.I)
    if after:
        return cast(Basis, after[1].lower())
    lead = text[max(0, start - 70) : start]
    found = list(BASIS.finditer(lead))
    if not found:
        return None
    gap = ASIDE.sub("", lead[found[-1].end() :])
    if len(WORD.findall(gap)) <= 9 and not re.search(r"[,;.£]", gap):
        return cast(Basis, found[-1][1].lower())
    return None
