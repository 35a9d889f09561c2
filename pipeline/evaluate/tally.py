"""Counts of what was found, missed and wrong, and the figures that come of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluate.outcomes import Outcome

HEADER = "header"
KINDS = ("agenda_items", "resolutions", "budget_figures", "options", "services")


@dataclass
class Tally:
    """Counts over documents. `documents` are the F1 of each one by itself, so that one huge table cannot hide
    ten poor minutes; `exact` counts the found records that are right in every annotated attribute."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    exact: int = 0
    documents: list[float] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Outcome) -> None:
        """Count a record; one that gold calls optional is neither found, missed nor wrong."""
        if outcome.state == "missed":
            self.missed += 1
        elif outcome.state == "wrong":
            self.wrong += 1
        elif outcome.state != "optional":
            self.found += 1
            self.exact += outcome.state == "right"
            self.asked.update(outcome.checks.keys())
            self.right.update(name for name, good in outcome.checks.items() if good)

    def add(self, other: Tally) -> None:
        """Count one document's tally into this one."""
        self.found += other.found
        self.missed += other.missed
        self.wrong += other.wrong
        self.exact += other.exact
        self.asked.update(other.asked)
        self.right.update(other.right)
        if other.found or other.missed or other.wrong:
            self.documents.append(2 * other.found / (2 * other.found + other.missed + other.wrong))

    @property
    def empty(self) -> bool:
        """Whether nothing was asked and nothing given."""
        return not (self.found or self.missed or self.wrong)

    @property
    def precision(self) -> float:
        """Share of what was predicted that gold has; 1 where nothing was."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that was found; 1 where there is none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def by_document(self) -> float:
        """Mean of the documents' own F1; 1 where there is none."""
        return sum(self.documents) / len(self.documents) if self.documents else 1.0

    @property
    def whole(self) -> float:
        """Share of the found records that are right in every annotated attribute."""
        return self.exact / self.found if self.found else 0.0

    def figures(self) -> dict[str, Any]:
        """All figures by name."""
        return {
            "precision": self.precision, "recall": self.recall, "f1": self.f1, "by_document": self.by_document,
            "exact": self.whole, "found": self.found, "missed": self.missed, "wrong": self.wrong,
            "attributes": {name: [self.right[name], count] for name, count in sorted(self.asked.items())},
        }


Tallies = dict[str, Tally]
"""A tally for each kind of record, the documents' headers among them."""


def tallies() -> Tallies:
    """Empty ones."""
    return {kind: Tally() for kind in (*KINDS, HEADER)}
