"""What a clause does: its first verb, as one of the actions of the data dictionary.

Verbs and constructions are data (`rules/actions.yaml`). A verb counts where it acts: at the start of the clause,
after the body that decides, or in the passive ("be approved"). "The approved plan" acts not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from pipeline import rules
from pipeline.extractors.decisions.grammar import expand, likely
from pipeline.records import Action

LEADING: frozenset[str] = frozenset({"recommend", "request", "delegate", "authorise", "note"})
"""Actions of a lead-in that its limbs only fill out: "to ask the Director to: (a) review ... (b) report ..."."""

NOUN_AFTER_ALL = re.compile(r"\s+(?:was|were|is|are|had|has|of|from|would|will)\b|\s*[:–—]|\s*$")
"""After "support" or "update" these tell that the word is a noun."""
ASKED = re.compile(r"\b(?:is|are)\s+\w*\s*(?:asked|requested|invited|recommended)$", re.IGNORECASE)
"""How a report leads in to what the body is to do: no action of the body's own."""
CONDITION = re.compile(
    r"\W*(?:if|in\s+the\s+event|subject\s+to|where|should|following|having|pursuant\s+to|under|in\s+accordance\s+with)\b"
    r"[^;:]{0,240}?,\s+(?=to\s+[a-z]|(?:approves?|agrees?|notes?|delegates?|authorises?|adopts?|awards?)\s)",
    re.IGNORECASE,
)
"""What must come about first: "If no objections are received, to authorise ..."."""
THAT_LAST = re.compile(r"\bt\s?h\s?a\s?t[\s:;–—-]*$", re.IGNORECASE)
"""A lead-in that leaves its verb to the limbs; some print T H A T."""
INFINITIVE = re.compile(r"\W*(?:and\s+|also\s+|that\s+)?[Tt]o\s+(?:(?:[a-z]+ly|otherwise)\s+)?(?P<verb>[a-z]+)\b")
SHALL_BE = re.compile(r"\bbe\s", re.IGNORECASE)
THAT_FIRST = re.compile(r"\W*that\b", re.IGNORECASE)
DEED = re.compile(
    r"(?<!to )(?<!may )(?<!can )(?<!could )\bbe\s+(?:\w+ly\s+|also\s+|now\s+|not\s+)*"
    r"(?P<verb>[a-z]+(?:ed|en|[^s]t|ade|eld|ept|aid|old|und|one|un)|put|led)\b(?!\s+(?:to|for)\s+be\b)"
    r"|^\W*that\s[^,;:]{3,90}?\s(?:(?:would|will|should|shall)\s+(?!be\b|have\b)[a-z]+"
    r"|(?:remain|stay|rise|fall|go|come|stand|continue|begin|start|cease|take)(?:e?s)?)\b",
    re.IGNORECASE,
)
"""What is to become of something, or what somebody is to do, in whatever verb."""
NO_VERB = re.compile(
    r"(?:the|an?|this|that|these|those|all|any|each|its|their|full|which|whom|council|cabinet|committee|be|have)$"
)
PLURAL = re.compile(r"[a-z]+s\s+(?:to|of|in|for|from|at|on|made|set)\b", re.IGNORECASE)
NOUNS: frozenset[str] = frozenset({"other", "amend", "request", "consider", "award", "approve", "note"})
"""A noun that looks like a verb, by what the verb would do, where what shall become of it follows ("changes to the
scheme be approved")."""
NAME = re.compile(
    r"(?:Fund|Awards?|Reviews?|Updates?|Transfers?|Support|Records?|Changes?|Requests?|Grants?|Comments?|Reports?|Set"
    r"|Task|Mandate|Press|Object|Direct|Permit|Join)$"
)
"""Verbs that, with a capital behind a body's name, are part of another name."""
POWER = re.compile(r"\bdelegated\s+authority\s+$", re.IGNORECASE)
"""No authority that acts: "in line with the delegated authority granted in May"."""
HEADS = r"(?:decision to|that|and|also|further|to|in addition|additionally|hereby|then)"
MODALS = (
    r"(?:will|would|should|shall|do|does|to|resolves? to|resolved to|hereby|formally|unanimously|therefore"
    r"|also|now|further|otherwise|not|has|have|seeks? to|is asked to|are asked to|be|is)"
)
PASSIVE_HOW = r"(?:\w+ly\s+|also\s+|now\s+|therefore\s+|further\s+|not\s+)*"
FROM_MARKER: dict[str, Action] = {
    "agreed": "agree",
    "approved": "approve",
    "noted": "note",
    "deferred": "defer",
    "refused": "reject",
    "recommended": "recommend",
}


