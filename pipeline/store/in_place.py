"""A folder of Parquet parts, to be asked in place: the tables and views of a database, over the files as they lie.

What is found out over all documents together (search, what proposals became, what came back, second prints) is only
in a database that is published from the parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipeline import rules
from pipeline.records import Council, Record, Service
from pipeline.store.parquet import KEPT, Parts
from pipeline.store.publish import TOLD_OF_MEETINGS
from pipeline.store.schema import TABLES, arrow_table, create_table
from pipeline.store.views import OVERDUE, VIEWS


def show(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give an empty connection the tables and views, over the parts in that folder."""
    Parts(str(folder)).open(connection)
    for record in sorted(TABLES, key=lambda one: one not in KEPT):
        if record is not Council and record in KEPT:
            connection.execute(f'CREATE TEMP VIEW "{record.table}" AS FROM parts_{record.table}')
        elif record.table == "meetings":
            connection.execute(f"CREATE TEMP VIEW meetings AS {TOLD_OF_MEETINGS.format(among='')}")
        else:
            connection.execute(create_table(record).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    _insert(connection, Council, _councils())
    connection.execute("INSERT INTO councils BY NAME FROM parts_councils ANTI JOIN councils USING (council_id)")
    _insert(connection, Service, (
        Service(service_id=entry["id"], name=entry["name"], parent_id=entry.get("parent"),
                client_group=entry.get("client_group")) for entry in rules.load("services")
    ))
    for view in VIEWS:
        connection.execute(view.statements()[0].replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
    connection.execute(OVERDUE.replace("CREATE MACRO", "CREATE TEMP MACRO", 1))


def _councils() -> Iterable[Council]:
    """The councils of the rules, as a run has them published: parts hold those alone that only papers tell of."""
    told = Council.model_fields.keys() - {"council_id", "successor_id"}
    for entry in [*rules.load("councils"), *rules.load("councils_extra")]:
        successors = entry.get("successor", ())
        yield Council(council_id=entry["id"], successor_id=successors[0] if len(successors) == 1 else None,
                      **{name: entry[name] for name in told & entry.keys()})


def _insert(connection: duckdb.DuckDBPyConnection, record: type[Record], rows: Iterable[Record]) -> None:
    connection.register("incoming", arrow_table(record, rows))
    connection.execute(f'INSERT INTO "{record.table}" BY NAME FROM incoming')
    connection.unregister("incoming")
