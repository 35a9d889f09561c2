"""How far a figure may be off because these documents, and not others, were annotated: a bootstrap by document.

Records of one document go right or wrong together, so that documents are drawn anew, never records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.evaluate.tally import Tally

Interval = tuple[float, float]
DRAWS = 2000
SEED = 4
OUTSIDE = 2.5
"""Per cent of draws left outside on either side."""


def intervals(documents: Sequence[Tally]) -> dict[str, Interval]:
    """The bounds of F1, of its mean by document, of recall and of whole records; none without a document."""
    import numpy as np

    told = [tally for tally in documents if not tally.empty]
    if not told:
        return {}
    counts = np.array([(t.found, t.missed, t.wrong, t.exact) for t in told], dtype=float)
    own = 2 * counts[:, 0] / (2 * counts[:, 0] + counts[:, 1] + counts[:, 2])
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(len(told), np.full(len(told), 1 / len(told)), size=DRAWS).astype(float)
    found, missed, wrong, exact = (drawn @ counts).T
    figures = {
        "f1": 2 * found / np.maximum(2 * found + missed + wrong, 1),
        "by_document": drawn @ own / len(told),
        "recall": found / np.maximum(found + missed, 1),
        "exact": exact / np.maximum(found, 1),
    }
    return {
        name: (float(np.percentile(values, OUTSIDE)), float(np.percentile(values, 100 - OUTSIDE)))
        for name, values in figures.items()
    }
