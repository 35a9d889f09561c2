"""What is installed: every package that is asked for is pinned by hash, and no lock names where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD = PROJECT["build-system"]["requires"]
ASKED = {
    "requirements.lock": [*PROJECT["project"]["dependencies"], *BUILD],
    "requirements-dev.lock": [
        *PROJECT["project"]["dependencies"], *BUILD,
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
    ],
}


def pinned(name: str) -> dict[str, set[str]]:
    """Versions of each package in a lock."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"(?m)^([\w.-]+)==([\w.!+-]+)", (ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


@pytest.mark.parametrize("name", ASKED)
def test_lock_pins_all_that_is_asked_for(name: str) -> None:
    held, wrong = pinned(name), []
    for asked in map(Requirement, ASKED[name]):
        versions = held.get(canonicalize_name(asked.name), set())
        if not versions or not all(asked.specifier.contains(Version(one), prereleases=True) for one in versions):
            wrong.append(str(asked))
    assert wrong == [], "run `make lock`"


@pytest.mark.parametrize("name", ASKED)
def test_every_pin_has_hashes_and_none_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [pin for pin in re.split(r"(?m)^(?=[\w.-]+==)", text) if "==" in pin.split("\n")[0]]
    assert len(pins) > 50
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|file:", text)


def test_both_locks_pin_the_same() -> None:
    program, developers = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: versions for name, versions in program.items() if developers.get(name) != versions} == {}
