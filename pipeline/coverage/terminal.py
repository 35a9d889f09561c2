"""Coverage in the terminal."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from pipeline.coverage.matrix import Cell, Line, Matrix, State

STYLES: dict[State, str] = {
    "nothing": "", "not_due": "dim", "all": "green", "most": "yellow", "some": "bold yellow", "none": "bold red",
}
MARKS = {"fail": "✗", "warn": "!", None: " "}
"""Before a council's name, and before what looks wrong: colours alone would tell nothing in a log or to some eyes."""
FLAGS_SHOWN = 40


def printed(matrix: Matrix, console: Console) -> None:
    """Print the table, what looks wrong, and a sentence that sums up."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("council", no_wrap=True, overflow="ellipsis", min_width=14)
    for month in matrix.months:
        head = f"{month:%b %y}" if month.month == 1 or month == matrix.months[0] else f"{month:%b}"
        table.add_column(head, justify="right", no_wrap=True)
    for line in matrix.lines:
        cells = (line.cells.get(month, Cell()) for month in matrix.months)
        table.add_row(Text(f"{MARKS[line.severity]} {line.council}"),
                      *(Text(cell.figures, STYLES[cell.state]) for cell in cells))
    console.print(Group(table, *_flags(matrix.lines)))
    console.print("Minutes found / due; (n): so many meetings, whose minutes are not due yet.", style="dim")
    console.print(matrix.sentence, markup=False, soft_wrap=True)


def _flags(lines: list[Line]) -> list[Text]:
    told = [(flag.severity, line.council, flag.reason) for line in lines for flag in line.flags]
    told.sort(key=lambda row: row[0] != "fail")
    shown = [Text(f"{MARKS[severity]} {council}: {reason}.") for severity, council, reason in told[:FLAGS_SHOWN]]
    if len(told) > FLAGS_SHOWN:
        shown.append(Text(f"… and {len(told) - FLAGS_SHOWN} more: --html lists all."))
    return [*shown, Text()] if shown else []