def action_of(text: str, *, lead: Action | None = None, lead_in: str = "", marker: str = "") -> Action:
    """The action of a clause.

    `lead` is the action of the lead-in that introduces it, `lead_in` its words, `marker` the kind of the
    decision's marker: they speak for a clause that has no verb of its own.
    """
    if lead in LEADING:
        return lead
    if marker == "noted" and lead is None and THAT_FIRST.match(text) and SHALL_BE.search(text) is None:
        return "note"  # a fact is told, whatever its verb
    own = own_action(text, listed=lead is not None and THAT_LAST.search(lead_in) is None and not THAT_FIRST.match(text))
    if own is not None and (own != "other" or lead is None):
        return own
    if lead is not None and (lead == "note" or not _tells_deed(text)):
        return lead
    unlisted = _unknown_infinitive(text) or (marker != "noted" and _tells_deed(text))
    return "other" if unlisted else FROM_MARKER.get(marker, "other")


def own_action(text: str, *, listed: bool = False) -> Action | None:
    """The action of a clause's own verb, None without one. `listed`: it stands in a list of things."""
    condition = CONDITION.match(text)
    if condition is not None:
        text = text[condition.end() :]
    opening = _opening().match(text)
    acting = [m for m in (opening, _acting_body(text[:320])) if m]
    passive = None if listed else _passive().search(text)
    if (
        opening is not None
        and passive is not None
        and PLURAL.match(text, opening.start("verb"))
        and _actions()[_plain(opening["verb"])] in NOUNS
    ):
        opening, acting = None, acting[1:]
    first_verb = min((m.start("verb") for m in (*acting, passive) if m), default=len(text))
    for rule in likely("constructions", text, "actions"):
        built = rule.pattern.search(text)
        if built is not None and not (rule.values.get("yields") and first_verb < built.start()):
            return cast(Action, rule.get("action"))
    if opening is None and _unknown_infinitive(text):
        return None
    found = [(m.start("verb"), _actions()[_plain(m["verb"])]) for m in (*acting, passive) if m]
    if found:
        return min(found)[1]
    if listed:
        return None
    late = next((m for m in _past_passive().finditer(text) if not ASKED.search(m[0])), None)
    return _actions()[_plain(late["verb"])] if late else None


def _tells_deed(text: str) -> bool:
    """Whether a clause has a verb of its own that is none of the listed ("that fees rise", "the loss be met")."""
    found = DEED.search(text if THAT_FIRST.match(text) else re.split("[,;:]", text, maxsplit=1)[0])
    return found is not None and (found["verb"] or "").lower() not in _actions()


def _unknown_infinitive(text: str) -> bool:
    """Whether a clause opens with a deed that has no action of its own ("to sell the mill if it be approved")."""
    found = INFINITIVE.match(text)
    return found is not None and found["verb"] not in _actions() and NO_VERB.match(found["verb"]) is None


def _acting_body(text: str) -> re.Match[str] | None:
    """A verb after the body that acts; "Council Fund" and "Board Review" are names."""
    return next(
        (
            m
            for m in _after_body().finditer(text)
            if (NAME.match(m["verb"]) is None or text[m.end() :].startswith(" that"))
            and POWER.search(text[: m.start("verb")]) is None
        ),
        None,
    )


def acts_early(text: str) -> bool:
    """Whether a passage soon says what is to be done: "the Council adopts", "the plan be approved"."""
    body = _acting_body(text[:140])
    return (body is not None and body.start() < 70) or _passive().search(text) is not None


def passive_action(text: str) -> Action | None:
    """The action of "be approved" and the like in a text; None without one."""
    found = _passive().search(text)
    return _actions()[_plain(found["verb"])] if found else None


