"""Whether confidence means what it says: of records that are so and so sure, how many are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.result import Judged

SURE = 0.9
"""From here on a record may be used without looking; see the README."""
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True)
class Proof:
    """A record with its confidence: whether gold has it, and whether it is right in every annotated attribute."""

    kind: str
    confidence: float
    found: bool
    right: bool


@dataclass(frozen=True)
class Sureness:
    """How many records of a kind there are, how many are sure, and what share of those is found and wholly right."""

    records: int
    sure: int
    found_of_sure: float
    right_of_sure: float


@dataclass(frozen=True)
class Bin:
    """Records of like confidence: their mean confidence, and the share that is right."""

    records: int
    confidence: float
    right: float


def proofs(documents: Sequence[Judged]) -> Iterator[Proof]:
    """Every record of the database that gold can judge."""
    for judged in documents:
        for one in judged.outcomes:
            if one.state in ("right", "differs", "wrong") and "confidence" in one.row:
                yield Proof(one.kind, one.row["confidence"], one.state != "wrong", one.state == "right")


def sureness(documents: Sequence[Judged]) -> dict[str, Sureness]:
    """By kind of record."""
    return sureness_of(list(proofs(documents)))


def sureness_of(judged: Sequence[Proof]) -> dict[str, Sureness]:
    """By kind of record."""
    result = {}
    for kind in dict.fromkeys(one.kind for one in judged):
        records = [one for one in judged if one.kind == kind]
        sure = [one for one in records if one.confidence >= SURE]
        result[kind] = Sureness(
            len(records), len(sure), sum(one.found for one in sure) / max(len(sure), 1),
            sum(one.right for one in sure) / max(len(sure), 1),
        )
    return result


def reliability(judged: Sequence[Proof]) -> list[Bin]:
    """Records binned by confidence, empty bins left out."""
    bins = []
    for low, high in zip(BINS, BINS[1:], strict=False):
        within = [one for one in judged if low <= one.confidence < high]
        if within:
            bins.append(Bin(
                len(within), sum(one.confidence for one in within) / len(within),
                sum(one.right for one in within) / len(within),
            ))
    return bins
