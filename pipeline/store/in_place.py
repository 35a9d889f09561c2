"""A folder of Parquet parts, to be asked in place: the tables and views of a database, over the files as they lie.

What is found out over all documents together (search, what proposals became, what came back, second prints) is only
in a database that is published from the parts.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline import rules
from pipeline.store.parquet import KEPT, Parts
from pipeline.store.publish import TOLD_OF_MEETINGS
from pipeline.store.schema import TABLES, create_table
from pipeline.store.views import OVERDUE, VIEWS


def show(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give an empty connection the tables and views, over the parts in that folder."""
    Parts(str(folder)).open(connection)
    for record in sorted(TABLES, key=lambda one: one not in KEPT):
        if record in KEPT:
            connection.execute(f'CREATE TEMP VIEW "{record.table}" AS FROM parts_{record.table}')
        elif record.table == "meetings":
            connection.execute(f"CREATE TEMP VIEW meetings AS {TOLD_OF_MEETINGS.format(among='')}")
        else:
            connection.execute(create_table(record).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    for entry in rules.load("services"):
        connection.execute("INSERT INTO services BY NAME SELECT $1 AS service_id, $2 AS name, $3 AS parent_id, "
                           "$4 AS client_group", [entry["id"], entry["name"], entry.get("parent"),
                                                  entry.get("client_group")])
    for view in VIEWS:
        connection.execute(view.statements()[0].replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
    connection.execute(OVERDUE.replace("CREATE MACRO", "CREATE TEMP MACRO", 1))
