"""The calibration of confidence: fitted on the corpus, tried on councils left out."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.training.logistic import Sample, fit
from evaluation.training.samples import Judgement
from pipeline.confidence import SORTS, SURE, Calibration
from pipeline.evaluate.sureness import Proof

RIDGES = {"item": 1.0, "decision": 3.0, "limb": 1.0, "measure": 2.0, "figure": 2.0, "option": 2.0}
"""How little a mark says by itself; more where samples are few beside the marks."""
WANTED = 0.97
"""Share of the sure records of councils left out that is to be right."""
LEAST = 60
"""Records, and a quarter as many documents, below which it cannot be told whether the promise holds."""
FOLDS = 8
"""Groups of councils of which each is left out, models and thresholds and all, to see whether the promise holds."""
DIGITS = 4


def fitted(judged: Sequence[Judgement]) -> Calibration:
    """Models of all, and the thresholds at which councils left out keep the promise."""
    models = _models(judged)
    products = left_out(judged)
    thresholds = {sort: _sure_from(judged, products, sort) for sort, _, _ in SORTS}
    return Calibration(models, thresholds)


def _models(judged: Sequence[Judgement]) -> dict[str, Any]:
    samples: dict[str, list[Sample]] = defaultdict(list)
    for one in judged:
        for part, sample in one.samples():
            samples[part].append(sample)
    return {part: fit(samples[part], ridge) for part, ridge in RIDGES.items()}


def left_out(judged: Sequence[Judgement]) -> list[float]:
    """Each record's product of chances, by models fitted without its council."""
    products = [0.0] * len(judged)
    for fold in sorted({one.fold for one in judged}):
        models = _models([one for one in judged if one.fold != fold])
        for i, one in enumerate(judged):
            if one.fold == fold:
                products[i] = product(one, models)
    return products


def product(one: Judgement, models: Any) -> float:
    """The chances of a record's parts, multiplied."""
    return math.prod(models[part].probability(list(marks)) for part, marks, _ in one.parts)


def _sure_from(judged: Sequence[Judgement], products: Sequence[float], sort: str) -> float:
    """The lowest product, not below SURE, from which on WANTED are right; 1 where there is none."""
    ranked = sorted(((p, one) for p, one in zip(products, judged, strict=True) if one.sort == sort and not one.unsure),
                    key=lambda pair: -pair[0])
    documents: set[str] = set()
    right, lowest = 0, 1.0
    for i, (p, one) in enumerate(ranked, start=1):
        if p < SURE:
            break
        documents.add(one.document)
        right += one.right
        following = ranked[i][0] if i < len(ranked) else 0.0
        if i >= LEAST and 4 * len(documents) >= LEAST and right >= WANTED * i and following < p:
            lowest = SURE if following < SURE else p
    return lowest


def proofs(judged: Sequence[Judgement], products: Iterable[float], calibration: Calibration) -> list[Proof]:
    """Each record with the confidence that it would have."""
    return [
        Proof(one.sort, calibration.confidence(one.sort, p, one.own), one.found, one.right)
        for one, p in zip(judged, products, strict=True)
    ]


def proofs_left_out(judged: Sequence[Judgement]) -> list[Proof]:
    """Each record with the confidence it would have if neither models nor thresholds had seen its council."""
    councils = sorted({one.fold for one in judged})
    found = []
    for group in range(FOLDS):
        out = set(councils[group::FOLDS])
        calibration = fitted([one for one in judged if one.fold not in out])
        own = [one for one in judged if one.fold in out]
        found += proofs(own, [product(one, calibration.models) for one in own], calibration)
    return found


def write(calibration: Calibration, path: Path) -> None:
    """Write what `pipeline.confidence` reads."""
    models = {
        part: {"intercept": round(model.intercept, DIGITS),
               "weights": {mark: round(value, DIGITS) for mark, value in sorted(model.weights.items())
                           if round(value, DIGITS)}}
        for part, model in sorted(calibration.models.items())
    }
    sure_from = {sort: round(value, DIGITS) for sort, value in calibration.sure_from.items()}
    told = {"fitted by": "make train, from corpus/ and its gold", "sure_from": sure_from, "models": models}
    path.write_text(json.dumps(told, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
