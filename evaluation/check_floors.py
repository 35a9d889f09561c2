"""Holds the figures of `minutebook evaluate --json` against the floors below which none may fall.

    python evaluation/check_floors.py NAME FIGURES.json [--raise]

NAME is the set of papers ("corpus", "styles", "seeds", "real"); its floors are in `floors.json` beside this file.
`--raise` lifts each floor to the figure where that is higher, and never lowers one.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
MEASURED = {
    "agenda_items": ("f1", "by_document", "exact"),
    "resolutions": ("f1", "by_document", "exact"),
    "budget_figures": ("f1", "by_document", "exact"),
    "options": ("f1", "by_document", "exact"),
    "services": ("recall",),
}
DIGITS = 4


def measured(figures: dict[str, Any]) -> dict[str, float]:
    """The figures that have floors, by name such as `resolutions.f1` and `header.body`."""
    result = {
        f"{kind}.{name}": figures[kind][name]
        for kind, names in MEASURED.items() for name in names if figures[kind]["found"] + figures[kind]["missed"]
    }
    for name, (right, asked) in figures["header"]["attributes"].items():
        result[f"header.{name}"] = right / asked
    return result


def below(floors: dict[str, float], figures: dict[str, float]) -> list[str]:
    """What fell, in words; a figure that is not there at all counts as 0."""
    return [
        f"{name} is {figures.get(name, 0.0):.{DIGITS}f}, its floor {floor:.{DIGITS}f}"
        for name, floor in sorted(floors.items()) if figures.get(name, 0.0) < floor
    ]


def raised(floors: dict[str, float], figures: dict[str, float]) -> dict[str, float]:
    """The higher of floor and figure (rounded down, so that the figure itself passes)."""
    cut = {name: math.floor(value * 10**DIGITS) / 10**DIGITS for name, value in figures.items()}
    return {name: max(floors.get(name, 0.0), cut.get(name, 0.0)) for name in sorted({*floors, *cut})}


def main(arguments: list[str] | None = None, floors_file: Path = FLOORS) -> int:
    """Exit status: 0 where every figure holds, 1 where one fell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("figures", type=Path)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to the figures")
    options = parser.parse_args(arguments)
    floors = json.loads(floors_file.read_text(encoding="utf-8")) if floors_file.exists() else {}
    figures = measured(json.loads(options.figures.read_text(encoding="utf-8")))
    if options.lift:
        floors[options.name] = raised(floors.get(options.name, {}), figures)
        floors_file.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    fallen = below(floors.get(options.name, {}), figures)
    for line in fallen:
        print(f"{options.name}: {line}")
    if not fallen:
        print(f"{options.name}: {len(floors.get(options.name, {}))} floors hold")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
