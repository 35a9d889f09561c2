"""Links between documents: what `run` has the store ask of linking when all documents are together."""

from __future__ import annotations

from pipeline.linking.outcomes import outcomes
from pipeline.linking.returns import returns

__all__ = ["outcomes", "returns"]
