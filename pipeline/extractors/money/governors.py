"""The noun or the verb that an amount belongs to by grammar, however many others stand nearer.

Cues claim by nearness. Where the build of the sentence tells of what an amount is said, that word claims it:

- the phrase that the amount opens ("a £250,000 budget", "£40,000 of unspent grant"),
- a verb that moves something by the amount ("increase the budget by £3m"), which makes it a movement,
- the subject of a verb that states or moves a level ("the projected overspend for the Portfolio was £7m", "the budget
  had risen from £38m"), or its object ("to reduce the budget for repairs to £2m"),
- the head of the phrase that an "of" ends ("a carry forward for the Schools Block of £0.8m").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.money.amounts import SCALE, Amount
from pipeline.extractors.money.circumstances import PRICE_MOST
from pipeline.extractors.money.context import Claim, Cue, find_cues
from pipeline.extractors.money.frames import ABOUT

REACH, LINK = 220, 80
"""Characters before the amount in which its governor may stand, and in which what links the two does."""
STATED = (
    r"(?:\w+ly|now|still|also|then|therefore|again|expected|estimated|forecast|projected|predicted|anticipated|assessed"
    r"|calculated|reported|budgeted|set|put|shown|identified|confirmed|planned|this year|last year|next year)"
)
MOVE = (
    r"(?:increas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|decreas(?:e|es|ed|ing)"
    r"|r[io]s(?:e|es|en|ing)|f[ae]ll(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|cut(?:s|ting)?|uplift(?:ed|ing)?|revis(?:e|es|ed|ing)"
    r"|adjust(?:s|ed|ing)?|amend(?:s|ed|ing)?|chang(?:e|es|ed|ing)|drop(?:s|ped|ping)?|go(?:es|ne)?|went"
    r"|improv(?:e|es|ed|ing)|worsen(?:s|ed|ing)?|mov(?:e|es|ed|ing)|exceed(?:s|ed|ing)?|br(?:ings?|ought|inging)|tak(?:e|es|en|ing)|took)"
)
"""Verbs of movement."""
VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|being|remain(?:s|ed|ing)?|stand(?:s|ing)?|stood|total(?:s|led)|amount(?:s|ed) to"
    rf"|c[ao]mes? to)\s(?:(?:{STATED}|to be|as|at|to|between|being)\s)*{ABOUT}$",
    re.I,
)
"""A verb that says of its subject how much it is."""
SAYING = ("is ", "was ", "are ", "were ", "be", "remain", "stand", "stood", "total", "amount", "me to", "mes to")
"""What such a verb holds, quickly looked for."""
LEVEL = re.compile(
    rf"\b{MOVE}\s(?:(?:up|down|upwards|downwards|further)\s)?"
    rf"(?:(?:by|from)\s£?[\d,.]+\s?(?:{SCALE}|%|per cent)?,?\s)?"
    rf"(?:from|to)\s{ABOUT}$",
    re.I,
)
"""A verb that says of its subject where it comes from or leads to."""
OBJECT = re.compile(
    rf"\b{MOVE}\s(?P<object>(?:[^\s.;£]+\s){{1,14}}?)(?:by\s£[\d,.]+\s?(?:{SCALE})?,?\s)?"
    rf"(?:from|to)\s{ABOUT}$",
    re.I,
)
"""The same, of its object."""
SET_AT = re.compile(
    r"\b(?:set|fix(?:ed|ing)?|cap(?:ped|ping)?|keep|kept|hold|freeze|maintain(?:ed|ing)?|establish(?:ed|ing)?)\s"
    rf"(?P<object>(?:[^\s.;£]+\s){{1,16}}?)at\s{ABOUT}$",
    re.I,
)
"""A verb that sets its object at so much."""
MOVED_BY = re.compile(rf"\b{MOVE}\s(?:[^\s.;£]+\s){{0,14}}?by\s{ABOUT}(?:an?\s)?(?:further\s|additional\s)?$", re.I)
"""A verb that moves its subject or its object by so much."""
OF = re.compile(rf"\b(?:of|totall?ing|amounting to)\s{ABOUT}$", re.I)
BOUNDARY = re.compile(
    r"[.;:–•]\s|,\s(?:and|but|while|whilst|so|with|of)\s|,\s(?=which\s\S)|\band\s(?=(?:its|their)\s)"
    r"|\bwith\s(?=(?:an?|the)\s)|\b(?:that|because|since|if|when|where|while|whilst|although|being|as)\s",
    re.I,
)
FINITE = re.compile(
    r"\b(?:is|was|are|were|has|had|have|will|would|should|could|can|may|might|said|show(?:s|ed)|means?|meant|includ(?:es?|ed|ing)|there|been|be)\s",
    re.I,
)
AUXILIARY = re.compile(
    r"(?:,?\s(?:which|that))?(?:\s(?:has|have|had|will|would|could|may|might|should|also|then|now|been|be|is|was|were|are"
    r"|to|expected|forecast|estimated))*\s*$"
)
PARTICIPLE = re.compile(r"(?:payable|paid|spent|received|allocated|funded|collected|raised|saved)\b", re.I)
"""A word behind a noun that says more of it ("the allowance payable to the Chairman")."""
ASIDE = re.compile(r"\([^()]*\)")
LEADS = re.compile(r"\s(?:of|by|in)$", re.I)
"""The end of a cue that leads to its complement ("a reduction of income")."""
PRONOUN = re.compile(r"\b(?:this|it|they|these|that|which)\s*$", re.I)
"""A subject that says nothing of itself."""
ADJUNCT = re.compile(r"\s*(?:in|for|at|by|during|as at|since|on|of|under|following)\b[^,]{1,60},\s", re.I)
"""What stands before a subject ("In 2024/25, the total budget …")."""
PREPOSITION = re.compile(
    r"\s(?:of|in|for|from|to|by|on|at|with|against|since|per|between|within|across|over|under|into|towards)\s", re.I
)
EMPTY = frozenset(
    {"value", "values", "level", "levels", "amount", "amounts", "total", "sum", "figure", "figures", "position", "rest"}
    | {"remainder", "extent", "size", "element", "part", "portion", "proportion"}
)
"""Heads that say nothing of what is measured; their complement does."""
PREDICATE = re.compile(
    r"\s(?:\w+ly )?(?:over|under|above|below|more|less|higher|lower|adverse|favourable|overspen|underspen|short|worse"
    r"|better|in (?:deficit|surplus|excess)|beyond|was|were|has been|had been)",
    re.I,
)
"""What says more of the amount itself than its subject does ("the outturn was £3m over budget")."""
DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "its", "our", "their", "his", "further", "additional", "another", "initial"}
    | {"original", "new", "extra", "overall", "net", "gross", "council's", "council’s", "year's", "year’s", "of"}
)
ROUNDED = frozenset({"about", "around", "circa", "approximately", "nearly"})
INNER = (
    r"(?:(?!(?:of|in|for|from|to|by|on|at|with|against|and|or|was|were|is|are|be|has|had|have|will|would|per|each|that"
    r"|which|over|under|more|less|than|into|as|a|an|the|towards|being|it)\b)[\w’'/-]+\s)"
)
COMPOUND = re.compile(rf"\s{INNER}{{0,4}}", re.I)
"""Words of one phrase between an amount and the noun that it belongs to."""
PART = re.compile(rf"\s(?:of|worth of)\s(?:the\s|its\s|our\s|their\s)?{INNER}{{0,6}}", re.I)
"""The same, where the amount is so much of a thing."""
TO_ANOTHER = re.compile(rf"\s(?:of\s)?{ABOUT}£", re.I)
"""What leads from a word to the next amount, which is the one that it claims."""
OPENS_PART = (" of ", " worth of ")
PREDICATED = re.compile(r"\s(?:has|have|had|is|was|were|are|be|being|been|to be|will|would|could|should)\b", re.I)
PRICED = re.compile(rf"\b(?:costs?|prices?|values?|rents?|sum) of {ABOUT}$", re.I)
"""What a thing spoken of before it comes to ("a transfer of the site at a cost of £1.7m")."""
SUBJECT, CHAIN, HEAD, OF_IT, MOVED = 14.5, 11.5, 13.5, 13.3, 13.0
"""How strongly each kind of governor claims."""
RESULTS = ("overspend", "underspend", "variance", "saving", "contribution", "transfer")
"""Heads that keep what an "of" brings behind whatever they are of ("a surplus on the fund of £2m")."""
WEAK = 6.0


def governed(text: str, amount: Amount, cues: Sequence[Cue], spans: Sequence[tuple[int, int]]) -> Claim | None:
    """The claim of the word that governs the amount; None where the sentence's build tells none."""
    own = _of_own_phrase(text, amount, cues)
    if own is not None:
        return own
    lead = text[max(0, amount.start - REACH) : amount.start]
    offset = amount.start - len(lead)
    near = max(0, len(lead) - LINK)
    by = MOVED_BY.search(lead) if " by " in lead[near:] and amount.per in (None, "year") else None
    if by:
        return Claim("saving" if by[0][:3].lower() == "cut" else "variance", MOVED, "measure.moved_by", 8.0)
    if PREDICATE.match(text, amount.end):
        return None
    before = [cue for cue in cues if cue.end <= amount.start]
    if "(" in lead:
        lead = ASIDE.sub(lambda aside: " " * len(aside[0]), lead)
        before = [cue for cue in before if cue.start < offset or lead[cue.start - offset] != " "]
    leads = " to " in lead[near:] or " from " in lead[near:]
    level = LEVEL.search(lead, near) if leads else None
    moved = OBJECT.search(lead) if leads and not level else None
    if moved is None and " at " in lead[near:]:
        moved = SET_AT.search(lead)
    head = moved and _head_of(lead, moved.start("object"), moved.end("object"), offset, before, True)
    if head:
        return _claim(head, SUBJECT)
    behind = max([0, *(end - offset for _, end in spans if end <= amount.start)])
    says = VERB.search(lead, near) if any(map(lead[near:].lower().__contains__, SAYING)) else None
    for found, floor in ((says, behind), (level, 0)):
        if found:
            head = _head(lead, floor, found.start(), offset, before, True)
            head = head or _head(lead, floor, found.start(), offset, _named(text, amount), True)
            return None if head is None else _claim(head, SUBJECT)
    found = OF.search(lead, near)
    head = _head(lead, behind, found.start(), offset, before, False) if found else None
    if head is None or PRICED.search(lead, near):
        return None
    result = head.measure in RESULTS and " against " not in lead[head.end - offset :]
    return _claim(head, SUBJECT if result else CHAIN)


