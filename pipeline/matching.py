"""When a predicted record is the one that gold means, and which of its attributes are right.

The rules are those of the guide to gold: words are compared without case, punctuation and style of dashes; a
quotation must begin and end where the record does, give or take a few words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Gold = Mapping[str, Any]
Row = dict[str, Any]
Checks = dict[str, bool]

DASHES_AND_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": ""}
)
TITLE_OVERLAP = 0.7
LABEL_OVERLAP = 0.6
PENNY = Decimal("0.005")
WORDS_BEFORE, WORDS_AFTER = 4, 3
OPTION_WORDS_BEFORE = 8
NO_SERVICE_NAME = {"service", "services", "and", "the", "of"}


def words(text: object) -> list[str]:
    """Lower-case runs of letters and runs of digits: "Item 7(a)" is item, 7, a."""
    folded = unicodedata.normalize("NFKC", str(text or "")).translate(DASHES_AND_QUOTES).lower()
    return re.findall(r"[a-z]+|\d+", folded)


def position(needle: Sequence[str], hay: Sequence[str]) -> int:
    """Where the words of `needle` stand together in `hay`; -1 where they do not."""
    length = len(needle)
    return next((i for i in range(len(hay) - length + 1) if hay[i:i + length] == needle), -1)


def bounded(starts: Sequence[str], ends: Sequence[str], text: Sequence[str]) -> bool:
    """Whether a record of these words begins and ends where gold says, within a few words."""
    tail = text[-(len(ends) + WORDS_AFTER):]
    return 0 <= position(starts, text) <= WORDS_BEFORE and position(ends, tail) >= 0


def pair(
    gold: Sequence[Gold], predicted: Sequence[Row], likeness: Callable[[Gold, Row], float]
) -> tuple[list[tuple[Gold, Row]], list[Row]]:
    """Pairs of gold and prediction, each used once, in the order of gold; and the predictions left over."""
    free = list(predicted)
    pairs = []
    for wanted in gold:
        best = max(free, key=lambda row: likeness(wanted, row), default=None)
        if best is not None and likeness(wanted, best) > 0:
            free.remove(best)
            pairs.append((wanted, best))
    return pairs, free


def same_number(a: object, b: object) -> bool:
    """Whether two item numbers are printed alike, but for a final dot."""
    return str(a or "").strip(" .").lower() == str(b or "").strip(" .").lower()


# agenda items


def item_likeness(gold: Gold, row: Row) -> float:
    """Share of words that two titles have in common, the number as a tie-breaker."""
    a, b = words(gold["title"]), words(row["title"])
    common = sum(min(a.count(word), b.count(word)) for word in set(a))
    overlap = 2 * common / (len(a) + len(b)) if a or b else 1.0
    return overlap + 0.5 * same_number(gold.get("number"), row["number"]) if overlap >= TITLE_OVERLAP else 0.0


def item_checks(gold: Gold, row: Row) -> Checks:
    """Number, and whether it was cut."""
    checks = {"number": same_number(gold.get("number"), row["number"])}
    if "truncated" in gold:
        checks["truncated"] = bool(row["truncated"]) == gold["truncated"]
    return checks


# resolutions


def resolution_likeness(gold: Gold, row: Row) -> float:
    """Whether the decision's first words are in the record, better where it has its bounds and status."""
    text, starts, ends = words(row["text"]), words(gold["starts"]), words(gold["ends"])
    at = position(starts, text)
    if at < 0:
        return 0.0
    same_status = bool(gold["status"] == row["status"])
    return 1 + 2 * bounded(starts, ends, text) + 0.5 * same_status - min(at, 400) / 1000


