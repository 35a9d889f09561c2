"""Links between documents: what `run` has the store ask of linking when all documents are together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from pipeline.linking import outcomes as became
from pipeline.linking.outcomes import outcomes
from pipeline.linking.returns import returns
from pipeline.records import Outcome, Return


class Rows(Protocol):
    """A table of Arrow's, as far as it is needed."""

    def to_pylist(self) -> list[dict[str, Any]]:
        """Its rows by column."""


def linked(piece: Mapping[str, Rows]) -> tuple[list[Outcome], list[Return]]:
    """What the proposals of some councils became and what came back there: of the resolutions in `texts` (outcomes.Text
    and whether they are `ours`, or another piece's), and of the `limbs` among the `items` (returns.Limb and Later)."""
    limbs = piece["limbs"].to_pylist()
    return (outcomes(piece["texts"].to_pylist()), returns(limbs, piece["items"].to_pylist()) if limbs else [])


def links(pieces: Iterable[Mapping[str, Rows]]) -> Iterator[tuple[list[Outcome], list[Return]]]:
    """The links of each piece, one after the other."""
    return map(linked, pieces)


def met(texts: Rows) -> set[str]:
    """The councils of `texts` that are `ours` of whose proposals one that is not may be the decision."""
    return became.met(texts.to_pylist())
