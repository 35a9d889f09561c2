"""Links between documents, found in several processes where there is much to find: what `run` gives the store.

Pieces know nothing of each other (`pipeline.linking.between`), so that one after the other is handed out; their links
come back in the order of the pieces, whichever was done first.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING

from pipeline.linking import between
from pipeline.linking.between import met
from pipeline.records import Outcome, Return
from pipeline.workers import end_with_parent

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["links", "met"]

Piece = Mapping[str, "pa.Table"]
Links = tuple[list[Outcome], list[Return]]
FEW = 3
"""So many pieces are done before another process would have started."""


def links(pieces: Iterable[Piece], processes: int | None = None) -> Iterator[Links]:
    """The links of each piece in turn; `processes` is by default the number of cores.

    Raises `concurrent.futures.process.BrokenProcessPool` where one of them is ended from outside.
    """
    processes = processes or os.cpu_count() or 1
    left = iter(pieces)
    first = list(islice(left, FEW + 1))
    if len(first) <= FEW or processes == 1:
        yield from between.links(chain(first, left))
        return
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_enter
    ) as pool:
        waiting: deque[Future[Links]] = deque()
        for piece in chain(first, left):
            waiting.append(pool.submit(between.linked, piece))
            if len(waiting) > 2 * processes:  # each holds its rows, and those that wait need not
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _enter() -> None:
    """Run once in each process: it ends when the run is killed, which would leave it waiting for ever."""
    threading.Thread(target=end_with_parent, daemon=True).start()
