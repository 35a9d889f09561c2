"""What goes wrong, grouped, the worst first: a field that reads one value for another, records missed or too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.result import Judged

MISSED, TOO_MANY = "(missed)", "(too many)"
COLUMNS = {
    "by": "decided_by", "item": "item_number", "year": "financial_year", "row": "row_label", "column": "column_label",
    "high": "amount_high",
}
"""Columns of the database whose name in gold is another."""
CLOSED = {"status", "kind", "measure", "basis", "per", "qualifier", "do_nothing", "truncated", "clauses", "vote",
          "action"}
"""Fields of few values, of which the same confusion comes again; of the others it is shown in examples alone."""
KEYS = {"agenda_items": "item_id", "resolutions": "resolution_id", "budget_figures": "figure_id",
        "options": "option_id", "header": "document_id"}


@dataclass
class Confusion:
    """A fault that several records have: in gold `wanted`, in the database `had`."""

    kind: str
    attribute: str
    wanted: str = ""
    had: str = ""
    examples: list[Example] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many records have it."""
        return len(self.examples)

    def words(self) -> str:
        """It, on one line."""
        turned = f": {self.wanted} read as {self.had}" if self.wanted or self.had else ""
        return f"{self.kind} {self.attribute}{turned}"


@dataclass
class Example:
    """A record that has a fault. `record_id`: for `minutebook explain`, where the database has the record."""

    document: str
    what: str
    wanted: str = ""
    had: str = ""
    record_id: str = ""

    def words(self, *, with_values: bool) -> str:
        """It, on one line; `with_values`: what is in gold and what in the database, unless both say nothing."""
        values = f" [{self.wanted} | {self.had}]" if with_values and self.wanted != self.had else ""
        return f"{self.document}: {self.what}{values}" + (f" ({self.record_id})" if self.record_id else "")


def confusions(documents: list[Judged]) -> list[Confusion]:
    """All faults; those that most records have come first."""
    found: dict[tuple[str, ...], Confusion] = {}
    for judged in documents:
        for outcome in judged.outcomes:
            record_id = str(outcome.row.get(KEYS.get(outcome.kind, ""), ""))
            for name, wanted, had in _faults(outcome):
                key = (outcome.kind, name, wanted, had) if name in CLOSED else (outcome.kind, name)
                confusion = found.setdefault(key, Confusion(*key))
                confusion.examples.append(Example(judged.name, outcome.what, wanted, had, record_id))
    return sorted(found.values(), key=lambda one: (-one.count, one.words()))


def worst_documents(documents: list[Judged]) -> list[tuple[str, int]]:
    """Documents with how many records of theirs are missed, too many or not wholly right; the most first."""
    faulty: dict[str, int] = defaultdict(int)
    for judged in documents:
        faulty[judged.name] += sum(outcome.state in ("missed", "wrong", "differs") for outcome in judged.outcomes)
    return sorted(((name, count) for name, count in faulty.items() if count), key=lambda pair: (-pair[1], pair[0]))


def _faults(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Field, value in gold and value in the database of each fault of a record."""
    if outcome.state == "missed":
        yield MISSED, "", ""
    elif outcome.state == "wrong":
        yield TOO_MANY, "", ""
    for name in outcome.faults:
        if name == "actions":
            yield from _actions(outcome)
        else:
            yield name, _in_gold(outcome, name), _in_database(outcome, name)


def _actions(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Each limb whose action is another; where there are more or fewer limbs, the fault is that of `clauses`."""
    wanted = outcome.gold["actions"]
    had = [limb["action"] for limb in outcome.row["clauses"]]
    if len(wanted) == len(had):
        yield from (("action", a, b) for a, b in zip(wanted, had, strict=True) if a != b)
    elif "clauses" not in outcome.faults:
        yield "actions", ", ".join(wanted), ", ".join(had)


def _in_gold(outcome: Outcome, name: str) -> str:
    if name == "bounds":
        return f"{outcome.gold['starts']} … {outcome.gold['ends']}"
    return _shown(outcome.gold.get(name))


def _in_database(outcome: Outcome, name: str) -> str:
    row = outcome.row
    if name == "bounds":
        return f"{row['text'][:30]} … {row['text'][-30:]}".replace("\n", " ")
    if name == "vote":
        return "unanimous" if row["unanimous"] else f"{row['vote_for']}, {row['vote_against']}, {row['vote_abstain']}"
    if name == "clauses":
        return str(len(row["clauses"]))
    if name == "due_on":
        return ", ".join(_shown(limb["due_on"]) for limb in row["clauses"] if limb["due_on"]) or "nothing"
    return _shown(row.get(COLUMNS.get(name, name)))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_shown(side) for side in value.values())
    return "nothing" if value is None else str(value)
