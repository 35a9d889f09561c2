"""What came of holding a database against gold: figures over all, by council, with intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.evaluate.intervals import Interval, intervals
from pipeline.evaluate.outcomes import Outcome
from pipeline.evaluate.tally import KINDS, Tallies, tallies
from pipeline.matching import Row


@dataclass
class Judged:
    """What became of one annotated document; `document` is its row, empty where the database does not hold it."""

    name: str
    authority: str
    document: Row
    outcomes: list[Outcome]

    @cached_property
    def tallies(self) -> Tallies:
        """Its counts by kind of record."""
        counted = tallies()
        for outcome in self.outcomes:
            counted[outcome.kind].count(outcome)
        return counted


@dataclass
class Result:
    """All annotated documents, judged."""

    documents: list[Judged]

    @property
    def absent(self) -> list[str]:
        """Those that the database does not hold."""
        return [judged.name for judged in self.documents if not judged.document]

    @cached_property
    def overall(self) -> Tallies:
        """Counts over all documents, by kind of record."""
        return _added(self.documents)

    @cached_property
    def councils(self) -> dict[str, Tallies]:
        """The same for each council, or folder of documents that name none."""
        by_council: dict[str, list[Judged]] = defaultdict(list)
        for judged in self.documents:
            by_council[judged.authority].append(judged)
        return {name: _added(documents) for name, documents in sorted(by_council.items())}

    @cached_property
    def intervals(self) -> dict[str, dict[str, Interval]]:
        """For each kind of record, between which bounds its figures lie with a chance of 95 %."""
        return {kind: intervals([judged.tallies[kind] for judged in self.documents]) for kind in KINDS}

    def figures(self) -> dict[str, Any]:
        """Figures by kind of record with their intervals, the same under `councils` for each, and every record."""
        figures: dict[str, Any] = {kind: tally.figures() for kind, tally in self.overall.items()}
        for kind, bounds in self.intervals.items():
            figures[kind]["intervals"] = {name: list(bound) for name, bound in bounds.items()}
        figures["councils"] = {
            name: {kind: tally.figures() for kind, tally in counted.items()} for name, counted in self.councils.items()
        }
        figures["records"] = self.records()
        return figures

    def records(self) -> list[dict[str, Any]]:
        """What became of each record: document, kind, its words (numbered where they repeat), state, faults."""
        listed = []
        for judged in self.documents:
            seen: Counter[tuple[str, str, bool]] = Counter()
            for outcome in judged.outcomes:
                key = (outcome.kind, outcome.what, outcome.state == "wrong")
                seen[key] += 1
                what = outcome.what if seen[key] == 1 else f"{outcome.what} [{seen[key]}]"
                listed.append({"document": judged.name, "kind": outcome.kind, "what": what, "state": outcome.state,
                               "faults": outcome.faults})
        return listed


def _added(documents: list[Judged]) -> Tallies:
    total = tallies()
    for judged in documents:
        for kind, tally in judged.tallies.items():
            total[kind].add(tally)
    return total