def _named(text: str, amount: Amount) -> list[Cue]:
    """The cues of a text, those within names too."""
    return [cue for cue in find_cues(text, label=True) if cue.measure != "rate" or amount.low < PRICE_MOST]


def _claim(cue: Cue, strength: float) -> Claim:
    return Claim(cue.measure, strength, cue.rule, 8.0)


def _of_own_phrase(text: str, amount: Amount, cues: Sequence[Cue]) -> Claim | None:
    """The head of the phrase that the amount opens: "a £250,000 budget", "£40,000 of unspent grant"."""
    behind = [cue for cue in cues if cue.start >= amount.end]
    if not behind:
        return None
    ways = [(PART, OF_IT)] if text.startswith(OPENS_PART, amount.end) else []
    if _is_determined(text[max(0, amount.start - 40) : amount.start]):
        ways.append((COMPOUND, HEAD))
    for way, strength in ways:
        inside = [cue for cue in behind if way.fullmatch(text, amount.end, cue.start)]
        inside = [cue for cue in inside if TO_ANOTHER.match(text, cue.end) is None]
        strong = [cue for cue in inside if cue.weight > WEAK] or inside
        if strong and not (way is PART and PREDICATED.match(text, strong[-1].end)):
            return _claim(strong[-1], strength)
    return None


