"""How far a scan is askew: the angle at which its rows of ink stand out most from the white between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 700
"""Pixels of the longer side at which the angle is looked for: lines of print are then some 10 pixels apart."""
FURTHEST = 8.0
"""Degrees; what a copier's feed does at most."""
COARSE, FINE = 1.0, 0.25
DARK = 128


def skew_of(image: Image) -> float:
    """Degrees by which the lines of print fall towards the right; 0 where there is hardly any ink."""
    scale = SIDE / max(image.size)
    small = image.convert("L").resize((max(round(image.width * scale), 1), max(round(image.height * scale), 1)))
    rows, columns = np.nonzero(np.asarray(small) < DARK)
    if len(rows) < SIDE:
        return 0.0
    best = max(np.arange(-FURTHEST, FURTHEST + COARSE, COARSE), key=lambda angle: _contrast(rows, columns, angle))
    near = np.arange(best - COARSE, best + COARSE + FINE, FINE)
    return float(max(near, key=lambda angle: (_contrast(rows, columns, angle), -abs(angle))))


def _contrast(rows: np.ndarray, columns: np.ndarray, angle: float) -> float:
    """How unevenly ink is spread over rows that fall by `angle`."""
    level = np.rint(rows - columns * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(level - level.min())
    return float((counts.astype(np.float64) ** 2).sum())
