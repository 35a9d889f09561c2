"""What a round does, as lines of JSON: one for each step and council, and one at the end that sums up."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, TextIO


class Log:
    """Writes to a stream. Its method may be called from several threads."""

    def __init__(self, stream: TextIO, now: Callable[[], datetime], round_id: str = "") -> None:
        self._stream, self._now, self._lock = stream, now, threading.Lock()
        self.round_id = round_id

    def tell(self, event: str, **facts: Any) -> None:
        """Write a line: when, what, in which round, and the facts in the order given."""
        line = {"at": f"{self._now():%Y-%m-%dT%H:%M:%SZ}", "event": event, "round": self.round_id, **facts}
        with self._lock:
            self._stream.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            self._stream.flush()
