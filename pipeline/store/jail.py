"""The process in which a stranger's SQL runs: `python -m pipeline.store.jail`, started by `query.ask` for one question.

Whatever the question does, it does to this process: it can be killed, has no more than so much memory and time, and
can write to no file, since the system lets none of its files grow. A JSON object on standard input asks; a line of
JSON on standard output tells the columns, and an Arrow stream follows. What went wrong is said on standard error.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

BATCH = 10_000
MEMORY = 3 << 30
"""Bytes of address space: DuckDB's own limit, which some functions pass by, and what libraries take."""
ANSWER = 1 << 29
"""Bytes of an answer."""
DEEPEST = 200
"""Brackets within brackets: the parser calls itself for each, until its stack ends."""
LONGEST = 100_000
"""Characters of a question."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "memory_limit": "1GB",
    "temp_directory": "",  # or a process that is killed leaves a folder beside the database
    "threads": 2,
    "lock_configuration": True,
}
ONE_SELECT = "Ask one SELECT; the database can be read but not changed."
EXPLAIN = re.compile(r"\s*explain\b(?:\s*(?:analyze\b|\([^)]*\)))*", re.IGNORECASE)
OK, REFUSED, OUT_OF_MEMORY = 0, 3, 4
"""How the process ends."""


class NotAsked(Exception):
    """The question is none; the message says why."""


def confine(seconds: float) -> None:
    """Give this process its limits, for good. When the time is up, the system ends it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))


def question(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one SELECT that `sql` is. Raises NotAsked, or duckdb's error for what is no SQL."""
    if len(sql) > LONGEST:
        raise NotAsked(f"The question is longer than {LONGEST:,} characters.")
    if _depth(sql) > DEEPEST:
        raise NotAsked(f"The question has more than {DEEPEST} brackets within brackets.")
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise NotAsked(ONE_SELECT)
    (statement,) = statements
    inner = statement
    if statement.type == duckdb.StatementType.EXPLAIN:  # EXPLAIN ANALYZE does what it explains
        explained = connection.extract_statements(EXPLAIN.sub("", statement.query, count=1))
        inner = explained[0] if len(explained) == 1 else statement
    if inner.type != duckdb.StatementType.SELECT:
        raise NotAsked(ONE_SELECT)
    return statement


def _depth(sql: str) -> int:
    """How many brackets are open at once; those in strings count, which does no harm."""
    deepest = depth = 0
    for character in sql:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(depth - 1, 0)
    return deepest


def _opened(db: Path) -> duckdb.DuckDBPyConnection:
    """The database, or a folder of parts as one, with nothing else in reach."""
    if not db.is_dir():
        return duckdb.connect(str(db), read_only=True, config=SETTINGS)
    from pipeline.store.in_place import show

    connection = duckdb.connect()
    show(connection, db)
    connection.execute("SET allowed_directories = $1", [[f"{db}/"]])
    last = ("enable_external_access", "lock_configuration")  # which forbid to set others
    for name, value in sorted(SETTINGS.items(), key=lambda one: last.index(one[0]) if one[0] in last else -1):
        connection.execute(f"SET {name} = {value!r}")
    return connection


def answer(db: str, sql: str) -> None:
    """Write the answer to standard output. Raises NotAsked, duckdb.Error, MemoryError."""
    out = sys.stdout.buffer
    with _opened(Path(db)) as connection:
        asked = question(connection, sql)
        cursor = connection.execute(asked)
        columns = [(column[0], str(column[1])) for column in cursor.description or []]
        reader: pa.RecordBatchReader = cursor.to_arrow_reader(BATCH)
        batches = iter(reader)
        first = next(batches, None)  # most of what can fail has failed before a word is said
        out.write(json.dumps({"columns": columns}).encode() + b"\n")
        sent = 0
        with pa.ipc.new_stream(out, reader.schema) as stream:
            for batch in chain([] if first is None else [first], batches):
                sent += batch.nbytes
                if sent > ANSWER:
                    raise NotAsked(f"The answer is larger than {ANSWER >> 20} MB: ask for fewer rows with LIMIT.")
                stream.write_batch(batch)
    out.flush()


def main() -> int:
    """Answer the question on standard input."""
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    confine(asked["seconds"])
    try:
        answer(asked["db"], asked["sql"])
    except NotAsked as error:
        return _refuse(str(error))
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError):
        return OUT_OF_MEMORY
    except duckdb.Error as error:
        return _refuse(f"{error}\n`minutebook schema` lists the tables and their columns.")
    except Exception as error:  # whatever strangers find that the libraries below have no error for
        return OUT_OF_MEMORY if "bad_alloc" in str(error) else _refuse(f"The question cannot be answered: {error}")
    return OK


def _refuse(message: str) -> int:
    sys.stderr.write(message[:4000])
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