def resolution_checks(gold: Gold, row: Row) -> Checks:
    """Every annotated attribute; `row["clauses"]` are the rows of its limbs in order."""
    limbs = row["clauses"]
    checks = {
        "bounds": bounded(words(gold["starts"]), words(gold["ends"]), words(row["text"])),
        "status": gold["status"] == row["status"],
        "kind": gold["kind"] == row["kind"],
    }
    if gold.get("item"):
        checks["item"] = same_number(gold["item"], row["item_number"])
    if "clauses" in gold:
        checks["clauses"] = gold["clauses"] == len(limbs)
    if gold.get("actions"):
        checks["actions"] = gold["actions"] == [limb["action"] for limb in limbs]
    if gold.get("by"):
        checks["by"] = words(gold["by"]) == words(row["decided_by"])
    for person in ("mover", "seconder"):
        if gold.get(person):
            checks[person] = set(words(gold[person])[-1:]) <= set(words(row[person]))
    vote = gold.get("vote")
    if vote == "unanimous":
        checks["vote"] = bool(row["unanimous"])
    elif vote:
        checks["vote"] = all(row["vote_" + side] == count for side, count in vote.items() if count is not None)
    if gold.get("due_on"):
        checks["due_on"] = gold["due_on"] in [str(limb["due_on"]) for limb in limbs]
    return checks


# budget figures


def figure_of(gold: Gold) -> Gold:
    """An annotated figure or share with its unit and amount spelt out."""
    unit = gold.get("unit", "percent" if "percent" in gold else "GBP")
    return {**gold, "unit": unit, "amount": gold.get("amount", gold.get("percent"))}


def figure_likeness(gold: Gold, row: Row) -> float:
    """Whether unit and amount agree; the better, the more of its labels do."""
    if row["unit"] != gold["unit"] or row["amount"] is None:
        return 0.0
    if abs(Decimal(str(gold["amount"])) - Decimal(str(row["amount"]))) > PENNY:
        return 0.0
    labels = (("row", "row_label"), ("column", "column_label"), ("organisation", "organisation"),
              ("service", "service"), ("fund", "fund"))
    near = sum(bool(gold.get(key) and set(words(gold[key])) & set(words(row[column]))) for key, column in labels)
    same_measure = bool(gold.get("measure") == row["measure"])
    same_year = bool(gold.get("year") == row["financial_year"])
    return 1.0 + near + same_measure + same_year


def figure_checks(gold: Gold, row: Row) -> Checks:
    """Every annotated attribute; labels need most of their words."""
    checks = {}
    for key, column in (("measure", "measure"), ("basis", "basis"), ("per", "per"), ("qualifier", "qualifier"),
                        ("year", "financial_year")):
        if gold.get(key):
            checks[key] = gold[key] == row[column]
    if gold.get("high"):
        checks["high"] = row["amount_high"] is not None and float(row["amount_high"]) == float(gold["high"])
    for key, column in (("row", "row_label"), ("column", "column_label"), ("organisation", "organisation"),
                        ("fund", "fund")):
        if gold.get(key):
            wanted, had = set(words(gold[key])), set(words(row[column]))
            checks[key] = bool(wanted) and len(wanted & had) >= LABEL_OVERLAP * len(wanted)
    return checks


# options


def option_likeness(gold: Gold, row: Row) -> float:
    """Whether the alternative begins with gold's words, or soon has them; the label as a tie-breaker."""
    at = position(words(gold["starts"]), words(row["text"]))
    if at < 0 or at > OPTION_WORDS_BEFORE:
        return 0.0
    return 1.0 + (words(gold.get("label")) == words(row["label"]))


def option_checks(gold: Gold, row: Row) -> Checks:
    """Label, status and whether it is the do-nothing option."""
    checks = {"label": words(gold.get("label")) == words(row["label"])}
    for key in ("status", "do_nothing"):
        if key in gold:
            checks[key] = gold[key] == row[key]
    return checks


# services


def service_found(gold: str, named: Sequence[set[str]]) -> bool:
    """Whether a service of gold is among the names, each a set of words; a name may say more or less."""
    wanted = set(words(gold)) - NO_SERVICE_NAME
    return any(wanted <= name or (len(name) > 1 and name <= wanted) for name in named)


# header


def header_checks(gold: Gold, document: Row) -> Checks:
    """Kind, council, body and day; a council or body that gold does not give is not asked for, a day always is."""
    checks = {"kind": gold["kind"] == document["kind"]}
    if gold.get("council"):
        checks["council"] = set(words(gold["council"])) <= set(words(document["council"]))
    if gold.get("body"):
        wanted, had = ([w for w in words(name) if w not in ("and", "the")] for name in (gold["body"], document["body"]))
        checks["body"] = wanted == had
    if "held_on" in gold:
        checks["held_on"] = str(gold["held_on"]) == str(document["held_on"])
    return checks
