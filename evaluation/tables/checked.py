"""The checked tables as data: `checked.yaml` read into objects, and the arithmetic of printed numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("checked.yaml")
PAPERS = Path(__file__).resolve().parents[3] / "shared"
"""Where the papers lie when they are there: beside the repository."""
MINUS = "-:"
SPAN = " > "


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """A cell as printed. `column` has its spanning heading first."""

    row: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Total:
    """A printed sum: `parts` as printed, `-:` before one that is taken away."""

    kind: str
    row: str
    column: str
    stated: str
    parts: tuple[str, ...]
    holds: bool
    difference: Decimal
    """Stated less computed."""
    why: str | None

    @property
    def is_difference(self) -> bool:
        """Whether something is taken away, as a variance is forecast less budget."""
        return any(part.startswith(MINUS) for part in self.parts)

    @property
    def computed(self) -> Decimal:
        """The sum of the printed parts."""
        return sum((-amount(p[len(MINUS):]) if p.startswith(MINUS) else amount(p) for p in self.parts), Decimal(0))

    @property
    def rounding(self) -> Decimal:
        """What rounding may hide: half a last printed digit for each part and for the total."""
        step = max(last_digit(p.removeprefix(MINUS)) for p in (*self.parts, self.stated))
        return step * (len(self.parts) + 1) / 2


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A table as a person sees it on the page."""

    id: str
    document: str
    sha256: str
    pages: tuple[int, ...]
    kinds: tuple[str, ...]
    rows: int | None
    columns: int
    unit: str
    no_money: frozenset[str]
    cells: tuple[CheckedCell, ...]
    blank: tuple[tuple[str, str], ...]
    totals: tuple[Total, ...]
    labels: frozenset[str] = field(default_factory=frozenset)
    headings: frozenset[str] = field(default_factory=frozenset)

    def pounds(self, cell: CheckedCell) -> Decimal | None:
        """What the cell is worth in pounds; None where it holds no money."""
        if cell.column in self.no_money or "%" in cell.value or not any(ch.isdigit() for ch in cell.value):
            return None
        scale = 10**6 if self.unit.endswith("m") else 1000 if "000" in self.unit else 1
        return amount(cell.value) * scale

    def path(self, papers: Path) -> Path:
        """Where its document lies under the folder of papers."""
        return papers / self.document


def amount(printed: str) -> Decimal:
    """The number that a printed cell shows, its own sign and brackets applied; a dash is nothing."""
    bare = "".join(ch for ch in printed if ch.isdigit() or ch in ".()+-")
    if not any(ch.isdigit() for ch in bare):
        return Decimal(0)
    value = Decimal(bare.strip("()+-"))
    return -value if bare.startswith(("(", "-")) else value


def last_digit(printed: str) -> Decimal:
    """The worth of the last digit that is printed: 0.1 for "12.3"."""
    bare = "".join(ch for ch in printed if ch.isdigit() or ch == ".")
    return Decimal(1).scaleb(-len(bare.partition(".")[2]))


def load(file: Path = FILE) -> list[CheckedTable]:
    """All checked tables, in the file's order."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [_table(entry, data["documents"]) for entry in data["tables"]]


def _table(entry: dict[str, Any], documents: dict[str, str]) -> CheckedTable:
    cells = tuple(CheckedCell(*cell) for cell in entry["cells"])
    totals = tuple(
        Total(t["kind"], t["row"], t["column"], t["stated"], tuple(t["parts"]), t["holds"],
              Decimal(t.get("difference", 0)), t.get("why"))
        for t in entry.get("totals", ())
    )
    blank = tuple((row, column) for row, column in entry.get("blank", ()))
    return CheckedTable(
        entry["id"], entry["document"], documents[entry["document"]], tuple(entry["pages"]), tuple(entry["kinds"]),
        entry.get("rows"), entry["columns"], entry["unit"], frozenset(entry.get("no_money", ())), cells, blank, totals,
        frozenset([c.row for c in cells] + [t.row for t in totals] + [row for row, _ in blank]),
        frozenset([c.column for c in cells] + [t.column for t in totals] + [column for _, column in blank]),
    )