def opens_with_verb(text: str) -> bool:
    """Whether a passage reads as a clause by its first word: "APPROVE ...", "To note ...", "Delegates ..."."""
    found = _opening().match(text)
    return found is not None and NOUN_AFTER_ALL.match(text, found.end()) is None


def _plain(verb: str) -> str:
    return re.sub(r"\s+", " ", verb.lower())


@lru_cache(maxsize=1)
def _actions() -> dict[str, Action]:
    """Every form of every verb, with its action."""
    forms: dict[str, Action] = {}
    for entry in rules.load("actions")["verbs"]:
        for verb in entry["verbs"]:
            for form in inflections(verb):
                forms.setdefault(form, entry["action"])
    return forms


def inflections(verb: str) -> list[str]:
    """Base, third person, past and -ing of a regular verb; of a phrase, its first word bends.

    >>> inflections("carry forward")
    ['carry forward', 'carries forward', 'carried forward', 'carrying forward']
    """
    word, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    irregular = {
        "veto": ["vetoes", "vetoed", "vetoing"],
        "undertake": ["undertakes", "undertook", "undertaken", "undertaking"],
        "take": ["takes", "took", "taken", "taking"],
        "pass": ["passes", "passed", "passing"],
        "add": ["adds", "added", "adding"],
        "pay": ["pays", "paid", "paying"],
        "set": ["sets", "setting"],
        "write": ["writes", "wrote", "written", "writing"],
        "seek": ["seeks", "sought", "seeking"],
        "co-opt": ["co-opts", "co-opted", "co-opting"],
        "coopt": ["coopts", "coopted", "coopting"],
        "buy": ["buys", "bought", "buying"],
        "permit": ["permits", "permitted", "permitting"],
        "remit": ["remits", "remitted", "remitting"],
        "defer": ["defers", "deferred", "deferring"],
        "refer": ["refers", "referred", "referring"],
        "vire": ["vires", "vired"],
    }.get(word)
    if irregular is None:
        if word.endswith("e"):
            irregular = [word + "s", word + "d", word[:-1] + "ing"]
        elif word.endswith("y") and word[-2] not in "aeiou":
            irregular = [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
        else:
            irregular = [word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s"), word + "ed", word + "ing"]
    return [form + tail for form in (word, *irregular)]


def _any(*, participles: bool) -> str:
    forms = sorted(_actions(), key=len, reverse=True)
    if participles:
        forms = [f for f in forms if f.split()[0].endswith(("ed", "id", "en", "et", "ht"))]
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """A verb at the start of the clause."""
    return re.compile(
        rf"\W*(?:{HEADS}[\s,:;]+)*(?:(?:{MODALS})\s+)*(?:agrees?\s+to\s*:\s*)?"
        rf"(?P<verb>{_any(participles=False)})\b(?!['’])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _after_body() -> re.Pattern[str]:
    """A verb after the body that acts."""
    office = r"(?:\s+(?:for|of)(?:,?\s+(?:and\s+|&\s+|the\s+)?(?-i:[A-Z])[\w’']*){1,9}?)?"
    subject = expand(rf"(?:{{{{bodynoun}}}})(?:\s+[Mm]embers)?{office}|it|they|we|[Aa]mendment|[Ss]crutiny")
    return re.compile(
        rf"\b(?:{subject})\b(?:\s*,[^,]{{3,150}},)?\s+(?:(?:{MODALS})\s+)*"
        rf"(?P<verb>{_any(participles=False)})\b(?!['’])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _passive() -> re.Pattern[str]:
    """ "be approved": what shall be, not what was."""
    return re.compile(
        rf"(?<!to )(?<!may )(?<!can )(?<!will )(?<!would )(?<!should )(?<!must )(?<!could )"
        rf"(?<!cannot )\bbe\s+{PASSIVE_HOW}(?P<verb>{_any(participles=True)})\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _past_passive() -> re.Pattern[str]:
    """ "was noted", "to be approved": the weakest sign."""
    return re.compile(
        rf"\b(?:was|were|is|are|be|been)\s+{PASSIVE_HOW}(?P<verb>{_any(participles=True)})\b", re.IGNORECASE
    )
