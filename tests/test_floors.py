"""The house: no arrow runs back up, and rooms do not import each other."""

from __future__ import annotations

import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "pyproject.toml"


def test_no_arrow_runs_back_up() -> None:
    assert lint_imports(config_filename=str(SETTINGS), no_cache=True, no_logo=True) == 0


def test_every_module_has_its_floor() -> None:
    (contract,) = tomllib.loads(SETTINGS.read_text())["tool"]["importlinter"]["contracts"]
    floors = {module.strip() for layer in contract["layers"] for module in layer.split("|")}
    package = ROOT / "pipeline"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = rooms | {path.stem for path in package.glob("*.py")}
    assert floors == {f"pipeline.{module}" for module in modules - {"__init__"}}
