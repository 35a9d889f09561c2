"""Logistic models over marks, fitted by Newton's method with a ridge, so that a rare mark says little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.confidence import Model

STEPS = 15
CLOSE = 1e-4
FEW = 6
"""Samples of a document that count in full; those of a long table are much alike, and count by their square root."""


@dataclass(frozen=True)
class Sample:
    """A part of a record of a document: its marks, and whether it is right."""

    document: str
    marks: tuple[str, ...]
    right: bool


def fit(samples: Sequence[Sample], ridge: float) -> Model:
    """The model of some samples."""
    names = sorted({mark for sample in samples for mark in sample.marks})
    column = {name: i + 1 for i, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names) + 1))
    matrix[:, 0] = 1
    for row, sample in enumerate(samples):
        matrix[row, [column[mark] for mark in sample.marks]] = 1
    right = np.array([sample.right for sample in samples], dtype=float)
    count = Counter(sample.document for sample in samples)
    weight = np.array([min(1.0, (FEW / count[sample.document]) ** 0.5) for sample in samples])
    penalty = np.full(len(names) + 1, ridge)
    penalty[0] = 0.01
    found = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ found)))
        slope = matrix.T @ (weight * (right - chance)) - penalty * found
        curve = (matrix * (weight * chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        move = np.linalg.solve(curve, slope)
        found += move
        if np.abs(move).max() < CLOSE:
            break
    return Model(float(found[0]), {name: float(found[i]) for name, i in column.items()})