def _head(lead: str, floor: int, end: int, offset: int, cues: Sequence[Cue], subject: bool) -> Cue | None:
    """The head noun's cue of the last phrase of `lead` before `end`; `lead` starts at `offset` of its sentence."""
    if subject:
        end = AUXILIARY.search(lead, 0, end).start()  # type: ignore[union-attr]
    start = max((m.end() for m in BOUNDARY.finditer(lead, floor, end)), default=floor)
    start = max([start, *(m.end() for m in FINITE.finditer(lead, start, end))])
    if PRONOUN.search(lead, start, end):
        return None
    adjunct = ADJUNCT.match(lead, start, end)
    return _head_of(lead, adjunct.end() if adjunct else start, end, offset, cues, subject)


def _head_of(lead: str, start: int, end: int, offset: int, cues: Sequence[Cue], subject: bool) -> Cue | None:
    """The head noun's cue of the phrase at `start`–`end` of `lead`: the last before its first preposition."""
    inside = [cue for cue in cues if cue.start >= offset + start and cue.end <= offset + end]
    if not inside:
        return None
    cut = next((m for m in PREPOSITION.finditer(lead, start, end) if not _within(m, offset, inside)), None)
    if not subject and (_is_empty(lead[start:end]) or "," in lead[inside[0].end - offset : end]):
        return None
    before = [cue for cue in inside if cut is None or cue.start < offset + cut.start() + 1]
    if before:
        led = next((cue for cue in before if LEADS.search(lead, cue.start - offset, cue.end - offset)), None)
        if led:
            return led
        strong = [cue for cue in before if cue.weight > WEAK] or before
        nouns = [cue for cue in strong if not PARTICIPLE.match(lead, cue.start - offset)]
        strong = nouns or strong
        return None if strong[-1].weight <= WEAK + 1 < max(cue.weight for cue in inside) else strong[-1]
    return inside[0] if cut and _is_empty(lead[start : cut.start()]) else None


def _within(match: re.Match[str], offset: int, cues: Sequence[Cue]) -> bool:
    """Whether a preposition is a part of a cue ("under spend")."""
    at = match.start() + 1 + offset
    return any(cue.start <= at < cue.end for cue in cues)


def _is_empty(phrase: str) -> bool:
    """Whether a phrase ends in a head that says nothing of what is measured."""
    return phrase.rstrip().rpartition(" ")[2].lower() in EMPTY


def _is_determined(lead: str) -> bool:
    """Whether an article or the like stands before the amount, so that a noun belongs behind it; "out of" as well."""
    words = lead.lower().split()
    while words and words[-1] in ROUNDED:
        words.pop()
    return bool(words) and words[-1] in DETERMINERS and (words[-1] != "of" or words[-2:] == ["out", "of"])
