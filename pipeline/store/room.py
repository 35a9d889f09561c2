"""A disk that fills: DuckDB and the system tell of it by errors of several kinds, which become one."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

LACK = re.compile(r"No space left|File too large|[Dd]isk quota|out of disk|Could not write|Could not truncate")
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
MESSAGE = (
    "there is no room for the new database. What was published is as it was, and what was read is kept: make room, "
    "then run the same command again"
)


@contextmanager
def room_needed() -> Iterator[None]:
    """Raise OSError, with words for a person, where what is done inside fails for want of room on the disk."""
    try:
        yield
    except duckdb.Error as error:
        if LACK.search(str(error)) is None:
            raise
        raise OSError(errno.ENOSPC, MESSAGE) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise OSError(error.errno, MESSAGE) from error
