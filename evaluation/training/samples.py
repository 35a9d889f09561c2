"""Records of a database that gold judges, taken apart as `pipeline.confidence` does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.training.logistic import Sample
from pipeline.confidence import SORTS, UNSURE, Paper
from pipeline.evaluate import Judged, Outcome
from pipeline.matching import Row
from pipeline.records import Record, Resolution, ResolutionClause

LIMB = "actions"
MEASURE = "measure"


@dataclass(frozen=True)
class Judgement:
    """A record of the database: its parts with their marks, and whether gold has it, wholly right.

    `known`: of each part, whether it is right; None of limbs that gold does not tell apart.
    """

    sort: str
    fold: str
    document: str
    own: float
    found: bool
    right: bool
    parts: tuple[tuple[str, tuple[str, ...], bool | None], ...]

    @property
    def unsure(self) -> bool:
        """Whether its rule is so unsure that it is never made sure."""
        return self.own < UNSURE

    def samples(self) -> list[tuple[str, Sample]]:
        """Its parts of which it is known whether they are right."""
        return [(part, Sample(self.document, marks, good)) for part, marks, good in self.parts if good is not None]


def judgements(documents: Sequence[Judged]) -> list[Judgement]:
    """Every record that gold can judge."""
    kinds = {sort: (kind, parts_of) for sort, kind, parts_of in SORTS}
    listed = []
    for judged in documents:
        decisions = [_record(Resolution, o.row) for o in judged.outcomes if o.kind == "resolutions" and o.row]
        paper = Paper.of(judged.document.get("kind", "other"), decisions)  # type: ignore[arg-type]
        for outcome in judged.outcomes:
            if outcome.kind not in kinds or outcome.state not in ("right", "differs", "wrong"):
                continue
            kind, parts_of = kinds[outcome.kind]
            record = _record(kind, outcome.row)
            limbs = defaultdict(list)
            for row in outcome.row.get("clauses", ()):
                limbs[row["resolution_id"]].append(_record(ResolutionClause, row))
            parts = list(parts_of(record, paper, limbs))
            listed.append(Judgement(
                outcome.kind, judged.authority, judged.name, outcome.row["confidence"], outcome.state != "wrong",
                outcome.state == "right",
                tuple((part, tuple(marks), good) for (part, marks), good in zip(parts, _known(outcome), strict=True)),
            ))
    return listed


def _record(kind: type[Record], row: Row) -> Record:
    return kind.model_construct(**{name: value for name, value in row.items() if name in kind.model_fields})


def _known(outcome: Outcome) -> list[bool | None]:
    """Which of a record's parts are right, in the order of its parts."""
    found, faults = outcome.state != "wrong", set(outcome.faults)
    if outcome.kind == "resolutions":
        wanted = outcome.gold.get("actions") if found else None
        had = [limb["action"] for limb in outcome.row["clauses"]]
        told = wanted is not None and len(wanted) == len(had)
        return [found and faults <= {LIMB}, *((w == h for w, h in zip(wanted, had, strict=True)) if told
                                              else [None] * len(had))]
    if outcome.kind == "budget_figures":
        return [found and MEASURE not in faults, found and faults <= {MEASURE}]
    return [outcome.state == "right"]
