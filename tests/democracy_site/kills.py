"""Runs the command again and again and kills it at moments that it cannot know: `python -m democracy_site.kills`.

A moment is a number of calls and returns, of whatever function in whatever thread, so that every line of the program
may be the last. Children are forked from a parent that has everything imported, or fifty kills would be fifty slow
starts.
Reads JSON from standard input (`arguments` of the command, `kills`, `seed`), writes the statuses of all runs.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import threading
from types import FrameType
from typing import Any


def run(arguments: list[str], moment: int | None) -> int:
    """Run the command in a child, killed at its so many-th event; its status, -9 where it was killed."""
    child = os.fork()
    if child == 0:
        _live(arguments, moment)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _live(arguments: list[str], moment: int | None) -> None:
    from pipeline.cli import main

    events = itertools.count(1)

    def tick(frame: FrameType, event: str, argument: Any) -> None:
        if next(events) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment is not None:
        threading.setprofile(tick)
        sys.setprofile(tick)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        main(arguments)
    except SystemExit as end:
        sys.setprofile(None)
        os._exit(int(end.code or 0))
    os._exit(99)


def main() -> None:
    """Kill so many runs, then let one live."""
    import pipeline.commands.scrape  # noqa: F401 (whatever is imported here need not be by the children)
    import pipeline.scrape.scraping  # noqa: F401

    told = json.load(sys.stdin)
    rng = random.Random(told["seed"])
    statuses = [run(told["arguments"], rng.randrange(*told["between"])) for _ in range(told["kills"])]
    json.dump([*statuses, run(told["arguments"], None)], sys.stdout)


if __name__ == "__main__":
    main()
